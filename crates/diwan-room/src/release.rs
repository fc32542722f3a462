//! Releases: what two people decided, ruled against agreement and label, queued in trays.
//!
//! A release covers exact bytes: its request digest names every record by digest, the parties, the
//! onward list and the tightening. Whoever signs signs that digest. Rulings can only withhold.

use std::collections::BTreeSet;
use std::sync::Arc;

use diwan_record::{
    Digest, EntryKind, ItemId, KeyRole, Label, Moment, PartnerId, Precedence, PublicKey, Reason,
    Signed, Signer, Tighten, bytes, limits,
};
use minicbor::{Decode, Encode};

use crate::agreement::{Terms, terms_in_force};
use crate::docs::{doc, pair_key, put};
use crate::effect::{Notice, Outcome};
use crate::event::Ask;
use crate::ledger::{Fault, Held, Ledger, Shelf, Source, Standing, TrayLine};
use crate::partner::Partner;
use crate::person::{PersonId, Role};
use crate::recall::RecallDoc;
use crate::room::{Halt, Step, is_exchange};

const APPROVAL_DOMAIN: &[u8] = b"diwan/approval/v1\0";

/// What is released: exact records, or from now on everything of some kinds under some labels.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum What {
    #[n(0)]
    Records(#[n(0)] Vec<Digest>),
    /// A standing rule over our own records made after it is signed.
    #[n(1)]
    Standing(#[n(0)] Terms),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum ReleaseState {
    #[n(0)]
    Open,
    #[n(1)]
    Signed,
    #[n(2)]
    Returned,
}

/// A request for release and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Release {
    #[n(0)]
    pub id: ItemId,
    #[n(1)]
    pub what: What,
    #[n(2)]
    pub to: Vec<PartnerId>,
    /// To whom the recipients may pass it on.
    #[n(3)]
    pub onward: Vec<PartnerId>,
    #[n(4)]
    pub precedence: Precedence,
    #[n(5)]
    pub tighten: Tighten,
    #[n(6)]
    pub remark: String,
    #[n(7)]
    pub requested_by: PersonId,
    #[n(8)]
    pub requested_at: Moment,
    #[n(9)]
    pub state: ReleaseState,
    #[n(10)]
    pub decided_by: Option<PersonId>,
    #[n(11)]
    pub decided_at: Option<Moment>,
    /// Why it was returned.
    #[n(12)]
    pub reason: String,
    /// The releasing officer's signature over the request digest.
    #[cbor(n(13), with = "minicbor::bytes")]
    pub approval: Vec<u8>,
}

impl Release {
    /// What is signed: every field a person saw when asked, by exact value.
    #[must_use]
    pub fn request_digest(&self) -> Digest {
        let asked = Self {
            state: ReleaseState::Open,
            decided_by: None,
            decided_at: None,
            reason: String::new(),
            approval: Vec::new(),
            ..self.clone()
        };
        Digest::of_parts(&[b"diwan/request/v1\0", &bytes::write(&asked)])
    }

    /// # Errors
    /// A fault of the ledger.
    pub fn find(ledger: &dyn Ledger, id: &ItemId) -> Result<Option<Self>, Fault> {
        doc(ledger, Shelf::Release, &id.0)
    }

    /// Requests that wait for a person, most urgent first, then oldest.
    ///
    /// # Errors
    /// A fault of the ledger.
    pub fn open(ledger: &dyn Ledger) -> Result<Vec<Self>, Fault> {
        let mut open = Vec::new();
        for (id, _) in ledger.docs(Shelf::OpenRelease, &[])? {
            open.extend(doc::<Self>(ledger, Shelf::Release, &id)?);
        }
        open.sort_by_key(|one| (std::cmp::Reverse(one.precedence), one.requested_at, one.id));
        Ok(open)
    }

    /// Every release that named this record.
    ///
    /// # Errors
    /// A fault of the ledger.
    pub fn of_record(ledger: &dyn Ledger, digest: &Digest) -> Result<Vec<Self>, Fault> {
        let mut all = Vec::new();
        for (key, _) in ledger.docs(Shelf::ReleaseOf, &digest.0)? {
            let id = key.get(digest.0.len()..).unwrap_or_default();
            all.extend(doc::<Self>(ledger, Shelf::Release, id)?);
        }
        all.sort_by_key(|one: &Self| (one.requested_at, one.id));
        Ok(all)
    }
}

