//! Lists from the store: one writer for all formats, and what an event, a document, a hit looks like in each.

use std::io::{self, Write};

use demarche_store::{DocumentItem, EventItem, Hit, Party};
use serde::Serialize;

use super::{Styles, one_line};
use crate::cli::ListFormat;

/// Writes items one after the other, in the format that was asked for, up to a limit.
pub(crate) struct List<'o, W: Write> {
    format: ListFormat,
    styles: Styles,
    out: &'o mut W,
    limit: Option<usize>,
    count: usize,
}

impl<'o, W: Write> List<'o, W> {
    pub(crate) fn new(format: ListFormat, columns: &[&str], colour: bool, out: &'o mut W, limit: Option<usize>) -> io::Result<Self> {
        match format {
            ListFormat::Csv => writeln!(out, "{}", columns.join(","))?,
            ListFormat::Tsv => writeln!(out, "{}", columns.join("\t"))?,
            ListFormat::Json => write!(out, "[")?,
            ListFormat::Table | ListFormat::Jsonl | ListFormat::Plover => {}
        }
        Ok(List { format, styles: Styles::new(colour), out, limit, count: 0 })
    }

    /// Writes one item as JSON, as cells, or as people see it.
    pub(crate) fn item(
        &mut self,
        json: &impl Serialize,
        cells: impl FnOnce() -> Vec<String>,
        table: impl FnOnce(&Styles, &mut W) -> io::Result<()>,
    ) -> io::Result<()> {
        self.count += 1;
        if self.limit.is_some_and(|limit| self.count > limit) {
            return Ok(());
        }
        match self.format {
            ListFormat::Table | ListFormat::Plover => table(&self.styles, self.out),
            ListFormat::Json => {
                self.out.write_all(if self.count > 1 { b",\n" } else { b"\n" })?;
                serde_json::to_writer(&mut *self.out, json).map_err(io::Error::from)
            }
            ListFormat::Jsonl => {
                serde_json::to_writer(&mut *self.out, json).map_err(io::Error::from)?;
                writeln!(self.out)
            }
            ListFormat::Csv => writeln!(self.out, "{}", cells().iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",")),
            ListFormat::Tsv => {
                let cells: Vec<String> = cells().iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
                writeln!(self.out, "{}", cells.join("\t"))
            }
        }
    }

    /// Ends the list, and says on standard error if it was cut or empty.
    pub(crate) fn finish(self, what: &str) -> io::Result<()> {
        if self.format == ListFormat::Json {
            writeln!(self.out, "\n]")?;
        }
        self.out.flush()?;
        match self.limit {
            Some(limit) if self.count > limit => {
                anstream::eprintln!("demarche: the first {limit} {what}s; more with --limit N, all with --limit 0")
            }
            _ if self.count == 0 => anstream::eprintln!("demarche: no {what} fits"),
            _ => {}
        }
        Ok(())
    }
}

/// A cell of CSV (RFC 4180).
fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn or_empty(cell: &Option<String>) -> String {
    cell.clone().unwrap_or_default()
}

pub(crate) const EVENT_COLUMNS: &[&str] = &[
    "id",
    "day",
    "until",
    "precision",
    "act",
    "mode",
    "status",
    "certainty",
    "actor",
    "actor_code",
    "recipient",
    "recipient_code",
    "holder",
    "holder_code",
    "stances",
    "subjects",
    "place",
    "place_state",
    "flat",
    "flat_mode",
    "sentence",
    "quote",
    "quote_start",
    "quote_end",
    "confidence",
    "decided_by",
    "corrected",
    "document",
    "published",
    "publisher",
    "title",
    "address",
    "source",
    "origin",
    "reader",
];

