//! A mailbox: messages one after the other, each after a line that begins with "From ".

use std::collections::VecDeque;

use super::message;
use crate::{
    Limits, SourceError,
    error::Kind,
    item::{Container, Item, Origin},
    items::Tally,
    unpack::{Place, Stream},
};

const LONGEST_LINE: usize = 1 << 20;

/// The messages of a mailbox, of the kinds mboxo and mboxrd.
pub(crate) struct Mbox {
    stream: Stream,
    name: String,
    limits: Limits,
    number: u64,
    /// Where the next message begins; its "From " line is read.
    begins: Option<Place>,
    ready: VecDeque<Result<Item, SourceError>>,
    done: bool,
}

impl Mbox {
    pub(crate) fn new(stream: Stream, name: &str, limits: Limits) -> Mbox {
        Mbox { stream, name: name.to_owned(), limits, number: 0, begins: None, ready: VecDeque::new(), done: false }
    }

    pub(crate) fn next(&mut self, tally: &mut Tally) -> Option<Result<Item, SourceError>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if self.done {
                return None;
            }
            self.step(tally);
        }
    }

    /// Reads one message.
    fn step(&mut self, tally: &mut Tally) {
        let mut bytes = Vec::new();
        let mut length = 0;
        let mut after_blank = true;
        let mut begin = self.begins.take();
        let mut broken = None;
        loop {
            let read = self.stream.place().and_then(|place| Ok((place, self.stream.line(LONGEST_LINE)?)));
            let (place, line) = match read {
                Ok((place, Some(line))) => (place, line),
                Ok((_, None)) => {
                    self.done = true;
                    break;
                }
                Err(error) => {
                    self.done = !self.stream.resync();
                    broken = Some(error);
                    break;
                }
            };
            if after_blank && line.starts_with(b"From ") {
                if begin.is_none() {
                    begin = Some(place);
                    continue;
                }
                self.begins = Some(place);
                break;
            }
            after_blank = line.trim_ascii().is_empty();
            if begin.is_none() {
                continue;
            }
            length += line.len() as u64;
            if bytes.len() + line.len() <= self.limits.document {
                bytes.extend_from_slice(unquoted(&line));
            }
        }
        let Some(begin) = begin else {
            if let Some(error) = broken {
                self.ready.push_back(Err(SourceError::reading(&self.name, &error)));
            }
            return;
        };
        self.number += 1;
        let place = format!("message {} at byte {}", self.number, begin.offset);
        if let Some(error) = broken {
            let error = SourceError::reading(&self.name, &error);
            let message = format!("{}: the message is left out", error.message());
            return self.ready.push_back(Err(error.saying(message).at(place)));
        }
        if length > self.limits.document as u64 {
            let message = format!("has {length} bytes, more than the limit of {}: left out", self.limits.document);
            return self.ready.push_back(Err(Kind::TooLarge.error(&self.name, message).at(place)));
        }
        let origin = Origin {
            source: self.name.clone(),
            container: Container::Mbox,
            number: self.number,
            offset: Some(begin.offset),
            within: begin.within,
            ..Origin::default()
        };
        self.ready.extend(message(&bytes, origin, tally));
    }
}

/// ">From " at the head of a line was "From " in the message, and ">>From " was ">From ".
fn unquoted(line: &[u8]) -> &[u8] {
    let after = &line[line.iter().take_while(|&&b| b == b'>').count()..];
    if line.starts_with(b">") && after.starts_with(b"From ") { &line[1..] } else { line }
}
