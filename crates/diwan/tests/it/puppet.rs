//! A partner that speaks the exchange with its real keys and does not behave.

use std::time::Duration;

use diwan::chance;
use diwan::config::Config;
use diwan::keys::NodeDir;
use diwan_record::{Digest, EntryKind, PartnerId, Precedence, bytes, limits};
use diwan_room::{Arrival, Effect, Event, Frame, Holding, KeyBook, Own, Room, partner_holds};
use diwan_store::Writer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::client::TlsStream;

use crate::peers::Caller;
use crate::world::{Side, World, agree, eventually, now, pair};

/// Plays a stopped node over a socket of its own.
struct Puppet {
    room: Room,
    own: Own,
    writer: Writer,
    partner: PartnerId,
    stream: TlsStream<TcpStream>,
}

impl Puppet {
    /// Calls `partner` as `side`, up to the point where both have said that they are there.
    async fn call(side: &Side, partner: &Side) -> Self {
        let config = Config::load(&side.path).unwrap();
        let dir = NodeDir::new(&side.path);
        let secrets = dir.open(&config, now()).unwrap();
        let writer = diwan_store::open(&dir.store()).unwrap().writer().unwrap();
        let mut stream = Caller::of(side).call(partner).await.unwrap();
        stream.write_all(&[0; 4]).await.unwrap();
        let mut puppet = Self {
            room: Room::new(secrets.own),
            own: secrets.own_again,
            writer,
            partner: partner.id.clone(),
            stream,
        };
        assert!(puppet.read().await.is_empty());
        puppet
    }

    fn step(&mut self, event: Event) -> Vec<Vec<u8>> {
        self.writer.begin().unwrap();
        let (_, effects) = self.room.step(now(), event, &mut self.writer).unwrap();
        self.writer.commit().unwrap();
        let frames = effects.into_iter().filter_map(|effect| match effect {
            Effect::Send { frame, .. } => Some(frame),
            Effect::Hang { reason, .. } => panic!("{reason}"),
            Effect::Notice(_) => None,
        });
        frames.collect()
    }

    /// Both say hello; gives what our room would send next.
    async fn greet(&mut self) -> Vec<Vec<u8>> {
        let partner = self.partner.clone();
        for hello in self.step(Event::LinkUp { partner, nonce: chance::bytes() }) {
            self.send(&hello).await;
        }
        let mut frames = Vec::new();
        while frames.is_empty() {
            let hello = self.read().await;
            frames = self.take(&hello);
        }
        frames
    }

    fn take(&mut self, frame: &[u8]) -> Vec<Vec<u8>> {
        if frame.is_empty() {
            return Vec::new();
        }
        let keys = KeyBook::load(&self.own, &self.writer).unwrap();
        let arrival = Box::new(Arrival::read(frame, &keys).unwrap());
        self.step(Event::Arrived { partner: self.partner.clone(), arrival })
    }

    async fn send(&mut self, frame: &[u8]) {
        let length = u32::try_from(frame.len()).unwrap();
        self.stream.write_all(&length.to_be_bytes()).await.unwrap();
        self.stream.write_all(frame).await.unwrap();
    }

    async fn read(&mut self) -> Vec<u8> {
        let length = self.stream.read_u32().await.unwrap();
        let mut frame = vec![0; usize::try_from(length).unwrap()];
        self.stream.read_exact(&mut frame).await.unwrap();
        frame
    }
}

/// A report that waits in IRQ's tray for JOR, with IRQ stopped and JOR running.
async fn waiting_report(world: &World) -> (Side, Side, Digest) {
    let (mut jor, mut irq) = (world.node("JOR").await, world.node("IRQ").await);
    pair(&jor, &irq).await;
    agree(&jor, &irq).await;
    jor.stop().await;
    let digest = irq.report("a convoy left at dawn", Precedence::Priority).await;
    irq.release(&[digest], &[&jor]).await;
    irq.stop().await;
    jor.start().await;
    (jor, irq, digest)
}

/// A mark as other systems put it beside a message: seen there already, do not pass on.
const MARK: &str = "_flow-tags_: JOR has seen this";

