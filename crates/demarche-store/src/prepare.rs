//! A document and its reading → everything that the store writes of them, made outside any transaction.
//!
//! This is where the work is: reading, JSON, compression, folding of words. It runs on as many threads as there are, and
//! leaves the one writer nothing but to put rows where they belong.
//!
//! A document is read under its hash instead of its path, so that the record of the same bytes is the same wherever they
//! were met; where they were met stands beside it ([`sighting`](crate::sighting)).

mod rows;

use demarche::{
    Reader,
    document::{Document, identity},
    plover,
    record::Record,
    timeline,
};

pub(crate) use rows::{DoubtRow, EncounterRow, EventRow, PartyRow};

use crate::{
    origin::{bands, wire},
    press::{dictionary, press, press_with},
    sighting::{format_name, precedence},
    words::indexed,
};

/// A document, ready to be written.
pub struct Prepared {
    pub(crate) hash: String,
    pub(crate) bytes: usize,
    pub(crate) raw: Vec<u8>,
    pub(crate) source: String,
    pub(crate) format: &'static str,
    pub(crate) told: String,
    pub(crate) precedence: String,
    pub(crate) origin: Option<String>,
    pub(crate) read: Option<Read>,
}

/// Its text and reading.
pub(crate) struct Read {
    pub(crate) text: Text,
    pub(crate) version: String,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) wire: Option<String>,
    pub(crate) sentences: usize,
    pub(crate) record: Vec<u8>,
    pub(crate) plover: Vec<u8>,
    pub(crate) reports: Vec<u8>,
    pub(crate) events: Vec<EventRow>,
    pub(crate) encounters: Vec<EncounterRow>,
    pub(crate) doubts: Vec<DoubtRow>,
}

/// Its canonical text, and the words by which it is found.
pub(crate) struct Text {
    pub(crate) hash: String,
    /// `None` where it is the raw bytes.
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) words: usize,
    pub(crate) indexed_title: String,
    pub(crate) indexed_body: String,
    pub(crate) bands: Vec<i64>,
}

impl Prepared {
    /// Reads `document`, which was made of `raw`, with a reader of this version.
    pub fn read(raw: &[u8], document: Document, told: &str, reader: &Reader, version: &str) -> Prepared {
        let mut prepared = Prepared::seen(raw, &document, told);
        prepared.read = Some(read(raw, document, reader, version));
        prepared
    }

    /// The document as met once more, without reading it: only where it was met is new.
    pub fn seen(raw: &[u8], document: &Document, told: &str) -> Prepared {
        Prepared {
            hash: identity(raw),
            bytes: raw.len(),
            raw: press(raw),
            source: document.source.clone(),
            format: format_name(document.format),
            told: told.to_owned(),
            precedence: precedence(document, told),
            origin: None,
            read: None,
        }
    }

    /// The document as an item of a container: `origin`, a JSON object, says of which, where in it, and what it says of the
    /// document. The store keeps it and gives it back ([`Source::origin`](crate::Source)).
    pub fn found(self, origin: String) -> Prepared {
        Prepared { origin: Some(origin), ..self }
    }

    /// How much memory it takes, roughly.
    pub fn size(&self) -> usize {
        let read = self.read.as_ref().map_or(0, |read| read.record.len() + read.text.indexed_body.len() + read.events.len() * 1000);
        self.raw.len() + read
    }

    /// How many sentences were read.
    pub fn sentences(&self) -> usize {
        self.read.as_ref().map_or(0, |read| read.sentences)
    }
}

fn read(raw: &[u8], mut document: Document, reader: &Reader, version: &str) -> Read {
    document.source.clone_from(&document.id);
    let reading = reader.read(&document);
    let kb = reader.knowledge();
    let record = Record::of(&reading, kb);
    let mut lines = Vec::new();
    for record in plover::records(&reading, kb) {
        serde_json::to_writer(&mut lines, &record).expect("a record is JSON");
        lines.push(b'\n');
    }
    let json = serde_json::to_vec(&record).expect("a record is JSON");
    let reports = serde_json::to_vec(&timeline::reports(&reading, kb)).expect("reports are JSON");
    let [json, plover, reports] = press_with([&json, &lines, &reports], &dictionary(&document.text));
    Read {
        text: text(raw, &document),
        version: version.to_owned(),
        title: document.meta.title.clone(),
        published: document.meta.published.map(|day| day.to_string()),
        publisher: document.meta.publisher.clone(),
        language: document.meta.language.clone(),
        address: document.meta.address.clone(),
        wire: wire::agency(&document).map(str::to_owned),
        sentences: reading.sentences.len(),
        events: record.events.iter().enumerate().map(|(n, event)| rows::event(n, event, &record)).collect(),
        encounters: record.encounters.iter().enumerate().map(|(n, encounter)| rows::encounter(n, encounter)).collect(),
        doubts: record.doubts.iter().enumerate().map(|(n, doubt)| rows::doubt(n, doubt)).collect(),
        reports,
        plover,
        record: json,
    }
}

fn text(raw: &[u8], document: &Document) -> Text {
    let title = document.meta.title.as_deref().unwrap_or_default();
    let (indexed_title, _) = indexed(title);
    let (indexed_body, words) = indexed(&document.text);
    Text {
        hash: identity(format!("{title}\n{}", document.text).as_bytes()),
        body: (raw != document.text.as_bytes()).then(|| {
            let [body] = press_with([document.text.as_bytes()], raw);
            body
        }),
        words,
        bands: bands::bands(&indexed_body),
        indexed_title,
        indexed_body,
    }
}
