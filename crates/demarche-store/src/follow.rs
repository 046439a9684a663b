//! Sources that are asked again and again: which they are, and how far each has come.
//!
//! How far is JSON that only whoever asks the source understands. It changes in the transaction that keeps the documents it
//! speaks of: a stop at any point leaves both as they were, or both new.

use jiff::Timestamp;
use rusqlite::params;

use crate::{
    error::Result,
    prepare::Prepared,
    store::Store,
    write::{Kept, keep_all, time},
};

/// A source that is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// As the user named it.
    pub address: String,
    /// How far it has come, as JSON.
    pub state: String,
    /// How often that has changed.
    pub revision: i64,
}

impl Store {
    /// Follows a source from now on. One that was followed before goes on from where it was. `false` if it is followed already.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn follow(&mut self, address: &str, state: &str, now: Timestamp) -> Result<bool> {
        let changed = self.sql.execute(
            "INSERT INTO follow (address, state, revision, added) VALUES (?1, ?2, 0, ?3)
             ON CONFLICT (address) DO UPDATE SET removed = NULL, revision = revision + 1 WHERE removed IS NOT NULL",
            params![address, state, time(now)],
        );
        Ok(changed.map_err(|error| self.fail(error))? > 0)
    }

    /// Follows a source no longer. What it gave stays. `false` if it was not followed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn unfollow(&mut self, address: &str, now: Timestamp) -> Result<bool> {
        let changed = self.sql.execute(
            "UPDATE follow SET removed = ?2, revision = revision + 1 WHERE address = ?1 AND removed IS NULL",
            params![address, time(now)],
        );
        Ok(changed.map_err(|error| self.fail(error))? > 0)
    }

    /// The sources that are followed, in the order in which they were added.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn followed(&self) -> Result<Vec<Followed>> {
        self.sql
            .prepare_cached("SELECT address, state, revision FROM follow WHERE removed IS NULL ORDER BY id")
            .and_then(|mut query| {
                query.query_map([], |row| Ok(Followed { address: row.get(0)?, state: row.get(1)?, revision: row.get(2)? }))?.collect()
            })
            .map_err(|error| self.fail(error))
    }

    /// Keeps what a source gave and how far it has come now: both, or, when an error comes back, neither. Neither, too, and
    /// `None`, where another process has moved the source on meanwhile, or it is followed no longer.
    ///
    /// # Errors
    /// As [`Store::keep`].
    pub fn keep_followed(&mut self, batch: &[Prepared], was: &Followed, state: &str, now: Timestamp) -> Result<Option<Vec<Kept>>> {
        let path = self.path().to_owned();
        let fail = |error| crate::error::Error::sqlite(&path, error);
        let tx = self.writing()?;
        let moved = tx
            .prepare_cached(
                "UPDATE follow SET state = ?3, revision = revision + 1, polled = ?4
                 WHERE address = ?1 AND revision = ?2 AND removed IS NULL",
            )
            .and_then(|mut update| update.execute(params![was.address, was.revision, state, time(now)]))
            .map_err(fail)?;
        if moved == 0 {
            return Ok(None);
        }
        let outcome = keep_all(&tx, batch, now).map_err(fail)?;
        tx.commit().map_err(fail)?;
        Ok(Some(outcome))
    }
}
