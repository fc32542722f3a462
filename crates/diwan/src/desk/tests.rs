//! What the desk promises, on a ledger in memory that can be told to fail.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use diwan_record::{Digest, Entitlement, Handling, KeyRole, PublicKey, Signer, State, Tlp};
use diwan_room::{MemoryLedger, Own, Person, PersonId, Role};

use super::*;

/// A ledger whose commits can be held up, counted and failed.
struct Slow {
    inner: MemoryLedger,
    commits: Arc<AtomicUsize>,
    /// A commit waits for one word; none left means that the disk fails.
    gate: mpsc::Receiver<()>,
}

impl Book for Slow {
    fn ledger(&mut self) -> &mut dyn Ledger {
        &mut self.inner
    }
    fn begin(&mut self) -> Result<(), Fault> {
        Ok(())
    }
    fn commit(&mut self) -> Result<(), Fault> {
        self.gate.recv().map_err(|_| Fault::Unavailable("the disk is full".to_owned()))?;
        self.commits.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

struct Desked {
    desk: Desk,
    end: oneshot::Receiver<Result<(), Fault>>,
    commits: Arc<AtomicUsize>,
    gate: mpsc::Sender<()>,
    told: mpsc::Receiver<Vec<Notice>>,
}

fn desk() -> Desked {
    let signer = |role| Signer::new(role, &[5; 32]);
    let own = Own::new(
        "JOR".parse().unwrap(),
        Digest([1; 32]),
        signer(KeyRole::Release),
        signer(KeyRole::Receipt),
    );
    let (gate, waits) = mpsc::channel();
    let (tell, told) = mpsc::channel();
    let commits = Arc::new(AtomicUsize::new(0));
    let book = Slow { inner: MemoryLedger::default(), commits: Arc::clone(&commits), gate: waits };
    let tell = Box::new(move |notices| drop(tell.send(notices)));
    let room = Room::new(own.unwrap());
    let (desk, end) = start(room, Box::new(book), Clock::default(), tell).unwrap();
    Desked { desk, end, commits, gate, told }
}

fn person(id: &str) -> Event {
    let key: PublicKey = Signer::new(KeyRole::Person, &[7; 32]).public().clone();
    let person = Person {
        id: id.parse::<PersonId>().unwrap(),
        name: id.to_owned(),
        roles: BTreeSet::from([Role::Analyst]),
        entitlement: Entitlement {
            tlp: Tlp::Clear,
            handling: Handling::H0,
            purpose: BTreeSet::new(),
            state: BTreeSet::from([State::Test]),
        },
        key,
        credential: String::new(),
        disabled: false,
    };
    Event::PutPerson { by: None, person: Box::new(person) }
}

#[tokio::test]
async fn nobody_is_answered_and_nothing_told_before_the_commit() {
    let Desked { desk, gate, told, .. } = desk();
    let mut answer = desk.submit(person("ana"), None).await.unwrap();
    while desk.waiting() > 0 {
        tokio::task::yield_now().await;
    }
    assert!(answer.0.try_recv().is_err(), "the step is taken and not yet durable");
    assert!(told.try_recv().is_err());
    gate.send(()).unwrap();
    assert_eq!(answer.wait().await.unwrap(), Outcome::Done);
    assert_eq!(told.recv().unwrap(), [Notice::People]);
}

#[tokio::test]
async fn what_waits_shares_one_commit_and_people_go_first() {
    let Desked { desk, gate, commits, .. } = desk();
    let first = desk.submit(Event::Tick, None).await.unwrap();
    while desk.waiting() > 0 {
        tokio::task::yield_now().await;
    }
    // While the first commit is held up, a backlog of the link and one person gather.
    let mut backlog = Vec::new();
    for _ in 0..100 {
        backlog.push(desk.submit(Event::Tick, None).await.unwrap());
    }
    let ana = desk.submit(person("ana"), None).await.unwrap();
    assert!(
        matches!(desk.lanes().people.front(), Some(Handed { event, .. }) if !is_from_link(event))
    );
    gate.send(()).unwrap();
    first.wait().await.unwrap();
    assert_eq!(commits.load(Ordering::SeqCst), 1);
    gate.send(()).unwrap();
    assert_eq!(ana.wait().await.unwrap(), Outcome::Done, "in the very next commit");
    // A loaded machine may need more batches for the backlog, never one per event.
    for _ in 0..100 {
        let _ = gate.send(());
    }
    for answer in backlog {
        answer.wait().await.unwrap();
    }
    assert!(commits.load(Ordering::SeqCst) < 50);
}

#[tokio::test]
async fn a_full_disk_stops_the_desk_and_acknowledges_nothing() {
    let Desked { desk, gate, end, told, .. } = desk();
    let answer = desk.submit(person("ana"), None).await.unwrap();
    drop(gate);
    assert!(answer.wait().await.is_err(), "what is not durable is not acknowledged");
    assert_eq!(end.await.unwrap(), Err(Fault::Unavailable("the disk is full".to_owned())));
    assert!(told.recv().is_err());
    assert!(desk.hand_in(Event::Tick).await.is_err(), "and nobody waits for ever");
}

#[tokio::test]
async fn whoever_hands_in_too_much_waits_at_the_door() {
    let Desked { desk, gate, .. } = desk();
    let mut waiting = Vec::new();
    let full = async {
        loop {
            waiting.push(desk.submit(Event::Tick, None).await.unwrap());
        }
    };
    assert!(tokio::time::timeout(Duration::from_millis(200), full).await.is_err());
    assert!(waiting.len() <= LINKS_WAITING + limits::BATCH_EVENTS);
    // A person still gets in.
    let ana = desk.submit(person("ana"), None).await.unwrap();
    for _ in 0..100 {
        let _ = gate.send(());
    }
    assert_eq!(ana.wait().await.unwrap(), Outcome::Done);
}
