//! One id for one event of the world, told by several articles.
//!
//! Events are compared with the events known so far that share a participant or the place, so the
//! cost grows with what is shared and not with the square of the articles.

use std::collections::{BTreeSet, HashMap};

use crate::calendar::day_number;
use crate::events::{dates_agree, places_agree};
use crate::reading::{Event, EventKind, Modality, Part, Participant, Reading};

/// An undated event is taken to be this close, in days, to the day its article appeared.
const AROUND: i64 = 10;
/// Two dated events with different days are still one when reports differ by a day.
const SLIP: i64 = 1;
/// Known events that share a name with a new one and are looked at, the newest first.
const LOOKED_AT: usize = 400;

/// What is known of one event.
#[derive(Clone, Debug)]
struct Known<'a> {
    id: String,
    date: Option<&'a str>,
    /// The days it can have been, where no date was told.
    near: Option<i64>,
    place: Option<&'a str>,
    participants: BTreeSet<&'a str>,
    /// The article that told it last.
    document: Option<usize>,
}

/// The known events of one kind that a name has to do with, in the order they were told.
type ByName<'a> = HashMap<(EventKind, &'a str), Vec<usize>>;

/// Gives the same id to the same event; `order` are the readings in order of time.
pub(crate) fn identify(readings: &mut [Reading], order: &[usize]) {
    let ids = ids(readings, order);
    for (&document, ids) in order.iter().zip(ids) {
        for (event, id) in readings[document].events.iter_mut().zip(ids) {
            event.id = id;
        }
    }
}

/// The ids of the events of each reading, in the given order.
fn ids(readings: &[Reading], order: &[usize]) -> Vec<Vec<String>> {
    let mut known: Vec<Known<'_>> = Vec::new();
    let mut by_name = ByName::new();
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut out = Vec::with_capacity(order.len());
    for &document in order {
        let reading = &readings[document];
        let near = reading.page.published.date.as_deref().and_then(day_number);
        let mut ids = Vec::with_capacity(reading.events.len());
        for event in &reading.events {
            let found = match_of(event, near, document, &known, &by_name);
            let at = found.unwrap_or_else(|| {
                known.push(new(event, near, &mut taken));
                known.len() - 1
            });
            learn(&mut known[at], event, document);
            for name in names(event) {
                let list = by_name.entry((event.kind, name)).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
            ids.push(known[at].id.clone());
        }
        out.push(ids);
    }
    out
}

fn names(event: &Event) -> impl Iterator<Item = &str> {
    event.participants.iter().map(|one| one.entity.as_str()).chain(event.place.as_deref())
}

fn new<'a>(event: &Event, near: Option<i64>, taken: &mut HashMap<String, usize>) -> Known<'a> {
    let date = event.date.as_deref().unwrap_or("undated");
    let place = event
        .place
        .as_deref()
        .or_else(|| event.participants.first().map(|one| one.entity.as_str()));
    let place =
        place.map_or("somewhere", |name| name.split_once(':').map_or(name, |(_, rest)| rest));
    let base = format!("{}-{date}-{}", event.kind.code(), place.to_lowercase());
    let count = taken.entry(base.clone()).or_insert(0);
    *count += 1;
    let id = if *count == 1 { base } else { format!("{base}-{count}") };
    Known { id, date: None, near, place: None, participants: BTreeSet::new(), document: None }
}

fn learn<'a>(known: &mut Known<'a>, event: &'a Event, document: usize) {
    let finer =
        event.date.as_ref().is_some_and(|new| known.date.is_none_or(|old| new.len() > old.len()));
    if finer {
        known.date = event.date.as_deref();
    }
    let coarse = known.place.is_none_or(|place| place.starts_with("c:"));
    if coarse && event.place.is_some() {
        known.place = event.place.as_deref();
    }
    known.participants.extend(event.participants.iter().map(|one| one.entity.as_str()));
    known.document = Some(document);
}

impl Known<'_> {
    fn has(&self, one: &Participant) -> bool {
        self.participants.contains(one.entity.as_str())
    }
}

fn match_of(
    event: &Event,
    near: Option<i64>,
    document: usize,
    known: &[Known<'_>],
    by_name: &ByName<'_>,
) -> Option<usize> {
    let mut candidates: Vec<usize> = Vec::new();
    for name in names(event) {
        let list = by_name.get(&(event.kind, name)).map(Vec::as_slice).unwrap_or_default();
        candidates.extend(list.iter().rev().take(LOOKED_AT));
    }
    candidates.sort_unstable();
    candidates.dedup();
    candidates
        .into_iter()
        .filter(|&at| known[at].document != Some(document))
        .filter_map(|at| likeness(event, near, &known[at]).map(|score| (score, at)))
        .max_by_key(|&(score, at)| (score, std::cmp::Reverse(at)))
        .map(|(_, at)| at)
}

/// How alike an event is to a known one; none where they cannot be the same.
fn likeness(event: &Event, near: Option<i64>, known: &Known<'_>) -> Option<usize> {
    let same_day = days_agree(event.date.as_deref(), known.date);
    if !same_day || !places_agree(event.place.as_deref(), known.place) {
        return None;
    }
    let dated = event.date.is_some() && known.date.is_some();
    if !dated && !close(event, near, known) {
        return None;
    }
    let shared = event.participants.iter().filter(|one| known.has(one)).count();
    let smaller = event.participants.len().min(known.participants.len());
    let placed = event.place.is_some() && event.place.as_deref() == known.place;
    let full = dated && event.date.as_deref().is_some_and(|date| date.len() >= 10);
    let enough = match event.kind {
        EventKind::Statement => {
            let speaker = event.participants.iter().find(|one| one.part == Part::Speaker);
            speaker.is_some_and(|one| known.has(one)) && (full || !dated)
        }
        _ if smaller == 0 => placed && (full || !dated),
        _ => {
            // Without a place or an exact day in common, most of those who are named must be.
            let sure = placed || (full && event.date.as_deref() == known.date);
            let most = if sure { shared * 2 >= smaller } else { shared * 3 >= smaller * 2 };
            most && (shared > 1 || smaller == 1 || (placed && dated))
                && (shared > 1 || placed || full)
        }
    };
    enough.then_some(shared * 4 + usize::from(placed) * 2 + usize::from(full))
}

/// Whether an undated event can be the known one: both articles of about the same time.
fn close(event: &Event, near: Option<i64>, known: &Known<'_>) -> bool {
    if event.modality == Modality::Recurring {
        return false;
    }
    let mine = event.date.as_deref().and_then(day_number).or(near);
    let theirs = known.date.and_then(day_number).or(known.near);
    match (mine, theirs) {
        (Some(a), Some(b)) => {
            (a - b).abs() <= AROUND
                || dates_agree(event.date.as_deref(), known.date)
                    && event.date.is_some()
                    && known.date.is_some()
        }
        _ => {
            let shared = event.participants.iter().filter(|one| known.has(one));
            shared.count() >= 3
        }
    }
}

fn days_agree(a: Option<&str>, b: Option<&str>) -> bool {
    if dates_agree(a, b) {
        return true;
    }
    match (a.and_then(day_number), b.and_then(day_number)) {
        (Some(x), Some(y)) => {
            a.is_some_and(|a| a.len() >= 10)
                && b.is_some_and(|b| b.len() >= 10)
                && (x - y).abs() <= SLIP
        }
        _ => false,
    }
}
