//! How the node is, for those who run it: numbers and states, no content.

use axum::Json;
use axum::extract::State;
use diwan_record::{Moment, Reason};
use serde::Serialize;
use utoipa::ToSchema;

use super::refusal::{Refusal, Refused};
use super::session::may_inspect;
use super::{Screens, Seat};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    version: &'static str,
    #[schema(value_type = String, format = DateTime)]
    started_at: Moment,
    records: u64,
    partners: Partners,
    desk: Desk,
    store: Store,
    tasks: Vec<TaskLine>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Partners {
    up: usize,
    down: usize,
}

#[derive(Debug, Serialize, ToSchema)]
struct Desk {
    /// Events that wait.
    queue: usize,
}

#[derive(Debug, Serialize, ToSchema)]
struct Store {
    bytes: u64,
}

#[derive(Debug, Serialize, ToSchema)]
struct TaskLine {
    name: &'static str,
    state: &'static str,
}

/// How the node is.
#[utoipa::path(
    get, path = "/api/health", tag = "health",
    responses((status = 200, body = Health), (status = "4XX", body = Refused))
)]
pub(super) async fn health(
    State(screens): State<Screens>,
    seat: Seat,
) -> Result<Json<Health>, Refusal> {
    // The number of records tells of hidden ones.
    if !may_inspect(&seat.person) {
        return Err(Reason::RoleMissing.into());
    }
    let answer = screens.ask(seat.person, None, |sight| {
        let node = &sight.screens.node;
        let counts = sight.reader.counts()?;
        let (up, down) = node.links.counts();
        let tasks = node.tasks.all().into_iter();
        Ok(Health {
            version: env!("CARGO_PKG_VERSION"),
            started_at: node.started,
            records: counts.records,
            partners: Partners { up, down },
            desk: Desk { queue: node.desk.waiting() },
            store: Store { bytes: counts.ledger_bytes + counts.picture_bytes },
            tasks: tasks
                .map(|(task, state)| TaskLine { name: task.name(), state: state.code() })
                .collect(),
        })
    });
    Ok(Json(answer.await?))
}
