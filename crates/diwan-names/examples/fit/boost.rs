//! Boosted trees by histograms: logistic loss, trees of one depth, monotone where asked.

use diwan_names::forest::{DEPTH, Forest, LEAVES, QUESTIONS, Tree};
use diwan_names::{FEATURES, Features};

use crate::pairs::Chance;

const RATE: f64 = 0.1;
const RIDGE: f64 = 3.0;
const LEAST_WEIGHT: f64 = 2.0;
const BINS: usize = 250;
const SAMPLE: f64 = 0.8;
const FEATURE_SAMPLE: f64 = 0.5;

pub(crate) struct How {
    pub(crate) trees: usize,
    pub(crate) used: Vec<usize>,
    pub(crate) toward: [i8; FEATURES],
    pub(crate) seed: u64,
}

/// Rows as numbers of bins; `edges[f][b]` is the largest value of bin `b`.
struct Binned {
    bins: Vec<[u8; FEATURES]>,
    edges: Vec<Vec<f32>>,
}

pub(crate) fn fit(rows: &[Features], labels: &[bool], how: &How) -> Forest {
    let binned = bin(rows);
    let positive = labels.iter().filter(|same| **same).count() as f64 / labels.len() as f64;
    let mut forest = Forest { base: (positive / (1.0 - positive)).ln() as f32, trees: Vec::new() };
    let mut sums = vec![f64::from(forest.base); rows.len()];
    let mut chance = Chance::new(how.seed);
    for _ in 0..how.trees {
        let slopes: Vec<(f64, f64)> = sums
            .iter()
            .zip(labels)
            .map(|(sum, same)| {
                let likely = 1.0 / (1.0 + (-sum).exp());
                (f64::from(u8::from(*same)) - likely, (likely * (1.0 - likely)).max(1e-6))
            })
            .collect();
        let taken: Vec<bool> = rows.iter().map(|_| chance.next() < SAMPLE).collect();
        let used: Vec<usize> =
            how.used.iter().copied().filter(|_| chance.next() < FEATURE_SAMPLE).collect();
        let tree = grow(&binned, &slopes, &taken, &used, &how.toward);
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum += f64::from(tree.leaves[tree.leaf(row)]);
        }
        forest.trees.push(tree);
    }
    forest
}

fn bin(rows: &[Features]) -> Binned {
    let edges: Vec<Vec<f32>> = (0..FEATURES)
        .map(|feature| {
            let mut values: Vec<f32> = rows.iter().map(|row| row[feature]).collect();
            values.sort_by(f32::total_cmp);
            let at = |bin: usize| values[(bin * values.len() / BINS).min(values.len() - 1)];
            let mut edges: Vec<f32> = (1..BINS).map(at).collect();
            // Rare high values of features that are mostly one value still deserve a question.
            values.dedup();
            if values.len() < BINS {
                edges = values.clone()
            }
            edges.dedup();
            edges
        })
        .collect();
    let place = |row: &Features, feature: usize| {
        u8::try_from(edges[feature].partition_point(|edge| *edge < row[feature])).unwrap_or(u8::MAX)
    };
    let bins = rows.iter().map(|row| std::array::from_fn(|feature| place(row, feature))).collect();
    Binned { bins, edges }
}

/// Gradient and curvature of the rows of a node, and between what its value must lie.
#[derive(Clone, Copy)]
struct Node {
    slope: f64,
    curve: f64,
    low: f64,
    high: f64,
}

impl Node {
    fn value(&self) -> f64 {
        (self.slope / (self.curve + RIDGE)).clamp(self.low, self.high)
    }

    fn gain(slope: f64, curve: f64) -> f64 {
        slope * slope / (curve + RIDGE)
    }
}

#[derive(Clone, Copy)]
struct Split {
    gain: f64,
    feature: usize,
    bin: usize,
    left: Node,
    right: Node,
}

