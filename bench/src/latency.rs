//! From the second signature to the partner's open screen, idle and behind a long queue.

mod bare;

use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use diwan::exercise::Cast;
use diwan_record::{ItemId, PartnerId, Tlp};
use serde_json::{Value, json};

use crate::child::Child;
use crate::exchange::{BODY, node};
use crate::figures::{Figure, Times};
use crate::http::{Screen, Told, seat, text};
use crate::node::Order;
use crate::texts::{self, Dice};
use crate::{Bench, say};

/// Longest time to wait for one release.
const LOST: Duration = Duration::from_secs(30);
/// Records handed in at a time while the queue is filled.
const FLYING: usize = 400;

/// A record that was asked to be released and waits for the second signature.
struct Asked {
    item: String,
    path: String,
    sign: Value,
}

/// The people who release at the author.
struct People {
    writes: Screen,
    asks: Screen,
    signs: Screen,
}

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let (count, queued) = (bench.size(300, 10), bench.size(150_000, 2_000));
    let dir = bench.empty("latency")?;
    let bare = bare::round_trips(&bench.empty("bare")?, count)?;
    let cast = diwan::exercise::nodes::make(&dir, &["JOR", "IRQ"])?;
    let to: PartnerId = "IRQ".parse()?;
    let mut author = node(&dir, "jor")?;
    let mut partner = node(&dir, "irq")?;
    author.ask::<u64>(&Order::Linked { to: to.clone() })?;
    partner.ask::<u64>(&Order::Records)?;
    let people = People::sign_in(&cast)?;

    let asked = people.ask(count)?;
    let watching = watch(&cast)?;
    let pause = Duration::from_millis(20);
    let Seen { times: idle, .. } = release(&people, &asked, &watching, pause, || Ok(true))?;
    say(&format!("latency idle: p50 {:.1} ms, p99 {:.1} ms", idle.at(0.5), idle.at(0.99)));
    partner.end()?;

    let asked = people.ask(count)?;
    fill(&cast, &mut author, &to, queued)?;
    let before: u64 = author.ask(&Order::Queued { to: to.clone() })?;
    let mut partner = node(&dir, "irq")?;
    author.ask::<u64>(&Order::Linked { to: to.clone() })?;
    partner.ask::<u64>(&Order::Records)?;
    let watching = watch(&cast)?;
    let mut left = before;
    let Seen { times: behind, told } = release(&people, &asked, &watching, Duration::ZERO, || {
        left = author.ask(&Order::Queued { to: to.clone() })?;
        Ok(left > 0)
    })?;
    let released = behind.count();
    say(&format!(
        "latency behind a queue: p50 {:.1} ms, p99 {:.1} ms; {released} releases, {told} told by \
         the lane, {before} waited at first, {left} at last",
        behind.at(0.5),
        behind.at(0.99)
    ));
    author.end()?;
    partner.end()?;

    let next_to = format!("bare round trip {:.2} ms", bare.at(0.5));
    let figure = |name: &str, value: f64| Figure::new(name, value, "ms");
    Ok(vec![
        figure("bare round trip, p50", bare.at(0.5)),
        figure("bare round trip, p99", bare.at(0.99)),
        figure("FLASH to the partner's screen, idle, p50", idle.at(0.5))
            .next_to(&next_to, idle.at(0.5) / bare.at(0.5)),
        figure("FLASH to the partner's screen, idle, p99", idle.at(0.99)).below(100.0),
        figure("FLASH behind ROUTINE, p50", behind.at(0.5))
            .next_to("the same when idle", behind.at(0.5) / idle.at(0.5)),
        figure("FLASH behind ROUTINE, p99", behind.at(0.99)).below(100.0),
        Figure::new("ROUTINE queued at the first FLASH", as_f64(before), "records"),
        Figure::new("ROUTINE queued at the last FLASH", as_f64(left), "records"),
        Figure::new("FLASH released behind ROUTINE", as_f64(released), "releases"),
        Figure::new("of these told by the live lane itself", as_f64(told), "releases")
            .next_to("all released", as_f64(told) / as_f64(released.max(1))),
    ])
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

/// The partner's open screen.
fn watch(cast: &Cast) -> Result<Watching> {
    let (seat, login) = seat(cast, "IRQ", "watch-officer")?;
    let screen = Screen::sign_in(seat, login)?;
    let lane = screen.live()?;
    Ok(Watching { screen, lane })
}

