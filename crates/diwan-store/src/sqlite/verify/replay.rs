//! The picture compared with one built anew.

use std::fs;
use std::path::Path;

use diwan_record::Digest;
use diwan_room::Fault;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::Verdict;
use crate::sqlite::file::{PICTURE, disk, fault};
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
    ("item", "SELECT id, NULL, kinds, places FROM items ORDER BY id"),
    (
        "trail",
        "SELECT t.trail, t.position, i.id, t.label_no FROM trails t \
         LEFT JOIN items i USING (item_no) ORDER BY t.trail, t.position",
    ),
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
    let mut follower = follow::Follower::between(ledger, replay, None)?;
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
    let (mut ours, mut theirs) = (ours.query([]).map_err(fault)?, theirs.query([]).map_err(fault)?);
    loop {
        let (one, other) = (next(&mut ours)?, next(&mut theirs)?);
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

fn next(rows: &mut rusqlite::Rows<'_>) -> Result<Option<Vec<Value>>, Fault> {
    let Some(row) = rows.next().map_err(fault)? else {
        return Ok(None);
    };
    let width = row.as_ref().column_count();
    (0..width).map(|column| row.get(column).map_err(fault)).collect::<Result<_, _>>().map(Some)
}

fn digest(row: &[Value]) -> Option<Digest> {
    match row.get(1) {
        Some(Value::Blob(bytes)) => bytes.as_slice().try_into().ok().map(Digest),
        _ => None,
    }
}
