//! What sources say against each other, shown with both places and never settled here.

use std::collections::BTreeMap;

use crate::calendar::day_number;
use crate::offices::{Evidence, Tenure, offices};
use crate::reading::{Event, EventKind, Number, Qualifier, Reading};
use crate::words::fold;

/// Two holders of one office are set side by side if articles so close in days name them.
const OVERLAP: i64 = 60;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// One office, different holders at about the same time.
    Office { office: String, of: Option<String> },
    /// One event, different figures of one unit.
    Figure { event: String, unit: String },
    /// One event, different days.
    Date { event: String },
    /// What is most likely one event, different places.
    Place { event: String },
}

/// What one source says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    pub evidence: Evidence,
    /// An entity, a figure, a day or a place.
    pub says: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contradiction {
    pub matter: Matter,
    pub sides: [Side; 2],
}

/// All contradictions between readings whose events carry the ids that [`crate::group`] gave
/// them. Sorted by matter; the sides in the order of the documents' ids.
#[must_use]
pub fn contradictions(readings: &[Reading]) -> Vec<Contradiction> {
    let mut out = holders(&offices(readings));
    for told in by_id(readings).values() {
        for (nth, one) in told.iter().enumerate() {
            for two in &told[nth + 1..] {
                out.extend(figures(one, two));
                out.extend(dates(one, two));
            }
        }
    }
    out.extend(places(readings));
    out.sort();
    out.dedup();
    out
}

/// Articles that tell an event and the event in them. Only the first few of one event are
/// compared with each other: the fiftieth report of one figure brings nothing new.
const COMPARED: usize = 24;

type Told<'a> = (&'a Reading, &'a Event);

fn by_id(readings: &[Reading]) -> BTreeMap<&str, Vec<Told<'_>>> {
    let mut out: BTreeMap<&str, Vec<Told<'_>>> = BTreeMap::new();
    for reading in readings {
        for event in &reading.events {
            let told = out.entry(&event.id).or_default();
            if told.len() < COMPARED && event.kind != EventKind::Statement {
                told.push((reading, event));
            }
        }
    }
    out
}

fn holders(tenures: &[Tenure]) -> Vec<Contradiction> {
    let mut out = Vec::new();
    let current = |tenure: &&Tenure| !tenure.former && tenure.of.is_some();
    let same = |a: &Tenure, b: &Tenure| a.office == b.office && a.of == b.of;
    // Several ambassadors or secretaries serve one state at a time.
    let single = |tenure: &Tenure| tenure.office != "ambassador";
    let sorted: Vec<&Tenure> = tenures.iter().filter(current).collect();
    for group in sorted.chunk_by(|a, b| same(a, b)) {
        for (nth, one) in group.iter().enumerate() {
            for two in &group[nth + 1..] {
                if one.holder != two.holder && single(one) && overlap(one, two) {
                    let matter = Matter::Office { office: one.office.clone(), of: one.of.clone() };
                    out.extend(pair(
                        matter,
                        (one.evidence.first(), &one.holder),
                        (two.evidence.first(), &two.holder),
                    ));
                }
            }
        }
    }
    out
}

fn overlap(a: &Tenure, b: &Tenure) -> bool {
    let days = |tenure: &Tenure| {
        let day = |date: &Option<String>| date.as_deref().and_then(day_number);
        Some((day(&tenure.first)?, day(&tenure.last)?))
    };
    match (days(a), days(b)) {
        (Some((first, last)), Some((from, to))) => first <= to + OVERLAP && from <= last + OVERLAP,
        _ => true,
    }
}

fn pair(
    matter: Matter,
    one: (Option<&Evidence>, &str),
    two: (Option<&Evidence>, &str),
) -> Option<Contradiction> {
    let side = |(evidence, says): (Option<&Evidence>, &str)| {
        Some(Side { evidence: evidence?.clone(), says: says.to_owned() })
    };
    let mut sides = [side(one)?, side(two)?];
    sides.sort();
    Some(Contradiction { matter, sides })
}

fn evidence(reading: &Reading, span: crate::reading::Span) -> Evidence {
    Evidence { document: reading.page.id.clone(), span }
}

