//! One conversation over one connection.

use std::collections::VecDeque;
use std::sync::Arc;

use diwan_record::PartnerId;
use diwan_room::{Arrival, Event, KeyBook, Outcome};
use tokio::io::AsyncRead;
use tracing::info;

use super::wire::{FrameReader, PACE, write_all};
use super::{Connection, Links, Outbox, Why};
use crate::chance;
use crate::desk::Answer;

/// Frames of one partner that wait at the desk: the next is verified while one is written, and no
/// partner fills the queue.
const AT_DESK: usize = 4;
/// Frames up to this size are verified on the spot; larger ones would hold up other links.
const VERIFY_BYTES: usize = 4 << 10;

/// Talks until the conversation ends; may be dropped at any time.
pub(super) async fn converse(links: &Links, partner: &PartnerId, connection: Connection) -> Why {
    let (read, write) = tokio::io::split(connection.stream);
    let (outbox, post) = Outbox::new();
    tokio::select! {
        why = write_all(write, post, PACE) => why,
        why = read_all(links, partner, read, outbox) => why,
    }
}

async fn read_all(
    links: &Links,
    partner: &PartnerId,
    read: impl AsyncRead + Unpin,
    outbox: Outbox,
) -> Why {
    let mut reader = FrameReader::new(read);
    let heard = || links.node.links.heard(partner, links.node.clock.now());
    // In TLS 1.3 a dialler is done before the other side has judged its certificate, so the link
    // is up only when the other side has said that it is there.
    match reader.next(heard).await {
        Ok(first) if first.is_empty() => {}
        Ok(_) => return Why::OtherLanguage,
        Err(why) => return why,
    }
    links.say_up(partner);
    let up = Event::LinkUp { partner: partner.clone(), nonce: chance::bytes() };
    let desk = &links.node.desk;
    let Ok(answer) = desk.submit(up, Some(outbox.clone())).await else {
        return Why::Stopping;
    };
    let mut at_desk = VecDeque::from([answer]);
    loop {
        let frame = match reader.next(heard).await {
            Ok(frame) if frame.is_empty() => continue,
            Ok(frame) => frame,
            Err(why) => return why,
        };
        let arrival = match verify(frame, links.node.keys.get()).await {
            Ok(arrival) => Box::new(arrival),
            Err(why) => return why,
        };
        let event = Event::Arrived { partner: partner.clone(), arrival };
        let Ok(answer) = desk.submit(event, None).await else {
            return Why::Stopping;
        };
        at_desk.push_back(answer);
        if let Err(why) = drain(partner, &mut at_desk, &outbox).await {
            return why;
        }
    }
}

/// Checks the signatures of a frame's records, beside the desk and in parallel.
async fn verify(frame: Vec<u8>, keys: Arc<KeyBook>) -> Result<Arrival, Why> {
    let arrival = if frame.len() <= VERIFY_BYTES {
        Arrival::read(&frame, &keys)
    } else {
        let verifying = tokio::task::spawn_blocking(move || Arrival::read(&frame, &keys));
        verifying.await.map_err(|_| Why::Stopping)?
    };
    arrival.map_err(Why::Rules)
}

/// Waits while too much of this partner lies at the desk, or while it does not take what it is
/// sent.
async fn drain(
    partner: &PartnerId,
    at_desk: &mut VecDeque<Answer>,
    outbox: &Outbox,
) -> Result<(), Why> {
    while at_desk.len() >= AT_DESK {
        let Some(answer) = at_desk.pop_front() else {
            break;
        };
        let Ok(outcome) = answer.wait().await else {
            return Err(Why::Stopping);
        };
        if let Outcome::Refused(reason) = outcome {
            info!(party.id = %partner, code = reason.code(), "frame of {partner} refused: {reason}");
        }
    }
    outbox.wait_for_room().await;
    Ok(())
}
