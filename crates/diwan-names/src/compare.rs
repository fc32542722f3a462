//! Which part of one name answers which part of the other, and by which rule.

use crate::align::{Differences, Row, differences, distance, weight};
use crate::costs::Costs;
use crate::encode::*;
use crate::model::Model;
use crate::phone::*;
use crate::words::Role;

/// Why one part answers another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The same letters or the same sounds.
    Same,
    /// Other letters for the same sounds, at a cost.
    Letters,
    /// Two parts of one are written as one in the other.
    Joined,
    /// A single letter stands for the part.
    Initial,
    /// The same number or generation.
    Number,
    /// Two words for the same thing (`Khirbat` and خربة, `company` and شركة).
    Meaning,
    /// Two names of one place or body that do not resemble each other (`Damascus` and `Şam`).
    Known,
}

/// One part (or two joined) answering one of the other name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    /// First part and how many, of each name.
    pub(crate) one: (u8, u8),
    pub(crate) other: (u8, u8),
    pub(crate) rule: Rule,
    /// 0 for the same, 1 for nothing in common.
    pub(crate) distance: f32,
    pub(crate) differences: Differences,
}

impl Answer {
    const NONE: Self = Self {
        one: (0, 0),
        other: (0, 0),
        rule: Rule::Same,
        distance: 0.0,
        differences: Differences::NONE,
    };
}

/// Everything the score is made from.
#[derive(Clone, Debug)]
pub(crate) struct Comparison {
    pub(crate) answers: [Answer; PARTS_MAX],
    pub(crate) many: usize,
    /// Parts that answer something, one bit each.
    pub(crate) used_one: u16,
    pub(crate) used_other: u16,
    /// Distance of the names laid out as one row each; 1 when not worth it.
    pub(crate) whole: f32,
}

/// Farther parts do not answer one another.
pub(crate) const FAR: f32 = 0.46;
const FAR_JOINED: f32 = 0.24;
/// What skipping an article costs when only one side has it.
const SKIP: u16 = 6;
const SKIP_PERHAPS: u16 = 14;
/// What skipping `abd` costs when only one side has it.
const SKIP_ABD: u16 = 120;

impl Comparison {
    const NONE: Self = Self {
        answers: [Answer::NONE; PARTS_MAX],
        many: 0,
        used_one: 0,
        used_other: 0,
        whole: 1.0,
    };

    pub(crate) fn answers(&self) -> &[Answer] {
        self.answers.get(..self.many).unwrap_or(&[])
    }

    fn push(&mut self, answer: Answer) {
        if let Some(slot) = self.answers.get_mut(self.many) {
            *slot = answer;
            self.many += 1;
            self.used_one |= bits(answer.one);
            self.used_other |= bits(answer.other);
        }
    }

    fn remove(&mut self, at: usize) {
        if let Some(answer) = self.answers().get(at).copied() {
            self.answers.copy_within(at + 1..self.many, at);
            self.many -= 1;
            self.used_one &= !bits(answer.one);
            self.used_other &= !bits(answer.other);
        }
    }
}

fn bits((start, many): (u8, u8)) -> u16 {
    ((1_u32 << many) - 1).wrapping_shl(u32::from(start)) as u16
}

/// One name with what every pair needs of it.
struct Side<'a> {
    name: &'a Encoded,
    weights: [u16; PARTS_MAX],
}

impl<'a> Side<'a> {
    fn new(costs: &Costs, name: &'a Encoded, against: &Encoded) -> Self {
        let mut weights = [0; PARTS_MAX];
        for (slot, part) in weights.iter_mut().zip(name.parts()) {
            let table = costs.between(part.script, against.script);
            *slot = weight(&table.first_alone, body(name, part));
        }
        Self { name, weights }
    }

    /// What leaving all of a run unanswered costs.
    fn weight_of(&self, (start, many): (u8, u8)) -> u16 {
        let weight = |at: u8| self.weights.get(usize::from(at)).copied().unwrap_or(0);
        if many == 1 {
            return weight(start);
        }
        (start..start + many).fold(0, |sum: u16, at| sum.saturating_add(weight(at)))
    }
}

fn body<'a>(name: &'a Encoded, part: &Part) -> &'a [u8] {
    let lead = if part.has(ARTICLE | ABD) { usize::from(part.lead) } else { 0 };
    name.phones_of(part).get(lead..).unwrap_or(&[])
}

