//! Readers: each call sees one moment of the ledger and the picture, beside the writer.

use std::collections::BTreeSet;
use std::sync::Arc;

use diwan_record::{Digest, ItemId, Label, Moment, limits};
use diwan_room::{Brief, Cursor, Fault, Folded, Held, HeldStanding, Ledger, Query, Viewer, fold};
use rusqlite::{Connection, OptionalExtension, params};

use super::file::{LEDGER, PICTURE, fault, int, uint};
use super::picture::ask::{Asker, Found};
use super::read_only::ReadLedger;
use super::{IDLE, Inside, READER_KIB, follow, held, verbs};

/// One page of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub items: Vec<Brief>,
    /// Where the next page starts; absent on the last one.
    pub next: Option<Cursor>,
}

/// A line of the audit log as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    pub no: u64,
    pub at: Moment,
    pub who: Option<String>,
    pub what: String,
    pub detail: Vec<(String, String)>,
}

/// Numbers for people who run the node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records ever kept, purged ones included.
    pub records: u64,
    pub parked: u64,
    pub log_lines: u64,
    pub ledger_bytes: u64,
    pub picture_bytes: u64,
    /// Changes of the ledger that the picture has not taken in yet.
    pub behind: u64,
}

/// Reads. Any number of them, from any thread.
#[derive(Clone, Debug)]
pub struct Reader {
    inside: Arc<Inside>,
}

#[derive(Debug)]
pub(super) struct Pair {
    ledger: Connection,
    picture: Connection,
}

impl Reader {
    pub(super) fn new(inside: Arc<Inside>) -> Self {
        Self { inside }
    }

    /// Asks the ledger. Only reading verbs answer; the others are [`Fault::Unavailable`].
    ///
    /// # Errors
    /// Those of `ask`, and faults of the disk.
    pub fn ledger<T>(&self, ask: impl FnOnce(&dyn Ledger) -> Result<T, Fault>) -> Result<T, Fault> {
        self.at_once(|pair| {
            let label = |number| self.inside.labels.get(&pair.ledger, number);
            ask(&ReadLedger { conn: &pair.ledger, label: &label })
        })
    }

