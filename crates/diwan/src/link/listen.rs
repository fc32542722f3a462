//! Taking calls of partners.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tracing::{debug, warn};

use super::tls::Refused;
use super::{Connection, Links, Why};

/// Callers that may be proving who they are at the same time.
const CALLERS: usize = 256;
/// How long a caller has for it.
const PROOF: Duration = Duration::from_secs(5);

/// Takes calls; each caller proves who it is in its own time, within bounds.
pub(crate) async fn listen(listener: Arc<TcpListener>, links: Links) -> Result<()> {
    links.met.subscribe().wait_for(|met| *met).await?;
    let places = Arc::new(Semaphore::new(CALLERS));
    let mut callers = JoinSet::new();
    loop {
        let place = Arc::clone(&places).acquire_owned().await?;
        while callers.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((tcp, _)) => {
                let links = links.clone();
                callers.spawn(async move {
                    let _place = place;
                    if timeout(PROOF, answer(&links, tcp)).await.is_err() {
                        debug!("a caller did not prove who it is within 5 seconds");
                    }
                });
            }
            Err(fault) => {
                // Out of file handles and the like: it passes.
                warn!("a call could not be taken: {fault}");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn answer(links: &Links, tcp: TcpStream) {
    if tcp.set_nodelay(true).is_err() {
        return;
    }
    match links.identity.answer(tcp).await {
        Ok((partner, stream)) => {
            let connection = Connection { stream: stream.into(), dialled_by: partner.clone() };
            let incoming = links.known().get(&partner).map(|known| known.incoming.clone());
            if let Some(incoming) = incoming {
                // A partner that calls faster than its task looks is calling in vain.
                let _ = incoming.try_send(connection);
            }
        }
        Err(refused) => say_refused(links, &refused),
    }
}

/// Says so in the log, and on the partner's line if the caller named one: whoever set up a wrong
/// key looks there. A link that is up is not touched: anybody can name a partner.
fn say_refused(links: &Links, refused: &Refused) {
    let claimed = refused.claims.as_ref().filter(|claims| links.known().contains_key(*claims));
    match claimed {
        Some(partner) if !links.node.links.state(partner).up => {
            links.say_down(partner, &refused.why);
        }
        Some(_) | None => match refused.why {
            Why::WrongKey => warn!("a caller was refused: its key is of no paired partner"),
            Why::Expired => warn!("a caller was refused: its certificate is not valid today"),
            _ => debug!(code = refused.why.code(), "a caller did not prove who it is"),
        },
    }
}
