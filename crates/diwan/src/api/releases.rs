//! Release requests: asking, the queue, signing and returning.

use axum::Json;
use axum::extract::{Path, State};
use diwan_record::{Digest, ItemId, Moment, PartnerId, Reason, limits};
use diwan_room::{
    Ask, Event, Outcome, RecallDoc, Release as ReleaseDoc, ReleaseState, Role, Shelf, What,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::agreements::Terms;
use super::asked::{Asked, Sent};
use super::codes::Precedence;
use super::preview::{ReleaseAsk, shown_on};
use super::refusal::{Refusal, Refused};
use super::session::may_inspect;
use super::shapes::{self, ItemBrief, Person, Tighten, item_id};
use super::sight::Sight;
use super::{Screens, Seat};
use crate::chance;

/// Decided requests that are listed: the newest.
const DECIDED: usize = 200;

/// A request for release and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Release {
    #[schema(value_type = String)]
    id: ItemId,
    #[schema(value_type = Vec<String>)]
    digests: Vec<Digest>,
    /// What is signed: it covers everything that was asked for.
    #[schema(value_type = String)]
    digest_of_request: Digest,
    items: Vec<ItemBrief>,
    /// A standing rule over what is written after it is signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<Terms>,
    #[schema(value_type = Vec<String>)]
    to: Vec<PartnerId>,
    #[schema(value_type = Vec<String>)]
    onward: Vec<PartnerId>,
    precedence: Precedence,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    requested_by: Person,
    #[schema(value_type = String, format = DateTime)]
    requested_at: Moment,
    state: Decision,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_by: Option<Person>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    decided_at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tighten: Option<Tighten>,
    may_sign: bool,
    /// A reason code.
    #[serde(skip_serializing_if = "Option::is_none")]
    why_not: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Decision {
    Open,
    Signed,
    Returned,
    /// Everything it named was recalled before anyone decided.
    Void,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Only requests that wait, or only decided ones.
    open: Option<bool>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sign {
    /// What the person was shown; another one is refused.
    digest_of_request: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GiveBack {
    reason: String,
}

/// Asks for a release. Another person signs it.
#[utoipa::path(
    post, path = "/api/releases", tag = "releases", request_body = ReleaseAsk,
    responses((status = 200, body = Release), (status = "4XX", body = Refused))
)]
pub(super) async fn ask(
    State(screens): State<Screens>,
    seat: Seat,
    Sent(asked): Sent<ReleaseAsk>,
) -> Result<Json<Release>, Refusal> {
    let wanted = asked.read()?;
    let ask = Ask {
        what: What::Records(wanted.digests),
        to: wanted.to,
        onward: wanted.onward,
        precedence: wanted.precedence,
        tighten: wanted.tighten,
        remark: wanted.remark,
    };
    let id = ItemId(chance::bytes());
    let asked = screens.hand_in(Event::AskRelease { by: seat.id(), id, ask }).await?;
    answer(&screens, seat, &asked).await
}

/// Requests, those that wait by urgency, decided ones newest first.
#[utoipa::path(
    get, path = "/api/releases", tag = "releases", params(Which),
    responses((status = 200, body = Vec<Release>), (status = "4XX", body = Refused))
)]
pub(super) async fn queue(
    State(screens): State<Screens>,
    seat: Seat,
    Asked(which): Asked<Which>,
) -> Result<Json<Vec<Release>>, Refusal> {
    let answer = screens.ask(seat.person, None, move |sight| {
        let mut found = Vec::new();
        if which.open != Some(false) {
            found.extend(sight.ledger(ReleaseDoc::open)?);
        }
        if which.open != Some(true) {
            found.extend(decided(sight)?);
        }
        let mut queue = Vec::with_capacity(found.len());
        for release in found {
            queue.extend(shown(sight, release)?);
        }
        Ok(queue)
    });
    Ok(Json(answer.await?))
}

/// Signs a request with the person's own key, over exactly what was shown.
#[utoipa::path(
    post, path = "/api/releases/{id}/sign", tag = "releases",
    params(("id" = String, Path)), request_body = Sign,
    responses((status = 200, body = Release), (status = "4XX", body = Refused))
)]
pub(super) async fn sign(
    State(screens): State<Screens>,
    seat: Seat,
    Path(id): Path<String>,
    Sent(sent): Sent<Sign>,
) -> Result<Json<Release>, Refusal> {
    let id = visible(&screens, &seat, &id).await?;
    let request = sent.digest_of_request.parse();
    let request: Digest = request.map_err(|_| Refusal::from(Reason::ReleaseChanged))?;
    let approval = seat.key()?.approve(&request);
    let event = Event::SignRelease { by: seat.id(), id, request, approval };
    let signed = screens.hand_in(event).await?;
    answer(&screens, seat, &signed).await
}

/// Returns a request with a reason; whoever asked may take it back the same way.
#[utoipa::path(
    post, path = "/api/releases/{id}/return", tag = "releases",
    params(("id" = String, Path)), request_body = GiveBack,
    responses((status = 200, body = Release), (status = "4XX", body = Refused))
)]
pub(super) async fn give_back(
    State(screens): State<Screens>,
    seat: Seat,
    Path(id): Path<String>,
    Sent(sent): Sent<GiveBack>,
) -> Result<Json<Release>, Refusal> {
    let id = visible(&screens, &seat, &id).await?;
    let reason = sent.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Refusal::from(Reason::TextEmpty).field("reason"));
    }
    if reason.chars().count() > limits::NAME_CHARS {
        return Err(Refusal::from(Reason::TextLong).field("reason"));
    }
    let event = Event::ReturnRelease { by: seat.id(), id, reason };
    let returned = screens.hand_in(event).await?;
    answer(&screens, seat, &returned).await
}

