//! The world: rooms, a false clock, a queue of what comes next, and one random source.

use std::collections::BTreeMap;

use diwan_record::{Moment, PartnerId, Reason};
use diwan_room::{Arrival, Effect, Event, Fault, KeyBook, Notice, Outcome};

use crate::chance::Chance;
use crate::checks;
use crate::network::{Carried, Faults, Network, Passage};
use crate::node::{self, Node};
use crate::watched::Watched;

/// Where the false clock starts: 2025-03-09T06:00:00Z.
const START: i64 = 1_741_500_000_000_000;
pub(crate) const SECOND: i64 = 1_000_000;
pub(crate) const DAY: i64 = 86_400 * SECOND;
/// More steps than any run needs: beyond it the world does not come to rest.
const STEPS_MAX: u64 = 20_000;

/// What comes next.
#[derive(Clone, Debug)]
pub(crate) enum Coming {
    Dial(usize, usize),
    Frame(Carried),
    /// A node hears that its session ended.
    Down(usize, usize),
    Act(usize),
    Cheat(usize),
    Tick,
    Trouble,
}

/// How a run is made.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub rooms: usize,
    /// How many things people do before the network heals.
    pub acts: usize,
    /// Whether the last partner cheats.
    pub cheat: bool,
    /// Whether links, programs and disks fail.
    pub trouble: bool,
    /// Whether a node may be restored from an older copy of its ledger.
    pub restores: bool,
    /// Whether the clock may leap by weeks.
    pub leaps: bool,
}

/// What happened in a run, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub steps: u64,
    pub frames: u64,
    pub refused: u64,
    pub hangs: u64,
    pub faults: u64,
    pub crashes: u64,
    pub restores: u64,
    pub copies: u64,
    pub released: u64,
    /// Records that left.
    pub left: u64,
    /// Records of others that left under their originator's grant.
    pub passed_on: u64,
    pub recalled: u64,
    pub mischief: BTreeMap<&'static str, u64>,
}

/// Several rooms on false time.
#[derive(Debug)]
pub struct World {
    pub nodes: Vec<Node>,
    pub tally: Tally,
    pub trace: Vec<String>,
    pub(crate) plan: Plan,
    pub(crate) chance: Chance,
    pub(crate) net: Network,
    pub(crate) acts_left: usize,
    /// Things may still go wrong and people still act.
    pub(crate) lively: bool,
    time: i64,
    /// Weeks that passed at a leap: the queue keeps its own time.
    leapt: i64,
    queue: BTreeMap<(i64, u64), Coming>,
    order: u64,
}

/// A promise that was broken, in words.
pub type Broken = String;

/// The codes of the partners of a run; the last one is the cheat, if there is one.
const CODES: [&str; 5] = ["JOR", "SYR", "IRQ", "TUR", "LBN"];

impl World {
    /// Rooms that are paired with each other and have agreed on nothing yet.
    ///
    /// # Errors
    /// A promise broken while pairing.
    pub fn new(seed: u64, plan: Plan) -> Result<Self, Broken> {
        let codes = CODES.iter().take(plan.rooms);
        let ids: Vec<PartnerId> = codes
            .map(|code| code.parse().expect("codes of the rehearsal are well formed"))
            .collect();
        let mut world = Self {
            nodes: ids.iter().cloned().map(Node::new).collect(),
            tally: Tally::default(),
            trace: Vec::new(),
            plan,
            chance: Chance::new(seed),
            net: Network::default(),
            acts_left: plan.acts,
            lively: false,
            time: 0,
            leapt: 0,
            queue: BTreeMap::new(),
            order: 0,
        };
        if plan.cheat
            && let Some(last) = world.nodes.last_mut()
        {
            last.cheats = true;
        }
        for at in 0..world.nodes.len() {
            world.settle_in(at, &ids)?;
        }
        Ok(world)
    }

    fn settle_in(&mut self, at: usize, ids: &[PartnerId]) -> Result<(), Broken> {
        for person in node::staff(&ids[at]) {
            let person = Box::new(person);
            self.step(at, Event::PutPerson { by: None, person })?;
        }
        let by = [node::named("liaison"), node::named("admin")];
        for other in ids.iter().filter(|other| **other != ids[at]) {
            let partner = Box::new(node::partner(other));
            let by = by.clone();
            self.step(at, Event::Pair { by, partner })?;
        }
        Ok(())
    }

