//! How often each rule was right, and which rules are silent for it.
//!
//! A rule is silent when people decided about enough of its proposals and took fewer than half of
//! them as they were. It is shown as silent, its proposals stay one key away, and a person may
//! switch it on again, or off; then the person's word stands and not the count.

use std::collections::{BTreeMap, BTreeSet};

use diwan_room::Fault;
use diwan_store::{Articles, RuleSwitch, Tally};

/// Decisions before a rule can fall silent by itself: at twenty, one bad day is not enough.
pub(crate) const DECISIONS_MIN: u64 = 20;
/// Share of proposals taken as they were, below which a rule costs more time than it saves.
pub(crate) const PRECISION_MIN: f64 = 0.5;

/// One rule as people judged it.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) tally: Tally,
    /// Accepted of all that was decided; absent while nothing was.
    pub(crate) precision: Option<f64>,
    pub(crate) muted: bool,
    pub(crate) switch: Option<RuleSwitch>,
}

/// Every rule that was decided about or switched, by name.
pub(crate) fn rules(articles: &Articles) -> Result<Vec<Rule>, Fault> {
    let named = |tally: Tally| (tally.rule.clone(), tally);
    let mut tallies: BTreeMap<String, Tally> = articles.tallies()?.into_iter().map(named).collect();
    let mut switches = BTreeMap::new();
    for switch in articles.switches()? {
        let none = || Tally { rule: switch.rule.clone(), ..Tally::default() };
        tallies.entry(switch.rule.clone()).or_insert_with(none);
        switches.insert(switch.rule.clone(), switch);
    }
    Ok(tallies.into_values().map(|tally| judge(tally, &mut switches)).collect())
}

fn judge(tally: Tally, switches: &mut BTreeMap<String, RuleSwitch>) -> Rule {
    let switch = switches.remove(&tally.rule);
    let decided = tally.accepted + tally.corrected + tally.rejected;
    let precision = (decided > 0).then(|| share(tally.accepted, decided));
    let failing = decided >= DECISIONS_MIN && precision.is_some_and(|share| share < PRECISION_MIN);
    let muted = switch.as_ref().map_or(failing, |switch| switch.muted);
    Rule { tally, precision, muted, switch }
}

#[expect(clippy::cast_precision_loss, reason = "counts of what people decided stay far below 2^53")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

/// Names of the rules that are silent.
pub(crate) fn muted(articles: &Articles) -> Result<BTreeSet<String>, Fault> {
    let silent = rules(articles)?.into_iter().filter(|rule| rule.muted);
    Ok(silent.map(|rule| rule.tally.rule).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_falls_silent_after_enough_failures_and_a_person_has_the_last_word() {
        let rule = |accepted, corrected, rejected, switch: Option<bool>| {
            let tally = Tally { rule: "event.met".to_owned(), accepted, corrected, rejected };
            let at = diwan_record::Moment::from_micros(0);
            let person = "ana".to_owned();
            let switch =
                switch.map(|muted| RuleSwitch { rule: tally.rule.clone(), muted, person, at });
            let mut switches = switch.map(|one| (one.rule.clone(), one)).into_iter().collect();
            judge(tally, &mut switches).muted
        };
        assert!(!rule(0, 0, DECISIONS_MIN - 1, None), "too few decisions to say");
        assert!(rule(0, 0, DECISIONS_MIN, None));
        assert!(rule(9, 11, 0, None), "what must be corrected was not right");
        assert!(!rule(10, 10, 0, None), "half is enough");
        assert!(!rule(0, 0, 100, Some(false)), "a person switched it on");
        assert!(rule(100, 0, 0, Some(true)), "a person switched it off");
    }
}
