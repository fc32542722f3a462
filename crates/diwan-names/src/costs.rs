//! What one phone answering another costs, for every pair of scripts.

use crate::letter::Script;
use crate::phone::*;

/// How many phones there are; the first stands for none.
pub const PHONES: usize = COUNT;

/// Pairs of scripts, the smaller first: what a file of costs holds.
pub const PAIRS: [(Script, Script); 10] = [
    (Script::Latin, Script::Latin),
    (Script::Latin, Script::Arabic),
    (Script::Latin, Script::Hebrew),
    (Script::Arabic, Script::Arabic),
    (Script::Arabic, Script::Hebrew),
    (Script::Hebrew, Script::Hebrew),
    (Script::Latin, Script::Sorani),
    (Script::Arabic, Script::Sorani),
    (Script::Hebrew, Script::Sorani),
    (Script::Sorani, Script::Sorani),
];

pub(crate) const SCRIPTS: [Script; 4] =
    [Script::Latin, Script::Arabic, Script::Hebrew, Script::Sorani];

/// What each phone answering a given one costs. Longer than there are phones, to a power of two:
/// seven bits of a phone are found without a check.
pub type Answers = [u8; 128];

/// Costs of one ordered pair of scripts, in twentieths of a nat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What a phone of the first answering one of the second costs.
    pub answer: [Answers; COUNT],
    /// What a phone of the first left unanswered costs.
    pub first_alone: [u8; COUNT],
    /// What a phone of the second left unanswered costs.
    pub second_alone: [u8; COUNT],
    /// Both sides write the same abjad, so that long vowels are as firm as consonants: محمد is not
    /// محمود.
    pub long_vowels: bool,
}

/// All ordered pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    tables: Box<[Table; SCRIPTS.len() * SCRIPTS.len()]>,
}

/// Bytes of one table in a file.
pub const TABLE_BYTES: usize = COUNT * COUNT + 2 * COUNT;

impl Table {
    fn turned(&self) -> Self {
        let mut answer = self.answer;
        for (one, row) in self.answer.iter().enumerate() {
            for (other, cost) in row.iter().enumerate().take(COUNT) {
                if let Some(slot) = answer.get_mut(other).and_then(|row| row.get_mut(one)) {
                    *slot = *cost;
                }
            }
        }
        Self { answer, first_alone: self.second_alone, second_alone: self.first_alone, ..*self }
    }

    /// The costs set by hand that learning starts from.
    #[must_use]
    pub fn by_hand((first, second): (Script, Script)) -> Self {
        let across = first != second;
        let number = |at: usize| u8::try_from(at).unwrap_or(NONE);
        let alone: [u8; COUNT] = std::array::from_fn(|at| alone(number(at), across));
        let answer = std::array::from_fn(|one| {
            std::array::from_fn(|other| match number(other) {
                phone if other < COUNT => answer(number(one), phone),
                _ => u8::MAX,
            })
        });
        let long_vowels = long_vowels((first, second));
        Self { answer, first_alone: alone, second_alone: alone, long_vowels }
    }

    fn read(bytes: &[u8], pair: (Script, Script)) -> Option<Self> {
        let (answers, rest) = bytes.split_at_checked(COUNT * COUNT)?;
        let (first, second) = rest.split_at_checked(COUNT)?;
        let mut rows = answers.chunks_exact(COUNT);
        let mut answer = [[u8::MAX; 128]; COUNT];
        for row in &mut answer {
            row.first_chunk_mut::<COUNT>()?.copy_from_slice(rows.next()?);
        }
        let (first_alone, second_alone) = (first.try_into().ok()?, second.try_into().ok()?);
        Some(Self { answer, first_alone, second_alone, long_vowels: long_vowels(pair) })
    }

    /// As a file holds it.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> =
            self.answer.iter().flat_map(|row| row.iter().take(COUNT)).copied().collect();
        bytes.extend(self.first_alone);
        bytes.extend(self.second_alone);
        bytes
    }
}

impl Costs {
    /// From one table for each of [`PAIRS`].
    #[must_use]
    pub fn new(tables: &[Table; PAIRS.len()]) -> Self {
        let script = |at: usize| SCRIPTS.get(at).copied().unwrap_or_default();
        let of = |first, second| {
            let at = |pair| PAIRS.iter().position(|known| *known == pair).unwrap_or(0);
            let table = |at: usize| {
                tables.get(at).cloned().unwrap_or_else(|| Table::by_hand((first, second)))
            };
            if first <= second {
                table(at((first, second)))
            } else {
                table(at((second, first))).turned()
            }
        };
        Self {
            tables: Box::new(std::array::from_fn(|at| {
                of(script(at / SCRIPTS.len()), script(at % SCRIPTS.len()))
            })),
        }
    }

