//! Scaffold for a new kind of record (HOUSE, section 7). What is left is said at the end.

use std::fs;

use serde_json::Value;

use crate::shell::{self, Told};

/// Writes the files of a new kind and prints what remains to be thought about.
pub(crate) fn kind(code: &str) -> Result<(), Told> {
    let plain = |c: char| c.is_ascii_lowercase() || c == '-';
    let edges = code.starts_with('-') || code.ends_with('-');
    if code.is_empty() || code.len() > 40 || !code.chars().all(plain) || edges {
        return Err(Told::new(format!(
            "`{code}` is not the code of a kind\nhint: lower-case words joined by hyphens, such \
             as `seizure`"
        )));
    }
    let root = shell::root();
    let module = code.replace('-', "_");
    let file = root.join(format!("crates/diwan-record/src/kind/{module}.rs"));
    if file.exists() {
        return Err(Told::new(format!("kind `{code}` is there already")));
    }
    let name: String = code.split('-').map(capital).collect();
    shell::write(&file, &record_file(code, &name))?;
    register(code, &module, &name)?;
    let web = root.join(format!("web/src/kinds/{code}"));
    for (part, text) in [
        ("form.tsx", format!("// The form of a {code}: what a person writes.\nexport {{}};\n")),
        ("panel.tsx", format!("// The panel of a {code}: what a person reads.\nexport {{}};\n")),
        (
            "layer.ts",
            format!("// The layer of a {code}: what the map shows of it.\nexport {{}};\n"),
        ),
    ] {
        shell::write(&web.join(part), &text)?;
    }
    let examples = root.join(format!("conformance/kinds/{code}"));
    for n in 1..=3 {
        let good = format!("{{\n  \"text\": {{ \"en\": \"Example {n}\" }}\n}}\n");
        shell::write(&examples.join(format!("good-{n}.json")), &good)?;
        let bad =
            "{\n  \"what\": \"no text\",\n  \"reason\": \"form/body\",\n  \"body\": \"{}\"\n}\n";
        shell::write(&examples.join(format!("bad-{n}.json")), bad)?;
    }
    words(code)?;
    println!(
        "\nWhat remains:\n\
         1. {module}.rs: its fields, limits and own rules\n\
         2. `cargo check`: the compiler names every match that must decide about `{name}`;\n   \
            crates/diwan-room/src/picture.rs: what it does to items, or nothing\n\
         3. web/src/kinds/{code}/: form, panel and layer, and one line in web/src/kinds/all.ts\n\
         4. locales/: `kind.{code}` in every language\n\
         5. conformance/kinds/{code}/: three good and three bad examples that mean something\n\
         6. gateways: each maps it or says in its losses that it does not\n\
         7. `make gen`, then `make check`"
    );
    Ok(())
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn record_file(code: &str, name: &str) -> String {
    format!(
        "//! A {}: say here in one sentence what it states.\n\n\
         use schemars::JsonSchema;\n\
         use serde::{{Deserialize, Serialize}};\n\n\
         use crate::{{Reason, Text, limits}};\n\n\
         #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]\n\
         pub struct {name} {{\n    pub text: Text,\n}}\n\n\
         impl {name} {{\n    pub(super) fn check(&self) -> Result<(), Reason> {{\n        \
         self.text.check(limits::TEXT_CHARS)\n    }}\n}}\n",
        code.replace('-', " ")
    )
}

/// The module, its export and its line in the closed list.
fn register(code: &str, module: &str, name: &str) -> Result<(), Told> {
    let path = shell::root().join("crates/diwan-record/src/kind.rs");
    let text = shell::read(&path)?;
    let text = insert_sorted(&text, "mod ", &format!("mod {module};"));
    let text = insert_sorted(&text, "pub use ", &format!("pub use {module}::{name};"));
    let line = format!("    {name} = \"{code}\",\n");
    let Some((before, after)) = text.split_once("\nkinds! {\n") else {
        return Err(Told::new("the list of kinds is not understood"));
    };
    let after = after.replacen("\n}\n", &format!("\n{line}}}\n"), 1);
    shell::write(&path, &format!("{before}\nkinds! {{\n{after}"))
}

/// Puts a line among those that start alike, in their order.
fn insert_sorted(text: &str, start: &str, line: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let alike: Vec<usize> =
        (0..lines.len()).filter(|place| lines[*place].starts_with(start)).collect();
    let later = alike.iter().find(|place| lines[**place] > line);
    let place = later.copied().or(alike.last().map(|last| last + 1)).unwrap_or(0);
    let mut lines = lines;
    lines.insert(place, line);
    lines.join("\n") + "\n"
}

/// The name of the kind in every language, in English until someone translates it.
fn words(code: &str) -> Result<(), Told> {
    let folder = shell::root().join("locales");
    let index: Vec<Value> = serde_json::from_str(&shell::read(&folder.join("index.json"))?)
        .map_err(|error| Told::new(format!("locales/index.json is not understood: {error}")))?;
    let key = format!("kind.{code}");
    for language in index {
        let name = language["code"].as_str().unwrap_or_default();
        let path = folder.join(format!("{name}.json"));
        let text = shell::read(&path)?;
        if text.contains(&format!("\"{key}\"")) {
            continue;
        }
        let words = capital(&code.replace('-', " "));
        let text = beside_kinds(&text, &format!("  \"{key}\": \"{words}\","))
            .ok_or_else(|| Told::new(format!("{} names no kinds", shell::relative(&path))))?;
        fs::write(&path, text).map_err(|error| shell::file_told(&path, &error))?;
        println!("written: {}", shell::relative(&path));
    }
    Ok(())
}

/// Puts a line behind the last one that names a kind.
fn beside_kinds(text: &str, line: &str) -> Option<String> {
    let names = |line: &&str| {
        let key = line.trim_start().strip_prefix("\"kind.").and_then(|rest| rest.split('"').next());
        key.is_some_and(|key| !key.contains('.'))
    };
    let last = text.lines().rfind(names)?;
    let (before, after) = text.split_once(last)?;
    Some(format!("{before}{last}\n{line}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_in_order() {
        let text = "mod a;\nmod c;\n\nuse x;\n";
        assert_eq!(insert_sorted(text, "mod ", "mod b;"), "mod a;\nmod b;\nmod c;\n\nuse x;\n");
        assert_eq!(insert_sorted(text, "mod ", "mod d;"), "mod a;\nmod c;\nmod d;\n\nuse x;\n");
    }

    #[test]
    fn the_name_of_a_kind_stands_with_the_others() {
        let text = "{\n  \"kind.a\": \"A\",\n  \"kind.a.about\": \"x\",\n  \"z\": \"Z\"\n}\n";
        let wanted = "{\n  \"kind.a\": \"A\",\n  \"kind.b\": \"B\",\n  \"kind.a.about\": \"x\",\n  \
                      \"z\": \"Z\"\n}\n";
        assert_eq!(beside_kinds(text, "  \"kind.b\": \"B\",").as_deref(), Some(wanted));
    }

    #[test]
    fn names_are_made_of_words() {
        let name: String = "site-status".split('-').map(capital).collect();
        assert_eq!(name, "SiteStatus");
    }
}
