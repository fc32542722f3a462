//! The one alphabet all scripts are read into.
//!
//! A letter that can sound in several ways keeps a phone of its own (Latin c, ch, x, ş; Arabic و ي ة;
//! Hebrew ב פ ש): the learned costs decide what it answers, not a romanisation made beforehand.

macro_rules! phones {
    ($($name:ident $text:literal $class:ident,)*) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "numbers the phones")]
        #[repr(u8)]
        enum Number { $($name),* }
        $(pub(crate) const $name: u8 = Number::$name as u8;)*
        pub(crate) const COUNT: usize = [$($text),*].len();
        const TEXTS: [&str; COUNT] = [$($text),*];
        const CLASSES: [Class; COUNT] = [$(Class::$class),*];
        const HARD: [bool; COUNT] = [$(!matches!(Class::$class, Class::Vowel | Class::Weak)),*];
    };
}

/// What kind of sound a phone is; consonants of one class are readings of one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Class {
    /// A vowel, or a letter that is only ever a vowel.
    Vowel,
    /// A letter that may be vowel or consonant, or is often left unwritten.
    Weak,
    B,
    F,
    T,
    D,
    K,
    G,
    J,
    S,
    Z,
    L,
    M,
    N,
    R,
    Other,
}

phones! {
    NONE "" Other,
    B "b" B, P "p" B, T "t" T, TAH "ţ" T, D "d" D, DAD "ḑ" D, K "k" K, G "g" G, Q "q" K, J "j" J,
    CHA "ch" S, TCH "tch" S, C_HARD "c" K, C_SOFT "c'" S, C_CED "ç" S, X "x" K, KH "kh" K,
    GH "gh" G, SOFT_G "ğ" G, H "h" Weak, HH "ḩ" Weak, H_END "-h" Weak, S "s" S, SAD "ş." S,
    S_CED "ş" S, SH "sh" S, TH "th" T, DH "dh" D, Z "z" Z, ZAH "z̧" Z, ZH "zh" J, TS "ts" S,
    AIN "‘" Weak, HAMZA "’" Weak, F "f" F, V "v" F, W "w" Weak, Y "y" Weak, L "l" L, M "m" M,
    N "n" N, R "r" R,
    A "a" Vowel, AA "ā" Vowel, E "e" Vowel, EE "ê" Vowel, I "i" Vowel, II "ī" Vowel,
    DOTLESS "ı" Vowel, O "o" Vowel, OE "ö" Vowel, U "u" Vowel, UU "ū" Vowel, UE "ü" Vowel,
    WAW "W" Weak, YEH "Y" Weak, TEH_END "-t" Weak, ALEF "A" Vowel, ALEF_FIRST "A-" Vowel,
    ALEF_END "-A" Vowel, BET "B" B, PE "P" F, SHIN "S" S,
    O0 "·0" Other, O1 "·1" Other, O2 "·2" Other, O3 "·3" Other,
    O4 "·4" Other, O5 "·5" Other, O6 "·6" Other, O7 "·7" Other,
}

/// How a phone is written in tests and tables.
pub(crate) fn text(phone: u8) -> &'static str {
    TEXTS.get(usize::from(phone)).copied().unwrap_or("")
}

pub(crate) fn class(phone: u8) -> Class {
    CLASSES.get(usize::from(phone)).copied().unwrap_or(Class::Other)
}

pub(crate) fn is_vowel(phone: u8) -> bool {
    class(phone) == Class::Vowel
}

/// Neither a vowel nor a letter that may be one or is often left out.
pub(crate) fn is_hard(phone: u8) -> bool {
    HARD.get(usize::from(phone)).copied().unwrap_or(true)
}

/// The places in the mouth a firm consonant may sound at, one bit each: a coarse test whether two
/// parts can be alike at all.
pub(crate) fn places(phone: u8) -> u16 {
    const PLACES: [u16; COUNT] = {
        let mut places = [0; COUNT];
        let mut phone = 0;
        while phone < COUNT {
            places[phone] = place(phone as u8, CLASSES[phone]);
            phone += 1;
        }
        places
    };
    PLACES.get(usize::from(phone)).copied().unwrap_or(0)
}

const fn place(phone: u8, class: Class) -> u16 {
    const LIPS: u16 = 1;
    const TEETH: u16 = 2;
    const HISS: u16 = 4;
    const THROAT: u16 = 8;
    match phone {
        TH | DH | DAD | ZAH => TEETH | HISS,
        J | G | CHA | C_HARD | X | ZH => HISS | THROAT,
        _ => match class {
            Class::B | Class::F => LIPS,
            Class::T | Class::D => TEETH,
            Class::S | Class::Z | Class::J => HISS,
            Class::K | Class::G => THROAT,
            Class::L => 16,
            Class::M => 32,
            Class::N => 64,
            Class::R => 128,
            Class::Other => 256,
            Class::Vowel | Class::Weak => 0,
        },
    }
}

/// A consonant the Arabic article assimilates to.
pub(crate) fn is_sun(phone: u8) -> bool {
    matches!(
        phone,
        T | TAH | D | DAD | R | Z | ZAH | ZH | S | SAD | S_CED | SH | SHIN | TH | DH | L | N
    )
}

const UNKNOWN: [u8; 8] = [O0, O1, O2, O3, O4, O5, O6, O7];

/// The phones of a letter no table knows: three of eight by its number, so that different letters
/// stay different.
pub(crate) fn unknown(letter: char) -> [u8; 3] {
    let number = u32::from(letter);
    let digit = |shift: u32| UNKNOWN.get((number >> shift) as usize & 7).copied().unwrap_or(O0);
    [digit(0), digit(3), digit(6)]
}
