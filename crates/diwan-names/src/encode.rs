//! A name of any script as phones and parts, ready to be compared.

mod article;

use std::ops::Range;

use crate::letter::{Letter, Script, each, letter, marked, usual};
use crate::phone::*;
use crate::sound::{READ, abd_lead, geresh, perhaps_article, push, speak};
use crate::words::{Found, Role, Words, folded_all};

/// What a name names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A human being.
    #[default]
    Person = 0,
    /// A village, city, country, mountain, crossing.
    Place = 1,
    /// A body, company, armed group.
    Org = 2,
}

/// A word that names no [`Kind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKind;

impl std::fmt::Display for UnknownKind {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a kind of name is `person`, `place` or `org`")
    }
}

impl std::error::Error for UnknownKind {}

impl std::str::FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<Self, UnknownKind> {
        match word {
            "person" => Ok(Self::Person),
            "place" => Ok(Self::Place),
            "org" => Ok(Self::Org),
            _ => Err(UnknownKind),
        }
    }
}

/// Phones kept of one name; what is beyond is not compared.
pub const PHONES_MAX: usize = 120;
/// Parts kept of one name; what is beyond is not compared.
pub const PARTS_MAX: usize = 16;
const LETTERS_MAX: usize = 160;
const WORDS_MAX: usize = 24;

/// One word of a name, or several that belong together (`Abd al-Rahman`, `Nasr Allah`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Where its phones are.
    pub(crate) start: u8,
    pub(crate) end: u8,
    /// How many of its first phones are an article, or `abd` with the article after it.
    pub(crate) lead: u8,
    pub(crate) role: Role,
    pub(crate) script: Script,
    /// See the constants beside [`Part`].
    pub(crate) flags: u8,
    /// The class of words it belongs to, zero for none; the value of a number.
    pub(crate) class: u16,
    /// Its consonants, for the table of rarities.
    pub(crate) skeleton: u16,
    /// Where its firm consonants sound, see [`places`].
    pub(crate) sounds: u16,
    /// How many firm consonants it has.
    pub(crate) firm: u8,
    /// Same phones after the lead, same hash.
    pub(crate) hash: u32,
    /// Where it stands in the name as written, in bytes.
    pub(crate) from: u16,
    pub(crate) to: u16,
}

/// An article stood apart or attached, agreed with the word: it may be skipped.
pub(crate) const ARTICLE: u8 = 1;
/// Begins like an article (`Alkurd`), which it may or may not be.
pub(crate) const PERHAPS_ARTICLE: u8 = 2;
/// Begins with `abd` and the article.
pub(crate) const ABD: u8 = 4;
/// Stands after `abu`, `umm` or the like.
pub(crate) const KUNYA: u8 = 8;
/// A single letter.
pub(crate) const INITIAL: u8 = 16;
/// Says that the named person is a woman (`bint`) or a man (`bin`).
pub(crate) const WOMAN: u8 = 32;
pub(crate) const MAN: u8 = 64;
/// Written without small letters, among at most six.
pub(crate) const CAPITALS: u8 = 128;

impl Part {
    const NONE: Self = Self {
        start: 0,
        end: 0,
        lead: 0,
        role: Role::Name,
        script: Script::Latin,
        flags: 0,
        class: 0,
        skeleton: 0,
        sounds: 0,
        firm: 0,
        hash: 0,
        from: 0,
        to: 0,
    };

    pub(crate) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Its phones, the lead among them.
    pub(crate) fn range(&self) -> Range<usize> {
        usize::from(self.start)..usize::from(self.end)
    }
}

/// A name read into phones: what [`score`](crate::score) compares.
///
/// Made once, compared often. It keeps no text; parts point at byte offsets of the name it was made
/// from.
#[derive(Clone, Debug)]
pub struct Encoded {
    pub(crate) phones: [u8; PHONES_MAX],
    pub(crate) many_phones: u8,
    pub(crate) parts: [Part; PARTS_MAX],
    pub(crate) many_parts: u8,
    pub(crate) kind: Kind,
    pub(crate) script: Script,
    /// The group of names of one place or body that do not resemble each other, zero for none.
    pub(crate) known_as: u16,
}

