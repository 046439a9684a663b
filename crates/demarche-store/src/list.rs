//! What a store shows: events and documents as plain data, in the shape of their JSON.

pub(crate) mod documents;
pub(crate) mod events;
pub(crate) mod stories;

use rusqlite::Row;
use serde::Serialize;

/// A document, as lists cite it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// The first twelve digits of its hash; enough to name it in a store.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Where it was met; the first in the alphabet of several places.
    pub source: String,
    /// The document of the view that told its story first; itself, if that was this one.
    pub origin: String,
    /// The reader, facts and weights that made the reading.
    pub reader: String,
}

/// The columns of a [`Cited`], for joined readings `r` and documents `d`; `known` is the second clock as bound value or NULL.
pub(crate) fn cited_columns(known: &str) -> String {
    format!(
        "d.id, d.hash, r.title, r.published, r.publisher, r.address, r.version,
         (SELECT min(s.source) FROM sighting s WHERE s.document = d.id AND ({known} IS NULL OR s.learnt <= {known}))"
    )
}

/// Reads the columns of [`cited_columns`], which begin at `at`. The origin is not known yet.
pub(crate) fn cited(row: &Row<'_>, at: usize) -> rusqlite::Result<(i64, Cited)> {
    let hash: String = row.get(at + 1)?;
    let id = short(&hash).to_owned();
    let cited = Cited {
        origin: id.clone(),
        id,
        title: row.get(at + 2)?,
        published: row.get(at + 3)?,
        publisher: row.get(at + 4)?,
        address: row.get(at + 5)?,
        reader: row.get(at + 6)?,
        source: row.get::<_, Option<String>>(at + 7)?.unwrap_or_default(),
    };
    Ok((row.get(at)?, cited))
}

/// The first twelve digits of a hash.
pub(crate) fn short(hash: &str) -> &str {
    let digits = hash.trim_start_matches("sha256:");
    digits.get(..12).unwrap_or(digits)
}
