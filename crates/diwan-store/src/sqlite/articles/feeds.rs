//! Feeds: which addresses are polled, and how each of them is.

use diwan_record::{ItemId, Moment, State, limits};
use diwan_room::Fault;
use rusqlite::{Row, params};

use super::super::file::int;
use super::Articles;

/// A feed that is polled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    pub id: ItemId,
    pub address: String,
    pub outlet: String,
    pub state: State,
    /// Who added it.
    pub person: String,
    pub added: Moment,
    /// What the last answer said of itself, to be asked for changes only.
    pub etag: Option<String>,
    pub modified: Option<String>,
    pub polled: Option<Moment>,
    /// When it last brought something.
    pub brought: Option<Moment>,
    pub fault: Option<FeedFault>,
}

/// Why the last poll brought nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedFault {
    pub code: String,
    pub words: String,
}

const FEED: &str = "id, address, outlet, state, person, added, etag, modified, polled, brought, \
                    fault_code, fault";

impl Articles {
    /// Adds a feed. Answers `false` if the address is there already or there are
    /// [`limits::FEEDS`].
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn add_feed(&self, feed: &Feed) -> Result<bool, Fault> {
        let sql = "INSERT INTO feeds (id, address, outlet, state, person, added) \
                   SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE (SELECT count(*) FROM feeds) < ?7 \
                   ON CONFLICT DO NOTHING";
        let (added, most) = (feed.added.micros(), int(limits::FEEDS as u64));
        let state = feed.state.code();
        let values = params![feed.id.0, feed.address, feed.outlet, state, feed.person, added, most];
        self.run(sql, values).map(|count| count > 0)
    }

    /// Every feed, by outlet.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn feeds(&self) -> Result<Vec<Feed>, Fault> {
        self.list(&format!("SELECT {FEED} FROM feeds ORDER BY outlet, address"), &[], feed)
    }

    /// # Errors
    /// A fault of the disk.
    pub fn feed(&self, id: &ItemId) -> Result<Option<Feed>, Fault> {
        let found = self.list(&format!("SELECT {FEED} FROM feeds WHERE id = ?1"), &[&id.0], feed);
        Ok(found?.pop())
    }

    /// What it brought stays on the list. Answers whether there was one.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn remove_feed(&self, id: &ItemId) -> Result<bool, Fault> {
        self.run("DELETE FROM feeds WHERE id = ?1", &[&id.0]).map(|count| count > 0)
    }

    /// Keeps how a feed is after a poll.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn polled(&self, feed: &Feed) -> Result<(), Fault> {
        let sql = "UPDATE feeds SET etag = ?2, modified = ?3, polled = ?4, brought = ?5, \
                   fault_code = ?6, fault = ?7 WHERE id = ?1";
        let moment = |moment: Option<Moment>| moment.map(Moment::micros);
        let values = params![
            feed.id.0,
            feed.etag,
            feed.modified,
            moment(feed.polled),
            moment(feed.brought),
            feed.fault.as_ref().map(|fault| &fault.code),
            feed.fault.as_ref().map(|fault| &fault.words),
        ];
        self.run(sql, values).map(drop)
    }
}

fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    let state: String = row.get(3)?;
    let moment = |micros: Option<i64>| micros.map(Moment::from_micros);
    let code: Option<String> = row.get(10)?;
    Ok(Feed {
        id: ItemId(row.get(0)?),
        address: row.get(1)?,
        outlet: row.get(2)?,
        state: State::of_code(&state),
        person: row.get(4)?,
        added: Moment::from_micros(row.get(5)?),
        etag: row.get(6)?,
        modified: row.get(7)?,
        polled: moment(row.get(8)?),
        brought: moment(row.get(9)?),
        fault: code.zip(row.get(11)?).map(|(code, words)| FeedFault { code, words }),
    })
}