impl Encoded {
    pub(crate) fn empty(kind: Kind) -> Self {
        const NO_PARTS: [Part; PARTS_MAX] = [Part::NONE; PARTS_MAX];
        Self {
            phones: [NONE; PHONES_MAX],
            many_phones: 0,
            parts: NO_PARTS,
            many_parts: 0,
            kind,
            script: Script::Latin,
            known_as: 0,
        }
    }

    pub(crate) fn parts(&self) -> &[Part] {
        self.parts.get(..usize::from(self.many_parts)).unwrap_or(&[])
    }

    pub(crate) fn phones(&self) -> &[u8] {
        self.phones.get(..usize::from(self.many_phones)).unwrap_or(&[])
    }

    pub(crate) fn phones_of(&self, part: &Part) -> &[u8] {
        self.phones.get(part.range()).unwrap_or(&[])
    }

    /// What it was said to name.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The script most of it is written in.
    #[must_use]
    pub fn script(&self) -> Script {
        self.script
    }

    /// The parts as read, for people: `ahmad (a)shara`, what may be skipped in brackets.
    #[must_use]
    pub fn spelled(&self) -> String {
        let parts: Vec<String> = self.parts().iter().map(|part| self.spelled_part(part)).collect();
        parts.join(" ")
    }

    pub(crate) fn spelled_part(&self, part: &Part) -> String {
        if part.role == Role::Number {
            return part.class.to_string();
        }
        let phones = self.phones_of(part);
        let lead = usize::from(part.lead);
        let said = |phones: &[u8]| phones.iter().map(|phone| text(*phone)).collect::<String>();
        let rest = said(phones.get(lead..).unwrap_or(&[]));
        if lead == 0 {
            rest
        } else {
            format!("({}){rest}", said(phones.get(..lead).unwrap_or(&[])))
        }
    }

    /// Nothing in it can be compared: no letter and no digit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.many_parts == 0
    }
}

/// Reads `name` into phones.
///
/// Never fails: foreign letters become phones of their own, controls and vowel signs vanish. Names
/// longer than [`PHONES_MAX`] or [`PARTS_MAX`] are compared by their beginning.
#[must_use]
pub fn encode(name: &str, kind: Kind) -> Encoded {
    encode_with(Words::shipped(), name, kind)
}

pub(crate) fn encode_with(words: &Words, name: &str, kind: Kind) -> Encoded {
    let mut written = Written::NONE;
    written.read(name, kind);
    let read = read_with(words, &written, kind);
    // A name made of nothing but small words is that name.
    if read.is_empty() && written.many > 0 {
        read_with(&Words::none(), &written, kind)
    } else {
        read
    }
}

fn read_with(words: &Words, written: &Written, kind: Kind) -> Encoded {
    let mut reader =
        Reader { words, out: Encoded::empty(kind), pending: None, abd: false, kunya: false };
    for at in 0..written.many {
        reader.word(written, at);
    }
    reader.finish()
}

/// How a word is separated from the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    Gap,
    Hyphen,
    Dot,
}

/// One word as written.
#[derive(Clone, Copy, Debug)]
struct Word {
    start: u8,
    end: u8,
    script: Script,
    after: After,
    capitals: bool,
    number: Option<u16>,
    from: u16,
    to: u16,
}

impl Word {
    const NONE: Self = Self {
        start: 0,
        end: 0,
        script: Script::Latin,
        after: After::Gap,
        capitals: false,
        number: None,
        from: 0,
        to: 0,
    };
}

/// The words of a name as letters: plain Latin ones in ASCII, all others as 128 + phone.
struct Written {
    letters: [u8; LETTERS_MAX],
    used: usize,
    words: [Word; WORDS_MAX],
    many: usize,
    /// A dot may mark an abbreviation, as in names of bodies.
    abbreviates: bool,
}

impl Written {
    const NONE: Self = Self {
        letters: [0; LETTERS_MAX],
        used: 0,
        words: [Word::NONE; WORDS_MAX],
        many: 0,
        abbreviates: false,
    };

