//! Turkish: the promise stands before its verb, and the future is a suffix.

use super::{Promise, Scene};
use crate::chunk::{Line, Tag};
use crate::reading::Firmness;

/// Verbs, or pairs of words, that close a promise.
const CLOSERS: [(&str, &str, Firmness); 14] = [
    ("taahhüt", "et", Firmness::Firm),
    ("söz", "ver", Firmness::Firm),
    ("anlaştı", "", Firmness::Firm),
    ("anlaşmaya", "var", Firmness::Firm),
    ("mutabık", "kal", Firmness::Firm),
    ("mutabakata", "var", Firmness::Firm),
    ("kararlaştır", "", Firmness::Firm),
    ("karar", "ver", Firmness::Firm),
    ("kabul", "etti", Firmness::Firm),
    ("uzlaş", "", Firmness::Firm),
    ("planlıyor", "", Firmness::Intended),
    ("hedefliyor", "", Firmness::Intended),
    ("hazır", "ol", Firmness::Intended),
    ("niyetinde", "", Firmness::Intended),
];

pub(super) fn promises(scene: &Scene<'_>) -> Vec<Promise> {
    let line = scene.line;
    let mut out = Vec::new();
    for at in 0..line.words.len() {
        if line.words[at].mention.is_some() {
            continue;
        }
        let form = line.form(at);
        let next = line.form(at + 1);
        let closer = CLOSERS.iter().find(|(first, second, _)| {
            form.starts_with(first) && (second.is_empty() || next.starts_with(second))
        });
        if let Some((_, second, firmness)) = closer {
            // "kabul etti" promises only what is a verb itself.
            let verbal = ["mayı", "meyi", "masını", "mesini"]
                .iter()
                .any(|end| line.form(at.saturating_sub(1)).ends_with(end));
            if form == "kabul" && !verbal {
                continue;
            }
            let end = at + 1 + usize::from(!second.is_empty());
            let found = promise(scene, (at, end), at, (*firmness, "commitment.tr.agreed"));
            out.extend(found.into_iter().flat_map(|one| split(line, one)));
        } else if future(form) {
            out.extend(promise(
                scene,
                (at, at + 1),
                at + 1,
                (Firmness::Firm, "commitment.tr.will"),
            ));
        }
    }
    out
}

/// "-acak", "-acağını", "-acaklar" and the like.
fn future(form: &str) -> bool {
    let ends = [
        "acak",
        "ecek",
        "acaklar",
        "ecekler",
        "acaklarını",
        "eceklerini",
        "acağını",
        "eceğini",
        "acağız",
        "eceğiz",
        "acaktır",
        "ecektir",
        "acağım",
        "eceğim",
    ];
    let idle = [
        "gelecek",
        "olacak",
        "olacağını",
        "yiyecek",
        "içecek",
        "görüşecek",
        "geleceğini",
        "görüşeceğini",
        "olmayacak",
        "gidecek",
    ];
    form.chars().count() >= 6 && !idle.contains(&form) && ends.iter().any(|end| form.ends_with(end))
}

/// "A takas etme ve B iade etme": two promises.
fn split(line: &Line, promise: Promise) -> Vec<Promise> {
    let noun = |at: usize| line.form(at).ends_with("ma") || line.form(at).ends_with("me");
    let (first, end) = promise.what;
    match (first + 1..end).find(|&at| line.form(at) == "ve" && noun(at - 1)) {
        Some(and) => vec![
            Promise { what: (first, and), ..promise.clone() },
            Promise { what: (and + 1, end), ..promise },
        ],
        None => vec![promise],
    }
}

fn promise(
    scene: &Scene<'_>,
    trigger: (usize, usize),
    end: usize,
    (firmness, rule): (Firmness, &'static str),
) -> Option<Promise> {
    let line = scene.line;
    let owners = scene.owners(trigger.0);
    let first = start(line, trigger.0);
    (end > first + 1 && !owners.is_empty()).then_some(Promise {
        owners,
        what: (first, end),
        trigger,
        firmness,
        rule,
    })
}

/// The word after the subject of the clause, or the first of the clause.
fn start(line: &Line, verb: usize) -> usize {
    let clause = line.clauses[line.clause_of(verb)];
    let subject = line.subject_first(clause.first, verb);
    let mut first = subject.last().map_or(clause.first, |&arg| line.args[arg].word + 1);
    while first < verb
        && matches!(
            line.tag(first),
            Tag::Comma | Tag::And | Tag::Noun | Tag::Possessive | Tag::Date
        )
        && (line.tag(first) != Tag::Noun || matches!(line.form(first), "ise" | "da" | "de"))
    {
        first += 1;
    }
    first
}
