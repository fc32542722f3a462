//! Reads open sources and proposes what they say, each claim tied to its place in the text.
//!
//! Deterministic: no network, no clock, no language model. Everything here is a proposal that a
//! person accepts, corrects or rejects.
//!
//! ```
//! use diwan_read::{MentionKind, Source, read};
//!
//! let source = Source {
//!     id: "note".to_owned(),
//!     raw: "Jordan's Foreign Minister Ayman Safadi was in Cairo on Sunday.".to_owned(),
//!     published: Some("2025-03-11".to_owned()),
//!     ..Source::default()
//! };
//! let (readings, _groups) = read(&[source]).unwrap();
//! let page = &readings[0].page;
//! let told: Vec<_> = readings[0]
//!     .mentions
//!     .iter()
//!     .map(|mention| (mention.kind, page.at(mention.span), mention.value.as_deref()))
//!     .collect();
//! assert_eq!(told[0], (MentionKind::Country, "Jordan", None));
//! assert_eq!(told[4], (MentionKind::Date, "Sunday", Some("2025-03-09")));
//! ```
//!
//! [`open`] turns a source into pages, [`read`] finds what they say, [`json()`] writes it down.
//! What ships in the lexicon and whose it is stands in the file `NOTICE` of this crate.

mod article;
mod calendar;
mod chunk;
mod commitments;
mod contradictions;
mod events;
mod fold;
mod groups;
mod identity;
mod json;
mod letters;
mod lexicon;
mod link;
mod mentions;
mod numbers;
mod offices;
mod offsets;
mod reading;
mod tokens;
mod triggers;
mod when;
mod words;

pub use article::{SOURCE_BYTES_MAX, open};
pub use contradictions::{Contradiction, Matter, Side, contradictions};
pub use json::{Meta, json};
pub use offices::{Evidence, Tenure, offices};
pub use reading::{
    Commitment, Event, EventKind, Firmness, Format, Groups, Language, Mention, MentionKind,
    Modality, Number, Page, Part, Participant, Published, Qualifier, Reading, Source, Span,
};

/// Why a source cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// See [`SOURCE_BYTES_MAX`].
    #[error("source is larger than 8 MiB")]
    TooLarge,
    /// Zero bytes, or an encoding that is not UTF-8.
    #[error("source is not UTF-8 text")]
    NotText,
}

/// Reads the articles of one run together: what they name is told apart or made one across them.
///
/// # Errors
///
/// The first source that cannot be read, by its place among the sources.
pub fn read(sources: &[Source]) -> Result<(Vec<Reading>, Groups), (usize, Error)> {
    let mut pages = Vec::new();
    for (nth, source) in sources.iter().enumerate() {
        for (page, tokens) in article::opened(source).map_err(|error| (nth, error))? {
            let mentions = mentions::find(&page, &tokens);
            pages.push((page, mentions));
        }
    }
    link::across(&mut pages);
    let mut readings: Vec<Reading> =
        pages.into_iter().map(|(page, mentions)| claims(page, mentions)).collect();
    let groups = group(&mut readings);
    Ok((readings, groups))
}

/// Says what articles have to do with each other, and gives one event told by several one id.
pub fn group(readings: &mut [Reading]) -> Groups {
    let order = groups::in_time(readings);
    identity::identify(readings, &order);
    groups::find(readings, &order)
}

/// The claims of a page whose mentions are known.
#[must_use]
pub fn claims(page: Page, mut mentions: Vec<Mention>) -> Reading {
    offices::resolve(&page, &mut mentions);
    let lines = events::lines(&page, &mentions);
    let mut promises = commitments::Promises::of(&page, &mentions);
    let events = events::find(&page, &mentions, &lines, |line, memory| promises.read(line, memory));
    let commitments = promises.settled(&events);
    let numbers = numbers::find(&page, &mentions, &lines);
    Reading { page, mentions, events, commitments, numbers }
}
