//! A small forest of symmetric trees: numbers in, one number out.
//!
//! All questions of one step are the same question, so that a leaf is found without a branch: its
//! number is the row of answers.

/// Questions asked on the way to a leaf.
pub const DEPTH: usize = 6;
/// Leaves of one tree.
pub const LEAVES: usize = 1 << DEPTH;
/// Bytes of one tree in a file.
pub const TREE_BYTES: usize = DEPTH * 5 + LEAVES * 4;

/// One tree; the answers in a row, first one highest, are the number of a leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// Which feature each question is about.
    pub features: [u8; DEPTH],
    /// What it must exceed.
    pub thresholds: [f32; DEPTH],
    /// What each leaf adds.
    pub leaves: [f32; LEAVES],
}

/// The sum of its trees over a base.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    /// What an empty forest answers.
    pub base: f32,
    /// Trees, added up.
    pub trees: Vec<Tree>,
}

impl Tree {
    /// The leaf these features lead to.
    #[must_use]
    pub fn leaf(&self, features: &[f32]) -> usize {
        self.leaf_of(&padded(features))
    }

    fn leaf_of(&self, features: &Padded) -> usize {
        self.features.iter().zip(&self.thresholds).fold(0, |leaf, (feature, threshold)| {
            let more = features[usize::from(*feature)] > *threshold;
            leaf << 1 | usize::from(more)
        })
    }
}

impl Forest {
    /// The sum for these features. When the trees so far leave no doubt either way, the others are
    /// not asked.
    #[must_use]
    pub fn sum(&self, features: &[f32]) -> f32 {
        let features = &padded(features);
        let mut sum = self.base;
        for (at, trees) in self.trees.chunks(ASKED_AT_ONCE).enumerate() {
            if sum.abs() > SURE {
                // The first trees say most: all the others would add half as much again.
                let left = 1.0 - (at * ASKED_AT_ONCE) as f32 / self.trees.len() as f32;
                return sum + 0.5 * left * sum;
            }
            sum = trees.iter().fold(sum, |sum, tree| sum + tree.leaves[tree.leaf_of(features)]);
        }
        sum
    }

    /// As a file holds it: the base, then the trees, little-endian.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.base.to_le_bytes().to_vec();
        for tree in &self.trees {
            bytes.extend(tree.features);
            bytes.extend(
                tree.thresholds.iter().chain(&tree.leaves).flat_map(|one| one.to_le_bytes()),
            );
        }
        bytes
    }

    /// From the bytes of a file; `None` when they are cut short.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (base, rest) = bytes.split_first_chunk()?;
        let trees = rest.chunks(TREE_BYTES).map(read_tree).collect::<Option<Vec<_>>>()?;
        Some(Self { base: f32::from_le_bytes(*base), trees })
    }
}

/// Trees asked before the sum is looked at.
const ASKED_AT_ONCE: usize = 24;
/// A sum after which the other trees would not change a decision.
const SURE: f32 = 4.0;

/// As many as a byte can number, so that looking one up needs no check.
const PADDED: usize = 256;
type Padded = [f32; PADDED];

fn padded(features: &[f32]) -> Padded {
    let mut padded = [0.0; PADDED];
    for (slot, feature) in padded.iter_mut().zip(features) {
        *slot = *feature;
    }
    padded
}

fn read_tree(bytes: &[u8]) -> Option<Tree> {
    let (features, rest) = bytes.split_first_chunk::<DEPTH>()?;
    let mut numbers =
        rest.chunks_exact(4).filter_map(|four| Some(f32::from_le_bytes(four.try_into().ok()?)));
    let mut tree = Tree { features: *features, thresholds: [0.0; DEPTH], leaves: [0.0; LEAVES] };
    for slot in tree.thresholds.iter_mut().chain(&mut tree.leaves) {
        *slot = numbers.next()?;
    }
    Some(tree)
}