#[tokio::test(flavor = "multi_thread")]
async fn attack_011_copies_and_order_that_nobody_signed_change_nothing() {
    let world = World::new();
    let (jor, irq, digest) = waiting_report(&world).await;
    let mut puppet = Puppet::call(&irq, &jor).await;
    for frame in puppet.greet().await {
        let mut frame = Frame::read(&frame).unwrap();
        if let Frame::Give { papers, .. } = &mut frame {
            papers.0.extend_from_within(..);
            papers.0.reverse();
        }
        puppet.send(&frame.to_bytes()).await;
    }
    eventually("it arrived all the same", || async { jor.holds(&digest) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_011_a_mark_nobody_signed_ends_the_conversation_and_the_next_delivers() {
    let world = World::new();
    let (jor, irq, digest) = waiting_report(&world).await;
    let beside = |frame: &[u8]| {
        let mut frame = Frame::read(frame).unwrap();
        if let Frame::Give { papers, .. } = &mut frame {
            papers.0.push(bytes::write(&MARK));
        }
        frame.to_bytes()
    };
    let behind = |frame: &[u8]| [frame, &bytes::write(&MARK)].concat();
    for mark in [beside as fn(&[u8]) -> Vec<u8>, behind] {
        let mut puppet = Puppet::call(&irq, &jor).await;
        for frame in puppet.greet().await {
            puppet.send(&mark(&frame)).await;
        }
        eventually("people are told that it broke the rules", || async {
            let line = jor.node().links.state(&irq.id);
            !line.up && line.reason.is_some_and(|(code, _)| code.starts_with("form/"))
        })
        .await;
        assert!(!jor.holds(&digest));
    }
    let mut honest = Puppet::call(&irq, &jor).await;
    for frame in honest.greet().await {
        honest.send(&frame).await;
    }
    eventually("it arrived", || async { jor.holds(&digest) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_012_a_partner_that_reads_a_byte_a_second_costs_the_others_nothing() {
    const REPORTS: usize = 600;
    let world = World::new();
    let (mut jor, mut irq, tur) =
        (world.node("JOR").await, world.node("IRQ").await, world.node("TUR").await);
    for partner in [&irq, &tur] {
        pair(&jor, partner).await;
        agree(&jor, partner).await;
    }
    irq.stop().await;
    let mut puppet = Puppet::call(&irq, &jor).await;
    let partner = puppet.partner.clone();
    for hello in puppet.step(Event::LinkUp { partner, nonce: chance::bytes() }) {
        puppet.send(&hello).await;
    }
    let slow = tokio::spawn(async move {
        // All of it, not only its stream: when this ends, its ledger is free again.
        let mut puppet = puppet;
        let mut second = tokio::time::interval(Duration::from_secs(1));
        loop {
            second.tick().await;
            if puppet.stream.read_u8().await.is_err()
                || puppet.stream.write_all(&[0; 4]).await.is_err()
            {
                return;
            }
        }
    });
    let digests = many_reports(&mut jor, REPORTS).await;
    for hundred in digests.chunks(limits::RELEASE_RECORDS) {
        jor.release(hundred, &[&irq, &tur]).await;
    }
    let last = digests.last().unwrap();
    eventually("the other partner holds and receipted everything", || async {
        let holding = jor.read(|ledger| partner_holds(ledger, &tur.id, EntryKind::Release, last));
        matches!(holding, Holding::Receipted(..))
    })
    .await;
    assert!(digests.iter().all(|digest| tur.holds(digest)));

    // Nothing for the slow one was dropped, and no more was sent than its window.
    let (mut sent, mut queued) = (0, 0);
    for digest in &digests {
        let holding = jor.read(|ledger| partner_holds(ledger, &irq.id, EntryKind::Release, digest));
        match holding {
            Holding::Sent(_) => sent += 1,
            Holding::Queued => queued += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(sent + queued, REPORTS);
    assert!(sent <= usize::try_from(limits::WINDOW_ENTRIES).unwrap(), "{sent} beyond the window");
    assert!(queued > 0);
    slow.abort();
    // Back as itself, it gets the rest.
    let _ = slow.await;
    irq.start().await;
    eventually("everything arrived", || async { irq.holds(last) }).await;
    assert!(digests.iter().all(|digest| irq.holds(digest)));
}

/// Many at once, as the desk would take them in batches.
async fn many_reports(side: &mut Side, count: usize) -> Vec<Digest> {
    let mut digests = Vec::with_capacity(count);
    let mut writing = JoinSet::new();
    for number in 0..count {
        let event = side.new_report(&format!("report {number}"), Precedence::Routine);
        let desk = side.node().desk.clone();
        writing.spawn(async move { desk.hand_in(event).await.unwrap() });
    }
    while let Some(outcome) = writing.join_next().await {
        match outcome.unwrap() {
            diwan_room::Outcome::Record { digest, .. } => digests.push(digest),
            other => panic!("{other:?}"),
        }
    }
    digests
}
