//! One file, opened: which schema it has, how it is locked, and how errors name it.
//!
//! The file is SQLite in WAL mode. Readers never wait; writers wait for each other, up to [`PATIENCE`]. A commit is on the
//! disk when it returns (`synchronous = FULL`), so that what was reported as kept survives a loss of power.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};

use crate::{
    error::{Error, Result},
    migrate,
};

/// How long one process waits for another that is writing.
const PATIENCE: Duration = Duration::from_secs(60);

/// An open store.
pub struct Store {
    pub(crate) sql: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the store at `path`, making it, and the folder it is in, where there is none.
    ///
    /// # Errors
    /// When the file is no store, of a newer schema, damaged, or cannot be opened.
    pub fn create(path: &Path) -> Result<Store> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| Error::io(folder, error))?;
        }
        Store::connect(path, OpenFlags::default())
    }

    /// Opens the store at `path`, which must be there.
    ///
    /// # Errors
    /// As [`Store::create`], and when there is no file.
    pub fn open(path: &Path) -> Result<Store> {
        if !path.exists() {
            return Err(Error::missing(path));
        }
        Store::connect(path, OpenFlags::default() & !OpenFlags::SQLITE_OPEN_CREATE)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Store> {
        let fail = |error| Error::sqlite(path, error);
        let sql = Connection::open_with_flags(path, flags).map_err(fail)?;
        sql.busy_timeout(PATIENCE).map_err(fail)?;
        let mut store = Store { sql, path: path.to_owned() };
        migrate::bring_up(&mut store)?;
        store
            .sql
            .execute_batch(
                "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824; \
             PRAGMA temp_store = MEMORY;",
            )
            .map_err(fail)?;
        store.sql.set_prepared_statement_cache_capacity(64);
        Ok(store)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Limits how many pages the file may have, as a full disk would.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn limit_pages(&self, pages: u32) -> Result<()> {
        self.sql.execute_batch(&format!("PRAGMA max_page_count = {pages};")).map_err(|error| self.fail(error))
    }

    pub(crate) fn fail(&self, error: rusqlite::Error) -> Error {
        Error::sqlite(&self.path, error)
    }

    /// A transaction that holds the right to write from its first moment, so that what it reads cannot change before it writes.
    pub(crate) fn writing(&mut self) -> Result<Transaction<'_>> {
        let path = &self.path;
        self.sql.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|error| Error::sqlite(path, error))
    }

    /// What the store knows of bytes with this hash, met at this source with these options.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn knows(&self, hash: &str, source: &str, told: &str) -> Result<Known> {
        let current: Option<(i64, String)> = self
            .sql
            .prepare_cached(
                "SELECT d.id, s.precedence FROM document d JOIN reading r ON r.document = d.id AND r.superseded IS NULL
                 JOIN sighting s ON s.id = r.sighting WHERE d.hash = ?1",
            )
            .and_then(|mut query| query.query_row([hash], |row| Ok((row.get(0)?, row.get(1)?))).optional())
            .map_err(|error| self.fail(error))?;
        let Some((document, precedence)) = current else { return Ok(Known::Nothing) };
        let seen = self
            .sql
            .prepare_cached("SELECT 1 FROM sighting WHERE document = ?1 AND source = ?2 AND told = ?3")
            .and_then(|mut query| query.exists((document, source, told)))
            .map_err(|error| self.fail(error))?;
        Ok(if seen { Known::Sighting } else { Known::Bytes { precedence } })
    }
}

impl Store {
    /// The origins of documents that were met at this source, see [`Prepared::found`](crate::Prepared::found).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn origins_at(&self, source: &str) -> Result<Vec<String>> {
        self.sql
            .prepare_cached("SELECT origin FROM sighting WHERE source = ?1 AND origin IS NOT NULL ORDER BY id DESC LIMIT 100")
            .and_then(|mut query| query.query_map([source], |row| row.get(0))?.collect())
            .map_err(|error| self.fail(error))
    }
}

/// What the store knows of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    Nothing,
    /// The bytes, but not from there. The reading it has is of a sighting with this precedence.
    Bytes {
        /// See [`crate::precedence`].
        precedence: String,
    },
    /// The bytes, from there.
    Sighting,
}
