//! The one writer of the ledger.

use std::collections::{BTreeMap, HashMap};

use diwan_record::{Digest, EntryKind, Head, ItemId, PartnerId, Record, bytes};
use diwan_room::{
    Fault, Filed, Held, HeldStanding, Ledger, LogLine, Row, Shelf, Source, Stream, StreamEntry,
    TrayLine,
};
use rusqlite::{Connection, ToSql, params};

use super::Hold;
use super::absent::Absent;
use super::file::{fault, int, uint};
use super::fresh::Fresh;
use super::labels::OwnLabels;
use super::{tray, verbs};

/// The desk's hand on the ledger. One transaction at a time: [`Writer::begin`], then verbs of
/// [`Ledger`], then [`Writer::commit`].
#[derive(Debug)]
pub struct Writer {
    conn: Connection,
    labels: OwnLabels,
    /// The newest number of `changes`; read again after an undo.
    last_change: Option<i64>,
    /// Positions of records kept in this batch: their entries follow at once.
    recent: HashMap<Digest, i64>,
    /// Bytes of our own records kept a moment ago, which leave at once.
    leaving: Leaving,
    absent: Absent,
    /// Rows of records kept in this batch, for the follower once they are durable.
    kept: Vec<(i64, Row)>,
    fresh: Fresh,
    /// How often each shelf was written, by its number.
    writes: [u64; SHELVES],
    _hold: Hold,
}

type Answer<T> = Result<T, Fault>;

/// Bytes of our own records kept a moment ago: most of them leave at once, and need not be read
/// back and compared with their digests for that.
#[derive(Debug, Default)]
struct Leaving {
    bytes: HashMap<Digest, Vec<u8>>,
    size: usize,
}

/// Beyond this it starts anew, and what still has to leave is read.
const LEAVING_BYTES: usize = 4 << 20;

impl Leaving {
    fn add(&mut self, record: &Record) {
        self.size += record.bytes().len();
        if self.size > LEAVING_BYTES {
            *self = Self { size: record.bytes().len(), ..Self::default() };
        }
        self.bytes.insert(*record.digest(), record.bytes().to_vec());
    }
}

/// A shelf's number is a byte.
const SHELVES: usize = 256;

impl Writer {
    pub(super) fn new(conn: Connection, fresh: Fresh, hold: Hold) -> Self {
        Self {
            conn,
            labels: OwnLabels::default(),
            last_change: None,
            recent: HashMap::new(),
            leaving: Leaving::default(),
            absent: Absent::default(),
            kept: Vec::new(),
            fresh,
            writes: [0; SHELVES],
            _hold: hold,
        }
    }

    /// Starts a batch.
    ///
    /// # Errors
    /// A fault if a batch is open already.
    pub fn begin(&mut self) -> Answer<()> {
        self.run("BEGIN IMMEDIATE", &[]).map(drop)
    }

    /// Ends the batch; it survives power loss from here on.
    ///
    /// # Errors
    /// A fault if it could not be made durable; the batch is then still open and is to be undone.
    pub fn commit(&mut self) -> Answer<()> {
        self.recent.clear();
        self.run("COMMIT", &[])?;
        self.fresh.add(std::mem::take(&mut self.kept));
        Ok(())
    }

