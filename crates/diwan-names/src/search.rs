//! Searching an index: words like those asked for, names that hold them, the best compared in full.
//!
//! 1. Each word of the question finds the words of the index that share an outline with it, or an
//!    outline with one consonant left out on either side; laying the phones of both against each
//!    other says how alike they are.
//! 2. Names collect what their words answer, the rarer the more. Two words may be answered by one
//!    (Deir ez-Zor, Deyrizor), and a word by another of the same meaning.
//! 3. The best are compared in full, as [`score`](crate::score) does.

use crate::align::{ABREAST, distances, weight};
use crate::costs::{Costs, SCRIPTS};
use crate::encode::{ARTICLE, Encoded, Kind, Part, encode};
use crate::index::{Index, WEIGHT_UNIT, Word};
use crate::letter::Script;
use crate::model::Model;
use crate::outline::outlines;
use crate::score::score_with;
use crate::words::Role;

/// One name found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Its place in the index.
    pub id: u32,
    /// How alike it is to the one asked for, as [`score`](crate::score) says.
    pub score: f32,
}

/// Words this much alike may answer each other.
const LIKE_MIN: f32 = 0.5;
/// Of the words like one asked for, so many of the most alike are followed.
const WORDS_MAX: usize = 120;
/// What a title, a particle or a kind of place is worth beside a name as rare.
const LESSER: f32 = 0.6;
/// What two neighbours with the consonants of one word asked for are worth beside that word.
const NEIGHBOURS: f32 = 0.8;
/// What another name of a place or body that is known by several is worth.
const KNOWN: f32 = 0.9;
/// How much of a name's own weight counts against it: what it holds beyond the question.
const OWN: f32 = 0.15;
/// At most so many names are compared in full, and none that collected less than this share of
/// what the best one did.
const FULL_MAX: usize = 200;
const FULL_SHARE: f32 = 0.5;
/// Names of equal score come in this order: rare words answered first, articles as asked for.
const BY_RARITY: f32 = 0.3;
const BY_ARTICLE: f32 = 0.05;
/// With so many names at hand, a word that very many names hold brings no new ones.
const ENOUGH: usize = 2_000;
const VERY_MANY: usize = 20_000;

/// Searches one index; keeps its working memory between searches (8 bytes a name, 4 a word).
/// One for each thread.
#[derive(Debug)]
pub struct Search<'a> {
    index: &'a Index,
    model: &'a Model,
    sums: Sums,
    /// By word: the last question it was looked at for.
    seen: Vec<u32>,
    questions: u32,
}

impl<'a> Search<'a> {
    /// A search of this index.
    #[must_use]
    pub fn new(index: &'a Index) -> Self {
        Self::with_model(index, Model::shipped())
    }

    /// [`Search::new`] by another model, for measuring one.
    #[must_use]
    pub fn with_model(index: &'a Index, model: &'a Model) -> Self {
        let sums = Sums::new(index.len());
        Self { index, model, sums, seen: vec![0; index.words.len()], questions: 0 }
    }

    /// The names most like `name`, at most `many`, best first; the same question always gets the
    /// same answer.
    pub fn best(&mut self, name: &str, kind: Kind, many: usize) -> Vec<Found> {
        let name = encode(name, kind);
        let mut asked: Vec<Asked> =
            name.parts().iter().filter_map(|part| self.asked(&name, part)).collect();
        // The rarest first: it brings the fewest names.
        asked.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        self.sums.begin();
        for asked in &asked {
            self.collect(asked);
        }
        asked.sort_by_key(|asked| asked.at);
        for pair in asked.windows(2) {
            if let [one, other] = pair {
                self.collect_joined(one, other);
            }
        }
        let total = asked.iter().map(|asked| asked.weight).sum();
        self.collect_known(&name, total);
        let mut found = self.compared(&name, self.likely(total));
        found.truncate(many);
        found.into_iter().map(|(_, found)| found).collect()
    }

    /// A word asked for, with the words of the index like it.
    fn asked(&mut self, name: &Encoded, part: &Part) -> Option<Asked> {
        let word = Word::of(name, part)?;
        let keys = word.keys().collect();
        let like = self.words_like(&word.phones, part.script, keys, part.class);
        let worth = if matches!(part.role, Role::Name | Role::Word) { 1.0 } else { LESSER };
        let weight = worth * self.index.rarity(self.held(&word, part.class, &like));
        Some(Asked { at: part.start, word, script: part.script, weight, like })
    }

