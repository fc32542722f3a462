//! One written character: what it contributes to a word.

use std::sync::LazyLock;

use unicode_normalization::char::decompose_compatible;

use crate::phone::*;

/// Which letters a word is written in; one table of costs serves each pair of scripts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Script {
    /// Latin, and Greek and Cyrillic read letter by letter.
    #[default]
    Latin = 0,
    /// Arabic with its Persian, Urdu and Pashto letters, short vowels left out.
    Arabic = 1,
    /// Hebrew.
    Hebrew = 2,
    /// Arabic letters as Sorani uses them: every vowel is written.
    Sorani = 3,
}

/// What a character is to the reader of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letter {
    /// Ends a word.
    Gap,
    /// Ends a word, and binds it to the next.
    Hyphen,
    /// Ends a word or marks an abbreviation.
    Dot,
    /// An apostrophe: ayn, hamza, geresh or nothing.
    Mark(u8),
    /// Contributes nothing: vowel signs, tatweel, joiners, bidirectional controls.
    Nothing,
    /// 0 to 9.
    Digit(u8),
    /// An unmarked Latin letter, `a` to `z`; its sound depends on its neighbours.
    Plain(u8),
    /// A letter with one phone.
    Phone(Script, u8),
    /// A letter of a script without a table.
    Unknown(char),
}

const KNOWN: usize = 0x700;
const MORE_FROM: usize = 0x1e00;
const MORE: usize = 0x100;

static TABLE: LazyLock<[Letter; KNOWN + MORE]> = LazyLock::new(|| {
    std::array::from_fn(|at| {
        let number = if at < KNOWN { at } else { at - KNOWN + MORE_FROM };
        u32::try_from(number).ok().and_then(char::from_u32).map_or(Letter::Gap, find)
    })
});

/// What `letter` is.
pub(crate) fn letter(letter: char) -> Letter {
    usual(letter).unwrap_or_else(|| find(letter))
}

/// What a letter of the usual ranges is: always one letter, never a ligature or presentation form.
pub(crate) fn usual(letter: char) -> Option<Letter> {
    let at = match letter as usize {
        number @ ..KNOWN => number,
        number @ MORE_FROM.. => number - MORE_FROM + KNOWN,
        _ => return None,
    };
    TABLE.get(at).copied()
}

/// What a plain Latin letter becomes under a combining mark; nothing when the mark changes nothing.
pub(crate) fn marked(plain: u8, mark: char) -> Option<u8> {
    Some(match (plain, mark) {
        (b's', '\u{323}') => SAD,
        (b's', '\u{327}' | '\u{326}') => S_CED,
        (b's', '\u{30c}') => SH,
        (b's', '\u{304}' | '\u{331}') | (b't', '\u{331}') => TH,
        (b'c', '\u{327}') => C_CED,
        (b'c', '\u{30c}' | '\u{301}') => TCH,
        (b'g', '\u{306}') => SOFT_G,
        (b'g', '\u{307}' | '\u{304}' | '\u{30c}') => GH,
        (b'h', '\u{323}' | '\u{327}' | '\u{331}') => HH,
        (b'h' | b'k', '\u{32e}') | (b'k', '\u{331}') => KH,
        (b't', '\u{323}' | '\u{327}' | '\u{326}') => TAH,
        (b'd', '\u{323}' | '\u{327}') => DAD,
        (b'd', '\u{331}') => DH,
        (b'z', '\u{323}' | '\u{327}') => ZAH,
        (b'z', '\u{331}') => TS,
        (b'z', '\u{30c}') => ZH,
        (b'a', '\u{304}' | '\u{302}' | '\u{301}') => AA,
        (b'e', '\u{304}' | '\u{302}' | '\u{301}') => EE,
        (b'i', '\u{304}' | '\u{302}' | '\u{301}' | '\u{308}') => II,
        (b'o', '\u{308}' | '\u{30b}') => OE,
        (b'u', '\u{308}' | '\u{30b}') => UE,
        (b'u', '\u{304}' | '\u{302}' | '\u{301}') => UU,
        _ => return None,
    })
}