/// Requests that wait and that the person may see: how many, and a mark that changes with them.
pub(crate) fn open_count(sight: &Sight<'_>) -> Result<(usize, Digest), Refusal> {
    let mut ids = Vec::new();
    let mut count = 0;
    for release in sight.ledger(ReleaseDoc::open)? {
        if may_see(sight, &release)? {
            ids.extend(release.id.0);
            count += 1;
        }
    }
    Ok((count, Digest::of(&ids)))
}

/// The identifier of a request the person may see; a hidden one answers like one that never was.
async fn visible(screens: &Screens, seat: &Seat, id: &str) -> Result<ItemId, Refusal> {
    let id = item_id(id)?;
    screens
        .ask(seat.person.clone(), None, move |sight| {
            let release = sight.ledger(|ledger| ReleaseDoc::find(ledger, &id))?;
            match release {
                Some(release) if may_see(sight, &release)? => Ok(id),
                _ => Err(Refusal::unknown()),
            }
        })
        .await
}

async fn answer(
    screens: &Screens,
    seat: Seat,
    outcome: &Outcome,
) -> Result<Json<Release>, Refusal> {
    let Outcome::Release { id } = *outcome else {
        return Err(Refusal::fault());
    };
    let answer = screens.ask(seat.person, None, move |sight| {
        let release = sight.ledger(|ledger| ReleaseDoc::find(ledger, &id))?;
        let release = release.ok_or_else(Refusal::unknown)?;
        shown(sight, release)?.ok_or_else(Refusal::unknown)
    });
    Ok(Json(answer.await?))
}

fn decided(sight: &Sight<'_>) -> Result<Vec<ReleaseDoc>, Refusal> {
    let mut all = sight.ledger(|ledger| {
        let mut all = Vec::new();
        for (id, _) in ledger.docs(Shelf::Release, &[])? {
            if let Ok(id) = id.try_into() {
                all.extend(ReleaseDoc::find(ledger, &ItemId(id))?);
            }
        }
        Ok(all)
    })?;
    all.retain(|one| one.state != ReleaseState::Open);
    all.sort_by_key(|one| (std::cmp::Reverse(one.decided_at), one.id));
    all.truncate(DECIDED);
    Ok(all)
}

/// Whoever takes part in releasing sees a request if all that it names may be seen.
fn may_see(sight: &Sight<'_>, release: &ReleaseDoc) -> Result<bool, Refusal> {
    if !sight.person.may(Role::asks_release) && !may_inspect(&sight.person) {
        return Ok(false);
    }
    match &release.what {
        What::Standing(_) => Ok(true),
        What::Records(digests) => {
            for digest in digests {
                if sight.held(digest)?.is_none() {
                    return Ok(false);
                }
            }
            Ok(true)
        }
    }
}

fn shown(sight: &Sight<'_>, release: ReleaseDoc) -> Result<Option<Release>, Refusal> {
    if !may_see(sight, &release)? {
        return Ok(None);
    }
    let digest_of_request = release.request_digest();
    let (digests, standing) = match release.what {
        What::Records(ref digests) => (digests.clone(), None),
        What::Standing(ref terms) => (Vec::new(), Some(Terms::from(terms))),
    };
    let mut items: Vec<ItemBrief> = Vec::new();
    for digest in &digests {
        let held = sight.must_hold(digest)?;
        let item = shown_on(&held);
        if !items.iter().any(|known| known.item == item) {
            items.extend(sight.brief_of(&item, held.label.state)?);
        }
    }
    let void = release.state == ReleaseState::Open && all_recalled(sight, &digests)?;
    let why_not = why_not(sight, &release, void);
    let text = |text: String| Some(text).filter(|text| !text.is_empty());
    Ok(Some(Release {
        id: release.id,
        digests,
        digest_of_request,
        items,
        standing,
        to: release.to,
        onward: release.onward,
        precedence: release.precedence.into(),
        remark: text(release.remark),
        requested_by: person(sight, release.requested_by.as_str())?,
        requested_at: release.requested_at,
        state: match release.state {
            ReleaseState::Open if void => Decision::Void,
            ReleaseState::Open => Decision::Open,
            ReleaseState::Signed => Decision::Signed,
            ReleaseState::Returned => Decision::Returned,
        },
        decided_by: release.decided_by.map(|by| person(sight, by.as_str())).transpose()?,
        decided_at: release.decided_at,
        reason: text(release.reason),
        tighten: Tighten::of(release.tighten),
        may_sign: why_not.is_none(),
        why_not,
    }))
}

fn person(sight: &Sight<'_>, id: &str) -> Result<shapes::Person, Refusal> {
    Ok(Person { id: id.to_owned(), name: sight.name(id)? })
}

fn all_recalled(sight: &Sight<'_>, digests: &[Digest]) -> Result<bool, Refusal> {
    for digest in digests {
        let recall = sight.ledger(|ledger| RecallDoc::find(ledger, digest))?;
        if !recall.is_some_and(|recall| recall.whole) {
            return Ok(false);
        }
    }
    Ok(!digests.is_empty())
}

/// Why this person may not sign it now; the room decides again when it is signed.
fn why_not(sight: &Sight<'_>, release: &ReleaseDoc, void: bool) -> Option<&'static str> {
    let reason = if release.state != ReleaseState::Open {
        Reason::ReleaseDecided
    } else if void {
        Reason::Withdrawn
    } else if !sight.person.has(Role::ReleasingOfficer) {
        Reason::RoleMissing
    } else if release.requested_by == sight.person.id {
        Reason::ReleaseSamePerson
    } else {
        return None;
    };
    Some(reason.code())
}
