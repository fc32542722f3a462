//! Who "he", "they", "the two countries" and "the meeting" are, from what was read before.

use super::{Draft, EventKind, Line, Mention, MentionKind, Part, Tag, What, seats};
use crate::chunk::{Arg, Shape, Slot};

/// Entities that later words may refer to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// The last person who stood as a subject.
    pub(crate) person: Option<String>,
    /// The last body or state that stood as a subject.
    pub(crate) thing: Option<String>,
    /// The last body, as a subject or not.
    body: Option<String>,
    /// The last persons or others named together.
    pub(crate) persons: Vec<String>,
    /// The persons last named in one sentence, if they were several.
    people: Vec<String>,
    /// States named together, with how often; those of the first sentence count twice.
    sides: Vec<(Vec<String>, usize)>,
    /// Who took part in the last meeting.
    pub(crate) gathering: Vec<String>,
    /// A sentence has been read.
    begun: bool,
    /// The last sentence was about people without a name: "The demonstrators told".
    unnamed: bool,
    /// Persons with the state whose office they hold.
    homes: Vec<(String, String)>,
}

impl Memory {
    /// What an argument stands for.
    pub(crate) fn resolve(&self, what: What, mentions: &[Mention]) -> Vec<String> {
        match what {
            What::Mention(at) => {
                entity(&mentions[at]).map_or_else(Vec::new, |name| vec![name.to_owned()])
            }
            What::Person => self.person.iter().cloned().collect(),
            What::Thing => self.thing.iter().cloned().collect(),
            What::People if !self.people.is_empty() => self.people.clone(),
            What::People | What::Persons if !self.persons.is_empty() => self.persons.clone(),
            What::Persons | What::People => self.gathering.clone(),
            What::Sides if !self.sides.is_empty() => self.most_often_together(),
            What::Sides if self.gathering.is_empty() => self.persons.clone(),
            What::Sides => {
                let states = states(&self.gathering);
                if states.len() > 1 { states } else { self.gathering.clone() }
            }
            What::Body => self.body.iter().cloned().collect(),
            What::Gathering => self.gathering.clone(),
        }
    }

    /// The states named together most often; of equals, last.
    fn most_often_together(&self) -> Vec<String> {
        let best = self.sides.iter().max_by_key(|(_, count)| *count);
        best.map_or_else(Vec::new, |(states, _)| states.clone())
    }

    /// The two sides that were named together more than once.
    pub(super) fn sides_of_old(&self) -> Vec<String> {
        let best = self.sides.iter().max_by_key(|(_, count)| *count);
        let two = best.filter(|(states, count)| states.len() == 2 && *count > 1);
        two.map_or_else(Vec::new, |(states, _)| states.clone())
    }

    fn note_together(&mut self, states: &[&str], weight: usize) {
        let same = |held: &Vec<String>| {
            held.len() == states.len() && held.iter().all(|state| states.contains(&state.as_str()))
        };
        let known = self.sides.iter().position(|(held, _)| same(held));
        let before = known.map_or(0, |at| self.sides.remove(at).1);
        self.sides.push((owned(states), before + weight));
    }

    pub(crate) fn state_of(&self, person: &str) -> Option<String> {
        self.homes.iter().rfind(|(name, _)| name == person).map(|(_, state)| state.clone())
    }

    /// "Turkish Foreign Minister Hakan Fidan": the state directly before the person.
    fn learn_homes(&mut self, line: &Line, mentions: &[Mention]) {
        for pair in line.args.windows(2) {
            let (What::Mention(state), What::Mention(person)) = (pair[0].what, pair[1].what) else {
                continue;
            };
            let home =
                pair[0].shape == Shape::Office && mentions[state].kind == MentionKind::Country;
            let (Some(state), Some(name)) = (entity(&mentions[state]), entity(&mentions[person]))
            else {
                continue;
            };
            let known = || self.homes.iter().any(|(old, at)| *old == name && *at == state);
            if home && name.starts_with("p:") && !known() {
                self.homes.push((name.to_owned(), state.to_owned()));
            }
        }
    }

