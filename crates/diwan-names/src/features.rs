//! A comparison as numbers the forest can ask about.

use crate::compare::{Answer, Comparison, FAR, Rule};
use crate::encode::*;
use crate::model::Model;
use crate::words::Role;

macro_rules! features {
    ($($name:ident $toward:literal,)*) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "numbers the features")]
        enum Number { $($name),* }
        $(pub(crate) const $name: usize = Number::$name as usize;)*
        /// How many there are.
        pub const FEATURES: usize = [$($toward),*].len();
        /// Their names, in order.
        pub const FEATURE_NAMES: [&str; FEATURES] = [$(stringify!($name)),*];
        /// 1 where more can only mean more alike, -1 where it can only mean less alike, else 0.
        pub const TOWARD: [i8; FEATURES] = [$($toward),*];
    };
}

features! {
    COVER_LESS 0, COVER_MORE 0, WHOLE -1,
    HARD 0, HARDEST 0, SOFT 0, SOFTEST 0, FIRST_LETTER -1,
    DISTANCE_MEAN -1, DISTANCE_MAX 0,
    RARE_ANSWERED 0, FREE_LESS 0, FREE_MORE 0, FREE_RAREST 0, FREE_NAMES_LESS 0,
    PARTS_LESS 0, PARTS_MORE 0, ANSWERED 0,
    TURNED 0, FIRST_PART 0, LAST_PART 0,
    KIND 0, SCRIPTS 0,
    NUMBERS -1, SIDES -1, TYPES 0, ENDINGS 0, SEX -1, KUNYAS 0,
    INITIALS 0, JOINED 0, KNOWN 1, ACRONYM 1,
    LENGTH 0, EVIDENCE 0, TYPE_ANSWERED 0, SAME_PARTS 0,
    LAND 0, MISSES 0, MISS_SHARE 0, RAREST_ANSWERED 0, TITLES 0, LINKS 0, FORMS 0, LONG_VOWELS -1, COLOURS 0,
}

/// The features of one comparison.
pub type Features = [f32; FEATURES];

/// How much a part says about which name it is.
pub(crate) fn worth(model: &Model, part: &Part) -> f32 {
    let role = match part.role {
        Role::Name | Role::Abd | Role::Allah | Role::Din => 1.0,
        Role::Word => 0.45,
        Role::Side | Role::Number => 0.5,
        Role::Kunya => 0.25,
        Role::Feature => 0.3,
        Role::Type => 0.18,
        Role::Title | Role::Link => 0.12,
        Role::Form => 0.06,
        Role::Drop => 0.0,
    };
    let rare = if part.has(INITIAL) { 0.0 } else { model.rarity(part.skeleton) };
    role * (0.3 + 0.7 * rare)
}

/// One side of a comparison.
struct Side<'a> {
    name: &'a Encoded,
    used: u16,
    /// What each part is worth.
    worths: [f32; PARTS_MAX],
    /// Which parts are names, one bit each.
    names: u16,
    /// Which roles its parts have, and those of its parts without an answer, one bit each.
    roles: u16,
    free_roles: u16,
    /// Worth of all parts and of those that answer something as far as they do.
    all: f32,
    met: f32,
}

/// The roles of parts that are a name and say which.
const NAMES: u16 = bit(Role::Name) | bit(Role::Word) | bit(Role::Feature);

const fn bit(role: Role) -> u16 {
    1 << role as u16
}

impl<'a> Side<'a> {
    fn new(model: &Model, name: &'a Encoded, used: u16) -> Self {
        let worths = [0.0; PARTS_MAX];
        let (names, roles, free_roles, all, met) = (0, 0, 0, 0.0, 0.0);
        let mut side = Self { name, used, worths, names, roles, free_roles, all, met };
        for (at, (part, slot)) in name.parts().iter().zip(&mut side.worths).enumerate() {
            let role = bit(part.role);
            *slot = worth(model, part);
            side.all += *slot;
            side.names |= u16::from(role & NAMES != 0) << at;
            side.roles |= role;
            side.free_roles |= if used >> at & 1 == 0 { role } else { 0 };
        }
        side
    }

    fn parts(&self, run: (u8, u8)) -> &'a [Part] {
        self.name.parts().get(range(run)).unwrap_or(&[])
    }

    fn worth(&self, run: (u8, u8)) -> f32 {
        self.worths.get(range(run)).unwrap_or(&[]).iter().sum()
    }

    fn is_name(&self, run: (u8, u8)) -> bool {
        self.names >> run.0 & ((1 << run.1) - 1) != 0
    }

    fn cover(&self) -> f32 {
        if self.all > 0.0 { self.met / self.all } else { 0.0 }
    }
}

