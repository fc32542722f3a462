//! The consonant skeleton of a word: what stays the same when a name crosses scripts.
//!
//! Vowels are dropped and consonants fall into nine classes, wide enough that a class survives the
//! way from Arabic to Turkish to Hebrew: ق, ك, q, k and g are one class, ب, ف, b, p, f and v another,
//! and all that hisses a third.
//! Where a letter may stand for several classes (Latin c, Hebrew פ, Arabic ض) a word has up to six
//! readings, likeliest first.
//!
//! The classes are fixed by [`crate::keys::KEYS_VERSION`]: keys kept by partners are made of them,
//! so nothing here is learned and nothing changes without a new version.
//!
//! ```
//! use diwan_names::skeleton::readings;
//!
//! assert_eq!(readings("قصره"), ["KSR"]);
//! assert_eq!(readings("qasra"), ["KSR"]);
//! assert!(readings("cemal").contains(&"SML".to_owned())); // Turkish
//! assert_eq!(readings("جمال"), ["SML"]);
//! ```

/// At most so many readings of one word.
pub const READINGS_MAX: usize = 6;

/// A word longer than this is read up to here; the longest real ones have about 25 letters.
const LETTERS_MAX: usize = 40;

/// The readings of one word of a [`crate::normal::normal`] form, likeliest first, without
/// duplicates. A word without consonants has one empty reading.
#[must_use]
pub fn readings(word: &str) -> Vec<String> {
    let letters: Vec<char> =
        word.chars().filter(|c| c.is_alphabetic() || *c == '\'').take(LETTERS_MAX).collect();
    let mut readings = vec![String::new()];
    let mut at = 0;
    while at < letters.len() {
        let (length, classes) = sound(&letters, at);
        if !is_long(&letters, at, length) {
            readings = branch(&readings, classes);
        }
        at += length;
    }
    for reading in &mut readings {
        finish(reading);
    }
    let mut distinct: Vec<String> = Vec::with_capacity(readings.len());
    for reading in readings {
        if !distinct.contains(&reading) {
            distinct.push(reading);
        }
    }
    distinct
}

/// Whether the letter only lengthens the one before. Latin and Cyrillic write a long consonant
/// twice (mm, and ck, cq, sz, tt); Arabic and Hebrew write every letter they mean.
fn is_long(letters: &[char], at: usize, length: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| letters[before]) else { return false };
    let here = letters[at];
    let both = |set: &[char]| set.contains(&before) && set.contains(&here);
    length == 1
        && u32::from(here) < 0x530
        && (before == here || both(&['c', 'k', 'q']) || both(&['s', 'z']) || both(&['t', 'd']))
        || both(&['ד', 'ט'])
}

/// Every reading continued by every class, the likeliest of each first.
fn branch(readings: &[String], classes: &[&str]) -> Vec<String> {
    let mut out = Vec::with_capacity(READINGS_MAX);
    for class in classes {
        for reading in readings {
            if out.len() < READINGS_MAX {
                out.push(format!("{reading}{class}"));
            }
        }
    }
    out
}

/// A breath counts only as the first consonant: elsewhere one script writes it and another does not
/// (Hamah, Hama, חמה; Arundhati, ארונדהטי). N before p is written m or n.
fn finish(reading: &mut String) {
    if let Some(rest) = reading.get(1..).filter(|rest| rest.contains('H')) {
        *reading = format!("{}{}", &reading[..1], rest.replace('H', ""));
    }
    if reading.contains("NP") {
        *reading = reading.replace("NP", "MP");
    }
}

type Sound = (usize, &'static [&'static str]);

/// What the letters from `at` on sound like: how many of them, and their classes.
fn sound(letters: &[char], at: usize) -> Sound {
    let first = at == 0;
    let c = letters[at];
    match c {
        'a'..='z' | '\u{DF}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => latin(&letters[at..], first),
        '\u{5D0}'..='\u{5EA}' => hebrew(&letters[at..], first),
        '\u{400}'..='\u{52F}' => (1, cyrillic(c, first)),
        _ => (1, arabic(c, first)),
    }
}

fn latin(rest: &[char], first: bool) -> Sound {
    let next = |ahead: usize| rest.get(ahead).copied().unwrap_or(' ');
    match (bare(rest[0]), next(1), next(2)) {
        ('t', 's', 'c') if next(3) == 'h' => (4, &["S"]),
        ('s', 'c', 'h') | ('t', 'c', 'h') => (3, &["S"]),
        ('d', 'z', 'h') => (3, &["S"]),
        ('s' | 'z', 'h', _) | ('d', 'j', _) => (2, &["S"]),
        ('c', 'h', _) => (2, &["S", "H", "K"]),
        ('c', 'k', _) => (2, &["K"]),
        ('k', 'h', _) => (2, &["H", "K"]),
        ('g', 'h', _) => (2, &["K", ""]),
        ('p', 'h', _) => (2, &["P"]),
        ('t', 'h', _) => (2, &["T"]),
        ('d', 'h', _) => (2, &["T", "S"]),
        // A silent h: John, Whitman, Rhodes.
        ('o', 'h', 'n') => (3, &["N"]),
        ('w', 'h', _) if first => (2, &["P"]),
        ('r', 'h', _) if first => (2, &["R"]),
        ('t', 's' | 'z', _) => (2, &["S", "TS"]),
        (letter, after, _) => (1, latin_letter(rest[0], letter, after, first)),
    }
}

