//! `diwan names`: how alike names are, and which names of a list are most like others.

mod search;

use std::process::ExitCode;

use clap::Subcommand;

/// Names across scripts; needs no node.
#[derive(Debug, Subcommand)]
pub(super) enum Names {
    /// The names of a file most like each name of another.
    #[command(after_help = search::EXAMPLE)]
    Search(search::Searched),
}

/// Does what was asked; says how the program ends.
pub(super) fn run(names: &Names, json: bool) -> ExitCode {
    match names {
        Names::Search(asked) => search::search(asked, json),
    }
}
