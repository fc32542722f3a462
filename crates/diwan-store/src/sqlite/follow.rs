//! The picture's follower: what the ledger changed since the last look.

use std::path::Path;

use diwan_room::{Fault, Row};
use rusqlite::{Connection, OptionalExtension, params};

use super::file::{LEDGER, PICTURE, fault, int, uint};
use super::fresh::Fresh;
use super::labels::OwnLabels;
use super::picture::project::Projector;
use super::{FOLLOWER_KIB, LATE_CHECKPOINT, READER_KIB, verbs};

/// What one call of [`crate::Store::project`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Projected {
    /// Changes taken in.
    pub rows: usize,
    /// Records among them that cannot be read: `verify` names them.
    pub damaged: usize,
    /// The newest change taken in, for [`crate::Reader::changed`]; never shown outside, as it
    /// counts hidden records.
    pub position: u64,
    /// Nothing was left when it looked.
    pub caught_up: bool,
}

/// Changes taken in at a time while the picture is built anew.
const REBUILD: usize = 4096;

#[derive(Debug)]
pub(super) struct Follower {
    picture: Connection,
    ledger: Connection,
    labels: OwnLabels,
    projector: Projector,
    fresh: Fresh,
}

/// Changes, and whether the record of each is there and kept.
const CHANGES: &str = "SELECT c.no, c.position, r.item IS NOT NULL AND r.standing IS NULL \
     FROM changes c LEFT JOIN records r ON r.position = c.position \
     WHERE c.no > ?1 ORDER BY c.no LIMIT ?2";

impl Follower {
    pub(super) fn new(dir: &Path, fresh: Fresh) -> Result<Self, Fault> {
        let (ledger, picture) = (LEDGER.open(dir, READER_KIB)?, PICTURE.open(dir, FOLLOWER_KIB)?);
        Ok(Self { fresh, ..Self::between(ledger, picture)? })
    }

    /// A follower of this ledger that keeps this picture. If the ledger is open at one moment
    /// already, that moment is followed.
    pub(super) fn between(ledger: Connection, picture: Connection) -> Result<Self, Fault> {
        picture.pragma_update(None, "wal_autocheckpoint", LATE_CHECKPOINT).map_err(fault)?;
        Ok(Self {
            picture,
            ledger,
            labels: OwnLabels::default(),
            projector: Projector::default(),
            fresh: Fresh::default(),
        })
    }

    pub(super) fn project(
        &mut self,
        limit: usize,
        stop: &dyn Fn() -> bool,
    ) -> Result<Projected, Fault> {
        let before = position(&self.picture)?;
        self.round(|round| round.changes(before, limit.max(1), stop))
    }

    pub(super) fn project_first(&mut self, positions: &[u64]) -> Result<(), Fault> {
        self.round(|round| round.first(positions))
    }

    /// One transaction at one moment of the ledger.
    fn round<T>(
        &mut self,
        work: impl FnOnce(&mut Round<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let Self { picture, ledger, labels, projector, fresh, .. } = self;
        let moment = ledger.is_autocommit().then(|| ledger.unchecked_transaction()).transpose();
        let moment = moment.map_err(fault)?;
        let mut round = Round { picture, ledger, labels, projector, fresh, damaged: 0 };
        let done = work(&mut round);
        if done.is_err() {
            projector.forget();
            if !picture.is_autocommit() {
                picture.execute_batch("ROLLBACK").map_err(fault)?;
            }
        }
        drop(moment);
        done
    }

    pub(super) fn rebuild(&mut self) -> Result<u64, Fault> {
        self.picture
            .execute_batch(
                "BEGIN IMMEDIATE; DELETE FROM rows; DELETE FROM items; DELETE FROM trails; \
                 DELETE FROM trail_lengths; \
                 INSERT INTO words (words) VALUES ('delete-all'); \
                 UPDATE follower SET position = 0; COMMIT",
            )
            .map_err(fault)?;
        self.catch_up()?;
        self.picture
            .query_row("SELECT count(*) FROM rows", [], |row| row.get(0))
            .map(uint)
            .map_err(fault)
    }

    pub(super) fn catch_up(&mut self) -> Result<(), Fault> {
        while !self.project(REBUILD, &|| false)?.caught_up {}
        Ok(())
    }

    pub(super) fn picture(&self) -> &Connection {
        &self.picture
    }
}

/// One transaction of the follower.
struct Round<'a> {
    picture: &'a Connection,
    ledger: &'a Connection,
    labels: &'a OwnLabels,
    projector: &'a mut Projector,
    fresh: &'a Fresh,
    damaged: usize,
}

