//! What the articles on the list say: read when asked for, together, and remembered while the list
//! stays as it is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use diwan_read::{Contradiction, Format, Groups, Reading, Source, Tenure};
use diwan_record::{Digest, ItemId, State};
use diwan_store::{Article, ClaimKey};

use super::claims::{Claim, claims};

/// The articles of one state, read together.
#[derive(Debug, Default)]
pub(crate) struct Run {
    of: Vec<Digest>,
    pub(crate) readings: Vec<Reading>,
    places: BTreeMap<ItemId, usize>,
    /// The claims a person is led to, for the numbers on the list.
    leading: BTreeMap<ItemId, Vec<ClaimKey>>,
    pub(crate) groups: Groups,
    contradictions: OnceLock<Vec<Contradiction>>,
    tenures: OnceLock<Vec<Tenure>>,
}

/// The newest run of each state.
#[derive(Debug, Default)]
pub(crate) struct Readings(Mutex<BTreeMap<&'static str, Arc<Run>>>);

impl Readings {
    /// Reads these articles, unless they are what was read last. Costs about a millisecond an
    /// article, so it is asked for away from the threads that serve sockets.
    pub(crate) fn of(&self, state: State, articles: &[Article]) -> Arc<Run> {
        let of: Vec<Digest> = articles.iter().map(|article| article.digest).collect();
        // Held while reading: a second screen waits for the first one's run instead of its own.
        let mut runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(run) = runs.get(state.code()).filter(|run| run.of == of) {
            return Arc::clone(run);
        }
        let run = Arc::new(Run::new(of, articles));
        runs.insert(state.code(), Arc::clone(&run));
        run
    }
}

impl Run {
    fn new(of: Vec<Digest>, articles: &[Article]) -> Self {
        let mut sources: Vec<Source> = articles.iter().map(source).collect();
        let (readings, groups) = loop {
            match diwan_read::read(&sources) {
                Ok(read) => break read,
                // One that cannot be read is left out; the rest of the list is still read.
                Err((place, why)) => {
                    tracing::warn!(%why, "an article on the reading list cannot be read");
                    if place >= sources.len() {
                        break (Vec::new(), Groups::default());
                    }
                    sources.remove(place);
                }
            }
        };
        let ids = readings.iter().enumerate();
        let places = ids.filter_map(|(place, one)| Some((one.page.id.parse().ok()?, place)));
        let places: BTreeMap<ItemId, usize> = places.collect();
        let leading = articles.iter().filter_map(|article| {
            let reading = readings.get(*places.get(&article.id)?)?;
            let claims = claims(&article.digest, reading).into_iter();
            Some((article.id, claims.filter(Claim::leads).map(|claim| claim.key).collect()))
        });
        let leading = leading.collect();
        Self { of, leading, places, readings, groups, ..Self::default() }
    }

    /// What the articles say against each other; found when it is first asked for.
    pub(crate) fn contradictions(&self) -> &[Contradiction] {
        self.contradictions.get_or_init(|| diwan_read::contradictions(&self.readings))
    }

    /// Who held which office when; found when it is first asked for.
    pub(crate) fn tenures(&self) -> &[Tenure] {
        self.tenures.get_or_init(|| diwan_read::offices(&self.readings))
    }

    pub(crate) fn leading(&self, id: &ItemId) -> &[ClaimKey] {
        self.leading.get(id).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn reading(&self, id: &ItemId) -> Option<&Reading> {
        self.readings.get(*self.places.get(id)?)
    }
}

fn source(article: &Article) -> Source {
    Source {
        id: article.id.to_string(),
        raw: article.raw.clone(),
        format: Some(if article.html { Format::Html } else { Format::Text }),
        published: article.published.clone(),
        url: article.address.clone(),
        outlet: Some(article.outlet.clone()),
    }
}
