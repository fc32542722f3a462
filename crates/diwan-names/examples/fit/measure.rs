//! How well scores part same from different, over all and by slice.

use std::collections::BTreeMap;

use diwan_names::Script;

use crate::pairs::Pair;

/// How many different pairs there are for each same one, by slice, in a whole set.
pub(crate) type Shares = BTreeMap<String, f64>;

pub(crate) fn shares(pairs: &[Pair]) -> Shares {
    let mut counts: BTreeMap<String, [f64; 2]> = BTreeMap::new();
    for pair in pairs {
        for name in slices(pair) {
            counts.entry(name).or_default()[usize::from(pair.same)] += 1.0;
        }
    }
    counts.into_iter().map(|(name, [other, same])| (name, other / same)).collect()
}

fn slices(pair: &Pair) -> [String; 5] {
    let letter = |script| match script {
        Script::Latin => 'L',
        Script::Arabic => 'A',
        Script::Hebrew => 'H',
        Script::Sorani => 'S',
    };
    let mut scripts = [letter(pair.left.script()), letter(pair.right.script())];
    scripts.sort_unstable();
    let scripts: String = scripts.iter().collect();
    [
        "all".to_owned(),
        format!("kind {}", pair.fields[2]),
        format!("source {}", pair.fields[5]),
        format!("script {scripts}"),
        format!("kind {} {scripts}", pair.fields[2]),
    ]
}

/// Tells the figures. Splitting by entity loses most different pairs, so those left are weighted to
/// the share they have in the whole set.
pub(crate) fn tell(pairs: &[&Pair], scores: &[f32], shares: &Shares) {
    let mut all: BTreeMap<String, Vec<(f32, bool)>> = BTreeMap::new();
    for (pair, score) in pairs.iter().zip(scores) {
        for name in slices(pair) {
            all.entry(name).or_default().push((*score, pair.same));
        }
    }
    println!(
        "{:28}{:>7}{:>7}{:>8}{:>8}{:>8}{:>8}{:>8}",
        "slice", "pairs", "same", "auc", "f1", "r95", "r99", "loss"
    );
    for (name, mut rows) in all {
        let same = rows.iter().filter(|row| row.1).count();
        if same == 0 || same == rows.len() {
            continue;
        }
        let share = shares.get(&name).copied().unwrap_or(1.0);
        let weight = share * same as f64 / (rows.len() - same) as f64;
        let [auc, f1, r95, r99] = figures(&mut rows, weight);
        let loss = loss(&rows, weight);
        println!(
            "{name:28}{:>7}{same:>7}{auc:>8.4}{f1:>8.4}{r95:>8.4}{r99:>8.4}{loss:>8.4}",
            rows.len()
        );
    }
}

/// Area under the curve, best F1, recall at precision 0.95 and 0.99; ties count together,
/// each different pair counts `weight` times.
pub(crate) fn figures(rows: &mut [(f32, bool)], weight: f64) -> [f64; 4] {
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let same = rows.iter().filter(|row| row.1).count() as f64;
    let other = rows.len() as f64 - same;
    let (mut right, mut wrong, mut area) = (0.0, 0.0, 0.0);
    let mut best = [0.0_f64; 3];
    for tied in rows.chunk_by(|a, b| a.0 == b.0) {
        let met = tied.iter().filter(|row| row.1).count() as f64;
        let missed = tied.len() as f64 - met;
        area += missed * (right + met / 2.0);
        right += met;
        wrong += missed * weight;
        let (precision, recall) = (right / (right + wrong), right / same);
        best[0] = best[0].max(2.0 * precision * recall / (precision + recall).max(1e-9));
        best[1] = best[1].max(if precision >= 0.95 { recall } else { 0.0 });
        best[2] = best[2].max(if precision >= 0.99 { recall } else { 0.0 });
    }
    [area / (same * other), best[0], best[1], best[2]]
}

/// How surprised the scores are by what is true, in nats a pair.
fn loss(rows: &[(f32, bool)], weight: f64) -> f64 {
    let surprise = |(score, same): &(f32, bool)| {
        let likely = f64::from(*score).clamp(1e-4, 1.0 - 1e-4);
        if *same { (1.0, -likely.ln()) } else { (weight, -weight * (1.0 - likely).ln()) }
    };
    let (all, sum) = rows.iter().map(surprise).fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
    sum / all
}
