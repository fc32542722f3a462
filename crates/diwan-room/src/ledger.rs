//! What the room asks of a ledger: one trait, and the duties every ledger must pass.
//!
//! A ledger is called inside one transaction per batch of steps. It answers at once and the same
//! way every time. Small things are documents on named shelves; records, trays, streams and the
//! log have verbs of their own because there are millions of them.

use std::fmt;

use diwan_record::{
    Digest, Entry, EntryKind, Head, ItemId, Label, Moment, PartnerId, Precedence, Record, Tighten,
};

/// The world failing underneath: a step that meets one is abandoned whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Somebody else holds the ledger.
    Busy(String),
    /// What was read is not what was written.
    Corrupt(String),
    /// Disk full, connection lost and the like.
    Unavailable(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy(what) => write!(f, "the ledger is held by another process: {what}"),
            Self::Corrupt(what) => write!(f, "the ledger is damaged: {what}"),
            Self::Unavailable(what) => write!(f, "the ledger cannot be written: {what}"),
        }
    }
}

impl std::error::Error for Fault {}

/// Where small documents lie. The number is stored: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Shelf {
    /// Key: person id. Value: [`crate::Person`].
    Person = 1,
    /// Key: partner id. Value: [`crate::Partner`].
    Partner = 2,
    /// Key: agreement digest. Value: [`crate::Agreement`].
    Agreement = 3,
    /// Key: partner id. Value: digest of the agreement in force.
    InForce = 4,
    /// Key: release id. Value: [`crate::Release`].
    Release = 5,
    /// Key: release id, while a person must still decide. Value: empty.
    OpenRelease = 6,
    /// Key: record digest, then release id. Value: empty.
    ReleaseOf = 7,
    /// Key: release id. Value: empty. Standing rules in force.
    StandingRule = 8,
    /// Key: record digest, then originator. Value: [`crate::recall::Tombstone`].
    Tombstone = 9,
    /// Key: record digest. Value: [`crate::RecallDoc`]: our own recalls.
    Recall = 10,
    /// Key: record digest, then partner id. Value: ruling of a release that withheld it.
    Withheld = 11,
    /// Key: record digest, then partner id. Value: what that partner answered.
    Answer = 12,
    /// Key: partner id. Value: the newest receipt for our stream, as signed.
    Receipt = 13,
    /// Key: partner id. Value: what is wrong with the link, for people.
    Incident = 14,
    /// Key: record digest, originator, slash, place in its stream. Value: the
    /// [`diwan_record::Proof`] that we may pass a foreign record on to those it names.
    Grant = 15,
    /// Key: digest. Value: exact bytes of a paper that is no record, as sent or received.
    Paper = 16,
    /// Key: record digest, then originator. Value: [`crate::recall::Received`]: recalls of
    /// partners.
    Received = 17,
    /// Key: the author's time, then record digest. Value: empty. Parked until that time comes.
    Due = 18,
    /// Key: partner id, slash, record digest. Value: empty. Parked when that partner gave it.
    Parked = 19,
}

/// How a record came to us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Written here.
    Own,
    /// Through the stream of this partner.
    Partner(PartnerId),
}

/// What became of a record that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On the picture.
    Kept,
    /// Held back with a reason code until a person or time settles it.
    Parked(String),
}

/// A record as the ledger keeps it.
#[derive(Clone, Debug)]
pub struct Held {
    /// Place in the order of arrival here; assigned by the ledger when kept, never shown outside.
    pub position: u64,
    pub record: Record,
    pub source: Source,
    /// The label under which we hold it: the record's own, perhaps tightened by the entry.
    pub label: Label,
    /// The number the ledger gave that label; assigned when kept.
    pub label_no: u32,
    /// To whom we may pass it on.
    pub onward: Vec<PartnerId>,
    pub precedence: Precedence,
    pub received: Moment,
    pub standing: Standing,
}

/// A kept record by its whereabouts alone, without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub digest: Digest,
    pub originator: PartnerId,
    pub source: Source,
}

/// Which way a stream runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stream {
    /// From us to the partner.
    Out,
    /// From the partner to us.
    In,
}

/// An entry as the ledger keeps it: exact bytes, and the chain hash after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamEntry {
    pub head: Head,
    pub entry: Entry,
    pub bytes: Vec<u8>,
    /// The signed head, on the last entry of a run.
    pub signed_head: Option<Vec<u8>>,
}

