//! Drafts: kept while typing, so that a refresh or a crash loses nothing. They are their author's.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use diwan_record::{Moment, limits};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::Sent;
use super::refusal::{Refusal, Refused};
use super::shapes::ExactJson;
use super::{Screens, Seat};

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    /// Made by the browser: 8 to 40 of a to z, 0 to 9 and hyphen.
    id: String,
    kind: String,
    #[schema(value_type = String, format = DateTime)]
    saved_at: Moment,
    /// The form as far as it is filled in.
    #[schema(value_type = Object)]
    content: ExactJson,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
}

/// The person's drafts, newest first.
#[utoipa::path(
    get, path = "/api/drafts", tag = "drafts",
    responses((status = 200, body = Vec<Draft>), (status = "4XX", body = Refused))
)]
pub(super) async fn all(
    State(screens): State<Screens>,
    seat: Seat,
) -> Result<Json<Vec<Draft>>, Refusal> {
    let by = seat.id();
    let kept = screens
        .off_thread(move |screens| Ok(screens.node.store.local().drafts(by.as_str())?))
        .await?;
    let mut drafts: Vec<Draft> =
        kept.iter().filter_map(|kept| serde_json::from_str(&kept.json).ok()).collect();
    drafts.sort_by_key(|draft| std::cmp::Reverse(draft.saved_at));
    Ok(Json(drafts))
}

/// Keeps a draft, over an earlier one of the same id.
#[utoipa::path(
    put, path = "/api/drafts/{id}", tag = "drafts",
    params(("id" = String, Path)), request_body = Draft,
    responses((status = 204), (status = "4XX", body = Refused))
)]
pub(super) async fn keep(
    State(screens): State<Screens>,
    seat: Seat,
    Path(id): Path<String>,
    Sent(mut draft): Sent<Draft>,
) -> Result<StatusCode, Refusal> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let sound = (8..=40).contains(&id.len()) && id.bytes().all(plain) && id == draft.id;
    let title_long = draft.title.as_ref().is_some_and(|title| title.len() > 4 * limits::NAME_CHARS);
    if !sound || title_long || draft.kind.len() > 40 {
        return Err(Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "draft/form",
            "the draft does not have the expected form",
            "compare it with the API's description",
        ));
    }
    draft.saved_at = screens.node.clock.now();
    let by = seat.id();
    screens
        .off_thread(move |screens| {
            let local = screens.node.store.local();
            let json = serde_json::to_string(&draft).map_err(anyhow::Error::from)?;
            let kept = diwan_store::Draft { id, kind: draft.kind, saved_at: draft.saved_at, json };
            if local.put_draft(by.as_str(), &kept)? {
                return Ok(());
            }
            Err(too_many())
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) fn too_many() -> Refusal {
    Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "draft/too-many",
        "there are too many drafts",
        "finish or remove some",
    )
}

/// Removes a draft; one that is not there is removed already.
#[utoipa::path(
    delete, path = "/api/drafts/{id}", tag = "drafts", params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = Refused))
)]
pub(super) async fn drop(
    State(screens): State<Screens>,
    seat: Seat,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let by = seat.id();
    screens
        .off_thread(move |screens| Ok(screens.node.store.local().remove_draft(by.as_str(), &id)?))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
