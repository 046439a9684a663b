//! Loads and splits every file of the development data, where it is there.

use std::path::{Path, PathBuf};

use demarche::{
    document::{BlockKind, LoadOptions, load},
    sentence::sentences,
};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// `../shared/data/texts`, seen from the repository.
fn texts() -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/texts"), &mut found);
    if found.is_empty() {
        eprintln!("skipped: ../shared/data/texts is not there");
    }
    found
}

#[test]
fn every_text_loads_or_says_why_not() {
    let options = LoadOptions::default();
    for path in texts() {
        let bytes = std::fs::read(&path).expect("the file was just listed");
        let source = path.to_string_lossy();
        let whitehouse = source.contains("/whitehouse/") && source.ends_with(".md");
        for document in load(&bytes, &source, &options) {
            match document {
                Ok(document) => {
                    let split = sentences(&document);
                    let unread = document.blocks.iter().all(|block| block.kind == BlockKind::Furniture);
                    assert!(!split.is_empty() || unread || document.meta.language.as_deref() != Some("en"), "{source}");
                    assert!(!whitehouse || document.meta.published.is_some() && document.meta.title.is_some(), "{source}");
                }
                Err(error) => assert!(error.is_binary() || error.is_container(), "{error}"),
            }
        }
    }
}
