//! The live lane: what changes is pushed to open screens, to each what its person may see.
//!
//! A lane follows the picture from its own position, so nothing is missed and nothing hidden is
//! told. It lives inside the answer it writes: a screen that does not read takes no memory, and
//! one that falls behind is cut and reads its page again.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse as _, Response};
use diwan_record::{Digest, ItemId};
use diwan_room::{Notice, Person, Role};
use futures_util::stream;
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until};
use utoipa::ToSchema;

use crate::api::asked::Asked;
use crate::api::codes;
use crate::api::picture::InState;
use crate::api::refusal::{Refusal, Refused};
use crate::api::{ItemBrief, Screens, Seat, open_releases, partner_lines};

/// Items that are not urgent leave at most this often.
const EVERY: Duration = Duration::from_millis(250);
/// The picture is asked at most this often, however many batches are written.
const ASK_EVERY: Duration = Duration::from_millis(20);
/// Partner lines leave at most this often.
const PARTNERS_EVERY: Duration = Duration::from_millis(500);
/// A heartbeat, and at the latest then a session that has ended is noticed.
const BEAT: Duration = Duration::from_secs(4);
/// More than this at once is told as "read the page again".
const PENDING: usize = 500;
/// And that at most this often: reading a page again is work on both sides.
const REFRESH_EVERY: Duration = Duration::from_secs(2);

#[derive(Debug, Serialize, ToSchema)]
struct Gone {
    #[schema(value_type = String)]
    item: ItemId,
}

#[derive(Debug, Serialize, ToSchema)]
struct Open {
    open: usize,
}

/// One open screen.
struct Lane {
    screens: Screens,
    session: Digest,
    person: Person,
    state: Option<codes::State>,
    notices: Receiver<Notice>,
    /// How far the picture was followed.
    position: u64,
    out: VecDeque<Event>,
    pending: BTreeMap<ItemId, ItemBrief>,
    /// There was more than can be told one by one: the screen is to read its page again.
    overrun: bool,
    due: Due,
    beat: Interval,
    /// What was told last, so that a change nobody may see is not told.
    told_partners: String,
    told_releases: Option<Digest>,
    ended: bool,
    _place: OwnedSemaphorePermit,
}

/// When something is to be done next.
#[derive(Default)]
struct Due {
    ask: Option<Instant>,
    asked: Option<Instant>,
    items: Option<Instant>,
    sent: Option<Instant>,
    partners: Option<Instant>,
}

impl Due {
    fn next(&self) -> Option<Instant> {
        self.ask.into_iter().chain(self.items).chain(self.partners).min()
    }
}

