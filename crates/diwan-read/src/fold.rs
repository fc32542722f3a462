//! One plain spelling per word, for looking words up: no case, no accents, no Arabic variants.

use unicode_normalization::char::decompose_canonical;

/// Folds one word or name. Blanks stay, hyphens become blanks, apostrophes go.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_onto(&mut folded, text);
    folded
}

pub(crate) fn fold_onto(folded: &mut String, text: &str) {
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        folded.push_str(text);
        folded.make_ascii_lowercase();
        return;
    }
    for letter in text.chars() {
        push(folded, letter);
    }
}

fn push(folded: &mut String, letter: char) {
    match letter {
        'a'..='z' | '0'..='9' | ' ' => folded.push(letter),
        'A'..='Z' => folded.push(letter.to_ascii_lowercase()),
        '-' | '\u{2010}' | '\u{2011}' | '\u{a0}' | '\t' | '\n' | '\r' | '/' => folded.push(' '),
        // Apostrophes, the marks of hamza and ayn in transcriptions, full stops of short forms.
        '\'' | '’' | '‘' | 'ʿ' | 'ʾ' | '`' | '´' | 'ʼ' | 'ʻ' | '.' | '′' => {}
        // Tatweel and vowel signs.
        '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200c}'..='\u{200f}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
        'ى' | 'ی' | 'ئ' => folded.push('ي'),
        'ة' => folded.push('ه'),
        'ک' => folded.push('ك'),
        'ؤ' => folded.push('و'),
        // The other letters of Arabic stand for themselves.
        '\u{621}'..='\u{64a}' => folded.push(letter),
        'ı' | 'İ' => folded.push('i'),
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'ß' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'þ' | 'Þ' => folded.push_str("th"),
        'ə' | 'Ə' => folded.push('e'),
        _ => decomposed(folded, letter),
    }
}

fn decomposed(folded: &mut String, letter: char) {
    let mut base = None;
    decompose_canonical(letter, |part| {
        if base.is_none() {
            base = Some(part);
        }
    });
    let base = base.unwrap_or(letter);
    if ('\u{300}'..='\u{36f}').contains(&base) {
        return;
    }
    folded.extend(base.to_lowercase());
}
