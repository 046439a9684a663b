//! Two clocks: a view of the past is, byte for byte, what a store with just those documents shows; and the order in which
//! documents came is nowhere seen.

mod common;

use common::{Story, dump, keep, prepare, reader, store, stories};
use demarche_store::{Kept, Prepared, Store, View, told};
use jiff::{SignedDuration, Timestamp};

fn fresh(folder: &tempfile::TempDir, name: &str, stories: &[Story]) -> Store {
    let mut store = store(folder, name);
    keep(&mut store, stories);
    store
}

#[test]
fn published_by_is_a_store_of_what_had_been_published() {
    let folder = tempfile::tempdir().expect("a folder");
    let stories = stories();
    let full = fresh(&folder, "full", &stories);
    for (n, day) in ["2023-03-17", "2025-08-23", "2025-09-02", "2026-01-09", "2030-01-01"].into_iter().enumerate() {
        let day: jiff::civil::Date = day.parse().expect("a day");
        let view = View { published_by: Some(day), known_at: None };
        let of_then: Vec<Story> = stories
            .iter()
            .filter(|(source, text)| {
                // Undated copies of a dated document are met, too: the document is published, whatever this name says.
                let published = |source: &str| {
                    let options = demarche::document::LoadOptions::default();
                    demarche::document::load_one(text.as_bytes(), source, &options).expect("loads").meta.published
                };
                stories
                    .iter()
                    .filter(|(_, other)| other == text)
                    .filter_map(|(other, _)| published(other))
                    .min()
                    .or(published(source))
                    .is_some_and(|p| p <= day)
            })
            .cloned()
            .collect();
        assert!(!of_then.is_empty());
        let then = fresh(&folder, &format!("then {n}"), &of_then);
        assert_eq!(dump(&full, &view), dump(&then, &View::default()), "{day}");
    }
}

#[test]
fn known_at_is_a_store_of_what_had_been_learnt() {
    let folder = tempfile::tempdir().expect("a folder");
    let stories = stories();
    let full = fresh(&folder, "full", &stories);
    let first: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
    for count in [1, 7, 25, 28, 29, stories.len()] {
        let moment = first + SignedDuration::from_hours(count as i64 - 1);
        let then = fresh(&folder, &format!("then {count}"), &stories[..count]);
        let view = View { published_by: None, known_at: Some(moment) };
        assert_eq!(dump(&full, &view), dump(&then, &View::default()), "the first {count}");
    }
    let before = View { known_at: Some(first - SignedDuration::from_hours(1)), ..View::default() };
    assert_eq!(dump(&full, &before), "");
}

#[test]
fn the_order_of_adding_is_not_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    // Which version of a page is the newer one is told by when it was met; all else comes of what the documents are.
    let stories: Vec<Story> = stories().into_iter().filter(|(source, _)| !source.starts_with("page-")).collect();
    let expected = dump(&fresh(&folder, "in order", &stories), &View::default());
    let reversed: Vec<Story> = stories.iter().rev().cloned().collect();
    assert_eq!(dump(&fresh(&folder, "reversed", &reversed), &View::default()), expected);
    // All in one transaction, with many documents met twice.
    let mut mixed = store(&folder, "mixed");
    let batch: Vec<Prepared> = stories.iter().skip(11).chain(&stories).chain(stories.iter().step_by(3)).map(prepare).collect();
    mixed.keep(&batch, Timestamp::now()).expect("kept");
    assert_eq!(dump(&mixed, &View::default()), expected);
}

#[test]
fn a_newer_reader_reads_again_and_the_old_reading_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let stories = &stories()[..6];
    let mut store = fresh(&folder, "store", stories);
    let old = dump(&store, &View::default());
    let before = Timestamp::now();
    assert_eq!(store.read_otherwise(common::VERSION).expect("versions"), Vec::<String>::new());
    let hashes = store.read_otherwise("test newer").expect("versions");
    assert_eq!(hashes.len(), 6);
    for hash in &hashes {
        let kept = store.source(hash).expect("the bytes are there");
        let document = kept.load().expect("it loads again");
        let again = Prepared::read(&kept.raw, document, &kept.told, reader(), "test newer");
        assert_eq!(store.keep(&[again], Timestamp::now()).expect("kept"), [Kept::ReadAgain]);
    }
    assert_eq!(dump(&store, &View::default()), old.replace(common::VERSION, "test newer"));
    assert_eq!(dump(&store, &View { known_at: Some(before), ..View::default() }), old, "the old readings are what the store held then");
    // The same again changes nothing.
    assert_eq!(
        store.keep(&[prepare(&stories[0])], Timestamp::now()).expect("kept"),
        [Kept::ReadAgain],
        "another version is another reading"
    );
    assert_eq!(store.keep(&[prepare(&stories[0])], Timestamp::now()).expect("kept"), [Kept::Known]);
    assert!(store.check().expect("checked").is_empty());
}

#[test]
fn the_same_bytes_are_one_document_and_the_name_with_a_day_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = store(&folder, "store");
    let text = "Lee Jae-myung met Sanae Takaichi on Tuesday.".to_owned();
    let stories: Vec<Story> = ["b.txt", "2026-01-13-a.txt", "a.txt"].iter().map(|source| ((*source).to_owned(), text.clone())).collect();
    let outcomes: Vec<Kept> = stories.iter().map(|story| store.keep(&[prepare(story)], Timestamp::now()).expect("kept")[0]).collect();
    assert_eq!(outcomes, [Kept::Added, Kept::ReadAgain, Kept::Sighted]);
    let mut documents = Vec::new();
    let mut take = |document| -> Result<(), demarche_store::Error> {
        documents.push(document);
        Ok(())
    };
    store.documents(&View::default(), &demarche_store::Filter::default(), &mut take).expect("documents");
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0].cited.published.as_deref(), Some("2026-01-13"));
    assert_eq!(documents[0].cited.source, "2026-01-13-a.txt");
    assert_eq!(told(&demarche::document::LoadOptions::default()), "{}");
}
