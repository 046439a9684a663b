//! Paths, folders, globs and standard input → documents, one task each; what cannot be read is said and left out.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use demarche::document::{Document, FieldNames, Format, LoadOptions, format_of, json_document, load, load_one};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::{InputArgs, InputFormat};

/// One thing to load: a file, or a line of a JSON Lines file.
pub(crate) enum Task {
    /// A file that is one document, not opened yet.
    File(PathBuf),
    /// Bytes that are in memory already.
    Bytes(String, Vec<u8>),
    /// A line of JSON Lines: the file's name, the line's number from 1, the line.
    Line(String, usize, Vec<u8>),
    /// Something that could not be listed or opened.
    Failed(String),
}

impl Task {
    /// Its size in bytes, for the progress bar.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Task::File(path) => path.metadata().map_or(0, |m| m.len()),
            Task::Bytes(_, bytes) | Task::Line(_, _, bytes) => bytes.len() as u64,
            Task::Failed(_) => 0,
        }
    }

    /// The bytes of one document, for those who keep them.
    pub(crate) fn raw(self) -> Result<Raw, String> {
        match self {
            Task::Failed(message) => Err(message),
            Task::Line(path, number, bytes) => Ok(Raw { path, line: Some(number), bytes }),
            Task::Bytes(path, bytes) => Ok(Raw { path, line: None, bytes }),
            Task::File(path) => {
                let name = path.display().to_string();
                match std::fs::read(&path) {
                    Ok(bytes) => Ok(Raw { path: name, line: None, bytes }),
                    Err(error) => Err(format!("{name}: {error}")),
                }
            }
        }
    }

    /// Loads the documents; errors are lines for standard error.
    pub(crate) fn load(self, options: &LoadOptions) -> Vec<Result<Document, String>> {
        match self {
            Task::Failed(message) => vec![Err(message)],
            Task::Line(source, number, bytes) => match json_document(&bytes, &source, Some(number), options) {
                Ok(document) => vec![Ok(document)],
                Err(error) => vec![Err(error.to_string())],
            },
            Task::Bytes(source, bytes) => load_all(&bytes, &source, options),
            Task::File(path) => {
                let source = path.display().to_string();
                match std::fs::read(&path) {
                    Ok(bytes) => load_all(&bytes, &source, options),
                    Err(error) => vec![Err(format!("{source}: {error}"))],
                }
            }
        }
    }
}

/// Bytes that are one document, and where they come from.
pub(crate) struct Raw {
    path: String,
    line: Option<usize>,
    pub(crate) bytes: Vec<u8>,
}

impl Raw {
    /// What the document's source will be: the path, or `path#line`.
    pub(crate) fn source(&self) -> String {
        self.line.map_or_else(|| self.path.clone(), |line| format!("{}#{line}", self.path))
    }

    /// Loads the document; the error is a line for standard error.
    pub(crate) fn load(&self, options: &LoadOptions) -> Result<Document, String> {
        let document = match self.line {
            Some(_) => json_document(&self.bytes, &self.path, self.line, options),
            None => load_one(&self.bytes, &self.path, options),
        };
        document.map_err(|error| error.to_string())
    }
}

fn load_all(bytes: &[u8], source: &str, options: &LoadOptions) -> Vec<Result<Document, String>> {
    load(bytes, source, options).map(|result| result.map_err(|error| error.to_string())).collect()
}

/// What the command line says of all documents.
pub(crate) fn options(args: &InputArgs) -> LoadOptions {
    let mut fields = FieldNames::default();
    for (names, given) in
        [(&mut fields.text, &args.text_field), (&mut fields.title, &args.title_field), (&mut fields.published, &args.date_field)]
    {
        if let Some(field) = given {
            *names = vec![field.clone()];
        }
    }
    LoadOptions {
        format: args.input.map(|format| match format {
            InputFormat::Text => Format::Plain,
            InputFormat::Markdown => Format::Markdown,
            InputFormat::Html => Format::Html,
            InputFormat::Jsonl => Format::JsonLines,
        }),
        published: args.published,
        language: args.language.clone(),
        fields,
    }
}

/// All tasks in a stable order: as given, folders and globs sorted by path.
pub(crate) fn tasks(args: &InputArgs, options: &LoadOptions) -> impl Iterator<Item = Task> + Send + use<> {
    tasks_of(&args.paths, options.format)
}

/// The tasks of some paths; `forced` is their format if it is not to be told by name and content.
pub(crate) fn tasks_of(paths: &[PathBuf], forced: Option<Format>) -> impl Iterator<Item = Task> + Send + use<> {
    files(paths).into_iter().flat_map(move |entry| open(entry, forced))
}

