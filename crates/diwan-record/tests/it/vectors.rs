//! The vectors in `conformance/`: written again from the code and compared, and read as a partner
//! would read them.
//!
//! `cargo xtask gen` sets `DIWAN_GEN`, and then the files are written instead of compared. The
//! examples of kinds are written by hand and only read here.

use std::collections::BTreeSet;
use std::fs;

use diwan_record::{
    Body, Digest, Draft, Entitlement, Entry, EntryKind, Handling, Head, HeadStatement, Header,
    KeyRole, KeyStatement, Kind, Label, LegalBasis, Precedence, Proof, PublicKey, Purpose, Reason,
    Receipt, Record, RootSet, Run, Sealed, Signed, SignedStatement, Signer, State, Tlp, bytes,
    open, seal,
};
use serde_json::{Value, json};

use crate::cbor::{self, Cose};
use crate::{forms, made};

/// Compares a file of vectors with what the code makes, or writes it.
pub(crate) fn keep(name: &str, vectors: &Value) {
    keep_text(
        &format!("conformance/{name}"),
        &(serde_json::to_string_pretty(vectors).unwrap() + "\n"),
    );
}

fn keep_text(name: &str, text: &str) {
    keep_bytes(name, text.as_bytes());
}

fn keep_bytes(name: &str, exact: &[u8]) {
    let path = made::conformance().join("..").join(name);
    let writing = std::env::var_os("DIWAN_GEN").is_some();
    if writing {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, exact).unwrap();
    }
    let kept = fs::read(&path).unwrap_or_default();
    assert!(
        kept == exact,
        "{name} is not what the code makes: run `make gen`, and tell partners if bytes changed"
    );
}

pub(crate) fn load(name: &str) -> Vec<Value> {
    let text = fs::read_to_string(made::conformance().join(name)).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    value["vectors"].as_array().unwrap().clone()
}

fn text<'a>(vector: &'a Value, field: &str) -> &'a str {
    vector[field].as_str().unwrap_or_default()
}

fn code<T>(outcome: &Result<T, Reason>) -> &'static str {
    match outcome {
        Ok(_) => "ok",
        Err(reason) => reason.code(),
    }
}

/// Canonical items, and others that lenient readers take for the same.
#[test]
fn bytes_canonical_and_not() {
    let items = [
        ("zero", "00"),
        ("the largest number in one byte", "17"),
        ("the smallest in two", "1818"),
        ("the largest number", "1bffffffffffffffff"),
        ("minus one", "20"),
        ("the smallest number", "3b7fffffffffffffff"),
        ("false", "f4"),
        ("nothing", "f6"),
        ("empty bytes", "40"),
        ("text in Arabic", "66d8b9d985d991"),
        ("a list", "83010203"),
        ("a map with keys in order", "a2000118186161"),
    ];
    let mut vectors = Vec::new();
    for (what, item) in items {
        let item = made::unhex(item);
        assert_eq!(bytes::check(&item), Ok(()), "{what}");
        vectors.push(json!({ "what": what, "hex": made::hex(&item), "canonical": true }));
        for (how, other) in cbor::others(&item) {
            vectors.push(json!({
                "what": format!("{what}: {how}"),
                "hex": made::hex(&other),
                "canonical": false,
            }));
        }
    }
    let never = [
        ("nothing at all", ""),
        ("a float", "f93c00"),
        ("undefined", "f7"),
        ("a tag", "c11a514b67b0"),
        ("text that is not UTF-8", "61ff"),
        ("a length that is not there", "5affffffff"),
        ("two items", "0000"),
    ];
    for (what, item) in never {
        vectors.push(json!({ "what": what, "hex": item, "canonical": false }));
    }
    keep("bytes/cbor.json", &json!({ "vectors": vectors }));

    for vector in load("bytes/cbor.json") {
        let canonical = bytes::check(&made::unhex(text(&vector, "hex"))).is_ok();
        assert_eq!(vector["canonical"], canonical, "{vector}");
    }
}

