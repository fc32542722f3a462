//! The closed list of running tasks, how each is watched, and how all of them end.
//!
//! The desk is the spine: when it stops, the program stops. Everything else is a rib: it is
//! started again, and health shows it.

use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow};
use diwan_room::{Event, Fault, KeyBook, Notice, Room};
use tokio::net::TcpListener;
use tokio::sync::{Notify, broadcast, oneshot};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tracing::{error, info, warn};

use crate::clock::Clock;
use crate::config::Config;
use crate::health::{Task, TaskBoard, TaskState};
use crate::keys::{NodeDir, Secrets};
use crate::link::{Identity, Links, listen};
use crate::node::{Keys, LinkBoard, NOTICES, Node};
use crate::projector::{Projector, Waiting, catch_up};
use crate::sources::{Sources, keep_polling};
use crate::{api, desk};

/// How often the room is told that time passes.
const TICK: Duration = Duration::from_secs(5);
/// How long a failed rib rests before it is started again.
const REST: Duration = Duration::from_secs(1);
/// How long those who only look have to let go of the ledger.
const LAST_LOOK: Duration = Duration::from_millis(400);
/// How long the desk has to finish its batch when the node stops.
const LAST_BATCH: Duration = Duration::from_millis(1200);

/// A node with all its tasks.
#[derive(Debug)]
pub struct Running {
    pub node: Arc<Node>,
    /// Where partners reach it.
    pub link: SocketAddr,
    /// Where people reach it.
    pub screens: SocketAddr,
    ribs: JoinSet<()>,
    ends: Vec<(Task, AbortHandle, Arc<Notify>)>,
    waiting: Waiting,
    projector: thread::JoinHandle<()>,
    desk_end: oneshot::Receiver<Result<(), Fault>>,
}

/// Opens a node's directory and starts everything.
///
/// # Errors
/// Says what is missing, damaged, held by another process or already listened on.
pub async fn start(dir: &Path) -> Result<Running> {
    let config = Config::load(dir)?;
    let dir = NodeDir::new(dir);
    let clock = Clock::default();
    let secrets = dir.open(&config, clock.now())?;
    let store = diwan_store::open(&dir.store())?;
    let writer = store.writer()?;
    catch_up(&store)?;
    let Secrets { own, own_again, card, tls, .. } = secrets;
    let keys = Keys::new(store.reader()?.ledger(|ledger| KeyBook::load(&own, ledger))?);
    let link = bind(config.link.listen, "partners").await?;
    let screens = bind(config.screens.listen, "people").await?;

    let waiting = Waiting::default();
    let notices = broadcast::Sender::new(NOTICES);
    let tell = {
        let waiting = waiting.clone();
        Box::new(move |notices: Vec<Notice>| waiting.add(notices))
    };
    let (desk, desk_end) = desk::start(Room::new(own), Box::new(writer), clock.clone(), tell)?;
    let identity = Arc::new(Identity::new(&card.id, &tls)?);
    let tasks = TaskBoard::default();
    tasks.set(Task::Desk, TaskState::Running);
    let projector = Projector {
        store: store.clone(),
        own: own_again,
        keys: keys.clone(),
        notices: notices.clone(),
        tasks: tasks.clone(),
        waiting: waiting.clone(),
    };
    let projector = projector.start()?;
    let sources = Sources::new(&config.sources);
    let node = Arc::new(Node {
        own: card,
        config,
        desk,
        store,
        notices,
        links: LinkBoard::default(),
        keys,
        tasks,
        sources,
        started: clock.now(),
        clock,
    });
    let mut running = Running {
        link: link.local_addr()?,
        screens: screens.local_addr()?,
        node,
        ribs: JoinSet::new(),
        ends: Vec::new(),
        waiting,
        projector,
        desk_end,
    };
    running.start_ribs(identity, link, screens);
    Ok(running)
}

async fn bind(address: SocketAddr, who: &str) -> Result<TcpListener> {
    let bound = TcpListener::bind(address).await;
    bound.with_context(|| format!("`{address}`, where {who} reach this node, is not free"))
}