fn range((start, many): (u8, u8)) -> std::ops::Range<usize> {
    usize::from(start)..usize::from(start) + usize::from(many)
}

/// Turns a comparison into numbers.
pub(crate) fn features(
    model: &Model,
    one: &Encoded,
    other: &Encoded,
    found: &Comparison,
) -> Features {
    let mut out = [0.0; FEATURES];
    let mut left = Side::new(model, one, found.used_one);
    let mut right = Side::new(model, other, found.used_other);
    let mut sum = Sum::default();
    for answer in found.answers() {
        sum.add(answer, &mut left, &mut right);
    }
    sum.write(&mut out);
    order(found, &left, &right, &mut out);
    free(&left, &right, &mut out);
    against(&left, &right, &mut out);
    let (less, more) = (left.cover().min(right.cover()), left.cover().max(right.cover()));
    out[COVER_LESS] = less;
    out[COVER_MORE] = more;
    out[WHOLE] = found.whole;
    out[KIND] = f32::from(one.kind as u8);
    out[SCRIPTS] = f32::from(one.script as u8 * 4 + other.script as u8);
    out[EVIDENCE] = sum.evidence - 0.8 * out[FREE_LESS] - 0.2 * out[FREE_MORE];
    out[KNOWN] = match (one.known_as, other.known_as) {
        (0, _) | (_, 0) => 0.0,
        (a, b) => {
            if a == b {
                1.0
            } else {
                -1.0
            }
        }
    };
    out[ACRONYM] = f32::from(u8::from(acronym(one, other) || acronym(other, one)));
    out[LENGTH] = f32::from(one.many_phones.min(other.many_phones));
    out
}

/// Sums over the answers.
#[derive(Default)]
struct Sum {
    hard: f32,
    hardest: f32,
    soft: f32,
    softest: f32,
    first: f32,
    distance: f32,
    weight: f32,
    farthest: f32,
    rare: f32,
    answered: f32,
    evidence: f32,
    initials: f32,
    joined: f32,
    types: f32,
    endings: f32,
    kunya: f32,
    same: f32,
    misses: f32,
    colours: f32,
    vowels: f32,
    miss_share: f32,
    rarest: f32,
}

impl Sum {
    fn add(&mut self, answer: &Answer, left: &mut Side<'_>, right: &mut Side<'_>) {
        let (wx, wy) = (left.worth(answer.one), right.worth(answer.other));
        let alike = 1.0 - answer.distance / FAR * 0.5;
        left.met += wx * alike;
        right.met += wy * alike;
        let weight = wx.max(wy);
        let found = &answer.differences;
        self.distance += weight * answer.distance;
        self.weight += weight;
        self.initials += f32::from(u8::from(answer.rule == Rule::Initial));
        self.joined += f32::from(u8::from(answer.rule == Rule::Joined));
        self.types += f32::from(u8::from(answer.rule == Rule::Meaning));
        if !left.is_name(answer.one) && !right.is_name(answer.other) {
            return;
        }
        let (xs, ys) = (left.parts(answer.one), right.parts(answer.other));
        self.hard += f32::from(found.hard);
        self.hardest = self.hardest.max(f32::from(found.hardest));
        self.soft += f32::from(found.soft);
        self.softest = self.softest.max(f32::from(found.softest));
        self.first = self.first.max(f32::from(found.first));
        self.farthest = self.farthest.max(answer.distance);
        self.rare += weight;
        self.rarest = self.rarest.max(weight * (1.0 - answer.distance / FAR));
        let firm = |parts: &[Part]| parts.iter().map(|part| f32::from(part.firm)).sum::<f32>();
        self.vowels += f32::from(found.vowels);
        self.colours += f32::from(found.colours);
        self.misses += f32::from(found.misses);
        self.miss_share =
            self.miss_share.max(f32::from(found.misses) / firm(xs).max(firm(ys)).max(1.0));
        self.answered += 1.0;
        self.same += f32::from(u8::from(answer.rule == Rule::Same));
        self.evidence += weight * (1.0 - 2.4 * answer.distance);
        self.endings += f32::from(u8::from(found.ending));
        let after =
            |parts: &[Part]| parts.iter().any(|part| part.has(KUNYA) || part.role == Role::Kunya);
        self.kunya += f32::from(u8::from(after(xs) != after(ys)));
    }

