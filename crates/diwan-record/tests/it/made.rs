//! What the tests are made of: keys, labels, drafts and a small source of chance with a seed.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use diwan_record::{
    Date, Digest, Draft, Entry, EntryKind, Handling, Head, HeadStatement, ItemId, KeyRole, Kind,
    Label, LegalBasis, Moment, PartnerId, Precedence, Purpose, Run, Signer, State, StreamId,
    Tighten, Tlp, stream_id,
};

pub(crate) const RECORD_DOMAIN: &[u8] = b"diwan/record/v1\0";

/// Where the vectors lie.
pub(crate) fn conformance() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../conformance")
}

/// A key of a partner's release desk, from a seed of equal bytes.
pub(crate) fn release(seed: u8) -> Signer {
    Signer::new(KeyRole::Release, &[seed; 32])
}

pub(crate) fn partner(code: &str) -> PartnerId {
    code.parse().unwrap()
}

pub(crate) fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn item(byte: u8) -> ItemId {
    ItemId([byte; 16])
}

pub(crate) fn label() -> Label {
    Label {
        tlp: Tlp::Amber,
        handling: Handling::H1,
        orcon: true,
        purpose: BTreeSet::from([Purpose::CounterIsis, Purpose::BorderSecurity]),
        legal_basis: LegalBasis::Agreement,
        review: day("2026-05-01"),
        state: State::Exercise,
        retention: Some(day("2031-05-01")),
    }
}

/// A report as an officer would write it.
pub(crate) fn draft() -> Draft {
    Draft {
        originator: partner("JOR"),
        item: item(0x11),
        kind: Kind::Report,
        version: 2,
        variant: 0,
        replaces: Some(Digest([0x22; 32])),
        label: label(),
        body: good("report"),
        made: moment("2025-03-09T10:00:00Z"),
        author_role: "watch-officer".to_owned(),
    }
}

/// The first good example of a kind.
pub(crate) fn good(kind: &str) -> Vec<u8> {
    fs::read(conformance().join(format!("kinds/{kind}/good-1.json"))).unwrap()
}

/// Every good example, with its kind.
pub(crate) fn goods() -> Vec<(Kind, Vec<u8>)> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        for n in 1..=3 {
            let file = format!("kinds/{kind}/good-{n}.json");
            all.push((kind.clone(), fs::read(conformance().join(file)).unwrap()));
        }
    }
    all
}

/// The stream from Jordan to Syria of the tests.
pub(crate) fn stream() -> StreamId {
    stream_id(&Digest([1; 32]), &Digest([2; 32]))
}

pub(crate) fn entry(stream: StreamId, seq: u64) -> Entry {
    Entry {
        stream,
        incarnation: 1,
        seq,
        kind: EntryKind::Release,
        digest: Digest::of(&seq.to_be_bytes()),
        onward: vec![partner("IRQ")],
        tighten: Tighten { tlp: Some(Tlp::Red), handling: None },
        precedence: Precedence::Immediate,
        made: moment("2025-03-09T10:05:00Z"),
        reason: None,
        grant: None,
    }
}

/// A run of `length` entries from the start of `stream`, with the head before and after it.
pub(crate) fn run(stream: StreamId, length: u64, release: &Signer) -> (Run, Head, Head) {
    let before = Head::start(&stream, 1);
    let entries: Vec<_> = (1..=length).map(|seq| entry(stream, seq).to_bytes()).collect();
    let head = entries.iter().fold(before, |head, one| head.after(one));
    let signed = HeadStatement { stream, head }.seal(release);
    let run = Run { entries, head: signed };
    (run, before, head)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// SplitMix64: the same bytes on every machine.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}
