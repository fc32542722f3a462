//! Odd Ed25519 keys and signatures: what published edge cases show libraries to disagree on.
//!
//! The cases are those of "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko, 2020), made
//! here over real records so that single and batch verification meet them alike.

use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::{Scalar, clamp_integer};
use diwan_record::{
    Checked, Digest, Draft, PublicKey, Reason, Sealed, Signer, check_batch, open, seal,
};
use serde_json::json;
use sha2::{Digest as _, Sha512};

use crate::cbor::{Cose, minimal};
use crate::made;
use crate::vectors::{keep, load};

const SEED: u8 = 1;

/// The private scalar of a seed (RFC 8032, section 5.1.5).
fn secret() -> Scalar {
    let hash = Sha512::digest([SEED; 32]);
    let mut low = [0; 32];
    low.copy_from_slice(&hash[..32]);
    Scalar::from_bytes_mod_order(clamp_integer(low))
}

/// What COSE signs: the role of the key and the payload.
fn signed_bytes(cose: &Cose) -> Vec<u8> {
    let string =
        |major, bytes: &[u8]| [minimal(major, bytes.len() as u64), bytes.to_vec()].concat();
    [
        vec![0x84],
        string(3, b"Signature1"),
        string(2, &cose.protected),
        string(2, b"release"),
        string(2, &cose.payload),
    ]
    .concat()
}

/// Signs a record with a commitment point written as `point`, as `nonce` times the base point
/// plus something of small order.
fn odd(n: u32, point: [u8; 32], nonce: Scalar) -> Vec<u8> {
    let signer = made::release(SEED);
    let draft = Draft { variant: n, ..made::draft() };
    let mut cose = Cose::read(seal(draft, &signer).unwrap().bytes());
    let mut hash = Sha512::new();
    hash.update(point);
    hash.update(signer.public().to_bytes());
    hash.update(signed_bytes(&cose));
    let mut wide = [0; 64];
    wide.copy_from_slice(&hash.finalize());
    let challenge = Scalar::from_bytes_mod_order_wide(&wide);
    let answer = nonce + challenge * secret();
    cose.signature = [point, answer.to_bytes()].concat();
    cose.write()
}

fn singly(bytes: &[u8]) -> Checked {
    open(bytes.to_vec(), made::release(SEED).public())
}

/// Among honest records, where the quick check is tried first.
fn in_batch(bytes: &[u8], honest: usize) -> Checked {
    let signer = made::release(SEED);
    let good = seal(made::draft(), &signer).unwrap().bytes().to_vec();
    let mut all = vec![good; honest];
    all.push(bytes.to_vec());
    let sealed = all.into_iter().map(|one| {
        let key = Some(signer.public().clone());
        (Sealed::read(one).unwrap(), key)
    });
    check_batch(sealed.collect()).pop().unwrap()
}

#[test]
fn the_tests_own_signer_makes_honest_signatures() {
    let nonce = Scalar::from(12345u64);
    let point = (ED25519_BASEPOINT_POINT * nonce).compress().to_bytes();
    let bytes = odd(0, point, nonce);
    assert!(singly(&bytes).is_ok());
    assert!(in_batch(&bytes, 3).is_ok());
}

