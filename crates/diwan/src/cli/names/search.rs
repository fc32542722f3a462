//! `diwan names search`: the names of a file most like each name of another.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use clap::Args;
use diwan_names::{Found, Index, Kind, Search, explain};
use serde_json::{Value, json};

use crate::cli::outcome::{Failure, tell};

/// For each query, the rows of the index most like it.
#[derive(Debug, Args)]
pub(in crate::cli) struct Searched {
    /// Names to search in, one a line; what follows a tab is not looked at.
    index: PathBuf,
    /// Names to search for, one a line; a third column may say person, place or org.
    queries: PathBuf,
    /// What a query names when its line does not say.
    #[arg(long, value_name = "KIND", default_value = "person")]
    kind: Kind,
    /// At most so many rows for each query.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=100))]
    top: u16,
}

pub(in crate::cli) const EXAMPLE: &str = "Example:\n  diwan names search INDEX QUERIES\n\n\
    Prints one line for each query: zero-based rows of INDEX, best first, divided by tabs; an empty \
    line when nothing is alike. With --json each line is an object with the names found, their \
    scores and why they match.";

/// When a search takes longer than this, it says how far it is.
const SLOW: Duration = Duration::from_secs(2);

pub(in crate::cli) fn search(asked: &Searched, json: bool) -> ExitCode {
    match searched(asked, json) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => tell(Err(failure), json),
    }
}

fn searched(asked: &Searched, json: bool) -> Result<(), Failure> {
    let (names, queries) = (read(&asked.index)?, read(&asked.queries)?);
    let started = Instant::now();
    let index =
        Index::new(names.lines().map(|line| field(line, 0))).map_err(|full| anyhow!(full))?;
    if started.elapsed() > SLOW {
        progress(&format!("{} names indexed in {:.0?}", index.len(), started.elapsed()));
    }
    let queries: Vec<Query<'_>> =
        queries.lines().map(|line| Query::read(line, asked.kind)).collect();
    let answers = answers(&index, &queries, usize::from(asked.top));
    let mut out = BufWriter::new(io::stdout().lock());
    for (query, found) in queries.iter().zip(&answers) {
        let line = if json { query.told(&index, found).to_string() } else { rows(found) };
        match writeln!(out, "{line}") {
            // Whoever reads has enough.
            Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            done => done.context("the answer cannot be written")?,
        }
    }
    match out.flush() {
        Err(fault) if fault.kind() != io::ErrorKind::BrokenPipe => {
            Err(anyhow!(fault).context("the answer cannot be written").into())
        }
        _ => Ok(()),
    }
}

/// Names come from anywhere; bytes that are no UTF-8 are read as replacement characters.
fn read(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn field(line: &str, at: usize) -> &str {
    line.split('\t').nth(at).unwrap_or_default()
}

fn progress(text: &str) {
    // For people only; the search goes on when nobody reads it.
    let _ = writeln!(io::stderr(), "{text}");
}

fn rows(found: &[Found]) -> String {
    let mut line = String::new();
    for (at, found) in found.iter().enumerate() {
        // A string takes every write.
        let _ = write!(line, "{}{}", if at == 0 { "" } else { "\t" }, found.id);
    }
    line
}

struct Query<'a> {
    name: &'a str,
    kind: Kind,
}

impl<'a> Query<'a> {
    fn read(line: &'a str, otherwise: Kind) -> Self {
        Self { name: field(line, 0), kind: field(line, 2).parse().unwrap_or(otherwise) }
    }

    fn told(&self, index: &Index, found: &[Found]) -> Value {
        let found: Vec<Value> = found.iter().map(|found| self.match_told(index, *found)).collect();
        json!({ "query": self.name, "kind": word(self.kind), "found": found })
    }

    fn match_told(&self, index: &Index, found: Found) -> Value {
        let name = index.name(found.id);
        let why = explain(self.name, name, self.kind);
        let answers: Vec<Value> = why
            .answers
            .iter()
            .map(|answer| {
                json!({ "asked": answer.left, "found": answer.right, "rule": answer.rule.to_string(),
                        "alike": rounded(answer.alike), "share": rounded(answer.share) })
            })
            .collect();
        let over = |over: &[diwan_names::LeftOver]| {
            over.iter().map(|over| over.text.clone()).collect::<Vec<_>>()
        };
        json!({
            "row": found.id,
            "name": name,
            "score": rounded(found.score),
            "why": answers,
            "asked_over": over(&why.left_over),
            "found_over": over(&why.right_over),
            "against": why.against.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "known_as": why.known_as,
        })
    }
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Place => "place",
        Kind::Org => "org",
    }
}

fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

/// Answers in the order of the queries, found on all cores.
fn answers(index: &Index, queries: &[Query<'_>], top: usize) -> Vec<Vec<Found>> {
    let mut answers = vec![Vec::new(); queries.len()];
    let next = AtomicUsize::new(0);
    let workers =
        thread::available_parallelism().map_or(1, NonZeroUsize::get).min(queries.len().max(1));
    let (give, take) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (give, next) = (give.clone(), &next);
            scope.spawn(move || {
                let mut search = Search::new(index);
                while let Some((at, query)) = taken(next, queries) {
                    if give.send((at, search.best(query.name, query.kind, top))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(give);
        let (mut done, mut told) = (0, Instant::now());
        loop {
            match take.recv_timeout(SLOW) {
                Ok((at, found)) => {
                    done += 1;
                    if let Some(slot) = answers.get_mut(at) {
                        *slot = found;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if told.elapsed() > SLOW {
                progress(&format!("{done} of {} queries answered", queries.len()));
                told = Instant::now();
            }
        }
    });
    answers
}

fn taken<'a>(next: &AtomicUsize, queries: &'a [Query<'a>]) -> Option<(usize, &'a Query<'a>)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    queries.get(at).map(|query| (at, query))
}
