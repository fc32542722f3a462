//! A meeting of partners: round, place, participants by office, what came of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Sketch, Source, check_list, check_sources, check_texts};
use crate::{PartnerId, Place, Reason, Span, Text, limits, text};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Meeting {
    pub name: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
    pub when: Span,
    pub place: Place,
    #[serde(default)]
    pub participants: Vec<Participant>,
    #[serde(default)]
    pub agenda: Vec<Text>,
    #[serde(default)]
    pub outcomes: Vec<Text>,
    /// The joint statement, per language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Text>,
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// Someone who took part, by office; a name only where it is public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    pub party: PartnerId,
    pub office: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Meeting {
    pub(super) fn check(&self) -> Result<(), Reason> {
        self.name.check(limits::NAME_CHARS)?;
        self.when.check()?;
        self.place.check()?;
        check_list(self.participants.len())?;
        let words = self.participants.iter().flat_map(|one| [Some(&one.office), one.name.as_ref()]);
        text::check_length(words.flatten(), limits::NAME_CHARS)?;
        check_texts(&self.agenda, limits::TEXT_CHARS)?;
        check_texts(&self.outcomes, limits::TEXT_CHARS)?;
        self.statement.iter().try_for_each(|text| text.check(limits::TEXT_CHARS))?;
        check_sources(&self.sources)
    }

    pub(super) fn sketch(&self) -> Sketch<'_> {
        Sketch {
            title: &self.name,
            place: Some(&self.place),
            at: Some(self.when.start),
            category: "meeting",
        }
    }

    pub(super) fn texts(&self) -> Vec<&str> {
        let lists = self.agenda.iter().chain(&self.outcomes).chain(&self.statement);
        let people = self
            .participants
            .iter()
            .flat_map(|one| [Some(one.office.as_str()), one.name.as_deref()].into_iter().flatten());
        let texts = self.name.all().chain(self.place.name.all());
        texts.chain(lists.flat_map(Text::all)).chain(people).collect()
    }
}
