//! Any bytes open or are refused, and every place leads back to the source.

use std::collections::BTreeMap;

use diwan_read::{Error, Format, Source, json, open, read};
use proptest::prelude::*;

fn source(raw: &str, format: Format) -> Source {
    Source { id: "one".to_owned(), raw: raw.to_owned(), format: Some(format), ..Source::default() }
}

/// What a span covers, and what the raw source has at the place it leads back to.
fn check_places(raw: &str, format: Format) {
    for page in open(&source(raw, format)).unwrap() {
        for sentence in &page.sentences {
            assert!(
                page.text.is_char_boundary(sentence.start)
                    && page.text.is_char_boundary(sentence.end)
            );
            let bytes = page.to_raw(*sentence);
            assert!(
                raw.is_char_boundary(bytes.start) && raw.is_char_boundary(bytes.end),
                "{bytes:?}"
            );
            let points = page.to_raw_points(raw, *sentence);
            let told: String =
                raw.chars().skip(points.start).take(points.end - points.start).collect();
            assert_eq!(told, raw[bytes.start..bytes.end]);
        }
    }
    let sources = [source(raw, format)];
    let (readings, groups) = read(&sources).unwrap();
    for mention in readings.iter().flat_map(|reading| &reading.mentions) {
        assert!(mention.span.start < mention.span.end);
    }
    let again = read(&sources).unwrap();
    assert_eq!(json(&sources, &readings, &groups), json(&sources, &again.0, &again.1));
}

const PIECES: [&str; 26] = [
    "<p>",
    "</p>",
    "<a href=\"/2025/03/09/x\">",
    "</a>",
    "&amp;",
    "&#39;",
    "&nosuch;",
    "<!-- ",
    "-->",
    "<script>",
    "</script>",
    "<![CDATA[",
    "]]>",
    "<item>",
    "</item>",
    "<description>",
    "</description>",
    "\u{feff}",
    "\r\n",
    "<",
    "Syria's Foreign Minister Asaad al-Shaibani met ",
    "وزير الخارجية السوري أسعد الشيباني ",
    "Ankara'da 9 Mart 2025 ",
    "U.S. Gen. ",
    "قُتِلَ في ١٢ آذار ",
    "\u{200f}2025-03-09 ",
];

proptest! {
    #[test]
    fn any_text_opens_and_leads_back(raw in "\\PC{0,200}") {
        for format in [Format::Text, Format::Html, Format::Feed] {
            check_places(&raw, format);
        }
    }

    #[test]
    fn any_markup_opens_and_leads_back(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..30)) {
        for format in [Format::Text, Format::Html, Format::Feed] {
            check_places(&pieces.concat(), format);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let source = Source::from_file("x.html", &bytes, &BTreeMap::new());
        let _ = read(&[source]);
    }
}

#[test]
fn what_is_no_text_is_refused() {
    assert_eq!(open(&source("a\0b", Format::Text)).unwrap_err(), Error::NotText);
}

#[test]
fn entities_and_tags_count_in_the_raw_source() {
    let raw =
        "<nav>Home | World</nav><h1>Talks</h1><p>He&#39;s in <b>Amman</b> &amp; <i>Aqaba</i>.</p>";
    let page = open(&source(raw, Format::Html)).unwrap().remove(0);
    assert_eq!(page.text, "Home | World\nTalks\nHe's in Amman & Aqaba.\n");
    assert_eq!(page.at(page.headline.unwrap()), "Talks");
    assert_eq!(
        page.boilerplate.iter().map(|span| page.at(*span)).collect::<Vec<_>>(),
        ["Home | World"]
    );
    let at = page.text.find("Amman").unwrap();
    let raw_span = page.to_raw(diwan_read::Span { start: at, end: at + 5 });
    assert_eq!(&raw[raw_span.start..raw_span.end], "Amman");
}

#[test]
fn every_entry_of_a_feed_is_an_article() {
    let raw = "<rss><channel><title>Wire</title><item><title>One</title><pubDate>Sun, 09 Mar 2025 10:00:00 +0200</pubDate>\
        <description>&lt;p&gt;Iraq and Syria met in Baghdad.&lt;/p&gt;</description></item>\
        <item><title>Two</title><description><![CDATA[<p>Talks in Cairo ended.</p>]]></description></item></channel></rss>";
    let pages = open(&source(raw, Format::Feed)).unwrap();
    assert_eq!(pages.iter().map(|page| page.id.as_str()).collect::<Vec<_>>(), ["one", "one#2"]);
    assert_eq!(pages[0].published.date.as_deref(), Some("2025-03-09"));
    assert_eq!(pages[0].outlet.as_deref(), Some("Wire"));
    for (page, name) in pages.iter().zip(["Baghdad", "Cairo"]) {
        let at = page.text.find(name).unwrap();
        let span = page.to_raw(diwan_read::Span { start: at, end: at + name.len() });
        assert_eq!(&raw[span.start..span.end], name);
    }
}

#[test]
fn a_title_behind_its_text_leads_back_too() {
    let raw =
        "<rss><item><description>Müller met Öz.</description><title>Größe</title></item></rss>";
    check_places(raw, Format::Feed);
}

#[test]
fn a_comment_that_never_closes_repeats_nothing() {
    check_places("<!-- -->&amp;<p><!-- ", Format::Html);
    let page =
        open(&source("<p>One.</p><!-- a --><p>Two.</p><!-- b", Format::Html)).unwrap().remove(0);
    assert_eq!(page.text, "One.\nTwo.\n");
}
