//! Who "he", "they", "the two countries" and "the meeting" are, from what was read before.

use super::{Draft, EventKind, Line, Mention, MentionKind, Part, What};
use crate::chunk::{Shape, Slot};

/// Entities that later words may refer to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// The last person who stood as a subject.
    pub(crate) person: Option<String>,
    /// The last persons or others named together.
    pub(crate) persons: Vec<String>,
    /// The last states named together.
    pub(crate) sides: Vec<String>,
    /// Who took part in the last meeting.
    pub(crate) gathering: Vec<String>,
    /// Persons with the state whose office they hold.
    homes: Vec<(String, String)>,
}

impl Memory {
    /// What an argument stands for.
    pub(crate) fn resolve(&self, what: What, mentions: &[Mention]) -> Vec<String> {
        match what {
            What::Mention(at) => entity(&mentions[at]).into_iter().collect(),
            What::Person => self.person.iter().cloned().collect(),
            What::Persons if !self.persons.is_empty() => self.persons.clone(),
            What::Persons => self.gathering.clone(),
            What::Sides if !self.sides.is_empty() => self.sides.clone(),
            What::Sides => states(&self.gathering),
            What::Gathering => self.gathering.clone(),
        }
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
            if home && name.starts_with("p:") {
                self.homes.push((name, state));
            }
        }
    }

    /// Takes in a sentence that has been read.
    pub(crate) fn learn(&mut self, line: &Line, mentions: &[Mention], told: &[Draft]) {
        self.learn_subjects(line, mentions);
        self.learn_homes(line, mentions);
        let lists = line.args.iter().map(|arg| arg.list).max().unwrap_or(0);
        for list in 0..=lists {
            let named: Vec<(String, bool)> = line
                .args
                .iter()
                .filter(|arg| arg.list == list && !matches!(arg.shape, Shape::Modifier(_)))
                .filter_map(|arg| match arg.what {
                    What::Mention(m) if mentions[m].kind != MentionKind::Place => {
                        entity(&mentions[m]).map(|name| (name, arg.shape == Shape::Whole))
                    }
                    _ => None,
                })
                .collect();
            let whole: Vec<String> =
                named.iter().filter(|(_, whole)| *whole).map(|(name, _)| name.clone()).collect();
            let countries = unique(
                named.iter().map(|(name, _)| name.clone()).filter(|name| name.starts_with("c:")),
            );
            if countries.len() > 1 {
                self.sides = countries;
            }
            if whole.len() > 1 {
                self.persons = unique(whole.into_iter());
            }
        }
        for draft in told.iter().filter(|draft| together(draft.rule.kind)) {
            let here = unique(
                draft
                    .participants
                    .iter()
                    .filter(|one| one.part != Part::Target)
                    .map(|one| one.entity.clone()),
            );
            if here.len() > 1 {
                self.persons.clone_from(&here);
                let sides = states(&here);
                if sides.len() > 1 {
                    self.sides = sides;
                }
                self.gathering = here;
            }
        }
    }

    fn learn_subjects(&mut self, line: &Line, mentions: &[Mention]) {
        for arg in line.args.iter().filter(|arg| arg.slot == Slot::Bare) {
            let What::Mention(m) = arg.what else { continue };
            let person = mentions[m].kind == MentionKind::Person || mentions[m].holder.is_some();
            let subject = line.clauses[arg.clause].verb.is_none_or(|verb| arg.word < verb);
            if person && subject {
                self.person = entity(&mentions[m]);
            }
        }
    }
}

/// The entity of a mention; of an office, its holder.
pub(crate) fn entity(mention: &Mention) -> Option<String> {
    let held = (mention.kind == MentionKind::Role).then(|| mention.holder.clone());
    held.unwrap_or_else(|| mention.entity.clone())
}

fn together(kind: EventKind) -> bool {
    matches!(kind, EventKind::Meeting | EventKind::Call | EventKind::Agreement | EventKind::Truce)
}

pub(crate) fn states(names: &[String]) -> Vec<String> {
    names.iter().filter(|name| name.starts_with("c:")).cloned().collect()
}

pub(crate) fn unique(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}
