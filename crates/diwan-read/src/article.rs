//! Opens a raw source: what of it is readable text, and what of that is the article.

mod boilerplate;
mod feed;
mod html;
mod language;
mod plain;
mod sentences;

use crate::offsets::{Offsets, Writer};
use crate::tokens::{Token, tokens};
use crate::{Error, Format, Language, Page, Published, Source, Span, when};

/// Sources longer than this are refused; a long read has about 100 kB.
pub const SOURCE_BYTES_MAX: usize = 8 << 20;

/// A run of text that the source sets apart: a line, a paragraph.
#[derive(Clone, Copy, Debug)]
struct Block {
    span: Span,
    /// The markup says that it is not part of the article.
    aside: bool,
    heading: bool,
}

/// Readable text and what the markup says about it.
#[derive(Debug, Default)]
struct Draft {
    text: String,
    offsets: Offsets,
    blocks: Vec<Block>,
    headline: Option<Span>,
    published: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
}

/// The articles of one source: one, or every entry of a feed.
///
/// # Errors
///
/// When the source is larger than [`SOURCE_BYTES_MAX`] or is no text.
pub fn open(source: &Source) -> Result<Vec<Page>, Error> {
    Ok(opened(source)?.into_iter().map(|(page, _)| page).collect())
}

/// The articles of one source with their words.
pub(crate) fn opened(source: &Source) -> Result<Vec<(Page, Vec<Token>)>, Error> {
    if source.raw.len() > SOURCE_BYTES_MAX {
        return Err(Error::TooLarge);
    }
    if source.raw.contains('\0') {
        return Err(Error::NotText);
    }
    let raw = &source.raw;
    Ok(match source.format.unwrap_or_else(|| guess(raw)) {
        Format::Text => vec![page(source, source.id.clone(), plain::draft(raw))],
        Format::Html => vec![page(source, source.id.clone(), html::draft(raw))],
        Format::Feed => feed::drafts(raw)
            .into_iter()
            .enumerate()
            .map(|(nth, draft)| page(source, entry_id(&source.id, nth), draft))
            .collect(),
    })
}

/// The first entry of a feed goes by the id of the feed.
fn entry_id(feed: &str, nth: usize) -> String {
    if nth == 0 { feed.to_owned() } else { format!("{feed}#{}", nth + 1) }
}

/// What the first characters say of the format.
fn guess(raw: &str) -> Format {
    let start = raw.trim_start_matches('\u{feff}').trim_start();
    let head: String = start.chars().take(300).collect::<String>().to_ascii_lowercase();
    let feed = ["<rss", "<feed", "<rdf:rdf"];
    let html = ["<!doctype html", "<html", "<head", "<body", "<p", "<div", "<article", "<h1"];
    if head.starts_with('<') && feed.iter().any(|tag| head.contains(tag)) {
        Format::Feed
    } else if html.iter().any(|tag| head.starts_with(tag)) {
        Format::Html
    } else {
        Format::Text
    }
}

fn page(source: &Source, id: String, draft: Draft) -> (Page, Vec<Token>) {
    let language = language::of(&draft.text);
    let headline = draft.headline.or_else(|| boilerplate::headline(&draft.text, &draft.blocks));
    let boilerplate = boilerplate::mark(&draft.text, &draft.blocks, headline);
    let sentences = sentences::split(&draft.text, &draft.blocks);
    let mut page = Page {
        id,
        language,
        text: draft.text,
        headline,
        sentences,
        boilerplate,
        published: Published::default(),
        url: source.url.clone().or(draft.url),
        outlet: source.outlet.clone().or(draft.outlet),
        offsets: draft.offsets,
    };
    let given = source.published.as_deref().or(draft.published.as_deref());
    let given = given.filter(|day| when::is_day(day));
    let tokens = tokens(&page);
    page.published = when::published(&page, &tokens, &source.raw, given);
    (page, tokens)
}

impl Page {
    /// A page that is its own source, such as a text written by hand.
    #[must_use]
    pub fn plain(id: &str, text: &str) -> Self {
        page(&Source::default(), id.to_owned(), plain::draft(text)).0
    }

    /// The bytes of the raw source that a range of [`Page::text`] was read from.
    #[must_use]
    pub fn to_raw(&self, span: Span) -> Span {
        self.offsets.raw(span)
    }

    /// The same place in Unicode code points of the raw source.
    #[must_use]
    pub fn to_raw_points(&self, raw: &str, span: Span) -> Span {
        self.offsets.points(raw, span)
    }

    /// The text of a range; empty where it is not one of this page.
    #[must_use]
    pub fn at(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Whether a range lies in a headline or in boilerplate, of which nothing is claimed.
    #[must_use]
    pub fn is_aside(&self, span: Span) -> bool {
        let within = |part: &Span| part.start <= span.start && span.end <= part.end;
        self.headline.iter().chain(&self.boilerplate).any(within)
    }
}

impl Language {
    /// The ISO 639-1 code; `und` for any other language.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Arabic => "ar",
            Self::Turkish => "tr",
            Self::Other => "und",
        }
    }
}

/// Copies a range, with entities decoded and, where asked, runs of blanks made one.
fn copy_decoded(writer: &mut Writer<'_>, raw: &str, range: Span, squeeze: bool) {
    let mut kept = range.start;
    let mut at = range.start;
    let bytes = raw.as_bytes();
    while at < range.end {
        let (end, text) = match bytes[at] {
            b'&' => match entity(&raw[at..range.end]) {
                Some((len, text)) => (at + len, text),
                None => {
                    at += 1;
                    continue;
                }
            },
            blank if squeeze && blank.is_ascii_whitespace() => {
                let run = bytes[at..range.end].iter().take_while(|byte| byte.is_ascii_whitespace());
                (at + run.count(), " ".to_owned())
            }
            _ => {
                at += 1;
                continue;
            }
        };
        writer.copy(Span { start: kept, end: at });
        let blank = text == " " && writer.text.ends_with(['\n', ' ']);
        if !(squeeze && (blank || (text == " " && writer.text.is_empty()))) {
            writer.stand_in(Span { start: at, end }, &text);
        }
        at = end;
        kept = end;
    }
    writer.copy(Span { start: kept, end: range.end });
}

/// The character reference at the start of the text: its length and what it stands for.
fn entity(text: &str) -> Option<(usize, String)> {
    let end = text.bytes().take(34).position(|byte| byte == b';')? + 1;
    let name = text.get(..end)?;
    let decoded = htmlize::unescape(name);
    (decoded != name).then(|| (end, decoded.into_owned()))
}
