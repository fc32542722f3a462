//! Which floor may use which, and what record and room may depend on.

use serde_json::Value;

use super::Tree;
use crate::shell::{self, Told};

/// The table of HOUSE, section 2: arrows point down only.
const MAY_USE: [(&str, &[&str]); 10] = [
    ("diwan-record", &[]),
    ("diwan-names", &[]),
    ("diwan-room", &["diwan-record", "diwan-names"]),
    ("diwan-store", &["diwan-record", "diwan-room"]),
    ("diwan-gateway", &["diwan-record", "diwan-room"]),
    ("diwan-read", &["diwan-record", "diwan-names"]),
    ("diwan-sim", &["diwan-record", "diwan-names", "diwan-room", "diwan-store"]),
    (
        "diwan",
        &[
            "diwan-record",
            "diwan-names",
            "diwan-room",
            "diwan-store",
            "diwan-gateway",
            "diwan-read",
            "diwan-sim",
        ],
    ),
    (
        "diwan-bench",
        &[
            "diwan-record",
            "diwan-names",
            "diwan-room",
            "diwan-store",
            "diwan-read",
            "diwan-sim",
            "diwan",
        ],
    ),
    ("xtask", &[]),
];

/// What the two floors of the spine stand on, exactly.
const DIRECT: [(&str, &[&str]); 2] = [
    (
        "diwan-record",
        &[
            "coset",
            "curve25519-dalek",
            "ed25519-dalek",
            "jiff",
            "minicbor",
            "schemars",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "unicode-normalization",
        ],
    ),
    // The room refuses names that look like others; what looks alike is known on the floor below.
    ("diwan-room", &["diwan-names", "diwan-record", "minicbor"]),
];

fn packages() -> Result<Vec<Value>, Told> {
    let asked = ["metadata", "--no-deps", "--format-version", "1"];
    let said = shell::output(&mut shell::cargo(&asked))?;
    let metadata: Value = serde_json::from_str(&said)
        .map_err(|error| Told::new(format!("cargo metadata is not understood: {error}")))?;
    Ok(metadata["packages"].as_array().cloned().unwrap_or_default())
}

fn name(value: &Value) -> &str {
    value["name"].as_str().unwrap_or_default()
}

fn uses(package: &Value) -> impl Iterator<Item = &Value> {
    package["dependencies"].as_array().into_iter().flatten()
}

pub(super) fn arrows(_: &Tree) -> Result<Vec<String>, Told> {
    let packages = packages()?;
    let mut found = Vec::new();
    for package in &packages {
        let user = name(package);
        let Some((_, allowed)) = MAY_USE.iter().find(|(floor, _)| *floor == user) else {
            found.push(format!(
                "crate `{user}` has no floor: write a decision record that names its law, then \
                 add it to the table in xtask/src/tidy/floors.rs"
            ));
            continue;
        };
        for used in uses(package).map(name) {
            let ours = packages.iter().any(|package| name(package) == used);
            if ours && !allowed.contains(&used) {
                found.push(format!(
                    "`{user}` uses `{used}`, which is not below it: move the code down, or pass \
                     it in as a value"
                ));
            }
        }
    }
    Ok(found)
}

pub(super) fn direct(_: &Tree) -> Result<Vec<String>, Told> {
    let packages = packages()?;
    let mut found = Vec::new();
    for (floor, expected) in DIRECT {
        let Some(package) = packages.iter().find(|package| name(package) == floor) else {
            continue;
        };
        let used: Vec<&str> = uses(package).filter(|one| one["kind"].is_null()).map(name).collect();
        for one in &used {
            if !expected.contains(one) {
                found.push(format!(
                    "`{floor}` now depends on `{one}`: do without, or add it to the list in \
                     xtask/src/tidy/floors.rs in a commit of its own that says why"
                ));
            }
        }
        for one in expected {
            if !used.contains(one) {
                found.push(format!(
                    "`{floor}` no longer depends on `{one}`: take it off the list in \
                     xtask/src/tidy/floors.rs"
                ));
            }
        }
    }
    Ok(found)
}

/// A crate's own `clippy.toml` replaces the root one, so it must repeat the shared values.
pub(super) fn lints(tree: &Tree) -> Result<Vec<String>, Told> {
    let shared = tree.text("clippy.toml");
    let mut found = Vec::new();
    for file in tree.files_ending(&["/clippy.toml"]) {
        let own = tree.text(file);
        for line in shared.lines().filter(|line| line.contains('=')) {
            if !own.lines().any(|one| one == line) {
                found.push(format!("{file} lacks `{line}`: copy it from /clippy.toml"));
            }
        }
    }
    for file in tree.files_ending(&["Cargo.toml"]) {
        let member = file.starts_with("crates/") || file == "xtask/Cargo.toml";
        if member && !tree.text(file).contains("[lints]\nworkspace = true") {
            found.push(format!(
                "{file} does not take the workspace's lints: add `[lints]` with `workspace = true`"
            ));
        }
    }
    Ok(found)
}