/// Figures in the sentences that tell the event.
fn figures(one: &Told<'_>, two: &Told<'_>) -> Vec<Contradiction> {
    let mut out = Vec::new();
    for mine in numbers(one) {
        for theirs in numbers(two) {
            let unit = unit(one.0, mine);
            if unit.is_empty() || unit != self::unit(two.0, theirs) || agree(mine, theirs) {
                continue;
            }
            let matter = Matter::Figure { event: one.1.id.clone(), unit };
            let sides = (evidence(one.0, mine.span), evidence(two.0, theirs.span));
            out.extend(pair(
                matter,
                (Some(&sides.0), &mine.value.to_string()),
                (Some(&sides.1), &theirs.value.to_string()),
            ));
        }
    }
    out
}

fn numbers<'a>((reading, event): &Told<'a>) -> impl Iterator<Item = &'a Number> + use<'a> {
    let sentence = reading.page.sentences.get(event.sentence).copied();
    reading.numbers.iter().filter(move |number| {
        sentence.is_some_and(|part| part.start <= number.span.start && number.span.end <= part.end)
    })
}

fn unit(reading: &Reading, number: &Number) -> String {
    fold(number.unit.as_deref().unwrap_or_default(), reading.page.language)
}

/// Whether two figures can both be right: "more than 1,000" and 1,200 can.
fn agree(a: &Number, b: &Number) -> bool {
    let bounds = |number: &Number| match number.qualifier {
        Some(Qualifier::MoreThan | Qualifier::AtLeast) => (number.value, f64::INFINITY),
        Some(Qualifier::LessThan | Qualifier::AtMost) => (f64::NEG_INFINITY, number.value),
        Some(Qualifier::About) => (number.value * 0.9, number.value * 1.1),
        None => (number.value, number.value),
    };
    let ((low, high), (from, to)) = (bounds(a), bounds(b));
    low <= to && from <= high
}

fn dates(one: &Told<'_>, two: &Told<'_>) -> Option<Contradiction> {
    let (mine, theirs) = (one.1.date.as_deref()?, two.1.date.as_deref()?);
    if crate::events::dates_agree(Some(mine), Some(theirs)) {
        return None;
    }
    let sides = (evidence(one.0, one.1.trigger), evidence(two.0, two.1.trigger));
    pair(Matter::Date { event: one.1.id.clone() }, (Some(&sides.0), mine), (Some(&sides.1), theirs))
}

/// Events of one kind, day and cast that two articles put in different towns.
fn places(readings: &[Reading]) -> Vec<Contradiction> {
    let mut days: BTreeMap<(EventKind, &str), Vec<Told<'_>>> = BTreeMap::new();
    for reading in readings {
        for event in reading.events.iter().filter(|event| event.kind != EventKind::Statement) {
            let town = event.place.as_deref().is_some_and(|place| place.starts_with("l:"));
            if let (Some(date), true) =
                (event.date.as_deref().filter(|date| date.len() >= 10), town)
            {
                let told = days.entry((event.kind, date)).or_default();
                if told.len() < COMPARED {
                    told.push((reading, event));
                }
            }
        }
    }
    let mut out = Vec::new();
    for told in days.values() {
        for (nth, one) in told.iter().enumerate() {
            for two in &told[nth + 1..] {
                out.extend(place(one, two));
            }
        }
    }
    out
}

fn place(one: &Told<'_>, two: &Told<'_>) -> Option<Contradiction> {
    let (mine, theirs) = (one.1.place.as_deref()?, two.1.place.as_deref()?);
    let shared = one
        .1
        .participants
        .iter()
        .filter(|a| two.1.participants.iter().any(|b| a.entity == b.entity))
        .count();
    let smaller = one.1.participants.len().min(two.1.participants.len());
    let same = shared >= 2 && shared * 2 > smaller && one.0.page.id != two.0.page.id;
    if !same || mine == theirs {
        return None;
    }
    let sides = (evidence(one.0, one.1.trigger), evidence(two.0, two.1.trigger));
    pair(
        Matter::Place { event: one.1.id.clone() },
        (Some(&sides.0), mine),
        (Some(&sides.1), theirs),
    )
}
