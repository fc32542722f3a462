//! What is asked of the ledger, on any connection: the writer's own or a reader's.

use std::collections::BTreeSet;

use diwan_record::{
    Digest, Entry, EntryKind, Head, ItemId, Label, Moment, PartnerId, Precedence, Record,
};
use diwan_room::{Fault, Filed, Held, HeldStanding, Shelf, Source, Stream, StreamEntry};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::file::{fault, int, uint};

type Answer<T> = Result<T, Fault>;

pub(super) fn doc(conn: &Connection, shelf: Shelf, key: &[u8]) -> Answer<Option<Vec<u8>>> {
    conn.prepare_cached("SELECT value FROM docs WHERE shelf = ?1 AND key = ?2")
        .and_then(|mut find| find.query_row(params![shelf as u8, key], |row| row.get(0)).optional())
        .map_err(fault)
}

pub(super) fn docs(
    conn: &Connection,
    shelf: Shelf,
    prefix: &[u8],
) -> Answer<Vec<(Vec<u8>, Vec<u8>)>> {
    let mut find = conn
        .prepare_cached("SELECT key, value FROM docs WHERE shelf = ?1 AND key >= ?2 ORDER BY key")
        .map_err(fault)?;
    let mut rows = find.query(params![shelf as u8, prefix]).map_err(fault)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(fault)? {
        let key: Vec<u8> = row.get(0).map_err(fault)?;
        if !key.starts_with(prefix) {
            break;
        }
        found.push((key, row.get(1).map_err(fault)?));
    }
    Ok(found)
}

/// The first keys of a shelf.
pub(super) fn doc_keys(conn: &Connection, shelf: Shelf, limit: usize) -> Answer<BTreeSet<Vec<u8>>> {
    let sql = "SELECT key FROM docs WHERE shelf = ?1 LIMIT ?2";
    let mut find = conn.prepare_cached(sql).map_err(fault)?;
    let keys = find.query_map(params![shelf as u8, int(limit as u64)], |row| row.get(0));
    keys.and_then(Iterator::collect).map_err(fault)
}

/// The first eight bytes of an identifier, by which it is looked up. Two may share them, even on
/// purpose, so the whole identifier is always compared too.
pub(super) fn key(id: &[u8]) -> i64 {
    id.first_chunk().map_or(0, |bytes| i64::from_be_bytes(*bytes))
}

/// The columns that `held` reads, in its order.
const HELD: &str =
    "position, digest, label_no, source, onward, precedence, received, standing, bytes";

/// Reads a row of [`HELD`]. The digest is compared on every read, and the label it is held under
/// is compared with the signed one: a database edit never loosens it.
fn held(row: &Row<'_>, label: impl Fn(u32) -> Answer<Label>) -> Answer<Held> {
    let digest = digest_at(row, 1)?;
    let read = || -> rusqlite::Result<_> {
        Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(2)?, row.get::<_, i64>(6)?, row.get(8)?))
    };
    let damaged = |what: &str| Fault::Corrupt(format!("record {digest}: {what}"));
    let (position, label_no, received, bytes) = read().map_err(|_| damaged("its columns"))?;
    let record = Record::reopen(bytes, &digest).map_err(|reason| damaged(&reason.to_string()))?;
    let label = label(label_no)?;
    if !label.at_least_as_strict_as(record.label()) {
        return Err(damaged("it is held under a looser label than was signed"));
    }
    Ok(Held {
        position: uint(position),
        record,
        source: source(row, 3)?,
        label,
        label_no,
        onward: partners(row.get(4).map_err(fault)?)?,
        precedence: precedence(row.get(5).map_err(fault)?)?,
        received: Moment::from_micros(received),
        standing: row
            .get::<_, Option<String>>(7)
            .map_err(fault)?
            .map_or(HeldStanding::Kept, HeldStanding::Parked),
    })
}

pub(super) fn held_of(
    conn: &Connection,
    digest: &Digest,
    label: impl Fn(u32) -> Answer<Label>,
) -> Answer<Option<Held>> {
    let sql = format!(
        "SELECT {HELD} FROM records WHERE digest_key = ?1 AND digest = ?2 AND item IS NOT NULL"
    );
    let mut find = conn.prepare_cached(&sql).map_err(fault)?;
    let mut rows = find.query(params![key(&digest.0), digest.0]).map_err(fault)?;
    rows.next().map_err(fault)?.map(|row| held(row, label)).transpose()
}

