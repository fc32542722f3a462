//! The ledger, the picture, what is local and the articles, in four SQLite files of one directory.

mod absent;
mod articles;
mod file;
mod follow;
mod fresh;
mod labels;
mod local;
mod picture;
mod read_only;
mod reader;
mod side_files;
mod tray;
mod verbs;
mod verify;
mod writer;

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use diwan_room::Fault;
use rusqlite::Connection;

pub use articles::{Article, Articles, ClaimKey, Decision, Feed, FeedFault, RuleSwitch, Tally};
use file::{ARTICLES, LEDGER, LOCAL, PICTURE, disk, fault};
pub use follow::Projected;
pub use local::{Draft, Local, Session};
pub use reader::{Counts, LogEntry, Page, Reader};
pub use side_files::SideFiles;
pub use verify::{Finding, Verdict, Whose};
pub use writer::Writer;

/// Memory for pages, in KiB, by who uses them. Together they stay far below what a small machine
/// has; the system's own file cache does the rest. SQLite walks the writer's whole memory after
/// most commits, so that more of it makes every commit slower.
const WRITER_KIB: u32 = 16 << 10;
const FOLLOWER_KIB: u32 = 48 << 10;
const READER_KIB: u32 = 4 << 10;

/// Pairs of connections kept open for readers.
const IDLE: usize = 8;

/// Pages of a side file at which whoever writes folds it in, if nobody else did.
const LATE_CHECKPOINT: u32 = 32 << 10;

/// An open store. Copies are the same store.
#[derive(Clone, Debug)]
pub struct Store {
    inside: Arc<Inside>,
}

#[derive(Debug)]
struct Inside {
    dir: PathBuf,
    /// Held as long as the store is open; `None` for a store that is only read.
    lock: Option<File>,
    labels: labels::SharedLabels,
    fresh: fresh::Fresh,
    idle: Mutex<Vec<reader::Pair>>,
    follower: Mutex<Option<follow::Follower>>,
    local: Mutex<Option<Connection>>,
    articles: Mutex<Option<Connection>>,
    writing: AtomicBool,
}

impl Drop for Inside {
    /// A process started a moment ago may still share the open file, so closing it is not enough.
    fn drop(&mut self) {
        if let Some(lock) = &self.lock {
            // INVARIANT: nobody waits for the answer; the lock ends with the process at the latest.
            let _ = lock.unlock();
        }
    }
}

/// Creates or opens the store in a directory.
///
/// # Errors
/// [`Fault::Busy`] if another process has it open, [`Fault::Corrupt`] for a file that is not ours,
/// [`Fault::Unavailable`] for one of a newer program.
pub fn open(dir: &Path) -> Result<Store, Fault> {
    fs::create_dir_all(dir).map_err(|error| disk(dir, &error))?;
    // Looked at before anything is made, so that a foreign directory gains no files of ours.
    for plan in [&LEDGER, &PICTURE, &LOCAL, &ARTICLES] {
        plan.check_header(&dir.join(plan.name))?;
    }
    let lock = lock(dir)?;
    let store = Store::new(dir, Some(lock));
    // All of them, so that whoever only reads later finds them.
    drop(LEDGER.open(dir, READER_KIB)?);
    *held(&store.inside.local) = Some(LOCAL.open(dir, READER_KIB)?);
    *held(&store.inside.articles) = Some(ARTICLES.open(dir, READER_KIB)?);
    *held(&store.inside.follower) = Some(follow::Follower::new(dir, store.inside.fresh.clone())?);
    Ok(store)
}

/// Opens the store of a directory for reading, also beside a process that writes it.
///
/// # Errors
/// As [`open`], but never [`Fault::Busy`]; [`Fault::Unavailable`] if there is no store.
pub fn open_read_only(dir: &Path) -> Result<Store, Fault> {
    drop(LEDGER.read(dir, READER_KIB)?);
    drop(PICTURE.read(dir, READER_KIB)?);
    Ok(Store::new(dir, None))
}

