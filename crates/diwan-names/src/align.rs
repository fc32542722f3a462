//! One row of phones laid against another: how far apart, and which phone answers which.

use crate::costs::{Answers, Table};
use crate::phone::*;

/// Longest row laid out phone by phone; longer ones are compared by their beginning.
pub(crate) const ROW_MAX: usize = 60;

/// As long as nearly every word.
const SHORT: usize = 12;

/// What no two spellings of one sound cost.
const DEAR: u8 = 50;

/// A row of phones with what may be skipped at its beginning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) phones: &'a [u8],
    /// So many first phones may be skipped for `skip`.
    pub(crate) lead: usize,
    pub(crate) skip: u16,
}

impl<'a> Row<'a> {
    /// With nothing to skip.
    pub(crate) fn bare(phones: &'a [u8]) -> Self {
        Self { phones, lead: 0, skip: 0 }
    }

    fn read(self) -> &'a [u8] {
        self.phones.get(..self.phones.len().min(ROW_MAX)).unwrap_or(&[])
    }

    /// The cost of leaving out all phones up to the one in this place.
    fn edge(&self, at: usize, cost: u16) -> u16 {
        if at + 1 == self.lead { cost.min(self.skip) } else { cost }
    }
}

/// One step of a layout: a phone of each side, [`NONE`] where there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) one: u8,
    pub(crate) other: u8,
    pub(crate) cost: u8,
}

/// How two rows differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Differences {
    /// Cost of all steps that touch a firm consonant or leave a sound without an answer.
    pub(crate) hard: u16,
    /// The dearest of them.
    pub(crate) hardest: u8,
    /// Cost of the others: vowels and weak letters answering one another.
    pub(crate) soft: u16,
    pub(crate) softest: u8,
    /// Firm consonants answered dearly or not at all.
    pub(crate) misses: u8,
    /// Long u and i that only one side writes, where both write the same abjad.
    pub(crate) vowels: u8,
    /// Vowels of another colour in the same place: `Hasan`, `Husayn`.
    pub(crate) colours: u8,
    /// What skipping an article cost.
    pub(crate) skipped: u16,
    /// Cost at the first firm consonant of either.
    pub(crate) first: u8,
    /// One ends in a feminine ending that the other lacks.
    pub(crate) ending: bool,
}

impl Differences {
    pub(crate) const NONE: Self = Self {
        hard: 0,
        hardest: 0,
        soft: 0,
        softest: 0,
        misses: 0,
        vowels: 0,
        colours: 0,
        skipped: 0,
        first: 0,
        ending: false,
    };
}

/// The total cost of leaving all phones unanswered.
pub(crate) fn weight(alone: &[u8; COUNT], phones: &[u8]) -> u16 {
    phones.iter().fold(0, |sum: u16, phone| sum.wrapping_add(of(alone, *phone)))
}

fn of(costs: &[u8], phone: u8) -> u16 {
    u16::from(costs.get(usize::from(phone)).copied().unwrap_or(u8::MAX))
}

/// The least cost of turning one row into the other.
///
/// Two phones of the first row go along the second one together: the lower one needs only what the
/// upper one has just found.
pub(crate) fn distance(table: &Table, one: Row<'_>, other: Row<'_>) -> u16 {
    // Most rows are one word: a short line is quickly made.
    if other.phones.len() <= SHORT {
        distance_along(table, one, other, &mut [Cell::default(); SHORT])
    } else {
        distance_along(table, one, other, &mut [Cell::default(); ROW_MAX])
    }
}

