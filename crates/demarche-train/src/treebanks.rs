//! The treebanks: what is trained on, and what is measured with.

use std::{error::Error, path::Path};

use crate::{
    augment,
    conllu::{self, Sentence},
    random::Random,
};

/// Held-out documents: those of GUM's own dev and test parts.
#[rustfmt::skip]
const HELD_OUT: &[&str] = &[
    "academic_exposure", "academic_librarians", "bio_byron", "bio_emperor", "court_loan", "court_negligence", "interview_cyclone",
    "interview_gaming", "news_homeopathic", "news_iodine", "speech_impeachment", "speech_inauguration", "voyage_athens", "voyage_coron",
    "academic_discrimination", "academic_eegimaa", "bio_dvorak", "bio_jespersen", "court_insanity", "court_mitigation", "interview_hill",
    "interview_libertarian", "news_nasa", "news_sensitive", "speech_austria", "speech_newzealand", "voyage_oakland", "voyage_vavau",
];

/// Parts that the training set is cut into, each to be tagged by a tagger that has not seen it.
pub(crate) const FOLDS: usize = 4;

/// What is trained on, and what is measured with.
pub(crate) struct Treebanks {
    pub(crate) train: Vec<Sentence>,
    pub(crate) tests: Vec<(&'static str, Vec<Sentence>)>,
}

impl Treebanks {
    /// Reads EWT and GUM under a folder.
    pub(crate) fn read(folder: &Path) -> Result<Treebanks, Box<dyn Error>> {
        let one = |name: &str| -> Result<Vec<Sentence>, Box<dyn Error>> {
            let files = conllu::read(&folder.join("ud").join(name)).map_err(|e| format!("{name}: {e}"))?;
            Ok(files.into_iter().flat_map(|f| f.1).collect())
        };
        let mut train = one("en_ewt-train.conllu")?;
        let mut tests = vec![("EWT dev", one("en_ewt-ud-dev.conllu")?), ("EWT test", one("en_ewt-ud-test.conllu")?)];
        tests.extend(["GUM news", "GUM speech", "GUM interview", "GUM other"].map(|name| (name, Vec::new())));
        for (name, sentences) in conllu::read(&folder.join("gum/dep"))? {
            let document = name.trim_start_matches("GUM_");
            if HELD_OUT.contains(&document) {
                let genre = ["news", "speech", "interview"].iter().position(|g| document.starts_with(g)).unwrap_or(3);
                tests[2 + genre].1.extend(sentences);
            } else {
                train.extend(sentences);
            }
        }
        train.iter_mut().enumerate().for_each(|(i, sentence)| sentence.fold = i % FOLDS);
        Ok(Treebanks { train, tests })
    }

    /// Adds copies of training sentences in other styles, each to the fold of its original.
    pub(crate) fn add_copies(&mut self) {
        for (i, copy) in augment::copies(&self.train, &mut Random(5)) {
            let fold = self.train[i].fold;
            self.train.push(Sentence { fold, ..copy });
        }
    }
}
