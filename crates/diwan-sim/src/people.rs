//! Simulated staff: they write, ask, sign, recall, answer and agree, mostly sensibly and
//! sometimes not.

use std::collections::BTreeSet;

use diwan_record::kind::Answer;
use diwan_record::{
    Date, Digest, Entitlement, Handling, ItemId, Kind, Label, PartnerId, Precedence, Purpose,
    Reason, State, Tighten, Tlp,
};
use diwan_room::{
    Agreement, AgreementState, Ask, Event, Held, HeldStanding, Ledger, NewRecord, Outcome,
    PersonId, Release, Shelf, Source, Standing, Terms, What, approval,
};

use crate::bodies;
use crate::node::{self, Signed, Taken, named};
use crate::world::{Broken, Coming, DAY, SECOND, World};

impl World {
    pub(crate) fn next_act(&mut self, at: usize) -> Result<(), Broken> {
        if !self.lively || self.acts_left == 0 {
            return Ok(());
        }
        self.acts_left -= 1;
        let wait = self.chance.within(SECOND / 20, 4 * SECOND);
        self.later(wait, Coming::Act(at));
        self.act(at)
    }

    fn act(&mut self, at: usize) -> Result<(), Broken> {
        match self.chance.below(100) {
            0..=17 => self.writes_new(at),
            18..=24 => self.corrects(at),
            25..=31 => self.writes_about(at),
            32..=35 => self.writes_tear_line(at),
            36..=55 => self.asks_and_signs(at),
            56..=62 => self.signs_open(at),
            63..=65 => self.returns(at),
            66..=72 => self.recalls(at),
            73..=77 => self.answers(at),
            78..=82 => self.approves(at),
            83..=86 => self.proposes(at),
            87 => self.ends(at),
            88..=89 => self.rules(at),
            90..=91 => self.settles(at),
            92..=95 => self.burst(at),
            _ => self.errs(at),
        }
    }

    /// One kept or parked record by chance.
    pub(crate) fn any_held(&mut self, at: usize, fits: impl Fn(&Held) -> bool) -> Option<Held> {
        let node = &self.nodes[at];
        let found: Vec<&Held> = node.ledger.records().filter(|held| fits(held)).collect();
        let picked = self.chance.below(found.len());
        found.get(picked).map(|held| (*held).clone())
    }

    pub(crate) fn today(&self, at: usize) -> Date {
        self.now_at(at).date()
    }

    fn enter(&mut self, at: usize, by: &str, new: NewRecord) -> Result<Option<Digest>, Broken> {
        let by = named(by);
        match self.step(at, Event::Enter { by, new })? {
            Some(Outcome::Record { digest, .. }) => Ok(Some(digest)),
            _ => Ok(None),
        }
    }

    pub(crate) fn new_record(&mut self, at: usize, kind: Kind, label: Label) -> NewRecord {
        let words = format!("words {}", self.chance.below(1000));
        let body = bodies::body(&kind, &words, self.now_at(at));
        let precedence = *self.chance.one(&Precedence::ALL).unwrap_or(&Precedence::Routine);
        NewRecord {
            kind,
            item: None,
            fresh: self.chance.item(),
            replaces: None,
            variant: 0,
            label,
            precedence,
            body,
        }
    }

    fn writes_new(&mut self, at: usize) -> Result<(), Broken> {
        let kinds = [Kind::Report, Kind::Report, Kind::Site, Kind::Meeting, Kind::Commitment];
        let kind = self.chance.one(&kinds).cloned().unwrap_or(Kind::Report);
        let by = match kind {
            Kind::Meeting | Kind::Commitment => "liaison",
            _ => *self.chance.one(&["analyst", "watch", "junior"]).unwrap_or(&"watch"),
        };
        let today = self.today(at);
        let label = bodies::label(&mut self.chance, today);
        let new = self.new_record(at, kind, label);
        self.enter(at, by, new).map(drop)
    }

    /// Three at once, in one commit.
    fn burst(&mut self, at: usize) -> Result<(), Broken> {
        let mut events = Vec::new();
        for _ in 0..3 {
            let today = self.today(at);
            let label = bodies::label(&mut self.chance, today);
            let new = self.new_record(at, Kind::Report, label);
            let by = named("watch");
            events.push(Event::Enter { by, new });
        }
        self.step_watched(at, events).map(drop)
    }

