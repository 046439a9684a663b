//! Texts and readings as they were put in.

use rusqlite::Connection;

use crate::{
    error::{Error, Result},
    press::{dictionary, unpress, unpress_with},
    store::Store,
};

impl Store {
    /// A canonical text.
    pub(crate) fn body(&self, text: i64) -> Result<String> {
        let body = body(&self.sql, text).map_err(|error| self.fail(error))?;
        body.ok_or_else(|| Error::data(self.path(), format!("text {text} cannot be decompressed")))
    }

    /// A column of `record`, decompressed: `record`, `plover` or `reports`.
    pub(crate) fn kept_json(&self, column: &'static str, reading: i64) -> Result<String> {
        let (text, pressed): (i64, Vec<u8>) = self
            .sql
            .prepare_cached(&format!("SELECT r.text, x.{column} FROM record x JOIN reading r ON r.id = x.reading WHERE r.id = ?1"))
            .and_then(|mut query| query.query_row([reading], |row| Ok((row.get(0)?, row.get(1)?))))
            .map_err(|error| self.fail(error))?;
        let json = unpress_with(&pressed, &dictionary(&self.body(text)?)).and_then(|json| String::from_utf8(json).ok());
        json.ok_or_else(|| Error::data(self.path(), format!("the {column} of reading {reading} cannot be decompressed")))
    }
}

/// A canonical text; `None` where it is damaged.
pub(crate) fn body(sql: &Connection, text: i64) -> rusqlite::Result<Option<String>> {
    let (raw, body): (Vec<u8>, Option<Vec<u8>>) = sql
        .prepare_cached("SELECT d.raw, t.body FROM text t JOIN document d ON d.id = t.document WHERE t.id = ?1")?
        .query_row([text], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let raw = unpress(&raw);
    let text = match body {
        None => raw,
        Some(body) => raw.and_then(|raw| unpress_with(&body, &raw)),
    };
    Ok(text.and_then(|text| String::from_utf8(text).ok()))
}
