//! Figures with their unit and how exactly they are meant, in digits or words.

mod counting;

use std::borrow::Cow;

use crate::chunk::{Line, Tag};
use crate::letters::{is_letter, is_letter_or_digit};
use crate::reading::{Language, Mention, MentionKind, Number, Page, Qualifier, Span};
use crate::words::{List, Word, fold, words};
pub(crate) use counting::figures;
use counting::{Count, count};

/// How far the noun may be from its figure: "745 mostly Alawite civilians".
const UNIT_WORDS: usize = 4;
const FIRST_YEAR: f64 = 1900.0;
const LAST_YEAR: f64 = 2100.0;

pub(crate) fn find(page: &Page, mentions: &[Mention], lines: &[Line]) -> Vec<Number> {
    let dates: Vec<Span> = mentions
        .iter()
        .filter(|mention| mention.kind == MentionKind::Date)
        .map(|mention| mention.span)
        .collect();
    let mut out = Vec::new();
    for line in lines {
        let sentence = page.sentences[line.sentence];
        let begins = |form: &str| counting::may_count(form, page.language);
        // What begins in a date is none of these figures.
        let may = |word: &Word| match word.mention {
            Some(at) if mentions[at].kind == MentionKind::Date => false,
            Some(_) => word.form.split(|c| !is_letter_or_digit(c)).any(begins),
            None => begins(&word.form),
        };
        if !line.words.iter().any(may) {
            continue;
        }
        // The figures inside names count as well, so names are cut like anything else.
        let cut = || Cow::Owned(words(&page.text, sentence, page.language, &[], &[]));
        let named = line.words.iter().any(|word| word.mention.is_some());
        let row = if named { cut() } else { Cow::Borrowed(line.words.as_slice()) };
        let mut at = 0;
        while at < row.len() {
            match count(&row, at, page.language) {
                Some(found) => {
                    at = found.end.max(at + 1);
                    out.extend(number(page, &row, &found, &dates));
                }
                None => at += 1,
            }
        }
    }
    out
}

/// A whole number at a word, in digits or written out, and the word behind it.
pub(crate) fn whole(row: &[Word], at: usize, language: Language) -> Option<(u32, usize)> {
    let found = counting::count(row, at, language).filter(|found| !found.vague)?;
    let whole = found.value.round();
    let fits = (1.0..10_000.0).contains(&whole) && (whole - found.value).abs() < f64::EPSILON;
    fits.then_some((whole as u32, found.end))
}

fn number(page: &Page, row: &[Word], found: &Count, dates: &[Span]) -> Option<Number> {
    let figure = Span { start: row[found.first].span.start, end: row[found.end - 1].span.end };
    if dates.iter().any(|date| figure.start < date.end && date.start < figure.end) {
        return None;
    }
    let language = page.language;
    let before = |back: usize| found.first.checked_sub(back).map_or("", |at| row[at].form.as_str());
    if counting::labels(before(1))
        || row.get(found.end).is_some_and(|word| word.form == ":") && digits(row, found.end + 1)
    {
        return None;
    }
    let money = currency(before(1));
    let (unit, end) = match money {
        Some(code) => (Some(code.to_owned()), found.end),
        None => unit(page, row, found.end, language),
    };
    let dated = unit.as_deref().is_some_and(|unit| {
        matches!(
            unit.to_lowercase().as_str(),
            "accord"
                | "agreement"
                | "war"
                | "deal"
                | "treaty"
                | "election"
                | "elections"
                | "resolution"
                | "revolution"
                | "constitution"
                | "invasion"
                | "uprising"
        )
    });
    let year = found.plain && (FIRST_YEAR..=LAST_YEAR).contains(&found.value);
    let bare = unit.is_none();
    if unit.as_deref().is_some_and(|unit| counting::tells_time(&fold(unit, language))) {
        return None;
    }
    if (dated && year)
        || (bare && (year || !(found.vague || told_of_victims(row, found))))
        || idle(found, unit.as_deref(), before(1))
    {
        return None;
    }
    let (qualifier, first) = qualifier(row, found, language);
    let qualifier = qualifier.or(found.vague.then_some(Qualifier::MoreThan));
    let span = Span { start: row[first].span.start, end: row[end - 1].span.end };
    Some(Number { span, value: found.value, unit, qualifier, rule: found.rule })
}