    /// Ends the batch without a trace.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn undo(&mut self) -> Answer<()> {
        self.labels.forget();
        self.last_change = None;
        self.recent.clear();
        self.leaving = Leaving::default();
        self.absent.forget();
        self.kept.clear();
        self.writes.iter_mut().for_each(|writes| *writes += 1);
        if self.conn.is_autocommit() {
            // SQLite has undone it by itself, as it does when the disk is full.
            return Ok(());
        }
        self.run("ROLLBACK", &[]).map(drop)
    }

    fn run(&self, sql: &str, values: &[&dyn ToSql]) -> Answer<usize> {
        self.conn.prepare_cached(sql).and_then(|mut one| one.execute(values)).map_err(fault)
    }

    fn written(&mut self, shelf: Shelf) {
        if let Some(writes) = self.writes.get_mut(shelf as usize) {
            *writes += 1;
        }
    }

    /// Tells followers to look at a position again.
    fn changed(&mut self, position: i64) -> Answer<()> {
        let last = match self.last_change {
            Some(last) => last,
            None => self
                .conn
                .query_row("SELECT coalesce(max(no), 0) FROM changes", [], |row| row.get(0))
                .map_err(fault)?,
        };
        let no = last.saturating_add(1);
        self.run("INSERT INTO changes (no, position) VALUES (?1, ?2)", &[&no, &position])?;
        self.last_change = Some(no);
        Ok(())
    }

    /// A record that was purged and comes again is a new arrival: the digest moves there, and
    /// entries about it point to the new one.
    fn keep_again(&mut self, held: &Held, label_no: u32, old: i64) -> Answer<i64> {
        let digest = held.record.digest();
        if verbs::knows(&self.conn, digest)? {
            return Err(Fault::Corrupt(format!("record `{digest}` is kept twice")));
        }
        let sql = "UPDATE records SET digest = NULL, digest_key = NULL WHERE position = ?1";
        self.run(sql, &[&old])?;
        let position = self.insert(held, label_no)?;
        self.run("UPDATE entries SET about = ?2 WHERE about = ?1", &[&old, &position])?;
        Ok(position)
    }

    fn insert(&self, held: &Held, label_no: u32) -> Answer<i64> {
        let header = held.record.header();
        let source = match &held.source {
            Source::Own => None,
            Source::Partner(partner) => Some(partner.as_str()),
        };
        let standing = match &held.standing {
            HeldStanding::Kept => None,
            HeldStanding::Parked(code) => Some(code),
        };
        let sql = "INSERT INTO records (digest_key, item_key, digest, item, originator, version, \
                   variant, label_no, source, onward, precedence, received, standing, bytes) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
        let values = params![
            verbs::key(&held.record.digest().0),
            verbs::key(&header.item.0),
            held.record.digest().0,
            header.item.0,
            header.originator.as_str(),
            header.version,
            header.variant,
            label_no,
            source,
            verbs::codes(&held.onward),
            held.precedence as u8,
            held.received.micros(),
            standing,
            held.record.bytes(),
        ];
        self.run(sql, values)?;
        Ok(self.conn.last_insert_rowid())
    }

    fn position(&self, digest: &Digest) -> Answer<Option<i64>> {
        match self.recent.get(digest) {
            Some(position) => Ok(Some(*position)),
            None => verbs::position(&self.conn, digest),
        }
    }

    fn stream(&mut self, of: &PartnerId, way: Stream) -> Answer<i64> {
        if let Some(number) = verbs::stream_no(&self.conn, of, way)? {
            return Ok(number);
        }
        let values: [&dyn ToSql; 2] = [&of.as_str(), &(way as u8)];
        self.run("INSERT INTO streams (partner, way) VALUES (?1, ?2)", &values)?;
        Ok(self.conn.last_insert_rowid())
    }
}

impl Ledger for Writer {
    fn doc(&self, shelf: Shelf, key: &[u8]) -> Answer<Option<Vec<u8>>> {
        if self.absent.is(&self.conn, shelf, key)? {
            return Ok(None);
        }
        verbs::doc(&self.conn, shelf, key)
    }

    fn docs(&self, shelf: Shelf, prefix: &[u8]) -> Answer<Vec<(Vec<u8>, Vec<u8>)>> {
        if self.absent.is(&self.conn, shelf, prefix)? {
            return Ok(Vec::new());
        }
        verbs::docs(&self.conn, shelf, prefix)
    }

    fn put_doc(&mut self, shelf: Shelf, key: &[u8], value: &[u8]) -> Answer<()> {
        self.written(shelf);
        self.absent.put(shelf, key);
        let sql = "INSERT INTO docs (shelf, key, value) VALUES (?1, ?2, ?3) \
                   ON CONFLICT DO UPDATE SET value = ?3";
        self.run(sql, &[&(shelf as u8), &key, &value]).map(drop)
    }

