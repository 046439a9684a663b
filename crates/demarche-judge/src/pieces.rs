//! A sentence as word pieces (WordPiece, as BERT's), in windows that the encoder can take.

use std::{cell::RefCell, ops::Range, sync::Arc};

use demarche::span::Span;
use rten_text::tokenizer::{FromJsonError, Tokenizer};
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// The most pieces of a window, with the two that mark its ends.
const LONGEST: usize = 256;
/// Windows of a longer sentence overlap by this many pieces on either side, so that each word is seen with its surroundings.
const MARGIN: usize = 48;

thread_local! {
    /// The tokenizer of the judge that this thread asked last: rten-text's cannot be shared between threads.
    static TOKENIZER: RefCell<Option<(Arc<str>, Tokenizer)>> = const { RefCell::new(None) };
}

/// A tokenizer's description, from which each thread makes its own.
pub(crate) struct Pieces {
    json: Arc<str>,
}

/// A stretch of a sentence's pieces.
pub(crate) struct Window<'a> {
    text: &'a str,
    /// What the encoder reads: the start mark, pieces, the end mark.
    pub(crate) ids: Vec<i32>,
    /// For each id, where its word starts and ends in the text, and whether it is the word's first piece.
    spans: Vec<(u32, u32, bool)>,
    /// The positions for whose words this window answers.
    pub(crate) answers: Range<usize>,
}

impl Window<'_> {
    /// Whether the piece at `i` lies in the span.
    pub(crate) fn inside(&self, i: usize, span: Span) -> bool {
        let (start, end, _) = self.spans[i];
        end > start && start < span.end && span.start < end
    }

    /// The word that starts with the piece at `i`; `None` for marks and for pieces within a word.
    pub(crate) fn word(&self, i: usize) -> Option<Span> {
        let (start, end, first) = self.spans[i];
        if !first {
            return None;
        }
        debug_assert!(self.text.get(start as usize..end as usize).is_some(), "pieces start and end on characters");
        Some(Span { start, end })
    }
}

impl Pieces {
    pub(crate) fn new(json: &str) -> Result<Pieces, FromJsonError> {
        Tokenizer::from_json(json)?;
        Ok(Pieces { json: Arc::from(json) })
    }

    /// The windows of a sentence; none if it has no pieces.
    pub(crate) fn windows<'a>(&self, text: &'a str) -> Vec<Window<'a>> {
        TOKENIZER.with_borrow_mut(|slot| {
            if slot.as_ref().is_none_or(|(json, _)| !Arc::ptr_eq(json, &self.json)) {
                *slot = Tokenizer::from_json(&self.json).ok().map(|tokenizer| (Arc::clone(&self.json), tokenizer));
            }
            slot.as_ref().map_or_else(Vec::new, |(_, tokenizer)| windows(tokenizer, text))
        })
    }
}

/// Lower case without accents, as the encoder was trained on, and for each byte of it (and its end) the byte of `text` it comes from.
/// rten-text 0.27 could do this itself, but loses its place in texts with accents.
fn normalize(text: &str) -> (String, Vec<usize>) {
    let (mut plain, mut origin) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
    for (at, whole) in text.char_indices() {
        decompose_canonical(whole, |part| {
            if !is_combining_mark(part) {
                for lower in part.to_lowercase() {
                    plain.push(lower);
                    origin.resize(plain.len(), at);
                }
            }
        });
    }
    origin.push(text.len());
    (plain, origin)
}

/// Cuts a sentence into windows.
fn windows<'a>(tokenizer: &Tokenizer, text: &'a str) -> Vec<Window<'a>> {
    let (plain, origin) = normalize(text);
    let Ok(encoded) = tokenizer.encode(plain.as_str(), None) else { return Vec::new() };
    let ids: Vec<i32> = encoded.token_ids().iter().map(|&id| id as i32).collect();
    let starts = encoded.token_offsets();
    if ids.len() < 3 {
        return Vec::new();
    }
    let model = tokenizer.model();
    let last = ids.len() - 1;
    let inner = |i: usize| model.get_token_str(ids[i] as u32).is_some_and(|s| s.starts_with("##"));
    let mut spans = vec![(0, 0, false); ids.len()];
    let mut i = 1;
    while i < last {
        // Only the place of a word's first piece can be relied on (rten-text 0.27 counts the ## of the others); all have the word's.
        let next = (i + 1..last).find(|&j| !inner(j)).unwrap_or(last);
        let (start, end) = (starts[i], if next < last { starts[next] } else { plain.len() });
        // A word reaches to the next one: the blanks between belong to neither.
        let word = plain.get(start..end).unwrap_or_default();
        let start = (start + word.len() - word.trim_start().len()).min(plain.len());
        let (start, end) = (origin[start] as u32, origin[start + word.trim().len()] as u32);
        for (j, span) in spans[i..next].iter_mut().enumerate() {
            *span = (start, end, j == 0);
        }
        i = next;
    }
    if ids.len() <= LONGEST {
        return vec![Window { text, answers: 1..last, ids, spans }];
    }
    let mut windows = Vec::new();
    let (body, mut from) = (LONGEST - 2, 1);
    loop {
        let to = (from + body).min(last);
        let mut part = vec![ids[0]];
        part.extend(&ids[from..to]);
        part.push(ids[last]);
        let mut places = vec![spans[0]];
        places.extend(&spans[from..to]);
        places.push(spans[last]);
        let begin = if from == 1 { 1 } else { 1 + MARGIN };
        let end = if to == last { places.len() - 1 } else { places.len() - 1 - MARGIN };
        windows.push(Window { text, ids: part, spans: places, answers: begin..end });
        if to == last {
            return windows;
        }
        from = to - 2 * MARGIN;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENIZER: &str = include_str!("../model/tokenizer.json");

    /// The words of all windows.
    fn words(text: &str) -> Vec<&str> {
        let pieces = Pieces::new(TOKENIZER).expect("the shipped tokenizer loads");
        pieces
            .windows(text)
            .iter()
            .flat_map(|w| w.answers.clone().filter_map(|i| w.word(i)).collect::<Vec<_>>())
            .map(|s| s.of(text))
            .collect()
    }

    #[test]
    fn words_keep_their_place_after_accents_and_odd_letters() {
        assert_eq!(words("Erdoğan and Peña met in Abéché."), ["Erdoğan", "and", "Peña", "met", "in", "Abéché", "."]);
        assert_eq!(words("İstanbul’da 中文 e\u{301}té ﬁne"), ["İstanbul", "’", "da", "中文", "e\u{301}té", "ﬁne"]);
        assert!(words("\u{301}").is_empty());
        assert!(words("").is_empty());
    }

    #[test]
    fn each_word_of_a_long_sentence_is_answered_for_once() {
        let text = (0..700).map(|i| format!("word{i} ")).collect::<String>();
        let found = words(&text);
        assert_eq!(found, text.split_whitespace().collect::<Vec<_>>());
    }
}
