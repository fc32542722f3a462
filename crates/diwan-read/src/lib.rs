//! Reads open sources and proposes what they say, each claim tied to its place in the text.
//!
//! Deterministic: no network, no clock, no language model. Everything here is a proposal that a
//! person accepts, corrects or rejects.

mod reading;

pub use reading::{
    Commitment, Event, EventKind, Firmness, Format, Groups, Language, Mention, MentionKind,
    Modality, Number, Page, Participant, Part, Published, Qualifier, Reading, Source, Span,
};
