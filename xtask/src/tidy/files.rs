//! Rules about files: how they start, how long they are, what they must not hold.

use super::Tree;
use crate::shell::Told;

const LINES_MAX: usize = 800;
const SPINE_LINES_MAX: usize = 9_000;
const SIZE_MAX: u64 = 2 << 20;

/// Files that may be larger than 2 MiB.
const LARGE: [(&str, u64); 1] = [("web/public/basemap.pmtiles", 4 << 20)];

/// Written by tools: nobody reads them line by line.
fn generated(file: &str) -> bool {
    file.ends_with(".gen.ts")
        || file.ends_with("package-lock.json")
        || file == "Cargo.lock"
        || file.starts_with("schemas/")
        || file.starts_with("docs/reference/")
        || file == "docs/attacks.md"
}

pub(super) fn headlines(tree: &Tree) -> Result<Vec<String>, Told> {
    Ok(tree
        .files_ending(&[".rs"])
        .filter(|file| !tree.text(file).starts_with("//! "))
        .map(|file| format!("{file} has no headline: start it with `//!` and what it is for"))
        .collect())
}

pub(super) fn lengths(tree: &Tree) -> Result<Vec<String>, Told> {
    let product = |file: &&str| {
        !generated(file) && !file.starts_with("web/basemap/") && !file.contains("/fixtures/")
    };
    Ok(tree
        .files_ending(&[".rs", ".ts", ".tsx", ".css", ".mjs"])
        .filter(product)
        .filter_map(|file| {
            let lines = tree.text(file).lines().count();
            (lines > LINES_MAX)
                .then(|| format!("{file} has {lines} lines: split it by what it is for"))
        })
        .collect())
}

pub(super) fn spine(tree: &Tree) -> Result<Vec<String>, Told> {
    let lines: usize = tree
        .files_ending(&[".rs"])
        .filter(|file| {
            file.starts_with("crates/diwan-record/src/")
                || file.starts_with("crates/diwan-room/src/")
        })
        // What decides; its tests stand below and are read when it is changed.
        .map(|file| tree.text(file).split("#[cfg(test)]").next().unwrap_or("").lines().count())
        .sum();
    Ok(if lines < SPINE_LINES_MAX {
        Vec::new()
    } else {
        vec![format!(
            "record and room have {lines} lines, {SPINE_LINES_MAX} are too many to read in two \
             days: say the same with less, or move what does not decide to another floor"
        )]
    })
}

pub(super) fn markers(tree: &Tree) -> Result<Vec<String>, Told> {
    // Split so that this file does not find itself.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("HA", "CK"),
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
    ];
    let mut found = Vec::new();
    let ends = [".rs", ".ts", ".tsx", ".mjs", ".md", ".toml", ".sql", ".css"];
    for file in tree.files_ending(&ends) {
        for (line, text) in (1..).zip(tree.text(file).lines()) {
            if marks.iter().any(|mark| has_word(text, mark)) {
                found.push(format!(
                    "{file}:{line} has an unfinished marker: finish it, or write down elsewhere \
                     what is left"
                ));
            }
        }
    }
    Ok(found)
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(place, _)| {
        let letter = |c: char| c.is_alphanumeric() || c == '_';
        !text[..place].ends_with(letter) && !text[place + word.len()..].starts_with(letter)
    })
}

pub(super) fn machine_paths(tree: &Tree) -> Result<Vec<String>, Told> {
    let paths = [
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
        concat!("/Us", "ers/"),
        concat!("/ho", "me/"),
    ];
    let ends = [
        ".rs", ".ts", ".tsx", ".mjs", ".md", ".toml", ".json", ".sql", ".tsv", ".css", ".html",
        "Makefile",
    ];
    let mut found = Vec::new();
    for file in tree.files_ending(&ends) {
        for (line, text) in (1..).zip(tree.text(file).lines()) {
            let own = |path: &str| {
                text.match_indices(path).any(|(place, _)| {
                    // `web/src/home/` is ours; a path of a machine starts there.
                    let before = text[..place].chars().next_back();
                    before.is_none_or(|c| !c.is_alphanumeric() && !"_.-}*/:".contains(c))
                })
            };
            if paths.iter().any(|path| own(path)) {
                found.push(format!("{file}:{line} names a path of one machine: make it relative"));
            }
        }
    }
    Ok(found)
}

