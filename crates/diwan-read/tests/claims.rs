//! Claims made from texts whose names are marked by hand, so that a sentence can be read together
//! with what is expected of it.

use std::collections::BTreeSet;

use diwan_read::{Event, Language, Mention, MentionKind, Page, Reading, Span, claims};

/// Reads a text with its names in brackets: `[c:FRA~ French] [r=p:macron President] ...`. A single sentence is too short to tell its language by.
fn reading_of(id: &str, language: Language, marked: &str) -> Reading {
    let mut text = String::new();
    let mut mentions = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inside, after) = after.split_once(']').expect("a closing bracket");
        let (id, surface) = inside.split_once(' ').expect("an id and a name");
        let start = text.len();
        text.push_str(surface);
        mentions.push(mention(id, Span { start, end: text.len() }));
        rest = after;
    }
    text.push_str(rest);
    let mut page = Page::plain(id, &text);
    page.language = language;
    claims(page, mentions)
}

fn mention(id: &str, span: Span) -> Mention {
    let bare = id.trim_end_matches('~');
    let kind = match &id[..1] {
        "p" => MentionKind::Person,
        "o" => MentionKind::Organisation,
        "l" => MentionKind::Place,
        "c" => MentionKind::Country,
        "d" => MentionKind::Date,
        "q" => MentionKind::Quantity,
        _ => MentionKind::Role,
    };
    let named = matches!(&id[..1], "p" | "o" | "l" | "c");
    Mention {
        span,
        kind,
        entity: named.then(|| bare.to_owned()),
        value: (kind == MentionKind::Date).then(|| bare[2..].to_owned()),
        holder: bare.strip_prefix("r=").map(str::to_owned),
        position: None,
        demonym: id.ends_with('~'),
        rule: "hand",
    }
}

fn who(event: &Event) -> BTreeSet<&str> {
    event.participants.iter().map(|one| one.entity.as_str()).collect()
}

/// What is wrong with a line of `world.txt`; none if every event is found and no other.
fn wrong(expected: &str, reading: &Reading) -> Option<String> {
    let mut left: Vec<&Event> = reading.events.iter().collect();
    let told: Vec<String> =
        left.iter().map(|event| format!("{} {:?}", event.kind.code(), who(event))).collect();
    for wanted in expected.split(',').map(str::trim).filter(|wanted| !wanted.is_empty()) {
        let (kind, names) = wanted.split_once(':').map_or((wanted, ""), |(kind, names)| (kind, names));
        let names: BTreeSet<&str> = names.split_whitespace().collect();
        let fits = |event: &&Event| event.kind.code() == kind && names.is_subset(&who(event));
        match left.iter().position(fits) {
            Some(at) => left.remove(at),
            None => return Some(format!("no {wanted} in {told:?}")),
        };
    }
    left.retain(|event| event.kind.code() != "statement");
    (!left.is_empty()).then(|| format!("more than expected in {told:?}"))
}

#[test]
fn the_worlds_press_is_understood() {
    let mut failures = Vec::new();
    let mut count = 0;
    let mut language = Language::English;
    for line in include_str!("claims/world.txt").lines() {
        match line {
            "== ar" => language = Language::Arabic,
            "== tr" => language = Language::Turkish,
            _ => {}
        }
        let Some((expected, marked)) = line.split_once(" | ").filter(|_| !line.starts_with('#')) else {
            continue;
        };
        count += 1;
        if let Some(what) = wrong(expected, &reading_of("t", language, marked)) {
            failures.push(format!("{marked}\n    {what}"));
        }
    }
    assert!(count > 100, "the table was not read");
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
}
