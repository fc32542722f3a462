//! Pairs of names scored and names searched, next to what others offer for Python.

mod made;

use std::fs;

use anyhow::{Context as _, Result};
use diwan_names::{Index, Kind, Search, encode, score};

use crate::Bench;
use crate::child::Child;
use crate::figures::Figure;
use crate::peers::Peer;
use crate::race::{Race, Rival};
use made::Work;

const RAPIDFUZZ: Peer =
    Peer { name: "RapidFuzz", program: "names.py", packages: &["rapidfuzz==3.14.1"] };
const NOMENKLATURA: Peer =
    Peer { name: "nomenklatura", program: "names.py", packages: &["nomenklatura==4.17.4"] };

/// A search answers so many names.
const MANY: usize = 10;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let work = Work::new(bench.size(20_000, 500), bench.size(100_000, 2_000), bench.size(50, 10));
    let file = bench.scratch.join("names.json");
    fs::write(&file, serde_json::to_vec(&work)?)?;
    let file = file.to_str().context("not a plain path")?;
    let mut rapidfuzz = RAPIDFUZZ.start(bench, &["rapidfuzz", file]);
    let mut nomenklatura = NOMENKLATURA.start(bench, &["nomenklatura", file]);
    let mut figures = score_pairs(bench, &work, &mut rapidfuzz, &mut nomenklatura)?;
    figures.extend(search_names(bench, &work, &mut rapidfuzz)?);
    for peer in [rapidfuzz, nomenklatura].into_iter().flatten() {
        peer.end()?;
    }
    Ok(figures)
}

fn score_pairs(
    bench: &Bench,
    work: &Work,
    rapidfuzz: &mut Result<Child, String>,
    nomenklatura: &mut Result<Child, String>,
) -> Result<Vec<Figure>> {
    let (count, rounds) = (work.pairs.len(), bench.size(5, 1));
    let race = Race { work: "pairs scored", unit: "pairs/s", count, rounds };
    let mut rivals = [
        Rival {
            name: RAPIDFUZZ.name,
            how: "3.14.1, WRatio: letters only",
            order: "pairs",
            child: rapidfuzz,
        },
        Rival {
            name: NOMENKLATURA.name,
            how: "4.17.4, logic-v2",
            order: "pairs",
            child: nomenklatura,
        },
    ];
    Ok(race.run(|| Ok(pairs(work)), &mut rivals)?.figures())
}

fn search_names(
    bench: &Bench,
    work: &Work,
    rapidfuzz: &mut Result<Child, String>,
) -> Result<Vec<Figure>> {
    let index = Index::new(&work.names)?;
    let (count, rounds) = (work.queries.len(), bench.size(5, 1));
    let searched = format!("search in {}", work.names.len());
    let race = Race { work: &searched, unit: "queries/s", count, rounds };
    let how = "3.14.1, process.extract, WRatio";
    let mut rivals = [Rival { name: RAPIDFUZZ.name, how, order: "search", child: rapidfuzz }];
    let outcome = race.run(|| Ok(search(work, &index)), &mut rivals)?;
    let mut figures = outcome.figures();
    figures.extend(outcome.found(&format!("person within {MANY}"), count));
    Ok(figures)
}

/// Reads both names of every pair and compares them, as if neither had been seen before.
fn pairs(work: &Work) -> usize {
    let alike = |(one, other): &(String, String)| {
        score(&encode(one, Kind::Person), &encode(other, Kind::Person)) > 0.5
    };
    work.pairs.iter().filter(|pair| alike(pair)).count()
}

/// How many queries find a spelling of the person asked for.
fn search(work: &Work, index: &Index) -> usize {
    let mut search = Search::new(index);
    let mut finds = |query: &str, person: usize| {
        let best = search.best(query, Kind::Person, MANY);
        best.iter().any(|found| work.who.get(found.id as usize) == Some(&person))
    };
    work.queries.iter().filter(|(query, person)| finds(query, *person)).count()
}
