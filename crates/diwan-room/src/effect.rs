//! Everything the room can do about an event.

use diwan_record::{Digest, ItemId, PartnerId, Reason};

/// What the caller is told about its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// The record that was made.
    Record {
        digest: Digest,
        item: ItemId,
    },
    Release {
        id: ItemId,
    },
    Agreement {
        digest: Digest,
    },
    /// Refused; nothing changed but the log.
    Refused(Reason),
}

/// What leaves the room, only after the commit of the step that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Carry these bytes to a partner, in order.
    Send { partner: PartnerId, frame: Vec<u8> },
    /// End the session; both sides' logs say why.
    Hang { partner: PartnerId, reason: Reason },
    /// Something people look at has changed.
    Notice(Notice),
}

/// What changed, for screens and for those who follow the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Records were kept, purged or changed standing: the picture follows.
    Ledger,
    /// A record of this item was kept at this position that nobody may wait for.
    Urgent { item: ItemId, position: u64 },
    /// This item lost a record by recall.
    Gone(ItemId),
    /// A partner's line: link, receipt, agreement, incident.
    Partner(PartnerId),
    /// The queue of release requests.
    Releases,
    /// Keys of partners or people's rights.
    People,
}
