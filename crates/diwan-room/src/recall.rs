//! Recall: the originator takes a record back, holders remove it and answer.

use diwan_record::kind::{Acknowledgement, Answer};
use diwan_record::{
    Body, Digest, Draft, EntryKind, ItemId, Kind, Label, Moment, PartnerId, Precedence, Reason,
    Record, seal,
};
use minicbor::{Decode, Encode};

use crate::admit::parked_key;
use crate::docs::{doc, docs, pair_key, put};
use crate::effect::{Notice, Outcome};
use crate::enter::derived_item;
use crate::ledger::{Fault, Held, Ledger, Shelf, Source, Stream, TrayLine};
use crate::partner::Partner;
use crate::person::{Person, PersonId};
use crate::release::names;
use crate::room::{Halt, Step};

/// A recall of ours: of which record, from whom.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RecallDoc {
    #[n(0)]
    pub digest: Digest,
    /// The person who started it; absent when a narrowed agreement did.
    #[n(1)]
    pub by: Option<String>,
    #[n(2)]
    pub at: Moment,
    #[n(3)]
    pub reason: String,
    #[n(4)]
    pub gone_by: Moment,
    /// The withdrawal record that says so.
    #[n(5)]
    pub withdrawal: Digest,
    /// Partners it was sent to.
    #[n(6)]
    pub from: Vec<PartnerId>,
    /// Taken back from everyone: it is not released again.
    #[n(7)]
    pub whole: bool,
    /// Partners it was taken back from before it left for them: they never held it, and a release
    /// signed earlier does not reach them any more.
    #[n(8)]
    pub never_left: Vec<PartnerId>,
}

impl RecallDoc {
    /// # Errors
    /// A fault of the ledger.
    pub fn find(ledger: &dyn Ledger, digest: &Digest) -> Result<Option<Self>, Fault> {
        doc(ledger, Shelf::Recall, &digest.0)
    }

    /// Every recall of ours.
    ///
    /// # Errors
    /// A fault of the ledger.
    pub fn all(ledger: &dyn Ledger) -> Result<Vec<Self>, Fault> {
        docs(ledger, Shelf::Recall, &[])
    }

    /// Whether the record may not go to this partner any more.
    #[must_use]
    pub fn covers(&self, partner: &PartnerId) -> bool {
        self.whole || self.from.contains(partner) || self.never_left.contains(partner)
    }
}

/// A recall by a partner, as we received it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Received {
    #[n(0)]
    pub digest: Digest,
    #[n(1)]
    pub originator: PartnerId,
    #[n(2)]
    pub reason: String,
    #[n(3)]
    pub gone_by: Moment,
    #[n(4)]
    pub at: Moment,
    /// What we answered last.
    #[n(5)]
    pub answer: String,
}

impl Received {
    /// # Errors
    /// A fault of the ledger.
    pub fn all(ledger: &dyn Ledger) -> Result<Vec<Self>, Fault> {
        docs(ledger, Shelf::Received, &[])
    }
}

/// What a partner answered about one of our records.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct AnswerDoc {
    /// `parked`, `refused`, or an acknowledgement's code.
    #[n(0)]
    pub answer: String,
    /// A reason code for parked and refused; the partner's words otherwise.
    #[n(1)]
    pub reason: Option<String>,
    #[n(2)]
    pub at: Moment,
}

impl AnswerDoc {
    /// # Errors
    /// A fault of the ledger.
    pub fn find(
        ledger: &dyn Ledger,
        digest: &Digest,
        partner: &PartnerId,
    ) -> Result<Option<Self>, Fault> {
        doc(ledger, Shelf::Answer, &pair_key(digest, partner))
    }
}

/// Marks a digest as taken back by its originator, whether or not the record ever arrives.
pub(crate) fn tombstone_key(digest: &Digest, originator: &PartnerId) -> Vec<u8> {
    pair_key(digest, originator)
}