fn distance_along(table: &Table, one: Row<'_>, other: Row<'_>, line: &mut [Cell]) -> u16 {
    let cells = begin(table, other, line);
    let (mut start, mut done) = (0_u16, 0);
    for xs in one.read().chunks(2) {
        let [x, y] = [xs.first(), xs.get(1)].map(|phone| Against::new(table, phone));
        let mut above = start;
        let mut upper = one.edge(done, start.wrapping_add(x.alone));
        let mut lower = one.edge(done + 1, upper.wrapping_add(y.alone));
        (start, done) = (lower, done + 2);
        for cell in &mut *cells {
            let met = above.wrapping_add(x.answered(cell.phone));
            let below = upper.wrapping_add(y.answered(cell.phone));
            above = cell.cost;
            upper = met.min(above.wrapping_add(x.alone)).min(upper.wrapping_add(cell.alone));
            lower = below.min(upper.wrapping_add(y.alone)).min(lower.wrapping_add(cell.alone));
            cell.cost = lower;
        }
    }
    cells.last().map_or(start, |cell| cell.cost)
}

/// Rows laid out side by side: as many as the machine adds at once.
pub(crate) const ABREAST: usize = 8;

/// [`distance`] of one row from several, with nothing to skip: what one step
/// needs of the step before it keeps only one row busy, and here all go on together.
pub(crate) fn distances(table: &Table, one: &[u8], others: [&[u8]; ABREAST]) -> [u16; ABREAST] {
    let others = others.map(|phones| Row::bare(phones).read());
    let longest = others.iter().map(|other| other.len()).max().unwrap_or(0);
    let mut columns = [Column::default(); ROW_MAX];
    let columns = columns.get_mut(..longest).unwrap_or_default();
    for (lane, other) in others.into_iter().enumerate() {
        for (column, phone) in columns.iter_mut().zip(other) {
            column.phones[lane] = *phone;
            column.alone[lane] = of(&table.second_alone, *phone);
        }
    }
    let mut start = [0; ABREAST];
    let mut before = start;
    for column in &mut *columns {
        column.cost = sum(before, column.alone);
        before = column.cost;
    }
    for x in Row::bare(one).read() {
        let x = Against::new(table, Some(x));
        let mut diagonal = start;
        start = sum(start, [x.alone; ABREAST]);
        let mut left = start;
        for column in &mut *columns {
            let answered = column.phones.map(|phone| x.answered(u16::from(phone)));
            let met = sum(diagonal, answered);
            let up = sum(column.cost, [x.alone; ABREAST]);
            diagonal = column.cost;
            left = least(least(met, up), sum(left, column.alone));
            column.cost = left;
        }
    }
    let last = |lane: usize| {
        let at = others[lane].len().checked_sub(1);
        at.and_then(|at| columns.get(at)).map_or(start[lane], |column| column.cost[lane])
    };
    std::array::from_fn(last)
}

/// One place of several lines being laid out, as [`Cell`] is of one.
#[derive(Clone, Copy, Default)]
struct Column {
    cost: [u16; ABREAST],
    alone: [u16; ABREAST],
    phones: [u8; ABREAST],
}

fn sum(one: [u16; ABREAST], other: [u16; ABREAST]) -> [u16; ABREAST] {
    std::array::from_fn(|lane| one[lane].wrapping_add(other[lane]))
}

fn least(one: [u16; ABREAST], other: [u16; ABREAST]) -> [u16; ABREAST] {
    std::array::from_fn(|lane| one[lane].min(other[lane]))
}

/// Which way the best layout came, a line of bits for each phone: across, down.
type Ways = (u64, u64);

/// [`distance`], one phone of the first row after the other.
fn lay(table: &Table, one: Row<'_>, other: Row<'_>, ways: &mut [Ways; ROW_MAX + 1]) -> u16 {
    let mut line = [Cell::default(); ROW_MAX];
    let cells = begin(table, other, &mut line);
    let mut start = 0_u16;
    for (at, (x, ways)) in one.read().iter().zip(ways.iter_mut().skip(1)).enumerate() {
        let x = Against::new(table, Some(x));
        let mut diagonal = start;
        start = one.edge(at, start.wrapping_add(x.alone));
        let mut left = start;
        let (mut across, mut down, mut bit) = (0_u64, 0_u64, 1_u64);
        for cell in &mut *cells {
            let met = diagonal.wrapping_add(x.answered(cell.phone));
            let up = cell.cost.wrapping_add(x.alone);
            diagonal = cell.cost;
            left = met.min(up).min(left.wrapping_add(cell.alone));
            cell.cost = left;
            across |= if left == met { bit } else { 0 };
            down |= if left == up { bit } else { 0 };
            bit = bit.wrapping_shl(1);
        }
        *ways = (across, down);
    }
    cells.last().map_or(start, |cell| cell.cost)
}

