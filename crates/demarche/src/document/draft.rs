//! What each format's reader hands over: canonical text cut into pieces, and what the file says of itself.

use super::OffsetMap;
use crate::span::Span;

/// A document whose format has been taken off, before its pieces are told apart.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) map: OffsetMap,
    pub(crate) stated: Stated,
}

/// A run of text that belongs together by the file's own marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    pub(crate) shape: Shape,
}

/// What the file's marks say of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The title, from front matter, metadata or a field.
    Title,
    /// Marked as a heading.
    Heading,
    /// Bold or italic from its first to its last letter.
    Emphasized,
    /// An item of a list; its mark is not part of the piece.
    Item,
    /// Running text, or a line that only its words can tell from running text.
    Text,
    /// A line of plain text that stands alone between empty lines.
    Lone,
    /// Code and the like: not to be read.
    Skip,
}

/// What a document's front matter, metadata or fields say of it, not yet checked.
#[derive(Debug, Default)]
pub(crate) struct Stated {
    pub(crate) title: Option<String>,
    /// Dates of publication as written, the most trusted first.
    pub(crate) published: Vec<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) address: Option<String>,
    /// What went wrong in reading this: a code and a sentence.
    pub(crate) doubts: Vec<(&'static str, String)>,
}

/// The letters and digits of `text` in lower case: equal for two spellings of one title.
pub(crate) fn skeleton(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether `body` begins with the words of `title`, whatever the punctuation.
pub(crate) fn begins_with_title(body: &str, title: &str) -> bool {
    let mut letters = body.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let title = skeleton(title);
    !title.is_empty() && title.chars().all(|c| letters.next() == Some(c))
}
