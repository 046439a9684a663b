//! Blocks → sentences.
//!
//! Each block is read once, from stop to stop ([`boundary`](super::boundary)); quotation marks are followed on the way,
//! so that it is known of each sentence whether it begins inside a quotation.

use super::{
    Sentence,
    boundary::{ends_sentence, stop_at},
    speaker::{Transcript, name_span},
};
use crate::{
    document::{BlockKind, Document},
    span::Span,
};

/// Longest sentence in bytes; what is longer is cut.
pub const LONGEST_SENTENCE: usize = 2000;

/// The sentences of a document in reading order, without tokens.
///
/// Furniture is not read. A headline, a heading and what a dateline or a speaker's label leaves of its block are
/// sentences. Sentences do not overlap, and no sentence is longer than [`LONGEST_SENTENCE`].
///
/// ```
/// use demarche::{document::{LoadOptions, load_one}, sentence::sentences};
///
/// let text = "SEOUL, Jan. 9 (Agency) — President Lee will visit Nara. \"I look forward to it,\" he said.";
/// let document = load_one(text.as_bytes(), "-", &LoadOptions::default())?;
/// let sentences: Vec<&str> = sentences(&document).iter().map(|s| s.span.of(&document.text)).collect();
/// assert_eq!(sentences, ["President Lee will visit Nara.", "\"I look forward to it,\" he said."]);
/// # Ok::<(), demarche::document::LoadError>(())
/// ```
pub fn sentences(document: &Document) -> Vec<Sentence> {
    let text = document.text.as_str();
    let transcript = Transcript::of(document);
    let mut sentences: Vec<Sentence> = Vec::with_capacity(text.len() / 120 + document.blocks.len());
    let (mut speaker, mut lead) = (None, None);
    for (number, block) in document.blocks.iter().enumerate() {
        if block.kind == BlockKind::Furniture {
            continue;
        }
        let Span { start, end } = block.span;
        let (mut start, end) = (start as usize, end as usize);
        if let Some(dateline) = document.meta.dateline.filter(|line| block.span.contains(*line)) {
            start = skip_space(text, dateline.end as usize, end);
        } else if let Some(label) = transcript.as_ref().and_then(|known| known.label(&text[start..end])) {
            speaker = Some(name_span(label, start));
            start += label.whole;
        }
        let first = sentences.len();
        let own_lead = if block.kind == BlockKind::ListItem { lead } else { None };
        let paragraph = number as u32;
        let mut add = |span: Span, in_quote| match sentences.last_mut() {
            _ if span.of(text).chars().any(char::is_alphanumeric) => {
                sentences.push(Sentence { span, block: block.kind, paragraph, speaker, lead: own_lead, in_quote, tokens: Vec::new() });
            }
            // Stray punctuation stays with the sentence before it.
            Some(last) if last.paragraph == paragraph && last.span.join(span).len() <= LONGEST_SENTENCE => {
                last.span.end = span.end;
            }
            _ => {}
        };
        match block.kind {
            BlockKind::Headline | BlockKind::Heading => cut(text, start, end, Quotes::default(), &mut add),
            _ => split(text, start, end, &mut add),
        }
        if block.kind != BlockKind::ListItem {
            let last = sentences.last().filter(|last| sentences.len() > first && introduces(last.span.of(text)));
            lead = last.map(|_| sentences.len() as u32 - 1);
        }
    }
    sentences
}

/// Whether a sentence introduces a list: it ends with a colon or says "as follows".
fn introduces(sentence: &str) -> bool {
    let sentence = sentence.trim_end_matches(['”', '"', '’', '*', ' ']);
    sentence.ends_with([':', '：'])
        || memchr::memmem::find(sentence.as_bytes(), b"as follows").is_some()
        || memchr::memmem::find(sentence.as_bytes(), b"the following").is_some()
}

/// Splits the running text `start..end`.
fn split(text: &str, start: usize, end: usize, add: &mut impl FnMut(Span, bool)) {
    let bytes = text.as_bytes();
    let mut begin = skip_space(text, start, end);
    let (mut quotes, mut at_begin) = (Quotes::default(), Quotes::default());
    let mut at = begin;
    while at < end {
        match INTEREST[usize::from(bytes[at])] {
            Interest::None => at += 1,
            Interest::Stop | Interest::Either if let Some(stop) = stop_at(bytes, at, end) => {
                quotes.read(bytes, stop.marks_end, stop.end, start);
                at = stop.end;
                if ends_sentence(text, begin, stop, end) {
                    cut(text, begin, at, at_begin, add);
                    at = skip_space(text, at, end);
                    begin = at;
                    at_begin = quotes;
                }
            }
            Interest::Stop => at += 1,
            Interest::Quote | Interest::Either => at += quotes.see(bytes, at, start),
        }
    }
    cut(text, begin, end, at_begin, add);
}

