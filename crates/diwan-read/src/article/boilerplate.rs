//! What on a page is not the article: marked by phrase and by markup, never by length alone.

use super::Block;
use crate::Span;
use crate::letters::{is_letter, lower};

/// Beginnings of lines that lead elsewhere or tell about the page itself, in lower case.
const STARTS: &[&str] = &[
    "read more",
    "read:",
    "read also",
    "also read",
    "read next",
    "read the full",
    "related:",
    "related articles",
    "related stories",
    "see also",
    "see more",
    "watch:",
    "watch live",
    "listen:",
    "photo:",
    "photos:",
    "image:",
    "picture:",
    "file photo",
    "file -",
    "video:",
    "share this",
    "share on",
    "share:",
    "subscribe",
    "sign up",
    "newsletter",
    "follow us",
    "follow us on",
    "advertisement",
    "advertising",
    "short link",
    "published",
    "updated",
    "last updated",
    "last modified",
    "posted on",
    "posted:",
    "reporting by",
    "(reporting by",
    "editing by",
    "writing by",
    "additional reporting",
    "compiled by",
    "copyright",
    "©",
    "(c)",
    "all rights reserved",
    "if you think the article",
    "click here",
    "tags:",
    "topics:",
    "more on this",
    "more from",
    "keep reading",
    "recommended",
    "source:",
    "credit:",
    "disclaimer",
    "اقرأ أيضا",
    "اقرأ أيضًا",
    "اقرأ المزيد",
    "إقرأ أيضا",
    "شاهد أيضا",
    "المصدر:",
    "شارك",
    "تابعونا",
    "اشترك",
    "حقوق النشر",
    "جميع الحقوق",
    "تحرير:",
    "صورة:",
    "ayrıca okuyun",
    "ilgili haber",
    "haberin devamı",
    "kaynak:",
];
const MORE_STARTS: &[&str] = &[
    "paylaş",
    "abone ol",
    "fotoğraf:",
    "foto:",
    "tüm hakları",
    "bizi takip",
    "yayınlanma",
    "güncelleme",
    "son güncelleme",
    "by our correspondent",
    "the post ",
    "this story was",
    "this article was",
    "this article first appeared",
];
/// Letters of the longest line that may tell of the page.
const TOLD_MAX: usize = 400;
/// Phrases that only agency footers use.
const INSIDE: &[&str] = &[
    "all rights reserved",
    "send correction",
    "may not be published, broadcast",
    "our standards:",
    "getty images",
    "thomson reuters trust principles",
    "follow us on",
    "download our app",
    "whatsapp channel",
    "جميع الحقوق محفوظة",
];

/// The first line, where it is written as a headline and the text goes on below it.
pub(super) fn headline(text: &str, blocks: &[Block]) -> Option<Span> {
    if let Some(heading) = blocks.iter().find(|block| block.heading && !block.aside) {
        return Some(heading.span);
    }
    let mut article = blocks.iter().filter(|block| !block.aside);
    let first = article.next()?.span;
    let line = &text[first.start..first.end];
    article.next()?;
    let headline = line.chars().count() <= 200
        && !line.ends_with(['.', '!', '”', '"', ')', ']', ':'])
        && line.split_whitespace().count() >= 3
        && !is_place_line(line)
        && !is_told(line);
    headline.then_some(first)
}

pub(super) fn mark(text: &str, blocks: &[Block], headline: Option<Span>) -> Vec<Span> {
    let last = blocks.len().saturating_sub(1);
    let mut marked = Vec::new();
    for (nth, block) in blocks.iter().enumerate() {
        let line = &text[block.span.start..block.span.end];
        let twice = line.chars().count() > 20
            && blocks.iter().any(|other| {
                other.span != block.span && &text[other.span.start..other.span.end] == line
            });
        let told = is_told(line)
            || is_caption(line)
            || is_byline(line)
            || (nth != last && is_subheading(line))
            || twice;
        if Some(block.span) != headline && (block.aside || told) {
            marked.push(block.span);
        }
    }
    marked
}

