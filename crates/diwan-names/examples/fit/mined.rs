//! More pairs to learn from: names of one entity of the index, and names of others that a search
//! takes for them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use diwan_names::{
    Encoded, FEATURE_NAMES, Index, Kind, Model, Script, Search, encode, features_with,
};

use crate::Failed;
use crate::pairs::{Chance, Pair, kind};

/// At most so many pairs of the same and of different names for each entity.
const SAME_MAX: usize = 3;
const OTHER_MAX: usize = 3;
/// Of so many names found, some are taken.
const FOUND: usize = 16;
/// Entities before and after in the index whose kinds, where known, must agree to tell that of one
/// that is not: its rows run by source.
const AROUND: usize = 12;
/// Persons of the one source that is all persons outnumber everything else; so many of them do.
const OF_PERSONS: u64 = 4;

struct Entity {
    names: Vec<usize>,
    kind: Kind,
}

/// All that is mined: pairs that know which rows of the index they come from.
pub(crate) fn read(path: &Path, labelled: &[Pair]) -> Result<Vec<Pair>, Failed> {
    let text = std::fs::read_to_string(path.join("index.tsv"))?;
    let rows: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('\t')).collect();
    let queries = std::fs::read_to_string(path.join("queries.tsv"))?;
    let entities = entities(&rows, &queries, labelled);
    let index = Index::new(rows.iter().map(|row| row.0))?;
    let mut owners: HashMap<usize, usize> = HashMap::new();
    for (at, entity) in entities.iter().enumerate() {
        owners.extend(entity.names.iter().map(|name| (*name, at)));
    }
    let model = Model::untaught();
    let mut search = Search::with_model(&index, &model);
    let mut chance = Chance::new(7);
    let mut pairs = Vec::new();
    for (at, entity) in entities.iter().enumerate() {
        let mut same: Vec<(usize, usize)> = Vec::new();
        for (nth, one) in entity.names.iter().enumerate() {
            same.extend(entity.names[nth + 1..].iter().map(|other| (*one, *other)));
        }
        chance.shuffle(&mut same);
        let made =
            |(one, other): (usize, usize), same| pair(rows[one], rows[other], entity.kind, same);
        let same = same.into_iter().map(|both| made(both, true)).filter(resembles);
        pairs.extend(same.take(SAME_MAX));
        if entity.kind != Kind::Person {
            continue;
        }
        let asked = entity.names[chance.below(entity.names.len())];
        let found = search.best(rows[asked].0, entity.kind, FOUND);
        let mut others: Vec<usize> = found
            .iter()
            .map(|found| found.id as usize)
            .filter(|id| owners.get(id).is_some_and(|owner| *owner != at))
            .filter(|id| entities[owners[id]].kind == entity.kind)
            .filter(|id| !share_a_name(&rows, entity, &entities[owners[id]]))
            .collect();
        chance.shuffle(&mut others);
        pairs.extend(others.into_iter().take(OTHER_MAX).map(|other| made((asked, other), false)));
    }
    Ok(pairs)
}

fn pair(one: (&str, &str), other: (&str, &str), of: Kind, same: bool) -> Pair {
    let said = match of {
        Kind::Person => "person",
        Kind::Place => "place",
        Kind::Org => "org",
    };
    let entity = format!("{}|{}", one.1, other.1);
    let fields = [one.0, other.0, said, if same { "1" } else { "0" }, "", "index", &entity];
    Pair {
        left: encode(one.0, of),
        right: encode(other.0, of),
        same,
        fields: fields.map(str::to_owned).to_vec(),
    }
}

/// Names of one entity that no spelling relates (renamed villages, noms de guerre) teach nothing.
fn resembles(pair: &Pair) -> bool {
    let features = features_with(&Model::untaught(), &pair.left, &pair.right);
    let of = |name: &str| FEATURE_NAMES.iter().position(|one| *one == name).map(|at| features[at]);
    of("WHOLE") < Some(0.4) || of("COVER_LESS") > Some(0.5)
}

/// Two villages of one name are told apart by nothing in it.
fn share_a_name(rows: &[(&str, &str)], one: &Entity, other: &Entity) -> bool {
    let spelled = |name: &usize| encode(rows[*name].0, one.kind).spelled();
    let all: HashSet<String> = one.names.iter().map(spelled).collect();
    other.names.iter().any(|name| all.contains(&spelled(name)))
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

/// Those mined pairs that share no name with the unseen ones, so that these stay unseen.
pub(crate) fn apart<'a>(mined: &'a [Pair], unseen: &[&Pair]) -> Vec<&'a Pair> {
    let names = |pair: &Pair| [pair.left.spelled(), pair.right.spelled()];
    let known: HashSet<String> = unseen.iter().flat_map(|pair| names(pair)).collect();
    let both = |pair: &Pair| -> [String; 2] {
        let mut entities = pair.fields[6].split('|').map(str::to_owned);
        std::array::from_fn(|_| entities.next().unwrap_or_default())
    };
    let mut seen: HashSet<String> = HashSet::new();
    for pair in mined {
        for (name, entity) in names(pair).iter().zip(both(pair)) {
            if known.contains(name) {
                seen.insert(entity);
            }
        }
    }
    mined.iter().filter(|pair| both(pair).iter().all(|entity| !seen.contains(entity))).collect()
}

/// How much each pair counts: of every kind and pair of scripts, the mined different pairs weigh
/// beside the same ones as the labelled do.
pub(crate) fn weights(taught: &[&Pair], mined: &[&Pair], share: f64) -> Vec<f64> {
    let slice = |pair: &Pair| (pair.left.kind() as u8, scripts(&pair.left, &pair.right));
    let count = |pairs: &[&Pair]| {
        let mut counts: HashMap<_, [f64; 2]> = HashMap::new();
        for pair in pairs {
            counts.entry(slice(pair)).or_insert([4.0, 4.0])[usize::from(pair.same)] += 1.0;
        }
        counts
    };
    let (labelled, found) = (count(taught), count(mined));
    let weight = |pair: &&Pair| {
        if pair.same {
            return share;
        }
        let [other, same] = labelled.get(&slice(pair)).copied().unwrap_or([1.0, 1.0]);
        let [found_other, found_same] = found.get(&slice(pair)).copied().unwrap_or([1.0, 1.0]);
        share * (other / same) * (found_same / found_other)
    };
    taught.iter().map(|_| 1.0).chain(mined.iter().map(weight)).collect()
}

fn scripts(one: &Encoded, other: &Encoded) -> (Script, Script) {
    let (one, other) = (one.script(), other.script());
    (one.min(other), one.max(other))
}
