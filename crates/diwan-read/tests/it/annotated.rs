//! The annotated articles of `fixtures/reading`, read whole: what is found may grow, not shrink.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use diwan_read::{Meta, Source, json, read};
use serde_json::Value;

/// What was found, what was said, what there is to find.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    right: usize,
    told: usize,
    there: usize,
}

impl Count {
    /// Harmonic mean of precision and recall, in thousandths.
    fn f1(self) -> usize {
        2000 * self.right / (self.told + self.there).max(1)
    }
}

#[derive(Debug, Default)]
struct Found {
    names: Count,
    events: Count,
    promises: Count,
    wrong_dates: Vec<String>,
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn span(value: &Value) -> (u64, u64) {
    let ends = value.as_array().map(|pair| (pair[0].as_u64(), pair[1].as_u64()));
    let (start, end) = ends.unwrap_or((value["start"].as_u64(), value["end"].as_u64()));
    (start.unwrap_or(0), end.unwrap_or(0))
}

fn shared(a: (u64, u64), b: (u64, u64)) -> u64 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// Its own span and the others that are right too.
fn spans(mention: &Value) -> Vec<(u64, u64)> {
    std::iter::once(span(mention)).chain(list(mention, "alts").iter().map(span)).collect()
}

fn names(gold: &Value, told: &Value, count: &mut Count) {
    let named =
        |one: &&Value| matches!(one["type"].as_str(), Some("person" | "org" | "place" | "country"));
    let optional = |one: &Value| one["optional"].as_bool().unwrap_or(false);
    let wanted: Vec<&Value> = list(gold, "mentions").iter().filter(named).collect();
    let aside = list(gold, "boilerplate");
    count.there += wanted.iter().filter(|one| !optional(one)).count();
    for one in list(told, "mentions").iter().filter(named) {
        let here = span(one);
        let hit =
            wanted.iter().find(|gold| gold["type"] == one["type"] && spans(gold).contains(&here));
        let free = list(gold, "mentions")
            .iter()
            .any(|gold| optional(gold) && shared(span(gold), here) > 0)
            || aside.iter().any(|part| shared(span(part), here) > 0);
        match hit {
            Some(gold) if optional(gold) => {}
            Some(_) => {
                count.right += 1;
                count.told += 1;
            }
            None => count.told += usize::from(!free),
        }
    }
}

fn dates(gold: &Value, told: &Value, wrong: &mut Vec<String>) {
    for one in list(told, "mentions").iter().filter(|one| one["type"] == "date") {
        let value = one["value"].as_str().unwrap_or_default().trim_start_matches('~');
        let same = |gold: &&Value| gold["type"] == "date" && spans(gold).contains(&span(one));
        let Some(gold) = list(gold, "mentions").iter().find(same) else { continue };
        let right = gold["value"].as_str().unwrap_or_default().trim_start_matches('~');
        let fits = value.is_empty() || value.starts_with(right) || right.starts_with(value);
        if !fits && !gold["optional"].as_bool().unwrap_or(false) {
            wrong.push(format!("{} {value} for {right}", gold["text"]));
        }
    }
}

fn events(gold: &Value, told: &Value, count: &mut Count) {
    let core: Vec<&Value> = list(gold, "events")
        .iter()
        .filter(|event| event["core"] == true && event["type"] != "statement")
        .collect();
    let fits = |event: &Value, told: &Value| {
        let kind = event["type"] == told["type"]
            || list(event, "alt_types").iter().any(|kind| *kind == told["type"]);
        let at = span(&told["trigger"]).0;
        kind && list(event, "evidence").iter().map(span).any(|(start, end)| start <= at && at < end)
    };
    let said: Vec<&Value> =
        list(told, "events").iter().filter(|event| event["type"] != "statement").collect();
    count.there += core.len();
    count.right += core.iter().filter(|event| said.iter().any(|told| fits(event, told))).count();
    count.told += core.iter().filter(|event| said.iter().any(|told| fits(event, told))).count();
    // Whatever no annotated event answers for was made up.
    count.told += said
        .iter()
        .filter(|told| !list(gold, "events").iter().any(|event| fits(event, told)))
        .count();
}

fn promises(gold: &Value, told: &Value, count: &mut Count) {
    let mut left: Vec<(u64, u64)> =
        list(told, "commitments").iter().map(|one| span(&one["what"])).collect();
    count.told += left.len();
    count.there += list(gold, "commitments").len();
    for one in list(gold, "commitments") {
        let what = span(&one["what"]);
        let overlaps = |told: &(u64, u64)| {
            let whole = what.1.max(told.1) - what.0.min(told.0);
            shared(what, *told) * 10 >= whole * 3
        };
        if let Some(at) = left.iter().position(overlaps) {
            left.remove(at);
            count.right += 1;
        }
    }
}

fn found(folder: &str) -> Found {
    let folder: PathBuf =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/reading").join(folder);
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let gold: Value = serde_json::from_str(&text("gold.json")).unwrap();
    let meta: BTreeMap<String, Meta> = serde_json::from_str(&text("meta.json")).unwrap();
    let sources: Vec<Source> = list(&gold, "documents")
        .iter()
        .map(|one| {
            let file = one["file"].as_str().unwrap();
            Source::from_file(file, text(file).as_bytes(), &meta)
        })
        .collect();
    let (readings, groups) = read(&sources).unwrap();
    let told = json(&sources, &readings, &groups);
    let mut out = Found::default();
    for gold in list(&gold, "documents") {
        let same = |one: &&Value| one["id"] == gold["id"];
        let told = list(&told, "documents").iter().find(same).unwrap();
        names(gold, told, &mut out.names);
        events(gold, told, &mut out.events);
        promises(gold, told, &mut out.promises);
        dates(gold, told, &mut out.wrong_dates);
    }
    out
}

#[track_caller]
fn check(folder: &str, [names, events, promises]: [usize; 3]) {
    let found = found(folder);
    assert!(found.wrong_dates.is_empty(), "{:?}", found.wrong_dates);
    let counts = [
        ("names", found.names, names),
        ("events", found.events, events),
        ("promises", found.promises, promises),
    ];
    let fewer: Vec<String> = counts
        .iter()
        .filter(|(_, count, least)| count.f1() < *least)
        .map(|(what, count, least)| {
            format!("{what}: {} of 1000 from {count:?}, {least} before", count.f1())
        })
        .collect();
    assert!(fewer.is_empty(), "{}", fewer.join("\n"));
}

#[test]
fn the_development_articles_are_read_as_well_as_before() {
    check("dev", [995, 930, 930]);
}

#[test]
fn the_other_articles_are_read_as_well_as_before() {
    check("unseen", [975, 915, 945]);
}

#[test]
fn articles_of_further_regions_are_read_as_well_as_before() {
    check("unseen2", [975, 855, 875]);
}
