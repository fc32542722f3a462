//! The ledger's changes brought to the picture. The same code builds it anew.

use diwan_record::{Digest, Kind, PartnerId};
use diwan_room::{Fault, Row};
use rusqlite::{Connection, OptionalExtension, params};

use super::rows::{self, Glance, Item};
use super::stretch::Laying;
use super::trail::{self, Spot};
use crate::fold_text::{ANYWHERE, Folder, label_token, trail_token};
use crate::sqlite::file::{fault, int};

/// Writes the picture. One at a time; calls come inside one transaction.
#[derive(Debug, Default)]
pub(in crate::sqlite) struct Projector {
    folder: Folder,
    laying: Laying,
}

impl Projector {
    /// Takes a kept record in; one that is there already stays as it is. Answers with positions
    /// whose words are to be written again.
    pub(in crate::sqlite) fn put(
        &mut self,
        conn: &Connection,
        row: &Row,
    ) -> Result<Vec<i64>, Fault> {
        let known = rows::item_of(conn, &row.item)?;
        let rival = match &known {
            Some(item) => rival(conn, row, item.item_no)?,
            None => None,
        };
        let newer = |other: &Rival| (other.version, other.digest) > (row.version, row.digest);
        let past = rival.as_ref().is_some_and(newer);
        let before = known.unwrap_or_else(|| Item::new(int(row.position), row.item));
        if !rows::add(conn, row, before.item_no, past)? {
            return Ok(Vec::new());
        }
        let mut after = before.clone();
        after.take(&Glance::of(row));
        rows::write_item(conn, &after)?;
        if !past {
            self.add_words(conn, row, &after)?;
            if let Some(rival) = rival {
                set_past(conn, rival.position, true)?;
                drop_words(conn, rival.position)?;
            }
        }
        self.move_spots(&before, &after);
        worded_anew(conn, &before, &after)
    }

    /// Takes a position out: its record was purged, parked or never fit the picture. Answers with
    /// positions whose words are to be written again.
    pub(in crate::sqlite) fn drop_row(
        &mut self,
        conn: &Connection,
        position: i64,
    ) -> Result<Vec<i64>, Fault> {
        let found: Option<i64> = conn
            .prepare_cached("SELECT item_no FROM rows WHERE position = ?1")
            .and_then(|mut find| find.query_row([position], |row| row.get(0)).optional())
            .map_err(fault)?;
        let Some(item_no) = found else {
            return Ok(Vec::new());
        };
        let Some(before) = rows::item_by_no(conn, item_no)? else {
            return Ok(Vec::new());
        };
        drop_words(conn, position)?;
        run(conn, "DELETE FROM rows WHERE position = ?1", &[&position])?;
        let after = item_again(conn, &before)?;
        rows::write_item(conn, &after)?;
        self.move_spots(&before, &after);
        let mut again = revive(conn, item_no)?;
        again.extend(worded_anew(conn, &before, &after)?);
        Ok(again)
    }

    /// Writes the words of a current row again.
    pub(in crate::sqlite) fn word(&mut self, conn: &Connection, row: &Row) -> Result<(), Fault> {
        let Some(item) = rows::item_of(conn, &row.item)? else {
            return Ok(());
        };
        drop_words(conn, int(row.position))?;
        self.add_words(conn, row, &item)
    }

    /// Writes what is gathered over a transaction; called once before its end.
    pub(in crate::sqlite) fn write_trails(&mut self, conn: &Connection) -> Result<(), Fault> {
        self.laying.write(conn)
    }

    /// After an undone transaction.
    pub(in crate::sqlite) fn forget(&mut self) {
        self.laying.forget();
    }

    fn add_words(&mut self, conn: &Connection, row: &Row, item: &Item) -> Result<(), Fault> {
        let mut words = label_token(row.label_no);
        // Tokens of kind and place hold for all viewers only if the item has one face at most.
        let alone = row.face.is_some() && item.is_simple();
        if alone {
            for trail in trail::of_kinds(item.kinds).chain(item.cells()) {
                words.push(' ');
                words.push_str(&trail_token(trail));
            }
        } else {
            words.push(' ');
            words.push(ANYWHERE);
        }
        self.folder.index(&row.text, &mut words);
        run(
            conn,
            "INSERT INTO words (rowid, tokens) VALUES (?1, ?2)",
            &[&int(row.position), &words],
        )
    }

    /// Takes up the spots an item has no more, and lays the new ones.
    fn move_spots(&mut self, before: &Item, after: &Item) {
        let (old, new) = (laid(before), laid(after));
        for (trail, spot) in old.iter().filter(|one| new.binary_search(one).is_err()) {
            self.laying.take_up(*trail, spot.position);
        }
        for (trail, spot) in new.iter().filter(|one| old.binary_search(one).is_err()) {
            self.laying.lay(*trail, *spot);
        }
    }
}

