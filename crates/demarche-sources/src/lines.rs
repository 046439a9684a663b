//! JSON Lines, packed or not → an item for each line; the library reads the objects.

use crate::{
    Limits, SourceError,
    error::Kind,
    item::{Container, Item, Media, Origin},
    unpack::{Place, Stream},
};

/// The lines of a JSON Lines file; see the library's reader of the same name for what is passed over.
pub(crate) struct JsonLines {
    stream: Stream,
    name: String,
    limits: Limits,
    line: u64,
    /// The file is one object, written over several lines.
    spread: Option<bool>,
    done: bool,
}

impl JsonLines {
    pub(crate) fn new(stream: Stream, name: &str, limits: Limits) -> JsonLines {
        JsonLines { stream, name: name.to_owned(), limits, line: 0, spread: None, done: false }
    }

    pub(crate) fn next(&mut self) -> Option<Result<Item, SourceError>> {
        while !self.done {
            match self.step() {
                Ok(Some(item)) => return Some(Ok(item)),
                Ok(None) => {}
                Err(error) => return Some(Err(error)),
            }
        }
        None
    }

    fn step(&mut self) -> Result<Option<Item>, SourceError> {
        let most = self.limits.document;
        let read = self.stream.place().and_then(|place| Ok((place, self.stream.line(most)?)));
        let (place, line) = match read {
            Ok((place, Some(line))) => (place, line),
            Ok((_, None)) => {
                self.done = true;
                return Ok(None);
            }
            Err(error) => {
                self.done = !self.stream.resync();
                return Err(SourceError::reading(&self.name, &error).at(format!("line {}", self.line + 1)));
            }
        };
        self.line += 1;
        if line.len() >= most && !line.ends_with(b"\n") {
            self.done = true;
            let message = format!("is longer than {most} bytes: the file is not read on");
            return Err(Kind::TooLarge.error(&self.name, message).at(format!("line {}", self.line)));
        }
        let bytes = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
        if self.spread.is_none() && !bytes.is_empty() {
            let spread = bytes.starts_with(b"{") && (bytes == b"{" || bytes.ends_with(b",") && !bytes.ends_with(b"},"));
            self.spread = Some(spread);
            if spread {
                return self.whole(line, place).map(Some);
            }
        }
        let bytes = bytes.strip_suffix(b",").unwrap_or(bytes).trim_ascii_end();
        if matches!(bytes, b"" | b"[" | b"]") {
            return Ok(None);
        }
        Ok(Some(Item::new(bytes.to_vec(), Media::Json, self.origin(place))))
    }

    /// The one object of the file.
    fn whole(&mut self, mut bytes: Vec<u8>, place: Place) -> Result<Item, SourceError> {
        self.done = true;
        let (rest, ended) = self.stream.all(self.limits.document);
        bytes.extend_from_slice(&rest);
        match ended {
            Some(error) => Err(SourceError::reading(&self.name, &error)),
            None => Ok(Item::new(bytes.trim_ascii().to_vec(), Media::Json, self.origin(place))),
        }
    }

    fn origin(&self, place: Place) -> Origin {
        Origin {
            source: self.name.clone(),
            container: Container::JsonLines,
            number: self.line,
            offset: Some(place.offset),
            within: place.within,
            ..Origin::default()
        }
    }
}
