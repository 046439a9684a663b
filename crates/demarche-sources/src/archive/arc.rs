//! ARC, versions 1 and 2: a line of address, host, date, media type and length before each response.

use super::{Failure, Records, http, next_of, settle};
use crate::{
    Limits, SourceError,
    date::digits,
    item::{Container, Item},
    items::Tally,
    unpack::Stream,
};

/// The records of an ARC file.
pub(crate) struct Arc(Records);

/// The line that begins a record.
struct Head<'a> {
    address: &'a str,
    date: &'a str,
    media: &'a str,
    length: &'a str,
}

impl<'a> Head<'a> {
    /// Reads a line; addresses may have spaces in them, so it is read from its end.
    fn parse(line: &'a [u8]) -> Option<Head<'a>> {
        let line = std::str::from_utf8(line).ok()?.trim_end();
        let mut cells = line.rsplitn(5, ' ');
        let (length, media) = (cells.next()?, cells.next()?);
        let (date, host, address) = (cells.next()?, cells.next()?, cells.next()?);
        let is_host = host.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b'.' | b':'));
        if is_host && digits_only(date) && address.contains(':') {
            return Some(Head { address, date, media, length });
        }
        // Version 2 has result code, check sum, location, offset and file name between media type and length.
        let mut cells = line.rsplitn(10, ' ');
        let length = cells.next()?;
        let media = cells.by_ref().nth(5)?;
        let (date, host, address) = (cells.next()?, cells.next()?, cells.next()?);
        let is_host = host.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b'.' | b':'));
        (is_host && digits_only(date) && address.contains(':')).then_some(Head { address, date, media, length })
    }
}

fn digits_only(text: &str) -> bool {
    text.len() >= 8 && text.bytes().all(|b| b.is_ascii_digit())
}

impl Arc {
    pub(crate) fn new(stream: Stream, name: &str, limits: Limits) -> Arc {
        Arc(Records::new(stream, name, limits, Container::Arc))
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

    fn record(&mut self, tally: &mut Tally) -> Result<Option<Option<Item>>, Failure> {
        let Some((place, line)) = self.0.first_line(|line| Head::parse(line).is_some())? else { return Ok(None) };
        let Some(head) = Head::parse(&line) else { return Ok(Some(None)) };
        self.0.number += 1;
        let is_description = head.address.starts_with("filedesc:");
        let Ok(length) = head.length.parse::<u64>() else {
            // What follows is passed over up to the next line that can begin a record.
            self.0.lost = true;
            let message = format!("its length is “{}”: passed over", head.length);
            return Err(Failure::Malformed(place, message));
        };
        let block = self.0.block(place, length)?;
        if is_description {
            tally.leave_out("description of the archive");
            return Ok(Some(None));
        }
        let mut origin = self.0.origin(place);
        origin.captured = digits(head.date);
        let found = match block.starts_with(b"HTTP/") {
            true => http::response(block, origin, self.0.limits.document),
            false => http::body(block, head.media, origin),
        };
        let mut item = settle(found, tally);
        if let Some(item) = &mut item {
            item.address = Some(head.address.to_owned());
        }
        Ok(Some(item))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_from_their_end() {
        let read =
            |line: &str| Head::parse(line.as_bytes()).map(|head| format!("{}|{}|{}|{}", head.address, head.date, head.media, head.length));
        let cases = [
            ("http://example.com/ 93.184.216.119 20140216050221 text/html 1591", "http://example.com/|20140216050221|text/html|1591"),
            ("http://example.com/a b 1.2.3.4 20140216050221 text/html 9", "http://example.com/a b|20140216050221|text/html|9"),
            ("http://a.example/ 1.2.3.4 20140216050221 text/html 200 - - 77 x.arc 9", "http://a.example/|20140216050221|text/html|9"),
        ];
        for (line, expected) in cases {
            assert_eq!(read(line).as_deref(), Some(expected));
        }
        assert_eq!(read("<p>Seoul and Tokyo agreed to meet again</p>"), None);
    }
}
