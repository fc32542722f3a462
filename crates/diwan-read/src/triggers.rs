//! The words that report an event: rules read once from the tables beside this file.
//!
//! `triggers/en.txt` explains the form of a line.

use std::sync::LazyLock;

use crate::reading::{EventKind, Language, Mention, MentionKind};
use crate::words::{Openings, Table, Word, fold};

/// How a word that reports an event stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Verb,
    Noun,
    /// What the event befell is the subject ("died").
    Affected,
    /// Speaks of an event told elsewhere if there is one, else tells it.
    Echo,
    /// Only adds participants to an event told elsewhere ("took part").
    Joining,
}

/// One line of a table.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) kind: EventKind,
    pub(crate) class: Class,
    /// Its words are verbs, not nouns.
    pub(crate) verbal: bool,
    needs: Near,
    bars: Near,
}

/// Words wanted, or not wanted, near a trigger. A word may be bound to one side of it.
#[derive(Debug, Default)]
struct Near {
    kinds: Vec<(Side, MentionKind)>,
    words: Table<String, Side>,
    stems: Vec<(Side, String)>,
    /// How these words and stems begin.
    openings: Openings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Either,
    Before,
    After,
    /// The word directly behind.
    Next,
}

impl Side {
    fn holds(self, here: Self) -> bool {
        self == here || (self == Self::Either && here != Self::Next)
    }
}

#[derive(Clone, Debug)]
struct Form {
    text: String,
    prefix: bool,
}

impl Form {
    fn of(text: &str, language: Language) -> Self {
        let stem = text.strip_suffix('*');
        Self { text: fold(stem.unwrap_or(text), language), prefix: stem.is_some() }
    }

    fn fits(&self, form: &str) -> bool {
        if self.prefix { form.starts_with(&self.text) } else { form == self.text }
    }
}

#[derive(Debug)]
struct Pattern {
    rule: usize,
    /// Each element with its spellings; an empty one is a gap of up to four words.
    elements: Vec<Vec<Form>>,
}

/// The rules of one language.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    pub(crate) rules: Vec<Rule>,
    patterns: Vec<Pattern>,
    by_word: Table<String, Vec<usize>>,
    by_stem: Table<String, Vec<usize>>,
    longest_stem: usize,
    /// How the stems begin.
    openings: Openings,
}

/// Where a rule fits: words `first..=last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) rule: usize,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// How far a word that is wanted may be, and one that is not.
const NEAR: usize = 12;
const BAR: usize = 8;
const GAP: usize = 5;
const SHORTEST_STEM: usize = 2;

pub(crate) fn triggers(language: Language) -> Option<&'static Lexicon> {
    static ENGLISH: LazyLock<Lexicon> =
        LazyLock::new(|| Lexicon::read(include_str!("triggers/en.txt"), Language::English));
    static ARABIC: LazyLock<Lexicon> =
        LazyLock::new(|| Lexicon::read(include_str!("triggers/ar.txt"), Language::Arabic));
    static TURKISH: LazyLock<Lexicon> =
        LazyLock::new(|| Lexicon::read(include_str!("triggers/tr.txt"), Language::Turkish));
    match language {
        Language::English => Some(&ENGLISH),
        Language::Arabic => Some(&ARABIC),
        Language::Turkish => Some(&TURKISH),
        Language::Other => None,
    }
}

