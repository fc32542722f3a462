//! An acknowledgement: what a holder did with a record or with its recall.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Digest, Reason, limits, text};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Acknowledgement {
    /// The record it speaks of.
    pub digest: Digest,
    pub answer: Answer,
    /// What it was used in, or why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    Removed,
    UsedIn,
    Refused,
    Read,
    Actioned,
}

impl Answer {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::UsedIn => "used-in",
            Self::Refused => "refused",
            Self::Read => "read",
            Self::Actioned => "actioned",
        }
    }
}

impl Acknowledgement {
    /// The body as the JSON that is signed.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        // INVARIANT: strings and numbers always write.
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(super) fn check(&self) -> Result<(), Reason> {
        text::check_length(&self.reason, limits::NAME_CHARS)
    }
}
