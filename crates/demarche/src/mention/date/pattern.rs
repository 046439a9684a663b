//! Date words → [`Expression`]s: which words at a place make a date, and where it ends.

use super::{
    Expression, MonthDay, Part, Shift, Unit,
    word::{self, Word},
};
use crate::{
    mention::word as plain,
    token::{Shape, Tag, Token},
};

/// One sentence's words, read for dates.
struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    keys: &'a [u32],
}

/// The longest date that begins at a token, and where it ends.
pub(crate) fn read(text: &str, tokens: &[Token], keys: &[u32], at: usize) -> Option<(Expression, usize)> {
    let reader = Reader { text, tokens, keys };
    match tokens[at].shape {
        Shape::Number => reader.number(at),
        Shape::Alphanumeric => reader.ordinal_first(at),
        Shape::Punctuation => None,
        _ => reader.word(at),
    }
}

impl Reader<'_> {
    fn key(&self, at: usize) -> u32 {
        self.keys.get(at).copied().unwrap_or(0)
    }

    fn class(&self, at: usize) -> Option<Word> {
        self.keys.get(at).and_then(|key| word::of(*key))
    }

    fn form(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    fn word(&self, at: usize) -> Option<(Expression, usize)> {
        match self.class(at)? {
            Word::Month { month, sure } => self.month(at, month, sure, Part::Whole, Shift::None),
            Word::Weekday(day) => self.weekday(at, day, Shift::None),
            Word::Today(days) => Some((Expression::Today(days), at + 1)),
            Word::Shift(shift) => self.shifted(at, shift),
            Word::Part(part) => self.part(at, part),
            Word::Count(count) => self.counted(at, count),
            Word::Ordinal(n) => self.ordinal_unit(at, n),
            Word::Recent => match self.class(at + 1)? {
                Word::Unit(unit) => Some((Expression::Recent(unit), at + 2)),
                _ => None,
            },
            _ => None,
        }
    }

    /// "13 January 2026", "13-14 January", "2025", "2025-08-23", "3 days ago".
    fn number(&self, at: usize) -> Option<(Expression, usize)> {
        let form = self.form(at);
        if let Some(date) = iso(form) {
            return Some((date, at + 1));
        }
        if let Some(year) = year(form) {
            return self.year(at, year);
        }
        let day = self.day(at)?;
        if let Some(found) = self.day_month(at, day, at + 1) {
            return Some(found);
        }
        // "13-14 January"
        if is_range(self.key(at + 1))
            && let Some(last) = self.day(at + 2)
            && let Some(Word::Month { month, .. }) = self.month_class(at + 3)
        {
            let (year, end) = self.year_after(at + 4);
            return Some((Expression::Days { from: MonthDay { month, day }, to: MonthDay { month, day: last }, year }, end));
        }
        self.counted(at, form.parse().ok().filter(|n| *n < 1000)?)
    }

    /// "13th January", "the 15th", "1990s".
    fn ordinal_first(&self, at: usize) -> Option<(Expression, usize)> {
        let form = self.form(at);
        if let Some(decade) = form.strip_suffix('s').and_then(year).filter(|y| y % 10 == 0) {
            return Some((Expression::Decade(decade), at + 1));
        }
        let day = self.day(at)?;
        let month = if self.key(at + 1) == plain::OF { at + 2 } else { at + 1 };
        if let Some(found) = self.day_month(at, day, month) {
            return Some(found);
        }
        let alone = at > 0
            && self.keys[at - 1] == plain::THE
            && !self.tokens.get(at + 1).is_some_and(|t| t.tag.is_noun() || matches!(t.tag, Tag::Adj | Tag::Num))
            && !is_range(self.key(at + 1));
        alone.then_some((Expression::DayOfMonth(day), at + 1))
    }

    fn day_month(&self, _at: usize, day: i8, month_at: usize) -> Option<(Expression, usize)> {
        let Some(Word::Month { month, .. }) = self.month_class(month_at) else { return None };
        let (year, end) = self.year_after(month_at + 1);
        let date = MonthDay { month, day };
        Some((Expression::Days { from: date, to: date, year }, end))
    }

    /// A month, capitalised; abbreviations carry their full stop.
    fn month_class(&self, at: usize) -> Option<Word> {
        let token = self.tokens.get(at)?;
        self.class(at).filter(|w| matches!(w, Word::Month { .. }) && token.shape != Shape::Lower)
    }

    fn month(&self, at: usize, month: i8, sure: bool, part: Part, shift: Shift) -> Option<(Expression, usize)> {
        if self.tokens[at].shape == Shape::Lower {
            return None;
        }
        // "Aug. 23-24", "August 30 - September 2", "January 13, 2026"
        if let Some(day) = self.day(at + 1).filter(|_| self.tokens[at + 1].space_before) {
            let from = MonthDay { month, day };
            let (mut to, mut end) = (from, at + 2);
            if is_range(self.key(end)) || self.key(end) == plain::AND {
                if let Some(last) = self.day(end + 1).filter(|last| *last > day && self.month_class(end + 2).is_none()) {
                    (to, end) = (MonthDay { month, day: last }, end + 2);
                } else if let Some(Word::Month { month, .. }) = self.month_class(end + 1)
                    && let Some(last) = self.day(end + 2)
                    && self.key(end) != plain::AND
                {
                    (to, end) = (MonthDay { month, day: last }, end + 3);
                }
            }
            let (year, end) = self.year_after(end);
            return Some((Expression::Days { from, to, year }, end));
        }
        let (year, end) = self.year_after(at + 1);
        let bare = year.is_none() && part == Part::Whole && shift == Shift::None;
        if bare && !sure && !self.is_month_here(at) {
            return None;
        }
        Some((Expression::Month { month, year, part, shift }, end))
    }

    /// Whether "May" or "March" is the month: a proper noun after a preposition of time.
    fn is_month_here(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(0, |b| self.keys[b]);
        let preposition = [
            plain::IN,
            plain::OF,
            plain::FROM,
            plain::TO,
            plain::BY,
            plain::FOR,
            const { plain::key("since") },
            const { plain::key("until") },
            const { plain::key("during") },
            const { plain::key("through") },
            const { plain::key("till") },
        ];
        self.tokens[at].tag == Tag::Propn
            && preposition.contains(&before)
            && !self.tokens.get(at + 1).is_some_and(|t| t.tag == Tag::Propn && t.space_before)
    }

    /// ", 2026", "2026", "of 2026" at `at`.
    fn year_after(&self, at: usize) -> (Option<i16>, usize) {
        let year_at = if matches!(self.key(at), plain::COMMA | plain::OF) { at + 1 } else { at };
        match self.tokens.get(year_at).filter(|t| t.shape == Shape::Number && t.space_before).and_then(|_| year(self.form(year_at))) {
            Some(year) => (Some(year), year_at + 1),
            None => (None, at),
        }
    }

    fn year(&self, at: usize, first: i16) -> Option<(Expression, usize)> {
        if is_range(self.key(at + 1))
            && let Some(last) = self.tokens.get(at + 2).filter(|t| t.shape == Shape::Number).and_then(|_| year(self.form(at + 2)))
        {
            return Some((Expression::Years(first, last), at + 3));
        }
        self.is_year_here(at).then_some((Expression::Year { year: first, part: Part::Whole }, at + 1))
    }

    /// Whether a number is a year: no unit after it, and a preposition, a bracket or a comma before it.
    fn is_year_here(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1);
        let counts = next.is_some_and(|t| t.tag == Tag::NounPlural && t.space_before || t.hash == const { plain::key("%") });
        let currency = at > 0 && self.tokens[at - 1].tag == Tag::Sym;
        !counts && !currency && self.tokens[at].span.len() == 4
    }

    fn weekday(&self, at: usize, day: i8, shift: Shift) -> Option<(Expression, usize)> {
        if self.tokens[at].shape == Shape::Lower {
            return None;
        }
        let mut next = at + 1;
        if let Some(Word::Morning) = self.class(next) {
            next += 1;
        }
        // "Monday, January 13" and "Monday 13 January" are that day.
        let month = if self.key(next) == plain::COMMA { next + 1 } else { next };
        if shift == Shift::None && self.tokens.get(month).is_some() {
            let found = match self.month_class(month) {
                Some(Word::Month { month: m, sure }) => self.month(month, m, sure, Part::Whole, Shift::None),
                _ if self.tokens[month].shape == Shape::Number => self.number(month),
                _ => None,
            };
            if let Some(found @ (Expression::Days { .. }, _)) = found {
                return Some(found);
            }
        }
        // Abbreviated days are days only with a full stop and beside a date; the tables of forms hold the stop.
        Some((Expression::Weekday { day, shift }, next))
    }

    /// "last week", "next Monday", "this morning", "last September", "the past two years".
    fn shifted(&self, at: usize, shift: Shift) -> Option<(Expression, usize)> {
        let next = at + 1;
        if let Some(Word::Part(part @ (Part::Early | Part::Middle | Part::Late))) = self.class(next)
            && let Some(Word::Month { month, .. }) = self.month_class(next + 1)
        {
            return Some((Expression::Month { month, year: None, part, shift }, next + 2));
        }
        match self.class(next)? {
            Word::Unit(Unit::Day) => None,
            Word::Unit(unit) => {
                // "last year's summit", but "this year of trial" is rare enough.
                Some((Expression::Unit { unit, shift, part: Part::Whole }, next + 1))
            }
            Word::Weekday(day) => self.weekday(next, day, shift),
            Word::Month { month, sure } => self.month(next, month, sure, Part::Whole, shift),
            Word::Morning if shift == Shift::This => Some((Expression::Today(0), next + 1)),
            Word::Morning if self.key(next) == const { plain::key("night") } && shift == Shift::Last => {
                Some((Expression::Today(-1), next + 1))
            }
            Word::Ordinal(n) => self.ordinal_unit(next, n),
            Word::Count(_) => match self.class(next + 1)? {
                // "the past two years", "the next few weeks": about that long, no more.
                Word::Unit(unit) => Some((Expression::Recent(unit), next + 2)).filter(|_| shift == Shift::Last),
                _ => None,
            },
            _ => None,
        }
    }

    /// "early March", "later this week", "the end of 2025", "end of the year".
    fn part(&self, at: usize, part: Part) -> Option<(Expression, usize)> {
        let mut next = at + 1;
        // "in late-January", "mid-2026"
        if self.key(next) == plain::HYPHEN {
            next += 1;
        }
        if matches!(part, Part::End | Part::Early | Part::Middle) && self.key(next) == plain::OF {
            next += 1;
        } else if matches!(part, Part::End)
            || matches!(self.key(at), k if k == const { plain::key("middle") } || k == const { plain::key("start") } || k == const { plain::key("beginning") })
        {
            return None;
        }
        if matches!(self.key(next), plain::THE)
            && matches!(self.key(next - 1), plain::OF | plain::IN)
            && let Some(Word::Unit(unit)) = self.class(next + 1).filter(|_| !matches!(part, Part::Before | Part::After))
        {
            return Some((Expression::Unit { unit, shift: Shift::This, part }, next + 2));
        }
        if matches!(part, Part::Before | Part::After) {
            // "later today", "earlier in the day", "later on Monday", "earlier this month"
            if let Some(Word::Today(days)) = self.class(next) {
                return Some((Expression::Today(days), next + 1));
            }
            if self.key(next) == plain::IN && self.key(next + 1) == plain::THE {
                return match self.class(next + 2)? {
                    Word::Unit(Unit::Day) => Some((Expression::Open, next + 3)),
                    Word::Unit(unit) => Some((Expression::Unit { unit, shift: Shift::This, part }, next + 3)),
                    _ => None,
                };
            }
            let Some(Word::Shift(Shift::This)) = self.class(next) else { return None };
            return match self.class(next + 1)? {
                Word::Unit(unit) => Some((Expression::Unit { unit, shift: Shift::This, part }, next + 2)),
                _ => None,
            };
        }
        match self.class(next) {
            Some(Word::Month { month, sure }) => self.month(next, month, sure, part, Shift::None),
            Some(Word::Shift(shift)) => match self.class(next + 1)? {
                Word::Unit(unit) => Some((Expression::Unit { unit, shift, part }, next + 2)),
                Word::Month { month, sure } => self.month(next + 1, month, sure, part, shift),
                _ => None,
            },
            _ => {
                let token = self.tokens.get(next).filter(|t| t.shape == Shape::Number)?;
                let year = year(token.span.of(self.text))?;
                Some((Expression::Year { year, part }, next + 1))
            }
        }
    }

    /// "three days ago", "a week earlier", "two days later", "in a decade".
    fn counted(&self, at: usize, count: i32) -> Option<(Expression, usize)> {
        let mut next = at + 1;
        if self.key(next) == plain::OF {
            next += 1;
        }
        if let Some(Word::Count(0)) = self.class(next) {
            next += 1; // "a few days ago"
        }
        let Word::Unit(unit) = self.class(next)? else { return None };
        match self.class(next + 1) {
            Some(Word::Ago) if count > 0 => Some((Expression::Ago { count: -count, unit }, next + 2)),
            Some(Word::Ago) => Some((Expression::Recent(unit), next + 2)),
            Some(Word::Part(Part::Before | Part::After)) => Some((Expression::Open, next + 2)),
            _ => None,
        }
    }

    /// "the second quarter of 2025", "the first half of this year", "the following day".
    fn ordinal_unit(&self, at: usize, n: i8) -> Option<(Expression, usize)> {
        let (half, next) = match self.class(at + 1)? {
            Word::Unit(Unit::Quarter) => (false, at + 2),
            Word::Half if n <= 2 => (true, at + 2),
            _ => return None,
        };
        let (mut year, mut end) = self.year_after(next);
        let mut shift = Shift::None;
        if year.is_none() && self.key(next) == plain::OF {
            match (self.class(next + 1), self.class(next + 2)) {
                (Some(Word::Shift(s)), Some(Word::Unit(Unit::Year))) => (shift, end) = (s, next + 3),
                (None, Some(Word::Unit(Unit::Year))) => (shift, end) = (Shift::This, next + 3),
                _ => {}
            }
        } else if year.is_none() {
            (year, end) = (None, next);
        }
        let expression = if half { Expression::Half { half: n, year, shift } } else { Expression::Quarter { quarter: n, year, shift } };
        Some((expression, end))
    }

    /// A day of a month: 1 to 31, "1st" to "31st".
    fn day(&self, at: usize) -> Option<i8> {
        let token = self.tokens.get(at)?;
        let form = token.span.of(self.text);
        let digits = match token.shape {
            Shape::Number => form,
            Shape::Alphanumeric => ["st", "nd", "rd", "th"].iter().find_map(|end| form.strip_suffix(end))?,
            _ => return None,
        };
        digits.parse().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2)
    }
}

fn is_range(key: u32) -> bool {
    matches!(key, plain::HYPHEN | plain::DASH | plain::TO) || key == const { plain::key("through") }
}

fn year(form: &str) -> Option<i16> {
    (form.len() == 4).then(|| form.parse().ok()).flatten().filter(|y| (1800..=2100).contains(y))
}

fn iso(form: &str) -> Option<Expression> {
    if form.len() != 10 {
        return None;
    }
    let date: jiff::civil::Date = form.parse().ok()?;
    let day = MonthDay { month: date.month(), day: date.day() };
    Some(Expression::Days { from: day, to: day, year: Some(date.year()) })
}
