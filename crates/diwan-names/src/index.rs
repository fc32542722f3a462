//! An index of names in memory: every word once, and which names hold it.
//!
//! Names are made of few words: five million names have perhaps one million different ones. So
//! spelling is a matter of words (which words are like the one asked for), and names are found
//! through the words they hold. See [`Search`](crate::Search).

use std::collections::HashMap;
use std::fmt;

use crate::encode::{ABD, Encoded, INITIAL, Kind, PERHAPS_ARTICLE, Part, encode};
use crate::letter::Script;
use crate::lists::{Keyed, Lists, keyed};
use crate::outline::{Outline, Outlines, outlines};
use crate::phone::{A, B, D};
use crate::words;

/// Names of any source, ready to be searched.
///
/// ```
/// use diwan_names::{Index, Kind, Search};
///
/// let index = Index::new(["Ahmad al-Sharaa", "Murhaf Abu Qasra", "دير الزور"])?;
/// let found = Search::new(&index).best("Deyrizor", Kind::Place, 10);
/// assert_eq!(index.name(found[0].id), "دير الزور");
/// # Ok::<(), diwan_names::Full>(())
/// ```
#[derive(Debug)]
pub struct Index {
    text: String,
    /// Where each name ends in `text`.
    ends: Vec<u32>,
    pub(crate) words: IndexedWords,
    /// Which names hold a word.
    pub(crate) names_of: Lists,
    /// Which names hold two neighbours with these consonants together (Deir ez-Zor, Deyrizor).
    pub(crate) neighbours: Keyed,
    /// Which names belong to a group of names that do not resemble each other.
    pub(crate) known: Keyed,
    /// The summed rarity of a name's words, in sixteenths.
    pub(crate) weights: Vec<u16>,
}

/// The index cannot take more: 2³² names or 4 GiB of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("too many names for one index: at most 4 GiB of text")
    }
}

impl std::error::Error for Full {}

impl Index {
    /// Makes an index; a name is found again by its place among `names`.
    ///
    /// # Errors
    /// [`Full`] beyond 4 GiB of text.
    pub fn new<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Result<Self, Full> {
        let mut making = Making::default();
        for name in names {
            making.add(name.as_ref())?;
        }
        Ok(making.finish())
    }

    /// The name in this place; empty beyond the last one.
    #[must_use]
    pub fn name(&self, id: u32) -> &str {
        let at = id as usize;
        let start =
            at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end);
        let end = self.ends.get(at).map_or(start, |end| *end);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How rare a word is that so many names hold: the logarithm of one in so many.
    pub(crate) fn rarity(&self, held: u32) -> f32 {
        rarity(self.len(), held)
    }
}

fn rarity(many: usize, held: u32) -> f32 {
    // Even a word of every name tells a little.
    ((many as f32 + 1.0) / (held as f32 + 0.5)).ln().max(0.3)
}

/// The different words of an index.
#[derive(Debug, Default)]
pub(crate) struct IndexedWords {
    phones: Vec<u8>,
    spelled: Vec<Spelled>,
    /// How many names hold a word with the same consonants.
    held: Vec<u32>,
    /// Words by the keys of their outlines, some with a consonant left out.
    pub(crate) by_key: Keyed,
    /// Words by what they mean.
    pub(crate) by_class: Keyed,
}

impl IndexedWords {
    pub(crate) fn phones(&self, word: u32) -> &[u8] {
        self.spelled(word).0
    }

    /// The phones of a word and the script it was written in.
    pub(crate) fn spelled(&self, word: u32) -> (&[u8], Script) {
        let Spelled { start, many, script } = self.spelled[word as usize];
        (&self.phones[start as usize..][..usize::from(many)], script)
    }

    pub(crate) fn held(&self, word: u32) -> u32 {
        self.held[word as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.spelled.len()
    }
}

/// Where the phones of a word are.
#[derive(Clone, Copy, Debug)]
struct Spelled {
    start: u32,
    many: u8,
    script: Script,
}

/// A part of a name as the index knows it.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// Without its article; abd with whatever article is a bare abd.
    pub(crate) phones: Vec<u8>,
    pub(crate) outlines: Outlines,
    /// When what looks like an article may be part of the word (Alkurd).
    pub(crate) with_article: Option<Outline>,
}

