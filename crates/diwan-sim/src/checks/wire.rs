//! Every frame an honest node lets go, judged again.

use std::collections::BTreeMap;

use diwan_record::kind::Body;
use diwan_record::{
    Digest, Entry, EntryKind, HeadStatement, KeyRole, Kind, PartnerId, Receipt, Run, limits,
};
use diwan_room::{
    AgreementState, Frame, Held, Ledger, RecallDoc, ReceiptDoc, Source, Stream, What,
};

use super::{Checked, covered, given};
use crate::node;
use crate::world::World;

pub(super) fn judge(world: &mut World, at: usize, to: &PartnerId, frame: &[u8]) -> Checked {
    let read = Frame::read(frame).map_err(|reason| format!("sends no frame: {reason}"))?;
    match read {
        Frame::Hello { head, receipt, .. } => {
            let stated = node::opened(KeyRole::Release, &world.nodes[at].id, |key| {
                HeadStatement::open(&head, key)
            });
            let stated = stated.map_err(|one| one.to_string())?;
            let ledger = &world.nodes[at].ledger;
            let durable = ledger.head(to, Stream::Out).ok().flatten();
            if stated.head.seq != durable.map_or(0, |head| head.seq) {
                return Err("says another head than its ledger has".to_owned());
            }
            self::receipt(world, at, to, &receipt)
        }
        Frame::Receipt { receipt, .. } => self::receipt(world, at, to, &receipt),
        Frame::Give { run, papers, .. } => give(world, at, to, &run, &papers.0),
        Frame::Want { .. } => Ok(()),
        Frame::Back { papers, .. } => {
            // What goes back to a partner must have been its own.
            for paper in &papers.0 {
                let held = world.nodes[at].ledger.held(&Digest::of(paper)).ok().flatten();
                if held.is_some_and(|held| held.record.header().originator != *to) {
                    return Err(format!("gives {to} a record that was never its own"));
                }
            }
            Ok(())
        }
    }
}

/// A receipt covers exactly what is durable, and never less than one before.
fn receipt(world: &mut World, at: usize, to: &PartnerId, signed: &[u8]) -> Checked {
    let node = &mut world.nodes[at];
    let receipt = node::opened(KeyRole::Receipt, &node.id, |key| Receipt::open(signed, key));
    let receipt = receipt.map_err(|reason| reason.to_string())?;
    let durable = node.ledger.head(to, Stream::In).ok().flatten();
    let same = durable.map_or(receipt.head.seq == 0, |head| head == receipt.head);
    if !same {
        return Err("signs a receipt for what it does not hold".to_owned());
    }
    let given = node.memory.given.entry(to.clone()).or_default();
    if receipt.head.seq < *given && !node.restored {
        return Err("signs a receipt that goes back".to_owned());
    }
    *given = receipt.head.seq;
    Ok(())
}

fn give(world: &mut World, at: usize, to: &PartnerId, run: &Run, papers: &[Vec<u8>]) -> Checked {
    let papers: BTreeMap<Digest, &Vec<u8>> =
        papers.iter().map(|paper| (Digest::of(paper), paper)).collect();
    let mut named = Vec::new();
    let mut last = 0;
    for bytes in &run.entries {
        let entry = Entry::read(bytes).map_err(|reason| reason.to_string())?;
        let kept = world.nodes[at].ledger.entries(to, Stream::Out, entry.seq, 1);
        if kept.ok().and_then(|kept| kept.first().map(|one| one.bytes == *bytes)) != Some(true) {
            return Err(format!("sends entry {} before it is durable", entry.seq));
        }
        last = entry.seq;
        let place = usize::try_from(entry.seq - 1).unwrap_or(usize::MAX);
        let restored = world.nodes[at].restored;
        let seen = world.nodes[at].memory.seen.entry(to.clone()).or_default();
        if seen.get(place) != Some(bytes) {
            // A restored node may number anew what nobody ever received.
            if seen.len() > place && !restored {
                return Err(format!("tells a second history at entry {}", entry.seq));
            }
            seen.truncate(place);
            seen.push(bytes.clone());
            leaves_rightly(world, at, to, &entry)
                .map_err(|what| format!("entry {} to {to}: {what}", entry.seq))?;
            if entry.kind == EntryKind::Release {
                world.tally.left += 1;
                world.tally.passed_on += u64::from(entry.grant.is_some());
            }
        }
        // A grant may stand beside the release that carries the paper.
        let bears = !matches!(entry.kind, EntryKind::Grant | EntryKind::GrantEnd);
        if bears && papers.contains_key(&entry.digest) {
            named.push(entry.digest);
            paper_leaves_rightly(world, at, to, &entry)
                .map_err(|what| format!("paper of entry {} to {to}: {what}", entry.seq))?;
        }
    }
    if papers.keys().any(|digest| !named.contains(digest)) {
        return Err("sends a paper that no entry names".to_owned());
    }
    let receipt = ReceiptDoc::find(&world.nodes[at].ledger, to).ok().flatten();
    let receipted = receipt.map_or(0, |receipt| receipt.seq);
    let most = limits::WINDOW_ENTRIES + limits::RUN_ENTRIES as u64;
    if last.saturating_sub(receipted) > most && !world.nodes[at].restored {
        return Err("sends more than the window allows".to_owned());
    }
    Ok(())
}

