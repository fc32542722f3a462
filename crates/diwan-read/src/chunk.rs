//! A light grammar: which names stand in which slot of which clause, and what hangs together.
//!
//! No parse tree. A sentence becomes a row of words; every name in it gets a slot ("with", "by",
//! bare ...), the number of the enumeration it belongs to and the number of its clause. That is
//! enough to tell who did something to whom, and it is the same for the three languages once
//! their own rules have filled it in.

mod arabic;
mod english;
mod turkish;

use crate::reading::{Language, Mention, MentionKind, Span};
use crate::triggers::{Class, Hit, triggers};
use crate::words::{Table, Word, words};

/// What a name is to the verb or noun it goes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Slot {
    /// No marker: subject or object, as the order of the language has it.
    Bare,
    With,
    Between,
    By,
    Of,
    From,
    In,
    To,
    Against,
    About,
    For,
    /// Marked as the object (Turkish).
    Object,
    /// After, before, since, despite, including: circumstances.
    Beside,
}

/// What stands in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Mention(usize),
    /// "he", "she", a Turkish or Arabic verb without a subject.
    Person,
    /// "it".
    Thing,
    /// "the bloc", "the movement": the body named last.
    Body,
    /// "they", "the participants".
    Persons,
    /// "the two ministers", "both guests": persons named before.
    People,
    /// "the two countries", "both sides".
    Sides,
    /// "the meeting", "the statement": those who took part.
    Gathering,
}

/// How a name stands in its noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// It is the phrase, or stands for it ("Syrian officials").
    Whole,
    /// The state or body of an office: "Turkish" in "Turkish Foreign Minister Hakan Fidan".
    Office,
    /// It only describes the noun at this word: "Israeli" in "Israeli raids".
    Modifier(usize),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Arg {
    /// Index of its word.
    pub(crate) word: usize,
    pub(crate) what: What,
    pub(crate) slot: Slot,
    pub(crate) shape: Shape,
    /// Names of one enumeration share a number.
    pub(crate) list: usize,
    pub(crate) clause: usize,
}

/// How a clause begins, which says where its subject is when it has none of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opener {
    Start,
    /// "that", a quotation: an own subject or none.
    Content,
    /// "who", "which": the name before it.
    Relative,
    /// "and", "while", "after": the subject of the clause before.
    Joined,
    /// Back in the sentence after "..., which ...,": the subject of the clause that was left.
    Resumed,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Clause {
    pub(crate) first: usize,
    /// One past its last word.
    pub(crate) end: usize,
    pub(crate) verb: Option<usize>,
    pub(crate) opener: Opener,
}

/// Part of speech, as far as it is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    Name,
    Role,
    Date,
    Quantity,
    Noun,
    Official,
    Verb,
    Speech,
    Participle,
    Be,
    Modal,
    To,
    Prep(Slot),
    And,
    Comma,
    Relative,
    That,
    Joiner,
    Determiner,
    Pronoun,
    Adverb,
    Not,
    Possessive,
    Quote,
    Stop,
    Open,
    Close,
}

/// A sentence with its grammar.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Index into the page's sentences.
    pub(crate) sentence: usize,
    pub(crate) words: Vec<Word>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) args: Vec<Arg>,
    pub(crate) clauses: Vec<Clause>,
    /// Words that are dates.
    pub(crate) dates: Vec<usize>,
    /// Words that report an event.
    pub(crate) hits: Vec<Hit>,
}

impl Line {
    pub(crate) fn read(
        text: &str,
        sentence: (usize, Span),
        language: Language,
        mentions: &[Mention],
        outer: &[usize],
    ) -> Self {
        let words = words(text, sentence.1, language, mentions, outer);
        let mut tags: Vec<Tag> = words.iter().map(|word| tag(word, language, mentions)).collect();
        if matches!(language, Language::English | Language::Other) {
            english::mark_infinitives(&words, &mut tags);
        }
        let hits = mark_triggers(&words, &mut tags, language, mentions);
        let mut line = Self {
            sentence: sentence.0,
            words,
            tags,
            args: Vec::new(),
            clauses: Vec::new(),
            dates: Vec::new(),
            hits,
        };
        line.dates = (0..line.words.len()).filter(|&at| line.tags[at] == Tag::Date).collect();
        match language {
            Language::English | Language::Other => english::fill(&mut line, mentions),
            Language::Arabic => arabic::fill(&mut line, mentions),
            Language::Turkish => turkish::fill(&mut line, mentions),
        }
        line.close_clauses();
        line
    }

