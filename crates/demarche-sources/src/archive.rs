//! Web archives → pages: WARC and its forerunner ARC, plain, gzip or zstd.
//!
//! [`warc`] and [`arc`] cut the archive into records; [`http`] takes a response apart: status, headers, body, without the
//! wrapping of transfer. What is a page, plain text or PDF with status 200 becomes an item; all else is counted by kind.
//!
//! **Invariant:** a record is given whole or not at all. A record that breaks the rules costs itself, and reading goes
//! on at the next line that can begin one, or at the next compressed member.

mod warc;
mod arc;
mod http;

pub(crate) use arc::Arc;
pub(crate) use warc::Warc;

use crate::{
    Limits, SourceError,
    error::Kind,
    item::{Container, Item, Origin},
    items::Tally,
    unpack::{Place, Stream},
};

/// The longest line of a record's head.
const LONGEST_LINE: usize = 64 << 10;

/// What both kinds of archive have in common: the stream, the count, and going on after an error.
struct Records {
    stream: Stream,
    name: String,
    limits: Limits,
    container: Container,
    number: u64,
    /// The line that begins the next record, if it was read already.
    ahead: Option<(Place, Vec<u8>)>,
    /// Whether the stream stands in the midst of something unreadable.
    lost: bool,
    done: bool,
}

/// Why a record gave nothing.
enum Failure {
    /// The stream broke.
    Read(std::io::Error),
    /// The record breaks the rules; lines are passed over until one can begin a record.
    Malformed(Place, String),
    /// The record is in order and too long; it was passed over.
    TooLong(Place, u64),
    /// The archive ends inside it.
    Cut(Place, String),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Read(error)
    }
}

impl Records {
    fn new(stream: Stream, name: &str, limits: Limits, container: Container) -> Records {
        Records { stream, name: name.to_owned(), limits, container, number: 0, ahead: None, lost: false, done: false }
    }

    fn origin(&self, place: Place) -> Origin {
        Origin {
            source: self.name.clone(),
            container: self.container,
            number: self.number,
            offset: Some(place.offset),
            within: place.within.filter(|within| *within > 0),
            ..Origin::default()
        }
    }

    /// The line that begins the next record: the first that `begins` one. Blank lines are passed over; others are an
    /// error, once, unless reading is lost already.
    fn first_line(&mut self, begins: impl Fn(&[u8]) -> bool) -> Result<Option<(Place, Vec<u8>)>, Failure> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        loop {
            let place = self.stream.place()?;
            let Some(line) = self.stream.line(LONGEST_LINE)? else {
                self.done = true;
                return Ok(None);
            };
            if begins(&line) {
                self.lost = false;
                return Ok(Some((place, line)));
            }
            if !line.ends_with(b"\n") && line.len() < LONGEST_LINE && !line.trim_ascii().is_empty() {
                return Err(Failure::Cut(place, "only the beginning of its head is there".into()));
            }
            if !line.trim_ascii().is_empty() && !self.lost {
                self.lost = true;
                return Err(Failure::Malformed(place, "no record begins where one should: passed over up to the next".into()));
            }
        }
    }

    /// The block of a record of `length` bytes.
    fn block(&mut self, place: Place, length: u64) -> Result<Vec<u8>, Failure> {
        if length > self.limits.document as u64 {
            let passed = self.stream.skip(length)?;
            return Err(match passed == length {
                true => Failure::TooLong(place, length),
                false => Failure::Cut(place, format!("{passed} of its {length} bytes are there")),
            });
        }
        let mut block = Vec::new();
        let read = self.stream.take(length, &mut block)?;
        if read < length {
            return Err(Failure::Cut(place, format!("{read} of its {length} bytes are there")));
        }
        // The check sum stands at the end of a member: a record that is the last of its member is not given before that.
        if self.stream.is_packed() {
            self.stream.pass_line_ends()?;
        }
        Ok(block)
    }

    /// Says an error, and sees to it that reading can go on.
    fn fail(&mut self, failure: Failure) -> SourceError {
        let at = |place: &Place, number: u64| format!("record {number} at byte {}", place.offset);
        match failure {
            Failure::Read(error) => {
                self.ahead = None;
                self.lost = true;
                self.done = !self.stream.resync();
                let error = SourceError::reading(&self.name, &error);
                let rest = if self.done { "what came before is whole" } else { "reading goes on after it" };
                let message = format!("{}: {rest}", error.message());
                error.saying(message).at(format!("record {}", self.number))
            }
            Failure::Malformed(place, message) => Kind::Malformed.error(&self.name, message).at(at(&place, self.number)),
            Failure::TooLong(place, length) => {
                let message = format!("has {length} bytes, more than the limit of {}: left out", self.limits.document);
                Kind::TooLarge.error(&self.name, message).at(at(&place, self.number))
            }
            Failure::Cut(place, message) => {
                self.done = true;
                let message = format!("the archive ends inside the record ({message}): what came before is whole");
                Kind::Cut.error(&self.name, message).at(at(&place, self.number))
            }
        }
    }
}

/// Loops until a record gives an item or an error.
fn next_of(mut step: impl FnMut() -> Option<Result<Option<Item>, SourceError>>) -> Option<Result<Item, SourceError>> {
    loop {
        match step()? {
            Ok(Some(item)) => return Some(Ok(item)),
            Ok(None) => {}
            Err(error) => return Some(Err(error)),
        }
    }
}

/// Counts a record that is no document, or makes an item of it.
fn settle(found: Result<Item, String>, tally: &mut Tally) -> Option<Item> {
    match found {
        Ok(item) => Some(item),
        Err(reason) => {
            tally.leave_out(reason);
            None
        }
    }
}