/// The spots of an item on all its trails, in order.
fn laid(item: &Item) -> Vec<(i64, Spot)> {
    // Nobody can be shown an item without a face, so it is on no trail.
    if item.kinds == 0 {
        return Vec::new();
    }
    let shared: Vec<i64> = std::iter::once(trail::ALL)
        .chain(trail::of_kinds(item.kinds))
        .chain(item.cells())
        .collect();
    let mut laid = Vec::new();
    for (label_no, position) in item.spots.iter().copied() {
        let spot = Spot { position, item_no: item.item_no, label_no };
        let trails = shared.iter().copied().chain([trail::of_label(label_no)]);
        laid.extend(trails.map(|trail| (trail, spot)));
    }
    laid.sort_unstable();
    // Two places may lie in one cell.
    laid.dedup();
    laid
}

/// Works out an item anew from the rows that are left.
fn item_again(conn: &Connection, before: &Item) -> Result<Item, Fault> {
    let mut find = conn
        .prepare_cached(
            "SELECT position, label_no, kind, title IS NOT NULL, lon, lat FROM rows \
             WHERE item_no = ?1",
        )
        .map_err(fault)?;
    let mut left = find.query([before.item_no]).map_err(fault)?;
    let mut after = Item::new(before.item_no, before.id);
    while let Some(row) = left.next().map_err(fault)? {
        let kind: String = row.get(2).map_err(fault)?;
        let faced: bool = row.get(3).map_err(fault)?;
        let lon: Option<f64> = row.get(4).map_err(fault)?;
        let lat: Option<f64> = row.get(5).map_err(fault)?;
        after.take(&Glance {
            position: row.get(0).map_err(fault)?,
            label_no: row.get(1).map_err(fault)?,
            face: faced.then(|| trail::kind_bit(&Kind::of_code(&kind))),
            place: lon.zip(lat),
        });
    }
    Ok(after)
}

/// Rows whose newer version is gone count again.
fn revive(conn: &Connection, item_no: i64) -> Result<Vec<i64>, Fault> {
    let mut find = conn
        .prepare_cached(
            "UPDATE rows AS old SET past = 0 WHERE item_no = ?1 AND past = 1 \
             AND NOT EXISTS (SELECT 1 FROM rows AS new WHERE new.item_no = ?1 \
               AND new.label_no = old.label_no AND new.originator = old.originator \
               AND new.own_item IS old.own_item AND new.variant = old.variant \
               AND (new.version, new.digest) > (old.version, old.digest)) RETURNING position",
        )
        .map_err(fault)?;
    let found = find.query_map([item_no], |row| row.get(0)).map_err(fault)?;
    found.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// Rows whose tokens of kind and place hold no more, or hold now.
fn worded_anew(conn: &Connection, before: &Item, after: &Item) -> Result<Vec<i64>, Fault> {
    if before.is_simple() == after.is_simple() {
        return Ok(Vec::new());
    }
    let mut find = conn
        .prepare_cached(
            "SELECT position FROM rows WHERE item_no = ?1 AND past = 0 AND title IS NOT NULL",
        )
        .map_err(fault)?;
    let found = find.query_map([after.item_no], |row| row.get(0)).map_err(fault)?;
    found.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// The current row of the same author, item, variant and label.
struct Rival {
    position: i64,
    version: u32,
    digest: Digest,
}

fn rival(conn: &Connection, row: &Row, item_no: i64) -> Result<Option<Rival>, Fault> {
    let mut find = conn
        .prepare_cached(
            "SELECT position, version, digest FROM rows WHERE item_no = ?1 AND past = 0 \
             AND own_item IS ?2 AND label_no = ?3 AND variant = ?4 AND originator = ?5 \
             AND position <> ?6",
        )
        .map_err(fault)?;
    let originator: &PartnerId = &row.originator;
    find.query_row(
        params![
            item_no,
            rows::own_item(row),
            row.label_no,
            row.variant,
            originator.as_str(),
            int(row.position)
        ],
        |row| {
            Ok(Rival { position: row.get(0)?, version: row.get(1)?, digest: Digest(row.get(2)?) })
        },
    )
    .optional()
    .map_err(fault)
}

fn set_past(conn: &Connection, position: i64, past: bool) -> Result<(), Fault> {
    run(conn, "UPDATE rows SET past = ?2 WHERE position = ?1", &[&position, &past])
}

fn drop_words(conn: &Connection, position: i64) -> Result<(), Fault> {
    run(conn, "DELETE FROM words WHERE rowid = ?1", &[&position])
}

fn run(conn: &Connection, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<(), Fault> {
    conn.prepare_cached(sql).and_then(|mut one| one.execute(values)).map(drop).map_err(fault)
}
