//! A message: talk bound to an item, under its label.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ItemId, Reason, Text, limits};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// The item it is said about.
    pub about: ItemId,
    pub text: Text,
}

impl Message {
    pub(super) fn check(&self) -> Result<(), Reason> {
        self.text.check(limits::TEXT_CHARS)
    }
}
