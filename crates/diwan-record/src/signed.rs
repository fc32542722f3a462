//! One signature form for everything that is signed: COSE_Sign1 (RFC 9052) with Ed25519.
//!
//! The role of the key is authenticated with every message (as external data), so a key certified
//! for one role is useless in another; a domain tag starts the content, so no message of one sort
//! can be taken for another.

use std::fmt;

use coset::iana::Algorithm;
use coset::{CborSerializable, CoseSign1, CoseSign1Builder, HeaderBuilder};
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity as _;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha512};

use crate::{Digest, Reason, bytes};

/// What a key may be used for. A key valid for one role is invalid for every other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyRole {
    /// Certifies the others; kept offline.
    Root,
    /// Signs records and entries.
    Release,
    /// Signs receipts.
    Receipt,
    /// Signs checkpoints of the audit log.
    Audit,
    /// Cosigns partners' checkpoints.
    Witness,
    /// Identifies the node on a link.
    Tls,
    /// Opens courier bundles.
    Kem,
    /// Seeds private matching.
    Match,
    /// A person's own key: approvals.
    Person,
}

impl KeyRole {
    pub const ALL: [Self; 9] = [
        Self::Root,
        Self::Release,
        Self::Receipt,
        Self::Audit,
        Self::Witness,
        Self::Tls,
        Self::Kem,
        Self::Match,
        Self::Person,
    ];

    /// The role's name, which every signature covers.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Release => "release",
            Self::Receipt => "receipt",
            Self::Audit => "audit",
            Self::Witness => "witness",
            Self::Tls => "tls",
            Self::Kem => "kem",
            Self::Match => "match",
            Self::Person => "person",
        }
    }
}

impl<C> Encode<C> for KeyRole {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.str(self.code())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for KeyRole {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let code = d.str()?;
        let role = Self::ALL.into_iter().find(|role| role.code() == code);
        role.ok_or_else(|| minicbor::decode::Error::message("unknown role"))
    }
}

/// Names a key: the first 8 bytes of the digest of its 32.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 8]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// An Ed25519 public key (RFC 8032) that is canonical, not of small order and free of torsion, so
/// that single and batch verification agree on it.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    key: VerifyingKey,
    id: KeyId,
}

impl PublicKey {
    /// # Errors
    /// [`Reason::KeyUnfit`] for any key without the properties above.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, Reason> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| Reason::KeyUnfit)?;
        let point = key.to_edwards();
        let canonical = point.compress().to_bytes() == *bytes;
        if key.is_weak() || !canonical || !point.is_torsion_free() {
            return Err(Reason::KeyUnfit);
        }
        Ok(Self::of(key))
    }

    #[must_use]
    pub fn to_bytes(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }

    fn of(key: VerifyingKey) -> Self {
        let digest = Digest::of(key.as_bytes()).0;
        let mut id = [0; 8];
        id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self { key, id: KeyId(id) }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.id)
    }
}

impl<C> Encode<C> for PublicKey {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(self.key.as_bytes())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for PublicKey {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let unfit = || minicbor::decode::Error::message("unfit key");
        let bytes: &[u8; 32] = d.bytes()?.try_into().map_err(|_| unfit())?;
        Self::from_bytes(bytes).map_err(|_| unfit())
    }
}

/// Reads keys that were checked in full when they were enrolled and lie in our own ledger: the
/// check for torsion costs as much as a signature and need not be repeated at every reading.
pub mod enrolled {
    use ed25519_dalek::VerifyingKey;
    use minicbor::{Decoder, Encoder};

    use super::PublicKey;

    /// # Errors
    /// Those of the writer.
    pub fn encode<C, W: minicbor::encode::Write>(
        key: &PublicKey,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(key.key.as_bytes())?.ok()
    }

    /// # Errors
    /// The bytes are no point of the curve.
    pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<PublicKey, minicbor::decode::Error> {
        let unfit = || minicbor::decode::Error::message("unfit key");
        let bytes: &[u8; 32] = d.bytes()?.try_into().map_err(|_| unfit())?;
        VerifyingKey::from_bytes(bytes).map(PublicKey::of).map_err(|_| unfit())
    }
}

/// A private key with the one role it may be used in. It never shows itself.
pub struct Signer {
    key: SigningKey,
    role: KeyRole,
    public: PublicKey,
    protected: HeaderBytes,
}

/// The protected COSE header, which is the same for every message of a key.
type HeaderBytes = coset::Header;

impl Signer {
    /// A signer from 32 secret random bytes.
    #[must_use]
    pub fn new(role: KeyRole, seed: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(seed);
        let public = PublicKey::of(key.verifying_key());
        let protected =
            HeaderBuilder::new().algorithm(Algorithm::EdDSA).key_id(public.id.0.to_vec()).build();
        Self { key, role, public, protected }
    }

    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    #[must_use]
    pub fn role(&self) -> KeyRole {
        self.role
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({} {})", self.role.code(), self.public.id)
    }
}

