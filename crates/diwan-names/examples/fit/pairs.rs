//! The labelled pairs, split by entity.

use std::fmt::Write;
use std::path::Path;

use diwan_names::learn::encode_without_words;
use diwan_names::{Encoded, FEATURE_NAMES, Kind, Model, encode, features_with};

use crate::Failed;

pub(crate) struct Pair {
    pub(crate) left: Encoded,
    pub(crate) right: Encoded,
    pub(crate) same: bool,
    /// left, right, kind, same, languages, source, entity, tier
    pub(crate) fields: Vec<String>,
}

pub(crate) fn kind(name: &str) -> Kind {
    match name {
        "place" => Kind::Place,
        "org" => Kind::Org,
        _ => Kind::Person,
    }
}

pub(crate) fn read(path: &Path, words: bool) -> Result<Vec<Pair>, Failed> {
    let encode = if words { encode } else { encode_without_words };
    let text = std::fs::read_to_string(path)?;
    let rows =
        text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    Ok(rows
        .filter(|fields| fields.len() >= 7)
        .map(|fields| Pair {
            left: encode(&fields[0], kind(&fields[2])),
            right: encode(&fields[1], kind(&fields[2])),
            same: fields[3] == "1",
            fields,
        })
        .collect())
}

/// Single Latin and Arabic parts of the same name.
pub(crate) fn tokens(path: &Path) -> Result<Vec<(Encoded, Encoded)>, Failed> {
    let text = std::fs::read_to_string(path)?;
    let rows = text.lines().skip(1).filter_map(|line| {
        let mut fields = line.split('\t');
        Some((encode(fields.next()?, Kind::Place), encode(fields.next()?, Kind::Place)))
    });
    Ok(rows.collect())
}

/// A number of its own for each entity.
pub(crate) fn place(entity: &str, seed: u64) -> u64 {
    let hash = entity.bytes().fold(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    hash ^ (hash >> 29)
}

/// Those to learn from and those kept unseen; a pair with a foot on each side is dropped.
///
/// Loosely split, such a pair is kept unseen: three times as many different pairs to measure by, at
/// the price that one of its entities was seen in other pairs.
pub(crate) fn split<'a>(
    all: &'a [Pair],
    leave: Option<&str>,
    seed: u64,
    loose: bool,
) -> (Vec<&'a Pair>, Vec<&'a Pair>) {
    let (mut taught, mut unseen) = (Vec::new(), Vec::new());
    for pair in all {
        if let Some(leave) = leave {
            if pair.fields[5].starts_with(leave) {
                unseen.push(pair)
            } else {
                taught.push(pair)
            }
            continue;
        }
        let sides: Vec<bool> =
            pair.fields[6].split('|').map(|entity| place(entity, seed) % 10 < 3).collect();
        if sides.iter().all(|side| !side) {
            taught.push(pair);
        } else if loose || sides.iter().all(|side| *side) {
            unseen.push(pair);
        }
    }
    (taught, unseen)
}

/// Scores with the features that made them, to look at mistakes.
pub(crate) fn dump(pairs: &[&Pair], scores: &[f32], model: &Model) -> String {
    let mut out = format!(
        "score\tsame\tleft\tright\tkind\tlanguages\tsource\tentity\tspelled\t{}\n",
        FEATURE_NAMES.join("\t")
    );
    for (pair, score) in pairs.iter().zip(scores) {
        let fields = &pair.fields;
        let spelled = format!("{} / {}", pair.left.spelled(), pair.right.spelled());
        let _ = write!(
            out,
            "{score:.5}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{spelled}",
            u8::from(pair.same),
            fields[0],
            fields[1],
            fields[2],
            fields[4],
            fields[5],
            fields[6]
        );
        for feature in features_with(model, &pair.left, &pair.right) {
            let _ = write!(out, "\t{feature:.3}");
        }
        out.push('\n');
    }
    out
}

/// The same numbers on every run.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, many: usize) -> usize {
        ((self.next() * many as f64) as usize).min(many.saturating_sub(1))
    }

    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            let with = self.below(at + 1);
            all.swap(at, with);
        }
    }
}
