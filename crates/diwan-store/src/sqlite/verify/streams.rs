//! Streams: entries, their chains, signed heads and receipts.

use diwan_record::{Digest, Entry, EntryKind, Head, HeadStatement, Label, PartnerId, Receipt};
use diwan_room::{Fault, ReceiptDoc, Stream};
use rusqlite::{Connection, params};

use super::{Keys, Verdict, Whose};
use crate::sqlite::file::{fault, uint};
use crate::sqlite::read_only::ReadLedger;
use crate::sqlite::verbs;

/// The labels under which a partner's entries allow us to hold a record.
pub(super) fn labels(
    ledger: &Connection,
    source: &PartnerId,
    position: i64,
    digest: &Digest,
    signed: &Label,
) -> Result<Vec<Label>, Fault> {
    let Some(stream) = verbs::stream_no(ledger, source, Stream::In)? else {
        return Ok(Vec::new());
    };
    let mut find = ledger
        .prepare_cached(
            "SELECT bytes FROM entries WHERE about = ?1 AND stream_no = ?3 AND kind = ?4 \
             UNION ALL SELECT bytes FROM entries WHERE other = ?2 AND stream_no = ?3 AND kind = ?4",
        )
        .map_err(fault)?;
    let kind = EntryKind::Release as u8;
    let mut rows = find.query(params![position, digest.0, stream, kind]).map_err(fault)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(fault)? {
        let bytes: Vec<u8> = row.get(0).map_err(fault)?;
        if let Ok(entry) = Entry::read(&bytes) {
            found.push(signed.tightened(&entry.tighten));
        }
    }
    Ok(found)
}

pub(super) fn check(
    ledger: &Connection,
    keys: Keys<'_>,
    verdict: &mut Verdict,
) -> Result<(), Fault> {
    let mut find = ledger.prepare("SELECT stream_no, partner, way FROM streams").map_err(fault)?;
    let mut rows = find.query([]).map_err(fault)?;
    while let Some(row) = rows.next().map_err(fault)? {
        let code: String = row.get(1).map_err(fault)?;
        let Ok(partner) = code.parse::<PartnerId>() else {
            verdict.find(None, format!("stream of `{code}`: no such partner code"));
            continue;
        };
        let way: u8 = row.get(2).map_err(fault)?;
        let way = if way == Stream::Out as u8 { Stream::Out } else { Stream::In };
        let stream = Walked { partner, way, number: row.get(0).map_err(fault)? };
        stream.check(ledger, keys, verdict)?;
    }
    Ok(())
}

struct Walked {
    partner: PartnerId,
    way: Stream,
    number: i64,
}

impl Walked {
    fn check(
        &self,
        ledger: &Connection,
        keys: Keys<'_>,
        verdict: &mut Verdict,
    ) -> Result<(), Fault> {
        let receipt = match self.way {
            Stream::Out => self.receipt(ledger, keys, verdict)?,
            Stream::In => None,
        };
        let release = keys(Whose::Stream(&self.partner, self.way));
        let mut find = ledger
            .prepare(
                "SELECT e.seq, e.hash, e.bytes, e.signed_head, e.kind, \
                 coalesce(e.other, r.digest) FROM entries e \
                 LEFT JOIN records r ON r.position = e.about WHERE e.stream_no = ?1 ORDER BY e.seq",
            )
            .map_err(fault)?;
        let mut rows = find.query([self.number]).map_err(fault)?;
        let (mut head, mut signed): (Option<Head>, bool) = (None, true);
        while let Some(row) = rows.next().map_err(fault)? {
            verdict.entries += 1;
            let seq = uint(row.get(0).map_err(fault)?);
            let bytes: Vec<u8> = row.get(2).map_err(fault)?;
            let Ok(entry) = Entry::read(&bytes) else {
                // Behind a broken link nothing can be judged.
                self.find(seq, "its bytes were changed", verdict);
                return Ok(());
            };
            let before = head.unwrap_or_else(|| Head::start(&entry.stream, entry.incarnation));
            let after = before.after(&bytes);
            let kept = verbs::digest_at(row, 1)?;
            if (after.seq, entry.seq, after.hash) != (seq, seq, kept) {
                self.find(seq, "the chain is broken", verdict);
                return Ok(());
            }
            let columns = (row.get(4).ok(), verbs::digest_at(row, 5).ok());
            if columns != (Some(entry.kind as u8), Some(entry.digest)) {
                self.find(seq, "its columns were changed", verdict);
            }
            let proof: Option<Vec<u8>> = row.get(3).map_err(fault)?;
            if let Some(proof) = &proof {
                let statement = HeadStatement { stream: entry.stream, head: after };
                let opens = |key| HeadStatement::open(proof, key) == Ok(statement);
                if !release.iter().any(opens) {
                    self.find(seq, "its head is not signed by a key we know", verdict);
                }
            }
            if receipt.is_some_and(|receipt| receipt.head.seq == seq && receipt.head != after) {
                self.find(seq, "the partner's receipt is for another entry", verdict);
            }
            signed = proof.is_some();
            head = Some(after);
        }
        let last = head.map_or(0, |head| head.seq);
        if !signed {
            self.find(last, "the newest head is not signed", verdict);
        }
        if receipt.is_some_and(|receipt| receipt.head.seq > last) {
            self.find(last, "the partner has a receipt for entries that are gone", verdict);
        }
        Ok(())
    }

    fn receipt(
        &self,
        ledger: &Connection,
        keys: Keys<'_>,
        verdict: &mut Verdict,
    ) -> Result<Option<Receipt>, Fault> {
        let label = |number| Err(Fault::Corrupt(format!("label {number} is not asked for")));
        let reading = ReadLedger { conn: ledger, label: &label };
        let Some(doc) = ReceiptDoc::find(&reading, &self.partner)? else {
            return Ok(None);
        };
        verdict.receipts += 1;
        let known = keys(Whose::Receipt(&self.partner));
        let receipt = known.iter().find_map(|key| Receipt::open(&doc.signed, key).ok());
        if receipt.is_none() {
            self.find(doc.seq, "the partner's receipt is not signed by a key we know", verdict);
        }
        Ok(receipt)
    }

    fn find(&self, seq: u64, what: &str, verdict: &mut Verdict) {
        let towards = match self.way {
            Stream::Out => "to",
            Stream::In => "from",
        };
        verdict.find(None, format!("entry {seq} {towards} {}: {what}", self.partner));
    }
}