/// A signed message that was read but not yet verified. Its content must not be acted on before
/// [`Signed::verify`] or [`verify_batch`].
#[derive(Clone, Debug)]
pub struct Signed {
    payload: Vec<u8>,
    domain_length: usize,
    key: KeyId,
    signature: Signature,
}

impl Signed {
    /// Signs `domain` and `content`; returns the exact bytes that are stored and sent.
    #[must_use]
    pub fn seal(signer: &Signer, domain: &[u8], content: &[u8]) -> Vec<u8> {
        let sealed = CoseSign1Builder::new()
            .protected(signer.protected.clone())
            .payload([domain, content].concat())
            .create_signature(signer.role.code().as_bytes(), |bytes| {
                signer.key.sign(bytes).to_bytes().to_vec()
            })
            .build();
        // INVARIANT: writing a COSE message to memory fails only for values COSE cannot hold.
        sealed.to_vec().unwrap_or_default()
    }

    /// Reads exact bytes of at most `length_max`.
    ///
    /// # Errors
    /// [`Reason::TooLarge`], [`Reason::NotCanonical`], [`Reason::Shape`] for another sort of
    /// message.
    pub fn read(bytes: &[u8], domain: &[u8], length_max: usize) -> Result<Self, Reason> {
        if bytes.len() > length_max {
            return Err(Reason::TooLarge);
        }
        bytes::check(bytes)?;
        let cose = CoseSign1::from_slice(bytes).map_err(|_| Reason::Shape)?;
        let key = protected_key(&cose)?;
        let payload = cose.payload.ok_or(Reason::Shape)?;
        if !payload.starts_with(domain) {
            return Err(Reason::Shape);
        }
        let signature = Signature::from_slice(&cose.signature).map_err(|_| Reason::Shape)?;
        if !is_sound_commitment(signature.r_bytes()) {
            return Err(Reason::SignatureWrong);
        }
        Ok(Self { payload, domain_length: domain.len(), key, signature })
    }

    /// Which key claims to have signed.
    #[must_use]
    pub fn key(&self) -> KeyId {
        self.key
    }

    /// What was signed, after the domain tag.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        self.payload.get(self.domain_length..).unwrap_or_default()
    }

    /// Verifies against the key and the role it is certified for. This is the one rule; a batch
    /// only ever says the same sooner.
    ///
    /// # Errors
    /// [`Reason::SignatureWrong`].
    pub fn verify(&self, key: &PublicKey, role: KeyRole) -> Result<(), Reason> {
        let right_key = key.id == self.key;
        if right_key && satisfies(&key.key, &self.signed_bytes(role), &self.signature) {
            Ok(())
        } else {
            Err(Reason::SignatureWrong)
        }
    }

    /// COSE's `Sig_structure`: what the signature is computed over.
    fn signed_bytes(&self, role: KeyRole) -> Vec<u8> {
        let protected = protected_bytes(self.key);
        let mut out = Vec::with_capacity(self.payload.len() + 64);
        let mut to = minicbor::Encoder::new(&mut out);
        // INVARIANT: writing to a Vec cannot fail.
        let _ = to
            .array(4)
            .and_then(|to| to.str("Signature1"))
            .and_then(|to| to.bytes(&protected))
            .and_then(|to| to.bytes(role.code().as_bytes()))
            .and_then(|to| to.bytes(&self.payload));
        out
    }
}

/// Verifies many messages at about half the cost of one by one. All or nothing: on failure ask
/// [`Signed::verify`], which decides.
///
/// INVARIANT: what a batch accepts, [`Signed::verify`] accepts. The batch's equation does not
/// multiply by the cofactor, so it is the same equation with less left out.
///
/// # Errors
/// [`Reason::SignatureWrong`].
pub(crate) fn verify_batch(
    messages: &[(&Signed, &PublicKey)],
    role: KeyRole,
) -> Result<(), Reason> {
    if messages.iter().any(|(signed, key)| signed.key != key.id) {
        return Err(Reason::SignatureWrong);
    }
    let bytes: Vec<_> = messages.iter().map(|(signed, _)| signed.signed_bytes(role)).collect();
    let bytes: Vec<_> = bytes.iter().map(Vec::as_slice).collect();
    let signatures: Vec<_> = messages.iter().map(|(signed, _)| signed.signature).collect();
    let keys: Vec<_> = messages.iter().map(|(_, key)| key.key).collect();
    ed25519_dalek::verify_batch(&bytes, &signatures, &keys).map_err(|_| Reason::SignatureWrong)
}

/// The equation of RFC 8032, section 5.1.7, with the cofactor: `[8][S]B = [8]R + [8][k]A`, with `S`
/// below the order of the group. Without the cofactor, whether a batch takes a commitment with a
/// part of small order would be a matter of chance (docs/decisions/0014).
fn satisfies(key: &VerifyingKey, message: &[u8], signature: &Signature) -> bool {
    let commitment = CompressedEdwardsY(*signature.r_bytes()).decompress();
    let answer: Option<Scalar> = Scalar::from_canonical_bytes(*signature.s_bytes()).into();
    let (Some(commitment), Some(answer)) = (commitment, answer) else {
        return false;
    };
    let hash = Sha512::new()
        .chain_update(signature.r_bytes())
        .chain_update(key.as_bytes())
        .chain_update(message);
    let challenge = Scalar::from_hash(hash);
    let expected =
        EdwardsPoint::vartime_double_scalar_mul_basepoint(&challenge, &-key.to_edwards(), &answer);
    (expected - commitment).mul_by_cofactor().is_identity()
}