    #[must_use]
    pub fn now(&self) -> Moment {
        Moment::from_micros(START + self.time + self.leapt)
    }

    /// What a node takes for the time.
    pub(crate) fn now_at(&self, at: usize) -> Moment {
        self.now().plus(self.nodes[at].skew)
    }

    pub(crate) fn time(&self) -> i64 {
        self.time
    }

    pub(crate) fn later(&mut self, after: i64, what: Coming) {
        self.queue_at(self.time + after, what);
    }

    fn queue_at(&mut self, time: i64, what: Coming) {
        self.order += 1;
        self.queue.insert((time, self.order), what);
    }

    /// Time passes without anything happening.
    pub(crate) fn leap(&mut self, by: i64) {
        self.leapt += by;
        self.say(format!("the clock leaps {} days", by / DAY));
    }

    pub(crate) fn say(&mut self, line: String) {
        self.trace.push(format!("{} {line}", self.time / 1000));
    }

    /// Takes what comes next until nothing is left to come.
    pub(crate) fn play(&mut self) -> Result<(), Broken> {
        // The day ends with the last thing people do; what is on its way then is healing's.
        while !(self.lively && self.acts_left == 0) {
            let Some(((time, _), what)) = self.queue.pop_first() else {
                return Ok(());
            };
            self.time = self.time.max(time);
            if self.tally.steps > STEPS_MAX {
                return Err("the world does not come to rest".to_owned());
            }
            match what {
                Coming::Dial(one, other) => self.dial(one, other)?,
                Coming::Frame(frame) => self.deliver(frame)?,
                Coming::Down(at, other) => {
                    let partner = self.nodes[other].id.clone();
                    self.step(at, Event::LinkDown { partner })?;
                }
                Coming::Act(at) => self.next_act(at)?,
                Coming::Cheat(at) => self.next_mischief(at)?,
                Coming::Tick => self.tick()?,
                Coming::Trouble => self.next_trouble()?,
            }
        }
        Ok(())
    }

    pub(crate) fn tick(&mut self) -> Result<(), Broken> {
        for at in 0..self.nodes.len() {
            self.step(at, Event::Tick)?;
        }
        if self.lively {
            self.later(60 * SECOND, Coming::Tick);
        }
        Ok(())
    }

    /// Both sides begin a session, unless the line is cut or one is up.
    pub(crate) fn dial(&mut self, one: usize, other: usize) -> Result<(), Broken> {
        let time = self.time;
        let line = self.net.line(one, other);
        if line.session.is_some() {
            return Ok(());
        }
        if line.cut_until > time {
            let until = line.cut_until;
            self.queue_at(until, Coming::Dial(one, other));
            return Ok(());
        }
        let session = self.net.open(one, other);
        for (at, across) in [(one, other), (other, one)] {
            if self.net.line(one, other).session == Some(session) {
                let (partner, nonce) = (self.nodes[across].id.clone(), self.chance.bytes());
                self.step(at, Event::LinkUp { partner, nonce })?;
            }
        }
        Ok(())
    }

    /// The connection ends; both sides hear of it, and dial again after a while.
    pub(crate) fn cut(&mut self, one: usize, other: usize) {
        if self.net.close(one, other) {
            self.later(1, Coming::Down(one, other));
            self.later(2, Coming::Down(other, one));
            if self.lively {
                let wait = self.chance.within(SECOND / 10, 8 * SECOND);
                self.later(wait, Coming::Dial(one, other));
            }
        }
    }

    fn deliver(&mut self, frame: Carried) -> Result<(), Broken> {
        let Carried { from, to, session, bytes, copy } = frame;
        if self.net.line(from, to).session != Some(session) {
            return Ok(());
        }
        let arrival = match Arrival::read(&bytes, &self.nodes[to].keys) {
            Ok(arrival) => arrival,
            Err(reason) => {
                // The program hangs up on bytes that are no frame.
                self.say(format!("{} cannot read: {}", self.nodes[to].id, reason.code()));
                checks::unreadable(self, to, from, &reason)?;
                self.cut(from, to);
                return Ok(());
            }
        };
        let partner = self.nodes[from].id.clone();
        let arrival = Box::new(arrival);
        self.tally.copies += u64::from(copy);
        let done = self.step_watched(to, vec![Event::Arrived { partner, arrival }])?;
        if copy && let Some(done) = done {
            checks::copy_changed_nothing(self, to, done.writes)?;
        }
        Ok(())
    }