    /// Words of the index like this one and how alike they are, the most alike first.
    fn words_like(
        &mut self,
        phones: &[u8],
        script: Script,
        keys: Vec<u32>,
        class: u16,
    ) -> Vec<(f32, u32)> {
        let words = &self.index.words;
        self.questions += 1;
        let asked = Spelling::new(&self.model.costs, phones, script);
        let mut like: Vec<(f32, u32)> = Vec::new();
        if class != 0 {
            for word in words.by_class.get(u32::from(class)) {
                self.seen[word as usize] = self.questions;
                like.push((1.0, word));
            }
        }
        let mut near: [Vec<Near>; SCRIPTS.len()] = Default::default();
        for word in keys.into_iter().flat_map(|key| words.by_key.get(key)) {
            let seen = &mut self.seen[word as usize];
            if *seen != self.questions {
                *seen = self.questions;
                let (phones, script) = words.spelled(word);
                near[script as usize].extend(asked.near(word, phones, script));
            }
        }
        for (mut near, script) in near.into_iter().zip(SCRIPTS) {
            // Laid out together, all take as long as the longest.
            near.sort_unstable_by_key(|near| near.many);
            for some in near.chunks(ABREAST) {
                let phones =
                    |at| some.get(at).map_or(&[][..], |near: &Near| words.phones(near.word));
                let costs = asked.costs(std::array::from_fn(phones), script);
                let found = some.iter().zip(costs).map(|(near, cost)| (near.like(cost), near.word));
                like.extend(found.filter(|(likeness, _)| *likeness >= LIKE_MIN));
            }
        }
        like.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        like.truncate(WORDS_MAX);
        like
    }

    /// How many names hold what is asked for, in whatever spelling.
    fn held(&self, word: &Word, class: u16, like: &[(f32, u32)]) -> u32 {
        let words = &self.index.words;
        if class != 0 {
            let means = words.by_class.get(u32::from(class));
            return means.map(|word| self.index.names_of.get(word).len() as u32).sum();
        }
        let main = word.outlines.main();
        let same = like.iter().find(|(_, like)| outlines(words.phones(*like)).main() == main);
        same.map_or(0, |(_, word)| words.held(*word))
    }

    /// Names that hold a word like the one asked for.
    fn collect(&mut self, asked: &Asked) {
        let index = self.index;
        let holds =
            asked.like.iter().map(|(_, word)| index.names_of.get(*word).len()).sum::<usize>();
        let only_known = holds > VERY_MANY && self.sums.touched.len() > ENOUGH;
        self.sums.next();
        for (likeness, word) in &asked.like {
            let amount = asked.weight * likeness * likeness;
            let names = index.names_of.get(*word);
            if only_known {
                self.sums.add_to_touched(names, amount);
            } else {
                names.iter().for_each(|name| self.sums.add(*name, amount));
            }
        }
        if !only_known {
            for outline in asked.word.outlines.as_slice() {
                for name in index.neighbours.get(outline.key()) {
                    self.sums.add(name, asked.weight * NEIGHBOURS);
                }
            }
        }
    }

    /// Names that write two words asked for as one.
    fn collect_joined(&mut self, one: &Asked, other: &Asked) {
        let phones = [one.word.phones.as_slice(), &other.word.phones].concat();
        let keys = outlines(&phones).as_slice().iter().map(|outline| outline.key()).collect();
        let like = self.words_like(&phones, one.script, keys, 0);
        self.sums.next();
        for (likeness, word) in like {
            // Many pairs of words resemble some third word a little; only a great likeness counts.
            let amount = (one.weight + other.weight) * likeness.powi(9);
            self.index.names_of.get(word).iter().for_each(|name| self.sums.add(*name, amount));
        }
    }

    /// Names of the same place or body that sound different.
    fn collect_known(&mut self, name: &Encoded, total: f32) {
        if name.known_as != 0 {
            self.sums.next();
            for name in self.index.known.get(u32::from(name.known_as)) {
                self.sums.add(name, total * KNOWN);
            }
        }
    }

    /// Names worth comparing in full, by what they collected for what they hold.
    fn likely(&self, total: f32) -> Vec<(f32, u32)> {
        let collected = |id: u32| {
            let own = f32::from(self.index.weights[id as usize]) / WEIGHT_UNIT;
            self.sums.of(id) / (total * (1.0 - OWN) + own * OWN)
        };
        // The most first, among equals the first name: as one number each they are sorted fast.
        let ranked = |id: &u32| u64::from(!ascending(collected(*id))) << 32 | u64::from(*id);
        let mut likely: Vec<u64> = self.sums.touched.iter().map(ranked).collect();
        if likely.len() > FULL_MAX {
            likely.select_nth_unstable(FULL_MAX);
            likely.truncate(FULL_MAX);
        }
        likely.sort_unstable();
        let with_collected = |ranked: u64| (collected(ranked as u32), ranked as u32);
        let mut likely: Vec<(f32, u32)> = likely.into_iter().map(with_collected).collect();
        let least = likely.first().map_or(0.0, |best| best.0 * FULL_SHARE);
        likely.retain(|(collected, _)| *collected >= least);
        likely
    }

