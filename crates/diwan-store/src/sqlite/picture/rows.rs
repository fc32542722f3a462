//! Rows of the picture as they are stored and read back.

use diwan_record::{Digest, ItemId, Kind, Moment, Place, State};
use diwan_room::{Face, Fault, Row};
use rusqlite::{Connection, OptionalExtension, params};

use super::trail;
use crate::sqlite::file::{fault, int, uint};
use crate::sqlite::verbs::{digest_at, partner, precedence};

/// Writes one row; `false` if the position is there already.
pub(super) fn add(conn: &Connection, row: &Row, item_no: i64, past: bool) -> Result<bool, Fault> {
    let mut add = conn
        .prepare_cached(
            "INSERT OR IGNORE INTO rows VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, \
             ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)",
        )
        .map_err(fault)?;
    let face = row.face.as_ref();
    let place = face.and_then(|face| face.place.as_ref());
    let status = row.status.as_ref();
    let added = add
        .execute(params![
            int(row.position),
            item_no,
            row.label_no,
            past,
            row.digest.0,
            own_item(row),
            row.originator.as_str(),
            row.kind.code(),
            row.version,
            row.variant,
            row.precedence as u8,
            row.made.micros(),
            row.received.micros(),
            face.map(|face| json(&face.title)).transpose()?,
            face.map(|face| face.category.as_str()),
            face.and_then(|face| face.at).map(Moment::micros),
            place.map(|place| place.lon),
            place.map(|place| place.lat),
            place.and_then(|place| place.radius_m),
            place.map(|place| json(&place.name)).transpose()?,
            status.map(|(code, _, _)| code.as_str()),
            status.map(|(_, as_of, _)| as_of.micros()),
            status.map(|(_, _, stale_after)| stale_after.micros()),
            row.disputes,
        ])
        .map_err(fault)?;
    Ok(added == 1)
}

/// Most records belong to the item they show on, so that is not written twice.
pub(super) fn own_item(row: &Row) -> Option<[u8; 16]> {
    (row.own_item != row.item).then_some(row.own_item.0)
}

fn json(text: &diwan_record::Text) -> Result<String, Fault> {
    serde_json::to_string(text).map_err(|error| Fault::Unavailable(error.to_string()))
}

fn text(json: &str) -> Result<diwan_record::Text, Fault> {
    serde_json::from_str(json)
        .map_err(|_| Fault::Corrupt("a text of the picture; rebuild it".to_owned()))
}

/// What is read of a row, for [`read`].
macro_rules! columns {
    () => {
        "SELECT position, label_no, digest, own_item, originator, kind, version, variant, \
         precedence, made, received, title, category, at, lon, lat, radius, place, status, \
         as_of, stale_after, disputes FROM rows "
    };
}

/// Rows of an item under the labels that are seen, all of which are in one state; only current ones
/// under each label unless `past` are wanted too.
pub(super) fn of_item(
    conn: &Connection,
    item: &Item,
    past: bool,
    state: State,
    sees: impl Fn(u32) -> bool,
) -> Result<Vec<Row>, Fault> {
    if item.is_flat() {
        let seen = item.spots.iter().filter(|(label_no, _)| sees(*label_no));
        return seen.map(|(_, position)| at(conn, item, *position, state)).collect();
    }
    let mut find = conn
        .prepare_cached(concat!(columns!(), "WHERE item_no = ?1 AND past <= ?2"))
        .map_err(fault)?;
    let mut rows = find.query(params![item.item_no, past]).map_err(fault)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(fault)? {
        let label_no: u32 = row.get(1).map_err(fault)?;
        if sees(label_no) {
            found.push(read(row, item.id, state, label_no)?);
        }
    }
    Ok(found)
}

/// The row of an item at a position.
fn at(conn: &Connection, item: &Item, position: i64, state: State) -> Result<Row, Fault> {
    let mut find =
        conn.prepare_cached(concat!(columns!(), "WHERE position = ?1")).map_err(fault)?;
    let mut rows = find.query([position]).map_err(fault)?;
    let row = rows.next().map_err(fault)?.ok_or_else(|| broken(position))?;
    read(row, item.id, state, row.get(1).map_err(fault)?)
}

