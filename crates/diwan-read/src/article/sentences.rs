//! Where sentences end.

use super::Block;
use crate::Span;

/// Words whose full stop does not end a sentence.
const SHORT_FORMS: &[&str] = &[
    "md", "mohd", "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "gen", "lt", "col", "maj",
    "capt", "sgt", "cmdr", "brig", "adm", "rev", "hon", "rep", "sen", "gov", "pres", "amb", "sec",
    "supt", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
    "no", "nos", "vs", "etc", "inc", "ltd", "co", "corp", "e.g", "i.e", "approx", "fig", "art",
    "ave", "mt", "ft", "av", "dr", "doç", "yrd", "alb", "org", "tuğg", "mah",
];

/// Words that open a sentence after initials such as "U.S.".
const STARTERS: &[&str] = &[
    "The",
    "He",
    "She",
    "It",
    "They",
    "In",
    "On",
    "But",
    "A",
    "An",
    "At",
    "His",
    "Her",
    "This",
    "That",
    "We",
    "If",
    "As",
    "However",
    "Meanwhile",
    "After",
    "Its",
    "There",
    "When",
    "While",
    "For",
    "And",
];

/// Ends a sentence at its mark and what closes behind it, and every block at its end.
pub(super) fn split(text: &str, blocks: &[Block]) -> Vec<Span> {
    let mut sentences = Vec::new();
    for block in blocks {
        let mut start = block.span.start;
        let line = &text[block.span.start..block.span.end];
        // The first bytes of the marks, so that other letters need not be read.
        let may_end =
            |at: &usize| matches!(line.as_bytes()[*at], b'.' | b'!' | b'?' | 0xd8 | 0xdb | 0xe2);
        for at in (0..line.len()).filter(may_end) {
            let mark = line[at..].chars().next().unwrap_or_default();
            let at = block.span.start + at;
            if at < start || !matches!(mark, '.' | '!' | '?' | '؟' | '…' | '۔') {
                continue;
            }
            let Some(end) = end_after(text, start, at, mark, block.span.end) else { continue };
            sentences.push(Span { start, end });
            start = end + (text[end..].len() - text[end..].trim_start().len());
        }
        if start < block.span.end {
            sentences.push(Span { start, end: block.span.end });
        }
    }
    sentences
}

fn end_after(text: &str, start: usize, at: usize, mark: char, stop: usize) -> Option<usize> {
    let rest = &text[at + mark.len_utf8()..stop];
    let closing = rest.trim_start_matches(['"', '”', '’', '\'', '»', ')', ']', '.', '!', '?', '؟']);
    let end = stop - closing.len();
    let next = closing.trim_start();
    if next.is_empty() || next.len() == closing.len() {
        return next.is_empty().then_some(end);
    }
    let first = next
        .trim_start_matches(['"', '“', '‘', '\'', '«', '(', '[', '`', '-', '–', '—', ' '])
        .chars()
        .next()?;
    if first.is_lowercase() && end == at + mark.len_utf8()
        || (mark == '.' && is_short(text, start, at, first))
    {
        return None;
    }
    Some(end)
}

/// Whether the word before a full stop is a short form, an initial or an ordinal.
fn is_short(text: &str, start: usize, at: usize, next: char) -> bool {
    let after = text[at + 1..].trim_start_matches(['.', ' ', '"', '”']);
    let follow = after.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let word =
        text[start..at].rsplit([' ', '(', '"', '“', '\u{a0}', '-']).next().unwrap_or_default();
    let lower = word.to_lowercase();
    let letters = word.chars().count();
    let initials = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    (letters == 1 && word.chars().all(char::is_uppercase))
        || (initials && (!next.is_uppercase() || !STARTERS.contains(&follow)))
        || SHORT_FORMS.contains(&lower.as_str())
        || (letters <= 2
            && letters > 0
            && word.bytes().all(|byte| byte.is_ascii_digit())
            && !next.is_uppercase())
}
