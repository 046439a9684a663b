//! A new text → the texts that tell the same story in the same words.

use rusqlite::{Transaction, params};

use crate::{
    origin::likeness::{SAME, share},
    prepare::{Text, unpress},
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
        let share = share(&text.indexed_body, &indexed(&body(tx, other)?).0);
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

/// A canonical text; empty where it is damaged, which `store check` tells.
fn body(tx: &Transaction<'_>, text: i64) -> rusqlite::Result<String> {
    let pressed: Vec<u8> = tx
        .prepare_cached("SELECT coalesce(t.body, d.raw) FROM text t JOIN document d ON d.id = t.document WHERE t.id = ?1")?
        .query_row([text], |row| row.get(0))?;
    Ok(unpress(&pressed).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default())
}
