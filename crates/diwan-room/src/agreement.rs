//! What was agreed with a partner: what we give it and take from it, why, until when.
//!
//! An agreement is one document with the exact bytes both sides sign; two people of each side
//! stand behind each signature. Narrowing or ending needs one side, widening both.

use std::collections::BTreeSet;

use diwan_record::{
    Date, Digest, Entitlement, EntryKind, KeyRole, Kind, Label, Moment, PartnerId, Precedence,
    PublicKey, Reason, Signed, Signer, bytes, limits,
};
use minicbor::{Decode, Encode};

use crate::docs::{doc, put};
use crate::effect::{Notice, Outcome};
use crate::ledger::{Fault, Ledger, Shelf, TrayLine};
use crate::partner::Partner;
use crate::person::{PersonId, Role};
use crate::room::{Halt, Step};

const DOMAIN: &[u8] = b"diwan/agreement/v1\0";

/// What one side gives the other.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Terms {
    #[n(0)]
    pub ceiling: Entitlement,
    #[n(1)]
    pub kinds: BTreeSet<Kind>,
}

/// The document both sides sign.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Agreement {
    /// The side that proposed it.
    #[n(0)]
    pub proposer: PartnerId,
    #[n(1)]
    pub other: PartnerId,
    #[n(2)]
    pub proposer_gives: Terms,
    #[n(3)]
    pub other_gives: Terms,
    #[n(4)]
    pub from: Date,
    /// The first day on which it no longer holds.
    #[n(5)]
    pub until: Date,
    #[n(6)]
    pub made: Moment,
    /// The agreement it takes the place of.
    #[n(7)]
    pub replaces: Option<Digest>,
}

/// One side's word on an agreement: signed by its release key, naming the two people behind it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Word {
    #[n(0)]
    pub agreement: Digest,
    #[n(1)]
    pub side: PartnerId,
    #[n(2)]
    pub people: Vec<String>,
    #[n(3)]
    pub at: Moment,
    /// Ends it instead of agreeing to it.
    #[n(4)]
    pub ends: bool,
    #[n(5)]
    pub reason: String,
}

/// An agreement with what each side has said so far; kept under the document's digest.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct AgreementState {
    #[n(0)]
    pub agreement: Agreement,
    /// Approvals of our own people so far: at two, our word is signed.
    #[n(1)]
    pub approved: Vec<(String, Moment)>,
    /// What each side said; the signed bytes lie on the shelf of papers.
    #[n(2)]
    pub words: Vec<Word>,
    /// It only narrows the one before it, so that one side's word is enough.
    #[n(3)]
    pub narrows: bool,
}

/// How an agreement stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Proposed,
    /// Signed by both, not begun yet.
    Signed,
    InForce,
    Ended,
}

impl Agreement {
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of_parts(&[DOMAIN, &bytes::write(self)])
    }

    /// What `side` gives under it; `None` if it is no side of it.
    #[must_use]
    pub fn gives(&self, side: &PartnerId) -> Option<&Terms> {
        if *side == self.proposer {
            Some(&self.proposer_gives)
        } else if *side == self.other {
            Some(&self.other_gives)
        } else {
            None
        }
    }

    /// The other side, seen from `side`.
    #[must_use]
    pub fn across(&self, side: &PartnerId) -> &PartnerId {
        if *side == self.proposer { &self.other } else { &self.proposer }
    }
}

impl Agreement {
    /// Whether nothing passes under it that did not pass under `before`.
    #[must_use]
    pub fn narrows(&self, before: &Self) -> bool {
        let inside = |side: &PartnerId| match (self.gives(side), before.gives(side)) {
            (Some(now), Some(then)) => now.within(then),
            _ => false,
        };
        inside(&self.proposer)
            && inside(&self.other)
            && self.from >= before.from
            && self.until <= before.until
    }
}

impl Terms {
    fn within(&self, wider: &Self) -> bool {
        let (now, then) = (&self.ceiling, &wider.ceiling);
        self.kinds.is_subset(&wider.kinds)
            && now.tlp <= then.tlp
            && now.handling <= then.handling
            && now.purpose.is_subset(&then.purpose)
            && now.state.is_subset(&then.state)
    }

