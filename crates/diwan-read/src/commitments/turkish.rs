//! Turkish: the promise stands before its verb, and the future is a suffix.

use std::sync::LazyLock;

use super::{Promise, Scene};
use crate::chunk::{Line, Tag};
use crate::reading::Firmness;
use crate::words::Openings;

/// Verbs, or pairs of words, that close a promise.
const CLOSERS: [(&str, &str, Firmness); 45] = [
    ("taahhüt", "et", Firmness::Firm),
    ("taahhüdünde", "bulun", Firmness::Firm),
    ("vaat", "et", Firmness::Firm),
    ("vadetti", "", Firmness::Firm),
    ("söz", "ver", Firmness::Firm),
    ("sözü", "ver", Firmness::Firm),
    ("anlaştı", "", Firmness::Firm),
    ("anlaşmıştı", "", Firmness::Firm),
    ("anlaşmaya", "var", Firmness::Firm),
    ("mutabık", "kal", Firmness::Firm),
    ("mutabakata", "var", Firmness::Firm),
    ("kararlaştır", "", Firmness::Firm),
    ("karar", "ver", Firmness::Firm),
    ("karar", "al", Firmness::Firm),
    ("kararı", "al", Firmness::Firm),
    ("kabul", "et", Firmness::Firm),
    ("kabul", "edi", Firmness::Firm),
    ("sözünü", "ver", Firmness::Firm),
    ("taahhüdü", "ver", Firmness::Firm),
    ("taahhütte", "bulun", Firmness::Firm),
    ("vaadinde", "bulun", Firmness::Firm),
    ("güvencesi", "ver", Firmness::Firm),
    ("güvencesini", "ver", Firmness::Firm),
    ("güvence", "ver", Firmness::Firm),
    ("garanti", "et", Firmness::Firm),
    ("garantisi", "ver", Firmness::Firm),
    ("yemin", "et", Firmness::Firm),
    ("yükümlü", "", Firmness::Firm),
    ("uzlaşıya", "var", Firmness::Firm),
    ("uzlaşmaya", "var", Firmness::Firm),
    ("mutabakat", "sağla", Firmness::Firm),
    ("sinyalini", "ver", Firmness::Intended),
    ("tehdit", "et", Firmness::Intended),
    ("teklif", "et", Firmness::Intended),
    ("önerdi", "", Firmness::Intended),
    ("amaçlıyor", "", Firmness::Intended),
    ("kararlı", "", Firmness::Intended),
    ("düşünüyor", "", Firmness::Considered),
    ("uzlaş", "", Firmness::Firm),
    ("yükümlülüğü", "", Firmness::Firm),
    ("planlıyor", "", Firmness::Intended),
    ("hedefliyor", "", Firmness::Intended),
    ("hazırlanıyor", "", Firmness::Intended),
    ("hazır", "", Firmness::Intended),
    ("niyetinde", "", Firmness::Intended),
];

static OPENINGS: LazyLock<Openings> =
    LazyLock::new(|| CLOSERS.iter().map(|(first, ..)| *first).collect());

pub(super) fn promises(scene: &Scene<'_>) -> Vec<Promise> {
    let line = scene.line;
    let mut out = Vec::new();
    for at in 0..line.words.len() {
        if line.words[at].mention.is_some() {
            continue;
        }
        let form = line.form(at);
        let next = line.form(at + 1);
        let closes = |(first, second, _): &&(&str, &str, Firmness)| {
            form.starts_with(first) && (second.is_empty() || next.starts_with(second))
        };
        if OPENINGS.may(form)
            && let Some((_, second, firmness)) = CLOSERS.iter().find(closes)
        {
            // "kabul etti" and "hazır" promise only what is a verb itself.
            let before = line.form(at.saturating_sub(1));
            let ends = |ends: &[&str]| ends.iter().any(|end| before.ends_with(end));
            let idle = match form {
                _ if ["kabul", "teklif", "öner", "düşün", "garanti"]
                    .iter()
                    .any(|stem| form.starts_with(stem)) =>
                {
                    !ends(&["mayı", "meyi", "masını", "mesini", "acağını", "eceğini"])
                }
                "tehdit" => !ends(&["makla", "mekle"]),
                "yemin" => !ends(&["acağına", "eceğine"]),
                _ if form.starts_with("yükümlü") && form != "yükümlülüğü" => {
                    !ends(&["makla", "mekle"])
                }
                _ if form.starts_with("kararlı") => {
                    !ends(&["maya", "meye", "makta", "mekte"]) || form.starts_with("kararlılı")
                }
                "hazır" | "hazırdır" => !ends(&["maya", "meye"]),
                _ => form.starts_with("hazır") && form != "hazırlanıyor",
            };
            if idle {
                continue;
            }
            let end = at + 1 + usize::from(!second.is_empty());
            let found = promise(scene, (at, end), at, (*firmness, "commitment.tr.agreed"));
            out.extend(found.into_iter().flat_map(|one| split(line, one)));
        } else if future(form) && !describes(line, at) {
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

/// "uygulayacak bir kurul": a participle before its noun says what a thing is for.
fn describes(line: &Line, at: usize) -> bool {
    let form = line.form(at);
    let participle = form.ends_with("acak") || form.ends_with("ecek");
    participle
        && (line.form(at + 1) == "bir" || matches!(line.tag(at + 1), Tag::Noun | Tag::Official))
}

/// "-acak", "-acağını", "-meyeceklerini" and the like.
fn future(form: &str) -> bool {
    const ENDS: [&str; 22] = [
        "acağının",
        "eceğinin",
        "acaklarının",
        "eceklerinin",
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
        "acağına",
        "eceğine",
        "acaklarına",
        "eceklerine",
    ];
    /// What will be, and what somebody will merely come to know or undergo.
    const IDLE: [&str; 22] = [
        "gelecek",
        "olacak",
        "olacağı",
        "yiyecek",
        "içecek",
        "geleceğin",
        "olmayacak",
        "düşecek",
        "artacak",
        "yükselecek",
        "azalacak",
        "düşeceğ",
        "artacağ",
        "yükseleceğ",
        "azalacağ",
        "sürecek",
        "süreceğ",
        "etkileyecek",
        "yağacak",
        "yetecek",
        "unut",
        "çıkacak",
    ];
    form.chars().count() >= 6
        && !IDLE.iter().any(|idle| form.starts_with(idle))
        && ENDS.iter().any(|end| form.ends_with(end))
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
    // Those who foresee it do not promise it.
    let foreseen = (end..line.words.len().min(end + 3)).any(|at| {
        ["tahmin", "bekle", "öngör", "umu", "iddia", "tehlike"]
            .iter()
            .any(|stem| line.form(at).starts_with(stem))
    });
    let owners = scene.owners(trigger.0);
    let first = start(line, trigger.0);
    (end > first + 1 && !owners.is_empty() && !foreseen).then_some(Promise {
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
    // "Anlaşmaya göre Ruanda askerlerini ...": what it goes by is no part of what is promised.
    let by = (clause.first..verb.min(clause.first + 6))
        .find(|&at| matches!(line.form(at), "göre" | "uyarınca" | "kapsamında" | "gereğince"));
    let opening =
        by.map_or(clause.first, |at| at + 1 + usize::from(line.tag(at + 1) == Tag::Comma));
    let named = usize::from(line.tag(opening) == Tag::Name);
    let mut first = subject.last().map_or(opening + named, |&arg| line.args[arg].word + 1);
    first = first.max(opening);
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
