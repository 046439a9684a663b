//! Bytes from anywhere, counted, with a look ahead.

use std::io::{self, BufRead, Read};

const BUFFER: usize = 1 << 16;

/// A reader that knows how far it has come.
pub(crate) struct Input {
    inner: Box<dyn Read + Send>,
    buffer: Box<[u8]>,
    at: usize,
    end: usize,
    offset: u64,
}

impl Input {
    pub(crate) fn new(inner: Box<dyn Read + Send>) -> Input {
        Input { inner, buffer: vec![0; BUFFER].into_boxed_slice(), at: 0, end: 0, offset: 0 }
    }

    /// How many bytes were taken.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// The next bytes without taking them: `wanted` of them, fewer only before the end.
    pub(crate) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        debug_assert!(wanted <= BUFFER, "a look ahead fits into the buffer");
        if self.end - self.at < wanted {
            self.buffer.copy_within(self.at..self.end, 0);
            (self.at, self.end) = (0, self.end - self.at);
            while self.end < wanted {
                match self.inner.read(&mut self.buffer[self.end..]) {
                    Ok(0) => break,
                    Ok(read) => self.end += read,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(&self.buffer[self.at..self.end])
    }
}

impl Read for Input {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let count = bytes.len().min(out.len());
        out[..count].copy_from_slice(&bytes[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        let count = count.min(self.end - self.at);
        self.at += count;
        self.offset += count as u64;
    }
}