pub(crate) fn event_cells(e: &EventItem) -> Vec<String> {
    let names = |side: &[Party]| side.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("; ");
    let codes = |side: &[Party]| side.iter().map(|p| p.code.as_deref().unwrap_or_default()).collect::<Vec<_>>().join("; ");
    vec![
        e.id.clone(),
        or_empty(&e.day),
        or_empty(&e.until),
        or_empty(&e.precision),
        e.act.clone(),
        or_empty(&e.mode),
        e.status.clone(),
        e.certainty.clone(),
        names(&e.actor),
        codes(&e.actor),
        names(&e.recipient),
        codes(&e.recipient),
        names(&e.holder),
        codes(&e.holder),
        e.stances.join("; "),
        e.subjects.join("; "),
        or_empty(&e.place),
        or_empty(&e.place_state),
        or_empty(&e.flat),
        or_empty(&e.flat_mode),
        e.sentence.clone(),
        e.quote.clone(),
        e.quote_start.to_string(),
        e.quote_end.to_string(),
        e.confidence.to_string(),
        e.decided_by.clone(),
        e.corrected.to_string(),
        e.document.id.clone(),
        or_empty(&e.document.published),
        or_empty(&e.document.publisher),
        or_empty(&e.document.title),
        or_empty(&e.document.address),
        e.document.source.clone(),
        e.document.origin.clone(),
        e.document.reader.clone(),
    ]
}

/// Two lines: what, and the sentence with its document.
pub(crate) fn write_event(e: &EventItem, s: &Styles, out: &mut impl Write) -> io::Result<()> {
    let day = e.day.as_deref().map_or_else(
        || e.document.published.as_deref().map_or_else(|| "undated    ".to_owned(), |day| format!("~{day}")),
        |day| format!(" {day}"),
    );
    write!(out, "{}{day}{:#}  ", s.head, s.head)?;
    write_act(e, s, out)?;
    writeln!(out, "             “{}”", one_line(&e.sentence, 150))?;
    let by = e.document.publisher.as_deref().unwrap_or(&e.document.source);
    let reprint = if e.document.origin == e.document.id { String::new() } else { format!(" · same story as {}", e.document.origin) };
    let published = e.document.published.as_deref().unwrap_or("undated");
    writeln!(out, "             {}{by}, {published} · {}{reprint}{:#}", s.dim, e.id, s.dim)
}

/// "CONSULT visit  happened  KOR Lee Jae-myung → JPN  by …"
fn write_act(e: &EventItem, s: &Styles, out: &mut impl Write) -> io::Result<()> {
    let act = e.mode.as_ref().map_or_else(|| e.act.clone(), |mode| format!("{} {mode}", e.act));
    let side = |side: &[Party]| side.iter().map(who).collect::<Vec<_>>().join(", ");
    let parties = match (e.actor.is_empty(), e.recipient.is_empty()) {
        (_, true) => side(&e.actor),
        (true, false) => format!("– → {}", side(&e.recipient)),
        (false, false) => format!("{} → {}", side(&e.actor), side(&e.recipient)),
    };
    let by = if e.holder.is_empty() { String::new() } else { format!("  by {}", side(&e.holder)) };
    let style = super::text::status_style(&e.status, s);
    let corrected = if e.corrected { "  (corrected)" } else { "" };
    writeln!(
        out,
        "{}{act:<20}{:#} {style}{:<12}{style:#} {}{}{by}{corrected}{:#}",
        s.act,
        s.act,
        e.status.replace('_', " "),
        one_line(&parties, 100),
        s.dim,
        s.dim
    )
}

fn who(party: &Party) -> String {
    match &party.code {
        Some(code) => format!("{code} {}", party.name),
        None => party.name.clone(),
    }
}

pub(crate) const DOCUMENT_COLUMNS: &[&str] = &[
    "id",
    "published",
    "publisher",
    "title",
    "language",
    "words",
    "sentences",
    "events",
    "copies",
    "wire",
    "address",
    "source",
    "origin",
    "bytes",
    "hash",
    "reader",
];

