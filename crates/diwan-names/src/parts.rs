//! The parts of a name: which words carry it, and which are articles, kunyas, filiation.
//!
//! Arabic names are written with their small words apart, joined or left out: Abd al-Rahman,
//! Abdurrahman, عبدالرحمن; Salah al-Din, Selahattin, صلاح الدين; eş-Şara, al-Sharaa, الشرع.
//! Parts bring these to one form, so that keys and search see the same words.
//!
//! ```
//! use diwan_names::parts::{Role, parts};
//!
//! let words = |name: &str| parts(name).into_iter().map(|part| part.text).collect::<Vec<_>>();
//! assert_eq!(words("Ahmed eş-Şara"), ["ahmed", "şara"]);
//! assert_eq!(words("عبد الرحمن"), words("عبدالرحمن"));
//! assert_eq!(words("Abd al-Rahman"), words("Abdul Rahman"));
//! assert_eq!(parts("Murhaf Abu Qasra")[1].role, Role::Kunya);
//! ```

use crate::normal::{is_hebrew, normal};

/// One word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// In normal form, without its article; compounds with abd, din and allah are one word.
    pub text: String,
    /// What it does in the name.
    pub role: Role,
    /// Whether an article stood before it.
    pub article: bool,
}

/// What a word does in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Carries the name.
    Name,
    /// Abu, umm: the next word is a child's, or a family's.
    Kunya,
    /// Bin, ibn, bint: the next word is the father's.
    Filiation,
    /// A single letter for a longer word.
    Initial,
    /// Digits.
    Number,
}

/// The parts of a name in order. Any text is taken; a text without letters and digits has none.
#[must_use]
pub fn parts(name: &str) -> Vec<Part> {
    let normal = normal(name);
    let words: Vec<String> = words(&normal);
    let mut parts: Vec<Part> = Vec::with_capacity(words.len());
    let mut article = false;
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).map(String::as_str);
        if let Some(next) = next
            && is_article(word, next)
        {
            article = true;
            continue;
        }
        let (bare, attached) = without_article(word);
        take(&mut parts, bare, next, article || attached);
        article = false;
    }
    parts
}

/// Adds a word, or joins it to the word before when the two are one name.
fn take(parts: &mut Vec<Part>, word: &str, next: Option<&str>, article: bool) {
    if let Some(before) = parts.last_mut()
        && before.role == Role::Name
        && (is_servant(&before.text) || ends_compound(word))
    {
        if is_servant(&before.text) {
            before.text = servant_of(&before.text).to_owned();
        }
        // The blank keeps d of abd and h of Hamid from being read as one letter, dh.
        before.text.push(' ');
        before.text.push_str(compound_end(word));
        return;
    }
    let role = if word.chars().all(|c| c.is_ascii_digit()) {
        Role::Number
    } else if next.is_some() && KUNYA.contains(&word) {
        Role::Kunya
    } else if FILIATION.contains(&word) && !parts.is_empty() && next.is_some() {
        Role::Filiation
    } else if word.chars().count() == 1 && word.is_ascii() {
        Role::Initial
    } else {
        Role::Name
    };
    parts.push(Part { text: compound(word), role, article });
}