/// Whether an argument is an address and no path.
pub(crate) fn is_address(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// The total size of all files, where it is known.
pub(crate) fn total_size(paths: &[PathBuf]) -> u64 {
    files(paths).iter().map(|entry| entry.as_ref().map_or(0, |path| path.metadata().map_or(0, |m| m.len()))).sum()
}

/// The files that the paths name; errors as messages.
pub(crate) fn files(paths: &[PathBuf]) -> Vec<Result<PathBuf, String>> {
    let mut found = Vec::new();
    for path in paths {
        let text = path.to_string_lossy();
        if path.as_os_str() == "-" || path.is_file() {
            found.push(Ok(path.clone()));
        } else if path.is_dir() {
            for entry in walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name() {
                match entry {
                    Ok(entry) if entry.file_type().is_file() && !is_hidden(entry.path(), path) => found.push(Ok(entry.into_path())),
                    Ok(_) => {}
                    Err(error) => {
                        let place = error.path().unwrap_or(path).display().to_string();
                        found.push(Err(format!("{place}: {}", error.io_error().map_or_else(|| error.to_string(), ToString::to_string))));
                    }
                }
            }
        } else if text.contains(['*', '?', '[']) {
            match glob::glob(&text) {
                Ok(matches) => {
                    let before = found.len();
                    for entry in matches {
                        match entry {
                            Ok(path) if path.is_dir() => {}
                            Ok(path) => found.push(Ok(path)),
                            Err(error) => found.push(Err(format!("{}: {}", error.path().display(), error.error()))),
                        }
                    }
                    if found.len() == before {
                        found.push(Err(format!("{text}: no file matches")));
                    }
                }
                Err(error) => found.push(Err(format!("{text}: {error}"))),
            }
        } else {
            let error = path.metadata().err().map_or_else(|| "is neither a file nor a folder".to_owned(), |e| e.to_string());
            found.push(Err(format!("{text}: {error}")));
        }
    }
    found
}

fn is_hidden(path: &Path, root: &Path) -> bool {
    path.strip_prefix(root).is_ok_and(|rest| rest.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.')))
}

/// The tasks of one file: itself, or one a line for JSON Lines, which are read as they are needed.
pub(crate) fn open(entry: Result<PathBuf, String>, forced: Option<Format>) -> Box<dyn Iterator<Item = Task> + Send> {
    let one = |task: Task| -> Box<dyn Iterator<Item = Task> + Send> { Box::new(std::iter::once(task)) };
    let path = match entry {
        Ok(path) => path,
        Err(message) => return one(Task::Failed(message)),
    };
    if path.as_os_str() == "-" {
        return from_reader(Box::new(io::stdin()), "-", forced);
    }
    let source = path.display().to_string();
    let mut head = Vec::new();
    let sniffed = File::open(&path).and_then(|file| file.take(4096).read_to_end(&mut head));
    if let Err(error) = sniffed {
        return one(Task::Failed(format!("{source}: {error}")));
    }
    if forced.unwrap_or_else(|| format_of(&head, &source)) != Format::JsonLines {
        return one(Task::File(path));
    }
    match File::open(&path) {
        Ok(file) => Box::new(Lines { reader: Box::new(BufReader::with_capacity(1 << 20, file)), source, number: 0 }),
        Err(error) => one(Task::Failed(format!("{source}: {error}"))),
    }
}

/// The tasks of bytes that have no file, such as standard input.
pub(crate) fn from_reader(mut reader: Box<dyn Read + Send>, name: &str, forced: Option<Format>) -> Box<dyn Iterator<Item = Task> + Send> {
    let mut bytes = Vec::new();
    let source = name.to_owned();
    match reader.read_to_end(&mut bytes) {
        Ok(_) if forced.unwrap_or_else(|| format_of(&bytes, name)) == Format::JsonLines => {
            Box::new(Lines { reader: Box::new(io::Cursor::new(bytes)), source, number: 0 })
        }
        Ok(_) => Box::new(std::iter::once(Task::Bytes(source, bytes))),
        Err(error) => Box::new(std::iter::once(Task::Failed(format!("{name}: {error}")))),
    }
}

/// The lines of a JSON Lines file, one at a time.
struct Lines {
    reader: Box<dyn BufRead + Send>,
    source: String,
    number: usize,
}

impl Iterator for Lines {
    type Item = Task;

    fn next(&mut self) -> Option<Task> {
        loop {
            let mut line = Vec::new();
            match self.reader.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) => {
                    self.number += 1;
                    // The last line of a file may lack its end, and is the same document with it.
                    line.truncate(line.trim_ascii_end().len());
                    if !line.trim_ascii().is_empty() {
                        return Some(Task::Line(self.source.clone(), self.number, line));
                    }
                }
                Err(error) => return Some(Task::Failed(format!("{}: line {}: {error}", self.source, self.number + 1))),
            }
        }
    }
}

/// A progress bar over bytes, shown on a terminal only.
pub(crate) fn progress(args: &InputArgs) -> ProgressBar {
    if args.quiet {
        return ProgressBar::hidden();
    }
    let total = total_size(&args.paths);
    if total < 2_000_000 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} · {eta} left").expect("the template is well-formed");
    ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(5)).with_style(style)
}
