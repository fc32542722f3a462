//! Edits on the way: every flipped bit and every edited field is noticed.

use std::collections::BTreeSet;

use diwan_record::{
    Digest, Entry, Handling, Head, HeadStatement, Header, KeyRole, Label, LegalBasis, Purpose,
    Reason, Receipt, Run, Sealed, Signer, State, Tlp, bytes, check_batch, open, seal, stream_id,
};

use crate::cbor::{self, Cose};
use crate::{forms, made};

/// Every copy of `bytes` with one bit flipped.
fn flips(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    (0..bytes.len() * 8).map(|bit| {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        (bit, flipped)
    })
}

#[test]
fn attack_001_every_flipped_bit_of_a_record_is_refused() {
    let signer = made::release(1);
    let record = seal(made::draft(), &signer).unwrap();
    for (bit, flipped) in flips(record.bytes()) {
        assert!(open(flipped.clone(), signer.public()).is_err(), "bit {bit}");
        // Also when checked among honest ones.
        if bit % 16 == 0
            && let Ok(sealed) = Sealed::read(flipped)
        {
            let honest = Sealed::read(record.bytes().to_vec()).unwrap();
            let key = Some(signer.public().clone());
            let checked = check_batch(vec![
                (honest.clone(), key.clone()),
                (sealed, key.clone()),
                (honest, key),
            ]);
            let good: Vec<_> = checked.iter().map(Result::is_ok).collect();
            assert_eq!(good, [true, false, true], "bit {bit}");
        }
    }
}

#[test]
fn attack_001_every_flipped_bit_of_a_run_is_refused() {
    let signer = made::release(1);
    let (run, before, _) = made::run(made::stream(), 3, &signer);
    let opens = |run: &Run| run.open(&made::stream(), &before, signer.public()).is_ok();
    assert!(opens(&run));
    for place in 0..run.entries.len() {
        for (bit, flipped) in flips(&run.entries[place]) {
            let mut forged = run.clone();
            forged.entries[place] = flipped;
            assert!(!opens(&forged), "entry {place}, bit {bit}");
        }
    }
    for (bit, flipped) in flips(&run.head) {
        let forged = Run { head: flipped, ..run.clone() };
        assert!(!opens(&forged), "head, bit {bit}");
    }
}

#[test]
fn attack_001_every_flipped_bit_of_a_receipt_or_proof_is_refused() {
    let signer = Signer::new(KeyRole::Receipt, &[3; 32]);
    for (bit, flipped) in flips(&forms::receipt().seal(&signer)) {
        assert!(Receipt::open(&flipped, signer.public()).is_err(), "{bit}");
    }
    let signer = made::release(1);
    let (run, before, _) = made::run(made::stream(), 4, &signer);
    let proof = run.proof(&before, 1).unwrap();
    assert_eq!(proof.open(signer.public()).unwrap().seq, 2);
    let exact = bytes::write(&proof);
    for (bit, flipped) in flips(&exact) {
        let opened = bytes::read::<diwan_record::Proof>(&flipped)
            .and_then(|proof| proof.open(signer.public()));
        assert!(opened.is_err(), "bit {bit}");
    }
}

#[test]
fn attack_002_an_entry_of_one_stream_is_refused_in_another() {
    let signer = made::release(1);
    let stream = made::stream();
    let (run, before, _) = made::run(stream, 3, &signer);
    let [a, b, c] = [1, 2, 3].map(|n| Digest([n; 32]));
    for other in [stream_id(&a, &c), stream_id(&b, &a), stream_id(&c, &b), stream_id(&b, &b)] {
        assert_ne!(other, stream);
        for start in [before, Head::start(&other, 1)] {
            let opened = run.open(&other, &start, signer.public());
            assert_eq!(opened.err(), Some(Reason::StreamOther));
        }
        // Written again for the other stream, the sender's signature no longer fits.
        let start = Head::start(&other, 1);
        let rewritten: Vec<_> = run
            .entries
            .iter()
            .map(|bytes| {
                let entry = Entry::read(bytes).unwrap();
                Entry { stream: other, ..entry }.to_bytes()
            })
            .collect();
        let forged = Run { entries: rewritten, head: run.head.clone() };
        assert_eq!(forged.open(&other, &start, signer.public()).err(), Some(Reason::StreamGap));
    }
}

#[test]
fn attack_005_a_run_without_its_end_start_or_middle_is_refused() {
    let signer = made::release(1);
    let (run, before, head) = made::run(made::stream(), 5, &signer);
    for kept in 0u32..(1 << 5) - 1 {
        let entries = run.entries.iter().enumerate();
        let part = Run {
            entries: entries
                .filter(|(n, _)| kept & (1 << n) != 0)
                .map(|(_, bytes)| bytes.clone())
                .collect(),
            head: run.head.clone(),
        };
        let opened = part.open(&made::stream(), &before, signer.public());
        assert!(opened.is_err(), "{kept:05b}");
    }
    // Nor does it open twice in a row, or from another place.
    let again = run.open(&made::stream(), &head, signer.public());
    assert_eq!(again.err(), Some(Reason::StreamGap));
}

