//! HTML: its text in blocks, and which of them its markup calls the article.

use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};

use super::{Block, Draft, copy_decoded};
use crate::Span;
use crate::offsets::Writer;

/// Inside these nothing is text.
const SILENT: &[&str] =
    &["script", "style", "noscript", "template", "svg", "title", "textarea", "iframe"];
/// These stand beside the article.
const ASIDE: &[&str] = &[
    "nav",
    "aside",
    "footer",
    "form",
    "figcaption",
    "button",
    "menu",
    "select",
    "dialog",
    "label",
];
/// Words of `class` and `id` that stand beside the article too.
const ASIDE_NAMES: &[&str] = &[
    "share",
    "social",
    "related",
    "newsletter",
    "promo",
    "caption",
    "breadcrumb",
    "cookie",
    "comment",
    "sidebar",
    "advert",
    "subscribe",
    "readmore",
    "read-more",
    "tags",
    "byline",
    "author",
    "footer",
    "menu",
    "recommended",
    "timestamp",
    "dateline-time",
];
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "em", "font", "i", "img", "ins",
    "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

#[derive(Debug)]
struct Open {
    name: Vec<u8>,
    aside: bool,
    article: bool,
}

/// Walks the tags of a page once.
struct Walk<'a> {
    raw: &'a str,
    writer: Writer<'a>,
    open: Vec<Open>,
    /// Where text was last taken from the source.
    seen: usize,
    block_start: usize,
    linked: usize,
    heading: bool,
    blocks: Vec<(Block, bool)>,
    draft: Draft,
}

pub(super) fn draft(raw: &str) -> Draft {
    let mut walk = Walk {
        raw,
        writer: Writer::new(raw),
        open: Vec::new(),
        seen: if raw.starts_with('\u{feff}') { 3 } else { 0 },
        block_start: 0,
        linked: 0,
        heading: false,
        blocks: Vec::new(),
        draft: Draft::default(),
    };
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(raw, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => walk.start(&tag),
            Ok(Token::EndTag(tag)) => {
                walk.text_until(tag.span.start);
                walk.seen = walk.seen.max(tag.span.end);
                walk.end(&tag.name);
            }
            Ok(Token::Comment(comment)) => {
                let inside = comment.span.start;
                walk.skip_comment(inside);
            }
            Ok(Token::Doctype(doctype)) => walk.seen = walk.seen.max(doctype.span.end),
            Ok(Token::String(_) | Token::Error(_)) => {}
            Err(never) => match never {},
        }
    }
    walk.finish()
}

