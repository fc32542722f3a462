//! What a viewer may see.

use diwan_record::{Entitlement, Label, State};

/// A person at a screen, with an entitlement and the one state being looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub entitlement: Entitlement,
    /// Actual, exercise or test: a picture is of exactly one.
    pub state: State,
}

impl Viewer {
    /// Whether the viewer may see what is held under this label.
    #[must_use]
    pub fn sees(&self, label: &Label) -> bool {
        label.state == self.state && self.entitlement.covers(label).is_ok()
    }
}

/// Turns an entitlement once into the numbers of the distinct labels it covers, ascending.
#[must_use]
pub fn visible_labels(viewer: &Viewer, labels: &[(u32, Label)]) -> Vec<u32> {
    let mut numbers: Vec<u32> =
        labels.iter().filter(|(_, label)| viewer.sees(label)).map(|(number, _)| *number).collect();
    numbers.sort_unstable();
    numbers
}
