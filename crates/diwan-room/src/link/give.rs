//! The way out: what waits in a tray becomes numbered, signed runs on a link.

use diwan_record::{
    Digest, Entry, EntryKind, Head, HeadStatement, PartnerId, Reason, Run, StreamId, limits,
};

use super::Session;
use super::frame::{Frame, Papers};
use crate::docs::{pair_key, put};
use crate::effect::Effect;
use crate::ledger::{Fault, Shelf, Source, Stream, StreamEntry, TrayLine};
use crate::partner::Partner;
use crate::recall::RecallDoc;
use crate::room::Step;

impl Session {
    /// What fits into a window of so many entries beyond the last receipt: its name, the next
    /// number, and how many.
    fn free(&self, window: u64) -> Option<(Digest, u64, u64)> {
        let session = self.joined.filter(|_| self.adopting.is_none() && self.next > 0)?;
        let flying = self.next.saturating_sub(self.acknowledged.saturating_add(1));
        let bytes: u64 = self.flying.iter().map(|(_, size)| size).sum();
        let room = window.checked_sub(flying).filter(|room| *room > 0)?;
        (bytes < limits::WINDOW_BYTES).then_some((session, self.next, room))
    }
}

impl Step<'_> {
    /// Sends what the window allows: first what was numbered before, then from the tray. What is
    /// urgent does not wait for room: it is first in the tray, and the window grows by as much.
    pub(crate) fn pump(&mut self, partner: &PartnerId, urgent: u64) -> Result<(), Fault> {
        let window = limits::WINDOW_ENTRIES + urgent.min(limits::WINDOW_URGENT);
        let Some(known) = self.partner(partner)? else {
            return Ok(());
        };
        let free = |one: &Session| one.free(window);
        while let Some((session, next, room)) = self.sessions.get(partner).and_then(free) {
            let run = match self.run_from(partner, Stream::Out, next)? {
                None => self.number(&known, room)?,
                numbered => numbered,
            };
            let Some(run) = run else { break };
            self.give(partner, session, run)?;
        }
        Ok(())
    }

    /// The run that begins at this number, if there is one.
    pub(super) fn run_from(
        &self,
        partner: &PartnerId,
        stream: Stream,
        seq: u64,
    ) -> Result<Option<Vec<StreamEntry>>, Fault> {
        let mut run = self.ledger.entries(partner, stream, seq, limits::RUN_ENTRIES)?;
        let last = run.iter().position(|one| one.signed_head.is_some());
        run.truncate(last.map_or(0, |last| last.saturating_add(1)));
        Ok(last.map(|_| run))
    }

    /// Takes from the tray, gives numbers, chains and signs: one signature for the run.
    fn number(&mut self, partner: &Partner, room: u64) -> Result<Option<Vec<StreamEntry>>, Fault> {
        let most = limits::RUN_FILL.min(usize::try_from(room).unwrap_or(usize::MAX));
        let in_force = self.terms(&partner.id, &self.own.id)?;
        let stream = self.own.stream_to(partner);
        let mut head = self.head(partner, Stream::Out)?;
        let mut run = Vec::new();
        // The keys alone: what waits is signed for with the newest, and fills the next run.
        let mut lines = self.keys_to_tell(partner)?;
        loop {
            for line in lines {
                if let Some(entry) = self.entry_of(partner, line, (&stream, &head), &in_force)? {
                    head = push(&mut run, entry, &head);
                }
            }
            if let Some(last) = run.last_mut() {
                last.signed_head = Some(HeadStatement { stream, head }.seal(&self.own.release));
                break;
            }
            // Nothing of what was taken may leave: what waits behind it still may.
            lines = self.ledger.take_queued(&partner.id, most, limits::RUN_BYTES)?;
            if lines.is_empty() {
                return Ok(None);
            }
        }
        self.ledger.append(&partner.id, Stream::Out, &run)?;
        Ok(Some(run))
    }

    /// The next entry of the stream; nothing, and the reason kept, if the line may not leave.
    fn entry_of(
        &mut self,
        partner: &Partner,
        line: TrayLine,
        (stream, head): (&StreamId, &Head),
        in_force: &Result<crate::agreement::Terms, Reason>,
    ) -> Result<Option<Entry>, Fault> {
        if let Err(reason) = self.may_leave(partner, &line, in_force)? {
            let key = pair_key(&line.digest, &partner.id);
            put(self.ledger, Shelf::Withheld, &key, &reason.code().to_owned())?;
            return Ok(None);
        }
        Ok(Some(Entry {
            stream: *stream,
            incarnation: head.incarnation,
            seq: head.seq.saturating_add(1),
            kind: line.kind,
            digest: line.digest,
            grant: self.grant_of(&line, &partner.id)?,
            onward: line.onward,
            tighten: line.tighten,
            precedence: line.precedence,
            made: self.now,
            reason: line.reason,
        }))
    }

    /// The last look before a number is given: the agreement may have ended since the ruling.
    fn may_leave(
        &self,
        partner: &Partner,
        line: &TrayLine,
        in_force: &Result<crate::agreement::Terms, Reason>,
    ) -> Result<Result<(), Reason>, Fault> {
        match line.kind {
            EntryKind::Release | EntryKind::Grant => {}
            EntryKind::Recall
            | EntryKind::Answer
            | EntryKind::ParkAck
            | EntryKind::Agreement
            | EntryKind::GrantEnd
            | EntryKind::Key => return Ok(Ok(())),
        }
        if self.is_recalled(&line.digest, &partner.id)? {
            return Ok(Err(Reason::Withdrawn));
        }
        Ok(in_force.as_ref().map(drop).map_err(Clone::clone))
    }

    fn is_recalled(&self, digest: &Digest, from: &PartnerId) -> Result<bool, Fault> {
        let recall = RecallDoc::find(self.ledger, digest)?;
        Ok(recall.is_some_and(|recall| recall.covers(from)))
    }

    fn grant_of(
        &self,
        line: &TrayLine,
        to: &PartnerId,
    ) -> Result<Option<diwan_record::Proof>, Fault> {
        if line.kind != EntryKind::Release {
            return Ok(None);
        }
        // Our own records need no grant, and most lines are ours: look only where one may be.
        let found = self.ledger.docs(Shelf::Grant, &line.digest.0)?;
        if found.is_empty() {
            return Ok(None);
        }
        let held = self.ledger.held(&line.digest)?.filter(|held| held.source != Source::Own);
        held.map_or(Ok(None), |held| self.grant_for(&held, to))
    }

    fn give(
        &mut self,
        partner: &PartnerId,
        session: Digest,
        run: Vec<StreamEntry>,
    ) -> Result<(), Fault> {
        let last = run.last().map(|one| one.entry.seq);
        let papers = Papers(self.papers(&run, partner)?);
        let frame = Frame::Give { session, run: as_run(run), papers }.to_bytes();
        let size = u64::try_from(frame.len()).unwrap_or(u64::MAX);
        if let Some((last, session)) = last.zip(self.sessions.get_mut(partner)) {
            session.next = last.saturating_add(1);
            session.flying.push_back((last, size));
        }
        self.effects.push(Effect::Send { partner: partner.clone(), frame });
        Ok(())
    }

    /// The papers of a run, each once. What was recalled since it was numbered does not leave.
    pub(super) fn papers(
        &self,
        run: &[StreamEntry],
        to: &PartnerId,
    ) -> Result<Vec<Vec<u8>>, Fault> {
        let mut papers = Vec::with_capacity(run.len());
        for one in run {
            let digest = &one.entry.digest;
            let paper = match one.entry.kind {
                EntryKind::Release if self.is_recalled(digest, to)? => None,
                EntryKind::Release | EntryKind::Recall | EntryKind::Answer => {
                    self.ledger.bytes(digest)?
                }
                EntryKind::Agreement => self.ledger.doc(Shelf::Paper, &digest.0)?,
                EntryKind::Key => self.own.statement(digest),
                EntryKind::Grant | EntryKind::GrantEnd | EntryKind::ParkAck => None,
            };
            papers.extend(paper);
        }
        Ok(papers)
    }
}

/// Puts an entry at the end of a run; gives the head after it.
fn push(run: &mut Vec<StreamEntry>, entry: Entry, head: &Head) -> Head {
    let bytes = entry.to_bytes();
    let head = head.after(&bytes);
    run.push(StreamEntry { head, entry, bytes, signed_head: None });
    head
}

pub(super) fn as_run(kept: Vec<StreamEntry>) -> Run {
    let head = kept.last().and_then(|one| one.signed_head.clone()).unwrap_or_default();
    Run { entries: kept.into_iter().map(|one| one.bytes).collect(), head }
}
