//! A calm world told step by step: for scenarios as readable tables and for tests of one attack.
//!
//! Nothing fails here unless the story says so; every check of the rehearsal still runs.

use std::collections::BTreeMap;

use diwan_record::{
    Digest, Draft, EntryKind, Handling, Kind, PartnerId, Precedence, Record, Tighten, Tlp, open,
};
use diwan_record::{Entitlement, Label, Purpose, State};
use diwan_room::{
    AnswerDoc, Arrival, Ask, Event, Held, HeldStanding, Holding, Ledger, Outcome, Terms, What,
    partner_holds,
};

use crate::bodies;
use crate::node::{self, named};
use crate::world::{Broken, DAY, Plan, World};

/// A world in which things happen one after another, by name.
#[derive(Debug)]
pub struct Story {
    pub world: World,
    /// Records by the name the story gives them.
    pub records: BTreeMap<String, Digest>,
}

impl Story {
    /// Rooms JOR, SYR, IRQ, TUR, LBN, as many as asked for, paired and without agreements.
    ///
    /// # Errors
    /// A promise broken while pairing.
    pub fn new(rooms: usize) -> Result<Self, Broken> {
        let plan =
            Plan { rooms, acts: 0, cheat: false, trouble: false, restores: false, leaps: false };
        Ok(Self { world: World::new(1, plan)?, records: BTreeMap::new() })
    }

    /// The place of a partner in the world.
    ///
    /// # Errors
    /// There is no such partner.
    pub fn at(&self, code: &str) -> Result<usize, Broken> {
        let id: PartnerId = code.parse().map_err(|_| format!("no partner is called {code}"))?;
        self.world.place_of(&id).ok_or(format!("no partner is called {code}"))
    }

    fn ids(&self, codes: &[&str]) -> Result<Vec<PartnerId>, Broken> {
        let places: Result<Vec<usize>, Broken> = codes.iter().map(|code| self.at(code)).collect();
        Ok(places?.into_iter().map(|at| self.world.nodes[at].id.clone()).collect())
    }

    /// # Errors
    /// The story named no such record.
    pub fn digest(&self, name: &str) -> Result<Digest, Broken> {
        self.records.get(name).copied().ok_or(format!("no record is called {name}"))
    }

    /// From here on this partner may break the rules.
    ///
    /// # Errors
    /// There is no such partner.
    pub fn cheats(&mut self, code: &str) -> Result<(), Broken> {
        let at = self.at(code)?;
        self.world.nodes[at].cheats = true;
        Ok(())
    }

    /// # Errors
    /// As every step of a story: a broken promise, or a name that means nothing.
    pub fn link(&mut self, one: &str, other: &str) -> Result<(), Broken> {
        let (one, other) = (self.at(one)?, self.at(other)?);
        self.world.dial(one, other)
    }

    /// # Errors
    /// As [`Story::link`].
    pub fn cut(&mut self, one: &str, other: &str) -> Result<(), Broken> {
        let (one, other) = (self.at(one)?, self.at(other)?);
        self.world.cut(one, other);
        self.world.play()
    }

