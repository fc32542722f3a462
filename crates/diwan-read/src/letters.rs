//! What a letter is, told without the tables of Unicode wherever that can be.

/// A letter; those of Latin and Arabic are known without a look into the tables of Unicode.
pub(crate) fn is_letter(letter: char) -> bool {
    match letter {
        letter if letter.is_ascii() => letter.is_ascii_alphabetic(),
        '\u{621}'..='\u{64a}' => true,
        '\u{c0}'..='\u{24f}' => !matches!(letter, '×' | '÷'),
        // Dashes and quotation marks.
        '\u{2000}'..='\u{206f}' => false,
        letter => letter.is_alphabetic(),
    }
}

/// A letter or a digit.
pub(crate) fn is_letter_or_digit(letter: char) -> bool {
    is_letter(letter)
        || if letter.is_ascii() { letter.is_ascii_digit() } else { letter.is_alphanumeric() }
}

/// The small letter, where that is plain: of Latin without accents; Arabic has no other.
pub(crate) fn plain_lower(letter: char) -> Option<char> {
    match letter {
        letter if letter.is_ascii() => Some(letter.to_ascii_lowercase()),
        '\u{621}'..='\u{64a}' => Some(letter),
        _ => None,
    }
}

/// A text in small letters.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match plain_lower(letter) {
            Some(letter) => out.push(letter),
            None => out.extend(letter.to_lowercase()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_those_of_unicode() {
        for letter in (0..0x3000).filter_map(char::from_u32) {
            let text = format!("a{letter}b");
            assert_eq!(lower(&text), text.to_lowercase(), "{letter:?}");
        }
    }

    #[test]
    fn letters_are_those_of_unicode() {
        for letter in (0..0x3000).filter_map(char::from_u32) {
            assert_eq!(is_letter(letter), letter.is_alphabetic(), "{letter:?}");
            assert_eq!(is_letter_or_digit(letter), letter.is_alphanumeric(), "{letter:?}");
        }
    }
}
