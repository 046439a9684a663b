//! Text in, events out: see the crate's README.

pub mod span;
pub mod document;
pub mod token;
pub mod sentence;
