//! Showing a name: what cannot be seen made visible, the direction kept inside, capitals as the
//! language writes them.
//!
//! Names arrive from strangers. A direction mark in one can turn the text around it, and an
//! invisible letter can make two names look alike (CVE-2021-42574). So whatever is shown goes
//! through [`shown`]; a name in the middle of a sentence goes through [`embedded`].
//!
//! ```
//! use diwan_names::display::{Case, embedded, shown, title};
//!
//! assert_eq!(shown("Ali\u{202E}ilA"), "Ali⟦202E⟧ilA");
//! assert_eq!(embedded("أحمد"), "\u{2068}أحمد\u{2069}");
//! assert_eq!(title("istanbul ilçesi", Case::Turkish), "İstanbul İlçesi");
//! assert_eq!(title("AHMAD AL-SHARAA", Case::English), "Ahmad al-Sharaa");
//! ```

use std::fmt::Write as _;

/// Opens a run whose direction comes from its own first strong letter.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// Closes it.
const POP_ISOLATE: char = '\u{2069}';

/// Whether the character leaves no mark of its own on a screen yet changes what is seen: direction
/// controls, joiners, zero-width and filler characters, variation selectors, tags, soft hyphen,
/// and controls other than tab and line break.
///
/// ```
/// use diwan_names::display::is_invisible;
///
/// assert!(is_invisible('\u{202E}') && is_invisible('\u{200B}') && is_invisible('\u{E0041}'));
/// assert!(!is_invisible('ع') && !is_invisible(' '));
/// ```
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{B}'..='\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
        | '\u{AD}'                    // soft hyphen
        | '\u{34F}'                   // combining grapheme joiner
        | '\u{61C}'                   // Arabic letter mark
        | '\u{115F}'..='\u{1160}' | '\u{3164}' | '\u{FFA0}' // Hangul fillers
        | '\u{17B4}'..='\u{17B5}'     // Khmer inherent vowels
        | '\u{180B}'..='\u{180F}'     // Mongolian selectors
        | '\u{200B}'..='\u{200F}'     // zero-width space, joiners, direction marks
        | '\u{2028}'..='\u{202E}'     // line and paragraph separators, embeddings, overrides
        | '\u{2060}'..='\u{206F}'     // word joiner, invisible operators, isolates, deprecated
        | '\u{2800}'                  // blank braille cell
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' // variation selectors
        | '\u{FEFF}'                  // byte order mark
        | '\u{FFF9}'..='\u{FFFB}'     // interlinear annotation
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' // shorthand and music controls
        | '\u{E0000}'..='\u{E007F}' // tags
    )
}

/// Whether a text holds anything [`is_invisible`].
#[must_use]
pub fn has_invisible(text: &str) -> bool {
    text.chars().any(is_invisible)
}

/// The text with every invisible character as its code in ⟦⟧, fit for screens, logs and
/// approvals. Nothing of it can turn the text around it.
///
/// A bracket of the text itself is marked as well, so that nobody can write a mark by hand.
/// The joiner that Persian and Kurdish write inside words is marked like the rest: in an
/// identity, seeing it matters more than beauty. See [`readable`] for running text.
#[must_use]
pub fn shown(text: &str) -> String {
    marked(text, |c| is_invisible(c) || matches!(c, '⟦' | '⟧'))
}

/// Like [`shown`], but leaves the zero-width non-joiner between two letters of Arabic script,
/// where it is spelling (آق‌قلعه).
///
/// ```
/// use diwan_names::display::readable;
///
/// assert_eq!(readable("آق\u{200C}قلعه"), "آق\u{200C}قلعه");
/// assert_eq!(readable("Al\u{200C}i"), "Al⟦200C⟧i");
/// ```
#[must_use]
pub fn readable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        let spelling = c == '\u{200C}' && is_joining(before) && is_joining(after);
        if spelling {
            out.push(c);
        } else {
            out.push_str(&shown(c.encode_utf8(&mut [0; 4])));
        }
        before = c;
    }
    out
}

fn is_joining(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{064A}' | '\u{066E}'..='\u{06D5}' | '\u{0750}'..='\u{077F}')
}

fn marked(text: &str, is_marked: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_marked(c) {
            // A string takes every write.
            let _ = write!(out, "⟦{:04X}⟧", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// The shown text between isolates, so that it neither turns the sentence around it nor is turned
/// by it. Put it into running text of either direction.
#[must_use]
pub fn embedded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 6);
    out.push(FIRST_STRONG_ISOLATE);
    out.push_str(&readable(text));
    out.push(POP_ISOLATE);
    out
}

/// The text without anything invisible: what may become part of a file name or a log field.
///
/// ```
/// assert_eq!(diwan_names::display::stripped("re\u{202E}cod.exe"), "recod.exe");
/// ```
#[must_use]
pub fn stripped(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).collect()
}

/// Which way the first strong letter reads; `None` when there is none (digits, punctuation).
///
/// ```
/// use diwan_names::display::{Direction, direction};
///
/// assert_eq!(direction("12 أحمد"), Some(Direction::RightToLeft));
/// assert_eq!(direction("12 Ahmad أ"), Some(Direction::LeftToRight));
/// assert_eq!(direction("12"), None);
/// ```
#[must_use]
pub fn direction(text: &str) -> Option<Direction> {
    text.chars().find_map(|c| match c {
        '\u{0590}'..='\u{05FF}'
        | '\u{0600}'..='\u{08FF}'
        | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}' => c.is_alphabetic().then_some(Direction::RightToLeft),
        c => c.is_alphabetic().then_some(Direction::LeftToRight),
    })
}

