//! The open-source desk: which feeds are polled, what their articles say, and what people made of
//! it.
//!
//! An article is no record: it lies in a file of its own with an end to its stay, until a person
//! keeps it. Whatever is read from it is a proposal; nothing is entered without a person.

mod address;
mod claims;
mod drafts;
mod fetch;
mod poll;
mod readings;
mod rules;

use std::sync::Arc;

use diwan_record::{Digest, ItemId, Moment, State};
use diwan_store::Article;
use tokio::sync::Notify;

use crate::config;
pub(crate) use address::Why;
pub(crate) use claims::{Claim, claims, event_code, name_of, sentence_of, sort_code};
pub(crate) use drafts::{Correction, Wanted, draft, kinds};
pub(crate) use poll::{Poll, keep_polling, poll_now, title_of};
pub(crate) use readings::{Readings, Run};
pub(crate) use rules::{DECISIONS_MIN, PRECISION_MIN, Rule, muted, rules};

/// What the open-source desk of a node works with.
#[derive(Debug)]
pub struct Sources {
    fetcher: fetch::Fetcher,
    pub(crate) readings: Readings,
    /// Somebody changed the list of feeds: look at it before the next tick.
    wake: Arc<Notify>,
}

impl Sources {
    pub(crate) fn new(settings: &config::Sources) -> Self {
        Self {
            fetcher: fetch::Fetcher::new(address::Allowed::new(settings)),
            readings: Readings::default(),
            wake: Arc::default(),
        }
    }

    /// Says whether an address may be fetched at all.
    pub(crate) fn check(&self, address: &str) -> Result<String, Why> {
        self.fetcher.allowed().read(address).map(String::from)
    }

    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }
}

/// An article as somebody hands it in or a feed brings it.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    pub(crate) state: State,
    pub(crate) outlet: String,
    pub(crate) address: Option<String>,
    pub(crate) stamp: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) html: bool,
    pub(crate) raw: String,
}

impl Arrival {
    /// What an article is known by: the same words from another outlet are another article, and a
    /// changed text at the same address too.
    pub(crate) fn digest(&self) -> Digest {
        let address = self.address.as_deref().unwrap_or_default();
        Digest::of_parts(&[
            b"diwan/article/v1\0",
            self.state.code().as_bytes(),
            b"\0",
            self.outlet.as_bytes(),
            b"\0",
            address.as_bytes(),
            b"\0",
            self.raw.as_bytes(),
        ])
    }

    pub(crate) fn article(self, id: ItemId, title: String, now: Moment) -> Article {
        Article {
            id,
            digest: self.digest(),
            state: self.state,
            outlet: self.outlet,
            title,
            address: self.address,
            stamp: self.stamp,
            published: self.published,
            html: self.html,
            raw: self.raw,
            came: now,
            by: None,
            feed: None,
            touched: now,
            aside: false,
            record: None,
        }
    }
}
