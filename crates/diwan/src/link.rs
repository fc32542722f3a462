//! The links with partners: one conversation each, over one TLS connection that both may dial.
//!
//! A partner's task owns its conversation from the first byte to the last, so there is never more
//! than one and the desk hears of its end before the next begins.

mod dial;
mod listen;
mod session;
mod tls;
mod why;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use diwan_record::{PartnerId, Reason, limits};
use diwan_room::{Event, Notice, Partner};
use tokio::net::TcpStream;
use tokio::sync::{broadcast, mpsc, watch};
use tokio::task::JoinSet;
use tracing::{info, warn};

use crate::node::Node;
pub(crate) use listen::listen;
pub use tls::Identity;
pub(crate) use why::Why;

/// The name of the exchange in the TLS handshake.
pub const ALPN: &[u8] = b"diwan/1";
/// Frames that may wait for one partner's connection: its window of entries, each in a frame of
/// its own, and as many receipts.
const OUTBOX_FRAMES: usize = 2 * limits::WINDOW_ENTRIES as usize;

/// The way out to one session: bounded, and never waited for by the desk.
#[derive(Clone, Debug)]
pub(crate) struct Outbox(mpsc::Sender<Out>);

/// What leaves through an [`Outbox`].
#[derive(Debug)]
pub(crate) enum Out {
    Frame(Vec<u8>),
    Hang(Reason),
}

impl Outbox {
    fn new() -> (Self, mpsc::Receiver<Out>) {
        let (sender, receiver) = mpsc::channel(OUTBOX_FRAMES);
        (Self(sender), receiver)
    }

    /// Says whether the session takes it. A partner that lets its outbox fill is hung up by its
    /// write task; what the frame carried stays in the tray.
    pub(crate) fn send(&self, frame: Vec<u8>) -> bool {
        self.0.try_send(Out::Frame(frame)).is_ok()
    }

    pub(crate) fn hang(&self, reason: Reason) {
        // A full or closed outbox ends its session anyway.
        let _ = self.0.try_send(Out::Hang(reason));
    }

    /// Waits until the partner takes what it is sent. Until then nothing more is taken from it:
    /// otherwise it could make us hoard receipts for it.
    async fn wait_for_room(&self) {
        // The places are given back at once; a closed outbox ends the session elsewhere.
        let _ = self.0.reserve_many(OUTBOX_FRAMES / 2).await;
    }
}

/// A connection whose other end has proved to be this partner.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: tokio_rustls::TlsStream<TcpStream>,
    dialled_by: PartnerId,
}

/// What every link needs.
#[derive(Clone, Debug)]
pub(crate) struct Links {
    node: Arc<Node>,
    identity: Arc<Identity>,
    known: Arc<Mutex<BTreeMap<PartnerId, Known>>>,
    /// Whether the partners were read: whoever calls before that would be a stranger.
    met: Arc<watch::Sender<bool>>,
}

/// A paired partner as its link sees it.
#[derive(Debug)]
struct Known {
    partner: Partner,
    /// Where accepted connections go.
    incoming: mpsc::Sender<Connection>,
}

impl Links {
    pub(crate) fn new(node: Arc<Node>, identity: Arc<Identity>) -> Self {
        Self { node, identity, known: Arc::default(), met: Arc::default() }
    }

    /// Keeps one task per paired partner, also for those paired later.
    pub(crate) async fn keep(self) -> Result<()> {
        let mut notices = self.node.notices.subscribe();
        let mut tasks = JoinSet::new();
        // A restart of this task starts every link anew.
        self.known().clear();
        loop {
            self.meet(&mut tasks)?;
            self.met.send_replace(true);
            tokio::select! {
                () = partners_changed(&mut notices) => {}
                Some(ended) = tasks.join_next() => {
                    ended?;
                    anyhow::bail!("the task of a link ended");
                }
            }
        }
    }