    fn corrects(&mut self, at: usize) -> Result<(), Broken> {
        let own = |held: &Held| {
            held.source == Source::Own
                && matches!(held.record.header().kind, Kind::Report | Kind::Site)
        };
        let Some(before) = self.any_held(at, own) else {
            return Ok(());
        };
        let header = before.record.header();
        let mut label = header.label.clone();
        match self.chance.below(5) {
            0 => label.tlp = Tlp::Red,
            // Looser than before: refused, unless it was as loose already.
            1 => label.tlp = Tlp::Clear,
            _ => {}
        }
        let mut new = self.new_record(at, header.kind.clone(), label);
        new.item = Some(header.item);
        new.variant = header.variant;
        new.replaces = Some(*before.record.digest());
        self.enter(at, "analyst", new).map(drop)
    }

    fn writes_about(&mut self, at: usize) -> Result<(), Broken> {
        let faced = |held: &Held| {
            held.standing == HeldStanding::Kept
                && matches!(held.record.header().kind, Kind::Report | Kind::Site | Kind::Meeting)
        };
        let Some(about) = self.any_held(at, faced) else {
            return Ok(());
        };
        let header = about.record.header();
        let (kind, by) = match header.kind {
            Kind::Site => (Kind::SiteStatus, "analyst"),
            Kind::Meeting => (Kind::Commitment, "liaison"),
            _ => (Kind::Note, "watch"),
        };
        let item = header.item;
        let mut new = self.new_record(at, kind.clone(), about.label.clone());
        new.body = bodies::body_about(&kind, item, "it is about that", self.now_at(at));
        if kind == Kind::Note && self.chance.percent(30) {
            // Joining the other's item instead of starting one.
            new.item = Some(item);
        }
        self.enter(at, by, new).map(drop)
    }

    /// The same thing told for a wider audience, as a record of its own.
    fn writes_tear_line(&mut self, at: usize) -> Result<(), Broken> {
        let own =
            |held: &Held| held.source == Source::Own && held.record.header().kind == Kind::Report;
        let Some(full) = self.any_held(at, own) else {
            return Ok(());
        };
        let mut label = full.label.clone();
        label.tlp = Tlp::Green;
        label.handling = Handling::H0;
        let mut new = self.new_record(at, Kind::Report, label);
        new.item = Some(full.record.header().item);
        new.variant = full.record.header().variant + 1;
        self.enter(at, "analyst", new).map(drop)
    }

    pub(crate) fn others(&self, at: usize) -> Vec<PartnerId> {
        let others = self.nodes.iter().enumerate().filter(|(place, _)| *place != at);
        others.map(|(_, node)| node.id.clone()).collect()
    }

    fn some_others(&mut self, at: usize, of_hundred: usize) -> Vec<PartnerId> {
        let others = self.others(at);
        self.chance.some(&others, of_hundred)
    }

    fn asks_and_signs(&mut self, at: usize) -> Result<(), Broken> {
        let any = self.chance.percent(25);
        let fits = |held: &Held| any || held.source == Source::Own;
        let mut digests = Vec::new();
        for _ in 0..=self.chance.below(3) {
            digests.extend(self.any_held(at, fits).map(|held| *held.record.digest()));
        }
        digests.sort_unstable();
        digests.dedup();
        if digests.is_empty() {
            return Ok(());
        }
        let tighten = if self.chance.percent(15) {
            Tighten {
                tlp: Some(Tlp::Amber),
                handling: self.chance.percent(50).then_some(Handling::H1),
            }
        } else {
            Tighten::default()
        };
        let ask = Ask {
            what: What::Records(digests),
            to: self.some_others(at, 60),
            onward: self.some_others(at, 15),
            precedence: *self.chance.one(&Precedence::ALL).unwrap_or(&Precedence::Routine),
            tighten,
            remark: String::new(),
        };
        let by = *self.chance.one(&["watch", "liaison", "officer"]).unwrap_or(&"watch");
        let Some(id) = self.ask(at, by, ask)? else {
            return Ok(());
        };
        // Most are signed at once, some wait for their officer.
        if self.chance.percent(75) { self.sign(at, "second", id).map(drop) } else { Ok(()) }
    }

