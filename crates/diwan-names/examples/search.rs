//! Searches an index of names for queries, as `diwan names search` does, with weights of choice.
//!
//! `cargo run --release -p diwan-names --example search -- [--weights DIR] INDEX QUERIES` prints up
//! to ten zero-based rows of the index for each query, and on standard error how long it took.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example talks on the terminal")]

use std::fs;
use std::path::Path;
use std::time::Instant;

use diwan_names::{Index, Kind, Model, Search, costs::Costs, forest::Forest};

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let weights = if words.first().is_some_and(|word| word == "--weights") {
        words.remove(0);
        Some(model(Path::new(&words.remove(0)))?)
    } else {
        None
    };
    let [index, queries] = words.as_slice() else {
        return Err("[--weights DIR] INDEX QUERIES".into());
    };
    let many = std::env::var("MANY").ok().and_then(|many| many.parse().ok()).unwrap_or(10);
    let started = Instant::now();
    let index = Index::new(fs::read_to_string(index)?.lines().map(|line| field(line, 0)))?;
    let built = started.elapsed().as_secs_f64();
    let queries = fs::read_to_string(queries)?;
    let mut search = Search::with_model(&index, weights.as_ref().unwrap_or(Model::shipped()));
    let started = Instant::now();
    let mut rows = String::new();
    for line in queries.lines() {
        let kind = match field(line, 2) {
            "place" => Kind::Place,
            "org" => Kind::Org,
            _ => Kind::Person,
        };
        let found = search.best(field(line, 0), kind, many);
        let ids: Vec<String> = found.iter().map(|found| found.id.to_string()).collect();
        rows.push_str(&ids.join("\t"));
        rows.push('\n');
    }
    let rate = queries.lines().count() as f64 / started.elapsed().as_secs_f64();
    eprintln!("{} names in {built:.2} s; {rate:.0} queries a second", index.len());
    print!("{rows}");
    Ok(())
}

fn field(line: &str, at: usize) -> &str {
    line.split('\t').nth(at).unwrap_or_default()
}

fn model(folder: &Path) -> Result<Model, Failed> {
    let bytes = |name: &str| fs::read(folder.join(name));
    Ok(Model {
        costs: Costs::read(&bytes("costs.bin")?).ok_or("costs.bin is cut short")?,
        rarities: bytes("rarities.bin")?,
        forest: Forest::read(&bytes("forest.bin")?).ok_or("forest.bin is cut short")?,
    })
}
