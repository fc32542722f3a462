//! Number words of the three languages.

use std::sync::LazyLock;

use crate::reading::{Language, Qualifier};
use crate::words::{List, Rare, Word};

/// A figure: words `first..end` of a row.
#[derive(Clone, Debug)]
pub(super) struct Count {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) value: f64,
    /// "dozens", "tens of thousands": a lower bound in words.
    pub(super) vague: bool,
    pub(super) digits: bool,
    /// Digits without separator or scale, as years are written.
    pub(super) plain: bool,
    pub(super) rule: &'static str,
}

const ENGLISH: [(&str, f64); 30] = [
    ("one", 1.0),
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
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("both", 0.0),
    ("dozen", 12.0),
    ("half", 0.0),
];
const ARABIC: [(&str, f64); 34] = [
    ("واحد", 1.0),
    ("اثنين", 2.0),
    ("اثنان", 2.0),
    ("ثلاثه", 3.0),
    ("ثلاث", 3.0),
    ("اربعه", 4.0),
    ("اربع", 4.0),
    ("خمسه", 5.0),
    ("خمس", 5.0),
    ("سته", 6.0),
    ("ست", 6.0),
    ("سبعه", 7.0),
    ("سبع", 7.0),
    ("ثمانيه", 8.0),
    ("ثماني", 8.0),
    ("تسعه", 9.0),
    ("تسع", 9.0),
    ("عشره", 10.0),
    ("عشر", 10.0),
    ("عشرين", 20.0),
    ("عشرون", 20.0),
    ("ثلاثين", 30.0),
    ("ثلاثون", 30.0),
    ("اربعين", 40.0),
    ("اربعون", 40.0),
    ("خمسين", 50.0),
    ("خمسون", 50.0),
    ("ستين", 60.0),
    ("سبعين", 70.0),
    ("ثمانين", 80.0),
    ("تسعين", 90.0),
    ("مئتي", 200.0),
    ("مئتين", 200.0),
    ("الفين", 2000.0),
];
const TURKISH: [(&str, f64); 18] = [
    ("bir", 1.0),
    ("iki", 2.0),
    ("üç", 3.0),
    ("dört", 4.0),
    ("beş", 5.0),
    ("altı", 6.0),
    ("yedi", 7.0),
    ("sekiz", 8.0),
    ("dokuz", 9.0),
    ("on", 10.0),
    ("yirmi", 20.0),
    ("otuz", 30.0),
    ("kırk", 40.0),
    ("elli", 50.0),
    ("altmış", 60.0),
    ("yetmiş", 70.0),
    ("seksen", 80.0),
    ("doksan", 90.0),
];
const SCALES: [(&str, f64); 26] = [
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("bn", 1e9),
    ("dozen", 12.0),
    ("m", 1e6),
    ("مئه", 1e2),
    ("مائه", 1e2),
    ("الف", 1e3),
    ("الاف", 1e3),
    ("الفا", 1e3),
    ("مليون", 1e6),
    ("ملايين", 1e6),
    ("مليونا", 1e6),
    ("مليار", 1e9),
    ("مليارات", 1e9),
    ("تريليون", 1e12),
    ("yüz", 1e2),
    ("bin", 1e3),
    ("milyon", 1e6),
    ("milyar", 1e9),
    ("trilyon", 1e12),
    ("mn", 1e6),
    ("düzine", 12.0),
];
/// Words that are a figure on their own, with the least they can mean.
const VAGUE: [(&str, f64); 21] = [
    ("dozens", 12.0),
    ("scores", 20.0),
    ("hundreds", 1e2),
    ("thousands", 1e3),
    ("millions", 1e6),
    ("tens", 10.0),
    ("billions", 1e9),
    ("عشرات", 10.0),
    ("مئات", 1e2),
    ("مايات", 1e2),
    ("الاف", 1e3),
    ("ملايين", 1e6),
    ("العشرات", 10.0),
    ("المئات", 1e2),
    ("الالاف", 1e3),
    ("مليارات", 1e9),
    ("onlarca", 10.0),
    ("yüzlerce", 1e2),
    ("binlerce", 1e3),
    ("milyonlarca", 1e6),
    ("düzinelerce", 12.0),
];

fn look(table: &[(&str, f64)], form: &str) -> Option<f64> {
    table.iter().find(|(word, _)| *word == form).map(|(_, value)| *value)
}

/// The words for figures up to a hundred.
pub(crate) const fn figures(language: Language) -> &'static [(&'static str, f64)] {
    match language {
        Language::Arabic => &ARABIC,
        Language::Turkish => &TURKISH,
        _ => &ENGLISH,
    }
}

