//! `demarche store`: how much is there, is it sound, a copy of it, its unused room.

use std::io::{self, Write};

use demarche_store::Stats;

use super::{Outcome, open};
use crate::cli::{StoreArgs, StoreCommand};

/// Runs one of the commands.
pub(crate) fn run(args: &StoreArgs) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    match &args.command {
        StoreCommand::Stats { store, json } => {
            let store = open(store)?;
            let stats = store.stats()?;
            if *json {
                serde_json::to_writer_pretty(&mut out, &stats).map_err(io::Error::from)?;
                writeln!(out)?;
            } else {
                write_stats(&store.path().display().to_string(), &stats, &mut out)?;
            }
            Ok(Outcome::Complete)
        }
        StoreCommand::Check { store } => {
            let store = open(store)?;
            let wrong = store.check()?;
            for line in &wrong {
                writeln!(out, "{line}")?;
            }
            if wrong.is_empty() {
                writeln!(out, "{}: sound", store.path().display())?;
                return Ok(Outcome::Complete);
            }
            anstream::eprintln!(
                "demarche: {}: {} things are wrong; go back to a backup, or add the documents to a new store",
                store.path().display(),
                wrong.len()
            );
            Ok(Outcome::LeftOut)
        }
        StoreCommand::Backup { to, store } => {
            let store = open(store)?;
            store.backup(to)?;
            writeln!(out, "{}: copied to {}", store.path().display(), to.display())?;
            Ok(Outcome::Complete)
        }
        StoreCommand::Vacuum { store } => {
            let store = open(store)?;
            let before = store.stats()?.file_bytes;
            store.vacuum()?;
            writeln!(out, "{}: {} → {}", store.path().display(), size(before), size(store.stats()?.file_bytes))?;
            Ok(Outcome::Complete)
        }
    }
}

fn write_stats(path: &str, s: &Stats, out: &mut impl Write) -> io::Result<()> {
    let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "–".to_owned());
    writeln!(out, "{path} · schema {}", s.schema)?;
    writeln!(
        out,
        "  documents    {} ({}), published {} – {}",
        s.documents,
        size(s.raw_bytes),
        day(&s.first_published),
        day(&s.last_published)
    )?;
    writeln!(out, "  stories      {} (documents with the same words count once)", s.stories)?;
    writeln!(out, "  met twice    {}", s.met_twice)?;
    writeln!(out, "  events       {}", s.events)?;
    writeln!(out, "  encounters   {}", s.encounters)?;
    writeln!(out, "  doubts       {}", s.doubts)?;
    writeln!(out, "  corrections  {}", s.corrections)?;
    if s.foreign_events + s.foreign_mentions > 0 {
        writeln!(out, "  foreign      {} events, {} mentions", s.foreign_events, s.foreign_mentions)?;
    }
    if s.followed > 0 {
        writeln!(out, "  followed     {} sources", s.followed)?;
    }
    writeln!(out, "  readings     {}, the latest {}", s.readings, day(&s.latest))?;
    for (version, count) in &s.versions {
        writeln!(out, "               {count} by {version}")?;
    }
    writeln!(out, "  file         {}", size(s.file_bytes))
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
