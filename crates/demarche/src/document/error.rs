//! Why some bytes gave no document.

use std::fmt;

/// Why some bytes gave no document: one line for the user, and a few questions for the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    kind: Kind,
    message: String,
    source: String,
    line: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Empty,
    Binary,
    Container,
    Malformed,
    TooLong,
}

impl LoadError {
    pub(crate) fn new(kind: Kind, source: &str, message: impl Into<String>) -> LoadError {
        LoadError { kind, message: message.into(), source: source.to_owned(), line: None }
    }

    pub(crate) fn at_line(self, line: usize) -> LoadError {
        LoadError { line: Some(line), ..self }
    }

    /// Whether there was nothing to read.
    pub fn is_empty(&self) -> bool {
        self.kind == Kind::Empty
    }

    /// Whether the bytes are no text at all.
    pub fn is_binary(&self) -> bool {
        self.kind == Kind::Binary
    }

    /// Whether the bytes hold many documents and need another door: a feed, a web archive.
    pub fn is_container(&self) -> bool {
        self.kind == Kind::Container
    }

    /// Whether the bytes should be JSON but are not, or are JSON without a text.
    pub fn is_malformed(&self) -> bool {
        self.kind == Kind::Malformed
    }

    /// Whether the bytes are more than one document can hold (4 GiB).
    pub fn is_too_long(&self) -> bool {
        self.kind == Kind::TooLong
    }

    /// The line of a JSON Lines file, from 1.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// What went wrong, without the source's name.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What the user called the source.
    pub fn source_name(&self) -> &str {
        &self.source
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.source, self.message),
            None => write!(f, "{}: {}", self.source, self.message),
        }
    }
}

impl std::error::Error for LoadError {}
