//! The thread that lets the picture follow the ledger, and tells the screens afterwards.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};
use diwan_room::{Fault, KeyBook, Notice, Own};
use diwan_store::{SideFiles, Store};
use tokio::sync::broadcast;
use tracing::{error, info, warn};

use crate::health::{Task, TaskBoard, TaskState};
use crate::node::Keys;

/// Rows projected in one transaction of the picture: some 50 ms, which is what a screen waits for
/// while much arrives. What is urgent ends it early.
const ROWS: usize = 1024;
/// When more than this came at once more follows soon, and a transaction for many costs little
/// more than one for a few: the picture draws breath, which nothing urgent waits for.
const FLOW: u64 = 32;
const BREATH: Duration = Duration::from_millis(50);
/// How long a failing projection rests before the next try.
const REST: Duration = Duration::from_secs(1);
/// How often it is looked whether a side file has grown long.
const FOLD: Duration = Duration::from_millis(100);

/// Notices that wait for the picture; cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waiting(Arc<(Mutex<Notices>, Condvar)>);

#[derive(Debug, Default)]
struct Notices {
    waiting: Vec<Notice>,
    closed: bool,
}

impl Notices {
    /// Whether something waits that is not to wait.
    fn is_urgent(&self) -> bool {
        self.waiting.iter().any(is_urgent)
    }
}

impl Waiting {
    /// Adds notices, each once: a screen needs to hear of a change, not how often.
    pub(crate) fn add(&self, notices: Vec<Notice>) {
        let mut inner = self.inner();
        for notice in notices {
            // Items are many; looking each of them up would cost more than telling it twice.
            let one_of_many = matches!(notice, Notice::Gone(_) | Notice::Urgent { .. });
            if one_of_many || !inner.waiting.contains(&notice) {
                inner.waiting.push(notice);
            }
        }
        self.wake().notify_one();
    }

    pub(crate) fn close(&self) {
        self.inner().closed = true;
        self.wake().notify_all();
    }

    fn inner(&self) -> MutexGuard<'_, Notices> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake(&self) -> &Condvar {
        &self.0.1
    }

    fn is_closed(&self) -> bool {
        self.inner().closed
    }

    fn is_urgent(&self) -> bool {
        self.inner().is_urgent()
    }

    fn take_urgent(&self) -> Vec<Notice> {
        self.inner().waiting.extract_if(.., |notice| is_urgent(notice)).collect()
    }

    /// Lets more come together.
    fn gather(&self) {
        let idle = |inner: &mut Notices| !inner.closed && !inner.is_urgent();
        drop(self.wake().wait_timeout_while(self.inner(), BREATH, idle));
    }

    /// Waits for notices; none when closed.
    fn take(&self) -> Vec<Notice> {
        let idle = |inner: &mut Notices| inner.waiting.is_empty() && !inner.closed;
        let inner = self.wake().wait_while(self.inner(), idle);
        std::mem::take(&mut inner.unwrap_or_else(PoisonError::into_inner).waiting)
    }
}

fn is_urgent(notice: &Notice) -> bool {
    matches!(notice, Notice::Urgent { .. })
}

/// What the thread works with.
pub(crate) struct Projector {
    pub(crate) store: Store,
    pub(crate) own: Own,
    pub(crate) keys: Keys,
    pub(crate) notices: broadcast::Sender<Notice>,
    pub(crate) tasks: TaskBoard,
    pub(crate) waiting: Waiting,
}

impl Projector {
    pub(crate) fn start(self) -> Result<thread::JoinHandle<()>> {
        let named = thread::Builder::new().name("projector".to_owned());
        named.spawn(move || self.run()).context("the projector's thread could not be started")
    }

    fn run(self) {
        thread::scope(|scope| {
            let folding = scope.spawn(|| self.fold());
            self.follow_until_closed();
            folding.thread().unpark();
        });
    }

