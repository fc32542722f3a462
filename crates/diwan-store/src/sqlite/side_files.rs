//! Side files (the write-ahead logs of ledger and picture), and folding them into their files.

use diwan_room::Fault;
use rusqlite::Connection;

use super::file::{LEDGER, PICTURE, fault};
use super::{READER_KIB, Store};

/// Pages in a side file from which it is folded in: 16 MiB. Pages written again and again are then
/// written once, and the disk is not busy with it for long.
const LONG: i64 = 4096;

/// Watches the side files of a store. For a thread of its own: people and partners wait for a
/// commit, screens for the picture, and nobody for this.
#[derive(Debug)]
pub struct SideFiles {
    conns: [Connection; 2],
    /// Keeps the store from being opened by somebody else meanwhile.
    _store: Store,
}

impl Store {
    /// # Errors
    /// A fault of the disk, or a store that is open for reading only.
    pub fn side_files(&self) -> Result<SideFiles, Fault> {
        self.may_write()?;
        let dir = &self.inside.dir;
        let conns = [LEDGER.open(dir, READER_KIB)?, PICTURE.open(dir, READER_KIB)?];
        Ok(SideFiles { conns, _store: self.clone() })
    }
}

impl SideFiles {
    /// Folds in what is long. Twice: the second round is short, so it mostly ends between two
    /// commits and the side file starts anew.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn fold(&self) -> Result<(), Fault> {
        for conn in &self.conns {
            if checkpoint(conn, "NOOP")? > LONG {
                checkpoint(conn, "PASSIVE")?;
                checkpoint(conn, "PASSIVE")?;
            }
        }
        Ok(())
    }
}

/// Answers with the pages in the side file, none if all of it is folded in.
fn checkpoint(conn: &Connection, mode: &str) -> Result<i64, Fault> {
    let sql = format!("PRAGMA wal_checkpoint({mode})");
    let mut run = conn.prepare_cached(&sql).map_err(fault)?;
    let (pages, folded): (i64, i64) =
        run.query_row([], |row| Ok((row.get(1)?, row.get(2)?))).map_err(fault)?;
    Ok(if pages == folded { 0 } else { pages })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(conn: &Connection, count: usize) {
        conn.execute_batch("BEGIN").unwrap();
        for _ in 0..count {
            conn.execute("INSERT INTO t VALUES (randomblob(4000))", []).unwrap();
        }
        conn.execute_batch("COMMIT").unwrap();
    }

    #[test]
    fn a_long_side_file_is_folded_in_and_a_short_one_left() {
        let dir = tempfile::tempdir().unwrap();
        let store = crate::open(dir.path()).unwrap();
        let side_files = store.side_files().unwrap();
        let picture = PICTURE.open(dir.path(), READER_KIB).unwrap();
        picture.pragma_update(None, "wal_autocheckpoint", 0).unwrap();
        picture.execute_batch("CREATE TABLE t (x)").unwrap();
        let waiting = || checkpoint(&picture, "NOOP").unwrap();
        commit(&picture, 10);
        side_files.fold().unwrap();
        assert!(waiting() > 0);
        commit(&picture, usize::try_from(LONG).unwrap());
        assert!(waiting() > LONG);
        side_files.fold().unwrap();
        assert_eq!(waiting(), 0);
    }
}
