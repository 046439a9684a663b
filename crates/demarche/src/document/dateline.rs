//! "TOKYO, Jan. 13 (Agency) —": where a report was written, before its first sentence.

use jiff::civil::Date;

use super::dates::{DateReading, month_number, read_date};
use crate::span::Span;

/// A dateline, to the dash or colon that ends it, and its date if it names the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dateline {
    pub(crate) span: Span,
    pub(crate) date: Option<Date>,
}

/// Longest dateline looked for, in bytes.
const LONGEST: usize = 140;

/// Abbreviations and words in capitals that begin sentences with a dash but are no places.
const NO_PLACES: [&str; 19] = [
    "NATO",
    "EU",
    "UN",
    "ASEAN",
    "APEC",
    "WHO",
    "WTO",
    "IMF",
    "IAEA",
    "BREAKING",
    "UPDATE",
    "FACT SHEET",
    "READOUT",
    "STATEMENT",
    "NOTE",
    "ANALYSIS",
    "EXCLUSIVE",
    "OPINION",
    "EDITORIAL",
];

/// The dateline at the head of the block `span`.
pub(crate) fn dateline(text: &str, span: Span) -> Option<Dateline> {
    let block = span.of(text);
    let head = &block[..floor_boundary(block, LONGEST)];
    let (before, after) = dash(head)?;
    if !begins_sentence(&block[after..]) {
        return None;
    }
    let said = parts(head[..before].trim())?;
    let dash_end = head[..after].trim_end().len();
    Some(Dateline { span: Span::new(span.start as usize, span.start as usize + dash_end), date: said })
}

/// Where the first dash of `head` begins, and where the text after it does.
fn dash(head: &str) -> Option<(usize, usize)> {
    let bytes = head.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let length = match bytes[at] {
            b'-' if bytes[at..].starts_with(b"--") => 2,
            b'-' if at > 0 && bytes[at - 1] == b' ' && bytes.get(at + 1) == Some(&b' ') => 1,
            // U+2012 to U+2015: the dashes
            0xe2 if bytes[at..].starts_with(b"\xe2\x80") && matches!(bytes.get(at + 2), Some(0x92..=0x95)) => 3,
            _ => {
                at += 1;
                continue;
            }
        };
        let rest = &head[at + length..];
        return Some((at, at + length + (rest.len() - rest.trim_start().len())));
    }
    None
}

fn begins_sentence(after: &str) -> bool {
    let after = after.trim_start_matches(['"', '“', '‘', '\'', '[', '(', '«']);
    after.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || c.is_alphabetic() && !c.is_lowercase())
}

/// Takes "TOKYO, Japan, Jan. 13, 2026 (Agency)" apart: `None` if it is no dateline, else its full date if there is one.
fn parts(said: &str) -> Option<Option<Date>> {
    let (said, agency) = without_brackets(said);
    let mut fields = said.split(',').map(str::trim).filter(|field| !field.is_empty());
    let place = fields.next()?;
    let (place, mut date_words) = split_date(place);
    for field in fields {
        let (words, date) = split_date(field);
        if !words.is_empty() && !is_place(words, false) {
            return None;
        }
        if !date.is_empty() {
            if !date_words.is_empty() {
                date_words.push_str(", ");
            }
            date_words.push_str(&date);
        }
    }
    let sure = agency || !date_words.is_empty();
    let good = is_place(place, true) || sure && is_place(place, false);
    if !good || NO_PLACES.contains(&place) || crate::sentence::is_speaker_name(place) {
        return None;
    }
    Some(match read_date(&date_words) {
        DateReading::Day(date, _) => Some(date),
        _ => None,
    })
}

/// `said` without "(Agency)", and whether there was one.
fn without_brackets(said: &str) -> (String, bool) {
    let mut rest = String::with_capacity(said.len());
    let (mut depth, mut found) = (0usize, false);
    for c in said.chars() {
        match c {
            '(' | '[' => {
                depth += 1;
                found = true;
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => rest.push(c),
            _ => {}
        }
    }
    let rest = rest.trim().trim_end_matches(['/', ':']).trim().to_owned();
    (rest, found)
}

/// Splits a field before its date: before the first word with a digit, or the month that stands before that.
fn split_date(field: &str) -> (&str, String) {
    let (mut at, mut before) = (0, 0);
    let mut after_month = false;
    for word in field.split_inclusive(' ') {
        if word.bytes().any(|b| b.is_ascii_digit()) {
            let start = if after_month { before } else { at };
            return (field[..start].trim(), field[start..].to_owned());
        }
        after_month = month_number(word.trim_end_matches(['.', ' '])).is_some();
        before = at;
        at += word.len();
    }
    (field, String::new())
}

/// Whether `words` can name a place: up to five words, in capitals or each with a capital.
fn is_place(words: &str, capitals: bool) -> bool {
    const SMALL: [&str; 10] = ["of", "and", "the", "de", "la", "del", "upon", "aboard", "en", "near"];
    let mut count = 0;
    for word in words.split([' ', '/']).filter(|word| !word.is_empty()) {
        count += 1;
        let letters = word.trim_matches(|c: char| !c.is_alphabetic());
        let good = if capitals {
            letters.chars().all(|c| !c.is_lowercase()) && !letters.is_empty()
        } else {
            letters.chars().next().is_some_and(char::is_uppercase) || SMALL.contains(&letters)
        };
        if !good {
            return false;
        }
    }
    (1..=5).contains(&count) && words.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

/// The last character boundary of `text` at or before `at`.
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, Option<&str>)>) {
        let found = dateline(text, Span::new(0, text.len()));
        let found = found.map(|line| (line.span.of(text).to_owned(), line.date.map(|date| date.to_string())));
        assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.map(str::to_owned))), "{text}");
    }

    #[test]
    fn datelines_are_found_and_dashes_are_not_enough() {
        check("TOKYO, Jan. 13 (Agency) — Lee came.", Some(("TOKYO, Jan. 13 (Agency) —", None)));
        check("SEOUL – South Korean President", Some(("SEOUL –", None)));
        check("WASHINGTON (AP) - The president", Some(("WASHINGTON (AP) -", None)));
        check("BRUSSELS, 3 March 2024 — Ministers", Some(("BRUSSELS, 3 March 2024 —", Some("2024-03-03"))));
        check("BEIJING, Jan. 13, 2026 (Xinhua) -- Xi", Some(("BEIJING, Jan. 13, 2026 (Xinhua) --", Some("2026-01-13"))));
        check("GYEONGJU, South Korea — “We", Some(("GYEONGJU, South Korea —", None)));
        check("Seoul, Jan. 13 — Lee", Some(("Seoul, Jan. 13 —", None)));
        check("KYIV/MOSCOW - Two men", Some(("KYIV/MOSCOW -", None)));
        check("Tokyo (Kyodo) -- Japan", Some(("Tokyo (Kyodo) --", None)));
        check("NATO – The alliance", None);
        check("SEOUL – which is near – fell", None);
        check("The president — Lee — came", None);
        check("Seoul — Lee came", None);
        check("THE PRESIDENT — I think", None);
        check("Lee, who came on Jan. 13 — Tuesday — left", None);
        check("People-to-people ties", None);
        check("— ", None);
    }
}
