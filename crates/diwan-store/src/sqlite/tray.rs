//! Trays as they lie in the ledger.

use diwan_record::{Digest, PartnerId, Precedence, Tighten, bytes};
use diwan_room::{Fault, TrayLine};
use rusqlite::{Connection, params};

use super::file::{fault, int, uint};
use super::verbs::{digest_at, entry_kind, partners, precedence};

/// Where a precedence stands in a tray: 0 for the highest.
pub(super) fn urgency(precedence: Precedence) -> u8 {
    3 - precedence as u8
}

type Answer<T> = Result<T, Fault>;

/// The first lines of a tray with their numbers, as many as fit.
pub(super) fn first(
    conn: &Connection,
    partner: &PartnerId,
    lines: usize,
    bytes_max: u64,
) -> Answer<Vec<(i64, TrayLine)>> {
    let mut find = conn
        .prepare_cached(
            "SELECT no, urgency, kind, digest, onward, tighten, reason, size FROM tray \
             WHERE partner = ?1 ORDER BY urgency, no LIMIT ?2",
        )
        .map_err(fault)?;
    let mut rows = find.query(params![partner.as_str(), int(lines as u64)]).map_err(fault)?;
    let mut taken = Vec::new();
    let mut sum = 0u64;
    while let Some(row) = rows.next().map_err(fault)? {
        let size: u32 = row.get(7).map_err(fault)?;
        sum = sum.saturating_add(u64::from(size).max(1));
        if !taken.is_empty() && sum > bytes_max {
            break;
        }
        let urgency: u8 = row.get(1).map_err(fault)?;
        let tighten: Vec<u8> = row.get(5).map_err(fault)?;
        let tighten: Tighten = bytes::read(&tighten)
            .map_err(|_| Fault::Corrupt(format!("a line of the tray for {partner}")))?;
        let line = TrayLine {
            kind: entry_kind(row.get(2).map_err(fault)?)?,
            digest: digest_at(row, 3)?,
            onward: partners(row.get(4).map_err(fault)?)?,
            tighten,
            precedence: precedence(3u8.saturating_sub(urgency))?,
            reason: row.get(6).map_err(fault)?,
            size,
        };
        taken.push((row.get(0).map_err(fault)?, line));
    }
    Ok(taken)
}

pub(super) fn is_queued(conn: &Connection, to: &PartnerId, digest: &Digest) -> Answer<bool> {
    conn.prepare_cached("SELECT 1 FROM tray WHERE digest = ?1 AND partner = ?2")
        .and_then(|mut find| find.exists(params![digest.0, to.as_str()]))
        .map_err(fault)
}

pub(super) fn queued_count(conn: &Connection, to: &PartnerId) -> Answer<u64> {
    conn.prepare_cached("SELECT count(*) FROM tray WHERE partner = ?1")
        .and_then(|mut find| find.query_row([to.as_str()], |row| row.get(0)))
        .map(uint)
        .map_err(fault)
}
