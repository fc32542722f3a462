//! Figures with what they count.

use crate::tokens::{Gap, Shape};
use crate::{Language, MentionKind};

use super::spots::{Spot, Spots};

const PEOPLE: &[&str] = &[
    "people",
    "soldiers",
    "civilians",
    "individuals",
    "children",
    "women",
    "men",
    "members",
    "prisoners",
    "hostages",
    "trucks",
    "refugees",
    "troops",
    "persons",
    "fighters",
    "militants",
    "officers",
    "students",
    "workers",
    "families",
    "detainees",
    "migrants",
    "passengers",
    "bodies",
    "villages",
    "houses",
    "homes",
    "vehicles",
    "aircraft",
    "drones",
    "missiles",
    "rockets",
    "tanks",
    "ships",
    "boats",
    "sites",
    "airports",
    "tonnes",
    "tons",
    "kilograms",
    "kg",
    "kilometres",
    "kilometers",
    "km",
    "miles",
    "votes",
    "seats",
    "dollars",
    "euros",
    "megawatts",
    "barrels",
    "suspects",
    "policemen",
    "journalists",
    "protesters",
    "patients",
    "deaths",
    "cases",
    "gunmen",
    "residents",
];
const ARABIC: &[&str] = &[
    "شخص",
    "شخصا",
    "اشخاص",
    "قتيل",
    "قتيلا",
    "قتلي",
    "جريح",
    "جريحا",
    "جرحي",
    "اسير",
    "اسيرا",
    "رهينه",
    "رهاين",
    "رهينات",
    "شاحنه",
    "شاحنات",
    "لاجي",
    "لاجيا",
    "نازح",
    "جندي",
    "جنديا",
    "جنود",
    "مدني",
    "مدنيا",
    "طن",
    "طنا",
    "صوتا",
    "صوت",
    "الف",
    "مليون",
    "طايره",
    "صاروخا",
    "اطفال",
    "دولار",
];
const TURKISH: &[&str] = &[
    "kisi",
    "kisinin",
    "kisiyi",
    "asker",
    "askerin",
    "sivil",
    "cocuk",
    "kadin",
    "esir",
    "esiri",
    "tir",
    "ton",
    "kilogram",
    "kilo",
    "ucagin",
    "ucak",
    "multeci",
    "siginmaci",
    "terorist",
    "polis",
    "arac",
    "kilometre",
    "dolar",
    "lira",
    "milyar",
    "milyon",
];
const QUALIFIERS: [&[&str]; 14] = [
    &["more", "than"],
    &["less", "than"],
    &["fewer", "than"],
    &["at", "least"],
    &["at", "most"],
    &["up", "to"],
    &["over"],
    &["nearly"],
    &["almost"],
    &["about"],
    &["around"],
    &["some"],
    &["اكثر", "من"],
    &["approximately"],
];

pub(super) fn find(spots: &mut Spots<'_>) {
    let mut at = 0;
    while at < spots.tokens.len() {
        match quantity_at(spots, at) {
            Some((start, end, value)) => {
                let kept = spots.all.iter().all(|spot| {
                    spot.kind == MentionKind::Country
                        || spot.tokens.end <= start
                        || spot.tokens.start >= end
                        || spot.rule.is_empty()
                });
                if kept {
                    let span = spots.span_of(&(start..end));
                    let mut spot =
                        Spot::new(start..end, MentionKind::Quantity, "figure with its unit");
                    spot.value = Some(value);
                    spot.span = span;
                    // It speaks for no words: a demonym inside stays its own.
                    spots.all.push(spot);
                }
                at = end;
            }
            None => at += 1,
        }
    }
}

