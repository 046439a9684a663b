//! Plain text → pieces: paragraphs by empty lines or one to a line, lines that were wrapped at a margin, lists.

use super::draft::{Piece, Shape};
use crate::span::Span;

/// Cuts `text[from..]` into pieces.
///
/// Lines are joined where one was evidently wrapped: it is long, ends without a full stop, and the next goes on in
/// lower case. Where that is the rule in a text, lines that reach its margin are joined whatever comes next.
pub(crate) fn pieces(text: &str, from: usize) -> Vec<Piece> {
    let mut lines = lines(text, from);
    mark_bullets(&mut lines, text);
    let margin = margin(&lines, text);
    let mut pieces: Vec<Piece> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let previous = at.checked_sub(1).map(|before| &lines[before]);
        let item = line.bullet > 0;
        match (previous, pieces.last_mut()) {
            (Some(previous), Some(piece)) if joins(previous, line, piece.shape, margin, text) => {
                piece.span.end = line.end as u32;
                if piece.shape == Shape::Lone {
                    piece.shape = Shape::Text;
                }
            }
            _ => {
                let alone = line.after_empty && lines.get(at + 1).is_none_or(|next| next.after_empty);
                let shape = match (item, alone) {
                    (true, _) => Shape::Item,
                    (false, true) => Shape::Lone,
                    (false, false) => Shape::Text,
                };
                pieces.push(Piece { span: Span::new(line.start + line.bullet, line.end), shape });
            }
        }
    }
    pieces
}

/// A line with something on it.
struct Line {
    /// First byte that is not white space.
    start: usize,
    end: usize,
    /// White space before `start`.
    indent: usize,
    /// Length of a list mark and the white space after it.
    bullet: usize,
    /// Whether an empty line, or nothing, comes before.
    after_empty: bool,
}

impl Line {
    fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }

    /// Length in characters, as far as it matters.
    fn width(&self, text: &str) -> usize {
        let text = self.text(text);
        if text.len() > 1000 { text.len() } else { text.chars().count() }
    }

    /// Whether `next` goes on in the middle of a sentence that this line left open.
    fn runs_on(&self, next: &Line, text: &str) -> bool {
        self.end - self.start >= 40 && !ends_sentence(self.text(text)) && begins_lower(next.text(text))
    }
}

fn lines(text: &str, from: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_empty = true;
    let mut start = from;
    let bytes = text.as_bytes();
    while start < bytes.len() {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        let line = &text[start..end];
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        let trimmed = trimmed.trim_end();
        if trimmed.is_empty() {
            after_empty = true;
        } else {
            let first = start + indent;
            lines.push(Line { start: first, end: first + trimmed.len(), indent, bullet: 0, after_empty });
            after_empty = false;
        }
        start = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    lines
}

/// Finds the marks of list items. A number or a dash counts only where a line may begin a thought.
fn mark_bullets(lines: &mut [Line], text: &str) {
    // Whether an item is open in this run of lines.
    let mut item = false;
    for at in 0..lines.len() {
        item &= !lines[at].after_empty;
        let Some((length, sure)) = bullet(lines[at].text(text)) else { continue };
        let fresh = lines[at].after_empty || item || at == 0 || ends_thought(lines[at - 1].text(text));
        if sure || fresh {
            lines[at].bullet = length;
            item = true;
        }
    }
}

/// The length of a list mark with its white space, and whether nothing else looks like that.
pub(crate) fn bullet(line: &str) -> Option<(usize, bool)> {
    let first = line.chars().next()?;
    let (mark, sure) = match first {
        '•' | '·' | '◦' | '▪' | '●' | '○' | '■' | '□' | '‣' | '➢' | '►' | '\u{f0b7}' => (first.len_utf8(), true),
        '-' | '*' | '+' => (1, true),
        '–' | '—' => (first.len_utf8(), false),
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let stop = matches!(line.as_bytes().get(digits), Some(b'.' | b')'));
            if digits > 2 || !stop {
                return None;
            }
            (digits + 1, false)
        }
        '(' => {
            let inner = line.bytes().skip(1).take_while(u8::is_ascii_alphanumeric).count();
            if !(1..=3).contains(&inner) || line.as_bytes().get(inner + 1) != Some(&b')') {
                return None;
            }
            (inner + 2, false)
        }
        'a'..='z' if line.as_bytes().get(1) == Some(&b')') => (2, false),
        _ => return None,
    };
    let space = line[mark..].len() - line[mark..].trim_start().len();
    (space > 0 && line.len() > mark + space).then_some((mark + space, sure))
}

