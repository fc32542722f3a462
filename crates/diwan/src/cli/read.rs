//! Reading articles from files, without a room.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use diwan_read::{Meta, Reading, Source};

use super::outcome::{Done, Failure, Said};

pub(super) fn read(meta: Option<&Path>, files: &[PathBuf]) -> Done {
    let meta = meta.map(known).transpose()?.unwrap_or_default();
    let mut sources = Vec::new();
    for file in files {
        let bytes = fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
        sources.push(Source::from_file(&file.to_string_lossy(), &bytes, &meta));
    }
    let (readings, groups) = diwan_read::read(&sources).map_err(|(nth, error)| {
        let file = files.get(nth).map(|file| file.display().to_string()).unwrap_or_default();
        Failure::refused(format!("`{file}` cannot be read: {error}"), "give text, HTML or a feed")
    })?;
    let json = diwan_read::json(&sources, &readings, &groups);
    let text = readings.iter().map(told).collect();
    Ok(Said { text, json })
}

fn known(file: &Path) -> Result<BTreeMap<String, Meta>, Failure> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::Usage(format!("`{}` is no metadata: {error}", file.display())))
}

/// One article for people: what it names, and what it says happened.
fn told(reading: &Reading) -> String {
    let page = &reading.page;
    let day = page.published.date.as_deref().unwrap_or("no certain date");
    let mut text =
        format!("{} ({}, {day}: {})\n", page.id, page.language.code(), page.published.rule);
    for mention in &reading.mentions {
        let value = mention.value.as_deref().or(mention.holder.as_deref());
        let what = mention.entity.as_deref().or(value).unwrap_or("open");
        let _ = writeln!(
            text,
            "  {:?} {} = {what} [{}]",
            mention.kind,
            page.at(mention.span),
            mention.rule
        );
    }
    for event in &reading.events {
        let who: Vec<&str> = event.participants.iter().map(|one| one.entity.as_str()).collect();
        let when = event.date.as_deref().unwrap_or("no date");
        let _ = writeln!(text, "  {:?} {when}: {} [{}]", event.kind, who.join(", "), event.rule);
    }
    for commitment in &reading.commitments {
        let who = commitment.owners.join(", ");
        let due = commitment.due.as_deref().unwrap_or("no date");
        let what = page.at(commitment.what);
        let _ = writeln!(text, "  promised by {who}, due {due}: {what} [{}]", commitment.rule);
    }
    text
}
