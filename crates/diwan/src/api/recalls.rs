//! Recalls: ours with the answers of those who hold the record, and those of partners.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use diwan_record::{self as record, Digest, ItemId, Label, Moment, PartnerId, Reason, limits};
use diwan_room::{Event, Ledger, RecallDoc, Received as ReceivedDoc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::Sent;
use super::preview::shown_on;
use super::refusal::{Refusal, Refused};
use super::shapes::{self, ItemBrief};
use super::sight::Sight;
use super::whereabouts::{RecallState, recall_state};
use super::{Screens, Seat};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecallAsk {
    /// The record to take back.
    digest: String,
    reason: String,
    /// By when holders must have removed it.
    #[schema(value_type = String, format = DateTime)]
    gone_by: Moment,
    /// Absent or empty means from everyone.
    #[serde(default)]
    only_from: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Started {
    #[schema(value_type = String)]
    digest: Digest,
}

/// A recall of ours and how it stands with each partner that holds the record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Recall {
    #[schema(value_type = String)]
    digest: Digest,
    item: ItemBrief,
    by: String,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    reason: String,
    #[schema(value_type = String, format = DateTime)]
    gone_by: Moment,
    partners: Vec<RecallLine>,
}

#[derive(Debug, Serialize, ToSchema)]
struct RecallLine {
    #[schema(value_type = String)]
    partner: PartnerId,
    #[serde(flatten)]
    state: RecallState,
}

/// A recall by a partner.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Received {
    #[schema(value_type = String)]
    digest: Digest,
    #[schema(value_type = String)]
    from: PartnerId,
    reason: String,
    #[schema(value_type = String, format = DateTime)]
    gone_by: Moment,
    /// What this node answered last.
    state: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reply {
    answer: RecallAnswer,
    /// What it was used in, or why it is refused.
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum RecallAnswer {
    Removed,
    UsedIn,
    Refused,
}

/// Takes a record of ours back.
#[utoipa::path(
    post, path = "/api/recalls", tag = "recalls", request_body = RecallAsk,
    responses((status = 200, body = Started), (status = "4XX", body = Refused))
)]
pub(super) async fn recall(
    State(screens): State<Screens>,
    seat: Seat,
    Sent(asked): Sent<RecallAsk>,
) -> Result<Json<Started>, Refusal> {
    let digest = shapes::digest(&asked.digest)?;
    let only_from: Result<Vec<PartnerId>, _> =
        asked.only_from.iter().map(|code| code.parse()).collect();
    let reason = asked.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Refusal::from(Reason::TextEmpty).field("reason"));
    }
    if reason.chars().count() > limits::NAME_CHARS {
        return Err(Refusal::from(Reason::TextLong).field("reason"));
    }
    let event = Event::Recall {
        by: seat.id(),
        digest,
        reason,
        gone_by: asked.gone_by,
        only_from: only_from
            .map_err(|_| Refusal::from(Reason::PartnerUnknown).field("only_from"))?,
    };
    screens.hand_in(event).await?;
    Ok(Json(Started { digest }))
}

/// Our recalls, newest first.
#[utoipa::path(
    get, path = "/api/recalls", tag = "recalls",
    responses((status = 200, body = Vec<Recall>), (status = "4XX", body = Refused))
)]
pub(super) async fn grid(
    State(screens): State<Screens>,
    seat: Seat,
) -> Result<Json<Vec<Recall>>, Refusal> {
    let answer = screens.ask(seat.person, None, |sight| {
        let mut all = sight.ledger(RecallDoc::all)?;
        all.sort_by_key(|one| (std::cmp::Reverse(one.at), one.digest));
        let mut grid = Vec::with_capacity(all.len());
        for recall in all {
            grid.extend(shown(sight, recall)?);
        }
        Ok(grid)
    });
    Ok(Json(answer.await?))
}

