//! Boosted symmetric trees by histograms: logistic loss, monotone where asked.

use diwan_names::forest::{DEPTH, Forest, LEAVES, Tree};
use diwan_names::{FEATURES, Features};

use crate::pairs::Chance;

const RATE: f64 = 0.15;
const RIDGE: f64 = 1.0;
const LEAST_WEIGHT: f64 = 0.5;
const LEAST_GAIN: f64 = 0.05;
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

    fn gain(&self) -> f64 {
        self.slope * self.slope / (self.curve + RIDGE)
    }

    /// Its two halves and what parting them gains. Where that goes against what the feature may say,
    /// or one half is too small to tell, both keep the value of the whole.
    fn parted(&self, (slope, curve): (f64, f64), toward: i8) -> (f64, [Self; 2]) {
        let mut less = Self { slope, curve, ..*self };
        let mut more = Self { slope: self.slope - slope, curve: self.curve - curve, ..*self };
        let (low, high) = (less.value(), more.value());
        let wrong = toward == 1 && low > high || toward == -1 && low < high;
        if wrong || less.curve < LEAST_WEIGHT || more.curve < LEAST_WEIGHT {
            let value = self.value();
            for half in [&mut less, &mut more] {
                (half.low, half.high) = (value, value);
            }
            return (0.0, [less, more]);
        }
        let middle = (low + high) / 2.0;
        match toward {
            1 => (less.high, more.low) = (middle, middle),
            -1 => (less.low, more.high) = (middle, middle),
            _ => {}
        }
        (less.gain() + more.gain() - self.gain(), [less, more])
    }
}

fn grow(
    binned: &Binned,
    slopes: &[(f64, f64)],
    taken: &[bool],
    used: &[usize],
    toward: &[i8; FEATURES],
) -> Tree {
    let mut tree =
        Tree { features: [0; DEPTH], thresholds: [f32::MAX; DEPTH], leaves: [0.0; LEAVES] };
    let mut places = vec![0_usize; slopes.len()];
    let (slope, curve) = slopes
        .iter()
        .zip(taken)
        .filter(|(_, taken)| **taken)
        .fold((0.0, 0.0), |sum, (one, _)| (sum.0 + one.0, sum.1 + one.1));
    let mut nodes = vec![Node { slope, curve, low: f64::MIN, high: f64::MAX }];
    for (feature, threshold) in tree.features.iter_mut().zip(&mut tree.thresholds) {
        let sums = histograms(binned, slopes, taken, &places, nodes.len(), used);
        let split = best(&nodes, &sums, used, toward, &binned.edges);
        if let Some((split, bin)) = split {
            *feature = u8::try_from(split).unwrap_or(0);
            *threshold = binned.edges[split][bin];
        }
        for (place, row) in places.iter_mut().zip(&binned.bins) {
            let more = split.is_some_and(|(feature, bin)| usize::from(row[feature]) > bin);
            *place = *place * 2 + usize::from(more);
        }
        let halves = |(node, sums): (&Node, &Histogram)| match split {
            Some((feature, bin)) => {
                let histogram = used.iter().position(|one| *one == feature).map(|at| &sums[at]);
                let below = histogram.map_or((0.0, 0.0), |all| below(all, bin));
                node.parted(below, toward[feature]).1
            }
            None => [*node; 2],
        };
        nodes = nodes.iter().zip(&sums).flat_map(halves).collect();
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

fn below(histogram: &[(f64, f64)], bin: usize) -> (f64, f64) {
    histogram.iter().take(bin + 1).fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

/// The question that gains most over all nodes: feature and bin.
fn best(
    nodes: &[Node],
    sums: &[Histogram],
    used: &[usize],
    toward: &[i8; FEATURES],
    edges: &[Vec<f32>],
) -> Option<(usize, usize)> {
    let mut best = (LEAST_GAIN, None);
    for (at, feature) in used.iter().enumerate() {
        let mut gains = vec![0.0; edges[*feature].len().min(BINS)];
        for (node, sums) in nodes.iter().zip(sums) {
            let mut below = (0.0, 0.0);
            for (gain, cell) in gains.iter_mut().zip(&sums[at]) {
                below = (below.0 + cell.0, below.1 + cell.1);
                *gain += node.parted(below, toward[*feature]).0;
            }
        }
        for (bin, gain) in gains.into_iter().enumerate() {
            if gain > best.0 {
                best = (gain, Some((*feature, bin)));
            }
        }
    }
    best.1
}
