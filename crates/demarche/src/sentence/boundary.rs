//! Where one sentence ends: the stops in a text, and which of them are ends.

use super::abbreviations::{Class, class_of, is_starter};
use crate::document::{is_weekday, month_number};

/// A stop in a text, with whatever closes after it: `.”`, `?!`, `.)`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    /// First byte of the stop.
    pub(super) at: usize,
    /// The byte after its last mark.
    pub(super) marks_end: usize,
    /// The byte after the quotes and brackets that close with it.
    pub(super) end: usize,
    pub(super) kind: StopKind,
    /// Whether a quotation closes with it.
    pub(super) closes_quote: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StopKind {
    /// One full stop.
    Full,
    /// `?`, `!`, alone or among stops.
    Loud,
    /// `...`, `…`
    Ellipsis,
    /// `。`, `！`, `？`: no space follows.
    Wide,
}

/// The stop that begins at `at`, if the character there is one. `end` is the end of the block.
pub(super) fn stop_at(bytes: &[u8], at: usize, end: usize) -> Option<Stop> {
    let (mut position, mut dots, mut loud, mut wide, mut ellipsis) = (at, 0, false, false, false);
    while let Some((length, mark)) = mark(&bytes[position..end]) {
        position += length;
        match mark {
            StopKind::Full => dots += 1,
            StopKind::Loud => loud = true,
            StopKind::Wide => wide = true,
            StopKind::Ellipsis => ellipsis = true,
        }
        // ". . ." is one ellipsis.
        if mark == StopKind::Full && bytes[position..end].starts_with(b" .") {
            position += 1;
            ellipsis = true;
        }
    }
    let kind = match (wide, loud, ellipsis || dots > 1) {
        (true, ..) => StopKind::Wide,
        (_, true, _) => StopKind::Loud,
        (.., true) => StopKind::Ellipsis,
        _ => StopKind::Full,
    };
    let (closed, closes_quote) = closers(bytes, position, end);
    (position > at).then_some(Stop { at, marks_end: position, end: closed, kind, closes_quote })
}

/// The mark of a stop at the head of `bytes`, and its length.
fn mark(bytes: &[u8]) -> Option<(usize, StopKind)> {
    match bytes {
        [b'.', ..] => Some((1, StopKind::Full)),
        [b'?' | b'!', ..] => Some((1, StopKind::Loud)),
        // … 。 ！ ？ ｡
        [0xe2, 0x80, 0xa6, ..] => Some((3, StopKind::Ellipsis)),
        [0xe3, 0x80, 0x82, ..] | [0xef, 0xbc, 0x81 | 0x9f, ..] | [0xef, 0xbd, 0xa1, ..] => Some((3, StopKind::Wide)),
        _ => None,
    }
}

/// Where the quotes, brackets and note marks that close at `at` end, and whether a quote is among them.
fn closers(bytes: &[u8], at: usize, end: usize) -> (usize, bool) {
    let (mut position, mut quote) = (at, false);
    loop {
        let rest = &bytes[position..end];
        let length = match rest {
            [b')' | b']', ..] => 1,
            // A straight quote closes unless a word follows at once.
            [b'"' | b'\'', next, ..] if next.is_ascii_alphanumeric() => 0,
            [b'"' | b'\'', ..] => {
                quote = true;
                1
            }
            // ’ ” 」 』 »
            [0xe2, 0x80, 0x99 | 0x9d, ..] | [0xe3, 0x80, 0x8d | 0x8f, ..] => {
                quote = true;
                3
            }
            [0xc2, 0xbb, ..] => {
                quote = true;
                2
            }
            [b' ', note @ ..] if note_mark(note) > 0 => 1 + note_mark(note),
            note => note_mark(note),
        };
        if length == 0 {
            return (position, quote);
        }
        position += length;
    }
}

/// Length of a reference to a note, "[12]", at the head of `bytes`.
fn note_mark(bytes: &[u8]) -> usize {
    let [b'[', rest @ ..] = bytes else { return 0 };
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if (1..=3).contains(&digits) && rest.get(digits) == Some(&b']') { digits + 2 } else { 0 }
}

/// Whether a sentence that began at `start` ends with `stop`. `end` is the end of the block.
pub(super) fn ends_sentence(text: &str, start: usize, stop: Stop, end: usize) -> bool {
    if stop.end >= end || stop.kind == StopKind::Wide {
        return true;
    }
    let rest = &text[stop.end..end];
    let after = rest.trim_start();
    if after.len() == rest.len() {
        return stop.kind == StopKind::Full && stop.end == stop.marks_end && lost_space(text, start, stop, rest);
    }
    let next = Next::of(after);
    if next.lower {
        return false;
    }
    match stop.kind {
        StopKind::Full if stop.marks_end == stop.end => !holds_on(text, start, stop, &next),
        StopKind::Loud if stop.closes_quote => !names_the_speaker(after),
        _ => true,
    }
}

