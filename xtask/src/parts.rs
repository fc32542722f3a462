//! The gate and its fast part: runs every part to the end and sums what passed and failed.

use std::fs;
use std::process::Command;
use std::time::Instant;

use serde_json::Value;

use crate::exercise::{self, Stage};
use crate::shell::{self, Told};
use crate::{doctor, generate, supply, tidy, web};

/// How many passed and failed in one part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Count {
    pub(crate) const ONE: Self = Self { passed: 1, failed: 0 };
    const NONE: Self = Self { passed: 0, failed: 1 };

    fn of(passed: bool) -> Self {
        if passed { Self::ONE } else { Self::NONE }
    }

    /// A part that failed as a whole counts as one failure even when no single test did.
    fn at_least(self, success: bool) -> Self {
        if success || self.failed > 0 { self } else { Self { failed: 1, ..self } }
    }
}

/// Everything the gate runs. Goes on after a failure, so that one run tells all of them.
pub(crate) fn test() -> Result<(), Told> {
    doctor::run(doctor::For::Test)?;
    let mut parts = Parts::default();
    parts.run("format", || passes(&mut format()));
    parts.run("tidy", tidy::count);
    parts.run("supply", || supply::run().map(|()| Count::ONE));
    parts.run("screens: build", || web::build().map(|()| Count::ONE));
    parts.run("screens: format and types", || passes(&mut shell::npm(&["run", "check"])));
    parts.run("screens: tests", || vitest("test", None));
    parts.run("lints", || passes(&mut lints()));
    parts.run("tests", || rust_tests(&["--workspace"]));
    parts.run("examples in comments", || {
        cargo_test(&["test", "--workspace", "--doc", "--no-fail-fast"])
    });
    parts.run("program: build", || exercise::build().map(|()| Count::ONE));
    parts.run("generated files", generate::compare);
    parts.run("stories in the browser", stories);
    parts.close()
}

/// What one runs before every commit.
pub(crate) fn check() -> Result<(), Told> {
    let mut parts = Parts::default();
    parts.run("format", || passes(&mut format()));
    parts.run("tidy", tidy::count);
    parts.run("lints", || passes(&mut lints()));
    parts.run("unit tests", || rust_tests(&["--workspace", "--lib", "--bins"]));
    parts.close()
}

/// Repairs what can be repaired without thought.
pub(crate) fn fix() -> Result<(), Told> {
    shell::must(&mut shell::cargo(&["fmt", "--all"]))?;
    shell::must(&mut shell::cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--fix",
        "--allow-dirty",
        "--allow-staged",
    ]))?;
    web::install()?;
    shell::must(&mut shell::npm(&["run", "fix"]))
}

fn format() -> Command {
    shell::cargo(&["fmt", "--all", "--check"])
}

fn lints() -> Command {
    let mut command = shell::cargo(&["clippy", "--workspace", "--all-targets"]);
    command.args(locked()).args(["--", "-D", "warnings"]);
    command
}

/// The gate builds exactly what the lock file names.
pub(crate) fn locked() -> &'static [&'static str] {
    if std::env::var_os("CI").is_some() { &["--locked"] } else { &[] }
}

fn passes(command: &mut Command) -> Result<Count, Told> {
    let (status, _) = shell::watched(command)?;
    Ok(Count::of(status.success()))
}

fn rust_tests(which: &[&str]) -> Result<Count, Told> {
    let nextest = shell::output(&mut shell::cargo(&["nextest", "--version"])).is_ok();
    if !nextest {
        let targets: &[&str] = if which.len() == 1 { &["--lib", "--bins", "--tests"] } else { &[] };
        return cargo_test(&[&["test", "--no-fail-fast"], which, targets].concat());
    }
    let mut command = shell::cargo(&["nextest", "run", "--no-fail-fast"]);
    command.args(which).args(locked());
    let (status, said) = shell::watched(&mut command)?;
    Ok(nextest_count(&said).at_least(status.success()))
}

fn cargo_test(arguments: &[&str]) -> Result<Count, Told> {
    let mut command = shell::cargo(arguments);
    command.args(locked());
    let (status, said) = shell::watched(&mut command)?;
    Ok(cargo_count(&said).at_least(status.success()))
}

/// Reads `Summary [ 1.2s] 12 tests run: 10 passed (1 slow), 2 failed, 0 skipped`; with `8/12`
/// when the run was cut short.
fn nextest_count(said: &str) -> Count {
    let summary = said.lines().rev().find(|line| line.contains("Summary ["));
    let Some((head, tail)) = summary.and_then(|line| line.split_once("run:")) else {
        return Count::default();
    };
    let meant = head
        .split_whitespace()
        .filter_map(|word| word.split('/').next_back()?.parse().ok())
        .next_back()
        .unwrap_or(0);
    let passed = before(tail, "passed").unwrap_or(0);
    Count { passed, failed: u64::saturating_sub(meant, passed) }
}