/// A person's signature over the digest of a request.
#[must_use]
pub fn approval(person: &Signer, request: &Digest) -> Vec<u8> {
    Signed::seal(person, APPROVAL_DOMAIN, &request.0)
}

fn check_approval(signed: &[u8], person: &PublicKey, request: &Digest) -> Result<(), Reason> {
    let signed = Signed::read(signed, APPROVAL_DOMAIN, limits::HEADER_BYTES)?;
    signed.verify(person, KeyRole::Person)?;
    if signed.content() == request.0 { Ok(()) } else { Err(Reason::ReleaseChanged) }
}

/// On what grounds records are ruled fit for one partner; made once per partner and release.
#[derive(Debug)]
pub struct Grounds {
    pub partner: PartnerId,
    known: bool,
    /// What we may give the partner now, or why nothing.
    pub terms: Arc<Result<Terms, Reason>>,
    pub tighten: Tighten,
    /// Items released together: they may refer to each other.
    pub together: BTreeSet<ItemId>,
    /// What is ruled on was written in this step and starts its item: nobody can hold it yet.
    just_begun: bool,
}

impl Grounds {
    /// # Errors
    /// A fault of the ledger.
    pub fn new(
        ledger: &dyn Ledger,
        own: &PartnerId,
        partner: &PartnerId,
        now: Moment,
        tighten: Tighten,
    ) -> Result<Self, Fault> {
        let terms = Arc::new(terms_in_force(ledger, partner, own, now.date())?);
        let known = ledger.doc(Shelf::Partner, partner.as_str().as_bytes())?.is_some();
        let (partner, together) = (partner.clone(), BTreeSet::new());
        Ok(Self { partner, known, terms, tighten, together, just_begun: false })
    }
}

/// Rules whether a record may go to a partner. This is the only such ruling there is.
///
/// # Errors
/// In the outer result a fault; in the inner one why it is withheld.
pub fn fit(
    ledger: &dyn Ledger,
    own: &PartnerId,
    held: &Held,
    grounds: &Grounds,
) -> Result<Result<(), Reason>, Fault> {
    let partner = &grounds.partner;
    let header = held.record.header();
    let digest = held.record.digest();
    if !grounds.known {
        return Ok(Err(Reason::PartnerUnknown));
    }
    if let Standing::Parked(_) = held.standing {
        return Ok(Err(Reason::RecordUnknown));
    }
    let asked = !grounds.just_begun;
    if asked && RecallDoc::find(ledger, digest)?.is_some_and(|recall| recall.covers(partner)) {
        return Ok(Err(Reason::Withdrawn));
    }
    let theirs = is_of(&header.originator, &held.source, partner);
    if theirs || asked && holds(ledger, partner, digest)? {
        return Ok(Err(Reason::AlreadyHeld));
    }
    if header.originator != *own && !held.onward.contains(partner) {
        return Ok(Err(Reason::OriginatorDecides));
    }
    if is_exchange(&header.kind) {
        return Ok(Ok(()));
    }
    match grounds.terms.as_ref() {
        Err(reason) => return Ok(Err(reason.clone())),
        Ok(terms) => {
            let label = held.label.tightened(&grounds.tighten);
            if let Err(reason) = terms.cover(&header.kind, &label) {
                return Ok(Err(reason));
            }
        }
    }
    let mut items: Vec<_> = held.record.body().map(|body| body.references()).unwrap_or_default();
    // Joining an item that somebody else started also tells of it.
    items.extend((!grounds.just_begun).then_some(header.item));
    for item in items {
        let together = grounds.together.contains(&item) && item != header.item;
        if !together && !holds_item(ledger, partner, held, item)? {
            return Ok(Err(Reason::ReferenceHeld));
        }
    }
    Ok(Ok(()))
}