fn read(row: &rusqlite::Row<'_>, item: ItemId, state: State, label_no: u32) -> Result<Row, Fault> {
    let position: i64 = row.get(0).map_err(fault)?;
    let digest: Digest = digest_at(row, 2)?;
    let own: Option<[u8; 16]> = row.get(3).map_err(fault)?;
    let originator = row.get_ref(4).map_err(fault)?.as_str().map_err(|_| broken(position))?;
    let kind = row.get_ref(5).map_err(fault)?.as_str().map_err(|_| broken(position))?;
    let moment = |column| row.get(column).map(Moment::from_micros).map_err(fault);
    let status: Option<String> = row.get(18).map_err(fault)?;
    let status = match status {
        Some(code) => Some((code, moment(19)?, moment(20)?)),
        None => None,
    };
    Ok(Row {
        position: uint(position),
        digest,
        item,
        own_item: own.map_or(item, ItemId),
        state,
        label_no,
        kind: Kind::of_code(kind),
        originator: partner(originator)?,
        version: row.get(6).map_err(fault)?,
        variant: row.get(7).map_err(fault)?,
        precedence: precedence(row.get(8).map_err(fault)?)?,
        made: moment(9)?,
        received: moment(10)?,
        face: face(row)?,
        status,
        disputes: row.get(21).map_err(fault)?,
        text: String::new(),
    })
}

fn face(row: &rusqlite::Row<'_>) -> Result<Option<Face>, Fault> {
    let title: Option<String> = row.get(11).map_err(fault)?;
    let Some(title) = title else { return Ok(None) };
    let at: Option<i64> = row.get(13).map_err(fault)?;
    let place: Option<String> = row.get(17).map_err(fault)?;
    let place = match place {
        Some(name) => Some(Place {
            name: text(&name)?,
            lon: row.get(14).map_err(fault)?,
            lat: row.get(15).map_err(fault)?,
            radius_m: row.get(16).map_err(fault)?,
        }),
        None => None,
    };
    Ok(Some(Face {
        title: text(&title)?,
        place,
        at: at.map(Moment::from_micros),
        category: row.get(12).map_err(fault)?,
    }))
}

fn broken(position: i64) -> Fault {
    Fault::Corrupt(format!("row {position} of the picture; rebuild it"))
}

/// An item as the picture knows it for all viewers together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// The position of the row it began with.
    pub(super) item_no: i64,
    pub(super) id: ItemId,
    pub(super) kinds: i64,
    pub(super) places: Vec<(f64, f64)>,
    /// How many rows it has.
    pub(super) held: u32,
    /// The newest row under each label: label number and position, in order of labels.
    pub(super) spots: Vec<(u32, i64)>,
}

impl Item {
    /// One without rows yet.
    pub(super) fn new(item_no: i64, id: ItemId) -> Self {
        Self { item_no, id, kinds: 0, places: Vec::new(), held: 0, spots: Vec::new() }
    }

    /// Takes a row in.
    pub(super) fn take(&mut self, row: &Glance) {
        self.held += 1;
        if let Some(kind) = row.face {
            self.kinds |= kind;
        }
        if let Some(place) = row.place {
            self.take_place(place);
        }
        match self.spots.binary_search_by_key(&row.label_no, |(label_no, _)| *label_no) {
            Ok(at) => {
                if let Some(spot) = self.spots.get_mut(at) {
                    spot.1 = spot.1.max(row.position);
                }
            }
            Err(at) => self.spots.insert(at, (row.label_no, row.position)),
        }
    }

    /// In order, so that an item does not depend on the order in which its rows came.
    fn take_place(&mut self, place: (f64, f64)) {
        let order = |one: &(f64, f64)| one.0.total_cmp(&place.0).then(one.1.total_cmp(&place.1));
        if let Err(at) = self.places.binary_search_by(order) {
            self.places.insert(at, place);
        }
    }

    /// Whether it looks the same to everyone who sees a face of it.
    pub(super) fn is_simple(&self) -> bool {
        self.kinds.count_ones() <= 1 && self.places.len() <= 1
    }

    /// Whether each of its rows is the only one under its label, as most are: then none of them
    /// is past, and its spots tell where they are.
    fn is_flat(&self) -> bool {
        usize::try_from(self.held) == Ok(self.spots.len())
    }

