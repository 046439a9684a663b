//! Names of several words, found before a sentence is parsed: the parser then sees each as one proper noun.
//!
//! A parser trained on everyday English stumbles over "President Joseph R. Biden, Jr." and "the Republic of Korea"; the tables
//! know better where such a name begins and ends.

use super::scan::{Item, Scan, What};
use crate::{
    kb::{
        KnowledgeBase,
        phrase::{Meaning, NameUse},
    },
    token::{Shape, Tag, Token},
};

/// A run of tokens that is one name, and the word of it that stands for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) first: u16,
    pub(crate) end: u16,
    pub(crate) word: u16,
}

/// Finds the groups of a sentence, in text order; single words that are surely names are groups of one.
pub(crate) fn groups(kb: &KnowledgeBase, scan: &Scan, text: &str, tokens: &[Token], out: &mut Vec<Group>) {
    out.clear();
    let mut at = 0;
    while at < tokens.len() {
        let Some(item) = scan.item_at(at) else {
            at += 1;
            continue;
        };
        let title = is_title(kb, scan, item, tokens);
        let group = if title { titled(kb, scan, item, tokens) } else { named(kb, scan, item, tokens) };
        match group {
            Some(mut group) => {
                group.end = with_suffix(text, tokens, group.end);
                at = usize::from(group.end);
                out.push(group);
            }
            None => at = usize::from(item.end),
        }
    }
}

fn is_title(kb: &KnowledgeBase, scan: &Scan, item: &Item, tokens: &[Token]) -> bool {
    let capital = tokens[usize::from(item.first)].shape != Shape::Lower;
    capital && item.meanings(kb, scan, tokens).any(|m| matches!(m, Meaning::Title(_, false)))
}

/// A person's name, or the name of a state, place or organisation.
fn named(kb: &KnowledgeBase, scan: &Scan, item: &Item, tokens: &[Token]) -> Option<Group> {
    let first = &tokens[usize::from(item.first)];
    if first.shape == Shape::Lower {
        return None;
    }
    let several = item.end - item.first > 1;
    if !several && is_in_longer_name(scan, item, tokens) {
        return None;
    }
    let is_name = match item.what {
        What::Person(_) => true,
        What::Phrase(_) => item.meanings(kb, scan, tokens).any(|m| match m {
            Meaning::State { usage: NameUse::Name | NameUse::Capital | NameUse::Metonym, .. } => true,
            Meaning::Organization(_) | Meaning::Place(_) => several,
            _ => false,
        }),
    };
    is_name.then(|| Group { first: item.first, end: item.end, word: last_word(tokens, item.first, item.end) })
}

/// Whether a capitalised word that no table knows stands beside a single one: "Chad Smith", "Michael Jordan". Headlines with
/// capitals throughout say nothing.
fn is_in_longer_name(scan: &Scan, item: &Item, tokens: &[Token]) -> bool {
    let first = usize::from(item.first);
    let unknown = |i: usize| tokens.get(i).is_some_and(|t| t.shape == Shape::Capital) && scan.item(i).is_none();
    let after = tokens.get(first + 1).is_some_and(|t| t.space_before) && unknown(first + 1);
    let before = first > 0 && tokens[first].space_before && unknown(first - 1);
    // The first word of a sentence has its capital anyway.
    !scan.title_case
        && !scan.shouted
        && matches!(item.what, What::Phrase(_))
        && (after || before && first > 1 || before && tokens[0].tag == Tag::Propn)
}

/// "Prime Minister" and the name that follows it: a known one, or up to three words with a capital.
fn titled(kb: &KnowledgeBase, scan: &Scan, item: &Item, tokens: &[Token]) -> Option<Group> {
    let mut end = usize::from(item.end);
    match scan.item_at(end) {
        Some(next) if matches!(next.what, What::Person(_)) => end = usize::from(next.end),
        Some(next) if is_title(kb, scan, next, tokens) => return None,
        _ => {
            let known = |i: usize| scan.item(i).is_some_and(|item| named(kb, scan, item, tokens).is_some());
            let part = |i: usize| {
                tokens.get(i).is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Mixed) && t.space_before) && !known(i)
                    || tokens.get(i).is_some_and(|t| t.shape == Shape::Punctuation && !t.space_before && t.span.len() == 1)
                        && tokens.get(i + 1).is_some_and(|t| !t.space_before && matches!(t.shape, Shape::Capital | Shape::Lower))
                        && i > usize::from(item.end)
                    || i > usize::from(item.end) + 1
                        && tokens
                            .get(i)
                            .is_some_and(|t| !t.space_before && matches!(t.shape, Shape::Capital | Shape::Lower) && t.span.len() > 1)
            };
            while end < usize::from(item.end) + 5 && part(end) {
                end += 1;
            }
        }
    }
    (end > usize::from(item.end)).then(|| Group { first: item.first, end: end as u16, word: last_word(tokens, item.end, end as u16) })
}

/// The last word with a capital, which stands for the whole name.
fn last_word(tokens: &[Token], first: u16, end: u16) -> u16 {
    (first..end)
        .rev()
        .find(|&i| !matches!(tokens[usize::from(i)].shape, Shape::Lower | Shape::Punctuation | Shape::Number))
        .unwrap_or(end - 1)
}

/// Past ", Jr." and the like.
fn with_suffix(text: &str, tokens: &[Token], end: u16) -> u16 {
    let at = usize::from(end);
    let word = |i: usize| tokens.get(i).map_or("", |t| t.span.of(text));
    let suffix = |i: usize| matches!(word(i), "Jr." | "Jr" | "Sr." | "Sr");
    if suffix(at) {
        return end + 1;
    }
    if word(at) == "," && suffix(at + 1) { end + 2 } else { end }
}

/// Replaces every group by its word, a proper noun.
pub(crate) fn fold(tokens: &[Token], groups: &[Group], folded: &mut Vec<Token>, origin: &mut Vec<u16>) {
    folded.clear();
    origin.clear();
    let mut at = 0_u16;
    let mut next = groups.iter().peekable();
    while usize::from(at) < tokens.len() {
        match next.peek() {
            Some(group) if group.first == at => {
                let mut token = tokens[usize::from(group.word)];
                token.space_before = tokens[usize::from(at)].space_before;
                folded.push(token);
                origin.push(group.word);
                at = group.end;
                next.next();
            }
            _ => {
                folded.push(tokens[usize::from(at)]);
                origin.push(at);
                at += 1;
            }
        }
    }
}

/// Sets the class of every group's word.
pub(crate) fn mark(folded: &mut [Token], groups: &[Group], origin: &[u16]) {
    for group in groups {
        if let Ok(i) = origin.binary_search(&group.word) {
            folded[i].tag = Tag::Propn;
        }
    }
}

/// Carries classes and tree back to all tokens; the other words of a group hang on its word.
pub(crate) fn unfold(tokens: &mut [Token], groups: &[Group], folded: &[Token], origin: &[u16]) {
    use crate::token::Rel;
    for group in groups {
        for i in group.first..group.end {
            let token = &mut tokens[usize::from(i)];
            token.tag = if token.shape == Shape::Punctuation { Tag::Punct } else { Tag::Propn };
            token.head = group.word;
            token.rel = if token.shape == Shape::Punctuation { Rel::Punct } else { Rel::Flat };
        }
    }
    for (token, &at) in folded.iter().zip(origin) {
        let place = &mut tokens[usize::from(at)];
        place.tag = token.tag;
        place.rel = token.rel;
        place.head = origin[usize::from(token.head)];
    }
}
