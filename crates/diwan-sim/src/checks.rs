//! What must always hold, judged from outside the rooms: by what people remember, by what is on
//! the wire and by what lies in the ledgers.
//!
//! Nothing here asks a room for its opinion. Where the house has one comparison (label and
//! entitlement, coverage by terms), it is written out a second time.

mod end;
mod picture;
mod wire;

use std::collections::BTreeMap;

use diwan_record::kind::Body;
use diwan_record::{
    Digest, EntryKind, KeyRole, Kind, Label, PartnerId, Purpose, Reason, Tlp, limits, stream_id,
};
use diwan_room::{
    AgreementState, Effect, Held, HeldStanding, Incident, Ledger, Notice, ReceiptDoc, Source,
    Standing, Stream, StreamEntry, Terms,
};

use crate::node;
use crate::world::{Broken, World};

pub(crate) use end::after_healing;
pub use picture::hidden_leave_no_mark;

/// What is in force with each partner, as seen before a step.
pub(crate) type Before = BTreeMap<PartnerId, AgreementState>;

type Checked = Result<(), Broken>;

pub(crate) fn before(world: &World, at: usize) -> Before {
    let mut found = BTreeMap::new();
    if !world.nodes[at].cheats {
        for partner in world.others(at) {
            let state = AgreementState::in_force(&world.nodes[at].ledger, &partner);
            found.extend(state.ok().flatten().map(|state| (partner, state)));
        }
    }
    found
}

/// After every step of an honest room, before its effects are released.
pub(crate) fn after(world: &mut World, at: usize, before: &Before, effects: &[Effect]) -> Checked {
    if world.nodes[at].cheats {
        return Ok(());
    }
    let own = world.nodes[at].id.clone();
    let wrong = |what: Broken| format!("{own}: {what}");
    for effect in effects {
        match effect {
            Effect::Send { partner, frame } => {
                wire::judge(world, at, partner, frame).map_err(wrong)?;
            }
            Effect::Notice(Notice::Ledger) => door(world, at, before).map_err(wrong)?,
            Effect::Notice(Notice::Partner(partner)) => {
                line(world, at, partner).map_err(wrong)?;
                agreements(world, at, partner).map_err(wrong)?;
            }
            Effect::Hang { .. } | Effect::Notice(_) => {}
        }
    }
    Ok(())
}

/// Whether both keep the rules and neither came back from a backup.
fn both_sound(world: &World, at: usize, to: usize) -> bool {
    [at, to].into_iter().all(|at| {
        let node = &world.nodes[at];
        !node.cheats && !node.restored
    })
}

/// Honest partners never have a reason to hang up on each other.
pub(crate) fn hang(world: &World, at: usize, to: usize, reason: &Reason) -> Checked {
    if both_sound(world, at, to) {
        let (one, other) = (&world.nodes[at].id, &world.nodes[to].id);
        return Err(format!("{one} accuses {other}, which is honest: {}", reason.code()));
    }
    Ok(())
}

pub(crate) fn unreadable(world: &World, at: usize, from: usize, reason: &Reason) -> Checked {
    if world.nodes[from].cheats {
        return Ok(());
    }
    let (one, other) = (&world.nodes[at].id, &world.nodes[from].id);
    Err(format!("{one} cannot read what {other} sent: {}", reason.code()))
}

pub(crate) fn copy_changed_nothing(world: &World, at: usize, writes: u64) -> Checked {
    if writes > 0 && !world.nodes[at].cheats {
        return Err(format!("a copy of a frame changed the ledger of {}", world.nodes[at].id));
    }
    Ok(())
}

/// Receipts never go back, and nobody honest is accused.
fn line(world: &mut World, at: usize, partner: &PartnerId) -> Checked {
    let Some(to) = world.place_of(partner) else {
        return Ok(());
    };
    let node = &world.nodes[at];
    let receipt = ReceiptDoc::find(&node.ledger, partner).map_err(|fault| fault.to_string())?;
    let incident = Incident::find(&node.ledger, partner).map_err(|fault| fault.to_string())?;
    if let Some(incident) = incident
        && !world.nodes[to].cheats
        && (both_sound(world, at, to) || incident.stops)
    {
        return Err(format!("an incident `{}` with honest {partner}", incident.code));
    }
    let Some(receipt) = receipt else {
        return Ok(());
    };
    let other = &world.nodes[to];
    if !other.cheats && !other.restored {
        let own = &world.nodes[at].id;
        let theirs = other.ledger.head(own, Stream::In).ok().flatten();
        if theirs.map_or(0, |head| head.seq) < receipt.seq {
            return Err(format!("a receipt of {partner} covers what {partner} does not hold"));
        }
    }
    let sound = both_sound(world, at, to);
    let got = world.nodes[at].memory.got.entry(partner.clone()).or_default();
    if sound && receipt.seq < *got {
        return Err(format!("the receipt of {partner} went back from {got} to {}", receipt.seq));
    }
    *got = receipt.seq;
    Ok(())
}