/// A line about the page: "read more", a time stamp, a footer.
fn is_told(line: &str) -> bool {
    let line = line.trim_start_matches(['-', '–', '•', '*', '>', ' ', '|', '[', '(']);
    if line.chars().nth(TOLD_MAX).is_some() {
        return false;
    }
    let lower = lower(line);
    let lower = lower.as_str();
    let letters = lower.chars().count();
    let first = lower.bytes().next();
    let starts = |known: &&str| {
        known.bytes().next() == first
            && lower.strip_prefix(*known).is_some_and(|rest| !rest.starts_with(is_letter))
    };
    (letters < 240 && STARTS.iter().chain(MORE_STARTS).any(starts))
        || letters < TOLD_MAX && holds(lower, INSIDE)
        || is_stamp(lower)
}

/// Whether one of some phrases stands in a text; a phrase begins where a word does.
fn holds(text: &str, phrases: &[&str]) -> bool {
    if !phrases.iter().any(|phrase| text.contains(phrase)) {
        return false;
    }
    let mut inside = false;
    text.char_indices().any(|(at, letter)| {
        let opens = !inside && is_letter(letter);
        inside = is_letter(letter);
        let first = text.as_bytes()[at];
        let begins =
            |phrase: &&str| phrase.as_bytes()[0] == first && text[at..].starts_with(*phrase);
        opens && phrases.iter().any(begins)
    })
}

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Nothing but a day and a time, as below a headline.
fn is_stamp(lower: &str) -> bool {
    if lower.chars().nth(59).is_some() {
        return false;
    }
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    let words = lower.split(|letter: char| !is_letter(letter)).filter(|word| word.len() > 3);
    // "Damascus, 29 May 2025" is a dateline: it names a place before the day.
    let place = lower.split_once(',').is_some_and(|(first, rest)| {
        !first.contains(|letter: char| letter.is_ascii_digit())
            && rest.contains(|letter: char| letter.is_ascii_digit())
            && !WEEKDAYS.contains(&first.trim())
    });
    digits >= 5 && !place && words.count() <= 3 && !lower.ends_with('.')
}

/// A picture's caption ends in its source, in brackets, without a full stop.
fn is_caption(line: &str) -> bool {
    if !line.ends_with([')', ']']) {
        return false;
    }
    let Some(open) = line.rfind(['(', '[']) else { return false };
    let source = line[open..].chars().count();
    source < 60
        && !line[..open].trim_end().ends_with(['.', '"', '”'])
        && line.chars().count() < 320
        && line[..open].split_whitespace().count() > 4
}

fn is_byline(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(9).collect();
    let named = |word: &&&str| word.starts_with(char::is_uppercase);
    let capitals = words.iter().filter(named).count();
    let dashed = words.iter().position(|word| matches!(*word, "–" | "—" | "-" | "|"));
    let by = words.first().is_some_and(|first| first.eq_ignore_ascii_case("by"));
    words.len() <= 8
        && !line.ends_with('.')
        && ((by && capitals + 1 >= words.len().saturating_sub(2))
            || (dashed.is_some_and(|at| at >= 1)
                && capitals + 1 == words.len()
                && words.len() >= 4))
}

/// A short line inside the text without an end mark. A line of places in capitals is a dateline.
fn is_subheading(line: &str) -> bool {
    let words = line.split_whitespace().take(7).count();
    let dateline = line.contains(',') && line.contains(|letter: char| letter.is_ascii_digit());
    words <= 6
        && !dateline
        && !line.ends_with(['.', '!', '?', '"', '”', '؟', ':', '،', ',', '’', '\''])
        && !is_place_line(line)
}

/// "ANKARA / ISTANBUL", "عمّان": where the text was filed.
fn is_place_line(line: &str) -> bool {
    let letters = || line.chars().filter(|letter| is_letter(*letter));
    line.split_whitespace().take(6).count() <= 5
        && letters().next().is_some()
        && letters().all(char::is_uppercase)
}