pub(super) fn names(tree: &Tree) -> Result<Vec<String>, Told> {
    let words = [
        "manager",
        "handler",
        "handlers",
        "service",
        "services",
        "helper",
        "helpers",
        "util",
        "utils",
        "processor",
        "engine",
        "common",
        "misc",
    ];
    Ok(tree
        .files_ending(&[".rs", ".ts", ".tsx"])
        .filter(|file| {
            let stem = file.rsplit('/').next().unwrap_or_default();
            let stem = stem.split('.').next().unwrap_or_default();
            stem.split(['-', '_']).any(|word| words.contains(&word))
        })
        .map(|file| format!("{file} is named after nothing: name it by what it does or holds"))
        .collect())
}

pub(super) fn sizes(tree: &Tree) -> Result<Vec<String>, Told> {
    Ok(tree
        .files()
        .filter_map(|file| {
            let named = LARGE.iter().find(|(large, _)| *large == file);
            let most = named.map_or(SIZE_MAX, |(_, most)| *most);
            let size = tree.size(file);
            (size > most).then(|| {
                format!("{file} has {size} bytes, {most} are allowed: generate it when building")
            })
        })
        .collect())
}

/// Numbered from 1 without gaps, and alike for every store.
pub(super) fn migrations(tree: &Tree) -> Result<Vec<String>, Told> {
    let mut found = Vec::new();
    let folder = "crates/diwan-store/schema/";
    let mut groups: Vec<(String, Vec<u32>)> = Vec::new();
    for file in tree.files_ending(&[".sql"]) {
        let Some((group, name)) = file.strip_prefix(folder).and_then(|rest| rest.rsplit_once('/'))
        else {
            continue;
        };
        let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
        let Ok(number) = digits.parse() else {
            found.push(format!("{file} has no number: name it `0001_what.sql`"));
            continue;
        };
        // Each database file of a store counts for itself: `0001_ledger.sql`, `0001_local.sql`.
        let series = format!("{group}/*{}", &name[digits.len()..]);
        match groups.iter_mut().find(|(one, _)| *one == series) {
            Some((_, numbers)) => numbers.push(number),
            None => groups.push((series, vec![number])),
        }
    }
    for (group, mut numbers) in groups {
        numbers.sort_unstable();
        if !numbers.iter().copied().eq((1..).take(numbers.len())) {
            found.push(format!(
                "{folder}{group} is not numbered 1, 2, 3 and so on: never reuse or skip a number"
            ));
        }
    }
    Ok(found)
}

/// A lock that names hosts works on one machine only.
pub(super) fn locks(tree: &Tree) -> Result<Vec<String>, Told> {
    Ok(tree
        .files_ending(&["package-lock.json"])
        .filter(|file| tree.text(file).contains("\"resolved\""))
        .map(|file| {
            format!(
                "{file} names addresses of packages: write it with \
                 `npm install --package-lock-only --omit-lockfile-registry-resolved`"
            )
        })
        .collect())
}

/// Links between files of the repository lead somewhere.
pub(super) fn links(tree: &Tree) -> Result<Vec<String>, Told> {
    let mut found = Vec::new();
    for file in tree.files_ending(&[".md"]) {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut fenced = false;
        for (line, text) in (1..).zip(tree.text(file).lines()) {
            if text.trim_start().starts_with("```") {
                fenced = !fenced;
            }
            if fenced {
                continue;
            }
            for link in targets(text) {
                let path = link.split('#').next().unwrap_or_default();
                if !path.is_empty() && !path.contains(':') && !tree.has(&join(folder, path)) {
                    found.push(format!(
                        "{file}:{line} links to `{path}`, which is not there: correct or remove it"
                    ));
                }
            }
        }
    }
    Ok(found)
}

/// What stands in the round brackets of `[words](target)`.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| {
        let target = rest.split(')').next()?;
        target.split_whitespace().next()
    })
}

/// A path as seen from a folder, without `.` and `..`.
pub(super) fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_and_joined() {
        let text = "see [a](b.md#c), [d](../e.md \"title\") and [f](https://example.org)";
        let found: Vec<_> = targets(text).collect();
        assert_eq!(found, ["b.md#c", "../e.md", "https://example.org"]);
        assert_eq!(join("docs/protocol", "../decisions/1.md"), "docs/decisions/1.md");
        assert_eq!(join("", "./README.md"), "README.md");
    }

    #[test]
    fn a_word_is_not_found_inside_another() {
        let mark = concat!("TO", "DO");
        assert!(has_word(&format!("// {mark}: later"), mark));
        assert!(!has_word(&format!("A{mark}B"), mark));
    }
}