/// Finds the answers. `one` and `other` are in the order [`score`](crate::score) settles.
pub(crate) fn compare(model: &Model, one: &Encoded, other: &Encoded) -> Comparison {
    let mut found = Comparison::NONE;
    let pair = Pair::new(&model.costs, one, other);
    pair.nearest(&mut found);
    pair.join(&mut found);
    pair.initials(&mut found);
    if pair.worth_whole(&found) {
        found.whole = pair.whole();
    }
    found
}

/// Two names about to be compared.
pub(crate) struct Pair<'a> {
    costs: &'a Costs,
    left: Side<'a>,
    right: Side<'a>,
}

impl<'a> Pair<'a> {
    pub(crate) fn new(costs: &'a Costs, one: &'a Encoded, other: &'a Encoded) -> Self {
        Self { costs, left: Side::new(costs, one, other), right: Side::new(costs, other, one) }
    }

    fn sizes(&self) -> (usize, usize) {
        (self.left.name.parts().len(), self.right.name.parts().len())
    }

    pub(crate) fn parts(&self, i: usize, j: usize) -> Option<(&'a Part, &'a Part)> {
        Some((self.left.name.parts().get(i)?, self.right.name.parts().get(j)?))
    }

    /// Pairs parts greedily, the closest first: the same words, then those that sound alike.
    fn nearest(&self, found: &mut Comparison) {
        self.pair_off(found, |i, j| self.known(i, j).map(|_| 0.0));
        self.pair_off(found, |i, j| self.apart(i, j));
    }

    fn pair_off(&self, found: &mut Comparison, apart: impl Fn(usize, usize) -> Option<f32>) {
        let (n, m) = self.sizes();
        // How far apart and which parts, in one number that sorts by the first.
        let mut near = [0_u64; 64];
        let mut many = 0;
        for i in (0..n).filter(|i| found.used_one >> i & 1 == 0) {
            for j in (0..m).filter(|j| found.used_other >> j & 1 == 0) {
                if let Some(distance) = apart(i, j)
                    && let Some(slot) = near.get_mut(many)
                {
                    // Among equals the pair that keeps the order of words goes first.
                    let moved = (i * m).abs_diff(j * n).min(200) as f32;
                    let far = u64::from((distance + moved * 1e-4).to_bits());
                    *slot = far << 32 | (i as u64) << 8 | j as u64;
                    many += 1;
                }
            }
        }
        let near = near.get_mut(..many).unwrap_or_default();
        near.sort_unstable();
        for pair in near.iter() {
            let [j, i, ..] = pair.to_le_bytes();
            if found.used_one & bits((i, 1)) == 0 && found.used_other & bits((j, 1)) == 0 {
                let rule = self.known(usize::from(i), usize::from(j)).unwrap_or(Rule::Letters);
                found.push(self.answer((i, 1), (j, 1), rule));
            }
        }
    }

    fn answer(&self, one: (u8, u8), other: (u8, u8), rule: Rule) -> Answer {
        let mut answer = Answer { one, other, rule, ..Answer::NONE };
        if matches!(rule, Rule::Letters | Rule::Joined) {
            let (cost, total, differences) = self.laid(one, other);
            answer.distance = ratio(cost, total);
            answer.differences = differences;
        }
        answer
    }

    fn laid(&self, one: (u8, u8), other: (u8, u8)) -> (u16, u16, Differences) {
        let Some((x, y)) = self.parts(usize::from(one.0), usize::from(other.0)) else {
            return (1, 1, Differences::NONE);
        };
        let table = self.costs.between(x.script, y.script);
        let (row, answering) = self.rows(one, other);
        let differences = differences(table, row, answering);
        let cost =
            differences.hard.saturating_add(differences.soft).saturating_add(differences.skipped);
        let total = self.left.weight_of(one).saturating_add(self.right.weight_of(other));
        (cost, total, differences)
    }

