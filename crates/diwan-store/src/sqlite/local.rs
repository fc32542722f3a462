//! Sessions and drafts: what belongs to this machine's screens alone.

use std::sync::Arc;

use diwan_record::{Digest, Moment, limits};
use diwan_room::Fault;
use rusqlite::{Connection, OptionalExtension, ToSql, params};

use super::file::{fault, int};
use super::{Inside, held, only_read};

/// A person signed in at a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Digest of the cookie's token; the token itself is kept nowhere.
    pub id: Digest,
    pub person: String,
    pub created: Moment,
    pub expires: Moment,
    /// The person's key, sealed under the token.
    pub key: Vec<u8>,
}

/// Something half written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub id: String,
    pub kind: String,
    pub saved_at: Moment,
    pub json: String,
}

/// Sessions and drafts. Small tables, plain verbs.
#[derive(Clone, Debug)]
pub struct Local {
    inside: Arc<Inside>,
}

impl Local {
    pub(super) fn new(inside: Arc<Inside>) -> Self {
        Self { inside }
    }

    /// Keeps a session; one with the same id is replaced.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn put_session(&self, session: &Session) -> Result<(), Fault> {
        let sql = "INSERT OR REPLACE INTO sessions (id, person, created, expires, key) \
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        let times = (session.created.micros(), session.expires.micros());
        let values = params![session.id.0, session.person, times.0, times.1, session.key];
        self.run(sql, values).map(drop)
    }

    /// The session with this id, unless it has ended by `now`.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn session(&self, id: &Digest, now: Moment) -> Result<Option<Session>, Fault> {
        self.with(|conn| {
            conn.prepare_cached(
                "SELECT id, person, created, expires, key FROM sessions \
                 WHERE id = ?1 AND expires > ?2",
            )?
            .query_row(params![id.0, now.micros()], |row| {
                Ok(Session {
                    id: Digest(row.get(0)?),
                    person: row.get(1)?,
                    created: Moment::from_micros(row.get(2)?),
                    expires: Moment::from_micros(row.get(3)?),
                    key: row.get(4)?,
                })
            })
            .optional()
        })
    }

    /// # Errors
    /// A fault of the disk.
    pub fn end_session(&self, id: &Digest) -> Result<(), Fault> {
        self.run("DELETE FROM sessions WHERE id = ?1", &[&id.0]).map(drop)
    }

    /// Ends every session of a person: after a change of password or of rights.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn end_sessions_of(&self, person: &str) -> Result<(), Fault> {
        self.run("DELETE FROM sessions WHERE person = ?1", &[&person]).map(drop)
    }

    /// Forgets sessions that have ended by `now`; answers with how many.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn end_old_sessions(&self, now: Moment) -> Result<usize, Fault> {
        self.run("DELETE FROM sessions WHERE expires <= ?1", &[&now.micros()])
    }

    /// Keeps a draft of a person; one with the same id is replaced. Answers `false` if the person
    /// has [`limits::DRAFTS`] others already.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn put_draft(&self, person: &str, draft: &Draft) -> Result<bool, Fault> {
        let sql = "INSERT OR REPLACE INTO drafts (person, id, kind, saved_at, json) \
                   SELECT ?1, ?2, ?3, ?4, ?5 WHERE \
                   (SELECT count(*) FROM drafts WHERE person = ?1 AND id <> ?2) < ?6";
        let most = int(limits::DRAFTS as u64);
        let at = draft.saved_at.micros();
        let values = params![person, draft.id, draft.kind, at, draft.json, most];
        self.run(sql, values).map(|count| count > 0)
    }

    /// A person's drafts, the newest first.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn drafts(&self, person: &str) -> Result<Vec<Draft>, Fault> {
        self.with(|conn| {
            conn.prepare_cached(
                "SELECT id, kind, saved_at, json FROM drafts WHERE person = ?1 \
                 ORDER BY saved_at DESC, id",
            )?
            .query_map([person], |row| {
                Ok(Draft {
                    id: row.get(0)?,
                    kind: row.get(1)?,
                    saved_at: Moment::from_micros(row.get(2)?),
                    json: row.get(3)?,
                })
            })?
            .collect()
        })
    }

    /// Answers whether there was one.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn remove_draft(&self, person: &str, id: &str) -> Result<bool, Fault> {
        let sql = "DELETE FROM drafts WHERE person = ?1 AND id = ?2";
        self.run(sql, &[&person, &id]).map(|count| count > 0)
    }

    fn run(&self, sql: &str, values: &[&dyn ToSql]) -> Result<usize, Fault> {
        self.with(|conn| conn.prepare_cached(sql)?.execute(values))
    }

    fn with<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Fault> {
        let conn = held(&self.inside.local);
        ask(conn.as_ref().ok_or_else(only_read)?).map_err(fault)
    }
}
