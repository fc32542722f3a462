//! The switchboard: one entrance for everything that can happen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use diwan_record::{Kind, Moment, PartnerId, Reason};

use crate::effect::{Effect, Notice, Outcome};
use crate::event::Event;
use crate::known::{InForce, Known};
use crate::ledger::{Fault, Ledger, LogLine};
use crate::link::Session;
use crate::partner::{Own, Partner};
use crate::person::{Person, PersonId};

/// Decides for one partner. It remembers only sessions; everything else is in the ledger.
#[derive(Debug)]
pub struct Room {
    own: Own,
    sessions: BTreeMap<PartnerId, Session>,
    known: Known,
}

/// Why a step stops: an answer of the room, or the world failing.
#[derive(Debug)]
pub(crate) enum Halt {
    Refused(Reason),
    Fault(Fault),
}

impl From<Reason> for Halt {
    fn from(reason: Reason) -> Self {
        Self::Refused(reason)
    }
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// One step under way: what it may read, and what it has decided so far.
pub(crate) struct Step<'a> {
    pub(crate) own: &'a Own,
    pub(crate) sessions: &'a mut BTreeMap<PartnerId, Session>,
    pub(crate) known: &'a mut Known,
    pub(crate) ledger: &'a mut dyn Ledger,
    pub(crate) now: Moment,
    pub(crate) effects: Vec<Effect>,
    /// Partners whose trays are to be pumped, and how much that is urgent came into each.
    pub(crate) stirred: BTreeMap<PartnerId, u64>,
    /// Partners who gave something: one receipt for all of it.
    pub(crate) owed: BTreeSet<PartnerId>,
}

/// Withdrawals and acknowledgements belong to the exchange itself: who may give may take back and
/// be answered, whatever the agreement says.
#[must_use]
pub fn is_exchange(kind: &Kind) -> bool {
    matches!(kind, Kind::Withdrawal | Kind::Acknowledgement)
}

impl Room {
    #[must_use]
    pub fn new(own: Own) -> Self {
        Self { own, sessions: BTreeMap::new(), known: Known::default() }
    }

    #[must_use]
    pub fn own(&self) -> &Own {
        &self.own
    }

    /// Takes one event to its end. Effects may be released only after the ledger's commit.
    ///
    /// A refusal changes nothing but the log.
    ///
    /// # Errors
    /// A fault of the ledger: the step must be undone and this room thrown away, because its
    /// sessions may be ahead of the ledger.
    pub fn step(
        &mut self,
        now: Moment,
        event: Event,
        ledger: &mut dyn Ledger,
    ) -> Result<(Outcome, Vec<Effect>), Fault> {
        let (mut outcomes, effects) = self.step_all(now, vec![event], ledger)?;
        // INVARIANT: one event has one outcome.
        Ok((outcomes.pop().unwrap_or(Outcome::Done), effects))
    }

    /// Takes what waits at the desk, in order; what follows from all of it leaves together, so
    /// that a burst of records travels in full runs under one signature each.
    ///
    /// # Errors
    /// As [`Room::step`]; the whole batch must be undone.
    pub fn step_all(
        &mut self,
        now: Moment,
        events: Vec<Event>,
        ledger: &mut dyn Ledger,
    ) -> Result<(Vec<Outcome>, Vec<Effect>), Fault> {
        let mut step = Step {
            own: &self.own,
            sessions: &mut self.sessions,
            known: &mut self.known,
            ledger,
            now,
            effects: Vec::new(),
            stirred: BTreeMap::new(),
            owed: BTreeSet::new(),
        };
        let mut outcomes = Vec::with_capacity(events.len());
        for event in events {
            outcomes.push(step.outcome(event)?);
        }
        step.send_receipts()?;
        step.pump_stirred()?;
        Ok((outcomes, step.effects))
    }
}

