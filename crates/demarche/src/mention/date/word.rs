//! The words that dates are made of.

use super::{Part, Shift, Unit};
use crate::mention::word::key;

/// What a word is in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// 1 for January; `sure` where the word is nothing else: "May", "March" are not.
    Month {
        month: i8,
        sure: bool,
    },
    /// 1 for Monday.
    Weekday(i8),
    /// Days from today.
    Today(i32),
    Shift(Shift),
    Part(Part),
    Unit(Unit),
    /// "two", "several" (0).
    Count(i32),
    /// "second" of "second quarter".
    Ordinal(i8),
    Half,
    Ago,
    Recent,
    Morning,
}

/// What a key is in a date.
pub(crate) fn of(word: u32) -> Option<Word> {
    macro_rules! table {
        ($($($form:literal)|+ => $value:expr),+ $(,)?) => {
            $( $( if word == const { key($form) } { return Some($value); } )+ )+
        };
    }
    use Word::*;
    table! {
        "january" | "jan." => Month { month: 1, sure: true },
        "february" | "feb." => Month { month: 2, sure: true },
        "march" | "mar." => Month { month: 3, sure: false },
        "april" | "apr." => Month { month: 4, sure: true },
        "may" => Month { month: 5, sure: false },
        "june" | "jun." => Month { month: 6, sure: true },
        "july" | "jul." => Month { month: 7, sure: true },
        "august" | "aug." => Month { month: 8, sure: true },
        "september" | "sept." | "sep." => Month { month: 9, sure: true },
        "october" | "oct." => Month { month: 10, sure: true },
        "november" | "nov." => Month { month: 11, sure: true },
        "december" | "dec." => Month { month: 12, sure: true },
        "monday" | "mon." => Weekday(1),
        "tuesday" | "tue." | "tues." => Weekday(2),
        "wednesday" | "wed." => Weekday(3),
        "thursday" | "thu." | "thurs." => Weekday(4),
        "friday" | "fri." => Weekday(5),
        "saturday" | "sat." => Weekday(6),
        "sunday" | "sun." => Weekday(7),
        "today" | "tonight" => Today(0),
        "yesterday" => Today(-1),
        "tomorrow" => Today(1),
        "last" | "past" | "previous" => Shift(self::Shift::Last),
        "this" | "current" => Shift(self::Shift::This),
        "next" | "coming" | "upcoming" => Shift(self::Shift::Next),
        "early" => Part(self::Part::Early),
        "mid" | "middle" => Part(self::Part::Middle),
        "late" => Part(self::Part::Late),
        "end" => Part(self::Part::End),
        "beginning" | "start" => Part(self::Part::Early),
        "earlier" => Part(self::Part::Before),
        "later" => Part(self::Part::After),
        "day" | "days" => Unit(self::Unit::Day),
        "week" | "weeks" => Unit(self::Unit::Week),
        "weekend" | "weekends" => Unit(self::Unit::Weekend),
        "month" | "months" => Unit(self::Unit::Month),
        "quarter" | "quarters" => Unit(self::Unit::Quarter),
        "year" | "years" => Unit(self::Unit::Year),
        "decade" | "decades" => Unit(self::Unit::Decade),
        "spring" => Unit(self::Unit::Season(0)),
        "summer" => Unit(self::Unit::Season(1)),
        "autumn" | "fall" => Unit(self::Unit::Season(2)),
        "winter" => Unit(self::Unit::Season(3)),
        "a" | "an" | "one" => Count(1),
        "two" => Count(2),
        "three" => Count(3),
        "four" => Count(4),
        "five" => Count(5),
        "six" => Count(6),
        "seven" => Count(7),
        "eight" => Count(8),
        "nine" => Count(9),
        "ten" => Count(10),
        "several" | "few" | "some" | "couple" => Count(0),
        "first" => Ordinal(1),
        "second" => Ordinal(2),
        "third" => Ordinal(3),
        "fourth" => Ordinal(4),
        "half" => Half,
        "ago" => Ago,
        "recent" => Recent,
        "morning" | "afternoon" | "evening" | "night" => Morning,
    }
    None
}
