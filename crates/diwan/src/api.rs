//! The HTTP API of the screens: one file per resource, one description for all of them.

mod agreements;
mod articles;
pub(crate) mod asked;
pub(crate) mod codes;
mod compared;
mod description;
mod drafts;
mod feeds;
mod guard;
mod health;
mod held;
mod log;
mod partners;
pub(crate) mod picture;
mod places;
mod preview;
mod recalls;
mod records;
pub(crate) mod refusal;
mod releases;
mod rules;
mod seat;
mod seen;
mod session;
mod shapes;
mod sight;
mod whereabouts;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::{IntoResponse as _, Response};
use diwan_room::{Event, Outcome, Person};
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::node::Node;
use crate::session::Door;
use crate::{assets, live};
use refusal::Refusal;
use seen::Seen;
use sight::Sight;

pub(crate) use partners::lines as partner_lines;
pub(crate) use releases::open_count as open_releases;
pub(crate) use seat::Seat;
pub(crate) use shapes::ItemBrief;

/// Live lanes open at once: more than a large room has screens.
const LANES: usize = 2000;

/// What every answer to a screen shares.
#[derive(Clone, Debug)]
pub(crate) struct Screens {
    pub(crate) node: Arc<Node>,
    door: Arc<Door>,
    pub(crate) seen: Arc<Seen>,
    pub(crate) lanes: Arc<Semaphore>,
}

impl Screens {
    fn new(node: Arc<Node>) -> Self {
        Self {
            node,
            door: Arc::default(),
            seen: Arc::default(),
            lanes: Arc::new(Semaphore::new(LANES)),
        }
    }

    /// Runs what reads the disk away from the threads that serve sockets.
    pub(crate) async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let screens = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&screens)).await;
        done.unwrap_or_else(|_| {
            tracing::error!("an answer to a screen broke a promise");
            Err(Refusal::fault())
        })
    }

    /// Asks as this person, looking at this state.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        person: Person,
        state: Option<codes::State>,
        work: impl FnOnce(&Sight<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.off_thread(move |screens| work(&Sight::new(screens, person, state)?)).await
    }

    /// Hands an event to the desk; a refusal of the room is the answer.
    pub(crate) async fn hand_in(&self, event: Event) -> Result<Outcome, Refusal> {
        match self.node.desk.hand_in(event).await? {
            Outcome::Refused(reason) => Err(reason.into()),
            outcome => Ok(outcome),
        }
    }
}

/// The page, its files and the API of one node.
pub fn router(node: Arc<Node>) -> Router {
    let basemap = node.config.screens.basemap.clone().map(Arc::new);
    let screens = Screens::new(node);
    let (router, _) = described().split_for_parts();
    let elsewhere = move |State(_): State<Screens>, request: Request| elsewhere(basemap, request);
    // Fonts and the base map are compressed already; a live lane must not wait for a full block.
    let worth_it = DefaultPredicate::new()
        .and(NotForContentType::const_new("application/octet-stream"))
        .and(NotForContentType::const_new("font/"))
        .and(NotForContentType::SSE);
    router
        .fallback(elsewhere)
        .method_not_allowed_fallback(unknown_path)
        .with_state(screens)
        .layer(CompressionLayer::new().gzip(true).compress_when(worth_it))
        .layer(from_fn(guard::guard))
}

/// The description of the API (OpenAPI 3.1) as JSON, made from what really answers.
#[must_use]
pub fn openapi() -> String {
    let (_, described) = described().split_for_parts();
    // INVARIANT: a description of strings and lists is always JSON; the tests read it back.
    description::complete(&described).unwrap_or_default()
}

#[derive(utoipa::OpenApi)]
#[openapi(info(
    title = "Diwan",
    description = "The screens' interface of one node. Times are RFC 3339 in UTC. Every answer \
                   that is not a success has the form `Refused`.",
    license(name = "Apache-2.0", identifier = "Apache-2.0")
))]
struct Described;

fn described() -> OpenApiRouter<Screens> {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(session::sign_in, session::me, session::sign_out))
        .routes(routes!(picture::page))
        .routes(routes!(picture::map))
        .routes(routes!(picture::item))
        .routes(routes!(live::lane))
        .routes(routes!(records::write))
        .routes(routes!(drafts::all))
        .routes(routes!(drafts::keep, drafts::drop))
        .routes(routes!(places::find))
        .routes(routes!(places::position))
        .routes(routes!(places::mgrs))
        .routes(routes!(preview::preview))
        .routes(routes!(releases::ask, releases::queue))
        .routes(routes!(releases::sign))
        .routes(routes!(releases::give_back))
        .routes(routes!(recalls::recall, recalls::grid))
        .routes(routes!(recalls::received))
        .routes(routes!(recalls::answer))
        .routes(routes!(partners::strip))
        .routes(routes!(agreements::all, agreements::propose))
        .routes(routes!(agreements::end))
        .routes(routes!(agreements::sign))
        .routes(routes!(log::page))
        .routes(routes!(articles::all, articles::hand_in))
        .routes(routes!(articles::one))
        .routes(routes!(articles::aside))
        .routes(routes!(articles::keep))
        .routes(routes!(articles::decide))
        .routes(routes!(articles::draft))
        .routes(routes!(compared::contradictions))
        .routes(routes!(compared::offices))
        .routes(routes!(feeds::all, feeds::add))
        .routes(routes!(feeds::remove))
        .routes(routes!(feeds::poll))
        .routes(routes!(rules::all, rules::switch))
        .routes(routes!(health::health))
}

/// Whatever is not a path of the API: a file of the page, or the page itself.
async fn elsewhere(basemap: Option<Arc<std::path::PathBuf>>, request: Request) -> Response {
    if guard::is_api(request.uri().path()) {
        return unknown_path().await;
    }
    let (parts, _) = request.into_parts();
    assets::serve(basemap, parts.method, parts.uri, parts.headers).await
}

async fn unknown_path() -> Response {
    Refusal::new(
        StatusCode::NOT_FOUND,
        "path/unknown",
        "the API has no such path",
        "read its description in schemas/openapi.json",
    )
    .into_response()
}
