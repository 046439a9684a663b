//! Arbitrary bytes → documents → reading → record. Nothing may panic, and each sentence is the slice that it says it is.
#![no_main]

use std::sync::LazyLock;

use demarche::{
    Reader,
    document::{Format, LoadOptions, load},
    plover, polecat,
    record::Record,
};
use libfuzzer_sys::fuzz_target;

static READER: LazyLock<Reader> = LazyLock::new(Reader::embedded);

fuzz_target!(|bytes: &[u8]| {
    // The first byte picks the format, so that the fuzzer can reach them all.
    let Some((&first, bytes)) = bytes.split_first() else { return };
    let format = [None, Some(Format::Plain), Some(Format::Markdown), Some(Format::Html), Some(Format::JsonLines)][usize::from(first) % 5];
    let options = LoadOptions { format, published: if first < 128 { None } else { "2026-01-13".parse().ok() }, ..LoadOptions::default() };
    for document in load(bytes, "-", &options).flatten() {
        let reading = READER.read(&document);
        let kb = READER.knowledge();
        let record = Record::of(&reading, kb);
        for sentence in &record.sentences {
            assert_eq!(&document.text[sentence.start as usize..sentence.end as usize], sentence.text);
        }
        serde_json::to_vec(&record).expect("a record is JSON");
        serde_json::to_vec(&plover::records(&reading, kb)).expect("PLOVER records are JSON");
        polecat::write_rows(&reading, kb, &mut Vec::new()).expect("writing to memory does not fail");
    }
});
