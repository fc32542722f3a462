//! Figures: what was measured, in which unit, compared with what, on which machine.

use std::fs;
use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};

/// One line of the table and of bench/results.json.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Figure {
    name: String,
    value: f64,
    unit: String,
    compared_with: String,
    /// The value divided by what it is compared with.
    ratio: Option<f64>,
    machine: String,
}

impl Figure {
    pub(crate) fn new(name: impl Into<String>, value: f64, unit: &str) -> Self {
        Self {
            name: name.into(),
            value: round(value),
            unit: unit.to_owned(),
            compared_with: String::new(),
            ratio: None,
            machine: String::new(),
        }
    }

    /// Compares with a figure that was measured in the same run.
    pub(crate) fn next_to(mut self, what: &str, ratio: f64) -> Self {
        what.clone_into(&mut self.compared_with);
        self.ratio = Some(round(ratio));
        self
    }

    /// Says why there is nothing to compare with.
    pub(crate) fn alone(mut self, why: &str) -> Self {
        why.clone_into(&mut self.compared_with);
        self
    }

    /// Compares with a target: the value is to be below it.
    pub(crate) fn below(self, target: f64) -> Self {
        let ratio = self.value / target;
        let what = format!("target: under {target} {}", self.unit);
        self.next_to(&what, ratio)
    }
}

/// Four significant digits: more would pretend.
fn round(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let scale = 10f64.powf(3.0 - value.abs().log10().floor());
    (value * scale).round() / scale
}

/// All figures, also those of parts that were not measured this time.
#[derive(Debug, Default)]
pub(crate) struct Figures(Vec<Figure>);

impl Figures {
    /// What an earlier run wrote; nothing if there is none.
    pub(crate) fn read(file: &Path) -> Self {
        let text = fs::read(file).unwrap_or_default();
        Self(serde_json::from_slice(&text).unwrap_or_default())
    }

    /// Puts new figures of a part in the place of its old ones.
    pub(crate) fn replace(&mut self, part: &str, figures: Vec<Figure>, machine: &str) {
        let start = format!("{part}: ");
        self.0.retain(|figure| !figure.name.starts_with(&start));
        self.0.extend(figures.into_iter().map(|figure| Figure {
            name: format!("{start}{}", figure.name),
            machine: machine.to_owned(),
            ..figure
        }));
    }

    pub(crate) fn write(&self, file: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(&self.0)?;
        fs::write(file, text + "\n")?;
        Ok(())
    }

    /// Prints the figures of a part.
    #[expect(clippy::print_stdout, reason = "the table is the answer")]
    pub(crate) fn print(&self, part: &str) {
        let start = format!("{part}: ");
        let mut machine = "";
        for figure in self.0.iter().filter(|figure| figure.name.starts_with(&start)) {
            if figure.machine != machine {
                machine = &figure.machine;
                println!("{machine}");
            }
            let ratio = figure.ratio.map_or_else(String::new, |ratio| format!("{ratio:.2} x"));
            println!(
                "  {:56} {:>10} {:10} {:>9} {}",
                figure.name, figure.value, figure.unit, ratio, figure.compared_with
            );
        }
    }
}

/// Times of one sort, in milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Times(Vec<f64>);

impl Times {
    pub(crate) fn add(&mut self, time: std::time::Duration) {
        self.0.push(time.as_secs_f64() * 1000.0);
    }

    pub(crate) fn count(&self) -> u64 {
        u64::try_from(self.0.len()).unwrap_or(u64::MAX)
    }

    /// The time that `share` of all stay at or below.
    pub(crate) fn at(&self, share: f64) -> f64 {
        quantile(&self.0, share)
    }
}

/// The nearest value at a share of the sorted list; 0 for an empty one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a place in a short list"
)]
fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1).min(sorted.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

pub(crate) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_replaced_and_the_others_stay() {
        let mut figures = Figures::default();
        figures.replace("a", vec![Figure::new("x", 1.0, "s"), Figure::new("y", 2.0, "s")], "m");
        figures.replace("b", vec![Figure::new("x", 3.0, "s")], "m");
        figures.replace("a", vec![Figure::new("x", 12_345.6, "s")], "m");
        let left: Vec<_> = figures.0.iter().map(|one| (one.name.as_str(), one.value)).collect();
        assert_eq!(left, [("b: x", 3.0), ("a: x", 12_350.0)]);
    }

    #[test]
    fn shares_of_a_list() {
        let values: Vec<f64> = (1..=200).map(f64::from).collect();
        assert_eq!((quantile(&values, 0.5), quantile(&values, 0.99)), (100.0, 198.0));
        assert_eq!((quantile(&[7.0], 0.99), quantile(&[], 0.5)), (7.0, 0.0));
    }
}