    /// A page of items the viewer may see, newest arrival first.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn page(&self, query: &Query, viewer: &Viewer) -> Result<Page, Fault> {
        let limit = query.limit.clamp(1, limits::PAGE);
        self.asking(viewer, |asker, pair| {
            let Some(below) = start(pair, asker, query.after.as_ref())? else {
                return Ok(Page::default());
            };
            let mut found = asker.list(query, false, below, limit.saturating_add(1))?;
            let more = found.len() > limit;
            found.truncate(limit);
            let last = found.last().map(|last| asker.digest_at(last.position)).transpose()?;
            Ok(Page { items: briefs(found), next: last.filter(|_| more) })
        })
    }

    /// Items to be drawn on a map, newest first; says whether there are more than the limit.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn map(&self, query: &Query, viewer: &Viewer) -> Result<(Vec<Brief>, bool), Fault> {
        let limit = query.limit.clamp(1, limits::MAP_ITEMS);
        self.asking(viewer, |asker, pair| {
            let Some(below) = start(pair, asker, query.after.as_ref())? else {
                return Ok((Vec::new(), false));
            };
            let mut found = asker.list(query, true, below, limit.saturating_add(1))?;
            let more = found.len() > limit;
            found.truncate(limit);
            Ok((briefs(found), more))
        })
    }

    /// One item with every record of it the viewer may see; `None` if there is none.
    ///
    /// # Errors
    /// A fault of the disk, or [`Fault::Corrupt`] if picture and ledger disagree on a label.
    pub fn item(
        &self,
        item: &ItemId,
        viewer: &Viewer,
    ) -> Result<Option<(Folded, Vec<Held>)>, Fault> {
        self.asking(viewer, |asker, pair| {
            let Some(folded) = asker.item(item)? else {
                return Ok(None);
            };
            let label = |number| self.inside.labels.get(&pair.ledger, number);
            let ledger = ReadLedger { conn: &pair.ledger, label: &label };
            let (mut rows, mut records) = (Vec::new(), Vec::new());
            for row in folded.current.into_iter().chain(folded.superseded) {
                // Purged or parked in the ledger a moment ago: gone for readers already.
                let kept = |held: &Held| held.standing == HeldStanding::Kept;
                let Some(record) = ledger.held(&row.digest)?.filter(kept) else {
                    continue;
                };
                if !viewer.sees(&record.label) {
                    let what = format!("record {}: the picture has another label", row.digest);
                    return Err(Fault::Corrupt(what));
                }
                rows.push(row);
                records.push(record);
            }
            Ok((!rows.is_empty()).then(|| (fold(rows), records)))
        })
    }

    /// Items with rows that the picture took in after this position and that the viewer may see,
    /// higher precedence first; and the position up to which it looked. Positions count hidden
    /// records, so they are not for the viewer's eyes.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn changed(
        &self,
        after: u64,
        viewer: &Viewer,
        limit: usize,
    ) -> Result<(u64, Vec<Brief>), Fault> {
        self.asking(viewer, |asker, pair| {
            let until = follow::position(&pair.picture)?;
            let mut find = pair
                .ledger
                .prepare_cached(
                    "SELECT no, position FROM changes WHERE no > ?1 AND no <= ?2 ORDER BY no",
                )
                .map_err(fault)?;
            let mut changes = find.query(params![int(after), int(until)]).map_err(fault)?;
            let (mut items, mut seen) = (Vec::new(), BTreeSet::new());
            let mut last = after.max(until);
            while let Some(change) = changes.next().map_err(fault)? {
                let Some(item) = asker.item_at(change.get(1).map_err(fault)?)? else {
                    continue;
                };
                if items.len() >= limit.max(1) && !seen.contains(&item) {
                    last = uint(change.get(0).map_err(fault)?).saturating_sub(1);
                    break;
                }
                if seen.insert(item) {
                    items.push(item);
                }
            }
            let mut found = Vec::new();
            for item in items {
                found.extend(asker.brief(item)?);
            }
            found.sort_by_key(|brief: &Brief| std::cmp::Reverse(brief.precedence));
            Ok((last, found))
        })
    }

    /// The label behind a number.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] for a number that was never given.
    pub fn label(&self, label_no: u32) -> Result<Label, Fault> {
        match self.inside.labels.known(label_no) {
            Some(label) => Ok(label),
            None => self.at_once(|pair| self.inside.labels.get(&pair.ledger, label_no)),
        }
    }

    /// Lines of the audit log before a number, newest first.
    ///
    /// # Errors
    /// A fault of the disk.
    pub fn log(&self, before: Option<u64>, limit: usize) -> Result<Vec<LogEntry>, Fault> {
        self.at_once(|pair| {
            let mut find = pair
                .ledger
                .prepare_cached(
                    "SELECT no, at, who, what, detail FROM log WHERE no < ?1 \
                     ORDER BY no DESC LIMIT ?2",
                )
                .map_err(fault)?;
            let before = before.map_or(i64::MAX, int);
            let mut rows = find.query(params![before, int(limit as u64)]).map_err(fault)?;
            let mut lines = Vec::new();
            while let Some(row) = rows.next().map_err(fault)? {
                lines.push(log_entry(row)?);
            }
            Ok(lines)
        })
    }

    /// # Errors
    /// A fault of the disk.
    pub fn counts(&self) -> Result<Counts, Fault> {
        self.at_once(|pair| {
            let number = |conn: &Connection, sql: &str| {
                conn.query_row(sql, [], |row| row.get(0)).map(uint).map_err(fault)
            };
            let size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
            let parked = "SELECT count(*) FROM records WHERE standing IS NOT NULL";
            Ok(Counts {
                records: number(&pair.ledger, "SELECT coalesce(max(position), 0) FROM records")?,
                parked: number(&pair.ledger, parked)?,
                log_lines: number(&pair.ledger, "SELECT coalesce(max(no), 0) FROM log")?,
                ledger_bytes: number(&pair.ledger, size)?,
                picture_bytes: number(&pair.picture, size)?,
                behind: pair.behind()?,
            })
        })
    }

    /// How many changes of the ledger the picture has not taken in.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn behind(&self) -> Result<u64, Fault> {
        self.at_once(Pair::behind)
    }

    fn asking<T>(
        &self,
        viewer: &Viewer,
        ask: impl FnOnce(&Asker<'_>, &Pair) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.at_once(|pair| {
            let visible = self.inside.labels.visible(&pair.ledger, viewer)?;
            ask(&Asker { conn: &pair.picture, visible, state: viewer.state }, pair)
        })
    }

    /// Runs on one snapshot of each file. The picture's is taken first, so that the ledger's has
    /// every label the picture speaks of.
    fn at_once<T>(&self, ask: impl FnOnce(&Pair) -> Result<T, Fault>) -> Result<T, Fault> {
        let idle = held(&self.inside.idle).pop();
        let pair = match idle {
            Some(pair) => pair,
            None => Pair {
                ledger: LEDGER.read(&self.inside.dir, READER_KIB)?,
                picture: PICTURE.read(&self.inside.dir, READER_KIB)?,
            },
        };
        pair.begin()?;
        let answer = ask(&pair);
        pair.end()?;
        let mut idle = held(&self.inside.idle);
        if idle.len() < IDLE {
            idle.push(pair);
        }
        answer
    }
}

