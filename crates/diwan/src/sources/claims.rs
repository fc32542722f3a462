//! The claims of one reading as a list: what each says, where it stands, and what it is known by.

use diwan_read::{Commitment, Event, EventKind, Mention, MentionKind, Page, Reading, Span};
use diwan_record::Digest;
use diwan_record::kind::ProposalSort;
use diwan_store::ClaimKey;

/// A claim that a rule found in an article.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// The same for the same article, place and rule, in whichever version of the library.
    pub(crate) key: ClaimKey,
    pub(crate) sort: ProposalSort,
    /// Where it is marked, in bytes of the page's text.
    pub(crate) span: Span,
    /// The words around it.
    pub(crate) sentence: Span,
    /// A code of the library (`attack`, `firm`), a value or a name.
    pub(crate) says: String,
    pub(crate) date: Option<String>,
    pub(crate) place: Option<Place>,
    /// Who takes part, promises or holds the office, with the part that each plays.
    pub(crate) people: Vec<Role>,
    pub(crate) modality: Option<&'static str>,
    pub(crate) rule: &'static str,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) name: String,
    /// Latitude and longitude.
    pub(crate) position: Option<(f64, f64)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Role {
    pub(crate) entity: String,
    pub(crate) name: String,
    pub(crate) part: String,
}

impl Claim {
    /// Short, for addresses: the first half of a digest over what it is known by.
    pub(crate) fn id(&self) -> String {
        let key = &self.key;
        let place = format!("{} {} {} {}", key.sort, key.start, key.end, key.rule);
        let digest = Digest::of_parts(&[&key.article.0, place.as_bytes()]).to_string();
        digest.chars().take(32).collect()
    }

    /// Whether a person is led to it: names and dates are marked, but decided about only when
    /// somebody points at them.
    pub(crate) fn leads(&self) -> bool {
        matches!(self.sort, ProposalSort::Event | ProposalSort::Commitment | ProposalSort::Role)
    }
}

pub(crate) fn sort_code(sort: ProposalSort) -> &'static str {
    match sort {
        ProposalSort::Event => "event",
        ProposalSort::Commitment => "commitment",
        ProposalSort::Role => "role",
        ProposalSort::Person => "person",
        ProposalSort::Organisation => "organisation",
        ProposalSort::Place => "place",
        ProposalSort::Country => "country",
        ProposalSort::Date => "date",
        ProposalSort::Quantity => "quantity",
    }
}

/// Every claim of a reading, in the order of the text.
pub(crate) fn claims(article: &Digest, reading: &Reading) -> Vec<Claim> {
    let make = Make { article, reading };
    let events = reading.events.iter().map(|event| make.event(event));
    let promises = reading.commitments.iter().map(|promise| make.commitment(promise));
    let mentions = reading.mentions.iter().filter_map(|mention| make.mention(mention));
    let mut claims: Vec<Claim> = events.chain(promises).chain(mentions).collect();
    claims.sort_by(|one, other| {
        let order = |claim: &Claim| (claim.span.start, !claim.leads(), claim.span.end);
        order(one).cmp(&order(other)).then_with(|| one.key.cmp(&other.key))
    });
    // Two lines of a lexicon may say the same of the same words.
    claims.dedup_by(|one, other| one.key == other.key);
    claims
}

struct Make<'a> {
    article: &'a Digest,
    reading: &'a Reading,
}

