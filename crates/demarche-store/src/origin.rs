//! One story, once: which documents tell the same story in the same words, and whose words they are.
//!
//! Reprints share most of their runs of four words. [`bands`] finds, among any number of documents, the few that may;
//! [`likeness`] compares those word for word; [`wire`] reads the news agency off a dateline or byline.

pub(crate) mod bands;
pub(crate) mod likeness;
pub(crate) mod wire;