    fn remove_doc(&mut self, shelf: Shelf, key: &[u8]) -> Answer<()> {
        if self.absent.is(&self.conn, shelf, key)? {
            return Ok(());
        }
        self.written(shelf);
        self.absent.remove(shelf, key);
        let sql = "DELETE FROM docs WHERE shelf = ?1 AND key = ?2";
        self.run(sql, &[&(shelf as u8), &key]).map(drop)
    }

    fn writes(&self, shelf: Shelf) -> u64 {
        self.writes.get(shelf as usize).copied().unwrap_or(0)
    }

    fn held(&self, digest: &Digest) -> Answer<Option<Held>> {
        verbs::held_of(&self.conn, digest, |number| self.labels.get(&self.conn, number))
    }

    fn knows(&self, digest: &Digest) -> Answer<bool> {
        verbs::knows(&self.conn, digest)
    }

    fn bytes(&self, digest: &Digest) -> Answer<Option<Vec<u8>>> {
        if let Some(bytes) = self.leaving.bytes.get(digest) {
            return Ok(Some(bytes.clone()));
        }
        verbs::bytes(&self.conn, digest)
    }

    fn keep(&mut self, held: &Held) -> Answer<u64> {
        let label_no = self.labels.intern(&self.conn, &held.label)?;
        let position = match self.position(held.record.digest())? {
            Some(old) => self.keep_again(held, label_no, old)?,
            None => self.insert(held, label_no)?,
        };
        self.recent.insert(*held.record.digest(), position);
        if held.source == Source::Own {
            self.leaving.add(&held.record);
        }
        let row = diwan_room::row(held);
        let numbered = |row| Row { position: uint(position), label_no, ..row };
        self.kept.extend(row.map(|row| (position, numbered(row))));
        self.changed(position)?;
        Ok(uint(position))
    }

    fn set_standing(&mut self, digest: &Digest, standing: &HeldStanding) -> Answer<()> {
        let Some(position) = verbs::position(&self.conn, digest)? else {
            return Ok(());
        };
        let code = match standing {
            HeldStanding::Kept => None,
            HeldStanding::Parked(code) => Some(code),
        };
        let sql = "UPDATE records SET standing = ?2 WHERE position = ?1 AND item IS NOT NULL";
        self.run(sql, &[&position, &code])?;
        self.changed(position)
    }

    fn set_onward(&mut self, digest: &Digest, onward: &[PartnerId]) -> Answer<()> {
        let Some(position) = verbs::position(&self.conn, digest)? else {
            return Ok(());
        };
        let sql = "UPDATE records SET onward = ?2 WHERE position = ?1 AND item IS NOT NULL";
        self.run(sql, &[&position, &verbs::codes(onward)]).map(drop)
    }

    fn purge(&mut self, digest: &Digest) -> Answer<()> {
        let Some(position) = verbs::position(&self.conn, digest)? else {
            return Ok(());
        };
        let sql = "UPDATE records SET item_key = NULL, item = NULL, originator = NULL, version = NULL, \
                   variant = NULL, label_no = NULL, source = NULL, onward = NULL, \
                   precedence = NULL, received = NULL, standing = NULL, bytes = NULL \
                   WHERE position = ?1";
        self.run(sql, &[&position])?;
        self.leaving.bytes.remove(digest);
        self.kept.retain(|(kept, _)| *kept != position);
        self.fresh.take(position);
        self.changed(position)
    }

    fn versions(
        &self,
        originator: &PartnerId,
        item: &ItemId,
        variant: u32,
    ) -> Answer<Vec<(u32, Digest)>> {
        verbs::versions(&self.conn, originator, item, variant)
    }

    fn of_item(&self, item: &ItemId) -> Answer<Vec<Filed>> {
        verbs::of_item(&self.conn, item)
    }

