//! Keys: what two spellings of one name have in common, exactly.
//!
//! Two partners who may not see each other's lists can still ask whether a person is on both, by
//! comparing keys they have made alike (private matching). So keys are the same in every release
//! with the same [`KEYS_VERSION`], on every machine, and a person always has eight, whatever is
//! known of them: nobody sees how many spellings a record holds.
//!
//! A key is a composite. A name alone makes none: it goes together with a year of birth, a place
//! or the father's name, and a name with less than three consonants (Ali, Yahya) carries no key by
//! itself. **A shared key makes a candidate and never a match**; people and
//! [`score`](crate::score) decide on what each side holds.
//!
//! ```
//! use diwan_names::keys::{Person, person_keys};
//!
//! let ours = Person { names: &["Ahmed eş-Şara"], born: Some(1982), ..Person::default() };
//! let theirs = Person { names: &["أحمد الشرع"], born: Some(1983), ..Person::default() };
//! let (ours, theirs) = (person_keys(&ours)?, person_keys(&theirs)?);
//! assert!(ours.iter().any(|key| theirs.contains(key)));
//! # Ok::<(), diwan_names::keys::NoKey>(())
//! ```

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::parts::{Part, Role, parts};
use crate::skeleton::readings;

/// Changes whenever the same person would get other keys. Part of every key.
pub const KEYS_VERSION: u8 = 1;

/// Every person has so many keys.
pub const KEYS: usize = 8;

/// At most so many composites of name parts are taken of one name.
pub const NAME_KEYS_MAX: usize = 5;

/// Longer names are refused, in characters.
pub const NAME_LENGTH_MAX: usize = 200;

/// What is known of a person.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person<'a> {
    /// Spellings, the surest first.
    pub names: &'a [&'a str],
    /// Year of birth; one year of difference still meets.
    pub born: Option<u16>,
    /// Place of birth or origin.
    pub place: Option<&'a str>,
    /// The father's name.
    pub father: Option<&'a str>,
}

/// One key: a digest that tells nothing by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub [u8; 32]);

/// Why a person has no keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoKey {
    /// No year, place or father's name goes with the name.
    NameAlone,
    /// No name has three consonants that could be compared.
    NameTooShort,
    /// A name has more than [`NAME_LENGTH_MAX`] characters.
    NameTooLong,
}

impl fmt::Display for NoKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NameAlone => {
                "a name alone makes no key: add a year of birth, a place or the father's name"
            }
            Self::NameTooShort => {
                "the name is too short to make a key: fewer than three consonants"
            }
            Self::NameTooLong => "the name is too long to make a key: more than 200 characters",
        })
    }
}

impl std::error::Error for NoKey {}

/// The eight keys of a person, ascending: their order says nothing either.
///
/// Keys that are not needed are filled up with digests of those that are, so the same person on
/// both sides still has the same eight.
///
/// # Errors
/// [`NoKey`] when what is known does not make a composite.
pub fn person_keys(person: &Person<'_>) -> Result<[Key; KEYS], NoKey> {
    let texts = composites(person)?;
    let mut keys: Vec<Key> = texts.iter().map(|text| digest(&["key", text])).collect();
    let all = texts.join("\n");
    for number in keys.len()..KEYS {
        keys.push(digest(&["filler", &number.to_string(), &all]));
    }
    keys.sort_unstable();
    keys.try_into().map_err(|_| NoKey::NameTooShort)
}

fn digest(parts: &[&str]) -> Key {
    let mut hash = Sha256::new();
    hash.update(format!("diwan/name-keys/{KEYS_VERSION}"));
    for part in parts {
        // A byte that no text holds keeps the parts apart.
        hash.update([0xff]);
        hash.update(part);
    }
    Key(hash.finalize().into())
}

