//! Everything that is kept, checked once more from its exact bytes.

mod replay;
mod streams;

use std::fmt;
use std::thread;
use std::time::Duration;

use diwan_record::{
    Checked, Digest, Header, ItemId, Label, PartnerId, PublicKey, Reason, Record, Sealed,
    check_batch,
};
use diwan_room::{Fault, Shelf, Stream};
use rusqlite::{Connection, Row};

use super::file::{LEDGER, PICTURE, fault, uint};
use super::labels::OwnLabels;
use super::{READER_KIB, Store, follow, verbs};

/// Whose public keys are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose<'a> {
    /// Release keys of whoever signed a record, past ones included.
    Originator(&'a PartnerId),
    /// Release keys of whoever signs the heads of a stream: ours for `Out`.
    Stream(&'a PartnerId, Stream),
    /// Receipt keys of a partner.
    Receipt(&'a PartnerId),
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The record it is about, where it is about one.
    pub record: Option<Digest>,
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.record {
            Some(digest) => write!(f, "record {digest}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    pub records: u64,
    pub purged: u64,
    pub entries: u64,
    pub receipts: u64,
    /// Rows of the picture that were compared with a replay.
    pub rows: u64,
    /// Empty if all is well; at most a thousand are listed.
    pub findings: Vec<Finding>,
}

const FINDINGS: usize = 1000;
/// Signatures are checked in batches, which halves their cost.
const BATCH: usize = 256;

type Keys<'a> = &'a dyn Fn(Whose<'_>) -> Vec<PublicKey>;

impl Store {
    /// Checks every digest, signature, label, chain, signed head and receipt, that what was
    /// withdrawn or purged is gone, and that the picture is what the ledger says.
    ///
    /// # Errors
    /// A fault of the disk; what is wrong with the content is a finding.
    pub fn verify(&self, keys: &dyn Fn(Whose<'_>) -> Vec<PublicKey>) -> Result<Verdict, Fault> {
        let (ledger, picture) = self.level()?;
        let mut verdict = Verdict::default();
        records(&ledger, keys, &mut verdict)?;
        tombstones(&ledger, &mut verdict)?;
        streams::check(&ledger, keys, &mut verdict)?;
        replay::check(&self.inside.dir, ledger, &picture, &mut verdict)?;
        Ok(verdict)
    }

    /// Both files at one moment at which the picture has followed every change.
    fn level(&self) -> Result<(Connection, Connection), Fault> {
        for _ in 0..200 {
            let picture = PICTURE.read(&self.inside.dir, READER_KIB)?;
            let ledger = LEDGER.read(&self.inside.dir, READER_KIB)?;
            picture.execute_batch("BEGIN").map_err(fault)?;
            let followed = follow::position(&picture)?;
            ledger.execute_batch("BEGIN").map_err(fault)?;
            let newest = "SELECT coalesce(max(no), 0) FROM changes";
            let newest = ledger.query_row(newest, [], |row| row.get(0)).map_err(fault)?;
            if followed >= uint(newest) {
                return Ok((ledger, picture));
            }
            if self.may_write().is_ok() {
                self.project(BATCH)?;
            } else {
                thread::sleep(Duration::from_millis(10));
            }
        }
        Err(Fault::Unavailable("the picture does not catch up; stop the node to verify".to_owned()))
    }
}

impl Verdict {
    fn find(&mut self, record: Option<Digest>, what: impl Into<String>) {
        if self.findings.len() < FINDINGS {
            self.findings.push(Finding { record, what: what.into() });
        }
    }
}

/// A record as it lies in the table, its form read and its signature not checked yet.
struct Lying {
    digest: Digest,
    header: Header,
    sealed: Sealed,
    key: Option<PublicKey>,
}

fn records(ledger: &Connection, keys: Keys<'_>, verdict: &mut Verdict) -> Result<(), Fault> {
    let labels = OwnLabels::default();
    let mut find = ledger
        .prepare(
            "SELECT digest, bytes, item, originator, version, variant, label_no, position, source, \
             digest_key, item_key FROM records ORDER BY position",
        )
        .map_err(fault)?;
    let mut rows = find.query([]).map_err(fault)?;
    let mut batch = Vec::with_capacity(BATCH);
    while let Some(row) = rows.next().map_err(fault)? {
        if is_purged(row) {
            verdict.purged += 1;
            continue;
        }
        let Ok(digest) = verbs::digest_at(row, 0) else {
            let position: i64 = row.get(7).map_err(fault)?;
            verdict.find(None, format!("the record at position {position} has lost its digest"));
            continue;
        };
        verdict.records += 1;
        match read(row, digest, keys) {
            Ok((lying, label_no)) => {
                check_columns(row, &lying, verdict);
                check_label(ledger, row, &lying, labels.get(ledger, label_no).ok(), verdict)?;
                batch.push(lying);
            }
            Err(what) => verdict.find(Some(digest), what),
        }
        if batch.len() >= BATCH {
            signatures(&mut batch, verdict);
        }
    }
    signatures(&mut batch, verdict);
    twice(ledger, verdict)
}

/// No digest stands at two positions.
fn twice(ledger: &Connection, verdict: &mut Verdict) -> Result<(), Fault> {
    let mut find = ledger
        .prepare(
            "SELECT one.digest FROM records one JOIN records other \
             ON other.digest_key = one.digest_key AND other.digest = one.digest \
             AND other.position > one.position WHERE one.digest_key IS NOT NULL",
        )
        .map_err(fault)?;
    let mut rows = find.query([]).map_err(fault)?;
    while let Some(row) = rows.next().map_err(fault)? {
        verdict.find(Some(verbs::digest_at(row, 0)?), "it is held twice");
    }
    Ok(())
}

/// Of a purged record only position and digest are left; anything more is read like a record.
fn is_purged(row: &Row<'_>) -> bool {
    let null = |column| matches!(row.get_ref(column), Ok(rusqlite::types::ValueRef::Null));
    [1, 2, 3, 4, 5, 6, 8, 10].into_iter().all(null)
}

fn read(row: &Row<'_>, digest: Digest, keys: Keys<'_>) -> Result<(Lying, u32), String> {
    let bytes: Vec<u8> = row.get(1).map_err(|_| "its bytes are missing")?;
    if Digest::of(&bytes) != digest {
        return Err("its bytes were changed".to_owned());
    }
    let label_no: u32 = row.get(6).map_err(|_| "its label is missing")?;
    let form = |reason: Reason| reason.to_string();
    let header = Record::reopen(bytes.clone(), &digest).map_err(form)?.header().clone();
    let sealed = Sealed::read(bytes).map_err(form)?;
    let known = keys(Whose::Originator(sealed.originator()));
    let key = known.into_iter().find(|key| key.id() == sealed.key());
    Ok((Lying { digest, header, sealed, key }, label_no))
}

/// The columns by which a record is found must say what its signed header says.
fn check_columns(row: &Row<'_>, lying: &Lying, verdict: &mut Verdict) {
    let header = &lying.header;
    let item: Option<ItemId> = row.get(2).map(ItemId).ok();
    let originator: Option<String> = row.get(3).ok();
    let version: Option<u32> = row.get(4).ok();
    let variant: Option<u32> = row.get(5).ok();
    let digest_key: Option<i64> = row.get(9).ok();
    let item_key: Option<i64> = row.get(10).ok();
    let same = [
        ("digest_key", digest_key == Some(verbs::key(&lying.digest.0))),
        ("item_key", item_key == Some(verbs::key(&header.item.0))),
        ("item", item == Some(header.item)),
        ("originator", originator.as_deref() == Some(header.originator.as_str())),
        ("version", version == Some(header.version)),
        ("variant", variant == Some(header.variant)),
    ];
    for (column, _) in same.into_iter().filter(|(_, same)| !same) {
        verdict.find(Some(lying.digest), format!("its column {column} was changed"));
    }
}

/// The label it is held under is the signed one, tightened by the entry that gave it to us.
fn check_label(
    ledger: &Connection,
    row: &Row<'_>,
    lying: &Lying,
    label: Option<Label>,
    verdict: &mut Verdict,
) -> Result<(), Fault> {
    let signed = &lying.header.label;
    let source: Option<String> = row.get(8).unwrap_or_default();
    let position: i64 = row.get(7).map_err(fault)?;
    let mut allowed = Vec::new();
    if let Some(source) = source.as_deref().and_then(|code| code.parse().ok()) {
        allowed = streams::labels(ledger, &source, position, &lying.digest, signed)?;
    }
    if allowed.is_empty() {
        allowed.push(signed.clone());
    }
    if !label.is_some_and(|label| allowed.contains(&label)) {
        verdict.find(Some(lying.digest), "it is held under another label than was signed");
    }
    Ok(())
}

fn signatures(batch: &mut Vec<Lying>, verdict: &mut Verdict) {
    let digests: Vec<Digest> = batch.iter().map(|one| one.digest).collect();
    let sealed = batch.drain(..).map(|one| (one.sealed, one.key)).collect();
    let checked: Vec<Checked> = check_batch(sealed);
    for (digest, one) in digests.into_iter().zip(checked) {
        if let Err(reason) = one {
            let what: Reason = reason;
            verdict.find(Some(digest), what.to_string());
        }
    }
}

/// What its originator withdrew is neither held nor shown.
///
/// Whether it is shown needs no look: the picture is compared with the ledger.
fn tombstones(ledger: &Connection, verdict: &mut Verdict) -> Result<(), Fault> {
    for (key, _) in verbs::docs(ledger, Shelf::Tombstone, &[])? {
        let Some((digest, originator)) = key.split_first_chunk::<32>() else {
            verdict.find(None, "a tombstone cannot be read");
            continue;
        };
        let held = ledger
            .prepare_cached(
                "SELECT 1 FROM records WHERE digest_key = ?1 AND digest = ?2 AND originator = ?3",
            )
            .and_then(|mut find| {
                find.exists((verbs::key(digest), digest, String::from_utf8_lossy(originator)))
            })
            .map_err(fault)?;
        if held {
            verdict.find(Some(Digest(*digest)), "it was withdrawn and is still held");
        }
    }
    Ok(())
}