fn find(letter: char) -> Letter {
    if let Some(found) = sign(letter).or_else(|| abjad(letter)).or_else(|| plain(letter)) {
        return found;
    }
    if letter.is_alphabetic() { Letter::Unknown(letter) } else { Letter::Gap }
}

fn sign(letter: char) -> Option<Letter> {
    Some(match letter {
        '-' | '\u{2010}'..='\u{2015}' | '־' | '_' => Letter::Hyphen,
        '.' | '۔' => Letter::Dot,
        '‘' | 'ʿ' | 'ʻ' | '`' | '´' | 'ʽ' => Letter::Mark(AIN),
        '’' | '\'' | 'ʾ' | 'ʼ' | '׳' | '′' => Letter::Mark(HAMZA),
        '"' | '״' => Letter::Nothing,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c7}' => {
            Letter::Nothing
        }
        '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => Letter::Nothing,
        '\u{6d6}'..='\u{6ed}' => Letter::Nothing,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {
            Letter::Nothing
        }
        '\u{ad}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => Letter::Nothing,
        '0'..='9' => Letter::Digit(letter as u8 & 15),
        '٠'..='٩' => Letter::Digit(u8::try_from(u32::from(letter) - 0x660).unwrap_or(0)),
        '۰'..='۹' => Letter::Digit(u8::try_from(u32::from(letter) - 0x6f0).unwrap_or(0)),
        _ => return None,
    })
}

/// Letters of the scripts that leave vowels out; position in the word is settled by the reader.
fn abjad(letter: char) -> Option<Letter> {
    let arabic = match letter {
        'ا' | 'ٱ' | 'أ' | 'إ' => ALEF,
        'آ' => AA,
        'ء' | 'ئ' => HAMZA,
        'ؤ' | 'و' | 'ۇ' | 'ۋ' | 'ۈ' => WAW,
        'ۆ' => O,
        'ب' => B,
        'پ' => P,
        'ت' | 'ٹ' | 'ټ' => T,
        'ة' | 'ۃ' | 'ۀ' => TEH_END,
        'ث' => TH,
        'ج' => J,
        'چ' => TCH,
        'څ' => TS,
        'ح' => HH,
        'خ' => KH,
        'د' | 'ڈ' | 'ډ' => D,
        'ذ' => DH,
        'ر' | 'ڑ' | 'ړ' | 'ڕ' => R,
        'ز' | 'ځ' => Z,
        'ژ' | 'ږ' => ZH,
        'س' => S,
        'ش' | 'ښ' => SH,
        'ص' => SAD,
        'ض' => DAD,
        'ط' => TAH,
        'ظ' => ZAH,
        'ع' => AIN,
        'غ' => GH,
        'ف' => F,
        'ڤ' => V,
        'ق' => Q,
        'ك' | 'ک' | 'ڪ' => K,
        'گ' | 'ڭ' | 'ڠ' => G,
        'ل' | 'ڵ' => L,
        'م' => M,
        'ن' | 'ں' | 'ڼ' => N,
        'ه' | 'ہ' | 'ھ' => H,
        'ە' => E,
        'ي' | 'ی' | 'ۍ' | 'ے' => YEH,
        'ى' => ALEF_END,
        'ێ' | 'ې' => EE,
        _ => return hebrew(letter),
    };
    Some(Letter::Phone(Script::Arabic, arabic))
}

fn hebrew(letter: char) -> Option<Letter> {
    let phone = match letter {
        'א' => ALEF,
        'ב' => BET,
        'ג' => G,
        'ד' => D,
        'ה' => H,
        'ו' => WAW,
        'װ' => W,
        'ז' => Z,
        'ח' => HH,
        'ט' => TAH,
        'י' => YEH,
        'ײ' => Y,
        'כ' => K,
        'ך' => KH,
        'ל' => L,
        'מ' | 'ם' => M,
        'נ' | 'ן' => N,
        'ס' => S,
        'ע' => AIN,
        'פ' => PE,
        'ף' => F,
        'צ' | 'ץ' => TS,
        'ק' => Q,
        'ר' => R,
        'ש' => SHIN,
        'ת' => T,
        _ => return None,
    };
    Some(Letter::Phone(Script::Hebrew, phone))
}

