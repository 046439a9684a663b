//! Dates as feeds, mail and web archives write them.
//!
//! "Tue, 13 Jan 2026 09:00:00 +0900" and "2026-01-13T09:00:00+09:00" give an instant and the day at the publisher's;
//! "2026-01-13" a day alone. The day is the one that is written, not the one in Greenwich.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    fmt::rfc2822::DateTimeParser,
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

/// When something was published or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day, as written, in the publisher's time zone.
    pub day: Date,
    /// The instant, where time of day and zone are given.
    pub instant: Option<Timestamp>,
    /// What the container says, word for word.
    pub written: String,
}

impl Published {
    /// Reads a date; `None` if it is none, or of a day that does not exist.
    pub fn parse(written: &str) -> Option<Published> {
        let text = written.trim();
        let made = |day, instant| Some(Published { day, instant, written: text.to_owned() });
        if text.is_empty() || text.len() > 100 {
            return None;
        }
        if let Some((day, instant)) = rfc3339(text) {
            return made(day, instant);
        }
        if let Some((day, instant)) = rfc2822(text) {
            return made(day, instant);
        }
        let (day, instant) = day_in(text)?;
        made(day, instant)
    }

    /// What to sort by: the instant, else noon of the day in Greenwich.
    pub fn order(&self) -> Timestamp {
        let noon = || self.day.at(12, 0, 0, 0).to_zoned_datetime(TimeZone::UTC).map(|zoned| zoned.timestamp());
        self.instant.or_else(|| noon().ok()).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// "2026-01-13T09:00:00+09:00", "2026-01-13T09:00Z", "2026-01-13 09:00:00", "2026-01-13".
fn rfc3339(text: &str) -> Option<(Date, Option<Timestamp>)> {
    let head = text.get(..10)?;
    let iso = head.as_bytes();
    if iso[4] != b'-' || iso[7] != b'-' {
        return None;
    }
    let day: Date = head.parse().ok()?;
    let instant = text.parse::<Timestamp>().ok();
    Some((day, instant))
}

/// "Tue, 13 Jan 2026 09:00:00 +0900", with or without the right day of the week, seconds and zone.
fn rfc2822(text: &str) -> Option<(Date, Option<Timestamp>)> {
    let parser = DateTimeParser::new().relaxed_weekday(true);
    let zoned = parser.parse_zoned_datetime(text).ok();
    // A zone in words that the rule does not know ("KST") leaves the day alone.
    let known = text.rsplit(' ').next().is_some_and(|zone| zone.starts_with(['+', '-']) || ZONES.contains(&zone));
    match zoned {
        Some(zoned) => Some((zoned.date(), known.then(|| zoned.timestamp()))),
        None => {
            let (without, _) = text.rsplit_once(' ')?;
            parser.parse_zoned_datetime(format!("{without} -0000")).ok().map(|zoned| (zoned.date(), None))
        }
    }
}

/// The zones that RFC 2822 knows by name.
const ZONES: [&str; 12] = ["GMT", "UT", "UTC", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"];

/// A day in words ("13 January 2026", "January 13, 2026", "Tue, 13 Jan 2026"), or in digits ("20260113090000", UTC).
fn day_in(text: &str) -> Option<(Date, Option<Timestamp>)> {
    if let Some(instant) = digits(text) {
        return Some((instant.to_zoned_datetime(TimeZone::UTC).date(), Some(instant)));
    }
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '/')).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| word.parse::<i16>().ok();
    words.windows(3).take(3).find_map(|three| {
        let (year, month, day) = match (number(three[0]), number(three[1]), number(three[2])) {
            (Some(day), None, Some(year)) => (year, month(three[1])?, day),
            (None, Some(day), Some(year)) => (year, month(three[0])?, day),
            (Some(year), Some(month), Some(day)) if three[0].len() == 4 => (year, i8::try_from(month).ok()?, day),
            _ => return None,
        };
        (1000..=2999).contains(&year).then_some(())?;
        Some((Date::new(year, month, i8::try_from(day).ok()?).ok()?, None))
    })
}

/// The fourteen digits of web archives and event tables, in UTC: "20140216050221".
pub(crate) fn digits(text: &str) -> Option<Timestamp> {
    if text.len() != 14 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| text[range].parse::<i8>().ok();
    let year = text[..4].parse().ok()?;
    let time = DateTime::new(year, number(4..6)?, number(6..8)?, number(8..10)?, number(10..12)?, number(12..14)?, 0).ok()?;
    time.to_zoned_datetime(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let head = word.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|name| *name == head).and_then(|index| i8::try_from(index + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: &str) {
        let read = Published::parse(written).map_or("-".to_owned(), |date| match date.instant {
            Some(instant) => format!("{} {instant}", date.day),
            None => date.day.to_string(),
        });
        assert_eq!(read, expected, "{written}");
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        check("Tue, 13 Jan 2026 02:00:00 +0900", "2026-01-13 2026-01-12T17:00:00Z");
        check("Mon, 13 Jan 2026 02:00:00 GMT", "2026-01-13 2026-01-13T02:00:00Z");
        check("13 Jan 2026 02:00 EST", "2026-01-13 2026-01-13T07:00:00Z");
        check("Tue, 13 Jan 2026 02:00:00 KST", "2026-01-13");
        check("2026-01-13T09:00:00+09:00", "2026-01-13 2026-01-13T00:00:00Z");
        check("2026-01-13T09:00:00", "2026-01-13");
        check("2026-01-13 ", "2026-01-13");
        check("20140216050221", "2014-02-16 2014-02-16T05:02:21Z");
        check("January 13, 2026", "2026-01-13");
        check("13 January 2026", "2026-01-13");
        check("Tuesday, 13 January 2026 - 10:00", "2026-01-13");
        check("30 February 2026", "-");
        check("2026-02-30", "-");
        check("yesterday", "-");
        check("", "-");
        check("日本時間の火曜日", "-");
    }
}