/// What comes after a stop.
struct Next<'a> {
    /// The first word, opening quotes and brackets aside.
    word: &'a str,
    lower: bool,
    digit: bool,
    /// Whether a quote or bracket opens before the word.
    opened: bool,
}

impl Next<'_> {
    fn of(after: &str) -> Next<'_> {
        let bare = after.trim_start_matches(['"', '“', '‘', '\'', '«', '(', '[', '—', '–', '-', '*', ' ', '…']);
        let length = bare.find(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').unwrap_or(bare.len());
        let first = bare.chars().next();
        Next {
            word: &bare[..length],
            lower: first.is_some_and(char::is_lowercase),
            digit: first.is_some_and(char::is_numeric),
            opened: bare.len() < after.len(),
        }
    }
}

/// Whether a single full stop belongs to the word before it and the sentence goes on.
fn holds_on(text: &str, start: usize, stop: Stop, next: &Next<'_>) -> bool {
    let word = word_before(text, start, stop.at);
    if word.is_empty() {
        return false;
    }
    // "1. The leaders", at the head of a sentence
    let number = word.bytes().all(|b| b.is_ascii_digit());
    if number && word.len() <= 2 && stop.at - word.len() == start {
        return true;
    }
    let mut letters = word.chars();
    if let (Some(initial), None) = (letters.next(), letters.next())
        && initial.is_uppercase()
    {
        return is_initial(text, start, stop.at - word.len(), initial, next);
    }
    let (_, last) = word.rsplit_once(['-', '–', '/']).unwrap_or(("", word));
    match class_of(word).or_else(|| class_of(last)) {
        None => false,
        Some(Class::Before) => !next.opened || next.digit,
        // "No. I do not" is an answer, "Art. I" is not.
        Some(Class::Number) => next.digit || is_roman(next.word) && !word.eq_ignore_ascii_case("no"),
        Some(Class::Either) => !(is_starter(next.word) || next.opened && !next.digit),
        Some(Class::Usually) => {
            let zone = matches!(next.word.len(), 2..=4) && next.word.bytes().all(|b| b.is_ascii_uppercase());
            zone || next.digit || is_weekday(next.word) || month_number(next.word).is_some()
        }
    }
}

/// Whether a capital with a stop is a name's initial: "Joseph R. Biden", not "Plan B. The".
fn is_initial(text: &str, start: usize, at: usize, initial: char, next: &Next<'_>) -> bool {
    if next.digit || next.word.is_empty() || is_starter(next.word) {
        return false;
    }
    // "World War I. President": a numeral or the pronoun, unless a name follows a first name or begins here
    let before = text[start..at].trim_end();
    let previous = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let after_name = previous.chars().next().is_some_and(char::is_uppercase);
    before.is_empty() || initial != 'I' || after_name && previous != "War"
}

fn is_roman(word: &str) -> bool {
    (1..=4).contains(&word.len()) && word.bytes().all(|b| b"IVXL".contains(&b))
}

/// The word that ends at `at`, back to white space, a bracket, a quote or a dash.
fn word_before(text: &str, start: usize, at: usize) -> &str {
    let from = text.floor_char_boundary(at.saturating_sub(40).max(start));
    let head = &text[from..at];
    let begin = head
        .rfind(|c: char| c.is_whitespace() || "([{\"“‘«”—–,;:/".contains(c))
        .map_or(0, |found| found + head[found..].chars().next().map_or(1, char::len_utf8));
    &head[begin..]
}

/// Whether a space was lost after a stop: "in talks.The two", but not "state.gov" or "U.S.The".
fn lost_space(text: &str, start: usize, stop: Stop, rest: &str) -> bool {
    let word = word_before(text, start, stop.at);
    let mut next = rest.chars();
    let capital = next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(|c| c.is_lowercase() || c == ' ');
    capital
        && word.chars().count() >= 3
        && !word.contains(['.', '@', '/'])
        && word.chars().all(|c| c.is_lowercase() || c == '-' || c == '’')
        && is_starter(rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(""))
}

/// Whether what follows a quotation says who spoke: “Why?” Mr. Kishida asked.
fn names_the_speaker(after: &str) -> bool {
    const VERBS: [&str; 12] =
        ["said", "asked", "says", "asks", "told", "added", "replied", "wrote", "exclaimed", "wondered", "quipped", "shouted"];
    for word in after.split_whitespace().take(7) {
        let bare = word.trim_end_matches([',', '.', ';', ':']);
        if VERBS.contains(&bare) {
            return true;
        }
        let name = bare.chars().next().is_some_and(char::is_uppercase) || matches!(bare, "of" | "the" | "al" | "de");
        if !name || word.ends_with(['?', '!']) {
            return false;
        }
    }
    false
}