#[test]
fn a_signature_is_not_malleable() {
    // The order of the group, little-endian: S and S + L pass lenient verifiers alike.
    let order = made::unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let record = seal(made::draft(), &made::release(SEED)).unwrap();
    let mut cose = Cose::read(record.bytes());
    let mut carry = 0;
    for (byte, add) in cose.signature[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    assert_eq!(carry, 0);
    let bytes = cose.write();
    assert_eq!(singly(&bytes).err(), Some(Reason::SignatureWrong));
    assert_eq!(in_batch(&bytes, 3).err(), Some(Reason::SignatureWrong));
}

/// A commitment of small order, or one that is written oddly, is refused. What is left is a part
/// of small order hidden in an ordinary commitment: only the owner of the key can make one, it
/// shows nobody anything false, and it is taken (docs/decisions/0014).
fn wanted(what: &str) -> Option<Reason> {
    (!what.starts_with("mixed order")).then_some(Reason::SignatureWrong)
}

#[test]
fn one_rule_decides_about_odd_commitments_alone_and_in_a_batch() {
    for (what, bytes) in odd_commitments() {
        assert_eq!(singly(&bytes).err(), wanted(&what), "{what} alone");
        for honest in [0, 1, 3, 30] {
            // What is refused when read never comes as far as a batch.
            let read = diwan_record::Sealed::read(bytes.clone()).is_ok();
            let taken = if read { in_batch(&bytes, honest).err() } else { singly(&bytes).err() };
            assert_eq!(taken, wanted(&what), "{what} among {honest}");
        }
    }
}

/// Several odd ones at once: what one hides, another must not uncover.
#[test]
fn one_rule_decides_about_a_batch_of_nothing_but_odd_commitments() {
    let signer = made::release(SEED);
    let key = || Some(signer.public().clone());
    let mut batch = Vec::new();
    for (what, bytes) in odd_commitments() {
        if wanted(&what).is_none() {
            batch.push((Sealed::read(bytes).unwrap(), key()));
        }
    }
    assert!(check_batch(batch).iter().all(Result::is_ok));
}

/// The same for partners who check with another library.
#[test]
fn odd_commitments_are_kept_as_vectors() {
    let first =
        |(what, _): &(String, Vec<u8>)| !what.contains("record") || what.ends_with("record 0");
    let vectors: Vec<_> = odd_commitments()
        .into_iter()
        .filter(first)
        .map(|(what, bytes)| {
            let outcome = wanted(&what).map_or("ok", |reason| reason.code());
            json!({ "what": what, "hex": made::hex(&bytes), "outcome": outcome })
        })
        .collect();
    let public_key = made::hex(&made::release(SEED).public().to_bytes());
    keep("keys/commitments.json", &json!({ "public_key": public_key, "vectors": vectors }));
    for vector in load("keys/commitments.json") {
        let bytes = made::unhex(vector["hex"].as_str().unwrap());
        let outcome = singly(&bytes).err().map_or("ok", |reason| reason.code());
        assert_eq!(outcome, vector["outcome"].as_str().unwrap());
    }
}

/// Signatures that only the owner of the key can make, and that verifiers disagree about.
fn odd_commitments() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for (n, point) in EIGHT_TORSION.iter().enumerate() {
        let bytes = odd(0, point.compress().to_bytes(), Scalar::ZERO);
        all.push((format!("small order {n}"), bytes));
    }
    // The neutral point and others written with y not reduced or with a meaningless sign.
    for text in [
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ] {
        let point: Digest = text.parse().unwrap();
        all.push((format!("written oddly {text}"), odd(0, point.0, Scalar::ZERO)));
    }
    let nonce = Scalar::from(12345u64);
    for (n, torsion) in EIGHT_TORSION.iter().enumerate().skip(1) {
        let point: EdwardsPoint = ED25519_BASEPOINT_POINT * nonce + torsion;
        for variant in 0..8 {
            let bytes = odd(variant, point.compress().to_bytes(), nonce);
            all.push((format!("mixed order {n}, record {variant}"), bytes));
        }
    }
    all
}

#[test]
fn keys_of_mixed_order_are_refused_when_they_are_first_seen() {
    let signer = made::release(SEED);
    let honest = ED25519_BASEPOINT_POINT * secret();
    assert_eq!(honest.compress().to_bytes(), signer.public().to_bytes());
    for torsion in EIGHT_TORSION.iter().skip(1) {
        let mixed = (honest + torsion).compress().to_bytes();
        assert_eq!(PublicKey::from_bytes(&mixed), Err(Reason::KeyUnfit));
    }
    for torsion in &EIGHT_TORSION {
        let small = torsion.compress().to_bytes();
        assert_eq!(PublicKey::from_bytes(&small), Err(Reason::KeyUnfit));
    }
}

#[test]
fn a_batch_with_a_missing_key_or_none_at_all_is_decided_one_by_one() {
    let signer = made::release(SEED);
    let good = || Sealed::read(seal(made::draft(), &signer).unwrap().bytes().to_vec()).unwrap();
    let key = || Some(signer.public().clone());
    assert!(check_batch(Vec::new()).is_empty());
    let checked = check_batch(vec![(good(), key()), (good(), None), (good(), key())]);
    let codes: Vec<_> = checked.iter().map(|one| one.as_ref().err().map(Reason::code)).collect();
    assert_eq!(codes, [None, Some("key/unknown"), None]);
    // A key that is not the one that signed.
    let other: Signer = made::release(SEED + 1);
    let checked = check_batch(vec![(good(), Some(other.public().clone())), (good(), key())]);
    let codes: Vec<_> = checked.iter().map(|one| one.as_ref().err().map(Reason::code)).collect();
    assert_eq!(codes, [Some("key/signature"), None]);
}