/// What the keys of a person are digests of, at most eight, the likeliest to meet first. For
/// looking at; never sent.
///
/// ```
/// use diwan_names::keys::{Person, composites};
///
/// let person = Person { names: &["Murhaf Abu Qasra"], place: Some("Halfaya"), ..Person::default() };
/// assert_eq!(composites(&person)?[0], "KSR+MRP place HLP");
/// # Ok::<(), diwan_names::keys::NoKey>(())
/// ```
///
/// # Errors
/// [`NoKey`] when what is known does not make a composite.
pub fn composites(person: &Person<'_>) -> Result<Vec<String>, NoKey> {
    let all = [person.names, person.place.as_slice(), person.father.as_slice()].concat();
    if all.iter().any(|name| name.chars().count() > NAME_LENGTH_MAX) {
        return Err(NoKey::NameTooLong);
    }
    let beside = beside(person);
    if beside.is_empty() {
        return Err(NoKey::NameAlone);
    }
    let names = name_keys_of_all(person.names);
    if names.is_empty() {
        return Err(NoKey::NameTooShort);
    }
    // Names by what goes with them, the likeliest of both first: rank sums ascend.
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for name in 0..names.len() {
        for with in 0..beside.len() {
            pairs.push((name, with));
        }
    }
    pairs.sort_by_key(|(name, with)| (name + with / 2, *with));
    let text = |(name, with): &(usize, usize)| format!("{} {}", names[*name], beside[*with]);
    let mut texts: Vec<String> = pairs.iter().map(text).collect();
    texts.truncate(KEYS);
    Ok(texts)
}

/// What goes with a name. A year stands in the two spans of two years that hold it, so years one
/// apart share a span.
fn beside(person: &Person<'_>) -> Vec<String> {
    let mut beside = Vec::new();
    if let Some(year) = person.born {
        let year = i32::from(year);
        let even = year - year % 2;
        let odd = year - 1 + year % 2;
        beside.push(format!("born {even}-{}", even + 1));
        beside.push(format!("born {odd}-{}", odd + 1));
    }
    for (what, name) in [("place", person.place), ("father", person.father)] {
        let skeleton =
            name.map(|name| words(name).iter().map(|word| word[0].as_str()).collect::<String>());
        if let Some(skeleton) = skeleton.filter(|skeleton| !skeleton.is_empty()) {
            beside.push(format!("{what} {skeleton}"));
        }
    }
    beside
}

/// The composites of several spellings in turn, the likeliest of each first.
fn name_keys_of_all(names: &[&str]) -> Vec<String> {
    let each: Vec<Vec<String>> = names.iter().map(|name| name_keys(name)).collect();
    let mut all: Vec<String> = Vec::new();
    for rank in 0..NAME_KEYS_MAX {
        for key in each.iter().filter_map(|keys| keys.get(rank)) {
            if !all.contains(key) {
                all.push(key.clone());
            }
        }
    }
    all
}

/// So many consonants a composite of name parts must have.
const CONSONANTS_MIN: usize = 3;
/// A second-best reading costs as much as so many consonants more.
const READING_COST: i32 = 10;
const CONSONANT_GAIN: i32 = 3;
const FIRST_AND_LAST_GAIN: i32 = 3;
const JOINED_COST: i32 = 20;