/// A direction of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// As Latin letters.
    LeftToRight,
    /// As Arabic and Hebrew letters.
    RightToLeft,
}

/// Whose habit of capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// al-Sharaa, ibn Ali, bint Hasan: particles inside a name stay small.
    English,
    /// i and İ, ı and I; every word has a capital.
    Turkish,
    /// Every word has a capital.
    Kurmanji,
}

impl Case {
    /// From a language tag (`tr`, `az`, `ku`, `kmr`, `en-GB` ...); what is unknown is English.
    #[must_use]
    pub fn of(language: &str) -> Self {
        match language.split(['-', '_']).next().unwrap_or_default() {
            "tr" | "az" | "crh" | "tt" => Self::Turkish,
            "ku" | "kmr" => Self::Kurmanji,
            _ => Self::English,
        }
    }

    fn lower(self, c: char, out: &mut String) {
        match (self, c) {
            (Self::Turkish, 'I') => out.push('ı'),
            (_, 'İ') => out.push('i'),
            _ => out.extend(c.to_lowercase()),
        }
    }

    fn upper(self, c: char, out: &mut String) {
        match (self, c) {
            (Self::Turkish, 'i') => out.push('İ'),
            _ => out.extend(c.to_uppercase()),
        }
    }
}

/// Particles that English leaves small inside a name.
const SMALL: [&str; 24] = [
    "al", "el", "ul", "as", "es", "ash", "esh", "ad", "ed", "ar", "er", "at", "et", "az", "ez",
    "an", "bin", "ibn", "bint", "bn", "de", "van", "von", "der",
];

/// The name with capitals where the language puts them. Scripts without capitals come back as
/// they are.
///
/// A word that has small and large letters keeps its own inner capitals (McDonald).
#[must_use]
pub fn title(name: &str, case: Case) -> String {
    let shouted = !name.chars().any(char::is_lowercase);
    let mut out = String::with_capacity(name.len());
    let mut word = String::new();
    for c in name.chars().chain([' ']) {
        if c.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(c)
            || is_apostrophe(c)
        {
            word.push(c);
            continue;
        }
        title_word(&word, case, shouted, &mut out);
        word.clear();
        out.push(c);
    }
    out.pop();
    out
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʿ' | 'ʾ' | 'ʼ')
}

fn title_word(word: &str, case: Case, shouted: bool, out: &mut String) {
    let mut lower = String::with_capacity(word.len());
    word.chars().for_each(|c| case.lower(c, &mut lower));
    if case == Case::English && !out.is_empty() && SMALL.contains(&lower.as_str()) {
        out.push_str(&lower);
        return;
    }
    let mut risen = false;
    for c in word.chars() {
        if !risen && c.is_alphanumeric() {
            case.upper(c, out);
            risen = true;
        } else if shouted || !risen {
            case.lower(c, out);
        } else {
            out.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_117_every_direction_mark_and_invisible_letter_is_seen() {
        let listed = ('\u{202A}'..='\u{202E}')
            .chain('\u{2066}'..='\u{2069}')
            .chain('\u{200B}'..='\u{200F}')
            .chain('\u{E0000}'..='\u{E007F}')
            .chain('\u{FE00}'..='\u{FE0F}')
            .chain('\u{E0100}'..='\u{E01EF}');
        for c in listed {
            let name = format!("Ali{c}Hasan");
            let mark = format!("Ali⟦{:04X}⟧Hasan", u32::from(c));
            assert_eq!(shown(&name), mark);
            assert!(!has_invisible(&embedded(&name).replace(['\u{2068}', '\u{2069}'], "")));
            assert_eq!(stripped(&name), "AliHasan");
        }
    }

    #[test]
    fn attack_117_a_mark_cannot_be_written_by_hand() {
        assert_ne!(shown("A⟦202E⟧li"), shown("A\u{202E}li"));
    }

    #[test]
    fn attack_117_an_isolate_cannot_be_closed_from_within() {
        let name = embedded("Ali\u{2069}\u{202E}");
        assert_eq!(name, "\u{2068}Ali⟦2069⟧⟦202E⟧\u{2069}");
    }

    #[track_caller]
    fn check(case: Case, name: &str, expected: &str) {
        assert_eq!(title(name, case), expected);
    }

    #[test]
    fn capitals_as_each_language_writes_them() {
        check(Case::Turkish, "ışık ilçesi", "Işık İlçesi");
        check(Case::Turkish, "DİYARBAKIR IĞDIR", "Diyarbakır Iğdır");
        check(Case::English, "SALAH AL-DIN", "Salah al-Din");
        check(Case::English, "umar ibn ‘abd al-‘aziz", "Umar ibn ‘Abd al-‘Aziz");
        check(Case::English, "AL-SHARAA Ahmad", "AL-SHARAA Ahmad");
        check(Case::English, "al-sharaa ahmad", "Al-Sharaa Ahmad");
        check(Case::Kurmanji, "ŞÊX MEQSÛD", "Şêx Meqsûd");
        check(Case::English, "أحمد الشرع", "أحمد الشرع");
        check(Case::of("tr-TR"), "istanbul", "İstanbul");
    }
}