impl Running {
    fn start_ribs(&mut self, identity: Arc<Identity>, link: TcpListener, screens: TcpListener) {
        let (link, screens) = (Arc::new(link), Arc::new(screens));
        let links = Links::new(Arc::clone(&self.node), identity);
        let node = Arc::clone(&self.node);
        self.rib(Task::Ticker, move || tick(Arc::clone(&node)));
        let calls = links.clone();
        self.rib(Task::Listener, move || listen(Arc::clone(&link), calls.clone()));
        self.rib(Task::Links, move || links.clone().keep());
        let node = Arc::clone(&self.node);
        self.rib(Task::Screens, move || serve(Arc::clone(&node), Arc::clone(&screens)));
        let node = Arc::clone(&self.node);
        self.rib(Task::Feeds, move || keep_polling(Arc::clone(&node)));
        info!(
            "{} is at work: partners at {}, people at http://{}",
            self.node.own.id, self.link, self.screens
        );
    }

    /// Keeps a task running: one that fails or panics is started again after a rest.
    fn rib<F>(&mut self, task: Task, make: impl Fn() -> F + Send + 'static)
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let tasks = self.node.tasks.clone();
        let again = Arc::new(Notify::new());
        let asked = Arc::clone(&again);
        let end = self.ribs.spawn(async move {
            loop {
                tasks.set(task, TaskState::Running);
                // Dropped with this future, so that stopping the rib stops what it runs.
                let mut one = JoinSet::new();
                one.spawn(make());
                let ended = tokio::select! {
                    ended = one.join_next() => ended,
                    () = asked.notified() => None,
                };
                let why = match ended {
                    None => "somebody asked for it".to_owned(),
                    Some(Ok(Ok(()))) => "it ended by itself".to_owned(),
                    Some(Ok(Err(fault))) => format!("{fault:#}"),
                    Some(Err(broken)) => format!("it broke a promise: {broken}"),
                };
                warn!(task = task.name(), "the task `{}` is started again: {why}", task.name());
                tasks.set(task, TaskState::Restarting(why));
                sleep(REST).await;
            }
        });
        self.ends.push((task, end, again));
    }

    /// Ends a rib as if it had failed; it is started again like any that fails.
    pub fn restart(&self, task: Task) {
        self.ends.iter().filter(|(one, _, _)| *one == task).for_each(|(_, _, again)| {
            again.notify_one();
        });
    }

    /// Runs until the spine breaks.
    ///
    /// # Errors
    /// Says which promise was broken, or which fault stopped the desk.
    pub async fn until_broken(&mut self) -> Result<()> {
        let why = match (&mut self.desk_end).await {
            Ok(Ok(())) => anyhow!("it was closed"),
            Ok(Err(fault)) => anyhow!(fault),
            Err(_) => anyhow!("a step broke a promise of the room; the line above says which"),
        };
        self.node.tasks.set(Task::Desk, TaskState::Stopped);
        Err(why.context("the desk stopped, and nothing more is written"))
    }

    /// Stops everything in good order: nobody new, the last batch, then the end.
    pub async fn stop(mut self) {
        for (task, end, _) in self.ends.drain(..) {
            end.abort();
            self.node.tasks.set(task, TaskState::Stopped);
        }
        while self.ribs.join_next().await.is_some() {}
        self.node.desk.close();
        if timeout(LAST_BATCH, &mut self.desk_end).await.is_err() {
            error!("the desk did not end in time; its last batch may be undone");
        }
        self.waiting.close();
        let released = || Arc::strong_count(&self.node) == 1 && self.projector.is_finished();
        let patience = Instant::now() + LAST_LOOK;
        // So that whoever starts next finds the ledger free.
        while !released() && Instant::now() < patience {
            sleep(Duration::from_millis(5)).await;
        }
        info!("{} has stopped", self.node.own.id);
    }
}

async fn tick(node: Arc<Node>) -> Result<()> {
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        node.desk.hand_in(Event::Tick).await?;
    }
}

async fn serve(node: Arc<Node>, screens: Arc<TcpListener>) -> Result<()> {
    crate::screens::serve(api::router(node), &screens).await
}
