//! Words with a part of their own in a name: titles, kinds of places and bodies, opposites, numbers.
//!
//! The tables are text in `words/`, one class a line, its words in every script that writes them.

use std::sync::LazyLock;

use crate::encode::{Kind, MAN, WOMAN, hash_of_name, hash_of_word, hash_step};
use crate::letter::Script;
use crate::phone::*;

/// What a word does in a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Role {
    /// Names.
    #[default]
    Name,
    /// Glued to what follows: `abd`.
    Abd,
    /// Glued to what precedes: `Allah`.
    Allah,
    /// Glued to what precedes when it has its article: `al-Din`.
    Din,
    /// `bin`, `ibn`, `oğlu`, `de`, `von`.
    Link,
    /// `abu`, `umm`: the next part is a child's name.
    Kunya,
    /// `Sheikh`, `Haji`, `Dr`.
    Title,
    /// What kind of place: `köy`, `camp`, `governorate`.
    Type,
    /// What stands or lies there, and often is the name itself: `Khirbat`, `Tell`, `Deir`.
    Feature,
    /// `Ltd`, `A.Ş.`
    Form,
    /// One of two that tell neighbours apart: upper and lower, old and new.
    Side,
    /// A number, a generation.
    Number,
    /// A word with translations: `foundation` of `energy`.
    Word,
    /// Not compared: `and`, `of`.
    Drop,
}

/// A word found in a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) role: Role,
    pub(crate) class: u16,
    pub(crate) flags: u8,
}

/// All tables, found by the hash of a word's phones.
#[derive(Debug)]
pub(crate) struct Words {
    slots: Vec<(u32, Option<Found>)>,
    titles: Vec<&'static str>,
}

const SLOTS: usize = 1 << 14;
const STEM: u32 = 0x5bd1_e995;
const WHOLE: u32 = 0x27d4_eb2f;

static SHIPPED: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::none();
    words.slots = vec![(0, None); SLOTS];
    words.titles.push("");
    for table in [
        include_str!("words/particles.tsv"),
        include_str!("words/places.tsv"),
        include_str!("words/bodies.tsv"),
    ] {
        table.lines().for_each(|line| words.class(line));
    }
    include_str!("words/known.tsv").lines().for_each(|line| words.known(line));
    words
});

impl Words {
    pub(crate) fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// No table at all.
    pub(crate) fn none() -> Self {
        Self { slots: Vec::new(), titles: Vec::new() }
    }

    /// A line: role, kinds (`p`, `l`, `o`), what it means, words divided by `;`, a stem ends in `*`.
    fn class(&mut self, line: &'static str) {
        let mut fields = line.split('\t');
        let (Some(role), Some(kinds), Some(title), Some(all)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            return;
        };
        let Some((role, flags)) = role_of(role) else { return };
        let class = match role {
            Role::Number => title.parse().unwrap_or(0),
            _ => {
                self.titles.push(title);
                u16::try_from(self.titles.len() - 1).unwrap_or(0)
            }
        };
        for word in all.split(';').filter(|word| !word.is_empty()) {
            let (word, salt) = word.strip_suffix('*').map_or((word, 0), |stem| (stem, STEM));
            for (kind, letter) in [(Kind::Person, 'p'), (Kind::Place, 'l'), (Kind::Org, 'o')] {
                if kinds.contains(letter) {
                    self.insert(key(kind, hash_of_word(word) ^ salt), Found { role, class, flags });
                }
            }
        }
    }

    /// A line: what is meant, its names divided by `;`.
    fn known(&mut self, line: &'static str) {
        if line.starts_with('#') {
            return;
        }
        let Some((title, names)) = line.split_once('\t') else { return };
        self.titles.push(title);
        let class = u16::try_from(self.titles.len() - 1).unwrap_or(0);
        for name in names.split(';') {
            let found = Found { role: Role::Name, class, flags: 0 };
            self.insert(hash_of_name(name) ^ WHOLE, found);
        }
    }

    fn insert(&mut self, key: u32, found: Found) {
        for at in probe(key) {
            if let Some(slot) = self.slots.get_mut(at) {
                match slot.1 {
                    None => {
                        *slot = (key, Some(found));
                        return;
                    }
                    // The first table that has a word keeps it.
                    Some(_) if slot.0 == key => return,
                    Some(_) => {}
                }
            }
        }
    }