fn lock(dir: &Path) -> Result<File, Fault> {
    let path = dir.join("lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| disk(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Fault::Busy(format!(
            "another process works in {}; stop it first, or only read",
            dir.display()
        ))),
        Err(TryLockError::Error(error)) => Err(disk(&path, &error)),
    }
}

impl Store {
    fn new(dir: &Path, lock: Option<File>) -> Self {
        let inside = Inside {
            dir: dir.to_owned(),
            lock,
            labels: labels::SharedLabels::default(),
            fresh: fresh::Fresh::default(),
            idle: Mutex::default(),
            follower: Mutex::default(),
            local: Mutex::default(),
            articles: Mutex::default(),
            writing: AtomicBool::new(false),
        };
        Self { inside: Arc::new(inside) }
    }

    /// The one writer; given out again only after it was dropped.
    ///
    /// # Errors
    /// [`Fault::Busy`] while there is one, [`Fault::Unavailable`] if the store is only read.
    pub fn writer(&self) -> Result<Writer, Fault> {
        self.may_write()?;
        if self.inside.writing.swap(true, Ordering::AcqRel) {
            return Err(Fault::Busy("this process has a writer already".to_owned()));
        }
        let hold = Hold(Arc::clone(&self.inside));
        let conn = LEDGER.open(&self.inside.dir, WRITER_KIB)?;
        conn.pragma_update(None, "wal_autocheckpoint", LATE_CHECKPOINT).map_err(fault)?;
        Ok(Writer::new(conn, self.inside.fresh.clone(), hold))
    }

    /// A reader; costs nothing to make.
    ///
    /// # Errors
    /// None now; kept for stores that connect.
    pub fn reader(&self) -> Result<Reader, Fault> {
        Ok(Reader::new(Arc::clone(&self.inside)))
    }

    /// Brings up to `limit` changes of the ledger to the picture. Damaged records are counted and
    /// passed over: one of them never stops the picture.
    ///
    /// # Errors
    /// A fault of the disk; the picture is then as it was.
    pub fn project(&self, limit: usize) -> Result<Projected, Fault> {
        self.project_until(limit, &|| false)
    }

    /// As [`Store::project`], and ends early when `stop` says so; it is asked after each change.
    ///
    /// # Errors
    /// As [`Store::project`].
    pub fn project_until(&self, limit: usize, stop: &dyn Fn() -> bool) -> Result<Projected, Fault> {
        self.may_write()?;
        let mut follower = held(&self.inside.follower);
        let follower = follower.as_mut().ok_or_else(only_read)?;
        follower.project(limit, stop)
    }

    /// Brings the records at these positions to the picture, ahead of all changes that wait. When
    /// the following reaches them it finds them there.
    ///
    /// # Errors
    /// As [`Store::project`].
    pub fn project_first(&self, positions: &[u64]) -> Result<(), Fault> {
        self.may_write()?;
        let mut follower = held(&self.inside.follower);
        let follower = follower.as_mut().ok_or_else(only_read)?;
        follower.project_first(positions)
    }

    /// Builds the picture anew from the ledger; answers with its number of rows.
    ///
    /// # Errors
    /// As [`Store::project`].
    pub fn rebuild(&self) -> Result<u64, Fault> {
        self.may_write()?;
        let mut follower = held(&self.inside.follower);
        let follower = follower.as_mut().ok_or_else(only_read)?;
        follower.rebuild()
    }

    /// Sessions and drafts.
    #[must_use]
    pub fn local(&self) -> Local {
        Local::new(Arc::clone(&self.inside))
    }

    /// Articles, decisions about them, rules and feeds.
    #[must_use]
    pub fn articles(&self) -> Articles {
        Articles::new(Arc::clone(&self.inside))
    }

    fn may_write(&self) -> Result<(), Fault> {
        if self.inside.lock.is_some() { Ok(()) } else { Err(only_read()) }
    }
}

fn only_read() -> Fault {
    Fault::Unavailable("this store is open for reading only".to_owned())
}

/// A lock whose holder panicked guards nothing that a transaction does not guard already.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps the store open for its writer, and lets the next writer in afterwards.
#[derive(Debug)]
struct Hold(Arc<Inside>);

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.writing.store(false, Ordering::Release);
    }
}
