//! Pieces → blocks: which line is the headline, which a heading, which tells nothing.
//!
//! A format's own marks are believed; where there are none (plain text, paragraphs of a page) a line's length, its
//! capitals, its end and its neighbours decide.

use jiff::civil::Date;

use super::{
    Block, BlockKind,
    dateline::{Dateline, dateline},
    dates::{DateReading, is_time_of_day, read_date},
    draft::{Draft, Piece, Shape},
    furniture::{is_byline, is_clock_time, is_furniture},
    plain::{bullet, ends_sentence},
};
use crate::sentence::speaker_label;

/// A document's blocks, and what its lines say of place and date.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) blocks: Vec<Block>,
    pub(crate) dateline: Option<Dateline>,
    /// Dates on lines of their own, the most trusted first.
    pub(crate) dates: Vec<DateLine>,
}

/// A date on a line of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateLine {
    pub(crate) trust: Trust,
    pub(crate) reading: Option<Date>,
    pub(crate) block: usize,
}

/// How much a line of text with a date says about the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trust {
    /// "Published: 2025-08-23"
    Published,
    /// The dateline or the date alone on a line.
    Alone,
    /// "Updated: 2025-08-24"
    Updated,
}

/// How many pieces before the story may name place, time and writer.
const PREAMBLE: usize = 12;

/// Tells the pieces of a draft apart.
pub(crate) fn lay_out(draft: &Draft) -> Layout {
    let text = draft.text.as_str();
    let pieces = &draft.pieces;
    let story = pieces.iter().take(PREAMBLE).position(|piece| begins_story(piece, text)).unwrap_or(0);
    let mut layout = Layout { blocks: Vec::with_capacity(pieces.len()), ..Layout::default() };
    let mut titled = pieces.iter().any(|piece| piece.shape == Shape::Title);
    let mut list = false;
    // A dateline stands in the first paragraph, or in the second where a summary comes first.
    let mut paragraphs = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let line = piece.span.of(text);
        let edge = at <= story.max(3) || at + 3 >= pieces.len();
        let mut span = piece.span;
        let kind = if piece.shape == Shape::Title {
            BlockKind::Headline
        } else if is_furniture(line) && piece.shape != Shape::Item || piece.shape == Shape::Skip {
            BlockKind::Furniture
        } else if let Some((trust, reading)) = edge.then(|| dated_line(line)).flatten() {
            layout.dates.push(DateLine { trust, reading, block: at });
            BlockKind::Furniture
        } else if edge && is_byline(line) || at < story && names_place(&pieces[at..], text) {
            BlockKind::Furniture
        } else if piece.shape == Shape::Item {
            BlockKind::ListItem
        } else if let Some(mark) = unmarked(line, piece.shape) {
            span.start += mark as u32;
            BlockKind::ListItem
        } else if !titled && is_headline(line, piece.shape) && pieces.len() > at + 1 {
            BlockKind::Headline
        } else if list && piece.shape == Shape::Text && is_short(line) {
            BlockKind::ListItem
        } else if is_heading(line, piece.shape) && speaker_label(line).is_none() {
            BlockKind::Heading
        } else {
            span.start += paragraph_number(line) as u32;
            BlockKind::Paragraph
        };
        if kind != BlockKind::Furniture {
            titled = true;
        }
        // Items without marks follow a colon; where items have marks, the next line without one is no item.
        let marked = piece.shape == Shape::Item || span != piece.span;
        list = kind == BlockKind::Paragraph && line.ends_with(':') || list && kind == BlockKind::ListItem && !marked;
        if kind == BlockKind::Paragraph && paragraphs < 2 {
            paragraphs += 1;
            layout.dateline = layout.dateline.or_else(|| dateline(text, span));
        }
        layout.blocks.push(Block { span, kind });
    }
    layout.dates.sort_by_key(|line| line.trust);
    layout
}

/// Whether the document proper begins with this piece: a full sentence of some length, or a speaker.
fn begins_story(piece: &Piece, text: &str) -> bool {
    let line = piece.span.of(text);
    matches!(piece.shape, Shape::Text | Shape::Lone)
        && (line.len() > 160 || line.len() > 50 && ends_sentence(line) || speaker_label(line).is_some())
}

