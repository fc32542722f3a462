//! The writer's thread and its queue: events in batches, one commit, then effects and answers.
//!
//! Two lanes. What people do is taken first, so that nobody waits behind a partner's backlog; what
//! links and the clock bring is taken in order after it. Both lanes are bounded: whoever hands in
//! too much waits at the door.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context as _, Result, anyhow};
use diwan_record::{PartnerId, limits};
use diwan_room::{Effect, Event, Fault, Ledger, Notice, Outcome, Room};
use diwan_store::Writer;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::clock::Clock;
use crate::link::Outbox;

/// Events of people that may wait: more than the people of a room can click in a second.
const PEOPLE_WAITING: usize = 256;
/// Events of links that may wait: a few frames of each partner.
const LINKS_WAITING: usize = 1024;
/// Frames of links in one batch, mostly of 64 records each: it bounds what a FLASH report and a
/// person's click can wait for.
const BATCH_FRAMES: usize = 4;

/// A ledger with the transaction around a batch.
pub trait Book: Send {
    fn ledger(&mut self) -> &mut dyn Ledger;
    /// # Errors
    /// A fault of the ledger.
    fn begin(&mut self) -> Result<(), Fault>;
    /// Returns when everything since `begin` is durable.
    ///
    /// # Errors
    /// A fault of the ledger; nothing of the batch may then be relied on.
    fn commit(&mut self) -> Result<(), Fault>;
}

impl Book for Writer {
    fn ledger(&mut self) -> &mut dyn Ledger {
        self
    }
    fn begin(&mut self) -> Result<(), Fault> {
        Self::begin(self)
    }
    fn commit(&mut self) -> Result<(), Fault> {
        Self::commit(self)
    }
}

/// Where events are handed in; cheap to clone.
#[derive(Clone, Debug)]
pub struct Desk {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    lanes: Mutex<Lanes>,
    wake: Condvar,
    people: Arc<Semaphore>,
    links: Arc<Semaphore>,
}

#[derive(Debug, Default)]
struct Lanes {
    people: VecDeque<Handed>,
    links: VecDeque<Handed>,
    closed: bool,
}

/// One event with whoever waits for its answer.
#[derive(Debug)]
struct Handed {
    event: Event,
    answer: oneshot::Sender<Outcome>,
    /// Given with [`Event::LinkUp`]: where this session's frames go from then on.
    outbox: Option<Outbox>,
    place: OwnedSemaphorePermit,
}

/// The answer to an event that was handed in.
#[derive(Debug)]
pub struct Answer(oneshot::Receiver<Outcome>);

impl Answer {
    /// Waits until the event's batch is durable.
    ///
    /// # Errors
    /// The desk has stopped.
    pub async fn wait(self) -> Result<Outcome> {
        self.0.await.map_err(|_| stopped())
    }
}

impl Desk {
    /// Hands in an event and waits until it is durable and answered.
    ///
    /// # Errors
    /// The desk has stopped. A refusal is no error but an [`Outcome`].
    pub async fn hand_in(&self, event: Event) -> Result<Outcome> {
        self.submit(event, None).await?.wait().await
    }

    /// Hands in an event; its answer can be waited for later, so that a link keeps the desk busy.
    pub(crate) async fn submit(&self, event: Event, outbox: Option<Outbox>) -> Result<Answer> {
        let from_people = !is_from_link(&event);
        let places = if from_people { &self.inner.people } else { &self.inner.links };
        let place = Arc::clone(places).acquire_owned().await.map_err(|_| stopped())?;
        let (answer, receiver) = oneshot::channel();
        let handed = Handed { event, answer, outbox, place };
        let mut lanes = self.lanes();
        if lanes.closed {
            return Err(stopped());
        }
        if from_people {
            lanes.people.push_back(handed)
        } else {
            lanes.links.push_back(handed)
        }
        drop(lanes);
        self.inner.wake.notify_one();
        Ok(Answer(receiver))
    }

    /// How many events wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        let lanes = self.lanes();
        lanes.people.len() + lanes.links.len()
    }

    /// Takes nothing more; the thread ends after its batch.
    pub(crate) fn close(&self) {
        let mut lanes = self.lanes();
        lanes.closed = true;
        lanes.people.clear();
        lanes.links.clear();
        drop(lanes);
        self.inner.people.close();
        self.inner.links.close();
        self.inner.wake.notify_all();
    }

    fn new() -> Self {
        let inner = Inner {
            lanes: Mutex::default(),
            wake: Condvar::new(),
            people: Arc::new(Semaphore::new(PEOPLE_WAITING)),
            links: Arc::new(Semaphore::new(LINKS_WAITING)),
        };
        Self { inner: Arc::new(inner) }
    }

    fn lanes(&self) -> MutexGuard<'_, Lanes> {
        self.inner.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What waits, as much as one batch takes: people first.
    fn take(&self) -> Vec<Handed> {
        let mut lanes = self.lanes();
        let people = lanes.people.len().min(limits::BATCH_EVENTS);
        let links = lanes.links.len().min(BATCH_FRAMES);
        let mut taken: Vec<Handed> = lanes.people.drain(..people).collect();
        taken.extend(lanes.links.drain(..links));
        taken
    }

    /// Waits until something waits; says whether the desk is still open.
    fn wait(&self) -> bool {
        let idle =
            |lanes: &mut Lanes| !lanes.closed && lanes.people.is_empty() && lanes.links.is_empty();
        let lanes = self.inner.wake.wait_while(self.lanes(), idle);
        !lanes.unwrap_or_else(PoisonError::into_inner).closed
    }
}

