//! The data on abbreviations and on the words that begin sentences.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// Whether a sentence may end with an abbreviation; see `data/lexicon/abbreviations.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Before,
    Number,
    Either,
    Usually,
}

/// The class of a word written before a full stop, if it is an abbreviation.
pub(super) fn class_of(word: &str) -> Option<Class> {
    if let Some(class) = ABBREVIATIONS.get(word) {
        return Some(*class);
    }
    is_lettered(word).then_some(Class::Either)
}

/// Whether `word` begins sentences, not names.
pub(super) fn is_starter(word: &str) -> bool {
    STARTERS.contains(word)
}

/// Whether `word` is letters with stops between them: "U.N" of "U.N.".
fn is_lettered(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() >= 3
        && bytes.len() % 2 == 1
        && bytes.chunks(2).all(|pair| pair[0].is_ascii_alphabetic() && pair.get(1).is_none_or(|b| *b == b'.'))
}

static ABBREVIATIONS: LazyLock<FxHashMap<String, Class>> = LazyLock::new(|| {
    let mut classes = FxHashMap::default();
    for line in include_str!("../../data/lexicon/abbreviations.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(word), Some(class)) = (columns.next(), columns.next()) else { continue };
        let class = match class {
            "before" => Class::Before,
            "number" => Class::Number,
            "usually" => Class::Usually,
            _ => Class::Either,
        };
        classes.entry(word.to_uppercase()).or_insert(class);
        classes.insert(word.to_owned(), class);
    }
    classes
});

static STARTERS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../data/lexicon/sentence_starters.txt").lines().filter(|line| !line.starts_with('#')).collect());