    /// Compares in full; rank and name, best first.
    fn compared(&self, name: &Encoded, likely: Vec<(f32, u32)>) -> Vec<(f32, Found)> {
        let compare = |(collected, id): (f32, u32)| {
            let other = encode(self.index.name(id), name.kind());
            let score = score_with(self.model, name, &other);
            let rank = score + BY_RARITY * collected
                - BY_ARTICLE * articles(name).abs_diff(articles(&other)) as f32;
            (rank, Found { id, score })
        };
        let mut found: Vec<(f32, Found)> = likely.into_iter().map(compare).collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(&b.1.id)));
        found
    }
}

/// A word asked for.
struct Asked {
    /// Where its phones begin in the name.
    at: u8,
    word: Word,
    script: Script,
    /// What answering it is worth.
    weight: f32,
    /// How alike, and which word of the index; the most alike first.
    like: Vec<(f32, u32)>,
}

/// What names have collected in one search.
#[derive(Debug)]
struct Sums {
    /// By name: the last turn that added to it, and the sum.
    all: Vec<(u32, f32)>,
    /// Names that collected something in this search.
    touched: Vec<u32>,
    /// Turns before this one belong to earlier searches.
    first: u32,
    turn: u32,
}

impl Sums {
    fn new(names: usize) -> Self {
        Self { all: vec![(0, 0.0); names], touched: Vec::new(), first: 1, turn: 0 }
    }

    /// A new search.
    fn begin(&mut self) {
        if self.turn > u32::MAX / 2 {
            self.all.fill((0, 0.0));
            self.turn = 0;
        }
        self.touched.clear();
        self.first = self.turn + 1;
    }

    /// A new word: each name can collect for it once.
    fn next(&mut self) {
        self.turn += 1;
    }

    /// The best answer to a word comes first, and only that one counts.
    fn add(&mut self, name: u32, amount: f32) {
        let (turn, sum) = &mut self.all[name as usize];
        if *turn < self.first {
            (*turn, *sum) = (self.turn, amount);
            self.touched.push(name);
        } else if *turn != self.turn {
            (*turn, *sum) = (self.turn, *sum + amount);
        }
    }

    /// Like [`add`](Self::add), for those of `names` (ascending) that have collected already.
    fn add_to_touched(&mut self, names: &[u32], amount: f32) {
        if names.len() / 16 < self.touched.len() {
            for name in names {
                if self.all[*name as usize].0 >= self.first {
                    self.add(*name, amount);
                }
            }
        } else {
            for at in 0..self.touched.len() {
                let name = self.touched[at];
                if names.binary_search(&name).is_ok() {
                    self.add(name, amount);
                }
            }
        }
    }

    fn of(&self, name: u32) -> f32 {
        self.all[name as usize].1
    }
}

/// A number that is greater for a greater one, in the order of [`f32::total_cmp`].
fn ascending(number: f32) -> u32 {
    let bits = number.to_bits();
    if number.is_sign_negative() { !bits } else { bits | 1 << 31 }
}

fn articles(name: &Encoded) -> usize {
    name.parts().iter().filter(|part| part.has(ARTICLE)).count()
}

/// A word to be laid against many.
struct Spelling<'a> {
    costs: &'a Costs,
    phones: &'a [u8],
    script: Script,
    /// What leaving it unanswered costs, for each script of the other word.
    weights: [u16; SCRIPTS.len()],
}

impl<'a> Spelling<'a> {
    fn new(costs: &'a Costs, phones: &'a [u8], script: Script) -> Self {
        let weights =
            SCRIPTS.map(|other| weight(&costs.between(script, other).first_alone, phones));
        Self { costs, phones, script, weights }
    }

    /// Another word, where it has not so much more or less that half is left over, whatever the
    /// layout.
    fn near(&self, word: u32, phones: &[u8], script: Script) -> Option<Near> {
        let table = self.costs.between(self.script, script);
        let left = self.weights[script as usize];
        let right = weight(&table.second_alone, phones);
        let total = left.saturating_add(right).max(1);
        let most = (f32::from(total) * (1.0 - LIKE_MIN)) as u16;
        (left.abs_diff(right) <= most).then_some(Near { word, many: phones.len(), total })
    }

    /// What answering words of one script costs.
    fn costs(&self, words: [&[u8]; ABREAST], script: Script) -> [u16; ABREAST] {
        distances(self.costs.between(self.script, script), self.phones, words)
    }
}

/// A word of the index that may be like one asked for.
struct Near {
    word: u32,
    /// How many phones it has.
    many: usize,
    /// What leaving all of both unanswered costs.
    total: u16,
}

impl Near {
    /// How alike the two are: 1 for the same phones, 0 for none in common.
    fn like(&self, cost: u16) -> f32 {
        1.0 - f32::from(cost.min(self.total)) / f32::from(self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::ascending;

    #[test]
    fn numbers_are_ranked_as_they_are_ordered() {
        let numbers = [f32::NEG_INFINITY, -2.5, -0.0, 0.0, 1e-9, 0.5, 1.0, f32::INFINITY, f32::NAN];
        assert!(numbers.is_sorted_by(|a, b| ascending(*a) < ascending(*b)));
    }
}
