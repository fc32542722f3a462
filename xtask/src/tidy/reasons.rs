//! Reasons: read from `reason.rs`, each with a sentence per language and a test.

use super::{Tree, words};
use crate::shell::Told;

const FILE: &str = "crates/diwan-record/src/reason.rs";

/// One row of the closed list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) fault: String,
    pub(crate) tell: String,
    pub(crate) message: String,
    pub(crate) hint: String,
}

/// The rows of the list, in its order.
pub(crate) fn rows(tree: &Tree) -> Result<Vec<Row>, Told> {
    let text = tree.text(FILE);
    let rows = parse(&text);
    // The macro and its list may be written in a way this does not read.
    let written = text.matches("\", ").count();
    if rows.is_empty() || rows.len() > written {
        return Err(Told::new(format!("the list in {FILE} is not understood")));
    }
    Ok(rows)
}

fn parse(text: &str) -> Vec<Row> {
    let list = text.split("\nreasons! {\n").nth(1).unwrap_or_default();
    let list = list.split("\n}\n").next().unwrap_or_default();
    let plain: Vec<&str> =
        list.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    plain.join(" ").split(';').filter_map(row).collect()
}

/// `Name(String) = "code", Fault, Tell, "message", "hint"`; texts may hold commas.
fn row(text: &str) -> Option<Row> {
    let (name, rest) = text.split_once('=')?;
    let mut quoted = rest.split('"');
    let (_, code) = (quoted.next()?, quoted.next()?);
    let mut between = quoted.next()?.split(',').map(str::trim);
    let message = quoted.next()?;
    let (_, hint) = (quoted.next()?, quoted.next()?);
    let (_, fault, tell) = (between.next()?, between.next()?, between.next()?);
    Some(Row {
        name: name.split('(').next()?.trim().to_owned(),
        code: code.to_owned(),
        fault: fault.to_owned(),
        tell: tell.to_owned(),
        message: message.to_owned(),
        hint: hint.to_owned(),
    })
}

pub(super) fn findings(tree: &Tree) -> Result<Vec<String>, Told> {
    let rows = rows(tree)?;
    let english = words::load(tree, words::SOURCE)?;
    let tests = tests(tree);
    let mut found = Vec::new();
    for row in rows {
        let key = format!("reason.{}", row.code);
        if !english.contains_key(&key) {
            found.push(format!(
                "`{}` has no sentence on the screens: add `{key}` to every file of locales/",
                row.code
            ));
        }
        let variant = format!("Reason::{}", row.name);
        // By its code alone, or by the line a person reads, which begins with it.
        let (code, told) = (format!("\"{}\"", row.code), format!("\"{}: ", row.code));
        let names = |text: &String| {
            has_variant(text, &variant) || text.contains(&code) || text.contains(&told)
        };
        let tested = tests.iter().any(names);
        if !tested {
            found.push(format!(
                "`{}` is not produced by any test: write one that names `{variant}` or its code",
                row.code
            ));
        }
    }
    Ok(found)
}

fn has_variant(text: &str, variant: &str) -> bool {
    text.match_indices(variant)
        .any(|(place, _)| !text[place + variant.len()..].starts_with(char::is_alphanumeric))
}

/// Texts of everything that is a test.
fn tests(tree: &Tree) -> Vec<String> {
    let mut all = Vec::new();
    for file in tree.files_ending(&[".rs", ".ts", ".json", ".txt", ".snap"]) {
        let text = tree.text(file);
        if file.ends_with(".rs") && !file.contains("/tests/") && !file.ends_with("tests.rs") {
            // Unit tests stand at the bottom.
            all.extend(text.split("#[cfg(test)]").skip(1).map(str::to_owned));
        } else if file.contains("/tests/")
            || file.ends_with("tests.rs")
            || file.starts_with("conformance/")
            || file.starts_with("crates/diwan-sim/")
            || file.ends_with(".test.ts")
            || file.ends_with("story.ts")
        {
            all.push(text.as_ref().to_owned());
        }
    }
    // The rehearsal is a test from its first line to its last.
    let sim = tree.files_ending(&[".rs"]);
    all.extend(
        sim.filter(|file| file.starts_with("crates/diwan-sim/src/"))
            .map(|file| tree.text(file).as_ref().to_owned()),
    );
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_with_commas_in_their_texts() {
        let text = "macro\nreasons! {\n    // Form\n    JsonForm(String) = \"form/json\", Author, \
                    Partner,\n        \"not strict, at all\", \"remove a, b or c\";\n}\n";
        let rows = parse(text);
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!((row.name.as_str(), row.code.as_str()), ("JsonForm", "form/json"));
        assert_eq!((row.fault.as_str(), row.tell.as_str()), ("Author", "Partner"));
        assert_eq!(row.message, "not strict, at all");
        assert_eq!(row.hint, "remove a, b or c");
    }
}
