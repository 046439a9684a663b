#![doc = include_str!("../README.md")]

mod unpack;
mod kind;
pub mod date;
pub mod item;
pub mod error;
pub mod items;
mod feed;
mod sitemap;
mod archive;
mod mail;
mod lines;
mod text;
pub mod pdf;
mod document;
pub mod gdelt;
pub mod fetch;
pub mod follow;

pub use date::Published;
pub use error::SourceError;
pub use item::{Container, Extent, Item, Media, Origin};
pub use items::{Items, Tally, open, read};
pub use kind::Kind;

/// How much is read before it is taken for a trap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest document, record or message, and the longest feed, in bytes, unpacked.
    pub document: usize,
    /// What a packed file may unpack to in all.
    pub unpacked: u64,
    /// How many entries a feed or a sitemap may have.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { document: 64 << 20, unpacked: 1 << 40, entries: 100_000 }
    }
}
