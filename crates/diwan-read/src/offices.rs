//! Who held which office when, as the articles say it.
//!
//! Every office that stands with its holder is a claim of one article at its time. Claims of one
//! holder are brought together; different holders stay side by side.

mod titles;

use std::collections::BTreeMap;

use crate::chunk::{Line, Shape, What};
use crate::reading::{Mention, MentionKind, Page, Reading, Span};
use crate::words::fold;

/// Where something was said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// Id of the page.
    pub document: String,
    /// Bytes of [`crate::Page::text`].
    pub span: Span,
}

/// An office in one holder's hands, from the first to the last article that says so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenure {
    /// The office by a name that is the same in all languages where it is known
    /// (`foreign minister`), otherwise as it was written, folded.
    pub office: String,
    /// The state or body it belongs to, where that was said.
    pub of: Option<String>,
    /// Entity of the holder.
    pub holder: String,
    /// Said to have held it before and to hold it no more.
    pub former: bool,
    /// Earliest and latest day, ISO 8601, of an article that says so; none where no article of it
    /// has a day.
    pub first: Option<String>,
    pub last: Option<String>,
    pub evidence: Vec<Evidence>,
}

/// All tenures, by office, owner and holder.
#[must_use]
pub fn offices(readings: &[Reading]) -> Vec<Tenure> {
    let mut found: BTreeMap<(String, Option<String>, String, bool), Tenure> = BTreeMap::new();
    for reading in readings {
        let day = reading.page.published.date.clone().or(reading.page.published.lower.clone());
        for held in held(reading) {
            let key = (held.office.clone(), held.of.clone(), held.holder.clone(), held.former);
            let tenure = found.entry(key).or_insert_with(|| Tenure {
                first: None,
                last: None,
                evidence: Vec::new(),
                ..held.clone()
            });
            tenure.evidence.extend(held.evidence);
            if let Some(day) = &day {
                let first = tenure.first.get_or_insert_with(|| day.clone());
                *first = day.clone().min(first.clone());
                let last = tenure.last.get_or_insert_with(|| day.clone());
                *last = day.clone().max(last.clone());
            }
        }
    }
    found.into_values().collect()
}

/// Gives an office without a name the holder that the article names for the same office of the
/// same state elsewhere: "the Turkish foreign minister said".
pub(crate) fn resolve(page: &Page, mentions: &mut [Mention]) {
    let titled = |mention: &Mention| fold(page.at(mention.span), page.language);
    let known: Vec<(String, Option<String>, String)> = mentions
        .iter()
        .enumerate()
        .filter(|(_, mention)| mention.kind == MentionKind::Role)
        .filter_map(|(at, mention)| {
            Some((titled(mention), state_before(mentions, at), mention.holder.clone()?))
        })
        .collect();
    let open: Vec<usize> = (0..mentions.len())
        .filter(|&at| mentions[at].kind == MentionKind::Role && mentions[at].holder.is_none())
        .collect();
    for at in open {
        let title = titled(&mentions[at]);
        let Some(state) = state_before(mentions, at) else { continue };
        let mut holders: Vec<&String> = known
            .iter()
            .filter(|(other, of, _)| *other == title && of.as_ref() == Some(&state))
            .map(|(_, _, holder)| holder)
            .collect();
        holders.dedup();
        if let [only] = holders.as_slice() {
            mentions[at].holder = Some((*only).clone());
        }
    }
}

/// The state whose name or adjective ends right before an office.
fn state_before(mentions: &[Mention], at: usize) -> Option<String> {
    let start = mentions[at].span.start;
    let near = |other: &&Mention| {
        other.kind == MentionKind::Country && other.span.end < start && start - other.span.end <= 4
    };
    mentions[..at].iter().rev().take(3).find(near).and_then(|other| other.entity.clone())
}

/// The offices with holders of one article. An office whose owner is not said takes the state
/// that the same person holds an office of elsewhere in the article.
fn held(reading: &Reading) -> Vec<Tenure> {
    let lines = crate::events::lines(&reading.page, &reading.mentions);
    let mut out: Vec<Tenure> = lines.iter().flat_map(|line| held_in(reading, line)).collect();
    let homes: BTreeMap<String, String> =
        out.iter().filter_map(|held| Some((held.holder.clone(), held.of.clone()?))).collect();
    for held in &mut out {
        held.of = held.of.take().or_else(|| homes.get(&held.holder).cloned());
    }
    out
}

fn held_in(reading: &Reading, line: &Line) -> Vec<Tenure> {
    let mentions = &reading.mentions;
    let role = |at: usize| {
        let mention = &mentions[line.words[at].mention?];
        let holder = (mention.kind == MentionKind::Role).then(|| mention.holder.clone())??;
        Some((at, mention, holder))
    };
    (0..line.words.len())
        .filter_map(role)
        .filter_map(|(at, mention, holder)| {
            let written = fold(reading.page.at(mention.span), reading.page.language);
            Some(Tenure {
                office: titles::office(&written)?,
                of: owner(line, mentions, at),
                holder,
                former: former(line, at),
                first: None,
                last: None,
                evidence: vec![Evidence { document: reading.page.id.clone(), span: mention.span }],
            })
        })
        .collect()
}

/// "former president", "the ousted president".
fn former(line: &Line, at: usize) -> bool {
    const WORDS: [&str; 14] = [
        "former",
        "ex",
        "ousted",
        "deposed",
        "toppled",
        "late",
        "then",
        "outgoing",
        "eski",
        "devrik",
        "السابق",
        "المخلوع",
        "الاسبق",
        "الراحل",
    ];
    let near = at.saturating_sub(2)..line.words.len().min(at + 4);
    near.filter(|&word| word != at).any(|word| WORDS.contains(&line.form(word)))
}

/// The state or body next to the office: "Syria's", "Turkish", "of Iraq".
fn owner(line: &Line, mentions: &[Mention], at: usize) -> Option<String> {
    let state = |arg: &&crate::chunk::Arg| match arg.what {
        What::Mention(m) => mentions[m].kind == MentionKind::Country,
        _ => false,
    };
    let near = |arg: &&crate::chunk::Arg| {
        let office = arg.shape == Shape::Office && arg.word.abs_diff(at) <= 4;
        office || arg.word.abs_diff(at) <= 2
    };
    let found =
        line.args.iter().filter(state).filter(near).min_by_key(|arg| arg.word.abs_diff(at))?;
    match found.what {
        What::Mention(m) => mentions[m].entity.clone(),
        _ => None,
    }
}
