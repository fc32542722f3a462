//! Searching an index: words like those asked for, names that hold them, the best compared in full.
//!
//! 1. Each word of the question finds the words of the index that share an outline with it, or an
//!    outline with one consonant left out on either side; laying the phones of both against each
//!    other says how alike they are.
//! 2. Names collect what their words answer, the rarer the more. Two words may be answered by one
//!    (Deir ez-Zor, Deyrizor).
//! 3. The best hundred are compared in full, as [`score`](crate::score) does.

use crate::align::{Row, distance, weight};
use crate::costs::Costs;
use crate::model::Model;
use crate::score::score_with;
use crate::encode::{Kind, Part, encode};
use crate::index::{Index, WEIGHT_UNIT, Word};
use crate::letter::Script;
use crate::outline::outlines;
use crate::words::Role;

/// One name found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Its place in the index.
    pub id: u32,
    /// How alike, 0 to 1.
    pub score: f32,
}

/// Searches one index; keeps its working memory between searches (8 bytes a name). One for each
/// thread.
#[derive(Debug)]
pub struct Search<'a> {
    index: &'a Index,
    model: &'a Model,
    sums: Sums,
    seen: Vec<u32>,
    asked: u32,
    pub stats: [u64; 6],
}

/// What names have collected so far.
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
    fn add(&mut self, name: u32, amount: f32) {
        let slot = &mut self.all[name as usize];
        if slot.0 < self.first {
            *slot = (self.turn, amount);
            self.touched.push(name);
        } else if slot.0 != self.turn {
            // Only the best answer to a word counts, and the best comes first.
            *slot = (self.turn, slot.1 + amount);
        }
    }

    fn begin(&mut self) {
        if self.turn > u32::MAX / 2 {
            self.all.fill((0, 0.0));
            self.turn = 0;
        }
        self.touched.clear();
        self.turn += 1;
        self.first = self.turn;
    }
}

/// A word asked for.
struct Asked {
    word: Word,
    script: Script,
    class: u16,
    /// What answering it is worth.
    weight: f32,
}

impl Asked {
    fn new(word: Word, part: &Part) -> Self {
        let weight = match part.role {
            Role::Name | Role::Word => 1.0,
            _ => env("LOW", LESSER),
        };
        Self { word, script: part.script, class: part.class, weight }
    }
}

const LESSER: f32 = 0.6;

impl<'a> Search<'a> {
    /// A search of this index.
    #[must_use]
    pub fn new(index: &'a Index) -> Self {
        Self::with_model(index, Model::shipped())
    }

    /// A search by another model, for measuring one.
    #[must_use]
    pub fn with_model(index: &'a Index, model: &'a Model) -> Self {
        let sums =
            Sums { all: vec![(0, 0.0); index.len()], touched: Vec::new(), first: 0, turn: 0 };
        Self { index, model, sums, seen: vec![0; index.words.len()], asked: 0, stats: [0; 6] }
    }

    /// The names most like `query`, at most `many`, best first.
    pub fn best(&mut self, query: &str, kind: Kind, many: usize) -> Vec<Found> {
        let name = encode(query, kind);
        let mut asked: Vec<Asked> = name
            .parts()
            .iter()
            .filter_map(|part| Word::of(&name, part).map(|word| Asked::new(word, part)))
            .collect();
        self.sums.begin();
        for asked in &mut asked {
            self.collect(asked);
        }
        for pair in asked.windows(2) {
            if let [one, other] = pair {
                self.collect_joined(one, other);
            }
        }
        let total: f32 = asked.iter().map(|asked| asked.weight).sum();
        self.stats[2] += self.sums.touched.len() as u64;
        let full = env("FULL", 100.0) as usize;
        let mut found = self.ranked(total, full.max(many));
        if full == 0 { return found; }
        let mix = env("MIX", 0.05);
        let floor = found.first().map_or(0.0, |f| f.score) * env("FLOOR", 0.0);
        let full = found.iter().take(full).filter(|f| f.score >= floor).count();
        self.stats[3] += full as u64;
        for found in found.iter_mut().take(full) {
            let other = encode(self.index.name(found.id), kind);
            found.score = score_with(self.model, &name, &other) + mix * found.score;
        }
        for found in found.iter_mut().skip(full) { found.score = 0.0 }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        found.truncate(many);
        found
    }

