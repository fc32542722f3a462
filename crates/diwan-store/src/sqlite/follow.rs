//! The picture's follower: what the ledger changed since the last look.

use std::fs;
use std::path::{Path, PathBuf};

use diwan_room::{Fault, Held, HeldStanding};
use rusqlite::{Connection, OptionalExtension, params};

use super::file::{LEDGER, PICTURE, fault, int, uint};
use super::labels::OwnLabels;
use super::picture::project::Projector;
use super::{FOLLOWER_KIB, READER_KIB, verbs};

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

/// Size of the ledger's side file from which it is folded in.
const CHECKPOINT_BYTES: u64 = 16 << 20;
/// Changes taken in at a time while the picture is built anew.
const REBUILD: usize = 4096;

#[derive(Debug)]
pub(super) struct Follower {
    picture: Connection,
    ledger: Connection,
    labels: OwnLabels,
    projector: Projector,
    /// The ledger's side file, to be folded in when it is long.
    wal: Option<PathBuf>,
}

/// The columns of [`verbs::held`], then the change.
const CHANGES: &str = "SELECT r.position, r.digest, r.label_no, r.source, r.onward, r.precedence, r.received, \
     r.standing, r.bytes, c.no, c.position, r.item IS NOT NULL \
     FROM changes c LEFT JOIN records r ON r.position = c.position \
     WHERE c.no > ?1 ORDER BY c.no LIMIT ?2";

impl Follower {
    pub(super) fn new(dir: &Path) -> Result<Self, Fault> {
        let wal = dir.join(format!("{}-wal", LEDGER.name));
        Self::between(LEDGER.open(dir, READER_KIB)?, PICTURE.open(dir, FOLLOWER_KIB)?, Some(wal))
    }

    /// A follower of this ledger that keeps this picture. If the ledger is open at one moment
    /// already, that moment is followed.
    pub(super) fn between(
        ledger: Connection,
        picture: Connection,
        wal: Option<PathBuf>,
    ) -> Result<Self, Fault> {
        picture.pragma_update(None, "wal_autocheckpoint", 4000).map_err(fault)?;
        Ok(Self {
            picture,
            ledger,
            labels: OwnLabels::default(),
            projector: Projector::default(),
            wal,
        })
    }

    pub(super) fn project(&mut self, limit: usize) -> Result<Projected, Fault> {
        let limit = limit.max(1);
        let Self { picture, ledger, labels, projector, .. } = self;
        let position = position(picture)?;
        let moment = ledger.is_autocommit().then(|| ledger.unchecked_transaction()).transpose();
        let moment = moment.map_err(fault)?;
        let mut round = Round { picture, ledger, labels, projector, damaged: 0 };
        let done = round.changes(position, limit);
        let damaged = round.damaged;
        if done.is_err() {
            projector.forget();
            if !picture.is_autocommit() {
                picture.execute_batch("ROLLBACK").map_err(fault)?;
            }
        }
        drop(moment);
        let (rows, position) = done?;
        self.fold_side_file()?;
        Ok(Projected { rows, damaged, position, caught_up: rows < limit })
    }

    pub(super) fn rebuild(&mut self) -> Result<u64, Fault> {
        self.picture
            .execute_batch(
                "BEGIN IMMEDIATE; DELETE FROM rows; DELETE FROM items; DELETE FROM spots; \
                 DELETE FROM trails; DELETE FROM trail_lengths; \
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
        while !self.project(REBUILD)?.caught_up {}
        Ok(())
    }

    pub(super) fn picture(&self) -> &Connection {
        &self.picture
    }

    /// Done here and not by the writer, whose commits people and partners wait for. Twice: the
    /// second round is short, so it mostly ends between two commits and the file starts anew.
    fn fold_side_file(&self) -> Result<(), Fault> {
        let Some(wal) = &self.wal else { return Ok(()) };
        if fs::metadata(wal).is_ok_and(|meta| meta.len() > CHECKPOINT_BYTES) {
            for _ in 0..2 {
                let sql = "PRAGMA wal_checkpoint(PASSIVE)";
                self.ledger.query_row(sql, [], |_| Ok(())).map_err(fault)?;
            }
        }
        Ok(())
    }
}

/// One transaction of the follower.
struct Round<'a> {
    picture: &'a Connection,
    ledger: &'a Connection,
    labels: &'a OwnLabels,
    projector: &'a mut Projector,
    damaged: usize,
}

impl Round<'_> {
    fn changes(&mut self, after: u64, limit: usize) -> Result<(usize, u64), Fault> {
        let mut find = self.ledger.prepare_cached(CHANGES).map_err(fault)?;
        let mut changes = find.query(params![int(after), int(limit as u64)]).map_err(fault)?;
        let (mut count, mut last) = (0, after);
        while let Some(change) = changes.next().map_err(fault)? {
            if count == 0 {
                self.picture.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
            }
            count += 1;
            last = uint(change.get(9).map_err(fault)?);
            let position = uint(change.get(10).map_err(fault)?);
            let there: Option<bool> = change.get(11).map_err(fault)?;
            let held = if there == Some(true) { self.read(change)? } else { None };
            let again = match held.filter(|held| held.standing == HeldStanding::Kept) {
                Some(held) => self.projector.put(self.picture, &held)?,
                None => self.projector.drop_row(self.picture, position)?,
            };
            for position in again {
                self.word(position)?;
            }
        }
        if count > 0 {
            self.projector.finish(self.picture, last)?;
            self.picture.execute_batch("COMMIT").map_err(fault)?;
        }
        Ok((count, last))
    }

    /// A record that cannot be read is left out and counted.
    fn read(&mut self, row: &rusqlite::Row<'_>) -> Result<Option<Held>, Fault> {
        match verbs::held(row, |number| self.labels.get(self.ledger, number)) {
            Ok(held) => Ok(Some(held)),
            Err(Fault::Corrupt(_)) => {
                self.damaged += 1;
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }

    /// The text of a row is in its record only.
    fn word(&mut self, position: i64) -> Result<(), Fault> {
        let sql = format!("SELECT {} FROM records WHERE position = ?1", verbs::HELD);
        let mut find = self.ledger.prepare_cached(&sql).map_err(fault)?;
        let mut rows = find.query([position]).map_err(fault)?;
        if let Some(row) = rows.next().map_err(fault)?
            && let Some(held) = self.read(row)?
        {
            self.projector.word(self.picture, &held)?;
        }
        Ok(())
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