    fn read(&mut self, name: &str, kind: Kind) {
        self.abbreviates = kind == Kind::Org;
        let mut word = Word::NONE;
        let mut small = false;
        for (at, shown) in name.char_indices() {
            let end = at + shown.len_utf8();
            small |= shown.is_ascii_lowercase();
            match usual(shown) {
                Some(Letter::Plain(plain)) => self.write(plain, (at, end), &mut word),
                Some(Letter::Phone(script, phone)) => {
                    self.speak(script, phone, (at, end), &mut word);
                }
                Some(letter) => self.take(letter, shown, (at, end), &mut word, &mut small),
                None => each(shown, |one| {
                    self.take(letter(one), one, (at, end), &mut word, &mut small);
                }),
            }
        }
        self.close(&mut word, After::Gap, &mut small);
        if kind == Kind::Place {
            self.part_villages();
        }
    }

    /// Turkish writes the word for a village onto its name or apart: `Sarıköy`, `Sarı Köyü`.
    fn part_villages(&mut self) {
        let mut at = 0;
        while let Some(word) = self.words.get(at).copied().filter(|_| at < self.many) {
            at += 1;
            let (letters, written) = village(self.letters(&word));
            if letters == 0 || self.many == WORDS_MAX {
                continue;
            }
            let (end, to) = (word.end - letters, word.to.saturating_sub(written));
            self.words.copy_within(at..self.many, at + 1);
            self.many += 1;
            if let Some([name, village]) = self.words.get_mut(at - 1..=at) {
                *name = Word { end, to, after: After::Gap, ..word };
                *village = Word { start: end, from: to, ..word };
            }
            at += 1;
        }
    }

    /// One letter so far, or letters between dots: `A.Ş.`, `L.L.C.`
    fn is_abbreviation(&self, word: &Word) -> bool {
        let length = self.used - usize::from(word.start);
        let written = usize::from(word.to.saturating_sub(word.from));
        length == 1 || (2..5).contains(&length) && written + 1 >= 2 * length
    }

    fn write(&mut self, letter: u8, span: (usize, usize), word: &mut Word) {
        self.span(word, self.used == usize::from(word.start), span);
        self.push(letter);
    }

    fn speak(&mut self, script: Script, phone: u8, span: (usize, usize), word: &mut Word) {
        let begins = self.used == usize::from(word.start);
        word.script = if begins || script != Script::Latin { script } else { word.script };
        self.write(READ + phone, span, word);
    }

    fn take(
        &mut self,
        letter: Letter,
        shown: char,
        (from, to): (usize, usize),
        word: &mut Word,
        small: &mut bool,
    ) {
        let begins = self.used == usize::from(word.start);
        match letter {
            Letter::Plain(plain) => self.write(plain, (from, to), word),
            Letter::Phone(script, phone) => self.speak(script, phone, (from, to), word),
            Letter::Digit(digit) => {
                let before = word.number.unwrap_or(0);
                word.number = Some(before.saturating_mul(10).saturating_add(u16::from(digit)));
                self.span(word, begins && before == 0, (from, to));
            }
            Letter::Mark(mark) if begins && mark == HAMZA => {}
            Letter::Mark(mark) => {
                self.mark(mark, word.script);
                self.span(word, begins, (from, to));
            }
            Letter::Nothing if shown == '\u{200c}' => self.join(),
            Letter::Nothing => self.combine(shown),
            Letter::Unknown(letter) => {
                unknown(letter).into_iter().for_each(|one| self.push(READ + one));
                self.span(word, begins, (from, to));
            }
            Letter::Gap => self.close(word, After::Gap, small),
            Letter::Hyphen => self.close(word, After::Hyphen, small),
            Letter::Dot if self.abbreviates && self.is_abbreviation(word) => {}
            Letter::Dot => self.close(word, After::Dot, small),
        }
    }

    fn span(&self, word: &mut Word, begins: bool, (from, to): (usize, usize)) {
        if begins {
            word.from = u16::try_from(from).unwrap_or(u16::MAX);
        }
        word.to = u16::try_from(to).unwrap_or(u16::MAX);
    }

    fn push(&mut self, letter: u8) {
        if let Some(slot) = self.letters.get_mut(self.used) {
            *slot = letter;
            self.used += 1;
        }
    }