/// An agreement that was replaced or ended never comes back, and none holds to which our own
/// people did not agree, unless it only narrows one they did.
fn agreements(world: &mut World, at: usize, partner: &PartnerId) -> Checked {
    let node = &mut world.nodes[at];
    let state =
        AgreementState::in_force(&node.ledger, partner).map_err(|fault| fault.to_string())?;
    let Some(state) = state else {
        return Ok(());
    };
    let digest = state.agreement.digest();
    let past = node.memory.in_force.entry(partner.clone()).or_default();
    if past.last() == Some(&digest) {
        return Ok(());
    }
    if past.contains(&digest) && !node.restored {
        return Err(format!("an old agreement with {partner} is in force again: {past:?}"));
    }
    past.push(digest);
    // Back to the one our own people signed: each step may only have narrowed.
    let mut now = state;
    while !now.said(&node.id) {
        let before = now
            .agreement
            .replaces
            .and_then(|before| AgreementState::find(&node.ledger, &before).ok().flatten());
        match before {
            Some(before) if narrower(&now.agreement, &before.agreement) => now = before,
            _ => return Err(format!("{partner} alone put a wider agreement in force")),
        }
    }
    Ok(())
}

fn narrower(now: &diwan_room::Agreement, then: &diwan_room::Agreement) -> bool {
    let inside = |side: &PartnerId| match (now.gives(side), then.gives(side)) {
        (Some(now), Some(then)) => {
            now.kinds.is_subset(&then.kinds)
                && now.ceiling.tlp <= then.ceiling.tlp
                && now.ceiling.handling <= then.ceiling.handling
                && now.ceiling.purpose.is_subset(&then.ceiling.purpose)
                && now.ceiling.state.is_subset(&then.ceiling.state)
        }
        _ => false,
    };
    inside(&now.proposer) && inside(&now.other) && now.until <= then.until
}

/// What one side may give under an agreement on a day, written out once more.
fn given(state: &AgreementState, giver: &PartnerId, today: diwan_record::Date) -> Option<Terms> {
    let ended = state.words.iter().any(|word| word.ends);
    let within = state.agreement.from <= today && today < state.agreement.until;
    let in_force = !ended && within && state.standing(today) == Standing::InForce;
    in_force.then(|| state.agreement.gives(giver).cloned()).flatten()
}

fn covered(terms: &Terms, kind: &Kind, label: &Label) -> bool {
    let ceiling = &terms.ceiling;
    let purposes = label.purpose.iter().filter(|one| **one != Purpose::Unknown);
    terms.kinds.contains(kind)
        && label.tlp != Tlp::Unknown
        && label.tlp <= ceiling.tlp
        && label.handling <= ceiling.handling
        && ceiling.state.contains(&label.state)
        && purposes.into_iter().any(|one| ceiling.purpose.contains(one))
}

/// Every record that came in since the last look: was it ours to take?
fn door(world: &mut World, at: usize, before: &Before) -> Checked {
    let node = &world.nodes[at];
    let since = node.memory.judged;
    let new: Vec<Held> =
        node.ledger.records().filter(|held| held.position > since).cloned().collect();
    for held in new {
        judge_held(world, at, &held, before)
            .map_err(|what| format!("{} {what}", held.record.digest()))?;
        let memory = &mut world.nodes[at].memory;
        memory.judged = memory.judged.max(held.position);
        let originator = held.record.header().originator.clone();
        if let Ok(Body::Withdrawal(body)) = held.record.body() {
            memory.tombs.insert((body.digest, originator));
        }
    }
    nothing_recalled_is_held(world, at)
}

fn nothing_recalled_is_held(world: &World, at: usize) -> Checked {
    let node = &world.nodes[at];
    for (digest, originator) in node.memory.tombs.iter().filter(|(_, who)| *who != node.id) {
        if !node.ledger.knows(digest).map_err(|fault| fault.to_string())? {
            continue;
        }
        let held = node.ledger.held(digest).map_err(|fault| fault.to_string())?;
        if held.is_some_and(|held| held.record.header().originator == *originator) {
            return Err(format!("{digest} is held although {originator} recalled it"));
        }
    }
    Ok(())
}

