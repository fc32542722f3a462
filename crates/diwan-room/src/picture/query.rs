//! What can be asked of the picture.

use diwan_record::{Digest, Kind};

/// Where the next page starts: after the item whose newest visible record is this one. It names
/// a record the viewer has seen, so it tells nothing of hidden ones.
pub type Cursor = Digest;

/// One page of items, newest arrival first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Only these kinds; empty means all.
    pub kinds: Vec<Kind>,
    /// West, south, east, north in degrees; west may exceed east across the antimeridian.
    pub window: Option<[f64; 4]>,
    /// Words that must all occur, in any script's spelling.
    pub words: Option<String>,
    pub after: Option<Cursor>,
    /// At most [`diwan_record::limits::PAGE`], or `MAP_ITEMS` for a map.
    pub limit: usize,
}

impl Query {
    /// Whether a position lies in the window.
    #[must_use]
    pub fn contains(&self, lon: f64, lat: f64) -> bool {
        let Some([west, south, east, north]) = self.window else {
            return true;
        };
        let between =
            if west <= east { (west..=east).contains(&lon) } else { lon >= west || lon <= east };
        between && (south..=north).contains(&lat)
    }
}