    /// Delivers everything that is on its way.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn carry(&mut self) -> Result<(), Broken> {
        self.world.play()
    }

    /// Both sign, up to this mark in both directions, over a link that is up.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn agree(&mut self, one: &str, other: &str, tlp: Tlp) -> Result<(), Broken> {
        self.link(one, other)?;
        let (one, other) = (self.at(one)?, self.at(other)?);
        let partner = self.world.nodes[other].id.clone();
        let proposed = self.world.propose(one, &partner, terms(tlp), terms(tlp), 60)?;
        self.carry()?;
        let digest = proposed.ok_or("the agreement was not proposed")?;
        self.world.approve(other, digest)?;
        self.carry()
    }

    /// One side's word is enough for less.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn narrow(&mut self, one: &str, other: &str, tlp: Tlp) -> Result<(), Broken> {
        let (one, other) = (self.at(one)?, self.at(other)?);
        let partner = self.world.nodes[other].id.clone();
        let proposed = self.world.propose(one, &partner, terms(tlp), terms(tlp), 60)?;
        proposed.map(drop).ok_or("the agreement was not proposed".to_owned())
    }

    /// # Errors
    /// As [`Story::link`].
    pub fn end(&mut self, one: &str, other: &str) -> Result<(), Broken> {
        let (one, other) = (self.at(one)?, self.at(other)?);
        let partner = self.world.nodes[other].id.clone();
        let state = self.world.in_force(one, &partner).ok_or("no agreement is in force")?;
        self.world.end(one, state.agreement.digest()).map(drop)
    }

    /// The watch writes a report.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn write(&mut self, code: &str, name: &str, label: Label) -> Result<Digest, Broken> {
        let at = self.at(code)?;
        let mut new = self.world.new_record(at, Kind::Report, label);
        new.precedence = Precedence::Routine;
        let outcome = self.world.step(at, Event::Enter { by: named("watch"), new })?;
        self.keep_name(name, outcome)
    }

    /// The watch writes the next version of a record.
    ///
    /// # Errors
    /// As [`Story::link`]; a refusal by its code.
    pub fn correct(
        &mut self,
        code: &str,
        before: &str,
        name: &str,
        label: Label,
    ) -> Result<Digest, Broken> {
        let (at, before) = (self.at(code)?, self.digest(before)?);
        let held = self.held(at, &before)?.ok_or("the record is not held")?;
        let mut new = self.world.new_record(at, Kind::Report, label);
        new.item = Some(held.record.header().item);
        new.replaces = Some(before);
        let outcome = self.world.step(at, Event::Enter { by: named("watch"), new })?;
        self.keep_name(name, outcome)
    }

    fn keep_name(&mut self, name: &str, outcome: Option<Outcome>) -> Result<Digest, Broken> {
        match outcome {
            Some(Outcome::Record { digest, .. }) => {
                self.records.insert(name.to_owned(), digest);
                Ok(digest)
            }
            Some(Outcome::Refused(reason)) => Err(reason.code().to_owned()),
            other => Err(format!("{other:?}")),
        }
    }

    /// One asks, another signs.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn release(
        &mut self,
        code: &str,
        names: &[&str],
        to: &[&str],
        onward: &[&str],
        tighten: Option<Tlp>,
    ) -> Result<(), Broken> {
        let at = self.at(code)?;
        let digests: Result<Vec<Digest>, Broken> =
            names.iter().map(|name| self.digest(name)).collect();
        let ask = Ask {
            what: What::Records(digests?),
            to: self.ids(to)?,
            onward: self.ids(onward)?,
            precedence: Precedence::Routine,
            tighten: Tighten { tlp: tighten, handling: None },
            remark: String::new(),
        };
        let id = self.world.ask(at, "watch", ask)?.ok_or("the request was refused")?;
        let signed = self.world.sign(at, "officer", id)?;
        signed.then_some(()).ok_or("the signature was refused".to_owned())
    }

    /// # Errors
    /// As [`Story::link`].
    pub fn recall(&mut self, code: &str, name: &str, from: &[&str]) -> Result<(), Broken> {
        let (at, digest, from) = (self.at(code)?, self.digest(name)?, self.ids(from)?);
        let done = self.world.recall(at, digest, from)?;
        done.then_some(()).ok_or("the recall was refused".to_owned())
    }

    /// # Errors
    /// As [`Story::link`].
    pub fn days(&mut self, days: i64) -> Result<(), Broken> {
        self.world.leap(days * DAY);
        self.world.tick()
    }

    /// A copy of a ledger is put aside.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn copy(&mut self, code: &str) -> Result<(), Broken> {
        let at = self.at(code)?;
        let ledger = self.world.nodes[at].ledger.clone();
        self.world.nodes[at].copies = vec![ledger];
        Ok(())
    }

    /// The node comes back from that copy.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn restore(&mut self, code: &str) -> Result<(), Broken> {
        let at = self.at(code)?;
        self.world.restore(at);
        self.world.play()
    }

    /// The node stops, its release and receipt keys are renewed with its root key, it starts.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn renew(&mut self, code: &str) -> Result<(), Broken> {
        let (at, now) = (self.at(code)?, self.world.now());
        self.world.nodes[at].renewed.push(now);
        self.world.crash(at);
        self.world.play()
    }

    /// One event at one node.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn step(&mut self, code: &str, event: Event) -> Result<Outcome, Broken> {
        let at = self.at(code)?;
        let outcome = self.world.step(at, event)?;
        outcome.ok_or("the program stopped".to_owned())
    }

    /// Takes every frame that is on its way: sender, recipient, bytes.
    pub fn in_flight(&mut self) -> Vec<(String, String, Vec<u8>)> {
        let frames = self.world.take_frames().into_iter();
        let name = |at: usize| self.world.nodes[at].id.to_string();
        frames.map(|frame| (name(frame.from), name(frame.to), frame.bytes)).collect()
    }

    /// Hands bytes to a node as a frame of this partner, past the network.
    ///
    /// # Errors
    /// As [`Story::link`]; the code of the reason for bytes that are no frame.
    pub fn hand(&mut self, from: &str, to: &str, bytes: &[u8]) -> Result<Outcome, Broken> {
        let (from, at) = (self.at(from)?, self.at(to)?);
        let arrival = Arrival::read(bytes, &self.world.nodes[at].keys);
        let arrival = Box::new(arrival.map_err(|reason| reason.code().to_owned())?);
        let partner = self.world.nodes[from].id.clone();
        self.step(to, Event::Arrived { partner, arrival })
    }

    /// A cheat signs these records into its stream, whatever its room thinks of it; they leave
    /// with the next session.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn forge(&mut self, from: &str, to: &str, records: Vec<Record>) -> Result<(), Broken> {
        let (at, to) = (self.at(from)?, self.at(to)?);
        self.world.forge_records(at, to, records);
        Ok(())
    }

    /// A record in this node's name that its room would not write.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn craft(&self, code: &str, change: impl FnOnce(&mut Draft)) -> Result<Record, Broken> {
        let at = self.at(code)?;
        let now = self.world.now();
        let mut draft = Draft {
            originator: self.world.nodes[at].id.clone(),
            item: diwan_record::ItemId([7; 16]),
            kind: Kind::Report,
            version: 1,
            variant: 0,
            replaces: None,
            label: self.label(Tlp::Green),
            body: bodies::body(&Kind::Report, "crafted", now),
            made: now,
            author_role: "node".to_owned(),
        };
        change(&mut draft);
        let key = node::release_key(&self.world.nodes[at].id);
        open(crate::cheat::craft(&draft, &key), key.public()).map_err(|one| one.to_string())
    }

    fn held(&self, at: usize, digest: &Digest) -> Result<Option<Held>, Broken> {
        self.world.nodes[at].ledger.held(digest).map_err(|fault| fault.to_string())
    }

    /// `held`, `parked` with its code, or `not held`.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn holds(&self, code: &str, name: &str) -> Result<String, Broken> {
        let held = self.held(self.at(code)?, &self.digest(name)?)?;
        Ok(match held.map(|held| held.standing) {
            None => "not held".to_owned(),
            Some(HeldStanding::Kept) => "held".to_owned(),
            Some(HeldStanding::Parked(code)) => format!("parked {code}"),
        })
    }

    /// How far a record got towards a partner, and what it answered, as its sender sees it.
    ///
    /// # Errors
    /// As [`Story::link`].
    pub fn sees(&self, code: &str, name: &str, to: &str) -> Result<String, Broken> {
        let (at, digest) = (self.at(code)?, self.digest(name)?);
        let ledger = &self.world.nodes[at].ledger;
        let to = &self.world.nodes[self.at(to)?].id;
        let fault = |fault: diwan_room::Fault| fault.to_string();
        let holding = partner_holds(ledger, to, EntryKind::Release, &digest).map_err(fault)?;
        let mut told = match holding {
            Holding::None => "not released".to_owned(),
            Holding::Withheld(code) => format!("withheld {code}"),
            Holding::Queued => "waiting".to_owned(),
            Holding::Sent(_) => "sent".to_owned(),
            Holding::Receipted(..) => "receipted".to_owned(),
        };
        if let Some(answer) = AnswerDoc::find(ledger, &digest, to).map_err(fault)? {
            told.push_str(&format!(", {}", answer.answer));
            told.extend(answer.reason.map(|reason| format!(" {reason}")));
        }
        Ok(told)
    }

    /// The plain label of stories.
    #[must_use]
    pub fn label(&self, tlp: Tlp) -> Label {
        bodies::plain_label(tlp, self.world.now().date())
    }
}

/// Terms as wide as they get, up to a mark.
#[must_use]
pub fn terms(tlp: Tlp) -> Terms {
    let mut kinds: std::collections::BTreeSet<Kind> = Kind::ALL.iter().cloned().collect();
    kinds.insert(Kind::of_code("seizure"));
    Terms {
        ceiling: Entitlement {
            tlp,
            handling: Handling::H3,
            purpose: Purpose::ALL.iter().copied().collect(),
            state: State::ALL.iter().copied().collect(),
        },
        kinds,
    }
}
