//! The list itself: one line per story, its copies folded below it, stories of one event together.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use diwan_record::{Digest, ItemId, Moment};
use diwan_store::{Article as Kept, Decision};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::asked::Asked;
use super::super::refusal::{Refusal, Refused};
use super::super::{Screens, Seat, codes};
use super::{at_desk, is_kept, state_of};
use crate::sources::Run;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    state: Option<codes::State>,
    /// Those that were put aside instead of those that were not.
    #[serde(default)]
    aside: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadingList {
    /// The newest first.
    threads: Vec<Thread>,
    /// How many were put aside.
    aside: usize,
}

/// Stories of one event, in time.
#[derive(Debug, Serialize, ToSchema)]
struct Thread {
    stories: Vec<Story>,
}

/// An article, and those that say the same in nearly the same words.
#[derive(Debug, Serialize, ToSchema)]
struct Story {
    article: ArticleBrief,
    copies: Vec<Copy>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Copy {
    #[schema(value_type = String)]
    id: ItemId,
    outlet: String,
    title: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ArticleBrief {
    #[schema(value_type = String)]
    pub(super) id: ItemId,
    pub(super) state: codes::State,
    title: String,
    outlet: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// The day it appeared.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    /// Where the day is not known: not before, not after.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_after: Option<String>,
    /// ISO 639-1, or `und`.
    language: &'static str,
    #[schema(value_type = String, format = DateTime)]
    came: Moment,
    /// Events, promises and offices that were found, without those of silent rules.
    proposals: usize,
    decided: usize,
    aside: bool,
    /// Whether it was kept as a record; its item has the same identifier.
    kept: bool,
}

/// The reading list.
#[utoipa::path(
    get, path = "/api/articles", tag = "articles", params(Which),
    responses((status = 200, body = ReadingList), (status = "4XX", body = Refused))
)]
pub(crate) async fn all(
    State(screens): State<Screens>,
    seat: Seat,
    Asked(which): Asked<Which>,
) -> Result<Json<ReadingList>, Refusal> {
    at_desk(&seat.person)?;
    let state = state_of(&seat.person, which.state)?;
    let list = screens.ask(seat.person, which.state, move |sight| {
        let node = &sight.screens.node;
        let articles = node.store.articles();
        let kept = articles.all(state)?;
        let run = node.sources.readings.of(state, &kept);
        let muted = crate::sources::muted(&articles)?;
        let mut decisions: BTreeMap<Digest, Vec<Decision>> = BTreeMap::new();
        for decision in articles.all_decisions()? {
            decisions.entry(decision.claim.article).or_default().push(decision);
        }
        let none = Vec::new();
        let mut lines = BTreeMap::new();
        for one in kept.iter().filter(|one| one.aside == which.aside) {
            let decided = decisions.get(&one.digest).unwrap_or(&none);
            lines.insert(one.id, brief(one, &run, decided, &muted, is_kept(sight, one)?));
        }
        let aside = kept.iter().filter(|one| one.aside).count();
        Ok(ReadingList { threads: threads(lines, &run), aside })
    });
    Ok(Json(list.await?))
}

pub(super) fn brief(
    kept: &Kept,
    run: &Run,
    decisions: &[Decision],
    muted: &BTreeSet<String>,
    is_kept: bool,
) -> ArticleBrief {
    let reading = run.reading(&kept.id);
    let published = reading.map(|reading| reading.page.published.clone()).unwrap_or_default();
    let leading = run.leading(&kept.id);
    let decided = |place: usize| leading.get(place).is_some_and(|key| is_decided(key, decisions));
    let open = |place: &usize| {
        leading.get(*place).is_some_and(|key| !muted.contains(&key.rule)) || decided(*place)
    };
    let proposals: Vec<usize> = (0..leading.len()).filter(open).collect();
    ArticleBrief {
        id: kept.id,
        state: kept.state.into(),
        title: kept.title.clone(),
        outlet: kept.outlet.clone(),
        address: kept.address.clone(),
        published: published.date,
        not_before: published.lower,
        not_after: published.upper,
        language: reading.map_or("und", |reading| reading.page.language.code()),
        came: kept.came,
        decided: proposals.iter().filter(|place| decided(**place)).count(),
        proposals: proposals.len(),
        aside: kept.aside,
        kept: is_kept,
    }
}

fn is_decided(key: &diwan_store::ClaimKey, decisions: &[Decision]) -> bool {
    decisions.iter().any(|one| one.claim == *key)
}

/// Folds copies below the fullest article of each group, and puts stories of one event together.
fn threads(mut lines: BTreeMap<ItemId, ArticleBrief>, run: &Run) -> Vec<Thread> {
    let ids = |group: &Vec<String>| -> Vec<ItemId> {
        group.iter().filter_map(|id| id.parse().ok()).collect()
    };
    let length = |id: &ItemId| run.reading(id).map_or(0, |reading| reading.page.text.len());
    let mut copies: BTreeMap<ItemId, Vec<Copy>> = BTreeMap::new();
    for group in run.groups.near_duplicates.iter().map(ids) {
        let mut there: Vec<ItemId> =
            group.into_iter().filter(|id| lines.contains_key(id)).collect();
        // What people worked on stays the one that is shown; else the fullest text.
        let rank = |id: &ItemId| {
            let line = lines.get(id);
            (line.map_or(0, |line| line.decided), length(id))
        };
        there.sort_by_key(|id| (std::cmp::Reverse(rank(id)), *id));
        let Some((lead, rest)) = there.split_first() else {
            continue;
        };
        let copy =
            |line: ArticleBrief| Copy { id: line.id, outlet: line.outlet, title: line.title };
        let folded = rest.iter().filter_map(|id| lines.remove(id)).map(copy);
        copies.entry(*lead).or_default().extend(folded);
    }
    let mut story = |article: ArticleBrief| Story {
        copies: copies.remove(&article.id).unwrap_or_default(),
        article,
    };
    let mut threads = Vec::new();
    for group in run.groups.threads.iter().map(ids) {
        let there = group.iter().filter_map(|id| lines.remove(id));
        let mut stories: Vec<Story> = there.map(&mut story).collect();
        stories.sort_by_key(|story| (appeared(&story.article), story.article.came));
        threads.extend((!stories.is_empty()).then_some(Thread { stories }));
    }
    let alone = lines.into_values().map(|article| Thread { stories: vec![story(article)] });
    threads.extend(alone);
    threads.sort_by_key(|thread| std::cmp::Reverse(newest(thread)));
    threads
}

fn newest(thread: &Thread) -> (String, Option<Moment>) {
    let stories = thread.stories.iter();
    stories
        .map(|story| (appeared(&story.article), Some(story.article.came)))
        .max()
        .unwrap_or_default()
}

/// The day it appeared, as well as it is known.
fn appeared(article: &ArticleBrief) -> String {
    let told = [&article.published, &article.not_after, &article.not_before];
    let told = told.into_iter().flatten().next().cloned();
    told.unwrap_or_else(|| article.came.date().to_string())
}
