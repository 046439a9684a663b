//! [`Expression`]s → days, counted from the day of publication.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{Direction, Expression, MonthDay, Part, Shift, Unit};
use crate::mention::{Precision, When};

/// What an expression means; `None` when it needs a day of publication and there is none, or is counted from another event.
pub(crate) fn when(expression: Expression, published: Option<Date>, direction: Direction) -> Option<When> {
    match expression {
        Expression::Days { from, to, year } => days(from, to, year, published, direction),
        Expression::DayOfMonth(day) => day_of_month(day, published?, direction),
        Expression::Month { month, year, part, shift } => {
            let year = match year {
                Some(year) => year,
                None => year_of_month(month, shift, published?, direction),
            };
            let first = Date::new(year, month, 1).ok()?;
            Some(part_of(first, first.last_of_month(), part, published, Precision::Month))
        }
        Expression::Year { year, part } => {
            let (first, last) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
            Some(part_of(first, last, part, published, Precision::Year))
        }
        Expression::Years(from, to) => {
            let (start, end) = (Date::new(from, 1, 1).ok()?, Date::new(to.max(from), 12, 31).ok()?);
            Some(When { start, end, precision: Precision::Year })
        }
        Expression::Decade(first) => {
            let (start, end) = (Date::new(first, 1, 1).ok()?, Date::new(first + 9, 12, 31).ok()?);
            Some(When { start, end, precision: Precision::Vague })
        }
        Expression::Weekday { day, shift } => weekday(day, shift, published?, direction),
        Expression::Today(days) => {
            let day = published?.checked_add(days.days()).ok()?;
            Some(one_day(day))
        }
        Expression::Unit { unit, shift, part } => unit_near(unit, shift, part, published?, direction),
        Expression::Ago { count, unit } => ago(count, unit, published?),
        Expression::Quarter { quarter, year, shift } => {
            let year = year.or_else(|| published.map(|d| shifted_year(d, shift)))?;
            let start = Date::new(year, quarter * 3 - 2, 1).ok()?;
            let end = Date::new(year, quarter * 3, 1).ok()?.last_of_month();
            Some(When { start, end, precision: Precision::Quarter })
        }
        Expression::Half { half, year, shift } => {
            let year = year.or_else(|| published.map(|d| shifted_year(d, shift)))?;
            let start = Date::new(year, half * 6 - 5, 1).ok()?;
            let end = Date::new(year, half * 6, 1).ok()?.last_of_month();
            Some(When { start, end, precision: Precision::Quarter })
        }
        Expression::Recent(unit) => {
            let end = published?;
            let start = match unit {
                Unit::Day => end.checked_sub(7.days()),
                Unit::Week | Unit::Weekend => end.checked_sub(2.months()),
                Unit::Month | Unit::Season(_) | Unit::Quarter => end.checked_sub(12.months()),
                Unit::Year | Unit::Decade => end.checked_sub(10.years()),
            };
            Some(When { start: start.ok()?, end, precision: Precision::Vague })
        }
        Expression::Open => None,
    }
}

fn one_day(day: Date) -> When {
    When { start: day, end: day, precision: Precision::Day }
}

fn days(from: MonthDay, to: MonthDay, year: Option<i16>, published: Option<Date>, direction: Direction) -> Option<When> {
    let year = match year {
        Some(year) => year,
        None => nearest_year(from, published?, direction)?,
    };
    let start = Date::new(year, from.month, from.day).ok()?;
    let end_year = if to.month < from.month { year + 1 } else { year };
    let end = Date::new(end_year, to.month, to.day).ok()?;
    (start <= end).then_some(When { start, end, precision: Precision::Day })
}