    /// The phones of both, with what may be skipped.
    pub(crate) fn rows(&self, one: (u8, u8), other: (u8, u8)) -> (Row<'a>, Row<'a>) {
        let part = |side: &Side<'a>, (start, many): (u8, u8)| {
            let first = side.name.parts.get(usize::from(start))?;
            let last = side.name.parts.get(usize::from(start + many - 1))?;
            let phones = side.name.phones.get(usize::from(first.start)..usize::from(last.end))?;
            Some((first.flags, usize::from(first.lead), phones))
        };
        const NOTHING: (u8, usize, &[u8]) = (0, 0, &[]);
        let (x, y) = (part(&self.left, one), part(&self.right, other));
        let (x, y) = (x.unwrap_or(NOTHING), y.unwrap_or(NOTHING));
        let both = x.0 & y.0 & (ARTICLE | ABD) != 0;
        let row = |(flags, lead, phones): (u8, usize, &'a [u8])| {
            if both {
                return Row::bare(phones.get(lead..).unwrap_or(&[]));
            }
            let skip = if flags & ABD != 0 {
                SKIP_ABD
            } else if flags & ARTICLE != 0 {
                SKIP
            } else {
                SKIP_PERHAPS
            };
            Row { phones, lead, skip }
        };
        (row(x), row(y))
    }

    /// The rule by which two parts are the same without a look at how they are spelled.
    fn known(&self, i: usize, j: usize) -> Option<Rule> {
        let (x, y) = self.parts(i, j)?;
        let same = x.hash == y.hash && x.script == y.script;
        if x.role == Role::Number || y.role == Role::Number {
            (x.role == y.role && x.class == y.class).then_some(Rule::Number)
        } else if x.class != 0 && x.class == y.class {
            Some(if same { Rule::Same } else { Rule::Meaning })
        } else {
            (same && x.has(ABD) == y.has(ABD) && !opposed(x, y)).then_some(Rule::Same)
        }
    }

    /// How far apart two parts sound that may answer each other.
    fn apart(&self, i: usize, j: usize) -> Option<f32> {
        let (x, y) = self.parts(i, j)?;
        if x.role == Role::Number
            || y.role == Role::Number
            || opposed(x, y)
            || unlike((x.sounds, x.firm), (y.sounds, y.firm))
        {
            return None;
        }
        let at = |at: usize| (at as u8, 1);
        self.within(at(i), at(j), FAR)
    }

    /// How far apart two runs sound, when nearer than `most`.
    fn within(&self, one: (u8, u8), other: (u8, u8), most: f32) -> Option<f32> {
        let (x, y) = self.parts(usize::from(one.0), usize::from(other.0))?;
        let (left, right) = (self.left.weight_of(one), self.right.weight_of(other));
        let total = left.saturating_add(right);
        let (row, answering) = self.rows(one, other);
        let cost = distance(self.costs.between(x.script, y.script), row, answering);
        Some(ratio(cost, total)).filter(|distance| *distance < most)
    }

    /// Two parts of one that are one part of the other (`Deir ez-Zor`, `Deyrizor`).
    fn join(&self, found: &mut Comparison) {
        let (n, m) = (self.left.name.many_parts, self.right.name.many_parts);
        // One of the two to be joined must be free, else both have better answers.
        let free = |used: u16, run| used & bits(run) != bits(run);
        for i in 0..n.saturating_sub(1) {
            for j in 0..m {
                if free(found.used_one, (i, 2)) {
                    self.try_join(found, (i, 2), (j, 1));
                }
            }
        }
        for j in 0..m.saturating_sub(1) {
            for i in 0..n {
                if free(found.used_other, (j, 2)) {
                    self.try_join(found, (i, 1), (j, 2));
                }
            }
        }
    }

    fn try_join(&self, found: &mut Comparison, one: (u8, u8), other: (u8, u8)) {
        if !self.joinable(one, other) {
            return;
        }
        let touched = |answer: &Answer| {
            bits(answer.one) & bits(one) != 0 || bits(answer.other) & bits(other) != 0
        };
        let mut held = found.answers().iter().filter(|answer| touched(answer));
        let (before, more) = (held.next().copied(), held.next().is_some());
        if more
            || before.is_some_and(|before| before.distance < 0.08 || before.rule == Rule::Joined)
        {
            return;
        }
        let most = before.map_or(FAR_JOINED, |before| before.distance.min(FAR_JOINED));
        if self.within(one, other, most).is_none() {
            return;
        }
        let answer = self.answer(one, other, Rule::Joined);
        if answer.distance > most {
            return;
        }
        if let Some(at) = found.answers().iter().position(touched) {
            found.remove(at);
        }
        found.push(answer);
    }

    fn joinable(&self, one: (u8, u8), other: (u8, u8)) -> bool {
        let all = |side: &Side<'_>, (start, many): (u8, u8)| {
            let (mut sounds, mut firm) = (0, 0_u8);
            for at in usize::from(start)..usize::from(start + many) {
                let part = side.name.parts().get(at)?;
                if part.role == Role::Number {
                    return None;
                }
                sounds |= part.sounds;
                firm = firm.saturating_add(part.firm);
            }
            Some((sounds, firm))
        };
        let (Some(one), Some(other)) = (all(&self.left, one), all(&self.right, other)) else {
            return false;
        };
        one.1.abs_diff(other.1) <= 2 && !unlike(one, other)
    }

    /// A single letter answers a part that begins with it.
    fn initials(&self, found: &mut Comparison) {
        let (n, m) = self.sizes();
        for i in 0..n {
            for j in 0..m {
                let Some((x, y)) = self.parts(i, j) else { continue };
                let taken = found.used_one & bits((i as u8, 1)) != 0
                    || found.used_other & bits((j as u8, 1)) != 0;
                if taken || !(x.has(INITIAL) || y.has(INITIAL)) {
                    continue;
                }
                let first =
                    |name: &Encoded, part: &Part| body(name, part).first().copied().unwrap_or(NONE);
                let (a, b) = (first(self.left.name, x), first(self.right.name, y));
                let table = self.costs.between(x.script, y.script);
                let cost = table.answer.get(usize::from(a)).and_then(|row| row.get(usize::from(b)));
                if cost.is_some_and(|cost| *cost < 16) {
                    let mut answer = self.answer((i as u8, 1), (j as u8, 1), Rule::Initial);
                    answer.distance = 0.3;
                    found.push(answer);
                }
            }
        }
    }

    /// Words of places and bodies are parted and joined at will; for persons the parts say it all.
    fn worth_whole(&self, found: &Comparison) -> bool {
        let (n, m) = self.sizes();
        self.left.name.kind != Kind::Person && (found.many > 0 || n == 1 || m == 1)
    }

    fn whole(&self) -> f32 {
        let (xs, ys) = (Whole::new(self.left.name), Whole::new(self.right.name));
        let table = self.costs.between(self.left.name.script, self.right.name.script);
        let (one, other) = (Row::bare(xs.phones()), Row::bare(ys.phones()));
        let total = weight(&table.first_alone, one.phones)
            .saturating_add(weight(&table.second_alone, other.phones));
        ratio(distance(table, one, other), total).min(1.0)
    }
}