impl Lexicon {
    fn read(table: &'static str, language: Language) -> Self {
        let mut out = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut cells = line.split('|').map(str::trim);
            let mut cell = || cells.next().unwrap_or_default();
            let (kind, class, name, patterns) = (cell(), cell(), cell(), cell());
            let Some(kind) = kind_of(kind) else { continue };
            let (needs, bars) = (nears(cell(), language), nears(cell(), language));
            let class = class_of(class);
            let verbal = class != Class::Noun && !name.ends_with("session");
            out.rules.push(Rule { name, kind, class, verbal, needs, bars });
            let spelt = |text: &str| match language {
                Language::Arabic => conjugated(text),
                _ => inflected(text),
            };
            for pattern in patterns.split(';').flat_map(|text| spelt(text.trim())) {
                out.add(&pattern, language);
            }
        }
        out.openings = out.by_stem.keys().map(String::as_str).collect();
        out
    }

    fn add(&mut self, pattern: &str, language: Language) {
        let elements: Vec<Vec<Form>> = pattern
            .split_whitespace()
            .map(|element| match element {
                ".." => Vec::new(),
                _ => element.split('/').map(|text| Form::of(text, language)).collect(),
            })
            .collect();
        let at = self.patterns.len();
        for form in elements.first().into_iter().flatten() {
            let map = if form.prefix { &mut self.by_stem } else { &mut self.by_word };
            map.entry(form.text.clone()).or_default().push(at);
            if form.prefix {
                self.longest_stem = self.longest_stem.max(form.text.len());
            }
        }
        self.patterns.push(Pattern { rule: self.rules.len() - 1, elements });
    }

    /// Every rule that fits a row of words, leftmost first and longest first at one place. A rule
    /// that begins inside a longer hit of the same kind is left out.
    pub(crate) fn hits(
        &self,
        row: &[Word],
        mentions: &[Mention],
        arabic: bool,
        stands: &dyn Fn(Class, usize) -> bool,
    ) -> Vec<Hit> {
        let mut out: Vec<Hit> = Vec::new();
        let mut here: Vec<Hit> = Vec::new();
        for first in 0..row.len() {
            let inside = out.last().is_some_and(|hit| hit.last >= first);
            if row[first].mention.is_some() || inside {
                continue;
            }
            here.clear();
            self.starting(&row[first].form, |pattern| {
                if let Some(last) = self.fits(pattern, row, first) {
                    here.push(Hit { rule: self.patterns[pattern].rule, first, last });
                }
            });
            if arabic && here.is_empty() {
                self.behind_clitics(row, first, &mut here);
            }
            let joining = |hit: &Hit| self.rules[hit.rule].class == Class::Joining;
            here.sort_by_key(|hit| (usize::MAX - hit.last, joining(hit), hit.rule));
            let fits = |hit: &&Hit| {
                stands(self.rules[hit.rule].class, hit.first) && self.allowed(hit, row, mentions)
            };
            out.extend(here.iter().find(fits));
        }
        out
    }

    fn starting(&self, form: &str, mut each: impl FnMut(usize)) {
        for &pattern in self.by_word.get(form).into_iter().flatten() {
            each(pattern);
        }
        if !self.openings.may(form) {
            return;
        }
        let ends = form.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends.filter(|&end| (SHORTEST_STEM..=self.longest_stem).contains(&end)) {
            for &pattern in self.by_stem.get(&form[..end]).into_iter().flatten() {
                each(pattern);
            }
        }
    }

    /// Arabic writes "and", "so", "by", "for", "will" as part of the word.
    fn behind_clitics(&self, row: &[Word], first: usize, here: &mut Vec<Hit>) {
        let form = &row[first].form;
        for clitic in ["و", "ف", "س", "وس", "ب", "ل", "وب", "ول", "لل"] {
            let Some(rest) = form.strip_prefix(clitic) else { continue };
            if rest.chars().count() < 3 {
                continue;
            }
            self.starting(rest, |pattern| {
                let found = &self.patterns[pattern];
                let end = if found.elements.len() == 1 {
                    Some(first)
                } else {
                    self.rest_fits(&found.elements[1..], row, first + 1)
                };
                if let Some(last) = end {
                    here.push(Hit { rule: found.rule, first, last });
                }
            });
        }
    }

    fn fits(&self, pattern: usize, row: &[Word], first: usize) -> Option<usize> {
        match &self.patterns[pattern].elements[1..] {
            [] => Some(first),
            rest => self.rest_fits(rest, row, first + 1),
        }
    }

    fn rest_fits(&self, elements: &[Vec<Form>], row: &[Word], at: usize) -> Option<usize> {
        let Some((element, rest)) = elements.split_first() else { return Some(at - 1) };
        if element.is_empty() {
            return (0..=GAP).find_map(|gap| self.rest_fits(rest, row, at + gap));
        }
        let word = row.get(at).filter(|word| word.mention.is_none())?;
        element.iter().any(|form| form.fits(&word.form)).then_some(())?;
        self.rest_fits(rest, row, at + 1)
    }

    fn allowed(&self, hit: &Hit, row: &[Word], mentions: &[Mention]) -> bool {
        let rule = &self.rules[hit.rule];
        // What stands in the gap of "let three prisoners go" is as near as can be.
        let inside = &row[hit.first + 1..=hit.last.max(hit.first + 1).min(row.len() - 1)];
        let within = hit.last > hit.first
            && inside.iter().any(|word| rule.needs.fits(word, Side::After, mentions));
        (rule.needs.is_empty() || within || rule.needs.found(hit, row, mentions, NEAR))
            && !rule.bars.found(hit, row, mentions, BAR)
    }
}

impl Near {
    fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.words.is_empty() && self.stems.is_empty()
    }

    fn found(&self, hit: &Hit, row: &[Word], mentions: &[Mention], reach: usize) -> bool {
        if self.is_empty() {
            return false;
        }
        let before = &row[hit.first.saturating_sub(reach)..hit.first];
        let after = &row[hit.last + 1..row.len().min(hit.last + 1 + reach)];
        before.iter().any(|word| self.fits(word, Side::Before, mentions))
            || after.iter().any(|word| self.fits(word, Side::After, mentions))
            || after.first().is_some_and(|word| self.fits(word, Side::Next, mentions))
    }

    fn fits(&self, word: &Word, here: Side, mentions: &[Mention]) -> bool {
        let kind = |wanted: MentionKind| match word.mention {
            Some(at) => mentions[at].kind == wanted,
            None => wanted == MentionKind::Quantity && is_many(&word.form),
        };
        self.kinds.iter().any(|(side, wanted)| side.holds(here) && kind(*wanted))
            || self.spelt(&word.form, here)
            // A mention of several words ("Nassib border crossing") counts by each of them.
            || (word.mention.is_some()
                && word.form.contains(' ')
                && word.form.split(' ').any(|part| self.spelt(part, here)))
    }

    fn spelt(&self, form: &str, here: Side) -> bool {
        let bare = bare(form);
        let is = |form: &str| self.words.get(form).is_some_and(|side| side.holds(here));
        let begins = |form: &str| {
            self.stems
                .iter()
                .any(|(side, stem)| side.holds(here) && form.starts_with(stem.as_str()))
        };
        let fits = |form: &str| self.openings.may(form) && (is(form) || begins(form));
        fits(form) || (bare.len() < form.len() && fits(bare))
    }
}

