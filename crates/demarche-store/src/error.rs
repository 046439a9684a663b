//! What can go wrong with a store, said with the file and with what to do.

use std::path::{Path, PathBuf};

/// Why the store could not do what it was asked.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    path: PathBuf,
}

#[derive(Debug)]
enum Kind {
    Sqlite(rusqlite::Error),
    Newer { found: i64, known: i64 },
    Foreign,
    Missing,
    Data(String),
    Io(std::io::Error),
    Question(String),
}

/// What most functions of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn sqlite(path: &Path, error: rusqlite::Error) -> Error {
        Error { kind: Kind::Sqlite(error), path: path.to_owned() }
    }

    pub(crate) fn newer(path: &Path, found: i64, known: i64) -> Error {
        Error { kind: Kind::Newer { found, known }, path: path.to_owned() }
    }

    pub(crate) fn foreign(path: &Path) -> Error {
        Error { kind: Kind::Foreign, path: path.to_owned() }
    }

    pub(crate) fn missing(path: &Path) -> Error {
        Error { kind: Kind::Missing, path: path.to_owned() }
    }

    pub(crate) fn data(path: &Path, message: impl Into<String>) -> Error {
        Error { kind: Kind::Data(message.into()), path: path.to_owned() }
    }

    pub(crate) fn io(path: &Path, error: std::io::Error) -> Error {
        Error { kind: Kind::Io(error), path: path.to_owned() }
    }

    /// A question that cannot be answered as it was put; it has nothing to do with the file.
    pub(crate) fn question(message: impl Into<String>) -> Error {
        Error { kind: Kind::Question(message.into()), path: PathBuf::new() }
    }

    /// Whether the file holds something else than a sound store.
    pub fn is_damage(&self) -> bool {
        match &self.kind {
            Kind::Sqlite(error) => {
                matches!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase))
            }
            Kind::Foreign | Kind::Data(_) => true,
            _ => false,
        }
    }

    /// Whether the disk, or the room that the store may take, is full.
    pub fn is_full(&self) -> bool {
        matches!(&self.kind, Kind::Sqlite(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull))
    }

    /// Whether there is no store at the path.
    pub fn is_missing(&self) -> bool {
        matches!(self.kind, Kind::Missing)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use rusqlite::ErrorCode;
        let path = self.path.display();
        match &self.kind {
            Kind::Newer { found, known } => {
                write!(f, "{path}: the store has schema {found}, and this program knows schemas up to {known}; use a newer demarche")
            }
            Kind::Foreign => write!(f, "{path}: an SQLite file, but no store of Demarche; name another file with --store"),
            Kind::Missing => write!(f, "{path}: there is no store yet; `demarche add FILES` makes one"),
            Kind::Data(message) => write!(f, "{path}: the store is damaged: {message}; `demarche store check` tells more"),
            Kind::Io(error) => write!(f, "{path}: {error}"),
            Kind::Question(message) => f.write_str(message),
            Kind::Sqlite(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => {
                    write!(f, "{path}: no room left on the disk; what was confirmed is kept, make room and run the command again")
                }
                Some(ErrorCode::DatabaseCorrupt) => {
                    write!(f, "{path}: the store is damaged ({error}); `demarche store check` tells more, a backup helps")
                }
                Some(ErrorCode::NotADatabase) => write!(f, "{path}: not an SQLite file; name another file with --store"),
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    write!(f, "{path}: another process has been writing to the store for too long; try again")
                }
                Some(ErrorCode::ReadOnly) => write!(f, "{path}: the store may not be written to"),
                Some(ErrorCode::CannotOpen) => write!(f, "{path}: cannot be opened: {error}"),
                _ => write!(f, "{path}: {error}"),
            },
        }
    }
}

impl std::error::Error for Error {}