    pub(crate) fn ask(&mut self, at: usize, by: &str, ask: Ask) -> Result<Option<ItemId>, Broken> {
        let id = self.chance.item();
        let by = named(by);
        let outcome = self.step(at, Event::AskRelease { by, id, ask })?;
        Ok(matches!(outcome, Some(Outcome::Release { .. })).then_some(id))
    }

    /// An officer signs what is shown.
    pub(crate) fn sign(&mut self, at: usize, by: &str, id: ItemId) -> Result<bool, Broken> {
        let found =
            Release::find(&self.nodes[at].ledger, &id).map_err(|fault| fault.to_string())?;
        let Some(release) = found else {
            return Ok(false);
        };
        let request = release.request_digest();
        let approval = approval(&node::person_key(&self.nodes[at].id, by), &request);
        let event = Event::SignRelease { by: named(by), id, request, approval };
        // Written down before: if the program dies right after its commit nobody is told, and yet
        // it may be sent.
        let now = self.now_at(at).micros();
        let signed = Signed {
            what: release.what.clone(),
            to: release.to.clone(),
            onward: release.onward.clone(),
            at: now,
            id,
        };
        let by_other = release.requested_by != named(by) && by != "watch";
        let open = release.state == diwan_room::ReleaseState::Open;
        if by_other && open {
            self.nodes[at].memory.signed.push(signed);
        }
        let outcome = self.step(at, event)?;
        let done = matches!(outcome, Some(Outcome::Release { .. }));
        if done && !(by_other && open) {
            return Err(format!("{by} could sign a release that needed another person"));
        }
        if matches!(outcome, Some(Outcome::Refused(_))) && by_other && open {
            self.nodes[at].memory.signed.pop();
        }
        if done {
            self.tally.released += 1;
            self.nodes[at].memory.told.push(id);
        }
        Ok(done)
    }

    fn open_release(&mut self, at: usize) -> Result<Option<Release>, Broken> {
        let open = Release::open(&self.nodes[at].ledger).map_err(|fault| fault.to_string())?;
        Ok(self.chance.one(&open).cloned())
    }

    fn signs_open(&mut self, at: usize) -> Result<(), Broken> {
        let Some(open) = self.open_release(at)? else {
            return Ok(());
        };
        let by = *self.chance.one(&["second", "officer", "watch"]).unwrap_or(&"second");
        self.sign(at, by, open.id).map(drop)
    }

    fn returns(&mut self, at: usize) -> Result<(), Broken> {
        let Some(open) = self.open_release(at)? else {
            return Ok(());
        };
        let event = Event::ReturnRelease {
            by: named("officer"),
            id: open.id,
            reason: "say less".to_owned(),
        };
        self.step(at, event).map(drop)
    }

    fn recalls(&mut self, at: usize) -> Result<(), Broken> {
        let own = |held: &Held| {
            held.source == Source::Own
                && !matches!(held.record.header().kind, Kind::Withdrawal | Kind::Acknowledgement)
        };
        let Some(held) = self.any_held(at, own) else {
            return Ok(());
        };
        let only_from = if self.chance.percent(40) { self.some_others(at, 50) } else { Vec::new() };
        self.recall(at, *held.record.digest(), only_from).map(drop)
    }

    pub(crate) fn recall(
        &mut self,
        at: usize,
        digest: Digest,
        only_from: Vec<PartnerId>,
    ) -> Result<bool, Broken> {
        let event = Event::Recall {
            by: named("watch"),
            digest,
            reason: "untrue".to_owned(),
            gone_by: self.now_at(at).plus(DAY),
            only_from: only_from.clone(),
        };
        let done = matches!(self.step(at, event)?, Some(Outcome::Record { .. }));
        if done {
            self.tally.recalled += 1;
            self.nodes[at].memory.recalls.push(Taken { digest, only_from });
        }
        Ok(done)
    }

    fn answers(&mut self, at: usize) -> Result<(), Broken> {
        let foreign = |held: &Held| held.source != Source::Own;
        let Some(held) = self.any_held(at, foreign) else {
            return Ok(());
        };
        let event = Event::Answer {
            by: named("watch"),
            digest: *held.record.digest(),
            answer: *self
                .chance
                .one(&[Answer::Read, Answer::Actioned, Answer::UsedIn])
                .unwrap_or(&Answer::Read),
            reason: None,
        };
        self.step(at, event).map(drop)
    }

