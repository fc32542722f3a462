//! Feeds: which addresses are polled, by whom they were added, and how each of them is.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use diwan_record::{ItemId, Moment, Reason, limits};
use diwan_room::{Event, Tending};
use diwan_store::Feed as Kept;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::articles::{at_desk, state_of};
use super::asked::Sent;
use super::refusal::{Refusal, Refused, Telling};
use super::{Screens, Seat, codes, shapes};
use crate::chance;
use crate::sources::{Poll, Why, poll_now};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeedList {
    feeds: Vec<Feed>,
    /// Hosts from which this node fetches; its settings name them.
    hosts: Vec<String>,
    poll_minutes: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Feed {
    #[schema(value_type = String)]
    id: ItemId,
    address: String,
    outlet: String,
    state: codes::State,
    /// Who added it.
    person: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    polled: Option<Moment>,
    /// When it last brought something.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    brought: Option<Moment>,
    /// Why the last poll brought nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<Telling>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFeed {
    address: String,
    /// As people know it.
    outlet: String,
    #[serde(default)]
    state: Option<codes::State>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Polled {
    feed: Feed,
    /// New articles.
    brought: usize,
}

/// Every feed.
#[utoipa::path(
    get, path = "/api/feeds", tag = "feeds",
    responses((status = 200, body = FeedList), (status = "4XX", body = Refused))
)]
pub(super) async fn all(
    State(screens): State<Screens>,
    seat: Seat,
) -> Result<Json<FeedList>, Refusal> {
    at_desk(&seat.person)?;
    let list = screens.off_thread(|screens| {
        let settings = &screens.node.config.sources;
        Ok(FeedList {
            feeds: screens.node.store.articles().feeds()?.iter().map(Feed::from).collect(),
            hosts: settings.hosts.clone(),
            poll_minutes: settings.poll_minutes,
        })
    });
    Ok(Json(list.await?))
}

/// Adds a feed; it is polled at once.
#[utoipa::path(
    post, path = "/api/feeds", tag = "feeds", request_body = NewFeed,
    responses((status = 200, body = Feed), (status = "4XX", body = Refused))
)]
pub(super) async fn add(
    State(screens): State<Screens>,
    seat: Seat,
    Sent(asked): Sent<NewFeed>,
) -> Result<Json<Feed>, Refusal> {
    at_desk(&seat.person)?;
    let state = state_of(&seat.person, asked.state)?;
    let outlet = asked.outlet.trim().to_owned();
    if outlet.is_empty() || outlet.chars().count() > limits::NAME_CHARS {
        let reason = if outlet.is_empty() { Reason::TextEmpty } else { Reason::TextLong };
        return Err(Refusal::from(reason).field("outlet"));
    }
    let address = screens.node.sources.check(&asked.address).map_err(|why| of_why(&why))?;
    let feed = Kept {
        id: ItemId(chance::bytes()),
        address,
        outlet,
        state,
        person: seat.id().to_string(),
        added: screens.node.clock.now(),
        etag: None,
        modified: None,
        polled: None,
        brought: None,
        fault: None,
    };
    let kept = feed.clone();
    let added = screens
        .off_thread(move |screens| Ok(screens.node.store.articles().add_feed(&kept)?))
        .await?;
    if !added {
        return Err(Refusal::new(
            StatusCode::CONFLICT,
            "feed/known",
            "the feed is on the list already, or the list is full",
            "look at the list; remove one that nobody needs",
        ));
    }
    tend(&screens, &seat, Tending::FeedAdded, &feed).await?;
    screens.node.sources.wake();
    Ok(Json(Feed::from(&feed)))
}

/// Removes a feed; what it brought stays on the reading list.
#[utoipa::path(
    delete, path = "/api/feeds/{id}", tag = "feeds", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = Refused))
)]
pub(super) async fn remove(
    State(screens): State<Screens>,
    seat: Seat,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let feed = find(&screens, &seat, &id).await?;
    let id = feed.id;
    screens.off_thread(move |screens| Ok(screens.node.store.articles().remove_feed(&id)?)).await?;
    tend(&screens, &seat, Tending::FeedRemoved, &feed).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Polls a feed now, and says what it brought.
#[utoipa::path(
    post, path = "/api/feeds/{id}/poll", tag = "feeds", params(("id" = String, Path)),
    responses((status = 200, body = Polled), (status = "4XX", body = Refused))
)]
pub(super) async fn poll(
    State(screens): State<Screens>,
    seat: Seat,
    Path(id): Path<String>,
) -> Result<Json<Polled>, Refusal> {
    let feed = find(&screens, &seat, &id).await?;
    let brought = match poll_now(&screens.node, feed).await? {
        Poll::Brought(count) => count,
        Poll::Failed(why) => return Err(of_why(&why)),
    };
    let feed = find(&screens, &seat, &id).await?;
    Ok(Json(Polled { feed: Feed::from(&feed), brought }))
}

async fn find(screens: &Screens, seat: &Seat, id: &str) -> Result<Kept, Refusal> {
    at_desk(&seat.person)?;
    let id = shapes::item_id(id)?;
    let states = seat.person.entitlement.state.clone();
    screens
        .off_thread(move |screens| {
            let found = screens.node.store.articles().feed(&id)?;
            found.filter(|feed| states.contains(&feed.state)).ok_or_else(Refusal::unknown)
        })
        .await
}

async fn tend(screens: &Screens, seat: &Seat, what: Tending, feed: &Kept) -> Result<(), Refusal> {
    let about = feed.address.clone();
    screens.hand_in(Event::Tend { by: seat.id(), what, about }).await.map(drop)
}

fn of_why(why: &Why) -> Refusal {
    let status = match why {
        Why::Form | Why::NotListed | Why::Inside => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::BAD_GATEWAY,
    };
    Refusal::new(status, why.code(), &why.to_string(), why.hint()).field("address")
}

impl From<&Kept> for Feed {
    fn from(feed: &Kept) -> Self {
        let fault = feed.fault.as_ref().map(|fault| Telling {
            code: fault.code.clone(),
            message: fault.words.clone(),
            hint: None,
            field: None,
        });
        Self {
            id: feed.id,
            address: feed.address.clone(),
            outlet: feed.outlet.clone(),
            state: feed.state.into(),
            person: feed.person.clone(),
            polled: feed.polled,
            brought: feed.brought,
            fault,
        }
    }
}
