//! Opening one database file: whose it is, which schema it has, how it is written.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use diwan_room::Fault;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

/// One of our files: its name, the mark in its header, and its schema step by step.
pub(super) struct Plan {
    pub(super) name: &'static str,
    /// `application_id` in the header; "DWN" and a letter.
    mark: i32,
    /// Step n brings a file from schema n to n + 1. Forward only; a step is never edited.
    steps: &'static [&'static str],
    /// FULL where a receipt or a person relies on the commit.
    synchronous: &'static str,
}

pub(super) const LEDGER: Plan = Plan {
    name: "ledger.db",
    mark: 0x4457_4E4C,
    steps: &[include_str!("../../schema/sqlite/0001_ledger.sql")],
    synchronous: "FULL",
};
pub(super) const PICTURE: Plan = Plan {
    name: "picture.db",
    mark: 0x4457_4E50,
    steps: &[
        include_str!("../../schema/sqlite/0001_picture.sql"),
        include_str!("../../schema/sqlite/0002_picture.sql"),
        include_str!("../../schema/sqlite/0003_picture.sql"),
    ],
    synchronous: "NORMAL",
};
pub(super) const LOCAL: Plan = Plan {
    name: "local.db",
    mark: 0x4457_4E43,
    steps: &[include_str!("../../schema/sqlite/0001_local.sql")],
    synchronous: "FULL",
};
pub(super) const ARTICLES: Plan = Plan {
    name: "articles.db",
    mark: 0x4457_4E41,
    steps: &[include_str!("../../schema/sqlite/0001_articles.sql")],
    synchronous: "FULL",
};

/// Statements are prepared once per connection; ours has fewer than this.
const STATEMENTS: usize = 96;

impl Plan {
    /// Opens for writing; creates the file or brings its schema up to date.
    pub(super) fn open(&self, dir: &Path, cache_kib: u32) -> Result<Connection, Fault> {
        self.open_at(&dir.join(self.name), cache_kib)
    }

    pub(super) fn open_at(&self, path: &Path, cache_kib: u32) -> Result<Connection, Fault> {
        let fresh = self.check_header(path)?;
        let mut conn = Connection::open(path).map_err(fault)?;
        tune(&conn, cache_kib)?;
        if fresh {
            // Before WAL, so that the mark is in the file itself and not in a side file.
            self.migrate(&mut conn, path)?;
        }
        conn.pragma_update(None, "journal_mode", "WAL").map_err(fault)?;
        conn.pragma_update(None, "synchronous", self.synchronous).map_err(fault)?;
        // Purged bytes are overwritten, not only forgotten.
        conn.pragma_update(None, "secure_delete", true).map_err(fault)?;
        self.migrate(&mut conn, path)?;
        Ok(conn)
    }

    /// Opens for reading beside a writer; never creates or changes anything.
    pub(super) fn read(&self, dir: &Path, cache_kib: u32) -> Result<Connection, Fault> {
        let path = dir.join(self.name);
        if self.check_header(&path)? {
            return Err(Fault::Unavailable(format!(
                "there is no {} in {}; start the node there once",
                self.name,
                dir.display()
            )));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&path, flags).map_err(fault)?;
        tune(&conn, cache_kib)?;
        match self.version(&conn)? {
            version if version == self.newest() => Ok(conn),
            version => Err(self.other_version(&path, version)),
        }
    }

    /// Whether the file is yet to be made. Looks at the header's bytes only, so that a foreign
    /// file is not touched in any way.
    pub(super) fn check_header(&self, path: &Path) -> Result<bool, Fault> {
        let mut header = Vec::new();
        match fs::File::open(path) {
            Ok(file) => {
                file.take(100).read_to_end(&mut header).map_err(|error| disk(path, &error))?
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
            Err(error) => return Err(disk(path, &error)),
        };
        if header.is_empty() {
            return Ok(true);
        }
        let sqlite = header.starts_with(b"SQLite format 3\0");
        if sqlite && header.get(68..72) == Some(&self.mark.to_be_bytes()) {
            return Ok(false);
        }
        Err(Fault::Corrupt(format!(
            "{} is not a {} of Diwan and was left alone; move it away or choose another directory",
            path.display(),
            self.name
        )))
    }

    fn newest(&self) -> u32 {
        u32::try_from(self.steps.len()).unwrap_or(u32::MAX)
    }

    fn version(&self, conn: &Connection) -> Result<u32, Fault> {
        conn.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(fault)
    }

    fn other_version(&self, path: &Path, version: u32) -> Fault {
        let advice = if version > self.newest() {
            "a newer Diwan wrote it; start that one"
        } else {
            "start the node once to bring it up to date"
        };
        Fault::Unavailable(format!(
            "{} has schema {version}, this program has {}: {advice}",
            path.display(),
            self.newest()
        ))
    }

    fn migrate(&self, conn: &mut Connection, path: &Path) -> Result<(), Fault> {
        let version = self.version(conn)?;
        if version > self.newest() {
            return Err(self.other_version(path, version));
        }
        for (number, step) in (1u32..).zip(self.steps).filter(|(number, _)| *number > version) {
            let tx =
                conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
            tx.execute_batch(step).map_err(fault)?;
            tx.pragma_update(None, "user_version", number).map_err(fault)?;
            tx.pragma_update(None, "application_id", self.mark).map_err(fault)?;
            tx.commit().map_err(fault)?;
        }
        Ok(())
    }
}

fn tune(conn: &Connection, cache_kib: u32) -> Result<(), Fault> {
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.busy_timeout(Duration::from_secs(5)).map_err(fault)?;
    // Without the promise of one plan whatever is bound, SQLite prepares a statement anew for each
    // number it is asked with, which costs more than all the asking.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(fault)?;
    conn.pragma_update(None, "cache_size", -i64::from(cache_kib)).map_err(fault)?;
    conn.pragma_update(None, "temp_store", "MEMORY").map_err(fault)
}

/// SQLite's error in the words of the room.
pub(super) fn fault(error: rusqlite::Error) -> Fault {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Fault::Busy(error.to_string()),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            Fault::Corrupt(error.to_string())
        }
        _ => Fault::Unavailable(error.to_string()),
    }
}

pub(super) fn disk(path: &Path, error: &std::io::Error) -> Fault {
    Fault::Unavailable(format!("{}: {error}", path.display()))
}

/// SQLite's integers are signed; our counters never reach that far.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn uint(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
