//! Finding places by name, and positions in the forms people write them in.

use axum::Json;
use axum::http::StatusCode;
use diwan_record::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Seat;
use super::asked::{Asked, Sent};
use super::refusal::{Refusal, Refused};
use crate::places as gazetteer;
use crate::position::{self, ReadAs};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Named {
    #[serde(default)]
    q: String,
    limit: Option<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KnownPlace {
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    name: Text,
    lon: f64,
    lat: f64,
    class: &'static str,
    country: &'static str,
    /// The name that matched, as written.
    matched: &'static str,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenPosition {
    text: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Position {
    lon: f64,
    lat: f64,
    mgrs: String,
    read_as: Form,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Form {
    Mgrs,
    Decimal,
    Dms,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Degrees {
    lon: f64,
    lat: f64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Grid {
    mgrs: String,
}

/// Places by the start of a name in any language.
#[utoipa::path(
    get, path = "/api/places", tag = "places", params(Named),
    responses((status = 200, body = Vec<KnownPlace>), (status = "4XX", body = Refused))
)]
pub(super) async fn find(
    _seat: Seat,
    Asked(asked): Asked<Named>,
) -> Result<Json<Vec<KnownPlace>>, Refusal> {
    let short: String = asked.q.chars().take(100).collect();
    let found = gazetteer::find(&short, asked.limit.unwrap_or(8));
    Ok(Json(found.into_iter().map(known).collect()))
}

fn known(found: gazetteer::Found) -> KnownPlace {
    let gazetteer::Found { name, lon, lat, class, country, matched } = found;
    KnownPlace { name, lon, lat, class, country, matched }
}

/// A position written as MGRS, decimal degrees or degrees and minutes.
#[utoipa::path(
    post, path = "/api/position", tag = "places", request_body = WrittenPosition,
    responses((status = 200, body = Position), (status = "4XX", body = Refused))
)]
pub(super) async fn position(
    _seat: Seat,
    Sent(written): Sent<WrittenPosition>,
) -> Result<Json<Position>, Refusal> {
    let read = position::read(&written.text).ok_or_else(not_understood)?;
    let read_as = match read.read_as {
        ReadAs::Mgrs => Form::Mgrs,
        ReadAs::Decimal => Form::Decimal,
        ReadAs::Dms => Form::Dms,
    };
    Ok(Json(Position { lon: read.lon, lat: read.lat, mgrs: read.mgrs, read_as }))
}

/// A position as MGRS.
#[utoipa::path(
    get, path = "/api/position/mgrs", tag = "places", params(Degrees),
    responses((status = 200, body = Grid), (status = "4XX", body = Refused))
)]
pub(super) async fn mgrs(_seat: Seat, Asked(at): Asked<Degrees>) -> Result<Json<Grid>, Refusal> {
    let mgrs = position::mgrs(at.lon, at.lat).ok_or_else(not_understood)?;
    Ok(Json(Grid { mgrs }))
}

fn not_understood() -> Refusal {
    Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "place/not-understood",
        "the position is not understood",
        "write MGRS, decimal degrees, or degrees and minutes with N, S, E or W",
    )
}
