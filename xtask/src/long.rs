//! What takes minutes to hours, and what one runs rarely.

use crate::shell::{self, Told};
use crate::{exercise, parts, web};

/// Targets of `fuzz/`, each a reader of foreign bytes.
const TARGETS: [&str; 6] = ["record", "entry", "frame", "body", "label", "name"];

pub(crate) fn bench() -> Result<(), Told> {
    shell::must(&mut shell::cargo(&["run", "--release", "--package", "diwan-bench"]))
}

/// `SEED=7` or `7`: plays one seed and prints its trace.
pub(crate) fn sim(asked: &[&str]) -> Result<(), Told> {
    let asked = asked.first().map_or("", |one| one.trim());
    let seed = asked.strip_prefix("SEED=").unwrap_or(asked);
    if seed.parse::<u64>().is_err() {
        return Err(Told::new(format!("`{seed}` is not a seed\nhint: write `make sim SEED=7`")));
    }
    let mut command = shell::cargo(&["test", "--package", "diwan-sim", "--test", "it"]);
    command.args(["--", "seed", "--nocapture"]).env("DIWAN_SEED", seed);
    shell::must(&mut command)
}

/// Feeds hostile bytes to one target, or to each in turn.
pub(crate) fn fuzz(asked: &[&str]) -> Result<(), Told> {
    let targets: Vec<&str> = match asked.first() {
        Some(one) if TARGETS.contains(one) => vec![one],
        Some(one) if one.parse::<u32>().is_err() => {
            return Err(Told::new(format!(
                "no such target: `{one}`\nhint: one of {}",
                TARGETS.join(", ")
            )));
        }
        _ => TARGETS.to_vec(),
    };
    let seconds = asked.last().and_then(|one| one.parse().ok()).unwrap_or(60);
    targets.into_iter().try_for_each(|one| feed(one, seconds))
}

/// Builds without cargo-fuzz: a nightly compiler and the flags it would pass are enough.
fn feed(target: &str, seconds: u32) -> Result<(), Told> {
    let root = shell::root();
    let built = shell::target().join("fuzz");
    let mut build = shell::program("rustup", &["run", "nightly", "cargo", "build"]);
    build
        .args(["--release", "--bin", target])
        .args(["--target", "x86_64-unknown-linux-gnu"])
        .arg("--manifest-path")
        .arg(root.join("fuzz/Cargo.toml"))
        .arg("--target-dir")
        .arg(&built)
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .env(
            "RUSTFLAGS",
            "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
             -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
             -Cllvm-args=-sanitizer-coverage-pc-table \
             -Cllvm-args=-sanitizer-coverage-trace-compares \
             -Zsanitizer=address -Cdebug-assertions -Coverflow-checks -Ccodegen-units=1",
        );
    shell::must(&mut build)?;
    let grown = shell::scratch()?.join("corpus").join(target);
    std::fs::create_dir_all(&grown).map_err(|error| shell::file_told(&grown, &error))?;
    let program = built.join("x86_64-unknown-linux-gnu/release").join(target);
    let mut play = shell::program(program, &[]);
    play.arg(&grown)
        .arg(root.join("fuzz/corpus").join(target))
        .arg(format!("-max_total_time={seconds}"))
        .args(["-max_len=65536", "-timeout=10", "-rss_limit_mb=1024"]);
    shell::must(&mut play)
}

/// Hours: long simulation, long fuzzing, newest dependencies. `night 500 5` plays so many seeds
/// and feeds each target for so many seconds.
pub(crate) fn night(asked: &[&str]) -> Result<(), Told> {
    let number = |place: usize, usual: u32| match asked.get(place) {
        None => Ok(usual),
        Some(text) => text.parse().map_err(|_| {
            Told::new(format!("`{text}` is no number\nhint: night [seeds] [seconds]"))
        }),
    };
    let (seeds, seconds) = (number(0, 100_000)?, number(1, 3600)?);
    let mut told = Vec::new();
    let mut note = |outcome: Result<(), Told>| told.extend(outcome.err());
    let mut sim = shell::cargo(&["test", "--release", "--package", "diwan-sim"]);
    note(shell::must(sim.env("DIWAN_SEEDS", seeds.to_string())));
    for target in TARGETS {
        note(feed(target, seconds));
    }
    note(newest());
    if told.is_empty() {
        return Ok(());
    }
    let told: Vec<_> = told.iter().map(ToString::to_string).collect();
    Err(Told::new(told.join("\n")))
}

/// Checks what is committed with the newest dependencies it allows, in a copy of its own.
fn newest() -> Result<(), Told> {
    let copy = shell::scratch()?.join("newest");
    let _ = std::fs::remove_dir_all(&copy);
    let mut clone = shell::program("git", &["clone", "--quiet", "--local", "--no-hardlinks", "."]);
    shell::must(clone.arg(&copy))?;
    for arguments in [&["update"][..], &["check", "--workspace", "--all-targets"]] {
        let mut command = shell::cargo(arguments);
        let built = shell::target().join("newest");
        shell::must(command.current_dir(&copy).env("CARGO_TARGET_DIR", built))?;
    }
    Ok(())
}

pub(crate) fn docs() -> Result<(), Told> {
    shell::must(&mut shell::cargo(&["doc", "--workspace", "--no-deps"]))
}

/// The gate, then the one file to install.
pub(crate) fn release() -> Result<(), Told> {
    parts::test()?;
    web::build()?;
    exercise::build()?;
    println!("to install: {}", exercise::binary().display());
    Ok(())
}
