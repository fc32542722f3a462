//! A ledger that counts what is asked of it and can fail at the n-th operation.

use std::cell::Cell;

use diwan_record::{Digest, EntryKind, Head, ItemId, PartnerId};
use diwan_room::{
    Fault, Filed, Held, HeldStanding, Ledger, LogLine, MemoryLedger, Shelf, Stream, StreamEntry,
    TrayLine,
};

type Answer<T> = Result<T, Fault>;

/// Stands between a room and its ledger for one step.
#[derive(Debug)]
pub(crate) struct Watched<'a> {
    inner: &'a mut MemoryLedger,
    /// Operations left until one fails; `None` for a healthy ledger.
    left: Cell<Option<u64>>,
    /// Changes other than lines of the log.
    pub(crate) writes: u64,
}

impl<'a> Watched<'a> {
    pub(crate) fn new(inner: &'a mut MemoryLedger, fails_after: Option<u64>) -> Self {
        Self { inner, left: Cell::new(fails_after), writes: 0 }
    }

    fn ask(&self) -> Answer<&MemoryLedger> {
        match self.left.get() {
            Some(0) => Err(Fault::Unavailable("disk full".to_owned())),
            left => {
                self.left.set(left.map(|left| left - 1));
                Ok(self.inner)
            }
        }
    }

    fn change(&mut self) -> Answer<&mut MemoryLedger> {
        self.ask()?;
        self.writes += 1;
        Ok(self.inner)
    }
}

impl Ledger for Watched<'_> {
    fn doc(&self, shelf: Shelf, key: &[u8]) -> Answer<Option<Vec<u8>>> {
        self.ask()?.doc(shelf, key)
    }
    fn docs(&self, shelf: Shelf, prefix: &[u8]) -> Answer<Vec<(Vec<u8>, Vec<u8>)>> {
        self.ask()?.docs(shelf, prefix)
    }
    fn put_doc(&mut self, shelf: Shelf, key: &[u8], value: &[u8]) -> Answer<()> {
        // Writing down what is there already changes nothing.
        if self.inner.doc(shelf, key)?.as_deref() == Some(value) {
            return self.ask().map(drop);
        }
        self.change()?.put_doc(shelf, key, value)
    }
    fn remove_doc(&mut self, shelf: Shelf, key: &[u8]) -> Answer<()> {
        if self.inner.doc(shelf, key)?.is_none() {
            return self.ask().map(drop);
        }
        self.change()?.remove_doc(shelf, key)
    }
    fn writes(&self, shelf: Shelf) -> u64 {
        self.inner.writes(shelf)
    }
    fn held(&self, digest: &Digest) -> Answer<Option<Held>> {
        self.ask()?.held(digest)
    }
    fn knows(&self, digest: &Digest) -> Answer<bool> {
        self.ask()?.knows(digest)
    }
    fn bytes(&self, digest: &Digest) -> Answer<Option<Vec<u8>>> {
        self.ask()?.bytes(digest)
    }
    fn keep(&mut self, held: &Held) -> Answer<u64> {
        self.change()?.keep(held)
    }
    fn set_standing(&mut self, digest: &Digest, standing: &HeldStanding) -> Answer<()> {
        self.change()?.set_standing(digest, standing)
    }
    fn set_onward(&mut self, digest: &Digest, onward: &[PartnerId]) -> Answer<()> {
        self.change()?.set_onward(digest, onward)
    }
    fn purge(&mut self, digest: &Digest) -> Answer<()> {
        self.change()?.purge(digest)
    }
    fn versions(
        &self,
        originator: &PartnerId,
        item: &ItemId,
        variant: u32,
    ) -> Answer<Vec<(u32, Digest)>> {
        self.ask()?.versions(originator, item, variant)
    }
    fn of_item(&self, item: &ItemId) -> Answer<Vec<Filed>> {
        self.ask()?.of_item(item)
    }
    fn queue(&mut self, partner: &PartnerId, line: &TrayLine) -> Answer<()> {
        self.change()?.queue(partner, line)
    }
    fn take_queued(
        &mut self,
        partner: &PartnerId,
        lines: usize,
        bytes: u64,
    ) -> Answer<Vec<TrayLine>> {
        let taken = self.change()?.take_queued(partner, lines, bytes)?;
        // Looking into an empty tray changes nothing.
        if taken.is_empty() {
            self.writes -= 1;
        }
        Ok(taken)
    }
    fn unqueue(&mut self, partner: &PartnerId, digest: &Digest) -> Answer<bool> {
        self.change()?.unqueue(partner, digest)
    }
    fn is_queued(&self, partner: &PartnerId, digest: &Digest) -> Answer<bool> {
        self.ask()?.is_queued(partner, digest)
    }
    fn queued_count(&self, partner: &PartnerId) -> Answer<u64> {
        self.ask()?.queued_count(partner)
    }
    fn head(&self, partner: &PartnerId, stream: Stream) -> Answer<Option<Head>> {
        self.ask()?.head(partner, stream)
    }
    fn append(
        &mut self,
        partner: &PartnerId,
        stream: Stream,
        entries: &[StreamEntry],
    ) -> Answer<()> {
        self.change()?.append(partner, stream, entries)
    }
    fn entries(
        &self,
        partner: &PartnerId,
        stream: Stream,
        seq: u64,
        limit: usize,
    ) -> Answer<Vec<StreamEntry>> {
        self.ask()?.entries(partner, stream, seq, limit)
    }
    fn entry_about(
        &self,
        partner: &PartnerId,
        stream: Stream,
        kind: EntryKind,
        digest: &Digest,
    ) -> Answer<Option<u64>> {
        self.ask()?.entry_about(partner, stream, kind, digest)
    }
    fn log(&mut self, line: &LogLine) -> Answer<()> {
        self.ask()?;
        self.inner.log(line)
    }
}