    /// One event at one room.
    pub(crate) fn step(&mut self, at: usize, event: Event) -> Result<Option<Outcome>, Broken> {
        let done = self.step_watched(at, vec![event])?;
        Ok(done.and_then(|mut done| done.outcomes.pop()))
    }

    /// Several events in one commit, as the desk takes them.
    pub(crate) fn step_watched(
        &mut self,
        at: usize,
        events: Vec<Event>,
    ) -> Result<Option<Done>, Broken> {
        let names: Vec<String> = events.iter().map(|event| self.name(event)).collect();
        let now = self.now_at(at);
        let fails = self.lively && self.plan.trouble && self.chance.percent(1);
        let copy = fails.then(|| self.nodes[at].ledger.clone());
        let fails_after = fails.then(|| self.chance.draw() % 60);
        let before = checks::before(self, at);
        let node = &mut self.nodes[at];
        let mut ledger = Watched::new(&mut node.ledger, fails_after);
        let single = events.len() == 1;
        let taken = node.room.step_all(now, events, &mut ledger);
        let writes = ledger.writes;
        self.tally.steps += 1;
        let (outcomes, effects) = match taken {
            Ok(taken) => taken,
            Err(fault) => return self.undo(at, copy, &fault).map(|()| None),
        };
        for (name, outcome) in names.iter().zip(&outcomes) {
            let line = format!("{} {name} -> {}", self.nodes[at].id, told(outcome));
            self.say(line);
            self.tally.refused += u64::from(matches!(outcome, Outcome::Refused(_)));
        }
        if single
            && let [Outcome::Refused(reason)] = outcomes.as_slice()
            && writes > 0
        {
            let code = reason.code();
            return Err(format!("a step refused with `{code}` changed the ledger"));
        }
        if effects.contains(&Effect::Notice(Notice::People)) {
            let node = &mut self.nodes[at];
            let keys = KeyBook::load(node.room.own(), &node.ledger);
            node.keys = keys.map_err(|fault| fault.to_string())?;
        }
        checks::after(self, at, &before, &effects)?;
        if self.lively && self.plan.trouble && self.chance.below(150) == 0 {
            // The commit stands; what should have followed it does not.
            self.tally.crashes += 1;
            self.crash(at);
            return Ok(None);
        }
        self.release(at, effects)?;
        Ok(Some(Done { outcomes, writes }))
    }

    /// A fault undoes the step; the room is thrown away with its sessions.
    fn undo(
        &mut self,
        at: usize,
        copy: Option<diwan_room::MemoryLedger>,
        fault: &Fault,
    ) -> Result<(), Broken> {
        let Some(copy) = copy else {
            return Err(format!("the ledger of {} fails: {fault}", self.nodes[at].id));
        };
        self.nodes[at].ledger = copy;
        self.tally.faults += 1;
        self.crash(at);
        Ok(())
    }

    pub(crate) fn crash(&mut self, at: usize) {
        self.say(format!("{} restarts", self.nodes[at].id));
        self.nodes[at].restart();
        for other in 0..self.nodes.len() {
            if other != at {
                self.cut(at, other);
            }
        }
    }

    fn release(&mut self, at: usize, effects: Vec<Effect>) -> Result<(), Broken> {
        for effect in effects {
            match effect {
                Effect::Send { partner, frame } => {
                    let Some(to) = self.place_of(&partner) else {
                        continue;
                    };
                    self.tally.frames += 1;
                    let frames = if self.nodes[at].cheats && self.lively {
                        self.bend(at, to, frame)
                    } else {
                        vec![frame]
                    };
                    frames.into_iter().for_each(|frame| self.carry(at, to, frame));
                }
                Effect::Hang { partner, reason } => {
                    if let Some(to) = self.place_of(&partner) {
                        self.tally.hangs += 1;
                        self.hang(at, to, &reason)?;
                    }
                }
                Effect::Notice(_) => {}
            }
        }
        Ok(())
    }

    fn hang(&mut self, at: usize, to: usize, reason: &Reason) -> Result<(), Broken> {
        let line =
            format!("{} hangs up on {}: {}", self.nodes[at].id, self.nodes[to].id, reason.code());
        self.say(line);
        checks::hang(self, at, to, reason)?;
        self.cut(at, to);
        Ok(())
    }