/// The year in which a day is nearest to the day of publication, on the side that the verb looks to.
fn nearest_year(day: MonthDay, published: Date, direction: Direction) -> Option<i16> {
    let year = published.year();
    let dates = [year - 1, year, year + 1].map(|y| Date::new(y, day.month, day.day).ok());
    let fits = |date: &&Date| match direction {
        Direction::Past => **date <= published,
        Direction::Future => **date >= published,
        Direction::Present | Direction::Unknown => true,
    };
    let told = dates.iter().flatten().filter(fits).min_by_key(|date| distance(**date, published))?;
    let nearest = dates.iter().flatten().min_by_key(|date| distance(**date, published))?;
    // "said on Monday that the summit of 20 January": a year away is too far when the day is next week.
    let told = if distance(*told, published) > 250 && distance(*nearest, published) < 50 { nearest } else { told };
    Some(told.year())
}

fn distance(a: Date, b: Date) -> i32 {
    a.since(b).map_or(i32::MAX, |span| span.get_days().abs())
}

fn day_of_month(day: i8, published: Date, direction: Direction) -> Option<When> {
    let months = [-1, 0, 1].map(|shift: i32| {
        let first = published.first_of_month().checked_add(shift.months()).ok()?;
        Date::new(first.year(), first.month(), day).ok()
    });
    let fits = |date: &&Date| match direction {
        Direction::Past => **date <= published,
        Direction::Future => **date >= published,
        Direction::Present | Direction::Unknown => true,
    };
    months.iter().flatten().filter(fits).min_by_key(|date| distance(**date, published)).map(|date| one_day(*date))
}

fn year_of_month(month: i8, shift: Shift, published: Date, direction: Direction) -> i16 {
    let (year, now) = (published.year(), published.month());
    match (shift, direction) {
        (Shift::This, _) => year,
        (Shift::Last, _) => year - i16::from(month >= now),
        (Shift::Next, _) => year + i16::from(month <= now),
        (Shift::None, Direction::Past) => year - i16::from(month > now),
        (Shift::None, Direction::Future) => year + i16::from(month < now),
        // Nothing tells: the nearer one.
        (Shift::None, Direction::Present | Direction::Unknown) => match month - now {
            6.. => year - 1,
            ..=-7 => year + 1,
            _ => year,
        },
    }
}

fn shifted_year(published: Date, shift: Shift) -> i16 {
    published.year() + offset(shift) as i16
}

fn offset(shift: Shift) -> i32 {
    match shift {
        Shift::Last => -1,
        Shift::This | Shift::None => 0,
        Shift::Next => 1,
    }
}

fn weekday(day: i8, shift: Shift, published: Date, direction: Direction) -> Option<When> {
    let wanted = Weekday::from_monday_one_offset(day).ok()?;
    let back = i32::from(published.weekday().since(wanted));
    let ahead = i32::from(published.weekday().until(wanted));
    let days = match (shift, direction) {
        (Shift::Last, _) => -(if back == 0 { 7 } else { back }),
        (Shift::Next, _) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        (Shift::This, _) => i32::from(day) - i32::from(published.weekday().to_monday_one_offset()),
        (Shift::None, Direction::Future | Direction::Present) => ahead,
        (Shift::None, Direction::Past) => -back,
        (Shift::None, Direction::Unknown) => {
            if back <= 3 {
                -back
            } else {
                ahead
            }
        }
    };
    published.checked_add(days.days()).ok().map(one_day)
}

