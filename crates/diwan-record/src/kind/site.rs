//! A site: a place with an operator and what it can hold or carry.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Amount, Sketch};
use crate::{Place, Reason, Text, limits, text};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Site {
    pub name: Text,
    pub class: SiteClass,
    pub place: Place,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Amount>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SiteClass {
    Crossing,
    DetentionSite,
    Camp,
    ReceptionCentre,
    SettlementCentre,
    Substation,
    Pipeline,
    Checkpoint,
}

impl SiteClass {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Crossing => "crossing",
            Self::DetentionSite => "detention-site",
            Self::Camp => "camp",
            Self::ReceptionCentre => "reception-centre",
            Self::SettlementCentre => "settlement-centre",
            Self::Substation => "substation",
            Self::Pipeline => "pipeline",
            Self::Checkpoint => "checkpoint",
        }
    }
}

impl Site {
    pub(super) fn check(&self) -> Result<(), Reason> {
        self.name.check(limits::NAME_CHARS)?;
        self.place.check()?;
        let words = self.operator.iter().chain(self.capacity.as_ref().map(|one| &one.unit));
        text::check_length(words, limits::NAME_CHARS)
    }

    pub(super) fn sketch(&self) -> Sketch<'_> {
        Sketch {
            title: &self.name,
            place: Some(&self.place),
            at: None,
            category: self.class.code(),
        }
    }

    pub(super) fn texts(&self) -> Vec<&str> {
        let operator = self.operator.iter().map(String::as_str);
        self.name.all().chain(self.place.name.all()).chain(operator).collect()
    }
}
