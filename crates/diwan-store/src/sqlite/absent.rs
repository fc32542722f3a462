//! Documents that are not there, known without asking the database.
//!
//! Of every record it is asked whether it was recalled, withheld or granted, and nearly always it
//! was not: the keys that there are fit into memory.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Included, Unbounded};
use std::sync::{Mutex, PoisonError};

use diwan_room::{Fault, Shelf};
use rusqlite::Connection;

use super::verbs;

/// Shelves whose documents are about single records.
const BY_RECORD: [Shelf; 5] =
    [Shelf::Tombstone, Shelf::Recall, Shelf::Withheld, Shelf::Grant, Shelf::Received];
/// With more keys than these, some 5 MB a shelf, the database is asked.
const KEYS: usize = 50_000;

/// The writer's own knowledge, exact as long as nobody else writes.
#[derive(Debug, Default)]
pub(super) struct Absent(Mutex<BTreeMap<Shelf, Keys>>);

/// Every key of a shelf; `None` if they are too many.
type Keys = Option<BTreeSet<Vec<u8>>>;

impl Absent {
    /// Whether certainly no document of the shelf has a key that starts like this.
    pub(super) fn is(&self, conn: &Connection, shelf: Shelf, prefix: &[u8]) -> Result<bool, Fault> {
        if !BY_RECORD.contains(&shelf) {
            return Ok(false);
        }
        let mut shelves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = match shelves.entry(shelf) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let keys = verbs::doc_keys(conn, shelf, KEYS + 1)?;
                unknown.insert((keys.len() <= KEYS).then_some(keys))
            }
        };
        let Some(keys) = keys else { return Ok(false) };
        let next = keys.range::<[u8], _>((Included(prefix), Unbounded)).next();
        Ok(!next.is_some_and(|key| key.starts_with(prefix)))
    }

    /// A document was written.
    pub(super) fn put(&mut self, shelf: Shelf, key: &[u8]) {
        let shelves = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = shelves.get_mut(&shelf) {
            if let Some(keys) = known {
                keys.insert(key.to_vec());
            }
            known.take_if(|keys| keys.len() > KEYS);
        }
    }

    /// A document was removed.
    pub(super) fn remove(&mut self, shelf: Shelf, key: &[u8]) {
        let shelves = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(Some(keys)) = shelves.get_mut(&shelf) {
            keys.remove(key);
        }
    }

    /// After an undo.
    pub(super) fn forget(&mut self) {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