fn stopped() -> anyhow::Error {
    anyhow!("the desk has stopped")
}

fn is_from_link(event: &Event) -> bool {
    matches!(
        event,
        Event::LinkUp { .. } | Event::Arrived { .. } | Event::LinkDown { .. } | Event::Tick
    )
}

/// Where notices go after a commit.
pub(crate) type Tell = Box<dyn Fn(Vec<Notice>) + Send>;

/// Starts the writer's thread. The receiver hears why it ended: nothing if it was closed, a fault,
/// or silence if it broke a promise of its own.
pub(crate) fn start(
    room: Room,
    book: Box<dyn Book>,
    clock: Clock,
    tell: Tell,
) -> Result<(Desk, oneshot::Receiver<Result<(), Fault>>)> {
    let desk = Desk::new();
    let (ended, end) = oneshot::channel();
    let writer = Writing { desk: desk.clone(), room, book, clock, tell, outboxes: BTreeMap::new() };
    thread::Builder::new()
        .name("desk".to_owned())
        .spawn(move || {
            let _close = CloseOnDrop(writer.desk.clone());
            // The receiver may be gone when the program is ending anyway.
            let _ = ended.send(writer.run());
        })
        .context("the desk's thread could not be started")?;
    Ok((desk, end))
}

/// However the thread ends, nobody may wait for an answer that cannot come.
struct CloseOnDrop(Desk);

impl Drop for CloseOnDrop {
    fn drop(&mut self) {
        self.0.close();
    }
}

struct Writing {
    desk: Desk,
    room: Room,
    book: Box<dyn Book>,
    clock: Clock,
    tell: Tell,
    outboxes: BTreeMap<PartnerId, Outbox>,
}

/// Whoever waits for the answer to an event of the batch.
struct Waiter {
    link: LinkChange,
    answer: oneshot::Sender<Outcome>,
    _place: OwnedSemaphorePermit,
}

/// What an event means for the session's way out.
enum LinkChange {
    None,
    Up(PartnerId, Outbox),
    Down(PartnerId),
}

impl LinkChange {
    fn of(event: &Event, outbox: Option<Outbox>) -> Self {
        match (event, outbox) {
            (Event::LinkUp { partner, .. }, Some(outbox)) => Self::Up(partner.clone(), outbox),
            (Event::LinkDown { partner }, _) => Self::Down(partner.clone()),
            _ => Self::None,
        }
    }
}

impl Writing {
    fn run(mut self) -> Result<(), Fault> {
        while self.desk.wait() {
            self.batch()?;
        }
        Ok(())
    }

    /// Takes what waits, in one transaction, and only after the commit lets anything leave. A
    /// fault leaves the transaction open: the ledger forgets it when the thread ends, and nothing
    /// of it was told to anybody.
    fn batch(&mut self) -> Result<(), Fault> {
        let (mut events, mut waiters) = (Vec::new(), Vec::new());
        for Handed { event, answer, outbox, place } in self.desk.take() {
            waiters.push(Waiter { link: LinkChange::of(&event, outbox), answer, _place: place });
            events.push(event);
        }
        self.book.begin()?;
        let now = self.clock.now();
        let (outcomes, effects) = self.room.step_all(now, events, self.book.ledger())?;
        self.book.commit()?;
        self.release(waiters, outcomes, effects);
        Ok(())
    }

    /// Frames first, then notices, then answers.
    fn release(&mut self, waiters: Vec<Waiter>, outcomes: Vec<Outcome>, effects: Vec<Effect>) {
        for waiter in &waiters {
            match &waiter.link {
                LinkChange::Up(partner, outbox) => {
                    self.outboxes.insert(partner.clone(), outbox.clone());
                }
                LinkChange::Down(partner) => drop(self.outboxes.remove(partner)),
                LinkChange::None => {}
            }
        }
        let mut notices = Vec::new();
        for effect in effects {
            match effect {
                Effect::Send { partner, frame } => self.send(&partner, frame),
                Effect::Hang { partner, reason } => {
                    if let Some(outbox) = self.outboxes.get(&partner) {
                        outbox.hang(reason);
                    }
                }
                Effect::Notice(notice) => notices.push(notice),
            }
        }
        if !notices.is_empty() {
            (self.tell)(notices);
        }
        for (waiter, outcome) in waiters.into_iter().zip(outcomes) {
            // Whoever asked may have gone away; the event counts all the same.
            let _ = waiter.answer.send(outcome);
        }
    }

    /// Without a session the frame is dropped: the tray still holds what it carried.
    fn send(&mut self, partner: &PartnerId, frame: Vec<u8>) {
        if let Some(outbox) = self.outboxes.get(partner)
            && !outbox.send(frame)
        {
            self.outboxes.remove(partner);
        }
    }
}

#[cfg(test)]
mod tests;
