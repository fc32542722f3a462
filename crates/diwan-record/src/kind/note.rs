//! A note on someone's record: opinion, correction, dispute, sighting, "not true here".

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ItemId, Reason, Text, limits};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// The item it speaks about.
    pub about: ItemId,
    pub sort: NoteSort,
    pub text: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoteSort {
    Opinion,
    Correction,
    Dispute,
    Sighting,
    NotTrueHere,
}

impl NoteSort {
    /// Whether it says that the record is wrong.
    #[must_use]
    pub fn disputes(self) -> bool {
        match self {
            Self::Dispute | Self::NotTrueHere => true,
            Self::Opinion | Self::Correction | Self::Sighting => false,
        }
    }
}

impl Note {
    pub(super) fn check(&self) -> Result<(), Reason> {
        self.text.check(limits::TEXT_CHARS)
    }
}
