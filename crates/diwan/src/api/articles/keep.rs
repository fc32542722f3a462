//! An article becomes a record: signed, labelled, searchable, and nowhere but here until released.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use diwan_read::{Language, Reading};
use diwan_record::kind::{Article, Proposal, Verdict};
use diwan_record::{ItemId, Kind, Lang, Precedence, Text, limits};
use diwan_room::{Event, NewRecord, Outcome};
use diwan_store::{Article as Kept, Decision};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::asked::Sent;
use super::super::records::{Written, until_shown};
use super::super::refusal::{Refusal, Refused};
use super::super::shapes::Label;
use super::super::{Screens, Seat};
use super::{find, is_kept, may_read};
use crate::{chance, sources};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keep {
    label: Label,
}

/// Keeps an article as a record.
#[utoipa::path(
    post, path = "/api/articles/{id}/keep", tag = "articles",
    params(("id" = String, Path)), request_body = Keep,
    responses((status = 200, body = Written), (status = "4XX", body = Refused))
)]
pub(crate) async fn keep(
    State(screens): State<Screens>,
    seat: Seat,
    Path(id): Path<String>,
    Sent(asked): Sent<Keep>,
) -> Result<Json<Written>, Refusal> {
    let id = may_read(&seat.person, &id)?;
    let label: diwan_record::Label = asked.label.into();
    let person = seat.person.clone();
    let state = label.state;
    let (body, fresh) = screens
        .ask(person.clone(), None, move |sight| {
            let screens = sight.screens;
            let kept = find(screens, &person, &id)?;
            if is_kept(sight, &kept)? {
                return Err(kept_already());
            }
            // Under another identifier where it is kept already by somebody above this person: the
            // same one would be refused, and tell of it.
            let fresh = if kept.record.is_some() { ItemId(chance::bytes()) } else { id };
            // An exercise's article stays one.
            if kept.state != state {
                return Err(diwan_record::Reason::LabelState.into());
            }
            let articles = screens.node.store.articles();
            let run = screens.node.sources.readings.of(kept.state, &articles.all(kept.state)?);
            let reading = run.reading(&id).ok_or_else(Refusal::unknown)?;
            let decisions = articles.decisions(&kept.digest)?;
            let body = body(&kept, reading, &decisions);
            Ok((serde_json::to_vec(&body).map_err(anyhow::Error::from)?, fresh))
        })
        .await?;
    let new = NewRecord {
        kind: Kind::Article,
        item: None,
        fresh,
        replaces: None,
        variant: 0,
        label,
        precedence: Precedence::Routine,
        body,
    };
    let notices = screens.node.notices.subscribe();
    let outcome = screens.hand_in(Event::Enter { by: seat.id(), new }).await?;
    let Outcome::Record { digest, item } = outcome else {
        return Err(Refusal::fault());
    };
    until_shown(&screens, &seat, digest, notices).await?;
    screens.seen.show(seat.session(), [item]);
    screens
        .off_thread(move |screens| Ok(screens.node.store.articles().kept(&id, &digest)?))
        .await?;
    Ok(Json(Written { item, digest }))
}

fn kept_already() -> Refusal {
    Refusal::new(
        StatusCode::CONFLICT,
        "article/kept",
        "the article was kept as a record already",
        "open the record",
    )
}

fn body(kept: &Kept, reading: &Reading, decisions: &[Decision]) -> Article {
    let page = &reading.page;
    let language = match page.language {
        Language::English => Some(Lang::En),
        Language::Arabic => Some(Lang::Ar),
        Language::Turkish => Some(Lang::Tr),
        Language::Other => None,
    };
    let title = Some(kept.title.trim()).filter(|title| !title.is_empty());
    let points = Points::new(&page.text);
    let proposal = |claim: sources::Claim| {
        let verdict = decisions.iter().find(|one| one.claim == claim.key);
        Proposal {
            sort: claim.sort,
            start: points.before(claim.span.start),
            end: points.before(claim.span.end),
            rule: claim.rule.to_owned(),
            says: claim.says.chars().take(limits::NAME_CHARS).collect(),
            verdict: verdict.and_then(|one| verdict_of(&one.verdict)),
        }
    };
    let claims = sources::claims(&kept.digest, reading).into_iter();
    Article {
        title: Text::one(language.unwrap_or(Lang::En), title.unwrap_or(&kept.outlet)),
        outlet: kept.outlet.clone(),
        address: kept.address.clone(),
        published: page.published.date.as_ref().and_then(|day| day.parse().ok()),
        language,
        text: page.text.clone(),
        proposals: claims.take(limits::PROPOSALS).map(proposal).collect(),
    }
}

fn verdict_of(code: &str) -> Option<Verdict> {
    match code {
        "accepted" => Some(Verdict::Accepted),
        "corrected" => Some(Verdict::Corrected),
        "rejected" => Some(Verdict::Rejected),
        _ => None,
    }
}

/// Characters before a byte of a text.
struct Points(Vec<usize>);

impl Points {
    fn new(text: &str) -> Self {
        Self(text.char_indices().map(|(byte, _)| byte).collect())
    }

    fn before(&self, byte: usize) -> u32 {
        u32::try_from(self.0.partition_point(|start| *start < byte)).unwrap_or(u32::MAX)
    }
}