    /// Keeps side files short, beside those who write them.
    fn fold(&self) {
        let mut side_files = None;
        while !self.waiting.is_closed() {
            thread::park_timeout(FOLD);
            let folded = match &side_files {
                Some(open) => SideFiles::fold(open),
                None => self.store.side_files().map(|open| side_files = Some(open)),
            };
            if let Err(fault) = folded {
                warn!("a side file cannot be folded in and grows: {fault}");
                side_files = None;
            }
        }
    }

    fn follow_until_closed(&self) {
        self.tasks.set(Task::Projector, TaskState::Running);
        loop {
            let notices = self.waiting.take();
            if self.waiting.is_closed() {
                break;
            }
            let Some(taken) = self.follow_however_often(&notices) else { return };
            self.tasks.set(Task::Projector, TaskState::Running);
            for notice in notices {
                if !is_urgent(&notice) {
                    self.tell(notice);
                }
            }
            if taken > FLOW {
                self.waiting.gather();
            }
        }
        self.tasks.set(Task::Projector, TaskState::Stopped);
    }

    /// Tries until it is done; nothing if the node is closed meanwhile.
    fn follow_however_often(&self, notices: &[Notice]) -> Option<u64> {
        loop {
            let fault = match self.follow(notices) {
                Ok(taken) => return Some(taken),
                Err(fault) => fault,
            };
            // A rib: the ledger is safe, only the picture is late.
            error!("the picture cannot follow the ledger: {fault}");
            self.tasks.set(Task::Projector, TaskState::Restarting(fault.to_string()));
            thread::sleep(REST);
            if self.waiting.is_closed() {
                return None;
            }
        }
    }

    /// Projects what is there now, and says how much. Not until nothing is left: while partners
    /// send without pause that would be never, and screens would hear nothing.
    fn take_in(&self) -> Result<u64, Fault> {
        let behind = self.store.reader()?.behind()?;
        let mut taken = 0;
        loop {
            let done = self.store.project_until(ROWS, &|| self.waiting.is_urgent())?;
            self.take_first(self.waiting.take_urgent())?;
            taken += done.rows as u64;
            if done.caught_up || taken >= behind {
                return Ok(taken);
            }
            self.tell(Notice::Ledger);
        }
    }

    /// What nobody may wait for leaps everything that is still to be projected.
    fn take_first(&self, urgent: Vec<Notice>) -> Result<(), Fault> {
        let position = |notice: &Notice| match notice {
            Notice::Urgent { position, .. } => Some(*position),
            _ => None,
        };
        let positions: Vec<u64> = urgent.iter().filter_map(position).collect();
        if !positions.is_empty() {
            self.store.project_first(&positions)?;
        }
        urgent.into_iter().for_each(|notice| self.tell(notice));
        Ok(())
    }

    fn tell(&self, notice: Notice) {
        // Nobody may be looking.
        let _ = self.notices.send(notice);
    }

    /// Says how many changes were taken in.
    fn follow(&self, notices: &[Notice]) -> Result<u64, Fault> {
        let ledger = |notice: &Notice| matches!(notice, Notice::Ledger | Notice::Gone(_));
        let people = |notice: &Notice| matches!(notice, Notice::People);
        self.take_first(notices.iter().filter(|notice| is_urgent(notice)).cloned().collect())?;
        let taken = if notices.iter().any(ledger) { self.take_in()? } else { 0 };
        if notices.iter().any(people) {
            let book = self.store.reader()?.ledger(|ledger| KeyBook::load(&self.own, ledger))?;
            self.keys.set(book);
            info!("partners' keys were read again");
        }
        Ok(taken)
    }
}

/// Projects until the picture has caught up with the ledger.
///
/// # Errors
/// A fault of the store.
pub(crate) fn catch_up(store: &Store) -> Result<(), Fault> {
    while !store.project(ROWS)?.caught_up {}
    Ok(())
}