    /// Names that hold a word like the one asked for.
    fn collect(&mut self, asked: &mut Asked) {
        let Word { phones, outlines: asked_outlines, .. } = &asked.word;
        let keys: Vec<u32> = asked.word.keys().collect();
        let like = self.words_like(phones, asked.script, keys, asked.class);
        let held = like.iter().find(|(_, word)| {
            outlines(self.index.words.phones(*word)).main() == asked_outlines.main()
        });
        asked.weight *= self.index.rarity(held.map_or(0, |(_, word)| self.index.words.held(*word)));
        self.sums.turn += 1;
        for (likeness, word) in like {
            let names = self.index.names_of.get(word);
            self.stats[1] += names.len() as u64;
            let amount = asked.weight * likeness * likeness;
            names.iter().for_each(|name| self.sums.add(*name, amount));
        }
        for outline in asked_outlines.as_slice() {
            for name in self.index.neighbours.get(outline.key()) {
                self.sums.add(name, asked.weight * env("NEIGH", NEIGHBOURS));
            }
        }
    }

    /// Names that write two words asked for as one.
    fn collect_joined(&mut self, one: &Asked, other: &Asked) {
        let phones = [one.word.phones.as_slice(), &other.word.phones].concat();
        let keys = outlines(&phones).as_slice().iter().map(|outline| outline.key()).collect();
        let like = self.words_like(&phones, one.script, keys, 0);
        self.sums.turn += 1;
        for (likeness, word) in like {
            let amount = (one.weight + other.weight) * likeness.powf(env("JP",1.0)) * env("JOIN", JOINED);
            self.index.names_of.get(word).iter().for_each(|name| self.sums.add(*name, amount));
        }
    }

    /// Words of the index like this one and how alike they are, the most alike first.
    fn words_like(&mut self, phones: &[u8], script: Script, keys: Vec<u32>, class: u16) -> Vec<(f32, u32)> {
        let words = &self.index.words;
        self.asked += 1;
        let mut like: Vec<(f32, u32)> = Vec::new();
        if class != 0 {
            for word in words.by_class.get(u32::from(class)) {
                self.seen[word as usize] = self.asked;
                like.push((1.0, word));
            }
        }
        for key in keys {
            for word in words.by_key.get(key) {
                let seen = &mut self.seen[word as usize];
                if *seen == self.asked {
                    continue;
                }
                *seen = self.asked;
                self.stats[0] += 1;
                let likeness = likeness(&self.model.costs, (phones, script), (words.phones(word), words.script(word)));
                if likeness >= env("MIN", 0.4) {
                    like.push((likeness, word));
                }
            }
        }
        like.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        like.truncate(env("WORDS", 200.0) as usize);
        like
    }

    /// The names that collected most for what they hold.
    fn ranked(&self, total: f32, many: usize) -> Vec<Found> {
        let share = env("SHARE", SHARE);
        let score = |id: u32| {
            let own = f32::from(self.index.weights[id as usize]) / WEIGHT_UNIT;
            self.sums.all[id as usize].1.min(own*env("CAP",9.0)) / (total * (1.0 - share) + own * share)
        };
        let mut found: Vec<Found> =
            self.sums.touched.iter().map(|id| Found { id: *id, score: score(*id) }).collect();
        let order = |a: &Found, b: &Found| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id));
        if found.len() > many {
            found.select_nth_unstable_by(many, order);
            found.truncate(many);
        }
        found.sort_unstable_by(order);
        found
    }
}

const NEIGHBOURS: f32 = 0.8;
const JOINED: f32 = 0.5;
const SHARE: f32 = 0.15;

/// How alike two words are: 1 for the same phones, 0 for none in common.
fn likeness(costs: &Costs, one: (&[u8], Script), other: (&[u8], Script)) -> f32 {
    let table = costs.between(one.1, other.1);
    let total = weight(&table.first_alone, one.0) + weight(&table.second_alone, other.0);
    let row = |phones| Row { phones, lead: 0, skip: 0 };
    1.0 - f32::from(distance(table, row(one.0), row(other.0))) / f32::from(total.max(1))
}

fn env(k: &str, d: f32) -> f32 {
    std::env::var(k).ok().and_then(|v| v.parse().ok()).unwrap_or(d)
}
