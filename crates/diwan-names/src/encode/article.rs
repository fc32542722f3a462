//! Articles, before a name and written as part of it.

use super::{After, Word};
use crate::letter::Script;
use crate::phone::*;
use crate::sound::READ;

/// A word that is an article: its vowel and whether it ends in l.
pub(super) fn apart(
    word: &Word,
    letters: &[u8],
    next: Option<(Script, &[u8])>,
) -> Option<(u8, bool)> {
    let (script, following) = next?;
    if script != word.script {
        return None;
    }
    match (script, letters) {
        (Script::Arabic, [first, second]) if *first == READ + ALEF && *second == READ + L => {
            Some((ALEF_FIRST, true))
        }
        (Script::Hebrew, [first]) if *first == READ + ALEF => Some((ALEF_FIRST, true)),
        (Script::Hebrew, [first, second]) if *first == READ + ALEF && *second == READ + L => {
            Some((ALEF_FIRST, true))
        }
        (Script::Hebrew, [first]) if *first == READ + H && word.after == After::Hyphen => {
            Some((H, false))
        }
        (Script::Latin, [vowel, b'l']) => latin_vowel(*vowel).map(|vowel| (vowel, true)),
        (Script::Latin, [vowel, rest @ ..]) if rest.len() == 1 || rest.len() == 2 => {
            // `Ett Tell`, `Enn Naoura`.
            let rest = if let [one, other] = rest
                && one == other
            {
                &rest[1..]
            } else {
                rest
            };
            let agrees = following.starts_with(rest) && following.len() > rest.len();
            latin_vowel(*vowel).filter(|_| agrees && begins_sun(rest)).map(|vowel| (vowel, false))
        }
        _ => None,
    }
}

fn begins_sun(letters: &[u8]) -> bool {
    // `Ech Chahba` in French.
    letters == b"ch"
        || letters.first().is_some_and(|first| match *first {
            b's' | b'z' | b'd' | b'r' | b'n' | b't' | b'l' => true,
            other => other >= READ && is_sun(other - READ),
        })
}

fn latin_vowel(letter: u8) -> Option<u8> {
    Some(match letter {
        b'a' => A,
        b'e' => E,
        b'i' => I,
        b'o' => O,
        b'u' => U,
        _ => return None,
    })
}

/// The article written as part of the word, and the word without it.
pub(super) fn attached(script: Script, letters: &[u8]) -> (Option<(u8, bool)>, &[u8]) {
    const PLAIN: [u8; 2] = [READ + ALEF, READ + L];
    const SORANI: [u8; 3] = [READ + HAMZA, READ + E, READ + L];
    const GOD: [u8; 3] = [READ + ALEF, READ + L, READ + L];
    if script == Script::Arabic {
        if letters.len() >= 4
            && !(letters.starts_with(&GOD) && letters.len() < 5)
            && let Some(rest) = letters.strip_prefix(&PLAIN)
        {
            return (Some((ALEF_FIRST, true)), rest);
        }
        if letters.len() >= 6
            && let Some(rest) = letters.strip_prefix(&SORANI)
        {
            return (Some((E, true)), rest);
        }
    }
    (None, letters)
}
