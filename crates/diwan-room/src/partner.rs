//! Partners this node is paired with, and who we are ourselves.

use diwan_record::{
    Digest, KeyId, KeyRole, KeyStatement, Moment, PartnerId, PublicKey, Reason, RootSet,
    SignedStatement, Signer, StreamId, stream_id,
};
use minicbor::{Decode, Encode};

use crate::docs::{doc, docs};
use crate::ledger::{Fault, Ledger, Shelf};

/// The roles a node speaks in; each has a key of its own.
pub const ROLES: [KeyRole; 3] = [KeyRole::Release, KeyRole::Receipt, KeyRole::Tls];

/// A key that another one of its role took the place of. What it signed before stays verifiable.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PastKey {
    #[n(0)]
    pub role: KeyRole,
    #[cbor(n(1), with = "diwan_record::enrolled")]
    pub key: PublicKey,
    /// The last place in the partner's stream to us up to which it may sign heads; as far as it
    /// goes until the partner's stream has named the place.
    #[n(2)]
    pub until_seq: u64,
    /// From when on the key after it holds: nothing made later is signed by this one.
    #[n(3)]
    pub until: Moment,
}

/// A paired partner: its root, the role keys its root certified, and where it listens.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Partner {
    #[n(0)]
    pub id: PartnerId,
    /// Its name per language code.
    #[n(1)]
    pub names: Vec<(String, String)>,
    #[n(2)]
    pub root: RootSet,
    #[cbor(n(3), with = "diwan_record::enrolled")]
    pub release: PublicKey,
    #[cbor(n(4), with = "diwan_record::enrolled")]
    pub receipt: PublicKey,
    #[cbor(n(5), with = "diwan_record::enrolled")]
    pub tls: PublicKey,
    /// `host:port`, tried in order; empty if only the partner dials.
    #[n(6)]
    pub addresses: Vec<String>,
    /// The people on our side who compared the check phrase.
    #[n(7)]
    pub confirmed_by: Vec<String>,
    /// Keys that were renewed, oldest first.
    #[cbor(n(8), default)]
    pub past: Vec<PastKey>,
    /// From when on the root certified the key of each role.
    #[cbor(n(9), default)]
    pub since: Vec<(KeyRole, Moment)>,
}

/// Who we are: our code, our root and the keys this node speaks with.
#[derive(Debug)]
pub struct Own {
    pub id: PartnerId,
    pub root: Digest,
    pub release: Signer,
    pub receipt: Signer,
    statements: Vec<OwnStatement>,
}

/// What our root said of one of our keys, now or before.
#[derive(Debug)]
struct OwnStatement {
    digest: Digest,
    signed: SignedStatement,
    content: KeyStatement,
}

impl Own {
    /// # Errors
    /// [`Reason::KeyUnfit`] if a key is for another role.
    pub fn new(
        id: PartnerId,
        root: Digest,
        release: Signer,
        receipt: Signer,
    ) -> Result<Self, Reason> {
        let fits = release.role() == KeyRole::Release && receipt.role() == KeyRole::Receipt;
        let statements = Vec::new();
        if fits {
            Ok(Self { id, root, release, receipt, statements })
        } else {
            Err(Reason::KeyUnfit)
        }
    }

    /// With everything our root said of our keys, so that partners learn of those renewed.
    ///
    /// # Errors
    /// Reasons of [`KeyStatement::open`].
    pub fn with_statements(
        mut self,
        root: &RootSet,
        statements: &[SignedStatement],
    ) -> Result<Self, Reason> {
        for signed in statements {
            let content = signed.open(root)?;
            let digest = Digest::of(&signed.to_bytes());
            self.statements.push(OwnStatement { digest, signed: signed.clone(), content });
        }
        self.statements.sort_by_key(|one| one.content.from);
        Ok(self)
    }

    /// Everything our root said of keys that were renewed, oldest first, with its digest: partners
    /// that were paired before must hear what is new, those paired since what was before.
    pub(crate) fn renewals(&self) -> impl Iterator<Item = (&Digest, &SignedStatement)> {
        let count = |role| self.statements.iter().filter(|one| one.content.role == role).count();
        let renewed = self.statements.iter().filter(move |one| count(one.content.role) > 1);
        renewed.map(|one| (&one.digest, &one.signed))
    }

    /// The paper of a Key entry of ours.
    pub(crate) fn statement(&self, digest: &Digest) -> Option<Vec<u8>> {
        let found = self.statements.iter().find(|one| one.digest == *digest);
        found.map(|one| one.signed.to_bytes())
    }

    /// Our release keys, the one in use first, then those before it.
    pub fn release_keys(&self) -> impl Iterator<Item = &PublicKey> {
        let now = self.release.public();
        let stated = self.statements.iter().rev().map(|one| &one.content);
        let past = stated.filter(|one| one.role == KeyRole::Release && one.key != *now);
        std::iter::once(now).chain(past.map(|one| &one.key))
    }

