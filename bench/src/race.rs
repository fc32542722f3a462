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

/// A peer in a race: by name, the order that makes it do the work, and itself or why it is missing.
pub(crate) struct Rival<'a> {
    pub(crate) name: String,
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
                let Ok(child) = rival.child.as_mut() else { continue };
                let done: Done = child.ask(&rival.order)?;
                runs.per_s.push(self.rate(done.seconds));
                runs.found = done.found;
            }
            let rates = std::iter::once(&own).chain(&theirs).filter_map(|runs| runs.per_s.last());
            let rates: Vec<_> = rates.map(|rate| format!("{rate:.0}")).collect();
            say(&format!("{} {round}: {} {}", self.work, rates.join(", "), self.unit));
        }
        let theirs = rivals.iter().zip(theirs).map(|(rival, runs)| {
            let missing = rival.child.as_ref().err().cloned();
            (rival.name.clone(), missing.map_or(Ok(runs), Err))
        });
        Ok(Outcome {
            work: self.work.to_owned(),
            unit: self.unit.to_owned(),
            own,
            theirs: theirs.collect(),
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn rate(&self, seconds: f64) -> f64 {
        self.count as f64 / seconds
    }
}

/// What everybody reached.
#[derive(Debug)]
pub(crate) struct Outcome {
    work: String,
    unit: String,
    own: Runs,
    theirs: Vec<(String, Result<Runs, String>)>,
}

impl Outcome {
    /// Our rate beside each peer's, then the peer's own: the ratio is the median of the rounds'.
    pub(crate) fn figures(&self) -> Vec<Figure> {
        let own = || Figure::new(&self.work, self.per_s(), &self.unit);
        if self.theirs.is_empty() {
            return vec![own()];
        }
        let beside = |(name, runs): &(String, Result<Runs, String>)| match runs {
            Err(reason) => vec![own().alone(&format!("{name} {reason}"))],
            Ok(runs) => {
                let ratios: Vec<f64> = self
                    .own
                    .per_s
                    .iter()
                    .zip(&runs.per_s)
                    .map(|(own, their)| own / their)
                    .collect();
                let theirs = format!("{}: {name}", self.work);
                vec![
                    own().next_to(name, median(&ratios)),
                    Figure::new(theirs, median(&runs.per_s), &self.unit),
                ]
            }
        };
        self.theirs.iter().flat_map(beside).collect()
    }

    pub(crate) fn per_s(&self) -> f64 {
        median(&self.own.per_s)
    }

    /// How many of a round's answers were right, ours and theirs.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    pub(crate) fn found(&self, what: &str, of: usize) -> Vec<Figure> {
        let line = |name: &str, runs: &Runs| {
            Figure::new(format!("{what}{name}"), 100.0 * runs.found as f64 / of as f64, "%")
        };
        let theirs = self.theirs.iter().filter_map(|(name, runs)| {
            runs.as_ref().ok().map(|runs| line(&format!(": {name}"), runs))
        });
        std::iter::once(line("", &self.own)).chain(theirs).collect()
    }
}