fn judge_held(world: &World, at: usize, held: &Held, before: &Before) -> Checked {
    let node = &world.nodes[at];
    let header = held.record.header();
    let Source::Partner(from) = &held.source else {
        if header.originator != node.id {
            return Err("is filed as ours and is not".to_owned());
        }
        return Ok(());
    };
    let entry = entry_for(&node.ledger, from, held.record.digest());
    let entry = entry.ok_or("was kept without an entry that gives it")?.entry;
    let mut label = header.label.tightened(&entry.tighten);
    let exchange = matches!(header.kind, Kind::Withdrawal | Kind::Acknowledgement);
    if header.originator == *from {
        let named = named_onward(&node.ledger, from, held.record.digest());
        if !held.onward.iter().all(|one| named.contains(one)) {
            return Err("may be passed on to others than its originator named".to_owned());
        }
    } else {
        if !held.onward.is_empty() {
            return Err("may be passed on although its originator did not say so".to_owned());
        }
        if header.kind != Kind::Withdrawal {
            let proof = entry.grant.as_ref().ok_or("came from a third party without a grant")?;
            let granted = node::opened(KeyRole::Release, &header.originator, |key| proof.open(key))
                .map_err(|reason| format!("came with a broken grant: {reason}"))?;
            let stream = stream_id(&node::own(&header.originator).root, &node::own(from).root);
            let names_us = granted.onward.contains(&node.id);
            let about_it = granted.digest == *held.record.digest();
            if granted.stream != stream || !about_it || !names_us {
                return Err("came with a grant for something else".to_owned());
            }
            label = label.tightened(&granted.tighten);
        }
    }
    if !exchange {
        let today = world.now_at(at).date();
        let after = AgreementState::in_force(&node.ledger, from).ok().flatten();
        let terms = [before.get(from).cloned(), after];
        let fits = terms.into_iter().flatten().any(|state| {
            given(&state, from, today).is_some_and(|terms| covered(&terms, &header.kind, &label))
        });
        if !fits {
            return Err(format!("was taken from {from} outside what was agreed"));
        }
    }
    if held.label != label {
        return Err("is held under another label than it was given under".to_owned());
    }
    kept_rightly(world, at, held)
}

/// What is on the picture has a body, a possible time, and no looser label than before.
fn kept_rightly(world: &World, at: usize, held: &Held) -> Checked {
    if held.standing != HeldStanding::Kept {
        return Ok(());
    }
    let header = held.record.header();
    held.record.body().map_err(|reason| format!("is shown with a broken body: {reason}"))?;
    let recall = header.kind == Kind::Withdrawal;
    let ahead = header.made.micros() - world.now_at(at).micros();
    if ahead > limits::AHEAD_US && !recall {
        return Err("is shown although it is from the future".to_owned());
    }
    if header.downgrade || recall {
        return Ok(());
    }
    for other in world.nodes[at].ledger.records() {
        let before = other.record.header();
        let same = before.originator == header.originator
            && before.item == header.item
            && before.variant == header.variant
            && other.record.digest() != held.record.digest();
        if !same || other.standing != HeldStanding::Kept {
            continue;
        }
        if before.version == header.version {
            if before.label.is_read_like(&header.label) {
                return Err("is shown beside another record of the same version".to_owned());
            }
            continue;
        }
        let mut pair = [&other.record, &held.record];
        pair.sort_by_key(|one| one.header().version);
        let [older, newer] = pair;
        // A version answers for that which it replaces, and for all before it if that is not here.
        let replaces = newer.header().replaces.filter(|one| one != older.digest());
        let knows = |one: &Digest| world.nodes[at].ledger.knows(one).unwrap_or(false);
        if replaces.is_some_and(|one| knows(&one)) {
            continue;
        }
        let (older, newer) = (older.label(), newer.label());
        let looser = newer.tlp < older.tlp
            || newer.handling < older.handling
            || !newer.purpose.is_subset(&older.purpose);
        if looser {
            return Err("is shown with a looser label than the version before".to_owned());
        }
    }
    Ok(())
}

/// To whom a partner's stream says a record may be passed on.
fn named_onward(ledger: &dyn Ledger, from: &PartnerId, digest: &Digest) -> Vec<PartnerId> {
    let entries = ledger.entries(from, Stream::In, 1, usize::MAX).unwrap_or_default();
    let about = entries.into_iter().filter(|one| {
        let grants = matches!(one.entry.kind, EntryKind::Release | EntryKind::Grant);
        grants && one.entry.digest == *digest
    });
    about.flat_map(|one| one.entry.onward).collect()
}

/// The newest entry of a partner's stream that gives a record.
fn entry_for(ledger: &dyn Ledger, from: &PartnerId, digest: &Digest) -> Option<StreamEntry> {
    let kinds = [EntryKind::Release, EntryKind::Recall, EntryKind::Answer];
    let seq = kinds
        .into_iter()
        .filter_map(|kind| ledger.entry_about(from, Stream::In, kind, digest).ok().flatten())
        .max()?;
    ledger.entries(from, Stream::In, seq, 1).ok()?.pop()
}