    fn last(&mut self) -> Option<&mut u8> {
        self.letters.get_mut(..self.used)?.last_mut()
    }

    /// After a Hebrew letter the apostrophe changes the letter (geresh).
    fn mark(&mut self, mark: u8, script: Script) {
        if script == Script::Hebrew
            && let Some(last) = self.last()
            && let Some(phone) = geresh(last.wrapping_sub(READ))
        {
            *last = READ + phone;
            return;
        }
        self.push(READ + mark);
    }

    /// Two words written as one in Persian: a final h stays silent before the joint.
    fn join(&mut self) {
        if let Some(last) = self.last()
            && *last == READ + H
        {
            *last = READ + H_END;
        }
    }

    fn combine(&mut self, mark: char) {
        if let Some(last) = self.last()
            && let Some(phone) = marked(*last, mark)
        {
            *last = READ + phone;
        }
    }

    fn close(&mut self, word: &mut Word, after: After, small: &mut bool) {
        let end = self.used.min(LETTERS_MAX);
        word.end = u8::try_from(end).unwrap_or(0);
        word.after = after;
        word.capitals = !*small && word.script == Script::Latin;
        *small = false;
        if word.end > word.start || word.number.is_some() {
            if let Some(slot) = self.words.get_mut(self.many) {
                *slot = *word;
                self.many += 1;
            }
        } else if after == After::Hyphen
            && let Some(before) = self.many.checked_sub(1).and_then(|at| self.words.get_mut(at))
        {
            before.after = After::Hyphen;
        }
        *word = Word { start: word.end, ..Word::NONE };
    }

    fn letters(&self, word: &Word) -> &[u8] {
        self.letters.get(usize::from(word.start)..usize::from(word.end)).unwrap_or(&[])
    }
}

/// How many letters at the end of a longer word say that it is a village, and their bytes.
fn village(letters: &[u8]) -> (u8, u16) {
    const SHORT: [u8; 3] = [b'k', READ + OE, b'y'];
    const LONG: [u8; 4] = [b'k', READ + OE, b'y', READ + UE];
    const LEAST: usize = 3;
    if letters.len() >= LEAST + LONG.len() && letters.ends_with(&LONG) {
        (4, 6)
    } else if letters.len() >= LEAST + SHORT.len() && letters.ends_with(&SHORT) {
        (3, 4)
    } else {
        (0, 0)
    }
}

/// Turns words into parts: articles, compounds, roles.
struct Reader<'a> {
    words: &'a Words,
    out: Encoded,
    /// An article waiting for its word: its vowel, whether it has an l, where it began.
    pending: Option<(u8, bool, u16)>,
    /// The last part is `abd`, waiting for the rest of the name.
    abd: bool,
    /// The last part was `abu` or the like.
    kunya: bool,
}

