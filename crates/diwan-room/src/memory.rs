//! The ledger in memory: for tests and rehearsal, and the plainest statement of a ledger's duties.

use std::collections::BTreeMap;

use diwan_record::{Digest, EntryKind, Head, ItemId, Label, PartnerId, Record};

use crate::ledger::{
    Fault, Filed, Held, Ledger, LogLine, Shelf, Standing, Stream, StreamEntry, TrayLine,
};

/// Everything in ordered maps. A copy is a snapshot: crashes are rehearsed by going back to one.
#[derive(Clone, Debug, Default)]
pub struct MemoryLedger {
    docs: BTreeMap<(Shelf, Vec<u8>), Vec<u8>>,
    writes: BTreeMap<Shelf, u64>,
    records: BTreeMap<Digest, Held>,
    positions: BTreeMap<u64, Digest>,
    labels: BTreeMap<Label, u32>,
    trays: BTreeMap<PartnerId, Vec<TrayLine>>,
    streams: BTreeMap<(PartnerId, Stream), Vec<StreamEntry>>,
    about: BTreeMap<(PartnerId, Stream, EntryKind, Digest), u64>,
    lines: Vec<LogLine>,
    last: u64,
}

impl MemoryLedger {
    /// Every record kept, in order of arrival.
    pub fn records(&self) -> impl Iterator<Item = &Held> {
        self.positions.values().filter_map(|digest| self.records.get(digest))
    }

    /// Distinct labels with their numbers.
    #[must_use]
    pub fn labels(&self) -> Vec<(u32, Label)> {
        self.labels.iter().map(|(label, number)| (*number, label.clone())).collect()
    }

    #[must_use]
    pub fn lines(&self) -> &[LogLine] {
        &self.lines
    }
}

