//! How alike two names are, from 0 to 1.

use crate::compare::{Comparison, compare};
use crate::encode::Encoded;
use crate::explain::Against;
use crate::features::{
    ENDINGS, FIRST_LETTER, Features, KIND, KNOWN, KUNYAS, LONG_VOWELS, NUMBERS, SCRIPTS, SEX,
    SIDES, features,
};
use crate::model::Model;

/// How alike two names are: 1 for the same sounds in the same order, near 0 for nothing in common.
///
/// The same whichever name comes first, on every machine and every run. It is not the chance that
/// two names are one person: that depends on what else is known.
#[must_use]
pub fn score(one: &Encoded, other: &Encoded) -> f32 {
    score_with(Model::shipped(), one, other)
}

/// [`score`] by another model, for fitting one.
#[must_use]
pub fn score_with(model: &Model, one: &Encoded, other: &Encoded) -> f32 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    if same(one, other) {
        return 1.0;
    }
    chance(decided(model, &features_with(model, one, other)))
}

/// Both are in the table as names of one place or body.
const KNOWN_AT_LEAST: f32 = 4.0;

/// What the forest says, less what is said outright against: lists hold too few such pairs to learn
/// it from, and a second of a name is not its third however alike they sound.
fn decided(model: &Model, features: &Features) -> f32 {
    let feature = |at: usize| features.get(at).copied().unwrap_or(0.0);
    let learned = model.forest.sum(features);
    if feature(KNOWN) > 0.0 {
        return learned.max(KNOWN_AT_LEAST + learned / 64.0);
    }
    let (mut cost, mut flat) = (0.0, false);
    for (what, much) in against(features) {
        cost += much;
        flat |= matches!(what, Against::Number | Against::Side | Against::LongVowel) || much > 5.0;
    }
    if flat { learned.min(CONTRADICTED_AT_MOST + learned / 64.0) - cost } else { learned - cost }
}

/// Flat contradictions are counted from here down, however sure the rest is.
const CONTRADICTED_AT_MOST: f32 = 3.5;

/// The contradictions among the features, and what each costs.
pub(crate) fn against(features: &Features) -> impl Iterator<Item = (Against, f32)> {
    let feature = |at: usize| features.get(at).copied().unwrap_or(0.0);
    let person = feature(KIND) == 0.0;
    [
        (feature(NUMBERS) >= 2.0, Against::Number, 5.0),
        (feature(SIDES) >= 2.0, Against::Side, 3.0),
        (person && feature(SEX) > 0.0, Against::Sex, 5.5),
        (person && feature(ENDINGS) == 1.0 && feature(SCRIPTS) == 0.0, Against::Sex, 0.3),
        (feature(FIRST_LETTER) >= FIRST_DIFFERS, Against::FirstConsonant, 0.3),
        (person && feature(LONG_VOWELS) > 0.0, Against::LongVowel, 3.5),
        (person && feature(KUNYAS) > 0.0, Against::Kunya, 0.3),
    ]
    .into_iter()
    .filter(|(met, _, _)| *met)
    .map(|(_, what, cost)| (what, cost))
}

/// No two spellings of one consonant cost so much.
const FIRST_DIFFERS: f32 = 90.0;

/// The features of a pair, for fitting a forest.
#[must_use]
pub fn features_with(model: &Model, one: &Encoded, other: &Encoded) -> Features {
    let (one, other, _) = in_order(one, other);
    features(model, one, other, &compare(model, one, other))
}

/// The features, what they were taken from, and whether the names changed places for it.
pub(crate) fn measured(
    model: &Model,
    one: &Encoded,
    other: &Encoded,
) -> (Features, Comparison, bool) {
    let (one, other, turned) = in_order(one, other);
    let found = compare(model, one, other);
    (features(model, one, other, &found), found, turned)
}

/// The names in the order they are compared in, and whether they changed places for it.
fn in_order<'a>(one: &'a Encoded, other: &'a Encoded) -> (&'a Encoded, &'a Encoded, bool) {
    let turned = order(other) < order(one);
    if turned { (other, one, true) } else { (one, other, false) }
}

/// INVARIANT: names are always compared in this order, so that a score is the same from both sides.
fn order(name: &Encoded) -> (u8, u8, &[u8]) {
    (name.script as u8, name.many_parts, name.phones())
}

/// All parts have the same sounds, articles set aside.
fn same(one: &Encoded, other: &Encoded) -> bool {
    one.script == other.script
        && one.many_parts == other.many_parts
        && one.parts().iter().zip(other.parts()).all(|(x, y)| {
            x.hash == y.hash && x.role == y.role && x.class == y.class && x.script == y.script
        })
}

fn chance(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}