    fn write(&self, out: &mut Features) {
        out[HARD] = self.hard;
        out[HARDEST] = self.hardest;
        out[SOFT] = self.soft;
        out[SOFTEST] = self.softest;
        out[FIRST_LETTER] = self.first;
        out[DISTANCE_MEAN] = if self.weight > 0.0 { self.distance / self.weight } else { 1.0 };
        out[DISTANCE_MAX] = self.farthest;
        out[RARE_ANSWERED] = self.rare;
        out[ANSWERED] = self.answered;
        out[INITIALS] = self.initials;
        out[JOINED] = self.joined;
        out[TYPE_ANSWERED] = self.types;
        out[ENDINGS] = self.endings;
        out[KUNYAS] = self.kunya;
        out[SAME_PARTS] = self.same;
        out[LONG_VOWELS] = self.vowels;
        out[COLOURS] = self.colours;
        out[MISSES] = self.misses;
        out[MISS_SHARE] = self.miss_share;
        out[RAREST_ANSWERED] = self.rarest;
    }
}

/// Whether the answers keep the order of words, and what the first and last parts answer.
fn order(found: &Comparison, left: &Side<'_>, right: &Side<'_>, out: &mut Features) {
    let mut turned = 0_u8;
    for (at, answer) in found.answers().iter().enumerate() {
        for later in found.answers().iter().skip(at + 1) {
            let crossed = (answer.one.0 < later.one.0) != (answer.other.0 < later.other.0);
            turned += u8::from(crossed);
        }
    }
    out[TURNED] = f32::from(turned);
    let between = |one: u32, other: u32| {
        let holds = |run: (u8, u8), at: u32| range(run).contains(&(at as usize));
        let both = |answer: &&Answer| holds(answer.one, one) && holds(answer.other, other);
        found.answers().iter().find(both).map_or(1.0, |answer| answer.distance)
    };
    out[FIRST_PART] = between(left.names.trailing_zeros(), right.names.trailing_zeros());
    let last = |side: &Side<'_>| u16::BITS.wrapping_sub(side.names.leading_zeros() + 1);
    out[LAST_PART] = between(last(left), last(right));
    let (one, other) = (left.names.count_ones() as f32, right.names.count_ones() as f32);
    out[PARTS_LESS] = one.min(other);
    out[PARTS_MORE] = one.max(other);
}

/// What was left over.
fn free(left: &Side<'_>, right: &Side<'_>, out: &mut Features) {
    let rest = |side: &Side<'_>| {
        let mut found = (0.0, 0.0_f32, 0.0);
        let mut free = side.names & !side.used;
        while free != 0 {
            let worth = side.worth((free.trailing_zeros() as u8, 1));
            found = (found.0 + worth, found.1.max(worth), found.2 + 1.0);
            free &= free - 1;
        }
        found
    };
    let (one, other) = (rest(left), rest(right));
    out[FREE_LESS] = one.0.min(other.0);
    out[FREE_MORE] = one.0.max(other.0);
    out[FREE_RAREST] = one.1.min(other.1);
    out[FREE_NAMES_LESS] = f32::min(one.2, other.2);
}

/// What speaks against: 2 where both have something and it differs, 1 where only one has, -1 where
/// both have the same.
fn against(left: &Side<'_>, right: &Side<'_>, out: &mut Features) {
    let of = |role: Role| {
        let has = |roles: u16| roles & bit(role) != 0;
        match (has(left.free_roles), has(right.free_roles)) {
            (true, true) => 2.0,
            (true, false) | (false, true) => 1.0,
            (false, false) if has(left.roles & right.roles) => -1.0,
            (false, false) => 0.0,
        }
    };
    out[NUMBERS] = of(Role::Number);
    out[SIDES] = of(Role::Side);
    out[TYPES] = of(Role::Type);
    out[LAND] = of(Role::Feature);
    out[TITLES] = of(Role::Title);
    out[LINKS] = of(Role::Link);
    out[FORMS] = of(Role::Form);
    out[SEX] = match (sex(left.name), sex(right.name)) {
        (Some(one), Some(other)) if one != other => 1.0,
        _ => 0.0,
    };
}

/// What the first word that tells it says: `bin` and `bint`, `Mr` and `Mrs`.
fn sex(name: &Encoded) -> Option<u8> {
    name.parts().iter().map(|part| part.flags & (WOMAN | MAN)).find(|said| *said != 0)
}

/// The only part of `short` is made of first letters of `long`.
fn acronym(short: &Encoded, long: &Encoded) -> bool {
    let [part] = short.parts() else { return false };
    let letters = short.phones_of(part);
    if !part.has(CAPITALS) || !(3..=7).contains(&letters.len()) || long.parts().len() < 3 {
        return false;
    }
    let mut firsts = long.parts().iter().filter_map(|part| {
        let lead = if part.has(ARTICLE) { usize::from(part.lead) } else { 0 };
        long.phones_of(part).get(lead)
    });
    letters.iter().all(|letter| firsts.any(|first| first == letter))
}
