//! One byte form: sealing and opening are inverse, every other form of the same is refused.

use diwan_record::{
    Digest, Draft, Entry, Handling, KeyRole, KeyStatement, Kind, Label, LegalBasis, Moment,
    Purpose, Reason, Receipt, Record, RootSet, Sealed, Signed, Signer, State, Tlp, bytes, json,
    open, seal,
};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::cbor::{self, Cose};
use crate::made;

fn labels() -> impl Strategy<Value = Label> {
    (
        select(Tlp::ALL),
        select(Handling::ALL),
        any::<bool>(),
        subsequence(Purpose::ALL, 1..=Purpose::ALL.len()),
        select(LegalBasis::ALL),
        select(State::ALL),
        any::<(i32, Option<i32>)>(),
    )
        .prop_map(
            |(tlp, handling, orcon, purpose, legal_basis, state, (review, retention))| {
                let day = |n: i32| Moment::from_micros(0).date().plus_days(n % 1_000_000);
                Label {
                    tlp,
                    handling,
                    orcon,
                    purpose: purpose.into_iter().collect(),
                    legal_basis,
                    review: day(review),
                    state,
                    retention: retention.map(day),
                }
            },
        )
}

fn bodies() -> impl Strategy<Value = (Kind, Vec<u8>)> {
    let newer = "[a-z-]{1,40}"
        .prop_filter("not a kind of this version", |code| {
            matches!(Kind::of_code(code), Kind::Newer(_))
        })
        .prop_map(|code| {
            let body = serde_json::json!({ "text": code, "list": [1, -2.5, null, "\u{645}"] });
            (Kind::Newer(code), body.to_string().into_bytes())
        });
    prop_oneof![select(made::goods()), newer]
}

fn drafts() -> impl Strategy<Value = Draft> {
    (
        "[A-Z0-9]{2,16}",
        any::<[u8; 16]>(),
        bodies(),
        1u32..,
        any::<u32>(),
        any::<Option<[u8; 32]>>(),
        labels(),
        any::<i64>(),
        "[a-z-]{0,40}",
    )
        .prop_map(
            |(originator, item, (kind, body), version, variant, replaces, label, made, role)| {
                Draft {
                    originator: originator.parse().unwrap(),
                    item: diwan_record::ItemId(item),
                    kind,
                    version,
                    variant,
                    replaces: replaces.map(Digest),
                    label,
                    body,
                    made: Moment::from_micros(made),
                    author_role: role,
                }
            },
        )
}

proptest! {
    #[test]
    fn what_is_sealed_is_what_is_opened(draft in drafts(), seed: u8) {
        let signer = made::release(seed);
        let sealed = seal(draft.clone(), &signer).unwrap();
        let opened = open(sealed.bytes().to_vec(), signer.public()).unwrap();
        let reopened = Record::reopen(sealed.bytes().to_vec(), sealed.digest()).unwrap();
        for record in [&sealed, &opened, &reopened] {
            let header = record.header();
            prop_assert_eq!(&header.originator, &draft.originator);
            prop_assert_eq!(header.item, draft.item);
            prop_assert_eq!(&header.kind, &draft.kind);
            prop_assert_eq!(header.version, draft.version);
            prop_assert_eq!(header.variant, draft.variant);
            prop_assert_eq!(header.replaces, draft.replaces);
            prop_assert_eq!(&header.label, &draft.label);
            prop_assert_eq!(header.made, draft.made);
            prop_assert_eq!(&header.author_role, &draft.author_role);
            prop_assert_eq!(record.body_bytes(), &draft.body);
            prop_assert_eq!(record.bytes(), sealed.bytes());
            prop_assert_eq!(*record.digest(), Digest::of(record.bytes()));
            prop_assert_eq!(record.body(), sealed.body());
            prop_assert_eq!(record.key(), signer.public().id());
        }
        // Signing is deterministic (RFC 8032): the same draft is the same record.
        let again = seal(draft, &signer).unwrap();
        prop_assert_eq!(again.digest(), sealed.digest());
    }

    #[test]
    fn another_key_opens_nothing(draft in drafts(), seed in 0u8..255) {
        let record = seal(draft, &made::release(seed)).unwrap();
        let other = made::release(seed + 1);
        prop_assert_eq!(
            open(record.bytes().to_vec(), other.public()).err(),
            Some(Reason::SignatureWrong)
        );
    }

    #[test]
    fn attack_072_every_other_form_of_a_sealed_record_is_refused(draft in drafts()) {
        let signer = made::release(1);
        let record = seal(draft, &signer).unwrap();
        for (what, form) in cbor::others(record.bytes()) {
            prop_assert_eq!(Sealed::read(form).err(), Some(Reason::NotCanonical), "{}", what);
        }
    }
}

#[test]
fn attack_072_every_other_form_of_a_header_is_refused_even_when_signed() {
    let signer = made::release(1);
    let record = seal(made::draft(), &signer).unwrap();
    let (header, body) = Cose::read(record.bytes()).record_parts();
    let sign = |header: &[u8]| {
        let content = cbor::record_content(header, &body);
        open(Signed::seal(&signer, made::RECORD_DOMAIN, &content), signer.public())
    };
    assert!(sign(&header).is_ok());
    let forms = cbor::others(&header);
    assert!(forms.len() > 100, "{}", forms.len());
    for (what, form) in forms {
        let refused = sign(&form).err();
        // Which check comes first does not matter: some forms also break the map's shape.
        assert!(
            matches!(refused, Some(Reason::NotCanonical | Reason::Shape)),
            "{what}: {refused:?}"
        );
        assert_eq!(bytes::check(&form), Err(Reason::NotCanonical), "{what}");
    }
}

