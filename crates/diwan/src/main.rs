//! Starts the program.

use std::process::ExitCode;

use clap::Parser as _;
use diwan::cli::{Cli, run};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    run(Cli::parse())
}
