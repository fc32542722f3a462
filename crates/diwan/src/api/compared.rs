//! What articles say against each other, and who they say held which office when: shown side by
//! side, each with its place in the text, never settled here.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use diwan_read::{Contradiction, Evidence, Matter, Reading, Tenure};
use diwan_record::{Digest, ItemId};
use diwan_store::{Article as Kept, Decision};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::articles::{Stretch, Texts, at_desk, state_of};
use super::asked::Asked;
use super::refusal::{Refusal, Refused};
use super::{Screens, Seat, codes};
use crate::sources::{self, Run};

/// Quotes shown of one side; the first of them say it as well as the fiftieth.
const QUOTES: usize = 5;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfState {
    state: Option<codes::State>,
}

/// Words of an article, and where in them it is said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Quote {
    #[schema(value_type = String)]
    article: ItemId,
    outlet: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    language: &'static str,
    text: String,
    at: Stretch,
}

/// A state or a body: its name in the article, and its code where it is a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Named {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Conflict {
    matter: Differs,
    /// The office, in the words of each language; for a matter of an office.
    office: BTreeMap<String, String>,
    /// Whose office it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<Named>,
    /// The sort of event; for the other matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    sides: Vec<Side>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Differs {
    Office,
    Figure,
    Date,
    Place,
}

#[derive(Debug, Serialize, ToSchema)]
struct Side {
    says: String,
    quotes: Vec<Quote>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Office {
    /// In the words of each language.
    office: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<Named>,
    /// By the day they are first named.
    holders: Vec<Holder>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Holder {
    /// As the articles of each language write it.
    names: BTreeMap<String, String>,
    /// Said to hold it no more.
    former: bool,
    /// The first and the last day an article says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    /// A person accepted it in some article.
    confirmed: bool,
    /// Articles that say so.
    articles: usize,
    quotes: Vec<Quote>,
}

/// Contradictions between articles, side by side.
#[utoipa::path(
    get, path = "/api/contradictions", tag = "compared", params(OfState),
    responses((status = 200, body = Vec<Conflict>), (status = "4XX", body = Refused))
)]
pub(super) async fn contradictions(
    State(screens): State<Screens>,
    seat: Seat,
    Asked(asked): Asked<OfState>,
) -> Result<Json<Vec<Conflict>>, Refusal> {
    let list = open(screens, seat, asked.state, |list| list.conflicts());
    Ok(Json(list.await?))
}

/// Who held which office when, as the articles say it.
#[utoipa::path(
    get, path = "/api/offices", tag = "compared", params(OfState),
    responses((status = 200, body = Vec<Office>), (status = "4XX", body = Refused))
)]
pub(super) async fn offices(
    State(screens): State<Screens>,
    seat: Seat,
    Asked(asked): Asked<OfState>,
) -> Result<Json<Vec<Office>>, Refusal> {
    let list = open(screens, seat, asked.state, |list| list.offices());
    Ok(Json(list.await?))
}

async fn open<T: Send + 'static>(
    screens: Screens,
    seat: Seat,
    state: Option<codes::State>,
    tell: fn(&List<'_>) -> Vec<T>,
) -> Result<Vec<T>, Refusal> {
    at_desk(&seat.person)?;
    let state = state_of(&seat.person, state)?;
    screens
        .off_thread(move |screens| {
            let articles = screens.node.store.articles();
            let kept = articles.all(state)?;
            let run = screens.node.sources.readings.of(state, &kept);
            let mut decisions: BTreeMap<Digest, Vec<Decision>> = BTreeMap::new();
            for one in articles.all_decisions()?.into_iter().filter(|one| one.claim.sort == "role")
            {
                decisions.entry(one.claim.article).or_default().push(one);
            }
            let kept = kept.iter().map(|one| (one.id, one)).collect();
            Ok(tell(&List { run: &run, kept, decisions }))
        })
        .await
}

/// The list as it was read, with what people said about offices.
struct List<'a> {
    run: &'a Run,
    kept: BTreeMap<ItemId, &'a Kept>,
    decisions: BTreeMap<Digest, Vec<Decision>>,
}

