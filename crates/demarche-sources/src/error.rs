//! Why a source, or one item of it, gave nothing.

use std::{fmt, io, time::Duration};

/// Why a source, or one item of it, gave nothing: one line for the user, and a few questions for the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceError {
    kind: Kind,
    source: String,
    place: Option<String>,
    message: String,
    retry_after: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Io,
    Cut,
    TooLarge,
    Malformed,
    Unknown,
    Events,
    Scanned,
    Empty,
    Refused,
    Unreachable,
    Status(u16),
}

impl SourceError {
    pub(crate) fn new(kind: Kind, source: &str, message: impl Into<String>) -> SourceError {
        SourceError { kind, source: source.to_owned(), place: None, message: message.into(), retry_after: None }
    }

    pub(crate) fn at(self, place: impl Into<String>) -> SourceError {
        SourceError { place: Some(place.into()), ..self }
    }

    pub(crate) fn saying(self, message: String) -> SourceError {
        SourceError { message, ..self }
    }

    pub(crate) fn retry(self, retry_after: Option<Duration>) -> SourceError {
        SourceError { retry_after, ..self }
    }

    /// What reading bytes gave, told apart: the disk failed, the packing is broken, a limit was reached.
    pub(crate) fn reading(source: &str, error: &io::Error) -> SourceError {
        let kind = match error.kind() {
            io::ErrorKind::UnexpectedEof => Kind::Cut,
            io::ErrorKind::FileTooLarge => Kind::TooLarge,
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Kind::Malformed,
            _ => Kind::Io,
        };
        SourceError::new(kind, source, error.to_string())
    }

    /// Whether the bytes end before their time; what was whole has been given.
    pub fn is_cut_off(&self) -> bool {
        self.kind == Kind::Cut
    }

    /// Whether a limit of size, of unpacking or of number was reached.
    pub fn is_too_large(&self) -> bool {
        self.kind == Kind::TooLarge
    }

    /// Whether the bytes break the rules of their format.
    pub fn is_malformed(&self) -> bool {
        self.kind == Kind::Malformed
    }

    /// Whether the kind of file is none that is read.
    pub fn is_unknown(&self) -> bool {
        self.kind == Kind::Unknown
    }

    /// Whether the file holds foreign events and not documents; [`crate::gdelt`] reads it.
    pub fn is_events(&self) -> bool {
        self.kind == Kind::Events
    }

    /// Whether it is a PDF file of images, without text to read.
    pub fn is_scanned(&self) -> bool {
        self.kind == Kind::Scanned
    }

    /// Whether there was nothing in it.
    pub fn is_empty(&self) -> bool {
        self.kind == Kind::Empty
    }

    /// Whether it may not be fetched: `robots.txt` forbids it, it lies in the local network, it is no web address.
    pub fn is_refused(&self) -> bool {
        self.kind == Kind::Refused
    }

    /// Whether the host could not be reached or broke off; it may be tried again.
    pub fn is_unreachable(&self) -> bool {
        self.kind == Kind::Unreachable
    }

    /// The HTTP status, where that is the matter.
    pub fn status(&self) -> Option<u16> {
        match self.kind {
            Kind::Status(status) => Some(status),
            _ => None,
        }
    }

    /// How long the server wishes to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Whether the file could not be opened or read.
    pub fn is_io(&self) -> bool {
        self.kind == Kind::Io
    }

    /// What went wrong, without the source's name and the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What the user called the source.
    pub fn source_name(&self) -> &str {
        &self.source
    }

    /// Where in the source: "record 3 at byte 1024".
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.source)?;
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for SourceError {}
