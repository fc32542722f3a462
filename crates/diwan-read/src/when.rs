//! When: dates in the text, resolved against an explicit anchor or left open with bounds.

use crate::{Page, Published};

/// The publication date of a page: the publisher's word, else what its own text makes certain.
pub(crate) fn published(_page: &Page, given: Option<&str>) -> Published {
    let date = given.and_then(|day| day.get(..10)?.parse::<jiff::civil::Date>().ok());
    match date {
        Some(date) => Published {
            date: Some(date.to_string()),
            lower: Some(date.to_string()),
            upper: Some(date.to_string()),
            rule: "metadata",
        },
        None => Published { rule: "open", ..Published::default() },
    }
}
