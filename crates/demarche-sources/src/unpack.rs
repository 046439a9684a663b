//! Packed bytes → bytes: gzip, zstd and ZIP taken off as they stream by, with limits, and with the way back.
//!
//! [`Input`] counts what is read from the disk. [`Stream`] unpacks it *member* by member (a web archive has one for each
//! record, a ZIP one for each file), so that [`Stream::place`] can say where on the disk something lies, and reading can
//! go on with the next member when one is broken ([`Stream::resync`]).
//!
//! **Invariant:** never more than one buffer of a member is in memory, whatever the member unpacks to; what is kept of
//! it is up to the caller, who has the limits.

mod input;
mod member;

use std::io;

pub(crate) use input::Input;
use member::{Member, Packing};

use crate::Limits;

/// From here on, what unpacks to more than this many times its size is taken for a trap.
const MOST_RATIO: u64 = 400;
const FREE_OF_RATIO: u64 = 64 << 20;
const BUFFER: usize = 1 << 16;

/// Where something lies in a container on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Byte offset in the container; of the compressed member, if it is compressed.
    pub(crate) offset: u64,
    /// Bytes from the start of the member, unpacked; `None` if the container is not compressed.
    pub(crate) within: Option<u64>,
}

/// Unpacked bytes, as a stream.
pub(crate) struct Stream {
    member: Member,
    packing: Packing,
    buffer: Box<[u8]>,
    at: usize,
    end: usize,
    /// Where the current member begins, and how much of it was unpacked into buffers until now.
    begin: u64,
    unpacked: u64,
    total: u64,
    limit: u64,
    /// What a look ahead ran into, to be said when reading comes to it.
    pending: Option<io::Error>,
}

impl Stream {
    pub(crate) fn new(mut input: Input, limits: &Limits) -> io::Result<Stream> {
        let packing = Packing::of(input.peek(8)?);
        let member = match packing {
            Packing::Plain => Member::plain(input),
            _ => Member::between(input),
        };
        let buffer = vec![0; BUFFER].into_boxed_slice();
        Ok(Stream { member, packing, buffer, at: 0, end: 0, begin: 0, unpacked: 0, total: 0, limit: limits.unpacked, pending: None })
    }

    /// Whether anything was taken off.
    pub(crate) fn is_packed(&self) -> bool {
        self.packing != Packing::Plain
    }

    /// The name of the current file of a ZIP archive.
    pub(crate) fn part(&self) -> Option<&str> {
        self.member.name()
    }

    /// The bytes at hand, at least one unless all is read.
    pub(crate) fn fill(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end
            && let Some(error) = self.pending.take()
        {
            return Err(error);
        }
        while self.at == self.end && !self.member.is_done() {
            if self.member.is_between() {
                self.begin = self.member.offset();
                self.unpacked = 0;
                if !self.member.open(self.packing)? {
                    break;
                }
            }
            let read = self.member.read(&mut self.buffer)?;
            (self.at, self.end) = (0, read);
            if read == 0 {
                if self.packing == Packing::Plain {
                    break;
                }
                self.member.close()?;
                continue;
            }
            self.unpacked += read as u64;
            self.total += read as u64;
            self.check()?;
        }
        Ok(&self.buffer[self.at..self.end])
    }

