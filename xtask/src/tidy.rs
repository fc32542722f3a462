//! The repository's own rules (HOUSE, section 13). Every message says what to do instead.

mod files;
mod floors;
mod kinds;
pub(crate) mod reasons;
mod screens;
mod words;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use crate::parts::Count;
use crate::shell::{self, Told};
use crate::{attacks, generate};

/// All files of the repository, tracked or about to be.
#[derive(Debug)]
pub(crate) struct Tree {
    root: PathBuf,
    files: Vec<String>,
    texts: RefCell<BTreeMap<String, Rc<str>>>,
}

impl Tree {
    pub(crate) fn open() -> Result<Self, Told> {
        let root = shell::root();
        let asked = ["ls-files", "--cached", "--others", "--exclude-standard"];
        let said = shell::output(&mut shell::program("git", &asked))?;
        let mut files: Vec<_> =
            said.lines().filter(|file| root.join(file).is_file()).map(str::to_owned).collect();
        files.sort();
        files.dedup();
        Ok(Self { root, files, texts: RefCell::default() })
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    pub(crate) fn files_ending(&self, ends: &[&str]) -> impl Iterator<Item = &str> {
        self.files().filter(move |file| ends.iter().any(|end| file.ends_with(end)))
    }

    pub(crate) fn has(&self, file: &str) -> bool {
        self.root.join(file).exists()
    }

    pub(crate) fn size(&self, file: &str) -> u64 {
        fs::metadata(self.root.join(file)).map_or(0, |file| file.len())
    }

    /// A file's text; empty when it has none.
    pub(crate) fn text(&self, file: &str) -> Rc<str> {
        let mut texts = self.texts.borrow_mut();
        let text = texts
            .entry(file.to_owned())
            .or_insert_with(|| fs::read_to_string(self.root.join(file)).unwrap_or_default().into());
        Rc::clone(text)
    }
}

type Rule = fn(&Tree) -> Result<Vec<String>, Told>;

const RULES: [(&str, Rule); 19] = [
    ("floors", floors::arrows),
    ("direct dependencies", floors::direct),
    ("lint settings", floors::lints),
    ("headlines", files::headlines),
    ("lengths", files::lengths),
    ("record and room stay readable", files::spine),
    ("unfinished markers", files::markers),
    ("machine paths", files::machine_paths),
    ("names", files::names),
    ("sizes", files::sizes),
    ("migrations", files::migrations),
    ("lock files", files::locks),
    ("links in documents", files::links),
    ("generated pages", generate::findings),
    ("locales", words::complete),
    ("reasons", reasons::findings),
    ("kinds", kinds::findings),
    ("imports of the screens", screens::imports),
    ("attacks", attacks::findings),
];

/// Prints what is not tidy.
pub(crate) fn run() -> Result<(), Told> {
    match count()?.failed {
        0 => Ok(()),
        failed => Err(Told::new(format!("{failed} rules are broken"))),
    }
}

/// Rules kept and broken.
pub(crate) fn count() -> Result<Count, Told> {
    let tree = Tree::open()?;
    let mut count = Count::default();
    for (name, rule) in RULES {
        let found = rule(&tree).unwrap_or_else(|told| vec![told.to_string()]);
        if found.is_empty() {
            count.passed += 1;
            continue;
        }
        count.failed += 1;
        println!("{name}:");
        for one in found {
            println!("  {one}");
        }
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_tidy() {
        let tree = Tree::open().unwrap();
        let broken: Vec<_> = RULES
            .into_iter()
            .flat_map(|(name, rule)| {
                let found = rule(&tree).unwrap_or_else(|told| vec![told.to_string()]);
                found.into_iter().map(move |one| format!("{name}: {one}"))
            })
            .collect();
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}
