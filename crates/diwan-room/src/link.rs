//! The conversation with one partner: hello, run after run, receipts.
//!
//! Numbers are given when an entry is sent (docs/decisions/0004): the tray is a queue by
//! precedence, the stream is what was signed from it. Nothing is numbered before the heads were
//! compared, so a node restored from a backup cannot sign a second history.

mod frame;
mod give;
mod keys;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use diwan_record::{
    Digest, Entry, EntryKind, Head, HeadStatement, Moment, PartnerId, PublicKey, Reason, Receipt,
    Run,
};
use minicbor::{Decode, Encode};

use crate::admit::{Admission, grant_key};
use crate::docs::{doc, pair_key, put};
use crate::effect::{Effect, Notice, Outcome};
use crate::ledger::{Fault, Ledger, Shelf, Stream, StreamEntry};
use crate::partner::Partner;
use crate::person::PersonId;
use crate::room::{Halt, Step};

pub use frame::{Arrival, Frame, KeyBook, Paper};
use frame::{PROTOCOL, Papers};
use give::as_run;
use keys::HelloKeys;

/// The first incarnation of every stream.
const INCARNATION: u64 = 1;

/// What the room remembers of a session; lost with the connection, won back by hello.
#[derive(Debug)]
pub(crate) struct Session {
    nonce: [u8; 16],
    /// Both nonces joined, once the partner's hello came.
    joined: Option<Digest>,
    /// The next of our entries to send.
    next: u64,
    acknowledged: u64,
    /// Sent and not receipted: last seq of each frame and its size.
    flying: VecDeque<(u64, u64)>,
    /// We lack entries the partner has receipted up to here; nothing is sent until they are back.
    adopting: Option<u64>,
    /// The partner's key for receipts, which its root may have renewed before its stream says so.
    receipt_key: PublicKey,
}

/// The newest receipt for our stream.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ReceiptDoc {
    #[n(0)]
    pub seq: u64,
    /// When the partner says it held it.
    #[n(1)]
    pub at: Moment,
    /// As signed: proof for a third party.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub signed: Vec<u8>,
}

impl ReceiptDoc {
    /// # Errors
    /// A fault of the ledger.
    pub fn find(ledger: &dyn Ledger, partner: &PartnerId) -> Result<Option<Self>, Fault> {
        doc(ledger, Shelf::Receipt, partner.as_str().as_bytes())
    }
}

/// Something about a link that people must look at.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Incident {
    #[n(0)]
    pub code: String,
    #[n(1)]
    pub at: Moment,
    /// Nothing is sent or taken until people have settled it.
    #[n(2)]
    pub stops: bool,
}

impl Incident {
    /// # Errors
    /// A fault of the ledger.
    pub fn find(ledger: &dyn Ledger, partner: &PartnerId) -> Result<Option<Self>, Fault> {
        doc(ledger, Shelf::Incident, partner.as_str().as_bytes())
    }
}

