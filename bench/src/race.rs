//! One piece of work done by this program and by peers, in alternating rounds.

use std::time::Instant;

use anyhow::Result;

use crate::child::Child;
use crate::figures::{Figure, median};
use crate::peers::Done;
use crate::say;

/// The work and how the figures name it.
#[derive(Debug)]
pub(crate) struct Race<'a> {
    pub(crate) work: &'a str,
    pub(crate) unit: &'a str,
    /// How many there are of what the unit counts.
    pub(crate) count: usize,
    pub(crate) rounds: usize,
}

/// A peer in a race: itself, or why it is missing.
pub(crate) struct Rival<'a> {
    pub(crate) name: &'a str,
    /// Its version, and which of its ways is taken.
    pub(crate) how: &'a str,
    /// What it is told to do.
    pub(crate) order: &'a str,
    pub(crate) child: &'a mut Result<Child, String>,
}

/// What one of them reached, by round.
#[derive(Debug, Default)]
struct Runs {
    per_s: Vec<f64>,
    found: usize,
}

impl Race<'_> {
    /// Runs everybody in turn; `ours` answers how much it found.
    pub(crate) fn run(
        &self,
        mut ours: impl FnMut() -> Result<usize>,
        rivals: &mut [Rival<'_>],
    ) -> Result<Outcome> {
        let mut own = Runs::default();
        let mut theirs: Vec<Runs> = rivals.iter().map(|_| Runs::default()).collect();
        for round in 1..=self.rounds {
            let began = Instant::now();
            own.found = ours()?;
            own.per_s.push(self.rate(began.elapsed().as_secs_f64()));
            for (rival, runs) in rivals.iter_mut().zip(&mut theirs) {
                let Some(done) = rival.done() else { continue };
                runs.per_s.push(self.rate(done.seconds));
                runs.found = done.found;
            }
            let rates = std::iter::once(&own).chain(&theirs).filter_map(|runs| runs.per_s.last());
            let rates: Vec<_> = rates.map(|rate| format!("{rate:.0}")).collect();
            say(&format!("{} {round}: {} {}", self.work, rates.join(", "), self.unit));
        }
        let theirs = rivals.iter().zip(theirs).map(|(rival, runs)| Theirs {
            name: rival.name.to_owned(),
            how: rival.how.to_owned(),
            runs: rival.child.as_ref().map(|_| runs).map_err(Clone::clone),
        });
        let (work, unit) = (self.work.to_owned(), self.unit.to_owned());
        Ok(Outcome { work, unit, own, theirs: theirs.collect() })
    }

    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn rate(&self, seconds: f64) -> f64 {
        self.count as f64 / seconds
    }
}

impl Rival<'_> {
    /// Lets it do the work once; a peer that fails is missing from then on.
    fn done(&mut self) -> Option<Done> {
        let done = self.child.as_mut().ok()?.ask(&self.order);
        done.map_err(|fault| *self.child = Err(format!("not measured: {fault:#}"))).ok()
    }
}

/// What a peer reached, or why it is missing.
#[derive(Debug)]
struct Theirs {
    name: String,
    how: String,
    runs: Result<Runs, String>,
}

/// What everybody reached.
#[derive(Debug)]
pub(crate) struct Outcome {
    work: String,
    unit: String,
    own: Runs,
    theirs: Vec<Theirs>,
}

impl Outcome {
    /// Our rate next to each peer's, then the peer's: the ratio is the median of the rounds'.
    pub(crate) fn figures(&self) -> Vec<Figure> {
        if self.theirs.is_empty() {
            return vec![Figure::new(&self.work, median(&self.own.per_s), &self.unit)];
        }
        self.theirs.iter().flat_map(|their| self.next_to(their)).collect()
    }

    fn next_to(&self, their: &Theirs) -> Vec<Figure> {
        let Theirs { name, how, runs } = their;
        let own = format!("{}, next to {name}", self.work);
        let own = Figure::new(own, median(&self.own.per_s), &self.unit);
        match runs {
            Err(reason) => vec![own.alone(&format!("{name} {how} {reason}"))],
            Ok(runs) => {
                let pairs = self.own.per_s.iter().zip(&runs.per_s);
                let ratios: Vec<f64> = pairs.map(|(own, their)| own / their).collect();
                let theirs = format!("{} by {name}", self.work);
                vec![
                    own.next_to(&format!("{name} {how}"), median(&ratios)),
                    Figure::new(theirs, median(&runs.per_s), &self.unit),
                ]
            }
        }
    }

    /// How many of a round's answers were right, ours and theirs.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    pub(crate) fn found(&self, what: &str, of: usize) -> Vec<Figure> {
        let line = |name: String, runs: &Runs| {
            Figure::new(name, 100.0 * runs.found as f64 / of as f64, "%")
        };
        let theirs = self.theirs.iter().filter_map(|their| {
            their.runs.as_ref().ok().map(|runs| line(format!("{what} by {}", their.name), runs))
        });
        std::iter::once(line(what.to_owned(), &self.own)).chain(theirs).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_peer_leaves_our_figures() {
        let race = Race { work: "work", unit: "things/s", count: 10, rounds: 3 };
        let mut child = Err("not measured: no network".to_owned());
        let rival = Rival { name: "Peer", how: "1.0", order: "all", child: &mut child };
        let outcome = race.run(|| Ok(4), &mut [rival]).unwrap();
        let told = serde_json::to_value(outcome.figures()).unwrap();
        assert_eq!(told.as_array().unwrap().len(), 1);
        assert!(told[0]["value"].as_f64().unwrap() > 0.0);
        assert_eq!(told[0]["name"], "work, next to Peer");
        assert_eq!(told[0]["compared_with"], "Peer 1.0 not measured: no network");
        let found = serde_json::to_value(outcome.found("right", 5)).unwrap();
        assert_eq!((found.as_array().unwrap().len(), &found[0]["value"]), (1, &80.0.into()));
    }

    #[test]
    fn a_ratio_is_the_median_of_the_rounds() {
        let runs = |rates: [f64; 3]| Runs { per_s: rates.to_vec(), found: 1 };
        let (name, how) = ("Peer".to_owned(), "1.0".to_owned());
        let theirs = vec![Theirs { name, how, runs: Ok(runs([10.0, 10.0, 5.0])) }];
        let (work, unit) = ("work".to_owned(), "things/s".to_owned());
        let outcome = Outcome { work, unit, own: runs([20.0, 40.0, 15.0]), theirs };
        let told = serde_json::to_value(outcome.figures()).unwrap();
        assert_eq!((&told[0]["value"], &told[0]["ratio"]), (&20.0.into(), &3.0.into()));
        assert_eq!((&told[1]["name"], &told[1]["value"]), (&"work by Peer".into(), &10.0.into()));
    }
}
