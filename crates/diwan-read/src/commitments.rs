//! Commitments: who promised what, by when, and how firmly.

mod arabic;
mod english;
mod turkish;

use crate::chunk::Line;
use crate::events::{Memory, cast};
use crate::reading::{Commitment, Event, EventKind, Firmness, Language, Mention, Page, Span};

/// A promise found in a sentence: words `what.0..what.1` of its line.
#[derive(Clone, Debug)]
struct Promise {
    owners: Vec<String>,
    what: (usize, usize),
    trigger: (usize, usize),
    firmness: Firmness,
    rule: &'static str,
}

/// A line with what is needed to read it.
#[derive(Clone, Copy, Debug)]
struct Scene<'a> {
    line: &'a Line,
    mentions: &'a [Mention],
    memory: &'a Memory,
    language: Language,
}

impl Scene<'_> {
    /// Who the subject of the word is, with the states whose offices the persons hold.
    fn owners(&self, word: usize) -> Vec<String> {
        let scene = cast::Scene {
            line: self.line,
            mentions: self.mentions,
            memory: self.memory,
            language: self.language,
        };
        let named = cast::subjects(&scene, word);
        self.with_states(named)
    }

    fn with_states(&self, mut named: Vec<String>) -> Vec<String> {
        let states: Vec<String> =
            named.iter().filter_map(|name| self.memory.state_of(name)).collect();
        for state in states {
            if !named.contains(&state) {
                named.push(state);
            }
        }
        named
    }
}

/// `memories` is what was known before each line.
pub(crate) fn find(
    page: &Page,
    mentions: &[Mention],
    lines: &[Line],
    memories: &[Memory],
    events: &[Event],
) -> Vec<Commitment> {
    let mut out: Vec<Commitment> = Vec::new();
    for (line, memory) in lines.iter().zip(memories) {
        let scene = Scene { line, mentions, memory, language: page.language };
        let promises = match page.language {
            Language::English => english::promises(&scene),
            Language::Arabic => arabic::promises(&scene),
            Language::Turkish => turkish::promises(&scene),
            Language::Other => Vec::new(),
        };
        for promise in promises {
            let mut found = commitment(&scene, promise);
            if found.owners.is_empty() {
                found.owners = agreeing(events, line.sentence);
            }
            let again = out.last().is_some_and(|last| overlap(last.what, found.what));
            if !again {
                out.push(found);
            }
        }
    }
    out
}

fn commitment(scene: &Scene<'_>, promise: Promise) -> Commitment {
    let span = |(first, end): (usize, usize)| Span {
        start: scene.line.words[first].span.start,
        end: scene.line.words[end - 1].span.end,
    };
    Commitment {
        due: due(scene, promise.what),
        what: span(promise.what),
        trigger: span(promise.trigger),
        owners: promise.owners,
        firmness: promise.firmness,
        rule: promise.rule,
    }
}

/// Who the same sentence says agreed: "it was agreed to ..." names nobody itself.
fn agreeing(events: &[Event], sentence: usize) -> Vec<String> {
    let agreed = |event: &&Event| event.kind == EventKind::Agreement && event.sentence == sentence;
    let parties = events.iter().find(agreed).map(|event| event.participants.iter());
    parties.into_iter().flatten().map(|one| one.entity.clone()).collect()
}

/// A day or month inside what is promised.
fn due(scene: &Scene<'_>, what: (usize, usize)) -> Option<String> {
    scene
        .line
        .dates
        .iter()
        .filter(|&&at| what.0 <= at && at < what.1)
        .filter_map(|&at| scene.line.words[at].mention)
        .filter_map(|m| scene.mentions[m].value.as_deref())
        .find(|value| !value.starts_with('P'))
        .map(|value| value.trim_start_matches('~').to_owned())
}

const fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}
