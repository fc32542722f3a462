//! Pairing: two nodes come to know each other's root before the first byte is exchanged.
//!
//! Each side writes an offer, carries it to the other by any means, and two people of each side
//! read the check phrase to each other over another means (a telephone, a table). The phrase is
//! derived from both roots, so whoever swapped an offer on the way would change it.

use anyhow::{Context as _, Result, ensure};
use argon2::{Algorithm, Argon2, Params, Version};
use diwan_record::{Digest, KeyRole, Moment, PartnerId, Signed, Signer, bytes, limits};
use diwan_room::{Partner, ROLES};
use minicbor::{Decode, Encode};

use crate::keys::{PublicSide, certified, statement_for};
use crate::words::WORDS;

const DOMAIN: &[u8] = b"diwan/offer/v1\0";
/// An offer is a few hundred bytes; names and addresses may make it longer.
const OFFER_BYTES: usize = 16 << 10;
const NAMES: usize = 16;
const ADDRESSES: usize = 8;

/// What one side tells the other when pairing.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Offer {
    #[n(0)]
    pub partner: PartnerId,
    /// Its name per language code.
    #[n(1)]
    pub names: Vec<(String, String)>,
    #[n(2)]
    pub public: PublicSide,
    /// `host:port`, tried in order; empty if only this side dials.
    #[n(3)]
    pub addresses: Vec<String>,
    #[n(4)]
    pub made: Moment,
}

impl Offer {
    /// The file's bytes, signed by our release key.
    #[must_use]
    pub fn seal(&self, release: &Signer) -> Vec<u8> {
        Signed::seal(release, DOMAIN, &bytes::write(self))
    }

    /// Reads an offer: the root vouches for its keys, its release key for the rest. Whose root it
    /// is, only people can tell.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn open(from: &[u8], now: Moment) -> Result<Self> {
        let signed = Signed::read(from, DOMAIN, OFFER_BYTES).context("this is no offer")?;
        let offer: Self = bytes::read(signed.content()).context("this is no offer")?;
        offer.public.root.check()?;
        let release = certified(&offer.public, &offer.partner, KeyRole::Release, now)?;
        signed.verify(&release, KeyRole::Release).context("the offer was changed on its way")?;
        offer.check()?;
        Ok(offer)
    }

    fn check(&self) -> Result<()> {
        let short = |text: &String| !text.is_empty() && text.len() <= limits::NAME_CHARS;
        let fits = self.names.len() <= NAMES
            && self.names.iter().all(|(lang, name)| lang.len() <= 8 && short(name))
            && self.addresses.len() <= ADDRESSES
            && self.addresses.iter().all(short);
        ensure!(fits, "the offer has names or addresses longer than the limit");
        Ok(())
    }

    /// The partner as it is kept once these people confirmed the phrase.
    ///
    /// # Errors
    /// One of its keys is not certified, or no longer.
    pub fn into_partner(self, confirmed_by: Vec<String>, now: Moment) -> Result<Partner> {
        let key = |role| certified(&self.public, &self.partner, role, now);
        let since = ROLES.map(|role| Ok((role, statement_for(&self.public, role)?.from)));
        let mut partner = Partner {
            release: key(KeyRole::Release)?,
            receipt: key(KeyRole::Receipt)?,
            tls: key(KeyRole::Tls)?,
            since: since.into_iter().collect::<Result<_>>()?,
            past: Vec::new(),
            id: self.partner,
            names: self.names,
            root: self.public.root,
            addresses: self.addresses,
            confirmed_by,
        };
        // Keys that were renewed before: older records are signed by them.
        for signed in &self.public.statements {
            let statement = partner.certify(signed)?;
            partner.renew(statement, 0);
        }
        Ok(partner)
    }
}

/// What both sides read to each other: eight words, or the same as digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckPhrase {
    pub words: String,
    /// For those who would rather read digits: the same 64 bits.
    pub digits: String,
}

