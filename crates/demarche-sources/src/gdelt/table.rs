//! A table without quotes or with few → rows of cells, in the order of its columns.

use std::io::Read;

use crate::{
    Limits, SourceError,
    error::Kind,
    kind::HEAD,
    unpack::{Input, Stream},
};

const LONGEST_ROW: usize = 1 << 20;

/// The rows of a table.
pub(crate) struct Table {
    stream: Stream,
    name: String,
    separator: char,
    /// The names of the columns, in our order.
    pub(super) columns: &'static [&'static str],
    /// Where each of our columns stands, if the table's header says so.
    order: Option<Vec<usize>>,
    line: u64,
    done: bool,
}

/// One row: where it stood, as it was, and its cells.
pub(super) struct Row {
    pub(super) source: String,
    pub(super) line: u64,
    pub(super) text: String,
    pub(super) cells: Vec<String>,
    pub(super) doubts: Vec<String>,
    columns: &'static [&'static str],
}

impl Table {
    /// Opens a table that has one of these lists of columns.
    pub(super) fn open(
        bytes: Box<dyn Read + Send>,
        name: &str,
        limits: &Limits,
        layouts: &[&'static [&'static str]],
    ) -> Result<Table, SourceError> {
        let reading = |error: std::io::Error| SourceError::reading(name, &error);
        let mut stream = Stream::new(Input::new(bytes), limits).map_err(reading)?;
        let head = stream.peek(HEAD).map_err(reading)?;
        if head.is_empty() {
            return Err(Kind::Empty.error(name, "is empty"));
        }
        let first = head.split(|&b| b == b'\n').next().unwrap_or_default();
        let first = String::from_utf8_lossy(first).trim_start_matches('\u{feff}').trim_end_matches('\r').to_owned();
        let separator = if first.contains('\t') { '\t' } else { ',' };
        let cells = cells_of(&first, separator);
        let names: Vec<String> = cells.iter().map(|cell| cell.trim().to_ascii_lowercase()).collect();
        let has_header = names.iter().any(|name| name == "globaleventid");
        let fits = |layout: &&&'static [&'static str]| match has_header {
            true => layout.iter().all(|column| names.iter().any(|name| *name == column.to_ascii_lowercase())),
            false => layout.len() == cells.len(),
        };
        let Some(columns) = layouts.iter().find(fits) else {
            let wanted: Vec<String> = layouts.iter().map(|layout| layout.len().to_string()).collect();
            let message = match has_header {
                true => "has a header that lacks columns of this table".to_owned(),
                false => format!("has {} columns where {} are expected", cells.len(), wanted.join(" or ")),
            };
            return Err(Kind::Malformed.error(name, message).at("line 1"));
        };
        let place = |column: &&str| names.iter().position(|name| *name == column.to_ascii_lowercase()).unwrap_or(usize::MAX);
        let order = has_header.then(|| columns.iter().map(place).collect());
        Ok(Table { stream, name: name.to_owned(), separator, columns, order, line: 0, done: false })
    }

    pub(super) fn next(&mut self) -> Option<Result<Row, SourceError>> {
        while !self.done {
            let line = match self.stream.line(LONGEST_ROW) {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(error) => {
                    self.done = !self.stream.resync();
                    let error = SourceError::reading(&self.name, &error);
                    return Some(Err(error.at(format!("line {}", self.line + 1))));
                }
            };
            self.line += 1;
            let place = format!("line {}", self.line);
            let text = String::from_utf8_lossy(&line);
            let lossy = matches!(text, std::borrow::Cow::Owned(_));
            let text = text.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
            if text.is_empty() || self.line == 1 && self.order.is_some() {
                continue;
            }
            if !line.ends_with(b"\n") && line.len() >= LONGEST_ROW {
                return Some(Err(Kind::TooLarge.error(&self.name, format!("is longer than {LONGEST_ROW} bytes")).at(place)));
            }
            let cells = cells_of(text, self.separator);
            let expected = self.order.as_ref().map_or(self.columns.len(), |order| order.iter().max().map_or(0, |last| last + 1));
            if cells.len() < expected || self.order.is_none() && cells.len() > expected {
                let message = format!("has {} columns where {expected} are expected", cells.len());
                let kind = if line.ends_with(b"\n") { Kind::Malformed } else { Kind::Cut };
                return Some(Err(kind.error(&self.name, message).at(place)));
            }
            let cells = match &self.order {
                Some(order) => order.iter().map(|&at| cells[at].clone()).collect(),
                None => cells,
            };
            let doubts = if lossy { vec!["some bytes are not UTF-8 and became U+FFFD".to_owned()] } else { Vec::new() };
            let (source, text) = (self.name.clone(), text.to_owned());
            return Some(Ok(Row { source, line: self.line, text, cells, doubts, columns: self.columns }));
        }
        None
    }
}

impl Row {
    /// A cell by its column's name; empty if the table has no such column.
    pub(super) fn cell(&self, column: &str) -> &str {
        self.columns.iter().position(|name| *name == column).map_or("", |at| self.cells[at].trim())
    }

    /// A cell's text, if there is any.
    pub(super) fn text(&self, column: &str) -> Option<String> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// A cell that is read and lies in a range; else it is unknown, and said if it is not empty.
    pub(super) fn value<T: std::str::FromStr>(&mut self, column: &str, fits: impl Fn(&T) -> bool) -> Option<T> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        let value = cell.parse().ok().filter(fits);
        if value.is_none() {
            let doubt = format!("{column} is “{}”, which it cannot be", &cell[..cell.floor_char_boundary(40)]);
            self.doubts.push(doubt);
        }
        value
    }

    /// An error about this row.
    pub(super) fn error(&self, column: &str, what: &str) -> SourceError {
        let cell = self.cell(column);
        let message = format!("{column} is “{}”: {what}", &cell[..cell.floor_char_boundary(40)]);
        Kind::Malformed.error(&self.source, message).at(format!("line {}", self.line))
    }
}

/// The cells of a row; with commas, a cell may stand in quotes.
fn cells_of(row: &str, separator: char) -> Vec<String> {
    if separator == '\t' {
        return row.split('\t').map(str::to_owned).collect();
    }
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut characters = row.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cells.last_mut().expect("there is always one cell").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().expect("there is always one cell").push(c),
        }
    }
    cells
}
