//! A small forest of full binary trees: numbers in, one number out.

/// Questions asked on the way to a leaf.
pub const DEPTH: usize = 5;
/// Questions of one tree.
pub const QUESTIONS: usize = (1 << DEPTH) - 1;
/// Leaves of one tree.
pub const LEAVES: usize = 1 << DEPTH;
/// Bytes of one tree in a file.
pub const TREE_BYTES: usize = QUESTIONS * 5 + LEAVES * 4;

/// One tree; question `n` leads to `2n+1` when the feature is at most the threshold, else `2n+2`.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// Which feature each question is about.
    pub features: [u8; QUESTIONS],
    /// What it is compared with.
    pub thresholds: [f32; QUESTIONS],
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
        let mut at = 0;
        for _ in 0..DEPTH {
            let feature = self.features.get(at).map_or(0, |feature| usize::from(*feature) % PADDED);
            let value = features.get(feature).copied().unwrap_or(0.0);
            let more = self.thresholds.get(at).is_some_and(|threshold| value > *threshold);
            at = 2 * at + 1 + usize::from(more);
        }
        at - QUESTIONS
    }
}

impl Forest {
    /// The sum for these features. When the first trees leave no doubt that names differ, the others
    /// are not asked.
    #[must_use]
    pub fn sum(&self, features: &[f32]) -> f32 {
        let features = &padded(features);
        let (first, rest) = self.trees.split_at(self.trees.len().min(ASKED_FIRST));
        let sum = add(self.base, first, features);
        if sum < SURELY_OTHERS { sum } else { add(sum, rest, features) }
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

/// Trees asked of every pair.
const ASKED_FIRST: usize = 48;
/// A sum after which the other trees would not change a decision.
const SURELY_OTHERS: f32 = -3.6;

/// Features in an array of a fixed power of two, so that looking one up needs no check.
const PADDED: usize = 64;
type Padded = [f32; PADDED];

fn padded(features: &[f32]) -> Padded {
    let mut padded = [0.0; PADDED];
    for (slot, feature) in padded.iter_mut().zip(features) {
        *slot = *feature;
    }
    padded
}

fn add(base: f32, trees: &[Tree], features: &Padded) -> f32 {
    trees.iter().fold(base, |sum, tree| {
        sum + tree.leaves.get(tree.leaf_of(features)).copied().unwrap_or(0.0)
    })
}

fn read_tree(bytes: &[u8]) -> Option<Tree> {
    let (features, rest) = bytes.split_first_chunk::<QUESTIONS>()?;
    let mut numbers =
        rest.chunks_exact(4).filter_map(|four| Some(f32::from_le_bytes(four.try_into().ok()?)));
    let mut tree =
        Tree { features: *features, thresholds: [0.0; QUESTIONS], leaves: [0.0; LEAVES] };
    for slot in tree.thresholds.iter_mut().chain(&mut tree.leaves) {
        *slot = numbers.next()?;
    }
    Some(tree)
}
