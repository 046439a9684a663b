//! One module a command. Each returns an [`Outcome`]; errors carry what, where and what to do.

pub(crate) mod actors;
pub(crate) mod eval;
pub(crate) mod import;
pub(crate) mod meta;
pub(crate) mod posts;
pub(crate) mod read;
pub(crate) mod timeline;

use std::path::{Path, PathBuf};

use anyhow::Context;
use demarche::Reader;
use demarche_judge::LearnedJudge;

use crate::cli::{ReaderArgs, ReaderKind};

/// How a command that did not fail ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was read.
    Complete,
    /// Something was left out and said on standard error.
    LeftOut,
}

/// The reader that the options ask for, with the user's own tables. Without usable weights the fast one goes on, which is said.
pub(crate) fn judging_reader(facts: &[PathBuf], args: &ReaderArgs) -> anyhow::Result<Reader> {
    let reader = reader(facts)?;
    if args.reader == ReaderKind::Fast {
        return Ok(reader);
    }
    let judge = match &args.judge {
        None => LearnedJudge::embedded().map_err(anyhow::Error::from),
        Some(folder) => judge_from(folder),
    };
    match judge {
        Ok(judge) => {
            let reader = reader.with_judge(Box::new(judge));
            Ok(if args.ask_all { reader.asking_always() } else { reader })
        }
        Err(error) => {
            anstream::eprintln!("demarche: {error:#}; reading with the fast reader (--reader fast) instead");
            Ok(reader)
        }
    }
}

fn judge_from(folder: &Path) -> anyhow::Result<LearnedJudge> {
    let file = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let tokenizer = String::from_utf8(file("tokenizer.json")?).context("tokenizer.json is not UTF-8")?;
    Ok(LearnedJudge::new(file("judge.onnx")?, &tokenizer)?)
}

/// The reader with the user's own tables.
pub(crate) fn reader(facts: &[PathBuf]) -> anyhow::Result<Reader> {
    let folders: Vec<&Path> = facts.iter().map(|p| p.as_path()).collect();
    if let Some(missing) = folders.iter().find(|folder| !folder.is_dir()) {
        anyhow::bail!("the folder of --facts or DEMARCHE_FACTS is not there: {}", missing.display());
    }
    Reader::with_facts(&folders).context("cannot load the facts of --facts")
}