fn label_json(label: &Label) -> Value {
    json!({
        "tlp": label.tlp.code(),
        "handling": label.handling.code(),
        "orcon": label.orcon,
        "purpose": label.purpose.iter().map(|one| one.code()).collect::<Vec<_>>(),
        "legal_basis": label.legal_basis.code(),
        "review": label.review.to_string(),
        "state": label.state.code(),
        "retention": label.retention.map(|day| day.to_string()),
    })
}

fn codes(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

fn label_of(value: &Value) -> Label {
    Label {
        tlp: Tlp::of_code(text(value, "tlp")),
        handling: Handling::of_code(text(value, "handling")),
        orcon: value["orcon"].as_bool().unwrap(),
        purpose: codes(&value["purpose"]).into_iter().map(Purpose::of_code).collect(),
        legal_basis: LegalBasis::of_code(text(value, "legal_basis")),
        review: made::day(text(value, "review")),
        state: State::of_code(text(value, "state")),
        retention: value["retention"].as_str().map(made::day),
    }
}

fn entitlement_of(value: &Value) -> Entitlement {
    Entitlement {
        tlp: Tlp::of_code(text(value, "tlp")),
        handling: Handling::of_code(text(value, "handling")),
        purpose: codes(&value["purpose"]).into_iter().map(Purpose::of_code).collect(),
        state: codes(&value["state"]).into_iter().map(State::of_code).collect(),
    }
}

/// Every pair of a small world of labels and entitlements.
#[test]
fn labels_and_entitlements() {
    let some = |purposes: &[Purpose]| purposes.iter().copied().collect::<BTreeSet<_>>();
    let tlps = Tlp::ALL.iter().copied().chain([Tlp::Unknown]);
    let mut labels = Vec::new();
    for tlp in tlps {
        for handling in [Handling::H0, Handling::H2, Handling::Unknown] {
            labels.push(Label { tlp, handling, ..made::label() });
        }
    }
    let one = made::label();
    for state in State::ALL.iter().copied().chain([State::Unknown]) {
        labels.push(Label { state, ..one.clone() });
    }
    for purpose in [
        some(&[]),
        some(&[Purpose::Detention]),
        some(&[Purpose::Unknown]),
        some(&[Purpose::Detention, Purpose::Unknown]),
    ] {
        labels.push(Label { purpose, ..one.clone() });
    }
    labels.push(Label { legal_basis: LegalBasis::Unknown, retention: None, orcon: false, ..one });
    let mut readers = Vec::new();
    for tlp in [Tlp::Clear, Tlp::Amber, Tlp::Red, Tlp::Unknown] {
        for handling in [Handling::H1, Handling::H3] {
            for purpose in [&Purpose::ALL[..1], &Purpose::ALL[3..4]] {
                readers.push(json!({
                    "tlp": tlp.code(),
                    "handling": handling.code(),
                    "purpose": purpose.iter().map(|one| one.code()).collect::<Vec<_>>(),
                    "state": ["exercise"],
                }));
            }
        }
    }
    let mut vectors = Vec::new();
    for label in &labels {
        for reader in &readers {
            let outcome = entitlement_of(reader).covers(label);
            vectors.push(json!({
                "label": label_json(label),
                "entitlement": reader,
                "outcome": code(&outcome),
            }));
        }
    }
    keep("labels/covers.json", &json!({ "vectors": vectors }));

    for vector in load("labels/covers.json") {
        let label = label_of(&vector["label"]);
        let outcome = entitlement_of(&vector["entitlement"]).covers(&label);
        assert_eq!(code(&outcome), text(&vector, "outcome"), "{vector}");
    }
}

fn draft_json(draft: &Draft) -> Value {
    json!({
        "originator": draft.originator,
        "item": draft.item,
        "kind": draft.kind.code(),
        "version": draft.version,
        "variant": draft.variant,
        "replaces": draft.replaces,
        "label": label_json(&draft.label),
        "body": String::from_utf8(draft.body.clone()).unwrap(),
        "made": draft.made,
        "author_role": draft.author_role,
    })
}

fn draft_of(value: &Value) -> Draft {
    let number = |field: &str| u32::try_from(value[field].as_u64().unwrap()).unwrap();
    Draft {
        originator: made::partner(text(value, "originator")),
        item: text(value, "item").parse().unwrap(),
        kind: Kind::of_code(text(value, "kind")),
        version: number("version"),
        variant: number("variant"),
        replaces: value["replaces"].as_str().map(|text| text.parse().unwrap()),
        label: label_of(&value["label"]),
        body: text(value, "body").as_bytes().to_vec(),
        made: made::moment(text(value, "made")),
        author_role: text(value, "author_role").to_owned(),
    }
}

/// A record of every kind: the draft, the secret seed of its key, and the exact bytes.
#[test]
fn records() {
    let seed = [7; 32];
    let signer = Signer::new(KeyRole::Release, &seed);
    let mut drafts = vec![made::draft()];
    for kind in Kind::ALL.iter().skip(1) {
        drafts.push(Draft {
            kind: kind.clone(),
            version: 1,
            replaces: None,
            body: made::good(kind.code()),
            ..made::draft()
        });
    }
    drafts.push(Draft {
        kind: Kind::Newer("seizure".to_owned()),
        version: u32::MAX,
        variant: 1,
        body: br#"{"of":"a newer kind"}"#.to_vec(),
        author_role: String::new(),
        label: Label { retention: None, ..made::label() },
        ..made::draft()
    });
    let vectors: Vec<_> = drafts
        .into_iter()
        .map(|draft| {
            let told = draft_json(&draft);
            let record = seal(draft, &signer).unwrap();
            json!({
                "seed": made::hex(&seed),
                "public_key": made::hex(&signer.public().to_bytes()),
                "key_id": signer.public().id().to_string(),
                "draft": told,
                "hex": made::hex(record.bytes()),
                "digest": record.digest(),
            })
        })
        .collect();
    keep("records/good.json", &json!({ "vectors": vectors }));

    for vector in load("records/good.json") {
        let exact = made::unhex(text(&vector, "hex"));
        let key = made::unhex(text(&vector, "public_key")).try_into().unwrap();
        let key = PublicKey::from_bytes(&key).unwrap();
        assert_eq!(key.id().to_string(), text(&vector, "key_id"));
        let opened = open(exact.clone(), &key).unwrap();
        let draft = draft_of(&vector["draft"]);
        assert_eq!(opened.digest().to_string(), text(&vector, "digest"));
        assert_eq!(opened.header().originator, draft.originator);
        assert_eq!(opened.label(), &draft.label);
        assert_eq!(opened.body_bytes(), draft.body);
        let seed = made::unhex(text(&vector, "seed")).try_into().unwrap();
        let again = seal(draft, &Signer::new(KeyRole::Release, &seed)).unwrap();
        assert_eq!(again.bytes(), exact, "the draft says all that is in the bytes");
    }
}

/// Bytes that are no record of the key, each with the reason.
#[test]
fn records_that_are_refused() {
    let signer = made::release(7);
    let record = seal(made::draft(), &signer).unwrap();
    let cose = || Cose::read(record.bytes());
    let (header, body) = cose().record_parts();
    let signed = |header: &[u8], body: &[u8]| {
        let content = cbor::record_content(header, body);
        Signed::seal(&signer, made::RECORD_DOMAIN, &content)
    };
    let with_header = |edit: &dyn Fn(&mut Header)| {
        let mut header: Header = bytes::read(&header).unwrap();
        edit(&mut header);
        signed(&bytes::write(&header), &body)
    };
    let with_key = |key: u8| {
        let more = [&[header[0] + 1], &header[1..], &[key, 0x00]].concat();
        signed(&more, &body)
    };
    let with_body = |body: &[u8]| {
        let mut header: Header = bytes::read(&header).unwrap();
        header.body = Digest::of(body);
        signed(&bytes::write(&header), body)
    };
    let mut forged = cose();
    forged.signature[0] ^= 1;
    let mut doubled = cose();
    doubled.payload.push(0);
    let as_receipt = {
        let receipt = Signer::new(KeyRole::Receipt, &[7; 32]);
        let content = cbor::record_content(&header, &body);
        Signed::seal(&receipt, made::RECORD_DOMAIN, &content)
    };
    let other_domain = Signed::seal(&signer, b"diwan/entry/v1\0", b"");
    let unsorted = {
        // The purposes and the rest stay; the first two pairs change places.
        let forms = cbor::others(&header);
        let (_, form) = forms.into_iter().find(|(what, _)| *what == "keys out of order").unwrap();
        signed(&form, &body)
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", Vec::new()),
        ("one bit of the signature flipped", forged.write()),
        ("a byte after the record", [record.bytes(), &[0]].concat()),
        ("a byte after the body, inside the signature", doubled.write()),
        ("tagged as COSE_Sign1", [&[0xd2], record.bytes()].concat()),
        ("signed in another role with the same secret", as_receipt),
        ("another sort of message of the same key", other_domain),
        ("signed by another key", seal(made::draft(), &made::release(8)).unwrap().bytes().to_vec()),
        ("keys of the header out of order, signed", unsorted),
        ("a header field that must be understood", with_key(0x0b)),
        ("the digest of another body", with_header(&|header| header.body = Digest([0; 32]))),
        ("version 0", with_header(&|header| header.version = 0)),
        ("an author role of 41 bytes", with_header(&|header| header.author_role = "a".repeat(41))),
        ("a body with a key twice", with_body(br#"{"title":1,"title":2}"#)),
        ("a body with something after it", with_body(b"{} {}")),
    ];
    let vectors: Vec<_> = cases
        .into_iter()
        .map(|(what, exact)| {
            let outcome = open(exact.clone(), signer.public());
            assert!(outcome.is_err(), "{what}");
            json!({ "what": what, "hex": made::hex(&exact), "reason": code(&outcome) })
        })
        .collect();
    let public_key = made::hex(&signer.public().to_bytes());
    keep("records/refused.json", &json!({ "public_key": public_key, "vectors": vectors }));
    for vector in load("records/refused.json") {
        let exact = made::unhex(text(&vector, "hex"));
        let outcome = open(exact, signer.public());
        assert_eq!(code(&outcome), text(&vector, "reason"), "{vector}");
    }
}

/// A body of a known kind in another form is a record all the same: parked, not refused.
#[test]
fn a_signed_body_of_another_form_is_kept_with_its_reason() {
    let signer = made::release(7);
    let record = seal(made::draft(), &signer).unwrap();
    let (header, _) = Cose::read(record.bytes()).record_parts();
    let mut header: Header = bytes::read(&header).unwrap();
    let body = br#"{"title":{"en":"only a title"}}"#;
    header.body = Digest::of(body);
    let content = cbor::record_content(&bytes::write(&header), body);
    let exact = Signed::seal(&signer, made::RECORD_DOMAIN, &content);
    let record: Record = open(exact, signer.public()).unwrap();
    assert_eq!(record.body().map_err(Reason::code).err(), Some("form/body"));
    assert!(Sealed::read(record.bytes().to_vec()).is_ok());
}

/// A stream: its entries, heads, receipt and proofs, with every sort of entry.
#[test]
#[expect(clippy::too_many_lines, reason = "one stream, told from its start to its proofs")]
fn streams() {
    let release = made::release(7);
    let receipt_key = Signer::new(KeyRole::Receipt, &[8; 32]);
    let stream = made::stream();
    let before = Head::start(&stream, 1);
    let kinds = [
        EntryKind::Release,
        EntryKind::Recall,
        EntryKind::Grant,
        EntryKind::GrantEnd,
        EntryKind::Key,
        EntryKind::ParkAck,
        EntryKind::Agreement,
        EntryKind::Answer,
    ];
    let mut head = before;
    let mut entries = Vec::new();
    for (kind, seq) in kinds.into_iter().zip(1..) {
        let mut entry = made::entry(stream, seq);
        entry.kind = kind;
        entry.precedence = Precedence::ALL[usize::try_from(seq % 4).unwrap()];
        if kind == EntryKind::ParkAck {
            entry.reason = Some("record/unknown".to_owned());
        }
        let exact = entry.to_bytes();
        head = head.after(&exact);
        entries.push(json!({
            "seq": seq,
            "kind": format!("{kind:?}"),
            "digest": entry.digest,
            "hex": made::hex(&exact),
            "chain_after": head.hash,
        }));
    }
    let statement = HeadStatement { stream, head };
    let run = Run {
        entries: entries.iter().map(|entry| made::unhex(text(entry, "hex"))).collect(),
        head: statement.seal(&release),
    };
    let receipt = Receipt { stream, head, at: made::moment("2025-03-09T10:06:00Z") };
    let proofs: Vec<_> = (0..entries.len())
        .map(|n| made::hex(&bytes::write(&run.proof(&before, n).unwrap())))
        .collect();
    keep(
        "streams/run.json",
        &json!({
            "from_root": Digest([1; 32]),
            "to_root": Digest([2; 32]),
            "stream": stream,
            "incarnation": 1,
            "start": before.hash,
            "release_key": made::hex(&release.public().to_bytes()),
            "receipt_key": made::hex(&receipt_key.public().to_bytes()),
            "head": made::hex(&run.head),
            "run": made::hex(&bytes::write(&run)),
            "receipt": made::hex(&receipt.seal(&receipt_key)),
            "proofs": proofs,
            "vectors": entries,
        }),
    );

    let file = fs::read_to_string(made::conformance().join("streams/run.json")).unwrap();
    let file: Value = serde_json::from_str(&file).unwrap();
    let run: Run = bytes::read(&made::unhex(text(&file, "run"))).unwrap();
    let (opened, after) = run.open(&stream, &before, release.public()).unwrap();
    assert_eq!((opened.len(), after), (8, head));
    for (vector, entry) in file["vectors"].as_array().unwrap().iter().zip(&opened) {
        let exact = made::unhex(text(vector, "hex"));
        assert_eq!(Entry::read(&exact).as_ref(), Ok(entry));
        assert_eq!(format!("{:?}", entry.kind), text(vector, "kind"));
    }
    for (n, proof) in codes(&file["proofs"]).into_iter().enumerate() {
        let proof: Proof = bytes::read(&made::unhex(proof)).unwrap();
        assert_eq!(proof.open(release.public()).as_ref(), Ok(&opened[n]));
        assert!(proof.open(made::release(9).public()).is_err());
    }
    let exact = made::unhex(text(&file, "receipt"));
    assert_eq!(Receipt::open(&exact, receipt_key.public()), Ok(receipt));
    assert_ne!(forms::receipt(), receipt);
}

/// Keys a node must refuse to enrol, and a key statement with two of three roots.
#[test]
fn keys() {
    let roots: Vec<_> = (1..=3).map(|n| Signer::new(KeyRole::Root, &[n; 32])).collect();
    let set =
        RootSet { keys: roots.iter().map(|root| root.public().clone()).collect(), threshold: 2 };
    let statement = KeyStatement {
        partner: made::partner("JOR"),
        role: KeyRole::Release,
        key: made::release(7).public().clone(),
        from: made::moment("2025-01-01T00:00:00Z"),
        until: made::moment("2026-01-01T00:00:00Z"),
    };
    let [one, two, three] = [0, 1, 2].map(|n| statement.seal(&roots[n]));
    let other = KeyStatement { partner: made::partner("SYR"), ..statement.clone() }.seal(&roots[1]);
    let cases = [
        ("two of three", vec![one.clone(), two]),
        ("two others of three", vec![three, one.clone()]),
        ("one of three", vec![one.clone()]),
        ("one of three twice", vec![one.clone(), one.clone()]),
        ("two over different statements", vec![one, other]),
        ("none", Vec::new()),
    ];
    let vectors: Vec<_> = cases
        .into_iter()
        .map(|(what, signed)| {
            let outcome = KeyStatement::open(&signed, &set);
            let signed: Vec<_> = signed.iter().map(|one| made::hex(one)).collect();
            json!({ "what": what, "signed": signed, "outcome": code(&outcome) })
        })
        .collect();
    keep(
        "keys/statements.json",
        &json!({
            "roots": set.keys.iter().map(|key| made::hex(&key.to_bytes())).collect::<Vec<_>>(),
            "threshold": set.threshold,
            "root_id": set.id(),
            "vectors": vectors,
        }),
    );
    let outcomes: Vec<_> = load("keys/statements.json")
        .iter()
        .map(|vector| text(vector, "outcome").to_owned())
        .collect();
    assert_eq!(outcomes[..2], ["ok", "ok"]);
    assert!(outcomes[2..].iter().all(|one| one == "key/signature"));
}

/// Three good and three bad examples of every kind, written by hand.
#[test]
fn kinds() {
    for kind in Kind::ALL {
        let folder = made::conformance().join(format!("kinds/{kind}"));
        let mut files: Vec<_> = fs::read_dir(&folder)
            .unwrap_or_else(|_| panic!("conformance/kinds/{kind} is missing"))
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        let (mut good, mut bad) = (0, 0);
        for file in files {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let exact = fs::read(&file).unwrap();
            if name.starts_with("good-") {
                let body = Body::read(kind, &exact);
                assert!(body.is_ok(), "{kind}/{name}: {body:?}");
                good += 1;
            } else {
                let vector: Value = serde_json::from_slice(&exact).unwrap();
                let outcome = Body::read(kind, text(&vector, "body").as_bytes());
                assert_eq!(code(&outcome), text(&vector, "reason"), "{kind}/{name}");
                bad += 1;
            }
        }
        assert!(good >= 3 && bad >= 3, "{kind}: {good} good, {bad} bad");
    }
}

/// The JSON Schema of every kind, for those who write bodies in other languages.
#[test]
fn schemas() {
    for kind in Kind::ALL {
        let schema = serde_json::to_string_pretty(&kind.schema().unwrap()).unwrap() + "\n";
        keep_text(&format!("schemas/kinds/{kind}.json"), &schema);
    }
}

/// What the fuzz targets start from: small honest inputs, one file each.
#[test]
fn corpora() {
    let signer = made::release(7);
    let (run, before, _) = made::run(made::stream(), 2, &signer);
    let record = seal(made::draft(), &signer).unwrap();
    keep_bytes("fuzz/corpus/record/report", record.bytes());
    keep_bytes("fuzz/corpus/entry/entry", &run.entries[0]);
    keep_bytes("fuzz/corpus/entry/head", &run.head);
    keep_bytes("fuzz/corpus/entry/run", &bytes::write(&run));
    let proof = run.proof(&before, 0).unwrap();
    keep_bytes("fuzz/corpus/entry/proof", &bytes::write(&proof));
    let key = Signer::new(KeyRole::Release, &[7; 32]).public().clone();
    let statement = KeyStatement {
        partner: made::partner("JOR"),
        role: KeyRole::Release,
        key,
        from: made::moment("2025-03-09T10:00:00Z"),
        until: made::moment("2027-03-09T10:00:00Z"),
    };
    let signed = statement.seal(&Signer::new(KeyRole::Root, &[1; 32]));
    let signed = SignedStatement(vec![signed.into()]);
    keep_bytes("fuzz/corpus/entry/statement", &signed.to_bytes());
    keep_bytes("fuzz/corpus/label/label", &bytes::write(&made::label()));
    for kind in Kind::ALL {
        keep_bytes(&format!("fuzz/corpus/body/{kind}"), &made::good(kind.code()));
    }
}