/// The phrase of two roots, the same on both sides.
///
/// Sixty-four bits alone could be matched by someone who makes billions of roots for both sides;
/// deriving them takes a tenth of a second each on purpose, so that this would take years.
///
/// # Errors
/// The machine has no 64 MiB of memory to spare.
pub fn check_phrase(one: &Digest, other: &Digest) -> Result<CheckPhrase> {
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    let both = [low.0, high.0].concat();
    let params = Params::new(64 << 10, 3, 1, Some(8)).ok().context("wrong cost")?;
    let mut bits = [0; 8];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(&both, b"diwan/check-phrase/v1", &mut bits)
        .map_err(|fault| anyhow::anyhow!("the check phrase could not be derived: {fault}"))?;
    let word = |byte: &u8| WORDS.get(usize::from(*byte)).copied().unwrap_or_default();
    let words: Vec<_> = bits.iter().map(word).collect();
    let digits = format!("{:020}", u64::from_be_bytes(bits));
    let groups: Vec<_> = digits.as_bytes().chunks(5).map(String::from_utf8_lossy).collect();
    Ok(CheckPhrase { words: words.join(" "), digits: groups.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use diwan_record::{KeyStatement, RootSet, SignedStatement};

    fn now() -> Moment {
        "2026-05-01T10:00:00Z".parse().unwrap()
    }

    fn offer(code: &str, seed: u8) -> (Offer, Signer) {
        let root = Signer::new(KeyRole::Root, &[seed; 32]);
        let partner: PartnerId = code.parse().unwrap();
        let statement = |role| {
            let key = Signer::new(role, &[seed + 1; 32]).public().clone();
            let (from, until) = (now().plus(-1), now().plus(1_000_000));
            let partner = partner.clone();
            let statement = KeyStatement { partner, role, key, from, until };
            SignedStatement(vec![statement.seal(&root).into()])
        };
        let public = PublicSide {
            root: RootSet { keys: vec![root.public().clone()], threshold: 1 },
            statements: ROLES.into_iter().map(statement).collect(),
        };
        let offer = Offer {
            partner: partner.clone(),
            names: vec![("en".to_owned(), "Jordan".to_owned())],
            public,
            addresses: vec!["link.jor.example:7400".to_owned()],
            made: now(),
        };
        (offer, Signer::new(KeyRole::Release, &[seed + 1; 32]))
    }

    #[test]
    fn an_offer_survives_its_way_only_unchanged() {
        let (offer, release) = offer("JOR", 1);
        let sent = offer.seal(&release);
        assert_eq!(Offer::open(&sent, now()).unwrap(), offer);
        for at in 0..sent.len() {
            let mut changed = sent.clone();
            changed[at] ^= 1;
            assert!(Offer::open(&changed, now()).is_err(), "byte {at} changed");
        }
        assert!(Offer::open(&sent, now().plus(2_000_000)).is_err(), "its keys have run out");
        let stranger = Signer::new(KeyRole::Release, &[9; 32]);
        assert!(Offer::open(&offer.seal(&stranger), now()).is_err());
    }

    #[test]
    fn both_sides_read_the_same_phrase_and_a_swapped_offer_changes_it() {
        let roots = [offer("JOR", 1), offer("IRQ", 3), offer("IRQ", 5)]
            .map(|(offer, _)| offer.public.root.id());
        let here = check_phrase(&roots[0], &roots[1]).unwrap();
        assert_eq!(here, check_phrase(&roots[1], &roots[0]).unwrap());
        assert_ne!(here, check_phrase(&roots[0], &roots[2]).unwrap());
        assert_eq!(here.words.split(' ').count(), 8);
        assert_eq!(here.digits.len(), 23);
    }

    #[test]
    fn the_words_are_different_and_short() {
        let mut words = WORDS.to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), 256);
        assert!(words.iter().all(|word| (3..=8).contains(&word.len())));
    }
}
