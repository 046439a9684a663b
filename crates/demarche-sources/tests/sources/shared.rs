//! Samples of other projects, where they are at hand.

use std::{
    fs::{self, File},
    path::PathBuf,
};

use demarche::document::LoadOptions;
use demarche_sources::{Limits, SourceError, Tally, gdelt, open};

use crate::common::shared;

fn files(folder: &str) -> Vec<PathBuf> {
    let Some(folder) = shared(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// What the files give in all, and the errors.
fn all(files: &[PathBuf], documents: &mut usize) -> (Tally, Vec<SourceError>) {
    let (mut tally, mut errors) = (Tally::default(), Vec::new());
    for file in files {
        let mut items = open(file, &Limits::default());
        for item in items.by_ref() {
            match item {
                Ok(item) => *documents += usize::from(item.document(&LoadOptions::default()).is_ok()),
                Err(error) => errors.push(error),
            }
        }
        tally.add(items.tally());
    }
    (tally, errors)
}

#[test]
fn feeds_of_a_reader_s_own_tests() {
    let files = files("feed_samples/feed-rs");
    if files.is_empty() {
        return;
    }
    let mut documents = 0;
    let (tally, errors) = all(&files, &mut documents);
    println!("{} feeds: {} items, {documents} documents, errors: {errors:?}", files.len(), tally.items);
    // Counted by hand: 105 entries, of which three are bare addresses; one feed is cut off after its head.
    assert_eq!((tally.items, documents, errors.len()), (105, 102, 1), "{errors:?}");
}

#[test]
fn feeds_of_a_ministry_carry_the_full_text() {
    let files: Vec<PathBuf> = files("us_state_rss").into_iter().filter(|file| file.extension().is_some_and(|end| end == "rss")).collect();
    if files.is_empty() {
        return;
    }
    let mut documents = 0;
    let (tally, errors) = all(&files, &mut documents);
    println!("{} feeds: {tally:?}", files.len());
    assert!(errors.is_empty() && tally.items == 50 && documents as u64 == tally.items, "{tally:?} {errors:?}");
}

#[test]
fn archives_of_a_writer_s_own_tests() {
    let files = files("warc_samples");
    if files.is_empty() {
        return;
    }
    let mut documents = 0;
    let (tally, errors) = all(&files, &mut documents);
    println!("{} archives: {tally:?} {errors:?}", files.len());
    let said = |name: &str| errors.iter().filter(|error| error.source_name().ends_with(name)).count();
    assert!(tally.items == 11 && documents == 11, "{tally:?}");
    assert_eq!((said("bad.arc"), said("example-trunc.warc"), said("example-space-in-url.arc")), (3, 1, 1), "{errors:?}");
    assert_eq!(errors.len(), 5, "{errors:?}");
}

#[test]
fn mentions_of_a_quarter_of_an_hour() {
    let Some(folder) = shared("gdelt_samples") else { return };
    let name = folder.join("gdelt_mentions_sample.csv");
    let mentions = gdelt::mentions(Box::new(File::open(&name).unwrap()), "m", &Limits::default()).unwrap();
    let mentions: Vec<_> = mentions.collect::<Result<_, _>>().unwrap();
    assert!(mentions.len() == 1635 && mentions.iter().all(|mention| mention.doubts.is_empty()));
}
