//! The open-source desk's own file: articles, decisions about them, rules and feeds.

mod feeds;

use std::sync::Arc;

use diwan_record::{Digest, ItemId, Moment, State, limits};
use diwan_room::Fault;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use super::file::{fault, int, uint};
use super::{Inside, held, only_read};
pub use feeds::{Feed, FeedFault};

/// An article as it came, before anybody kept it as a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub id: ItemId,
    /// Of state, outlet, address and text; decisions name it.
    pub digest: Digest,
    pub state: State,
    pub outlet: String,
    pub title: String,
    pub address: Option<String>,
    /// When its feed says it was changed, as written there.
    pub stamp: Option<String>,
    /// An ISO 8601 day.
    pub published: Option<String>,
    pub html: bool,
    pub raw: String,
    pub came: Moment,
    pub by: Option<String>,
    pub feed: Option<ItemId>,
    pub touched: Moment,
    pub aside: bool,
    /// The record it was kept as.
    pub record: Option<Digest>,
}

/// What a claim is known by, however often its article is read anew.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClaimKey {
    pub article: Digest,
    pub sort: String,
    /// Bytes of the raw text, half-open.
    pub start: usize,
    pub end: usize,
    pub rule: String,
}

/// What a person made of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub claim: ClaimKey,
    /// `accepted`, `corrected`, `rejected` or `undone`.
    pub verdict: String,
    /// What it should have said, as JSON.
    pub correction: Option<String>,
    pub person: String,
    pub at: Moment,
    /// Kind and identifier of the draft made of it.
    pub draft: Option<(String, String)>,
}

/// A person's word about a rule, against what its precision says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSwitch {
    pub rule: String,
    pub muted: bool,
    pub person: String,
    pub at: Moment,
}

/// Decisions about one rule's claims that stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub rule: String,
    pub accepted: u64,
    pub corrected: u64,
    pub rejected: u64,
}

/// Articles, decisions, rules and feeds. Small tables, plain verbs.
#[derive(Clone, Debug)]
pub struct Articles {
    inside: Arc<Inside>,
}

const ARTICLE: &str = "id, digest, state, outlet, title, address, stamp, published, html, raw, \
                       came, by_person, feed, touched, aside, record";
const DECISION: &str = "article, sort, start, end, rule, verdict, correction, person, at, \
                        draft_kind, draft_id";
/// The newest line about each claim.
const NEWEST: &str = "seq IN (SELECT max(seq) FROM decisions \
                      GROUP BY article, sort, start, end, rule) AND verdict <> 'undone'";

impl Articles {
    pub(super) fn new(inside: Arc<Inside>) -> Self {
        Self { inside }
    }