impl Pair {
    fn begin(&self) -> Result<(), Fault> {
        run(&self.picture, "BEGIN")?;
        follow::position(&self.picture)?;
        run(&self.ledger, "BEGIN")
    }

    fn behind(&self) -> Result<u64, Fault> {
        let newest: i64 = self
            .ledger
            .prepare_cached("SELECT coalesce(max(no), 0) FROM changes")
            .and_then(|mut find| find.query_row([], |row| row.get(0)))
            .map_err(fault)?;
        Ok(uint(newest).saturating_sub(follow::position(&self.picture)?))
    }

    fn end(&self) -> Result<(), Fault> {
        run(&self.picture, "COMMIT")?;
        run(&self.ledger, "COMMIT")
    }
}

fn run(conn: &Connection, sql: &str) -> Result<(), Fault> {
    conn.prepare_cached(sql).and_then(|mut one| one.execute([])).map(drop).map_err(fault)
}

/// Where a page starts. A cursor the viewer may not see is like one that never was: nothing
/// follows it.
fn start(pair: &Pair, asker: &Asker<'_>, after: Option<&Digest>) -> Result<Option<i64>, Fault> {
    let Some(after) = after else {
        return Ok(Some(i64::MAX));
    };
    let found: Option<(i64, u32)> = pair
        .ledger
        .prepare_cached(
            "SELECT position, label_no FROM records WHERE digest_key = ?1 AND digest = ?2 \
             AND standing IS NULL AND item IS NOT NULL",
        )
        .and_then(|mut find| {
            find.query_row(params![verbs::key(&after.0), after.0], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
        })
        .map_err(fault)?;
    Ok(found.filter(|(_, label_no)| asker.visible.sees(*label_no)).map(|(position, _)| position))
}

fn briefs(found: Vec<Found>) -> Vec<Brief> {
    found.into_iter().map(|one| one.brief).collect()
}

fn log_entry(row: &rusqlite::Row<'_>) -> Result<LogEntry, Fault> {
    let detail: String = row.get(4).map_err(fault)?;
    let no: i64 = row.get(0).map_err(fault)?;
    Ok(LogEntry {
        no: uint(no),
        at: Moment::from_micros(row.get(1).map_err(fault)?),
        who: row.get(2).map_err(fault)?,
        what: row.get(3).map_err(fault)?,
        detail: serde_json::from_str(&detail)
            .map_err(|_| Fault::Corrupt(format!("line {no} of the log")))?,
    })
}
