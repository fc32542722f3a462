//! Normal forms: one spelling for what is one letter, whatever keyboard or font it came from.
//!
//! [`normal`] undoes differences of *encoding and habit* that no reader would call another name:
//! Arabic presentation forms, vowel signs, tatweel, hamza seats, taa marbuta, alef maqsura,
//! Persian yeh and kaf, Turkish dotted and dotless i, digits of every script, marks that cannot
//! be seen. Letters that a language tells apart (ş and s, ۆ and و) stay apart.
//! [`plain`] goes one step further, to what is left when a typist has only the bare alphabet.
//!
//! ```
//! use diwan_names::normal::{normal, plain};
//!
//! assert_eq!(normal("أحْمَـد الشَّرع"), normal("احمد الشرع"));
//! assert_eq!(normal("DIYARBAKIR"), normal("Diyarbakır"));
//! assert_eq!(plain("Eşref Şêx-Hesen"), "esref sex hesen");
//! assert_eq!(plain("كۆبانێ ٢٠٢٦"), "كوباني 2026");
//! ```

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::display::is_invisible;

/// The name with one spelling for each letter: lower case, composed, single blanks.
///
/// Any text is taken; the result of a result is the same again.
#[must_use]
pub fn normal(name: &str) -> String {
    // NFKC may uncover what an earlier step removes (a ligature holds a tatweel, a lower case i
    // its dot), and a removed mark may let two letters compose; two more rounds settle every
    // sequence Unicode has, and a settled text leaves the loop at once.
    let mut text = once(name);
    for _ in 0..3 {
        let again = once(&text);
        if again == text {
            break;
        }
        text = again;
    }
    text
}