fn grow(
    binned: &Binned,
    slopes: &[(f64, f64)],
    taken: &[bool],
    used: &[usize],
    toward: &[i8; FEATURES],
) -> Tree {
    let mut tree =
        Tree { features: [0; QUESTIONS], thresholds: [f32::MAX; QUESTIONS], leaves: [0.0; LEAVES] };
    let mut places = vec![0_usize; slopes.len()];
    let (slope, curve) = slopes
        .iter()
        .zip(taken)
        .filter(|(_, taken)| **taken)
        .fold((0.0, 0.0), |sum, (one, _)| (sum.0 + one.0, sum.1 + one.1));
    let mut nodes = vec![Node { slope, curve, low: f64::MIN, high: f64::MAX }];
    for depth in 0..DEPTH {
        let first = (1 << depth) - 1;
        let sums = histograms(binned, slopes, taken, &places, nodes.len(), used);
        let splits: Vec<Option<Split>> = nodes
            .iter()
            .zip(&sums)
            .map(|(node, sums)| best(node, sums, used, toward, &binned.edges))
            .collect();
        let mut next = Vec::new();
        for (at, (node, split)) in nodes.iter().zip(&splits).enumerate() {
            match split {
                Some(split) => {
                    tree.features[first + at] = u8::try_from(split.feature).unwrap_or(0);
                    tree.thresholds[first + at] = binned.edges[split.feature][split.bin];
                    next.extend([split.left, split.right]);
                }
                None => next.extend([*node, Node { slope: 0.0, curve: 0.0, ..*node }]),
            }
        }
        for (place, row) in places.iter_mut().zip(&binned.bins) {
            let more =
                splits[*place].is_some_and(|split| usize::from(row[split.feature]) > split.bin);
            *place = *place * 2 + usize::from(more);
        }
        nodes = next;
    }
    for (leaf, node) in tree.leaves.iter_mut().zip(&nodes) {
        *leaf = (RATE * node.value()) as f32;
    }
    tree
}

type Histogram = Vec<[(f64, f64); BINS]>;

fn histograms(
    binned: &Binned,
    slopes: &[(f64, f64)],
    taken: &[bool],
    places: &[usize],
    nodes: usize,
    used: &[usize],
) -> Vec<Histogram> {
    let mut sums = vec![vec![[(0.0, 0.0); BINS]; used.len()]; nodes];
    for (at, row) in binned.bins.iter().enumerate().filter(|(at, _)| taken[*at]) {
        let node = &mut sums[places[at]];
        for (slot, feature) in node.iter_mut().zip(used) {
            let cell = &mut slot[usize::from(row[*feature])];
            cell.0 += slopes[at].0;
            cell.1 += slopes[at].1;
        }
    }
    sums
}

fn best(
    node: &Node,
    sums: &Histogram,
    used: &[usize],
    toward: &[i8; FEATURES],
    edges: &[Vec<f32>],
) -> Option<Split> {
    let mut best: Option<Split> = None;
    for (histogram, feature) in sums.iter().zip(used) {
        let (mut slope, mut curve) = (0.0, 0.0);
        for (bin, cell) in histogram.iter().enumerate().take(edges[*feature].len()) {
            slope += cell.0;
            curve += cell.1;
            let (rest, rest_curve) = (node.slope - slope, node.curve - curve);
            if curve < LEAST_WEIGHT || rest_curve < LEAST_WEIGHT {
                continue;
            }
            let gain = Node::gain(slope, curve) + Node::gain(rest, rest_curve)
                - Node::gain(node.slope, node.curve);
            if gain < 0.05 || best.is_some_and(|best| best.gain >= gain) {
                continue;
            }
            let mut left = Node { slope, curve, ..*node };
            let mut right = Node { slope: rest, curve: rest_curve, ..*node };
            let (low, high) = (left.value(), right.value());
            let middle = (low + high) / 2.0;
            match toward[*feature] {
                1 if low > high => continue,
                -1 if low < high => continue,
                1 => (left.high, right.low) = (middle, middle),
                -1 => (left.low, right.high) = (middle, middle),
                _ => {}
            }
            best = Some(Split { gain, feature: *feature, bin, left, right });
        }
    }
    best
}
