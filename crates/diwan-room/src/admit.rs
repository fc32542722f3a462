//! The one door: every record that comes from outside passes here.

use diwan_record::kind::Body;
use diwan_record::{
    Digest, Entry, EntryKind, KeyRole, Kind, Moment, PartnerId, Precedence, Proof, Reason, Record,
    Tighten, limits, stream_id,
};

use crate::agreement::Terms;
use crate::docs::{docs, pair_key, put};
use crate::effect::Notice;
use crate::ledger::{Fault, Held, Shelf, Source, Standing, Stream, TrayLine};
use crate::partner::Partner;
use crate::recall::{AnswerDoc, RecallDoc, tombstone_key};
use crate::room::{Step, is_exchange};

/// What became of a record at our door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    Kept,
    /// Held already; admitting twice equals admitting once.
    Known,
    /// Kept apart, not shown, until a person or time settles it.
    Parked(Reason),
    /// Not kept. The signed entry that gave it stays as evidence.
    Refused(Reason),
}

/// A version and the digest of its record.
type Version = (u32, Digest);

impl Step<'_> {
    /// Judges a record that a partner's stream gave us. `terms` is what that partner may give now.
    pub(crate) fn admit(
        &mut self,
        record: Record,
        from: &Partner,
        entry: &Entry,
        terms: &Result<Terms, Reason>,
    ) -> Result<Admission, Fault> {
        let header = record.header();
        let digest = *record.digest();
        if self.ledger.knows(&digest)? {
            self.widen_onward(&record, from, entry)?;
            return Ok(Admission::Known);
        }
        let tombstone = tombstone_key(&digest, &header.originator);
        if self.ledger.doc(Shelf::Tombstone, &tombstone)?.is_some() {
            return Ok(Admission::Refused(Reason::Withdrawn));
        }
        if self.is_made_under_past_key(&record)? {
            return Ok(Admission::Refused(Reason::KeyRetired));
        }
        let mut label = header.label.tightened(&entry.tighten);
        if header.originator != from.id {
            // Whoever passes it on cannot loosen what its originator tightened for them.
            match self.check_grant(&record, from, entry)? {
                Ok(granted) => label = label.tightened(&granted),
                Err(reason) => return Ok(Admission::Refused(reason)),
            }
        }
        if !is_exchange(&header.kind) {
            let covered = terms
                .as_ref()
                .map_err(Clone::clone)
                .and_then(|terms| terms.cover(&header.kind, &label));
            if let Err(reason) = covered {
                return Ok(Admission::Refused(reason));
            }
        }
        let versions = self.versions_of(&record)?;
        let parked = self.park_reason(&record, &versions)?;
        if parked.is_some() && self.has_parked_all_it_may(&from.id)? {
            return Ok(Admission::Refused(Reason::ParkedFull));
        }
        let code = parked.as_ref().map(|reason| reason.code().to_owned());
        let standing = code.map_or(Standing::Kept, Standing::Parked);
        let ours = header.originator == self.own.id;
        let held = Held {
            position: 0,
            label,
            label_no: 0,
            source: if ours { Source::Own } else { Source::Partner(from.id.clone()) },
            onward: named_by_originator(&record, from, entry).to_vec(),
            precedence: entry.precedence,
            received: self.now,
            standing,
            record,
        };
        let position = self.ledger.keep(&held)?;
        self.notice_kept(&held, position);
        let Some(reason) = parked else {
            self.park_looser_versions(&held.record, &versions)?;
            self.act_on(&held.record, &from.id, entry.made)?;
            return Ok(Admission::Kept);
        };
        self.ledger.put_doc(Shelf::Parked, &parked_key(&from.id, &digest), &[])?;
        if reason == Reason::ClockAhead {
            let key = due_key(&held.record);
            self.ledger.put_doc(Shelf::Due, &key, &[])?;
        }
        Ok(Admission::Parked(reason))
    }

    /// Whoever gives a record signs for it anew, so an older one may be signed by a key that was
    /// renewed since; one made after the change may not.
    fn is_made_under_past_key(&mut self, record: &Record) -> Result<bool, Fault> {
        let originator = self.partner(&record.header().originator)?;
        let past = originator.as_ref().and_then(|one| one.past_release(record.key()));
        Ok(past.is_some_and(|past| record.header().made > past.until))
    }

    /// What a withdrawal or an acknowledgement does beyond being kept.
    fn act_on(&mut self, record: &Record, from: &PartnerId, at: Moment) -> Result<(), Fault> {
        match record.body() {
            Ok(Body::Withdrawal(body)) => {
                let body = body.clone();
                self.take_recall(record, &body.digest, &body.reason, body.gone_by)
            }
            Ok(Body::Acknowledgement(body)) => {
                let given = [EntryKind::Release, EntryKind::Recall];
                let mut ours = false;
                for kind in given {
                    let sent = self.ledger.entry_about(from, Stream::Out, kind, &body.digest)?;
                    ours |= sent.is_some();
                }
                if ours {
                    let answer = AnswerDoc {
                        answer: body.answer.code().to_owned(),
                        reason: body.reason.clone(),
                        at,
                    };
                    let key = pair_key(&body.digest, from);
                    put(self.ledger, Shelf::Answer, &key, &answer)?;
                    self.notice(Notice::Releases);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// What is held of the record's item and variant by its originator.
    fn versions_of(&self, record: &Record) -> Result<Vec<Version>, Fault> {
        let header = record.header();
        self.ledger.versions(&header.originator, &header.item, header.variant)
    }

    /// A record that verifies but must not be shown yet, and why.
    fn park_reason(&self, record: &Record, versions: &[Version]) -> Result<Option<Reason>, Fault> {
        let header = record.header();
        if let Err(reason) = record.body() {
            return Ok(Some(reason.clone()));
        }
        // A recall only takes away: no clock and no other version holds it up.
        if header.kind == Kind::Withdrawal {
            return Ok(None);
        }
        if header.made.micros().saturating_sub(self.now.micros()) > limits::AHEAD_US {
            return Ok(Some(Reason::ClockAhead));
        }
        for (version, digest) in versions {
            if digest == record.digest() {
                continue;
            }
            let Some(other) = self.ledger.held(digest)? else {
                continue;
            };
            let (theirs, ours) = (other.record.label(), record.label());
            // Who wrote one under another label may not have seen the other: they stand side by
            // side. Under one label there is one version.
            if *version == header.version && theirs.is_read_like(ours) {
                return Ok(Some(Reason::VersionForked));
            }
            let older = *version < header.version;
            if older && self.answers_for(record, digest)? && is_looser(record, &other.record) {
                return Ok(Some(Reason::LabelLooser));
            }
        }
        Ok(None)
    }

    /// What one partner has parked takes no place from what others may park.
    fn has_parked_all_it_may(&self, from: &PartnerId) -> Result<bool, Fault> {
        let parked = self.ledger.docs(Shelf::Parked, &parked_prefix(from))?.len();
        Ok(u64::try_from(parked).unwrap_or(u64::MAX) >= limits::PARKED)
    }

    /// Whether a version must answer for an older one: for that which it replaces, if that is here,
    /// and for all of them if not.
    fn answers_for(&self, record: &Record, older: &Digest) -> Result<bool, Fault> {
        match &record.header().replaces {
            Some(replaces) if replaces != older => Ok(!self.ledger.knows(replaces)?),
            Some(_) | None => Ok(true),
        }
    }

    /// An older version that arrives late can show that a newer one, kept already, was loosened.
    fn park_looser_versions(&mut self, record: &Record, versions: &[Version]) -> Result<(), Fault> {
        let header = record.header();
        if header.kind == Kind::Withdrawal {
            return Ok(());
        }
        for (version, digest) in versions {
            if *version <= header.version {
                continue;
            }
            let newer = self.ledger.held(digest)?;
            let kept = newer.filter(|newer| newer.standing == Standing::Kept);
            let Some(kept) = kept else { continue };
            if self.answers_for(&kept.record, record.digest())? && is_looser(&kept.record, record) {
                let parked = Standing::Parked(Reason::LabelLooser.code().to_owned());
                self.ledger.set_standing(digest, &parked)?;
            }
        }
        Ok(())
    }

    /// A third partner's record is taken only with that partner's own signed word that the sender
    /// may pass it to us.
    fn check_grant(
        &self,
        record: &Record,
        from: &Partner,
        entry: &Entry,
    ) -> Result<Result<Tighten, Reason>, Fault> {
        let originator = &record.header().originator;
        if *originator == self.own.id {
            // Our own record comes home: nobody else's leave is needed.
            return Ok(Ok(Tighten::default()));
        }
        if record.header().kind == Kind::Withdrawal {
            // A recall only takes away, so its originator's signature is enough.
            return Ok(Ok(Tighten::default()));
        }
        let Some(originator) = Partner::find(self.ledger, originator)? else {
            return Ok(Err(Reason::KeyUnknown));
        };
        let Some(proof) = &entry.grant else {
            return Ok(Err(Reason::OriginatorDecides));
        };
        Ok(granted(proof, record, &originator, from, &self.own.id))
    }

    /// A second entry for a record we hold can only add to whom we may pass it on.
    fn widen_onward(
        &mut self,
        record: &Record,
        from: &Partner,
        entry: &Entry,
    ) -> Result<(), Fault> {
        let named = named_by_originator(record, from, entry);
        if named.is_empty() {
            return Ok(());
        }
        let Some(held) = self.ledger.held(record.digest())? else {
            return Ok(());
        };
        let mut onward = held.onward;
        onward.extend(named.iter().cloned());
        onward.sort();
        onward.dedup();
        self.ledger.set_onward(record.digest(), &onward)
    }

    /// Tells a partner that one of its records was parked or refused; only the code is told.
    pub(crate) fn tell_parked(
        &mut self,
        partner: &PartnerId,
        entry: &Entry,
        reason: Option<&Reason>,
    ) -> Result<(), Fault> {
        self.put_in_tray(
            partner,
            TrayLine {
                kind: EntryKind::ParkAck,
                digest: entry.digest,
                onward: Vec::new(),
                tighten: Tighten::default(),
                precedence: Precedence::Routine,
                reason: reason.map(|reason| match reason.tell() {
                    diwan_record::Tell::Partner => reason.code().to_owned(),
                    diwan_record::Tell::Inside => "policy".to_owned(),
                }),
                size: 0,
            },
        )
    }

    /// Our partner parked or refused a record of ours.
    pub(crate) fn take_park_ack(&mut self, from: &PartnerId, entry: &Entry) -> Result<(), Fault> {
        let stream = Stream::Out;
        let sent = self.ledger.entry_about(from, stream, EntryKind::Release, &entry.digest)?;
        if sent.is_none() {
            return Ok(());
        }
        // Of a record we took back we await another answer: that it is removed.
        let recall = RecallDoc::find(self.ledger, &entry.digest)?;
        if recall.is_some_and(|recall| recall.covers(from)) {
            return Ok(());
        }
        let key = pair_key(&entry.digest, from);
        let reason = entry.reason.clone().map(|code| code.chars().take(60).collect());
        match reason {
            None => self.ledger.remove_doc(Shelf::Answer, &key)?,
            Some(code) => {
                let answer =
                    AnswerDoc { answer: "refused".to_owned(), reason: Some(code), at: entry.made };
                put(self.ledger, Shelf::Answer, &key, &answer)?;
            }
        }
        self.notice(Notice::Releases);
        Ok(())
    }

    /// Time passed: records whose author's clock was ahead may be due by now.
    pub(crate) fn unpark_due(&mut self) -> Result<(), Fault> {
        let due = self.now.plus(limits::AHEAD_US).micros().to_be_bytes();
        let waiting = self.ledger.docs(Shelf::Due, &[])?;
        let waiting = waiting.into_iter().map(|(key, _)| key);
        for key in waiting.take_while(|key| key.as_slice() < due.as_slice()).take(limits::PAGE) {
            self.ledger.remove_doc(Shelf::Due, &key)?;
            if let Some(digest) = key.last_chunk::<32>() {
                self.unpark(&Digest(*digest))?;
            }
        }
        Ok(())
    }

    fn unpark(&mut self, digest: &Digest) -> Result<(), Fault> {
        let Some(held) = self.ledger.held(digest)? else {
            return Ok(());
        };
        let waits = Standing::Parked(Reason::ClockAhead.code().to_owned());
        let versions = self.versions_of(&held.record)?;
        if held.standing != waits || self.park_reason(&held.record, &versions)?.is_some() {
            return Ok(());
        }
        self.ledger.set_standing(digest, &Standing::Kept)?;
        if let Source::Partner(from) = &held.source {
            self.ledger.remove_doc(Shelf::Parked, &parked_key(from, digest))?;
        }
        self.notice(Notice::Ledger);
        self.log(None, "unparked", vec![("record", digest.to_string())])?;
        self.park_looser_versions(&held.record, &versions)?;
        match &held.source {
            Source::Partner(from) => self.act_on(&held.record, from, held.received),
            Source::Own => Ok(()),
        }
    }

    /// The originator's proof that a foreign record may be passed on to this partner.
    pub(crate) fn grant_for(&self, held: &Held, to: &PartnerId) -> Result<Option<Proof>, Fault> {
        let key = grant_key(held.record.digest(), &held.record.header().originator);
        let mut found: Vec<Proof> = docs(self.ledger, Shelf::Grant, &key)?;
        found.retain(|proof| Entry::read(&proof.entry).is_ok_and(|one| one.onward.contains(to)));
        Ok(found.pop())
    }
}

/// To whom the originator itself says a record may be passed on. A partner in between cannot say.
fn named_by_originator<'a>(record: &Record, from: &Partner, entry: &'a Entry) -> &'a [PartnerId] {
    if record.header().originator == from.id { &entry.onward } else { &[] }
}

/// Proofs of one originator over one record; each lies under its place in the stream.
pub(crate) fn grant_key(digest: &Digest, originator: &PartnerId) -> Vec<u8> {
    // No code of a partner holds a slash, so no code is the beginning of another here.
    [pair_key(digest, originator).as_slice(), b"/"].concat()
}

/// No code of a partner holds a slash, so no code is the beginning of another here.
fn parked_prefix(from: &PartnerId) -> Vec<u8> {
    [from.as_str().as_bytes(), b"/"].concat()
}

/// Whose stream gave us a record that was parked at the door, then its digest.
pub(crate) fn parked_key(from: &PartnerId, digest: &Digest) -> Vec<u8> {
    [parked_prefix(from).as_slice(), &digest.0].concat()
}

/// When a record parked for its author's clock is due, then its digest.
fn due_key(record: &Record) -> Vec<u8> {
    let made = record.header().made.micros().max(0).to_be_bytes();
    [made.as_slice(), &record.digest().0].concat()
}

/// Whether a version lets more readers in than one before it, without two people having said so.
fn is_looser(newer: &Record, older: &Record) -> bool {
    let (now, then) = (newer.label(), older.label());
    !newer.header().downgrade
        && (now.tlp < then.tlp
            || now.handling < then.handling
            || (then.orcon && !now.orcon)
            || !now.purpose.is_subset(&then.purpose)
            || now.state != then.state)
}

/// Whether the originator's stream to the sender says that this record may come to us.
fn granted(
    proof: &Proof,
    record: &Record,
    originator: &Partner,
    sender: &Partner,
    own: &PartnerId,
) -> Result<Tighten, Reason> {
    // When a grant was signed cannot be told from outside its stream, so after a key was renewed
    // its originator must say it again.
    let past = || originator.keys(KeyRole::Release).skip(1).any(|key| proof.open(key).is_ok());
    let opened = proof.open(&originator.release);
    let entry = opened.map_err(|reason| if past() { Reason::KeyRetired } else { reason })?;
    let right_stream = entry.stream == stream_id(&originator.root.id(), &sender.root.id());
    let right_kind = matches!(entry.kind, EntryKind::Release | EntryKind::Grant);
    let names_us = entry.digest == *record.digest() && entry.onward.contains(own);
    if right_stream && right_kind && names_us {
        Ok(entry.tighten)
    } else {
        Err(Reason::OriginatorDecides)
    }
}
