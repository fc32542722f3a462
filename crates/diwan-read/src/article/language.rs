//! In which of the languages that are read a text is written.

use crate::Language;
use crate::letters::is_letter;
use crate::words::List;

const LETTERS_MAX: usize = 4_000;

/// Letters of Persian, Urdu, Pashto and Kurdish that Arabic does not write.
const NOT_ARABIC: &str = "پچژگڤەێۆڕڵکیےہٹڈںېۍړښډ";
const TURKISH_ONLY: &str = "ğışĞİŞ";

static ENGLISH_WORDS: List = List::new(
    "the of and to in a that said was on for with by its his from after at has were is will would an",
);
static TURKISH_WORDS: List = List::new(
    "ve bir bu ile için da de olarak olan ise sonra ilgili kadar dedi göre daha çok yeni etti oldu \
     arasında üzere yapılan tarafından",
);

/// Judged by script, then by the small words; by letter statistics where those are silent.
pub(super) fn of(text: &str) -> Language {
    let mut arabic = 0_usize;
    let mut latin = 0_usize;
    let mut other = 0_usize;
    let mut foreign = 0_usize;
    let mut turkish = 0_usize;
    let mut rest = text;
    while arabic + latin + other < LETTERS_MAX {
        let plain = rest.bytes().take_while(u8::is_ascii).count();
        let letters =
            rest.as_bytes()[..plain].iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        latin += letters.min(LETTERS_MAX - (arabic + latin + other));
        let mut beyond = rest[plain..].chars();
        let Some(letter) = beyond.next() else { break };
        rest = beyond.as_str();
        if arabic + latin + other == LETTERS_MAX {
            break;
        }
        match letter {
            '\u{600}'..='\u{6ff}' if is_letter(letter) => {
                arabic += 1;
                foreign += usize::from(letter > 'ي' && NOT_ARABIC.contains(letter));
            }
            letter if !is_letter(letter) => {}
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
                latin += 1;
                turkish += usize::from(TURKISH_ONLY.contains(letter));
            }
            _ => other += 1,
        }
    }
    if arabic > latin.max(other) {
        return if foreign * 20 > arabic { Language::Other } else { Language::Arabic };
    }
    if latin <= other {
        return Language::Other;
    }
    by_words(text, turkish * 100 > latin)
}

/// The letters with which a text begins.
fn letters(text: &str) -> &str {
    let plain = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let end = match text.as_bytes().get(plain) {
        Some(byte) if !byte.is_ascii() => text.find(|letter| !is_letter(letter)),
        _ => Some(plain),
    };
    &text[..end.unwrap_or(text.len())]
}

fn by_words(text: &str, turkish_letters: bool) -> Language {
    let mut words = 0_usize;
    let mut english = 0_usize;
    let mut turkish = 0_usize;
    let mut lower = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_letter) {
        let word = letters(&rest[start..]);
        rest = &rest[start + word.len()..];
        words += 1;
        let capital = word.starts_with(|letter: char| letter.is_ascii_uppercase());
        if capital {
            lower.clear();
            lower.push_str(word);
            lower.make_ascii_lowercase();
        }
        if ENGLISH_WORDS.has(word) || capital && ENGLISH_WORDS.has(&lower) {
            english += 1;
        } else {
            turkish += usize::from(TURKISH_WORDS.has(word));
        }
        if words == 400 {
            break;
        }
    }
    if english * 7 > words && english > 2 * turkish {
        return Language::English;
    }
    if turkish_letters && turkish >= english {
        return Language::Turkish;
    }
    match whatlang::detect_lang(text) {
        Some(whatlang::Lang::Eng) => Language::English,
        Some(whatlang::Lang::Tur) => Language::Turkish,
        _ => Language::Other,
    }
}