    /// Refuses what unpacks to too much.
    fn check(&mut self) -> io::Result<()> {
        if self.packing == Packing::Plain {
            return Ok(());
        }
        let packed = self.member.offset().saturating_sub(self.begin).max(1);
        let bomb = self.unpacked > FREE_OF_RATIO && self.unpacked / packed > MOST_RATIO;
        if bomb || self.total > self.limit {
            (self.at, self.end) = (0, 0);
            self.member.finish();
            let message = match bomb {
                true => format!("{packed} bytes unpack to more than {} bytes: unpacking stopped", self.unpacked),
                false => format!("unpacks to more than {} bytes: unpacking stopped", self.limit),
            };
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        Ok(())
    }

    /// The first bytes, up to `wanted`, without taking them. Only for the start of a stream.
    pub(crate) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        self.fill()?;
        while self.end - self.at < wanted && self.end < self.buffer.len() && !self.member.is_between() {
            let read = match self.member.read(&mut self.buffer[self.end..]) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) => {
                    self.pending = Some(error);
                    break;
                }
            };
            self.end += read;
            self.unpacked += read as u64;
            self.total += read as u64;
        }
        Ok(&self.buffer[self.at..self.end])
    }

    pub(crate) fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.end);
    }

    /// Where the next byte lies.
    pub(crate) fn place(&mut self) -> io::Result<Place> {
        self.fill()?;
        let left = (self.end - self.at) as u64;
        Ok(match self.packing {
            Packing::Plain => Place { offset: self.member.offset() - left, within: None },
            _ => Place { offset: self.begin, within: Some(self.unpacked - left) },
        })
    }

    /// The next line with its line feed; a longer one than `most` is given in pieces. `None` at the end.
    pub(crate) fn line(&mut self, most: usize) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        loop {
            let room = most - line.len();
            let bytes = self.fill()?;
            let bytes = &bytes[..bytes.len().min(room)];
            let found = memchr::memchr(b'\n', bytes);
            let count = found.map_or(bytes.len(), |at| at + 1);
            line.extend_from_slice(&bytes[..count]);
            self.consume(count);
            if found.is_some() || count == 0 || line.len() >= most {
                return Ok((!line.is_empty()).then_some(line));
            }
        }
    }

    /// Appends up to `count` bytes to `to`; how many there were.
    pub(crate) fn take(&mut self, count: u64, to: &mut Vec<u8>) -> io::Result<u64> {
        self.each(count, |bytes| to.extend_from_slice(bytes))
    }

    /// Passes over up to `count` bytes; how many there were.
    pub(crate) fn skip(&mut self, count: u64) -> io::Result<u64> {
        self.each(count, |_| {})
    }

    /// Passes over line ends, into the next member if need be.
    pub(crate) fn pass_line_ends(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.fill()?;
            let count = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            if count == 0 {
                return Ok(());
            }
            self.consume(count);
        }
    }

    fn each(&mut self, count: u64, mut take: impl FnMut(&[u8])) -> io::Result<u64> {
        let mut left = count;
        while left > 0 {
            let bytes = self.fill()?;
            let step = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if step == 0 {
                break;
            }
            take(&bytes[..step]);
            self.consume(step);
            left -= step as u64;
        }
        Ok(count - left)
    }

    /// All that is left, up to `most` bytes, and what ended it before its end.
    pub(crate) fn all(&mut self, most: usize) -> (Vec<u8>, Option<io::Error>) {
        let mut bytes = Vec::new();
        match self.take(most as u64, &mut bytes).and_then(|_| Ok(self.fill()?.is_empty())) {
            Ok(true) => (bytes, None),
            Ok(false) => {
                let message = format!("is longer than {most} bytes: the rest is not read");
                (bytes, Some(io::Error::new(io::ErrorKind::FileTooLarge, message)))
            }
            Err(error) => (bytes, Some(error)),
        }
    }

    /// After an error: goes to the next place where a member may begin; `false` if there is none.
    pub(crate) fn resync(&mut self) -> bool {
        (self.at, self.end) = (0, 0);
        self.pending = None;
        self.member.resync(self.packing).unwrap_or(false)
    }

    /// Appends the rest of the current member to `to`; whether another one follows.
    pub(crate) fn member_bytes(&mut self, most: usize, to: &mut Vec<u8>) -> io::Result<bool> {
        let begin = self.begin;
        loop {
            if self.fill()?.is_empty() {
                return Ok(false);
            }
            if self.begin != begin {
                return Ok(true);
            }
            if to.len() + (self.end - self.at) > most {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("is longer than {most} bytes")));
            }
            to.extend_from_slice(&self.buffer[self.at..self.end]);
            self.at = self.end;
        }
    }
}
