//! After the network healed: what should have arrived has, or somebody can see why not.

use diwan_record::{Digest, EntryKind, PartnerId};
use diwan_room::{
    AnswerDoc, Holding, Ledger, RecallDoc, Release, ReleaseState, Source, Stream, What,
    partner_holds,
};

use super::{Checked, both_sound, picture};
use crate::world::World;

pub(crate) fn after_healing(world: &mut World) -> Checked {
    for (one, other) in world.pairs() {
        for (at, to) in [(one, other), (other, one)] {
            let told = |what: String| {
                format!("after healing, {} to {}: {what}", world.nodes[at].id, world.nodes[to].id)
            };
            streams_agree(world, at, to).map_err(told)?;
            if both_sound(world, at, to) {
                everything_arrived(world, at, to).map_err(told)?;
                recalls_are_answered(world, at, to).map_err(told)?;
            }
        }
    }
    for at in 0..world.nodes.len() {
        if world.nodes[at].cheats {
            continue;
        }
        let mut chance = world.chance.clone();
        let node = &world.nodes[at];
        picture::hidden_leave_no_mark(&node.ledger, &mut chance)
            .map_err(|what| format!("{}: {what}", node.id))?;
        releases_survive(world, at).map_err(|what| format!("{}: {what}", world.nodes[at].id))?;
    }
    Ok(())
}

/// Both ledgers of a stream hold the same bytes as far as the receipt goes.
fn streams_agree(world: &World, at: usize, to: usize) -> Checked {
    let (sender, taker) = (&world.nodes[at], &world.nodes[to]);
    if sender.cheats || taker.cheats {
        return Ok(());
    }
    let sent = sender.ledger.entries(&taker.id, Stream::Out, 1, usize::MAX);
    let taken = taker.ledger.entries(&sender.id, Stream::In, 1, usize::MAX);
    let (sent, taken) = (sent.unwrap_or_default(), taken.unwrap_or_default());
    let sent: Vec<&Vec<u8>> = sent.iter().map(|one| &one.bytes).collect();
    let taken: Vec<&Vec<u8>> = taken.iter().map(|one| &one.bytes).collect();
    if sent != taken {
        return Err(format!("{} entries sent, {} taken, or not the same", sent.len(), taken.len()));
    }
    let waits = sender.ledger.queued_count(&taker.id).unwrap_or_default();
    if waits > 0 {
        return Err(format!("{waits} lines wait in the tray"));
    }
    Ok(())
}

/// Every signed release was receipted, or is shown as withheld or refused with a reason.
fn everything_arrived(world: &World, at: usize, to: usize) -> Checked {
    let (sender, taker) = (&world.nodes[at], &world.nodes[to]);
    for signed in &sender.memory.signed {
        let found = Release::find(&sender.ledger, &signed.id).ok().flatten();
        let done = found.is_some_and(|release| release.state == ReleaseState::Signed);
        if !done || !signed.to.contains(&taker.id) {
            continue;
        }
        let What::Records(digests) = &signed.what else {
            continue;
        };
        for digest in digests {
            arrived(world, at, to, digest).map_err(|what| format!("{digest}: {what}"))?;
        }
    }
    Ok(())
}

fn arrived(world: &World, at: usize, to: usize, digest: &Digest) -> Checked {
    let (sender, taker) = (&world.nodes[at], &world.nodes[to]);
    let ledger = &sender.ledger;
    let held = ledger.held(digest).ok().flatten();
    let Some(held) = held else {
        return Ok(());
    };
    let theirs = held.record.header().originator == taker.id
        || held.source == Source::Partner(taker.id.clone());
    // A withdrawal or an answer got there under its own kind of entry.
    let exchanged = [EntryKind::Recall, EntryKind::Answer].into_iter().any(|kind| {
        let sent = ledger.entry_about(&taker.id, Stream::Out, kind, digest);
        sent.is_ok_and(|sent| sent.is_some())
    });
    let recalled = RecallDoc::find(ledger, digest).ok().flatten();
    if theirs || exchanged || recalled.is_some_and(|recall| recall.covers(&taker.id)) {
        return Ok(());
    }
    let holding = partner_holds(ledger, &taker.id, EntryKind::Release, digest);
    match holding.map_err(|fault| fault.to_string())? {
        Holding::Withheld(_) => Ok(()),
        Holding::Receipted(..) => {
            let knows = taker.ledger.knows(digest).unwrap_or(false);
            let told = AnswerDoc::find(ledger, digest, &taker.id).ok().flatten();
            let refused = told.is_some_and(|told| told.answer == "refused");
            let taken_back = taken_back(taker, digest, &held.record.header().originator);
            if knows || refused || taken_back {
                Ok(())
            } else {
                Err("receipted, and yet neither held nor refused".to_owned())
            }
        }
        other => Err(format!("neither receipted nor withheld: {other:?}")),
    }
}

fn taken_back(taker: &crate::node::Node, digest: &Digest, originator: &PartnerId) -> bool {
    taker.memory.tombs.contains(&(*digest, originator.clone()))
}

/// Every recall reached everyone it was sent to, and everyone answered.
fn recalls_are_answered(world: &World, at: usize, to: usize) -> Checked {
    let (sender, taker) = (&world.nodes[at], &world.nodes[to]);
    for recall in RecallDoc::all(&sender.ledger).unwrap_or_default() {
        if !recall.from.contains(&taker.id) {
            continue;
        }
        let digest = &recall.digest;
        if taker.ledger.knows(digest).unwrap_or(true) {
            return Err(format!("{digest} was recalled and is still held"));
        }
        let told = AnswerDoc::find(&sender.ledger, digest, &taker.id).ok().flatten();
        if told.is_none_or(|told| told.answer == "refused") {
            return Err(format!("the recall of {digest} has no answer"));
        }
    }
    Ok(())
}

/// What was called released is still released.
fn releases_survive(world: &World, at: usize) -> Checked {
    let node = &world.nodes[at];
    if node.restored {
        return Ok(());
    }
    for id in &node.memory.told {
        let found = Release::find(&node.ledger, id).ok().flatten();
        if found.is_none_or(|release| release.state != ReleaseState::Signed) {
            return Err(format!("{id} was called released and is not"));
        }
    }
    Ok(())
}