fn digits(row: &[Word], at: usize) -> bool {
    row.get(at).is_some_and(|word| word.form.starts_with(char::is_numeric))
}

/// "at least 12 were killed": people without a noun.
fn told_of_victims(row: &[Word], found: &Count) -> bool {
    static VICTIMS: List = List::new(
        "killed killing wounded wounding injured injuring dead died others were was people \
        قتلي قتيلا جريحا مصابا جرحي قتل اصيب ölü yaralı öldü yaralandı",
    );
    let near = |word: &Word| VICTIMS.has(&word.form);
    let after = row[found.end..row.len().min(found.end + 2)].iter();
    let before = row[found.first.saturating_sub(1)..found.first].iter();
    after.chain(before).any(near)
}

/// "the two countries", "one of them": nothing anybody would put in a table.
fn idle(found: &Count, unit: Option<&str>, before: &str) -> bool {
    static SIDES: List = List::new(
        "countries states sides nations parties leaders ministers country side men things \
        ülke taraf دول دوله اطراف sister neighbours neighbors ways points",
    );
    let unit = unit.unwrap_or_default();
    let sides = SIDES.has(&unit.to_lowercase());
    let definite = matches!(before, "the" | "these" | "those" | "both" | "first" | "last" | "next");
    let small = found.value < 11.0;
    (small && sides)
        || (small && definite && !found.digits)
        || (found.value == 1.0 && !counting::persons(unit))
}

fn unit(page: &Page, row: &[Word], from: usize, language: Language) -> (Option<String>, usize) {
    if row.get(from).is_some_and(|word| word.form == "%") {
        return (Some("percent".to_owned()), from + 1);
    }
    let mut end = from;
    let mut head = None;
    let mut at = from;
    while at < row.len() && at < from + UNIT_WORDS {
        let word = &row[at];
        if counting::skipped(&word.form, language) {
            at += 1;
            continue;
        }
        let noun = word.form.starts_with(is_letter)
            && matches!(crate::chunk::tag_of(&word.form, language), Tag::Noun | Tag::Official);
        if !noun {
            break;
        }
        head = Some(at);
        end = at + 1;
        at += 1;
        // Arabic and Turkish put what describes a noun behind it or the verb next to it.
        if language != Language::English {
            break;
        }
    }
    match head {
        Some(head) => (Some(page.at(row[head].span).to_owned()), end),
        None => (None, from),
    }
}

fn currency(before: &str) -> Option<&'static str> {
    match before {
        "$" => Some("USD"),
        "€" => Some("EUR"),
        "£" => Some("GBP"),
        _ => None,
    }
}

/// The words before or behind a figure that say how exactly it is meant; the first word of both.
fn qualifier(row: &[Word], found: &Count, language: Language) -> (Option<Qualifier>, usize) {
    let first = found.first
        - usize::from(found.first > 0 && currency(&row[found.first - 1].form).is_some());
    for (words, meaning) in counting::qualifiers(language) {
        let count = words.bytes().filter(|byte| *byte == b' ').count() + 1;
        let Some(start) = first.checked_sub(count) else { continue };
        let mut wanted = words.split(' ');
        if row[start..first].iter().all(|word| wanted.next() == Some(word.form.as_str())) {
            return (Some(*meaning), start);
        }
    }
    let behind = row.get(found.end).map_or("", |word| word.form.as_str());
    let next = row.get(found.end + 1).map_or("", |word| word.form.as_str());
    let more = (behind.starts_with('\'') && next == "fazla") || behind == "fazla";
    (more.then_some(Qualifier::MoreThan), first)
}