impl Walk<'_> {
    /// Nothing of a comment is text. Where its span begins depends on how it was closed.
    fn skip_comment(&mut self, inside: usize) {
        let from = self.seen.min(self.raw.len());
        let mut until = inside.saturating_add(4).min(self.raw.len());
        while !self.raw.is_char_boundary(until) {
            until -= 1;
        }
        let opened = self.raw.get(from..until).and_then(|part| part.rfind("<!"));
        let start = opened.map_or(inside.max(from), |at| from + at);
        self.text_until(start);
        let rest = self.raw.get(start..).unwrap_or_default();
        // What only looks like a comment, such as `<![CDATA[`, ends with the tag's own mark.
        let close = if rest.starts_with("<!--") { "-->" } else { ">" };
        let end = rest.find(close).map_or(self.raw.len(), |len| start + len + close.len());
        self.seen = self.seen.max(end);
    }

    fn text_until(&mut self, end: usize) {
        let start = self.seen;
        self.seen = self.seen.max(end);
        let silent = |open: &Open| SILENT.iter().any(|name| name.as_bytes() == open.name);
        if start >= end || self.open.iter().any(silent) || self.raw.get(start..end).is_none() {
            return;
        }
        let before = self.writer.text.len();
        copy_decoded(&mut self.writer, self.raw, Span { start, end }, true);
        if self.open.iter().any(|open| open.name == b"a") {
            self.linked += self.writer.text.len() - before;
        }
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        self.text_until(tag.span.start);
        self.seen = self.seen.max(tag.span.end);
        let name = lower(&tag.name);
        self.learn(&name, tag);
        if !is_in(&name, INLINE) {
            self.flush();
        }
        if is_in(&name, &["h1"]) {
            self.heading = true;
        }
        if is_in(&name, VOID) || tag.self_closing {
            return;
        }
        let named = ["class", "id", "role"].into_iter().any(|name| {
            let words = attribute(tag, name).to_ascii_lowercase();
            words
                .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
                .any(|word| ASIDE_NAMES.iter().any(|aside| word.contains(aside)))
        });
        let inline = is_in(&name, INLINE);
        self.open.push(Open {
            aside: is_in(&name, ASIDE) || (named && !inline),
            article: is_in(&name, &["article", "main"]),
            name,
        });
    }

    fn end(&mut self, name: &[u8]) {
        let name = lower(name);
        if !is_in(&name, INLINE) {
            self.flush();
        }
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            self.open.truncate(at);
        }
    }

    /// Closes the block that was being written.
    fn flush(&mut self) {
        let text = &self.writer.text[self.block_start..];
        let start = self.block_start + (text.len() - text.trim_start().len());
        let end = self.block_start + text.trim_end().len();
        if start < end {
            let linked =
                self.linked * 2 > end - start && self.writer.text[start..end].chars().count() < 160;
            let aside = linked || self.open.iter().any(|open| open.aside);
            let block = Block { span: Span { start, end }, aside, heading: self.heading };
            self.blocks.push((block, self.open.iter().any(|open| open.article)));
            self.writer.stand_in(Span { start: self.seen, end: self.seen }, "\n");
        }
        self.block_start = self.writer.text.len();
        self.linked = 0;
        self.heading = false;
    }

    /// What a page tells about itself in its tags.
    fn learn(&mut self, name: &[u8], tag: &StartTag<usize>) {
        if name == b"time" && self.draft.published.is_none() {
            self.draft.published = day(&attribute(tag, "datetime"));
        }
        if name != b"meta" {
            return;
        }
        let content = attribute(tag, "content");
        let key = ["property", "name", "itemprop"].into_iter().map(|key| attribute(tag, key));
        for key in key {
            match key.as_str() {
                "article:published_time" | "datePublished" | "date" | "pubdate" | "dc.date" => {
                    self.draft.published = day(&content).or(self.draft.published.take());
                }
                "og:site_name" => self.draft.outlet = Some(content.clone()),
                "og:url" => self.draft.url = Some(content.clone()),
                _ => {}
            }
        }
    }

    fn finish(mut self) -> Draft {
        self.text_until(self.raw.len());
        self.flush();
        let marked = self.blocks.iter().any(|(_, article)| *article);
        let blocks = self
            .blocks
            .iter()
            .map(|(block, article)| Block { aside: block.aside || (marked && !article), ..*block });
        self.draft.blocks = blocks.collect();
        if self.draft.published.is_none() {
            self.draft.published = self
                .raw
                .split_once("\"datePublished\"")
                .and_then(|(_, rest)| day(rest.trim_start_matches([':', ' ', '"'])));
        }
        let (text, offsets) = self.writer.finish();
        Draft { text, offsets, ..self.draft }
    }
}

fn lower(name: &[u8]) -> Vec<u8> {
    name.to_ascii_lowercase()
}

fn is_in(name: &[u8], names: &[&str]) -> bool {
    names.iter().any(|known| known.as_bytes() == name)
}

fn attribute(tag: &StartTag<usize>, name: &str) -> String {
    tag.attributes
        .get(name.as_bytes())
        .map(|value| String::from_utf8_lossy(value).into_owned())
        .unwrap_or_default()
}

/// The day of an ISO 8601 moment.
fn day(text: &str) -> Option<String> {
    let day = text.get(..10)?;
    day.parse::<jiff::civil::Date>().ok().map(|date| date.to_string())
}