    /// Takes in a sentence that has been read.
    pub(crate) fn learn(&mut self, line: &Line, mentions: &[Mention], told: &[Draft]) {
        self.unnamed = is_about_unnamed(line);
        self.learn_subjects(line, mentions);
        self.learn_homes(line, mentions);
        let lead = if std::mem::replace(&mut self.begun, true) { 1 } else { 2 };
        let lists = line.args.iter().map(|arg| arg.list).max().unwrap_or(0);
        let mut named: Vec<(&str, bool)> = Vec::new();
        for list in 0..=lists {
            named.clear();
            let members = line
                .args
                .iter()
                .filter(|arg| arg.list == list && !matches!(arg.shape, Shape::Modifier(_)))
                .filter(|arg| !beside_body(line, mentions, arg))
                .filter_map(|arg| named_by(line, mentions, arg));
            named.extend(members);
            let countries =
                unique(named.iter().map(|(name, _)| *name).filter(|name| name.starts_with("c:")));
            if countries.len() > 1 {
                self.note_together(&countries, lead);
            }
            let whole = || named.iter().filter(|(_, whole)| *whole).map(|(name, _)| *name);
            if whole().nth(1).is_some() {
                self.persons = owned(&unique(whole()));
            }
        }
        self.learn_gatherings(line, mentions, told);
        let people = unique(line.args.iter().filter_map(|arg| match arg.what {
            What::Mention(m) if arg.slot != Slot::Beside => {
                entity(&mentions[m]).filter(|name| name.starts_with("p:"))
            }
            _ => None,
        }));
        if people.len() > 1 {
            self.people = owned(&people);
        }
    }

    fn learn_gatherings(&mut self, line: &Line, mentions: &[Mention], told: &[Draft]) {
        for draft in told.iter().filter(|draft| together(draft.rule.kind)) {
            let mut here = unique(
                draft
                    .participants
                    .iter()
                    .filter(|one| !matches!(one.part, Part::Target | Part::Mediator))
                    .map(|one| one.entity.clone()),
            );
            let around = line.args.iter().filter(|arg| arg.clause == draft.clause);
            let acting = unique(around.filter_map(|arg| match arg.what {
                What::Mention(m) if mentions[m].kind == MentionKind::Country => {
                    entity(&mentions[m]).filter(|name| {
                        arg.shape == Shape::Office || here.iter().any(|one| one == name)
                    })
                }
                _ => None,
            }));
            if acting.len() > 1 {
                self.note_together(&acting, 1);
            }
            let goes_on = draft.definite || draft.rule.class == super::Class::Joining;
            if goes_on && here.iter().any(|name| self.gathering.contains(name)) {
                here = unique(self.gathering.iter().cloned().chain(here));
            }
            if here.len() > 1 {
                self.persons.clone_from(&here);
                let state = |name: &&str| name.starts_with("c:");
                let sides: Vec<&str> = here.iter().map(String::as_str).filter(state).collect();
                if sides.len() > 1 {
                    self.note_together(&sides, 1);
                }
                self.gathering = here;
            }
        }
    }

    fn learn_subjects(&mut self, line: &Line, mentions: &[Mention]) {
        let person =
            |m: usize| mentions[m].kind == MentionKind::Person || mentions[m].holder.is_some();
        let thing =
            |m: usize| matches!(mentions[m].kind, MentionKind::Organisation | MentionKind::Country);
        let last = |fits: &dyn Fn(usize) -> bool, subject: bool| {
            line.args.iter().rev().find_map(|arg| {
                let What::Mention(m) = arg.what else { return None };
                let stands = !subject || is_subject(line, arg);
                (stands && fits(m)).then(|| entity(&mentions[m])).flatten()
            })
        };
        // Of a sentence that names a person only in passing, that person is spoken of next.
        if let Some(name) = last(&person, true).or_else(|| last(&person, false)) {
            self.person = Some(name.to_owned());
        }
        if let Some(name) = last(&thing, true) {
            self.thing = Some(name.to_owned());
        }
        let body = |m: usize| mentions[m].kind == MentionKind::Organisation;
        if let Some(name) = last(&body, true).or_else(|| last(&body, false)) {
            self.body = Some(name.to_owned());
        }
    }
}

/// The entity of a mention; of an office, its holder.
pub(crate) fn entity(mention: &Mention) -> Option<&str> {
    let held = mention.kind == MentionKind::Role;
    if held { mention.holder.as_deref() } else { mention.entity.as_deref() }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Whether several people or things that nobody named are the subject of a sentence.
fn is_about_unnamed(line: &Line) -> bool {
    let clause = line.clauses[0];
    let Some(verb) = clause.verb.filter(|_| line.subject(0).is_empty()) else { return false };
    let noun = (clause.first..verb).rfind(|&at| matches!(line.tags[at], Tag::Noun | Tag::Official));
    noun.is_some_and(|at| line.form(at).ends_with('s') && line.words[at].mention.is_none())
}

/// What an argument names, a seat of government its state, and whether it is the phrase.
fn named_by<'a>(line: &Line, mentions: &'a [Mention], arg: &Arg) -> Option<(&'a str, bool)> {
    let What::Mention(m) = arg.what else { return None };
    let name = match mentions[m].kind {
        MentionKind::Place if arg.slot == Slot::Bare => seats::state(line.form(arg.word)),
        MentionKind::Place => None,
        _ => entity(&mentions[m]),
    };
    name.map(|name| (name, arg.shape == Shape::Whole))
}

