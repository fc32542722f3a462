//! The common picture: lists, the map, and one item with everything about it.

use axum::Json;
use axum::extract::{Path, State};
use diwan_record::{Body, ItemId, Kind, limits};
use diwan_room::{Event, Folded, Held as HeldRecord, Query, Role};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::Asked;
use super::codes;
use super::held::{Held, held};
use super::refusal::{Refusal, Refused};
use super::shapes::{ItemBrief, item_id};
use super::sight::Sight;
use super::{Screens, Seat};
use axum::http::StatusCode;

/// Items on a page, where the request does not say.
const PAGE: usize = 50;

/// What is asked of the picture.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Actual, exercise or test.
    #[param(inline)]
    state: Option<codes::State>,
    /// Words that must all occur, in any script's spelling.
    q: Option<String>,
    /// Kinds with commas between.
    kind: Option<String>,
    /// West, south, east, north in degrees.
    bbox: Option<String>,
    /// Where the page before ended.
    before: Option<String>,
    limit: Option<usize>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct InState {
    #[param(inline)]
    pub(crate) state: Option<codes::State>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PicturePage {
    items: Vec<Item>,
    next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MapPage {
    items: Vec<ItemBrief>,
    /// There are more in this window than the limit.
    more: bool,
}

/// An item with everything about it that the person may see.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Item {
    #[serde(flatten)]
    brief: ItemBrief,
    /// Side by side; current versions first, superseded ones marked.
    records: Vec<Held>,
    notes: Vec<Held>,
    /// Newest first.
    statuses: Vec<Held>,
    messages: Vec<Held>,
    related: Vec<ItemBrief>,
    actions: Actions,
}

/// What the room would not refuse this person on this item.
#[derive(Debug, Serialize, ToSchema)]
struct Actions {
    correct: bool,
    release: bool,
    recall: bool,
    note: bool,
    message: bool,
}

/// Items, newest arrival first.
#[utoipa::path(
    get, path = "/api/picture", tag = "picture", params(Ask),
    responses((status = 200, body = PicturePage), (status = "4XX", body = Refused))
)]
pub(super) async fn page(
    State(screens): State<Screens>,
    seat: Seat,
    Asked(ask): Asked<Ask>,
) -> Result<Json<PicturePage>, Refusal> {
    let query = query(&ask, PAGE, limits::PAGE)?;
    let session = seat.session();
    let answer = screens.ask(seat.person, ask.state, move |sight| {
        let page = sight.reader.page(&query, &sight.viewer)?;
        let mut items = Vec::with_capacity(page.items.len());
        for brief in page.items {
            let item = brief.item;
            items.extend(folded(sight, &item)?);
        }
        Ok(PicturePage { items, next: page.next.map(|cursor| cursor.to_string()) })
    });
    let page = answer.await?;
    screens.seen.show(session, page.items.iter().map(|item| item.brief.item));
    Ok(Json(page))
}

/// Items with a position, most urgent and newest first.
#[utoipa::path(
    get, path = "/api/picture/map", tag = "picture", params(Ask),
    responses((status = 200, body = MapPage), (status = "4XX", body = Refused))
)]
pub(super) async fn map(
    State(screens): State<Screens>,
    seat: Seat,
    Asked(ask): Asked<Ask>,
) -> Result<Json<MapPage>, Refusal> {
    let query = query(&ask, limits::MAP_ITEMS, limits::MAP_ITEMS)?;
    let session = seat.session();
    let answer = screens.ask(seat.person, ask.state, move |sight| {
        let (briefs, more) = sight.reader.map(&query, &sight.viewer)?;
        Ok(MapPage { items: sight.briefs(briefs)?, more })
    });
    let page = answer.await?;
    screens.seen.show(session, page.items.iter().map(|item| item.item));
    Ok(Json(page))
}

/// One item. Reading it is audited.
#[utoipa::path(
    get, path = "/api/items/{item}", tag = "picture",
    params(("item" = String, Path), InState),
    responses((status = 200, body = Item), (status = "4XX", body = Refused))
)]
pub(super) async fn item(
    State(screens): State<Screens>,
    seat: Seat,
    Path(item): Path<String>,
    Asked(asked): Asked<InState>,
) -> Result<Json<Item>, Refusal> {
    let item = item_id(&item)?;
    let (by, session) = (seat.id(), seat.session());
    let found = screens.ask(seat.person, asked.state, move |sight| folded(sight, &item)).await?;
    let found = found.ok_or_else(Refusal::unknown)?;
    screens.hand_in(Event::Read { by, item }).await?;
    screens.seen.show(session, found.related.iter().map(|one| one.item).chain([item]));
    Ok(Json(found))
}

fn query(ask: &Ask, limit: usize, limit_max: usize) -> Result<Query, Refusal> {
    let wrong = |what: &str| {
        Refusal::new(
            StatusCode::BAD_REQUEST,
            "form/query",
            what,
            "compare it with the API's description",
        )
    };
    let kinds = ask.kind.iter().flat_map(|kinds| kinds.split(','));
    let window = ask.bbox.as_deref().map(window);
    let after = ask.before.as_deref().map(str::parse);
    let words = ask.q.as_deref().map(str::trim).filter(|words| !words.is_empty());
    if words.is_some_and(|words| words.chars().count() > limits::QUERY_CHARS) {
        return Err(wrong("the search text is too long"));
    }
    Ok(Query {
        kinds: kinds.filter(|code| !code.is_empty()).map(Kind::of_code).collect(),
        window: window
            .map(|window| window.ok_or_else(|| wrong("`bbox` is not four degrees")))
            .transpose()?,
        words: words.map(str::to_owned),
        after: after.transpose().map_err(|_| wrong("`before` is no cursor of this picture"))?,
        limit: ask.limit.unwrap_or(limit).clamp(1, limit_max),
    })
}