    pub(crate) fn carry(&mut self, from: usize, to: usize, frame: Vec<u8>) {
        let faults = if self.lively && self.plan.trouble {
            Faults { loss: 1, doubles: 6, replays: 4 }
        } else {
            Faults::default()
        };
        let (time, way) = (self.time, (from, to));
        match self.net.pass(time, way, frame, faults, &mut self.chance) {
            Passage::Carry(frames) => {
                for (at, frame) in frames {
                    self.queue_at(at, Coming::Frame(frame));
                }
            }
            Passage::Broken => self.cut(from, to),
        }
    }

    /// Frames on their way, in order of arrival, taken off the network.
    pub(crate) fn take_frames(&mut self) -> Vec<Carried> {
        let mut frames = Vec::new();
        for (when, what) in std::mem::take(&mut self.queue) {
            match what {
                Coming::Frame(frame) => frames.push(frame),
                other => drop(self.queue.insert(when, other)),
            }
        }
        frames
    }

    pub(crate) fn place_of(&self, id: &PartnerId) -> Option<usize> {
        self.nodes.iter().position(|node| node.id == *id)
    }

    /// Every pair, the lower place first.
    pub(crate) fn pairs(&self) -> Vec<(usize, usize)> {
        let count = self.nodes.len();
        (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other))).collect()
    }

    fn name(&self, event: &Event) -> String {
        match event {
            Event::Enter { by, new } => {
                format!("{by} enters {} {}", new.kind, new.label.tlp)
            }
            Event::AskRelease { by, id, ask } => {
                format!("{by} asks {id} to {:?} onward {:?}", ask.to, ask.onward)
            }
            Event::SignRelease { by, id, .. } => format!("{by} signs {id}"),
            Event::ReturnRelease { by, id, .. } => format!("{by} returns {id}"),
            Event::Recall { by, digest, only_from, .. } => {
                format!("{by} recalls {digest} from {only_from:?}")
            }
            Event::Answer { by, digest, .. } => format!("{by} answers {digest}"),
            Event::Read { by, .. } => format!("{by} reads"),
            Event::Tend { by, what, .. } => format!("{by}: {}", what.code()),
            Event::PutPerson { person, .. } => format!("person {}", person.id),
            Event::Pair { partner, .. } => format!("pairs with {}", partner.id),
            Event::ProposeAgreement { by, agreement } => {
                format!("{by} proposes {} to {}", agreement.digest(), agreement.other)
            }
            Event::ApproveAgreement { by, digest } => format!("{by} approves {digest}"),
            Event::EndAgreement { by, digest, .. } => format!("{by} ends {digest}"),
            Event::SettleIncident { by, partner } => format!("{by} settles {partner}"),
            Event::LinkUp { partner, .. } => format!("link up {partner}"),
            Event::Arrived { partner, arrival } => {
                format!("from {partner}: {}", frame_name(&arrival.frame))
            }
            Event::LinkDown { partner } => format!("link down {partner}"),
            Event::Tick => "tick".to_owned(),
        }
    }
}

/// What a step that was not interrupted came to.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) writes: u64,
}

fn told(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Done => "done".to_owned(),
        Outcome::Record { digest, .. } => format!("record {digest}"),
        Outcome::Release { id } => format!("release {id}"),
        Outcome::Agreement { digest } => format!("agreement {digest}"),
        Outcome::Refused(reason) => format!("refused {}", reason.code()),
    }
}

fn frame_name(frame: &diwan_room::Frame) -> String {
    use diwan_room::Frame;
    match frame {
        Frame::Hello { .. } => "hello".to_owned(),
        Frame::Give { run, .. } => format!("give {}", entry_names(run)),
        Frame::Receipt { .. } => "receipt".to_owned(),
        Frame::Want { from, .. } => format!("want {from}"),
        Frame::Back { run, .. } => format!("back {}", entry_names(run)),
    }
}

fn entry_names(run: &diwan_record::Run) -> String {
    let names = run.entries.iter().map(|bytes| match diwan_record::Entry::read(bytes) {
        Ok(entry) => format!("{}:{:?}:{}", entry.seq, entry.kind, short(&entry.digest)),
        Err(reason) => reason.code().to_owned(),
    });
    names.collect::<Vec<_>>().join(" ")
}

/// The first digits of a digest, as traces show it.
pub(crate) fn short(digest: &diwan_record::Digest) -> String {
    digest.to_string().chars().take(8).collect()
}
