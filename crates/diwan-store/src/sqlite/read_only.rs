//! The ledger for those who only read: writing verbs answer with a fault.

use diwan_record::{Digest, EntryKind, Head, ItemId, Label, PartnerId};
use diwan_room::{
    Fault, Filed, Held, HeldStanding, Ledger, LogLine, Shelf, Stream, StreamEntry, TrayLine,
};
use rusqlite::Connection;

use super::{only_read, tray, verbs};

type Answer<T> = Result<T, Fault>;

/// The ledger as readers have it.
pub(super) struct ReadLedger<'a> {
    pub(super) conn: &'a Connection,
    /// The label behind a number.
    pub(super) label: &'a dyn Fn(u32) -> Answer<Label>,
}

impl Ledger for ReadLedger<'_> {
    fn doc(&self, shelf: Shelf, key: &[u8]) -> Answer<Option<Vec<u8>>> {
        verbs::doc(self.conn, shelf, key)
    }

    fn docs(&self, shelf: Shelf, prefix: &[u8]) -> Answer<Vec<(Vec<u8>, Vec<u8>)>> {
        verbs::docs(self.conn, shelf, prefix)
    }

    fn put_doc(&mut self, _: Shelf, _: &[u8], _: &[u8]) -> Answer<()> {
        Err(only_read())
    }

    fn remove_doc(&mut self, _: Shelf, _: &[u8]) -> Answer<()> {
        Err(only_read())
    }

    fn writes(&self, _: Shelf) -> u64 {
        0
    }

    fn held(&self, digest: &Digest) -> Answer<Option<Held>> {
        verbs::held_of(self.conn, digest, self.label)
    }

    fn knows(&self, digest: &Digest) -> Answer<bool> {
        verbs::knows(self.conn, digest)
    }

    fn bytes(&self, digest: &Digest) -> Answer<Option<Vec<u8>>> {
        verbs::bytes(self.conn, digest)
    }

    fn keep(&mut self, _: &Held) -> Answer<u64> {
        Err(only_read())
    }

    fn set_standing(&mut self, _: &Digest, _: &HeldStanding) -> Answer<()> {
        Err(only_read())
    }

    fn set_onward(&mut self, _: &Digest, _: &[PartnerId]) -> Answer<()> {
        Err(only_read())
    }

    fn purge(&mut self, _: &Digest) -> Answer<()> {
        Err(only_read())
    }

    fn versions(&self, by: &PartnerId, item: &ItemId, variant: u32) -> Answer<Vec<(u32, Digest)>> {
        verbs::versions(self.conn, by, item, variant)
    }

    fn of_item(&self, item: &ItemId) -> Answer<Vec<Filed>> {
        verbs::of_item(self.conn, item)
    }

    fn queue(&mut self, _: &PartnerId, _: &TrayLine) -> Answer<()> {
        Err(only_read())
    }

    fn take_queued(&mut self, _: &PartnerId, _: usize, _: u64) -> Answer<Vec<TrayLine>> {
        Err(only_read())
    }

    fn unqueue(&mut self, _: &PartnerId, _: &Digest) -> Answer<bool> {
        Err(only_read())
    }

    fn is_queued(&self, partner: &PartnerId, digest: &Digest) -> Answer<bool> {
        tray::is_queued(self.conn, partner, digest)
    }

    fn queued_count(&self, partner: &PartnerId) -> Answer<u64> {
        tray::queued_count(self.conn, partner)
    }

    fn head(&self, partner: &PartnerId, stream: Stream) -> Answer<Option<Head>> {
        verbs::head(self.conn, partner, stream)
    }

    fn append(&mut self, _: &PartnerId, _: Stream, _: &[StreamEntry]) -> Answer<()> {
        Err(only_read())
    }

    fn entries(
        &self,
        partner: &PartnerId,
        stream: Stream,
        seq: u64,
        limit: usize,
    ) -> Answer<Vec<StreamEntry>> {
        verbs::entries(self.conn, partner, stream, seq, limit)
    }

    fn entry_about(
        &self,
        partner: &PartnerId,
        stream: Stream,
        kind: EntryKind,
        digest: &Digest,
    ) -> Answer<Option<u64>> {
        verbs::entry_about(self.conn, partner, stream, kind, digest)
    }

    fn log(&mut self, _: &LogLine) -> Answer<()> {
        Err(only_read())
    }
}
