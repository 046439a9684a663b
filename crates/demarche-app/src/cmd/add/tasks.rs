//! Paths and addresses → tasks, in the order in which they were given. What holds many documents is read on as its items are
//! needed; a plain file is a task of its own, opened by whoever works on it.

use std::{
    collections::VecDeque,
    fs::File,
    io::{Cursor, Read},
    path::PathBuf,
    sync::Arc,
};

use demarche::document::Format;
use demarche_sources::{
    Container, Item, Items, Kind, Limits, SourceError, Tally,
    fetch::{Fetcher, Validators},
    gdelt,
};
use demarche_store::ForeignRow;

use super::{foreign, report::Report};
use crate::input;

/// So many rows of a table are one task.
const ROWS: usize = 1000;
/// How deep lists of lists are followed.
const DEEPEST: usize = 3;

/// One thing to work on, and of which source.
pub(crate) enum Task {
    /// A file or line that is one document.
    Plain(input::Task),
    /// An item of a container.
    Item(usize, Box<Item>),
    /// Rows of another program's table.
    Foreign(usize, Vec<ForeignRow>),
    /// What could not be opened or read.
    Failed(Option<usize>, String),
}

/// The tasks of everything that the command line names.
pub(crate) struct Tasks {
    paths: VecDeque<PathBuf>,
    files: VecDeque<Result<PathBuf, String>>,
    open: Vec<Open>,
    forced: Option<Format>,
    fetcher: Arc<Fetcher>,
    /// Whether what a list of lists names is fetched.
    follow_lists: bool,
    limits: Limits,
    report: Report,
}

/// A source that is being read.
struct Open {
    /// Plain files are not told one by one.
    source: Option<usize>,
    stream: Stream,
    /// A task that comes before all others.
    held: Option<Task>,
}

type Rows = Box<dyn Iterator<Item = Result<ForeignRow, SourceError>> + Send>;

enum Stream {
    Plain(Box<dyn Iterator<Item = input::Task> + Send>),
    Items(Box<Items>),
    Fetched(std::vec::IntoIter<Result<Item, SourceError>>, Tally),
    Foreign(Rows),
}

impl Tasks {
    pub(crate) fn new(
        paths: &[PathBuf],
        forced: Option<Format>,
        fetcher: Arc<Fetcher>,
        follow_lists: bool,
        limits: Limits,
        report: Report,
    ) -> Tasks {
        Tasks {
            paths: paths.iter().cloned().collect(),
            files: VecDeque::new(),
            open: Vec::new(),
            forced,
            fetcher,
            follow_lists,
            limits,
            report,
        }
    }

    /// Opens what comes next; `None` at the end.
    fn advance(&mut self) -> Option<Option<Task>> {
        if let Some(file) = self.files.pop_front() {
            return Some(match file {
                Ok(path) => self.open_file(path),
                Err(message) => Some(Task::Failed(None, message)),
            });
        }
        let path = self.paths.pop_front()?;
        let text = path.to_string_lossy();
        if input::is_address(&text) {
            let source = self.report.begin(&text);
            return Some(self.open_address(&text, source));
        }
        self.files = input::files(std::slice::from_ref(&path)).into();
        Some(None)
    }

    fn open_file(&mut self, path: PathBuf) -> Option<Task> {
        let name = path.display().to_string();
        let is_input = path.as_os_str() == "-";
        let opened: std::io::Result<Box<dyn Read + Send>> =
            if is_input { Ok(Box::new(std::io::stdin())) } else { File::open(&path).map(|file| Box::new(file) as Box<dyn Read + Send>) };
        let mut head = Vec::new();
        let read = opened.and_then(|mut file| file.by_ref().take(1 << 16).read_to_end(&mut head).map(|_| file));
        let rest = match read {
            Ok(rest) => rest,
            Err(error) => return Some(Task::Failed(None, format!("{name}: {error}"))),
        };
        let kind = demarche_sources::read(Box::new(Cursor::new(head.clone())), &name, &self.limits).kind();
        if !needs_reader(&head, kind, self.forced) {
            let tasks = match is_input {
                true => input::from_reader(Box::new(Cursor::new(head).chain(rest)), &name, self.forced),
                false => input::open(Ok(path), self.forced),
            };
            self.open.push(Open { source: None, stream: Stream::Plain(tasks), held: None });
            return None;
        }
        let source = self.report.begin(&name);
        let bytes: Box<dyn Read + Send> = Box::new(Cursor::new(head).chain(rest));
        if let Some(kind) = kind.filter(|kind| is_table(*kind)) {
            return self.open_table(source, kind, bytes, &name);
        }
        let items = demarche_sources::read(bytes, &name, &self.limits);
        self.report.of(source, |of| of.kind = items.kind().map_or("", kind_name));
        self.open.push(Open { source: Some(source), stream: Stream::Items(Box::new(items)), held: None });
        None
    }

    fn open_table(&mut self, source: usize, kind: Kind, bytes: Box<dyn Read + Send>, name: &str) -> Option<Task> {
        self.report.of(source, |of| of.kind = kind_name(kind));
        let rows: Result<Rows, SourceError> = match kind {
            Kind::GdeltMentions => {
                gdelt::mentions(bytes, name, &self.limits).map(|rows| Box::new(rows.map(|row| row.map(foreign::mention))) as Rows)
            }
            _ => gdelt::events(bytes, name, &self.limits).map(|rows| Box::new(rows.map(|row| row.map(foreign::event))) as Rows),
        };
        match rows {
            Ok(rows) => {
                self.open.push(Open { source: Some(source), stream: Stream::Foreign(rows), held: None });
                None
            }
            Err(error) => Some(Task::Failed(Some(source), error.to_string())),
        }
    }