/// Something ruled fit for a partner and not yet numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrayLine {
    pub kind: EntryKind,
    pub digest: Digest,
    pub onward: Vec<PartnerId>,
    pub tighten: Tighten,
    pub precedence: Precedence,
    pub reason: Option<String>,
    /// Size of the paper in bytes, so that frames and windows can be filled without reading it.
    pub size: u32,
}

/// One line of the audit log: who did what, in codes and identifiers, never in content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    pub at: Moment,
    /// A person or a partner; absent for the node itself.
    pub who: Option<String>,
    pub what: &'static str,
    pub detail: Vec<(&'static str, String)>,
}

type Answer<T> = Result<T, Fault>;

/// Everything kept, in order; the only memory that counts.
pub trait Ledger {
    // Documents

    fn doc(&self, shelf: Shelf, key: &[u8]) -> Answer<Option<Vec<u8>>>;
    /// All documents whose key starts with `prefix`, by key.
    fn docs(&self, shelf: Shelf, prefix: &[u8]) -> Answer<Vec<(Vec<u8>, Vec<u8>)>>;
    fn put_doc(&mut self, shelf: Shelf, key: &[u8], value: &[u8]) -> Answer<()>;
    fn remove_doc(&mut self, shelf: Shelf, key: &[u8]) -> Answer<()>;
    /// How often this ledger in memory wrote, removed or undid documents of this shelf: whoever
    /// keeps what it read compares it. Any number from a ledger that is only read.
    fn writes(&self, shelf: Shelf) -> u64;

    // Records

    /// `None` also for a record that was purged.
    fn held(&self, digest: &Digest) -> Answer<Option<Held>>;
    /// Whether a record with this digest is kept or parked, without reading it.
    fn knows(&self, digest: &Digest) -> Answer<bool>;
    /// The exact bytes of a record that is kept or parked, compared with the digest.
    fn bytes(&self, digest: &Digest) -> Answer<Option<Vec<u8>>>;
    /// Keeps a record not held yet and assigns `position` and `label_no`; returns the position.
    fn keep(&mut self, held: &Held) -> Answer<u64>;
    fn set_standing(&mut self, digest: &Digest, standing: &Standing) -> Answer<()>;
    fn set_onward(&mut self, digest: &Digest, onward: &[PartnerId]) -> Answer<()>;
    /// Removes bytes and every mark of the record but its position and digest.
    fn purge(&mut self, digest: &Digest) -> Answer<()>;
    /// Digests of kept and parked records of this originator's item and variant, with versions.
    fn versions(
        &self,
        originator: &PartnerId,
        item: &ItemId,
        variant: u32,
    ) -> Answer<Vec<(u32, Digest)>>;
    /// Kept records whose header names this item, in order of arrival.
    fn of_item(&self, item: &ItemId) -> Answer<Vec<Filed>>;

    // Trays

    /// Puts a line at the end of its precedence, unless the same kind and digest waits already.
    fn queue(&mut self, partner: &PartnerId, line: &TrayLine) -> Answer<()>;
    /// Takes out up to `lines` lines whose sizes add up to at most `bytes` (but always one, if
    /// there is one), higher precedence first, then oldest first.
    fn take_queued(
        &mut self,
        partner: &PartnerId,
        lines: usize,
        bytes: u64,
    ) -> Answer<Vec<TrayLine>>;
    /// Takes out lines about this digest; says whether there were any.
    fn unqueue(&mut self, partner: &PartnerId, digest: &Digest) -> Answer<bool>;
    fn is_queued(&self, partner: &PartnerId, digest: &Digest) -> Answer<bool>;
    fn queued_count(&self, partner: &PartnerId) -> Answer<u64>;

    // Streams

    /// Where a stream stands; `None` before its first entry.
    fn head(&self, partner: &PartnerId, stream: Stream) -> Answer<Option<Head>>;
    fn append(
        &mut self,
        partner: &PartnerId,
        stream: Stream,
        entries: &[StreamEntry],
    ) -> Answer<()>;
    /// Entries from `seq` on, at most `limit`.
    fn entries(
        &self,
        partner: &PartnerId,
        stream: Stream,
        seq: u64,
        limit: usize,
    ) -> Answer<Vec<StreamEntry>>;
    /// The newest `seq` at which the stream carries an entry of this kind about this digest.
    fn entry_about(
        &self,
        partner: &PartnerId,
        stream: Stream,
        kind: EntryKind,
        digest: &Digest,
    ) -> Answer<Option<u64>>;

    // Log

    fn log(&mut self, line: &LogLine) -> Answer<()>;
}
