//! Costs of letters from the names that are known to be the same.

use diwan_names::costs::{Costs, PAIRS, PHONES, Table};
use diwan_names::{Encoded, Model, learn};

use crate::pairs::Pair;

const ROUNDS: usize = 4;
/// How much the costs set by hand weigh beside what was counted.
const HOLD: f64 = 12.0;
/// The least a letter left out costs where both sides write the same abjad.
const LONG_VOWEL: u8 = 36;
/// Units of a cost in a nat.
const UNITS: f64 = 20.0;

/// Counts of one pair of scripts; phone zero stands for no answer.
struct Counts(Vec<f64>);

impl Counts {
    fn at(&self, one: usize, other: usize) -> f64 {
        self.0[one * PHONES + other]
    }

    fn add(&mut self, one: u8, other: u8) {
        self.0[usize::from(one) * PHONES + usize::from(other)] += 1.0;
    }
}

/// A few rounds: lay the names out by the costs so far, count, set the costs anew.
pub(crate) fn learn(model: &Model, same: &[&Pair], tokens: &[(Encoded, Encoded)]) -> Costs {
    let mut model = model.clone();
    let hand = PAIRS.map(Table::by_hand);
    for _ in 0..ROUNDS {
        let mut counts: Vec<Counts> =
            PAIRS.iter().map(|_| Counts(vec![0.0; PHONES * PHONES])).collect();
        let same = same.iter().map(|pair| (&pair.left, &pair.right));
        for (left, right) in same.chain(tokens.iter().map(|(left, right)| (left, right))) {
            learn::steps(&model, left, right, |one, other| {
                let Some(at) = PAIRS.iter().position(|pair| *pair == (one.0, other.0)) else {
                    return;
                };
                counts[at].add(one.1, other.1);
                if one.0 == other.0 {
                    counts[at].add(other.1, one.1);
                }
            });
        }
        let tables: [Table; PAIRS.len()] = std::array::from_fn(|at| table(&hand[at], &counts[at]));
        model.costs = Costs::new(&tables);
    }
    model.costs
}

fn table(hand: &Table, counts: &Counts) -> Table {
    let row = |one: usize| (0..PHONES).map(|other| counts.at(one, other)).sum::<f64>();
    let column = |other: usize| (0..PHONES).map(|one| counts.at(one, other)).sum::<f64>();
    let rows: Vec<f64> = (0..PHONES).map(row).collect();
    let columns: Vec<f64> = (0..PHONES).map(column).collect();
    let cost = |met: f64, all: f64, hand: u8| {
        let expected = HOLD * (-f64::from(hand) / UNITS).exp();
        let nats = -((met + expected) / (all + HOLD)).ln();
        (nats * UNITS).round().clamp(0.0, 200.0) as u8
    };
    let mut table = hand.clone();
    for one in 1..PHONES {
        for (other, column) in columns.iter().enumerate().skip(1) {
            let all = (rows[one] * column).sqrt();
            table.answer[one][other] = cost(counts.at(one, other), all, hand.answer[one][other]);
        }
        table.first_alone[one] = cost(counts.at(one, 0), rows[one], hand.first_alone[one]);
        table.second_alone[one] = cost(counts.at(0, one), columns[one], hand.second_alone[one]);
    }
    if table.long_vowels {
        // Sorani and Persian spellings of Arabic names would teach that long vowels are free.
        for (alone, other) in table.first_alone.iter_mut().zip(&mut table.second_alone) {
            (*alone, *other) = ((*alone).max(LONG_VOWEL), (*other).max(LONG_VOWEL));
        }
    }
    if PAIRS.iter().any(|pair| pair.0 == pair.1 && *hand == Table::by_hand(*pair)) {
        for same in 1..PHONES {
            table.answer[same][same] = 0;
        }
    }
    table
}