/// Recalls by partners, newest first.
#[utoipa::path(
    get, path = "/api/recalls/received", tag = "recalls",
    responses((status = 200, body = Vec<Received>), (status = "4XX", body = Refused))
)]
pub(super) async fn received(
    State(screens): State<Screens>,
    seat: Seat,
) -> Result<Json<Vec<Received>>, Refusal> {
    let answer = screens.ask(seat.person, None, |sight| {
        let mut all = sight.ledger(ReceivedDoc::all)?;
        all.sort_by_key(|one| (std::cmp::Reverse(one.at), one.digest));
        let mut shown = Vec::with_capacity(all.len());
        for one in all {
            let own = &sight.screens.node.own.id;
            let label = sight.ledger(|ledger| label_of(ledger, own, &one.digest))?;
            let seen = label.is_some_and(|label| sight.viewer_in(label.state).sees(&label));
            if seen {
                let ReceivedDoc { digest, originator: from, reason, gone_by, answer, .. } = one;
                shown.push(Received { digest, from, reason, gone_by, state: answer });
            }
        }
        Ok(shown)
    });
    Ok(Json(answer.await?))
}

/// Answers a partner's recall for this node. Removal is answered by the node itself.
#[utoipa::path(
    post, path = "/api/recalls/{digest}/answer", tag = "recalls",
    params(("digest" = String, Path)), request_body = Reply,
    responses((status = 204), (status = "4XX", body = Refused))
)]
pub(super) async fn answer(
    State(screens): State<Screens>,
    seat: Seat,
    Path(digest): Path<String>,
    Sent(reply): Sent<Reply>,
) -> Result<StatusCode, Refusal> {
    let digest = shapes::digest(&digest)?;
    let answer = match reply.answer {
        RecallAnswer::Removed => record::kind::Answer::Removed,
        RecallAnswer::UsedIn => record::kind::Answer::UsedIn,
        RecallAnswer::Refused => record::kind::Answer::Refused,
    };
    let reason = reply.reason.map(|reason| reason.trim().to_owned());
    let reason = reason.filter(|reason| !reason.is_empty());
    if reason.as_ref().is_some_and(|reason| reason.chars().count() > limits::NAME_CHARS) {
        return Err(Refusal::from(Reason::TextLong).field("reason"));
    }
    screens.hand_in(Event::Answer { by: seat.id(), digest, answer, reason }).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn shown(sight: &Sight<'_>, recall: RecallDoc) -> Result<Option<Recall>, Refusal> {
    let Some(held) = sight.held(&recall.digest)? else {
        return Ok(None);
    };
    let Some(item) = sight.brief_of(&shown_on(&held), held.label.state)? else {
        return Ok(None);
    };
    let mut partners = Vec::with_capacity(recall.from.len());
    for partner in &recall.from {
        let state = sight.ledger(|ledger| recall_state(ledger, &recall, partner, sight.now))?;
        partners.push(RecallLine { partner: partner.clone(), state });
    }
    let by = sight.name(recall.by.as_deref().unwrap_or("agreement"))?;
    let RecallDoc { digest, at, reason, gone_by, .. } = recall;
    Ok(Some(Recall { digest, item, by, at, reason, gone_by, partners }))
}

/// The label of a record that a recall removed: our own acknowledgement was made under it.
fn label_of(
    ledger: &dyn Ledger,
    own: &PartnerId,
    digest: &Digest,
) -> Result<Option<Label>, diwan_room::Fault> {
    let derived = Digest::of_parts(&[
        b"diwan/derived/v1\0",
        b"acknowledgement",
        &digest.0,
        own.as_str().as_bytes(),
    ]);
    let mut item = [0; 16];
    item.iter_mut().zip(derived.0).for_each(|(to, from)| *to = from);
    for (_, version) in ledger.versions(own, &ItemId(item), 0)? {
        if let Some(held) = ledger.held(&version)? {
            return Ok(Some(held.label));
        }
    }
    Ok(None)
}