/// Whether a figure can begin with a word: nearly no word passes, so nearly no word costs more.
pub(super) fn may_count(form: &str, language: Language) -> bool {
    static STARTS: [LazyLock<Rare<()>>; 3] = [
        LazyLock::new(|| starts(Language::English)),
        LazyLock::new(|| starts(Language::Arabic)),
        LazyLock::new(|| starts(Language::Turkish)),
    ];
    let starts = match language {
        Language::Arabic => &STARTS[1],
        Language::Turkish => &STARTS[2],
        _ => &STARTS[0],
    };
    let tens = || form.split_once('-').map_or(form, |(tens, _)| tens);
    form.starts_with(char::is_numeric) || starts.may(form) && starts.get(tens()).is_some()
}

/// The words with which a figure can begin.
fn starts(language: Language) -> Rare<()> {
    let large = ["مئه", "مائه", "الف", "مليون", "yüz", "bin", "biner", "binden"];
    // "on binlerce" is vague.
    let tables = figures(language).iter().chain(&VAGUE).map(|(word, _)| *word);
    tables.chain(large).chain(["on"]).map(|word| (word, ())).collect()
}

/// The figure that begins at a word.
pub(super) fn count(row: &[Word], first: usize, language: Language) -> Option<Count> {
    let form = row[first].form.as_str();
    if !may_count(form, language) {
        return None;
    }
    if let Some(found) = vague(row, first) {
        return Some(found);
    }
    let in_digits = form.starts_with(char::is_numeric);
    let mut value = if in_digits { digits(form, language)? } else { word(form, language)? };
    if value == 0.0 && !in_digits {
        return None;
    }
    let plain = in_digits && form.chars().all(char::is_numeric);
    let mut end = first + 1;
    let mut scaled = false;
    let mut total = 0.0;
    while let Some(next) = row.get(end).map(|word| word.form.as_str()) {
        if let Some(scale) = scale(next, language).filter(|_| next != "m" || in_digits) {
            value *= scale;
            scaled = true;
            end += 1;
        } else if let Some((more, used)) =
            added(row, end, language).filter(|_| !in_digits || scaled)
        {
            if more >= value && value > 0.0 {
                break;
            }
            if scaled && more < value {
                total += value;
                value = more;
            } else {
                value += more;
            }
            end += used;
        } else {
            break;
        }
    }
    let rule = if in_digits { "number.digits" } else { "number.words" };
    let plain = plain && !scaled;
    Some(Count { first, end, value: total + value, vague: false, digits: in_digits, plain, rule })
}

fn scale(form: &str, language: Language) -> Option<f64> {
    if language != Language::Turkish {
        return look(&SCALES, form);
    }
    // "binden", "bini", "biner": Turkish hangs cases on its numerals.
    const CASES: [&str; 14] =
        ["", "den", "dan", "in", "i", "e", "a", "er", "lik", "luk", "ar", "a", "u", "ün"];
    SCALES.iter().find_map(|(word, value)| {
        let rest = form.strip_prefix(word)?;
        (word.chars().count() > 2 && CASES.contains(&rest)).then_some(*value)
    })
}

/// "hundred [and] twenty", "مئة و خمسين".
fn added(row: &[Word], at: usize, language: Language) -> Option<(f64, usize)> {
    let form = row.get(at)?.form.as_str();
    match form {
        "and" | "و" => word(row.get(at + 1)?.form.as_str(), language).map(|value| (value, 2)),
        _ => {
            let joined = form.strip_prefix('و').filter(|_| language == Language::Arabic);
            word(joined.unwrap_or(form), language).map(|value| (value, 1))
        }
    }
    .filter(|(value, _)| *value > 0.0)
}

fn word(form: &str, language: Language) -> Option<f64> {
    let table = figures(language);
    if let Some(value) = look(table, form) {
        return Some(value);
    }
    if let Some((tens, ones)) = form.split_once('-') {
        return Some(look(table, tens)? + look(table, ones)?);
    }
    match (language, form) {
        (Language::Arabic, "مئه" | "مائه") | (Language::Turkish, "yüz") => Some(100.0),
        (Language::Turkish, "bin" | "biner" | "binden") => Some(1000.0),
        (Language::Arabic, "الف") => Some(1000.0),
        (Language::Arabic, "مليون") => Some(1e6),
        _ => None,
    }
}

fn vague(row: &[Word], first: usize) -> Option<Count> {
    let form = row[first].form.as_str();
    if form == "on" && row.get(first + 1).is_some_and(|word| word.form == "binlerce") {
        return Some(lower_bound(first, first + 2, 1e4));
    }
    let value = look(&VAGUE, form)?;
    let next = |at: usize| row.get(at).map_or("", |word| word.form.as_str());
    let of = usize::from(matches!(next(first + 1), "of" | "من"));
    match look(&VAGUE, next(first + 1 + of)) {
        Some(scale) => Some(lower_bound(first, first + 2 + of, value * scale)),
        None if form == "tens" => None,
        None => Some(lower_bound(first, first + 1 + usize::from(of == 1), value)),
    }
}

const fn lower_bound(first: usize, end: usize, value: f64) -> Count {
    Count { first, end, value, vague: true, digits: false, plain: false, rule: "number.vague" }
}

