//! Repository commands: sets up, generates, checks and plays. `make` gives them short names.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks on the terminal"
)]

mod attacks;
mod bless;
mod doctor;
mod exercise;
mod generate;
mod long;
mod parts;
mod scaffold;
mod shell;
mod supply;
mod tidy;
mod web;

use std::process::ExitCode;

use shell::Told;

const USAGE: &str = "cargo xtask COMMAND

  run [...]          sets up what is missing and plays the exercise with five partners;
                     further arguments go to `diwan exercise`
  test               sets up what is missing and passes everything the gate runs
  check              the fast part: format, lints, tidy, unit tests
  fix                repairs format and lint findings
  tidy               checks the repository's own rules
  gen [pages]        writes all generated files again, or only the pages made from sources
  bless              accepts snapshots and vectors, in the right order
  doctor             says what this machine lacks and installs it when run as root
  web                installs and builds the screens where sources are newer
  basemap            makes the base map again
  bench              measures next to a bare pipeline
  sim SEED=n         plays one seed of the simulation
  fuzz [target] [s]  feeds hostile bytes (nightly toolchain)
  night [n] [s]      what takes hours: n seeds, s seconds for each target
  supply             licences and sources of all dependencies
  docs               the API documentation of the crates
  release            the gate, then the one file to install
  new kind NAME      scaffold for a new kind of record";

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    match command(&asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(told) => {
            eprintln!("{told}");
            ExitCode::FAILURE
        }
    }
}

fn command(asked: &[&str]) -> Result<(), Told> {
    match asked {
        ["run", rest @ ..] => exercise::run(rest),
        ["test"] => parts::test(),
        ["check"] => parts::check(),
        ["fix"] => parts::fix(),
        ["tidy"] => tidy::run(),
        ["gen"] => generate::run(),
        ["gen", "pages"] => generate::write_pages(),
        ["bless"] => bless::run(),
        ["doctor"] => doctor::run(doctor::For::Test),
        ["web"] => web::build(),
        ["basemap"] => web::basemap(),
        ["bench"] => long::bench(),
        ["sim", rest @ ..] => long::sim(rest),
        ["fuzz", rest @ ..] => long::fuzz(rest),
        ["night", rest @ ..] => long::night(rest),
        ["supply"] => supply::run(),
        ["docs"] => long::docs(),
        ["release"] => long::release(),
        ["new", "kind", name] => scaffold::kind(name),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(Told::new(format!("no such command: `{}`\n\n{USAGE}", asked.join(" ")))),
    }
}