fn window(text: &str) -> Option<[f64; 4]> {
    let degrees: Option<Vec<f64>> = text.split(',').map(|one| one.trim().parse().ok()).collect();
    let window: [f64; 4] = degrees?.try_into().ok()?;
    let [west, south, east, north] = window;
    let sound = window.iter().all(|one| one.is_finite())
        && south <= north
        && (-90.0..=90.0).contains(&south)
        && (-90.0..=90.0).contains(&north);
    // Maps wrap around: longitudes of the next world are those of this one.
    let wrapped = |lon: f64| {
        if (-180.0..=180.0).contains(&lon) { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
    };
    let whole = east - west >= 360.0;
    let (west, east) = if whole { (-180.0, 180.0) } else { (wrapped(west), wrapped(east)) };
    sound.then_some([west, south, east, north])
}

/// An item as this person sees it; `None` for a hidden one as for none at all.
fn folded(sight: &Sight<'_>, item: &ItemId) -> Result<Option<Item>, Refusal> {
    let Some((folded, records)) = sight.item(item)? else {
        return Ok(None);
    };
    let Some(brief) = folded.brief.clone() else {
        return Ok(None);
    };
    let Some(brief) = sight.brief(brief)? else {
        return Ok(None);
    };
    let related = related(sight, item, &records)?;
    let actions = actions(sight, &records);
    let mut shown = Item {
        brief,
        records: Vec::new(),
        notes: Vec::new(),
        statuses: Vec::new(),
        messages: Vec::new(),
        related,
        actions,
    };
    place_records(sight, &folded, records, &mut shown)?;
    Ok(Some(shown))
}

/// Puts each record where the screen looks for it: versions current first, the rest newest first.
fn place_records(
    sight: &Sight<'_>,
    folded: &Folded,
    mut records: Vec<HeldRecord>,
    shown: &mut Item,
) -> Result<(), Refusal> {
    let position = |one: &HeldRecord| {
        let digest = one.record.digest();
        let in_list = |rows: &[diwan_room::Row]| rows.iter().position(|row| row.digest == *digest);
        match in_list(&folded.current) {
            Some(at) => (false, at),
            None => (true, in_list(&folded.superseded).unwrap_or(usize::MAX)),
        }
    };
    records.sort_by_key(position);
    for one in &records {
        let superseded = position(one).0;
        let shape = held(sight, one, superseded)?;
        match one.record.header().kind.code() {
            "note" => shown.notes.push(shape),
            "site-status" => shown.statuses.push(shape),
            "message" => shown.messages.push(shape),
            _ => shown.records.push(shape),
        }
    }
    shown.notes.sort_by_key(|one| std::cmp::Reverse(one.made_at));
    shown.statuses.sort_by_key(|one| std::cmp::Reverse((one.as_of, one.made_at)));
    shown.messages.sort_by_key(|one| one.made_at);
    Ok(())
}

/// A meeting's commitments and a commitment's meeting.
fn related(
    sight: &Sight<'_>,
    item: &ItemId,
    records: &[HeldRecord],
) -> Result<Vec<ItemBrief>, Refusal> {
    let mut related = Vec::new();
    let mut is_meeting = false;
    for one in records {
        match one.record.body() {
            Ok(Body::Commitment(commitment)) => {
                if let Some(meeting) = commitment.meeting
                    && !related.iter().any(|known: &ItemBrief| known.item == meeting)
                {
                    related.extend(sight.brief_of(&meeting, sight.viewer.state)?);
                }
            }
            Ok(Body::Meeting(_)) => is_meeting = true,
            _ => {}
        }
    }
    if is_meeting {
        related.extend(commitments(sight, item)?);
    }
    Ok(related)
}

/// Commitments are few: a meeting of ministers makes some ten.
fn commitments(sight: &Sight<'_>, meeting: &ItemId) -> Result<Vec<ItemBrief>, Refusal> {
    let query = Query { kinds: vec![Kind::Commitment], limit: limits::PAGE, ..Query::default() };
    let mut found = Vec::new();
    for brief in sight.reader.page(&query, &sight.viewer)?.items {
        let Some((folded, records)) = sight.item(&brief.item)? else {
            continue;
        };
        let current =
            |one: &HeldRecord| folded.current.iter().any(|row| row.digest == *one.record.digest());
        let of_meeting = records.iter().filter(|one| current(one)).any(|one| {
            matches!(one.record.body(), Ok(Body::Commitment(one)) if one.meeting == Some(*meeting))
        });
        if of_meeting {
            found.extend(sight.brief(brief)?);
        }
    }
    Ok(found)
}

fn actions(sight: &Sight<'_>, records: &[HeldRecord]) -> Actions {
    let person = &sight.person;
    let own = &sight.screens.node.own.id;
    let ours = |one: &&HeldRecord| one.record.header().originator == *own;
    let writes = |one: &HeldRecord| person.may(|role| role.writes(&one.record.header().kind));
    let any_of_ours = records.iter().any(|one| ours(&one));
    // What a partner let us pass on can be released too.
    let passable = any_of_ours || records.iter().any(|one| !one.onward.is_empty());
    Actions {
        correct: records.iter().filter(ours).any(writes),
        release: passable && person.may(Role::asks_release),
        recall: any_of_ours && person.may(Role::recalls),
        note: person.may(|role| role.writes(&Kind::Note)),
        message: person.may(|role| role.writes(&Kind::of_code("message"))),
    }
}
