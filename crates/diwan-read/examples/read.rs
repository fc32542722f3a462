//! Reads files and prints their JSON: `cargo run --example read -- META.json FILE...`.
//! With `--speed N` before the files it reads them N times and prints articles a second.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to its user")]

use std::collections::BTreeMap;
use std::time::Instant;

use diwan_read::{Source, json, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let times = match words.first().map(String::as_str) {
        Some("--speed") => words.drain(..2).nth(1).and_then(|times| times.parse().ok()),
        _ => None,
    };
    let meta: BTreeMap<String, diwan_read::Meta> = match words.first().map(String::as_str) {
        Some("-") => BTreeMap::new(),
        Some(file) => serde_json::from_str(&std::fs::read_to_string(file)?)?,
        None => return Err("usage: read [--speed N] META.json|- FILE...".into()),
    };
    let mut sources = Vec::new();
    for file in &words[1..] {
        sources.push(Source::from_file(file, &std::fs::read(file)?, &meta));
    }
    if let Some(times) = times {
        return speed(&sources, times);
    }
    let (readings, groups) = read(&sources).map_err(|(nth, error)| format!("{nth}: {error}"))?;
    println!("{}", serde_json::to_string(&json(&sources, &readings, &groups))?);
    Ok(())
}

fn speed(sources: &[Source], times: usize) -> Result<(), Box<dyn std::error::Error>> {
    let started = Instant::now();
    for _ in 0..times {
        for source in sources {
            read(std::slice::from_ref(source)).map_err(|(_, error)| error)?;
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    let bytes: usize = sources.iter().map(|source| source.raw.len()).sum();
    let articles = f64::from(u32::try_from(times * sources.len())?);
    let mean = bytes / sources.len().max(1);
    println!("{:.0} articles/s of {mean} bytes", articles / seconds);
    Ok(())
}
