//! The picture compared with one built anew.

use std::collections::VecDeque;
use std::fs;
use std::path::Path;

use diwan_record::Digest;
use diwan_room::Fault;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

use super::Verdict;
use crate::sqlite::file::{PICTURE, disk, fault};
use crate::sqlite::picture::stretch;
use crate::sqlite::{READER_KIB, follow};

/// What is compared: a name for people, and a listing in which the short numbers of items, which
/// depend on history, are replaced by their identifiers.
const LISTINGS: [(&str, &str); 4] = [
    (
        "row",
        "SELECT r.position, r.digest, i.id, r.label_no, r.past, r.own_item, r.originator, r.kind, \
         r.version, r.variant, r.precedence, r.made, r.received, r.title, r.category, r.at, r.lon, \
         r.lat, r.radius, r.place, r.status, r.as_of, r.stale_after, r.disputes \
         FROM rows r LEFT JOIN items i USING (item_no) ORDER BY r.position",
    ),
    ("item", "SELECT id, NULL, kinds, places, held, spots FROM items ORDER BY id"),
    ("trail", "SELECT trail, first, spots FROM trails ORDER BY trail, first"),
    ("word", "SELECT term, doc FROM temp.instances"),
];

pub(super) fn check(
    dir: &Path,
    ledger: Connection,
    picture: &Connection,
    verdict: &mut Verdict,
) -> Result<(), Fault> {
    let path = dir.join("replay.db");
    // One may be left from a run that was killed.
    remove(&path)?;
    let replay = PICTURE.open_at(&path, READER_KIB)?;
    let mut follower = follow::Follower::between(ledger, replay)?;
    let compared = follower.catch_up().and_then(|()| {
        LISTINGS.iter().try_for_each(|listing| compare(listing, &follower, picture, verdict))
    });
    drop(follower);
    remove(&path)?;
    compared
}

fn remove(path: &Path) -> Result<(), Fault> {
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(disk(path, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Names the first difference of a listing; those behind it mostly follow from it.
fn compare(
    (name, sql): &(&str, &str),
    follower: &follow::Follower,
    picture: &Connection,
    verdict: &mut Verdict,
) -> Result<(), Fault> {
    let built = follower.picture();
    if sql.contains("instances") {
        let vocabulary =
            "CREATE VIRTUAL TABLE temp.instances USING fts5vocab(main, words, instance)";
        built.execute_batch(vocabulary).map_err(fault)?;
        picture.execute_batch(vocabulary).map_err(fault)?;
    }
    let (mut ours, mut theirs) =
        (built.prepare(sql).map_err(fault)?, picture.prepare(sql).map_err(fault)?);
    let mut ours = Listed::new(built, ours.query([]).map_err(fault)?, name);
    let mut theirs = Listed::new(picture, theirs.query([]).map_err(fault)?, name);
    loop {
        let (one, other) = (ours.next()?, theirs.next()?);
        if one != other {
            // The row that comes first is the one that has no fellow.
            let odd = one.into_iter().chain(other).min_by_key(|row| order(row));
            let record = odd.as_deref().and_then(digest);
            verdict.find(record, format!("the picture differs from the ledger at a {name}"));
            return Ok(());
        }
        if one.is_none() {
            return Ok(());
        }
        verdict.rows += u64::from(*name == "row");
    }
}

/// Rows are listed by position.
fn order(row: &[Value]) -> i64 {
    match row.first() {
        Some(Value::Integer(position)) => *position,
        _ => 0,
    }
}

/// The rows of a listing. Where stretches of trails end depends on history too, so their spots are
/// listed one by one.
struct Listed<'a> {
    conn: &'a Connection,
    rows: rusqlite::Rows<'a>,
    of_trails: bool,
    ahead: VecDeque<Vec<Value>>,
}

impl<'a> Listed<'a> {
    fn new(conn: &'a Connection, rows: rusqlite::Rows<'a>, name: &str) -> Self {
        Self { conn, rows, of_trails: name == "trail", ahead: VecDeque::new() }
    }

    fn next(&mut self) -> Result<Option<Vec<Value>>, Fault> {
        if self.ahead.is_empty() {
            let Some(row) = self.rows.next().map_err(fault)? else {
                return Ok(None);
            };
            if self.of_trails {
                self.ahead.extend(spots(self.conn, row)?);
            } else {
                let width = row.as_ref().column_count();
                let values = (0..width).map(|column| row.get(column).map_err(fault));
                self.ahead.push_back(values.collect::<Result<_, _>>()?);
            }
        }
        Ok(self.ahead.pop_front())
    }
}

/// Trail, position, item and label of each spot of a stretch.
fn spots(conn: &Connection, row: &rusqlite::Row<'_>) -> Result<Vec<Vec<Value>>, Fault> {
    let (trail, first) = (row.get(0).map_err(fault)?, row.get(1).map_err(fault)?);
    let bytes: Vec<u8> = row.get(2).map_err(fault)?;
    let mut find = conn.prepare_cached("SELECT id FROM items WHERE item_no = ?1").map_err(fault)?;
    let mut listed = Vec::new();
    for spot in stretch::read(first, &bytes)? {
        let id: Option<Value> =
            find.query_row([spot.item_no], |row| row.get(0)).optional().map_err(fault)?;
        let (position, label) =
            (Value::Integer(spot.position), Value::Integer(spot.label_no.into()));
        listed.push(vec![Value::Integer(trail), position, id.unwrap_or(Value::Null), label]);
    }
    Ok(listed)
}

fn digest(row: &[Value]) -> Option<Digest> {
    match row.get(1) {
        Some(Value::Blob(bytes)) => bytes.as_slice().try_into().ok().map(Digest),
        _ => None,
    }
}
