//! A real node in a process of its own, and the orders it takes from the measurement.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use diwan::node::Node;
use diwan::people::check_password;
use diwan_record::{
    Entitlement, Handling, ItemId, Kind, PartnerId, Precedence, Purpose, State, Tighten, Tlp,
};
use diwan_room::{
    Ask, Event, NewRecord, Notice, Outcome, Person, PersonId, Release, Terms, Viewer, What,
};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::error::RecvError;

use crate::child::{now_us, reply};
use crate::machine;
use crate::texts::{self, Dice};

/// What a node can be told to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Order {
    /// Two people sign a standing rule: every GREEN report goes to this partner from now on.
    Rule { to: PartnerId, password: String },
    /// Makes bodies ready, so that making them is not measured.
    Prepare { count: usize, bytes: usize },
    /// Hands in what was prepared, so many at a time, and then one more report named `last`.
    /// Answers when the first was handed in and when all were durable here.
    Enter { flying: usize, last: ItemId },
    /// Answers when this item is on the picture.
    Await { item: ItemId },
    /// Answers when the link is up.
    Linked { to: PartnerId },
    /// How many lines wait in the tray for a partner.
    Queued { to: PartnerId },
    /// Records kept so far.
    Records,
    /// Processor time of this process so far, in seconds.
    Cpu,
}

/// Runs a node until there are no more orders.
pub(crate) fn serve(dir: &Path) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let running = runtime.block_on(diwan::run::start(dir))?;
    let node = Arc::clone(&running.node);
    let mut bodies = VecDeque::new();
    while let Some(order) = crate::child::next_order::<Order>()? {
        runtime.block_on(take(&node, &mut bodies, order))?;
    }
    runtime.block_on(running.stop());
    runtime.shutdown_background();
    Ok(())
}

async fn take(node: &Arc<Node>, bodies: &mut VecDeque<Vec<u8>>, order: Order) -> Result<()> {
    match order {
        Order::Rule { to, password } => reply(&sign_rule(node, to, &password).await?),
        Order::Prepare { count, bytes } => {
            let mut dice = Dice::new(now_us());
            bodies.extend((0..count).map(|_| texts::report(&mut dice, bytes)));
            reply(&())
        }
        Order::Enter { flying, last } => {
            reply(&enter_all(node, std::mem::take(bodies), flying, last).await?)
        }
        Order::Await { item } => reply(&on_picture(node, &item).await?),
        Order::Linked { to } => reply(&linked(node, &to).await?),
        Order::Queued { to } => {
            reply(&node.store.reader()?.ledger(|ledger| ledger.queued_count(&to))?)
        }
        Order::Records => reply(&node.store.reader()?.counts()?.records),
        Order::Cpu => reply(&machine::cpu_s(false)?),
    }
}

async fn sign_rule(node: &Node, to: PartnerId, password: &str) -> Result<()> {
    let (asks, signs): (PersonId, PersonId) = ("watch".parse()?, "releasing".parse()?);
    let id = ItemId(texts::Dice::new(now_us()).bytes());
    let ceiling = Entitlement {
        tlp: Tlp::Green,
        handling: Handling::H0,
        purpose: BTreeSet::from([Purpose::CounterSmuggling]),
        state: BTreeSet::from([State::Exercise]),
    };
    let ask = Ask {
        what: What::Standing(Terms { ceiling, kinds: BTreeSet::from([Kind::Report]) }),
        to: vec![to],
        onward: Vec::new(),
        precedence: Precedence::Routine,
        tighten: Tighten::default(),
        remark: String::new(),
    };
    done(node.desk.hand_in(Event::AskRelease { by: asks, id, ask }).await?)?;
    let (request, person) = node
        .store
        .reader()?
        .ledger(|ledger| Ok((Release::find(ledger, &id)?, Person::find(ledger, &signs)?)))?;
    let request = request.context("no such request")?.request_digest();
    let key = check_password(&person.context("nobody may sign")?.credential, password);
    let approval = key.context("a wrong password")?.approve(&request);
    done(node.desk.hand_in(Event::SignRelease { by: signs, id, request, approval }).await?)
}

fn done(outcome: Outcome) -> Result<()> {
    match outcome {
        Outcome::Refused(reason) => bail!("refused: {reason}"),
        _ => Ok(()),
    }
}

/// When the first was handed in and the last was durable.
async fn enter_all(
    node: &Arc<Node>,
    bodies: VecDeque<Vec<u8>>,
    flying: usize,
    last: ItemId,
) -> Result<(u64, u64)> {
    let bodies = Arc::new(Mutex::new(bodies));
    let mut hands = tokio::task::JoinSet::new();
    let began = now_us();
    for number in 0..flying {
        let (node, bodies) = (Arc::clone(node), Arc::clone(&bodies));
        let mut dice = Dice::new(began.wrapping_add(u64::try_from(number).unwrap_or(0) << 32));
        hands.spawn(async move {
            loop {
                let body = bodies.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                let Some(body) = body else {
                    return anyhow::Ok(());
                };
                done(node.desk.hand_in(report(body, ItemId(dice.bytes()))?).await?)?;
            }
        });
    }
    while let Some(hand) = hands.join_next().await {
        hand??;
    }
    let body = texts::report(&mut Dice::new(began), 1000);
    done(node.desk.hand_in(report(body, last)?).await?)?;
    Ok((began, now_us()))
}

fn report(body: Vec<u8>, item: ItemId) -> Result<Event> {
    let new = NewRecord {
        kind: Kind::Report,
        item: None,
        fresh: item,
        replaces: None,
        variant: 0,
        label: texts::label(Tlp::Green),
        precedence: Precedence::Routine,
        body,
    };
    Ok(Event::Enter { by: "analyst".parse()?, new })
}

async fn on_picture(node: &Node, item: &ItemId) -> Result<u64> {
    let mut notices = node.notices.subscribe();
    let label = texts::label(Tlp::Green);
    let entitlement = Entitlement {
        tlp: label.tlp,
        handling: label.handling,
        purpose: label.purpose,
        state: BTreeSet::from([label.state]),
    };
    let viewer = Viewer { entitlement, state: State::Exercise };
    loop {
        if node.store.reader()?.item(item, &viewer)?.is_some() {
            return Ok(now_us());
        }
        loop {
            match notices.recv().await {
                Ok(Notice::Ledger) | Err(RecvError::Lagged(_)) => break,
                Ok(_) => {}
                Err(RecvError::Closed) => bail!("the node has stopped"),
            }
        }
    }
}

async fn linked(node: &Node, to: &PartnerId) -> Result<u64> {
    for _ in 0..3000 {
        if node.links.state(to).up {
            return Ok(now_us());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let line = node.links.state(to);
    ensure!(line.up, "no link with {to} after 30 seconds: {:?}", line.reason);
    Ok(now_us())
}