/// The second row against nothing.
fn begin<'a>(table: &Table, row: Row<'_>, line: &'a mut [Cell]) -> &'a mut [Cell] {
    let phones = row.read();
    let cells = line.get_mut(..phones.len()).unwrap_or_default();
    let mut cost = 0_u16;
    // How many phones are left before what may be skipped has been skipped.
    let mut lead = row.lead;
    for (cell, phone) in cells.iter_mut().zip(phones) {
        let alone = of(&table.second_alone, *phone);
        cost = cost.wrapping_add(alone);
        if lead == 1 {
            cost = cost.min(row.skip);
        }
        lead = lead.wrapping_sub(1);
        *cell = Cell { cost, alone, phone: u16::from(*phone) };
    }
    cells
}

/// What answering one phone costs.
struct Against<'a> {
    answers: &'a Answers,
    alone: u16,
}

impl<'a> Against<'a> {
    /// A phone that is not there changes nothing.
    fn new(table: &'a Table, phone: Option<&u8>) -> Self {
        const NO_ANSWER: &Answers = &[u8::MAX; 128];
        let Some(phone) = phone else { return Self { answers: NO_ANSWER, alone: 0 } };
        let answers = table.answer.get(usize::from(*phone)).unwrap_or(NO_ANSWER);
        Self { answers, alone: of(&table.first_alone, *phone) }
    }

    fn answered(&self, phone: u16) -> u16 {
        u16::from(self.answers[usize::from(phone) % self.answers.len()])
    }
}

/// One place of the line being laid out: the least cost up to here, and the phone that stands there
/// with what it costs unanswered.
#[derive(Clone, Copy, Default)]
struct Cell {
    cost: u16,
    alone: u16,
    phone: u16,
}

/// Lays the rows out and hands every step to `with`, last first.
pub(crate) fn trace(
    table: &Table,
    one: Row<'_>,
    other: Row<'_>,
    mut with: impl FnMut(Step),
) -> u16 {
    let mut ways = [(0, 0); ROW_MAX + 1];
    let cost = lay(table, one, other, &mut ways);
    let (mut i, mut j) = (one.phones.len().min(ROW_MAX), other.phones.len().min(ROW_MAX));
    let (skip_one, skip_other) =
        (may_skip(&table.first_alone, one), may_skip(&table.second_alone, other));
    let at = |row: Row<'_>, at: usize| {
        at.checked_sub(1).and_then(|at| row.phones.get(at)).copied().unwrap_or(NONE)
    };
    while i > 0 || j > 0 {
        if (j == 0 && i == one.lead && skip_one) || (i == 0 && j == other.lead && skip_other) {
            break;
        }
        let (across, down) = ways.get(i).copied().unwrap_or((0, 0));
        let bit = if j == 0 { 0 } else { 1_u64 << (j - 1) };
        let (x, y) = (at(one, i), at(other, j));
        if i > 0 && j > 0 && across & bit != 0 {
            let met = table.answer.get(usize::from(x)).map_or(u16::from(u8::MAX), |row| of(row, y));
            with(Step { one: x, other: y, cost: u8::try_from(met).unwrap_or(u8::MAX) });
            (i, j) = (i - 1, j - 1);
        } else if i > 0 && (j == 0 || down & bit != 0) {
            let lost = of(&table.first_alone, x);
            with(Step { one: x, other: NONE, cost: u8::try_from(lost).unwrap_or(u8::MAX) });
            i -= 1;
        } else {
            let lost = of(&table.second_alone, y);
            with(Step { one: NONE, other: y, cost: u8::try_from(lost).unwrap_or(u8::MAX) });
            j = j.saturating_sub(1);
        }
    }
    cost
}