    /// Puts an article on the list; answers with the one that was there already, if there was.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn put(&self, article: &Article) -> Result<Option<ItemId>, Fault> {
        let sql = format!(
            "INSERT INTO articles ({ARTICLE}) VALUES \
             (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16) ON CONFLICT DO NOTHING"
        );
        let one = article;
        let values = params![
            one.id.0,
            one.digest.0,
            one.state.code(),
            one.outlet,
            one.title,
            one.address,
            one.stamp,
            one.published,
            one.html,
            one.raw,
            one.came.micros(),
            one.by,
            one.feed.map(|feed| feed.0),
            one.touched.micros(),
            one.aside,
            one.record.map(|record| record.0),
        ];
        self.with(|conn| {
            if conn.prepare_cached(&sql)?.execute(values)? > 0 {
                return Ok(None);
            }
            let known = "SELECT id FROM articles WHERE digest = ?1";
            let id = |row: &Row<'_>| Ok(ItemId(row.get(0)?));
            conn.prepare_cached(known)?.query_row([one.digest.0], id).optional()
        })
    }

    /// Articles of a state, the newest arrival first.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn all(&self, state: State) -> Result<Vec<Article>, Fault> {
        let sql = format!(
            "SELECT {ARTICLE} FROM articles WHERE state = ?1 ORDER BY came DESC, id LIMIT ?2"
        );
        let most = int(limits::ARTICLES as u64);
        self.list(&sql, params![state.code(), most], article)
    }

    /// # Errors
    /// A fault of the disk.
    pub fn one(&self, id: &ItemId) -> Result<Option<Article>, Fault> {
        let sql = format!("SELECT {ARTICLE} FROM articles WHERE id = ?1");
        Ok(self.list(&sql, &[&id.0], article)?.pop())
    }

    /// Whether a feed brought what is at this address, last changed at this stamp.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn knows(&self, state: State, address: &str, stamp: Option<&str>) -> Result<bool, Fault> {
        let sql = "SELECT EXISTS (SELECT 1 FROM articles \
                   WHERE state = ?1 AND address = ?2 AND stamp IS ?3)";
        let values = params![state.code(), address, stamp];
        self.with(|conn| conn.prepare_cached(sql)?.query_row(values, |row| row.get(0)))
    }

    /// Puts an article aside, or back on the list. Answers whether there is one.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn put_aside(&self, id: &ItemId, aside: bool, now: Moment) -> Result<bool, Fault> {
        let sql = "UPDATE articles SET aside = ?2, touched = ?3 WHERE id = ?1";
        self.run(sql, params![id.0, aside, now.micros()]).map(|count| count > 0)
    }

    /// Says which record the article was kept as.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn kept(&self, id: &ItemId, record: &Digest) -> Result<(), Fault> {
        let sql = "UPDATE articles SET record = ?2 WHERE id = ?1";
        self.run(sql, params![id.0, record.0]).map(drop)
    }

    /// Forgets articles that nobody touched since `before`, and the oldest beyond
    /// [`limits::ARTICLES`] of each state. Decisions stay: they carry no text. Answers with how
    /// many went.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn forget(&self, before: Moment) -> Result<usize, Fault> {
        let old = "DELETE FROM articles WHERE touched < ?1";
        let many = "DELETE FROM articles WHERE id IN (SELECT id FROM (SELECT id, row_number() \
                    OVER (PARTITION BY state ORDER BY touched DESC, id) AS place FROM articles) \
                    WHERE place > ?1)";
        let most = int(limits::ARTICLES as u64);
        Ok(self.run(old, &[&before.micros()])? + self.run(many, &[&most])?)
    }

    /// Writes down what a person made of a claim; earlier lines stay, the newest counts.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn decide(&self, decision: &Decision) -> Result<(), Fault> {
        let sql = format!(
            "INSERT INTO decisions ({DECISION}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)"
        );
        let (claim, draft) = (&decision.claim, decision.draft.as_ref());
        let values = params![
            claim.article.0,
            claim.sort,
            int(claim.start as u64),
            int(claim.end as u64),
            claim.rule,
            decision.verdict,
            decision.correction,
            decision.person,
            decision.at.micros(),
            draft.map(|(kind, _)| kind),
            draft.map(|(_, id)| id),
        ];
        self.run(&sql, values)?;
        let touch = "UPDATE articles SET touched = ?2 WHERE digest = ?1";
        self.run(touch, params![claim.article.0, decision.at.micros()]).map(drop)
    }

    /// Decisions that stand, about the claims of one article.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn decisions(&self, article: &Digest) -> Result<Vec<Decision>, Fault> {
        let sql = format!(
            "SELECT {DECISION} FROM decisions WHERE article = ?1 AND seq IN (SELECT max(seq) FROM \
             decisions WHERE article = ?1 GROUP BY sort, start, end, rule) AND verdict <> 'undone' \
             ORDER BY start, end, sort, rule"
        );
        self.list(&sql, &[&article.0], decision)
    }

    /// Every decision that stands.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn all_decisions(&self) -> Result<Vec<Decision>, Fault> {
        self.list(&format!("SELECT {DECISION} FROM decisions WHERE {NEWEST}"), &[], decision)
    }

    /// Decisions that stand, counted by rule.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn tallies(&self) -> Result<Vec<Tally>, Fault> {
        let sql = format!(
            "SELECT rule, sum(verdict = 'accepted'), sum(verdict = 'corrected'), \
             sum(verdict = 'rejected') FROM decisions WHERE {NEWEST} GROUP BY rule ORDER BY rule"
        );
        self.list(&sql, &[], |row| {
            Ok(Tally {
                rule: row.get(0)?,
                accepted: uint(row.get(1)?),
                corrected: uint(row.get(2)?),
                rejected: uint(row.get(3)?),
            })
        })
    }

    /// What people said about rules, against what their precision says.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn switches(&self) -> Result<Vec<RuleSwitch>, Fault> {
        self.list("SELECT rule, muted, person, at FROM rules ORDER BY rule", &[], |row| {
            Ok(RuleSwitch {
                rule: row.get(0)?,
                muted: row.get(1)?,
                person: row.get(2)?,
                at: Moment::from_micros(row.get(3)?),
            })
        })
    }

    /// # Errors
    /// A fault of the disk.
    pub fn put_switch(&self, switch: &RuleSwitch) -> Result<(), Fault> {
        let sql = "INSERT OR REPLACE INTO rules (rule, muted, person, at) VALUES (?1, ?2, ?3, ?4)";
        let at = switch.at.micros();
        self.run(sql, params![switch.rule, switch.muted, switch.person, at]).map(drop)
    }

    /// From now on the rule's precision decides again.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn remove_switch(&self, rule: &str) -> Result<bool, Fault> {
        self.run("DELETE FROM rules WHERE rule = ?1", &[&rule]).map(|count| count > 0)
    }

    fn list<T>(
        &self,
        sql: &str,
        values: &[&dyn ToSql],
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Fault> {
        self.with(|conn| conn.prepare_cached(sql)?.query_map(values, read)?.collect())
    }

    fn run(&self, sql: &str, values: &[&dyn ToSql]) -> Result<usize, Fault> {
        self.with(|conn| conn.prepare_cached(sql)?.execute(values))
    }

    fn with<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Fault> {
        let conn = held(&self.inside.articles);
        ask(conn.as_ref().ok_or_else(only_read)?).map_err(fault)
    }
}

fn article(row: &Row<'_>) -> rusqlite::Result<Article> {
    let state: String = row.get(2)?;
    Ok(Article {
        id: ItemId(row.get(0)?),
        digest: Digest(row.get(1)?),
        state: State::of_code(&state),
        outlet: row.get(3)?,
        title: row.get(4)?,
        address: row.get(5)?,
        stamp: row.get(6)?,
        published: row.get(7)?,
        html: row.get(8)?,
        raw: row.get(9)?,
        came: Moment::from_micros(row.get(10)?),
        by: row.get(11)?,
        feed: row.get::<_, Option<[u8; 16]>>(12)?.map(ItemId),
        touched: Moment::from_micros(row.get(13)?),
        aside: row.get(14)?,
        record: row.get::<_, Option<[u8; 32]>>(15)?.map(Digest),
    })
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let place = |number: i64| usize::try_from(number).unwrap_or(0);
    let kind: Option<String> = row.get(9)?;
    Ok(Decision {
        claim: ClaimKey {
            article: Digest(row.get(0)?),
            sort: row.get(1)?,
            start: place(row.get(2)?),
            end: place(row.get(3)?),
            rule: row.get(4)?,
        },
        verdict: row.get(5)?,
        correction: row.get(6)?,
        person: row.get(7)?,
        at: Moment::from_micros(row.get(8)?),
        draft: kind.zip(row.get(10)?),
    })
}