/// The names proper in one row: no articles, titles, kinds of places.
struct Whole {
    phones: [u8; PHONES_MAX],
    used: usize,
}

impl Whole {
    fn new(name: &Encoded) -> Self {
        let mut whole = Self { phones: [NONE; PHONES_MAX], used: 0 };
        for all in [false, true] {
            for part in name.parts() {
                if all || matches!(part.role, Role::Name | Role::Kunya | Role::Word | Role::Feature)
                {
                    let lead = if part.has(ARTICLE) { usize::from(part.lead) } else { 0 };
                    whole.add(name.phones_of(part).get(lead..).unwrap_or(&[]));
                }
            }
            if whole.used > 0 {
                break;
            }
        }
        whole
    }

    fn add(&mut self, phones: &[u8]) {
        for (slot, phone) in self.phones.iter_mut().skip(self.used).zip(phones) {
            *slot = *phone;
            self.used += 1;
        }
    }

    fn phones(&self) -> &[u8] {
        let used = self.used.min(crate::align::ROW_MAX);
        self.phones.get(..used).unwrap_or(&[])
    }
}

/// Two known words with different meanings are different words, however near they sound.
fn opposed(x: &Part, y: &Part) -> bool {
    x.class != 0
        && y.class != 0
        && x.class != y.class
        && x.role == y.role
        && matches!(x.role, Role::Side | Role::Feature)
}

/// Too little in common to be worth laying out: where the consonants sound, and how many.
fn unlike(one: (u16, u8), other: (u16, u8)) -> bool {
    let common = (one.0 & other.0).count_ones();
    let fewer = one.0.count_ones().min(other.0.count_ones());
    common * 2 < fewer
        || one.1.abs_diff(other.1) > 2 + one.1.min(other.1) / 2
        || common == 0 && one.1.max(other.1) > 1
}

pub(crate) fn ratio(cost: u16, total: u16) -> f32 {
    if total == 0 { if cost == 0 { 0.0 } else { 1.0 } } else { f32::from(cost) / f32::from(total) }
}
