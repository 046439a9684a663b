//! One document or event with everything that is known of it.

use serde::Serialize;

use crate::{
    error::{Error, Result},
    list::{documents::DocumentItem, events::EventItem, short},
    query::Filter,
    store::Store,
};

/// A document, or an event in it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Hash of the raw bytes.
    pub hash: String,
    /// The document, in its current reading.
    pub document: DocumentItem,
    /// The number of the event that was asked for.
    pub event: Option<usize>,
    /// The events of the current reading; the one that was asked for.
    pub events: Vec<EventItem>,
    /// Where it was met.
    pub sightings: Vec<Sighting>,
    /// All its readings, the first one first.
    pub readings: Vec<ReadingItem>,
    /// The record of the current reading as JSON.
    pub record: String,
}

/// Where and when a document was met.
#[derive(Clone, Debug, Serialize)]
pub struct Sighting {
    /// Path, or `path#line`.
    pub source: String,
    /// Of which container it is an item, as JSON.
    pub origin: Option<String>,
    /// When the store learnt of it.
    pub learnt: String,
}

/// Which version read it when.
#[derive(Clone, Debug, Serialize)]
pub struct ReadingItem {
    /// The reader, facts and weights.
    pub version: String,
    /// When.
    pub made: String,
    /// When another reading took its place.
    pub superseded: Option<String>,
}

impl Store {
    /// What an id of a list names: a document ("3fa9b2…") or an event ("3fa9b2…-4"); the first digits are enough.
    ///
    /// # Errors
    /// When nothing or more than one document has that id, or the file cannot be read.
    pub fn show(&self, id: &str) -> Result<Shown> {
        let digits = id.trim_start_matches("sha256:");
        let (digits, event) = match digits.split_once('-') {
            Some((digits, n)) => (digits, Some(n.parse().map_err(|_| no_id(id))?)),
            None => (digits, None),
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(no_id(id));
        }
        let begin = format!("sha256:{}", digits.to_lowercase());
        let list = |query: &str| -> Result<Vec<(i64, String)>> {
            let mut query = self.sql.prepare_cached(query).map_err(|error| self.fail(error))?;
            let rows =
                query.query_map([&begin, &format!("{begin}g")], |row| Ok((row.get(0)?, row.get(1)?))).map_err(|error| self.fail(error))?;
            rows.collect::<rusqlite::Result<_>>().map_err(|error| self.fail(error))
        };
        let found = list("SELECT id, hash FROM document WHERE hash >= ?1 AND hash < ?2 ORDER BY hash LIMIT 2")?;
        match found.as_slice() {
            [(document, hash)] => self.shown(*document, hash, event),
            [] => Err(Error::question(format!("there is no document `{digits}` in {}", self.path().display()))),
            _ => Err(Error::question(format!("several documents begin with `{digits}`; write more of the id"))),
        }
    }

    fn shown(&self, document: i64, hash: &str, event: Option<usize>) -> Result<Shown> {
        let fail = |error| self.fail(error);
        let mut sightings =
            self.sql.prepare_cached("SELECT source, origin, learnt FROM sighting WHERE document = ?1 ORDER BY learnt").map_err(fail)?;
        let sightings = sightings
            .query_map([document], |row| Ok(Sighting { source: row.get(0)?, origin: row.get(1)?, learnt: row.get(2)? }))
            .map_err(fail)?
            .collect::<rusqlite::Result<_>>()
            .map_err(fail)?;
        let mut readings =
            self.sql.prepare_cached("SELECT version, made, superseded, id FROM reading WHERE document = ?1 ORDER BY id").map_err(fail)?;
        let readings: Vec<(ReadingItem, i64)> = readings
            .query_map([document], |row| {
                Ok((ReadingItem { version: row.get(0)?, made: row.get(1)?, superseded: row.get(2)? }, row.get(3)?))
            })
            .map_err(fail)?
            .collect::<rusqlite::Result<_>>()
            .map_err(fail)?;
        let current = readings.iter().find(|(reading, _)| reading.superseded.is_none()).map(|(_, id)| *id);
        let current = current.ok_or_else(|| Error::data(self.path(), format!("document {} has no current reading", short(hash))))?;
        let item = self.document(document)?;
        let mut events = self.events_of(current, &Filter { statuses: Vec::new(), ..Filter::default() })?;
        if let Some(n) = event {
            let id = format!("{}-{n}", short(hash));
            events.retain(|event| event.id == id);
        }
        Ok(Shown {
            hash: hash.to_owned(),
            document: item,
            event,
            events,
            sightings,
            readings: readings.into_iter().map(|(reading, _)| reading).collect(),
            record: self.kept_json("record", current)?,
        })
    }

    fn document(&self, id: i64) -> Result<DocumentItem> {
        let found = self.one_document(id)?;
        found.ok_or_else(|| Error::data(self.path(), format!("document {id} has no current reading")))
    }

    /// The canonical text of a document's current reading.
    ///
    /// # Errors
    /// When there is none of that hash, or it is damaged.
    pub fn canonical(&self, hash: &str) -> Result<String> {
        self.sql
            .query_row(
                "SELECT r.text FROM document d JOIN reading r ON r.document = d.id AND r.superseded IS NULL WHERE d.hash = ?1",
                [hash],
                |row| row.get(0),
            )
            .map_err(|error| self.fail(error))
            .and_then(|text| self.body(text))
    }
}

fn no_id(id: &str) -> Error {
    Error::question(format!("`{id}` is no id; ids are as `demarche events` and `demarche documents` print them"))
}