impl Round<'_> {
    fn first(&mut self, positions: &[u64]) -> Result<(), Fault> {
        self.picture.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
        for position in positions {
            if let Some(row) = self.row(int(*position))? {
                for position in self.projector.put(self.picture, &row)? {
                    self.word(position)?;
                }
            }
        }
        self.projector.write_trails(self.picture)?;
        self.picture.execute_batch("COMMIT").map_err(fault)
    }

    fn changes(
        &mut self,
        after: u64,
        limit: usize,
        stop: &dyn Fn() -> bool,
    ) -> Result<Projected, Fault> {
        let mut find = self.ledger.prepare_cached(CHANGES).map_err(fault)?;
        let mut changes = find.query(params![int(after), int(limit as u64)]).map_err(fault)?;
        let (mut count, mut last, mut passed, mut stopped) = (0, after, 0, false);
        while let Some(change) = changes.next().map_err(fault)? {
            if count == 0 {
                self.picture.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
            }
            count += 1;
            last = uint(change.get(0).map_err(fault)?);
            let position: i64 = change.get(1).map_err(fault)?;
            passed = passed.max(position);
            let kept: bool = change.get(2).map_err(fault)?;
            let row = if kept { self.row(position)? } else { None };
            let again = match row {
                Some(row) => self.projector.put(self.picture, &row)?,
                None => self.projector.drop_row(self.picture, position)?,
            };
            for position in again {
                self.word(position)?;
            }
            stopped = stop();
            if stopped {
                break;
            }
        }
        if count > 0 {
            self.projector.write_trails(self.picture)?;
            let sql = "UPDATE follower SET position = ?1";
            self.picture
                .prepare_cached(sql)
                .and_then(|mut set| set.execute([int(last)]))
                .map_err(fault)?;
            self.picture.execute_batch("COMMIT").map_err(fault)?;
            self.fresh.drop_up_to(passed);
        }
        let caught_up = count < limit && !stopped;
        Ok(Projected { rows: count, damaged: self.damaged, position: last, caught_up })
    }

    /// The row of a kept record. One that cannot be read is left out and counted.
    fn row(&mut self, position: i64) -> Result<Option<Row>, Fault> {
        if let Some(row) = self.fresh.take(position) {
            return Ok(Some(row));
        }
        match verbs::held_at(self.ledger, position, |no| self.labels.get(self.ledger, no)) {
            Ok(held) => Ok(held.as_ref().and_then(diwan_room::row)),
            Err(Fault::Corrupt(_)) => {
                self.damaged += 1;
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }

    /// The text of a row is in its record only.
    fn word(&mut self, position: i64) -> Result<(), Fault> {
        match self.row(position)? {
            Some(row) => self.projector.word(self.picture, &row),
            None => Ok(()),
        }
    }
}

/// The newest change a picture has taken in.
pub(super) fn position(picture: &Connection) -> Result<u64, Fault> {
    let found: Option<i64> = picture
        .prepare_cached("SELECT position FROM follower")
        .and_then(|mut find| find.query_row([], |row| row.get(0)).optional())
        .map_err(fault)?;
    Ok(uint(found.unwrap_or(0)))
}