    fn queue(&mut self, partner: &PartnerId, line: &TrayLine) -> Answer<()> {
        // The newest number of its urgency is at the end of a range of the primary key.
        let sql = "INSERT INTO tray \
                   (partner, urgency, no, kind, digest, onward, tighten, reason, size) \
                   SELECT ?1, ?2, coalesce(max(no), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8 \
                   FROM tray WHERE partner = ?1 AND urgency = ?2 \
                   ON CONFLICT (digest, partner, kind) DO NOTHING";
        self.run(
            sql,
            params![
                partner.as_str(),
                tray::urgency(line.precedence),
                line.kind as u8,
                line.digest.0,
                verbs::codes(&line.onward),
                bytes::write(&line.tighten),
                line.reason,
                line.size,
            ],
        )
        .map(drop)
    }

    fn take_queued(
        &mut self,
        partner: &PartnerId,
        lines: usize,
        bytes: u64,
    ) -> Answer<Vec<TrayLine>> {
        let taken = tray::first(&self.conn, partner, lines, bytes)?;
        // The first lines of a tray are the first of each urgency.
        let last: BTreeMap<u8, i64> =
            taken.iter().map(|(no, line)| (tray::urgency(line.precedence), *no)).collect();
        let sql = "DELETE FROM tray WHERE partner = ?1 AND urgency = ?2 AND no <= ?3";
        for (urgency, no) in last {
            self.run(sql, params![partner.as_str(), urgency, no])?;
        }
        Ok(taken.into_iter().map(|(_, line)| line).collect())
    }

    fn unqueue(&mut self, partner: &PartnerId, digest: &Digest) -> Answer<bool> {
        let sql = "DELETE FROM tray WHERE digest = ?1 AND partner = ?2";
        self.run(sql, &[&digest.0, &partner.as_str()]).map(|count| count > 0)
    }

    fn is_queued(&self, partner: &PartnerId, digest: &Digest) -> Answer<bool> {
        tray::is_queued(&self.conn, partner, digest)
    }

    fn queued_count(&self, partner: &PartnerId) -> Answer<u64> {
        tray::queued_count(&self.conn, partner)
    }

    fn head(&self, partner: &PartnerId, stream: Stream) -> Answer<Option<Head>> {
        verbs::head(&self.conn, partner, stream)
    }

    fn append(
        &mut self,
        partner: &PartnerId,
        stream: Stream,
        entries: &[StreamEntry],
    ) -> Answer<()> {
        let mut last = verbs::head(&self.conn, partner, stream)?.map_or(0, |head| head.seq);
        let stream_no = self.stream(partner, stream)?;
        let sql = "INSERT INTO entries (stream_no, seq, incarnation, kind, about, other, hash, \
                   bytes, signed_head) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        for one in entries {
            let seq = one.entry.seq;
            if Some(seq) != last.checked_add(1) {
                return Err(Fault::Corrupt(format!("entry `{seq}` is not next in its stream")));
            }
            last = seq;
            let about = self.position(&one.entry.digest)?;
            let other = about.is_none().then_some(one.entry.digest.0);
            self.run(
                sql,
                params![
                    stream_no,
                    int(seq),
                    one.head.incarnation.cast_signed(),
                    one.entry.kind as u8,
                    about,
                    other,
                    one.head.hash.0,
                    one.bytes,
                    one.signed_head,
                ],
            )?;
        }
        Ok(())
    }

    fn entries(
        &self,
        partner: &PartnerId,
        stream: Stream,
        seq: u64,
        limit: usize,
    ) -> Answer<Vec<StreamEntry>> {
        verbs::entries(&self.conn, partner, stream, seq, limit)
    }

    fn entry_about(
        &self,
        partner: &PartnerId,
        stream: Stream,
        kind: EntryKind,
        digest: &Digest,
    ) -> Answer<Option<u64>> {
        verbs::entry_about(&self.conn, partner, stream, kind, digest)
    }

    fn log(&mut self, line: &LogLine) -> Answer<()> {
        let detail = serde_json::to_string(&line.detail)
            .map_err(|error| Fault::Unavailable(error.to_string()))?;
        let sql = "INSERT INTO log (at, who, what, detail) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, params![line.at.micros(), line.who, line.what, detail]).map(drop)
    }
}