/// The width to which the text was wrapped, if it was.
fn margin(lines: &[Line], text: &str) -> Option<usize> {
    let (mut pairs, mut open, mut width) = (0, 0, 0);
    for pair in lines.windows(2) {
        if pair[1].after_empty || pair[1].bullet > 0 {
            continue;
        }
        pairs += 1;
        if pair[0].runs_on(&pair[1], text) {
            open += 1;
            width = width.max(pair[0].width(text));
        }
    }
    (open > 0 && open * 10 >= pairs * 3).then_some(width)
}

/// Whether `line` goes on with the piece that ends with `previous`.
fn joins(previous: &Line, line: &Line, piece: Shape, margin: Option<usize>, text: &str) -> bool {
    if line.after_empty || line.bullet > 0 || crate::sentence::speaker_label(line.text(text)).is_some() {
        return false;
    }
    if previous.runs_on(line, text) || piece == Shape::Item && line.indent >= previous.indent + 2 {
        return true;
    }
    let Some(margin) = margin else { return false };
    let words = line.text(text);
    let first_word = words.split_whitespace().next().map_or(0, |word| word.chars().count());
    let full = previous.width(text) + 1 + first_word + 5 > margin;
    full || begins_lower(words)
}

/// Whether the first letter of a line is a small one, a dash, bracket or quote before it aside.
fn begins_lower(line: &str) -> bool {
    let line = line.trim_start_matches(['–', '—', '(', '"', '“', '‘', ' ']);
    line.chars().next().is_some_and(char::is_lowercase)
}

/// Whether a line ends as a sentence does, closing quotes and brackets aside.
pub(crate) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']).ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Whether a line ends so that a list item may follow.
fn ends_thought(line: &str) -> bool {
    ends_sentence(line) || line.ends_with([':', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let got: Vec<String> = pieces(text, 0)
            .iter()
            .map(|piece| format!("{:?} {}", piece.shape, piece.span.of(text).replace('\n', "⏎").replace('\r', "")))
            .collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn a_paragraph_to_a_line() {
        check(
            "Lee lands in Tokyo\nThe president landed.\nHe will see Ishiba.",
            &["Text Lee lands in Tokyo", "Text The president landed.", "Text He will see Ishiba."],
        );
    }

    #[test]
    fn wrapped_lines_are_joined() {
        check(
            "Lee lands in Tokyo\r\n\r\nThe president landed in Tokyo on Saturday for\r\ntalks with the prime minister. They will see\r\nOsaka too.\r\nA new paragraph begins here without an empty\r\nline.",
            &[
                "Lone Lee lands in Tokyo",
                "Text The president landed in Tokyo on Saturday for⏎talks with the prime minister. They will see⏎Osaka too.",
                "Text A new paragraph begins here without an empty⏎line.",
            ],
        );
    }

    #[test]
    fn lists() {
        check(
            "Topics include:\n- Trade: more of it\n• Security\n1. History\n   and its use\n(a) Culture\n",
            &["Text Topics include:", "Item Trade: more of it", "Item Security", "Item History⏎   and its use", "Item Culture"],
        );
    }

    #[test]
    fn a_dash_or_a_number_at_a_line_end_is_no_list() {
        check(
            "The ministers, who had not seen each other since spring\n– or so they said – came to Nara, arriving on January\n13. They left the same day.",
            &[
                "Text The ministers, who had not seen each other since spring⏎– or so they said – came to Nara, arriving on January⏎13. They left the same day.",
            ],
        );
    }
}
