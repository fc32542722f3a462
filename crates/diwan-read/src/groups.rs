//! What articles have to do with each other: near-duplicates, and threads in time.
//!
//! Near-duplicates are found by containment of runs of three words, which sees a truncated copy
//! where a measure of both texts would not. An update, the same words with other figures on another
//! day, is linked in a thread and not folded. Both use inverted indexes; no two articles are compared
//! that share nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::calendar::day_number;
use crate::letters::{is_letter_or_digit, plain_lower};
use crate::reading::{Event, EventKind, Groups, MentionKind, Modality, Reading};
use crate::words::fold;

/// Share of the smaller article's runs of words that the larger one has.
const CONTAINED: f64 = 0.5;
/// Articles of one day that share this much are copies even where a figure was corrected; the
/// figures are shown against each other.
const SAME: f64 = 0.75;
/// Below this many runs a text is too short to be called a copy by half of them.
const SHORT: usize = 12;
const CONTAINED_SHORT: f64 = 0.8;
/// A run of words in more articles than this is a phrase of the trade.
const COMMON: usize = 64;
/// An event told this many days after it happened is background.
const BACKGROUND: i64 = 30;
/// Likeness of names from which two articles are about one matter, by how many days at most lie
/// between them; the last where one of them has no day.
const LIKE: [(i64, f64); 3] = [(10, 0.36), (45, 0.38), (i64::MAX, 0.5)];
const SHARED_NAMES: usize = 4;

/// Readings in order of time, then of id.
pub(crate) fn in_time(readings: &[Reading]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..readings.len()).collect();
    order.sort_by_cached_key(|&at| (when(&readings[at]), readings[at].page.id.as_str()));
    order
}

/// The day an article appeared, or the last day its own words are sure of.
fn when(reading: &Reading) -> i64 {
    let published = &reading.page.published;
    let told = published.date.as_deref().or(published.lower.as_deref()).and_then(day_number);
    told.or_else(|| newest(reading)).unwrap_or(i64::MAX)
}

fn newest(reading: &Reading) -> Option<i64> {
    reading
        .events
        .iter()
        .filter(|event| event.modality == Modality::Actual)
        .filter_map(|event| event.date.as_deref().and_then(day_number))
        .max()
}

/// Groups of readings whose events carry ids already; `order` is that of [`in_time`].
pub(crate) fn find(readings: &[Reading], order: &[usize]) -> Groups {
    if readings.len() < 2 {
        let alone: Vec<Vec<String>> =
            readings.iter().map(|one| vec![one.page.id.clone()]).collect();
        return Groups { near_duplicates: alone.clone(), threads: alone };
    }
    let mut copies = Union::new(readings.len());
    let mut threads = Union::new(readings.len());
    for (a, b, copy) in alike_texts(readings) {
        threads.join(a, b);
        if copy {
            copies.join(a, b);
        }
    }
    for (a, b) in shared_events(readings).into_iter().chain(shared_names(readings)) {
        threads.join(a, b);
    }
    Groups {
        near_duplicates: copies.groups(readings, order),
        threads: threads.groups(readings, order),
    }
}

/// Two articles that share something.
#[derive(Debug)]
struct Common {
    a: usize,
    b: usize,
    /// How many things they share.
    count: usize,
    /// The weights that each of them gives to those, multiplied and added up.
    product: f64,
}

/// Articles that share something, in order. An article is a list of things, told as numbers below
/// `things`, with their weights; a thing in too many articles is nothing to share.
fn in_common(articles: &[Vec<(usize, f64)>], things: usize) -> Vec<Common> {
    let mut holders: Vec<Vec<(usize, f64)>> = vec![Vec::new(); things];
    for (at, list) in articles.iter().enumerate() {
        for &(thing, weight) in list {
            holders[thing].push((at, weight));
        }
    }
    let mut sums = vec![(0, 0.0); articles.len()];
    let mut met: Vec<usize> = Vec::new();
    let mut out = Vec::new();
    for (a, list) in articles.iter().enumerate() {
        for &(thing, weight) in list.iter().filter(|(thing, _)| holders[*thing].len() <= COMMON) {
            let later = holders[thing].partition_point(|(b, _)| *b <= a);
            for &(b, other) in &holders[thing][later..] {
                if sums[b].0 == 0 {
                    met.push(b);
                }
                sums[b].0 += 1;
                sums[b].1 += weight * other;
            }
        }
        met.sort_unstable();
        for b in met.drain(..) {
            let (count, product) = std::mem::take(&mut sums[b]);
            out.push(Common { a, b, count, product });
        }
    }
    out
}

