//! The ledger's changes brought to the picture. The same code builds it anew.

use diwan_record::{Digest, PartnerId};
use diwan_room::{Fault, Row};
use rusqlite::{Connection, OptionalExtension, params};

use super::rows::{self, Item};
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
        let fresh = known.is_none();
        let before = match known {
            Some(item) => item,
            None => add_item(conn, row)?,
        };
        let rival = if fresh { None } else { rival(conn, row, before.item_no)? };
        let newer = |other: &Rival| (other.version, other.digest) > (row.version, row.digest);
        let past = rival.as_ref().is_some_and(newer);
        if !rows::add(conn, row, before.item_no, past)? {
            return Ok(Vec::new());
        }
        let mut after = before.clone();
        take_face(&mut after, row);
        if !past {
            self.add_words(conn, row, &after)?;
            if let Some(rival) = rival {
                set_past(conn, rival.position, true)?;
                drop_words(conn, rival.position)?;
            }
        }
        let mut again = Vec::new();
        if after != before {
            write_item(conn, &after)?;
            again = worded_anew(conn, &before, &after)?;
        }
        let spots = if fresh { Vec::new() } else { rows::spots(conn, before.item_no)? };
        self.move_spot(conn, (&before, spots), &after, row)?;
        Ok(again)
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
        let old = rows::spots(conn, item_no)?;
        drop_words(conn, position)?;
        run(conn, "DELETE FROM rows WHERE position = ?1", &[&position])?;
        let after = self.item_again(conn, &before)?;
        let new = spots_again(conn, item_no)?;
        self.lay(&before, &old, false);
        self.lay(&after, &new, true);
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

    /// Moves the item's spot under the row's label to this row, if it is the newest there.
    fn move_spot(
        &mut self,
        conn: &Connection,
        (before, old): (&Item, Vec<(u32, i64)>),
        after: &Item,
        row: &Row,
    ) -> Result<(), Fault> {
        let position = int(row.position);
        let here = old.iter().find(|(label, _)| *label == row.label_no).copied();
        if here.is_none_or(|(_, spot)| spot < position) {
            run(
                conn,
                "INSERT INTO spots VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET position = ?3",
                &[&after.item_no, &row.label_no, &position],
            )?;
        }
        if before.kinds == after.kinds && before.places == after.places {
            // The usual case: only this label's spot moves.
            if let Some(here) = here {
                if here.1 >= position {
                    return Ok(());
                }
                self.lay(before, &[here], false);
            }
            self.lay(after, &[(row.label_no, position)], true);
            return Ok(());
        }
        self.lay(before, &old, false);
        let new = rows::spots(conn, after.item_no)?;
        self.lay(after, &new, true);
        Ok(())
    }

    /// Lays spots of an item on all its trails, or takes them up.
    fn lay(&mut self, item: &Item, spots: &[(u32, i64)], lay: bool) {
        // Nobody can be shown an item without a face, so it is on no trail.
        if item.kinds == 0 {
            return;
        }
        let mut trails = vec![trail::ALL];
        trails.extend(trail::of_kinds(item.kinds));
        trails.extend(item.cells());
        trails.sort_unstable();
        trails.dedup();
        for (label_no, position) in spots.iter().copied() {
            for trail in trails.iter().copied().chain([trail::of_label(label_no)]) {
                if lay {
                    self.laying.lay(trail, Spot { position, item_no: item.item_no, label_no });
                } else {
                    self.laying.take_up(trail, position);
                }
            }
        }
    }

    /// Works out an item anew from the rows that are left.
    fn item_again(&mut self, conn: &Connection, before: &Item) -> Result<Item, Fault> {
        let mut find = conn
            .prepare_cached(
                "SELECT kind, lon, lat, title IS NOT NULL FROM rows WHERE item_no = ?1 \
                 ORDER BY position",
            )
            .map_err(fault)?;
        let mut left = find.query([before.item_no]).map_err(fault)?;
        let mut after = Item { kinds: 0, places: Vec::new(), ..before.clone() };
        let mut any = false;
        while let Some(row) = left.next().map_err(fault)? {
            any = true;
            if row.get(3).map_err(fault)? {
                let kind: String = row.get(0).map_err(fault)?;
                after.kinds |= trail::kind_bit(&diwan_record::Kind::of_code(&kind));
            }
            let lon: Option<f64> = row.get(1).map_err(fault)?;
            let lat: Option<f64> = row.get(2).map_err(fault)?;
            if let Some(place) = lon.zip(lat) {
                take_place(&mut after.places, place);
            }
        }
        if any {
            write_item(conn, &after)?;
        } else {
            run(conn, "DELETE FROM items WHERE item_no = ?1", &[&before.item_no])?;
        }
        Ok(after)
    }
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

fn add_item(conn: &Connection, row: &Row) -> Result<Item, Fault> {
    let mut item = Item { item_no: 0, id: row.item, kinds: 0, places: Vec::new() };
    take_face(&mut item, row);
    let places = rows::places_blob(&item.places);
    run(
        conn,
        "INSERT INTO items (id, kinds, places) VALUES (?1, ?2, ?3)",
        &[&row.item.0, &item.kinds, &places],
    )?;
    item.item_no = conn.last_insert_rowid();
    Ok(item)
}

fn take_face(item: &mut Item, row: &Row) {
    if let Some(face) = &row.face {
        item.kinds |= trail::kind_bit(&row.kind);
        if let Some(place) = &face.place {
            take_place(&mut item.places, (place.lon, place.lat));
        }
    }
}

/// In order, so that an item does not depend on the order in which its rows came.
fn take_place(places: &mut Vec<(f64, f64)>, place: (f64, f64)) {
    let order = |one: &(f64, f64)| one.0.total_cmp(&place.0).then(one.1.total_cmp(&place.1));
    if let Err(at) = places.binary_search_by(order) {
        places.insert(at, place);
    }
}

fn write_item(conn: &Connection, item: &Item) -> Result<(), Fault> {
    run(
        conn,
        "UPDATE items SET kinds = ?2, places = ?3 WHERE item_no = ?1",
        &[&item.item_no, &item.kinds, &rows::places_blob(&item.places)],
    )
}

fn spots_again(conn: &Connection, item_no: i64) -> Result<Vec<(u32, i64)>, Fault> {
    run(conn, "DELETE FROM spots WHERE item_no = ?1", &[&item_no])?;
    run(
        conn,
        "INSERT INTO spots SELECT item_no, label_no, max(position) FROM rows \
         WHERE item_no = ?1 GROUP BY label_no",
        &[&item_no],
    )?;
    rows::spots(conn, item_no)
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