#[test]
fn attack_072_every_other_form_of_an_entry_head_receipt_and_key_is_refused() {
    let entry = made::entry(made::stream(), 7).to_bytes();
    assert!(Entry::read(&entry).is_ok());
    for (what, form) in cbor::others(&entry) {
        assert_eq!(Entry::read(&form).err(), Some(Reason::NotCanonical), "{what}");
    }

    let signer = Signer::new(KeyRole::Receipt, &[3; 32]);
    let receipt = receipt().seal(&signer);
    assert!(Receipt::open(&receipt, signer.public()).is_ok());
    for (what, form) in cbor::others(&receipt) {
        assert!(Receipt::open(&form, signer.public()).is_err(), "{what}");
    }

    let root = Signer::new(KeyRole::Root, &[4; 32]);
    let roots = RootSet { keys: vec![root.public().clone()], threshold: 1 };
    let statement = KeyStatement {
        partner: made::partner("JOR"),
        role: KeyRole::Release,
        key: made::release(1).public().clone(),
        from: made::moment("2025-01-01T00:00:00Z"),
        until: made::moment("2026-01-01T00:00:00Z"),
    };
    let signed = statement.seal(&root);
    assert_eq!(KeyStatement::open(std::slice::from_ref(&signed), &roots), Ok(statement));
    for (what, form) in cbor::others(&signed) {
        assert!(KeyStatement::open(&[form], &roots).is_err(), "{what}");
    }
}

pub(crate) fn receipt() -> Receipt {
    let (_, _, head) = made::run(made::stream(), 3, &made::release(1));
    Receipt { stream: made::stream(), head, at: made::moment("2025-03-09T10:06:00Z") }
}

#[test]
fn attack_073_the_signed_bytes_are_the_parsed_and_kept_bytes() {
    let signer = made::release(1);
    // The same report, with space, another order and other spellings of numbers and letters.
    let plain = String::from_utf8(made::good("report")).unwrap();
    let value: serde_json::Value = serde_json::from_str(&plain).unwrap();
    let spaced = serde_json::to_string_pretty(&value).unwrap();
    let escaped = plain.replacen("\"title\"", "\"\\u0074itle\"", 1);
    let bodies = [plain, format!(" \n{spaced}\t"), escaped];
    let mut digests = Vec::new();
    for body in &bodies {
        let draft = Draft { body: body.clone().into_bytes(), ..made::draft() };
        let record = seal(draft, &signer).unwrap();
        let opened = open(record.bytes().to_vec(), signer.public()).unwrap();
        let reopened = Record::reopen(opened.bytes().to_vec(), record.digest()).unwrap();
        for one in [&record, &opened, &reopened] {
            assert_eq!(one.body_bytes(), body.as_bytes(), "kept as it came");
            assert_eq!(one.header().body, Digest::of(body.as_bytes()));
            assert_eq!(one.bytes(), record.bytes());
        }
        let (_, inside) = Cose::read(opened.bytes()).record_parts();
        assert_eq!(inside, body.as_bytes(), "the signature covers these bytes");
        digests.push(*record.digest());
    }
    // What reads alike is one statement in three byte forms, so three records.
    let read: Vec<_> = bodies
        .iter()
        .map(|body| json::read::<serde_json::Value>(body.as_bytes()).unwrap())
        .collect();
    assert!(read.iter().all(|one| *one == read[0]));
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), 3);
}

#[test]
fn attack_073_a_body_written_again_does_not_verify() {
    let signer = made::release(1);
    let record = seal(made::draft(), &signer).unwrap();
    let mut cose = Cose::read(record.bytes());
    let (header, body) = cose.record_parts();
    let value: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let again = serde_json::to_vec_pretty(&value).unwrap();
    assert_ne!(again, body);
    cose.payload = [made::RECORD_DOMAIN, &cbor::record_content(&header, &again)].concat();
    assert_eq!(open(cose.write(), signer.public()).err(), Some(Reason::DigestWrong));
    assert_eq!(
        Record::reopen(record.bytes().to_vec(), &Digest::of(&again)).err(),
        Some(Reason::DigestWrong)
    );
}

#[test]
fn a_header_of_a_newer_version_is_refused_or_kept_by_its_key() {
    let signer = made::release(1);
    let record = seal(made::draft(), &signer).unwrap();
    let (header, body) = Cose::read(record.bytes()).record_parts();
    let with = |key: u64| {
        let mut header = header.clone();
        header[0] += 1;
        header.extend(cbor::minimal(0, key));
        header.push(0x01);
        let content = cbor::record_content(&header, &body);
        open(Signed::seal(&signer, made::RECORD_DOMAIN, &content), signer.public())
    };
    for critical in [11, 12, 63] {
        assert_eq!(with(critical).err(), Some(Reason::HeaderNewer), "{critical}");
    }
    for optional in [64, 1000] {
        let kept = with(optional).unwrap();
        assert_eq!(kept.header(), record.header());
        assert_ne!(kept.digest(), record.digest(), "other bytes, other record");
    }
}
