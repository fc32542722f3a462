//! How trails are stored: in stretches of spots, in order of arrival.
//!
//! What one transaction lays on a trail is written at once, and a walk reads few rows. A stretch
//! is a row of whole numbers in CBOR, three a spot: how far its position and its item are from
//! those before, and its label.

use std::collections::BTreeMap;

use diwan_room::Fault;
use minicbor::{Decoder, Encoder};
use rusqlite::{Connection, OptionalExtension, params};

use super::trail::Spot;
use crate::sqlite::file::fault;

/// Spots in a stretch: some 800 bytes, which a page holds without overflowing.
const SPOTS: usize = 128;

/// Spots to be laid on trails or taken up, by trail and position, until they are written together.
#[derive(Debug, Default)]
pub(super) struct Laying(BTreeMap<(i64, i64), Option<Spot>>);

impl Laying {
    pub(super) fn lay(&mut self, trail: i64, spot: Spot) {
        self.0.insert((trail, spot.position), Some(spot));
    }

    pub(super) fn take_up(&mut self, trail: i64, position: i64) {
        self.0.insert((trail, position), None);
    }

    pub(super) fn forget(&mut self) {
        self.0.clear();
    }

    /// Writes what was gathered, trail by trail.
    pub(super) fn write(&mut self, conn: &Connection) -> Result<(), Fault> {
        let mut changes = std::mem::take(&mut self.0).into_iter().peekable();
        while let Some(((trail, position), _)) = changes.peek() {
            let trail = *trail;
            let mut stretch = Stretch::around(conn, trail, *position)?;
            let end = stretch.next.unwrap_or(i64::MAX);
            while let Some(((_, position), spot)) =
                changes.next_if(|(at, _)| at.0 == trail && at.1 < end)
            {
                stretch.change(position, spot);
            }
            stretch.write(conn, trail)?;
        }
        Ok(())
    }
}

/// One stretch while it is changed.
struct Stretch {
    /// Its spots as they are stored, if it is.
    stored: Option<(i64, Vec<u8>)>,
    /// Where the next stretch begins.
    next: Option<i64>,
    before: usize,
    spots: Vec<Spot>,
}

impl Stretch {
    /// The stretch to which a position belongs: the newest that begins there or before, or else
    /// the oldest.
    fn around(conn: &Connection, trail: i64, position: i64) -> Result<Self, Fault> {
        let next = "(SELECT min(n.first) FROM trails n WHERE n.trail = ?1 AND n.first > t.first)";
        let here = format!(
            "SELECT first, spots, {next} FROM trails t WHERE trail = ?1 AND first <= ?2 \
             ORDER BY first DESC LIMIT 1"
        );
        let oldest = format!(
            "SELECT first, spots, {next} FROM trails t WHERE trail = ?1 AND first > ?2 \
             ORDER BY first LIMIT 1"
        );
        for sql in [here, oldest] {
            let mut find = conn.prepare_cached(&sql).map_err(fault)?;
            let found = find.query_row(params![trail, position], |row| {
                Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?, row.get(2)?))
            });
            if let Some((first, stored, next)) = found.optional().map_err(fault)? {
                let spots = read(first, &stored)?;
                let before = spots.len();
                return Ok(Self { stored: Some((first, stored)), next, before, spots });
            }
        }
        Ok(Self { stored: None, next: None, before: 0, spots: Vec::new() })
    }

    fn change(&mut self, position: i64, spot: Option<Spot>) {
        let at = self.spots.binary_search_by_key(&position, |spot| spot.position);
        match (at, spot) {
            (Ok(at), Some(spot)) => self.spots.splice(at..=at, [spot]).for_each(drop),
            (Ok(at), None) => drop(self.spots.remove(at)),
            (Err(at), Some(spot)) => self.spots.insert(at, spot),
            (Err(_), None) => {}
        }
    }

    fn write(self, conn: &Connection, trail: i64) -> Result<(), Fault> {
        let mut stored = self.stored;
        let first = self.spots.first().map(|spot| spot.position);
        if let Some((old, _)) = stored.take_if(|(old, _)| Some(*old) != first) {
            let sql = "DELETE FROM trails WHERE trail = ?1 AND first = ?2";
            run(conn, sql, params![trail, old])?;
        }
        for spots in self.spots.chunks(SPOTS) {
            let Some(first) = spots.first().map(|spot| spot.position) else { continue };
            let bytes = bytes(spots);
            // A full stretch to whose end something is added stays as it is.
            if stored.take().is_none_or(|(_, stored)| stored != bytes) {
                let sql = "INSERT INTO trails VALUES (?1, ?2, ?3) \
                           ON CONFLICT DO UPDATE SET spots = ?3";
                run(conn, sql, params![trail, first, bytes])?;
            }
        }
        let more = i64::try_from(self.spots.len()).unwrap_or(i64::MAX)
            - i64::try_from(self.before).unwrap_or(i64::MAX);
        let sql = "INSERT INTO trail_lengths VALUES (?1, ?2) \
                   ON CONFLICT DO UPDATE SET spots = spots + ?2";
        run(conn, sql, params![trail, more])
    }
}

