//! Who speaks in a transcript: "MR. SULLIVAN:", "SENIOR ADMINISTRATION OFFICIAL:", "Q    ".

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::{
    document::{BlockKind, Document},
    span::Span,
};

/// Longest label in bytes.
const LONGEST: usize = 80;

/// A speaker's label at the head of a line: the bytes of the name, and of the name with its colon and the space after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) name: usize,
    pub(crate) whole: usize,
}

/// The label in capitals at the head of `line`.
pub(crate) fn speaker_label(line: &str) -> Option<Label> {
    label(line, is_speaker_name)
}

/// Whether words in capitals name a speaker: one of them is a title, or a role as in a press briefing.
pub(crate) fn is_speaker_name(name: &str) -> bool {
    name.split([' ', '.', '-']).any(|word| ROLES.contains(word))
}

/// How a document marks its speakers.
pub(crate) struct Transcript {
    /// "Q" and a space begin a question.
    bare_q: bool,
    /// "Mr. Sullivan:" counts as well as "MR. SULLIVAN:".
    small_letters: bool,
}

impl Transcript {
    /// Finds out how `document` marks its speakers; `None` if it has none.
    pub(crate) fn of(document: &Document) -> Option<Transcript> {
        let (mut capitals, mut small, mut questions) = (0, 0, 0);
        for block in &document.blocks {
            if block.kind == BlockKind::Furniture {
                continue;
            }
            let text = block.span.of(&document.text);
            if speaker_label(text).is_some() {
                capitals += 1;
            } else if small_label(text).is_some() {
                small += 1;
            } else if bare_question(text).is_some() {
                questions += 1;
            }
        }
        let bare_q = questions >= 2 || questions == 1 && capitals > 0;
        let small_letters = small >= 3;
        (capitals > 0 || small_letters || bare_q).then_some(Transcript { bare_q, small_letters })
    }

    /// The label at the head of a block.
    pub(crate) fn label(&self, block: &str) -> Option<Label> {
        speaker_label(block)
            .or_else(|| self.bare_q.then(|| bare_question(block)).flatten())
            .or_else(|| self.small_letters.then(|| small_label(block)).flatten())
    }
}

/// The span of a label's name at the head of the block that starts at `start`.
pub(crate) fn name_span(label: Label, start: usize) -> Span {
    Span::new(start, start + label.name)
}

fn label(line: &str, is_name: impl Fn(&str) -> bool) -> Option<Label> {
    let bytes = line.as_bytes();
    if !bytes.first().is_some_and(u8::is_ascii_uppercase) {
        return None;
    }
    let colon = bytes.iter().take(LONGEST).position(|&b| b == b':')?;
    let name = line[..colon].trim_end();
    let mut outside = 0usize;
    let capitals = name.chars().all(|c| {
        outside = match c {
            '(' => outside + 1,
            ')' => outside.saturating_sub(1),
            _ => outside,
        };
        outside > 0 || !c.is_lowercase()
    });
    if !capitals || !is_name(name) || bytes.get(colon + 1).is_some_and(|b| !b.is_ascii_whitespace()) {
        return None;
    }
    let after = &line[colon + 1..];
    Some(Label { name: name.len(), whole: line.len() - after.trim_start().len() })
}

/// "President Biden:", "Mr. Price:", "Question:".
fn small_label(line: &str) -> Option<Label> {
    let bytes = line.as_bytes();
    if !bytes.first().is_some_and(u8::is_ascii_uppercase) {
        return None;
    }
    let colon = bytes.iter().take(LONGEST).position(|&b| b == b':')?;
    let name = &line[..colon];
    let mut words = name.split([' ', '.']).filter(|word| !word.is_empty());
    let title = name.split([' ', '.']).next().is_some_and(|word| ROLES.contains(word.to_uppercase().as_str()));
    let names = words.all(|word| word.chars().next().is_some_and(char::is_uppercase));
    if !title || !names || name.split(' ').count() > 5 || bytes.get(colon + 1) != Some(&b' ') {
        return None;
    }
    let after = &line[colon + 1..];
    Some(Label { name: name.len(), whole: line.len() - after.trim_start().len() })
}

/// "Q    Thank you": a question without a colon.
fn bare_question(line: &str) -> Option<Label> {
    let rest = line.strip_prefix('Q')?;
    let rest = rest.strip_prefix('.').or(rest.strip_prefix(':')).unwrap_or(rest);
    let after = rest.trim_start();
    let begins = after.chars().next().is_some_and(|c| !c.is_lowercase() && !c.is_ascii_digit() && c != '&');
    (rest.len() > after.len() && begins).then_some(Label { name: 1, whole: line.len() - after.len() })
}

static ROLES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/lexicon/speakers.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().next())
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_other_capitals() {
        for (line, name) in [
            ("MR. SULLIVAN:  Hi.", Some("MR. SULLIVAN")),
            ("MR PRICE: Sure.", Some("MR PRICE")),
            ("SENIOR ADMINISTRATION OFFICIAL #2: Yes.", Some("SENIOR ADMINISTRATION OFFICIAL #2")),
            ("PRIME MINISTER KISHIDA:  (As interpreted.)  I", Some("PRIME MINISTER KISHIDA")),
            ("PRESIDENT YOON (via interpreter): We", Some("PRESIDENT YOON (via interpreter)")),
            ("MS. JEAN-PIERRE:", Some("MS. JEAN-PIERRE")),
            ("FACT SHEET: The", None),
            ("VESSEL TYPE: Tanker", None),
            ("President Lee said: no", None),
            ("SEOUL: Lee", None),
        ] {
            assert_eq!(speaker_label(line).map(|label| &line[..label.name]), name, "{line}");
        }
    }
}