/// The y coordinates of the points of small order in their canonical encoding, little-endian.
const SMALL_ORDER_Y: [[u8; 32]; 4] = [
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ],
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ],
    [0; 32],
    [
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0,
    ],
];

/// Refuses a signature's commitment of small order or written in a non-canonical form: nobody
/// honest makes one, and verifiers disagree about them.
fn is_sound_commitment(commitment: &[u8; 32]) -> bool {
    let mut y = *commitment;
    let [low, middle @ .., high] = &mut y;
    *high &= 0x7f;
    // The prime is 2^255 - 19: from 2^255 - 20 on (minus one, of order 2) nothing is sound.
    let top = *high == 0x7f && middle.iter().all(|byte| *byte == 0xff) && *low >= 0xec;
    !top && !SMALL_ORDER_Y.contains(&y)
}

/// `{1: -8, 4: kid}`, the only protected header there is.
fn protected_bytes(key: KeyId) -> Vec<u8> {
    let mut out = vec![0xa2, 0x01, 0x27, 0x04, 0x48];
    out.extend(key.0);
    out
}

fn protected_key(cose: &CoseSign1) -> Result<KeyId, Reason> {
    let header = &cose.protected.header;
    let key: [u8; 8] = header.key_id.as_slice().try_into().map_err(|_| Reason::Shape)?;
    let key = KeyId(key);
    let exact = cose.protected.original_data.as_deref() == Some(protected_bytes(key).as_slice());
    if exact && cose.unprotected.is_empty() { Ok(key) } else { Err(Reason::Shape) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOMAIN: &[u8] = b"diwan/probe/v1\0";

    #[test]
    fn a_key_is_useless_in_another_role() {
        for signing in KeyRole::ALL {
            let signer = Signer::new(signing, &[7; 32]);
            let bytes = Signed::seal(&signer, DOMAIN, b"content");
            let signed = Signed::read(&bytes, DOMAIN, 1000).unwrap();
            for asked in KeyRole::ALL {
                let verified = signed.verify(signer.public(), asked).is_ok();
                assert_eq!(verified, asked == signing, "{signing:?} as {asked:?}");
            }
        }
    }

    #[test]
    fn small_order_and_non_canonical_keys_are_refused() {
        // The eight points of small order and their non-canonical encodings, as published in
        // "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko, 2020), table 1.
        let weak = [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ];
        for text in weak {
            let digest: Digest = text.parse().unwrap();
            assert_eq!(PublicKey::from_bytes(&digest.0), Err(Reason::KeyUnfit), "{text}");
        }
    }

    /// The twelve signatures that published verifiers disagree about, from the artifact of "Taming
    /// the many EdDSAs": none of them is taken here, whatever it is signed over.
    #[test]
    fn the_published_edge_cases_are_all_refused() {
        let text = include_str!("../../../conformance/keys/edge-cases.json");
        let file: serde_json::Value = serde_json::from_str(text).unwrap();
        let cases = file["vectors"].as_array().unwrap();
        assert_eq!(cases.len(), 12);
        for case in cases {
            let field = |name: &str| unhex(case[name].as_str().unwrap());
            let taken = || {
                let key = PublicKey::from_bytes(&field("public_key").try_into().unwrap())?;
                let signature = Signature::from_slice(&field("signature")).unwrap();
                let sound = is_sound_commitment(signature.r_bytes());
                let good = sound && satisfies(&key.key, &field("message"), &signature);
                if good { Ok(()) } else { Err(Reason::SignatureWrong) }
            };
            let code = taken().err().map_or("ok", |reason: Reason| reason.code());
            assert_eq!(code, case["outcome"].as_str().unwrap(), "{case}");
        }
    }

    fn unhex(text: &str) -> Vec<u8> {
        let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
        (0..text.len()).step_by(2).map(byte).collect()
    }

    #[test]
    fn batch_and_single_agree() {
        let signer = Signer::new(KeyRole::Release, &[1; 32]);
        let sealed: Vec<_> = (0u8..20).map(|n| Signed::seal(&signer, DOMAIN, &[n])).collect();
        let mut read: Vec<_> =
            sealed.iter().map(|bytes| Signed::read(bytes, DOMAIN, 1000).unwrap()).collect();
        let all = |read: &[Signed]| {
            let pairs: Vec<_> = read.iter().map(|one| (one, signer.public())).collect();
            verify_batch(&pairs, KeyRole::Release)
        };
        assert_eq!(all(&read), Ok(()));
        read[13].payload.push(0);
        assert_eq!(all(&read), Err(Reason::SignatureWrong));
        assert!(read[13].verify(signer.public(), KeyRole::Release).is_err());
    }
}
