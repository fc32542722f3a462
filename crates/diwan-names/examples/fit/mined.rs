//! More names that are the same, to learn letters from: those of one entity of the index.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use diwan_names::{FEATURE_NAMES, Kind, Model, encode, features_with};

use crate::Failed;
use crate::pairs::{Chance, Pair, kind};

/// At most so many pairs of each entity.
const SAME_MAX: usize = 3;
/// Entities before and after in the index whose kinds, where known, must agree to tell that of one
/// that is not: its rows run by source.
const AROUND: usize = 12;
/// Persons of the one source that is all persons outnumber everything else; so many of them do.
const OF_PERSONS: u64 = 4;

struct Entity {
    names: Vec<usize>,
    kind: Kind,
}

/// All that is mined.
pub(crate) fn read(path: &Path, labelled: &[Pair]) -> Result<Vec<Pair>, Failed> {
    let text = std::fs::read_to_string(path.join("index.tsv"))?;
    let rows: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('\t')).collect();
    let queries = std::fs::read_to_string(path.join("queries.tsv"))?;
    let entities = entities(&rows, &queries, labelled);
    let model = Model::untaught();
    let mut chance = Chance::new(7);
    let mut pairs = Vec::new();
    for entity in &entities {
        let mut same: Vec<(usize, usize)> = Vec::new();
        for (nth, one) in entity.names.iter().enumerate() {
            same.extend(entity.names[nth + 1..].iter().map(|other| (*one, *other)));
        }
        chance.shuffle(&mut same);
        let same = same.into_iter().map(|(one, other)| pair(rows[one], rows[other], entity.kind));
        pairs.extend(same.filter(|pair| resembles(&model, pair)).take(SAME_MAX));
    }
    Ok(pairs)
}

fn pair(one: (&str, &str), other: (&str, &str), of: Kind) -> Pair {
    let fields = [one.0, other.0, "", "1", "", "index", one.1].map(str::to_owned).to_vec();
    Pair { left: encode(one.0, of), right: encode(other.0, of), same: true, fields }
}

/// Names of one entity that no spelling relates (renamed villages, noms de guerre) teach nothing.
fn resembles(model: &Model, pair: &Pair) -> bool {
    let features = features_with(model, &pair.left, &pair.right);
    let of = |name: &str| FEATURE_NAMES.iter().position(|one| *one == name).map(|at| features[at]);
    of("WHOLE") < Some(0.4) || of("COVER_LESS") > Some(0.5)
}

/// Entities whose kind is known, or told by those around.
fn entities(rows: &[(&str, &str)], queries: &str, labelled: &[Pair]) -> Vec<Entity> {
    let mut by_name: HashMap<&str, Kind> = HashMap::new();
    for pair in labelled {
        for name in &pair.fields[..2] {
            by_name.insert(name, kind(&pair.fields[2]));
        }
    }
    let mut all: BTreeMap<u32, (Vec<usize>, Option<Kind>)> = BTreeMap::new();
    for (at, (name, entity)) in rows.iter().enumerate() {
        let Ok(entity) = entity.parse() else { continue };
        let (names, known) = all.entry(entity).or_default();
        names.push(at);
        *known = known.or(by_name.get(name).copied());
    }
    for line in queries.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if let Some(entity) = fields.get(1).and_then(|entity| entity.parse().ok()) {
            all.entry(entity).or_default().1 = fields.get(2).map(|name| kind(name));
        }
    }
    let known: Vec<(u32, Kind)> =
        all.iter().filter_map(|(entity, (_, kind))| Some((*entity, (*kind)?))).collect();
    let around = |entity: u32| {
        let at = known.partition_point(|(one, _)| *one < entity);
        let near = &known[at.saturating_sub(AROUND)..(at + AROUND).min(known.len())];
        let first = near.first()?.1;
        near.iter().all(|(_, kind)| *kind == first).then_some(first)
    };
    let mut entities = Vec::new();
    for (entity, (names, kind)) in &all {
        let Some(kind) = kind.or_else(|| around(*entity)) else { continue };
        let skipped = kind == Kind::Person && u64::from(*entity) % OF_PERSONS != 0;
        if !names.is_empty() && !skipped {
            entities.push(Entity { names: names.clone(), kind });
        }
    }
    entities
}

/// Those of entities that share no name with the unseen pairs, so that these stay unseen.
pub(crate) fn apart<'a>(mined: &'a [Pair], unseen: &[&Pair]) -> Vec<&'a Pair> {
    let names = |pair: &Pair| [pair.left.spelled(), pair.right.spelled()];
    let known: HashSet<String> = unseen.iter().flat_map(|pair| names(pair)).collect();
    let seen: HashSet<&str> = mined
        .iter()
        .filter(|pair| names(pair).iter().any(|name| known.contains(name)))
        .map(|pair| pair.fields[6].as_str())
        .collect();
    mined.iter().filter(|pair| !seen.contains(pair.fields[6].as_str())).collect()
}
