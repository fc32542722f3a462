//! Rows of records kept a moment ago, on their way from the writer to the follower: what was just
//! written need not be read, hashed and parsed again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use diwan_room::Row;

/// Beyond this the follower reads from the ledger; with texts of a kilobyte some 8 MB.
const ROWS: usize = 4096;

/// Rows by position; cheap to clone. It may lack any row: the ledger has them all.
#[derive(Clone, Debug, Default)]
pub(super) struct Fresh(Arc<Mutex<BTreeMap<i64, Row>>>);

impl Fresh {
    /// Adds rows of a batch that is durable.
    pub(super) fn add(&self, rows: Vec<(i64, Row)>) {
        self.rows(|fresh| {
            let room = ROWS.saturating_sub(fresh.len());
            fresh.extend(rows.into_iter().take(room));
        });
    }

    pub(super) fn take(&self, position: i64) -> Option<Row> {
        self.rows(|fresh| fresh.remove(&position))
    }

    /// Forgets what the follower has passed.
    pub(super) fn drop_up_to(&self, position: i64) {
        self.rows(|fresh| {
            if let Some(after) = position.checked_add(1) {
                *fresh = fresh.split_off(&after);
            }
        });
    }

    fn rows<T>(&self, with: impl FnOnce(&mut BTreeMap<i64, Row>) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