/// Gives `start..end` as one sentence, or as several where it is too long: after a semicolon if there is one, else a
/// space, else anywhere.
fn cut(text: &str, start: usize, end: usize, mut quotes: Quotes, add: &mut impl FnMut(Span, bool)) {
    let mut start = skip_space(text, start, end);
    let end = start + text[start..end.max(start)].trim_end().len();
    while end - start > LONGEST_SENTENCE {
        let window = &text[start..text.floor_char_boundary(start + LONGEST_SENTENCE)];
        let tail = window.ceil_char_boundary(LONGEST_SENTENCE / 4);
        let semicolon = window[tail..].rfind("; ").map(|at| tail + at + 1);
        let space = || window[tail..].rfind(char::is_whitespace).map(|at| tail + at);
        let length = semicolon.or_else(space).unwrap_or(window.len());
        let piece = Span::new(start, start + window[..length].trim_end().len());
        add(piece, quotes.open());
        quotes.read(text.as_bytes(), start, start + length, start);
        start = skip_space(text, start + length, end);
    }
    if end > start {
        add(Span::new(start, end), quotes.open());
    }
}

/// The first byte at or after `at` that is not white space.
fn skip_space(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at.min(end)..end];
    end - rest.trim_start().len()
}

/// Which quotations are open.
#[derive(Clone, Copy, Debug, Default)]
struct Quotes {
    double: bool,
    single: bool,
}

impl Quotes {
    fn open(self) -> bool {
        self.double || self.single
    }

    /// Follows all quotation marks in `from..to`; the paragraph begins at `start`.
    fn read(&mut self, bytes: &[u8], from: usize, to: usize, start: usize) {
        let mut at = from;
        while at < to {
            at += match INTEREST[usize::from(bytes[at])] {
                Interest::Quote | Interest::Either => self.see(bytes, at, start),
                _ => 1,
            };
        }
    }

    /// Follows the quotation mark at `at`, if it is one, and gives its length.
    fn see(&mut self, bytes: &[u8], at: usize, start: usize) -> usize {
        let apart = || at <= start || bytes[at - 1].is_ascii_whitespace() || b"([".contains(&bytes[at - 1]) || bytes[at - 1] >= 0x80;
        match bytes[at..] {
            [b'"', next, ..] => {
                self.double = apart() && !next.is_ascii_whitespace();
                1
            }
            [b'"'] => {
                self.double = false;
                1
            }
            // “ „ ”
            [0xe2, 0x80, 0x9c | 0x9e, ..] => {
                self.double = true;
                3
            }
            [0xe2, 0x80, 0x9d, ..] => {
                self.double = false;
                3
            }
            // ‘, and ’ where it is no apostrophe
            [0xe2, 0x80, 0x98, ..] => {
                self.single = true;
                3
            }
            [0xe2, 0x80, 0x99, ref rest @ ..] => {
                self.single &= rest.first().is_some_and(u8::is_ascii_alphanumeric);
                3
            }
            // « », 「 」, 『 』
            [0xc2, mark @ (0xab | 0xbb), ..] => {
                self.double = mark == 0xab;
                2
            }
            [0xe3, 0x80, mark @ 0x8c..=0x8f, ..] => {
                self.double = matches!(mark, 0x8c | 0x8e);
                3
            }
            _ => 1,
        }
    }
}

/// What a byte may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Interest {
    None,
    Stop,
    Quote,
    Either,
}

/// Most bytes begin neither a stop nor a quotation mark and are passed over at once.
static INTEREST: [Interest; 256] = {
    let mut table = [Interest::None; 256];
    table[b'.' as usize] = Interest::Stop;
    table[b'?' as usize] = Interest::Stop;
    table[b'!' as usize] = Interest::Stop;
    table[0xef] = Interest::Stop;
    table[b'"' as usize] = Interest::Quote;
    table[0xc2] = Interest::Quote;
    table[0xe2] = Interest::Either;
    table[0xe3] = Interest::Either;
    table
};
