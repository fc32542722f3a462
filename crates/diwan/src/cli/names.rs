//! `diwan names`: how alike names are, and which names of a list are most like others.

mod explain;
mod score;
mod search;

use std::process::ExitCode;

use clap::Subcommand;

/// Names across scripts; needs no node.
#[derive(Debug, Subcommand)]
pub(super) enum Names {
    /// How alike the two names of each line are, from 0 to 1.
    #[command(after_help = score::EXAMPLE)]
    Score,
    /// Why two names are as alike as they are.
    #[command(after_help = explain::EXAMPLE)]
    Explain(explain::Explained),
    /// The names of a file most like each name of another.
    #[command(after_help = search::EXAMPLE)]
    Search(search::Searched),
}

/// Does what was asked; says how the program ends.
pub(super) fn run(names: &Names, json: bool) -> ExitCode {
    match names {
        Names::Score => score::score_lines(json),
        Names::Explain(asked) => explain::explain_pair(asked, json),
        Names::Search(asked) => search::search(asked, json),
    }
}
