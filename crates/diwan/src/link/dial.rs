//! Dialling a partner until it answers.

use std::time::Duration;

use diwan_record::PartnerId;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::{Connection, Links, Why};
use crate::chance;

const FIRST_MS: u64 = 200;
const LONGEST_MS: u64 = 30_000;
/// Where both sides dial, the larger code lets the smaller one try first.
const YIELD_MS: u64 = 2_000;
/// A conversation this long shows that the link is sound, so dialling starts over quickly.
const SOUND: Duration = Duration::from_secs(30);
const ANSWER: Duration = Duration::from_secs(10);

/// How long to wait before the next try: doubled each time, and never the same on both sides.
#[derive(Debug)]
pub(super) struct BackOff {
    next_ms: u64,
    yield_ms: u64,
}

impl BackOff {
    pub(super) fn new(own: &PartnerId, partner: &PartnerId) -> Self {
        let yield_ms = if own > partner { YIELD_MS } else { 0 };
        Self { next_ms: 0, yield_ms }
    }

    pub(super) fn after_session(&mut self, length: Duration) {
        if length >= SOUND {
            self.next_ms = FIRST_MS;
        }
    }

    fn next(&mut self) -> Duration {
        let spread = u64::from_be_bytes(chance::bytes()) % FIRST_MS.max(self.next_ms / 2);
        let wait = self.next_ms + spread + self.yield_ms;
        self.next_ms = (self.next_ms * 2).clamp(FIRST_MS, LONGEST_MS);
        Duration::from_millis(wait)
    }
}

/// Dials until the partner answers and proves who it is. Waits for ever if no address is known.
pub(super) async fn until_connected(
    links: &Links,
    partner: &PartnerId,
    back_off: &mut BackOff,
) -> Connection {
    loop {
        sleep(back_off.next()).await;
        let addresses = links.addresses(partner);
        if addresses.is_empty() {
            // An earlier reason says more than that nobody dials.
            if links.node.links.state(partner).reason.is_none() {
                links.say_down(partner, &Why::Waiting);
            }
            sleep(Duration::from_millis(LONGEST_MS)).await;
            continue;
        }
        links.node.links.connecting(partner, true);
        let mut last = Why::Unreachable("no address is known".to_owned());
        for address in addresses {
            match timeout(ANSWER, connect(links, partner, &address)).await {
                Ok(Ok(connection)) => return connection,
                Ok(Err(why)) => last = why,
                Err(_) => last = Why::Unreachable("no answer within 10 seconds".to_owned()),
            }
        }
        links.say_down(partner, &last);
    }
}

async fn connect(links: &Links, partner: &PartnerId, address: &str) -> Result<Connection, Why> {
    let unreachable = |fault: std::io::Error| Why::Unreachable(fault.kind().to_string());
    let tcp = TcpStream::connect(address).await.map_err(unreachable)?;
    // Small frames of receipts must not wait for larger ones.
    tcp.set_nodelay(true).map_err(unreachable)?;
    let stream = links.identity.dial(tcp, partner).await?;
    Ok(Connection { stream: stream.into(), dialled_by: links.node.own.id.clone() })
}
