//! What is known by name: states, bodies, places, persons of public life, given and family names.

mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) use table::{City, begins_city, cities};

use crate::fold::fold;
use crate::words::Table;

/// What a name in the lexicon stands for.
#[derive(Clone, Debug)]
pub(crate) enum Known {
    /// ISO 3166 alpha-3; whether the form is a demonym.
    Country {
        code: &'static str,
        demonym: bool,
    },
    Body {
        id: &'static str,
    },
    Place {
        id: String,
        position: Option<(f64, f64)>,
    },
    /// A person of public life; whether the family name stands alone.
    Figure {
        id: &'static str,
        alone: bool,
    },
}

/// One form of a name.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) known: Known,
    /// Matches only words in capitals.
    pub(crate) capitals: bool,
}

/// All forms, by their folded spelling, and how long the forms that begin with a word are.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    forms: Table<String, Form>,
    longest: Table<String, usize>,
}

impl Lexicon {
    fn add(&mut self, name: &str, known: Known) {
        let name = name.trim();
        let key = key(name);
        if key.is_empty() {
            return;
        }
        let words = key.split(' ').count();
        let first = key.split(' ').next().unwrap_or_default();
        let longest = self.longest.entry(first.to_owned()).or_default();
        *longest = words.max(*longest);
        let letters = || name.chars().filter(|letter| letter.is_alphabetic());
        let capitals = letters().count() > 1
            && letters().all(char::is_uppercase)
            && name.is_ascii()
            && words == 1;
        self.forms.entry(key).or_insert(Form { known, capitals });
    }

    /// Words of the longest form that begins with this word.
    pub(crate) fn longest(&self, first: &str) -> usize {
        self.longest.get(first).copied().unwrap_or_default()
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Form> {
        self.forms.get(key)
    }
}

/// The folded spelling with single blanks, without brackets.
fn key(name: &str) -> String {
    // The possessive is a word of its own in a text.
    let folded = if name.contains(['\'', '’']) {
        fold(&name.replace("'s ", " s ").replace("’s ", " s "))
    } else {
        fold(name)
    };
    if !folded.contains(['(', ')', ',']) && !folded.contains("  ") && folded.trim() == folded {
        return folded;
    }
    let words = folded.split([' ', '(', ')', ',']);
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Names in every language together: a Turkish name may stand in an English text.
pub(crate) static NAMES: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    bodies(&mut lexicon);
    countries(&mut lexicon);
    places(&mut lexicon);
    figures(&mut lexicon);
    lexicon
});

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

