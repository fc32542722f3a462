//! Names that look alike on a screen: the skeleton of Unicode Technical Standard 39.
//!
//! Two identities (partners, users, units, handling codes) whose skeletons are equal cannot be
//! told apart by eye; the second one should be refused. Spelling variants of one name are another
//! matter: see [`crate::keys`].
//!
//! ```
//! use diwan_names::confusable::{Confusion, compare, look_alike};
//!
//! assert!(look_alike("Ali", "Аli")); // the second begins with a Cyrillic letter
//! assert!(look_alike("Ali", "Al\u{200C}i"));
//! assert!(!look_alike("Ali", "Alia"));
//! assert_eq!(compare("Ali", "Аli"), Some(Confusion::OtherLetters));
//! ```

use std::collections::BTreeMap;

use unicode_security::MixedScript as _;
use unicode_security::confusable_detection::skeleton as letters_of;

use crate::display::{has_invisible, stripped};

/// What a name looks like. Equal skeletons look alike; a skeleton is for comparing, never for
/// showing.
///
/// Invisible characters are taken out first, which the standard's own skeleton does not do for
/// direction marks. Letter case and the number of blanks do not tell identities apart.
#[must_use]
pub fn skeleton(name: &str) -> String {
    let visible = stripped(name);
    let looks: String = letters_of(&visible).collect();
    let lowered = looks.to_lowercase();
    // A capital I looks like l, and is the same letter as i once case is gone; so all three are one.
    let looks = letters_of(&lowered).collect::<String>().replace('i', "l");
    looks.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two names look the same.
#[must_use]
pub fn look_alike(a: &str, b: &str) -> bool {
    skeleton(a) == skeleton(b)
}

/// In what two names differ that look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confusion {
    /// They are the same bytes.
    Same,
    /// Only in capitals or blanks.
    Capitals,
    /// Only in characters that cannot be seen.
    Invisible,
    /// In letters that look the same, often of another script.
    OtherLetters,
}

/// How a name could be taken for another; `None` when it looks different.
#[must_use]
pub fn compare(a: &str, b: &str) -> Option<Confusion> {
    if a == b {
        return Some(Confusion::Same);
    }
    if !look_alike(a, b) {
        return None;
    }
    let folded = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    if folded(a) == folded(b) {
        Some(Confusion::Capitals)
    } else if folded(&stripped(a)) == folded(&stripped(b)) {
        Some(Confusion::Invisible)
    } else {
        Some(Confusion::OtherLetters)
    }
}

/// Whether two names look the same and are not.
#[must_use]
pub fn is_disguise(a: &str, b: &str) -> bool {
    matches!(compare(a, b), Some(Confusion::Invisible | Confusion::OtherLetters))
}

/// Why an identity should be looked at twice even when it resembles no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// It holds characters that cannot be seen.
    Invisible,
    /// It mixes scripts inside one word, as in a Latin word with one Cyrillic letter.
    MixedScripts,
}

/// What is doubtful about an identity by itself.
///
/// ```
/// use diwan_names::confusable::{Doubt, doubts};
///
/// assert_eq!(doubts("Аli"), [Doubt::MixedScripts]);
/// assert_eq!(doubts("Ali علي"), []); // each word has one script
/// ```
#[must_use]
pub fn doubts(name: &str) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if has_invisible(name) {
        doubts.push(Doubt::Invisible);
    }
    if !stripped(name).split_whitespace().all(|word| word.is_single_script()) {
        doubts.push(Doubt::MixedScripts);
    }
    doubts
}

/// The identities that are taken, to ask whether a new one resembles any of them.
///
/// ```
/// use diwan_names::confusable::Taken;
///
/// let mut taken = Taken::default();
/// taken.insert("LEVANT");
/// assert_eq!(taken.resembling("LEVΑNT"), Some("LEVANT")); // a Greek Alpha
/// assert_eq!(taken.resembling("MAGHREB"), None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Taken(BTreeMap<String, String>);

impl Taken {
    /// Adds an identity; the first of several that look alike stays.
    pub fn insert(&mut self, name: &str) {
        self.0.entry(skeleton(name)).or_insert_with(|| name.to_owned());
    }

    /// The identity that the name would be taken for.
    #[must_use]
    pub fn resembling(&self, name: &str) -> Option<&str> {
        self.0.get(&skeleton(name)).map(String::as_str)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Taken {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        let mut taken = Self::default();
        names.into_iter().for_each(|name| taken.insert(name.as_ref()));
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: Option<Confusion>) {
        assert_eq!(compare(a, b), expected, "{a:?} beside {b:?}");
        assert_eq!(compare(b, a), expected, "{b:?} beside {a:?}");
    }

    #[test]
    fn attack_118_letters_of_another_script() {
        check("Ali", "Аli", Some(Confusion::OtherLetters)); // Cyrillic А
        check("LEVANT", "LEVΑNT", Some(Confusion::OtherLetters)); // Greek Α
        check("paypal", "раураl", Some(Confusion::OtherLetters)); // Cyrillic р а у
        check("CAIRO", "CAlRO", Some(Confusion::OtherLetters)); // a small L
        check("عبدالله", "عبدالله\u{65F}", None); // a vowel sign is seen
        check("يحيى", "یحیی", Some(Confusion::OtherLetters)); // Arabic and Persian yeh
    }

    #[test]
    fn attack_118_what_cannot_be_seen() {
        for c in
            ['\u{202E}', '\u{202A}', '\u{2066}', '\u{200B}', '\u{200C}', '\u{FE0F}', '\u{E0041}']
        {
            check("Ali", &format!("A{c}li"), Some(Confusion::Invisible));
            check("Ali", &format!("Ali{c}"), Some(Confusion::Invisible));
        }
    }

    #[test]
    fn attack_118_capitals_and_blanks_are_no_other_identity() {
        check("unit 7", "Unit  7", Some(Confusion::Capitals));
        check("CAIRO", "cairo", Some(Confusion::Capitals));
        check("unit 7", "unit 8", None);
        check("Ali", "Alia", None);
        check("Ali", "Ali", Some(Confusion::Same));
    }
}
