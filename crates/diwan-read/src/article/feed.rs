//! RSS and Atom: every entry is an article, its place in the feed's bytes kept.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Block, Draft, copy_decoded, html};
use crate::Span;
use crate::offsets::{Offsets, Writer};

/// Entries of one feed that are read.
const ENTRIES_MAX: usize = 1_000;

/// Where the parts of an entry stand in the feed.
#[derive(Debug, Default)]
struct Entry {
    title: Option<Span>,
    content: Option<Span>,
    published: Option<String>,
    url: Option<String>,
}

pub(super) fn drafts(raw: &str) -> Vec<Draft> {
    let (entries, outlet) = entries(raw);
    entries
        .into_iter()
        .filter(|entry| entry.title.is_some() || entry.content.is_some())
        .map(|entry| Draft { outlet: outlet.clone(), ..draft(raw, &entry) })
        .collect()
}

/// The entries, and the title of the feed itself. A broken end keeps what came before it.
fn entries(raw: &str) -> (Vec<Entry>, Option<String>) {
    let mut reader = Reader::from_str(raw);
    reader.config_mut().check_end_names = false;
    let mut entries = Vec::new();
    let mut outlet = None;
    let mut inside: Option<Entry> = None;
    let mut part: Option<(String, usize)> = None;
    loop {
        let before = position(&reader);
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = tag.name().as_ref().to_owned();
                if matches!(name.as_str(), "item" | "entry") {
                    inside = Some(Entry::default());
                } else if part.is_none() {
                    part = Some((name, position(&reader)));
                }
                link(&tag, inside.as_mut());
            }
            Ok(Event::Empty(tag)) => link(&tag, inside.as_mut()),
            Ok(Event::End(tag)) => {
                let name = tag.name().as_ref().to_owned();
                if matches!(name.as_str(), "item" | "entry") {
                    entries.extend(inside.take());
                    part = None;
                } else if let Some((open, start)) = part.take_if(|(open, _)| *open == name) {
                    let span = Span { start, end: before };
                    match (&mut inside, open.as_str()) {
                        (Some(entry), _) => keep(entry, &open, span, raw),
                        (None, "title") if outlet.is_none() => outlet = Some(plain(raw, span)),
                        // A container such as `channel`: its parts are read on their own.
                        _ => {}
                    }
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        if inside.is_none() && part.as_ref().is_some_and(|(open, _)| is_container(open)) {
            part = None;
        }
        if entries.len() == ENTRIES_MAX {
            break;
        }
    }
    (entries, outlet.filter(|outlet| !outlet.is_empty()))
}

fn is_container(name: &str) -> bool {
    matches!(name, "rss" | "feed" | "channel" | "rdf:RDF" | "image" | "author")
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn link(tag: &BytesStart<'_>, entry: Option<&mut Entry>) {
    let Some(entry) = entry.filter(|_| tag.name().as_ref() == "link") else { return };
    if let Ok(Some(href)) = tag.try_get_attribute("href") {
        entry.url.get_or_insert(href.value.into_owned());
    }
}

fn keep(entry: &mut Entry, name: &str, span: Span, raw: &str) {
    match name {
        "title" => entry.title = Some(span),
        "description" | "summary" | "content" | "content:encoded" => {
            let longer =
                entry.content.is_none_or(|old| old.end - old.start < span.end - span.start);
            if longer {
                entry.content = Some(span);
            }
        }
        "pubDate" | "published" | "dc:date" => entry.published = day(&plain(raw, span)),
        "updated" if entry.published.is_none() => entry.published = day(&plain(raw, span)),
        "link" if entry.url.is_none() => entry.url = Some(plain(raw, span)),
        _ => {}
    }
}

fn day(text: &str) -> Option<String> {
    let iso = text.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let mail = || jiff::fmt::rfc2822::parse(text).ok().map(|moment| moment.date());
    iso.or_else(mail).map(|date| date.to_string())
}

fn plain(raw: &str, span: Span) -> String {
    unwrap(raw, span).0.trim().to_owned()
}

/// The text of an element: its character data, or its escapes decoded.
fn unwrap(raw: &str, span: Span) -> (String, Offsets) {
    const OPEN: &str = "<![CDATA[";
    let mut writer = Writer::new(raw);
    let mut at = span.start;
    while at < span.end {
        let rest = &raw[at..span.end];
        let Some(found) = rest.find(OPEN) else { break };
        copy_decoded(&mut writer, raw, Span { start: at, end: at + found }, false);
        let start = at + found + OPEN.len();
        let len = raw[start..span.end].find("]]>").unwrap_or(span.end - start);
        writer.copy(Span { start, end: start + len });
        at = (start + len + 3).min(span.end);
    }
    copy_decoded(&mut writer, raw, Span { start: at, end: span.end }, false);
    writer.finish()
}

/// Title and content as one text: the title is the headline.
fn draft(raw: &str, entry: &Entry) -> Draft {
    let mut whole = Draft::default();
    for (part, headline) in [(entry.title, true), (entry.content, false)] {
        let Some(span) = part else { continue };
        let (inner, outer) = unwrap(raw, span);
        let read = html::draft(&inner);
        let shift = whole.text.len();
        let offsets = read.offsets.within(&outer, raw, read.text.len());
        whole.offsets.append(offsets, shift);
        whole.text.push_str(&read.text);
        let moved = |span: Span| Span { start: span.start + shift, end: span.end + shift };
        if headline {
            whole.headline = read.blocks.first().map(|block| moved(block.span));
        }
        whole
            .blocks
            .extend(read.blocks.iter().map(|block| Block { span: moved(block.span), ..*block }));
    }
    Draft { published: entry.published.clone(), url: entry.url.clone(), ..whole }
}
