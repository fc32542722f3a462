//! The audit log, for those who inspect or administer: codes and identifiers, never content.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use diwan_record::{Moment, Reason, limits};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::asked::Asked;
use super::refusal::{Refusal, Refused};
use super::session::may_inspect;
use super::{Screens, Seat};

const PAGE: usize = 100;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Where the page before ended.
    before: Option<u64>,
    limit: Option<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LogPage {
    entries: Vec<LogEntry>,
    next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct LogEntry {
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    /// A person or a partner; absent for the node itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<String>,
    /// A code.
    what: String,
    detail: BTreeMap<String, String>,
}

/// Who did what, newest first.
#[utoipa::path(
    get, path = "/api/log", tag = "log", params(Which),
    responses((status = 200, body = LogPage), (status = "4XX", body = Refused))
)]
pub(super) async fn page(
    State(screens): State<Screens>,
    seat: Seat,
    Asked(which): Asked<Which>,
) -> Result<Json<LogPage>, Refusal> {
    // Its lines name records by digest and count them: only those who may know of every record.
    if !may_inspect(&seat.person) {
        return Err(Reason::RoleMissing.into());
    }
    let limit = which.limit.unwrap_or(PAGE).clamp(1, limits::PAGE);
    let answer = screens.ask(seat.person, None, move |sight| {
        let mut lines = sight.reader.log(which.before, limit + 1)?;
        let more = lines.len() > limit;
        lines.truncate(limit);
        let next = lines.last().filter(|_| more).map(|line| line.no.to_string());
        let entry = |line: diwan_store::LogEntry| LogEntry {
            at: line.at,
            who: line.who,
            what: line.what,
            detail: line.detail.into_iter().collect(),
        };
        Ok(LogPage { entries: lines.into_iter().map(entry).collect(), next })
    });
    Ok(Json(answer.await?))
}
