//! Says what a record is: its kinds, labels, identifiers, exact bytes and signature.
//!
//! What this floor promises:
//! - One [`Record`] has exactly one byte form and its digest names it.
//! - A [`Record`] in memory has a valid signature: only [`seal`] and [`open`] make one.
//! - Nothing here exceeds [`limits`]; foreign bytes never panic.
//! - Tightening a [`Label`] never lets more readers in.
//!
//! It knows no clock, no chance, no files, no network and no partner's agreement.

pub mod bytes;
mod entry;
mod id;
pub mod json;
pub mod kind;
mod label;
pub mod limits;
mod party;
mod place;
mod reason;
mod record;
mod signed;
mod text;
mod time;

pub use entry::{
    Entry, EntryKind, Head, HeadStatement, Precedence, Proof, Receipt, Run, StreamId, Tighten,
    stream_id,
};
pub use id::{Digest, ItemId};
pub use kind::{Body, Kind};
pub use label::{Entitlement, Handling, Label, LegalBasis, Purpose, State, Tlp};
pub use party::{FeedId, KeyStatement, PartnerId, Party, RootSet, SignedStatement};
pub use place::Place;
pub use reason::{Fault, Reason, Tell};
pub use record::{Checked, Draft, Header, Record, Sealed, check_batch, open, seal};
pub use signed::{KeyId, KeyRole, PublicKey, Signed, Signer, enrolled};
pub use text::{Lang, Text};
pub use time::{Date, Moment, Span};
