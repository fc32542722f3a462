//! Accounts of people: a password opens the person's own key, and nothing else does.
//!
//! The credential kept in the ledger is the person's private key sealed under a key derived from
//! the password (argon2id, then XChaCha20-Poly1305). So an approval needs the person's password,
//! not merely the node.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use diwan_record::{Digest, KeyRole, PublicKey, Signer, limits};
use zeroize::Zeroizing;

use crate::chance;

/// Memory in KiB, passes and lanes: OWASP's first recommendation, about 28 ms.
const COST: (u32, u32, u32) = (19_456, 2, 1);
const SCHEME: &str = "diwan1";
const PERSON_AAD: &[u8] = b"diwan/person/v1\0";
const SESSION_AAD: &[u8] = b"diwan/session/v1\0";
const NONCE: usize = 24;

/// A person's own key, unsealed. It never shows itself.
pub struct PersonKey {
    seed: Zeroizing<[u8; 32]>,
    signer: Signer,
}

impl std::fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PersonKey({})", self.signer.public().id())
    }
}

impl PersonKey {
    fn new(seed: Zeroizing<[u8; 32]>) -> Self {
        let signer = Signer::new(KeyRole::Person, &seed);
        Self { seed, signer }
    }

    #[must_use]
    pub fn public(&self) -> &PublicKey {
        self.signer.public()
    }

    /// The person's signature over the digest of what was shown.
    #[must_use]
    pub fn approve(&self, digest: &Digest) -> Vec<u8> {
        diwan_room::approval(&self.signer, digest)
    }

    /// The key sealed under a token that only the person's browser holds.
    #[must_use]
    pub fn to_sealed(&self, token: &[u8; 32]) -> Vec<u8> {
        seal(&session_key(token), SESSION_AAD, &self.seed)
    }

    /// The key again, if this is the token it was sealed under.
    #[must_use]
    pub fn from_sealed(sealed: &[u8], token: &[u8; 32]) -> Option<Self> {
        unseal(&session_key(token), SESSION_AAD, sealed).map(Self::new)
    }
}

/// Makes a new person's key and the credential that opens it.
///
/// # Errors
/// The system gives no random bytes, or the password is too long.
pub fn make_credential(password: &str) -> anyhow::Result<(PublicKey, String)> {
    anyhow::ensure!(
        password.len() <= limits::PASSWORD_BYTES,
        "the password is longer than {} bytes",
        limits::PASSWORD_BYTES
    );
    let key = PersonKey::new(Zeroizing::new(chance::bytes()));
    let salt: [u8; 16] = chance::bytes();
    let derived = derive(password, &salt, COST)
        .ok_or_else(|| anyhow::anyhow!("the password could not be processed"))?;
    let sealed = seal(&derived, PERSON_AAD, &key.seed);
    let (memory, passes, lanes) = COST;
    let credential =
        format!("{SCHEME}${memory},{passes},{lanes}${}${}", to_hex(&salt), to_hex(&sealed));
    Ok((key.public().clone(), credential))
}

/// The person's key, if this is the person's password. Costs about 28 ms of a core on purpose.
#[must_use]
pub fn check_password(credential: &str, password: &str) -> Option<PersonKey> {
    if password.len() > limits::PASSWORD_BYTES {
        return None;
    }
    let mut parts = credential.split('$');
    let (scheme, cost, salt, sealed) =
        (parts.next()?, parts.next()?, of_hex(parts.next()?)?, of_hex(parts.next()?)?);
    if scheme != SCHEME || parts.next().is_some() {
        return None;
    }
    let cost: Vec<u32> = cost.split(',').map_while(|number| number.parse().ok()).collect();
    let [memory, passes, lanes] = cost[..] else {
        return None;
    };
    // A credential comes from our own ledger; the bound keeps a damaged one from eating the node.
    if memory > 1 << 20 || passes > 16 || lanes > 8 {
        return None;
    }
    let derived = derive(password, &salt, (memory, passes, lanes))?;
    unseal(&derived, PERSON_AAD, &sealed).map(PersonKey::new)
}

/// Takes as long as checking a password, so that an unknown person answers like a known one.
pub fn waste_time(password: &str) {
    if password.len() <= limits::PASSWORD_BYTES {
        let _ = std::hint::black_box(derive(password, &[0; 16], COST));
    }
}

fn derive(password: &str, salt: &[u8], cost: (u32, u32, u32)) -> Option<Zeroizing<[u8; 32]>> {
    let params = Params::new(cost.0, cost.1, cost.2, Some(32)).ok()?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, key.as_mut())
        .ok()?;
    Some(key)
}

/// A session's key is derived from its token, so that the token itself is never a key.
fn session_key(token: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(Digest::of_parts(&[SESSION_AAD, token]).0)
}

fn seal(key: &[u8; 32], aad: &[u8], seed: &[u8; 32]) -> Vec<u8> {
    let nonce: [u8; NONCE] = chance::bytes();
    let payload = Payload { msg: seed.as_slice(), aad };
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(XNonce::from_slice(&nonce), payload);
    // INVARIANT: sealing 32 bytes in memory does not fail; nothing opens from an empty seal.
    sealed.map_or_else(|_| Vec::new(), |sealed| [&nonce[..], &sealed].concat())
}

fn unseal(key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let payload = Payload { msg: sealed, aad };
    let opened =
        XChaCha20Poly1305::new(key.into()).decrypt(XNonce::from_slice(nonce), payload).ok()?;
    let opened = Zeroizing::new(opened);
    let seed: [u8; 32] = opened.as_slice().try_into().ok()?;
    Some(Zeroizing::new(seed))
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn of_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_opens_the_key() {
        let (public, credential) = make_credential("a long walk by the river").unwrap();
        let key = check_password(&credential, "a long walk by the river").unwrap();
        assert_eq!(*key.public(), public);
        assert!(check_password(&credential, "a long walk by the rivers").is_none());
        for broken in ["", "$$$", "diwan1$1,1$00$00", "diwan1$99999999,2,1$0000$00", "é$é$é$é"]
        {
            assert!(check_password(broken, "a long walk by the river").is_none(), "{broken}");
        }
    }

    #[test]
    fn a_session_holds_the_key_only_with_its_token() {
        let (public, credential) = make_credential("pomegranate").unwrap();
        let key = check_password(&credential, "pomegranate").unwrap();
        let sealed = key.to_sealed(&[7; 32]);
        assert_eq!(*PersonKey::from_sealed(&sealed, &[7; 32]).unwrap().public(), public);
        assert!(PersonKey::from_sealed(&sealed, &[8; 32]).is_none());
        assert!(PersonKey::from_sealed(&sealed[..20], &[7; 32]).is_none());
        assert!(!format!("{key:?}").contains(&to_hex(&*key.seed)));
    }
}