#[test]
fn a_head_is_no_receipt_and_a_record_no_head() {
    let release = made::release(1);
    let receipt = Signer::new(KeyRole::Receipt, &[1; 32]);
    let (run, _, _) = made::run(made::stream(), 1, &release);
    assert_eq!(Receipt::open(&run.head, release.public()).err(), Some(Reason::Shape));
    let record = seal(made::draft(), &release).unwrap();
    assert!(HeadStatement::open(record.bytes(), release.public()).is_err());
    // The same secret in another role is another key for every purpose.
    let signed = forms::receipt().seal(&release);
    assert_eq!(Receipt::open(&signed, receipt.public()).err(), Some(Reason::SignatureWrong));
}

/// Every label that differs from `label` in one field.
fn edits(label: &Label) -> Vec<(&'static str, Label)> {
    let mut all = Vec::new();
    let mut put = |field, edit: &dyn Fn(&mut Label)| {
        let mut edited = label.clone();
        edit(&mut edited);
        if edited != *label {
            all.push((field, edited));
        }
    };
    for tlp in Tlp::ALL.iter().copied().chain([Tlp::Unknown]) {
        put("tlp", &|label| label.tlp = tlp);
    }
    for handling in Handling::ALL.iter().copied().chain([Handling::Unknown]) {
        put("handling", &|label| label.handling = handling);
    }
    put("orcon", &|label| label.orcon = !label.orcon);
    put("purpose", &|label| label.purpose = BTreeSet::new());
    for purpose in Purpose::ALL.iter().copied().chain([Purpose::Unknown]) {
        put("purpose", &|label| {
            label.purpose.insert(purpose);
        });
        put("purpose", &|label| {
            label.purpose.remove(&purpose);
        });
    }
    for basis in LegalBasis::ALL.iter().copied().chain([LegalBasis::Unknown]) {
        put("legal basis", &|label| label.legal_basis = basis);
    }
    for days in [-1, 1, 3650] {
        put("review", &|label| {
            label.review = label.review.plus_days(days);
        });
        put("retention", &|label| {
            label.retention = label.retention.map(|day| day.plus_days(days));
        });
    }
    put("retention", &|label| label.retention = None);
    for state in State::ALL.iter().copied().chain([State::Unknown]) {
        put("state", &|label| label.state = state);
    }
    all
}

#[test]
fn attack_019_an_edited_label_no_longer_verifies() {
    let signer = made::release(1);
    let record = seal(made::draft(), &signer).unwrap();
    let cose = Cose::read(record.bytes());
    let (header, body) = cose.record_parts();
    let mut header: Header = bytes::read(&header).unwrap();
    let edits = edits(record.label());
    let fields: BTreeSet<_> = edits.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields.len(), 8, "every field of a label is edited");
    for (field, label) in edits {
        header.label = label;
        let content = cbor::record_content(&bytes::write(&header), &body);
        let forged = Cose {
            protected: cose.protected.clone(),
            payload: [made::RECORD_DOMAIN, &content].concat(),
            signature: cose.signature.clone(),
        }
        .write();
        assert_ne!(forged, record.bytes());
        let sealed = Sealed::read(forged.clone()).unwrap();
        assert_eq!(
            open(forged.clone(), signer.public()).err(),
            Some(Reason::SignatureWrong),
            "{field}"
        );
        let batch = check_batch(vec![(sealed, Some(signer.public().clone()))]);
        assert!(batch.iter().all(Result::is_err), "{field}");
        // The ledger asks for the digest it stored: an edit in the database is seen as well.
        assert_eq!(
            diwan_record::Record::reopen(forged, record.digest()).err(),
            Some(Reason::DigestWrong)
        );
    }
}

#[test]
fn attack_019_an_entry_can_tighten_a_label_and_never_loosen_it() {
    for tlp in Tlp::ALL {
        for handling in Handling::ALL {
            for to_tlp in Tlp::ALL.iter().copied().map(Some).chain([None]) {
                for to_handling in Handling::ALL.iter().copied().map(Some).chain([None]) {
                    let label = Label { tlp: *tlp, handling: *handling, ..made::label() };
                    let held = label
                        .tightened(&diwan_record::Tighten { tlp: to_tlp, handling: to_handling });
                    assert!(held.at_least_as_strict_as(&label));
                }
            }
        }
    }
}