impl Reader<'_> {
    fn word(&mut self, written: &Written, at: usize) {
        let Some(word) = written.words.get(at).copied() else { return };
        let letters = written.letters(&word);
        if let Some(number) = word.number {
            return self.number(number, &word);
        }
        let next = written.words.get(at + 1).filter(|_| at + 1 < written.many);
        let next = next.map(|next| (next.script, written.letters(next)));
        if let Some(article) = article::apart(&word, letters, next) {
            self.pending = Some((article.0, article.1, word.from));
            return;
        }
        if word.after != After::Gap || at > 0 {
            let bound =
                at.checked_sub(1).and_then(|at| written.words.get(at)).map(|word| word.after);
            if bound == Some(After::Hyphen) && is_ezafe(letters) {
                return;
            }
        }
        self.sound(&word, letters);
    }

    fn number(&mut self, number: u16, word: &Word) {
        self.pending = None;
        self.abd = false;
        let start = self.out.many_phones;
        self.push_part(Part {
            start,
            end: start,
            role: Role::Number,
            class: number,
            from: word.from,
            to: word.to,
            ..Part::NONE
        });
    }

    fn sound(&mut self, word: &Word, letters: &[u8]) {
        let (pending, begun) = match self.pending.take() {
            Some((vowel, with_l, from)) => (Some((vowel, with_l)), from),
            None => (None, word.from),
        };
        let (attached, letters) = article::attached(word.script, letters);
        let start = self.out.many_phones;
        let lead = pending.or(attached);
        if let Some((vowel, _)) = lead {
            self.push(vowel);
        }
        let mark = self.out.many_phones;
        speak(word.script, letters, &mut self.out);
        let body = mark + self.keep_l(lead, mark);
        let spoken = self.out.phones().get(usize::from(body)..).unwrap_or(&[]);
        let found = self.words.find(self.out.kind, word.script, spoken);
        let part = Part {
            start,
            end: self.out.many_phones,
            lead: body - start,
            script: word.script,
            flags: if lead.is_some() { ARTICLE } else { 0 }
                | if word.capitals { CAPITALS } else { 0 },
            from: begun,
            to: word.to,
            ..Part::NONE
        };
        self.place(part, found, letters.len());
    }

    /// Before a moon letter the article keeps its l; says how many phones that added.
    fn keep_l(&mut self, lead: Option<(u8, bool)>, mark: u8) -> u8 {
        let (from, to) = (usize::from(mark), usize::from(self.out.many_phones));
        let first = self.out.phones.get(from).copied().unwrap_or(NONE);
        if !lead.is_some_and(|(_, with_l)| with_l)
            || is_sun(first)
            || from == to
            || to >= PHONES_MAX
        {
            return 0;
        }
        self.out.phones.copy_within(from..to, from + 1);
        if let Some(slot) = self.out.phones.get_mut(from) {
            *slot = L;
        }
        self.out.many_phones += 1;
        1
    }

    fn place(&mut self, mut part: Part, found: Option<Found>, letters: usize) {
        let role = found.map_or(Role::Name, |found| found.role);
        part.class = found.map_or(0, |found| found.class);
        let abd = std::mem::take(&mut self.abd);
        let kunya = std::mem::take(&mut self.kunya);
        let joins = match role {
            Role::Allah => self.last_is_name(),
            Role::Din => self.last_is_name() && part.has(ARTICLE | CAPITALS) || part.has(ARTICLE),
            _ => abd,
        };
        if joins && self.extend(&part) {
            return;
        }
        part.role = match role {
            Role::Allah | Role::Din | Role::Abd => Role::Name,
            other => other,
        };
        if part.role == Role::Drop {
            self.out.many_phones = part.start;
            return;
        }
        self.abd = role == Role::Abd;
        self.kunya = role == Role::Kunya;
        part.flags |= found.map_or(0, |found| found.flags);
        if kunya {
            part.flags |= KUNYA;
        }
        if letters == 1 && part.script == Script::Latin {
            part.flags |= INITIAL;
        }
        self.push_part(part);
    }

    fn last_is_name(&self) -> bool {
        self.out.parts().last().is_some_and(|last| last.role == Role::Name)
    }

    /// The last part grows by this one.
    fn extend(&mut self, part: &Part) -> bool {
        let Some(at) = usize::from(self.out.many_parts).checked_sub(1) else { return false };
        let Some(last) = self.out.parts.get_mut(at) else { return false };
        let silent = usize::from(last.end).checked_sub(1).filter(|_| part.start == last.end);
        last.end = part.end;
        last.to = part.to;
        last.class = 0;
        // What was the end of a word is heard inside one (`Salah` in `Salah al-Din`).
        if let Some(phone) =
            silent.and_then(|at| self.out.phones.get_mut(at)).filter(|phone| **phone == H_END)
        {
            *phone = H;
        }
        true
    }

    fn push(&mut self, phone: u8) {
        push(&mut self.out, phone);
    }

    fn push_part(&mut self, part: Part) {
        if let Some(slot) = self.out.parts.get_mut(usize::from(self.out.many_parts)) {
            *slot = part;
            self.out.many_parts += 1;
        }
    }

    fn finish(mut self) -> Encoded {
        let mut scripts = [0_u32; 4];
        let arabic = if self.is_sorani() { Script::Sorani } else { Script::Arabic };
        for at in 0..usize::from(self.out.many_parts) {
            let Some(mut part) = self.out.parts.get(at).copied() else { break };
            self.settle(&mut part);
            if part.script == Script::Arabic {
                part.script = arabic;
            }
            if let Some(count) = scripts.get_mut(part.script as usize) {
                *count += u32::from(part.end - part.start);
            }
            if let Some(slot) = self.out.parts.get_mut(at) {
                *slot = part;
            }
        }
        let [latin, plain, hebrew, sorani] = scripts;
        let written = plain + sorani;
        self.out.script = if written > latin && written >= hebrew {
            arabic
        } else if hebrew > latin {
            Script::Hebrew
        } else {
            Script::Latin
        };
        self.out.known_as = self.words.known_as(hash_of_all(&self.out));
        self.out
    }

    /// Arabic letters that only Sorani has: ە, ێ, ۆ.
    fn is_sorani(&self) -> bool {
        self.out.parts().iter().any(|part| {
            let vowel = |phone: &u8| matches!(*phone, E | EE | O);
            part.script == Script::Arabic && self.out.phones_of(part).iter().any(vowel)
        })
    }

    /// What can be said of a part only when it is whole.
    fn settle(&self, part: &mut Part) {
        let phones = self.out.phones.get(part.range()).unwrap_or(&[]);
        if let Some(lead) = abd_lead(phones) {
            part.lead = lead;
            part.flags = part.flags & !ARTICLE | ABD;
        } else if part.lead == 0 && part.role == Role::Name && perhaps_article(phones) {
            part.lead = 2;
            part.flags |= PERHAPS_ARTICLE;
        }
        let body = phones.get(usize::from(part.lead)..).unwrap_or(phones);
        part.hash = hash(body);
        (part.skeleton, part.sounds, part.firm) = skeleton(body);
    }
}