fn once(name: &str) -> String {
    let visible = joiners_as_breaks(name);
    let mut out = String::with_capacity(name.len());
    for c in visible.nfkc().flat_map(char::to_lowercase) {
        if is_sign_above_letters(c) {
            continue;
        }
        let c = ascii_digit(c).unwrap_or_else(|| one_letter(c));
        match c {
            NOTHING => {}
            // At the start of a word it only carries a Kurdish vowel: ئەحمەد, ئۆجەلان.
            'ئ' if out.is_empty() || out.ends_with([' ', '-']) => {}
            'ئ' => out.push('ي'),
            c if !c.is_whitespace() && !c.is_control() => out.push(c),
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out.nfc().collect()
}

/// Stands in the letter table for letters that are left out.
const NOTHING: char = '\0';

/// Removes what cannot be seen. A joiner between Arabic letters parts two words in Persian
/// (آق‌قلعه) and becomes a blank; anywhere else it is noise.
fn joiners_as_breaks(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\u{200C}' && out.chars().last().is_some_and(is_arabic) {
            if chars.peek().copied().is_some_and(is_arabic) {
                out.push(' ');
            }
        } else if !is_invisible(c) {
            out.push(c);
        }
    }
    out
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{064A}' | '\u{066E}'..='\u{06D5}' | '\u{0750}'..='\u{077F}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Signs that writers add or leave out at will: Arabic vowel signs, small letters and pause
/// marks, Hebrew points and accents, the dot that lower case leaves on Turkish İ.
fn is_sign_above_letters(c: char) -> bool {
    matches!(c, '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}'
        | '\u{08D3}'..='\u{08FF}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}'
        | '\u{05C1}'..='\u{05C2}' | '\u{05C4}'..='\u{05C5}' | '\u{05C7}' | '\u{0307}')
}

/// Letters that differ in code point or in a writer's care, not in the name.
fn one_letter(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' => 'ا',
        'ؤ' => 'و',
        'ة' | 'ۀ' | 'ہ' | 'ۂ' | 'ۃ' | 'ھ' => 'ه',
        'ى' | 'ی' | 'ې' | 'ۍ' | 'ے' | 'ۓ' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ء' | 'ـ' => NOTHING,
        'ı' => 'i',
        '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | 'ʹ' | '`' | '´' | '׳' | '′' => {
            '\''
        }
        '״' | '“' | '”' | '„' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '־' => '-',
        '،' => ',',
        c => c,
    }
}

/// The decimal digit of any script as an ASCII digit.
///
/// ```
/// assert_eq!(diwan_names::normal::ascii_digit('٧'), Some('7'));
/// assert_eq!(diwan_names::normal::ascii_digit('۷'), Some('7'));
/// assert_eq!(diwan_names::normal::ascii_digit('x'), None);
/// ```
#[must_use]
pub fn ascii_digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let zero = ZEROS[ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?];
    char::from_digit(code.checked_sub(zero).filter(|value| *value < 10)?, 10)
}

/// The zero of every run of ten decimal digits (Unicode 16, category Nd), ascending.
const ZEROS: [u32; 66] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66,
    0xDE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650,
    0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50,
    0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// The normal form in the bare alphabet of its script: no marks on Latin letters, Kurdish and
/// Persian letters on the nearest Arabic one where readers of Arabic take them so, hyphens and
/// punctuation as blanks, apostrophes gone except after Hebrew letters, where they make another
/// sound (ג' is j).
#[must_use]
pub fn plain(name: &str) -> String {
    plain_of(&normal(name))
}

/// [`plain`] of a text that is normal already.
pub(crate) fn plain_of(normal: &str) -> String {
    let mut out = String::with_capacity(normal.len());
    for c in normal.nfd() {
        if is_combining_mark(c) {
            continue;
        }
        match c {
            '\'' if out.chars().last().is_some_and(is_hebrew) => out.push(c),
            '\'' => {}
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ə' => out.push('e'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ۆ' | 'ۇ' | 'ۈ' | 'ۋ' => out.push('و'),
            'ێ' => out.push('ي'),
            'ە' => out.push('ه'),
            'ڕ' | 'ڑ' => out.push('ر'),
            'ڵ' => out.push('ل'),
            c if c.is_alphanumeric() => out.push(c),
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

pub(crate) fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{05D0}'..='\u{05EA}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(same: &[&str], expected: &str) {
        for name in same {
            assert_eq!(normal(name), expected, "of {name:?}");
        }
    }

    #[test]
    fn arabic_as_written_and_as_printed() {
        check(
            &["أحمد الشرع", "احمد الشرع", "أحْمَد الشَّرع", "احمـــد  الشرع", "ﺃﺣﻤﺪ ﺍﻟﺸﺮﻉ"],
            "احمد الشرع",
        );
        check(&["مرهف أبو قصرة", "مرهف ابو قصره"], "مرهف ابو قصره");
        check(&["مصطفى", "مصطفي", "مصطفی"], "مصطفي");
        check(&["عبدﷲ", "عبدالله"], "عبدالله");
        check(&["مؤمن", "مومن"], "مومن");
        check(&["ترکیه", "تركية"], "تركيه");
    }

    #[test]
    fn kurdish_letters_stay_letters() {
        check(&["ئەحمەد شەرع"], "ەحمەد شەرع");
        check(&["كۆبانێ", "کۆبانێ"], "كۆبانێ");
        check(&["Êzîdxan", "ÊZÎDXAN"], "êzîdxan");
        assert_eq!(plain("دێرەزۆر"), "ديرهزور");
        assert_eq!(plain("ڕۆژئاڤا"), "روژياڤا");
    }

    #[test]
    fn turkish_i_with_and_without_its_dot() {
        check(&["DİYARBAKIR", "Diyarbakır", "diyarbakir"], "diyarbakir");
        check(&["ŞIRNAK", "Şırnak"], "şirnak");
        check(&["İ", "I", "ı", "i"], "i");
    }

    #[test]
    fn digits_of_every_script() {
        check(&["قطاع ١٢", "قطاع ۱۲", "قطاع 12"], "قطاع 12");
        check(&["१२", "１２", "𝟭𝟮"], "12");
        assert!(ZEROS.is_sorted());
    }

    #[test]
    fn what_cannot_be_seen_is_gone() {
        check(&["A\u{202E}li", "Ali\u{200B}", "Al\u{200C}i", "A\u{FE0F}li", "Al\u{E0069}i"], "ali");
        check(&["آق\u{200C}قلعه", "آق قلعه"], "اق قلعه");
    }

    #[test]
    fn hebrew_points_and_quotes() {
        check(&["שָׁלוֹם", "שלום"], "שלום");
        check(&["ג׳ון", "ג'ון", "ג’ון"], "ג'ון");
        assert_eq!(plain("אחמד א־שרע"), "אחמד א שרע");
        assert_eq!(plain("ג׳ון"), "ג'ון");
    }
}
