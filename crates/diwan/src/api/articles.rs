//! The reading list: articles with duplicates folded and threads in time, and one article with
//! its claims in place.

mod claims;
mod keep;
mod list;
mod paste;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use diwan_record::{ItemId, Moment, Reason};
use diwan_room::{Event, Person, Role};
use diwan_store::Article as Kept;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::Sent;
use super::refusal::{Refusal, Refused};
use super::sight::{Sight, usual_state};
use super::{Screens, Seat, codes, shapes};

pub(super) use claims::{__path_decide, __path_draft, Claim, Texts, decide, draft};
pub(super) use keep::{__path_keep, keep};
pub(super) use list::{__path_all, ArticleBrief, all};
pub(super) use paste::{__path_hand_in, hand_in};

use claims::shown;

/// A half-open stretch of the text, in UTF-16 units as the browser counts them.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct Stretch {
    start: usize,
    end: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Article {
    #[serde(flatten)]
    brief: ArticleBrief,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<Stretch>,
    /// Captions, bylines and the like, of which nothing is claimed.
    asides: Vec<Stretch>,
    claims: Vec<Claim>,
    /// Who pasted it; absent for one that a feed brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pasted_by: Option<shapes::Person>,
    /// Until when it stays if nobody touches it.
    #[schema(value_type = String, format = DateTime)]
    stays_until: Moment,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Aside {
    aside: bool,
}

/// One article with its claims in place. Opening it is audited.
#[utoipa::path(
    get, path = "/api/articles/{id}", tag = "articles", params(("id" = String, Path)),
    responses((status = 200, body = Article), (status = "4XX", body = Refused))
)]
pub(super) async fn one(
    State(screens): State<Screens>,
    seat: Seat,
    Path(id): Path<String>,
) -> Result<Json<Article>, Refusal> {
    let id = may_read(&seat.person, &id)?;
    let by = seat.id();
    let person = seat.person.clone();
    let article = screens.off_thread(move |screens| read(screens, &person, &id)).await?;
    screens.hand_in(Event::Read { by, item: id }).await?;
    Ok(Json(article))
}

/// Puts an article aside, or back on the list.
#[utoipa::path(
    put, path = "/api/articles/{id}/aside", tag = "articles",
    params(("id" = String, Path)), request_body = Aside,
    responses((status = 204), (status = "4XX", body = Refused))
)]
pub(super) async fn aside(
    State(screens): State<Screens>,
    seat: Seat,
    Path(id): Path<String>,
    Sent(asked): Sent<Aside>,
) -> Result<StatusCode, Refusal> {
    let id = may_read(&seat.person, &id)?;
    let person = seat.person;
    screens
        .off_thread(move |screens| {
            find(screens, &person, &id)?;
            let now = screens.node.clock.now();
            Ok(screens.node.store.articles().put_aside(&id, asked.aside, now)?)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses whoever has no seat at the open-source desk.
pub(super) fn at_desk(person: &Person) -> Result<(), Refusal> {
    if person.may(Role::reads_articles) { Ok(()) } else { Err(Reason::RoleMissing.into()) }
}

fn may_read(person: &Person, id: &str) -> Result<ItemId, Refusal> {
    at_desk(person)?;
    shapes::item_id(id)
}

/// The state asked for, if the person may look at it; else the person's usual one.
pub(super) fn state_of(
    person: &Person,
    asked: Option<codes::State>,
) -> Result<diwan_record::State, Refusal> {
    let state = asked.map_or_else(|| usual_state(person), Into::into);
    if person.entitlement.state.contains(&state) {
        Ok(state)
    } else {
        Err(Reason::LabelState.into())
    }
}

/// An article in a state the person may look at. Others are answered like none.
fn find(screens: &Screens, person: &Person, id: &ItemId) -> Result<Kept, Refusal> {
    let found = screens.node.store.articles().one(id)?;
    let seen = |article: &Kept| person.entitlement.state.contains(&article.state);
    found.filter(seen).ok_or_else(Refusal::unknown)
}

/// Whether the article was kept as a record that this person may see. One that was kept under a
/// label above them is, to them, not kept.
fn is_kept(sight: &Sight<'_>, kept: &Kept) -> Result<bool, Refusal> {
    match &kept.record {
        Some(record) => Ok(sight.held(record)?.is_some()),
        None => Ok(false),
    }
}

fn read(screens: &Screens, person: &Person, id: &ItemId) -> Result<Article, Refusal> {
    let kept = find(screens, person, id)?;
    let articles = screens.node.store.articles();
    let run = screens.node.sources.readings.of(kept.state, &articles.all(kept.state)?);
    let reading = run.reading(id).ok_or_else(Refusal::unknown)?;
    let decisions = articles.decisions(&kept.digest)?;
    let muted = crate::sources::muted(&articles)?;
    let sight = Sight::new(screens, person.clone(), None)?;
    let names = claims::Names::new(screens)?.of(&person.id);
    let texts = Texts::new(&reading.page.text);
    let claims: Vec<Claim> = crate::sources::claims(&kept.digest, reading)
        .into_iter()
        .map(|claim| shown(&claim, &decisions, &muted, &texts, &names))
        .collect::<Result<_, _>>()?;
    let stay = i64::from(screens.node.config.sources.keep_days.max(1)) * 86_400_000_000;
    Ok(Article {
        brief: list::brief(&kept, &run, &decisions, &muted, is_kept(&sight, &kept)?),
        headline: reading.page.headline.map(|span| texts.stretch(span)),
        asides: reading.page.boilerplate.iter().map(|span| texts.stretch(*span)).collect(),
        claims,
        pasted_by: kept.by.as_deref().map(|by| names.person(by)).transpose()?,
        stays_until: kept.touched.plus(stay),
        text: reading.page.text.clone(),
    })
}