/// "Kosovo police": a state right before its body is not named together with it.
fn beside_body(line: &Line, mentions: &[Mention], arg: &Arg) -> bool {
    let next = line.words.get(arg.word + 1).and_then(|word| word.mention);
    let body = next.is_some_and(|m| mentions[m].kind == MentionKind::Organisation);
    let state = matches!(arg.what, What::Mention(m) if mentions[m].kind == MentionKind::Country);
    state && body
}

fn is_subject(line: &Line, arg: &crate::chunk::Arg) -> bool {
    arg.slot == Slot::Bare && line.clauses[arg.clause].verb.is_none_or(|verb| arg.word < verb)
}

/// What an argument of a line stands for: a pronoun is first looked up in its own sentence.
pub(crate) fn resolve(
    line: &Line,
    mentions: &[Mention],
    memory: &Memory,
    at: usize,
) -> Vec<String> {
    let arg = &line.args[at];
    let before = || line.args[..at].iter().rev().filter(|other| other.word < arg.word);
    let wanted: fn(&Mention) -> bool = match arg.what {
        What::People => {
            let mut people = memory.resolve(arg.what, mentions);
            let pair = (1..=3)
                .filter_map(|back| arg.word.checked_sub(back))
                .any(|word| matches!(line.form(word), "two" | "both"))
                || line.form(arg.word).starts_with("two ");
            // Who is named here already is not among those spoken of.
            let here: Vec<&str> = before()
                .filter_map(|other| match other.what {
                    What::Mention(m) => entity(&mentions[m]),
                    _ => None,
                })
                .collect();
            people.retain(|name| !here.contains(&name.as_str()));
            if pair && people.len() > 2 {
                people.drain(..people.len() - 2);
            }
            return people;
        }
        What::Persons => {
            let subjects = || {
                before().filter(|other| {
                    is_subject(line, other) && matches!(other.what, What::Mention(_))
                })
            };
            let several =
                |list: usize| line.args[..at].iter().filter(|one| one.list == list).count() > 1;
            // "police said they had": one name may be of many.
            let list = subjects().find(|other| several(other.list)).or_else(|| subjects().next());
            let Some(list) = list.map(|other| other.list) else {
                let they = memory.unnamed && line.form(arg.word) == "they";
                return if they { Vec::new() } else { memory.resolve(arg.what, mentions) };
            };
            let members = line.args[..at].iter().filter(|other| other.list == list);
            return unique(members.filter_map(|other| match other.what {
                What::Mention(m) if !matches!(other.shape, Shape::Modifier(_)) => {
                    entity(&mentions[m]).map(str::to_owned)
                }
                _ => None,
            }));
        }
        What::Thing => {
            let body = before().find_map(|other| match other.what {
                What::Mention(m) if mentions[m].kind == MentionKind::Organisation => {
                    entity(&mentions[m])
                }
                _ => None,
            });
            if let Some(name) = body {
                return vec![name.to_owned()];
            }
            |one| one.kind == MentionKind::Country
        }
        What::Person => |one| one.kind == MentionKind::Person || one.holder.is_some(),
        What::Body => |one| one.kind == MentionKind::Organisation,
        _ => return memory.resolve(arg.what, mentions),
    };
    let found =
        before().filter(|other| is_subject(line, other)).find_map(|other| match other.what {
            What::Mention(m) if wanted(&mentions[m]) => entity(&mentions[m]),
            _ => None,
        });
    match found {
        Some(name) => vec![name.to_owned()],
        None => memory.resolve(arg.what, mentions),
    }
}

fn together(kind: EventKind) -> bool {
    matches!(kind, EventKind::Meeting | EventKind::Call | EventKind::Agreement | EventKind::Truce)
}

pub(crate) fn states(names: &[String]) -> Vec<String> {
    names.iter().filter(|name| name.starts_with("c:")).cloned().collect()
}

pub(crate) fn unique<T: PartialEq>(names: impl Iterator<Item = T>) -> Vec<T> {
    let mut out: Vec<T> = Vec::new();
    for name in names {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}
