//! What a letter is, told without the tables of Unicode wherever that can be.

/// A letter; those of plain Latin and Arabic are known without a look into the tables of Unicode.
pub(crate) fn is_letter(letter: char) -> bool {
    match letter {
        '\u{621}'..='\u{64a}' => true,
        letter if letter.is_ascii() => letter.is_ascii_alphabetic(),
        letter => letter.is_alphabetic(),
    }
}

/// A letter or a digit.
pub(crate) fn is_letter_or_digit(letter: char) -> bool {
    is_letter(letter)
        || if letter.is_ascii() { letter.is_ascii_digit() } else { letter.is_alphanumeric() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_unicode() {
        for letter in (0..0x3000).filter_map(char::from_u32) {
            assert_eq!(is_letter(letter), letter.is_alphabetic(), "{letter:?}");
            assert_eq!(is_letter_or_digit(letter), letter.is_alphanumeric(), "{letter:?}");
        }
    }
}