/// The Persian connecting vowel written apart (`Deh-e Now`).
fn is_ezafe(letters: &[u8]) -> bool {
    matches!(letters, b"e" | b"ye" | b"i" | b"yi" | b"y")
}

pub(crate) const HASH_START: u32 = 0x811c_9dc5;

/// One hash for one row of phones.
pub(crate) fn hash(phones: &[u8]) -> u32 {
    phones.iter().copied().fold(HASH_START, hash_step)
}

pub(crate) fn hash_step(hash: u32, phone: u8) -> u32 {
    (hash ^ u32::from(phone)).wrapping_mul(0x0100_0193)
}

/// The consonants of a part as one number, where they sound and how many are firm.
fn skeleton(phones: &[u8]) -> (u16, u16, u8) {
    let mut all = HASH_START;
    let mut sounds = 0;
    let mut firm = 0_u8;
    let mut last = Class::Vowel;
    for phone in phones {
        let class = class(*phone);
        let kept = is_hard(*phone) || matches!(*phone, H | HH);
        if kept && (class != last || class == Class::Weak) {
            all = hash_step(all, class as u8);
            sounds |= places(*phone);
            firm = firm.saturating_add(u8::from(class != Class::Weak));
        }
        last = class;
    }
    (u16::try_from((all ^ (all >> 16)) & 0xffff).unwrap_or(0), sounds, firm)
}

/// The hash under which a table of words finds this word.
pub(crate) fn hash_of_word(word: &str) -> u32 {
    let encoded = encode_with(&Words::none(), word, Kind::Place);
    let Some(part) = encoded.parts().first() else { return HASH_START };
    let lead = if part.has(ARTICLE) { usize::from(part.lead) } else { 0 };
    hash_folded(part.script, encoded.phones_of(part).get(lead..).unwrap_or(&[]), HASH_START)
}

fn hash_folded(script: Script, phones: &[u8], start: u32) -> u32 {
    folded_all(script, phones).fold(start, hash_step)
}

/// The whole name as tables of names keep it, articles set aside.
fn hash_of_all(name: &Encoded) -> u32 {
    name.parts().iter().fold(HASH_START, |hash, part| {
        let lead = if part.has(ARTICLE) { usize::from(part.lead) } else { 0 };
        hash_folded(part.script, name.phones_of(part).get(lead..).unwrap_or(&[]), hash)
    })
}

/// The hash under which a table finds this whole name.
pub(crate) fn hash_of_name(name: &str) -> u32 {
    hash_of_all(&encode_with(&Words::none(), name, Kind::Place))
}
