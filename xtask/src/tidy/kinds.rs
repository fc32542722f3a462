//! Kinds: each has its screens and its examples.

use super::Tree;
use crate::shell::Told;

pub(crate) const FILE: &str = "crates/diwan-record/src/kind.rs";

/// Written by the program itself and shown as the state of another record.
const WITHOUT_SCREENS: [&str; 2] = ["withdrawal", "acknowledgement"];
const EXAMPLES: usize = 3;

/// Codes of the closed list, in its order.
fn codes(tree: &Tree) -> Vec<String> {
    let text = tree.text(FILE);
    let list = text.split("\nkinds! {\n").nth(1).unwrap_or_default();
    let list = list.split("\n}\n").next().unwrap_or_default();
    list.lines().filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect()
}

pub(super) fn findings(tree: &Tree) -> Result<Vec<String>, Told> {
    let codes = codes(tree);
    if codes.is_empty() {
        return Err(Told::new(format!("the list of kinds in {FILE} is not understood")));
    }
    let mut found = Vec::new();
    for code in codes {
        if !WITHOUT_SCREENS.contains(&code.as_str()) {
            for part in ["form.tsx", "panel.tsx", "layer.ts"] {
                let file = format!("web/src/kinds/{code}/{part}");
                if !tree.has(&file) {
                    found.push(format!("{file} is missing: write it, however small"));
                }
            }
        }
        for sort in ["good", "bad"] {
            let start = format!("conformance/kinds/{code}/{sort}-");
            let count = tree.files().filter(|file| file.starts_with(&start)).count();
            if count < EXAMPLES {
                found.push(format!(
                    "`{code}` has {count} {sort} examples: write {EXAMPLES} as {start}1.json and on"
                ));
            }
        }
        if !tree.has(&format!("schemas/kinds/{code}.json")) {
            found.push(format!("`{code}` has no schema: run `make gen`"));
        }
    }
    Ok(found)
}
