//! Canonical text built piece by piece, and the way from it back to the raw bytes.

use std::ops::Range;

use super::OffsetMap;
use crate::span::Span;

impl OffsetMap {
    /// The map of a document whose canonical text is its raw bytes.
    pub fn same() -> OffsetMap {
        OffsetMap { runs: Vec::new(), identity: true }
    }

    /// The raw bytes from the first to the last byte of `span`, markup in between included.
    ///
    /// `None` where either end has no counterpart in the raw bytes: a decoded entity, a title taken from elsewhere.
    pub fn raw_of(&self, span: Span) -> Option<Range<usize>> {
        if self.identity {
            return Some(span.start as usize..span.end as usize);
        }
        let start = self.raw_at(span.start)?;
        let end = if span.is_empty() { start } else { self.raw_at(span.end - 1)? + 1 };
        (start <= end).then_some(start..end)
    }

    fn raw_at(&self, canonical: u32) -> Option<usize> {
        let after = self.runs.partition_point(|run| run.0 <= canonical);
        let (start, raw, length) = *self.runs.get(after.checked_sub(1)?)?;
        (canonical - start < length).then(|| (raw + (canonical - start)) as usize)
    }

    /// This map, of a text drawn from another text, followed by `outer`, that other text's own map.
    pub(crate) fn through(self, outer: &OffsetMap) -> OffsetMap {
        if outer.identity {
            return self;
        }
        if self.identity {
            return outer.clone();
        }
        let mut runs = Vec::new();
        for &(start, middle, length) in &self.runs {
            let first = outer.runs.partition_point(|run| run.0 + run.2 <= middle);
            for &(from, raw, run_length) in &outer.runs[first..] {
                let low = from.max(middle);
                let high = (from + run_length).min(middle + length);
                if from >= middle + length {
                    break;
                }
                if low < high {
                    runs.push((start + (low - middle), raw + (low - from), high - low));
                }
            }
        }
        OffsetMap { runs, identity: false }
    }

    fn add(&mut self, canonical: usize, raw: usize, length: usize) {
        let (canonical, raw, length) = (canonical as u32, raw as u32, length as u32);
        match self.runs.last_mut() {
            Some(last) if last.0 + last.2 == canonical && last.1 + last.2 == raw => last.2 += length,
            _ => self.runs.push((canonical, raw, length)),
        }
    }
}

/// A canonical text under construction.
///
/// Runs of white space, no-break spaces among it, become one space, and characters without width vanish.
#[derive(Default)]
pub(crate) struct TextBuilder {
    pub(crate) text: String,
    pub(crate) map: OffsetMap,
    /// White space was seen since the last visible character.
    space: bool,
}

impl TextBuilder {
    /// Adds text that stands verbatim at `raw` in the raw bytes, or nowhere.
    pub(crate) fn push(&mut self, text: &str, raw: Option<usize>) {
        let mut rest = 0;
        let bytes = text.as_bytes();
        while rest < bytes.len() {
            let skipped = invisible(&bytes[rest..]);
            if skipped > 0 {
                self.space |= !matches!(&text[rest..rest + skipped], "\u{200b}" | "\u{feff}" | "\u{ad}" | "\u{2060}");
                rest += skipped;
                continue;
            }
            let length = visible(&bytes[rest..]);
            let space = self.flush_space();
            if let Some(raw) = raw {
                // A plain space before the word is part of the run, so that a line of text is one run.
                let with_space = usize::from(space && rest > 0 && bytes[rest - 1] == b' ');
                self.map.add(self.text.len() - with_space, raw + rest - with_space, length + with_space);
            }
            self.text.push_str(&text[rest..rest + length]);
            rest += length;
        }
    }

    /// Remembers that words are apart here.
    pub(crate) fn push_space(&mut self) {
        self.space = true;
    }

    /// Forgets white space since the last word and sets the parts apart by an empty line.
    pub(crate) fn break_block(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push_str("\n\n");
        }
    }

    fn flush_space(&mut self) -> bool {
        let space = std::mem::take(&mut self.space) && !self.text.is_empty() && !self.text.ends_with("\n");
        if space {
            self.text.push(' ');
        }
        space
    }
}

/// Length of the white space or width-less character at the head of `bytes`; 0 for anything visible.
fn invisible(bytes: &[u8]) -> usize {
    match *bytes {
        [b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c, ..] => 1,
        // U+00A0 no-break space, U+00AD soft hyphen
        [0xc2, 0xa0 | 0xad, ..] => 2,
        // U+2000–U+200B spaces and the zero-width one, U+2028, U+2029, U+202F
        [0xe2, 0x80, 0x80..=0x8b | 0xa8 | 0xa9 | 0xaf, ..] => 3,
        // U+2060 word joiner, U+3000 ideographic space, U+FEFF byte order mark
        [0xe2, 0x81, 0xa0, ..] | [0xe3, 0x80, 0x80, ..] | [0xef, 0xbb, 0xbf, ..] => 3,
        _ => 0,
    }
}

/// Length of the visible text at the head of `bytes`.
fn visible(bytes: &[u8]) -> usize {
    let mut at = 0;
    while at < bytes.len() && (bytes[at] > b' ' && bytes[at] < 0xc2 || invisible(&bytes[at..]) == 0) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_folds_and_runs_lead_back() {
        let raw = "Prime\u{a0}Minister  Kishida\n said";
        let mut builder = TextBuilder::default();
        builder.push(raw, Some(0));
        assert_eq!(builder.text, "Prime Minister Kishida said");
        let map = builder.map;
        assert_eq!(map.raw_of(Span::new(6, 14)).map(|r| &raw[r]), Some("Minister"));
        assert_eq!(map.raw_of(Span::new(6, 22)).map(|r| &raw[r]), Some("Minister  Kishida"));
        assert_eq!(map.raw_of(Span::new(5, 14)), None);
    }

    #[test]
    fn maps_follow_one_another() {
        let inner = OffsetMap { runs: vec![(0, 4, 6), (8, 12, 4)], identity: false };
        let outer = OffsetMap { runs: vec![(0, 3, 6), (6, 10, 20)], identity: false };
        let both = inner.through(&outer);
        assert_eq!(both.runs, [(0, 7, 2), (2, 10, 4), (8, 16, 4)]);
    }
}