    /// The stream from us to `partner`.
    #[must_use]
    pub fn stream_to(&self, partner: &Partner) -> StreamId {
        stream_id(&self.root, &partner.root.id())
    }

    /// The stream from `partner` to us.
    #[must_use]
    pub fn stream_from(&self, partner: &Partner) -> StreamId {
        stream_id(&partner.root.id(), &self.root)
    }
}

impl Partner {
    /// # Errors
    /// A fault of the ledger.
    pub fn find(ledger: &dyn Ledger, id: &PartnerId) -> Result<Option<Self>, Fault> {
        doc(ledger, Shelf::Partner, id.as_str().as_bytes())
    }

    /// Every paired partner, by code.
    ///
    /// # Errors
    /// A fault of the ledger.
    pub fn all(ledger: &dyn Ledger) -> Result<Vec<Self>, Fault> {
        docs(ledger, Shelf::Partner, &[])
    }

    /// The key of a role in use now, then those before it.
    pub fn keys(&self, role: KeyRole) -> impl Iterator<Item = &PublicKey> {
        let past = self.past.iter().rev().filter(move |one| one.role == role);
        self.key(role).into_iter().chain(past.map(|one| &one.key))
    }

    fn key(&self, role: KeyRole) -> Option<&PublicKey> {
        match role {
            KeyRole::Release => Some(&self.release),
            KeyRole::Receipt => Some(&self.receipt),
            KeyRole::Tls => Some(&self.tls),
            KeyRole::Root
            | KeyRole::Audit
            | KeyRole::Witness
            | KeyRole::Kem
            | KeyRole::Match
            | KeyRole::Person => None,
        }
    }

    /// The release key with this name that took its leave, if it did.
    pub(crate) fn past_release(&self, key: KeyId) -> Option<&PastKey> {
        self.past.iter().find(|one| one.role == KeyRole::Release && one.key.id() == key)
    }

    /// Release keys that may have signed a head at this place.
    pub(crate) fn release_keys_at(&self, seq: u64) -> impl Iterator<Item = &PublicKey> {
        let past = self.past.iter().rev().filter(|one| one.role == KeyRole::Release);
        let past = past.filter(move |one| seq <= one.until_seq).map(|one| &one.key);
        std::iter::once(&self.release).chain(past)
    }

    /// What the partner's root says of one of its keys, now or before.
    ///
    /// # Errors
    /// [`Reason::SignatureWrong`] if its root did not say so, [`Reason::KeyUnfit`] for a key of
    /// another partner or role.
    pub fn certify(&self, signed: &SignedStatement) -> Result<KeyStatement, Reason> {
        let statement = signed.open(&self.root)?;
        let ours = statement.partner == self.id && self.key(statement.role).is_some();
        if ours { Ok(statement) } else { Err(Reason::KeyUnfit) }
    }

    /// Whether it is about the key in use or one after it, and not one from before.
    #[must_use]
    pub fn is_current(&self, statement: &KeyStatement) -> bool {
        let known = self.key(statement.role) == Some(&statement.key);
        known || statement.from > self.since(statement.role)
    }

    fn since(&self, role: KeyRole) -> Moment {
        let found = self.since.iter().find(|(one, _)| *one == role);
        found.map_or(Moment::from_micros(0), |(_, from)| *from)
    }

    /// Takes over a key its root certified, from this place in its stream on. One from before is
    /// kept as such: older records are signed by it.
    pub fn renew(&mut self, statement: KeyStatement, seq: u64) {
        let (current, since) = (self.is_current(&statement), self.since(statement.role));
        let KeyStatement { role, key, from, .. } = statement;
        let until_seq = seq.saturating_sub(1);
        if !current {
            if self.keys(role).all(|known| *known != key) {
                self.past.push(PastKey { role, key, until_seq: 0, until: since });
            }
            return;
        }
        let place = match role {
            KeyRole::Release => &mut self.release,
            KeyRole::Receipt => &mut self.receipt,
            _ => &mut self.tls,
        };
        if *place == key {
            // Paired anew with this key before the stream named the place.
            let open = self.past.iter_mut().filter(|one| one.role == role);
            open.filter(|one| one.until_seq > until_seq).for_each(|one| one.until_seq = until_seq);
        } else {
            let key = std::mem::replace(place, key);
            self.past.push(PastKey { role, key, until_seq, until: from });
        }
        self.since.retain(|(one, _)| *one != role);
        self.since.push((role, from));
    }

