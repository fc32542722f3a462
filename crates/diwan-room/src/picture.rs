//! The picture: items folded from records, for one viewer at a time.
//!
//! A record becomes one [`Row`] of the index (`row`); an item is folded from the rows its viewer
//! may see (`fold`). Folding is a merge: it does not depend on the order of the rows.

mod query;

use std::collections::BTreeMap;

use diwan_record::kind::Body;
use diwan_record::{Digest, ItemId, Kind, Moment, PartnerId, Place, Precedence, State, Text};

use crate::ledger::{Held, Standing};
pub use query::{Cursor, Query};

/// What the index keeps of one kept record: enough to list and draw it without its body.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub position: u64,
    pub digest: Digest,
    /// The item it shows on: its own, or the one it is about.
    pub item: ItemId,
    /// The item its header names; versions are counted in it.
    pub own_item: ItemId,
    pub state: State,
    pub label_no: u32,
    pub kind: Kind,
    pub originator: PartnerId,
    pub version: u32,
    pub variant: u32,
    pub precedence: Precedence,
    pub made: Moment,
    pub received: Moment,
    /// For kinds that are items of their own.
    pub face: Option<Face>,
    /// For a site's status: its code, as of, stale after.
    pub status: Option<(String, Moment, Moment)>,
    /// For a note that says the record is wrong.
    pub disputes: bool,
    /// Every text a person may search for, as written; the store folds it for its index.
    pub text: String,
}

/// What a list and a map show of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    pub title: Text,
    pub place: Option<Place>,
    pub at: Option<Moment>,
    pub category: String,
}

/// An item as a list, a timeline or a map shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    pub item: ItemId,
    pub state: State,
    pub kind: Kind,
    pub originator: PartnerId,
    pub face: Face,
    /// The newest arrival that this viewer may see.
    pub received: Moment,
    /// The label under which the face is held.
    pub label_no: u32,
    pub precedence: Precedence,
    pub status: Option<(String, Moment, Moment)>,
    pub disputed: bool,
}

/// An item folded for one viewer: its brief and its rows, current ones told from superseded ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Folded {
    /// Absent when only records about the item are visible, not the item itself.
    pub brief: Option<Brief>,
    pub current: Vec<Row>,
    pub superseded: Vec<Row>,
}

/// The row of a kept record; `None` for one that is not on the picture.
#[must_use]
pub fn row(held: &Held) -> Option<Row> {
    if held.standing != Standing::Kept {
        return None;
    }
    let header = held.record.header();
    let body = held.record.body().ok()?;
    let face = match body {
        Body::Newer => Some(newer_face(&header.kind)),
        known => known.sketch().map(|sketch| Face {
            title: sketch.title.clone(),
            place: sketch.place.cloned(),
            at: sketch.at,
            category: sketch.category.to_owned(),
        }),
    };
    let status = match body {
        Body::SiteStatus(status) => {
            Some((status.state.code().to_owned(), status.as_of, status.stale_after))
        }
        _ => None,
    };
    Some(Row {
        position: held.position,
        digest: *held.record.digest(),
        item: body.about().unwrap_or(header.item),
        own_item: header.item,
        state: held.label.state,
        label_no: held.label_no,
        kind: header.kind.clone(),
        originator: header.originator.clone(),
        version: header.version,
        variant: header.variant,
        precedence: held.precedence,
        made: header.made,
        received: held.received,
        face,
        status,
        disputes: matches!(body, Body::Note(note) if note.sort.disputes()),
        text: body.texts().join(" "),
    })
}

/// A record of a newer kind is shown by its kind alone.
fn newer_face(kind: &Kind) -> Face {
    Face {
        title: Text::one(diwan_record::Lang::En, kind.code()),
        place: None,
        at: None,
        category: "newer".to_owned(),
    }
}

/// Folds the rows of one item that one viewer may see. The order of `rows` does not matter.
#[must_use]
pub fn fold(rows: Vec<Row>) -> Folded {
    let (mut current, mut superseded) = (Vec::new(), Vec::new());
    let are_current = are_current(&rows);
    for (row, is_current) in rows.into_iter().zip(are_current) {
        if is_current { current.push(row) } else { superseded.push(row) }
    }
    let order = |row: &Row| (row.variant, row.made, row.digest);
    current.sort_by_key(order);
    superseded.sort_by_key(order);
    Folded { brief: brief(&current), current, superseded }
}

/// Of one author's versions of an item and variant the newest count. Two of one version stand side
/// by side if they are under different labels: neither author need have seen the other's.
fn are_current(rows: &[Row]) -> Vec<bool> {
    type Of<'a> = (&'a PartnerId, ItemId, u32);
    let mut newest: BTreeMap<Of<'_>, u32> = BTreeMap::new();
    let mut of_label: BTreeMap<(Of<'_>, u32), (u32, Digest)> = BTreeMap::new();
    for row in rows {
        let key = (&row.originator, row.own_item, row.variant);
        let best = newest.entry(key).or_default();
        *best = row.version.max(*best);
        let this = (row.version, row.digest);
        let best = of_label.entry((key, row.label_no)).or_insert(this);
        *best = this.max(*best);
    }
    let is_current = |row: &Row| {
        let key = (&row.originator, row.own_item, row.variant);
        let best = of_label.get(&(key, row.label_no));
        newest.get(&key) == Some(&row.version) && best == Some(&(row.version, row.digest))
    };
    rows.iter().map(is_current).collect()
}

/// The face is that of the fullest variant of whoever spoke first; statuses and disputes of
/// everyone count. Arrival time is the newest of all, as that is what a list sorts by.
fn brief(current: &[Row]) -> Option<Brief> {
    let faced = |row: &&Row| row.face.is_some();
    let front = current.iter().find(faced)?;
    let face = front.face.clone()?;
    let latest = |row: &&Row| row.status.as_ref().map(|(_, as_of, _)| (*as_of, row.digest));
    let status = current.iter().filter(|row| row.status.is_some()).max_by_key(latest);
    Some(Brief {
        item: front.item,
        state: front.state,
        kind: front.kind.clone(),
        originator: front.originator.clone(),
        face,
        received: current.iter().map(|row| row.received).max()?,
        label_no: front.label_no,
        precedence: current.iter().map(|row| row.precedence).max()?,
        status: status.and_then(|row| row.status.clone()),
        disputed: current.iter().any(|row| row.disputes),
    })
}
