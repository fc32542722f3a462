//! Days as numbers, from ISO 8601 text of any precision.

/// Days since 1 January 1970 of a date; of a month or year its first day, of a week its Monday.
pub(crate) fn day_number(date: &str) -> Option<i64> {
    let date = date.trim_start_matches('~');
    let year: i64 = date.get(..4)?.parse().ok()?;
    let rest = date.get(5..).unwrap_or_default();
    if let Some(week) = rest.strip_prefix('W') {
        let week: i64 = week.get(..2)?.parse().ok()?;
        // Monday of the week that holds 4 January.
        let fourth = days(year, 1, 4);
        let monday = fourth - (fourth + 3).rem_euclid(7);
        return Some(monday + 7 * (week - 1));
    }
    let month: i64 = if rest.is_empty() { 1 } else { rest.get(..2)?.parse().ok()? };
    let day: i64 = rest.get(3..5).map_or(Ok(1), str::parse).ok()?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| days(year, month, day))
}

/// The civil calendar without a table, after Howard Hinnant's well-known derivation.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let shifted = (month + 9) % 12;
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The day so many days or weeks after a day; so many months or years after it, that month or year.
pub(crate) fn later(date: &str, (count, unit): (u32, char)) -> Option<String> {
    let day: jiff::civil::Date = date.get(..10)?.parse().ok()?;
    let count = i64::from(count.min(1_000));
    let (span, precision) = match unit {
        'D' => (jiff::Span::new().days(count), 10),
        'W' => (jiff::Span::new().weeks(count), 10),
        'M' => (jiff::Span::new().months(count), 7),
        _ => (jiff::Span::new().years(count), 4),
    };
    day.checked_add(span).ok()?.to_string().get(..precision).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{day_number, later};

    #[test]
    fn a_span_leads_to_a_day_or_month() {
        assert_eq!(later("2025-06-27", (90, 'D')).as_deref(), Some("2025-09-25"));
        assert_eq!(later("2025-06-27", (2, 'W')).as_deref(), Some("2025-07-11"));
        assert_eq!(later("2025-10-31", (4, 'M')).as_deref(), Some("2026-02"));
        assert_eq!(later("2025-10", (4, 'M')), None);
    }

    #[test]
    fn days_months_and_weeks_are_told() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2025-03-09"), Some(20156));
        assert_eq!(day_number("~2025-03"), Some(20148));
        assert_eq!(day_number("2025-W10"), Some(20150));
        assert_eq!(day_number("2025"), Some(20089));
        assert_eq!(day_number("March"), None);
        assert_eq!(day_number("2025-13-01"), None);
    }
}