fn words(normal: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in normal.chars() {
        let Some(word) = words.last_mut() else { break };
        match c {
            '\'' if word.ends_with(is_hebrew) => word.push(c),
            '\'' => {}
            c if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) => {
                word.push(c);
            }
            _ if word.is_empty() => {}
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a word is the article of the next one: al before anything, a sun letter's form before
/// that letter (ash-Sharaa, eş-Şara, ez-Zor), Hebrew א before a letter that doubles.
fn is_article(word: &str, next: &str) -> bool {
    let starts = |with: &[&str]| with.iter().any(|letters| next.starts_with(letters));
    match word {
        "al" | "el" | "ul" | "il" | "ال" | "ەل" | "אל" => true,
        "as" | "es" | "aş" | "eş" | "us" | "ass" | "ess" => starts(&["s", "ş", "ṣ", "š"]),
        "ash" | "esh" | "ach" | "ech" | "ush" => starts(&["sh", "ch", "ş"]),
        "ad" | "ed" | "ud" | "adh" | "edh" | "aḑ" => starts(&["d", "ḍ", "ḑ"]),
        "ar" | "er" | "ur" => starts(&["r"]),
        "at" | "et" | "ut" | "ath" | "eth" | "aţ" | "ut̤" => starts(&["t", "ţ", "ṭ"]),
        "az" | "ez" | "uz" | "az̧" => starts(&["z", "ẓ"]),
        "an" | "en" | "un" => starts(&["n"]),
        "א" | "ה" => next.chars().count() >= 2,
        _ => false,
    }
}

/// The word without an attached article, when enough of it stays (الشرع, not الله or الي).
fn without_article(word: &str) -> (&str, bool) {
    for article in ["ال", "ەل"] {
        if let Some(rest) = word.strip_prefix(article)
            && rest.chars().count() >= 3
            && rest != "له"
        {
            return (rest, true);
        }
    }
    (word, false)
}

const KUNYA: [&str; 21] = [
    "abu", "abou", "aboo", "abi", "aba", "ebu", "ebû", "ebi", "umm", "um", "oum", "omm", "ümmü",
    "ummu", "ابو", "ابي", "ابا", "ام", "ەبو", "אבו", "אום",
];

const FILIATION: [&str; 14] = [
    "bin", "ibn", "ben", "bn", "bint", "binte", "bent", "bnt", "ebn", "بن", "ابن", "بنت", "בן",
    "בת",
];

const SERVANT: [&str; 17] = [
    "abd",
    "abdul",
    "abdal",
    "abdel",
    "abdol",
    "abdoul",
    "abdu",
    "abdur",
    "abdus",
    "abdül",
    "abdil",
    "abdulla",
    "ebdul",
    "evd",
    "عبد",
    "ەبدول",
    "עבד",
];

fn is_servant(word: &str) -> bool {
    SERVANT.contains(&word)
}

fn servant_of(word: &str) -> &str {
    match word {
        "عبد" | "עבד" => word,
        "ەبدول" => "عبد",
        _ => "abd",
    }
}

/// The word with what is a compound in it set apart: عبد القادر of عبدالقادر, نصر اله of نصرالله.
fn compound(word: &str) -> String {
    if let Some(rest) = word.strip_suffix("الله")
        && rest.chars().count() >= 2
    {
        return format!("{rest} اله");
    }
    joined_servant(word)
}

/// Abdulkadir, Abdelkader, Abdurrahman, عبدالقادر: the article inside goes.
fn joined_servant(word: &str) -> String {
    for (start, servant) in [("عبدال", "عبد"), ("ەبدول", "عبد"), ("עבדאל", "עבד")]
    {
        if let Some(rest) = word.strip_prefix(start)
            && rest.chars().count() >= 3
        {
            return format!("{servant} {rest}");
        }
    }
    for start in ["abdul", "abdel", "abdal", "abdol", "abdoul", "abdül", "abdil", "ebdul", "ebdil"]
    {
        if let Some(rest) = word.strip_prefix(start)
            && rest.chars().count() >= 3
            && !rest.starts_with(['l', 'a'])
        {
            return format!("abd {rest}");
        }
    }
    word.to_owned()
}

/// Din and Allah close a compound: Salah al-Din, Nasr Allah.
fn ends_compound(word: &str) -> bool {
    matches!(
        word,
        "din"
            | "deen"
            | "dine"
            | "eddin"
            | "eddine"
            | "uddin"
            | "ud"
            | "aldin"
            | "addin"
            | "aldeen"
            | "eddeen"
            | "addeen"
            | "aldiyn"
            | "دين"
            | "الدين"
            | "ەلدين"
            | "דין"
            | "allah"
            | "ullah"
            | "ollah"
            | "alla"
            | "الله"
            | "لله"
            | "אללה"
    )
}

fn compound_end(word: &str) -> &str {
    match word {
        "deen" | "dine" | "eddin" | "eddine" | "uddin" | "aldin" | "addin" | "aldeen"
        | "eddeen" | "addeen" | "aldiyn" => "din",
        "الدين" | "ەلدين" => "دين",
        "ullah" | "ollah" | "alla" => "allah",
        // Readers of other scripts hear one l.
        "الله" | "لله" => "اله",
        word => word,
    }
}

/// How a name uses a kunya.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KunyaUse {
    /// The whole name, or its beginning: called after a child, or a nom de guerre (Abu Omar).
    Calling,
    /// After a given name: a family's name (Murhaf Abu Qasra).
    Family,
    /// A given name that merely looks like one (Abu Bakr, Ümmügülsüm).
    Given,
}

/// A kunya inside a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kunya {
    /// The word after abu or umm, in normal form without its article.
    pub of: String,
    /// How it is used, as far as its place in the name tells.
    pub used: KunyaUse,
}

/// The first kunya of a name, if it has one.
///
/// ```
/// use diwan_names::parts::{KunyaUse, kunya};
///
/// assert_eq!(kunya("أبو عمر الشيشاني").map(|kunya| kunya.used), Some(KunyaUse::Calling));
/// assert_eq!(kunya("Mourhaf Abou Qasra").map(|kunya| kunya.used), Some(KunyaUse::Family));
/// assert_eq!(kunya("Ebu Bekir").map(|kunya| kunya.used), Some(KunyaUse::Given));
/// assert_eq!(kunya("Ahmad Hasan"), None);
/// ```
#[must_use]
pub fn kunya(name: &str) -> Option<Kunya> {
    let parts = parts(name);
    let at = parts.iter().position(|part| part.role == Role::Kunya)?;
    let of = parts.get(at + 1)?;
    let used = if GIVEN_KUNYA.contains(&of.text.as_str()) {
        KunyaUse::Given
    } else if at == 0 {
        KunyaUse::Calling
    } else {
        KunyaUse::Family
    };
    Some(Kunya { of: of.text.clone(), used })
}

/// Children of kunyas that are given to newborn children as a whole.
const GIVEN_KUNYA: [&str; 10] =
    ["bakr", "bakar", "bekir", "bekr", "bakir", "بكر", "בכר", "talib", "talip", "gülsüm"];
