//! What was learned: costs of letters, how common consonants are, the forest that decides.

use std::sync::LazyLock;

use crate::costs::Costs;
use crate::forest::Forest;

/// Entries of the table of rarities, one for each [`Part`](crate::encode::Part) skeleton.
pub const RARITIES: usize = 1 << 16;

/// Everything [`score`](crate::score) looks up; the crate ships one, made by the `fit` example.
#[derive(Clone, Debug)]
pub struct Model {
    /// What letters answering one another cost.
    pub costs: Costs,
    /// How rare the consonants of a part are: 0 for the commonest, 255 for never seen.
    pub rarities: Vec<u8>,
    /// Features to score.
    pub forest: Forest,
}

static SHIPPED: LazyLock<Model> = LazyLock::new(|| Model {
    costs: Costs::read(include_bytes!("weights/costs.bin")).unwrap_or_else(Costs::by_hand),
    rarities: include_bytes!("weights/rarities.bin").to_vec(),
    forest: Forest::read(include_bytes!("weights/forest.bin")).unwrap_or_default(),
});

impl Model {
    /// The model this crate ships.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Costs set by hand, every name equally rare, no forest: where learning starts.
    #[must_use]
    pub fn untaught() -> Self {
        Self { costs: Costs::by_hand(), rarities: Vec::new(), forest: Forest::default() }
    }

    /// 0 for the commonest consonants, 1 for never seen.
    pub(crate) fn rarity(&self, skeleton: u16) -> f32 {
        self.rarities.get(usize::from(skeleton)).map_or(1.0, |rare| f32::from(*rare) / 255.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::costs::{PAIRS, TABLE_BYTES};

    #[test]
    fn the_shipped_weights_are_read_whole() {
        let costs = include_bytes!("weights/costs.bin");
        assert_eq!(costs.len(), PAIRS.len() * TABLE_BYTES);
        assert_eq!(Costs::read(costs).map(|costs| costs.bytes()), Some(costs.to_vec()));
        let forest = include_bytes!("weights/forest.bin");
        assert_eq!(Forest::read(forest).map(|forest| forest.bytes()), Some(forest.to_vec()));
        assert!(Model::shipped().forest.trees.len() > 50);
        assert_eq!(Model::shipped().rarities.len(), RARITIES);
    }

    #[test]
    fn weights_cut_short_are_not_read() {
        let forest = include_bytes!("weights/forest.bin");
        assert_eq!(Forest::read(&forest[..forest.len() - 1]), None);
        assert_eq!(Forest::read(&forest[..3]), None);
        assert_eq!(Costs::read(&[0; TABLE_BYTES]), None);
    }
}