    /// Whether a record of this kind under this label may pass.
    ///
    /// # Errors
    /// The reason it may not.
    pub fn cover(&self, kind: &Kind, label: &Label) -> Result<(), Reason> {
        if !self.kinds.contains(kind) {
            return Err(Reason::AgreementKind);
        }
        self.ceiling.covers(label)
    }
}

impl Word {
    /// A word that agrees; the caller may turn it into one that ends.
    fn new(
        agreement: Digest,
        side: &PartnerId,
        people: Vec<String>,
        at: Moment,
        reason: String,
    ) -> Self {
        Self { agreement, side: side.clone(), people, at, ends: false, reason }
    }

    /// # Errors
    /// [`Reason::SignatureWrong`] and reasons of form.
    pub fn open(signed: &[u8], release: &PublicKey) -> Result<Self, Reason> {
        let signed = Signed::read(signed, DOMAIN, limits::HEADER_BYTES)?;
        signed.verify(release, KeyRole::Release)?;
        let word: Self = bytes::read(signed.content())?;
        let two = word.people.len() >= 2 && word.people.first() != word.people.get(1);
        // Agreeing takes two people; ending takes one, as it only ever narrows.
        if word.ends || two { Ok(word) } else { Err(Reason::ReleaseSamePerson) }
    }

    #[must_use]
    pub fn seal(&self, release: &Signer) -> Vec<u8> {
        Signed::seal(release, DOMAIN, &bytes::write(self))
    }
}

/// What travels about an agreement: the document, so that the other side can read it, and a word.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct AgreementPaper {
    #[n(0)]
    pub agreement: Agreement,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub word: Vec<u8>,
}

impl AgreementState {
    /// # Errors
    /// A fault of the ledger.
    pub fn find(ledger: &dyn Ledger, digest: &Digest) -> Result<Option<Self>, Fault> {
        doc(ledger, Shelf::Agreement, &digest.0)
    }

    /// The agreement both sides signed last and neither has ended, with this partner.
    ///
    /// # Errors
    /// A fault of the ledger.
    pub fn in_force(ledger: &dyn Ledger, with: &PartnerId) -> Result<Option<Self>, Fault> {
        match ledger.doc(Shelf::InForce, with.as_str().as_bytes())? {
            Some(digest) => doc(ledger, Shelf::Agreement, &digest),
            None => Ok(None),
        }
    }

    /// Whether this side has agreed.
    #[must_use]
    pub fn said(&self, side: &PartnerId) -> bool {
        self.words.iter().any(|word| word.side == *side && !word.ends)
    }

    /// Of two that replace the same one: the narrower holds, then the one that both sides signed,
    /// then the one with the greater digest. Two that each side narrowed alone clash.
    fn beside(&self, held: &Self) -> Follows {
        if self.agreement.narrows(&held.agreement) {
            return Follows::Yes;
        }
        if held.agreement.narrows(&self.agreement) {
            return Follows::No;
        }
        match (self.is_signed_by_both(), held.is_signed_by_both()) {
            (true, false) => Follows::Yes,
            (false, true) => Follows::No,
            (false, false) => Follows::Clash,
            (true, true) if self.agreement.digest() > held.agreement.digest() => Follows::Yes,
            (true, true) => Follows::No,
        }
    }

    fn is_signed_by_both(&self) -> bool {
        self.said(&self.agreement.proposer) && self.said(&self.agreement.other)
    }

    /// Whether all the words it needs are there.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        let (one, other) = (self.said(&self.agreement.proposer), self.said(&self.agreement.other));
        one && other || self.narrows && (one || other)
    }

    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        if self.words.iter().any(|word| word.ends) || today >= self.agreement.until {
            Standing::Ended
        } else if !self.is_signed() {
            Standing::Proposed
        } else if today < self.agreement.from {
            Standing::Signed
        } else {
            Standing::InForce
        }
    }
}

/// Whether an agreement takes the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Follows {
    Yes,
    No,
    /// Neither may hold.
    Clash,
}

