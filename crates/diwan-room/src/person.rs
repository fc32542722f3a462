//! People of this node: their roles and what they may read.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use diwan_record::{Entitlement, Kind, PublicKey, Reason};
use minicbor::{Decode, Encode};

use crate::docs::doc;
use crate::ledger::{Fault, Ledger, Shelf};

/// A person's name at the door: 2 to 40 of a to z, 0 to 9, dot and hyphen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct PersonId(#[n(0)] String);

impl PersonId {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PersonId {
    type Err = Reason;
    fn from_str(text: &str) -> Result<Self, Reason> {
        let plain = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.' || byte == b'-'
        };
        let fits = (2..=40).contains(&text.len()) && text.bytes().all(plain);
        if fits { Ok(Self(text.to_owned())) } else { Err(Reason::IdForm) }
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a person does in the room; one person may have several roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Role {
    #[n(0)]
    WatchOfficer,
    #[n(1)]
    ReleasingOfficer,
    #[n(2)]
    Analyst,
    #[n(3)]
    Liaison,
    #[n(4)]
    SiteDesk,
    #[n(5)]
    Administrator,
    #[n(6)]
    Inspector,
}

impl Role {
    pub const ALL: [Self; 7] = [
        Self::WatchOfficer,
        Self::ReleasingOfficer,
        Self::Analyst,
        Self::Liaison,
        Self::SiteDesk,
        Self::Administrator,
        Self::Inspector,
    ];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::WatchOfficer => "watch-officer",
            Self::ReleasingOfficer => "releasing-officer",
            Self::Analyst => "analyst",
            Self::Liaison => "liaison",
            Self::SiteDesk => "site-desk",
            Self::Administrator => "administrator",
            Self::Inspector => "inspector",
        }
    }

    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether someone in this role writes records of this kind.
    #[must_use]
    pub fn writes(self, kind: &Kind) -> bool {
        match kind {
            Kind::Report | Kind::Note | Kind::Message => match self {
                Self::WatchOfficer | Self::Analyst | Self::Liaison | Self::SiteDesk => true,
                Self::ReleasingOfficer | Self::Administrator | Self::Inspector => false,
            },
            Kind::Site | Kind::SiteStatus => match self {
                Self::WatchOfficer | Self::Analyst | Self::SiteDesk => true,
                Self::ReleasingOfficer | Self::Liaison | Self::Administrator | Self::Inspector => {
                    false
                }
            },
            Kind::Meeting | Kind::Commitment => self == Self::Liaison,
            Kind::Article => self.reads_articles(),
            // Made by recalling and answering, not by writing.
            Kind::Withdrawal | Kind::Acknowledgement | Kind::Newer(_) => false,
        }
    }

    /// Whether someone in this role works at the open-source desk: reads articles, decides about
    /// what was proposed from them, and says which feeds are read.
    #[must_use]
    pub fn reads_articles(self) -> bool {
        match self {
            Self::WatchOfficer | Self::Analyst | Self::Liaison => true,
            Self::ReleasingOfficer | Self::SiteDesk | Self::Administrator | Self::Inspector => {
                false
            }
        }
    }

    /// Whether someone in this role may ask for a release.
    #[must_use]
    pub fn asks_release(self) -> bool {
        match self {
            Self::WatchOfficer
            | Self::ReleasingOfficer
            | Self::Analyst
            | Self::Liaison
            | Self::SiteDesk => true,
            Self::Administrator | Self::Inspector => false,
        }
    }

    /// Whether someone in this role may confirm who a partner is: those who speak for the node
    /// towards partners, and who runs it.
    #[must_use]
    pub fn pairs(self) -> bool {
        match self {
            Self::ReleasingOfficer | Self::Liaison | Self::Administrator => true,
            Self::WatchOfficer | Self::Analyst | Self::SiteDesk | Self::Inspector => false,
        }
    }

    /// Whether someone in this role may recall: it only ever takes back, so the watch may start it
    /// without waiting for a second person.
    #[must_use]
    pub fn recalls(self) -> bool {
        matches!(self, Self::WatchOfficer | Self::ReleasingOfficer)
    }
}

/// One person with an account on this node.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Person {
    #[n(0)]
    pub id: PersonId,
    #[n(1)]
    pub name: String,
    #[n(2)]
    pub roles: BTreeSet<Role>,
    /// What the person may read.
    #[n(3)]
    pub entitlement: Entitlement,
    /// The key with which the person approves.
    #[cbor(n(4), with = "diwan_record::enrolled")]
    pub key: PublicKey,
    /// How the person proves to be the one; opaque here.
    #[n(5)]
    pub credential: String,
    #[n(6)]
    pub disabled: bool,
}

impl Person {
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        !self.disabled && self.roles.contains(&role)
    }

    #[must_use]
    pub fn may(&self, rule: impl Fn(Role) -> bool) -> bool {
        !self.disabled && self.roles.iter().any(|role| rule(*role))
    }

    /// # Errors
    /// A fault of the ledger.
    pub fn find(ledger: &dyn Ledger, id: &PersonId) -> Result<Option<Self>, Fault> {
        doc(ledger, Shelf::Person, id.as_str().as_bytes())
    }
}
