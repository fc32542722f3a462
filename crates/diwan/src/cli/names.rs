//! `diwan names`: how alike names are, and which names of a list are most like others.

mod explain;
mod score;

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
}

/// Does what was asked; says how the program ends.
pub(super) fn run(names: &Names, json: bool) -> ExitCode {
    match names {
        Names::Score => score::score_lines(json),
        Names::Explain(asked) => explain::explain_pair(asked, json),
    }
}