/// What `giver` may give now, with `partner` being us or them.
///
/// # Errors
/// In the outer result a fault; in the inner one [`Reason::AgreementNone`] or
/// [`Reason::AgreementExpired`].
pub(crate) fn terms_in_force(
    ledger: &dyn Ledger,
    with: &PartnerId,
    giver: &PartnerId,
    today: Date,
) -> Result<Result<Terms, Reason>, Fault> {
    let Some(state) = AgreementState::in_force(ledger, with)? else {
        return Ok(Err(Reason::AgreementNone));
    };
    Ok(match state.standing(today) {
        Standing::InForce => state.agreement.gives(giver).cloned().ok_or(Reason::AgreementNone),
        Standing::Ended => Err(Reason::AgreementExpired),
        Standing::Proposed | Standing::Signed => Err(Reason::AgreementNone),
    })
}

impl Step<'_> {
    /// The first of our two people proposes.
    pub(crate) fn propose(&mut self, by: &PersonId, agreement: Agreement) -> Result<Outcome, Halt> {
        let person = self.person(by)?;
        if !person.may(signs_agreements) {
            return Err(Reason::RoleMissing.into());
        }
        let other = agreement.other.clone();
        if agreement.proposer != self.own.id || other == self.own.id {
            return Err(Reason::PartnerForm.into());
        }
        if Partner::find(self.ledger, &other)?.is_none() {
            return Err(Reason::PartnerUnknown.into());
        }
        if agreement.until <= agreement.from {
            return Err(Reason::SpanBackwards.into());
        }
        let current = self.current(&other)?;
        if agreement.replaces != current.as_ref().map(|state| state.agreement.digest()) {
            return Err(Reason::AgreementConflict.into());
        }
        let narrows = current.is_some_and(|state| agreement.narrows(&state.agreement));
        let digest = agreement.digest();
        let approved = vec![(by.to_string(), self.now)];
        let state = AgreementState { agreement, approved, words: Vec::new(), narrows };
        self.put_agreement(&state)?;
        self.log_agreement(Some(by), "agreement-proposed", &digest, &other)?;
        Ok(Outcome::Agreement { digest })
    }

    /// One of our people approves; at the second, our word is signed and sent.
    pub(crate) fn approve(&mut self, by: &PersonId, digest: &Digest) -> Result<Outcome, Halt> {
        let person = self.person(by)?;
        if !person.may(signs_agreements) {
            return Err(Reason::RoleMissing.into());
        }
        let mut state = AgreementState::find(self.ledger, digest)?.ok_or(Reason::ItemUnknown)?;
        if state.said(&self.own.id) || state.standing(self.now.date()) == Standing::Ended {
            return Err(Reason::ReleaseDecided.into());
        }
        if state.approved.iter().any(|(name, _)| name == by.as_str()) {
            return Err(Reason::ReleaseSamePerson.into());
        }
        // Whoever approved before must still be somebody who may.
        let mut standing = Vec::new();
        for (name, at) in std::mem::take(&mut state.approved) {
            let person = name.parse().ok().map(|id| self.person(&id));
            match person {
                Some(Err(Halt::Fault(fault))) => return Err(fault.into()),
                Some(Ok(person)) if person.may(signs_agreements) => standing.push((name, at)),
                Some(Ok(_) | Err(Halt::Refused(_))) | None => {}
            }
        }
        state.approved = standing;
        state.approved.push((by.to_string(), self.now));
        let other = state.agreement.across(&self.own.id).clone();
        self.log_agreement(Some(by), "agreement-approved", digest, &other)?;
        if state.approved.len() < 2 {
            self.put_agreement(&state)?;
            return Ok(Outcome::Agreement { digest: *digest });
        }
        let people = state.approved.iter().map(|(name, _)| name.clone()).collect();
        let reason = String::new();
        self.say(&mut state, Word::new(*digest, &self.own.id, people, self.now, reason))?;
        Ok(Outcome::Agreement { digest: *digest })
    }

    /// Ending only ever narrows, so one person of one side is enough.
    pub(crate) fn end(
        &mut self,
        by: &PersonId,
        digest: &Digest,
        reason: String,
    ) -> Result<Outcome, Halt> {
        let person = self.person(by)?;
        if !person.may(signs_agreements) {
            return Err(Reason::RoleMissing.into());
        }
        let mut state = AgreementState::find(self.ledger, digest)?.ok_or(Reason::ItemUnknown)?;
        if state.standing(self.now.date()) == Standing::Ended {
            return Err(Reason::AgreementExpired.into());
        }
        let other = state.agreement.across(&self.own.id).clone();
        self.log_agreement(Some(by), "agreement-ended", digest, &other)?;
        let reason = reason.chars().take(limits::NAME_CHARS).collect();
        let people = vec![by.to_string()];
        let mut word = Word::new(*digest, &self.own.id, people, self.now, reason);
        word.ends = true;
        self.say(&mut state, word)?;
        Ok(Outcome::Agreement { digest: *digest })
    }

    /// Signs our word, keeps it, sends it, and settles what follows from it.
    fn say(&mut self, state: &mut AgreementState, word: Word) -> Result<(), Fault> {
        let other = state.agreement.across(&self.own.id).clone();
        let paper = AgreementPaper {
            agreement: state.agreement.clone(),
            word: word.seal(&self.own.release),
        };
        state.words.push(word);
        let paper = bytes::write(&paper);
        let digest = Digest::of(&paper);
        self.ledger.put_doc(Shelf::Paper, &digest.0, &paper)?;
        self.put_agreement(state)?;
        self.put_in_tray(
            &other,
            TrayLine {
                kind: EntryKind::Agreement,
                digest,
                onward: Vec::new(),
                tighten: diwan_record::Tighten::default(),
                precedence: Precedence::Immediate,
                reason: None,
                size: u32::try_from(paper.len()).unwrap_or(u32::MAX),
            },
        )?;
        self.settle(state, &other)
    }

    /// A partner's word arrived with the document it is about.
    pub(crate) fn take_agreement(&mut self, partner: &Partner, paper: &[u8]) -> Result<(), Halt> {
        let AgreementPaper { agreement, word } = bytes::read(paper)?;
        // The stream vouches for it: it may have waited since before a key was renewed.
        let past = partner.keys(KeyRole::Release).skip(1);
        let word = past.fold(Word::open(&word, &partner.release), |opened, key| {
            opened.or_else(|reason| Word::open(&word, key).map_err(|_| reason))
        })?;
        let digest = agreement.digest();
        let between_us = agreement.gives(&self.own.id).is_some()
            && *agreement.across(&self.own.id) == partner.id;
        if !between_us || word.side != partner.id || word.agreement != digest {
            return Err(Reason::AgreementConflict.into());
        }
        let known = AgreementState::find(self.ledger, &digest)?;
        let mut state = match known {
            Some(state) => state,
            None => {
                let current = self.current(&partner.id)?;
                let replaced = current.as_ref().map(|one| one.agreement.digest());
                let beside = current.as_ref().and_then(|one| one.agreement.replaces);
                // Both sides may have replaced the same one at the same time.
                if agreement.replaces != replaced && agreement.replaces != beside {
                    return Err(Reason::AgreementConflict.into());
                }
                let before = match &agreement.replaces {
                    Some(digest) => AgreementState::find(self.ledger, digest)?,
                    None => None,
                };
                let narrows = before.is_some_and(|one| agreement.narrows(&one.agreement));
                AgreementState { agreement, approved: Vec::new(), words: Vec::new(), narrows }
            }
        };
        if state.words.contains(&word) {
            return Ok(());
        }
        self.ledger.put_doc(Shelf::Paper, &Digest::of(paper).0, paper)?;
        let what = if word.ends { "agreement-ended" } else { "agreement-received" };
        self.log_agreement(None, what, &digest, &partner.id)?;
        state.words.push(word);
        self.put_agreement(&state)?;
        Ok(self.settle(&state, &partner.id)?)
    }

    /// What is signed by all it needs takes the place of what was; trays are reviewed.
    fn settle(&mut self, state: &AgreementState, with: &PartnerId) -> Result<(), Fault> {
        self.notice(Notice::Partner(with.clone()));
        let digest = state.agreement.digest();
        let current = self.ledger.doc(Shelf::InForce, with.as_str().as_bytes())?;
        let is_current = current.as_deref() == Some(&digest.0);
        let ended = state.standing(self.now.date()) == Standing::Ended;
        let held = match current.filter(|_| !is_current) {
            Some(current) => doc::<AgreementState>(self.ledger, Shelf::Agreement, &current)?,
            None => None,
        };
        if let Some(held) = held.clone().filter(|_| ended) {
            return self.end_with(state, held, with);
        }
        if !state.is_signed() || is_current || ended {
            return Ok(());
        }
        let follows = match &held {
            Some(held) => self.follows(state, held)?,
            None => Follows::Yes,
        };
        // Of two that replaced the same one only one goes on, and the other does not come back.
        let beside = held.filter(|held| held.agreement.replaces == state.agreement.replaces);
        if let Some(held) = beside {
            if follows != Follows::Yes {
                self.give_way(state.clone(), with)?;
            }
            if follows != Follows::No && held.standing(self.now.date()) != Standing::Ended {
                self.give_way(held, with)?;
            }
        }
        if follows == Follows::Yes {
            self.ledger.put_doc(Shelf::InForce, with.as_str().as_bytes(), &digest.0)?;
            self.log_agreement(None, "agreement-in-force", &digest, with)?;
            self.review(with)?;
        }
        Ok(())
    }

    /// Whether an agreement may take the place of the one that holds: what was replaced once does
    /// not come back by a late word. Both sides come to the same answer whichever word they hear
    /// first.
    fn follows(&self, state: &AgreementState, held: &AgreementState) -> Result<Follows, Fault> {
        let (replaces, digest) = (state.agreement.replaces, state.agreement.digest());
        if replaces == Some(held.agreement.digest()) {
            return Ok(Follows::Yes);
        }
        let over = held.standing(self.now.date()) == Standing::Ended;
        if held.agreement.replaces == replaces {
            return Ok(if over { Follows::Yes } else { state.beside(held) });
        }
        // Agreements replace one another in a line; it cannot be longer than they are many.
        let mut older = held.agreement.replaces;
        while let Some(one) = older {
            if one == digest {
                return Ok(Follows::No);
            }
            let before = AgreementState::find(self.ledger, &one)?;
            older = before.and_then(|before| before.agreement.replaces);
        }
        Ok(if over && replaces.is_none() { Follows::Yes } else { Follows::No })
    }

    /// Ends an agreement that gives way to another, or clashes with it: when each side narrowed on
    /// its own, neither may lose what it narrowed, and nothing passes until people agree anew.
    fn give_way(&mut self, mut state: AgreementState, with: &PartnerId) -> Result<(), Fault> {
        let digest = state.agreement.digest();
        let reason = Reason::AgreementConflict.code().to_owned();
        let mut word = Word::new(digest, &self.own.id, Vec::new(), self.now, reason);
        word.ends = true;
        state.words.push(word);
        self.put_agreement(&state)?;
        self.log_agreement(None, "agreement-gave-way", &digest, with)
    }

    /// What one side alone narrowed rests on what both had signed: it ends with it.
    fn end_with(
        &mut self,
        ended: &AgreementState,
        held: AgreementState,
        with: &PartnerId,
    ) -> Result<(), Fault> {
        let (mut rests, digest) = (Some(held.clone()), ended.agreement.digest());
        while let Some(one) = rests.filter(|one| !one.is_signed_by_both()) {
            if one.agreement.replaces == Some(digest) {
                return self.give_way(held, with);
            }
            rests = match one.agreement.replaces {
                Some(before) => AgreementState::find(self.ledger, &before)?,
                None => None,
            };
        }
        Ok(())
    }

    /// The agreement a new one would replace: the one in force, unless it has ended.
    fn current(&self, with: &PartnerId) -> Result<Option<AgreementState>, Fault> {
        let state = AgreementState::in_force(self.ledger, with)?;
        Ok(state.filter(|state| state.standing(self.now.date()) != Standing::Ended))
    }

    fn put_agreement(&mut self, state: &AgreementState) -> Result<(), Fault> {
        let with = state.agreement.across(&self.own.id).clone();
        self.notice(Notice::Partner(with));
        put(self.ledger, Shelf::Agreement, &state.agreement.digest().0, state)
    }

    fn log_agreement(
        &mut self,
        by: Option<&PersonId>,
        what: &'static str,
        digest: &Digest,
        with: &PartnerId,
    ) -> Result<(), Fault> {
        let who = by.map_or_else(|| with.to_string(), ToString::to_string);
        self.log(
            Some(who),
            what,
            vec![("agreement", digest.to_string()), ("partner", with.to_string())],
        )
    }
}

/// Who may speak for the node towards a partner.
fn signs_agreements(role: Role) -> bool {
    matches!(role, Role::Liaison | Role::ReleasingOfficer)
}
