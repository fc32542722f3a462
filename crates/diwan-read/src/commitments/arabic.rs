//! Arabic: "اتفق على", "تعهد بـ", and verbs in the future.

use super::{Promise, Scene};
use crate::chunk::{Line, Slot, Tag};
use crate::reading::Firmness;

/// Stems that promise, with the preposition that leads to what is promised.
const STEMS: [(&str, &str, Firmness); 14] = [
    ("اتفق", "علي", Firmness::Firm),
    ("الاتفاق", "علي", Firmness::Firm),
    ("توافق", "علي", Firmness::Firm),
    ("اتفاقا", "علي", Firmness::Firm),
    ("تعهد", "ب", Firmness::Firm),
    ("التزم", "ب", Firmness::Firm),
    ("التزامه", "ب", Firmness::Firm),
    ("وعد", "ب", Firmness::Firm),
    ("وافق", "علي", Firmness::Firm),
    ("قرر", "", Firmness::Firm),
    ("يعتزم", "", Firmness::Intended),
    ("تعتزم", "", Firmness::Intended),
    ("استعداد", "ل", Firmness::Intended),
    ("تخطط", "ل", Firmness::Intended),
];
const REACH: usize = 14;

pub(super) fn promises(scene: &Scene<'_>) -> Vec<Promise> {
    let line = scene.line;
    let mut out = Vec::new();
    for at in 0..line.words.len() {
        if line.words[at].mention.is_some() {
            continue;
        }
        let form = line.form(at);
        let bare = form.strip_prefix('و').unwrap_or(form);
        if let Some(&(_, lead, firmness)) =
            STEMS.iter().find(|(stem, ..)| starts(form, stem) || starts(bare, stem))
        {
            let found = led(scene, at, lead, firmness);
            if let Some(first) = &found {
                let next = first.what.1 + 1;
                if line.tag(first.what.1) == Tag::Comma && line.form(next) == "وعلي" {
                    let what = (next + 1, end(line, next + 1));
                    out.push(Promise { what, ..first.clone() });
                }
            }
            out.extend(found);
        } else if future(bare) {
            out.extend(coming(scene, at));
        }
    }
    out
}

/// A stem with at most three letters of conjugation behind it.
fn starts(form: &str, stem: &str) -> bool {
    form.strip_prefix(stem).is_some_and(|rest| rest.chars().count() <= 3)
}

fn led(scene: &Scene<'_>, at: usize, lead: &str, firmness: Firmness) -> Option<Promise> {
    let line = scene.line;
    let first = match lead {
        "" => at + 1,
        "علي" => {
            (at + 1..line.words.len().min(at + REACH)).find(|&next| line.form(next) == lead)? + 1
        }
        _ => (at + 1..line.words.len().min(at + 9)).find(|&next| {
            line.words[next].mention.is_none()
                && line.form(next).starts_with(lead)
                && line.form(next).chars().count() >= 3
        })?,
    };
    let end = end(line, first);
    (end > first + 1).then(|| Promise {
        owners: scene.owners(at),
        what: (first, end),
        trigger: (at, at + 1),
        firmness,
        rule: "commitment.ar.agreed",
    })
}

/// "ستقدم", "سيواصل": the letter for "will" before a verb of the third person or "we".
fn future(form: &str) -> bool {
    let mut letters = form.chars();
    letters.next() == Some('س')
        && matches!(letters.next(), Some('ي' | 'ت' | 'ن'))
        && form.chars().count() >= 5
        && ![
            "سيار",
            "ستين",
            "سياس",
            "سيطر",
            "سيدة",
            "سيول",
            "ستار",
            "سيناء",
            "ستوكهولم",
            "سينا",
            "سيده",
            "ستكون",
            "سيكون",
            "سيادي",
            "سيرا",
            "سيلتقي",
            "ستلتقي",
            "سيزور",
            "ستزور",
            "سياد",
        ]
        .iter()
        .any(|word| form.starts_with(word))
}

fn coming(scene: &Scene<'_>, at: usize) -> Option<Promise> {
    let line = scene.line;
    let end = end(line, at);
    let owners = scene.owners(at);
    (end > at + 2 && !owners.is_empty()).then_some(Promise {
        owners,
        what: (at, end),
        trigger: (at, at + 1),
        firmness: Firmness::Firm,
        rule: "commitment.ar.will",
    })
}

fn end(line: &Line, start: usize) -> usize {
    for at in start + 1..line.words.len() {
        let form = line.form(at);
        let stop = match line.tags[at] {
            Tag::Stop | Tag::Quote | Tag::Comma | Tag::Speech | Tag::Joiner => true,
            Tag::That => line.tag(at - 1) != Tag::Prep(Slot::About),
            Tag::Noun => {
                form.starts_with("لدعم") || matches!(form, "وفق" | "وفقا" | "بحسب" | "حسبما")
            }
            _ => false,
        };
        if stop {
            return at;
        }
    }
    line.words.len()
}
