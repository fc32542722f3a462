//! Claims of annotated articles, in the form the reading scorer takes.
//!
//! `cargo run -p diwan-read --example claims -- GOLD.json FOLDER [--own]` takes the mentions from
//! the annotation, so that events, commitments and numbers are measured apart from the finding of
//! names; with `--own` everything is read from the text.
#![allow(clippy::print_stdout, reason = "an example that writes its answer to standard output")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use diwan_read::{
    Groups, Language, Mention, MentionKind, Page, Reading, Source, Span, claims, group, json, open,
    read,
};
use serde_json::Value;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let given: Vec<String> = env::args().skip(1).collect();
    let [gold, folder, rest @ ..] = given.as_slice() else {
        return Err("usage: claims GOLD.json FOLDER [--own]".into());
    };
    let gold: Value = serde_json::from_str(&fs::read_to_string(gold)?)?;
    let documents = gold["documents"].as_array().ok_or("no documents")?;
    let sources = documents
        .iter()
        .map(|document| source(document, Path::new(folder)))
        .collect::<Result<Vec<_>, _>>()?;
    let (readings, groups) = if rest.iter().any(|flag| flag == "--own") {
        read(&sources).map_err(|(nth, error)| format!("{}: {error}", sources[nth].id))?
    } else {
        annotated(documents, &sources)?
    };
    println!("{}", json(&sources, &readings, &groups));
    Ok(())
}

fn source(document: &Value, folder: &Path) -> Result<Source, Failure> {
    let name = document["file"].as_str().ok_or("no file")?;
    let path: PathBuf = folder.join(name);
    let told = &document["publication"];
    let known = told["given_as_metadata"].as_bool().unwrap_or(false);
    let published = known.then(|| told["date"].as_str().map(str::to_owned)).flatten();
    let id = document["id"].as_str().unwrap_or_default().to_owned();
    Ok(Source { id, raw: fs::read_to_string(path)?, published, ..Source::default() })
}

fn annotated(documents: &[Value], sources: &[Source]) -> Result<(Vec<Reading>, Groups), Failure> {
    let mut readings = Vec::new();
    for (document, source) in documents.iter().zip(sources) {
        let mut page = open(source)?.into_iter().next().ok_or("no page")?;
        page.id.clone_from(&source.id);
        let places = places(&page, &source.raw);
        let known = source.published.is_some();
        let found = document["mentions"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut mentions: Vec<Mention> = found
            .iter()
            .filter_map(|mention| annotation(mention, &places, known, page.language))
            .collect();
        mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
        readings.push(claims(page, mentions));
    }
    let groups = group(&mut readings);
    Ok((readings, groups))
}

/// Code points of the source to bytes of the text.
fn places(page: &Page, raw: &str) -> BTreeMap<usize, usize> {
    let mut places: BTreeMap<usize, usize> = page
        .text
        .char_indices()
        .map(|(at, c)| {
            (page.to_raw_points(raw, Span { start: at, end: at + c.len_utf8() }).start, at)
        })
        .collect();
    places.entry(raw.chars().count()).or_insert(page.text.len());
    places
}

fn annotation(
    mention: &Value,
    places: &BTreeMap<usize, usize>,
    known: bool,
    language: Language,
) -> Option<Mention> {
    let point = |key: &str| {
        let at = usize::try_from(mention[key].as_u64()?).ok()?;
        places.range(at..).next().map(|(_, &at)| at)
    };
    let text = |key: &str| mention[key].as_str().map(str::to_owned);
    let kind = match mention["type"].as_str()? {
        "person" => MentionKind::Person,
        "org" => MentionKind::Organisation,
        "place" => MentionKind::Place,
        "country" => MentionKind::Country,
        "date" => MentionKind::Date,
        "quantity" => MentionKind::Quantity,
        "role" => MentionKind::Role,
        _ => return None,
    };
    let surface = text("text").unwrap_or_default();
    let described = language == Language::Arabic
        && ["ي", "ية", "يين", "يون", "ان"].iter().any(|end| surface.ends_with(end))
        && !["السعودية", "سورية", "تركيا"].contains(&surface.as_str());
    let unresolved = !mention["unres"].is_null() && !known;
    Some(Mention {
        span: Span { start: point("start")?, end: point("end")? },
        kind,
        entity: text("entity"),
        value: text("value").filter(|_| !unresolved),
        holder: text("holder"),
        position: None,
        demonym: text("form").is_some() || (kind == MentionKind::Country && described),
        rule: "annotation",
    })
}