/// Whether the partner knows of an item, or may learn of it: it holds a record of it, or whoever
/// wrote this record started it. Whoever joins it later cannot hold it back.
fn holds_item(
    ledger: &dyn Ledger,
    partner: &PartnerId,
    held: &Held,
    item: ItemId,
) -> Result<bool, Fault> {
    let header = held.record.header();
    let mut started_by = None;
    for filed in ledger.of_item(&item)? {
        let theirs = is_of(&filed.originator, &filed.source, partner);
        if theirs || holds(ledger, partner, &filed.digest)? {
            return Ok(true);
        }
        started_by.get_or_insert(filed.originator);
    }
    Ok(header.item == item && started_by.is_none_or(|who| who == header.originator))
}

/// Whether the partner wrote it or gave it to us.
fn is_of(originator: &PartnerId, source: &Source, partner: &PartnerId) -> bool {
    originator == partner || matches!(source, Source::Partner(giver) if giver == partner)
}

/// Whether a record is in the partner's tray or stream.
fn holds(ledger: &dyn Ledger, partner: &PartnerId, digest: &Digest) -> Result<bool, Fault> {
    let sent =
        ledger.entry_about(partner, crate::ledger::Stream::Out, EntryKind::Release, digest)?;
    Ok(sent.is_some() || ledger.is_queued(partner, digest)?)
}

/// How far a paper has got towards one partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holding {
    None,
    Withheld(String),
    Queued,
    Sent(u64),
    /// Receipted at this place in the stream; the time is that of the covering receipt.
    Receipted(u64, Moment),
}

/// How far a record, or the withdrawal of one, has got towards a partner.
///
/// # Errors
/// A fault of the ledger.
pub fn partner_holds(
    ledger: &dyn Ledger,
    partner: &PartnerId,
    kind: EntryKind,
    digest: &Digest,
) -> Result<Holding, Fault> {
    let stream = crate::ledger::Stream::Out;
    if let Some(seq) = ledger.entry_about(partner, stream, kind, digest)? {
        let receipt = crate::link::ReceiptDoc::find(ledger, partner)?;
        return Ok(match receipt.filter(|receipt| receipt.seq >= seq) {
            Some(receipt) => Holding::Receipted(seq, receipt.at),
            None => Holding::Sent(seq),
        });
    }
    if ledger.is_queued(partner, digest)? {
        return Ok(Holding::Queued);
    }
    let withheld: Option<String> = doc(ledger, Shelf::Withheld, &pair_key(digest, partner))?;
    Ok(withheld.map_or(Holding::None, Holding::Withheld))
}

/// Every partner that was given a record by us, or will be.
///
/// # Errors
/// A fault of the ledger.
pub fn holders(ledger: &dyn Ledger, digest: &Digest) -> Result<Vec<PartnerId>, Fault> {
    let mut found = Vec::new();
    for partner in Partner::all(ledger)? {
        if holds(ledger, &partner.id, digest)? {
            found.push(partner.id);
        }
    }
    Ok(found)
}

