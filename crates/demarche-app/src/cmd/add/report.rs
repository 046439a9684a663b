//! What each source gave, for the lines at the end. Plain files are not told one by one.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

/// More sources than this are not told one by one.
const MOST: usize = 60;

/// Shared by the thread that opens sources and the one that writes what they gave.
#[derive(Clone, Default)]
pub(crate) struct Report(Arc<Mutex<Vec<Source>>>);

/// One container or address.
#[derive(Default)]
pub(crate) struct Source {
    name: String,
    /// "feed", "warc" …
    pub(crate) kind: &'static str,
    pub(crate) counts: Counts,
    /// Passed over by its reader, by reason.
    pub(crate) left_out: BTreeMap<String, u64>,
}

/// What became of documents.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) added: usize,
    pub(crate) again: usize,
    pub(crate) sighted: usize,
    pub(crate) known: usize,
    pub(crate) foreign: usize,
    pub(crate) foreign_known: usize,
    pub(crate) fetched: usize,
    pub(crate) unread: usize,
    pub(crate) failed: usize,
    pub(crate) unfetched: usize,
}

impl Counts {
    /// How many things are in the store, now or already.
    pub(crate) fn done(&self) -> usize {
        self.added + self.again + self.sighted + self.known + self.foreign + self.foreign_known
    }
}

/// In one line.
impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} added", self.added)?;
        for (count, what) in [
            (self.again, "read again"),
            (self.sighted, "known, met in a new place"),
            (self.known, "known already"),
            (self.foreign, "foreign events or mentions added"),
            (self.foreign_known, "foreign events or mentions known already"),
            (self.fetched, "pages fetched"),
            (self.unread, "kept, not read"),
            (self.unfetched, "not fetched"),
            (self.failed, "left out"),
        ] {
            if count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        Ok(())
    }
}

impl Report {
    /// Begins with a source; what comes of it is told by the number.
    pub(crate) fn begin(&self, name: &str) -> usize {
        let mut sources = self.sources();
        sources.push(Source { name: name.to_owned(), ..Source::default() });
        sources.len() - 1
    }

    /// Changes what is known of a source.
    pub(crate) fn of(&self, source: usize, change: impl FnOnce(&mut Source)) {
        change(&mut self.sources()[source]);
    }

    /// A line for each source.
    pub(crate) fn lines(&self) -> Vec<String> {
        let sources = self.sources();
        let mut lines: Vec<String> = sources.iter().take(MOST).map(line).collect();
        if sources.len() > MOST {
            lines.push(format!("  and {} more sources", sources.len() - MOST));
        }
        lines
    }

    fn sources(&self) -> MutexGuard<'_, Vec<Source>> {
        self.0.lock().expect("no thread panics while it counts")
    }
}

fn line(source: &Source) -> String {
    let kind = if source.kind.is_empty() { String::new() } else { format!(" ({})", source.kind) };
    let mut line = format!("  {}{kind}: {}", source.name, source.counts);
    let mut before = "; passed over: ";
    for (reason, count) in &source.left_out {
        line.push_str(&format!("{before}{count} × {reason}"));
        before = ", ";
    }
    line
}
