#![doc = include_str!("../README.md")]

pub mod span;
pub mod document;
pub mod sentence;
pub mod token;
pub mod syntax;
pub mod vocabulary;
pub mod kb;
pub mod mention;
pub mod judge;
pub mod event;
pub mod encounter;
pub mod doubt;
pub mod reading;
pub mod record;
pub mod plover;
pub mod polecat;
pub mod timeline;
pub mod import;

pub use reading::{Reader, Reading};

/// This version of the library and a hash of its code and data: two builds of the same name read every text alike.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("DEMARCHE_BUILD"));
