//! A day as sources give it: sometimes only the month or the year is known.

use std::fmt;

use jiff::civil::Date;

/// A day, month or year. What is not known is not made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Day {
    year: i16,
    /// 0 when unknown.
    month: i8,
    /// 0 when unknown.
    day: i8,
}

/// Whether something held on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Held {
    /// Surely not.
    No,
    /// The day falls into the uncertain part of a date known to the month or year only.
    Perhaps,
    /// Surely.
    Yes,
}

impl Day {
    /// Parses `2022`, `2022-05` or `2022-05-10`.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let year: i16 = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let mut part = |most: i8| match parts.next() {
            None => Some(0),
            Some(p) if p.len() == 2 => p.parse().ok().filter(|n| (1..=most).contains(n)),
            Some(_) => None,
        };
        let (month, day) = (part(12)?, part(31)?);
        if parts.next().is_some() || day != 0 && Date::new(year, month, day).is_err() {
            return None;
        }
        Some(Day { year, month, day })
    }

    /// The first date it may mean.
    pub fn earliest(self) -> Date {
        Date::constant(self.year, self.month.max(1), self.day.max(1))
    }

    /// The last date it may mean.
    pub fn latest(self) -> Date {
        match (self.month, self.day) {
            (0, _) => Date::constant(self.year, 12, 31),
            (month, 0) => Date::constant(self.year, month, 1).last_of_month(),
            (month, day) => Date::constant(self.year, month, day),
        }
    }

    /// Whether the day itself is known.
    pub fn is_exact(self) -> bool {
        self.day != 0
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day { year: date.year(), month: date.month(), day: date.day() }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month != 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day != 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// Whether a span of time that begins and ends with such days holds on `date`; both ends belong to it, an open start or
/// end reaches without limit.
pub fn held(start: Option<Day>, end: Option<Day>, date: Date) -> Held {
    let begun = start.map_or(Held::Yes, |day| reached(day.earliest(), day.latest(), date));
    let not_over = end.map_or(Held::Yes, |day| {
        if date <= day.earliest() {
            Held::Yes
        } else if date <= day.latest() {
            Held::Perhaps
        } else {
            Held::No
        }
    });
    begun.min(not_over)
}

fn reached(earliest: Date, latest: Date, date: Date) -> Held {
    if date >= latest {
        Held::Yes
    } else if date >= earliest {
        Held::Perhaps
    } else {
        Held::No
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_keep_their_precision() {
        for text in ["2022", "2022-05", "2022-05-10", "1948-02-29"] {
            assert_eq!(Day::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
        for text in ["", "22", "2022-13", "2022-05-32", "2023-02-29", "2022-5", "2022-05-10-1", "May 2022"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_unknown_part_of_a_date_leaves_it_open() {
        let check = |start, end, date: &str| held(Day::parse(start), Day::parse(end), date.parse().expect("a date"));
        assert_eq!(check("2022-05", "", "2022-04-30"), Held::No);
        assert_eq!(check("2022-05", "", "2022-05-10"), Held::Perhaps);
        assert_eq!(check("2022-05", "", "2022-06-01"), Held::Yes);
        assert_eq!(check("2022-05-10", "2025", "2024-12-31"), Held::Yes);
        assert_eq!(check("2022-05-10", "2025", "2025-03-01"), Held::Perhaps);
        assert_eq!(check("2022-05-10", "2025-04-04", "2025-04-04"), Held::Yes, "the last day belongs to it");
        assert_eq!(check("2022-05-10", "2025-04-04", "2025-04-05"), Held::No);
    }
}
