//! One module a command. Each returns an [`Outcome`]; errors carry what, where and what to do.

pub(crate) mod eval;
pub(crate) mod meta;
pub(crate) mod read;
pub(crate) mod timeline;

use std::path::Path;

use anyhow::Context;
use demarche::Reader;

/// How a command that did not fail ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was read.
    Complete,
    /// Something was left out and said on standard error.
    LeftOut,
}

/// The reader with the user's own tables.
pub(crate) fn reader(facts: &[std::path::PathBuf]) -> anyhow::Result<Reader> {
    let folders: Vec<&Path> = facts.iter().map(|p| p.as_path()).collect();
    Reader::with_facts(&folders).context("cannot load the facts of --facts")
}