    /// Starts a task for every partner that has none, and takes over changed keys and addresses.
    fn meet(&self, tasks: &mut JoinSet<()>) -> Result<()> {
        let partners = self.node.store.reader()?.ledger(|ledger| Partner::all(ledger))?;
        let mut known = self.known();
        for partner in partners {
            if let Some(known) = known.get_mut(&partner.id) {
                known.partner = partner;
                continue;
            }
            let (incoming, connections) = mpsc::channel(2);
            let id = partner.id.clone();
            known.insert(id.clone(), Known { partner, incoming });
            tasks.spawn(self.clone().with_partner(id, connections));
        }
        drop(known);
        self.identity.pin(self.pins());
        Ok(())
    }

    /// One partner's link for as long as the node runs.
    async fn with_partner(self, partner: PartnerId, mut incoming: mpsc::Receiver<Connection>) {
        let mut back_off = dial::BackOff::new(&self.node.own.id, &partner);
        loop {
            let connection = tokio::select! {
                Some(connection) = incoming.recv() => connection,
                connection = dial::until_connected(&self, &partner, &mut back_off) => connection,
            };
            let began = tokio::time::Instant::now();
            let why = self.talk(&partner, connection, &mut incoming).await;
            back_off.after_session(began.elapsed());
            self.say_down(&partner, &why);
        }
    }

    /// Talks over a connection until it ends; a better one takes its place at once.
    async fn talk(
        &self,
        partner: &PartnerId,
        mut connection: Connection,
        incoming: &mut mpsc::Receiver<Connection>,
    ) -> Why {
        loop {
            let dialled_by = connection.dialled_by.clone();
            let session = session::converse(self, partner, connection);
            let ended = tokio::select! {
                why = session => Err(why),
                better = self.better(partner, &dialled_by, incoming) => Ok(better),
            };
            // Awaited, so that the desk hears of the end before it hears of the next beginning.
            let down = Event::LinkDown { partner: partner.clone() };
            if self.node.desk.hand_in(down).await.is_err() {
                return Why::Stopping;
            }
            match ended {
                Ok(better) => connection = better,
                Err(why) => return why,
            }
        }
    }

    /// Waits for a connection that should replace the one dialled by `current`. If both sides
    /// dialled, the one dialled by the smaller code stays; a second one dialled by the same side
    /// means that side has given up its first.
    async fn better(
        &self,
        partner: &PartnerId,
        current: &PartnerId,
        incoming: &mut mpsc::Receiver<Connection>,
    ) -> Connection {
        let preferred = (&self.node.own.id).min(partner);
        loop {
            match incoming.recv().await {
                Some(new) if new.dialled_by == *preferred || new.dialled_by == *current => {
                    return new;
                }
                Some(_) => {}
                None => std::future::pending().await,
            }
        }
    }

    fn say_down(&self, partner: &PartnerId, why: &Why) {
        if let Why::Stopping = why {
            return;
        }
        let words = why.words(partner);
        if self.node.links.down(partner, self.node.clock.now(), why.code(), &words) {
            warn!(party.id = %partner, code = why.code(), "link down: {words}");
            // Nobody may be looking.
            let _ = self.node.notices.send(Notice::Partner(partner.clone()));
        }
    }

    fn say_up(&self, partner: &PartnerId) {
        self.node.links.up(partner, self.node.clock.now());
        info!(party.id = %partner, "link up: {partner} proved to be the partner that was paired");
        let _ = self.node.notices.send(Notice::Partner(partner.clone()));
    }

    fn addresses(&self, partner: &PartnerId) -> Vec<String> {
        self.known().get(partner).map(|known| known.partner.addresses.clone()).unwrap_or_default()
    }

    fn pins(&self) -> tls::Pins {
        self.known().iter().map(|(id, known)| (id.clone(), known.partner.clone())).collect()
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<PartnerId, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn partners_changed(notices: &mut broadcast::Receiver<Notice>) {
    loop {
        match notices.recv().await {
            // Whoever fell behind may have missed it.
            Ok(Notice::People) | Err(broadcast::error::RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}
