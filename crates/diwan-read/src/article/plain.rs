//! Plain text, with the inline tags that agencies leave in it.

use super::{Block, Draft};
use crate::Span;
use crate::offsets::Writer;

const INLINE_TAGS: &[&str] =
    &["a", "b", "i", "u", "em", "p", "br", "div", "span", "strong", "img", "h1", "h2", "sup"];

pub(super) fn draft(raw: &str) -> Draft {
    let mut writer = Writer::new(raw);
    let mut at = if raw.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut tagged = false;
    while let Some(found) = raw[at..].find('<') {
        let start = at + found;
        let Some(len) = tag(&raw[start..]) else {
            writer.copy(Span { start: at, end: start + 1 });
            at = start + 1;
            continue;
        };
        tagged = true;
        super::copy_decoded(&mut writer, raw, Span { start: at, end: start }, false);
        at = start + len;
    }
    let rest = Span { start: at, end: raw.len() };
    if tagged {
        super::copy_decoded(&mut writer, raw, rest, false);
    } else {
        writer.copy(rest);
    }
    let (text, offsets) = writer.finish();
    let blocks = lines(&text);
    Draft { text, offsets, blocks, ..Draft::default() }
}

/// The length of an inline tag at the start of the text.
fn tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let name_at = inner.strip_prefix('/').unwrap_or(inner);
    let name: String = name_at.chars().take(7).take_while(char::is_ascii_alphanumeric).collect();
    if !INLINE_TAGS.contains(&name.to_ascii_lowercase().as_str()) {
        return None;
    }
    let end = text.find('>')?;
    let after = name_at[name.len()..].chars().next()?;
    (matches!(after, '>' | '/' | ' ' | '\n' | '\t') && !text[1..end].contains('<'))
        .then_some(end + 1)
}

/// Every line that holds something, without the blanks around it.
pub(super) fn lines(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let line = &text[at..line_end(text, at)];
        let start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        if start < end {
            blocks.push(Block { span: Span { start, end }, aside: false, heading: false });
        }
        at += line.len();
    }
    blocks
}

/// Behind the mark that ends the line which goes on at a place.
fn line_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    for end in at..bytes.len() {
        match bytes[end] {
            b'\n' | b'\r' => return end + 1,
            // U+2028 and U+2029, the separators of lines and paragraphs.
            0xe2 if matches!(bytes.get(end + 1..end + 3), Some([0x80, 0xa8 | 0xa9])) => {
                return end + 3;
            }
            _ => {}
        }
    }
    bytes.len()
}
