//! A sentence as a row of words, the names in it standing as one word each.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::letters::{is_letter, is_letter_or_digit};
use crate::reading::{Language, Mention, MentionKind, Span};

/// One word, one name, or one mark of punctuation.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) span: Span,
    /// Folded for comparison: see [`fold`].
    pub(crate) form: SmolStr,
    /// Index of the mention this word stands for.
    pub(crate) mention: Option<usize>,
}

/// A table of words. Its keys are our own, so the hash need not withstand anybody; words of articles
/// are no keys here, only asked for.
pub(crate) type Table<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// A list of words such as `"a|b|c"` or `"a b c"`, made into a table when the program is built: it is
/// asked about at every word of a page.
#[derive(Debug)]
pub(crate) struct List {
    text: &'static str,
    between: u8,
    /// One more than where a word begins, at the place of its mark or behind it; 0 where none is.
    starts: [u16; SLOTS],
    /// A bit for every length of a word, and one for every first byte: most words fail here.
    lengths: u64,
    firsts: u64,
}

/// A power of two, more than any list has words.
const SLOTS: usize = 256;

impl List {
    pub(crate) const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let mut between = b' ';
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] == b'|' {
                between = b'|';
            }
            at += 1;
        }
        let (mut starts, mut start, mut count) = ([0; SLOTS], 0, 0);
        let (mut lengths, mut firsts) = (0, 0);
        at = 0;
        while at <= bytes.len() {
            if at == bytes.len() || bytes[at] == between {
                if start < at {
                    let mut slot = mark(bytes, start, at);
                    while starts[slot] != 0 {
                        slot = (slot + 1) % SLOTS;
                    }
                    starts[slot] = start as u16 + 1;
                    lengths |= bit(at - start);
                    firsts |= bit(bytes[start] as usize);
                    count += 1;
                }
                start = at + 1;
            }
            at += 1;
        }
        assert!(count < SLOTS && bytes.len() < u16::MAX as usize, "the list is too long");
        Self { text, between, starts, lengths, firsts }
    }

    #[inline]
    pub(crate) fn has(&self, word: &str) -> bool {
        self.lengths & bit(word.len()) != 0
            && word.bytes().next().is_some_and(|first| self.firsts & bit(first.into()) != 0)
            && self.holds(word)
    }

    fn holds(&self, word: &str) -> bool {
        let (word, text) = (word.as_bytes(), self.text.as_bytes());
        let mut slot = mark(word, 0, word.len());
        while let Some(start) = usize::from(self.starts[slot]).checked_sub(1) {
            let end = start + word.len();
            let ends = end == text.len() || text.get(end) == Some(&self.between);
            if ends && &text[start..end] == word {
                return true;
            }
            slot = (slot + 1) % SLOTS;
        }
        false
    }
}

/// The bit of a number; numbers 64 apart share one.
const fn bit(number: usize) -> u64 {
    1 << (number % 64)
}

/// The place of a word in a list by its length, its first, middle and last byte.
const fn mark(bytes: &[u8], start: usize, end: usize) -> usize {
    let (first, last) = (bytes[start] as u32, bytes[end - 1] as u32);
    let middle = bytes[start + (end - start) / 2] as u32;
    let length = (end - start) as u32 % 256;
    let all = first | (middle << 8) | (last << 16) | (length << 24);
    (all.wrapping_mul(0x9e37_79b1) >> 24) as usize
}

/// How words of a list begin: most others are told from them by that.
#[derive(Debug, Default)]
pub(crate) struct Openings {
    /// Bytes that are looked at, at most four.
    length: usize,
    /// A bit for each place that a beginning can have.
    bits: [u64; 4],
}

impl<'a> FromIterator<&'a str> for Openings {
    fn from_iter<T: IntoIterator<Item = &'a str>>(words: T) -> Self {
        let words: Vec<&str> = words.into_iter().collect();
        let shortest = words.iter().map(|word| word.len()).min().unwrap_or_default();
        let mut openings = Self { length: shortest.min(4), bits: [0; 4] };
        for word in words {
            let place = openings.place(word.as_bytes());
            openings.bits[place / 64] |= bit(place);
        }
        openings
    }
}

