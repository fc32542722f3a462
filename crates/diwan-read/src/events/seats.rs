//! Seats of government that stand for their state: "Kinshasa and the rebels agreed".

use std::sync::LazyLock;

use crate::reading::Language;
use crate::words::{Table, fold};

/// The state a seat of government stands for, `c:COD` of "kinshasa"; its form is folded.
pub(crate) fn state(form: &str) -> Option<&'static str> {
    static SEATS: LazyLock<Table<String, String>> = LazyLock::new(|| {
        include_str!("../lexicon/capitals.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| {
                let (code, names) = line.split_once('\t').unwrap_or_default();
                let languages = [Language::English, Language::Arabic, Language::Turkish];
                names.split('\t').zip(languages).flat_map(move |(names, language)| {
                    names.split('|').map(move |name| (fold(name, language), format!("c:{code}")))
                })
            })
            .collect()
    });
    SEATS.get(form).map(String::as_str)
}
