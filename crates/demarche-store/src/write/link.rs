//! A new text → the texts that tell the same story in the same words.

use rusqlite::{Transaction, params};

use crate::{
    kept::body,
    origin::likeness::{SAME, share},
    prepare::Text,
    words::indexed,
};

/// Writes the text's bands and the pairs that it makes. Which pairs there are in the end does not depend on the order of
/// texts: each is compared with all that share a band with it, when the later of the two comes.
pub(super) fn link(tx: &Transaction<'_>, id: i64, text: &Text) -> rusqlite::Result<()> {
    let mut candidates = Vec::new();
    {
        let mut find = tx.prepare_cached("SELECT text FROM band WHERE band = ?1")?;
        for band in &text.bands {
            for found in find.query_map([band], |row| row.get::<_, i64>(0))? {
                candidates.push(found?);
            }
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    for other in candidates {
        // What is damaged is like nothing; `store check` tells of it.
        let Some(body) = body(tx, other)? else { continue };
        let share = share(&text.indexed_body, &indexed(&body).0);
        if share >= SAME {
            let mut pair = tx.prepare_cached("INSERT INTO likeness (a, b, share) VALUES (?1, ?2, ?3)")?;
            pair.execute(params![id, other, share])?;
            pair.execute(params![other, id, share])?;
        }
    }
    for band in &text.bands {
        tx.prepare_cached("INSERT INTO band (band, text) VALUES (?1, ?2)")?.execute((band, id))?;
    }
    Ok(())
}
