//! One module a command. Each returns an [`Outcome`]; errors carry what, where and what to do.

pub(crate) mod actors;
pub(crate) mod add;
pub(crate) mod documents;
pub(crate) mod eval;
pub(crate) mod events;
pub(crate) mod follow;
pub(crate) mod import;
pub(crate) mod meta;
pub(crate) mod posts;
pub(crate) mod read;
pub(crate) mod reread;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod store;
pub(crate) mod timeline;

use std::path::{Path, PathBuf};

use anyhow::Context;
use demarche::{Reader, document::identity};
use demarche_judge::LearnedJudge;
use demarche_store::{Filter, Store, View};

use crate::cli::{FilterArgs, ListFormat, ReaderArgs, ReaderKind, StoreArg, ViewArgs};

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

/// The store that the options name, which must be there.
pub(crate) fn open(arg: &StoreArg) -> anyhow::Result<Store> {
    let path = arg.path.as_deref().context("no folder for the store is known; name a file with --store")?;
    Ok(Store::open(path)?)
}

/// Which reader the options ask for, as a store names it: the library's version, who decides, and the user's own tables.
pub(crate) fn version(facts: &[PathBuf], args: &ReaderArgs) -> anyhow::Result<String> {
    let short = |bytes: &[u8]| identity(bytes).trim_start_matches("sha256:").chars().take(12).collect::<String>();
    let mut version = format!("demarche {}", demarche::VERSION);
    match (args.reader, &args.judge) {
        (ReaderKind::Fast, _) => version.push_str(" fast"),
        (ReaderKind::Learned, None) => version.push_str(&format!(" learned {}", short(demarche_judge::weights()))),
        (ReaderKind::Learned, Some(folder)) => {
            let path = folder.join("judge.onnx");
            let weights = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            version.push_str(&format!(" learned {}", short(&weights)));
        }
    }
    if args.reader == ReaderKind::Learned && args.ask_all {
        version.push_str(" asking always");
    }
    if !facts.is_empty() {
        let mut all = Vec::new();
        for folder in facts {
            for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
                let entry = entry.with_context(|| format!("cannot read the facts in {}", folder.display()))?;
                if entry.file_type().is_file() {
                    all.extend_from_slice(entry.file_name().as_encoded_bytes());
                    all.extend(std::fs::read(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()))?);
                }
            }
        }
        version.push_str(&format!(" facts {}", short(&all)));
    }
    Ok(version)
}

/// Lowers the flags of a list into what the store is asked.
pub(crate) fn filter(args: &FilterArgs) -> anyhow::Result<(View, Filter)> {
    let mut statuses = Vec::new();
    for name in &args.status {
        statuses.extend(demarche_store::statuses(name)?);
    }
    let filter = Filter {
        who: args.actor.iter().chain(&args.with).cloned().collect(),
        acts: args.acts.iter().map(|name| demarche_store::act(name)).collect::<Result<_, _>>()?,
        statuses,
        since: args.since,
        until: args.until,
        publisher: args.publisher.clone(),
        limit: match args.limit {
            Some(0) => None,
            None if args.format == ListFormat::Table => Some(50),
            given => given,
        },
    };
    Ok((view(&args.view), filter))
}

/// As of when.
pub(crate) fn view(args: &ViewArgs) -> View {
    View { published_by: args.published_by, known_at: args.known_at }
}
