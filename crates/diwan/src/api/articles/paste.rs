//! An article that a person hands in: pasted, or read from a file of theirs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use diwan_read::{Format, Source};
use diwan_record::{Date, ItemId, Reason, limits};
use diwan_store::Article as Kept;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::asked::Sent;
use super::super::refusal::{Refusal, Refused};
use super::super::{Screens, Seat, codes};
use super::{at_desk, state_of};
use crate::chance;
use crate::sources::{Arrival, title_of};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandIn {
    outlet: String,
    /// Plain text, or a page of HTML.
    text: String,
    #[serde(default)]
    html: bool,
    #[serde(default)]
    address: Option<String>,
    /// The day it appeared, if that is known.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    published: Option<Date>,
    #[serde(default)]
    state: Option<codes::State>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandedIn {
    #[schema(value_type = String)]
    id: ItemId,
    /// It was on the list already.
    known: bool,
}

/// Puts an article on the reading list.
#[utoipa::path(
    post, path = "/api/articles", tag = "articles", request_body = HandIn,
    responses((status = 200, body = HandedIn), (status = "4XX", body = Refused))
)]
pub(crate) async fn hand_in(
    State(screens): State<Screens>,
    seat: Seat,
    Sent(paste): Sent<HandIn>,
) -> Result<Json<HandedIn>, Refusal> {
    at_desk(&seat.person)?;
    check(&paste)?;
    let state = state_of(&seat.person, paste.state)?;
    let by = seat.id();
    let handed = screens.off_thread(move |screens| {
        let title = title(&paste)?;
        let arrival = Arrival {
            state,
            outlet: paste.outlet.trim().to_owned(),
            address: paste.address.filter(|address| !address.trim().is_empty()),
            stamp: None,
            published: paste.published.map(|day| day.to_string()),
            html: paste.html,
            raw: paste.text,
        };
        let article = arrival.article(ItemId(chance::bytes()), title, screens.node.clock.now());
        let article = Kept { by: Some(by.to_string()), ..article };
        let known = screens.node.store.articles().put(&article)?;
        Ok(HandedIn { id: known.unwrap_or(article.id), known: known.is_some() })
    });
    Ok(Json(handed.await?))
}

fn check(paste: &HandIn) -> Result<(), Refusal> {
    if paste.outlet.trim().is_empty() {
        return Err(Refusal::from(Reason::TextEmpty).field("outlet"));
    }
    if paste.text.trim().is_empty() {
        return Err(Refusal::from(Reason::TextEmpty).field("text"));
    }
    let long = |text: &str, most: usize| text.len() > most && text.chars().count() > most;
    if long(&paste.outlet, limits::NAME_CHARS) {
        return Err(Refusal::from(Reason::TextLong).field("outlet"));
    }
    if long(paste.address.as_deref().unwrap_or_default(), 2 * limits::NAME_CHARS) {
        return Err(Refusal::from(Reason::TextLong).field("address"));
    }
    // A page is mostly markup; its text is measured once it has been read.
    if !paste.html && long(&paste.text, limits::ARTICLE_CHARS) {
        return Err(Refusal::from(Reason::TextLong).field("text"));
    }
    Ok(())
}

/// The headline, or how the text begins; refuses what cannot be read.
fn title(paste: &HandIn) -> Result<String, Refusal> {
    let format = if paste.html { Format::Html } else { Format::Text };
    let raw = paste.text.clone();
    let source = Source { raw, format: Some(format), ..Source::default() };
    let pages = diwan_read::open(&source).unwrap_or_default();
    let page = pages.first().filter(|page| !page.text.trim().is_empty());
    let Some(page) = page else {
        return Err(Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "article/no-text",
            "there is no readable text in it",
            "paste the text of the article itself",
        )
        .field("text"));
    };
    if page.text.chars().count() > limits::ARTICLE_CHARS {
        return Err(Refusal::from(Reason::TextLong).field("text"));
    }
    Ok(title_of(page))
}