fn may_skip(alone: &[u8; COUNT], row: Row<'_>) -> bool {
    row.lead > 0 && weight(alone, row.phones.get(..row.lead).unwrap_or(&[])) > row.skip
}

/// Open, close or round, one bit each: vowels without a bit in common have another colour. What is
/// no vowel has all.
const COLOURS: [u8; COUNT] = {
    let mut colours = [7; COUNT];
    let known = [
        (1, [A, AA, ALEF, A]),
        (2, [I, II, DOTLESS, I]),
        (3, [E, EE, E, E]),
        (4, [O, OE, U, UU]),
        (6, [UE, UE, UE, UE]),
    ];
    let mut at = 0;
    while at < known.len() * 4 {
        let (colour, vowels) = known[at / 4];
        colours[vowels[at % 4] as usize] = colour;
        at += 1;
    }
    colours
};

fn colour(phone: u8) -> u8 {
    COLOURS.get(usize::from(phone)).copied().unwrap_or(7)
}

/// Sums up a layout.
pub(crate) fn differences(table: &Table, one: Row<'_>, other: Row<'_>) -> Differences {
    let mut found = Differences::NONE;
    let mut last = true;
    let cost = trace(table, one, other, |step| {
        let long = |phone: u8| table.long_vowels && matches!(phone, ALEF | WAW | YEH);
        let firm = is_hard(step.one) || is_hard(step.other) || long(step.one) || long(step.other);
        if firm && step.one != step.other {
            found.hard = found.hard.saturating_add(u16::from(step.cost));
            found.hardest = found.hardest.max(step.cost);
            found.misses = found.misses.saturating_add(u8::from(step.cost > DEAR));
        } else if !firm {
            found.soft = found.soft.saturating_add(u16::from(step.cost));
            found.softest = found.softest.max(step.cost);
        }
        // A long a is often left out (الرحمن), long u and i make another name (محمود).
        let lone = step.one == NONE || step.other == NONE;
        if table.long_vowels && lone && matches!(step.one.max(step.other), WAW | YEH) {
            found.vowels = found.vowels.saturating_add(1);
        }
        if colour(step.one) & colour(step.other) == 0 {
            found.colours = found.colours.saturating_add(1);
        }
        if firm {
            found.first = if step.one == step.other { 0 } else { step.cost };
        }
        if last && (step.one == NONE || step.other == NONE) {
            found.ending =
                matches!(step.one.max(step.other), A | AA | E | EE | ALEF | TEH_END | H_END);
        }
        last = false;
    });
    found.skipped = cost.saturating_sub(found.hard).saturating_sub(found.soft);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::Script;

    #[test]
    fn rows_laid_out_side_by_side_cost_what_each_costs_alone() {
        let table = Table::by_hand((Script::Latin, Script::Arabic));
        let phone = |nth: usize, at: usize| 1 + ((nth * 7 + at * 13) % (COUNT - 1)) as u8;
        let rows: Vec<Vec<u8>> =
            (0..40).map(|nth| (0..nth % 11).map(|at| phone(nth, at)).collect()).collect();
        for one in &rows {
            for some in rows.chunks(ABREAST) {
                let others: [&[u8]; ABREAST] =
                    std::array::from_fn(|at| some.get(at).map_or(&[][..], Vec::as_slice));
                let alone = others.map(|other| distance(&table, Row::bare(one), Row::bare(other)));
                assert_eq!(distances(&table, one, others), alone);
            }
        }
    }
}
