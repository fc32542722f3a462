//! How many pairs of spellings share a key, and how many pairs of other names do.
//!
//! `cargo run --release -p diwan-names --example keys -- PAIRS.tsv` reads left, right, kind, same and
//! more, one pair a line after a headline, and prints shares by kind and source. Keys are made by
//! fixed rules, nothing is fitted: every pair is unseen by them.
#![expect(clippy::print_stdout, reason = "an example talks on the terminal")]

use std::collections::BTreeMap;

use diwan_names::keys::name_keys;

/// Pairs of one kind: how many, how many share a key; and keys of all their names.
#[derive(Default)]
struct Shares {
    same: [u32; 2],
    other: [u32; 2],
    keys: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("PAIRS.tsv")?;
    let mut slices: BTreeMap<String, Shares> = BTreeMap::new();
    for line in std::fs::read_to_string(path)?.lines().skip(1) {
        let [left, right, kind, same, _, source] =
            std::array::from_fn(|at| line.split('\t').nth(at).unwrap_or(""));
        let (left, right) = (name_keys(left), name_keys(right));
        let shared = left.iter().any(|key| right.contains(key));
        for slice in ["all", kind, source] {
            let shares = slices.entry(slice.to_owned()).or_default();
            let counts = if same == "1" { &mut shares.same } else { &mut shares.other };
            counts[0] += 1;
            counts[1] += u32::from(shared);
            shares.keys += left.len() + right.len();
        }
    }
    println!("slice         pairs  share a key   others  share a key   keys a name");
    for (slice, Shares { same, other, keys }) in slices {
        let share = |[all, shared]: [u32; 2]| f64::from(shared) / f64::from(all.max(1));
        let each = keys as f64 / 2.0 / f64::from((same[0] + other[0]).max(1));
        let (yes, no) = (share(same), share(other));
        println!("{slice:12} {:6} {yes:12.3} {:8} {no:12.3} {each:13.2}", same[0], other[0]);
    }
    Ok(())
}
