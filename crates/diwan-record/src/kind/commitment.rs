//! A commitment: who promised what to whom by when, and how firmly.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Sketch, Source, check_list, check_sources};
use crate::{Date, ItemId, PartnerId, Reason, Text, limits, text};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Commitment {
    pub text: Text,
    /// Who promised.
    pub by: Vec<PartnerId>,
    /// To whom; empty when to all who took part.
    #[serde(default)]
    pub to: Vec<PartnerId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    pub firmness: Firmness,
    /// By what one can tell that it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Text>,
    pub state: CommitmentState,
    /// The meeting's item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<ItemId>,
    #[serde(default)]
    pub evidence: Vec<String>,
    #[serde(default)]
    pub sources: Vec<Source>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Firmness {
    Agreed,
    Planned,
    Offered,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CommitmentState {
    Open,
    Met,
    Late,
    CarriedOver,
    Withdrawn,
}

impl CommitmentState {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Met => "met",
            Self::Late => "late",
            Self::CarriedOver => "carried-over",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Commitment {
    pub(super) fn check(&self) -> Result<(), Reason> {
        self.text.check(limits::TEXT_CHARS)?;
        if self.by.is_empty() {
            return Err(Reason::TextEmpty);
        }
        check_list(self.by.len().max(self.to.len()).max(self.evidence.len()))?;
        self.measure.iter().try_for_each(|text| text.check(limits::TEXT_CHARS))?;
        text::check_length(&self.evidence, limits::TEXT_CHARS)?;
        check_sources(&self.sources)
    }

    pub(super) fn sketch(&self) -> Sketch<'_> {
        Sketch {
            title: &self.text,
            place: None,
            at: self.due.map(Date::start),
            category: self.state.code(),
        }
    }

    pub(super) fn texts(&self) -> Vec<&str> {
        let measure = self.measure.iter().flat_map(Text::all);
        self.text.all().chain(measure).chain(self.evidence.iter().map(String::as_str)).collect()
    }
}
