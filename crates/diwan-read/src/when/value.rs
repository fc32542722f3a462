//! The value of a date: with an anchor, near a certain day, or alone.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Stated;
use super::words::{Unit, Way};

/// Dates without a year near a day that the text is certain of.
pub(super) fn in_year(stated: Stated, near: Date) -> Option<String> {
    match stated {
        Stated::Day { year: None, month, day, about } => {
            let date = Date::new(near.year(), month, day).ok()?;
            let apart = date.since(near).ok()?.get_days().abs();
            (apart < 150 && date.year() == near.year()).then(|| day_text(date, about))
        }
        Stated::Month { year: None, month, way } => {
            let apart = i32::from(month) - i32::from(near.month());
            let fits = match way {
                Way::Next => (1..=6).contains(&apart),
                Way::Near | Way::Last => (-6..=0).contains(&apart),
            };
            fits.then(|| format!("{:04}-{month:02}", near.year()))
        }
        other => alone(other),
    }
}

/// What needs no anchor.
pub(super) fn alone(stated: Stated) -> Option<String> {
    match stated {
        Stated::Day { year: Some(year), month, day, about } => {
            Some(day_text(Date::new(year, month, day).ok()?, about))
        }
        Stated::Month { year: Some(year), month, .. } => Some(format!("{year:04}-{month:02}")),
        Stated::Year(year) => Some(format!("{year:04}")),
        _ => None,
    }
}

fn day_text(date: Date, about: bool) -> String {
    if about { format!("~{date}") } else { date.to_string() }
}

pub(super) fn resolve(stated: Stated, anchor: Date, ahead: bool) -> Option<String> {
    match stated {
        Stated::Day { year: None, month, day, about } => {
            let date = nearest(anchor, month, day, ahead)?;
            Some(day_text(date, about))
        }
        Stated::Month { year: None, month, way } => Some(month_text(anchor, month, way, ahead)),
        Stated::Weekday(weekday, way) => {
            weekday_near(anchor, weekday, way, ahead).map(|day| day.to_string())
        }
        Stated::InWeek(weekday, weeks) => {
            let monday = i32::from(anchor.weekday().to_monday_zero_offset());
            let day = i32::from(weekday.to_monday_zero_offset()) - monday + 7 * weeks;
            Some(anchor.checked_add(day.days()).ok()?.to_string())
        }
        Stated::Days(days) => Some(anchor.checked_add(days.days()).ok()?.to_string()),
        Stated::Units(unit, count) => units(anchor, unit, count),
        Stated::Ago(unit, count) => match unit {
            Unit::Day => units(anchor, Unit::Day, -count),
            Unit::Week => Some(format!("~{}", anchor.checked_sub((count * 7).days()).ok()?)),
            Unit::Month | Unit::Year => units(anchor, unit, -count),
        },
        other => alone(other),
    }
}

/// The past one within nine months; the coming one where the words look ahead.
fn nearest(anchor: Date, month: i8, day: i8, ahead: bool) -> Option<Date> {
    let in_year = |year: i16| Date::new(year, month, day).ok();
    let days = |date: Date| date.since(anchor).map_or(0, |span| span.get_days());
    let limit = if ahead { 300 } else { 45 };
    [anchor.year() + 1, anchor.year(), anchor.year() - 1]
        .into_iter()
        .filter_map(in_year)
        .find(|date| days(*date) <= limit)
}

fn month_text(anchor: Date, month: i8, way: Way, ahead: bool) -> String {
    let past = month < anchor.month();
    let same = month == anchor.month();
    let year = match way {
        Way::Next => anchor.year() + i16::from(past || same),
        Way::Last => anchor.year() - i16::from(!past),
        Way::Near if same => anchor.year(),
        // A month of the coming half year; one that is half a year back is past.
        Way::Near if ahead && (!past || anchor.month() - month > 6) => {
            anchor.year() + i16::from(past)
        }
        Way::Near => anchor.year() - i16::from(!past),
    };
    format!("{year:04}-{month:02}")
}

pub(super) fn weekday_near(anchor: Date, weekday: Weekday, way: Way, ahead: bool) -> Option<Date> {
    let back = i32::from(anchor.weekday().since(weekday));
    let days = match way {
        Way::Last if back == 0 => -7,
        Way::Next => 7 - back,
        Way::Near if ahead && back != 0 => 7 - back,
        Way::Near | Way::Last => -back,
    };
    anchor.checked_add(days.days()).ok()
}

fn units(anchor: Date, unit: Unit, count: i32) -> Option<String> {
    Some(match unit {
        Unit::Day => anchor.checked_add(count.days()).ok()?.to_string(),
        Unit::Week => {
            let week = anchor.checked_add((count * 7).days()).ok()?.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Unit::Month => {
            let month = anchor.first_of_month().checked_add(count.months()).ok()?;
            format!("{:04}-{:02}", month.year(), month.month())
        }
        Unit::Year => format!("{:04}", i32::from(anchor.year()) + count),
    })
}