impl Word {
    /// `None` for parts that words cannot tell: digits, a lone article, and numerals and initials
    /// beside other words.
    pub(crate) fn of(name: &Encoded, part: &Part) -> Option<Self> {
        let all = name.phones_of(part);
        let body = all.get(usize::from(part.lead)..).unwrap_or(all);
        let lesser = part.role == words::Role::Number || part.has(INITIAL);
        if body.is_empty() || lesser && name.parts().len() > 1 {
            return None;
        }
        let phones = if part.has(ABD) { [&[A, B, D], body].concat() } else { body.to_vec() };
        let outlines = outlines(&phones);
        let with_article = part.has(PERHAPS_ARTICLE).then(|| crate::outline::outlines(all).main());
        Some(Self { phones, outlines, with_article })
    }

    /// The keys under which it is kept and looked for.
    pub(crate) fn keys(&self) -> impl Iterator<Item = u32> {
        let whole =
            self.outlines.as_slice().iter().copied().chain(self.with_article).map(Outline::key);
        let lossy =
            self.outlines.as_slice().iter().take(2).filter(|outline| outline.len() >= LOSSY_MIN);
        whole.chain(lossy.flat_map(|outline| outline.keys_without_one()))
    }
}

/// So many consonants a word must have before one may be missing: fewer leave too little.
const LOSSY_MIN: u32 = 4;

/// An index in the making.
#[derive(Default)]
struct Making {
    text: String,
    ends: Vec<u32>,
    words: IndexedWords,
    ids: HashMap<Box<[u8]>, u32>,
    mains: Vec<Outline>,
    keys: Vec<u64>,
    classes: Vec<u64>,
    held: Vec<(u32, u32)>,
    neighbours: Vec<u64>,
    known: Vec<u64>,
}

impl Making {
    fn add(&mut self, name: &str) -> Result<(), Full> {
        let id = u32::try_from(self.ends.len()).map_err(|_| Full)?;
        let end = u32::try_from(self.text.len() + name.len()).map_err(|_| Full)?;
        self.text.push_str(name);
        self.ends.push(end);
        let name = encode(name, Kind::Place);
        if name.known_as != 0 {
            self.known.push(keyed(u32::from(name.known_as), id));
        }
        let mut before: Option<u32> = None;
        for part in name.parts() {
            let Some(word) = Word::of(&name, part) else { continue };
            let word = self.word(&word, part.script);
            self.held.push((word, id));
            if let Some(before) = before.replace(word) {
                let joined = [self.words.phones(before), self.words.phones(word)].concat();
                self.neighbours.push(keyed(outlines(&joined).main().key(), id));
            }
        }
        Ok(())
    }

    fn word(&mut self, word: &Word, script: Script) -> u32 {
        if let Some(id) = self.ids.get(word.phones.as_slice()) {
            return *id;
        }
        let id = self.mains.len() as u32;
        self.ids.insert(word.phones.as_slice().into(), id);
        let (start, many) = (self.words.phones.len() as u32, word.phones.len() as u8);
        self.words.spelled.push(Spelled { start, many, script });
        self.words.phones.extend_from_slice(&word.phones);
        self.mains.push(word.outlines.main());
        self.keys.extend(word.keys().map(|key| keyed(key, id)));
        // What a word means depends on what is named; the index holds names of every kind.
        for kind in [Kind::Person, Kind::Place, Kind::Org] {
            if let Some(found) = words::Words::shipped().find(kind, script, &word.phones) {
                self.classes.push(keyed(u32::from(found.class), id));
            }
        }
        id
    }

    fn finish(mut self) -> Index {
        let names_of = Lists::new(self.mains.len(), &self.held);
        let mut held: HashMap<Outline, u32> = HashMap::new();
        for (word, main) in self.mains.iter().enumerate() {
            *held.entry(*main).or_default() += names_of.get(word as u32).len() as u32;
        }
        self.words.held =
            self.mains.iter().map(|main| held.get(main).copied().unwrap_or(0)).collect();
        let mut weights = vec![0_u16; self.ends.len()];
        for (word, name) in &self.held {
            let weight = &mut weights[*name as usize];
            let own = rarity(self.ends.len(), self.words.held(*word)) * WEIGHT_UNIT;
            *weight = weight.saturating_add(own as u16);
        }
        self.words.by_key = Keyed::new(self.keys);
        self.words.by_class = Keyed::new(self.classes);
        Index {
            text: self.text,
            ends: self.ends,
            words: self.words,
            names_of,
            neighbours: Keyed::new(self.neighbours),
            known: Keyed::new(self.known),
            weights,
        }
    }
}

/// Weights of names are kept in this part of one.
pub(crate) const WEIGHT_UNIT: f32 = 16.0;