/// A figure in the hundreds or more that is not a year.
fn is_many(form: &str) -> bool {
    let digits = form.chars().filter(|c| c.is_numeric()).count();
    digits >= 3
        && (digits != 4 || form.contains(',') || !matches!(form.get(..2), Some("19" | "20")))
}

/// An Arabic word without the article and the letters written on it; any other word as it is.
fn bare(form: &str) -> &str {
    const PREFIXES: [&str; 9] = ["وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل"];
    let arabic = form.chars().next().is_some_and(|c| ('\u{600}'..'\u{700}').contains(&c));
    let rest = PREFIXES.iter().filter(|_| arabic).find_map(|prefix| form.strip_prefix(prefix));
    rest.filter(|rest| rest.chars().count() >= 3).unwrap_or(form)
}

fn nears(cell: &str, language: Language) -> Near {
    let mut out = Near::default();
    for text in cell.split_whitespace() {
        let (side, text) = match text.chars().next() {
            Some('<') => (Side::Before, &text[1..]),
            Some('>') => (Side::After, &text[1..]),
            Some('+') => (Side::Next, &text[1..]),
            _ => (Side::Either, text),
        };
        let kind = match text {
            "#person" => MentionKind::Person,
            "#org" => MentionKind::Organisation,
            "#place" => MentionKind::Place,
            "#country" => MentionKind::Country,
            "#role" => MentionKind::Role,
            "#quantity" => MentionKind::Quantity,
            "#date" => MentionKind::Date,
            _ => {
                let form = Form::of(text, language);
                if form.prefix {
                    out.stems.push((side, form.text));
                } else {
                    // Wanted on both sides by two entries: either will do.
                    let held = out.words.entry(form.text).or_insert(side);
                    if *held != side {
                        *held = Side::Either;
                    }
                }
                continue;
            }
        };
        out.kinds.push((side, kind));
    }
    let stems = out.stems.iter().map(|(_, stem)| stem);
    out.openings = out.words.keys().chain(stems).map(String::as_str).collect();
    out
}

/// An Arabic word with the endings of the past and of possession, and with the article.
fn conjugated(pattern: &str) -> Vec<String> {
    if pattern.contains(' ') {
        return vec![pattern.to_owned()];
    }
    let mut out: Vec<String> = ["", "ت", "وا", "ا", "تا", "ه", "ها", "هم"]
        .iter()
        .map(|end| format!("{pattern}{end}"))
        .collect();
    out.push(format!("ال{pattern}"));
    out
}

/// `@lemma` and `@@lemma` written out; anything else as it is.
fn inflected(pattern: &str) -> Vec<String> {
    let Some(at) = pattern.split_whitespace().position(|word| word.starts_with('@')) else {
        return vec![pattern.to_owned()];
    };
    let words: Vec<&str> = pattern.split_whitespace().collect();
    forms(words[at])
        .iter()
        .map(|form| {
            let mut words = words.clone();
            words[at] = form;
            words.join(" ")
        })
        .collect()
}

/// The regular English verb: base, -s, -ed, -ing.
fn forms(marked: &str) -> [String; 4] {
    let doubled = marked.starts_with("@@");
    let base = marked.trim_start_matches('@').split('/').next().unwrap_or_default();
    let last = base.chars().next_back().unwrap_or_default();
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|end| base.ends_with(end));
    let before = base.chars().rev().nth(1).unwrap_or_default();
    let (third, stem, past) = if let Some(stem) = base.strip_suffix('e') {
        (format!("{base}s"), stem.to_owned(), format!("{base}d"))
    } else if let (Some(stem), false) = (base.strip_suffix('y'), "aeiou".contains(before)) {
        (format!("{stem}ies"), base.to_owned(), format!("{stem}ied"))
    } else if doubled {
        (format!("{base}s"), format!("{base}{last}"), format!("{base}{last}ed"))
    } else {
        let third = if sibilant { format!("{base}es") } else { format!("{base}s") };
        (third, base.to_owned(), format!("{base}ed"))
    };
    [base.to_owned(), third, past, format!("{stem}ing")]
}

fn class_of(text: &str) -> Class {
    match text {
        "n" => Class::Noun,
        "a" => Class::Affected,
        "e" => Class::Echo,
        "j" => Class::Joining,
        _ => Class::Verb,
    }
}

fn kind_of(text: &str) -> Option<EventKind> {
    EventKind::ALL.into_iter().find(|kind| kind.code() == text)
}