fn quantity_at(spots: &Spots<'_>, at: usize) -> Option<(usize, usize, String)> {
    let language = spots.page.language;
    if let Some(scale) = scale_many(spots, at) {
        return Some((at, at + 3, format!(">{scale}")));
    }
    let (mut end, mut value) = number(spots, at)?;
    if spots.gap(at) == Gap::Hyphen || !spots.are_free(at..end) {
        return None;
    }
    while let Some(scale) = scale(spots.fold(end)).filter(|_| spots.gap(end) == Gap::Space) {
        value *= scale;
        end += 1;
    }
    let units: &[&str] = match language {
        Language::Arabic => ARABIC,
        Language::Turkish => TURKISH,
        _ => PEOPLE,
    };
    let within = if language == Language::English { 4 } else { 2 };
    let unit = (end..end + within).find(|at| units.contains(&spots.fold(*at)))?;
    let joined = (end..=unit).all(|at| matches!(spots.gap(at), Gap::Space | Gap::Hyphen));
    let free = (end..=unit).all(|at| {
        spots.is_free(at) || spots.at(at).is_some_and(|spot| spot.kind == MentionKind::Country)
    });
    let the = matches!(spots.before(at), "the" | "these" | "those");
    if !joined || !free || the && value < 10.0 {
        return None;
    }
    let start = qualifier(spots, at);
    Some((start, unit + 1, format!("{value} {}", spots.fold(unit))))
}

/// "tens of thousands"
fn scale_many(spots: &Spots<'_>, at: usize) -> Option<f64> {
    let times = match spots.fold(at) {
        "tens" => 10.0,
        "hundreds" => 100.0,
        _ => return None,
    };
    let unit = match spots.fold(at + 2) {
        "thousands" => 1e3,
        "millions" => 1e6,
        _ => return None,
    };
    (spots.fold(at + 1) == "of").then_some(times * unit)
}

fn number(spots: &Spots<'_>, at: usize) -> Option<(usize, f64)> {
    let token = spots.tokens.get(at)?;
    if token.shape == Shape::Number {
        let digits: String = spots
            .page
            .at(token.span)
            .chars()
            .filter(|letter| !matches!(letter, ',' | '٬'))
            .collect();
        return digits.parse().ok().map(|value| (at + 1, value));
    }
    const WORDS: [(&str, f64); 34] = [
        ("two", 2.0),
        ("three", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("eleven", 11.0),
        ("twelve", 12.0),
        ("thirteen", 13.0),
        ("twenty", 20.0),
        ("thirty", 30.0),
        ("fifty", 50.0),
        ("iki", 2.0),
        ("uc", 3.0),
        ("dort", 4.0),
        ("bes", 5.0),
        ("alti", 6.0),
        ("yedi", 7.0),
        ("sekiz", 8.0),
        ("on", 10.0),
        ("ثلاثه", 3.0),
        ("ثلاث", 3.0),
        ("اربعه", 4.0),
        ("اربع", 4.0),
        ("خمسه", 5.0),
        ("خمس", 5.0),
        ("سته", 6.0),
        ("سبعه", 7.0),
        ("ثمانيه", 8.0),
        ("تسعه", 9.0),
        ("عشره", 10.0),
    ];
    let english = spots.page.language == Language::English;
    WORDS
        .iter()
        .find(|(word, _)| *word == token.fold && (!english || *word != "on"))
        .map(|(_, value)| (at + 1, *value))
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" | "yuz" => 100.0,
        "thousand" | "bin" | "الف" | "الاف" => 1e3,
        "million" | "milyon" | "مليون" | "ملايين" => 1e6,
        "billion" | "milyar" | "مليار" | "مليارات" => 1e9,
        _ => return None,
    })
}

/// Where "more than", "at least" before the figure begin.
fn qualifier(spots: &Spots<'_>, at: usize) -> usize {
    QUALIFIERS
        .iter()
        .filter(|words| at >= words.len())
        .find(|words| {
            let start = at - words.len();
            words.iter().enumerate().all(|(nth, word)| spots.fold(start + nth) == *word)
                && (start + 1..=at).all(|at| spots.gap(at) == Gap::Space)
        })
        .map_or(at, |words| at - words.len())
}
