//! Writing: a draft handed in becomes our record.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use diwan_record::{Digest, ItemId, Kind};
use diwan_room::{Event, NewRecord, Notice, Outcome};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::Receiver;
use tokio::time::{Instant, timeout_at};
use utoipa::ToSchema;

use super::asked::Sent;
use super::codes::Precedence;
use super::preview::shown_on;
use super::refusal::{Refusal, Refused};
use super::shapes::{ExactJson, Label};
use super::sight::Sight;
use super::{Screens, Seat};
use crate::chance;

/// The picture follows the ledger within milliseconds; nobody waits longer than this for it.
const FOLLOWS_WITHIN: Duration = Duration::from_secs(2);

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
    pub(super) item: ItemId,
    #[schema(value_type = String)]
    pub(super) digest: Digest,
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
        item: write.item.as_deref().map(str::parse).transpose().map_err(unknown)?,
        fresh: ItemId(chance::bytes()),
        replaces: write.replaces.as_deref().map(str::parse).transpose().map_err(unknown)?,
        variant: write.variant,
        label: write.label.into(),
        precedence: write.precedence.into(),
        body: write.body.get().as_bytes().to_vec(),
    };
    let by = seat.id();
    // Listening begins before the record is kept, so that its notice is not missed.
    let notices = screens.node.notices.subscribe();
    let outcome = screens.hand_in(Event::Enter { by: by.clone(), new }).await?;
    let Outcome::Record { digest, item } = outcome else {
        return Err(Refusal::fault());
    };
    until_shown(&screens, &seat, digest, notices).await?;
    screens.seen.show(seat.session(), [item]);
    if let Some(draft) = write.draft {
        let removed = screens.off_thread(move |screens| {
            Ok(screens.node.store.local().remove_draft(by.as_str(), &draft)?)
        });
        // The record stands; a draft left over is a nuisance, not a failure.
        if removed.await.is_err() {
            tracing::warn!("the draft of a record that was written could not be removed");
        }
    }
    Ok(Json(Written { item, digest }))
}

/// Whoever writes sees at once what was written: waits a moment until the picture has followed.
pub(super) async fn until_shown(
    screens: &Screens,
    seat: &Seat,
    digest: Digest,
    mut notices: Receiver<Notice>,
) -> Result<(), Refusal> {
    let until = Instant::now() + FOLLOWS_WITHIN;
    loop {
        let person = seat.person.clone();
        let shown = screens.ask(person, None, move |sight| is_shown(sight, &digest));
        // A picture that is being built anew takes longer; the record stands all the same.
        if shown.await? || timeout_at(until, notices.recv()).await.is_err() {
            return Ok(());
        }
    }
}

fn is_shown(sight: &Sight<'_>, digest: &Digest) -> Result<bool, Refusal> {
    let Some(held) = sight.held(digest)? else {
        return Ok(true);
    };
    let viewer = sight.viewer_in(held.label.state);
    let found = sight.item_for(&shown_on(&held), &viewer)?;
    let rows = found.map(|(folded, _)| folded.current).unwrap_or_default();
    Ok(rows.iter().any(|row| row.digest == *digest))
}
