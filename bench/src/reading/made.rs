//! Articles of about 2 kB, put together from paragraphs of the annotated ones of this repository.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::texts::Dice;

/// As long as a short report of an agency.
const BYTES: usize = 2_000;
/// A shorter line is a headline, a dateline or a link.
const PARAGRAPH: usize = 80;

/// What the annotation says of the articles.
#[derive(Debug, Deserialize)]
struct Gold {
    documents: Vec<Document>,
}

#[derive(Debug, Deserialize)]
struct Document {
    file: String,
    language: String,
}

/// Articles in turn in each of the languages.
pub(crate) fn articles(count: usize, languages: &[&str]) -> Result<Vec<String>> {
    let pools: Vec<Vec<String>> =
        languages.iter().map(|code| paragraphs(code)).collect::<Result<_>>()?;
    let mut dice = Dice::new(11);
    Ok(pools.iter().cycle().take(count).map(|pool| article(&mut dice, pool)).collect())
}

/// Paragraphs until there is enough, each once.
fn article(dice: &mut Dice, pool: &[String]) -> String {
    let mut left: Vec<&String> = pool.iter().collect();
    let mut text = String::new();
    while text.len() < BYTES && !left.is_empty() {
        let paragraph = left.swap_remove(dice.below(left.len()));
        text.push_str(paragraph);
        text.push('\n');
    }
    text
}

/// The paragraphs of all articles in plain text.
fn paragraphs(language: &str) -> Result<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/reading");
    let mut found = Vec::new();
    for folder in ["dev", "unseen"] {
        let gold =
            fs::read(root.join(folder).join("gold.json")).context("no annotated articles")?;
        let gold: Gold = serde_json::from_slice(&gold)?;
        let plain = |one: &&Document| one.language == language && one.file.ends_with(".txt");
        for document in gold.documents.iter().filter(plain) {
            let text = fs::read_to_string(root.join(folder).join(&document.file))?;
            let lines = text.lines().map(str::trim).filter(|line| line.len() > PARAGRAPH);
            found.extend(lines.map(str::to_owned));
        }
    }
    ensure!(!found.is_empty(), "no paragraph in {language}");
    Ok(found)
}

/// The same articles as the entries of one feed.
pub(crate) fn feed(articles: &[String]) -> String {
    let mut feed = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Wire</title>\n",
    );
    for (nth, article) in articles.iter().enumerate() {
        let text: String = article.lines().fold(String::new(), |mut text, line| {
            let line = line.replace('&', "&amp;amp;").replace('<', "&amp;lt;");
            let _ = write!(text, "&lt;p&gt;{line}&lt;/p&gt;");
            text
        });
        let _ = writeln!(
            feed,
            "<item><title>Report {nth}</title><link>https://wire.example/{nth}</link>\
             <pubDate>Sun, 09 Mar 2025 08:00:00 GMT</pubDate><description>{text}</description></item>"
        );
    }
    feed.push_str("</channel></rss>\n");
    feed
}

#[cfg(test)]
mod tests {
    use diwan_read::{Format, Source, read};

    use super::*;

    #[test]
    fn articles_are_long_enough_and_differ() {
        let made = articles(6, &["en", "ar", "tr"]).unwrap();
        assert!(made.iter().all(|text| text.len() >= BYTES && text.len() < 2 * BYTES));
        assert_ne!(made[0], made[3]);
    }

    #[test]
    fn a_feed_holds_the_same_articles() {
        let made = articles(4, &["en"]).unwrap();
        let source = Source { raw: feed(&made), format: Some(Format::Feed), ..Source::default() };
        let (readings, _) = read(&[source]).unwrap();
        assert_eq!(readings.len(), 4);
        for (reading, text) in readings.iter().zip(&made) {
            let first = text.lines().next().unwrap();
            assert!(reading.page.text.contains(first), "{first}");
        }
    }
}
