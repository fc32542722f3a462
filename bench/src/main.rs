//! Measures what a person would notice, next to bare programs that do only what cannot be left out.
//!
//! `docs/bench.md` says how each figure is made and what it is compared with.

mod child;
mod exchange;
mod figures;
mod http;
mod latency;
mod machine;
mod names;
mod node;
mod peers;
mod picture;
mod race;
mod reading;
mod start;
mod texts;
mod tls;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand, ValueEnum};

use figures::Figures;
use machine::Watch;

// The program's own allocator, for it and for what it is compared with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures Diwan next to bare programs, and writes a table and bench/results.json.
#[derive(Debug, Parser)]
#[command(name = "diwan-bench")]
struct Asked {
    /// Only these parts; the others keep their last figures.
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
    /// Tiny sizes: shows in seconds that everything works; bench/results.json stays as it is.
    #[arg(long)]
    small: bool,
    #[command(subcommand)]
    role: Option<Role>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Records a second between two nodes.
    Exchange,
    /// From the second signature to the partner's screen.
    Latency,
    /// Questions to pictures of three sizes.
    Picture,
    /// Start-up time and memory with the largest picture.
    Start,
    /// Pairs of names scored and names searched.
    Names,
    /// Articles read a second.
    Reading,
}

/// What a process of a measurement does; started by the measurement itself.
#[derive(Debug, Subcommand)]
#[command(hide = true)]
enum Role {
    /// A node that takes orders.
    #[command(hide = true)]
    Node { dir: PathBuf },
    /// The bare sender.
    #[command(hide = true)]
    BareAuthor { dir: PathBuf },
    /// The bare receiver.
    #[command(hide = true)]
    BarePartner { dir: PathBuf },
    /// The program itself, as `diwan` would run.
    #[command(hide = true)]
    Program {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        words: Vec<String>,
    },
}

/// Sizes of a run and where it may write.
#[derive(Debug)]
struct Bench {
    small: bool,
    scratch: PathBuf,
    /// Where environments for peers are made.
    python: PathBuf,
}

impl Bench {
    fn size(&self, full: usize, small: usize) -> usize {
        if self.small { small } else { full }
    }

    /// An empty directory for one measurement.
    fn empty(&self, name: &str) -> Result<PathBuf> {
        let dir = self.scratch.join(name);
        if dir.exists() {
            fs::remove_dir_all(&dir)?;
        }
        fs::create_dir_all(&dir)?;
        Ok(dir)
    }
}

fn main() -> ExitCode {
    let asked = Asked::parse();
    let done = match asked.role {
        None => measure(&asked.only, asked.small),
        Some(Role::Node { dir }) => node::serve(&dir),
        Some(Role::BareAuthor { dir }) => exchange::bare::author(&dir),
        Some(Role::BarePartner { dir }) => exchange::bare::partner(&dir),
        Some(Role::Program { words }) => {
            let words = std::iter::once("diwan".to_owned()).chain(words);
            return diwan::cli::run(diwan::cli::Cli::parse_from(words));
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            complain(&fault);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "the measurement talks to the person who started it")]
fn complain(fault: &anyhow::Error) {
    eprintln!("error: {fault:#}");
}

/// Says how far a measurement is.
#[expect(clippy::print_stderr, reason = "the measurement talks to the person who started it")]
fn say(text: &str) {
    eprintln!("{text}");
}

fn measure(only: &[Part], small: bool) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no workspace")?;
    let scratch = root.join("target/bench").join(if small { "small" } else { "full" });
    fs::create_dir_all(&scratch)?;
    let file = if small { scratch.join("results.json") } else { root.join("bench/results.json") };
    let bench = Bench { small, scratch, python: root.join("target/bench/python") };
    let mut figures = Figures::read(&file);
    for part in Part::value_variants() {
        if !only.is_empty() && !only.contains(part) {
            continue;
        }
        let watch = Watch::start()?;
        let measured = match part {
            Part::Exchange => exchange::measure(&bench)?,
            Part::Latency => latency::measure(&bench)?,
            Part::Picture => picture::measure(&bench)?,
            Part::Start => start::measure(&bench)?,
            Part::Names => names::measure(&bench)?,
            Part::Reading => reading::measure(&bench)?,
        };
        let code = part.to_possible_value().context("parts have names")?;
        figures.replace(code.get_name(), measured, &watch.end()?);
        figures.print(code.get_name());
        figures.write(&file)?;
    }
    Ok(())
}
