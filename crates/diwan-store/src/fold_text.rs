//! One fold for every text that is searched and every word that is searched for.
//!
//! Databases' own tokenizers cut vowelled Arabic into letters and do not know that ı, İ and I are
//! one letter to whoever searches, so words are folded here and every store is fed the same ones.
//! Beside the folded word stands its Snowball stem, so that `liman` finds `limanda`.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut: nobody types them, and an index is no place for them.
const WORD_CHARS: usize = 48;
/// Words are remembered with their forms, as a language uses the same ones again and again.
const REMEMBERED: usize = 100_000;
/// Longer pieces of text are not worth remembering.
const REMEMBERED_BYTES: usize = 64;
/// Marks of private use start tokens that narrow a search; no folded word has them.
const LABEL_MARK: char = '\u{E000}';
const TRAIL_MARK: char = '\u{E001}';
/// The token of a row that may belong to an item of any kind and place.
pub(crate) const ANYWHERE: char = '\u{E002}';

/// Folds texts for the index.
#[derive(Default)]
pub(crate) struct Folder {
    known: HashMap<Box<str>, Known, RandomState>,
    text_no: u64,
}

struct Known {
    forms: Box<str>,
    /// The text in which it last stood, so that a word is written once for each text.
    text_no: u64,
}

impl fmt::Debug for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Folder({} words)", self.known.len())
    }
}

impl Folder {
    /// Adds every folded word and stem of a text, each with a blank before it.
    pub(crate) fn index(&mut self, text: &str, out: &mut String) {
        out.reserve(text.len());
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.text_no += 1;
        for raw in raw_words(text) {
            if let Some(known) = self.known.get_mut(raw) {
                if known.text_no != self.text_no {
                    known.text_no = self.text_no;
                    out.push_str(&known.forms);
                }
                continue;
            }
            let all = forms(raw).into_iter().flatten();
            let forms: String = all.flat_map(|form| [" ".to_owned(), form]).collect();
            out.push_str(&forms);
            if raw.len() <= REMEMBERED_BYTES {
                let known = Known { forms: forms.into(), text_no: self.text_no };
                self.known.insert(raw.into(), known);
            }
        }
    }
}

/// The words of a question: for each word the forms of which one must occur. The same word of
/// text and question always share a form.
pub(crate) fn question(words: &str) -> Vec<Vec<String>> {
    raw_words(words).flat_map(forms).collect()
}

/// The token under which a row of this label is found.
pub(crate) fn label_token(label_no: u32) -> String {
    format!("{LABEL_MARK}{label_no}")
}

/// The token of rows of items on a trail of the map or of a kind.
pub(crate) fn trail_token(trail: i64) -> String {
    format!("{TRAIL_MARK}{trail:x}")
}

/// Pieces that belong together in any script: letters, digits, their marks and joiners.
fn raw_words(text: &str) -> impl Iterator<Item = &str> {
    let table = IN_WORDS.as_slice();
    text.split(|c| !is_in_words(table, c)).filter(|word| !word.is_empty())
}

fn is_in_words(table: &[u64], c: char) -> bool {
    let bits = usize::try_from(u32::from(c) / 64).ok().and_then(|at| table.get(at));
    bits.map_or_else(|| looks_in_words(c), |bits| bits >> (u32::from(c) % 64) & 1 == 1)
}

/// Unicode's own tables take several steps for each letter, and a text is read letter by letter:
/// one bit for each character of the basic plane.
static IN_WORDS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let bit = |code| char::from_u32(code).is_some_and(looks_in_words);
    let bits = |from: u32| (0..64).fold(0, |bits, at| bits | u64::from(bit(from + at)) << at);
    (0..0x1_0000).step_by(64).map(bits).collect()
});

fn looks_in_words(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_dropped(c)
}

/// Signs inside a word that do not make it another one: tatweel, joiners, direction marks.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{0640}' | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// The folded word and its stems. A compatibility form may turn out to be several words.
fn forms(raw: &str) -> Vec<Vec<String>> {
    fold(raw)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let word: String = word.chars().take(WORD_CHARS).collect();
            let mut forms = vec![word];
            for stem in stems(raw) {
                if stem.chars().nth(1).is_some() && !forms.contains(&stem) {
                    forms.push(stem);
                }
            }
            forms
        })
        .collect()
}

/// One word in the one spelling that is compared.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    // NFKD takes letters apart, so that accents, dots, tashkeel and hamza are marks to be dropped.
    let letters = word.nfkd().filter(|c| !is_combining_mark(*c) && !is_dropped(*c));
    letters
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c))
        .flat_map(plain)
        .collect()
}

/// Letters that are one letter to whoever searches.
fn plain(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ı' => ('i', None),
        'ø' => ('o', None),
        'ł' => ('l', None),
        'đ' => ('d', None),
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'ٱ' => ('ا', None),
        'ى' | 'ی' | 'ێ' | 'ې' => ('ي', None),
        'ک' | 'ڪ' => ('ك', None),
        'ة' | 'ۀ' | 'ە' | 'ہ' | 'ھ' | 'ۃ' => ('ه', None),
        'ۆ' | 'ۇ' | 'ۋ' => ('و', None),
        'ڕ' => ('ر', None),
        'ڵ' => ('ل', None),
        '٠'..='٩' => (digit(c, '٠'), None),
        '۰'..='۹' => (digit(c, '۰'), None),
        other => (other, None),
    };
    std::iter::once(first).chain(second)
}