fn unit_near(unit: Unit, shift: Shift, part: Part, published: Date, direction: Direction) -> Option<When> {
    let by = offset(shift);
    let monday = published.checked_sub(i32::from(published.weekday().to_monday_zero_offset()).days()).ok()?;
    let (first, last, precision) = match unit {
        Unit::Day => return Some(one_day(published.checked_add(by.days()).ok()?)),
        Unit::Week => {
            let first = monday.checked_add((7 * by).days()).ok()?;
            (first, first.checked_add(6.days()).ok()?, Precision::Week)
        }
        Unit::Weekend => {
            let saturday = monday.checked_add((5 + 7 * by).days()).ok()?;
            (saturday, saturday.checked_add(1.days()).ok()?, Precision::Week)
        }
        Unit::Month => {
            let first = published.first_of_month().checked_add(by.months()).ok()?;
            (first, first.last_of_month(), Precision::Month)
        }
        Unit::Quarter => {
            let month = (published.month() - 1) / 3 * 3 + 1;
            let first = Date::new(published.year(), month, 1).ok()?.checked_add((3 * by).months()).ok()?;
            (first, first.checked_add(2.months()).ok()?.last_of_month(), Precision::Quarter)
        }
        Unit::Year => {
            let year = published.year() + by as i16;
            (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?, Precision::Year)
        }
        Unit::Decade => {
            let year = published.year() / 10 * 10 + 10 * by as i16;
            (Date::new(year, 1, 1).ok()?, Date::new(year + 9, 12, 31).ok()?, Precision::Vague)
        }
        Unit::Season(season) => {
            let month = 3 + 3 * season;
            let mut year = published.year();
            let over = published.month() > month + 2;
            match shift {
                Shift::Last if published.month() <= month + 2 => year -= 1,
                Shift::Next if over || published.month() >= month => year += 1,
                Shift::None if over && direction == Direction::Future => year += 1,
                _ => {}
            }
            let first = Date::new(year, month, 1).ok()?;
            (first, first.checked_add(2.months()).ok()?.last_of_month(), Precision::Quarter)
        }
    };
    Some(part_of(first, last, part, Some(published), precision))
}

fn ago(count: i32, unit: Unit, published: Date) -> Option<When> {
    let (day, precision) = match unit {
        Unit::Day => (published.checked_add(count.days()), Precision::Day),
        Unit::Week | Unit::Weekend => (published.checked_add((7 * count).days()), Precision::Week),
        Unit::Month => (published.checked_add(count.months()), Precision::Month),
        Unit::Quarter | Unit::Season(_) => (published.checked_add((3 * count).months()), Precision::Quarter),
        Unit::Year => (published.checked_add(count.years()), Precision::Year),
        Unit::Decade => (published.checked_add((10 * count).years()), Precision::Vague),
    };
    let day = day.ok()?;
    Some(match precision {
        Precision::Day => one_day(day),
        Precision::Month => When { start: day.first_of_month(), end: day.last_of_month(), precision },
        Precision::Year | Precision::Vague => {
            When { start: Date::new(day.year(), 1, 1).ok()?, end: Date::new(day.year(), 12, 31).ok()?, precision }
        }
        _ => unit_near(Unit::Week, Shift::This, Part::Whole, day, Direction::Unknown)?,
    })
}

/// The early, middle, late or last part of a stretch of time, or what of it lies before or after the day of publication.
fn part_of(first: Date, last: Date, part: Part, published: Option<Date>, precision: Precision) -> When {
    if precision == Precision::Year {
        let third = |from: i8, to: i8| {
            let month = |m| Date::new(first.year(), m, 1).unwrap_or(first);
            When { start: month(from), end: month(to).last_of_month(), precision: Precision::Quarter }
        };
        match part {
            Part::Early => return third(1, 4),
            Part::Middle => return third(5, 8),
            Part::Late => return third(9, 12),
            _ => {}
        }
    }
    let days = first.until(last).map_or(0, |span| span.get_days()) + 1;
    let at = |day: i32| first.checked_add(day.days()).unwrap_or(last).min(last);
    let finer = match precision {
        Precision::Year => Precision::Quarter,
        other => other,
    };
    let (start, end, precision) = match part {
        Part::Whole => (first, last, precision),
        Part::Early => (first, at(days / 3 - 1), finer),
        Part::Middle => (at(days / 3), at(2 * days / 3 - 1), finer),
        Part::Late => (at(2 * days / 3), last, finer),
        Part::End if precision == Precision::Year => (last.first_of_month(), last, Precision::Month),
        Part::End => (at(days - days / 4), last, finer),
        Part::Before => (first, published.unwrap_or(last).clamp(first, last), precision),
        Part::After => (published.map_or(first, |day| day.saturating_add(1.day())).clamp(first, last), last, precision),
    };
    When { start, end: end.max(start), precision }
}