/// Digits with the separators of the language; Arabic-Indic digits too.
fn digits(form: &str, language: Language) -> Option<f64> {
    let (group, point) = match language {
        Language::Turkish => ('.', ','),
        _ => (',', '.'),
    };
    let mut plain = String::with_capacity(form.len());
    for c in form.chars() {
        match c {
            '٬' => {}
            '٫' => plain.push('.'),
            c if c == group => {}
            c if c == point => plain.push('.'),
            c => plain.push(char::from_digit(digit(c)?, 10)?),
        }
    }
    plain.parse().ok()
}

fn digit(c: char) -> Option<u32> {
    match c {
        '\u{660}'..='\u{669}' => Some(u32::from(c) - 0x660),
        '\u{6F0}'..='\u{6F9}' => Some(u32::from(c) - 0x6F0),
        c => c.to_digit(10),
    }
}

/// Words after which a figure is a name: "Resolution 2254", "Article 5".
pub(super) fn labels(before: &str) -> bool {
    static LABELS: List = List::new(
        "resolution article no number flight group room page act chapter section channel tv \
        قرار القرار رقم الماده ماده sayılı madde numaralı g - / covid level phase",
    );
    before.len() > 1 && LABELS.has(before)
}

/// Units of time and of the clock: durations are dates here, not figures.
pub(super) fn tells_time(unit: &str) -> bool {
    const TIMES: [&str; 40] = [
        "p",
        "a",
        "a.m",
        "p.m",
        "pm",
        "am",
        "gmt",
        "year",
        "years",
        "decade",
        "decades",
        "century",
        "centuries",
        "month",
        "months",
        "week",
        "weeks",
        "day",
        "days",
        "hour",
        "hours",
        "minute",
        "minutes",
        "second",
        "seconds",
        "min",
        "out",
        "worst",
        "time",
        "times",
        "عاما",
        "يوما",
        "اعوام",
        "سنوات",
        "ايام",
        "ساعات",
        "اشهر",
        "اسابيع",
        "دقائق",
        "سنه",
    ];
    const STEMS: [&str; 7] = ["yıl", "gün", "saat", "hafta", "dakika", "tur", "ساع"];
    TIMES.contains(&unit)
        || unit == "ay"
        || unit == "ayda"
        || STEMS.iter().any(|stem| unit.starts_with(stem))
}

/// Nouns of which "one" is a figure worth keeping.
pub(super) fn persons(unit: &str) -> bool {
    static PERSONS: List = List::new(
        "person soldier civilian man woman child officer policeman fighter worker journalist kişi asker sivil \
        police militant",
    );
    PERSONS.has(&unit.to_lowercase())
}

/// Words between a figure and its noun that are not part of either.
pub(super) fn skipped(form: &str, language: Language) -> bool {
    match language {
        Language::English => {
            matches!(form, "of" | "mostly" | "other" | "more" | "the" | "additional" | "their")
                || form.ends_with("ly")
        }
        Language::Arabic => matches!(form, "من"),
        Language::Turkish => {
            matches!(form, "yeni" | "fazla" | "den" | "dan") || form.starts_with('\'')
        }
        Language::Other => false,
    }
}

/// Longest first, as they stand before a figure.
pub(super) const fn qualifiers(language: Language) -> &'static [(&'static str, Qualifier)] {
    match language {
        Language::Arabic => &[
            ("ما لا يقل عن", Qualifier::AtLeast),
            ("ما يزيد علي", Qualifier::MoreThan),
            ("ما يزيد عن", Qualifier::MoreThan),
            ("اكثر من", Qualifier::MoreThan),
            ("اقل من", Qualifier::LessThan),
            ("ما يقارب", Qualifier::About),
            ("نحو", Qualifier::About),
            ("حوالي", Qualifier::About),
            ("قرابه", Qualifier::About),
            ("زهاء", Qualifier::About),
        ],
        Language::Turkish => &[
            ("en az", Qualifier::AtLeast),
            ("en fazla", Qualifier::AtMost),
            ("yaklaşık", Qualifier::About),
            ("takriben", Qualifier::About),
        ],
        _ => &[
            ("no fewer than", Qualifier::AtLeast),
            ("as many as", Qualifier::AtMost),
            ("more than", Qualifier::MoreThan),
            ("fewer than", Qualifier::LessThan),
            ("less than", Qualifier::LessThan),
            ("at least", Qualifier::AtLeast),
            ("at most", Qualifier::AtMost),
            ("up to", Qualifier::AtMost),
            ("close to", Qualifier::About),
            ("over", Qualifier::MoreThan),
            ("above", Qualifier::MoreThan),
            ("under", Qualifier::LessThan),
            ("about", Qualifier::About),
            ("around", Qualifier::About),
            ("some", Qualifier::About),
            ("nearly", Qualifier::About),
            ("almost", Qualifier::About),
            ("roughly", Qualifier::About),
            ("approximately", Qualifier::About),
            ("estimated", Qualifier::About),
        ],
    }
}