    pub(crate) fn form(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.form.as_str())
    }

    pub(crate) fn tag(&self, at: usize) -> Tag {
        self.tags.get(at).copied().unwrap_or(Tag::Stop)
    }

    pub(crate) fn clause_of(&self, word: usize) -> usize {
        self.clauses.partition_point(|clause| clause.first <= word).saturating_sub(1)
    }

    /// The names before the first verb of a clause that are not marked otherwise.
    pub(crate) fn subject(&self, clause: usize) -> Vec<usize> {
        let Some(part) = self.clauses.get(clause) else { return Vec::new() };
        let verb = part.verb.unwrap_or(part.end);
        let own = self.subject_between(part.first, verb);
        let noun = self.tags[part.first..verb]
            .iter()
            .any(|tag| matches!(tag, Tag::Noun | Tag::Official | Tag::Quantity));
        if !own.is_empty() || clause == 0 || (noun && part.opener == Opener::Joined) {
            return own;
        }
        match part.opener {
            Opener::Relative => self.antecedent(part.first),
            Opener::Joined => self.subject(clause - 1),
            // "A reporter who wrote about mines, Nadia Ferrer, was": the name between the commas.
            Opener::Resumed if self.is_parted(part.first) => {
                self.all(|arg| arg.word + 2 == part.first)
            }
            Opener::Resumed => {
                let left = (0..clause).rfind(|&at| self.clauses[at].opener != Opener::Relative);
                left.map_or_else(Vec::new, |at| self.subject(at))
            }
            Opener::Start | Opener::Content => Vec::new(),
        }
    }

    /// Whether a name stands between two commas, the second of them right before a word.
    fn is_parted(&self, first: usize) -> bool {
        let comma = |back: usize| first >= back && self.tags[first - back] == Tag::Comma;
        comma(1) && comma(3) && self.tags[first - 2] == Tag::Name
    }

    /// The last enumeration without a marker in a stretch of words.
    pub(crate) fn subject_between(&self, first: usize, end: usize) -> Vec<usize> {
        let within = |arg: &Arg| first <= arg.word && arg.word < end && arg.slot == Slot::Bare;
        let whole = |arg: &Arg| !matches!(arg.shape, Shape::Modifier(_));
        let Some(last) = self.args.iter().rfind(|arg| within(arg) && whole(arg)) else {
            return Vec::new();
        };
        let list = last.list;
        self.all(|arg| within(arg) && arg.list == list && whole(arg))
    }

    /// The first enumeration without a marker in a stretch of words.
    pub(crate) fn subject_first(&self, first: usize, end: usize) -> Vec<usize> {
        let fits = |arg: &Arg| {
            first <= arg.word
                && arg.word < end
                && arg.slot == Slot::Bare
                && !matches!(arg.shape, Shape::Modifier(_))
        };
        let Some(list) = self.args.iter().find(|arg| fits(arg)).map(|arg| arg.list) else {
            return Vec::new();
        };
        self.all(|arg| fits(arg) && arg.list == list)
    }

    /// The enumeration a relative clause speaks of.
    pub(crate) fn antecedent(&self, before: usize) -> Vec<usize> {
        let Some(last) = self.args.iter().rfind(|arg| arg.word < before) else {
            return Vec::new();
        };
        let list = last.list;
        if before - last.word > 6 {
            return Vec::new();
        }
        self.all(|arg| arg.list == list && arg.word < before && arg.slot == last.slot)
    }

    pub(crate) fn all(&self, keep: impl Fn(&Arg) -> bool) -> Vec<usize> {
        (0..self.args.len()).filter(|&at| keep(&self.args[at])).collect()
    }

    fn close_clauses(&mut self) {
        if self.clauses.is_empty() {
            self.clauses.push(Clause { first: 0, end: 0, verb: None, opener: Opener::Start });
        }
        let ends: Vec<usize> = self.clauses.iter().skip(1).map(|clause| clause.first).collect();
        let last = self.words.len();
        for (clause, end) in self.clauses.iter_mut().zip(ends.into_iter().chain([last])) {
            clause.end = end;
        }
        for arg in &mut self.args {
            arg.clause =
                self.clauses.partition_point(|clause| clause.first <= arg.word).saturating_sub(1);
        }
    }
}

