//! Figures with what they count.

use std::sync::LazyLock;

use crate::fold::fold;
use crate::numbers::figures;
use crate::tokens::{Gap, Shape};
use crate::words::{Table, is_one};
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
const QUALIFIERS: &[&[&str]] = &[
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
    &["ما", "لا", "يقل", "عن"],
    &["حوالي"],
    &["نحو"],
    &["قرابه"],
    &["yaklasik"],
    &["en", "az"],
    &["roughly"],
    &["as", "many", "as"],
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
    // "40 binden fazla": more than forty thousand.
    if is_one!(spots.fold(end), "binden|milyondan|yuzden|den|dan|ten|tan")
        && spots.fold(end + 1) == "fazla"
    {
        value *= match spots.fold(end) {
            "binden" => 1e3,
            "milyondan" => 1e6,
            "yuzden" => 100.0,
            _ => 1.0,
        };
        end += 2;
    }
    while let Some(scale) = scale(spots.fold(end)).filter(|_| spots.gap(end) == Gap::Space) {
        value *= scale;
        end += 1;
    }
    let the = is_one!(spots.before(at), "the|these|those|these|first|last");
    let small = value < 10.0 && spots.tokens[at].shape != Shape::Number;
    let stop = counted(spots, end, small);
    let start = qualifier(spots, at);
    let bare = stop.is_none()
        && start < at
        && language == Language::English
        && is_one!(
            spots.after(end),
            "were|was|had|have|others|dead|wounded|killed|injured|missing|more",
        );
    match stop {
        Some((stop, unit)) if !(the && value < 10.0) => {
            Some((start, stop, format!("{value} {unit}")))
        }
        None if bare => Some((start, end, value.to_string())),
        _ => None,
    }
}

/// Words of time and order, whose figures are dates, ages and shares of the day.
const NOT_COUNTED: &str = "day|days|week|weeks|month|months|year|years|hour|hours|minutes|minute|\
    seconds|times|am|pm|gmt|percentage|points|others|this|is|was|has|as|its|his|us|years|decades|\
    gun|gunluk|gundur|yil|yildir|ay|saat|dakika|yasindaki|yasinda|hafta|gunde|yillik|aylik|kez|\
    يوم|يوما|ايام|شهر|اشهر|شهرا|سنه|سنوات|عاما|عام|ساعه|ساعات|دقيقه|دقايق|اسبوع|اسابيع|مره|مرات|في|من|علي|الي|ان|عن|مساء|صباحا|بتوقيت";

/// Where what is counted ends, and its name.
fn counted<'a>(spots: &Spots<'a>, end: usize, small: bool) -> Option<(usize, &'a str)> {
    let language = spots.page.language;
    let known: &[&str] = match language {
        Language::Arabic => ARABIC,
        Language::Turkish => TURKISH,
        _ => PEOPLE,
    };
    let fits = |at: usize| {
        let joined = matches!(spots.gap(at), Gap::Space | Gap::Hyphen);
        let demonym = spots.at(at).is_some_and(|spot| spot.demonym);
        joined && (spots.is_free(at) || demonym) && !is_one!(spots.fold(at), NOT_COUNTED)
    };
    let within = if language == Language::English { 4 } else { 2 };
    for at in end..end + within {
        if !fits(at) {
            return None;
        }
        let word = spots.fold(at);
        let token = &spots.tokens[at];
        let plural = language == Language::English
            && token.shape == Shape::Lower
            && word.len() > 4
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("ous");
        let other = match language {
            Language::English => plural,
            Language::Turkish => token.shape == Shape::Lower && at == end && word.len() > 2,
            _ => {
                at == end
                    && word.chars().count() > 2
                    && !word.starts_with("ال")
                    && !word.starts_with('و')
            }
        };
        let people = spots.at(at).is_some_and(|spot| spot.demonym)
            && word.ends_with('s')
            && language == Language::English;
        if known.contains(&word) || (other || people) && !small {
            // Arabic says whose behind what is counted.
            let whose = language == Language::Arabic
                && spots.gap(at + 1) == Gap::Space
                && spots.at(at + 1).is_some_and(|spot| spot.demonym && spot.tokens.len() == 1)
                && !spots.fold(at + 1).starts_with("ال");
            return Some((at + 1 + usize::from(whose), word));
        }
        let link = is_one!(
            word,
            "of|in|on|to|the|and|or|for|from|at|by|with|a|an|were|was|had|have|said|who|that",
        );
        if link
            || !(matches!(token.shape, Shape::Lower | Shape::Title)
                || spots.at(at).is_some_and(|spot| spot.demonym))
        {
            return None;
        }
    }
    None
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
    let value = *words(spots.page.language).get(token.fold.as_str())?;
    Some((at + 1, value))
}

/// Words for figures of more than one, as tokens are folded.
fn words(language: Language) -> &'static Table<String, f64> {
    static WORDS: [LazyLock<Table<String, f64>>; 3] = [
        LazyLock::new(|| folded(Language::English)),
        LazyLock::new(|| folded(Language::Arabic)),
        LazyLock::new(|| folded(Language::Turkish)),
    ];
    match language {
        Language::Arabic => &WORDS[1],
        Language::Turkish => &WORDS[2],
        _ => &WORDS[0],
    }
}

fn folded(language: Language) -> Table<String, f64> {
    let several = figures(language).iter().filter(|(_, value)| *value > 1.0);
    several.map(|(word, value)| (fold(word), *value)).collect()
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