fn run(conn: &Connection, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<(), Fault> {
    conn.prepare_cached(sql).and_then(|mut one| one.execute(values)).map(drop).map_err(fault)
}

fn bytes(spots: &[Spot]) -> Vec<u8> {
    let mut to = Encoder::new(Vec::with_capacity(spots.len() * 8));
    let (mut position, mut item_no) = (spots.first().map_or(0, |spot| spot.position), 0);
    for spot in spots {
        // INVARIANT: writing to a Vec cannot fail.
        let _ = to
            .i64(spot.position - position)
            .and_then(|to| to.i64(spot.item_no - item_no))
            .and_then(|to| to.u32(spot.label_no));
        (position, item_no) = (spot.position, spot.item_no);
    }
    to.into_writer()
}

/// The spots of a stretch that begins at position `first`.
pub(in crate::sqlite) fn read(first: i64, bytes: &[u8]) -> Result<Vec<Spot>, Fault> {
    let mut from = Decoder::new(bytes);
    let (mut position, mut item_no) = (first, 0i64);
    let mut spots = Vec::with_capacity(SPOTS);
    while from.position() < bytes.len() {
        let steps = (|| Ok((from.i64()?, from.i64()?, from.u32()?)))();
        let (along, aside, label_no) = steps.map_err(|_: minicbor::decode::Error| broken())?;
        position = position.checked_add(along).ok_or_else(broken)?;
        item_no = item_no.checked_add(aside).ok_or_else(broken)?;
        spots.push(Spot { position, item_no, label_no });
    }
    Ok(spots)
}

pub(super) fn broken() -> Fault {
    Fault::Corrupt("a trail of the picture; rebuild it".to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn trails() -> Connection {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(
            "CREATE TABLE trails (trail, first, spots, PRIMARY KEY (trail, first)) WITHOUT ROWID; \
             CREATE TABLE trail_lengths (trail INTEGER PRIMARY KEY, spots)",
        )
        .unwrap();
        conn
    }

    fn stored(conn: &Connection) -> BTreeMap<(i64, i64), Spot> {
        let mut find = conn.prepare("SELECT trail, first, spots FROM trails").unwrap();
        let mut rows = find.query([]).unwrap();
        let mut all = BTreeMap::new();
        while let Some(row) = rows.next().unwrap() {
            let (trail, first) = (row.get(0).unwrap(), row.get(1).unwrap());
            let bytes: Vec<u8> = row.get(2).unwrap();
            let spots = read(first, &bytes).unwrap();
            assert!((1..=SPOTS).contains(&spots.len()) && spots[0].position == first);
            all.extend(spots.into_iter().map(|spot| ((trail, spot.position), spot)));
        }
        all
    }

    fn lengths(conn: &Connection) -> Vec<(i64, i64)> {
        let sql = "SELECT trail, spots FROM trail_lengths WHERE spots <> 0 ORDER BY trail";
        let mut find = conn.prepare(sql).unwrap();
        find.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    }

    proptest! {
        /// However spots are laid and taken up in transactions, the trails hold what is left.
        #[test]
        fn trails_hold_what_was_laid(
            rounds in prop::collection::vec(
                prop::collection::vec((0..3i64, 1..700i64, prop::option::of((0..i64::MAX, 0..9u32))), 0..200),
                1..8,
            ),
        ) {
            let conn = trails();
            let mut plain = BTreeMap::new();
            for round in rounds {
                let mut laying = Laying::default();
                for (trail, position, laid) in round {
                    match laid {
                        Some((item_no, label_no)) => {
                            let spot = Spot { position, item_no, label_no };
                            laying.lay(trail, spot);
                            plain.insert((trail, position), spot);
                        }
                        None => {
                            laying.take_up(trail, position);
                            plain.remove(&(trail, position));
                        }
                    }
                }
                laying.write(&conn).unwrap();
                prop_assert_eq!(&stored(&conn), &plain);
                let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
                plain.keys().for_each(|(trail, _)| *counts.entry(*trail).or_default() += 1);
                prop_assert_eq!(lengths(&conn), counts.into_iter().collect::<Vec<_>>());
            }
        }

        #[test]
        fn foreign_bytes_are_no_spots_and_no_panic(bytes: Vec<u8>) {
            let _ = read(i64::MAX, &bytes);
        }
    }

    #[test]
    fn a_long_trail_takes_little_room_and_few_rows() {
        let conn = trails();
        for from in (0..10_000).step_by(100) {
            let mut laying = Laying::default();
            for position in from..from + 100 {
                laying.lay(0, Spot { position, item_no: position / 2 + 5, label_no: 900 });
            }
            laying.write(&conn).unwrap();
        }
        let sql = "SELECT count(*), max(length(spots)) FROM trails";
        let (rows, most): (i64, i64) =
            conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert_eq!(rows, 10_000 / 128 + 1);
        assert!(most < 1000, "{most}");
    }
}
