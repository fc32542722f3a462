//! Everything that can happen.

use diwan_record::{
    Digest, ItemId, Kind, Label, Moment, PartnerId, Precedence, Tighten, kind::Answer,
};

use crate::agreement::Agreement;
use crate::link::Arrival;
use crate::partner::Partner;
use crate::person::{Person, PersonId};
use crate::release::What;

/// A record a person hands in.
#[derive(Clone, Debug)]
pub struct NewRecord {
    pub kind: Kind,
    /// The existing item it belongs to; absent for a new one.
    pub item: Option<ItemId>,
    /// Drawn by the caller at random: names the item if it is a new one.
    pub fresh: ItemId,
    /// A correction names the version it replaces.
    pub replaces: Option<Digest>,
    pub variant: u32,
    pub label: Label,
    pub precedence: Precedence,
    /// JSON of the kind.
    pub body: Vec<u8>,
}

/// What is asked when asking for a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub what: What,
    pub to: Vec<PartnerId>,
    pub onward: Vec<PartnerId>,
    pub precedence: Precedence,
    pub tighten: Tighten,
    pub remark: String,
}

/// What a person changed about what the open-source desk reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tending {
    FeedAdded,
    FeedRemoved,
    RuleMuted,
    RuleUnmuted,
    RuleByCount,
}

impl Tending {
    /// The code in the audit log.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::FeedAdded => "feed-added",
            Self::FeedRemoved => "feed-removed",
            Self::RuleMuted => "rule-muted",
            Self::RuleUnmuted => "rule-unmuted",
            Self::RuleByCount => "rule-by-count",
        }
    }
}

/// Everything that can happen to a room. `by` is always the authenticated person.
#[derive(Clone, Debug)]
pub enum Event {
    // People
    /// Answered with [`crate::Outcome::Record`].
    Enter {
        by: PersonId,
        new: NewRecord,
    },
    /// `id` is drawn by the caller. Answered with [`crate::Outcome::Release`].
    AskRelease {
        by: PersonId,
        id: ItemId,
        ask: Ask,
    },
    /// `request` is the digest the person saw; `approval` the person's signature over it.
    SignRelease {
        by: PersonId,
        id: ItemId,
        request: Digest,
        approval: Vec<u8>,
    },
    ReturnRelease {
        by: PersonId,
        id: ItemId,
        reason: String,
    },
    /// `only_from` empty means from everyone who holds it.
    Recall {
        by: PersonId,
        digest: Digest,
        reason: String,
        gone_by: Moment,
        only_from: Vec<PartnerId>,
    },
    /// Our answer to a partner's record or recall.
    Answer {
        by: PersonId,
        digest: Digest,
        answer: Answer,
        reason: Option<String>,
    },
    /// A person opened an item: reading is audited.
    Read {
        by: PersonId,
        item: ItemId,
    },
    /// A person changed what the open-source desk reads; `about` is an identifier or a rule's name.
    Tend {
        by: PersonId,
        what: Tending,
        about: String,
    },
    /// `by` is absent for the first person of a node, made at its console.
    PutPerson {
        by: Option<PersonId>,
        person: Box<Person>,
    },
    /// Two people of ours confirmed the check phrase.
    Pair {
        by: [PersonId; 2],
        partner: Box<Partner>,
    },
    ProposeAgreement {
        by: PersonId,
        agreement: Box<Agreement>,
    },
    /// The second of our two people; the first is who proposed, or who approved before.
    ApproveAgreement {
        by: PersonId,
        digest: Digest,
    },
    EndAgreement {
        by: PersonId,
        digest: Digest,
        reason: String,
    },
    /// Settles an incident on a link; two histories are settled by people only.
    SettleIncident {
        by: PersonId,
        partner: PartnerId,
    },

    // Links
    /// A session with an authenticated partner begins; `nonce` is drawn by the caller.
    LinkUp {
        partner: PartnerId,
        nonce: [u8; 16],
    },
    /// A frame arrived; its signatures on records were checked on the way in.
    Arrived {
        partner: PartnerId,
        arrival: Box<Arrival>,
    },
    LinkDown {
        partner: PartnerId,
    },

    // Time
    /// Time passed: expiries, records parked for the clock.
    Tick,
}
