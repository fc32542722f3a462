//! What every part of the running program shares: one node.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use diwan_record::{Digest, Moment, PartnerId};
use diwan_room::{KeyBook, Notice};
use diwan_store::Store;
use tokio::sync::broadcast;

use crate::clock::Clock;
use crate::config::Config;
use crate::desk::Desk;
use crate::health::TaskBoard;
use crate::sources::Sources;

/// Notices a slow screen may fall behind by before it is told to read its page again.
pub const NOTICES: usize = 1024;

/// A running node, shared as `Arc<Node>`.
#[derive(Debug)]
pub struct Node {
    pub own: OwnCard,
    pub config: Config,
    pub desk: Desk,
    pub store: Store,
    /// Changes for screens. Those about the ledger are sent after the picture has followed.
    pub notices: broadcast::Sender<Notice>,
    pub links: LinkBoard,
    pub keys: Keys,
    pub tasks: TaskBoard,
    pub sources: Sources,
    pub clock: Clock,
    pub started: Moment,
}

/// Who we are, without any secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCard {
    pub id: PartnerId,
    /// Our name per language code.
    pub names: Vec<(String, String)>,
    /// Digest of our root set: what a partner knows us by.
    pub root: Digest,
}

/// The partners' keys as links check against them; replaced whole when partners change.
#[derive(Clone, Debug, Default)]
pub struct Keys(Arc<RwLock<Arc<KeyBook>>>);

impl Keys {
    #[must_use]
    pub fn new(book: KeyBook) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(book))))
    }

    #[must_use]
    pub fn get(&self) -> Arc<KeyBook> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn set(&self, book: KeyBook) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(book);
    }
}

/// How the link with one partner stands, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkLine {
    pub up: bool,
    pub connecting: bool,
    /// Since when it is up, or down.
    pub since: Option<Moment>,
    /// Why it is down: a stable code and plain words.
    pub reason: Option<(String, String)>,
    /// When bytes last came from the partner.
    pub last_heard: Option<Moment>,
}

/// The state of every link; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct LinkBoard(Arc<Mutex<BTreeMap<PartnerId, LinkLine>>>);

impl LinkBoard {
    #[must_use]
    pub fn state(&self, partner: &PartnerId) -> LinkLine {
        self.lines().get(partner).cloned().unwrap_or_default()
    }

    /// How many links are up, and how many are not.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let lines = self.lines();
        let up = lines.values().filter(|line| line.up).count();
        (up, lines.len() - up)
    }

    pub(crate) fn up(&self, partner: &PartnerId, now: Moment) {
        let line =
            LinkLine { up: true, since: Some(now), last_heard: Some(now), ..LinkLine::default() };
        self.lines().insert(partner.clone(), line);
    }

    pub(crate) fn heard(&self, partner: &PartnerId, now: Moment) {
        if let Some(line) = self.lines().get_mut(partner) {
            line.last_heard = Some(now);
        }
    }

    pub(crate) fn connecting(&self, partner: &PartnerId, connecting: bool) {
        let mut lines = self.lines();
        let line = lines.entry(partner.clone()).or_default();
        line.connecting = connecting && !line.up;
    }

    /// Says why the link is down. Returns whether that is news: a dialler repeats itself, a log
    /// should not.
    pub(crate) fn down(&self, partner: &PartnerId, now: Moment, code: &str, words: &str) -> bool {
        let mut lines = self.lines();
        let line = lines.entry(partner.clone()).or_default();
        let reason = Some((code.to_owned(), words.to_owned()));
        let news = line.up || line.reason != reason;
        if line.up || line.since.is_none() {
            line.since = Some(now);
        }
        line.up = false;
        line.connecting = false;
        line.reason = reason;
        news
    }

    fn lines(&self) -> MutexGuard<'_, BTreeMap<PartnerId, LinkLine>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
