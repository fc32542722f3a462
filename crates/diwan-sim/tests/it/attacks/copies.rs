//! E: what a partner's copy does not tell.

use diwan_record::{ItemId, Kind, Precedence, Tlp};
use diwan_room::{Event, NewRecord, Outcome};
use diwan_sim::{Story, body_about, named};

use super::{Told, gives};

fn holds_bytes(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// A note about an item of ours that the partner does not hold.
fn note_about(story: &mut Story, item: ItemId) -> Told {
    let new = NewRecord {
        kind: Kind::Note,
        item: None,
        fresh: ItemId([3; 16]),
        replaces: None,
        variant: 0,
        label: story.label(Tlp::Green),
        precedence: Precedence::Routine,
        body: body_about(&Kind::Note, item, "doubtful", story.world.now()),
    };
    let outcome = story.step("JOR", Event::Enter { by: named("watch"), new })?;
    let Outcome::Record { digest, .. } = outcome else {
        return Err(format!("{outcome:?}"));
    };
    story.records.insert("note".to_owned(), digest);
    Ok(())
}

#[test]
fn attack_040_no_frame_names_an_item_that_was_not_released() -> Told {
    let mut story = Story::new(2)?;
    story.agree("JOR", "SYR", Tlp::Amber)?;
    let label = story.label(Tlp::Green);
    let site = story.write("JOR", "site", label)?;
    let at = story.at("JOR")?;
    let held = diwan_room::Ledger::held(&story.world.nodes[at].ledger, &site).expect("in memory");
    let item = held.ok_or("it was written")?.record.header().item;
    note_about(&mut story, item)?;
    let hex = item.to_string();
    story.release("JOR", &["note"], &["SYR"], &[], None)?;
    assert_eq!(story.sees("JOR", "note", "SYR")?, "withheld release/reference");
    for (_, _, bytes) in story.in_flight() {
        let named = holds_bytes(&bytes, &item.0) || holds_bytes(&bytes, hex.as_bytes());
        assert!(!named, "a frame names the item");
    }
    // With the item itself it may go, and only then is it named.
    story.release("JOR", &["site", "note"], &["SYR"], &[], None)?;
    let give = gives(&story.in_flight(), "JOR", "SYR").pop().ok_or("nothing was given")?;
    assert!(holds_bytes(&give, hex.as_bytes()));
    story.hand("JOR", "SYR", &give)?;
    story.carry()?;
    assert_eq!(story.holds("SYR", "note")?, "held");
    Ok(())
}

#[test]
fn attack_048_a_copy_does_not_say_who_else_holds_it() -> Told {
    let mut story = Story::new(3)?;
    for other in ["SYR", "IRQ"] {
        story.agree("JOR", other, Tlp::Amber)?;
    }
    let label = story.label(Tlp::Green);
    story.write("JOR", "convoy", label)?;
    story.release("JOR", &["convoy"], &["SYR", "IRQ"], &[], None)?;
    let frames = story.in_flight();
    let mut copies = Vec::new();
    for (to, other) in [("SYR", "IRQ"), ("IRQ", "SYR")] {
        let give = gives(&frames, "JOR", to).pop().ok_or("nothing was given")?;
        assert!(!holds_bytes(&give, other.as_bytes()), "what goes to {to} names {other}");
        copies.push(diwan_room::Frame::read(&give).map_err(|reason| reason.to_string())?);
    }
    for (from, to, bytes) in frames {
        story.hand(&from, &to, &bytes)?;
    }
    story.carry()?;
    // The recall goes to both, and tells neither of the other.
    story.recall("JOR", "convoy", &[])?;
    for (_, to, bytes) in story.in_flight() {
        for other in ["SYR", "IRQ"].into_iter().filter(|other| *other != to) {
            assert!(to == "JOR" || !holds_bytes(&bytes, other.as_bytes()), "{to} hears of {other}");
        }
    }
    let [
        diwan_room::Frame::Give { papers: one, .. },
        diwan_room::Frame::Give { papers: other, .. },
    ] = copies.as_slice()
    else {
        return Err("two frames of entries".to_owned());
    };
    assert_eq!(one, other, "the same bytes for everybody");
    Ok(())
}
