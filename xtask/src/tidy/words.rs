//! Locales: the same keys and placeholders in every language.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Tree;
use crate::shell::Told;

/// The language all others are compared with.
pub(crate) const SOURCE: &str = "locales/en.json";
const SHOWN: usize = 8;

pub(crate) fn load(tree: &Tree, file: &str) -> Result<BTreeMap<String, Value>, Told> {
    serde_json::from_str(&tree.text(file))
        .map_err(|error| Told::new(format!("{file} is no flat JSON object: {error}")))
}

pub(super) fn complete(tree: &Tree) -> Result<Vec<String>, Told> {
    let source = load(tree, SOURCE)?;
    let index: Vec<Value> = serde_json::from_str(&tree.text("locales/index.json"))
        .map_err(|error| Told::new(format!("locales/index.json is not a list: {error}")))?;
    let mut found = Vec::new();
    for language in &index {
        let code = language["code"].as_str().unwrap_or_default();
        let file = format!("locales/{code}.json");
        if !tree.has(&file) {
            found.push(format!("{file} is missing: add it or take `{code}` off the index"));
            continue;
        }
        compare(&file, &source, &load(tree, &file)?, &mut found);
    }
    for file in tree.files_ending(&[".json"]) {
        let code = file.strip_prefix("locales/").unwrap_or_default();
        let code = code.strip_suffix(".json").unwrap_or_default();
        let listed = index.iter().any(|language| language["code"] == code);
        if !code.is_empty() && code != "index" && !listed {
            found.push(format!("{file} is not in locales/index.json: add a row for it"));
        }
    }
    Ok(found)
}

fn compare(
    file: &str,
    source: &BTreeMap<String, Value>,
    other: &BTreeMap<String, Value>,
    found: &mut Vec<String>,
) {
    let missing: Vec<_> = source.keys().filter(|key| !other.contains_key(*key)).collect();
    let unknown: Vec<_> = other.keys().filter(|key| !source.contains_key(*key)).collect();
    for (keys, what) in [(missing, "lacks"), (unknown, "has, and English has not:")] {
        if !keys.is_empty() {
            let shown: Vec<_> = keys.iter().take(SHOWN).map(|key| format!("`{key}`")).collect();
            let more = keys.len().saturating_sub(SHOWN);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            found.push(format!(
                "{file} {what} {}{more}: give every language the same keys",
                shown.join(", ")
            ));
        }
    }
    for (key, text) in source {
        let Some(theirs) = other.get(key) else {
            continue;
        };
        if placeholders(text) != placeholders(theirs) {
            found.push(format!(
                "{file} changes the placeholders of `{key}`: use exactly those of {SOURCE}"
            ));
        }
        if text.is_object() != theirs.is_object() {
            found.push(format!("{file} gives `{key}` another form: count where {SOURCE} counts"));
        }
    }
}

/// `{name}` in a text or in any form of a counted text.
fn placeholders(text: &Value) -> BTreeSet<String> {
    let texts: Vec<&str> = match text {
        Value::String(text) => vec![text],
        Value::Object(forms) => forms.values().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    texts
        .iter()
        .flat_map(|text| text.split('{').skip(1))
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_placeholder_and_a_lost_key_are_named() {
        let text = |json: &str| serde_json::from_str(json).unwrap();
        let source = text(r#"{"a":"{n} of {m}","b":{"one":"1","other":"{n}"},"c":"x"}"#);
        let other = text(r#"{"a":"{n}","b":{"one":"1","two":"2","other":"{n}"}}"#);
        let mut found = Vec::new();
        compare("locales/xx.json", &source, &other, &mut found);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("`c`") && found[1].contains("`a`"));
    }
}