/// Sums every `test result: ok. 12 passed; 0 failed; ...`.
fn cargo_count(said: &str) -> Count {
    let mut count = Count::default();
    for line in said.lines().filter(|line| line.starts_with("test result:")) {
        count.passed += before(line, "passed").unwrap_or(0);
        count.failed += before(line, "failed").unwrap_or(0);
    }
    count
}

/// The number written before `word`.
fn before(text: &str, word: &str) -> Option<u64> {
    let words: Vec<_> = text.split([' ', ',', ';']).collect();
    let place = words.iter().position(|one| *one == word)?;
    words.get(place.checked_sub(1)?)?.parse().ok()
}

/// Runs one of the package's vitest scripts; its JSON report says the numbers.
fn vitest(script: &str, stage: Option<&Stage>) -> Result<Count, Told> {
    let report = shell::scratch()?.join(format!("{script}.json"));
    let _ = fs::remove_file(&report);
    let output = format!("--outputFile.json={}", report.display());
    let mut command = shell::npm(&["run", script, "--"]);
    command.args(["--reporter=default", "--reporter=json", &output]);
    if let Some(stage) = stage {
        command.env("DIWAN_E2E", &stage.told);
    }
    if let Some(browser) = doctor::browser() {
        command.env("DIWAN_BROWSER", browser);
    }
    let (status, _) = shell::watched(&mut command)?;
    let told = shell::read(&report).unwrap_or_default();
    Ok(vitest_count(&told).at_least(status.success()))
}

fn vitest_count(report: &str) -> Count {
    let report: Value = serde_json::from_str(report).unwrap_or_default();
    let number = |key: &str| report.get(key).and_then(Value::as_u64).unwrap_or(0);
    Count { passed: number("numPassedTests"), failed: number("numFailedTests") }
}

fn stories() -> Result<Count, Told> {
    if doctor::browser().is_none() {
        return Err(Told::new("the stories need Chromium\nhint: run `cargo xtask doctor`"));
    }
    let stage = Stage::open()?;
    vitest("e2e", Some(&stage))
}

/// The parts run so far.
#[derive(Debug, Default)]
struct Parts(Vec<(&'static str, Count, u64)>);

impl Parts {
    fn run(&mut self, name: &'static str, part: impl FnOnce() -> Result<Count, Told>) {
        println!("\n== {name}");
        let start = Instant::now();
        let count = part().unwrap_or_else(|told| {
            println!("{told}");
            Count::NONE
        });
        self.0.push((name, count, start.elapsed().as_secs()));
    }

    fn close(self) -> Result<(), Told> {
        println!();
        let mut sum = Count::default();
        for (name, count, seconds) in self.0 {
            let mark = if count.failed > 0 { "failed" } else { "ok" };
            println!(
                "{name:28} {:5} passed {:4} failed {seconds:5} s  {mark}",
                count.passed, count.failed
            );
            sum.passed += count.passed;
            sum.failed += count.failed;
        }
        println!("\n{} passed, {} failed", sum.passed, sum.failed);
        if sum.failed == 0 { Ok(()) } else { Err(Told::new("the gate stays shut")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_runner_is_counted() {
        let count = |passed, failed| Count { passed, failed };
        let said = "  Summary [   0.123s] 12 tests run: 10 passed (1 slow), 2 failed, 0 skipped\n";
        assert_eq!(nextest_count(said), count(10, 2));
        let said = "  Summary [   0.123s] 8/12 tests run: 8 passed, 0 skipped\n";
        assert_eq!(nextest_count(said), count(8, 4));
        let said = "  Summary [   0.1s] 1 test run: 1 passed, 0 skipped\n";
        assert_eq!(nextest_count(said), count(1, 0));
        assert_eq!(nextest_count("nothing"), count(0, 0));
        let said = "test result: ok. 3 passed; 0 failed; 0 ignored\n\
                    test result: FAILED. 4 passed; 2 failed; 0 ignored\n";
        assert_eq!(cargo_count(said), count(7, 2));
        let said = r#"{"numPassedTests":5,"numFailedTests":1,"success":false}"#;
        assert_eq!(vitest_count(said), count(5, 1));
    }

    #[test]
    fn a_part_that_broke_before_its_tests_counts_as_failed() {
        assert_eq!(Count::default().at_least(false).failed, 1);
        assert_eq!(Count::ONE.at_least(true), Count::ONE);
    }
}
