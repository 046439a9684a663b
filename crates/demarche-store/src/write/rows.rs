//! The INSERTs of one reading.

use rusqlite::{OptionalExtension, Transaction, params};

use super::link;
use crate::{
    prepare::{EventRow, PartyRow, Read, Text},
    words::folded,
};

/// More codes in one event than this are not written out in pairs, which grow with their square; such an event stands
/// under each code with `b = '*'`, and who asks for a pair looks there, too.
const MOST_IN_PAIRS: usize = 24;

/// The row of a canonical text, found or made; a new one is indexed and compared with all others.
pub(super) fn text(tx: &Transaction<'_>, document: i64, text: &Text, version: &str) -> rusqlite::Result<i64> {
    let known = tx
        .prepare_cached("SELECT id FROM text WHERE document = ?1 AND hash = ?2")?
        .query_row(params![document, text.hash], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    let id = tx
        .prepare_cached("INSERT INTO text (document, hash, version, body, words) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .insert(params![document, text.hash, version, text.body, text.words])?;
    tx.prepare_cached("INSERT INTO words (rowid, title, body) VALUES (?1, ?2, ?3)")?.execute(params![
        id,
        text.indexed_title,
        text.indexed_body
    ])?;
    link::link(tx, id, text)?;
    Ok(id)
}

pub(super) fn reading(tx: &Transaction<'_>, document: i64, sighting: i64, text: i64, read: &Read, now: &str) -> rusqlite::Result<i64> {
    let id = tx
        .prepare_cached(
            "INSERT INTO reading (document, sighting, text, version, made, title, published, publisher, language, address, words,
             sentences, wire) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .insert(params![
            document,
            sighting,
            text,
            read.version,
            now,
            read.title,
            read.published,
            read.publisher,
            read.language,
            read.address,
            read.text.words,
            read.sentences,
            read.wire
        ])?;
    tx.prepare_cached("INSERT INTO record (reading, record, plover, reports) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        id,
        read.record,
        read.plover,
        read.reports
    ])?;
    for row in &read.events {
        event(tx, id, row)?;
    }
    for e in &read.encounters {
        tx.prepare_cached(
            "INSERT INTO encounter (reading, n, kind, rank, stage, day, until, precision, parties, place, quote)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![id, e.n, e.kind, e.rank, e.stage, e.day, e.until, e.precision, e.parties, e.place, e.quote])?;
    }
    for d in &read.doubts {
        tx.prepare_cached("INSERT INTO doubt (reading, n, code, message, sentence_n, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![id, d.n, d.code, d.message, d.sentence_n, d.source])?;
    }
    Ok(id)
}

fn event(tx: &Transaction<'_>, reading: i64, e: &EventRow) -> rusqlite::Result<()> {
    let id = tx
        .prepare_cached(
            "INSERT INTO event (reading, n, sorted, day, until, precision, act, mode, status, certainty, flat, flat_mode, stances,
             subjects, place, place_state, sentence_n, sentence, sentence_start, quote, quote_start, quote_end, decided_by, confidence)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)",
        )?
        .insert(params![
            reading,
            e.n,
            e.sorted,
            e.day,
            e.until,
            e.precision,
            e.act,
            e.mode,
            e.status,
            e.certainty,
            e.flat,
            e.flat_mode,
            e.stances,
            e.subjects,
            e.place,
            e.place_state,
            e.sentence_n,
            e.sentence,
            e.sentence_start,
            e.quote,
            e.quote_start,
            e.quote_end,
            e.decided_by,
            // As the record has it: 0.9, not 0.8999999761581421.
            e.confidence.to_string().parse::<f64>().unwrap_or(f64::from(e.confidence)),
        ])?;
    for (n, party) in e.parties.iter().enumerate() {
        let actor = actor(tx, party)?;
        tx.prepare_cached("INSERT INTO party (event, part, n, actor) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, party.part, n, actor])?;
    }
    let mut codes: Vec<&str> = e.parties.iter().map(|party| party.code.as_str()).filter(|code| !code.is_empty()).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut dyad = tx.prepare_cached("INSERT INTO dyad (a, b, sorted, event) VALUES (?1, ?2, ?3, ?4)")?;
    for (i, a) in codes.iter().enumerate() {
        dyad.execute(params![a, "", e.sorted, id])?;
        if codes.len() > MOST_IN_PAIRS {
            dyad.execute(params![a, "*", e.sorted, id])?;
            continue;
        }
        for b in &codes[i + 1..] {
            dyad.execute(params![a, b, e.sorted, id])?;
        }
    }
    Ok(())
}

fn actor(tx: &Transaction<'_>, party: &PartyRow) -> rusqlite::Result<i64> {
    let known = tx
        .prepare_cached("SELECT id FROM actor WHERE name = ?1 AND code = ?2 AND sector = ?3")?
        .query_row([&party.name, &party.code, &party.sector], |row| row.get(0))
        .optional()?;
    match known {
        Some(id) => Ok(id),
        None => tx.prepare_cached("INSERT INTO actor (name, code, sector, folded) VALUES (?1, ?2, ?3, ?4)")?.insert(params![
            party.name,
            party.code,
            party.sector,
            folded(&party.name)
        ]),
    }
}
