//! Commitments: who promised what, by when, and how firmly.

mod arabic;
mod english;
mod turkish;

use crate::calendar;
use crate::chunk::{Line, Tag};
use crate::events::{Memory, cast};
use crate::numbers;
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
    /// The state the page names most: that of "the government".
    home: Option<&'a str>,
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
        let mut named = cast::subjects(&scene, word);
        if named.is_empty() && self.is_government(word) {
            named.extend(self.home.map(str::to_owned));
        }
        self.with_states(named)
    }

    /// "The government had offered": the word before its verbs, with nothing said of whose it is.
    fn is_government(&self, word: usize) -> bool {
        let line = self.line;
        let before = (0..word).rev().find(|&at| {
            !matches!(line.tags[at], Tag::Modal | Tag::Adverb | Tag::Be | Tag::Not)
                && !matches!(line.form(at), "has" | "had")
        });
        before.is_some_and(|at| {
            matches!(
                line.form(at),
                "government" | "authorities" | "cabinet" | "presidency" | "junta"
            )
        })
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

/// The promises of a page, found line by line.
#[derive(Debug)]
pub(crate) struct Promises<'a> {
    page: &'a Page,
    mentions: &'a [Mention],
    home: Option<&'a str>,
    found: Vec<Commitment>,
}

impl<'a> Promises<'a> {
    pub(crate) fn of(page: &'a Page, mentions: &'a [Mention]) -> Self {
        Self { page, mentions, home: home(mentions), found: Vec::new() }
    }

    /// Reads a line; `memory` is what was known before it.
    pub(crate) fn read(&mut self, line: &Line, memory: &Memory) {
        let (mentions, language) = (self.mentions, self.page.language);
        let scene = Scene { line, mentions, memory, language, home: self.home };
        let promises = match language {
            Language::English => english::promises(&scene),
            Language::Arabic => arabic::promises(&scene),
            Language::Turkish => turkish::promises(&scene),
            Language::Other => Vec::new(),
        };
        for promise in promises {
            let found = commitment(&scene, promise, self.page.published.date.as_deref());
            let again = self.found.last().is_some_and(|last| overlap(last.what, found.what));
            if !again {
                self.found.push(found);
            }
        }
    }

    /// All of them; where nobody is named, those whom the same sentence says agreed.
    pub(crate) fn settled(mut self, events: &[Event]) -> Vec<Commitment> {
        for found in self.found.iter_mut().filter(|found| found.owners.is_empty()) {
            let at = found.trigger.start;
            let sentence =
                self.page.sentences.iter().position(|span| span.start <= at && at < span.end);
            found.owners = sentence.map_or_else(Vec::new, |sentence| agreeing(events, sentence));
        }
        self.found
    }
}

fn home(mentions: &[Mention]) -> Option<&str> {
    let mut states: Vec<&str> = mentions
        .iter()
        .filter_map(|one| one.entity.as_deref().filter(|name| name.starts_with("c:")))
        .collect();
    states.sort_unstable();
    let most = states.chunk_by(|a, b| a == b).max_by_key(|one| one.len())?;
    (most.len() > 1).then(|| most[0])
}

fn commitment(scene: &Scene<'_>, promise: Promise, published: Option<&str>) -> Commitment {
    let span = |(first, end): (usize, usize)| Span {
        start: scene.line.words[first].span.start,
        end: scene.line.words[end - 1].span.end,
    };
    Commitment {
        due: due(scene, promise.what, published),
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

/// A day or month inside what is promised, or a span of time counted from the day of publication.
fn due(scene: &Scene<'_>, what: (usize, usize), published: Option<&str>) -> Option<String> {
    let line = scene.line;
    let day = line
        .dates
        .iter()
        .filter(|&&at| what.0 <= at && at < what.1)
        .filter_map(|&at| line.words[at].mention)
        .filter_map(|m| scene.mentions[m].value.as_deref())
        .find(|value| !value.starts_with('P'))
        .map(|value| value.trim_start_matches('~').to_owned());
    day.or_else(|| (what.0..what.1).find_map(|at| limit(scene, at, published?)))
}

/// "within 30 days", "خلال تسعين يوما", "dört ay içinde".
fn limit(scene: &Scene<'_>, at: usize, published: &str) -> Option<String> {
    let line = scene.line;
    let before = line.form(at.checked_sub(1)?);
    let (count, end) = numbers::whole(&line.words, at, scene.language)?;
    let opens = matches!(before, "within" | "in" | "خلال" | "غضون");
    let closes = matches!(line.form(end + 1), "içinde" | "içerisinde");
    if !(opens || closes) {
        return None;
    }
    let unit = match line.form(end) {
        "day" | "days" | "gün" | "يوما" | "ايام" | "يوم" => 'D',
        "week" | "weeks" | "hafta" | "اسبوعا" | "اسابيع" | "اسبوع" => 'W',
        "month" | "months" | "ay" | "شهرا" | "اشهر" | "شهور" | "شهر" => 'M',
        "year" | "years" | "yıl" | "عاما" | "اعوام" | "سنوات" | "سنه" | "عام" => {
            'Y'
        }
        _ => return None,
    };
    calendar::later(published, (count, unit))
}

const fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}
