//! The words of a page, each with its folded spelling and what stands before it.

use smol_str::SmolStr;

use crate::fold::fold_onto;
use crate::letters::{is_letter, is_letter_or_digit};
use crate::{Language, Page, Span};

/// What stands between a word and the one before it, the strongest mark of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    None,
    Space,
    Hyphen,
    Apostrophe,
    /// A full stop inside a sentence: "Gen. Huneiti".
    Dot,
    Quote,
    Slash,
    Comma,
    Open,
    Close,
    Other,
    /// The word opens a sentence.
    Sentence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Lower,
    /// A capital first.
    Title,
    /// Capitals only, two or more.
    Capitals,
    /// A script without capitals.
    Plain,
    Number,
    /// What follows the apostrophe of a Turkish name, or a possessive `s`.
    Suffix,
}

#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) span: Span,
    pub(crate) fold: SmolStr,
    pub(crate) shape: Shape,
    pub(crate) gap: Gap,
    pub(crate) sentence: usize,
}

impl Token {
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Capitals)
    }

    /// Joined to the word before as one name may be.
    pub(crate) fn is_joined(&self) -> bool {
        matches!(self.gap, Gap::None | Gap::Space | Gap::Hyphen | Gap::Apostrophe)
    }
}

pub(crate) fn tokens(page: &Page) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(page.text.len() / 5);
    // A word is folded here first: a short one then needs no memory of its own.
    let mut spare = String::new();
    for (nth, sentence) in page.sentences.iter().enumerate() {
        let mut at = sentence.start;
        let mut first = true;
        while let Some((start, end)) = next_word(&page.text, at, sentence.end, page.language) {
            let gap = match first {
                true => Gap::Sentence,
                false => gap(&page.text[at..start]),
            };
            let word = &page.text[start..end];
            let suffix = gap == Gap::Apostrophe
                && start == at + apostrophe_len(&page.text[at..start])
                && (page.language == Language::Turkish || matches!(word, "s" | "S"));
            // Nearly every word: small letters, which fold to themselves.
            let plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
            let shape = match (suffix, plain) {
                (true, _) => Shape::Suffix,
                (_, true) => Shape::Lower,
                _ => shape(word),
            };
            let fold = match plain {
                true => SmolStr::new(word),
                false => {
                    spare.clear();
                    fold_onto(&mut spare, word);
                    SmolStr::new(&spare)
                }
            };
            tokens.push(Token { span: Span { start, end }, fold, shape, gap, sentence: nth });
            first = false;
            at = end;
        }
    }
    tokens
}

fn apostrophe_len(gap: &str) -> usize {
    gap.chars()
        .next()
        .filter(|letter| is_apostrophe(*letter))
        .map_or(usize::MAX / 2, char::len_utf8)
}

const fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '′' | 'ʿ' | 'ʾ')
}

fn is_word(letter: char) -> bool {
    is_letter_or_digit(letter)
        || matches!(letter, '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
        || matches!(letter, '\u{200c}' | '\u{200d}')
}

/// The next word from a place on.
fn next_word(text: &str, from: usize, stop: usize, language: Language) -> Option<(usize, usize)> {
    let (skip, _) =
        text[from..stop].char_indices().find(|(_, letter)| is_letter_or_digit(*letter))?;
    let start = from + skip;
    // Nearly every word: plain letters up to a blank.
    let plain = text.as_bytes()[start..stop].iter().take_while(|byte| byte.is_ascii_alphabetic());
    let end = start + plain.count();
    if end > start && matches!(text.as_bytes()[..stop].get(end), None | Some(b' ')) {
        return Some((start, end));
    }
    let mut letters = text[start..stop].char_indices().peekable();
    let mut end = start;
    let mut digits = true;
    while let Some((at, letter)) = letters.next() {
        if is_word(letter) {
            digits &= !is_letter(letter) && letter.is_numeric();
            end = start + at + letter.len_utf8();
            continue;
        }
        let next = letters.peek().map(|(_, next)| *next);
        let so_far = &text[start..end];
        let joins = match letter {
            // 1,000 and 3.5
            ',' | '٬' if digits => is_thousands(&text[start + at + letter.len_utf8()..stop]),
            '.' | '٫' if digits => next.is_some_and(char::is_numeric),
            // U.S. and D.C.
            '.' => is_initials(so_far) && next.is_some_and(char::is_uppercase),
            letter if is_apostrophe(letter) => {
                inside(language, so_far, &text[start + at + letter.len_utf8()..stop])
            }
            _ => false,
        };
        if !joins {
            if letter == '.' && so_far.contains('.') && is_initials(so_far) {
                end += 1;
            }
            break;
        }
    }
    Some((start, end))
}

/// Three digits and no fourth.
fn is_thousands(after: &str) -> bool {
    after.chars().take_while(|letter| letter.is_numeric()).count() == 3
}

/// An apostrophe that belongs to the word: Ma'rib, N'Djamena, not Syria's or Ankara'da.
fn inside(language: Language, before: &str, after: &str) -> bool {
    let rest: String = after.chars().take_while(|letter| letter.is_alphabetic()).collect();
    if rest.is_empty() || language == Language::Turkish {
        return false;
    }
    !matches!(rest.to_lowercase().as_str(), "s" | "t" | "re" | "ve" | "ll" | "d" | "m")
        || before.chars().count() == 1 && rest.chars().count() > 2
}

/// Single capitals with full stops between them.
fn is_initials(word: &str) -> bool {
    !word.is_empty()
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
        })
}

fn gap(between: &str) -> Gap {
    if between == " " {
        return Gap::Space;
    }
    let mark = |letter: char| match letter {
        ' ' | '\u{a0}' | '\n' | '\t' | '\r' => Gap::Space,
        '-' | '‐' | '‑' => Gap::Hyphen,
        letter if is_apostrophe(letter) => Gap::Apostrophe,
        '.' => Gap::Dot,
        '"' | '“' | '”' | '«' | '»' => Gap::Quote,
        '/' => Gap::Slash,
        ',' | '،' => Gap::Comma,
        '(' | '[' => Gap::Open,
        ')' | ']' => Gap::Close,
        _ => Gap::Other,
    };
    let spaced_dash = between.trim() != between && matches!(between.trim(), "-" | "--");
    if spaced_dash { Gap::Other } else { between.chars().map(mark).max().unwrap_or(Gap::None) }
}

fn shape(word: &str) -> Shape {
    if word.starts_with(|letter: char| ('\u{621}'..='\u{64a}').contains(&letter)) {
        return Shape::Plain;
    }
    let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
    let Some(first) = letters.next() else { return Shape::Number };
    if word.starts_with(char::is_numeric) && !first.is_uppercase() {
        return Shape::Number;
    }
    if first.is_uppercase() {
        let second = letters.next();
        let capitals = second.into_iter().chain(letters).all(|letter| !letter.is_lowercase());
        return if second.is_some() && capitals { Shape::Capitals } else { Shape::Title };
    }
    if first.is_lowercase() { Shape::Lower } else { Shape::Plain }
}