impl Event {
    /// Who is behind it, for the log of refusals.
    fn who(&self) -> Option<String> {
        match self {
            Self::Enter { by, .. }
            | Self::AskRelease { by, .. }
            | Self::SignRelease { by, .. }
            | Self::ReturnRelease { by, .. }
            | Self::Recall { by, .. }
            | Self::Answer { by, .. }
            | Self::Read { by, .. }
            | Self::Tend { by, .. }
            | Self::ProposeAgreement { by, .. }
            | Self::ApproveAgreement { by, .. }
            | Self::EndAgreement { by, .. }
            | Self::SettleIncident { by, .. }
            | Self::Pair { by: [by, _], .. } => Some(by.to_string()),
            Self::PutPerson { by, .. } => by.as_ref().map(ToString::to_string),
            Self::LinkUp { partner, .. }
            | Self::Arrived { partner, .. }
            | Self::LinkDown { partner } => Some(partner.to_string()),
            Self::Tick => None,
        }
    }
}

impl Step<'_> {
    fn outcome(&mut self, event: Event) -> Result<Outcome, Fault> {
        let who = event.who();
        match self.take(event) {
            Ok(outcome) => Ok(outcome),
            Err(Halt::Fault(fault)) => Err(fault),
            Err(Halt::Refused(reason)) => {
                self.log(who, "refused", vec![("reason", reason.code().to_owned())])?;
                Ok(Outcome::Refused(reason))
            }
        }
    }

    fn take(&mut self, event: Event) -> Result<Outcome, Halt> {
        match event {
            Event::Enter { by, new } => self.enter(&by, new),
            Event::AskRelease { by, id, ask } => self.ask_release(&by, id, ask),
            Event::SignRelease { by, id, request, approval } => {
                self.sign_release(&by, id, &request, approval)
            }
            Event::ReturnRelease { by, id, reason } => self.return_release(&by, id, reason),
            Event::Recall { by, digest, reason, gone_by, only_from } => {
                self.recall(&by, &digest, &reason, gone_by, &only_from)
            }
            Event::Answer { by, digest, answer, reason } => {
                self.answer(&by, &digest, answer, reason)
            }
            Event::Read { by, item } => self.read(&by, item),
            Event::Tend { by, what, about } => self.tend(&by, what, about),
            Event::PutPerson { by, person } => self.put_person(by.as_ref(), &person),
            Event::Pair { by, partner } => self.pair(&by, &partner),
            Event::ProposeAgreement { by, agreement } => self.propose(&by, *agreement),
            Event::ApproveAgreement { by, digest } => self.approve(&by, &digest),
            Event::EndAgreement { by, digest, reason } => self.end(&by, &digest, reason),
            Event::SettleIncident { by, partner } => self.settle_incident(&by, &partner),
            Event::LinkUp { partner, nonce } => self.link_up(partner, nonce),
            Event::Arrived { partner, arrival } => self.arrived(&partner, *arrival),
            Event::LinkDown { partner } => self.link_down(&partner),
            Event::Tick => self.tick(),
        }
    }

    /// A paired partner.
    pub(crate) fn partner(&mut self, id: &PartnerId) -> Result<Option<Arc<Partner>>, Fault> {
        self.known.partner(self.ledger, id)
    }

    /// What `giver` may give today, with the other side `with` being us or them.
    pub(crate) fn terms(&mut self, with: &PartnerId, giver: &PartnerId) -> Result<InForce, Fault> {
        self.known.terms(self.ledger, with, giver, self.now.date())
    }

    /// The acting person, if the account is alive.
    pub(crate) fn person(&mut self, id: &PersonId) -> Result<Arc<Person>, Halt> {
        let person = self.known.person(self.ledger, id)?.filter(|person| !person.disabled);
        Ok(person.ok_or(Reason::RoleMissing)?)
    }

    pub(crate) fn log(
        &mut self,
        who: Option<String>,
        what: &'static str,
        detail: Vec<(&'static str, String)>,
    ) -> Result<(), Fault> {
        self.ledger.log(&LogLine { at: self.now, who, what, detail })
    }

    pub(crate) fn notice(&mut self, notice: Notice) {
        let effect = Effect::Notice(notice);
        if !self.effects.contains(&effect) {
            self.effects.push(effect);
        }
    }

    /// Whatever leaves goes through the tray, and the tray is emptied only here.
    fn pump_stirred(&mut self) -> Result<(), Fault> {
        for (partner, urgent) in std::mem::take(&mut self.stirred) {
            self.pump(&partner, urgent)?;
        }
        Ok(())
    }
}
