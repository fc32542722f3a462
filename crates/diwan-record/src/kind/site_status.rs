//! A site's state now, with "as of" and "stale after".

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Amount;
use crate::{ItemId, Moment, Reason, Text, limits, text};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SiteStatus {
    /// The site's item.
    pub site: ItemId,
    pub state: SiteState,
    /// For whom it is open or restricted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_whom: Option<Text>,
    /// Detained persons, residents, megawatts: what the site's capacity is measured in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupancy: Option<Amount>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<u32>,
    pub as_of: Moment,
    pub stale_after: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SiteState {
    Open,
    Restricted,
    Closed,
    Unknown,
}

impl SiteState {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Restricted => "restricted",
            Self::Closed => "closed",
            Self::Unknown => "unknown",
        }
    }
}

impl SiteStatus {
    pub(super) fn check(&self) -> Result<(), Reason> {
        if self.stale_after < self.as_of {
            return Err(Reason::SpanBackwards);
        }
        let texts = self.for_whom.iter().chain(&self.remark);
        let mut strings = texts.flat_map(|text| text.0.values());
        text::check_length(strings.by_ref(), limits::TEXT_CHARS)?;
        text::check_length(self.occupancy.as_ref().map(|one| &one.unit), limits::NAME_CHARS)
    }

    pub(super) fn texts(&self) -> Vec<&str> {
        self.for_whom.iter().chain(&self.remark).flat_map(Text::all).collect()
    }
}