/// Whether a line before the story names the place of a speech: a clock time follows within three lines.
fn names_place(pieces: &[Piece], text: &str) -> bool {
    let line = pieces[0].span.of(text);
    is_short(line) && pieces.iter().skip(1).take(3).any(|piece| is_clock_time(piece.span.of(text)))
}

/// Whether a line has no end of a sentence and the length of a title, not of a paragraph.
fn is_short(line: &str) -> bool {
    line.len() <= 120 && !ends_sentence(line) && !line.ends_with([':', ';', ',', '-', '–', '—']) && speaker_label(line).is_none()
}

/// Whether the first line with something to say is the headline.
fn is_headline(line: &str, shape: Shape) -> bool {
    let short = line.len() <= 220 && !line.ends_with(['.', ':', ';', ',', '”', '"']) && speaker_label(line).is_none();
    let words = line.split_whitespace().count();
    matches!(shape, Shape::Heading) || short && words >= 2 && !line.starts_with(['"', '“'])
}

/// Whether a line is a heading within the text.
fn is_heading(line: &str, shape: Shape) -> bool {
    match shape {
        Shape::Heading => line.len() <= 300 || !ends_sentence(line),
        Shape::Emphasized => line.len() <= 200 && !ends_sentence(line),
        Shape::Lone => is_short(line) && (is_title_case(line) || line.split_whitespace().count() <= 8 && begins_high(line)),
        _ => is_short(line) && is_title_case(line),
    }
}

fn begins_high(line: &str) -> bool {
    line.chars().next().is_some_and(|c| !c.is_lowercase() && c.is_alphanumeric())
}

/// Whether the longer words of a line have a capital, three in four at least.
fn is_title_case(line: &str) -> bool {
    let (mut long, mut high) = (0, 0);
    for word in line.split([' ', '-', '—', '–']) {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        if word.chars().take(4).count() == 4 {
            long += 1;
            high += usize::from(word.chars().next().is_some_and(|c| !c.is_lowercase()));
        }
    }
    long > 0 && begins_high(line) && high * 4 >= long * 3
}

/// The length of a list mark that the format did not take for one. A dash is none: speech goes on with it.
fn unmarked(line: &str, shape: Shape) -> Option<usize> {
    let (mark, _) = bullet(line)?;
    let plain = paragraph_number(line) == 0 && !line.starts_with(['–', '—']);
    (shape != Shape::Heading && plain).then_some(mark)
}

/// The length of the number of a paragraph, as joint statements have them: before more than a line of text.
fn paragraph_number(line: &str) -> usize {
    const MORE_THAN_A_LINE: usize = 300;
    let numbered = line.len() > MORE_THAN_A_LINE && line.starts_with(|c: char| c.is_ascii_digit());
    bullet(line).filter(|_| numbered).map_or(0, |(mark, _)| mark)
}

/// A line that only says when it was published: how far to trust it, and the day, unless there is no such day.
fn dated_line(line: &str) -> Option<(Trust, Option<Date>)> {
    const PUBLISHED: [&str; 9] =
        ["date published", "first published", "issued", "posted", "publication date", "published", "release date", "released", "date"];
    const UPDATED: [&str; 4] = ["last modified", "last updated", "modified", "updated"];
    if line.len() > 120 || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let keyword = |words: &[&'static str]| words.iter().find(|word| lower.starts_with(**word)).map(|word| word.len());
    let (trust, skip) = match (keyword(&PUBLISHED), keyword(&UPDATED)) {
        (Some(length), _) => (Trust::Published, length),
        (_, Some(length)) => (Trust::Updated, length),
        _ => (Trust::Alone, 0),
    };
    let rest = line[skip..].trim_start();
    let rest = rest.strip_prefix(':').or(rest.strip_prefix("on ")).or(rest.strip_prefix("at ")).unwrap_or(rest).trim_start();
    match read_date(rest) {
        DateReading::Day(date, end) | DateReading::Ambiguous(date, end) => {
            let only_date = is_time_of_day(rest[end..].trim_start_matches('日'));
            (only_date || trust != Trust::Alone).then_some((trust, Some(date)))
        }
        DateReading::Impossible => (trust != Trust::Alone).then_some((trust, None)),
        DateReading::None => None,
    }
}