impl Openings {
    fn place(&self, word: &[u8]) -> usize {
        let start = match word.first_chunk::<4>() {
            Some(four) => u32::from_le_bytes(*four),
            None => word.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)),
        };
        let looked_at = !u64::MAX.unbounded_shl(8 * self.length as u32) as u32;
        ((start & looked_at).wrapping_mul(0x9e37_79b1) >> 24) as usize
    }

    /// False where no word of the list begins as this one does.
    #[inline]
    pub(crate) fn may(&self, word: &str) -> bool {
        let place = self.place(word.as_bytes());
        word.len() >= self.length && self.bits[place / 64] & bit(place) != 0
    }
}

/// A table that is asked at every word of a page and has nearly none of them.
#[derive(Debug)]
pub(crate) struct Rare<V> {
    openings: Openings,
    table: Table<&'static str, V>,
}

impl<V> FromIterator<(&'static str, V)> for Rare<V> {
    fn from_iter<T: IntoIterator<Item = (&'static str, V)>>(rows: T) -> Self {
        let table: Table<&'static str, V> = rows.into_iter().collect();
        Self { openings: table.keys().copied().collect(), table }
    }
}

impl<V> Rare<V> {
    /// False where no word of the table begins as this one does.
    pub(crate) fn may(&self, word: &str) -> bool {
        self.openings.may(word)
    }

    pub(crate) fn get(&self, word: &str) -> Option<&V> {
        if self.may(word) { self.table.get(word) } else { None }
    }
}

/// Whether a word is one of a list such as `"a|b|c"`.
macro_rules! is_one {
    ($word:expr, $list:expr $(,)?) => {{
        static LIST: $crate::words::List = $crate::words::List::new($list);
        LIST.has($word)
    }};
}
pub(crate) use is_one;

/// Spelling differences that mean nothing, taken away: case, hamza seats, vowel signs, tatweel.
pub(crate) fn fold(text: &str, language: Language) -> String {
    let mut out = String::with_capacity(text.len());
    fold_onto(&mut out, text, language);
    out
}

fn fold_onto(out: &mut String, text: &str, language: Language) {
    if text.is_ascii() && (language != Language::Turkish || !text.contains('I')) {
        out.push_str(text);
        out.make_ascii_lowercase();
        return;
    }
    for c in text.chars() {
        match c {
            '\u{64B}'..='\u{652}' | '\u{670}' | '\u{640}' | '\u{200C}'..='\u{200F}' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
            'ى' => out.push('ي'),
            'ة' => out.push('ه'),
            // The other letters of Arabic have no capitals.
            '\u{621}'..='\u{64A}' => out.push(c),
            '\u{2018}' | '\u{2019}' | 'ʼ' => out.push('\''),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            'İ' => out.push('i'),
            'I' if language == Language::Turkish => out.push('ı'),
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// The mentions that are not inside another one, in order of the text. Of two that overlap the
/// longer stays.
pub(crate) fn outermost(mentions: &[Mention]) -> Vec<usize> {
    let named = |span: Span| {
        mentions.iter().any(|other| {
            let name = !matches!(other.kind, MentionKind::Date | MentionKind::Quantity);
            name && span.start <= other.span.start && other.span.end <= span.end
        })
    };
    // A quantity that holds a name ("100,000 Armenians") gives way to it.
    let whole =
        |at: &usize| mentions[*at].kind != MentionKind::Quantity || !named(mentions[*at].span);
    let mut order: Vec<usize> = (0..mentions.len()).filter(whole).collect();
    order.sort_by_key(|&at| {
        let span = mentions[at].span;
        (span.start, usize::MAX - span.end, mentions[at].kind != MentionKind::Organisation)
    });
    let mut kept: Vec<usize> = Vec::with_capacity(order.len());
    for at in order {
        let span = mentions[at].span;
        let free = kept.last().is_none_or(|&last| mentions[last].span.end <= span.start);
        if free && span.start < span.end {
            kept.push(at);
        }
    }
    kept
}

/// Cuts a sentence into words. `outer` are the outermost mentions of the page.
pub(crate) fn words(
    text: &str,
    sentence: Span,
    language: Language,
    mentions: &[Mention],
    outer: &[usize],
) -> Vec<Word> {
    let words = Vec::with_capacity((sentence.end - sentence.start) / 5);
    let mut row = Row { text, language, words, spare: String::with_capacity(32) };
    let mut at = sentence.start;
    let first = outer.partition_point(|&m| mentions[m].span.start < sentence.start);
    for &m in &outer[first..] {
        let span = mentions[m].span;
        if span.end > sentence.end {
            break;
        }
        row.cut(Span { start: at, end: span.start });
        row.push(span, Some(m));
        at = span.end;
    }
    row.cut(Span { start: at, end: sentence.end });
    row.words
}

/// Words being cut from a text.
struct Row<'a> {
    text: &'a str,
    language: Language,
    words: Vec<Word>,
    /// A form is folded here first: a short one then needs no memory of its own.
    spare: String,
}

impl Row<'_> {
    fn push(&mut self, span: Span, mention: Option<usize>) {
        let word = &self.text[span.start..span.end];
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            self.words.push(Word { span, form: SmolStr::new(word), mention });
            return;
        }
        self.spare.clear();
        fold_onto(&mut self.spare, word, self.language);
        if mention.is_some() || !self.spare.is_empty() {
            self.words.push(Word { span, form: SmolStr::new(&self.spare), mention });
        }
    }

    fn cut(&mut self, span: Span) {
        let text = self.text;
        let mut at = span.start;
        while let Some(c) = text[at..span.end].chars().next() {
            let start = at;
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            at = word_end(text, Span { start, end: span.end }, c);
            // A full stop inside a sentence ends a short form ("H.E. Mr. Petrov") and no clause.
            let short =
                c == '.' && before(text, start).is_some_and(is_letter) && goes_on(&text[at..]);
            if !short {
                self.push(Span { start, end: at }, None);
            }
        }
    }
}

