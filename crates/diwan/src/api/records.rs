//! Writing: a draft handed in becomes our record.

use axum::Json;
use axum::extract::State;
use diwan_record::{Digest, ItemId, Kind};
use diwan_room::{Event, NewRecord, Outcome};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::Sent;
use super::codes::Precedence;
use super::refusal::{Refusal, Refused};
use super::shapes::{ExactJson, Label};
use super::{Screens, Seat};
use crate::chance;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Write {
    kind: String,
    /// The existing item it belongs to; absent for a new one.
    #[serde(default)]
    item: Option<String>,
    /// A correction names the version it replaces.
    #[serde(default)]
    replaces: Option<String>,
    #[serde(default)]
    variant: u32,
    label: Label,
    #[serde(default = "routine")]
    precedence: Precedence,
    /// The body of its kind; signed exactly as sent.
    #[schema(value_type = Object)]
    body: ExactJson,
    /// The draft it was written as, removed on success.
    #[serde(default)]
    draft: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Written {
    #[schema(value_type = String)]
    item: ItemId,
    #[schema(value_type = String)]
    digest: Digest,
}

fn routine() -> Precedence {
    Precedence::Routine
}

/// Writes a record.
#[utoipa::path(
    post, path = "/api/records", tag = "records", request_body = Write,
    responses((status = 200, body = Written), (status = "4XX", body = Refused))
)]
pub(super) async fn write(
    State(screens): State<Screens>,
    seat: Seat,
    Sent(write): Sent<Write>,
) -> Result<Json<Written>, Refusal> {
    let unknown = |_| Refusal::unknown();
    let new = NewRecord {
        kind: Kind::of_code(&write.kind),
        item: write
            .item
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(unknown)?,
        fresh: ItemId(chance::bytes()),
        replaces: write
            .replaces
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(unknown)?,
        variant: write.variant,
        label: write.label.into(),
        precedence: write.precedence.into(),
        body: write.body.get().as_bytes().to_vec(),
    };
    let by = seat.id();
    let outcome = screens
        .hand_in(Event::Enter {
            by: by.clone(),
            new,
        })
        .await?;
    let Outcome::Record { digest, item } = outcome else {
        return Err(Refusal::fault());
    };
    screens.seen.show(seat.session(), [item]);
    if let Some(draft) = write.draft {
        let removed = screens.off_thread(move |screens| {
            Ok(screens
                .node
                .store
                .local()
                .remove_draft(by.as_str(), &draft)?)
        });
        // The record stands; a draft left over is a nuisance, not a failure.
        if removed.await.is_err() {
            tracing::warn!("the draft of a record that was written could not be removed");
        }
    }
    Ok(Json(Written { item, digest }))
}
