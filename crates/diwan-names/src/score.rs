//! How alike two names are, from 0 to 1.

use crate::compare::{Comparison, compare};
use crate::encode::Encoded;
use crate::features::{Features, features};
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
    let (features, _, _) = measured(model, one, other);
    chance(model.forest.sum(&features))
}

/// The features of a pair, for fitting a forest.
#[must_use]
pub fn features_with(model: &Model, one: &Encoded, other: &Encoded) -> Features {
    measured(model, one, other).0
}

/// The features, what they were taken from, and whether the names changed places for it.
pub(crate) fn measured(model: &Model, one: &Encoded, other: &Encoded) -> (Features, Comparison, bool) {
    let turned = order(other) < order(one);
    let (one, other) = if turned { (other, one) } else { (one, other) };
    let found = compare(model, one, other);
    (features(model, one, other, &found), found, turned)
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
