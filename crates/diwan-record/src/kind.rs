//! The closed list of kinds. A body is the JSON of its kind, kept exactly as received.
//!
//! No match over this list has a catch-all arm, so a new kind makes the compiler name every place
//! that must decide.

mod acknowledgement;
mod article;
mod commitment;
mod meeting;
mod message;
mod note;
mod report;
mod site;
mod site_status;
mod withdrawal;

use std::fmt;

use minicbor::{Decode, Encode};
use schemars::{JsonSchema, Schema, schema_for};
use serde::{Deserialize, Serialize};

use crate::{ItemId, Moment, Place, Reason, Text, json, limits, text};

pub use acknowledgement::{Acknowledgement, Answer};
pub use article::{Article, Proposal, ProposalSort, Verdict};
pub use commitment::{Commitment, CommitmentState, Firmness};
pub use meeting::{Meeting, Participant};
pub use message::Message;
pub use note::{Note, NoteSort};
pub use report::{Category, Credibility, Grade, Quantity, Reliability, Report};
pub use site::{Site, SiteClass};
pub use site_status::{SiteState, SiteStatus};
pub use withdrawal::Withdrawal;

macro_rules! kinds {
    ($($name:ident = $code:literal),+ $(,)?) => {
        /// What sort of statement a record makes.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($name,)+
            /// A kind of a newer version, by its code: kept, shown as such, handed on.
            Newer(String),
        }

        /// A body as this version understands it.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Body { $($name($name),)+ Newer }

        impl Kind {
            /// Every kind of this version.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            #[must_use]
            pub fn code(&self) -> &str {
                match self { $(Self::$name => $code,)+ Self::Newer(code) => code }
            }

            #[must_use]
            pub fn of_code(code: &str) -> Self {
                match code { $($code => Self::$name,)+ _ => Self::Newer(code.to_owned()) }
            }

            /// The JSON Schema of the kind's body; `None` for a newer kind.
            #[must_use]
            pub fn schema(&self) -> Option<Schema> {
                match self { $(Self::$name => Some(schema_for!($name)),)+ Self::Newer(_) => None }
            }
        }

        impl Body {
            /// Reads strict JSON of a kind and checks it against the kind's own rules.
            ///
            /// # Errors
            /// [`Reason::JsonForm`], [`Reason::BodyShape`], or the reason of a broken rule.
            pub fn read(kind: &Kind, bytes: &[u8]) -> Result<Self, Reason> {
                match kind {
                    $(Kind::$name => {
                        let body: $name = json::read(bytes)?;
                        body.check()?;
                        Ok(Self::$name(body))
                    })+
                    Kind::Newer(_) => json::check(bytes).map(|_| Self::Newer),
                }
            }
        }
    };
}

kinds! {
    Report = "report",
    Site = "site",
    SiteStatus = "site-status",
    Meeting = "meeting",
    Commitment = "commitment",
    Note = "note",
    Withdrawal = "withdrawal",
    Acknowledgement = "acknowledgement",
    Message = "message",
    Article = "article",
}

impl Kind {
    /// Whether the code is one that a header may carry: 1 to 40 of a to z and hyphens.
    pub(crate) fn is_well_formed(&self) -> bool {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
        (1..=40).contains(&self.code().len()) && self.code().bytes().all(plain)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl<C> Encode<C> for Kind {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.str(self.code())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Kind {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let kind = Self::of_code(d.str()?);
        if kind.is_well_formed() {
            Ok(kind)
        } else {
            Err(minicbor::decode::Error::message("not a kind"))
        }
    }
}

/// What a list, a map and a timeline show of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch<'a> {
    pub title: &'a Text,
    pub place: Option<&'a Place>,
    /// When it happened or is due, where the body says so.
    pub at: Option<Moment>,
    /// The body's own sorting within its kind: a report's category, a site's class.
    pub category: &'static str,
}

impl Body {
    /// What a list shows of it; nothing for bodies that only speak about other records.
    #[must_use]
    pub fn sketch(&self) -> Option<Sketch<'_>> {
        match self {
            Self::Report(report) => Some(report.sketch()),
            Self::Site(site) => Some(site.sketch()),
            Self::Meeting(meeting) => Some(meeting.sketch()),
            Self::Commitment(commitment) => Some(commitment.sketch()),
            Self::Article(article) => Some(article.sketch()),
            Self::SiteStatus(_)
            | Self::Note(_)
            | Self::Message(_)
            | Self::Withdrawal(_)
            | Self::Acknowledgement(_)
            | Self::Newer => None,
        }
    }

    /// The item it is about, for bodies that belong to an item of their own or another's.
    #[must_use]
    pub fn about(&self) -> Option<ItemId> {
        match self {
            Self::SiteStatus(status) => Some(status.site),
            Self::Note(note) => Some(note.about),
            Self::Message(message) => Some(message.about),
            Self::Report(_)
            | Self::Site(_)
            | Self::Meeting(_)
            | Self::Commitment(_)
            | Self::Article(_)
            | Self::Withdrawal(_)
            | Self::Acknowledgement(_)
            | Self::Newer => None,
        }
    }

    /// Every item whose identifier the body carries. A record is not released to a partner that
    /// does not hold these.
    #[must_use]
    pub fn references(&self) -> Vec<ItemId> {
        match self {
            Self::Commitment(commitment) => commitment.meeting.into_iter().collect(),
            other => other.about().into_iter().collect(),
        }
    }

    /// Every text a person may search for.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Report(report) => report.texts(),
            Self::Site(site) => site.texts(),
            Self::SiteStatus(status) => status.texts(),
            Self::Meeting(meeting) => meeting.texts(),
            Self::Commitment(commitment) => commitment.texts(),
            Self::Note(note) => note.text.all().collect(),
            Self::Message(message) => message.text.all().collect(),
            Self::Article(article) => article.texts(),
            Self::Withdrawal(_) | Self::Acknowledgement(_) | Self::Newer => Vec::new(),
        }
    }
}

/// An open source, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    pub outlet: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<crate::Date>,
}

/// How much of something, in the unit as stated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Amount {
    pub amount: f64,
    pub unit: String,
}

fn check_sources(sources: &[Source]) -> Result<(), Reason> {
    check_list(sources.len())?;
    let strings = sources.iter().flat_map(|source| {
        [Some(&source.outlet), Some(&source.title), source.url.as_ref()].into_iter().flatten()
    });
    text::check_length(strings, 2 * limits::NAME_CHARS)
}

fn check_list(length: usize) -> Result<(), Reason> {
    if length > limits::LIST { Err(Reason::ListLong) } else { Ok(()) }
}

fn check_texts(texts: &[Text], chars_max: usize) -> Result<(), Reason> {
    check_list(texts.len())?;
    texts.iter().try_for_each(|text| text.check(chars_max))
}
