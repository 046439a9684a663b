//! Dates as foreign files write them → [`Day`]s, with no more precision than the file gives.

use crate::kb::Day;

/// What a file says of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A day, month or year.
    Day(Day),
    /// A date before the year 1 or after 9999, or none at all: "2023-13-45", "soon".
    Unusable,
    /// A date known to the decade or less, which tells no year.
    Vague,
}

impl Said {
    pub(super) fn day(self) -> Option<Day> {
        match self {
            Said::Day(day) => Some(day),
            Said::Unusable | Said::Vague => None,
        }
    }
}

/// A Wikidata time: "+2013-07-21T00:00:00Z" and its precision (11 day, 10 month, 9 year, less: decade and more).
pub(super) fn wikidata(time: &str, precision: u64) -> Said {
    let Some(digits) = time.strip_prefix('+') else {
        return Said::Unusable;
    };
    if precision < 9 {
        return Said::Vague;
    }
    let date = digits.split('T').next().unwrap_or(digits);
    cut(date, precision)
}

/// A date in SPARQL results. A point in time at midnight on 1 January, with no precision beside it, may be all that the
/// query service makes of a bare year; it is read as the year.
pub(super) fn sparql(text: &str, precision: Option<u64>) -> Said {
    let text = text.trim();
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let date = date.strip_prefix('+').unwrap_or(date);
    match precision {
        Some(precision) if precision < 9 => Said::Vague,
        Some(precision) => cut(date, precision),
        None if !time.is_empty() && date.ends_with("-01-01") => cut(date, 9),
        None => cut(date, 11),
    }
}

/// "780430" or "20010911": the day of a PETRARCH dictionary. Two-digit years from 30 on belong to the 20th century.
pub(super) fn petrarch(text: &str) -> Said {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Said::Unusable;
    }
    let (year, rest) = match text.len() {
        6 => (if &text[..2] < "30" { format!("20{}", &text[..2]) } else { format!("19{}", &text[..2]) }, &text[2..]),
        8 => (text[..4].to_owned(), &text[4..]),
        _ => return Said::Unusable,
    };
    cut(&format!("{year}-{}-{}", &rest[..2], &rest[2..]), 11)
}

/// "2013-07-21" to the precision; months and days that are 00 or do not exist are not known.
fn cut(date: &str, precision: u64) -> Said {
    let mut parts = date.split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().filter(|_| precision >= 10).and_then(two_digits);
    let day = parts.next().filter(|_| precision >= 11).and_then(two_digits);
    if year.len() != 4 || year == "0000" {
        return Said::Unusable;
    }
    let mut text = year.to_owned();
    let mut said = Day::parse(&text);
    for part in [month, day] {
        let Some(part) = part else { break };
        text.push('-');
        text.push_str(part);
        match Day::parse(&text) {
            Some(better) => said = Some(better),
            None => break,
        }
    }
    said.map_or(Said::Unusable, Said::Day)
}

fn two_digits(part: &str) -> Option<&str> {
    (part.len() == 2 && part != "00").then_some(part)
}

/// Whether two days may be the same: one is a less exact account of the other.
pub(super) fn agree(a: &str, b: &str) -> bool {
    a.is_empty() || b.is_empty() || a.starts_with(b) || b.starts_with(a)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(said: Said) -> String {
        match said {
            Said::Day(day) => day.to_string(),
            Said::Unusable => "unusable".into(),
            Said::Vague => "vague".into(),
        }
    }

    #[test]
    fn wikidata_times_keep_their_precision() {
        for (time, precision, expected) in [
            ("+2013-07-21T00:00:00Z", 11, "2013-07-21"),
            ("+2013-07-21T00:00:00Z", 10, "2013-07"),
            ("+2013-07-21T00:00:00Z", 9, "2013"),
            ("+2013-00-00T00:00:00Z", 9, "2013"),
            ("+2013-00-00T00:00:00Z", 11, "2013"),
            ("+2014-02-30T00:00:00Z", 11, "2014-02"),
            ("+2010-00-00T00:00:00Z", 8, "vague"),
            ("-0044-03-15T00:00:00Z", 11, "unusable"),
            ("+0000-00-00T00:00:00Z", 9, "unusable"),
            ("+12013-07-21T00:00:00Z", 11, "unusable"),
            ("+", 11, "unusable"),
            ("", 11, "unusable"),
            ("+20é3-07-21T", 11, "unusable"),
        ] {
            assert_eq!(shown(wikidata(time, precision)), expected, "{time} {precision}");
        }
    }

    #[test]
    fn a_first_of_january_may_be_a_bare_year() {
        for (text, precision, expected) in [
            ("2022-05-10T00:00:00Z", None, "2022-05-10"),
            ("2022-01-01T00:00:00Z", None, "2022"),
            ("2022-01-01T00:00:00Z", Some(11), "2022-01-01"),
            ("2022-05-10T00:00:00Z", Some(9), "2022"),
            ("2022-01-01", None, "2022-01-01"),
            ("2022", None, "2022"),
            ("-0044-03-15T00:00:00Z", None, "unusable"),
            ("t28405", None, "unusable"),
        ] {
            assert_eq!(shown(sparql(text, precision)), expected, "{text}");
        }
    }

    #[test]
    fn petrarch_writes_years_with_two_or_four_digits() {
        for (text, expected) in [
            ("780430", "1978-04-30"),
            ("010911", "2001-09-11"),
            ("20010911", "2001-09-11"),
            ("19270100", "1927-01"),
            ("2004017", "unusable"),
            ("99123é", "unusable"),
            ("", "unusable"),
        ] {
            assert_eq!(shown(petrarch(text)), expected, "{text}");
        }
    }
}
