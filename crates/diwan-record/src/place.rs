//! Positions on the earth: WGS 84 degrees.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Reason, Text, limits};

/// A named position, perhaps with a radius that says how exactly it is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    pub name: Text,
    /// Degrees east, -180 to 180.
    pub lon: f64,
    /// Degrees north, -90 to 90.
    pub lat: f64,
    /// Metres around the position within which it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius_m: Option<f64>,
}

impl Place {
    /// # Errors
    /// [`Reason::PlaceOutside`] beyond the ranges above (also not-a-number), or a text's reason.
    pub fn check(&self) -> Result<(), Reason> {
        let within = (-180.0..=180.0).contains(&self.lon)
            && (-90.0..=90.0).contains(&self.lat)
            && self.radius_m.is_none_or(|radius| (0.0..=20_000_000.0).contains(&radius));
        if !within {
            return Err(Reason::PlaceOutside);
        }
        self.name.check(limits::NAME_CHARS)
    }
}
