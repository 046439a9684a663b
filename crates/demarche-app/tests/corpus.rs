//! Every file of the development data, as raw bytes: nothing panics, whatever it is. Skipped where the data are not there.

mod common;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use demarche::{
    Reader,
    document::{LoadOptions, load},
    plover,
    record::Record,
};

/// How long may be read; files that are not reached are counted and said.
const LIMIT: Duration = Duration::from_secs(40);

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn no_file_makes_the_reader_panic() {
    let folder = common::root().join("../shared/data/texts");
    let mut found = Vec::new();
    files(&folder, &mut found);
    if found.is_empty() {
        eprintln!("skipped: ../shared/data/texts is not there");
        return;
    }
    found.sort();
    // Every file has the same chance to be within the limit: stride through the list.
    let order = (0..97).flat_map(|first| (first..found.len()).step_by(97));
    let reader = Reader::embedded();
    let options = LoadOptions::default();
    let begin = Instant::now();
    let (mut read, mut documents, mut refused) = (0, 0, 0);
    for index in order {
        if begin.elapsed() > LIMIT {
            break;
        }
        read += 1;
        let bytes = std::fs::read(&found[index]).expect("the file was just listed");
        // No name: the content has to tell what it is.
        for document in load(&bytes, "-", &options).take(20) {
            let Ok(document) = document else {
                refused += 1;
                continue;
            };
            documents += 1;
            let reading = reader.read(&document);
            let record = serde_json::to_string(&Record::of(&reading, reader.knowledge())).expect("a record is JSON");
            assert!(record.starts_with("{\"record_version\""));
            plover::records(&reading, reader.knowledge());
        }
    }
    eprintln!("{read} of {} files, {documents} documents read, {refused} refused", found.len());
    assert!(documents > 0);
}
