//! WARC 0.17 to 1.1, one record after the other.

use super::{Failure, LONGEST_LINE, Records, http, next_of, settle};
use crate::{
    Limits, SourceError,
    item::{Container, Item},
    items::Tally,
    unpack::{Place, Stream},
};

/// More lines than this has no head of a record.
const MOST_LINES: usize = 1000;

/// The records of a WARC file.
pub(crate) struct Warc(Records);

/// The named fields of a record's head; the first of a name counts.
pub(super) struct Head(Vec<(String, String)>);

impl Head {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl Warc {
    pub(crate) fn new(stream: Stream, name: &str, limits: Limits) -> Warc {
        Warc(Records::new(stream, name, limits, Container::Warc))
    }

    pub(crate) fn next(&mut self, tally: &mut Tally) -> Option<Result<Item, SourceError>> {
        next_of(|| {
            if self.0.done {
                return None;
            }
            match self.record(tally) {
                Ok(item) => item.map(Ok),
                Err(failure) => Some(Err(self.0.fail(failure))),
            }
        })
    }

    /// One record: `Some(None)` if it is no document, `None` at the end.
    fn record(&mut self, tally: &mut Tally) -> Result<Option<Option<Item>>, Failure> {
        let Some((place, _)) = self.0.first_line(|line| line.starts_with(b"WARC/"))? else { return Ok(None) };
        self.0.number += 1;
        let head = self.head(place)?;
        let stated = head.get("Content-Length").unwrap_or_default();
        let Ok(length) = stated.parse::<u64>() else {
            self.0.lost = true;
            return Err(Failure::Malformed(place, format!("its Content-Length is “{}”: passed over", short(stated))));
        };
        let kind = head.get("WARC-Type").unwrap_or("record without a type").to_ascii_lowercase();
        if !matches!(kind.as_str(), "response" | "resource" | "conversion") {
            let passed = self.0.stream.skip(length)?;
            if passed < length {
                return Err(Failure::Cut(place, format!("{passed} of its {length} bytes are there")));
            }
            tally.leave_out(if kind.len() > 40 { "record of an unknown type".to_owned() } else { kind });
            return Ok(Some(None));
        }
        let block = self.0.block(place, length)?;
        let mut origin = self.0.origin(place);
        origin.captured = head.get("WARC-Date").and_then(|date| date.parse().ok());
        // Some writers put the address in angle brackets.
        let address = head.get("WARC-Target-URI").map(|address| address.trim().trim_start_matches('<').trim_end_matches('>'));
        let content = head.get("Content-Type").unwrap_or_default();
        if address.is_some_and(|address| ["metadata:", "dns:", "warcinfo:"].iter().any(|scheme| address.starts_with(scheme))) {
            tally.leave_out("note of the archive's maker");
            return Ok(Some(None));
        }
        let is_http = kind == "response" && (content.is_empty() || content.contains("http"));
        let found = match is_http {
            true => http::response(block, origin, self.0.limits.document),
            false => http::body(block, content, origin),
        };
        let mut item = settle(found, tally);
        if let Some(item) = &mut item {
            item.address = address.filter(|address| !address.is_empty()).map(str::to_owned);
            item.id = head.get("WARC-Record-ID").map(str::to_owned);
            if let Some(why) = head.get("WARC-Truncated") {
                item.doubts.push(format!("the archive holds only the beginning of the page ({})", short(why)));
            }
        }
        Ok(Some(item))
    }

    /// The fields up to the empty line. A line that begins with white space continues the one before.
    fn head(&mut self, place: Place) -> Result<Head, Failure> {
        let mut fields: Vec<(String, String)> = Vec::new();
        for _ in 0..MOST_LINES {
            let here = self.0.stream.place()?;
            let Some(line) = self.0.stream.line(LONGEST_LINE)? else {
                return Err(Failure::Cut(place, "its head is not complete".into()));
            };
            if !line.ends_with(b"\n") && line.len() < LONGEST_LINE {
                return Err(Failure::Cut(place, "its head is not complete".into()));
            }
            if line.starts_with(b"WARC/") {
                self.0.ahead = Some((here, line));
                return Err(Failure::Malformed(place, "another record begins inside its head: passed over".into()));
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end_matches(['\r', '\n']);
            if text.is_empty() {
                return Ok(Head(fields));
            }
            match (text.starts_with([' ', '\t']), fields.last_mut()) {
                (true, Some((_, value))) => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                _ => {
                    let (name, value) = text.split_once(':').unwrap_or((text, ""));
                    fields.push((name.trim().to_owned(), value.trim().to_owned()));
                }
            }
        }
        self.0.lost = true;
        Err(Failure::Malformed(place, format!("its head has more than {MOST_LINES} lines: passed over")))
    }
}

fn short(text: &str) -> &str {
    &text[..text.floor_char_boundary(60)]
}