impl Ledger for MemoryLedger {
    fn doc(&self, shelf: Shelf, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.docs.get(&(shelf, key.to_vec())).cloned())
    }

    fn docs(&self, shelf: Shelf, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, Fault> {
        let from = (shelf, prefix.to_vec());
        let found = self.docs.range(from..);
        let found = found.take_while(|((on, key), _)| *on == shelf && key.starts_with(prefix));
        Ok(found.map(|((_, key), value)| (key.clone(), value.clone())).collect())
    }

    fn put_doc(&mut self, shelf: Shelf, key: &[u8], value: &[u8]) -> Result<(), Fault> {
        self.docs.insert((shelf, key.to_vec()), value.to_vec());
        *self.writes.entry(shelf).or_default() += 1;
        Ok(())
    }

    fn remove_doc(&mut self, shelf: Shelf, key: &[u8]) -> Result<(), Fault> {
        self.docs.remove(&(shelf, key.to_vec()));
        *self.writes.entry(shelf).or_default() += 1;
        Ok(())
    }

    fn writes(&self, shelf: Shelf) -> u64 {
        self.writes.get(&shelf).copied().unwrap_or(0)
    }

    fn held(&self, digest: &Digest) -> Result<Option<Held>, Fault> {
        let Some(held) = self.records.get(digest) else {
            return Ok(None);
        };
        Record::reopen(held.record.bytes().to_vec(), digest)
            .map_err(|reason| Fault::Corrupt(format!("record `{digest}`: {reason}")))?;
        Ok(Some(held.clone()))
    }

    fn knows(&self, digest: &Digest) -> Result<bool, Fault> {
        Ok(self.records.contains_key(digest))
    }

    fn bytes(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.records.get(digest).map(|held| held.record.bytes().to_vec()))
    }

    fn keep(&mut self, held: &Held) -> Result<u64, Fault> {
        let digest = *held.record.digest();
        if self.records.contains_key(&digest) {
            return Err(Fault::Corrupt(format!("record `{digest}` is kept twice")));
        }
        self.last = self.last.saturating_add(1);
        let next = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
        let label_no = *self.labels.entry(held.label.clone()).or_insert(next);
        let held = Held { position: self.last, label_no, ..held.clone() };
        self.positions.insert(self.last, digest);
        self.records.insert(digest, held);
        Ok(self.last)
    }

    fn set_standing(&mut self, digest: &Digest, standing: &Standing) -> Result<(), Fault> {
        if let Some(held) = self.records.get_mut(digest) {
            held.standing = standing.clone();
        }
        Ok(())
    }

    fn set_onward(&mut self, digest: &Digest, onward: &[PartnerId]) -> Result<(), Fault> {
        if let Some(held) = self.records.get_mut(digest) {
            held.onward = onward.to_vec();
        }
        Ok(())
    }

    fn purge(&mut self, digest: &Digest) -> Result<(), Fault> {
        self.records.remove(digest);
        Ok(())
    }

    fn versions(
        &self,
        originator: &PartnerId,
        item: &ItemId,
        variant: u32,
    ) -> Result<Vec<(u32, Digest)>, Fault> {
        let ours = self.records().filter(|held| {
            let header = held.record.header();
            header.originator == *originator && header.item == *item && header.variant == variant
        });
        Ok(ours.map(|held| (held.record.header().version, *held.record.digest())).collect())
    }

    fn of_item(&self, item: &ItemId) -> Result<Vec<Filed>, Fault> {
        let kept = self
            .records()
            .filter(|held| held.standing == Standing::Kept && held.record.header().item == *item);
        let filed = kept.map(|held| Filed {
            digest: *held.record.digest(),
            originator: held.record.header().originator.clone(),
            source: held.source.clone(),
        });
        Ok(filed.collect())
    }

    fn queue(&mut self, partner: &PartnerId, line: &TrayLine) -> Result<(), Fault> {
        let tray = self.trays.entry(partner.clone()).or_default();
        let waits = tray.iter().any(|one| one.kind == line.kind && one.digest == line.digest);
        if !waits {
            tray.push(line.clone());
        }
        Ok(())
    }

    fn take_queued(
        &mut self,
        partner: &PartnerId,
        lines: usize,
        bytes: u64,
    ) -> Result<Vec<TrayLine>, Fault> {
        let Some(tray) = self.trays.get_mut(partner) else {
            return Ok(Vec::new());
        };
        // A stable sort keeps the oldest first within a precedence.
        tray.sort_by_key(|line| std::cmp::Reverse(line.precedence));
        let mut sum = 0u64;
        let fits = tray.iter().take(lines).take_while(|line| {
            let first = sum == 0;
            sum = sum.saturating_add(u64::from(line.size).max(1));
            first || sum <= bytes
        });
        let count = fits.count();
        Ok(tray.drain(..count).collect())
    }

    fn unqueue(&mut self, partner: &PartnerId, digest: &Digest) -> Result<bool, Fault> {
        let Some(tray) = self.trays.get_mut(partner) else {
            return Ok(false);
        };
        let before = tray.len();
        tray.retain(|line| line.digest != *digest);
        Ok(tray.len() < before)
    }

    fn is_queued(&self, partner: &PartnerId, digest: &Digest) -> Result<bool, Fault> {
        let tray = self.trays.get(partner);
        Ok(tray.is_some_and(|tray| tray.iter().any(|line| line.digest == *digest)))
    }

    fn queued_count(&self, partner: &PartnerId) -> Result<u64, Fault> {
        let count = self.trays.get(partner).map_or(0, Vec::len);
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }

    fn head(&self, partner: &PartnerId, stream: Stream) -> Result<Option<Head>, Fault> {
        let entries = self.streams.get(&(partner.clone(), stream));
        Ok(entries.and_then(|entries| entries.last()).map(|last| last.head))
    }

    fn append(
        &mut self,
        partner: &PartnerId,
        stream: Stream,
        entries: &[StreamEntry],
    ) -> Result<(), Fault> {
        let log = self.streams.entry((partner.clone(), stream)).or_default();
        for one in entries {
            let expected = u64::try_from(log.len()).unwrap_or(u64::MAX).saturating_add(1);
            if one.entry.seq != expected {
                let seq = one.entry.seq;
                return Err(Fault::Corrupt(format!("entry `{seq}` is not next in its stream")));
            }
            log.push(one.clone());
            let key = (partner.clone(), stream, one.entry.kind, one.entry.digest);
            self.about.insert(key, one.entry.seq);
        }
        Ok(())
    }

    fn entries(
        &self,
        partner: &PartnerId,
        stream: Stream,
        seq: u64,
        limit: usize,
    ) -> Result<Vec<StreamEntry>, Fault> {
        let entries = self.streams.get(&(partner.clone(), stream));
        let skip = usize::try_from(seq.saturating_sub(1)).unwrap_or(usize::MAX);
        Ok(entries.into_iter().flatten().skip(skip).take(limit).cloned().collect())
    }

    fn entry_about(
        &self,
        partner: &PartnerId,
        stream: Stream,
        kind: EntryKind,
        digest: &Digest,
    ) -> Result<Option<u64>, Fault> {
        Ok(self.about.get(&(partner.clone(), stream, kind, *digest)).copied())
    }

    fn log(&mut self, line: &LogLine) -> Result<(), Fault> {
        self.lines.push(line.clone());
        Ok(())
    }
}
