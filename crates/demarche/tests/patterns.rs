//! Every pattern and operator proves itself: its `yes` sentences are coded by it, its `no` sentences are not.
//!
//! Sentences that are still read wrongly stand in `patterns_unread.txt`, so that they are neither hidden nor in the way. A
//! sentence that is read rightly after all must be taken off that list; run with `DEMARCHE_BLESS=1` to write it anew.

use std::collections::BTreeSet;

use demarche::{
    Reader,
    document::{Format, LoadOptions, load_one},
    event::{Event, pattern::Lexicon},
};

const UNREAD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/patterns_unread.txt");

#[test]
fn patterns_code_what_they_must_and_nothing_else() {
    let reader = Reader::embedded();
    let mut unread = BTreeSet::new();
    let mut sentences = 0;
    for proof in Lexicon::proofs().expect("the built-in files parse") {
        for (wanted, list) in [(true, &proof.yes), (false, &proof.no)] {
            for text in list {
                sentences += 1;
                let events = read(&reader, text);
                let coded = match proof.act {
                    Some(act) => events.iter().any(|e| e.pattern == proof.id || wanted && e.act == act),
                    // An operator stands over some act, so its sentence must give one.
                    None => !events.is_empty(),
                };
                if coded != wanted && (proof.act.is_some() || wanted) {
                    unread.insert(format!("{}\t{}\t{text}", proof.id, if wanted { "yes" } else { "no" }));
                }
            }
        }
    }
    let share = unread.len() as f64 / f64::from(sentences);
    println!("{sentences} sentences, {} not read as they must be ({:.1} %)", unread.len(), 100.0 * share);
    let text: String = unread.iter().map(|line| format!("{line}\n")).collect();
    if std::env::var_os("DEMARCHE_BLESS").is_some() {
        std::fs::write(UNREAD, text).expect("the list can be written");
        return;
    }
    let known: BTreeSet<String> = std::fs::read_to_string(UNREAD).expect("the list is there").lines().map(str::to_owned).collect();
    let new: Vec<_> = unread.difference(&known).collect();
    let mended: Vec<_> = known.difference(&unread).collect();
    assert!(new.is_empty() && mended.is_empty(), "newly unread: {new:#?}\nread after all, take off the list: {mended:#?}");
}

fn read(reader: &Reader, text: &str) -> Vec<Event> {
    let options = LoadOptions {
        format: Some(Format::Plain),
        language: Some("en".to_owned()),
        published: "2026-06-01".parse().ok(),
        ..LoadOptions::default()
    };
    let document = load_one(text.as_bytes(), "proof", &options).expect("a sentence loads");
    reader.read(&document).events
}

#[test]
fn the_lexicon_is_broad_enough() {
    let reader = Reader::embedded();
    let entries = reader.lexicon().entries();
    let total: usize = entries.values().sum();
    println!("{total} entries: {entries:?}");
    assert!(total >= 1500 && entries.len() == 16);
}
