//! Prepared documents → rows, a batch a transaction.
//!
//! The right to write is held only while rows are put in, never while a document is read. A reading replaces the one before
//! it by giving it the time at which it was superseded; nothing is ever deleted. Times are the store's second clock: each
//! document gets one of its own, later than any before it, so that "what did the store hold at that time" has one answer.

mod link;
mod rows;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::{
    correct,
    error::Result,
    prepare::{Prepared, Read},
    store::Store,
};

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Its bytes are new.
    Added,
    /// Its bytes were there; what is said of them here, or this reader, made a new reading of them.
    ReadAgain,
    /// Its bytes were there; that they were met here is new.
    Sighted,
    /// All of it was there.
    Known,
}

/// A time as the store writes it: UTC, microseconds, so that texts sort as times do.
pub fn time(moment: Timestamp) -> String {
    format!("{:.6}", moment)
}

impl Store {
    /// Writes a batch: all of it, or, when an error comes back, nothing.
    ///
    /// `now` is the time at which the documents are learnt; it is moved on where the store has a later one already.
    ///
    /// # Errors
    /// When the disk is full, the store damaged, or another process writes for too long.
    pub fn keep(&mut self, batch: &[Prepared], now: Timestamp) -> Result<Vec<Kept>> {
        let path = self.path().to_owned();
        let fail = |error| crate::error::Error::sqlite(&path, error);
        let tx = self.writing()?;
        let outcome = keep_all(&tx, batch, now).map_err(fail)?;
        tx.commit().map_err(fail)?;
        Ok(outcome)
    }
}

pub(crate) fn keep_all(tx: &Transaction<'_>, batch: &[Prepared], now: Timestamp) -> rusqlite::Result<Vec<Kept>> {
    let mut clock = Clock::after(tx, now)?;
    batch.iter().map(|prepared| keep(tx, prepared, &clock.tick())).collect()
}

/// Gives each document a time of its own.
struct Clock(Timestamp);

impl Clock {
    fn after(tx: &Transaction<'_>, now: Timestamp) -> rusqlite::Result<Clock> {
        // The latest rows have the latest times.
        let last: Option<String> = tx.query_row(
            "SELECT max(coalesce((SELECT made FROM reading ORDER BY id DESC LIMIT 1), ''),
                        coalesce((SELECT learnt FROM sighting ORDER BY id DESC LIMIT 1), ''))",
            [],
            |row| row.get(0),
        )?;
        let last = last.and_then(|text| text.parse::<Timestamp>().ok());
        Ok(Clock(last.map_or(now, |last| now.max(last.saturating_add(SignedDuration::from_micros(1)).unwrap_or(last)))))
    }

    fn tick(&mut self) -> String {
        let text = time(self.0);
        self.0 = self.0.saturating_add(SignedDuration::from_micros(1)).unwrap_or(self.0);
        text
    }
}

/// The reading that counts now.
struct Current {
    id: i64,
    precedence: String,
    version: String,
}

fn keep(tx: &Transaction<'_>, p: &Prepared, now: &str) -> rusqlite::Result<Kept> {
    let known: Option<i64> =
        tx.prepare_cached("SELECT id FROM document WHERE hash = ?1")?.query_row([&p.hash], |row| row.get(0)).optional()?;
    let document = match known {
        Some(id) => id,
        None if p.read.is_none() => return Ok(Kept::Known),
        None => tx
            .prepare_cached("INSERT INTO document (hash, bytes, raw, learnt) VALUES (?1, ?2, ?3, ?4)")?
            .insert(params![p.hash, p.bytes, p.raw, now])?,
    };
    let (sighting, is_new) = sight(tx, document, p, now)?;
    let current = tx
        .prepare_cached(
            "SELECT r.id, s.precedence, r.version FROM reading r JOIN sighting s ON s.id = r.sighting
             WHERE r.document = ?1 AND r.superseded IS NULL",
        )?
        .query_row([document], |row| Ok(Current { id: row.get(0)?, precedence: row.get(1)?, version: row.get(2)? }))
        .optional()?;
    let Some(read) = p.read.as_ref().filter(|read| counts(p, read, current.as_ref())) else {
        return Ok(if is_new { Kept::Sighted } else { Kept::Known });
    };
    if let Some(current) = &current {
        tx.prepare_cached("UPDATE reading SET superseded = ?2 WHERE id = ?1")?.execute((current.id, now))?;
    }
    let text = rows::text(tx, document, &read.text, &read.version)?;
    let reading = rows::reading(tx, document, sighting, text, read, now)?;
    correct::apply(tx, document, reading)?;
    Ok(if known.is_none() { Kept::Added } else { Kept::ReadAgain })
}

/// Whether a reading takes the place of the current one: it is of a sighting that goes before the current one's, or of the
/// same rank and by another version of the reader.
fn counts(p: &Prepared, read: &Read, current: Option<&Current>) -> bool {
    current.is_none_or(|current| p.precedence < current.precedence || p.precedence == current.precedence && read.version != current.version)
}

fn sight(tx: &Transaction<'_>, document: i64, p: &Prepared, now: &str) -> rusqlite::Result<(i64, bool)> {
    let known = tx
        .prepare_cached("SELECT id FROM sighting WHERE document = ?1 AND source = ?2 AND told = ?3")?
        .query_row(params![document, p.source, p.told], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok((id, false));
    }
    let id = tx
        .prepare_cached(
            "INSERT INTO sighting (document, source, format, told, precedence, origin, learnt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .insert(params![document, p.source, p.format, p.told, p.precedence, p.origin, now])?;
    Ok((id, true))
}
