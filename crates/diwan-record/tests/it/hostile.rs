//! Hostile bytes: a few seconds of what the fuzz targets do for hours.

use std::fs;
use std::path::PathBuf;

use diwan_record::{KeyRole, Signer, bytes, seal};
use proptest::prelude::*;

use crate::made::{self, Chance};
use crate::{entries, forms};

/// Changes to one input; four readers take each.
const ROUNDS: usize = 4_000;

/// Honest inputs to start from, and the kept corpora.
fn seeds() -> Vec<Vec<u8>> {
    let signer = made::release(1);
    let (run, before, _) = made::run(made::stream(), 3, &signer);
    let mut all = vec![
        seal(made::draft(), &signer).unwrap().bytes().to_vec(),
        run.entries[0].clone(),
        run.head.clone(),
        bytes::write(&run),
        bytes::write(&run.proof(&before, 1).unwrap()),
        forms::receipt().seal(&Signer::new(KeyRole::Receipt, &[3; 32])),
        bytes::write(&made::label()),
    ];
    all.extend(made::goods().into_iter().map(|(_, body)| body));
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for target in ["record", "entry", "body", "label"] {
        let Ok(files) = fs::read_dir(corpus.join(target)) else {
            continue;
        };
        let mut files: Vec<_> = files.flatten().map(|file| file.path()).collect();
        files.sort();
        all.extend(files.into_iter().filter_map(|file| fs::read(file).ok()));
    }
    all
}

/// Flips, cuts, repeats, inserts, joins: what a fuzzer does first.
fn mutate(seed: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len());
        match chance.below(8) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << chance.below(8),
            1 if !bytes.is_empty() => bytes[at] = chance.byte(),
            2 => bytes.truncate(at),
            3 => bytes.insert(at, chance.byte()),
            4 if !bytes.is_empty() => drop(bytes.remove(at)),
            5 => {
                let end = (at + chance.below(40)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            // The heads with which lengths are claimed.
            6 => {
                let claims = [0x9b, 0xbb, 0x5b, 0x7b, 0x9f, 0xbf, 0x5f, 0xff, 0xc2, 0xf9];
                let claim = [claims[chance.below(claims.len())], 0xff, 0xff, 0xff];
                bytes.splice(at..at, claim);
            }
            _ => {
                let from = chance.below(other.len());
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
        }
    }
    bytes
}

fn feed(from: &[u8]) {
    entries::record(from);
    entries::entry(from);
    entries::body(from);
    entries::label(from);
}

#[test]
fn hostile_bytes_never_panic() {
    let seeds = seeds();
    seeds.iter().for_each(|seed| feed(seed));
    let mut chance = Chance(1);
    for _ in 0..ROUNDS {
        let seed = &seeds[chance.below(seeds.len())];
        let other = &seeds[chance.below(seeds.len())];
        feed(&mutate(seed, other, &mut chance));
    }
}

#[test]
fn every_cut_of_an_honest_message_is_refused() {
    let signer = made::release(1);
    let record = seal(made::draft(), &signer).unwrap();
    for end in 0..record.bytes().len() {
        let cut = record.bytes()[..end].to_vec();
        assert!(diwan_record::Sealed::read(cut).is_err(), "{end}");
    }
    let entry = made::entry(made::stream(), 1).to_bytes();
    for end in 0..entry.len() {
        assert!(diwan_record::Entry::read(&entry[..end]).is_err(), "{end}");
    }
}

#[test]
fn claimed_lengths_cost_nothing() {
    // A few bytes that claim gigabytes, in every place where a length can stand.
    for major in [0x5b, 0x7b, 0x9b, 0xbb] {
        for claim in [u64::MAX, u64::MAX / 2, 1 << 40, 1 << 32, u64::from(u32::MAX)] {
            let bytes = [&[major], claim.to_be_bytes().as_slice()].concat();
            feed(&bytes);
            feed(&[&[0x84, 0x40, 0xa0], bytes.as_slice()].concat());
            feed(&[&[0xa1, 0x00], bytes.as_slice()].concat());
        }
    }
    feed(&[0x81; 100_000]);
    feed(&[b'['; 100_000]);
    feed("{\"a\":".repeat(50_000).as_bytes());
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes: Vec<u8>) {
        feed(&bytes);
    }

    #[test]
    fn random_text_never_panics(text in "[\\[\\]{}:,\"a-z0-9 \\\\u.eE+-]{0,60}") {
        feed(text.as_bytes());
    }
}