impl Step<'_> {
    pub(crate) fn ask_release(
        &mut self,
        by: &PersonId,
        id: ItemId,
        ask: Ask,
    ) -> Result<Outcome, Halt> {
        let person = self.person(by)?;
        if !person.may(Role::asks_release) {
            return Err(Reason::RoleMissing.into());
        }
        if ask.to.is_empty() || ask.onward.len() > limits::ONWARD {
            return Err(Reason::ListLong.into());
        }
        for partner in ask.to.iter().chain(&ask.onward) {
            if Partner::find(self.ledger, partner)?.is_none() {
                return Err(Reason::PartnerUnknown.into());
            }
        }
        if let What::Records(digests) = &ask.what {
            if digests.is_empty() || digests.len() > limits::RELEASE_RECORDS {
                return Err(Reason::ListLong.into());
            }
            for digest in digests {
                self.readable(&person, digest)?;
            }
        }
        if Release::find(self.ledger, &id)?.is_some() {
            return Err(Reason::ReleaseDecided.into());
        }
        let release = Release {
            id,
            what: ask.what,
            to: ask.to,
            onward: ask.onward,
            precedence: ask.precedence,
            tighten: ask.tighten,
            remark: ask.remark,
            requested_by: by.clone(),
            requested_at: self.now,
            state: ReleaseState::Open,
            decided_by: None,
            decided_at: None,
            reason: String::new(),
            approval: Vec::new(),
        };
        self.put_release(&release)?;
        self.log(
            Some(by.to_string()),
            "release-asked",
            vec![("release", id.to_string()), ("to", names(&release.to))],
        )?;
        Ok(Outcome::Release { id })
    }

    /// The second person signs exactly what was shown; only then is anything ruled and queued.
    pub(crate) fn sign_release(
        &mut self,
        by: &PersonId,
        id: ItemId,
        request: &Digest,
        approval: Vec<u8>,
    ) -> Result<Outcome, Halt> {
        let person = self.person(by)?;
        let mut release = Release::find(self.ledger, &id)?.ok_or(Reason::ItemUnknown)?;
        if !person.has(Role::ReleasingOfficer) {
            return Err(Reason::RoleMissing.into());
        }
        self.must_not_hide(&person, &release)?;
        if release.state != ReleaseState::Open {
            return Err(Reason::ReleaseDecided.into());
        }
        if release.requested_by == *by {
            return Err(Reason::ReleaseSamePerson.into());
        }
        if release.request_digest() != *request {
            return Err(Reason::ReleaseChanged.into());
        }
        // Whoever asked must still be somebody who may ask.
        if !self.person(&release.requested_by)?.may(Role::asks_release) {
            return Err(Reason::RoleMissing.into());
        }
        check_approval(&approval, &person.key, request)?;
        if let What::Records(digests) = &release.what {
            for digest in digests {
                self.readable(&person, digest)?;
            }
        }
        release.state = ReleaseState::Signed;
        release.decided_by = Some(by.clone());
        release.decided_at = Some(self.now);
        release.approval = approval;
        self.put_release(&release)?;
        self.log(
            Some(by.to_string()),
            "release-signed",
            vec![("release", id.to_string()), ("request", request.to_string())],
        )?;
        match &release.what {
            What::Records(digests) => self.release_records(&release, digests)?,
            What::Standing(_) => self.ledger.put_doc(Shelf::StandingRule, &id.0, &[])?,
        }
        Ok(Outcome::Release { id })
    }

    pub(crate) fn return_release(
        &mut self,
        by: &PersonId,
        id: ItemId,
        reason: String,
    ) -> Result<Outcome, Halt> {
        let person = self.person(by)?;
        let mut release = Release::find(self.ledger, &id)?.ok_or(Reason::ItemUnknown)?;
        // Whoever asked may take it back; a releasing officer may return it.
        if !person.has(Role::ReleasingOfficer) && release.requested_by != *by {
            return Err(Reason::RoleMissing.into());
        }
        if release.requested_by != *by {
            self.must_not_hide(&person, &release)?;
        }
        if release.state != ReleaseState::Open {
            return Err(Reason::ReleaseDecided.into());
        }
        release.state = ReleaseState::Returned;
        release.decided_by = Some(by.clone());
        release.decided_at = Some(self.now);
        release.reason = reason.chars().take(limits::NAME_CHARS).collect();
        self.put_release(&release)?;
        self.log(Some(by.to_string()), "release-returned", vec![("release", id.to_string())])?;
        Ok(Outcome::Release { id })
    }

    /// A record the person may read; anything else answers like one that does not exist.
    fn readable(&self, person: &crate::person::Person, digest: &Digest) -> Result<Held, Halt> {
        let held = self.ledger.held(digest)?.ok_or(Reason::ItemUnknown)?;
        person.entitlement.covers(&held.label).map_err(|_| Reason::ItemUnknown)?;
        Ok(held)
    }

    /// A request over a hidden record answers like one that does not exist.
    fn must_not_hide(&self, person: &crate::person::Person, release: &Release) -> Result<(), Halt> {
        let What::Records(digests) = &release.what else {
            return Ok(());
        };
        for digest in digests {
            let held = self.ledger.held(digest)?;
            if held.is_some_and(|held| person.entitlement.covers(&held.label).is_err()) {
                return Err(Reason::ItemUnknown.into());
            }
        }
        Ok(())
    }

    fn put_release(&mut self, release: &Release) -> Result<(), Fault> {
        put(self.ledger, Shelf::Release, &release.id.0, release)?;
        if release.state == ReleaseState::Open {
            self.ledger.put_doc(Shelf::OpenRelease, &release.id.0, &[])?;
        } else {
            self.ledger.remove_doc(Shelf::OpenRelease, &release.id.0)?;
        }
        if let What::Records(digests) = &release.what {
            for digest in digests {
                let key = [digest.0.as_slice(), &release.id.0].concat();
                self.ledger.put_doc(Shelf::ReleaseOf, &key, &[])?;
            }
        }
        self.notice(Notice::Releases);
        Ok(())
    }

    fn release_records(&mut self, release: &Release, digests: &[Digest]) -> Result<(), Fault> {
        let mut helds = Vec::new();
        for digest in digests {
            helds.extend(self.ledger.held(digest)?);
        }
        for partner in &release.to {
            let mut grounds = self.grounds(partner, release.tighten)?;
            // In the given order: what is fit lets what refers to it be fit too.
            for held in &helds {
                if self.rule(held, &grounds, release)? {
                    grounds.together.insert(held.record.header().item);
                }
            }
        }
        Ok(())
    }

    /// On what grounds records are ruled fit for a partner now.
    fn grounds(&mut self, partner: &PartnerId, tighten: Tighten) -> Result<Grounds, Fault> {
        let known = self.partner(partner)?.is_some();
        let terms = self.terms(partner, &self.own.id)?;
        let (partner, together) = (partner.clone(), BTreeSet::new());
        Ok(Grounds { partner, known, terms, tighten, together, just_begun: false })
    }

    /// Everything our people write is offered to the standing rules.
    pub(crate) fn release_by_rule(&mut self, held: &Held, just_begun: bool) -> Result<(), Fault> {
        for rule in self.known.rules(self.ledger)?.iter() {
            let What::Standing(terms) = &rule.what else {
                continue;
            };
            // A rule speaks about our own records, made after two people signed it.
            let made = held.record.header().made;
            let after = rule.decided_at.is_some_and(|signed| signed <= made);
            if held.source != Source::Own || !after {
                continue;
            }
            if terms.cover(&held.record.header().kind, &held.label).is_err() {
                continue;
            }
            for partner in &rule.to {
                let grounds = Grounds { just_begun, ..self.grounds(partner, rule.tighten)? };
                self.rule(held, &grounds, rule)?;
            }
        }
        Ok(())
    }

    /// Rules one record for one partner; the ruling is kept, and what is fit is queued.
    fn rule(&mut self, held: &Held, grounds: &Grounds, release: &Release) -> Result<bool, Fault> {
        let partner = &grounds.partner;
        let digest = *held.record.digest();
        let key = pair_key(&digest, partner);
        match fit(self.ledger, &self.own.id, held, grounds)? {
            Ok(()) => {
                if !grounds.just_begun {
                    self.ledger.remove_doc(Shelf::Withheld, &key)?;
                }
                self.queue(partner, EntryKind::Release, held, release)?;
                Ok(true)
            }
            // Releasing again what the partner holds can still grant that it be passed on.
            Err(Reason::AlreadyHeld) if !release.onward.is_empty() => {
                if held.source == Source::Own {
                    self.queue(partner, EntryKind::Grant, held, release)?;
                }
                Ok(true)
            }
            Err(Reason::AlreadyHeld) => Ok(true),
            Err(reason) => {
                put(self.ledger, Shelf::Withheld, &key, &reason.code().to_owned())?;
                self.log(
                    None,
                    "withheld",
                    vec![
                        ("record", digest.to_string()),
                        ("partner", partner.to_string()),
                        ("reason", reason.code().to_owned()),
                    ],
                )?;
                Ok(false)
            }
        }
    }

    fn queue(
        &mut self,
        partner: &PartnerId,
        kind: EntryKind,
        held: &Held,
        release: &Release,
    ) -> Result<(), Fault> {
        // Only the originator grants; what we pass on of others carries their proof, not our word.
        let ours = held.source == Source::Own;
        self.put_in_tray(
            partner,
            TrayLine {
                kind,
                digest: *held.record.digest(),
                onward: if ours { release.onward.clone() } else { Vec::new() },
                tighten: tighten_of(held, release.tighten),
                precedence: release.precedence.max(held.precedence),
                reason: None,
                size: u32::try_from(held.record.bytes().len()).unwrap_or(u32::MAX),
            },
        )
    }

    /// Puts a line in a partner's tray and has it pumped at the end of the step.
    pub(crate) fn put_in_tray(&mut self, partner: &PartnerId, line: TrayLine) -> Result<(), Fault> {
        self.ledger.queue(partner, &line)?;
        *self.stirred.entry(partner.clone()).or_default() += u64::from(line.precedence.is_urgent());
        self.notice(Notice::Partner(partner.clone()));
        Ok(())
    }

    /// After an agreement changed: what is now fit is queued, what has become unfit is taken out
    /// of the tray or recalled.
    pub(crate) fn review(&mut self, partner: &PartnerId) -> Result<(), Fault> {
        let suffix = partner.as_str().as_bytes();
        for (key, _) in self.ledger.docs(Shelf::Withheld, &[])? {
            let Some((digest, rest)) = key.split_first_chunk::<32>() else {
                continue;
            };
            if rest != suffix {
                continue;
            }
            let digest = Digest(*digest);
            let Some(held) = self.ledger.held(&digest)? else {
                continue;
            };
            for release in Release::of_record(self.ledger, &digest)? {
                let signed = release.state == ReleaseState::Signed;
                if signed && release.to.contains(partner) {
                    let grounds = self.grounds(partner, release.tighten)?;
                    self.rule(&held, &grounds, &release)?;
                }
            }
            self.release_by_rule(&held, false)?;
        }
        self.take_back_unfit(partner)
    }

    fn take_back_unfit(&mut self, partner: &PartnerId) -> Result<(), Fault> {
        let terms = self.terms(partner, &self.own.id)?;
        let unfit = |held: &Held, label: &Label| match terms.as_ref() {
            // Ending does not reach back; only narrowing does.
            Err(_) => false,
            Ok(terms) => {
                let kind = &held.record.header().kind;
                !is_exchange(kind) && terms.cover(kind, label).is_err()
            }
        };
        // What waits in the tray was ruled under the agreement before: it is judged again.
        for line in self.ledger.take_queued(partner, usize::MAX, u64::MAX)? {
            let held = match line.kind {
                EntryKind::Release => self.ledger.held(&line.digest)?,
                _ => None,
            };
            if held.is_some_and(|held| unfit(&held, &held.label.tightened(&line.tighten))) {
                let code = Reason::LabelAboveCeiling.code().to_owned();
                put(self.ledger, Shelf::Withheld, &pair_key(&line.digest, partner), &code)?;
            } else {
                self.put_in_tray(partner, line)?;
            }
        }
        let mut seq = 1;
        loop {
            let stream = crate::ledger::Stream::Out;
            let entries = self.ledger.entries(partner, stream, seq, 500)?;
            let Some(last) = entries.last() else {
                return Ok(());
            };
            seq = last.entry.seq.saturating_add(1);
            for sent in entries.iter().filter(|one| one.entry.kind == EntryKind::Release) {
                let Some(held) = self.ledger.held(&sent.entry.digest)? else {
                    continue;
                };
                if unfit(&held, &held.label.tightened(&sent.entry.tighten)) {
                    self.take_back(&held, std::slice::from_ref(partner), "agreement/narrowed")?;
                }
            }
        }
    }
}

/// What the entry must tighten so that the recipient holds it at least as guarded as we do: a
/// foreign record may have been tightened for us.
fn tighten_of(held: &Held, asked: Tighten) -> Tighten {
    let (plain, ours) = (held.record.label(), held.label.tightened(&asked));
    Tighten {
        tlp: (ours.tlp > plain.tlp).then_some(ours.tlp),
        handling: (ours.handling > plain.handling).then_some(ours.handling),
    }
}

pub(crate) fn names(partners: &[PartnerId]) -> String {
    let names: Vec<_> = partners.iter().map(PartnerId::as_str).collect();
    names.join(" ")
}