/// The record at a position; `None` if it was purged.
pub(super) fn held_at(
    conn: &Connection,
    position: i64,
    label: impl Fn(u32) -> Answer<Label>,
) -> Answer<Option<Held>> {
    let sql = format!("SELECT {HELD} FROM records WHERE position = ?1 AND item IS NOT NULL");
    let mut find = conn.prepare_cached(&sql).map_err(fault)?;
    let mut rows = find.query([position]).map_err(fault)?;
    rows.next().map_err(fault)?.map(|row| held(row, label)).transpose()
}

pub(super) fn knows(conn: &Connection, digest: &Digest) -> Answer<bool> {
    let sql = "SELECT 1 FROM records WHERE digest_key = ?1 AND digest = ?2 AND item IS NOT NULL";
    conn.prepare_cached(sql)
        .and_then(|mut find| find.exists(params![key(&digest.0), digest.0]))
        .map_err(fault)
}

pub(super) fn bytes(conn: &Connection, digest: &Digest) -> Answer<Option<Vec<u8>>> {
    let found: Option<Option<Vec<u8>>> = conn
        .prepare_cached("SELECT bytes FROM records WHERE digest_key = ?1 AND digest = ?2")
        .and_then(|mut find| {
            find.query_row(params![key(&digest.0), digest.0], |row| row.get(0)).optional()
        })
        .map_err(fault)?;
    let Some(bytes) = found.flatten() else {
        return Ok(None);
    };
    if Digest::of(&bytes) == *digest {
        Ok(Some(bytes))
    } else {
        Err(Fault::Corrupt(format!("record {digest}: its bytes were changed")))
    }
}

/// Where a record stands or stood: purged records keep their position.
pub(super) fn position(conn: &Connection, digest: &Digest) -> Answer<Option<i64>> {
    conn.prepare_cached("SELECT position FROM records WHERE digest_key = ?1 AND digest = ?2")
        .and_then(|mut find| {
            find.query_row(params![key(&digest.0), digest.0], |row| row.get(0)).optional()
        })
        .map_err(fault)
}

pub(super) fn versions(
    conn: &Connection,
    originator: &PartnerId,
    item: &ItemId,
    variant: u32,
) -> Answer<Vec<(u32, Digest)>> {
    let mut find = conn
        .prepare_cached(
            "SELECT version, digest FROM records \
             WHERE item_key = ?1 AND item = ?2 AND originator = ?3 AND variant = ?4 \
             ORDER BY position",
        )
        .map_err(fault)?;
    let mut rows =
        find.query(params![key(&item.0), item.0, originator.as_str(), variant]).map_err(fault)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(fault)? {
        found.push((row.get(0).map_err(fault)?, digest_at(row, 1)?));
    }
    Ok(found)
}

pub(super) fn of_item(conn: &Connection, item: &ItemId) -> Answer<Vec<Filed>> {
    let mut find = conn
        .prepare_cached(
            "SELECT digest, originator, source FROM records \
             WHERE item_key = ?1 AND item = ?2 AND standing IS NULL ORDER BY position",
        )
        .map_err(fault)?;
    let mut rows = find.query(params![key(&item.0), item.0]).map_err(fault)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(fault)? {
        let originator: String = row.get(1).map_err(fault)?;
        found.push(Filed {
            digest: digest_at(row, 0)?,
            originator: partner(&originator)?,
            source: source(row, 2)?,
        });
    }
    Ok(found)
}

/// The number of a stream; `None` before its first entry.
pub(super) fn stream_no(conn: &Connection, of: &PartnerId, way: Stream) -> Answer<Option<i64>> {
    conn.prepare_cached("SELECT stream_no FROM streams WHERE partner = ?1 AND way = ?2")
        .and_then(|mut find| {
            find.query_row(params![of.as_str(), way as u8], |row| row.get(0)).optional()
        })
        .map_err(fault)
}

pub(super) fn head(conn: &Connection, of: &PartnerId, way: Stream) -> Answer<Option<Head>> {
    let Some(stream) = stream_no(conn, of, way)? else {
        return Ok(None);
    };
    let mut find = conn
        .prepare_cached(
            "SELECT incarnation, seq, hash FROM entries WHERE stream_no = ?1 \
             ORDER BY seq DESC LIMIT 1",
        )
        .map_err(fault)?;
    let mut rows = find.query([stream]).map_err(fault)?;
    rows.next().map_err(fault)?.map(head_at).transpose()
}