    /// The costs set by hand.
    #[must_use]
    pub fn by_hand() -> Self {
        Self::new(&PAIRS.map(Table::by_hand))
    }

    /// As a file holds them: one table after the other, in the order of [`PAIRS`].
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        PAIRS.iter().flat_map(|(first, second)| self.between(*first, *second).bytes()).collect()
    }

    /// From the bytes of a table for each of [`PAIRS`].
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let tables = bytes.chunks(TABLE_BYTES).zip(PAIRS);
        let tables: Option<Vec<Table>> =
            tables.map(|(bytes, pair)| Table::read(bytes, pair)).collect();
        Some(Self::new(&tables?.try_into().ok()?))
    }

    pub(crate) fn between(&self, first: Script, second: Script) -> &Table {
        let [latin, rest @ ..] = &*self.tables;
        (first as usize * SCRIPTS.len() + second as usize)
            .checked_sub(1)
            .and_then(|at| rest.get(at))
            .unwrap_or(latin)
    }
}

fn long_vowels((first, second): (Script, Script)) -> bool {
    first == second && matches!(first, Script::Arabic | Script::Hebrew)
}

fn alone(phone: u8, across: bool) -> u8 {
    match phone {
        H_END => 6,
        AIN | HAMZA | ALEF_END => 10,
        TEH_END | ALEF_FIRST => 14,
        HH | H => 40,
        W | Y | WAW | YEH => 26,
        _ if is_vowel(phone) => {
            if across {
                6
            } else {
                12
            }
        }
        _ => 80,
    }
}

const ALIKE: &[(u8, &[(u8, u8)])] = &[
    (
        12,
        &[
            (CHA, TCH),
            (CHA, SH),
            (C_CED, TCH),
            (S_CED, SH),
            (S_CED, SAD),
            (SAD, S),
            (TAH, T),
            (DAD, D),
            (ZAH, Z),
            (X, KH),
            (W, WAW),
            (Y, YEH),
            (BET, B),
            (BET, V),
            (PE, P),
            (PE, F),
            (SHIN, S),
            (SHIN, SH),
            (BET, F),
            (P, PE),
            (K, Q),
            (C_HARD, K),
            (C_HARD, Q),
            (C_SOFT, S),
            (C_HARD, J),
            (C_SOFT, J),
            (GH, SOFT_G),
            (H, HH),
            (H, H_END),
            (TEH_END, H_END),
            (J, ZH),
            (AIN, HAMZA),
            (TS, TCH),
            (V, W),
            (V, WAW),
            (H, KH),
            (HH, KH),
            (TEH_END, T),
            (ALEF_END, YEH),
            (C_CED, S),
            (S_CED, S),
            (SH, TCH),
        ],
    ),
    (
        20,
        &[
            (DH, Z),
            (TH, S),
            (TH, T),
            (DH, D),
            (DAD, Z),
            (ZAH, D),
            (DAD, DH),
            (ZAH, DH),
            (TS, S),
            (TS, SAD),
            (GH, G),
            (GH, R),
            (SOFT_G, Y),
            (SOFT_G, G),
            (G, J),
            (X, K),
            (CHA, KH),
            (CHA, K),
            (KH, K),
            (J, Y),
            (B, P),
            (F, P),
            (V, B),
            (V, F),
            (S, Z),
            (D, T),
            (D, TAH),
            (G, K),
            (G, Q),
            (GH, Q),
            (TH, F),
            (J, TCH),
            (C_SOFT, TCH),
            (C_HARD, TCH),
            (AIN, A),
            (AIN, AA),
            (AIN, ALEF),
            (N, M),
            (S, SH),
            (TAH, TH),
            (J, GH),
            (J, KH),
            (H, X),
            (HH, X),
            (TAH, D),
        ],
    ),
];

fn answer(one: u8, other: u8) -> u8 {
    if one == other {
        return 0;
    }
    let listed = |(_, pairs): &&(u8, &[(u8, u8)])| {
        pairs.contains(&(one, other)) || pairs.contains(&(other, one))
    };
    if let Some((cost, _)) = ALIKE.iter().find(listed) {
        return *cost;
    }
    match (class(one), class(other)) {
        (Class::Vowel, Class::Vowel) => 14,
        (Class::Vowel, Class::Weak) => weak(other, one),
        (Class::Weak, Class::Vowel) => weak(one, other),
        (Class::Weak, Class::Weak) => 50,
        (first, second) if first == second && first != Class::Other => 36,
        _ => 140,
    }
}

fn weak(weak: u8, vowel: u8) -> u8 {
    match (weak, vowel) {
        (WAW | W, O | U | UU | OE | UE) | (YEH | Y, I | II | E | EE | DOTLESS) => 10,
        (TEH_END | H_END, A | E | ALEF | ALEF_END | EE | AA) => 10,
        (AIN | HAMZA, _) => 24,
        _ => 50,
    }
}
