//! The passage of a text that shows best why it was found.

use super::question::{Phrase, Question};
use crate::words::{composed, words};

/// About how many bytes of text a snippet shows.
const LENGTH: usize = 200;

/// The passage with most of the phrases, on one line, each match in [brackets], "…" where text is left out.
pub(crate) fn snippet(text: &str, question: &Question) -> String {
    let text = composed(text);
    let mut places: Vec<(String, std::ops::Range<usize>)> = Vec::new();
    words(&text, |word, span| places.push((word.to_owned(), span)));
    // (which phrase, its bytes)
    let mut matches: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    for at in 0..places.len() {
        for (number, phrase) in question.phrases().enumerate() {
            if let Some(span) = matched(phrase, &places[at..]) {
                matches.push((number, span));
            }
        }
    }
    let best = (0..matches.len()).max_by_key(|&first| {
        let within = matches[first..].iter().take_while(|(_, span)| span.end <= matches[first].1.start + LENGTH);
        let mut numbers: Vec<usize> = within.map(|(number, _)| *number).collect();
        let all = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        (numbers.len(), all.min(4), std::cmp::Reverse(first))
    });
    let begin = best.map_or(0, |first| matches[first].1.start);
    // What fits is shown whole.
    let from = if text.len() <= LENGTH { 0 } else { word_start(&text, begin.saturating_sub(LENGTH / 4)) };
    let to = word_end(&text, (from + LENGTH).max(best.map_or(0, |first| matches[first].1.end)));
    let mut out = String::new();
    if from > 0 {
        out.push_str("… ");
    }
    let mut at = from;
    for (_, span) in matches.iter().filter(|(_, span)| span.start >= from && span.end <= to) {
        if span.start < at {
            continue;
        }
        out.push_str(&text[at..span.start]);
        out.push('[');
        out.push_str(&text[span.clone()]);
        out.push(']');
        at = span.end;
    }
    out.push_str(&text[at..to]);
    if to < text.len() {
        out.push_str(" …");
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn matched(phrase: &Phrase, places: &[(String, std::ops::Range<usize>)]) -> Option<std::ops::Range<usize>> {
    let places = places.get(..phrase.0.len())?;
    let fits = phrase.0.iter().zip(places).all(|(term, (word, _))| term.is(word));
    fits.then(|| places[0].1.start..places[places.len() - 1].1.end)
}

/// The beginning of a word at or a little after `at`.
fn word_start(text: &str, at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let at = text.ceil_char_boundary(at);
    text[at..].char_indices().take(30).find(|(_, c)| c.is_whitespace()).map_or(at, |(offset, c)| at + offset + c.len_utf8())
}

/// The end of a word at or a little before `at`.
fn word_end(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    let at = text.floor_char_boundary(at);
    text[at..].char_indices().take(30).find(|(_, c)| c.is_whitespace()).map_or(at, |(offset, _)| at + offset)
}
