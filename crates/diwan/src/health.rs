//! The closed list of tasks and how each of them is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Everything that runs in a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Writes the ledger. Spine: when it stops, the program stops.
    Desk,
    /// Lets the picture follow the ledger.
    Projector,
    /// Tells the room that time passes.
    Ticker,
    /// Takes calls of partners.
    Listener,
    /// Keeps one link per partner.
    Links,
    /// Serves the screens.
    Screens,
    /// Polls feeds of open sources.
    Feeds,
}

impl Task {
    pub const ALL: [Self; 7] = [
        Self::Desk,
        Self::Projector,
        Self::Ticker,
        Self::Listener,
        Self::Links,
        Self::Screens,
        Self::Feeds,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Projector => "projector",
            Self::Ticker => "ticker",
            Self::Listener => "listener",
            Self::Links => "links",
            Self::Screens => "screens",
            Self::Feeds => "feeds",
        }
    }
}

/// How a task is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskState {
    Running,
    /// It failed and is being started again; why, in plain words.
    Restarting(String),
    Stopped,
}

impl TaskState {
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Restarting(_) => "restarting",
            Self::Stopped => "stopped",
        }
    }
}

/// The state of every task; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct TaskBoard(Arc<Mutex<BTreeMap<Task, TaskState>>>);

impl TaskBoard {
    /// Every task of the list, also those that never started.
    #[must_use]
    pub fn all(&self) -> Vec<(Task, TaskState)> {
        let states = self.states();
        let state = |task| states.get(&task).cloned().unwrap_or(TaskState::Stopped);
        Task::ALL.into_iter().map(|task| (task, state(task))).collect()
    }

    pub(crate) fn set(&self, task: Task, state: TaskState) {
        self.states().insert(task, state);
    }

    fn states(&self) -> MutexGuard<'_, BTreeMap<Task, TaskState>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
