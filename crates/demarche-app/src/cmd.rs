//! One module a command. Each returns an [`Outcome`]; errors carry what, where and what to do.

pub(crate) mod actors;
pub(crate) mod eval;
pub(crate) mod import;
pub(crate) mod meta;
pub(crate) mod posts;
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
    if let Some(missing) = folders.iter().find(|folder| !folder.is_dir()) {
        anyhow::bail!("the folder of --facts or DEMARCHE_FACTS is not there: {}", missing.display());
    }
    Reader::with_facts(&folders).context("cannot load the facts of --facts")
}