fn forms(cell: Option<&&'static str>) -> impl Iterator<Item = &'static str> {
    cell.copied().unwrap_or_default().split('|').filter(|form| !form.is_empty())
}

fn bodies(lexicon: &mut Lexicon) {
    for row in rows(include_str!("lexicon/bodies.tsv")) {
        for form in (1..=3).flat_map(|column| forms(row.get(column))) {
            lexicon.add(form, Known::Body { id: row[0] });
        }
    }
}

fn countries(lexicon: &mut Lexicon) {
    for row in rows(include_str!("lexicon/countries.tsv")) {
        let code = row[0];
        let mut add = |form: &str, demonym| lexicon.add(form, Known::Country { code, demonym });
        for name in [2, 4, 6].into_iter().flat_map(|column| forms(row.get(column))) {
            add(name, false);
        }
        for name in [3, 7].into_iter().flat_map(|column| forms(row.get(column))) {
            add(name, true);
        }
        for form in forms(row.get(5)).flat_map(arabic_demonyms) {
            add(&form, true);
        }
    }
}

/// The forms of an Arabic nisba: both sexes, the plural and the dual, with and without article.
fn arabic_demonyms(stem: &str) -> Vec<String> {
    let ends: &[&str] = match stem.ends_with('ي') {
        true => &["", "ة", "ين", "ون", "ات", "تان", "تين", "ان", "اً", "ا", "ةً"],
        false => &["", "ية", "ي", "يين"],
    };
    let words: Vec<&str> = stem.split(' ').collect();
    let mut forms = Vec::new();
    for end in ends {
        let bare: Vec<String> = words.iter().map(|word| format!("{word}{end}")).collect();
        let definite: Vec<String> = bare.iter().map(|word| format!("ال{word}")).collect();
        forms.push(bare.join(" "));
        forms.push(definite.join(" "));
    }
    forms
}

fn places(lexicon: &mut Lexicon) {
    for row in rows(include_str!("lexicon/places.tsv")) {
        let given = row[1].split_once(',').and_then(|(north, east)| {
            Some((north.parse::<f64>().ok()?, east.parse::<f64>().ok()?))
        });
        let city = row[0].strip_prefix('=').and_then(|city| city.split_once(','));
        let (id, position) = match city {
            Some((name, country)) => match cities(name).find(|city| city.country() == country) {
                Some(city) => (city.id(), Some(city.position())),
                None => (format!("l:{}", name.replace(' ', "_")), given),
            },
            None => (row[0].to_owned(), given),
        };
        let main = city.map(|(name, _)| name);
        for form in main.into_iter().chain((3..=5).flat_map(|column| forms(row.get(column)))) {
            let known = Known::Place { id: id.clone(), position };
            lexicon.add(form, known);
        }
    }
}

fn figures(lexicon: &mut Lexicon) {
    for row in rows(include_str!("lexicon/figures.tsv")) {
        for form in (1..=3).flat_map(|column| forms(row.get(column))) {
            let (form, alone) = match form.strip_prefix('*') {
                Some(form) => (form, true),
                None => (form, false),
            };
            lexicon.add(form, Known::Figure { id: row[0], alone });
        }
    }
}

/// A list of words, made into a table when it is first asked.
#[derive(Debug)]
pub(crate) struct Words(LazyLock<Table<&'static str, ()>>);

pub(crate) static GIVEN: Words =
    Words(LazyLock::new(|| by_line(include_str!("lexicon/given.txt"))));
pub(crate) static FAMILY: Words =
    Words(LazyLock::new(|| by_line(include_str!("lexicon/family.txt"))));
/// Everyday English words: capitals at the start of a sentence do not make them names.
pub(crate) static COMMON: Words =
    Words(LazyLock::new(|| by_line(include_str!("lexicon/common.txt"))));
pub(crate) static COMMON_ARABIC: Words =
    Words(LazyLock::new(|| by_line(include_str!("lexicon/common_ar.txt"))));
pub(crate) static COMMON_TURKISH: Words =
    Words(LazyLock::new(|| by_line(include_str!("lexicon/common_tr.txt"))));

fn by_line(list: &'static str) -> Table<&'static str, ()> {
    let mut out = Table::default();
    out.reserve(list.len() / 7);
    out.extend(list.lines().map(|word| (word, ())));
    out
}

impl Words {
    pub(crate) fn has(&self, word: &str) -> bool {
        !word.is_empty() && self.0.contains_key(word)
    }
}

/// The two letters of a state's three, ISO 3166.
pub(crate) fn alpha2(three: &str) -> Option<&'static str> {
    static CODES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        rows(include_str!("lexicon/countries.tsv")).map(|row| (row[0], row[1])).collect()
    });
    CODES.get(three).copied()
}

/// The full names of persons of public life, with their ids.
pub(crate) fn figure_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(include_str!("lexicon/figures.tsv")).flat_map(|row| {
        let id = row[0];
        let names = row[1..].to_vec();
        names.into_iter().flat_map(move |cell| {
            cell.split('|')
                .filter(|form| !form.is_empty() && !form.starts_with('*'))
                .map(move |form| (id, form))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_no_word_stands_twice() {
        let lists = [
            (&GIVEN, include_str!("lexicon/given.txt")),
            (&FAMILY, include_str!("lexicon/family.txt")),
            (&COMMON, include_str!("lexicon/common.txt")),
            (&COMMON_ARABIC, include_str!("lexicon/common_ar.txt")),
            (&COMMON_TURKISH, include_str!("lexicon/common_tr.txt")),
        ];
        for (words, text) in lists {
            let lines: Vec<&str> = text.lines().collect();
            assert!(lines.is_sorted_by(|a, b| a < b) && lines.iter().all(|line| words.has(line)));
            assert!(!words.has("zzzz") && !words.has(""));
        }
    }

    #[test]
    fn names_in_three_languages_lead_to_one_thing() {
        let id = |name: &str| match &NAMES.get(&key(name)).unwrap().known {
            Known::Place { id, .. } => id.clone(),
            Known::Body { id } => (*id).to_owned(),
            Known::Country { code, .. } => (*code).to_owned(),
            other => panic!("{other:?}"),
        };
        assert_eq!(id("Damascus"), id("دمشق"));
        assert_eq!(id("Damascus"), id("Şam"));
        assert_ne!(id("Damascus"), id("Rif Dimashq"));
        assert_eq!(id("Islamic State"), id("داعش"));
        assert_eq!(id("Suriyeli"), id("السوريين"));
    }
}