    fn open_address(&mut self, address: &str, source: usize) -> Option<Task> {
        let fetched = match self.fetcher.fetch(address, &Validators::default()) {
            Ok(fetched) => fetched,
            Err(error) => return Some(Task::Failed(Some(source), error.to_string())),
        };
        let read = fetched.items(&self.limits);
        self.report.of(source, |of| {
            of.kind = if of.kind.is_empty() { read.kind.map_or("", kind_name) } else { of.kind };
            of.counts.fetched += 1;
        });
        if let Some(kind) = read.kind.filter(|kind| is_table(*kind)) {
            return self.open_table(source, kind, Box::new(Cursor::new(fetched.bytes)), address);
        }
        let items: Vec<_> = read.items.into_iter().map(Ok).chain(read.errors.into_iter().map(Err)).collect();
        self.open.push(Open { source: Some(source), stream: Stream::Fetched(items.into_iter(), read.tally), held: None });
        None
    }

    /// The next task of what is open; `None` where that has been opened or has come to its end just now.
    fn step(&mut self) -> Option<Task> {
        let depth = self.open.len();
        let open = self.open.last_mut()?;
        match open.next() {
            None => {
                self.close();
                None
            }
            Some(Task::Item(source, item)) if item.origin.container == Container::SitemapIndex && self.follow_lists => {
                let address = item.address.unwrap_or_default();
                if depth > DEEPEST {
                    return Some(Task::Failed(Some(source), format!("{address}: lists within lists, too deep to follow")));
                }
                self.open_address(&address, source)
            }
            task => task,
        }
    }

    /// Ends with a source, and notes what its reader passed over.
    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let tally = match &open.stream {
            Stream::Items(items) => items.tally(),
            Stream::Fetched(_, tally) => tally,
            Stream::Plain(_) | Stream::Foreign(_) => return,
        };
        if let Some(source) = open.source {
            self.report.of(source, |of| {
                for (reason, count) in &tally.left_out {
                    *of.left_out.entry(reason.clone()).or_default() += count;
                }
            });
        }
    }
}

impl Iterator for Tasks {
    type Item = Task;

    fn next(&mut self) -> Option<Task> {
        loop {
            let task = if self.open.is_empty() { self.advance()? } else { self.step() };
            if task.is_some() {
                return task;
            }
        }
    }
}

impl Open {
    fn next(&mut self) -> Option<Task> {
        if let Some(task) = self.held.take() {
            return Some(task);
        }
        let source = self.source;
        let item = match &mut self.stream {
            Stream::Plain(tasks) => return tasks.next().map(Task::Plain),
            Stream::Foreign(_) => return self.rows(),
            Stream::Items(items) => items.next()?,
            Stream::Fetched(items, _) => items.next()?,
        };
        Some(match item {
            Ok(item) => Task::Item(source.unwrap_or_default(), Box::new(item)),
            Err(error) => Task::Failed(source, error.to_string()),
        })
    }

    fn rows(&mut self) -> Option<Task> {
        let Stream::Foreign(rows) = &mut self.stream else { return None };
        let source = self.source.unwrap_or_default();
        let mut taken = Vec::new();
        for row in rows.by_ref().take(ROWS) {
            match row {
                Ok(row) => taken.push(row),
                Err(error) => {
                    self.held = Some(Task::Failed(self.source, error.to_string()));
                    break;
                }
            }
        }
        match taken.is_empty() {
            true => self.held.take(),
            false => Some(Task::Foreign(source, taken)),
        }
    }
}

fn is_table(kind: Kind) -> bool {
    matches!(kind, Kind::GdeltEvents | Kind::GdeltMentions)
}

/// Whether a file holds more than one document, or must be unpacked, or is no text as it stands.
fn needs_reader(head: &[u8], kind: Option<Kind>, forced: Option<Format>) -> bool {
    let is_packed = [&b"\x1f\x8b"[..], b"\x28\xb5\x2f\xfd", b"PK\x03\x04"].iter().any(|magic| head.starts_with(magic));
    // Skippable frames begin the web archives that are packed with a dictionary.
    let is_frame = head.len() > 4 && head[0] & 0xf0 == 0x50 && head[1..4] == *b"\x2a\x4d\x18";
    let is_plain = matches!(kind, None | Some(Kind::JsonLines | Kind::Page | Kind::Markdown | Kind::Text));
    is_packed || is_frame || forced.is_none() && !is_plain
}

/// For the lines at the end.
fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Feed => "feed",
        Kind::JsonFeed => "JSON feed",
        Kind::Sitemap => "sitemap",
        Kind::Warc => "WARC",
        Kind::Arc => "ARC",
        Kind::Mbox => "mailbox",
        Kind::Mail => "mail",
        Kind::Pdf => "PDF",
        Kind::JsonLines => "JSON Lines",
        Kind::Page => "page",
        Kind::Markdown => "Markdown",
        Kind::Text => "text",
        Kind::GdeltEvents => "GDELT events",
        Kind::GdeltMentions => "GDELT mentions",
    }
}