    /// The word with these phones, whole or by the longest stem.
    pub(crate) fn find(&self, kind: Kind, script: Script, phones: &[u8]) -> Option<Found> {
        if self.slots.is_empty() {
            return None;
        }
        let mut hash = crate::encode::HASH_START;
        let mut stem = None;
        for (at, phone) in folded_all(script, phones).enumerate() {
            hash = hash_step(hash, phone);
            if kind == Kind::Org && at >= 2 {
                stem = self.at(key(kind, hash ^ STEM)).or(stem);
            }
        }
        self.at(key(kind, hash)).or(stem)
    }

    fn at(&self, key: u32) -> Option<Found> {
        for at in probe(key) {
            match self.slots.get(at) {
                Some((found, Some(word))) if *found == key => return Some(*word),
                Some((_, Some(_))) => {}
                _ => return None,
            }
        }
        None
    }

    /// The group of names the name with this hash belongs to, zero for none.
    pub(crate) fn known_as(&self, hash: u32) -> u16 {
        self.at(hash ^ WHOLE).map_or(0, |found| found.class)
    }

    /// What the class means, as its table says.
    pub(crate) fn title(&self, class: u16) -> &'static str {
        self.titles.get(usize::from(class)).copied().unwrap_or("")
    }
}

/// The phones under which tables keep a word; a single one stays as it is (`II` is not `I`).
pub(crate) fn folded_all(script: Script, phones: &[u8]) -> impl Iterator<Item = u8> {
    let latin = script == Script::Latin;
    let folds = match phones {
        [_] => &ITSELF,
        _ if latin => &FOLDED_LATIN,
        _ => &FOLDED,
    };
    let folded = |phone: &u8| folds.get(usize::from(*phone)).copied().unwrap_or(NONE);
    phones.iter().map(folded).filter(|phone| *phone != NONE)
}

const ITSELF: [u8; COUNT] = folds(false, false);
const FOLDED: [u8; COUNT] = folds(true, false);
const FOLDED_LATIN: [u8; COUNT] = folds(true, true);

const fn folds(fold: bool, latin: bool) -> [u8; COUNT] {
    let mut all = [NONE; COUNT];
    let mut phone = 0;
    while phone < COUNT {
        all[phone] = if fold { folded(latin, phone as u8) } else { phone as u8 };
        phone += 1;
    }
    all
}

/// The phone under which tables keep it: spellings of one word differ in length of vowels, in
/// apostrophes and in a silent end.
const fn folded(latin: bool, phone: u8) -> u8 {
    match phone {
        AIN | HAMZA if latin => NONE,
        H_END | TEH_END => NONE,
        AA if latin => A,
        EE => E,
        II | DOTLESS => I,
        Y if latin => I,
        OE => O,
        UU if latin => U,
        UE => U,
        SAD => S,
        TAH => T,
        DAD => D,
        ZAH => Z,
        HH => H,
        Q | C_HARD => K,
        SOFT_G => GH,
        ALEF_END => YEH,
        other => other,
    }
}

fn key(kind: Kind, hash: u32) -> u32 {
    hash ^ (kind as u32 + 1).wrapping_mul(0x9e37_79b9)
}

fn probe(key: u32) -> impl Iterator<Item = usize> {
    let start = (key ^ (key >> 15)).wrapping_mul(0x2c1b_3c6d) >> 18;
    (0..64_u32).map(move |step| (start.wrapping_add(step) as usize) & (SLOTS - 1))
}

fn role_of(name: &str) -> Option<(Role, u8)> {
    Some(match name {
        "abd" => (Role::Abd, 0),
        "allah" => (Role::Allah, 0),
        "din" => (Role::Din, 0),
        "link" => (Role::Link, 0),
        "son" => (Role::Link, MAN),
        "daughter" => (Role::Link, WOMAN),
        "kunya" => (Role::Kunya, 0),
        "title" => (Role::Title, 0),
        "title-man" => (Role::Title, MAN),
        "title-woman" => (Role::Title, WOMAN),
        "type" => (Role::Type, 0),
        "feature" => (Role::Feature, 0),
        "form" => (Role::Form, 0),
        "side" => (Role::Side, 0),
        "number" => (Role::Number, 0),
        "word" => (Role::Word, 0),
        "drop" => (Role::Drop, 0),
        _ => return None,
    })
}