/// Pairs of articles with the same words, and whether one is a copy of the other.
fn alike_texts(readings: &[Reading]) -> Vec<(usize, usize, bool)> {
    let mut lengths = vec![0; readings.len()];
    let mut shared: Vec<Vec<(usize, f64)>> = vec![Vec::new(); readings.len()];
    let mut things = 0;
    // For every run the last article that holds it and, once there are two, its number: nearly
    // every run stands in one article only.
    let mut held: HashMap<u64, (usize, Option<usize>)> = HashMap::new();
    for (at, reading) in readings.iter().enumerate() {
        let runs = runs(reading);
        held.reserve(runs.len());
        for run in runs {
            let (last, number) = held.entry(run).or_insert((usize::MAX, None));
            if *last == at {
                continue;
            }
            lengths[at] += 1;
            if *last != usize::MAX {
                let number = *number.get_or_insert_with(|| {
                    shared[*last].push((things, 1.0));
                    things += 1;
                    things - 1
                });
                shared[at].push((number, 1.0));
            }
            *last = at;
        }
    }
    let mut out = Vec::new();
    for Common { a, b, count, .. } in in_common(&shared, things) {
        let smaller = lengths[a].min(lengths[b]);
        let wanted = if smaller < SHORT { CONTAINED_SHORT } else { CONTAINED };
        if share(count, smaller) >= wanted {
            let later = share(count, smaller) < SAME || apart(&readings[a], &readings[b]);
            out.push((a, b, !(later && updates(&readings[a], &readings[b]))));
        }
    }
    out
}

#[allow(clippy::cast_precision_loss, reason = "counts of words in an article are small")]
fn share(count: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { count as f64 / of as f64 }
}

/// The runs of three words of the readable text, each as a number, in order of the text.
fn runs(reading: &Reading) -> Vec<u64> {
    let page = &reading.page;
    let mut row: Vec<u64> = Vec::new();
    for &sentence in page.sentences.iter().filter(|sentence| !page.is_aside(**sentence)) {
        let mut word = SEED;
        for c in page.at(sentence).chars() {
            if is_letter_or_digit(c) {
                let with = |sum, c| mixed(sum, u64::from(u32::from(c)));
                word = match plain_lower(c) {
                    Some(c) => with(word, c),
                    None => c.to_lowercase().fold(word, with),
                };
            } else if word != SEED {
                row.push(word);
                word = SEED;
            }
        }
        if word != SEED {
            row.push(word);
        }
    }
    row.windows(3).map(|run| run.iter().fold(SEED, |sum, word| mixed(sum, *word))).collect()
}

