//! `demarche add`: documents into the store, each read once.
//!
//! Many threads load, read and prepare; the main thread writes what they made, a batch a transaction. A batch is confirmed
//! when its transaction is on the disk, so that a stop at any time loses only what has not been reported.

use std::{
    io::IsTerminal,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use demarche::{Reader, document::identity};
use demarche_store::{Kept, Known, Prepared, Store, precedence, told};
use indicatif::ProgressBar;
use jiff::Timestamp;

use super::Outcome;
use crate::{cli::AddArgs, input, pipeline};

/// A batch is written when it has so many documents, or so many bytes, or is so old.
const DOCUMENTS: usize = 128;
const BYTES: usize = 16 << 20;
const AGE: Duration = Duration::from_secs(2);

/// Set by Ctrl-C: no further document is begun.
pub(crate) static STOPPED: AtomicBool = AtomicBool::new(false);

/// Adds everything that the arguments name.
pub(crate) fn run(args: &AddArgs) -> anyhow::Result<Outcome> {
    let path = args.store.path.as_deref().context("no folder for the store is known; name a file with --store")?;
    let options = input::options(&args.input);
    let told = told(&options);
    let mut writer = Writer::new(Store::create(path)?, input::progress(&args.input));
    let known = Mutex::new(Store::open(path)?);
    let version = super::version(&args.input.facts, &args.input.reader)?;
    let reader = super::judging_reader(&args.input.facts, &args.input.reader)?;
    stop_on_interrupt();
    let work = |task: input::Task| {
        let size = task.size();
        let made = task.raw().and_then(|raw| make(raw, &options, &told, &known, &reader, &version));
        (size, made)
    };
    let tasks = input::tasks(&args.input, &options).take_while(|_| !STOPPED.load(Ordering::Relaxed));
    pipeline::in_order(tasks, args.input.jobs.get(), work, |(size, made)| writer.take(size, made))?;
    writer.finish()
}

/// A document ready to be written; nothing where the store has all of it.
fn make(
    raw: input::Raw,
    options: &demarche::document::LoadOptions,
    told: &str,
    known: &Mutex<Store>,
    reader: &Reader,
    version: &str,
) -> Result<Option<Prepared>, String> {
    let known = known.lock().expect("no thread panics while it asks the store");
    let known = known.knows(&identity(&raw.bytes), &raw.source(), told).map_err(|error| error.to_string())?;
    if known == Known::Sighting {
        return Ok(None);
    }
    let document = raw.load(options)?;
    Ok(Some(match known {
        Known::Bytes { precedence: current } if precedence(&document, told) >= current => Prepared::seen(&raw.bytes, &document, told),
        _ => Prepared::read(&raw.bytes, document, told, reader, version),
    }))
}

/// Lets Ctrl-C end the command after the batch at hand; a second one ends it at once, which costs no more than that batch.
pub(crate) fn stop_on_interrupt() {
    let handler = || {
        if STOPPED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        anstream::eprintln!("demarche: stopping after the documents at hand; Ctrl-C again to stop at once");
    };
    if ctrlc::set_handler(handler).is_err() {
        anstream::eprintln!("demarche: Ctrl-C cannot be caught here; it ends the command at once, and costs at most the batch at hand");
    }
}

/// Writes batches and counts.
pub(crate) struct Writer {
    store: Store,
    bar: ProgressBar,
    batch: Vec<Prepared>,
    bytes: usize,
    begun: Instant,
    flushed: Instant,
    added: usize,
    again: usize,
    sighted: usize,
    known: usize,
    failed: usize,
    sentences: usize,
}

impl Writer {
    pub(crate) fn new(store: Store, bar: ProgressBar) -> Writer {
        let now = Instant::now();
        Writer {
            store,
            bar,
            batch: Vec::new(),
            bytes: 0,
            begun: now,
            flushed: now,
            added: 0,
            again: 0,
            sighted: 0,
            known: 0,
            failed: 0,
            sentences: 0,
        }
    }

    /// Takes what became of one task.
    pub(crate) fn take(&mut self, size: u64, made: Result<Option<Prepared>, String>) -> anyhow::Result<()> {
        match made {
            Err(message) => {
                self.failed += 1;
                self.bar.suspend(|| anstream::eprintln!("demarche: {message}"));
            }
            Ok(None) => self.known += 1,
            Ok(Some(prepared)) => {
                self.bytes += prepared.size();
                self.batch.push(prepared);
            }
        }
        self.bar.inc(size);
        if self.batch.len() >= DOCUMENTS || self.bytes >= BYTES || self.flushed.elapsed() >= AGE {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        if !self.batch.is_empty() {
            let kept = self
                .store
                .keep(&self.batch, Timestamp::now())
                .with_context(|| format!("{} documents are kept, the rest is not", self.added + self.again + self.sighted + self.known))?;
            for (kept, prepared) in kept.into_iter().zip(&self.batch) {
                match kept {
                    Kept::Added => self.added += 1,
                    Kept::ReadAgain => self.again += 1,
                    Kept::Sighted => self.sighted += 1,
                    Kept::Known => self.known += 1,
                }
                if matches!(kept, Kept::Added | Kept::ReadAgain) {
                    self.sentences += prepared.sentences();
                }
            }
            self.batch.clear();
        }
        self.bytes = 0;
        self.flushed = Instant::now();
        Ok(())
    }

    /// Writes what is left and says what was done.
    pub(crate) fn finish(mut self) -> anyhow::Result<Outcome> {
        self.flush()?;
        self.bar.finish_and_clear();
        let stopped = STOPPED.load(Ordering::Relaxed);
        let done = self.added + self.again + self.sighted + self.known;
        if done == 0 && !stopped && self.failed > 0 {
            bail!("nothing could be read");
        }
        let mut parts = vec![format!("{} added", self.added)];
        for (count, what) in [
            (self.again, "read again"),
            (self.sighted, "known, met in a new place"),
            (self.known, "known already"),
            (self.failed, "left out"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        let seconds = self.begun.elapsed().as_secs_f64();
        let speed = if self.sentences > 0 && std::io::stderr().is_terminal() {
            format!(", {:.0} sentences a second", self.sentences as f64 / seconds.max(0.001))
        } else {
            String::new()
        };
        anstream::eprintln!(
            "{}: {} ({} sentences in {seconds:.1} s{speed})",
            self.store.path().display(),
            parts.join(", "),
            self.sentences
        );
        if stopped {
            anstream::eprintln!("demarche: stopped; the same command goes on from here");
        }
        Ok(if self.failed > 0 || stopped { Outcome::LeftOut } else { Outcome::Complete })
    }
}