fn head_at(row: &Row<'_>) -> Answer<Head> {
    let incarnation: i64 = row.get(0).map_err(fault)?;
    Ok(Head {
        incarnation: incarnation.cast_unsigned(),
        seq: uint(row.get(1).map_err(fault)?),
        hash: digest_at(row, 2)?,
    })
}

pub(super) fn entries(
    conn: &Connection,
    of: &PartnerId,
    way: Stream,
    seq: u64,
    limit: usize,
) -> Answer<Vec<StreamEntry>> {
    let Some(stream) = stream_no(conn, of, way)? else {
        return Ok(Vec::new());
    };
    let mut find = conn
        .prepare_cached(
            "SELECT incarnation, seq, hash, bytes, signed_head FROM entries \
             WHERE stream_no = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3",
        )
        .map_err(fault)?;
    let mut rows = find.query(params![stream, int(seq), int(limit as u64)]).map_err(fault)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(fault)? {
        let head = head_at(row)?;
        let bytes: Vec<u8> = row.get(3).map_err(fault)?;
        let entry = Entry::read(&bytes)
            .map_err(|reason| Fault::Corrupt(format!("entry {} with {of}: {reason}", head.seq)))?;
        found.push(StreamEntry { head, entry, bytes, signed_head: row.get(4).map_err(fault)? });
    }
    Ok(found)
}

pub(super) fn entry_about(
    conn: &Connection,
    of: &PartnerId,
    way: Stream,
    kind: EntryKind,
    digest: &Digest,
) -> Answer<Option<u64>> {
    let Some(stream) = stream_no(conn, of, way)? else {
        return Ok(None);
    };
    // The paper may have been no record of ours when the entry came.
    let position = position(conn, digest)?;
    let newest: Option<i64> = conn
        .prepare_cached(
            "SELECT max(seq) FROM (\
               SELECT seq FROM entries WHERE about = ?1 AND stream_no = ?3 AND kind = ?4 UNION ALL \
               SELECT seq FROM entries WHERE other = ?2 AND stream_no = ?3 AND kind = ?4)",
        )
        .and_then(|mut find| {
            find.query_row(params![position, digest.0, stream, kind as u8], |row| row.get(0))
        })
        .map_err(fault)?;
    Ok(newest.map(uint))
}

pub(super) fn digest_at(row: &Row<'_>, column: usize) -> Answer<Digest> {
    row.get(column).map(Digest).map_err(|_| Fault::Corrupt("a digest cannot be read".to_owned()))
}

fn source(row: &Row<'_>, column: usize) -> Answer<Source> {
    let from: Option<String> = row.get(column).map_err(fault)?;
    from.map_or(Ok(Source::Own), |from| partner(&from).map(Source::Partner))
}

pub(super) fn partner(code: &str) -> Answer<PartnerId> {
    code.parse().map_err(|_| Fault::Corrupt(format!("`{code}` is no partner code")))
}

pub(super) fn partners(codes: Option<String>) -> Answer<Vec<PartnerId>> {
    codes.iter().flat_map(|codes| codes.split(' ')).map(partner).collect()
}

pub(super) fn codes(partners: &[PartnerId]) -> Option<String> {
    let codes: Vec<&str> = partners.iter().map(PartnerId::as_str).collect();
    (!codes.is_empty()).then(|| codes.join(" "))
}

pub(super) fn precedence(number: u8) -> Answer<Precedence> {
    let known = Precedence::ALL.into_iter().find(|one| *one as u8 == number);
    known.ok_or_else(|| Fault::Corrupt(format!("`{number}` is no precedence")))
}

pub(super) fn entry_kind(number: u8) -> Answer<EntryKind> {
    use EntryKind as K;
    let all =
        [K::Release, K::Recall, K::Grant, K::GrantEnd, K::Key, K::ParkAck, K::Agreement, K::Answer];
    let known = all.into_iter().find(|one| *one as u8 == number);
    known.ok_or_else(|| Fault::Corrupt(format!("`{number}` is no kind of entry")))
}