    /// Pairing anew replaces keys; what the ones before signed stays verifiable.
    ///
    /// # Errors
    /// [`Reason::KeyRetired`] if it would bring back a key from before.
    pub(crate) fn after(mut self, before: &Self) -> Result<Self, Reason> {
        let known = |key: &PublicKey| before.past.iter().any(|one| one.key == *key);
        self.past.retain(|one| !known(&one.key));
        self.past.splice(0..0, before.past.iter().cloned());
        for role in ROLES {
            let (Some(now), Some(before_key)) = (self.key(role), before.key(role)) else {
                continue;
            };
            if now == before_key {
                continue;
            }
            let from = self.since(role);
            if from < before.since(role) || known(now) {
                return Err(Reason::KeyRetired);
            }
            // Its stream has yet to name the place.
            self.past.retain(|one| one.key != *before_key);
            let key = before_key.clone();
            self.past.push(PastKey { role, key, until_seq: u64::MAX, until: from });
        }
        Ok(self)
    }

    /// The partner's name in each language.
    #[must_use]
    pub fn name(&self, lang: &str) -> &str {
        let named = self.names.iter().find(|(code, _)| code == lang);
        named.map_or(self.id.as_str(), |(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(day: i64) -> Moment {
        Moment::from_micros(day * 86_400_000_000)
    }

    fn key(role: KeyRole, seed: u8) -> PublicKey {
        Signer::new(role, &[seed; 32]).public().clone()
    }

    /// JOR with the keys of day 1, certified by the root of this seed.
    fn jor(root: u8) -> Partner {
        Partner {
            id: "JOR".parse().expect("a code"),
            names: Vec::new(),
            root: RootSet { keys: vec![key(KeyRole::Root, root)], threshold: 1 },
            release: key(KeyRole::Release, 1),
            receipt: key(KeyRole::Receipt, 1),
            tls: key(KeyRole::Tls, 1),
            addresses: Vec::new(),
            confirmed_by: Vec::new(),
            past: Vec::new(),
            since: ROLES.map(|role| (role, moment(1))).to_vec(),
        }
    }

    fn stated(root: u8, partner: &str, role: KeyRole, day: u8) -> SignedStatement {
        let statement = KeyStatement {
            partner: partner.parse().expect("a code"),
            role,
            key: key(role, day),
            from: moment(day.into()),
            until: moment(1000),
        };
        SignedStatement(vec![statement.seal(&Signer::new(KeyRole::Root, &[root; 32])).into()])
    }

    #[test]
    fn attack_096_a_key_comes_from_the_own_root_for_one_role() {
        let jor = jor(9);
        let refused = |signed: &SignedStatement| jor.certify(signed).err();
        assert_eq!(refused(&stated(9, "JOR", KeyRole::Release, 2)), None);
        let other_root = stated(8, "JOR", KeyRole::Release, 2);
        assert_eq!(refused(&other_root), Some(Reason::SignatureWrong));
        let other_partner = stated(9, "SYR", KeyRole::Release, 2);
        assert_eq!(refused(&other_partner), Some(Reason::KeyUnfit));
        for role in KeyRole::ALL.into_iter().filter(|role| !ROLES.contains(role)) {
            assert_eq!(refused(&stated(9, "JOR", role, 2)), Some(Reason::KeyUnfit), "{role:?}");
        }
    }

    #[test]
    fn keys_are_renewed_forwards_and_those_before_stay_in_their_place() {
        let mut partner = jor(9);
        let mut renew = |day, seq| {
            let statement = partner.certify(&stated(9, "JOR", KeyRole::Release, day));
            partner.renew(statement.expect("certified"), seq);
            let now = partner.release_keys_at(10).cloned().collect::<Vec<_>>();
            now.iter()
                .map(|one| (1..6).find(|seed| *one == key(KeyRole::Release, *seed)))
                .collect::<Option<Vec<u8>>>()
                .expect("known keys")
        };
        assert_eq!(renew(3, 12), [3, 1], "at place 10 the one before still signs");
        assert_eq!(renew(2, 13), [3, 1], "one from in between signs no head");
        assert_eq!(renew(1, 14), [3, 1], "and the first does not come back");
        assert_eq!(renew(5, 20), [5, 3, 1]);
        assert_eq!(partner.keys(KeyRole::Release).count(), 4, "all verify records");
        assert_eq!(partner.keys(KeyRole::Receipt).count(), 1);
    }

    #[test]
    fn pairing_anew_keeps_what_was_and_brings_nothing_back() {
        let before = jor(9);
        let mut next = jor(9);
        let statement = next.certify(&stated(9, "JOR", KeyRole::Release, 4)).expect("certified");
        (next.release, next.since) = (statement.key, vec![(KeyRole::Release, moment(4))]);
        let after = next.after(&before).expect("it goes forwards");
        let signs = |seq| after.release_keys_at(seq).count();
        assert_eq!((signs(1), signs(u64::MAX)), (2, 2), "its stream has yet to name the place");
        assert_eq!(before.after(&after).err(), Some(Reason::KeyRetired));
    }
}
