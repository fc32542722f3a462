//! Decides: who may write, what is admitted, what is released to whom, what the picture is.
//!
//! What this floor promises:
//! - Same events, same ledger, same result: no clock, no chance, no hash order.
//! - One entrance: [`Room::step`]. A refused step changes nothing but the log.
//! - No record leaves without a ruling under an agreement in force.
//! - Admitting twice equals admitting once.
//! - Hidden records leave no mark on a viewer's picture.
//!
//! It does no I/O. What answers at once (the [`Ledger`]) is called; what takes its own time
//! arrives as an [`Event`] and leaves as an [`Effect`].

mod admit;
mod agreement;
mod docs;
mod effect;
mod enter;
mod event;
mod known;
mod ledger;
mod link;
mod memory;
mod partner;
mod person;
mod picture;
mod recall;
mod release;
mod room;
mod see;

pub use admit::Admission;
pub use agreement::{Agreement, AgreementState, Standing, Terms, Word};
pub use effect::{Effect, Notice, Outcome};
pub use event::{Ask, Event, NewRecord, Tending};
pub use ledger::{
    Fault, Filed, Held, Ledger, LogLine, Shelf, Source, Standing as HeldStanding, Stream,
    StreamEntry, TrayLine,
};
pub use link::{Arrival, Frame, Incident, KeyBook, Paper, ReceiptDoc};
pub use memory::MemoryLedger;
pub use partner::{Own, Partner, PastKey, ROLES};
pub use person::{Person, PersonId, Role};
pub use picture::{Brief, Cursor, Face, Folded, Query, Row, fold, row};
pub use recall::{AnswerDoc, RecallDoc, Received};
pub use release::{
    Grounds, Holding, Release, ReleaseState, What, approval, fit, holders, partner_holds,
};
pub use room::{Room, is_exchange};
pub use see::{Viewer, visible_labels};