impl List<'_> {
    fn conflicts(&self) -> Vec<Conflict> {
        let all: Vec<&Contradiction> =
            self.run.contradictions().iter().filter(|one| self.stands(one)).collect();
        // Pairs about one matter are one conflict with as many sides as there are sayings.
        let groups = all.chunk_by(|one, other| one.matter == other.matter);
        groups.filter_map(|group| self.conflict(group)).collect()
    }

    /// What a person has rejected contradicts nothing.
    fn stands(&self, one: &Contradiction) -> bool {
        one.sides.iter().all(|side| self.verdict(&side.evidence) != Some("rejected"))
    }

    fn conflict(&self, group: &[&Contradiction]) -> Option<Conflict> {
        let first = group.first()?;
        let sides = group.iter().flat_map(|one| &one.sides);
        let evidence: Vec<&Evidence> = sides.clone().map(|side| &side.evidence).collect();
        let mut by_saying: BTreeMap<String, Vec<Quote>> = BTreeMap::new();
        for side in sides {
            let reading = self.reading(&side.evidence)?;
            let says = match side.says.contains(':') {
                true => sources::name_of(reading, &side.says),
                false => side.says.clone(),
            };
            let quotes = by_saying.entry(says).or_default();
            let quote = self.quote(&side.evidence)?;
            if quotes.len() < QUOTES && !quotes.iter().any(|one| one.same_as(&quote)) {
                quotes.push(quote);
            }
        }
        let (matter, of, event, unit) = match &first.matter {
            Matter::Office { of, .. } => {
                let of = of.as_ref().and_then(|of| self.named(&evidence, of));
                (Differs::Office, of, None, None)
            }
            Matter::Figure { event, unit } => {
                (Differs::Figure, None, self.event(event), Some(unit.clone()))
            }
            Matter::Date { event } => (Differs::Date, None, self.event(event), None),
            Matter::Place { event } => (Differs::Place, None, self.event(event), None),
        };
        let is_office = matter == Differs::Office;
        let office = if is_office { self.words(&evidence) } else { BTreeMap::new() };
        let sides = by_saying.into_iter().map(|(says, quotes)| Side { says, quotes });
        Some(Conflict { matter, office, of, event, unit, sides: sides.collect() })
    }

    fn offices(&self) -> Vec<Office> {
        let tenures = self.run.tenures();
        let groups =
            tenures.chunk_by(|one, other| (&one.office, &one.of) == (&other.office, &other.of));
        groups.filter_map(|group| self.office(group)).collect()
    }

    fn office(&self, group: &[Tenure]) -> Option<Office> {
        let mut holders: Vec<Holder> =
            group.iter().filter_map(|tenure| self.holder(tenure)).collect();
        if holders.is_empty() {
            return None;
        }
        holders.sort_by_key(|one| (one.former, one.first.clone(), one.names.clone()));
        let evidence: Vec<&Evidence> = group.iter().flat_map(|one| &one.evidence).collect();
        let of = group.first()?.of.as_ref().and_then(|of| self.named(&evidence, of));
        Some(Office { office: self.words(&evidence), of, holders })
    }

    fn holder(&self, tenure: &Tenure) -> Option<Holder> {
        let stands = |one: &&Evidence| self.verdict(one) != Some("rejected");
        let evidence: Vec<&Evidence> = tenure.evidence.iter().filter(stands).collect();
        let confirmed = evidence.iter().any(|one| self.verdict(one).is_some());
        evidence.first()?;
        let mut documents: Vec<&str> = evidence.iter().map(|one| one.document.as_str()).collect();
        documents.sort_unstable();
        documents.dedup();
        Some(Holder {
            names: self.names(&evidence, &tenure.holder),
            former: tenure.former,
            first: tenure.first.clone(),
            last: tenure.last.clone(),
            confirmed,
            articles: documents.len(),
            quotes: evidence.iter().filter_map(|one| self.quote(one)).take(QUOTES).collect(),
        })
    }

    fn reading(&self, evidence: &Evidence) -> Option<&Reading> {
        self.run.reading(&evidence.document.parse().ok()?)
    }

    /// What a person made of the office named here.
    fn verdict(&self, evidence: &Evidence) -> Option<&str> {
        let kept = self.kept.get(&evidence.document.parse().ok()?)?;
        let raw = self.reading(evidence)?.page.to_raw(evidence.span);
        let mut found = self.decisions.get(&kept.digest)?.iter();
        let here = |one: &&Decision| (one.claim.start, one.claim.end) == (raw.start, raw.end);
        found.find(here).map(|one| one.verdict.as_str())
    }

    /// The words for an office in each language, as the first article writes them.
    fn words(&self, evidence: &[&Evidence]) -> BTreeMap<String, String> {
        let mut words = BTreeMap::new();
        for one in evidence {
            if let Some(reading) = self.reading(one) {
                let said = || reading.page.at(one.span).to_owned();
                words.entry(reading.page.language.code().to_owned()).or_insert_with(said);
            }
        }
        words
    }

    fn names(&self, evidence: &[&Evidence], entity: &str) -> BTreeMap<String, String> {
        let mut names = BTreeMap::new();
        for reading in evidence.iter().filter_map(|one| self.reading(one)) {
            let name = || sources::name_of(reading, entity);
            names.entry(reading.page.language.code().to_owned()).or_insert_with(name);
        }
        names
    }

    fn named(&self, evidence: &[&Evidence], entity: &str) -> Option<Named> {
        let state = entity.strip_prefix("c:").map(str::to_owned);
        let mut readings = evidence.iter().filter_map(|one| self.reading(one));
        let name = sources::name_of(readings.next()?, entity);
        Some(Named { name, state })
    }

    fn event(&self, id: &str) -> Option<String> {
        let mut events = self.run.readings.iter().flat_map(|reading| &reading.events);
        events.find(|event| event.id == id).map(|event| sources::event_code(event.kind))
    }

    fn quote(&self, evidence: &Evidence) -> Option<Quote> {
        let id: ItemId = evidence.document.parse().ok()?;
        let (kept, reading) = (self.kept.get(&id)?, self.run.reading(&id)?);
        let page = &reading.page;
        let around = sources::sentence_of(page, evidence.span);
        let text = page.at(around).to_owned();
        let start = evidence.span.start.saturating_sub(around.start);
        let end = evidence.span.end.saturating_sub(around.start);
        let at = Texts::new(&text).stretch(diwan_read::Span { start, end });
        Some(Quote {
            article: id,
            outlet: kept.outlet.clone(),
            title: kept.title.clone(),
            published: page.published.date.clone(),
            language: page.language.code(),
            at,
            text,
        })
    }
}

impl Quote {
    fn same_as(&self, other: &Self) -> bool {
        self.article == other.article && self.text == other.text
    }
}