    // Agreements

    fn terms(&mut self) -> Terms {
        let tlps = [Tlp::Green, Tlp::Amber, Tlp::Amber, Tlp::Red];
        let all = [Purpose::Coordination, Purpose::CounterIsis, Purpose::CounterSmuggling];
        let mut purpose: BTreeSet<_> = self.chance.some(&all, 70).into_iter().collect();
        purpose.insert(Purpose::Coordination);
        let mut state = BTreeSet::from([State::Actual]);
        if self.chance.percent(50) {
            state.insert(State::Exercise);
        }
        let mut kinds: BTreeSet<Kind> = self.chance.some(Kind::ALL, 85).into_iter().collect();
        kinds.insert(Kind::Report);
        if self.chance.percent(50) {
            kinds.insert(Kind::Newer("seizure".to_owned()));
        }
        Terms {
            ceiling: Entitlement {
                tlp: *self.chance.one(&tlps).unwrap_or(&Tlp::Amber),
                handling: *self
                    .chance
                    .one(&[Handling::H1, Handling::H2, Handling::H3])
                    .unwrap_or(&Handling::H1),
                purpose,
                state,
            },
            kinds,
        }
    }

    pub(crate) fn in_force(&self, at: usize, with: &PartnerId) -> Option<AgreementState> {
        let found = AgreementState::in_force(&self.nodes[at].ledger, with).ok()?;
        let today = self.today(at);
        found.filter(|state| state.standing(today) != Standing::Ended)
    }

    fn proposes(&mut self, at: usize) -> Result<(), Broken> {
        let others = self.others(at);
        let Some(other) = self.chance.one(&others).cloned() else {
            return Ok(());
        };
        let (mut gives, mut takes) = (self.terms(), self.terms());
        let before = self.in_force(at, &other);
        if let Some(before) = &before
            && self.chance.percent(50)
        {
            // Narrower: one side's word is enough.
            let own = &self.nodes[at].id;
            let parts = (before.agreement.gives(own), before.agreement.gives(&other));
            if let (Some(ours), Some(theirs)) = parts {
                (gives, takes) = (ours.clone(), theirs.clone());
                gives.ceiling.tlp = gives.ceiling.tlp.min(Tlp::Green);
                takes.kinds.remove(&Kind::Note);
            }
        }
        let days = i32::try_from(self.chance.within(5, 90)).unwrap_or(30);
        self.propose(at, &other, gives, takes, days).map(drop)
    }

    pub(crate) fn propose(
        &mut self,
        at: usize,
        other: &PartnerId,
        gives: Terms,
        takes: Terms,
        days: i32,
    ) -> Result<Option<Digest>, Broken> {
        let before = self.in_force(at, other);
        let today = self.today(at);
        let (mut from, mut until) = (today, today.plus_days(days));
        if let Some(before) = &before {
            (from, until) = (from.max(before.agreement.from), until.min(before.agreement.until));
            until = until.max(from.plus_days(1));
        }
        let agreement = Agreement {
            proposer: self.nodes[at].id.clone(),
            other: other.clone(),
            proposer_gives: gives,
            other_gives: takes,
            from,
            until,
            made: self.now_at(at),
            replaces: before.map(|before| before.agreement.digest()),
        };
        let digest = agreement.digest();
        let agreement = Box::new(agreement);
        let by = named("liaison");
        let outcome = self.step(at, Event::ProposeAgreement { by, agreement })?;
        if !matches!(outcome, Some(Outcome::Agreement { .. })) {
            return Ok(None);
        }
        let by = named("officer");
        self.step(at, Event::ApproveAgreement { by, digest })?;
        Ok(Some(digest))
    }

    /// A broad agreement signed by both sides, as most partners start with.
    pub(crate) fn agree_widely(&mut self, one: usize, other: usize) -> Result<(), Broken> {
        let partner = self.nodes[other].id.clone();
        let (gives, takes) = (self.terms(), self.terms());
        let proposed = self.propose(one, &partner, gives, takes, 60)?;
        self.play()?;
        match proposed {
            Some(digest) => self.approve(other, digest),
            None => Ok(()),
        }
    }