pub(crate) fn document_cells(d: &DocumentItem) -> Vec<String> {
    vec![
        d.cited.id.clone(),
        or_empty(&d.cited.published),
        or_empty(&d.cited.publisher),
        or_empty(&d.cited.title),
        or_empty(&d.language),
        d.words.to_string(),
        d.sentences.to_string(),
        d.events.to_string(),
        d.copies.to_string(),
        or_empty(&d.wire),
        or_empty(&d.cited.address),
        d.cited.source.clone(),
        d.cited.origin.clone(),
        d.bytes.to_string(),
        d.hash.clone(),
        d.cited.reader.clone(),
    ]
}

/// A line with the title, and a line with the rest.
pub(crate) fn write_document(d: &DocumentItem, s: &Styles, out: &mut impl Write) -> io::Result<()> {
    let published = d.cited.published.as_deref().unwrap_or("undated   ");
    let title = d.cited.title.as_deref().unwrap_or("(no title)");
    writeln!(out, "{}{published}{:#}  {}", s.head, s.head, one_line(title, 120))?;
    let mut rest = vec![d.cited.publisher.clone().unwrap_or_else(|| "unknown publisher".to_owned())];
    rest.extend(d.wire.as_ref().map(|wire| format!("story by {wire}")));
    rest.push(format!("{} event{}", d.events, if d.events == 1 { "" } else { "s" }));
    if d.copies > 1 {
        let first = if d.cited.origin == d.cited.id { String::new() } else { format!(", first in {}", d.cited.origin) };
        rest.push(format!("one story in {} documents{first}", d.copies));
    }
    rest.push(d.cited.source.clone());
    writeln!(out, "            {}{} · {}{:#}", s.dim, d.cited.id, rest.join(" · "), s.dim)
}

pub(crate) const HIT_COLUMNS: &[&str] =
    &["id", "score", "published", "publisher", "title", "snippet", "events", "address", "source", "origin", "reader"];

pub(crate) fn hit_cells(h: &Hit) -> Vec<String> {
    vec![
        h.document.id.clone(),
        h.score.to_string(),
        or_empty(&h.document.published),
        or_empty(&h.document.publisher),
        or_empty(&h.document.title),
        h.snippet.clone(),
        h.events.iter().map(|event| event.id.as_str()).collect::<Vec<_>>().join("; "),
        or_empty(&h.document.address),
        h.document.source.clone(),
        h.document.origin.clone(),
        h.document.reader.clone(),
    ]
}

/// How many events of a hit people see.
const EVENTS_OF_A_HIT: usize = 3;

/// Title, snippet with the words found, and the events that fit.
pub(crate) fn write_hit(h: &Hit, s: &Styles, out: &mut impl Write) -> io::Result<()> {
    let published = h.document.published.as_deref().unwrap_or("undated   ");
    writeln!(out, "{}{published}{:#}  {}", s.head, s.head, one_line(h.document.title.as_deref().unwrap_or("(no title)"), 120))?;
    let open = format!("{}", s.done);
    let close = format!("{:#}", s.done);
    let snippet = match open.is_empty() {
        true => h.snippet.clone(),
        false => h.snippet.replace('[', &open).replace(']', &close),
    };
    writeln!(out, "            {snippet}")?;
    for event in h.events.iter().take(EVENTS_OF_A_HIT) {
        write!(out, "            {} ", event.day.as_deref().unwrap_or("–         "))?;
        write_act(event, s, out)?;
    }
    if h.events.len() > EVENTS_OF_A_HIT {
        writeln!(out, "            … and {} more events", h.events.len() - EVENTS_OF_A_HIT)?;
    }
    let by = h.document.publisher.as_deref().unwrap_or(&h.document.source);
    let reprint = if h.document.origin == h.document.id { String::new() } else { format!(" · same story as {}", h.document.origin) };
    writeln!(out, "            {}{by} · {}{reprint}{:#}", s.dim, h.document.id, s.dim)
}
