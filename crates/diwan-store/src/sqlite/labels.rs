//! Labels and their numbers, and which numbers a viewer may see.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use diwan_record::{Entitlement, Label, State, bytes};
use diwan_room::{Fault, Viewer, visible_labels};
use rusqlite::{Connection, OptionalExtension, params};

use super::file::fault;

/// The writer's own view, which may hold numbers of a batch that is not committed.
#[derive(Debug, Default)]
pub(super) struct OwnLabels {
    by_label: HashMap<Vec<u8>, u32>,
    by_no: Mutex<BTreeMap<u32, Label>>,
}

impl OwnLabels {
    /// The number of a label; a new label gets the next one.
    pub(super) fn intern(&mut self, conn: &Connection, label: &Label) -> Result<u32, Fault> {
        let key = bytes::write(label);
        if let Some(number) = self.by_label.get(&key) {
            return Ok(*number);
        }
        let mut find =
            conn.prepare_cached("SELECT label_no FROM labels WHERE label = ?1").map_err(fault)?;
        let found = find.query_row([&key], |row| row.get(0)).optional().map_err(fault)?;
        let number = match found {
            Some(number) => number,
            None => conn
                .prepare_cached("INSERT INTO labels (label) VALUES (?1) RETURNING label_no")
                .and_then(|mut add| add.query_row([&key], |row| row.get(0)))
                .map_err(fault)?,
        };
        self.by_label.insert(key, number);
        Ok(number)
    }

    pub(super) fn get(&self, conn: &Connection, number: u32) -> Result<Label, Fault> {
        let mut by_no = self.by_no.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(label) = by_no.get(&number) {
            return Ok(label.clone());
        }
        let label = read(conn, number)?;
        by_no.insert(number, label.clone());
        Ok(label)
    }

    /// After an undo the numbers given in the batch are free again.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

fn read(conn: &Connection, number: u32) -> Result<Label, Fault> {
    let mut find =
        conn.prepare_cached("SELECT label FROM labels WHERE label_no = ?1").map_err(fault)?;
    let found: Option<Vec<u8>> =
        find.query_row([number], |row| row.get(0)).optional().map_err(fault)?;
    let damaged = || Fault::Corrupt(format!("label {number} cannot be read"));
    bytes::read(&found.ok_or_else(damaged)?).map_err(|_| damaged())
}

/// The labels a viewer may see.
#[derive(Debug)]
pub(super) struct Visible {
    seen: Vec<bool>,
}

impl Visible {
    pub(super) fn sees(&self, number: u32) -> bool {
        usize::try_from(number).ok().and_then(|number| self.seen.get(number)) == Some(&true)
    }
}

/// Committed labels, shared by all readers: a committed number never changes its meaning.
#[derive(Debug, Default)]
pub(super) struct SharedLabels(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    all: Vec<(u32, Label)>,
    viewers: BTreeMap<(Entitlement, State), Arc<Visible>>,
}

/// Entitlements seen at one time are few; beyond this the sets are worked out again.
const VIEWERS: usize = 1000;

impl SharedLabels {
    /// `conn` must not be older than the picture that the answer is used for.
    pub(super) fn visible(
        &self,
        conn: &Connection,
        viewer: &Viewer,
    ) -> Result<Arc<Visible>, Fault> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.learn(conn)?;
        let key = (viewer.entitlement.clone(), viewer.state);
        if let Some(visible) = known.viewers.get(&key) {
            return Ok(Arc::clone(visible));
        }
        let numbers = visible_labels(viewer, &known.all);
        let last = numbers.last().map_or(0, |last| usize::try_from(*last).unwrap_or(0) + 1);
        let mut seen = vec![false; last];
        for number in &numbers {
            if let Some(slot) = usize::try_from(*number).ok().and_then(|at| seen.get_mut(at)) {
                *slot = true;
            }
        }
        let visible = Arc::new(Visible { seen });
        if known.viewers.len() >= VIEWERS {
            known.viewers.clear();
        }
        known.viewers.insert(key, Arc::clone(&visible));
        Ok(visible)
    }

    pub(super) fn get(&self, conn: &Connection, number: u32) -> Result<Label, Fault> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(label) = known.find(number) {
            return Ok(label);
        }
        known.learn(conn)?;
        known.find(number).ok_or_else(|| Fault::Corrupt(format!("there is no label {number}")))
    }

    /// The label of a number that was met before.
    pub(super) fn known(&self, number: u32) -> Option<Label> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).find(number)
    }
}

impl Known {
    fn find(&self, number: u32) -> Option<Label> {
        let at = self.all.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        self.all.get(at).map(|(_, label)| label.clone())
    }

    /// Takes in labels that are new since the last look; sets of viewers are then worked out again.
    fn learn(&mut self, conn: &Connection) -> Result<(), Fault> {
        let after = self.all.last().map_or(0, |(number, _)| *number);
        let mut find = conn
            .prepare_cached(
                "SELECT label_no, label FROM labels WHERE label_no > ?1 ORDER BY label_no",
            )
            .map_err(fault)?;
        let mut rows = find.query(params![after]).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            let number: u32 = row.get(0).map_err(fault)?;
            let label: Vec<u8> = row.get(1).map_err(fault)?;
            let label = bytes::read(&label)
                .map_err(|_| Fault::Corrupt(format!("label {number} cannot be read")))?;
            self.all.push((number, label));
            self.viewers.clear();
        }
        Ok(())
    }
}