    /// Two of ours approve what a partner proposed.
    fn approves(&mut self, at: usize) -> Result<(), Broken> {
        let docs = self.nodes[at].ledger.docs(Shelf::Agreement, &[]).unwrap_or_default();
        let mut open = Vec::new();
        for (key, _) in docs {
            let Some(digest) = key.first_chunk::<32>().map(|bytes| Digest(*bytes)) else {
                continue;
            };
            let state = AgreementState::find(&self.nodes[at].ledger, &digest).ok().flatten();
            let own = &self.nodes[at].id;
            open.extend(state.filter(|state| !state.said(own)).map(|_| digest));
        }
        let Some(digest) = self.chance.one(&open).copied() else {
            return Ok(());
        };
        self.approve(at, digest)
    }

    pub(crate) fn approve(&mut self, at: usize, digest: Digest) -> Result<(), Broken> {
        for by in ["liaison", "officer"] {
            let by = named(by);
            self.step(at, Event::ApproveAgreement { by, digest })?;
        }
        Ok(())
    }

    fn ends(&mut self, at: usize) -> Result<(), Broken> {
        let others = self.others(at);
        let Some(other) = self.chance.one(&others).cloned() else {
            return Ok(());
        };
        let Some(state) = self.in_force(at, &other) else {
            return Ok(());
        };
        self.end(at, state.agreement.digest()).map(drop)
    }

    pub(crate) fn end(&mut self, at: usize, digest: Digest) -> Result<Option<Outcome>, Broken> {
        let event = Event::EndAgreement {
            by: named("liaison"),
            digest,
            reason: "no longer needed".to_owned(),
        };
        self.step(at, event)
    }

    /// From now on everything of some kinds under some labels.
    fn rules(&mut self, at: usize) -> Result<(), Broken> {
        let mut terms = self.terms();
        terms.ceiling.tlp = Tlp::Amber;
        let ask = Ask {
            what: What::Standing(terms),
            to: self.some_others(at, 40),
            onward: Vec::new(),
            precedence: Precedence::Routine,
            tighten: Tighten::default(),
            remark: String::new(),
        };
        match self.ask(at, "liaison", ask)? {
            Some(id) => self.sign(at, "officer", id).map(drop),
            None => Ok(()),
        }
    }

    fn settles(&mut self, at: usize) -> Result<(), Broken> {
        for partner in self.others(at) {
            let by = named("watch");
            let found = diwan_room::Incident::find(&self.nodes[at].ledger, &partner);
            if found.ok().flatten().is_some() {
                self.step(at, Event::SettleIncident { by, partner })?;
            }
        }
        Ok(())
    }

    /// What nobody may do: each must be refused.
    fn errs(&mut self, at: usize) -> Result<(), Broken> {
        let nobody: PersonId = named("nobody");
        let digest = Digest::of(&self.chance.bytes());
        let held = self.any_held(at, |_| true).map(|held| *held.record.digest());
        let known = held.unwrap_or(digest);
        let gone_by = self.now_at(at);
        let recall = |by: &str, digest: Digest| Event::Recall {
            by: named(by),
            digest,
            reason: String::new(),
            gone_by,
            only_from: Vec::new(),
        };
        let today = self.today(at);
        let label = bodies::plain_label(Tlp::Green, today);
        let mut ghost = self.new_record(at, Kind::Report, label.clone());
        ghost.item = Some(self.chance.item());
        let mut withdrawal = self.new_record(at, Kind::Withdrawal, label);
        withdrawal.body = bodies::body_of_digest(&Kind::Withdrawal, &known, gone_by);
        let events = [
            recall("watch", digest),
            recall("junior", known),
            recall("admin", known),
            Event::Enter { by: nobody, new: ghost.clone() },
            Event::Enter { by: named("watch"), new: ghost },
            Event::Enter { by: named("watch"), new: withdrawal },
            Event::EndAgreement { by: named("junior"), digest, reason: String::new() },
            Event::ApproveAgreement { by: named("liaison"), digest },
        ];
        let Some(event) = self.chance.one(&events).cloned() else {
            return Ok(());
        };
        match self.step(at, event.clone())? {
            Some(Outcome::Refused(reason)) if reason != Reason::AlreadyHeld => Ok(()),
            None => Ok(()),
            other => Err(format!("nobody may do this, and yet: {event:?} -> {other:?}")),
        }
    }
}
