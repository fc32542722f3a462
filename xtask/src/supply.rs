//! Licences and sources of all dependencies, against the lists in `deny.toml`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::shell::{self, Told};

/// Checks everything the lock file names; needs no network once sources are there.
pub(crate) fn run() -> Result<(), Told> {
    let said =
        shell::output(&mut shell::cargo(&["metadata", "--format-version", "1", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&said)
        .map_err(|error| Told::new(format!("cargo metadata is not understood: {error}")))?;
    let config = shell::read(&shell::root().join("deny.toml"))?;
    let found = findings(&metadata, &allowed(&config));
    if found.is_empty() {
        let count = packages(&metadata).count();
        println!("{count} packages, all under allowed licences and from one registry");
        Ok(())
    } else {
        Err(Told::new(found.join("\n")))
    }
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().into_iter().flatten()
}

fn findings(metadata: &Value, allowed: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    let mut sources = BTreeSet::new();
    for package in packages(metadata) {
        let name = package["name"].as_str().unwrap_or_default();
        let version = package["version"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or_default();
        if !fits(licence, allowed) {
            found.push(format!(
                "`{name}` {version} has licence `{licence}`, which deny.toml does not allow: \
                 choose another crate, or add the licence with a reason"
            ));
        }
        if let Some(source) = package["source"].as_str() {
            if !source.starts_with("registry+") {
                found.push(format!(
                    "`{name}` {version} does not come from a registry: use a released version"
                ));
            }
            sources.insert(source);
        }
    }
    if sources.len() > 1 {
        found.push("packages come from more than one registry: use one".to_owned());
    }
    found
}

/// The `allow` list of the `[licenses]` table.
fn allowed(config: &str) -> BTreeSet<String> {
    let table = config.split("[licenses]").nth(1).unwrap_or_default();
    let list = table.split("allow = [").nth(1).unwrap_or_default();
    let list = list.split(']').next().unwrap_or_default();
    list.lines().filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect()
}

/// Whether an SPDX expression can be met by the allowed licences. `/` is how crates once wrote OR.
fn fits(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let met = any(&mut rest, allowed);
    met && rest.is_empty()
}

fn any(rest: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut met = all(rest, allowed);
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        met |= all(rest, allowed);
    }
    met
}

fn all(rest: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut met = one(rest, allowed);
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        met &= one(rest, allowed);
    }
    met
}

fn one(rest: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    match *rest {
        ["(", after @ ..] => {
            *rest = after;
            let met = any(rest, allowed);
            if let [")", after @ ..] = *rest {
                *rest = after;
            }
            met
        }
        [licence, "WITH", exception, after @ ..] => {
            *rest = after;
            allowed.contains(*licence) || allowed.contains(&format!("{licence} WITH {exception}"))
        }
        [licence, after @ ..] => {
            *rest = after;
            allowed.contains(*licence)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_as_spdx_says() {
        let config = "[licenses]\nallow = [\n  \"MIT\",\n  \"Unicode-3.0\",\n]\n";
        let allowed = allowed(config);
        for good in [
            "MIT",
            "MIT OR GPL-3.0",
            "MIT/Apache-2.0",
            "(GPL-3.0 OR MIT) AND Unicode-3.0",
            "MIT WITH some-exception",
        ] {
            assert!(fits(good, &allowed), "{good}");
        }
        for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "MIT Apache-2.0"] {
            assert!(!fits(bad, &allowed), "{bad}");
        }
    }

    #[test]
    fn a_second_registry_is_named() {
        let package = |source: &str| serde_json::json!({"license": "MIT", "source": source});
        let metadata =
            serde_json::json!({"packages": [package("registry+one"), package("registry+two")]});
        let found = findings(&metadata, &BTreeSet::from(["MIT".to_owned()]));
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