/// ROUTINE reports that a standing rule puts in the tray of a partner that is not there.
fn fill(cast: &Cast, author: &mut Child, to: &PartnerId, count: usize) -> Result<()> {
    let password = seat(cast, "JOR", "analyst")?.1.password.clone();
    author.ask::<()>(&Order::Rule { to: to.clone(), password })?;
    author.ask::<()>(&Order::Prepare { count, bytes: BODY })?;
    let last = ItemId(Dice::new(1).bytes());
    author.ask::<(u64, u64)>(&Order::Enter { flying: FLYING, last })?;
    Ok(())
}

/// What the partner's map reads when it is told to read again.
const MAP: &str = "/api/picture/map?state=exercise&bbox=25,20,60,45&limit=1000";

/// The partner's screen with its live lane.
struct Watching {
    screen: Screen,
    lane: mpsc::Receiver<Told>,
}

/// How long releases took, and how many were told by the lane itself.
#[derive(Default)]
struct Seen {
    times: Times,
    told: u64,
}

/// Signs one after another, each when the one before has arrived, while `go_on` says so.
fn release(
    people: &People,
    asked: &[Asked],
    watching: &Watching,
    pause: Duration,
    mut go_on: impl FnMut() -> Result<bool>,
) -> Result<Seen> {
    let mut seen = Seen::default();
    for one in asked {
        if !go_on()? {
            break;
        }
        std::thread::sleep(pause);
        let began = Instant::now();
        people.signs.post(&one.path, &one.sign)?;
        let (at, told) = watching.arrival(&one.item, began + LOST)?;
        seen.times.add(at.duration_since(began));
        seen.told += u64::from(told);
    }
    Ok(seen)
}

impl Watching {
    /// When the screen had the item, and whether the lane told it. Told to read again instead, the
    /// screen reads its map, as the page does.
    fn arrival(&self, item: &str, until: Instant) -> Result<(Instant, bool)> {
        loop {
            let wait = until.saturating_duration_since(Instant::now());
            let told =
                self.lane.recv_timeout(wait).context("a release did not reach the screen")?;
            let is_it = |told: &Told| told.event == "item" && told.item.as_deref() == Some(item);
            if is_it(&told) {
                return Ok((told.at, true));
            }
            if told.event == "refresh" {
                let map = self.screen.get(MAP)?;
                let read = Instant::now();
                // What the lane told in the meantime came earlier.
                if let Some(told) = self.lane.try_iter().find(is_it) {
                    return Ok((told.at, true));
                }
                if String::from_utf8_lossy(&map).contains(item) {
                    return Ok((read, false));
                }
            }
        }
    }
}

impl People {
    fn sign_in(cast: &Cast) -> Result<Self> {
        let screen = |role| {
            let (seat, login) = seat(cast, "JOR", role)?;
            Screen::sign_in(seat, login)
        };
        Ok(Self {
            writes: screen("analyst")?,
            asks: screen("watch-officer")?,
            signs: screen("releasing-officer")?,
        })
    }

    /// Writes reports and asks for their release; AMBER, so that the standing rule leaves them.
    fn ask(&self, count: usize) -> Result<Vec<Asked>> {
        let mut dice = Dice::new(crate::child::now_us());
        let label = texts::label(Tlp::Amber);
        let label = json!({
            "tlp": label.tlp.code(), "handling": label.handling.code(), "orcon": false,
            "purpose": ["counter-smuggling"], "legal_basis": label.legal_basis.code(),
            "review": label.review, "state": label.state.code(),
        });
        let mut asked = Vec::new();
        for _ in 0..count {
            let body: Value = serde_json::from_slice(&texts::report(&mut dice, BODY))?;
            let record =
                json!({ "kind": "report", "label": label, "precedence": "FLASH", "body": body });
            let written = self.writes.post("/api/records", &record)?;
            let request = json!({
                "digests": [text(&written, "digest")?], "to": ["IRQ"], "onward": [],
                "precedence": "FLASH",
            });
            let request = self.asks.post("/api/releases", &request)?;
            asked.push(Asked {
                item: text(&written, "item")?,
                path: format!("/api/releases/{}/sign", text(&request, "id")?),
                sign: json!({ "digest_of_request": text(&request, "digest_of_request")? }),
            });
        }
        Ok(asked)
    }
}