/// Where the word ends that begins with `c` at the start of a span: an apostrophe opens a suffix
/// ("'s", "'da"), a hyphen joins, a comma inside a figure stays.
fn word_end(text: &str, span: Span, c: char) -> usize {
    // Nearly every word: plain letters up to a blank.
    let part = &text[span.start..span.end];
    let plain = part.bytes().take_while(u8::is_ascii_alphabetic).count();
    if plain > 0 && matches!(part.as_bytes().get(plain), None | Some(b' ')) {
        return span.start + plain;
    }
    let mut end = c.len_utf8();
    let suffix = matches!(c, '\'' | '\u{2019}')
        && part[end..].starts_with(is_letter)
        && before(text, span.start).is_some_and(is_letter_or_digit);
    if !(is_inside(c) || suffix) {
        return span.start + end;
    }
    let mut last = c;
    let mut chars = part[end..].chars();
    while let Some(c) = chars.next() {
        if !is_inside(c) {
            let after = chars.clone().next();
            let initial = c == '.' && end == last.len_utf8();
            let dotted = initial && is_letter(last) && after.is_some_and(is_letter);
            if !(dotted || joins(last, c, after)) {
                break;
            }
        }
        last = c;
        end += c.len_utf8();
    }
    span.start + end
}

/// A blank, then a word.
fn goes_on(rest: &str) -> bool {
    rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(is_letter_or_digit))
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn is_inside(c: char) -> bool {
    is_letter_or_digit(c) || matches!(c, '\u{640}' | '\u{64B}'..='\u{652}' | '\u{670}' | '\u{200C}')
}

fn joins(last: char, c: char, after: Option<char>) -> bool {
    let hyphen = matches!(c, '-' | '\u{2010}' | '\u{2011}') && is_letter(last);
    let figure = matches!(c, ',' | '.' | '٬' | '٫') && last.is_numeric();
    (hyphen && after.is_some_and(is_letter)) || (figure && after.is_some_and(char::is_numeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_table_has_its_words_and_no_others() {
        let rare: Rare<u8> = [("two", 2), ("three", 3), ("ثلاثه", 3)].into_iter().collect();
        assert_eq!(
            ["two", "three", "ثلاثه"].map(|word| rare.get(word).copied()),
            [2, 3, 3].map(Some)
        );
        assert!(["", "tw", "twos", "threw", "ثلاث"].iter().all(|word| rare.get(word).is_none()));
        let none: Rare<u8> = [].into_iter().collect();
        assert!(none.get("").is_none() && none.get("two").is_none());
    }

    #[test]
    fn a_list_has_its_words_and_no_others() {
        let pipes = List::new("of the|and|على");
        let blanks = List::new(" one two ");
        assert!(["of the", "and", "على"].iter().all(|word| pipes.has(word)));
        assert!(["one", "two"].iter().all(|word| blanks.has(word)));
        assert!(["", "of", "an", "andy", "|", "two "].iter().all(|word| !pipes.has(word)));
        assert!(["", "on", "three", "one two"].iter().all(|word| !blanks.has(word)));
    }
}
