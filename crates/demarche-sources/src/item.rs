//! What a source gives: one document's bytes, what kind they are, what the container says of them, and where they lay.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::date::Published;

/// One document as it was found, not read yet. [`Item::document`] makes it a document of the library.
///
/// As JSON it is all but the bytes, for a store that keeps those by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The document's bytes, without the wrapping of feed, mail or HTTP; empty if only the address is known.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// What the bytes are.
    pub media: Media,
    /// How much of the document the bytes are.
    pub extent: Extent,
    /// The encoding that the container names for the bytes ("windows-1252"); the bytes may say otherwise themselves.
    pub charset: Option<String>,
    /// Where the document is published: the address to fetch when the bytes are not all of it.
    pub address: Option<String>,
    /// What the container calls it: a feed's `guid` or `id`, a message's `Message-ID`, a record's `WARC-Record-ID`.
    pub id: Option<String>,
    /// The title that the container gives, as plain text.
    pub title: Option<String>,
    /// When the container says it was published.
    pub published: Option<Published>,
    /// When the container says it was last changed.
    pub updated: Option<Published>,
    /// Who published it: the feed's title, the sender of a message.
    pub publisher: Option<String>,
    /// Its language, as the container writes it ("en-US").
    pub language: Option<String>,
    /// Where it lay.
    pub origin: Origin,
    /// What was odd and did no harm: a date that is none, an encoding that does not fit.
    pub doubts: Vec<String>,
}

/// What an item's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Media {
    /// A web page, or a piece of one.
    Html,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A JSON object with a document's fields, as in JSON Lines.
    Json,
    /// A PDF file.
    Pdf,
}

impl Media {
    /// Its media type: "text/html".
    pub fn as_str(self) -> &'static str {
        match self {
            Media::Html => "text/html",
            Media::Text => "text/plain",
            Media::Markdown => "text/markdown",
            Media::Json => "application/json",
            Media::Pdf => "application/pdf",
        }
    }
}

/// How much of a document an item holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// All of it.
    Full,
    /// A summary or a first paragraph; [`Item::address`] leads to the rest.
    Teaser,
    /// Nothing but the address.
    Address,
}

/// Where an item lay: which container, and where in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The container as the user named it: a path, an address, `-`.
    pub source: String,
    /// What kind of container it is.
    pub container: Container,
    /// Which item of the container it is, from 1.
    pub number: u64,
    /// Byte offset in the container as it lies on disk: of the entry, the record, the message; of the compressed member
    /// that begins with it, if it is compressed.
    pub offset: Option<u64>,
    /// Bytes from the start of that compressed member, unpacked, if the item does not begin it.
    pub within: Option<u64>,
    /// A part of the item: an attachment's name, the name of a file in a ZIP archive.
    pub part: Option<String>,
    /// When a web archive says that it fetched the page. Not the day of publication.
    pub captured: Option<Timestamp>,
}

/// The kinds of container.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Container {
    /// None: the file is the document.
    #[default]
    File,
    /// RSS 0.9 to 2.0.
    Rss,
    /// Atom.
    Atom,
    /// JSON Feed.
    JsonFeed,
    /// A sitemap.
    Sitemap,
    /// An index of sitemaps: its items are addresses of sitemaps.
    SitemapIndex,
    /// A web archive (WARC).
    Warc,
    /// A web archive of the older kind (ARC).
    Arc,
    /// A mailbox (mbox).
    Mbox,
    /// One message, or a page saved as one (MHTML).
    Mail,
    /// JSON Lines.
    JsonLines,
}

impl Container {
    /// A word for messages and stores: "warc".
    pub fn as_str(self) -> &'static str {
        match self {
            Container::File => "file",
            Container::Rss => "rss",
            Container::Atom => "atom",
            Container::JsonFeed => "jsonfeed",
            Container::Sitemap => "sitemap",
            Container::SitemapIndex => "sitemapindex",
            Container::Warc => "warc",
            Container::Arc => "arc",
            Container::Mbox => "mbox",
            Container::Mail => "mail",
            Container::JsonLines => "jsonl",
        }
    }

    /// Whether its items are entries of a list that is published anew again and again.
    pub fn is_listing(self) -> bool {
        matches!(self, Container::Rss | Container::Atom | Container::JsonFeed | Container::Sitemap | Container::SitemapIndex)
    }
}

impl Item {
    /// An item of `media` with all its bytes, of which nothing else is known.
    pub(crate) fn new(bytes: Vec<u8>, media: Media, origin: Origin) -> Item {
        Item {
            bytes,
            media,
            extent: Extent::Full,
            charset: None,
            address: None,
            id: None,
            title: None,
            published: None,
            updated: None,
            publisher: None,
            language: None,
            origin,
            doubts: Vec::new(),
        }
    }

    /// `sha256:` and the hash of the bytes: what the library calls the document, too.
    pub fn hash(&self) -> String {
        hash(&self.bytes)
    }
}

/// `sha256:` and the hexadecimal hash of `bytes`.
pub(crate) fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::from("sha256:"), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes all that is written to it");
        text
    })
}

/// The item's place as the user can find it again: `news.warc.gz#3@1024`, `path` alone for a file that is the document.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)?;
        match self.container {
            Container::File => {}
            _ => write!(f, "#{}", self.number)?,
        }
        match &self.part {
            Some(part) => write!(f, "/{part}"),
            None => Ok(()),
        }
    }
}
