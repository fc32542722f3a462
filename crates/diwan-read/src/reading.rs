//! What reading an article gives: a page of text and the claims found in it.

use crate::offsets::Offsets;

/// A half-open range of bytes of [`Page::text`], on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// An article as it was fetched or pasted.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Unique within one run.
    pub id: String,
    pub raw: String,
    pub format: Option<Format>,
    /// ISO 8601 day, where the publisher or the feed tells it.
    pub published: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Text,
    Html,
    /// RSS or Atom: every entry is an article.
    Feed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    English,
    Arabic,
    Turkish,
    Other,
}

/// When an article appeared: a day, or bounds where its text does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    pub date: Option<String>,
    pub lower: Option<String>,
    pub upper: Option<String>,
    /// The rule that found it, `metadata` where it was given.
    pub rule: &'static str,
}

/// The readable text of a source. Rules work on it; [`Page::to_raw`] leads back to the source.
#[derive(Clone, Debug)]
pub struct Page {
    pub id: String,
    pub language: Language,
    pub text: String,
    /// The headline, where the page has one. It repeats the text below it, so nothing is claimed
    /// from it; it is one of the sentences.
    pub headline: Option<Span>,
    pub sentences: Vec<Span>,
    /// "Read more" lines, captions, bylines, share lines: marked, never dropped.
    pub boilerplate: Vec<Span>,
    pub published: Published,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub(crate) offsets: Offsets,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    Person,
    Organisation,
    Place,
    /// A state by name or by its demonym.
    Country,
    Date,
    Quantity,
    /// A title or office.
    Role,
}

/// A name, date, quantity or office in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub span: Span,
    pub kind: MentionKind,
    /// One id for one thing, across the articles of a run: `c:SYR`, `l:amman`, `p:...`, `o:...`.
    pub entity: Option<String>,
    /// ISO 8601 of a date (`~` for about), number and unit of a quantity.
    pub value: Option<String>,
    /// For a role: the entity of who holds it.
    pub holder: Option<String>,
    /// Latitude and longitude in degrees, WGS 84, where the place is known.
    pub position: Option<(f64, f64)>,
    pub demonym: bool,
    /// The rule that made it.
    pub rule: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    Meeting,
    Visit,
    Call,
    Statement,
    Agreement,
    Attack,
    Killing,
    Arrest,
    Plot,
    Seizure,
    Release,
    CrossingOpen,
    CrossingClose,
    TroopMovement,
    Truce,
    LeadershipChange,
    Flight,
    Dissolution,
    AidSupply,
    Return,
    Displacement,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    Actual,
    Planned,
    Thwarted,
    Recurring,
}

impl Modality {
    /// Its name in JSON and on screens.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Planned => "planned",
            Self::Thwarted => "thwarted",
            Self::Recurring => "recurring",
        }
    }
}

/// The part a participant plays in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Participant,
    Host,
    Speaker,
    Actor,
    Victim,
    Target,
    Accused,
    Mediator,
    Party,
    Announcer,
    Destination,
    ThwartedBy,
    Displaced,
    Ousted,
}

impl Part {
    /// The name of the part as it stands in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Host => "host",
            Self::Speaker => "speaker",
            Self::Actor => "actor",
            Self::Victim => "victim",
            Self::Target => "target",
            Self::Accused => "accused",
            Self::Mediator => "mediator",
            Self::Party => "party",
            Self::Announcer => "announcer",
            Self::Destination => "destination",
            Self::ThwartedBy => "thwarted_by",
            Self::Displaced => "displaced",
            Self::Ousted => "ousted",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Participant {
    pub entity: String,
    pub part: Part,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// One id for one event of the world, across the articles of a run.
    pub id: String,
    pub kind: EventKind,
    pub trigger: Span,
    /// Index into [`Page::sentences`].
    pub sentence: usize,
    pub participants: Vec<Participant>,
    pub place: Option<String>,
    pub date: Option<String>,
    pub modality: Modality,
    pub rule: &'static str,
}

/// How firmly something was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Firmness {
    /// "agreed to", "will", "undertook".
    Firm,
    /// "plans to", "intends to".
    Intended,
    /// "could", "is considering".
    Considered,
}

impl Firmness {
    /// Its name in JSON and on screens.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Intended => "intended",
            Self::Considered => "considered",
        }
    }
}

impl EventKind {
    pub const ALL: [Self; 21] = [
        Self::Meeting,
        Self::Visit,
        Self::Call,
        Self::Statement,
        Self::Agreement,
        Self::Attack,
        Self::Killing,
        Self::Arrest,
        Self::Plot,
        Self::Seizure,
        Self::Release,
        Self::CrossingOpen,
        Self::CrossingClose,
        Self::TroopMovement,
        Self::Truce,
        Self::LeadershipChange,
        Self::Flight,
        Self::Dissolution,
        Self::AidSupply,
        Self::Return,
        Self::Displacement,
    ];

    /// The name of the kind as it stands in JSON and in the tables of triggers.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Visit => "visit",
            Self::Call => "call",
            Self::Statement => "statement",
            Self::Agreement => "agreement",
            Self::Attack => "attack",
            Self::Killing => "killing",
            Self::Arrest => "arrest",
            Self::Plot => "plot",
            Self::Seizure => "seizure",
            Self::Release => "release",
            Self::CrossingOpen => "crossing_open",
            Self::CrossingClose => "crossing_close",
            Self::TroopMovement => "troop_movement",
            Self::Truce => "truce",
            Self::LeadershipChange => "leadership_change",
            Self::Flight => "flight",
            Self::Dissolution => "dissolution",
            Self::AidSupply => "aid_supply",
            Self::Return => "return",
            Self::Displacement => "displacement",
        }
    }
}

/// Who promised what by when.
#[derive(Clone, Debug, PartialEq)]
pub struct Commitment {
    pub owners: Vec<String>,
    pub what: Span,
    pub trigger: Span,
    pub due: Option<String>,
    pub firmness: Firmness,
    pub rule: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    About,
    MoreThan,
    LessThan,
    AtLeast,
    AtMost,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    pub span: Span,
    pub value: f64,
    pub unit: Option<String>,
    pub qualifier: Option<Qualifier>,
    pub rule: &'static str,
}

/// Everything one article says.
#[derive(Clone, Debug)]
pub struct Reading {
    pub page: Page,
    pub mentions: Vec<Mention>,
    pub events: Vec<Event>,
    pub commitments: Vec<Commitment>,
    pub numbers: Vec<Number>,
}

/// What articles have to do with each other; ids of sources, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    pub near_duplicates: Vec<Vec<String>>,
    pub threads: Vec<Vec<String>>,
}
