//! A sentence as word pieces (WordPiece, as BERT's), in windows that the encoder can take.

use std::{cell::RefCell, ops::Range, sync::Arc};

use demarche::span::Span;
use rten_text::tokenizer::{FromJsonError, Tokenizer};

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
    /// For each id, where its piece starts and ends in the text, and whether it starts a word.
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
        let (start, _, first) = self.spans[i];
        if !first {
            return None;
        }
        let rest = self.spans[i + 1..].iter().take_while(|s| !s.2 && s.1 > s.0);
        let end = rest.last().map_or(self.spans[i].1, |s| s.1);
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

/// Cuts a sentence into windows.
fn windows<'a>(tokenizer: &Tokenizer, text: &'a str) -> Vec<Window<'a>> {
    let Ok(encoded) = tokenizer.encode(text, None) else { return Vec::new() };
    let ids: Vec<i32> = encoded.token_ids().iter().map(|&id| id as i32).collect();
    let starts = encoded.token_offsets();
    if ids.len() < 3 {
        return Vec::new();
    }
    let model = tokenizer.model();
    let last = ids.len() - 1;
    let spans: Vec<(u32, u32, bool)> = (0..ids.len())
        .map(|i| {
            if i == 0 || i == last {
                return (0, 0, false);
            }
            let (start, end) = (starts[i], if i + 1 < last { starts[i + 1] } else { text.len() });
            let trimmed = text.get(start..end).map_or(end, |s| start + s.trim_end().len());
            let inner = model.get_token_str(ids[i] as u32).is_some_and(|s| s.starts_with("##"));
            (start as u32, trimmed as u32, !inner)
        })
        .collect();
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
