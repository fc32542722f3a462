//! Trails: lists of items in order of arrival, and which of them a question has to walk.

use diwan_record::Kind;
use diwan_room::Fault;
use rusqlite::{Connection, OptionalExtension, params};

use super::stretch;
use crate::sqlite::file::fault;

/// The trail of all items.
pub(super) const ALL: i64 = 0;
const LABEL: i64 = 1 << 40;
const KIND: i64 = 2 << 40;
const CELL: i64 = 3 << 40;

/// Sizes of cells, finest first: number and side in degrees.
const SIZES: [(i64, f64); 3] = [(1, 1.0 / 16.0), (2, 0.5), (3, 4.0)];
/// More cells than this, and coarser ones are taken.
const CELLS: usize = 100;

pub(super) fn of_label(label_no: u32) -> i64 {
    LABEL | i64::from(label_no)
}

/// The bit of a kind in an item's set; newer kinds share one.
pub(super) fn kind_bit(kind: &Kind) -> i64 {
    1 << kind_number(kind)
}

fn kind_number(kind: &Kind) -> u32 {
    let known = Kind::ALL.iter().position(|one| one == kind);
    known.and_then(|at| u32::try_from(at).ok()).unwrap_or(60).min(60)
}

pub(super) fn of_kinds(bits: i64) -> impl Iterator<Item = i64> {
    (0..=60i64).filter(move |number| bits >> number & 1 == 1).map(|number| KIND | number)
}

/// The cells a position lies in, one of each size.
pub(super) fn of_place(lon: f64, lat: f64) -> [i64; 3] {
    SIZES.map(|(size, side)| cell(size, step(lon + 180.0, side), step(lat + 90.0, side)))
}

fn step(degrees: f64, side: f64) -> i64 {
    // Degrees are within the earth; anything else was refused when the record was opened.
    #[allow(clippy::cast_possible_truncation, reason = "360 degrees by 1/16 fit")]
    let step = (degrees / side).floor() as i64;
    step
}

fn cell(size: i64, x: i64, y: i64) -> i64 {
    CELL | size << 32 | x << 16 | y
}

/// The cells that cover a window, as fine as is reasonable; `None` if it is too wide for any.
pub(super) fn of_window(window: [f64; 4]) -> Option<Vec<i64>> {
    let [west, south, east, north] = window;
    if window.iter().any(|side| !side.is_finite()) || south > north {
        return Some(Vec::new());
    }
    let spans = if west <= east { vec![(west, east)] } else { vec![(west, 180.0), (-180.0, east)] };
    let clip = |degrees: f64, most: f64| degrees.clamp(-most, most);
    for (size, side) in SIZES {
        let rows = step(clip(south, 90.0) + 90.0, side)..=step(clip(north, 90.0) + 90.0, side);
        let columns: Vec<i64> = spans
            .iter()
            .flat_map(|(from, to)| {
                step(clip(*from, 180.0) + 180.0, side)..=step(clip(*to, 180.0) + 180.0, side)
            })
            .take(CELLS + 1)
            .collect();
        if columns.len().saturating_mul(rows.clone().take(CELLS + 1).count()) <= CELLS {
            let all = columns.iter().flat_map(|x| rows.clone().map(move |y| cell(size, *x, y)));
            return Some(all.collect());
        }
    }
    None
}

/// One place on a trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::sqlite) struct Spot {
    pub(in crate::sqlite) position: i64,
    pub(in crate::sqlite) item_no: i64,
    pub(in crate::sqlite) label_no: u32,
}

/// Several trails walked together, newest first.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    conn: &'a Connection,
    trails: Vec<Part>,
    /// Which part comes next: newest position first.
    order: std::collections::BinaryHeap<(Spot, usize)>,
    started: bool,
    below: i64,
}

#[derive(Debug)]
struct Part {
    trail: i64,
    /// Read ahead and not walked yet, oldest first.
    ahead: Vec<Spot>,
    below: i64,
    ended: bool,
}

impl<'a> Walk<'a> {
    /// Starts below a position.
    pub(super) fn new(conn: &'a Connection, trails: &[i64], below: i64) -> Self {
        let part = |trail: &i64| Part { trail: *trail, ahead: Vec::new(), below, ended: false };
        Self {
            conn,
            trails: trails.iter().map(part).collect(),
            order: std::collections::BinaryHeap::new(),
            started: false,
            below,
        }
    }

    pub(super) fn next(&mut self) -> Result<Option<Spot>, Fault> {
        if !self.started {
            self.started = true;
            for number in 0..self.trails.len() {
                self.advance(number)?;
            }
        }
        while let Some((spot, number)) = self.order.pop() {
            self.advance(number)?;
            // An item with two cells or kinds is on two trails at the same position.
            if spot.position < self.below {
                self.below = spot.position;
                return Ok(Some(spot));
            }
        }
        Ok(None)
    }

    /// Where the walk stands: everything from here up was walked.
    pub(super) fn below(&self) -> i64 {
        self.below
    }

    fn advance(&mut self, number: usize) -> Result<(), Fault> {
        let Some(part) = self.trails.get_mut(number) else {
            return Ok(());
        };
        if part.ahead.is_empty() && !part.ended {
            part.read(self.conn)?;
        }
        if let Some(spot) = part.ahead.pop() {
            self.order.push((spot, number));
        }
        Ok(())
    }
}

impl Part {
    /// Reads the next stretch.
    fn read(&mut self, conn: &Connection) -> Result<(), Fault> {
        let mut find = conn
            .prepare_cached(
                "SELECT first, spots FROM trails WHERE trail = ?1 AND first < ?2 \
                 ORDER BY first DESC LIMIT 1",
            )
            .map_err(fault)?;
        let mut rows = find.query(params![self.trail, self.below]).map_err(fault)?;
        let Some(row) = rows.next().map_err(fault)? else {
            self.ended = true;
            return Ok(());
        };
        let first = row.get(0).map_err(fault)?;
        let bytes = row.get_ref(1).map_err(fault)?.as_blob().map_err(|_| stretch::broken())?;
        self.ahead = stretch::read(first, bytes)?;
        self.ahead.retain(|spot| spot.position < self.below);
        self.below = first;
        Ok(())
    }
}

/// How many spots these trails have together.
pub(super) fn length(conn: &Connection, trails: &[i64]) -> Result<f64, Fault> {
    let mut find =
        conn.prepare_cached("SELECT spots FROM trail_lengths WHERE trail = ?1").map_err(fault)?;
    let mut sum = 0.0;
    for trail in trails {
        let spots: Option<f64> =
            find.query_row([trail], |row| row.get(0)).optional().map_err(fault)?;
        sum += spots.unwrap_or(0.0);
    }
    Ok(sum)
}

/// Every label in use with the length of its trail.
pub(super) fn each_label(conn: &Connection, mut each: impl FnMut(u32, f64)) -> Result<(), Fault> {
    let mut find = conn
        .prepare_cached(
            "SELECT trail, spots FROM trail_lengths \
             WHERE trail >= ?1 AND trail < ?2 AND spots > 0",
        )
        .map_err(fault)?;
    let mut rows = find.query([LABEL, KIND]).map_err(fault)?;
    while let Some(row) = rows.next().map_err(fault)? {
        let trail: i64 = row.get(0).map_err(fault)?;
        let label_no = u32::try_from(trail - LABEL).unwrap_or(u32::MAX);
        each(label_no, row.get(1).map_err(fault)?);
    }
    Ok(())
}