impl Step<'_> {
    pub(crate) fn link_up(&mut self, partner: PartnerId, nonce: [u8; 16]) -> Result<Outcome, Halt> {
        let known = self.partner(&partner)?.ok_or(Reason::PartnerUnknown)?;
        if Incident::find(self.ledger, &partner)?.is_some_and(|incident| incident.stops) {
            self.hang(&partner, Reason::StreamFork);
            return Err(Reason::StreamFork.into());
        }
        let head = self.head(&known, Stream::Out)?;
        let statement = HeadStatement { stream: self.own.stream_to(&known), head };
        let hello = Frame::Hello {
            protocol: PROTOCOL,
            nonce,
            head: statement.seal(&self.own.release),
            receipt: self.receipt(&known)?,
            keys: self.own.renewals().map(|(_, signed)| signed.clone()).collect(),
        };
        let session = Session {
            nonce,
            joined: None,
            next: 0,
            acknowledged: 0,
            flying: VecDeque::new(),
            adopting: None,
            receipt_key: known.receipt.clone(),
        };
        self.sessions.insert(partner.clone(), session);
        self.send(&partner, &hello);
        self.notice(Notice::Partner(partner));
        Ok(Outcome::Done)
    }

    pub(crate) fn link_down(&mut self, partner: &PartnerId) -> Result<Outcome, Halt> {
        self.sessions.remove(partner);
        self.notice(Notice::Partner(partner.clone()));
        Ok(Outcome::Done)
    }

    /// A frame of a partner. What breaks the rules ends the session and is logged; nothing of it
    /// is kept.
    pub(crate) fn arrived(
        &mut self,
        partner: &PartnerId,
        arrival: Arrival,
    ) -> Result<Outcome, Halt> {
        let known = self.partner(partner)?.ok_or(Reason::PartnerUnknown)?;
        match self.take_frame(&known, arrival) {
            Err(Halt::Refused(Reason::SessionOther)) => Ok(Outcome::Refused(Reason::SessionOther)),
            Err(Halt::Refused(reason)) => {
                self.sessions.remove(partner);
                self.hang(partner, reason.clone());
                Err(Halt::Refused(reason))
            }
            Err(fault) => Err(fault),
            Ok(()) => Ok(Outcome::Done),
        }
    }

    fn take_frame(&mut self, partner: &Partner, arrival: Arrival) -> Result<(), Halt> {
        let Arrival { frame, papers } = arrival;
        match frame {
            Frame::Hello { protocol, nonce, head, receipt, keys } => {
                if protocol != PROTOCOL {
                    return Err(Reason::VersionOther.into());
                }
                let keys = HelloKeys::of(partner, &keys, self.now);
                self.take_hello(partner, nonce, &head, &receipt, keys)
            }
            Frame::Give { session, run, .. } => {
                self.check_session(partner, &session)?;
                self.take_run(partner, &run, papers)
            }
            Frame::Receipt { session, receipt } => {
                self.check_session(partner, &session)?;
                self.take_receipt(partner, &receipt)
            }
            Frame::Want { session, from } => {
                self.check_session(partner, &session)?;
                self.give_back(partner, from)
            }
            Frame::Back { session, run, .. } => {
                self.check_session(partner, &session)?;
                self.adopt(partner, &run, papers)
            }
        }
    }

    fn check_session(&self, partner: &Partner, session: &Digest) -> Result<(), Reason> {
        let known = self.sessions.get(&partner.id).and_then(|known| known.joined);
        if known == Some(*session) { Ok(()) } else { Err(Reason::SessionOther) }
    }

    /// Compares what each side says of both streams (PROTOCOL 5).
    fn take_hello(
        &mut self,
        partner: &Partner,
        nonce: [u8; 16],
        head: &[u8],
        receipt: &[u8],
        keys: HelloKeys,
    ) -> Result<(), Halt> {
        let session = self.sessions.get_mut(&partner.id).ok_or(Reason::SessionOther)?;
        if session.joined.is_some() {
            // A second hello of one session can only be a copy.
            return Err(Reason::SessionOther.into());
        }
        session.joined = Some(join(session.nonce, nonce));
        let signed = receipt.to_vec();
        let receipt = Receipt::open(receipt, &keys.receipt)?;
        let theirs = HeadStatement::open(head, &keys.release)?;
        session.receipt_key = keys.receipt;
        let right = receipt.stream == self.own.stream_to(partner)
            && theirs.stream == self.own.stream_from(partner);
        if !right {
            return Err(Reason::StreamOther.into());
        }
        let ours = self.head(partner, Stream::In)?;
        if theirs.head.seq == ours.seq && theirs.head.hash != ours.hash {
            return self.fork(partner);
        }
        let out = self.head(partner, Stream::Out)?;
        if receipt.head.seq > out.seq {
            self.incident(partner, Reason::WeRolledBack, false, "we-were-rolled-back")?;
            if let Some(session) = self.sessions.get_mut(&partner.id) {
                session.adopting = Some(receipt.head.seq);
            }
            self.want_more(partner, out.seq);
            return Ok(());
        }
        if self.head_at(partner, Stream::Out, receipt.head.seq)?.hash != receipt.head.hash {
            return self.fork(partner);
        }
        let before = ReceiptDoc::find(self.ledger, &partner.id)?;
        if before.is_some_and(|before| before.seq > receipt.head.seq) {
            self.incident(partner, Reason::StreamRolledBack, false, "partner-rolled-back")?;
        }
        self.start_from(partner, receipt.head.seq);
        self.keep_receipt(partner, &receipt, signed)?;
        Ok(())
    }

    fn start_from(&mut self, partner: &Partner, seq: u64) {
        if let Some(session) = self.sessions.get_mut(&partner.id) {
            session.acknowledged = seq;
            session.next = seq.saturating_add(1);
            session.adopting = None;
        }
        self.stirred.entry(partner.id.clone()).or_default();
    }

    /// The next entries of the partner's stream. Durable before a receipt says so: effects leave
    /// after the commit.
    fn take_run(
        &mut self,
        partner: &Partner,
        run: &Run,
        mut papers: BTreeMap<Digest, Paper>,
    ) -> Result<(), Halt> {
        self.owed.insert(partner.id.clone());
        let before = self.head(partner, Stream::In)?;
        if self.is_copy(partner, run, &before)? {
            return Ok(());
        }
        let (entries, head) = self.open_run(partner, run, &before, &papers)?;
        // A paper that no entry names was changed on its way, and the one it was is missing.
        let named: BTreeSet<&Digest> = entries.iter().map(|entry| &entry.digest).collect();
        if papers.keys().any(|digest| !named.contains(digest)) {
            return Err(Reason::DigestWrong.into());
        }
        let mut terms = self.terms(&partner.id, &partner.id)?;
        for (index, entry) in entries.iter().enumerate() {
            // A grant may stand before the entry that carries the paper it is about.
            let paper = match entry.kind {
                EntryKind::Release
                | EntryKind::Recall
                | EntryKind::Answer
                | EntryKind::Agreement
                | EntryKind::Key => papers.remove(&entry.digest),
                EntryKind::Grant | EntryKind::GrantEnd | EntryKind::ParkAck => None,
            };
            self.take_entry(partner, entry, paper, &terms)?;
            let grants = matches!(entry.kind, EntryKind::Release | EntryKind::Grant);
            if grants && !entry.onward.is_empty() {
                let mut key = grant_key(&entry.digest, &partner.id);
                key.extend(entry.seq.to_be_bytes());
                let proof = run.proof(&before, index);
                proof.iter().try_for_each(|proof| put(self.ledger, Shelf::Grant, &key, proof))?;
            }
            if entry.kind == EntryKind::Agreement {
                terms = self.terms(&partner.id, &partner.id)?;
            }
        }
        let kept = stored(&before, run, entries);
        debug_assert_eq!(kept.last().map(|one| one.head), Some(head));
        self.ledger.append(&partner.id, Stream::In, &kept)?;
        self.notice(Notice::Partner(partner.id.clone()));
        Ok(())
    }

    /// A copy of what was taken already changes nothing. Other bytes at a place that is taken are
    /// a second history.
    fn is_copy(&mut self, partner: &Partner, run: &Run, before: &Head) -> Result<bool, Halt> {
        let first = run.entries.first().ok_or(Reason::TooLarge)?;
        let entry = Entry::read(first)?;
        if entry.seq > before.seq || entry.seq == 0 {
            return Ok(false);
        }
        let known = self.ledger.entries(&partner.id, Stream::In, entry.seq, 1)?;
        if known.first().is_some_and(|known| known.bytes == *first) {
            return Ok(true);
        }
        // Only a signed second history is one; anybody can make up unsigned bytes.
        let at = self.head_at(partner, Stream::In, entry.seq.saturating_sub(1))?;
        self.open_run(partner, run, &at, &BTreeMap::new())?;
        self.fork(partner)?;
        Ok(true)
    }

    fn take_entry(
        &mut self,
        partner: &Partner,
        entry: &Entry,
        paper: Option<Paper>,
        terms: &Result<crate::agreement::Terms, Reason>,
    ) -> Result<(), Halt> {
        match entry.kind {
            EntryKind::Release | EntryKind::Recall | EntryKind::Answer => {
                let admission = match paper {
                    Some(Paper::Record(checked)) => match *checked {
                        Ok(record) => self.admit(record, partner, entry, terms)?,
                        Err(reason) => Admission::Refused(reason),
                    },
                    Some(Paper::Unchecked(sealed)) => match self.open_late(*sealed)? {
                        Ok(record) => self.admit(record, partner, entry, terms)?,
                        Err(reason) => Admission::Refused(reason),
                    },
                    Some(Paper::Other(_)) => Admission::Refused(Reason::Shape),
                    // Taken back between numbering and sending: the place stays, the paper is
                    // gone. The sender is told, or our receipt would say that we hold it.
                    None if self.ledger.knows(&entry.digest)? => Admission::Known,
                    None => {
                        let reason = Reason::Withdrawn;
                        self.log_not_admitted(partner, entry, &reason)?;
                        return Ok(self.tell_parked(&partner.id, entry, Some(&reason))?);
                    }
                };
                self.answer_admission(partner, entry, &admission)?;
            }
            EntryKind::ParkAck => self.take_park_ack(&partner.id, entry)?,
            EntryKind::Agreement => {
                if let Some(Paper::Other(bytes)) = paper
                    && let Err(halt) = self.take_agreement(partner, &bytes)
                {
                    match halt {
                        Halt::Fault(fault) => return Err(fault.into()),
                        Halt::Refused(reason) => self.tell_refused(partner, entry, &reason)?,
                    }
                }
            }
            // The proof is kept with the run; the record is widened if it is here.
            EntryKind::Grant => self.take_grant(partner, entry)?,
            EntryKind::GrantEnd => self.end_grant(partner, entry)?,
            EntryKind::Key => self.take_key(partner, entry, paper)?,
        }
        Ok(())
    }

    fn answer_admission(
        &mut self,
        partner: &Partner,
        entry: &Entry,
        admission: &Admission,
    ) -> Result<(), Fault> {
        match admission {
            Admission::Kept | Admission::Known => Ok(()),
            Admission::Parked(reason) | Admission::Refused(reason) => {
                self.tell_refused(partner, entry, reason)
            }
        }
    }

    fn tell_refused(
        &mut self,
        partner: &Partner,
        entry: &Entry,
        reason: &Reason,
    ) -> Result<(), Fault> {
        self.log_not_admitted(partner, entry, reason)?;
        // A recalled record that arrives late needs no answer: the recall has one.
        if *reason == Reason::Withdrawn {
            return Ok(());
        }
        self.tell_parked(&partner.id, entry, Some(reason))
    }

    fn log_not_admitted(
        &mut self,
        partner: &Partner,
        entry: &Entry,
        reason: &Reason,
    ) -> Result<(), Fault> {
        self.log(
            Some(partner.id.to_string()),
            "not-admitted",
            vec![("record", entry.digest.to_string()), ("reason", reason.code().to_owned())],
        )
    }

    fn take_grant(&mut self, partner: &Partner, entry: &Entry) -> Result<(), Fault> {
        let Some(held) = self.ledger.held(&entry.digest)? else {
            return Ok(());
        };
        if held.record.header().originator != partner.id {
            return Ok(());
        }
        let mut onward = held.onward;
        onward.extend(entry.onward.iter().cloned());
        onward.sort();
        onward.dedup();
        self.ledger.set_onward(&entry.digest, &onward)
    }

    fn end_grant(&mut self, partner: &Partner, entry: &Entry) -> Result<(), Fault> {
        let Some(held) = self.ledger.held(&entry.digest)? else {
            return Ok(());
        };
        if held.record.header().originator != partner.id {
            return Ok(());
        }
        self.ledger.set_onward(&entry.digest, &[])?;
        for (key, _) in self.ledger.docs(Shelf::Grant, &grant_key(&entry.digest, &partner.id))? {
            self.ledger.remove_doc(Shelf::Grant, &key)?;
        }
        // What waits in trays under the grant does not leave any more.
        for named in held.onward {
            if self.ledger.unqueue(&named, &entry.digest)? {
                let code = Reason::OriginatorDecides.code().to_owned();
                put(self.ledger, Shelf::Withheld, &pair_key(&entry.digest, &named), &code)?;
                self.notice(Notice::Partner(named));
            }
        }
        Ok(())
    }

    fn take_receipt(&mut self, partner: &Partner, signed: &[u8]) -> Result<(), Halt> {
        let session = self.sessions.get(&partner.id).ok_or(Reason::SessionOther)?;
        let receipt = Receipt::open(signed, &session.receipt_key)?;
        if receipt.stream != self.own.stream_to(partner) {
            return Err(Reason::StreamOther.into());
        }
        let session = self.sessions.get_mut(&partner.id).ok_or(Reason::SessionOther)?;
        if receipt.head.seq < session.acknowledged {
            // An older receipt never takes anything back.
            return Ok(());
        }
        if receipt.head.seq >= session.next {
            return Err(Reason::StreamGap.into());
        }
        if self.head_at(partner, Stream::Out, receipt.head.seq)?.hash != receipt.head.hash {
            return self.fork(partner);
        }
        if let Some(session) = self.sessions.get_mut(&partner.id) {
            session.acknowledged = receipt.head.seq;
            session.flying.retain(|(seq, _)| *seq > receipt.head.seq);
        }
        let before = ReceiptDoc::find(self.ledger, &partner.id)?;
        if before.is_none_or(|before| before.seq < receipt.head.seq) {
            self.keep_receipt(partner, &receipt, signed.to_vec())?;
        }
        self.stirred.entry(partner.id.clone()).or_default();
        Ok(())
    }

    fn keep_receipt(
        &mut self,
        partner: &Partner,
        receipt: &Receipt,
        signed: Vec<u8>,
    ) -> Result<(), Fault> {
        let kept = ReceiptDoc { seq: receipt.head.seq, at: receipt.at, signed };
        put(self.ledger, Shelf::Receipt, partner.id.as_str().as_bytes(), &kept)?;
        self.notice(Notice::Partner(partner.id.clone()));
        Ok(())
    }

    /// We lost entries that the partner receipted: ask for them.
    fn want_more(&mut self, partner: &Partner, have: u64) {
        if let Some(session) = self.sessions.get(&partner.id).and_then(|one| one.joined) {
            let frame = Frame::Want { session, from: have.saturating_add(1) };
            self.send(&partner.id, &frame);
        }
    }

    /// The partner lost entries of its own stream that we hold: give one run back.
    fn give_back(&mut self, partner: &Partner, from: u64) -> Result<(), Halt> {
        let session = self.sessions.get(&partner.id).and_then(|one| one.joined);
        let session = session.ok_or(Reason::SessionOther)?;
        let run = self.run_from(&partner.id, Stream::In, from.max(1))?;
        let run = run.ok_or(Reason::StreamGap)?;
        // Only what it wrote itself: an entry can name any digest, also of what others hold.
        let mut papers = Vec::new();
        for one in &run {
            let held = self.ledger.held(&one.entry.digest)?;
            let theirs = held.filter(|held| held.record.header().originator == partner.id);
            papers.extend(theirs.map(|held| held.record.bytes().to_vec()));
        }
        let frame = Frame::Back { session, run: as_run(run), papers: Papers(papers) };
        self.send(&partner.id, &frame);
        Ok(())
    }

    /// Our own signed entries come back: taken after our own signature verified.
    fn adopt(
        &mut self,
        partner: &Partner,
        run: &Run,
        mut papers: BTreeMap<Digest, Paper>,
    ) -> Result<(), Halt> {
        let until = self.sessions.get(&partner.id).and_then(|session| session.adopting);
        let until = until.ok_or(Reason::SessionOther)?;
        let before = self.head(partner, Stream::Out)?;
        let stream = self.own.stream_to(partner);
        let opened = run.open(&stream, &before, self.own.release.public());
        let (entries, head) = self.own.release_keys().skip(1).fold(opened, |opened, key| {
            opened.or_else(|reason| run.open(&stream, &before, key).map_err(|_| reason))
        })?;
        for entry in &entries {
            let Some(Paper::Record(checked)) = papers.remove(&entry.digest) else {
                continue;
            };
            let Ok(record) = *checked else { continue };
            if record.header().originator != self.own.id {
                continue;
            }
            if entry.kind == EntryKind::Recall {
                self.remember_recall(&record, &partner.id)?;
            }
            if !self.ledger.knows(record.digest())? {
                self.keep_own(record, entry.precedence)?;
            }
        }
        self.ledger.append(&partner.id, Stream::Out, &stored(&before, run, entries))?;
        self.log(
            Some(partner.id.to_string()),
            "adopted",
            vec![("from", before.seq.to_string()), ("to", head.seq.to_string())],
        )?;
        if head.seq < until {
            self.want_more(partner, head.seq);
        } else {
            self.start_from(partner, until);
        }
        Ok(())
    }

    // Small parts

    fn head(&self, partner: &Partner, stream: Stream) -> Result<Head, Fault> {
        let known = self.ledger.head(&partner.id, stream)?;
        Ok(known.unwrap_or_else(|| self.start(partner, stream)))
    }

    /// Where a stream stood after `seq`.
    fn head_at(&self, partner: &Partner, stream: Stream, seq: u64) -> Result<Head, Fault> {
        let entry = self.ledger.entries(&partner.id, stream, seq.max(1), 1)?;
        let entry = entry.first().filter(|_| seq > 0);
        Ok(entry.map_or_else(|| self.start(partner, stream), |entry| entry.head))
    }

    fn start(&self, partner: &Partner, stream: Stream) -> Head {
        let id = match stream {
            Stream::Out => self.own.stream_to(partner),
            Stream::In => self.own.stream_from(partner),
        };
        Head::start(&id, INCARNATION)
    }

    fn receipt(&self, partner: &Partner) -> Result<Vec<u8>, Fault> {
        let head = self.head(partner, Stream::In)?;
        let receipt = Receipt { stream: self.own.stream_from(partner), head, at: self.now };
        Ok(receipt.seal(&self.own.receipt))
    }

    /// A receipt stands for everything up to its place in the stream.
    pub(crate) fn send_receipts(&mut self) -> Result<(), Fault> {
        for partner in std::mem::take(&mut self.owed) {
            let session = self.sessions.get(&partner).and_then(|one| one.joined);
            if let (Some(session), Some(known)) = (session, self.partner(&partner)?) {
                let receipt = self.receipt(&known)?;
                self.send(&partner, &Frame::Receipt { session, receipt });
            }
        }
        Ok(())
    }

    fn send(&mut self, partner: &PartnerId, frame: &Frame) {
        let frame = frame.to_bytes();
        self.effects.push(Effect::Send { partner: partner.clone(), frame });
    }

    fn hang(&mut self, partner: &PartnerId, reason: Reason) {
        self.effects.push(Effect::Hang { partner: partner.clone(), reason });
        self.notice(Notice::Partner(partner.clone()));
    }

    /// Two histories of one stream: it stops until people have talked.
    fn fork(&mut self, partner: &Partner) -> Result<(), Halt> {
        self.incident(partner, Reason::StreamFork, true, "fork")?;
        self.sessions.remove(&partner.id);
        self.hang(&partner.id, Reason::StreamFork);
        Ok(())
    }

    fn incident(
        &mut self,
        partner: &Partner,
        reason: Reason,
        stops: bool,
        what: &'static str,
    ) -> Result<(), Fault> {
        let incident = Incident { code: reason.code().to_owned(), at: self.now, stops };
        put(self.ledger, Shelf::Incident, partner.id.as_str().as_bytes(), &incident)?;
        self.log(
            Some(partner.id.to_string()),
            "incident",
            vec![("what", what.to_owned()), ("reason", reason.code().to_owned())],
        )?;
        self.notice(Notice::Partner(partner.id.clone()));
        Ok(())
    }

    pub(crate) fn settle_incident(
        &mut self,
        by: &PersonId,
        partner: &PartnerId,
    ) -> Result<Outcome, Halt> {
        let person = self.person(by)?;
        let may = [crate::person::Role::WatchOfficer, crate::person::Role::Administrator];
        if !may.into_iter().any(|role| person.has(role)) {
            return Err(Reason::RoleMissing.into());
        }
        self.ledger.remove_doc(Shelf::Incident, partner.as_str().as_bytes())?;
        self.log(Some(by.to_string()), "incident-settled", vec![("partner", partner.to_string())])?;
        self.notice(Notice::Partner(partner.clone()));
        Ok(Outcome::Done)
    }

    pub(crate) fn tick(&mut self) -> Result<Outcome, Halt> {
        self.unpark_due()?;
        Ok(Outcome::Done)
    }
}

/// Both nonces, in an order both sides agree on.
fn join(one: [u8; 16], other: [u8; 16]) -> Digest {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    Digest::of_parts(&[b"diwan/session/v1\0", &first, &second])
}

/// The entries of an opened run as the ledger keeps them.
fn stored(before: &Head, run: &Run, entries: Vec<Entry>) -> Vec<StreamEntry> {
    let mut head = *before;
    let mut kept: Vec<StreamEntry> = entries
        .into_iter()
        .zip(&run.entries)
        .map(|(entry, bytes)| {
            head = head.after(bytes);
            StreamEntry { head, entry, bytes: bytes.clone(), signed_head: None }
        })
        .collect();
    if let Some(last) = kept.last_mut() {
        last.signed_head = Some(run.head.clone());
    }
    kept
}
