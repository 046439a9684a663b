//! What a newer reader has to read again, and what is known of a document for that.

use crate::{
    error::{Error, Result},
    press::unpress,
    sighting,
    store::Store,
};

impl Store {
    /// The hashes of documents whose current reading is not by this version, in the order in which they were learnt.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read_otherwise(&self, version: &str) -> Result<Vec<String>> {
        let mut query = self
            .sql
            .prepare(
                "SELECT d.hash FROM document d JOIN reading r ON r.document = d.id AND r.superseded IS NULL
                 WHERE r.version <> ?1 ORDER BY d.id",
            )
            .map_err(|error| self.fail(error))?;
        let hashes = query.query_map([version], |row| row.get(0)).map_err(|error| self.fail(error))?;
        hashes.collect::<rusqlite::Result<_>>().map_err(|error| self.fail(error))
    }

    /// A document's bytes, with the sighting that its current reading goes by.
    ///
    /// # Errors
    /// When there is none of that hash, or it is damaged.
    pub fn source(&self, hash: &str) -> Result<sighting::Kept> {
        let (raw, source, format, told, origin): (Vec<u8>, String, String, String, Option<String>) = self
            .sql
            .prepare_cached(
                "SELECT d.raw, s.source, s.format, s.told, s.origin FROM document d
                 JOIN reading r ON r.document = d.id AND r.superseded IS NULL JOIN sighting s ON s.id = r.sighting WHERE d.hash = ?1",
            )
            .and_then(|mut query| query.query_row([hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))))
            .map_err(|error| self.fail(error))?;
        let raw = unpress(&raw).ok_or_else(|| Error::data(self.path(), format!("the bytes of {hash} cannot be decompressed")))?;
        Ok(sighting::Kept { raw, source, format, told, origin })
    }
}
