//! Hostile frames: a few seconds of what the fuzz target does for hours.

#[path = "../../../fuzz/frame.rs"]
mod readers;

use std::fs;
use std::path::PathBuf;

use diwan_record::{Digest, EntryKind, Head, HeadStatement, KeyRole, Run, Signer, limits};
use diwan_room::Frame;

/// Changes to each honest frame.
const ROUNDS: u64 = 3_000;

/// One frame of every sort.
fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let release = Signer::new(KeyRole::Release, &[1; 32]);
    let stream = Digest([1; 32]);
    let before = Head::start(&stream, 1);
    let entry = diwan_record::Entry {
        stream,
        incarnation: 1,
        seq: 1,
        kind: EntryKind::Release,
        digest: Digest([2; 32]),
        onward: Vec::new(),
        tighten: diwan_record::Tighten::default(),
        precedence: diwan_record::Precedence::Flash,
        made: "2025-03-09T10:00:00Z".parse().unwrap(),
        reason: None,
        grant: None,
    }
    .to_bytes();
    let head = HeadStatement { stream, head: before.after(&entry) };
    let run = Run { entries: vec![entry], head: head.seal(&release) };
    let session = Digest([3; 32]);
    let record = corpus("record/report");
    let give = |papers: Vec<Vec<u8>>| {
        let mut frame = Vec::new();
        // Papers have no public form of their own: the frame is written as it goes over the wire.
        let mut to = minicbor::Encoder::new(&mut frame);
        to.array(2).unwrap().u32(1).unwrap().array(3).unwrap();
        to.encode(session).unwrap().encode(&run).unwrap();
        to.array(papers.len() as u64).unwrap();
        for paper in papers {
            to.bytes(&paper).unwrap();
        }
        frame
    };
    let hello = Frame::Hello {
        protocol: 1,
        nonce: [4; 16],
        head: run.head.clone(),
        receipt: run.head.clone(),
        keys: Vec::new(),
    };
    let receipt = Frame::Receipt { session, receipt: run.head.clone() };
    let want = Frame::Want { session, from: 1 };
    vec![
        ("hello", hello.to_bytes()),
        ("give", give(vec![record, b"{}".to_vec()])),
        ("receipt", receipt.to_bytes()),
        ("want", want.to_bytes()),
    ]
}

fn corpus(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    fs::read(folder.join(name)).unwrap()
}

#[test]
fn the_kept_frames_are_those_of_this_version() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/frame");
    let writing = std::env::var_os("DIWAN_GEN").is_some();
    for (name, bytes) in honest() {
        assert!(Frame::read(&bytes).is_ok(), "{name}");
        if writing {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(name), &bytes).unwrap();
        }
        let kept = fs::read(folder.join(name)).unwrap_or_default();
        assert!(kept == bytes, "fuzz/corpus/frame/{name}: run `make gen`");
    }
}

#[test]
fn hostile_frames_never_panic() {
    let seeds = honest();
    let mut state = 1u64;
    let mut chance = |bound: usize| {
        // A multiplicative generator (Lehmer's, with Knuth's multiplier): enough to vary bytes.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from((state >> 33) % bound.max(1) as u64).unwrap()
    };
    for (_, seed) in &seeds {
        readers::frame(seed);
        for _ in 0..ROUNDS {
            let mut bytes = seed.clone();
            let at = chance(bytes.len());
            match chance(5) {
                0 => bytes[at] ^= 1 << chance(8),
                1 => bytes.truncate(at),
                2 => bytes.insert(at, u8::try_from(chance(256)).unwrap()),
                3 => drop(bytes.splice(at..at, [0x9b, 0xff, 0xff, 0xff])),
                _ => {
                    let (_, other) = &seeds[chance(seeds.len())];
                    bytes.truncate(at);
                    bytes.extend_from_slice(&other[chance(other.len())..]);
                }
            }
            readers::frame(&bytes);
        }
    }
}

#[test]
fn a_frame_of_the_largest_size_is_read_and_one_byte_more_is_not() {
    let filled = |length: usize| {
        let receipt =
            |bytes: usize| Frame::Receipt { session: Digest([3; 32]), receipt: vec![0; bytes] };
        let around = receipt(1_000_000).to_bytes().len() - 1_000_000;
        let bytes = receipt(length - around).to_bytes();
        assert_eq!(bytes.len(), length);
        Frame::read(&bytes).map(drop).map_err(|reason| reason.code())
    };
    assert_eq!(filled(limits::FRAME_BYTES), Ok(()));
    assert_eq!(filled(limits::FRAME_BYTES + 1), Err("form/too-large"));
}
