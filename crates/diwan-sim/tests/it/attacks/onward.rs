//! D: onward release and originator control.

use diwan_record::{Head, Proof, Run, Tlp, bytes};
use diwan_room::{Ledger, Stream};
use diwan_sim::{Story, partner};

use super::{Told, entries, id, ledger};

#[test]
fn attack_029_no_grant_no_acceptance_and_the_evidence_speaks_for_itself() -> Told {
    let mut story = Story::new(3)?;
    story.agree("JOR", "SYR", Tlp::Amber)?;
    story.agree("SYR", "IRQ", Tlp::Amber)?;
    let mut label = story.label(Tlp::Green);
    label.orcon = true;
    let digest = story.write("JOR", "source", label)?;
    story.release("JOR", &["source"], &["SYR"], &[], None)?;
    story.carry()?;
    // An honest SYR is held back by its own room.
    story.release("SYR", &["source"], &["IRQ"], &[], None)?;
    story.carry()?;
    assert_eq!(story.sees("SYR", "source", "IRQ")?, "withheld release/originator-decides");

    // A SYR that passes it on all the same is refused, and IRQ keeps what SYR signed.
    story.cheats("SYR")?;
    let held = ledger(&story, "SYR").held(&digest).expect("in memory").ok_or("held")?;
    story.forge("SYR", "IRQ", vec![held.record])?;
    story.cut("SYR", "IRQ")?;
    story.link("SYR", "IRQ")?;
    story.carry()?;
    assert_eq!(story.holds("IRQ", "source")?, "not held");

    // The evidence as a file: JOR opens it with SYR's public key and nothing else.
    let file = evidence(&story, &digest).ok_or("IRQ kept the entry")?;
    let proof: Proof = bytes::read(&file).map_err(|reason| reason.to_string())?;
    let entry = proof.open(&partner(&id("SYR")).release).map_err(|reason| reason.to_string())?;
    assert_eq!(entry.digest, digest);
    assert!(entry.grant.is_none(), "SYR signed that it had no leave");
    assert!(proof.open(&partner(&id("JOR")).release).is_err(), "it speaks against SYR only");
    Ok(())
}

/// The proof of SYR's entry about a record, out of IRQ's ledger.
fn evidence(story: &Story, digest: &diwan_record::Digest) -> Option<Vec<u8>> {
    let kept = ledger(story, "IRQ").entries(&id("SYR"), Stream::In, 1, usize::MAX).ok()?;
    let place = kept.iter().position(|one| one.entry.digest == *digest)?;
    let from = kept[..place].iter().rposition(|one| one.signed_head.is_some());
    let start = from.map_or(0, |from| from + 1);
    let end = place + kept[place..].iter().position(|one| one.signed_head.is_some())?;
    let before = match start.checked_sub(1) {
        Some(last) => kept[last].head,
        None => Head::start(&kept[0].entry.stream, kept[0].entry.incarnation),
    };
    let run = Run {
        entries: kept[start..=end].iter().map(|one| one.bytes.clone()).collect(),
        head: kept[end].signed_head.clone()?,
    };
    run.proof(&before, place - start).map(|proof| bytes::write(&proof))
}

#[test]
fn attack_031_a_loop_ends_in_known() -> Told {
    let mut story = Story::new(3)?;
    for (one, other) in [("JOR", "SYR"), ("SYR", "IRQ"), ("JOR", "IRQ")] {
        story.agree(one, other, Tlp::Amber)?;
    }
    let label = story.label(Tlp::Green);
    let digest = story.write("JOR", "convoy", label)?;
    story.release("JOR", &["convoy"], &["SYR"], &["IRQ"], None)?;
    story.carry()?;
    story.release("SYR", &["convoy"], &["IRQ"], &[], None)?;
    story.carry()?;
    let count = |story: &Story| ledger(story, "JOR").records().count();
    let before = (count(&story), entries(&story, "JOR", Stream::Out, "SYR"));
    // An honest IRQ does not send it home; a dishonest one may.
    story.release("IRQ", &["convoy"], &["JOR"], &[], None)?;
    story.cheats("IRQ")?;
    let held = ledger(&story, "IRQ").held(&digest).expect("in memory").ok_or("held")?;
    story.forge("IRQ", "JOR", vec![held.record])?;
    story.cut("IRQ", "JOR")?;
    story.link("IRQ", "JOR")?;
    story.carry()?;
    assert_eq!((count(&story), entries(&story, "JOR", Stream::Out, "SYR")), before);
    assert_eq!(story.holds("JOR", "convoy")?, "held");
    Ok(())
}