/// Finds the triggers; a word that reports an event as a verb is one, known to the tables or not.
fn mark_triggers(
    words: &[Word],
    tags: &mut [Tag],
    language: Language,
    mentions: &[Mention],
) -> Vec<Hit> {
    let Some(table) = triggers(language) else { return Vec::new() };
    let english = language == Language::English;
    let stands =
        |class: Class, at: usize| !english || english::stands(words, tags, at, class, mentions);
    let hits = table.hits(words, mentions, language == Language::Arabic, &stands);
    for hit in &hits {
        let verb = matches!(
            table.rules[hit.rule].class,
            Class::Verb | Class::Joining | Class::Affected | Class::Echo
        );
        let known = matches!(tags[hit.first], Tag::Noun | Tag::Official);
        if verb && known && language != Language::Turkish && table.rules[hit.rule].verbal {
            tags[hit.first] = Tag::Verb;
        }
    }
    hits
}

fn tag(word: &Word, language: Language, mentions: &[Mention]) -> Tag {
    if let Some(at) = word.mention {
        return match mentions[at].kind {
            MentionKind::Date => Tag::Date,
            MentionKind::Quantity => Tag::Quantity,
            MentionKind::Role => Tag::Role,
            _ => Tag::Name,
        };
    }
    match word.form.as_str() {
        "," | "،" => return Tag::Comma,
        "." | ";" | ":" | "؛" | "–" | "—" | "-" | "?" | "!" | "؟" | "…" | "/" => {
            return Tag::Stop;
        }
        "\"" | "“" | "”" | "«" | "»" | "``" | "''" | "`" | "'" => return Tag::Quote,
        "(" | "[" => return Tag::Open,
        ")" | "]" => return Tag::Close,
        _ => {}
    }
    tag_of(&word.form, language)
}

/// What a word is by itself.
pub(crate) fn tag_of(form: &str, language: Language) -> Tag {
    match language {
        Language::English | Language::Other => english::tag(form),
        Language::Arabic => arabic::tag(form),
        Language::Turkish => turkish::tag(form),
    }
}

/// Fills a line from left to right.
#[derive(Debug)]
struct Walk {
    slot: Slot,
    list: usize,
    /// Names of the phrase being read whose noun has not come yet.
    waiting: Vec<usize>,
}

impl Walk {
    fn new() -> Self {
        Self { slot: Slot::Bare, list: 0, waiting: Vec::new() }
    }

    fn turn(&mut self, slot: Slot) {
        self.slot = slot;
        self.list += 1;
        self.waiting.clear();
    }

    fn place(&mut self, line: &mut Line, word: usize, what: What, shape: Shape) -> usize {
        line.args.push(Arg { word, what, slot: self.slot, shape, list: self.list, clause: 0 });
        line.args.len() - 1
    }

    fn open(&mut self, line: &mut Line, first: usize, opener: Opener) {
        if line.clauses.last().is_some_and(|clause| clause.first == first) {
            line.clauses.pop();
        }
        line.clauses.push(Clause { first, end: 0, verb: None, opener });
        self.turn(Slot::Bare);
    }

    fn verb(&mut self, line: &mut Line, at: usize) {
        if let Some(clause) = line.clauses.last_mut() {
            clause.verb.get_or_insert(at);
        }
        self.turn(Slot::Bare);
    }
}

/// A table of words written as one string for each tag.
fn table(rows: &[(Tag, &'static str)]) -> Table<&'static str, Tag> {
    rows.iter().flat_map(|(tag, text)| text.split_whitespace().map(|word| (word, *tag))).collect()
}