/// Changes as they happen: `item`, `gone`, `partners`, `releases`, `refresh`.
#[utoipa::path(
    get, path = "/api/live", tag = "live", params(InState),
    responses(
        (status = 200, content_type = "text/event-stream", body = String),
        (status = "4XX", body = Refused)
    )
)]
pub(crate) async fn lane(
    State(screens): State<Screens>,
    seat: Seat,
    Asked(asked): Asked<InState>,
) -> Result<Response, Refusal> {
    let place = screens.lanes.clone().try_acquire_owned().map_err(|_| {
        Refusal::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "node/busy",
            "too many screens are open",
            "close some, or try again",
        )
    })?;
    // Listening begins before the position is read: what falls between is asked for again.
    let notices = screens.node.notices.subscribe();
    let session = seat.session();
    let start = screens.ask(seat.person.clone(), asked.state, |sight| {
        let (_, releases) = open_releases(sight)?;
        let partners = serde_json::to_string(&partner_lines(sight)?).unwrap_or_default();
        // Looking for what is left to project says how far the picture is.
        let position = sight.screens.node.store.project(1)?.position;
        Ok((position, releases, partners))
    });
    let (position, releases, partners) = start.await?;
    let mut beat = interval_at(Instant::now() + BEAT, BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let lane = Lane {
        session,
        person: seat.person,
        state: asked.state,
        notices,
        position,
        // Something at once, so that proxies and browsers know that the lane is open.
        out: VecDeque::from([Event::default().comment("open")]),
        pending: BTreeMap::new(),
        overrun: false,
        due: Due::default(),
        beat,
        told_partners: partners,
        told_releases: Some(releases),
        ended: false,
        _place: place,
        screens,
    };
    let mut response = Sse::new(stream::unfold(lane, Lane::next)).into_response();
    // A proxy in between must not gather what is to be seen at once.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

impl Lane {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if self.ended {
                return None;
            }
            if let Some(event) = self.out.pop_front() {
                return Some((Ok(event), self));
            }
            let due = self.due.next();
            tokio::select! {
                notice = self.notices.recv() => self.heard(notice).await,
                () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {
                    self.act().await;
                }
                _ = self.beat.tick() => {
                    self.check().await;
                    self.out.push_back(Event::default().comment("beat"));
                }
            }
        }
    }

    async fn heard(&mut self, notice: Result<Notice, RecvError>) {
        let now = Instant::now();
        let after = |last: Option<Instant>, pause| last.map_or(now, |last| now.max(last + pause));
        match notice {
            Ok(Notice::Ledger) => {
                self.due.ask = self.due.ask.or(Some(after(self.due.asked, ASK_EVERY)));
            }
            Ok(Notice::Urgent { item, .. }) => self.urgent(item).await,
            Ok(Notice::Gone(item)) => self.gone(item).await,
            Ok(Notice::Partner(_)) => {
                self.due.partners = self.due.partners.or(Some(now + PARTNERS_EVERY));
            }
            Ok(Notice::Releases) => self.releases().await,
            Ok(Notice::People) => self.check().await,
            // It did not read for long: it is cut, comes again and reads its page.
            Err(RecvError::Lagged(_) | RecvError::Closed) => self.ended = true,
        }
    }

    async fn act(&mut self) {
        let now = Instant::now();
        let is_due = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        if is_due(self.due.ask) {
            (self.due.ask, self.due.asked) = (None, Some(now));
            self.follow().await;
        }
        if is_due(self.due.items) {
            self.flush();
        }
        if is_due(self.due.partners) {
            self.due.partners = None;
            self.partners().await;
        }
    }

    /// Asks what changed since the position reached. Urgent items leave at once, also out of more
    /// than can be told.
    async fn follow(&mut self) {
        let position = self.position;
        let asked = self.screens.ask(self.person.clone(), self.state, move |sight| {
            let (position, mut briefs) =
                sight.reader.changed(position, &sight.viewer, PENDING + 1)?;
            let many = briefs.len() > PENDING;
            if many {
                briefs.retain(|brief| brief.precedence.is_urgent());
            }
            Ok((position, sight.briefs(briefs)?, many))
        });
        let Some((position, briefs, many)) = self.or_end(asked.await) else {
            return;
        };
        self.position = position;
        self.screens.seen.show(self.session, briefs.iter().map(|brief| brief.item));
        for brief in briefs {
            if diwan_record::Precedence::from(brief.precedence).is_urgent() {
                self.pending.remove(&brief.item);
                self.tell("item", &brief);
            } else {
                self.pending.insert(brief.item, brief);
            }
        }
        let now = Instant::now();
        if many {
            // It stopped in the middle, and what is urgent may come after.
            self.due.ask = self.due.ask.or(Some(now));
        }
        self.overrun |= many || self.pending.len() > PENDING;
        if self.overrun {
            self.pending.clear();
        }
        if self.overrun || !self.pending.is_empty() {
            let pause = if self.overrun { REFRESH_EVERY } else { EVERY };
            let at = self.due.sent.map_or(now, |sent| now.max(sent + pause));
            self.due.items = Some(at);
        }
    }

    fn flush(&mut self) {
        (self.due.items, self.due.sent) = (None, Some(Instant::now()));
        if std::mem::take(&mut self.overrun) {
            self.tell("refresh", &serde_json::json!({}));
        }
        for (_, brief) in std::mem::take(&mut self.pending) {
            self.tell("item", &brief);
        }
    }

    /// It is on the picture ahead of what waits to be followed.
    async fn urgent(&mut self, item: ItemId) {
        if let Some(Some(brief)) = self.brief_of(item).await {
            self.screens.seen.show(self.session, [item]);
            self.pending.remove(&item);
            self.tell("item", &brief);
        }
    }

    /// Only who was shown an item is told that it is gone.
    async fn gone(&mut self, item: ItemId) {
        if !self.screens.seen.saw(&self.session, &item) {
            return;
        }
        let Some(left) = self.brief_of(item).await else {
            return;
        };
        self.pending.remove(&item);
        match left {
            Some(brief) => self.tell("item", &brief),
            None => self.tell("gone", &Gone { item }),
        }
    }

    /// What the lane's person may see of an item now; nothing if the lane has ended.
    async fn brief_of(&mut self, item: ItemId) -> Option<Option<ItemBrief>> {
        let asked = self.screens.ask(self.person.clone(), self.state, move |sight| {
            sight.brief_of(&item, sight.viewer.state)
        });
        let found = asked.await;
        self.or_end(found)
    }

    async fn partners(&mut self) {
        let asked = self.screens.ask(self.person.clone(), self.state, partner_lines);
        let Some(lines) = self.or_end(asked.await) else {
            return;
        };
        let told = serde_json::to_string(&lines).unwrap_or_default();
        if told != self.told_partners {
            self.tell("partners", &lines);
            self.told_partners = told;
        }
    }

    async fn releases(&mut self) {
        if !self.person.may(Role::asks_release) {
            return;
        }
        let asked = self.screens.ask(self.person.clone(), self.state, open_releases);
        let Some((open, mark)) = self.or_end(asked.await) else {
            return;
        };
        if self.told_releases.replace(mark) != Some(mark) {
            self.tell("releases", &Open { open });
        }
    }

    /// Ends the lane when the session has ended or the account is another one than before; a
    /// browser that may, comes again with what is allowed now.
    async fn check(&mut self) {
        let session = self.session;
        let asked = self.screens.off_thread(move |screens| screens.at_session(&session)).await;
        let same = asked.is_ok_and(|(person, _)| person == self.person);
        self.ended |= !same;
    }

    fn or_end<T>(&mut self, asked: Result<T, Refusal>) -> Option<T> {
        self.ended |= asked.is_err();
        asked.ok()
    }

    fn tell(&mut self, name: &str, content: &impl Serialize) {
        match Event::default().event(name).json_data(content) {
            Ok(event) => self.out.push_back(event),
            Err(_) => self.ended = true,
        }
    }
}
