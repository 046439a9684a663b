//! Dates of publication as people and programs write them.
//!
//! "2026-01-13T09:00:00+09:00", "Tue, 13 Jan 2026 09:00:00 +0900", "13/01/2026", "January 13, 2026", "13 January 2026",
//! "Jan. 13, 2026", "2026年1月13日", "2026. 1. 13.", seconds since 1970. Only the day counts, as written: it is the day at
//! the publisher's.

use jiff::{ToSpan, civil::Date};

/// What a string says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateReading {
    /// A day, and how many bytes of the string tell it.
    Day(Date, usize),
    /// A day if the first number is the day ("03/04/2021"), another if it is the month.
    Ambiguous(Date, usize),
    /// The form of a date, but of no day there is ("February 30, 2026").
    Impossible,
    /// No date.
    None,
}

/// Reads the date at the head of `text`, a weekday before it allowed.
pub(crate) fn read_date(text: &str) -> DateReading {
    let tokens = Tokens::of(text);
    let mut tokens = tokens.list();
    if let [first, rest @ ..] = tokens
        && first.is_weekday()
    {
        tokens = rest;
    }
    match tokens {
        [year, month, day, ..] if year.digits() == 4 && month.short() && day.short() => day_of(year, month.number, day.number, day.end),
        [year, month, day, ..] if year.digits() == 4 && month.month().is_some() && day.short() => {
            day_of(year, month.month().unwrap_or(0), day.number, day.end)
        }
        [day, month, year, ..] if day.short() && month.month().is_some() && year.is_year() => {
            day_of(year, month.month().unwrap_or(0), day.number, year.end)
        }
        [month, day, year, ..] if month.month().is_some() && day.short() && year.is_year() => {
            day_of(year, month.month().unwrap_or(0), day.number, year.end)
        }
        [first, second, year, ..] if first.short() && second.short() && year.digits() == 4 => numeric(first.number, second.number, year),
        [all, ..] if all.digits() == 8 && all.text.len() == 8 => {
            let number = all.number;
            civil(number / 10_000, number / 100 % 100, number % 100, all.end)
        }
        [seconds] if matches!(seconds.digits(), 10 | 13) => epoch(seconds),
        _ => DateReading::None,
    }
}

fn numeric(first: u64, second: u64, year: &Token<'_>) -> DateReading {
    if first <= 12 && second > 12 {
        return day_of(year, first, second, year.end);
    }
    match day_of(year, second, first, year.end) {
        DateReading::Day(date, end) if first <= 12 && first != second => DateReading::Ambiguous(date, end),
        reading => reading,
    }
}

fn day_of(year: &Token<'_>, month: u64, day: u64, end: usize) -> DateReading {
    let year = match (year.digits(), year.number) {
        (2, number @ 70..) => 1900 + number,
        (2, number) => 2000 + number,
        (_, number) => number,
    };
    civil(year, month, day, end)
}

fn civil(year: u64, month: u64, day: u64, end: usize) -> DateReading {
    if !(1000..=2999).contains(&year) || month > 99 || day > 99 {
        return DateReading::Impossible;
    }
    match Date::new(year as i16, month as i8, day as i8) {
        Ok(date) => DateReading::Day(date, end),
        Err(_) => DateReading::Impossible,
    }
}

fn epoch(token: &Token<'_>) -> DateReading {
    let seconds = if token.digits() == 13 { token.number / 1000 } else { token.number };
    let days = i32::try_from(seconds / 86_400).ok();
    match days.and_then(|days| Date::constant(1970, 1, 1).checked_add(days.days()).ok()) {
        Some(date) => DateReading::Day(date, token.end),
        None => DateReading::Impossible,
    }
}

/// The month that `word` names, whole or cut short after three letters or more.
pub(crate) fn month_number(word: &str) -> Option<u64> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let word = word.to_ascii_lowercase();
    if word.len() < 3 {
        return None;
    }
    MONTHS.iter().position(|month| month.starts_with(&word)).map(|at| at as u64 + 1)
}

/// Whether `word` names a day of the week, whole or cut short after three letters or more.
pub(crate) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.to_ascii_lowercase();
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&word))
}

/// Whether nothing but a time of day and a time zone stands in `rest`, the text after a date.
pub(crate) fn is_time_of_day(rest: &str) -> bool {
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || ",.|()-–—·".contains(c));
    rest.len() <= 40
        && rest.split(|c: char| c.is_whitespace() || ",()|".contains(c)).filter(|word| !word.is_empty()).all(|word| {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            let upper = word.chars().all(|c| !c.is_lowercase());
            word.bytes().any(|b| b.is_ascii_digit()) && letters <= 2
                || letters <= 4 && upper
                || matches!(word.to_ascii_lowercase().as_str(), "at" | "a.m." | "p.m." | "am" | "pm" | "local" | "time" | "noon")
        })
}

