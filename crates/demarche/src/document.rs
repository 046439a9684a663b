//! Raw bytes → [`Document`]: what is read, and what is known about it before a word is understood.
//!
//! The raw bytes are the identity; the *canonical text* (decoded, extracted) is what every offset refers to.
//! For plain UTF-8 text the two are the same bytes; for Markdown, HTML and JSON an [`OffsetMap`] leads back where
//! there is a way back.

//!
//! [`load`] is the way in. It looks at the bytes ([`format_of`]), decodes them, takes off the format (plain text,
//! Markdown, HTML, JSON Lines), lays the pieces out as [`Block`]s, and settles what is known of the whole.

mod load;
mod error;
mod sniff;
mod decode;
mod draft;
mod plain;
mod markdown;
mod front_matter;
mod html;
mod render;
mod jsonl;
mod layout;
mod furniture;
mod dateline;
mod metadata;
mod dates;
mod language;
mod map;

pub(crate) use dates::{is_weekday, month_number};
pub use error::LoadError;
pub use jsonl::{FieldNames, JsonLines, json_document};
pub use load::{Documents, LoadOptions, identity, load, load_one};
pub use sniff::format_of;

use jiff::civil::Date;

use crate::span::Span;

/// One document, decoded and laid out, ready to be read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// `sha256:` and the hexadecimal hash of the raw bytes (of the one line, for JSON Lines).
    pub id: String,
    /// Where it came from, as the user named it: a path, `-`, or `path#line` for JSON Lines.
    pub source: String,
    /// What kind of file it was.
    pub format: Format,
    /// The text that every span of this document refers to.
    pub text: String,
    /// The text's parts in reading order; they do not overlap, and text outside them is not read.
    pub blocks: Vec<Block>,
    /// Title, publication date, publisher, language, address.
    pub meta: Metadata,
    /// From canonical bytes back to raw bytes.
    pub map: OffsetMap,
    /// What was odd about the bytes: a wrong encoding, a date that does not exist, an unknown language.
    pub doubts: Vec<DocumentDoubt>,
}

/// The kind of file that a document was extracted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    #[default]
    Plain,
    /// Markdown, with or without YAML front matter.
    Markdown,
    /// A web page, its article extracted.
    Html,
    /// One line of a JSON Lines file.
    JsonLines,
}

/// A run of canonical text that belongs together: sentences never cross its border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The bytes of the block, trimmed of white space.
    pub span: Span,
    /// What the block is.
    pub kind: BlockKind,
}

/// What a block of text is in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The document's title.
    Headline,
    /// A heading inside the document.
    Heading,
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// Text that tells nothing of the world: "###", navigation, a time stamp, "Via Teleconference". Not read.
    Furniture,
}

/// What is known about a document from its file, its front matter, or its first lines.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// The title, from front matter or `<title>`, else the headline.
    pub title: Option<String>,
    /// The day of publication, in the publisher's time zone.
    pub published: Option<Date>,
    /// How the day of publication became known.
    pub published_from: Option<DateSource>,
    /// The dateline's span ("TOKYO, Jan. 13 (Agency) —"), to the dash.
    pub dateline: Option<Span>,
    /// Who published it.
    pub publisher: Option<String>,
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// The address it was published at.
    pub address: Option<String>,
}

/// How a document's day of publication became known, in order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSource {
    /// The user said so (`--published`).
    Given,
    /// A field of the front matter, the page's metadata or the JSON object.
    Metadata,
    /// A line of the text ("Published: 2025-08-23"), or the dateline when it names the year.
    Text,
    /// An ISO date at the head of the file's name.
    FileName,
}

/// Something odd about a document as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentDoubt {
    /// A stable code: `undated`, `bad-date`, `ambiguous-date`, `encoding`, `front-matter`, `language`, `empty`.
    pub code: &'static str,
    /// One sentence for the user.
    pub message: String,
    /// Where, when it is about a place in the text.
    pub span: Option<Span>,
}

/// Leads from canonical bytes back to raw bytes: runs of bytes that are the same in both.
#[derive(Clone, Debug, Default)]
pub struct OffsetMap {
    /// `(canonical start, raw start, length)`, ascending; empty when the two texts are the same bytes.
    pub runs: Vec<(u32, u32, u32)>,
    /// Whether canonical and raw offsets are equal throughout.
    pub identity: bool,
}
