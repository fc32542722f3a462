//! Rehearses the exchange: several rooms on false time, a hostile network, staff who err, one
//! partner who cheats, and one seed from which all of it follows.
//!
//! The rooms run the same code as the program, on ledgers in memory; frames pass as bytes through
//! the same reading. After every step and once the network has healed, `checks` judges from
//! outside what must always hold.

mod bodies;
mod chance;
mod cheat;
mod checks;
mod network;
mod node;
mod people;
mod scenario;
mod story;
mod trouble;
mod watched;
mod world;

use std::fmt;

use crate::world::{Coming, SECOND};

pub use bodies::{body, body_about, plain_label};
pub use chance::Chance;
pub use cheat::craft;
pub use checks::hidden_leave_no_mark;
pub use node::{Node, everything, little, named, own, partner, person_key, staff};
pub use scenario::tell;
pub use story::{Story, terms};
pub use world::{Broken, Plan, Tally, World};

/// A run that broke a promise: the seed says how to see it again.
#[derive(Debug)]
pub struct Failure {
    pub seed: u64,
    pub what: Broken,
    /// Everything that happened before, one line each.
    pub trace: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = self.trace.len().saturating_sub(80);
        for line in self.trace.iter().skip(from) {
            writeln!(f, "{line}")?;
        }
        write!(f, "seed {}: {}", self.seed, self.what)
    }
}

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub seed: u64,
    pub plan: String,
    pub tally: Tally,
    /// Everything that happened, one line each.
    pub trace: Vec<String>,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tally = &self.tally;
        writeln!(f, "seed {}: {}", self.seed, self.plan)?;
        writeln!(f, "{} steps, {} frames, {} copies", tally.steps, tally.frames, tally.copies)?;
        writeln!(
            f,
            "{} releases, {} records left, {} passed on, {} recalls, {} refusals, {} hang-ups",
            tally.released, tally.left, tally.passed_on, tally.recalled, tally.refused, tally.hangs
        )?;
        writeln!(
            f,
            "{} crashes, {} failing ledgers, {} restored backups",
            tally.crashes, tally.faults, tally.restores
        )?;
        for (what, times) in &tally.mischief {
            writeln!(f, "the cheat: {what}, {times} times")?;
        }
        write!(f, "every promise held")
    }
}

/// How a seed is played: sizes and faults vary with it, a cheat is always there.
#[must_use]
pub fn plan(seed: u64) -> Plan {
    let mut chance = Chance::new(seed ^ 0x5eed);
    Plan {
        rooms: 3 + chance.below(3),
        acts: 60 + chance.below(120),
        cheat: true,
        trouble: chance.percent(85),
        restores: chance.percent(25),
        leaps: chance.percent(30),
    }
}

/// Plays one seed to its end.
///
/// # Errors
/// The promise that was broken, with everything that led to it.
pub fn run(seed: u64) -> Result<Summary, Box<Failure>> {
    run_plan(seed, plan(seed))
}

/// Plays one seed under a plan of the caller's.
///
/// # Errors
/// As [`run`].
pub fn run_plan(seed: u64, plan: Plan) -> Result<Summary, Box<Failure>> {
    let failed = |what, trace| Box::new(Failure { seed, what, trace });
    let mut world = World::new(seed, plan).map_err(|what| failed(what, Vec::new()))?;
    if let Err(what) = world.live() {
        return Err(failed(what, world.trace));
    }
    Ok(Summary { seed, plan: format!("{plan:?}"), tally: world.tally, trace: world.trace })
}

impl World {
    /// Agreements first, then people act while things go wrong, then everything heals.
    fn live(&mut self) -> Result<(), Broken> {
        if self.chance.percent(20) {
            // One honest clock is a quarter of an hour ahead.
            self.nodes[0].skew = 900 * SECOND;
        }
        self.agree()?;
        self.lively = true;
        for (one, other) in self.pairs() {
            self.later(1, Coming::Dial(one, other));
        }
        for at in 0..self.nodes.len() {
            self.later(SECOND, Coming::Act(at));
            if self.nodes[at].cheats {
                self.later(SECOND, Coming::Cheat(at));
            }
        }
        self.later(SECOND, Coming::Tick);
        self.later(SECOND, Coming::Trouble);
        self.play()?;
        self.heal()
    }

    /// Most pairs propose to each other before the day begins; what is sent waits in the trays.
    fn agree(&mut self) -> Result<(), Broken> {
        for (one, other) in self.pairs() {
            self.dial(one, other)?;
            if self.chance.percent(90) {
                self.agree_widely(one, other)?;
            }
        }
        self.play()
    }

    /// Lines come back, nobody acts, and time passes until nothing moves.
    pub(crate) fn heal(&mut self) -> Result<(), Broken> {
        self.lively = false;
        self.play()?;
        for _ in 0..4 {
            for (one, other) in self.pairs() {
                let line = self.net.line(one, other);
                (line.cut_until, line.slow) = (0, false);
                self.cut(one, other);
            }
            self.play()?;
            for (one, other) in self.pairs() {
                self.dial(one, other)?;
            }
            self.play()?;
            self.later(1200 * SECOND, Coming::Tick);
            self.play()?;
        }
        checks::after_healing(self)
    }
}
