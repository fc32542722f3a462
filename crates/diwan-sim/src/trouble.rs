//! What goes wrong around the rooms: lines, programs, disks, clocks, backups.

use diwan_record::kind::Body;

use crate::world::{Broken, Coming, DAY, SECOND, World};

impl World {
    pub(crate) fn next_trouble(&mut self) -> Result<(), Broken> {
        if !self.lively {
            return Ok(());
        }
        let wait = self.chance.within(SECOND, 40 * SECOND);
        self.later(wait, Coming::Trouble);
        let pairs = self.pairs();
        let Some((one, other)) = self.chance.one(&pairs).copied() else {
            return Ok(());
        };
        match self.chance.below(20) {
            0..=5 => self.cut(one, other),
            6..=8 => {
                let hours = self.chance.within(0, 3);
                self.part(one, other, 30 * SECOND + hours * 3600 * SECOND);
            }
            9..=10 => {
                let line = self.net.line(one, other);
                line.slow = !line.slow;
            }
            11..=13 => {
                self.tally.crashes += 1;
                self.crash(one);
            }
            14..=16 => {
                let ledger = self.nodes[one].ledger.clone();
                self.nodes[one].copies.push(ledger);
            }
            17..=18 if self.plan.restores => self.restore(one),
            19 if self.plan.leaps && self.chance.percent(40) => {
                let days = self.chance.within(1, 40);
                self.part(one, other, 120 * SECOND);
                self.leap(days * DAY);
            }
            _ => {}
        }
        Ok(())
    }

    /// Nothing gets through between two partners for a while.
    pub(crate) fn part(&mut self, one: usize, other: usize, for_us: i64) {
        let until = self.time() + for_us;
        self.net.line(one, other).cut_until = until;
        self.say(format!("{} and {} are parted", self.nodes[one].id, self.nodes[other].id));
        self.cut(one, other);
    }

    /// A node comes back from a backup: everything since is lost to it.
    pub(crate) fn restore(&mut self, at: usize) {
        let picked = self.chance.below(self.nodes[at].copies.len());
        let Some(copy) = self.nodes[at].copies.get(picked).cloned() else {
            return;
        };
        let node = &mut self.nodes[at];
        node.memory.judged = copy.records().map(|held| held.position).max().unwrap_or(0);
        node.memory.tombs.clear();
        for held in copy.records() {
            if let Ok(Body::Withdrawal(body)) = held.record.body() {
                let originator = held.record.header().originator.clone();
                node.memory.tombs.insert((body.digest, originator));
            }
        }
        node.ledger = copy;
        node.restored = true;
        self.tally.restores += 1;
        self.say(format!("{} is restored from an older copy", self.nodes[at].id));
        self.crash(at);
    }
}