/// A number was given to this entry: were there a signed release and an agreement for it?
fn leaves_rightly(world: &World, at: usize, to: &PartnerId, entry: &Entry) -> Checked {
    let node = &world.nodes[at];
    if !matches!(entry.kind, EntryKind::Release | EntryKind::Grant) {
        return Ok(());
    }
    let held = node.ledger.held(&entry.digest).map_err(|fault| fault.to_string())?;
    let Some(held) = held else {
        // Purged meanwhile: only its name leaves.
        return Ok(());
    };
    if !was_signed(world, at, to, entry, &held) {
        return Err(format!("{} leaves without a signed release", entry.digest));
    }
    let header = held.record.header();
    let recalled = RecallDoc::find(&node.ledger, &entry.digest).ok().flatten();
    if recalled.is_some_and(|recall| recall.covers(to)) {
        return Err("a recalled record is given a number".to_owned());
    }
    let theirs = header.label.tightened(&entry.tighten);
    let exchange = matches!(header.kind, Kind::Withdrawal | Kind::Acknowledgement);
    if entry.kind == EntryKind::Release && !exchange {
        let state = AgreementState::in_force(&node.ledger, to).ok().flatten();
        let today = world.now_at(at).date();
        let terms = state.and_then(|state| given(&state, &node.id, today));
        if !terms.is_some_and(|terms| covered(&terms, &header.kind, &theirs)) {
            return Err(format!("{} leaves outside what was agreed", entry.digest));
        }
    }
    if header.originator != node.id {
        if !theirs.at_least_as_strict_as(&held.label) {
            return Err("passes a record on under a looser label than it holds it".to_owned());
        }
        let proof = entry.grant.as_ref().ok_or("passes a record on without its grant")?;
        let granted = node::opened(KeyRole::Release, &header.originator, |key| proof.open(key))
            .map_err(|reason| format!("passes a record on under a broken grant: {reason}"))?;
        if granted.digest != entry.digest || !granted.onward.contains(to) {
            return Err("passes a record on to whom its originator did not name".to_owned());
        }
    }
    Ok(())
}

/// Whether a person other than the asker signed exactly this, for this partner.
fn was_signed(world: &World, at: usize, to: &PartnerId, entry: &Entry, held: &Held) -> bool {
    let node = &world.nodes[at];
    let header = held.record.header();
    node.memory.signed.iter().any(|signed| {
        let what = match &signed.what {
            What::Records(digests) => digests.contains(&entry.digest),
            What::Standing(terms) => {
                header.originator == node.id
                    && header.made.micros() >= signed.at
                    && covered(terms, &header.kind, &held.label)
            }
        };
        let onward = entry.onward.iter().all(|one| signed.onward.contains(one));
        what && onward && signed.to.contains(to)
    })
}

/// The paper itself: nothing recalled, and of the kind its entry says.
fn paper_leaves_rightly(world: &World, at: usize, to: &PartnerId, entry: &Entry) -> Checked {
    let node = &world.nodes[at];
    let held = node.ledger.held(&entry.digest).map_err(|fault| fault.to_string())?;
    match (entry.kind, held) {
        (EntryKind::Agreement | EntryKind::Key, None) => Ok(()),
        (EntryKind::Release, Some(held)) => {
            let taken = node.memory.recalls.iter();
            let remembered =
                taken.filter(|taken| taken.digest == entry.digest && taken.covers(to)).count();
            if held.source == Source::Own && remembered > 0 && !node.restored {
                return Err("a recalled record leaves".to_owned());
            }
            Ok(())
        }
        (EntryKind::Recall, Some(held)) => match held.record.body() {
            Ok(Body::Withdrawal(_)) => Ok(()),
            _ => Err("a recall carries another kind of record".to_owned()),
        },
        (EntryKind::Answer, Some(held)) => match held.record.body() {
            Ok(Body::Acknowledgement(_)) => Ok(()),
            _ => Err("an answer carries another kind of record".to_owned()),
        },
        (kind, _) => Err(format!("a paper leaves under an entry of kind {kind:?}")),
    }
}
