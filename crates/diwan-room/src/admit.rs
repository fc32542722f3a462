//! The one door: every record that comes from outside passes here.

use diwan_record::kind::Body;
use diwan_record::{
    Entry, EntryKind, Kind, PartnerId, Precedence, Proof, Reason, Record, limits, stream_id,
};

use crate::agreement::Terms;
use crate::docs::{doc, pair_key, put};
use crate::effect::Notice;
use crate::ledger::{Fault, Held, Shelf, Source, Standing, Stream, TrayLine};
use crate::partner::Partner;
use crate::recall::{AnswerDoc, tombstone_key};
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
            self.widen_onward(&record, entry)?;
            return Ok(Admission::Known);
        }
        let tombstone = tombstone_key(&digest, &header.originator);
        if self.ledger.doc(Shelf::Tombstone, &tombstone)?.is_some() {
            return Ok(Admission::Refused(Reason::Withdrawn));
        }
        let label = header.label.tightened(&entry.tighten);
        if header.originator != from.id
            && let Err(reason) = self.check_grant(&record, from, entry)?
        {
            return Ok(Admission::Refused(reason));
        }
        if !is_exchange(&header.kind) {
            let covered = terms
                .clone()
                .and_then(|terms| terms.cover(&header.kind, &label));
            if let Err(reason) = covered {
                return Ok(Admission::Refused(reason));
            }
        }
        let standing = match self.park_reason(&record)? {
            Some(Reason::ParkedFull) => return Ok(Admission::Refused(Reason::ParkedFull)),
            Some(reason) => Standing::Parked(reason.code().to_owned()),
            None => Standing::Kept,
        };
        let ours = header.originator == self.own.id;
        let kept = standing == Standing::Kept;
        let held = Held {
            position: 0,
            label,
            label_no: 0,
            source: if ours {
                Source::Own
            } else {
                Source::Partner(from.id.clone())
            },
            onward: entry.onward.clone(),
            precedence: entry.precedence,
            received: self.now,
            standing,
            record,
        };
        self.ledger.keep(&held)?;
        self.notice(Notice::Ledger);
        if kept {
            self.act_on(&held.record, from, entry)?;
            return Ok(Admission::Kept);
        }
        let reason = self
            .park_reason(&held.record)?
            .unwrap_or(Reason::RecordUnknown);
        Ok(Admission::Parked(reason))
    }

    /// What a withdrawal or an acknowledgement does beyond being kept.
    fn act_on(&mut self, record: &Record, from: &Partner, entry: &Entry) -> Result<(), Fault> {
        match record.body() {
            Ok(Body::Withdrawal(body)) => {
                let body = body.clone();
                self.take_recall(record, &body.digest, &body.reason, body.gone_by)
            }
            Ok(Body::Acknowledgement(body)) => {
                let given = [EntryKind::Release, EntryKind::Recall];
                let mut ours = false;
                for kind in given {
                    let at = self
                        .ledger
                        .entry_about(&from.id, Stream::Out, kind, &body.digest)?;
                    ours |= at.is_some();
                }
                if ours {
                    let answer = AnswerDoc {
                        answer: body.answer.code().to_owned(),
                        reason: body.reason.clone(),
                        at: entry.made,
                    };
                    let key = pair_key(&body.digest, &from.id);
                    put(self.ledger, Shelf::Answer, &key, &answer)?;
                    self.notice(Notice::Releases);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// A record that verifies but must not be shown yet, and why.
    fn park_reason(&self, record: &Record) -> Result<Option<Reason>, Fault> {
        let header = record.header();
        if let Err(reason) = record.body() {
            return self.park(reason.clone());
        }
        if header.made.micros().saturating_sub(self.now.micros()) > limits::AHEAD_US {
            return self.park(Reason::ClockAhead);
        }
        let versions = self
            .ledger
            .versions(&header.originator, &header.item, header.variant)?;
        for (version, digest) in versions {
            if digest == *record.digest() {
                continue;
            }
            if version == header.version {
                return self.park(Reason::VersionForked);
            }
            let replaced = header.replaces == Some(digest);
            if replaced && !header.downgrade && self.is_looser(record, &digest)? {
                return self.park(Reason::LabelLooser);
            }
        }
        Ok(None)
    }

    fn park(&self, reason: Reason) -> Result<Option<Reason>, Fault> {
        let full = self
            .ledger
            .parked(usize::try_from(limits::PARKED).unwrap_or(usize::MAX))?
            .len();
        let full = u64::try_from(full).unwrap_or(u64::MAX) >= limits::PARKED;
        Ok(Some(if full { Reason::ParkedFull } else { reason }))
    }

    fn is_looser(&self, record: &Record, before: &diwan_record::Digest) -> Result<bool, Fault> {
        let before = self.ledger.held(before)?;
        Ok(before.is_some_and(|before| {
            let (now, then) = (record.label(), before.record.label());
            now.tlp < then.tlp
                || now.handling < then.handling
                || now.orcon < then.orcon
                || !now.purpose.is_subset(&then.purpose)
                || now.state != then.state
        }))
    }

    /// A third partner's record is taken only with that partner's own signed word that the sender
    /// may pass it to us.
    fn check_grant(
        &self,
        record: &Record,
        from: &Partner,
        entry: &Entry,
    ) -> Result<Result<(), Reason>, Fault> {
        let originator = &record.header().originator;
        if *originator == self.own.id {
            // Our own record comes home: nobody else's leave is needed.
            return Ok(Ok(()));
        }
        if *record.header().kind.code() == *Kind::Withdrawal.code() {
            // A recall only takes away, so its originator's signature is enough.
            return Ok(Ok(()));
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
    fn widen_onward(&mut self, record: &Record, entry: &Entry) -> Result<(), Fault> {
        if entry.onward.is_empty() {
            return Ok(());
        }
        let Some(held) = self.ledger.held(record.digest())? else {
            return Ok(());
        };
        let mut onward = held.onward;
        onward.extend(entry.onward.iter().cloned());
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
                tighten: diwan_record::Tighten::default(),
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
        let sent = self
            .ledger
            .entry_about(from, stream, EntryKind::Release, &entry.digest)?;
        if sent.is_none() {
            return Ok(());
        }
        let key = pair_key(&entry.digest, from);
        let reason = entry
            .reason
            .clone()
            .map(|code| code.chars().take(60).collect());
        match reason {
            None => self.ledger.remove_doc(Shelf::Answer, &key)?,
            Some(code) => {
                let answer = AnswerDoc {
                    answer: "refused".to_owned(),
                    reason: Some(code),
                    at: entry.made,
                };
                put(self.ledger, Shelf::Answer, &key, &answer)?;
            }
        }
        self.notice(Notice::Releases);
        Ok(())
    }

    /// Time passed: records whose author's clock was ahead may be due by now.
    pub(crate) fn unpark_due(&mut self) -> Result<(), Fault> {
        for digest in self.ledger.parked(limits::PAGE)? {
            let Some(held) = self.ledger.held(&digest)? else {
                continue;
            };
            let waits = Standing::Parked(Reason::ClockAhead.code().to_owned());
            if held.standing == waits && self.park_reason(&held.record)?.is_none() {
                self.ledger.set_standing(&digest, &Standing::Kept)?;
                self.notice(Notice::Ledger);
                self.log(None, "unparked", vec![("record", digest.to_string())])?;
            }
        }
        Ok(())
    }

    /// The proof by which we may pass a foreign record on.
    pub(crate) fn grant_for(&self, held: &Held) -> Result<Option<Proof>, Fault> {
        let key = pair_key(held.record.digest(), &held.record.header().originator);
        doc(self.ledger, Shelf::Grant, &key)
    }
}

/// Whether the originator's stream to the sender says that this record may come to us.
fn granted(
    proof: &Proof,
    record: &Record,
    originator: &Partner,
    sender: &Partner,
    own: &PartnerId,
) -> Result<(), Reason> {
    let entry = proof.open(&originator.release)?;
    let right_stream = entry.stream == stream_id(&originator.root.id(), &sender.root.id());
    let right_kind = matches!(entry.kind, EntryKind::Release | EntryKind::Grant);
    let names_us = entry.digest == *record.digest() && entry.onward.contains(own);
    if right_stream && right_kind && names_us {
        Ok(())
    } else {
        Err(Reason::OriginatorDecides)
    }
}
