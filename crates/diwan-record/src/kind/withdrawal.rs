//! A withdrawal: the originator takes a record back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Digest, Moment, Reason, limits, text};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Withdrawal {
    /// The record taken back, by its exact bytes.
    pub digest: Digest,
    pub reason: String,
    /// By when holders must have removed it.
    pub gone_by: Moment,
}

impl Withdrawal {
    /// The body as the JSON that is signed.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        // INVARIANT: strings and numbers always write.
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(super) fn check(&self) -> Result<(), Reason> {
        text::check_length([&self.reason], limits::NAME_CHARS)
    }
}