fn latin_letter(written: char, letter: char, after: char, first: bool) -> &'static [&'static str] {
    match written {
        // Turkish and Kurdish sh; in romanised Arabic the heavy s.
        'ş' => return &["S"],
        'š' | 'ç' | 'č' | 'ž' | 'ć' => return &["S"],
        'ğ' => return &["", "K"],
        'ḑ' | 'ḍ' => return &["T", "S"],
        'þ' | 'ð' => return &["T"],
        _ => {}
    }
    match letter {
        'b' | 'p' => &["P"],
        'f' => &["P"],
        'v' if first => &["P"],
        'v' => &["P", ""],
        'w' if first => &["P"],
        'w' => &["", "P"],
        'd' | 't' => &["T"],
        's' | 'z' => &["S"],
        'c' if matches!(bare(after), 'e' | 'i' | 'y') => &["S", "K"],
        'c' => &["K", "S"],
        'j' if first => &["S"],
        'j' => &["S", ""],
        'g' if matches!(bare(after), 'e' | 'i' | 'y') => &["S", "K"],
        'g' => &["K", "S"],
        'k' | 'q' => &["K"],
        // Kurdish kh; elsewhere ks.
        'x' if first => &["H", "KS"],
        'x' => &["KS", "H"],
        'h' => &["H"],
        'l' => &["L"],
        'm' => &["M"],
        'n' => &["N"],
        'r' => &["R"],
        'y' if first => &["S"],
        _ => &[""],
    }
}

/// The letter without its marks.
fn bare(c: char) -> char {
    match c {
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ß' => 's',
        c if c.is_ascii() => c,
        c => {
            let mut base = c;
            unicode_normalization::char::decompose_canonical(c, |part| {
                if part.is_ascii() {
                    base = part;
                }
            });
            base
        }
    }
}

fn arabic(c: char, first: bool) -> &'static [&'static str] {
    match c {
        'ب' | 'پ' => &["P"],
        'ف' | 'ڤ' | 'ۋ' => &["P"],
        'ت' | 'د' | 'ط' | 'ٹ' | 'ڈ' => &["T"],
        'ث' | 'ذ' | 'ض' => &["T", "S"],
        'ظ' => &["S", "T"],
        'س' | 'ز' | 'ص' => &["S"],
        'ش' | 'ج' | 'چ' | 'ژ' => &["S"],
        'ح' | 'خ' | 'ه' => &["H"],
        'ق' | 'ك' | 'گ' => &["K"],
        'غ' => &["K", ""],
        'ل' | 'ڵ' => &["L"],
        'م' => &["M"],
        'ن' => &["N"],
        'ر' | 'ڕ' | 'ڑ' => &["R"],
        'و' if first => &["P"],
        'ي' if first => &["S"],
        _ => &[""],
    }
}

fn hebrew(rest: &[char], first: bool) -> Sound {
    if rest[0] == 'ט' && rest.get(1) == Some(&'ש') {
        return (2, &["S", "TS"]);
    }
    if rest[0] == 'ו' && rest.get(1) == Some(&'ו') {
        return (2, if first { &["P"] } else { &["P", ""] });
    }
    let marked = rest.get(1) == Some(&'\'');
    let classes: &[&str] = match (rest[0], marked) {
        ('ג' | 'ז' | 'צ' | 'ץ', true) => &["S"],
        ('ח' | 'כ' | 'ך', true) => &["H"],
        ('ר' | 'ע', true) => &["K", ""],
        ('ד' | 'ת' | 'ט', true) => &["T", "S"],
        ('ב', _) if first => &["P"],
        ('ב', _) => &["P", ""],
        ('פ' | 'ף', _) => &["P"],
        ('ד' | 'ט' | 'ת', _) => &["T"],
        ('ס' | 'ז' | 'צ' | 'ץ', _) => &["S"],
        ('ש', _) => &["S"],
        ('ח' | 'ה', _) => &["H"],
        ('ך', _) => &["H", "K"],
        ('כ', _) => &["K", "H"],
        ('ק' | 'ג', _) => &["K"],
        ('ל', _) => &["L"],
        ('מ' | 'ם', _) => &["M"],
        ('נ' | 'ן', _) => &["N"],
        ('ר', _) => &["R"],
        ('ו', _) if first => &["P"],
        ('י', _) if first => &["S", ""],
        _ => &[""],
    };
    (1, classes)
}

fn cyrillic(c: char, first: bool) -> &'static [&'static str] {
    match c {
        'б' | 'п' => &["P"],
        'ф' => &["P"],
        'в' if first => &["P"],
        'в' => &["P", ""],
        'д' | 'т' => &["T"],
        'з' | 'с' => &["S"],
        'ц' => &["S", "TS"],
        'ж' | 'ч' | 'ш' | 'щ' => &["S"],
        'х' | 'һ' | 'ҳ' => &["H"],
        'к' | 'қ' | 'ґ' => &["K"],
        'г' | 'ғ' => &["K", "H"],
        'л' => &["L"],
        'м' => &["M"],
        'н' => &["N"],
        'р' => &["R"],
        'й' | 'ю' | 'я' if first => &["S"],
        _ => &[""],
    }
}
