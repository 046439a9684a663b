//! Dates and ranges in a sentence: [`DateMention`]s.
//!
//! [`word`] knows the words of dates, [`pattern`] puts them together into an [`Expression`], [`direction`] tells from the
//! verb whether it looks back or ahead, and [`resolve`] makes days of it, counted from the day of publication.

mod direction;
mod pattern;
mod resolve;
mod word;

pub(crate) use word::{Word, of as word_class};

use jiff::civil::Date;

use crate::{
    mention::{DateMention, head},
    token::Token,
    vocabulary::Vocabulary,
};

/// What an expression says, before it is counted from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    /// Day, month and year, and the last day of a range.
    Days {
        from: MonthDay,
        to: MonthDay,
        year: Option<i16>,
    },
    /// "the 15th".
    DayOfMonth(i8),
    Month {
        month: i8,
        year: Option<i16>,
        part: Part,
        shift: Shift,
    },
    Year {
        year: i16,
        part: Part,
    },
    /// "2019-2024".
    Years(i16, i16),
    /// "the 1990s".
    Decade(i16),
    Weekday {
        day: i8,
        shift: Shift,
    },
    /// "today", "yesterday": days from the day of publication.
    Today(i32),
    /// "this week", "last year", and the part of it.
    Unit {
        unit: Unit,
        shift: Shift,
        part: Part,
    },
    /// "three days ago", "in two weeks": so many units before or after.
    Ago {
        count: i32,
        unit: Unit,
    },
    Quarter {
        quarter: i8,
        year: Option<i16>,
        shift: Shift,
    },
    Half {
        half: i8,
        year: Option<i16>,
        shift: Shift,
    },
    /// "in recent years".
    Recent(Unit),
    /// "the following day", "two days later": counted from another event.
    Open,
}

/// A day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MonthDay {
    pub(crate) month: i8,
    pub(crate) day: i8,
}

/// "last", "this", "next", or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shift {
    None,
    Last,
    This,
    Next,
}

/// "early", "end of", "later this".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Early,
    Middle,
    Late,
    End,
    /// "earlier this week": up to the day of publication.
    Before,
    /// "later this week": after the day of publication.
    After,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    /// Spring, summer, autumn, winter: 0 to 3.
    Season(i8),
}

/// Whether an expression looks back from the day of publication or ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Past,
    Future,
    /// Present tense: ahead for a day of the week ("leaves on Sunday"), else nothing.
    Present,
    Unknown,
}

/// Appends the dates of a sentence.
pub(crate) fn find(
    sentence: u32,
    text: &str,
    tokens: &[Token],
    keys: &[u32],
    published: Option<Date>,
    vocabulary: &Vocabulary,
    out: &mut Vec<DateMention>,
) {
    let mut at = 0;
    while at < tokens.len() {
        let Some((expression, end)) = pattern::read(text, tokens, keys, at) else {
            at += 1;
            continue;
        };
        let direction = direction::of(tokens, keys, at, end, vocabulary);
        let when = resolve::when(expression, published, direction);
        let core = (end - 1) as u16;
        out.push(DateMention {
            sentence,
            span: tokens[at].span.join(tokens[end - 1].span),
            head: head::of(tokens, at as u16, end as u16, core),
            when,
        });
        at = end;
    }
}