impl Step<'_> {
    /// The watch may start it alone: it only ever takes back.
    pub(crate) fn recall(
        &mut self,
        by: &PersonId,
        digest: &Digest,
        reason: &str,
        gone_by: Moment,
        only_from: &[PartnerId],
    ) -> Result<Outcome, Halt> {
        let person = self.person(by)?;
        if !person.may(crate::person::Role::recalls) {
            return Err(Reason::RoleMissing.into());
        }
        let held = self.ledger.held(digest)?.ok_or(Reason::ItemUnknown)?;
        person.entitlement.covers(&held.label).map_err(|_| Reason::ItemUnknown)?;
        if held.source != Source::Own {
            return Err(Reason::NotOurs.into());
        }
        let taken = Taken { by: Some(by), reason, gone_by, only_from };
        let withdrawal = self.withdraw(&held, &taken)?;
        Ok(Outcome::Record { digest: *withdrawal.digest(), item: held.record.header().item })
    }

    /// Takes a record back from some partners because of an agreement, not a person.
    pub(crate) fn take_back(
        &mut self,
        held: &Held,
        from: &[PartnerId],
        reason: &str,
    ) -> Result<(), Fault> {
        let gone_by = self.now.plus(86_400_000_000);
        let taken = Taken { by: None, reason, gone_by, only_from: from };
        if held.source == Source::Own {
            match self.withdraw(held, &taken) {
                Ok(_) => {}
                Err(Halt::Fault(fault)) => return Err(fault),
                Err(Halt::Refused(reason)) => {
                    let detail = vec![("reason", reason.code().to_owned())];
                    self.log(None, "refused", detail)?;
                }
            }
        }
        Ok(())
    }

    fn withdraw(&mut self, held: &Held, taken: &Taken<'_>) -> Result<Record, Halt> {
        let digest = *held.record.digest();
        let withdrawal = diwan_record::kind::Withdrawal {
            digest,
            reason: taken.reason.to_owned(),
            gone_by: taken.gone_by,
        };
        let record = self.seal_answer(
            derived_item(b"withdrawal", &digest, &self.own.id),
            Kind::Withdrawal,
            held.label.clone(),
            withdrawal.to_json(),
        )?;
        let precedence = held.precedence.max(Precedence::Immediate);
        self.keep_own(record.clone(), precedence)?;
        let whole = taken.only_from.is_empty();
        let (from, never_left) = self.tell_holders(&digest, &record, precedence, taken)?;
        let before = RecallDoc::find(self.ledger, &digest)?;
        let joined = |now: Vec<PartnerId>, before: Option<Vec<PartnerId>>| {
            let mut all = before.unwrap_or_default();
            all.extend(now);
            all.sort();
            all.dedup();
            all
        };
        let recall = RecallDoc {
            digest,
            by: taken.by.map(ToString::to_string),
            at: self.now,
            reason: taken.reason.to_owned(),
            gone_by: taken.gone_by,
            withdrawal: *record.digest(),
            whole: whole || before.as_ref().is_some_and(|before| before.whole),
            from: joined(from, before.as_ref().map(|before| before.from.clone())),
            never_left: joined(never_left, before.map(|before| before.never_left)),
        };
        put(self.ledger, Shelf::Recall, &digest.0, &recall)?;
        self.log(
            recall.by.clone(),
            "recalled",
            vec![("record", digest.to_string()), ("from", names(&recall.from))],
        )?;
        Ok(record)
    }

    /// Queues the withdrawal for those who hold the record; takes it out of trays it never left.
    fn tell_holders(
        &mut self,
        digest: &Digest,
        withdrawal: &Record,
        precedence: Precedence,
        taken: &Taken<'_>,
    ) -> Result<(Vec<PartnerId>, Vec<PartnerId>), Fault> {
        let (mut from, mut never_left) = (Vec::new(), Vec::new());
        for partner in Partner::all(self.ledger)? {
            if !taken.only_from.is_empty() && !taken.only_from.contains(&partner.id) {
                continue;
            }
            let waited = self.ledger.unqueue(&partner.id, digest)?;
            let sent =
                self.ledger.entry_about(&partner.id, Stream::Out, EntryKind::Release, digest)?;
            if sent.is_some() {
                self.put_in_tray(&partner.id, line(EntryKind::Recall, withdrawal, precedence))?;
                from.push(partner.id);
            } else if waited || !taken.only_from.is_empty() {
                self.notice(Notice::Partner(partner.id.clone()));
                never_left.push(partner.id);
            }
        }
        Ok((from, never_left))
    }

    /// A withdrawal arrived: from here on the record is not shown, searched or passed on. It is
    /// purged in the same step, and the originator is told.
    pub(crate) fn take_recall(
        &mut self,
        withdrawal: &Record,
        target: &Digest,
        reason: &str,
        gone_by: Moment,
    ) -> Result<(), Fault> {
        let originator = withdrawal.header().originator.clone();
        self.ledger.put_doc(Shelf::Tombstone, &tombstone_key(target, &originator), &[])?;
        let received = Received {
            digest: *target,
            originator: originator.clone(),
            reason: reason.to_owned(),
            gone_by,
            at: self.now,
            answer: Answer::Removed.code().to_owned(),
        };
        put(self.ledger, Shelf::Received, &pair_key(target, &originator), &received)?;
        let held = self.ledger.held(target)?;
        if let Some(held) = held.filter(|held| held.record.header().originator == originator) {
            self.pass_recall_on(&held, withdrawal)?;
            let body = held.record.body().ok().and_then(Body::about);
            self.ledger.purge(target)?;
            if let Source::Partner(from) = &held.source {
                self.ledger.remove_doc(Shelf::Parked, &parked_key(from, target))?;
            }
            self.notice(Notice::Gone(body.unwrap_or(held.record.header().item)));
            self.notice(Notice::Ledger);
        }
        self.log(
            Some(originator.to_string()),
            "recall-received",
            vec![("record", target.to_string())],
        )?;
        self.tell_originator(&originator, target, withdrawal.label(), Answer::Removed, None)
    }

    /// Recall follows the grants by which the record was passed on.
    fn pass_recall_on(&mut self, held: &Held, withdrawal: &Record) -> Result<(), Fault> {
        let digest = held.record.digest();
        // Whoever was given it, also under a grant that has ended since.
        for partner in Partner::all(self.ledger)? {
            let partner = partner.id;
            let waited = self.ledger.unqueue(&partner, digest)?;
            let kind = EntryKind::Release;
            let sent = self.ledger.entry_about(&partner, Stream::Out, kind, digest)?.is_some();
            if sent {
                let line = line(EntryKind::Recall, withdrawal, Precedence::Immediate);
                self.put_in_tray(&partner, line)?;
            } else if waited {
                self.notice(Notice::Partner(partner));
            }
        }
        Ok(())
    }

    /// A person of ours answers for a partner's record or recall.
    pub(crate) fn answer(
        &mut self,
        by: &PersonId,
        digest: &Digest,
        answer: Answer,
        reason: Option<String>,
    ) -> Result<Outcome, Halt> {
        let person = self.person(by)?;
        if !person.may(crate::person::Role::asks_release) {
            return Err(Reason::RoleMissing.into());
        }
        let (originator, label) = self.answerable(&person, digest)?;
        let key = pair_key(digest, &originator);
        if let Some(mut received) = doc::<Received>(self.ledger, Shelf::Received, &key)? {
            answer.code().clone_into(&mut received.answer);
            put(self.ledger, Shelf::Received, &key, &received)?;
        }
        self.log(
            Some(by.to_string()),
            "answered",
            vec![("record", digest.to_string()), ("answer", answer.code().to_owned())],
        )?;
        self.tell_originator(&originator, digest, &label, answer, reason)?;
        Ok(Outcome::Done)
    }

    /// The originator of a record we hold or had to remove, and the label to answer under.
    fn answerable(&self, person: &Person, digest: &Digest) -> Result<(PartnerId, Label), Halt> {
        if let Some(held) = self.ledger.held(digest)? {
            person.entitlement.covers(&held.label).map_err(|_| Reason::ItemUnknown)?;
            let originator = held.record.header().originator.clone();
            if originator == self.own.id {
                return Err(Reason::NotOurs.into());
            }
            return Ok((originator, held.label));
        }
        // More than one partner may have recalled it; only one of them can have written it.
        let received: Vec<Received> = docs(self.ledger, Shelf::Received, &digest.0)?;
        for received in received {
            let item = self.answer_item(digest, &received.originator);
            for (_, before) in self.ledger.versions(&self.own.id, &item, 0)? {
                let held = self.ledger.held(&before)?;
                let seen = held.filter(|held| person.entitlement.covers(&held.label).is_ok());
                if let Some(held) = seen {
                    return Ok((received.originator, held.label));
                }
            }
        }
        Err(Reason::ItemUnknown.into())
    }

    fn tell_originator(
        &mut self,
        originator: &PartnerId,
        digest: &Digest,
        label: &Label,
        answer: Answer,
        reason: Option<String>,
    ) -> Result<(), Fault> {
        let acknowledgement = Acknowledgement { digest: *digest, answer, reason };
        let item = self.answer_item(digest, originator);
        let kind = Kind::Acknowledgement;
        let sealed = self.seal_answer(item, kind, label.clone(), acknowledgement.to_json());
        match sealed {
            Ok(record) => {
                self.keep_own(record.clone(), Precedence::Priority)?;
                if Partner::find(self.ledger, originator)?.is_some() {
                    let line = line(EntryKind::Answer, &record, Precedence::Priority);
                    self.put_in_tray(originator, line)?;
                }
                Ok(())
            }
            Err(Halt::Fault(fault)) => Err(fault),
            // A label of a newer scheme cannot be written by us: the tombstone stands regardless.
            Err(Halt::Refused(reason)) => {
                self.log(None, "refused", vec![("reason", reason.code().to_owned())])
            }
        }
    }

    /// The item of our answers to one partner about one record.
    fn answer_item(&self, digest: &Digest, originator: &PartnerId) -> ItemId {
        let about = Digest::of_parts(&[&digest.0, originator.as_str().as_bytes()]);
        derived_item(b"acknowledgement", &about, &self.own.id)
    }

    /// A recall of ours that a restored ledger had forgotten: a partner gave it back.
    pub(crate) fn remember_recall(
        &mut self,
        withdrawal: &Record,
        partner: &PartnerId,
    ) -> Result<(), Fault> {
        let Ok(Body::Withdrawal(body)) = withdrawal.body() else {
            return Ok(());
        };
        let mut recall = RecallDoc::find(self.ledger, &body.digest)?.unwrap_or(RecallDoc {
            digest: body.digest,
            by: None,
            at: withdrawal.header().made,
            reason: body.reason.clone(),
            gone_by: body.gone_by,
            withdrawal: *withdrawal.digest(),
            from: Vec::new(),
            whole: false,
            never_left: Vec::new(),
        });
        if !recall.from.contains(partner) {
            recall.from.push(partner.clone());
            recall.from.sort();
        }
        put(self.ledger, Shelf::Recall, &body.digest.0, &recall)
    }

    /// Signs a record the node writes by itself, as the next version of its derived item.
    fn seal_answer(
        &self,
        item: ItemId,
        kind: Kind,
        label: Label,
        body: Vec<u8>,
    ) -> Result<Record, Halt> {
        let newest = self.ledger.versions(&self.own.id, &item, 0)?.into_iter().max();
        // A new version never loosens the one before, whatever it answers to.
        let mut label = label;
        if let Some((_, before)) = newest
            && let Some(before) = self.ledger.held(&before)?
        {
            let then = before.record.label().clone();
            label = Label {
                tlp: label.tlp.max(then.tlp),
                handling: label.handling.max(then.handling),
                orcon: label.orcon || then.orcon,
                ..then
            };
        }
        let draft = Draft {
            originator: self.own.id.clone(),
            item,
            kind,
            version: newest.map_or(1, |(version, _)| version.saturating_add(1)),
            variant: 0,
            replaces: newest.map(|(_, digest)| digest),
            label,
            body,
            made: self.now,
            author_role: "node".to_owned(),
        };
        Ok(seal(draft, &self.own.release)?)
    }
}

/// Who takes a record back and why.
struct Taken<'a> {
    by: Option<&'a PersonId>,
    reason: &'a str,
    gone_by: Moment,
    only_from: &'a [PartnerId],
}

fn line(kind: EntryKind, record: &Record, precedence: Precedence) -> TrayLine {
    TrayLine {
        kind,
        digest: *record.digest(),
        onward: Vec::new(),
        tighten: diwan_record::Tighten::default(),
        precedence,
        reason: None,
        size: u32::try_from(record.bytes().len()).unwrap_or(u32::MAX),
    }
}