/// Latin letters with and without marks; Greek and Cyrillic by their usual Latin reading.
fn plain(letter: char) -> Option<Letter> {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    let phone = |phone| Some(Letter::Phone(Script::Latin, phone));
    match lower {
        'a'..='z' => return Some(Letter::Plain(lower as u8)),
        'ı' => return phone(if letter == 'ı' { DOTLESS } else { I }),
        'ø' | 'œ' => return phone(OE),
        'æ' | 'ə' | 'ǝ' => return phone(E),
        'ħ' => return phone(HH),
        'þ' => return phone(TH),
        'ð' => return phone(DH),
        'ß' => return Some(Letter::Plain(b's')),
        'đ' => return Some(Letter::Plain(b'd')),
        'ł' => return Some(Letter::Plain(b'l')),
        _ => {}
    }
    if let Some(read) = neighbour(lower) {
        return Some(read);
    }
    let mut parts = [' '; 4];
    let mut many = 0;
    decompose_compatible(lower, |part| {
        if let Some(slot) = parts.get_mut(many) {
            *slot = part;
        }
        many += 1;
    });
    let [first, mark, ..] = parts;
    if first == lower || many == 0 {
        return None;
    }
    match (find(first), many) {
        // Vietnamese and the like carry two marks: the first one that means something decides.
        (Letter::Plain(base), 2..) => Some(
            marked(base, mark)
                .or_else(|| parts.get(2).and_then(|mark| marked(base, *mark)))
                .map_or(Letter::Plain(base), |phone| Letter::Phone(Script::Latin, phone)),
        ),
        (found, _) => Some(found),
    }
}

fn neighbour(lower: char) -> Option<Letter> {
    let plain = |letter: u8| Some(Letter::Plain(letter));
    let phone = |phone| Some(Letter::Phone(Script::Latin, phone));
    match lower {
        'а' | 'α' | 'ά' => plain(b'a'),
        'б' | 'β' => plain(if lower == 'б' { b'b' } else { b'v' }),
        'в' => plain(b'v'),
        'г' | 'γ' => plain(b'g'),
        'д' | 'δ' => plain(b'd'),
        'е' | 'ё' | 'э' | 'є' | 'ε' | 'έ' => plain(b'e'),
        'ж' => phone(ZH),
        'з' | 'ζ' => plain(b'z'),
        'и' | 'і' | 'ї' | 'η' | 'ι' | 'ή' | 'ί' => plain(b'i'),
        'й' => plain(b'y'),
        'к' | 'κ' => plain(b'k'),
        'л' | 'λ' => plain(b'l'),
        'м' | 'μ' => plain(b'm'),
        'н' | 'ν' => plain(b'n'),
        'о' | 'ο' | 'ό' | 'ω' | 'ώ' => plain(b'o'),
        'п' | 'π' => plain(b'p'),
        'р' | 'ρ' => plain(b'r'),
        'с' | 'σ' | 'ς' => plain(b's'),
        'т' | 'τ' => plain(b't'),
        'у' | 'υ' | 'ύ' => plain(b'u'),
        'ф' | 'φ' => plain(b'f'),
        'х' | 'χ' => phone(KH),
        'ц' => phone(TS),
        'ч' => phone(TCH),
        'ш' | 'щ' => phone(SH),
        'ъ' | 'ь' => Some(Letter::Nothing),
        'ы' => plain(b'y'),
        'ю' => phone(UU),
        'я' => phone(AA),
        'θ' => phone(TH),
        'ξ' | 'ψ' => phone(X),
        _ => None,
    }
}

/// The letters a presentation form or ligature stands for, handed to `with` one by one.
pub(crate) fn each(shown: char, mut with: impl FnMut(char)) {
    match shown {
        '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{ff01}'..='\u{ff5e}' => {
            decompose_compatible(shown, with);
        }
        _ => with(shown),
    }
}
