//! What learning looks at: which phones answer which, and which consonants a name has.

use crate::align::trace;
use crate::compare::{Pair, Rule, compare};
use crate::encode::{Encoded, Kind, encode_with};
use crate::letter::Script;
use crate::model::Model;
use crate::words::Words;

/// Farther answers teach nothing.
const NEAR: f32 = 0.2;

/// Hands every step of the answers between two names to `with`: the scripts, the phone of each side
/// (zero for none), the smaller script first.
pub fn steps(
    model: &Model,
    one: &Encoded,
    other: &Encoded,
    mut with: impl FnMut((Script, u8), (Script, u8)),
) {
    let found = compare(model, one, other);
    let pair = Pair::new(&model.costs, one, other);
    for answer in found.answers() {
        let Some((x, y)) = pair.parts(usize::from(answer.one.0), usize::from(answer.other.0))
        else {
            continue;
        };
        if answer.distance > NEAR
            || matches!(answer.rule, Rule::Number | Rule::Initial | Rule::Meaning)
        {
            continue;
        }
        let (row, answering) = pair.rows(answer.one, answer.other);
        trace(model.costs.between(x.script, y.script), row, answering, |step| {
            let (a, b) = ((x.script, step.one), (y.script, step.other));
            if x.script <= y.script { with(a, b) } else { with(b, a) }
        });
    }
}

/// The number of the consonants of each part.
pub fn skeletons(name: &Encoded) -> impl Iterator<Item = u16> {
    name.parts().iter().map(|part| part.skeleton)
}

/// Reads a name without any table of words: no titles, kinds of places, compounds or known names.
#[must_use]
pub fn encode_without_words(name: &str, kind: Kind) -> Encoded {
    encode_with(&Words::none(), name, kind)
}
