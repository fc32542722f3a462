//! Programs of others to measure beside, each in a Python environment made for it under target.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;

use crate::child::Child;
use crate::{Bench, say};

/// A library of others, and the program of `bench/peers` that runs it.
#[derive(Debug)]
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    pub(crate) program: &'static str,
    /// Names and versions, as the index of Python packages has them.
    pub(crate) packages: &'static [&'static str],
}

/// What a peer answers to an order.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Done {
    /// How long the work took, without starting up and loading.
    pub(crate) seconds: f64,
    pub(crate) found: usize,
}

impl Peer {
    /// The peer with its work loaded, or why it cannot be had.
    pub(crate) fn start(&self, bench: &Bench, words: &[&str]) -> Result<Child, String> {
        let started = self.python(bench).and_then(|python| {
            say(&format!("{}: loading", self.name));
            let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(self.program);
            let mut command = Command::new(python);
            command.arg(program).args(words);
            for threads in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"] {
                command.env(threads, "1");
            }
            let mut child = Child::spawn(command)?;
            child.ask::<Done>(&"ready")?;
            Ok(child)
        });
        started.map_err(|fault| {
            let reason = format!("not measured: {fault:#}");
            say(&format!("{}: {reason}", self.name));
            reason
        })
    }

    /// Its Python, after installing what is missing. Only a full run installs.
    fn python(&self, bench: &Bench) -> Result<PathBuf> {
        let folder = self.packages.join("+").replace("==", "-");
        let dir = bench.python.join(folder);
        let (python, ready) = (dir.join("bin/python"), dir.join("ready"));
        if ready.exists() {
            return Ok(python);
        }
        ensure!(!bench.small, "not installed, and a small run does not install");
        if dir.exists() {
            fs::remove_dir_all(&dir)?;
        }
        say(&format!("{}: installing into {}", self.name, dir.display()));
        run(Command::new("python3").args(["-m", "venv"]).arg(&dir))?;
        // PyICU comes as source only; everything else must come built.
        let how = ["-m", "pip", "install", "--quiet", "--only-binary", ":all:"];
        let except = ["--no-binary", "pyicu", "--retries", "1", "--timeout", "30"];
        run(Command::new(&python).args(how).args(except).args(self.packages))?;
        fs::write(ready, "")?;
        Ok(python)
    }
}

/// Runs a command to its end; its last complaint is the reason where it fails.
fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{program} does not start"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let complaint =
        said.lines().rev().find(|line| line.contains("ERROR") || line.contains("rror:"));
    bail!("{}", complaint.or(said.lines().last()).unwrap_or("it failed without a word").trim())
}