/// Where the sum of nothing stands.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// A sum that tells in which order its parts came: the same on every machine and in every run.
fn mixed(sum: u64, part: u64) -> u64 {
    (sum.rotate_left(23) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Whether two articles are known to be of different days.
fn apart(a: &Reading, b: &Reading) -> bool {
    let day = |reading: &Reading| reading.page.published.date.as_deref().and_then(day_number);
    matches!((day(a), day(b)), (Some(a), Some(b)) if a != b)
}

/// Whether one of two articles with the same words brings other figures of the same thing.
fn updates(a: &Reading, b: &Reading) -> bool {
    let figures = |reading: &Reading| -> BTreeMap<String, BTreeSet<u64>> {
        let mut out: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        for number in &reading.numbers {
            let unit = fold(number.unit.as_deref().unwrap_or_default(), reading.page.language);
            out.entry(unit).or_default().insert(number.value.to_bits());
        }
        out
    };
    let (mine, theirs) = (figures(a), figures(b));
    mine.iter()
        .any(|(unit, values)| theirs.get(unit).is_some_and(|others| values.is_disjoint(others)))
}

/// Pairs of articles that tell the same event as news, not in passing.
fn shared_events(readings: &[Reading]) -> Vec<(usize, usize)> {
    let mut tellers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, reading) in readings.iter().enumerate() {
        for event in &reading.events {
            let told = tellers.entry(&event.id).or_default();
            if event.kind != EventKind::Statement
                && is_news(reading, event.date.as_deref())
                && !in_passing(reading, event)
                && told.last() != Some(&at)
            {
                told.push(at);
            }
        }
    }
    tellers.values().flat_map(|told| told.windows(2).map(|two| (two[0], two[1]))).collect()
}

/// An event without a day far down the article binds it to nothing.
fn in_passing(reading: &Reading, event: &Event) -> bool {
    let dated = event.date.as_deref().is_some_and(|date| date.len() >= 10);
    let told = reading.page.sentences.len();
    !dated && event.sentence > 4 && event.sentence * 3 > told * 2
}

fn is_news(reading: &Reading, date: Option<&str>) -> bool {
    let published = reading.page.published.date.as_deref().and_then(day_number);
    let now = published.or_else(|| newest(reading));
    match (date.and_then(day_number), now) {
        (Some(day), Some(now)) => (day - now).abs() <= BACKGROUND,
        _ => true,
    }
}

/// Pairs of articles of about one time with much the same names, rare names counting for more.
fn shared_names(readings: &[Reading]) -> Vec<(usize, usize)> {
    let bags: Vec<BTreeMap<&str, f64>> = readings.iter().map(bag).collect();
    let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
    for name in bags.iter().flat_map(BTreeMap::keys) {
        *holders.entry(name).or_default() += 1;
    }
    let rarities: HashMap<&str, (usize, f64)> = holders
        .into_iter()
        .enumerate()
        .map(|(nth, (name, count))| (name, (nth, (1.0 + share(readings.len(), count)).ln())))
        .collect();
    let weighed = |(name, count): (&&str, &f64)| {
        let (nth, rarity) = rarities[name];
        (nth, count * rarity)
    };
    let articles: Vec<Vec<(usize, f64)>> =
        bags.iter().map(|bag| bag.iter().map(weighed).collect()).collect();
    let length = |list: &Vec<(usize, f64)>| {
        list.iter().map(|(_, weight)| weight.powi(2)).sum::<f64>().sqrt()
    };
    let lengths: Vec<f64> = articles.iter().map(length).collect();
    let days: Vec<i64> = readings.iter().map(when).collect();
    in_common(&articles, rarities.len())
        .into_iter()
        .filter(|pair| {
            pair.count >= SHARED_NAMES
                && wanted(days[pair.a], days[pair.b])
                    .is_some_and(|like| pair.product >= like * lengths[pair.a] * lengths[pair.b])
        })
        .map(|pair| (pair.a, pair.b))
        .collect()
}

/// The names of an article with how much they stand out in it.
fn bag(reading: &Reading) -> BTreeMap<&str, f64> {
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    for mention in &reading.mentions {
        let named =
            !matches!(mention.kind, MentionKind::Date | MentionKind::Quantity | MentionKind::Role);
        if let (true, Some(entity), false) =
            (named, &mention.entity, reading.page.is_aside(mention.span))
        {
            *counts.entry(entity.as_str()).or_insert(0.0) += 1.0;
        }
    }
    counts.values_mut().for_each(|count| *count = count.ln_1p());
    counts
}

/// The likeness asked of two articles by their days; none where too much time lies between them.
fn wanted(a: i64, b: i64) -> Option<f64> {
    let [near, far, unknown] = LIKE;
    if a == i64::MAX || b == i64::MAX {
        return Some(unknown.1);
    }
    [near, far].into_iter().find(|(days, _)| (a - b).abs() <= *days).map(|(_, like)| like)
}

/// Sets that grow together.
#[derive(Debug)]
struct Union {
    parent: Vec<usize>,
}

impl Union {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// Every set, also of one, members and sets in the given order.
    fn groups(mut self, readings: &[Reading], order: &[usize]) -> Vec<Vec<String>> {
        let mut out: Vec<Vec<String>> = Vec::new();
        let mut place: BTreeMap<usize, usize> = BTreeMap::new();
        for &at in order {
            let root = self.root(at);
            let group = *place.entry(root).or_insert_with(|| {
                out.push(Vec::new());
                out.len() - 1
            });
            out[group].push(readings[at].page.id.clone());
        }
        out
    }
}
