//! Polls feeds: asks each for changes, puts what is new on the reading list, forgets what is old.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use diwan_read::{Format, Page, Source};
use diwan_record::{Digest, ItemId, Moment, limits};
use diwan_room::Fault;
use diwan_store::{Article, Articles, Feed, FeedFault};
use tokio::time::{MissedTickBehavior, interval};

use super::address::Why;
use super::fetch::{Document, Fetched, Since};
use super::{Arrival, Sources};
use crate::chance;
use crate::node::Node;

/// How often the list of feeds is looked at.
const LOOK: Duration = Duration::from_secs(60);
const MINUTE_US: i64 = 60_000_000;
const DAY_US: i64 = 86_400_000_000;
/// A feed's own text of an entry this long is the article; a shorter one only announces it.
const WHOLE_CHARS: usize = 1200;

/// What one poll brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Poll {
    Brought(usize),
    Failed(Why),
}

/// Runs for as long as the node does.
pub(crate) async fn keep_polling(node: Arc<Node>) -> Result<()> {
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let wake = Arc::clone(&node.sources.wake);
    loop {
        tokio::select! {
            _ = looks.tick() => {}
            () = wake.notified() => {}
        }
        look(&node).await?;
    }
}

/// Polls the feeds whose time has come.
async fn look(node: &Arc<Node>) -> Result<(), Fault> {
    let articles = node.store.articles();
    let now = node.clock.now();
    let settings = &node.config.sources;
    let gone = articles.forget(now.plus(-DAY_US * i64::from(settings.keep_days.max(1))))?;
    if gone > 0 {
        tracing::info!(gone, "articles nobody touched have left the reading list");
    }
    let rest = MINUTE_US * i64::from(settings.poll_minutes.max(1));
    let due = |feed: &Feed| feed.polled.is_none_or(|polled| polled.plus(rest) <= now);
    for feed in articles.feeds()?.into_iter().filter(due) {
        poll_now(node, feed).await?;
    }
    Ok(())
}

/// Polls one feed and writes down how it went.
///
/// # Errors
/// A fault of the disk; a feed that fails is an ordinary state of affairs.
pub(crate) async fn poll_now(node: &Arc<Node>, mut feed: Feed) -> Result<Poll, Fault> {
    let articles = node.store.articles();
    let now = node.clock.now();
    feed.polled = Some(now);
    let outcome = poll(&node.sources, &articles, &mut feed, now).await?;
    feed.fault = None;
    match &outcome {
        Ok(0) => {}
        Ok(_) => feed.brought = Some(now),
        Err(why) => {
            tracing::warn!(feed.id = %feed.id, code = why.code(), "a feed brought nothing: {why}");
            feed.fault = Some(FeedFault { code: why.code().to_owned(), words: why.to_string() });
        }
    }
    articles.polled(&feed)?;
    Ok(outcome.map_or_else(Poll::Failed, Poll::Brought))
}

async fn poll(
    sources: &Sources,
    articles: &Articles,
    feed: &mut Feed,
    now: Moment,
) -> Result<Result<usize, Why>, Fault> {
    let since = Since { etag: feed.etag.clone(), modified: feed.modified.clone() };
    let document = match sources.fetcher.get(&feed.address, &since).await {
        Ok(Fetched::Whole(document)) => document,
        Ok(Fetched::Unchanged) => return Ok(Ok(0)),
        Err(why) => return Ok(Err(why)),
    };
    let raw = text_of(&document);
    let source = Source { raw, format: Some(Format::Feed), ..Source::default() };
    let pages = diwan_read::open(&source).unwrap_or_default();
    if pages.is_empty() && !looks_like_a_feed(&source.raw) {
        return Ok(Err(Why::NotAFeed));
    }
    let mut brought = 0;
    let mut asked = 0;
    for page in pages.into_iter().take(limits::FEED_ENTRIES) {
        // An entry that changes is another text at the same address: it is told by what it says.
        let stamp = Digest::of(page.text.as_bytes()).to_string();
        let address = page.url.clone().unwrap_or_else(|| feed.address.clone());
        if articles.knows(feed.state, &address, Some(&stamp))? {
            continue;
        }
        let whole = page.text.chars().count() >= WHOLE_CHARS || asked >= limits::FEED_PAGES;
        let behind = if whole { None } else { behind(sources, &page, &mut asked).await };
        let arrival = arrival(feed, &page, stamp, behind);
        let title = title_of(&page);
        let article =
            Article { feed: Some(feed.id), ..arrival.article(ItemId(chance::bytes()), title, now) };
        brought += usize::from(articles.put(&article)?.is_none());
    }
    // Only now: an answer that was not kept whole is asked for again.
    (feed.etag, feed.modified) = (document.since.etag, document.since.modified);
    Ok(Ok(brought))
}

/// The page that an entry announces, where its host is on the list. One that cannot be had is no
/// fault: the entry's own text stands for it.
async fn behind(sources: &Sources, page: &Page, asked: &mut usize) -> Option<String> {
    let address = page.url.as_deref()?;
    sources.check(address).ok()?;
    *asked += 1;
    match sources.fetcher.get(address, &Since::default()).await {
        Ok(Fetched::Whole(document)) if document.media.contains("html") => {
            let raw = text_of(&document);
            let source = Source { raw, format: Some(Format::Html), ..Source::default() };
            let read = diwan_read::open(&source).ok()?;
            // A page behind a wall or a menu alone says less than the entry.
            let longer = read.first().is_some_and(|read| read.text.len() > page.text.len());
            longer.then_some(source.raw)
        }
        _ => None,
    }
}

fn arrival(feed: &Feed, page: &Page, stamp: String, behind: Option<String>) -> Arrival {
    Arrival {
        state: feed.state,
        outlet: feed.outlet.clone(),
        address: page.url.clone(),
        stamp: Some(stamp),
        published: page.published.date.clone(),
        html: behind.is_some(),
        raw: behind.unwrap_or_else(|| page.text.clone()),
    }
}

/// The headline, or how the text begins.
pub(crate) fn title_of(page: &Page) -> String {
    let headline = page.headline.map(|span| page.at(span));
    let line = headline.or_else(|| page.text.lines().find(|line| !line.trim().is_empty()));
    line.unwrap_or_default().trim().chars().take(limits::NAME_CHARS).collect()
}

fn looks_like_a_feed(raw: &str) -> bool {
    let head: String = raw.chars().take(1000).collect::<String>().to_ascii_lowercase();
    ["<rss", "<feed", "<rdf:rdf"].iter().any(|mark| head.contains(mark))
}

/// Bytes as text. Old sites still write in the code pages of their region.
fn text_of(document: &Document) -> String {
    let (text, _, _) = encoding_of(document).decode(&document.bytes);
    text.replace('\0', "")
}

/// What the answer says, else what the document says of itself, else UTF-8.
fn encoding_of(document: &Document) -> &'static encoding_rs::Encoding {
    let head: Vec<u8> = document.bytes.iter().take(1024).copied().collect();
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let named = |text: &str| {
        let (_, rest) = ["charset=", "encoding="].iter().find_map(|mark| text.split_once(mark))?;
        let rest = rest.trim_start_matches(['"', '\'']);
        let end = rest.find(|char: char| !(char.is_ascii_alphanumeric() || "-_".contains(char)));
        encoding_rs::Encoding::for_label(rest.get(..end.unwrap_or(rest.len()))?.as_bytes())
    };
    named(&document.media.to_ascii_lowercase())
        .or_else(|| named(&head))
        .unwrap_or(encoding_rs::UTF_8)
}