/// Composites of the parts of one name: two parts' skeletons in either order of writing (KSR+MRP),
/// and the whole name's, for words that are joined or parted. At most [`NAME_KEYS_MAX`], likeliest
/// first; empty when the name is too short.
///
/// ```
/// use diwan_names::keys::name_keys;
///
/// assert_eq!(name_keys("Mourhaf Abou Qasra")[0], name_keys("مرهف أبو قصرة")[0]);
/// assert!(name_keys("Ali").is_empty());
/// ```
#[must_use]
pub fn name_keys(name: &str) -> Vec<String> {
    let words = words(name);
    let mut ranked: Vec<(i32, String)> = Vec::new();
    for (cost, whole) in wholes(&words) {
        if whole.len() >= CONSONANTS_MIN {
            ranked.push((cost * READING_COST, whole));
        }
    }
    for (i, one) in words.iter().enumerate() {
        for (j, other) in words.iter().enumerate().skip(i + 1) {
            let ends = i == 0 && j > 1 && j + 1 == words.len();
            let gain = if ends { FIRST_AND_LAST_GAIN } else { 0 };
            couple(one, other, gain, &mut ranked);
        }
    }
    joined(&words, &mut ranked);
    ranked.sort_by_key(|(cost, _)| *cost);
    let mut keys: Vec<String> = Vec::new();
    for (_, key) in ranked {
        if keys.len() < NAME_KEYS_MAX && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Two words in all their readings, in the order of letters.
fn couple(one: &[String], other: &[String], gain: i32, ranked: &mut Vec<(i32, String)>) {
    for (i, one) in one.iter().enumerate() {
        for (j, other) in other.iter().enumerate() {
            if one.len() + other.len() >= CONSONANTS_MIN {
                let cost = (i + j) as i32 * READING_COST
                    - gain
                    - CONSONANT_GAIN * (worth(one) + worth(other));
                let (first, second) = if one <= other { (one, other) } else { (other, one) };
                ranked.push((cost, format!("{first}+{second}")));
            }
        }
    }
}

/// Two neighbours written as one, beside each other word (`Amir Ali Hajizadeh`, `Amirali
/// Hajizadeh`); they come after the words as written.
fn joined(words: &[Vec<String>], ranked: &mut Vec<(i32, String)>) {
    let likeliest = |word: &[String]| word.first().cloned().unwrap_or_default();
    for (at, pair) in words.windows(2).enumerate() {
        let [one, other] = pair else { continue };
        let both = [likeliest(one) + &likeliest(other)];
        for with in words.iter().take(at).chain(words.iter().skip(at + 2)) {
            couple(&both, &[likeliest(with)], -JOINED_COST, ranked);
        }
    }
}

/// How much a skeleton tells: its length, unless half the world has it (Muhammad, Ahmad, Hasan).
fn worth(skeleton: &str) -> i32 {
    match skeleton {
        "MMT" | "HMT" | "HSN" => 2,
        _ => skeleton.len().min(6) as i32,
    }
}

/// All words together in the order written, in their likeliest readings.
fn wholes(words: &[Vec<String>]) -> Vec<(i32, String)> {
    let mut wholes = vec![(0, String::new())];
    for word in words {
        let mut longer = Vec::new();
        for (rank, reading) in word.iter().enumerate() {
            longer.extend(
                wholes
                    .iter()
                    .map(|(cost, whole)| (cost + rank as i32, format!("{whole}{reading}"))),
            );
        }
        longer.sort();
        longer.truncate(NAME_KEYS_MAX);
        wholes = longer;
    }
    wholes
}

/// At most so many words of a name make keys.
const WORDS_MAX: usize = 6;

/// The words of a name that carry it, each in its readings.
fn words(name: &str) -> Vec<Vec<String>> {
    let parts = parts(name);
    let is_title = |at: usize, part: &Part| {
        // At the end it is a family's name (`Khayr al-Din al-Sayyed`).
        at + 1 < parts.len() && TITLES.contains(&part.text.as_str())
    };
    let names = parts.iter().enumerate().filter(|(_, part)| part.role == Role::Name);
    names
        .filter(|(at, part)| !is_title(*at, part))
        .map(|(_, part)| word(part))
        .filter(|readings| readings.iter().any(|reading| !reading.is_empty()))
        .take(WORDS_MAX)
        .collect()
}

/// The readings of a word; an article or abu that may be glued to it (Alsubaie, Abubakr) aside.
fn word(part: &Part) -> Vec<String> {
    let text = part.text.as_str();
    if matches!(text, "mohd" | "muhd" | "mhd" | "md" | "mad") {
        return readings("muhammad");
    }
    let rest = |prefixes: [&str; 3]| {
        let rest = prefixes.iter().find_map(|prefix| text.strip_prefix(prefix))?;
        readings(rest).into_iter().next().filter(|reading| reading.len() >= 2)
    };
    if let Some(child) = rest(["abu", "ebu", "ابو"]) {
        return vec![child];
    }
    let mut all = readings(text);
    if let Some(bare) = rest(["al", "el", "אל"]) {
        all.insert(1.min(all.len()), bare);
    }
    all
}

/// Words before a name that one source writes and another leaves out.
const TITLES: [&str; 41] = [
    "mullah",
    "mulla",
    "mullā",
    "mulah",
    "ملا",
    "haji",
    "hajji",
    "hadji",
    "hacı",
    "حاج",
    "حاجي",
    "sheikh",
    "shaykh",
    "shaikh",
    "sheik",
    "cheikh",
    "şeyh",
    "şêx",
    "شيخ",
    "dr",
    "mr",
    "mrs",
    "prof",
    "eng",
    "maulavi",
    "mawlawi",
    "maulvi",
    "مولوي",
    "akhund",
    "اخوند",
    "qari",
    "قاري",
    "sayyid",
    "sayed",
    "syed",
    "سيد",
    "ustad",
    "gen",
    "col",
    "دكتر",
    "دكتور",
];
