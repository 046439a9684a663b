//! Text in, events out: see the crate's README.

pub mod document;
pub mod sentence;
pub mod span;
pub mod token;