impl Make<'_> {
    fn page(&self) -> &Page {
        &self.reading.page
    }

    fn claim(&self, sort: ProposalSort, span: Span, rule: &'static str) -> Claim {
        let raw = self.page().to_raw(span);
        let key = ClaimKey {
            article: *self.article,
            sort: sort_code(sort).to_owned(),
            start: raw.start,
            end: raw.end,
            rule: rule.to_owned(),
        };
        let sentence = sentence_of(self.page(), span);
        let (date, place, people, modality) = (None, None, Vec::new(), None);
        let says = String::new();
        Claim { key, sort, span, sentence, says, date, place, people, modality, rule }
    }

    fn event(&self, event: &Event) -> Claim {
        let claim = self.claim(ProposalSort::Event, event.trigger, event.rule);
        let people = event.participants.iter().map(|one| Role {
            entity: one.entity.clone(),
            name: name_of(self.reading, &one.entity),
            part: hyphened(one.part.code()),
        });
        Claim {
            says: event_code(event.kind),
            date: event.date.clone(),
            place: event.place.as_ref().map(|entity| self.place(entity)),
            people: people.collect(),
            modality: Some(event.modality.code()),
            sentence: self.page().sentences.get(event.sentence).copied().unwrap_or(claim.sentence),
            ..claim
        }
    }

    fn commitment(&self, promise: &Commitment) -> Claim {
        let claim = self.claim(ProposalSort::Commitment, promise.what, promise.rule);
        let people = promise.owners.iter().map(|entity| Role {
            entity: entity.clone(),
            name: name_of(self.reading, entity),
            part: "owner".to_owned(),
        });
        Claim {
            says: promise.firmness.code().to_owned(),
            date: promise.due.clone(),
            people: people.collect(),
            ..claim
        }
    }

    fn mention(&self, mention: &Mention) -> Option<Claim> {
        let sort = match mention.kind {
            MentionKind::Person => ProposalSort::Person,
            MentionKind::Organisation => ProposalSort::Organisation,
            MentionKind::Place => ProposalSort::Place,
            MentionKind::Country => ProposalSort::Country,
            MentionKind::Date => ProposalSort::Date,
            MentionKind::Quantity => ProposalSort::Quantity,
            // An office that nobody is said to hold proposes nothing.
            MentionKind::Role => {
                mention.holder.as_ref()?;
                ProposalSort::Role
            }
        };
        let claim = self.claim(sort, mention.span, mention.rule);
        let text = self.page().at(mention.span).to_owned();
        let holder = mention.holder.iter().map(|entity| Role {
            entity: entity.clone(),
            name: name_of(self.reading, entity),
            part: "holder".to_owned(),
        });
        let is_place = sort == ProposalSort::Place;
        let place = is_place.then(|| Place { name: text.clone(), position: mention.position });
        let value = mention.value.clone();
        Some(Claim {
            date: value.clone().filter(|_| sort == ProposalSort::Date),
            says: value.unwrap_or(text),
            place,
            people: holder.collect(),
            ..claim
        })
    }

    fn place(&self, entity: &str) -> Place {
        let mut named =
            self.reading.mentions.iter().filter(|one| one.entity.as_deref() == Some(entity));
        let position = named.clone().find_map(|one| one.position);
        let name = named.next().map(|one| self.page().at(one.span).to_owned());
        Place { name: name.unwrap_or_else(|| bare(entity).to_owned()), position }
    }
}

/// The fullest name that the article itself gives to a thing.
pub(crate) fn name_of(reading: &Reading, entity: &str) -> String {
    let named = reading
        .mentions
        .iter()
        .filter(|one| one.entity.as_deref() == Some(entity) && one.kind != MentionKind::Role);
    // "Jordanian" only where "Jordan" is not written.
    let names = named.map(|one| (!one.demonym, reading.page.at(one.span)));
    let fullest = names.max_by_key(|(own, name)| (*own, name.len()));
    fullest.map_or_else(|| bare(entity).to_owned(), |(_, name)| name.to_owned())
}

/// An identifier without what sort it is of.
fn bare(entity: &str) -> &str {
    entity.split_once(':').map_or(entity, |(_, name)| name)
}

pub(crate) fn sentence_of(page: &Page, span: Span) -> Span {
    let around = |one: &&Span| one.start <= span.start && span.start < one.end;
    let found = page.sentences.iter().find(around).copied().unwrap_or(span);
    // A promise may run on into the next sentence.
    Span { start: found.start, end: found.end.max(span.end) }
}

pub(crate) fn event_code(kind: EventKind) -> String {
    hyphened(kind.code())
}

/// A code of the library as codes are written at the door.
fn hyphened(code: &str) -> String {
    code.replace('_', "-")
}