/// The first few words and numbers of a text; enough for a date.
struct Tokens<'a> {
    tokens: [Token<'a>; 4],
    length: usize,
}

/// A run of digits or of letters.
#[derive(Clone, Copy, Default)]
struct Token<'a> {
    text: &'a str,
    number: u64,
    end: usize,
}

impl<'a> Tokens<'a> {
    fn of(text: &'a str) -> Tokens<'a> {
        let mut tokens = Tokens { tokens: [Token::default(); 4], length: 0 };
        let mut at = 0;
        while tokens.length < tokens.tokens.len() && at < text.len() {
            let rest = &text[at..];
            let Some(c) = rest.chars().next() else { break };
            let run = if c.is_ascii_digit() {
                rest.bytes().take_while(u8::is_ascii_digit).count()
            } else if c.is_ascii_alphabetic() {
                rest.bytes().take_while(u8::is_ascii_alphabetic).count()
            } else if c.is_whitespace() || (if tokens.length == 0 { "([" } else { ",./-年月日" }).contains(c) {
                at += c.len_utf8();
                continue;
            } else {
                break;
            };
            let word = &rest[..run];
            let number = if c.is_ascii_digit() { word.parse().unwrap_or(u64::MAX) } else { 0 };
            let ordinal = matches!(word, "st" | "nd" | "rd" | "th" | "of" | "T");
            at += run;
            if !ordinal || tokens.length == 0 {
                tokens.tokens[tokens.length] = Token { text: word, number, end: at };
                tokens.length += 1;
            }
        }
        tokens
    }

    fn list(&self) -> &[Token<'a>] {
        &self.tokens[..self.length]
    }
}

impl Token<'_> {
    fn digits(&self) -> usize {
        if self.text.as_bytes().first().is_some_and(u8::is_ascii_digit) { self.text.len() } else { 0 }
    }

    /// One or two digits: a day or a month.
    fn short(&self) -> bool {
        matches!(self.digits(), 1 | 2)
    }

    fn is_year(&self) -> bool {
        matches!(self.digits(), 2 | 4)
    }

    fn month(&self) -> Option<u64> {
        month_number(self.text)
    }

    fn is_weekday(&self) -> bool {
        is_weekday(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let reading = match read_date(text) {
            DateReading::Day(date, end) => format!("{date} + {:?}", &text[end..]),
            DateReading::Ambiguous(date, _) => format!("{date}?"),
            DateReading::Impossible => "impossible".into(),
            DateReading::None => "none".into(),
        };
        assert_eq!(reading, expected, "{text}");
    }

    #[test]
    fn dates_are_read_as_written() {
        check("2026-01-13", "2026-01-13 + \"\"");
        check("2024-09-30 12:46:11-04:00", "2024-09-30 + \" 12:46:11-04:00\"");
        check("2025-10-01T08:15:00+09:00", "2025-10-01 + \"T08:15:00+09:00\"");
        check("Thu, 20 May 2021 22:14:56 +0000", "2021-05-20 + \" 22:14:56 +0000\"");
        check("24/05/1996", "1996-05-24 + \"\"");
        check("05/24/1996", "1996-05-24 + \"\"");
        check("03/04/2021", "2021-04-03?");
        check("04/04/2021", "2021-04-04 + \"\"");
        check("January 12, 2026", "2026-01-12 + \"\"");
        check("12 January 2026", "2026-01-12 + \"\"");
        check("12th of January, 2026", "2026-01-12 + \"\"");
        check("Monday, Jan. 12, 2026 at 5 p.m.", "2026-01-12 + \" at 5 p.m.\"");
        check("Sept. 5, 2024 (Agency)", "2024-09-05 + \" (Agency)\"");
        check("2026年1月13日", "2026-01-13 + \"日\"");
        check("2026. 1. 13.", "2026-01-13 + \".\"");
        check("20260113", "2026-01-13 + \"\"");
        check("1621548896", "2021-05-20 + \"\"");
        check("12-Jan-26", "2026-01-12 + \"\"");
        check("February 30, 2026", "impossible");
        check("2026-02-30", "impossible");
        check("31/31/2020", "impossible");
        check("Tuesday", "none");
        check("May he 2026", "none");
        check("", "none");
        check("99999999999999999999999 1 1", "none");
    }

    #[test]
    fn times_of_day_are_known() {
        for rest in ["", " 12:46:11-04:00", "T08:15:00Z", " at 5 p.m. EDT", ", 10:35 A.M.", " (KST)"] {
            assert!(is_time_of_day(rest), "{rest}");
        }
        assert!(!is_time_of_day(" the leaders met"));
    }
}