fn digit(c: char, zero: char) -> char {
    let value = u32::from(c).saturating_sub(u32::from(zero));
    char::from_digit(value, 10).unwrap_or(c)
}

/// Stems by script. Latin words are stemmed as Turkish and as English: reports mix both, and a
/// question of one word is too short to tell. A stem stands only beside its word.
fn stems(raw: &str) -> Vec<String> {
    // Numbers and very long pieces have no endings.
    if raw.len() > 2 * WORD_CHARS || raw.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let arabic =
        raw.chars().any(|c| matches!(c, '\u{0600}'..='\u{06FF}' | '\u{FB50}'..='\u{FEFC}'));
    if arabic {
        // Hamza and ta marbuta tell the stemmer more than the folded form would.
        let plain: String = raw
            .nfkc()
            .filter(|c| !is_combining_mark(*c) && !is_dropped(*c))
            .map(|c| match c {
                'ی' => 'ي',
                'ک' => 'ك',
                other => other,
            })
            .collect();
        return vec![stem(Algorithm::Arabic, &plain)];
    }
    if raw.len() < 4 || !raw.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let word: String = raw.nfc().filter(|c| !is_dropped(*c)).collect();
    vec![stem(Algorithm::Turkish, &turkish_lower(&word)), stem(Algorithm::English, &fold(&word))]
}

/// Turkish pairs I with ı; but most capital I stand in other languages' words or in words typed
/// without Turkish letters, so only a word that shows it is Turkish is lowered that way.
fn turkish_lower(word: &str) -> String {
    let turkish = word.chars().any(|c| "ğĞşŞıİçÇöÖüÜ".contains(c));
    let lower = |c: char| match c {
        'I' if turkish => 'ı',
        'İ' => 'i',
        other => other.to_lowercase().next().unwrap_or(other),
    };
    word.chars().map(lower).collect()
}

fn stem(by: Algorithm, word: &str) -> String {
    let stem = fold(&Stemmer::new(by).stem(word));
    stem.chars().filter(|c| c.is_alphanumeric()).take(WORD_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(query: &str, text: &str) -> bool {
        let mut index = label_token(1);
        Folder::default().index(text, &mut index);
        let tokens: Vec<&str> = index.split(' ').collect();
        question(query).iter().all(|forms| forms.iter().any(|form| tokens.contains(&form.as_str())))
    }

    #[test]
    fn a_word_is_found_in_every_spelling() {
        let found = [
            ("كتب", "كَتَبَ الطالب"),
            ("احمد", "وصل أحمد اليوم"),
            ("إلى", "سافر الى دمشق"),
            ("المدرسه", "قرب المدرسة"),
            ("مدرسة", "قرب المدرسة"),
            ("المدرسة", "قرب مدرسه"),
            ("ığdır", "IĞDIR sınırı"),
            ("igdir", "Iğdır"),
            ("IĞDIR", "ığdır"),
            ("isik", "ışık"),
            ("ISIK", "ışık"),
            ("istanbul", "İSTANBUL limanı"),
            ("İstanbul", "istanbul"),
            ("liman", "limanda bekliyor"),
            ("limanlar", "liman"),
            ("convoy", "two convoys were seen"),
            ("convoys", "one convoy"),
            ("Kilis", "Kilis’te bir kamyon"),
            ("کرمانشاه", "كرمانشاه"),
            ("١٢٣", "plate 123"),
            ("۴۵", "عدد 45"),
            ("ـمحمـد", "محمد"),
            ("ﻣﺤﻤﺪ", "محمد"),
            ("qamislo", "Qamişlo"),
            ("الحسكة", "الحسكه"),
            ("deir ez-zor", "Deir ez-Zor governorate"),
        ];
        for (query, text) in found {
            assert!(finds(query, text), "{query} in {text}: {:?}", question(query));
        }
        for (query, text) in [("kamyon", "kamera"), ("حلب", "حمص"), ("port", "airport")] {
            assert!(!finds(query, text), "{query} in {text}");
        }
    }

    #[test]
    fn nobody_can_search_for_a_label() {
        assert!(question("\u{E000}").is_empty());
        for query in ["\u{E000}1", "1"] {
            assert!(!finds(query, ""), "{query:?}");
        }
        assert!(finds("1", "1 truck"));
    }

    #[test]
    fn odd_text_does_no_harm() {
        let long = "x".repeat(100_000);
        let mut index = String::new();
        Folder::default().index(&long, &mut index);
        assert!(index.len() < 200);
        for text in ["", "\u{FDFA}", "\u{0300}\u{0301}", "½ ㎏ ﷼", "\u{200F}", "💣💥", "\0\"*'"]
        {
            for form in question(text).iter().flatten() {
                assert!(form.chars().all(char::is_alphanumeric) && !form.is_empty(), "{text:?}");
            }
        }
    }
}
