//! Writes what was made, a batch a transaction, and counts. A batch is confirmed when its transaction is on the disk.

use std::{
    io::IsTerminal,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use demarche_store::{Kept, Prepared, Store};
use indicatif::ProgressBar;
use jiff::Timestamp;

use super::{
    Outcome, STOPPED,
    report::{Counts, Report},
};
use crate::make::Made;

/// A batch is written when it has so many documents, or so many bytes, or is so old.
const DOCUMENTS: usize = 128;
const BYTES: usize = 16 << 20;
const AGE: Duration = Duration::from_secs(2);

/// Writes batches and counts.
pub(crate) struct Writer {
    store: Store,
    bar: ProgressBar,
    report: Report,
    batch: Vec<Prepared>,
    /// The sources of the batch's documents.
    sources: Vec<Option<usize>>,
    bytes: usize,
    begun: Instant,
    flushed: Instant,
    counts: Counts,
    sentences: usize,
}

impl Writer {
    pub(crate) fn new(store: Store, bar: ProgressBar, report: Report) -> Writer {
        let now = Instant::now();
        Writer {
            store,
            bar,
            report,
            batch: Vec::new(),
            sources: Vec::new(),
            bytes: 0,
            begun: now,
            flushed: now,
            counts: Counts::default(),
            sentences: 0,
        }
    }

    /// Takes what became of one task of a source.
    pub(crate) fn take(&mut self, size: u64, source: Option<usize>, made: Made) -> anyhow::Result<()> {
        for message in made.failed.iter().chain(&made.notes) {
            self.bar.suspend(|| anstream::eprintln!("demarche: {message}"));
        }
        self.count(source, |counts| {
            counts.failed += made.failed.len();
            counts.unread += made.notes.len();
            counts.known += made.known;
            counts.fetched += made.fetched;
            counts.unfetched += made.unfetched;
        });
        if !made.foreign.is_empty() {
            let new = self.store.keep_foreign(&made.foreign, Timestamp::now()).with_context(|| self.so_far())?;
            self.count(source, |counts| {
                counts.foreign += new;
                counts.foreign_known += made.foreign.len() - new;
            });
        }
        for prepared in made.documents {
            self.bytes += prepared.size();
            self.batch.push(prepared);
            self.sources.push(source);
        }
        self.bar.inc(size);
        if self.batch.len() >= DOCUMENTS || self.bytes >= BYTES || self.flushed.elapsed() >= AGE {
            self.flush()?;
        }
        Ok(())
    }

    fn count(&mut self, source: Option<usize>, change: impl Fn(&mut Counts)) {
        change(&mut self.counts);
        if let Some(source) = source {
            self.report.of(source, |of| change(&mut of.counts));
        }
    }

    fn so_far(&self) -> String {
        format!("{} documents and rows are kept, the rest is not", self.counts.done())
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        if !self.batch.is_empty() {
            let kept = self.store.keep(&self.batch, Timestamp::now()).with_context(|| self.so_far())?;
            let sources = std::mem::take(&mut self.sources);
            let batch = std::mem::take(&mut self.batch);
            for ((kept, prepared), source) in kept.into_iter().zip(&batch).zip(sources) {
                self.count(source, |counts| match kept {
                    Kept::Added => counts.added += 1,
                    Kept::ReadAgain => counts.again += 1,
                    Kept::Sighted => counts.sighted += 1,
                    Kept::Known => counts.known += 1,
                });
                if matches!(kept, Kept::Added | Kept::ReadAgain) {
                    self.sentences += prepared.sentences();
                }
            }
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
        if self.counts.done() == 0 && !stopped && self.counts.failed > 0 {
            bail!("nothing could be read");
        }
        for line in self.report.lines() {
            anstream::eprintln!("{line}");
        }
        let seconds = self.begun.elapsed().as_secs_f64();
        let speed = if self.sentences > 0 && std::io::stderr().is_terminal() {
            format!(", {:.0} sentences a second", self.sentences as f64 / seconds.max(0.001))
        } else {
            String::new()
        };
        anstream::eprintln!("{}: {} ({} sentences in {seconds:.1} s{speed})", self.store.path().display(), self.counts, self.sentences);
        if stopped {
            anstream::eprintln!("demarche: stopped; the same command goes on from here");
        }
        let whole = self.counts.failed == 0 && self.counts.unread == 0 && !stopped;
        Ok(if whole { Outcome::Complete } else { Outcome::LeftOut })
    }
}
