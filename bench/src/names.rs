//! Pairs of names scored and names searched, next to what others offer for Python.

mod made;

use std::fs;

use anyhow::{Context as _, Result};
use diwan_names::{Index, Kind, Search, encode, score};

use crate::Bench;
use crate::figures::Figure;
use crate::peers::Peer;
use crate::race::{Race, Rival};
use made::Work;

const RAPIDFUZZ: Peer =
    Peer { name: "RapidFuzz 3.14.1", program: "names.py", packages: &["rapidfuzz==3.14.1"] };
const NOMENKLATURA: Peer =
    Peer { name: "nomenklatura 4.17.4", program: "names.py", packages: &["nomenklatura==4.17.4"] };

/// A search answers so many names.
const MANY: usize = 10;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let work = Work::new(bench.size(20_000, 500), bench.size(100_000, 2_000), bench.size(50, 10));
    let file = bench.scratch.join("names.json");
    fs::write(&file, serde_json::to_vec(&work)?)?;
    let file = file.to_str().context("not a plain path")?;
    let mut rapidfuzz = RAPIDFUZZ.start(bench, &["rapidfuzz", file]);
    let mut nomenklatura = NOMENKLATURA.start(bench, &["nomenklatura", file]);
    let rounds = bench.size(5, 1);

    let race = Race { work: "pairs scored", unit: "pairs/s", count: work.pairs.len(), rounds };
    let mut rivals = [
        Rival {
            name: format!("{}, WRatio", RAPIDFUZZ.name),
            order: "pairs",
            child: &mut rapidfuzz,
        },
        Rival {
            name: format!("{}, logic-v2", NOMENKLATURA.name),
            order: "pairs",
            child: &mut nomenklatura,
        },
    ];
    let mut figures = race.run(|| Ok(pairs(&work)), &mut rivals)?.figures();

    let names = work.names.len();
    let index = Index::new(&work.names)?;
    let searched = format!("search among {names}");
    let race = Race { work: &searched, unit: "queries/s", count: work.queries.len(), rounds };
    let name = format!("{}, process.extract", RAPIDFUZZ.name);
    let mut rivals = [Rival { name, order: "search", child: &mut rapidfuzz }];
    let outcome = race.run(|| Ok(search(&work, &index)), &mut rivals)?;
    figures.extend(outcome.figures());
    figures.extend(outcome.found(&format!("{searched}, person within {MANY}"), work.queries.len()));
    for peer in [rapidfuzz, nomenklatura].into_iter().flatten() {
        peer.end()?;
    }
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
