//! The gazetteer: places of the region by their names in five languages, built in.

use std::sync::LazyLock;

use diwan_record::{Lang, Text};

/// A place that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub name: Text,
    pub lon: f64,
    pub lat: f64,
    pub class: &'static str,
    pub country: &'static str,
    /// The name that matched, as written.
    pub matched: &'static str,
}

/// Most places one answer names.
pub const LIMIT: usize = 50;

struct Known {
    /// In the order of [`LANGS`]; empty where no name is known.
    names: [&'static str; 5],
    folded: [String; 5],
    lon: f64,
    lat: f64,
    class: &'static str,
    country: &'static str,
    population: u32,
}

const LANGS: [Lang; 5] = [Lang::En, Lang::Ar, Lang::Tr, Lang::Ku, Lang::Ckb];

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    include_str!("../assets/places.tsv").lines().skip(1).filter_map(known).collect()
});

/// Finds places by the start of a name or of one of its words, in any script's spelling: whole
/// names first, then crossings and capitals before villages, then by population.
#[must_use]
pub fn find(asked: &str, limit: usize) -> Vec<Found> {
    let asked = fold(asked);
    if asked.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<_> = KNOWN.iter().filter_map(|place| hit(place, &asked)).collect();
    hits.sort_by_key(|(grade, name, place)| {
        (*grade, rank(place.class), std::cmp::Reverse(place.population), place.names[0], *name)
    });
    hits.truncate(limit.min(LIMIT));
    hits.into_iter().map(|(_, name, place)| found(place, name)).collect()
}

/// One spelling for what is written in many, so that typing without marks finds the name with
/// them: no vowel signs, one form of alef, yeh, kaf and heh, no Latin accents, dotless i as i.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for char in text.chars().flat_map(char::to_lowercase) {
        match char {
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' | 'ی' | 'ې' | 'ێ' | 'ئ' => folded.push('ي'),
            'ک' => folded.push('ك'),
            'ة' | 'ە' | 'ھ' => folded.push('ه'),
            'ؤ' | 'ۆ' => folded.push('و'),
            'ڵ' => folded.push('ل'),
            'ڕ' => folded.push('ر'),
            'â' | 'á' | 'à' | 'ä' | 'ā' | 'ã' => folded.push('a'),
            'ê' | 'é' | 'è' | 'ë' | 'ē' => folded.push('e'),
            'î' | 'í' | 'ì' | 'ï' | 'ı' | 'ī' => folded.push('i'),
            'ô' | 'ó' | 'ò' | 'ö' | 'ō' => folded.push('o'),
            'û' | 'ú' | 'ù' | 'ü' | 'ū' => folded.push('u'),
            'ş' | 'ș' | 'š' | 'ṣ' => folded.push('s'),
            'ç' | 'č' => folded.push('c'),
            'ğ' | 'ǧ' => folded.push('g'),
            'ḥ' | 'ḫ' => folded.push('h'),
            'ž' | 'ẓ' | 'ż' => folded.push('z'),
            'ṭ' => folded.push('t'),
            'ḍ' => folded.push('d'),
            // Vowel signs, tatweel, and the dot that lower-casing İ leaves behind.
            '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{300}'..='\u{36f}' => {}
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            '\'' | '’' | 'ʿ' | 'ʾ' | '`' | '‘' => {}
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.trim_end().to_owned()
}

/// How well the best of its names matches: whole name, start of a name, start of a word.
fn hit<'a>(place: &'a Known, asked: &str) -> Option<(u8, &'static str, &'a Known)> {
    let grade = |folded: &str| {
        let articles = ["al ", "el ", "ال"];
        let bare = articles.iter().find_map(|article| folded.strip_prefix(article));
        if folded == asked || bare == Some(asked) {
            Some(0)
        } else if folded.starts_with(asked) || bare.is_some_and(|bare| bare.starts_with(asked)) {
            Some(1)
        } else {
            folded.split(' ').any(|word| word.starts_with(asked)).then_some(2)
        }
    };
    let graded = place.folded.iter().zip(place.names).filter(|(folded, _)| !folded.is_empty());
    let best = graded.filter_map(|(folded, name)| Some((grade(folded)?, name)));
    best.min_by_key(|(grade, _)| *grade).map(|(grade, name)| (grade, name, place))
}

/// What people of this room look for comes first.
fn rank(class: &str) -> u8 {
    match class {
        "capital" => 0,
        "crossing" | "city" => 1,
        "camp" | "detention-site" | "reception-centre" | "airport" | "base" | "port" => 2,
        "town" => 3,
        "village" => 5,
        _ => 4,
    }
}

fn found(place: &Known, matched: &'static str) -> Found {
    let named = LANGS.into_iter().zip(place.names).filter(|(_, name)| !name.is_empty());
    Found {
        name: Text(named.map(|(lang, name)| (lang, name.to_owned())).collect()),
        lon: place.lon,
        lat: place.lat,
        class: place.class,
        country: place.country,
        matched,
    }
}

/// A line of the built-in table; a broken one would be seen by the test below.
fn known(line: &'static str) -> Option<Known> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [en, ar, tr, ku, ckb, lon, lat, class, country, population] = *fields.as_slice() else {
        return None;
    };
    let names = [en, ar, tr, ku, ckb];
    Some(Known {
        names,
        folded: names.map(fold),
        lon: lon.parse().ok()?,
        lat: lat.parse().ok()?,
        class,
        country,
        population: population.parse().unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(asked: &str) -> String {
        find(asked, 1).first().map_or_else(String::new, |place| {
            format!("{} ({}) by {}", place.name.0[&Lang::En], place.class, place.matched)
        })
    }

    #[test]
    fn every_line_of_the_gazetteer_is_read() {
        let lines = include_str!("../assets/places.tsv").lines().count();
        assert_eq!(KNOWN.len(), lines - 1);
        let on_earth = |place: &Known| place.lon.abs() <= 180.0 && place.lat.abs() <= 90.0;
        assert!(KNOWN.iter().all(|place| on_earth(place) && !place.names[0].is_empty()));
    }

    #[test]
    fn a_place_is_found_by_any_of_its_names_without_marks() {
        for (asked, name) in [
            ("baghdad", "Baghdad (capital) by Baghdad"),
            ("bagdat", "Baghdad (capital) by Bağdat"),
            ("بغداد", "Baghdad (capital) by بغداد"),
            ("BEXDA", "Baghdad (capital) by Bexda"),
            ("bagh", "Baghdad (capital) by Baghdad"),
            ("ankara", "Ankara (capital) by Ankara"),
            ("انقره", "Ankara (capital) by أنقرة"),
            ("ANKARA", "Ankara (capital) by Ankara"),
            ("cabir", "Jaber (facing Nassib) (crossing) by Cabir Sınır Kapısı"),
        ] {
            assert_eq!(first(asked), name, "{asked}");
        }
        assert_eq!(first("zzzz"), "");
        assert_eq!(find("  ", 5), []);
        assert_eq!(find("a", 1000).len(), LIMIT);
    }
}
