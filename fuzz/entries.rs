//! The readers of foreign bytes of the record floor, each with what must hold afterwards.
//!
//! Shared by the fuzz targets and by the smoke test that every test run plays.

use std::sync::LazyLock;

use diwan_record::{
    Body, Digest, Entitlement, Entry, Head, HeadStatement, KeyRole, KeyStatement, Kind, Label,
    Moment, PartnerId, Proof, Purpose, Receipt, Record, RootSet, Run, Sealed, SignedStatement,
    Signer, State, Tighten, Tlp, bytes, check_batch, json,
};

/// Someone whose key signed nothing here.
static STRANGER: LazyLock<Signer> = LazyLock::new(|| Signer::new(KeyRole::Release, &[0xaa; 32]));

/// A record: what is read keeps its bytes and is not opened by a stranger's key.
pub(crate) fn record(from: &[u8]) {
    let stranger = &STRANGER;
    if let Ok(sealed) = Sealed::read(from.to_vec()) {
        assert_eq!(*sealed.digest(), Digest::of(from));
        assert_eq!(bytes::check(from), Ok(()), "one byte form");
        let kept = Record::reopen(from.to_vec(), sealed.digest());
        let kept = kept.map(|record| record.bytes().to_vec());
        assert_eq!(kept.as_deref(), Ok(from));
        let key = Some(stranger.public().clone());
        let checked = check_batch(vec![(sealed.clone(), key), (sealed.clone(), None)]);
        assert!(checked.iter().all(Result::is_err));
        assert!(sealed.open(stranger.public()).is_err());
    }
}

/// An entry, a run of them, a proof, and what is signed around them.
pub(crate) fn entry(from: &[u8]) {
    let stranger = &STRANGER;
    let stream = Digest([7; 32]);
    let before = Head::start(&stream, 1);
    if let Ok(entry) = Entry::read(from) {
        assert_eq!(Entry::read(&entry.to_bytes()).as_ref(), Ok(&entry));
    }
    let alone = Run { entries: vec![from.to_vec()], head: from.to_vec() };
    assert!(alone.open(&stream, &before, stranger.public()).is_err());
    if let Ok(run) = bytes::read::<Run>(from) {
        assert!(run.open(&stream, &before, stranger.public()).is_err());
        let _ = run.proof(&before, 0).map(|one| one.open(stranger.public()));
    }
    if let Ok(proof) = bytes::read::<Proof>(from) {
        assert!(proof.open(stranger.public()).is_err());
    }
    assert!(HeadStatement::open(from, stranger.public()).is_err());
    assert!(Receipt::open(from, stranger.public()).is_err());
    let roots = RootSet { keys: vec![stranger.public().clone()], threshold: 1 };
    assert!(KeyStatement::open(&[from.to_vec()], &roots).is_err());
    if let Ok(signed) = SignedStatement::read(from) {
        assert_eq!(signed.to_bytes(), from);
        assert!(signed.open(&roots).is_err());
    }
    if let Ok(roots) = bytes::read::<RootSet>(from) {
        let _ = roots.check();
    }
}

/// The body of every kind, this version's and newer ones.
pub(crate) fn body(from: &[u8]) {
    let newer = Kind::Newer("newer".to_owned());
    let strict = json::check(from).is_ok();
    for kind in Kind::ALL.iter().chain([&newer]) {
        match Body::read(kind, from) {
            Ok(body) => {
                assert!(strict, "only strict JSON is a body");
                let _ = (body.sketch(), body.about(), body.references());
                let _ = body.texts().len();
            }
            Err(reason) => assert!(!reason.to_string().is_empty()),
        }
    }
    let _ = json::read::<serde_json::Value>(from);
}

/// A label and the identifiers around it.
pub(crate) fn label(from: &[u8]) {
    if let Ok(label) = bytes::read::<Label>(from) {
        let everything = Entitlement {
            tlp: Tlp::Red,
            handling: diwan_record::Handling::H3,
            purpose: Purpose::ALL.iter().copied().collect(),
            state: State::ALL.iter().copied().collect(),
        };
        let tighten = Tighten { tlp: Some(Tlp::Red), handling: None };
        let tightened = label.tightened(&tighten);
        assert!(tightened.at_least_as_strict_as(&label));
        if everything.covers(&tightened).is_ok() {
            assert_eq!(everything.covers(&label), Ok(()));
        }
        assert_eq!(bytes::read::<Label>(&bytes::write(&label)), Ok(label));
    }
    if let Ok(entitlement) = bytes::read::<Entitlement>(from) {
        assert_eq!(bytes::read(&bytes::write(&entitlement)), Ok(entitlement));
    }
    if let Ok(text) = std::str::from_utf8(from) {
        let _ = Tlp::of_foreign(text);
        let _ = (text.parse::<PartnerId>(), text.parse::<Digest>());
        if let Ok(moment) = text.parse::<Moment>() {
            assert_eq!(moment.to_string().parse(), Ok(moment));
        }
    }
}
