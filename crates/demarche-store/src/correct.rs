//! What persons say against readings, and how it outlives every re-reading.
//!
//! A correction names an event by its words: the span of the document's canonical text that names the act, and the act that
//! was read there. It is kept apart from all readings and applied to the rows of each new one. Where a new reader no longer
//! sees that act in those words, nothing is left to correct; the correction waits for one that does. The record of a
//! reading stays what the machine made; rows that a person changed say so (`corrected`).

use rusqlite::Transaction;

/// Applies the corrections of a document to the rows of one of its readings, in the order in which they were made.
pub(crate) fn apply(tx: &Transaction<'_>, document: i64, reading: i64) -> rusqlite::Result<()> {
    let mut corrections = tx.prepare_cached(
        "SELECT quote_start, quote_end, quote, act, field, value FROM correction
         WHERE document = ?1 AND withdrawn IS NULL ORDER BY id",
    )?;
    let mut rows = corrections.query([document])?;
    while let Some(row) = rows.next()? {
        let (start, end, quote): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (act, field, value): (String, String, Option<String>) = (row.get(3)?, row.get(4)?, row.get(5)?);
        // The columns are named here, so that what stands in a table never becomes part of a statement.
        let set = match field.as_str() {
            "status" => "status = ?6",
            "act" => "act = ?6",
            "mode" => "mode = ?6",
            _ => "status = coalesce(?6, 'rejected')",
        };
        tx.prepare_cached(&format!(
            "UPDATE event SET {set}, corrected = 1
             WHERE reading = ?1 AND quote_start = ?2 AND quote_end = ?3 AND quote = ?4 AND (act = ?5 OR corrected = 1)"
        ))?
        .execute((reading, start, end, quote, act, value))?;
    }
    Ok(())
}