    /// The cells of the map in which it has a place.
    pub(super) fn cells(&self) -> impl Iterator<Item = i64> {
        self.places.iter().flat_map(|(lon, lat)| trail::of_place(*lon, *lat))
    }
}

/// What an item takes from a row.
pub(super) struct Glance {
    pub(super) position: i64,
    pub(super) label_no: u32,
    /// The bit of its kind, if it has a face.
    pub(super) face: Option<i64>,
    pub(super) place: Option<(f64, f64)>,
}

impl Glance {
    pub(super) fn of(row: &Row) -> Self {
        let face = row.face.as_ref();
        Self {
            position: int(row.position),
            label_no: row.label_no,
            face: face.map(|_| trail::kind_bit(&row.kind)),
            place: face.and_then(|face| face.place.as_ref()).map(|place| (place.lon, place.lat)),
        }
    }
}

pub(super) fn item_of(conn: &Connection, id: &ItemId) -> Result<Option<Item>, Fault> {
    conn.prepare_cached("SELECT item_no, id, kinds, places, held, spots FROM items WHERE id = ?1")
        .and_then(|mut find| find.query_row([&id.0], item_at).optional())
        .map_err(fault)
}

pub(super) fn item_by_no(conn: &Connection, item_no: i64) -> Result<Option<Item>, Fault> {
    conn.prepare_cached(
        "SELECT item_no, id, kinds, places, held, spots FROM items WHERE item_no = ?1",
    )
    .and_then(|mut find| find.query_row([item_no], item_at).optional())
    .map_err(fault)
}

fn item_at(row: &rusqlite::Row<'_>) -> rusqlite::Result<Item> {
    let places = row.get_ref(3)?.as_blob()?;
    let degrees = |bytes: &[u8]| bytes.try_into().map_or(0.0, f64::from_le_bytes);
    let pair = |pair: &[u8]| {
        let (lon, lat) = pair.split_at(8);
        (degrees(lon), degrees(lat))
    };
    Ok(Item {
        item_no: row.get(0)?,
        id: ItemId(row.get(1)?),
        kinds: row.get(2)?,
        places: places.chunks_exact(16).map(pair).collect(),
        held: row.get(4)?,
        spots: spots(row.get_ref(5)?.as_blob()?),
    })
}

/// Writes an item, new or changed; one without rows is taken out.
pub(super) fn write_item(conn: &Connection, item: &Item) -> Result<(), Fault> {
    if item.held == 0 {
        return conn
            .prepare_cached("DELETE FROM items WHERE item_no = ?1")
            .and_then(|mut delete| delete.execute([item.item_no]))
            .map(drop)
            .map_err(fault);
    }
    let mut write = conn
        .prepare_cached(
            "INSERT INTO items VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (item_no) DO UPDATE \
             SET kinds = ?3, places = ?4, held = ?5, spots = ?6",
        )
        .map_err(fault)?;
    write
        .execute(params![
            item.item_no,
            item.id.0,
            item.kinds,
            places_blob(&item.places),
            item.held,
            spots_blob(&item.spots),
        ])
        .map(drop)
        .map_err(fault)
}

fn places_blob(places: &[(f64, f64)]) -> Vec<u8> {
    places.iter().flat_map(|(lon, lat)| [lon.to_le_bytes(), lat.to_le_bytes()]).flatten().collect()
}

/// Label and position of each spot, four and eight bytes.
fn spots_blob(spots: &[(u32, i64)]) -> Vec<u8> {
    let bytes = |(label_no, position): &(u32, i64)| {
        [&label_no.to_le_bytes()[..], &position.to_le_bytes()[..]].concat()
    };
    spots.iter().flat_map(bytes).collect()
}

fn spots(bytes: &[u8]) -> Vec<(u32, i64)> {
    let spot = |bytes: &[u8]| {
        let (label_no, position) = bytes.split_at(4);
        let label_no = label_no.try_into().map_or(0, u32::from_le_bytes);
        (label_no, position.try_into().map_or(0, i64::from_le_bytes))
    };
    bytes.chunks_exact(12).map(spot).collect()
}
