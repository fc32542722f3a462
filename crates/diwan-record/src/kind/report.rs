//! A report: an incident, threat, sighting or assessment (SALUTE; Admiralty grades).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Sketch, Source, check_list, check_sources};
use crate::{Place, Reason, Span, Text, limits, text};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    pub title: Text,
    pub category: Category,
    pub when: Span,
    pub place: Place,
    #[serde(default)]
    pub narrative: Text,
    #[serde(default)]
    pub actors: Vec<String>,
    #[serde(default)]
    pub quantities: Vec<Quantity>,
    pub grade: Grade,
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// What happened, in the categories of ROOM's report kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    Attack,
    ThwartedPlot,
    Arrest,
    ThreatWarning,
    ArmedClash,
    SmugglingAttempt,
    BorderIncident,
    Movement,
    Violation,
    Displacement,
    Incitement,
    Statement,
}

impl Category {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Attack => "attack",
            Self::ThwartedPlot => "thwarted-plot",
            Self::Arrest => "arrest",
            Self::ThreatWarning => "threat-warning",
            Self::ArmedClash => "armed-clash",
            Self::SmugglingAttempt => "smuggling-attempt",
            Self::BorderIncident => "border-incident",
            Self::Movement => "movement",
            Self::Violation => "violation",
            Self::Displacement => "displacement",
            Self::Incitement => "incitement",
            Self::Statement => "statement",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    pub what: String,
    pub amount: f64,
    pub unit: String,
}

/// Admiralty grade (STANAG 2511): how reliable the source, how credible the information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Grade {
    pub reliability: Reliability,
    pub credibility: Credibility,
}

/// A: completely reliable, to E: unreliable; F: cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Reliability {
    A,
    B,
    C,
    D,
    E,
    F,
}

/// 1: confirmed by other sources, to 5: improbable; 6: cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Credibility {
    #[serde(rename = "1")]
    One,
    #[serde(rename = "2")]
    Two,
    #[serde(rename = "3")]
    Three,
    #[serde(rename = "4")]
    Four,
    #[serde(rename = "5")]
    Five,
    #[serde(rename = "6")]
    Six,
}

impl Report {
    pub(super) fn check(&self) -> Result<(), Reason> {
        self.title.check(limits::NAME_CHARS)?;
        self.when.check()?;
        self.place.check()?;
        text::check_length(self.narrative.0.values(), limits::TEXT_CHARS)?;
        check_list(self.actors.len())?;
        check_list(self.quantities.len())?;
        text::check_length(&self.actors, limits::NAME_CHARS)?;
        let words = self.quantities.iter().flat_map(|one| [&one.what, &one.unit]);
        text::check_length(words, limits::NAME_CHARS)?;
        check_sources(&self.sources)
    }

    pub(super) fn sketch(&self) -> Sketch<'_> {
        Sketch {
            title: &self.title,
            place: Some(&self.place),
            at: Some(self.when.start),
            category: self.category.code(),
        }
    }

    pub(super) fn texts(&self) -> Vec<&str> {
        let quantities = self.quantities.iter().map(|one| one.what.as_str());
        self.title
            .all()
            .chain(self.place.name.all())
            .chain(self.narrative.all())
            .chain(self.actors.iter().map(String::as_str))
            .chain(quantities)
            .collect()
    }
}
