//! Why a record or a session stopped between partners, as people on either side read it.

use diwan_record::{Reason, Tlp, limits};
use diwan_room::{Frame, Incident, Ledger, Outcome, Shelf};
use diwan_sim::Story;

type Told = Result<(), String>;

/// What screens and commands say of a code that a ledger kept or a partner told.
fn said(code: &str) -> String {
    let (message, hint) = Reason::of_code(code).expect("a code of the closed list");
    format!("{message}; {hint}")
}

/// Two that agreed, with the line down; JOR does as it likes.
fn apart() -> Result<Story, String> {
    let mut story = Story::new(2)?;
    story.agree("JOR", "SYR", Tlp::Amber)?;
    story.cut("JOR", "SYR")?;
    story.cheats("JOR")?;
    Ok(story)
}

/// SYR is given this record; what it did with it, and what JOR is told.
fn given(story: &mut Story, name: &str, record: diwan_record::Record) -> Result<String, String> {
    story.records.insert(name.to_owned(), *record.digest());
    story.forge("JOR", "SYR", vec![record])?;
    story.link("JOR", "SYR")?;
    story.carry()?;
    Ok(format!("{}; JOR sees {}", story.holds("SYR", name)?, story.sees("JOR", name, "SYR")?))
}

#[test]
fn two_records_of_one_version_are_told_apart_and_the_second_waits() -> Told {
    let mut story = apart()?;
    let first = story.craft("JOR", |draft| draft.author_role = "one".to_owned())?;
    let second = story.craft("JOR", |draft| draft.author_role = "other".to_owned())?;
    assert_eq!(given(&mut story, "first", first)?, "held; JOR sees receipted");
    story.cut("JOR", "SYR")?;
    assert_eq!(
        given(&mut story, "second", second)?,
        "parked record/forked; JOR sees receipted, refused record/forked"
    );
    assert_eq!(
        said(Reason::VersionForked.code()),
        "two different records claim the same version; both are kept as evidence"
    );
    Ok(())
}

#[test]
fn a_record_from_the_future_waits_for_its_time() -> Told {
    let mut story = apart()?;
    let ahead = 2 * limits::AHEAD_US;
    let future = story.craft("JOR", |draft| draft.made = draft.made.plus(ahead))?;
    assert_eq!(
        given(&mut story, "future", future)?,
        "parked record/clock-ahead; JOR sees receipted, refused record/clock-ahead"
    );
    assert_eq!(
        said(Reason::ClockAhead.code()),
        "the author's time is more than ten minutes ahead; check the clocks"
    );
    story.days(1)?;
    assert_eq!(story.holds("SYR", "future")?, "held");
    Ok(())
}

#[test]
fn only_the_originator_passes_a_record_on() -> Told {
    let mut story = Story::new(3)?;
    for (one, other) in [("JOR", "SYR"), ("SYR", "IRQ"), ("JOR", "IRQ")] {
        story.agree(one, other, Tlp::Amber)?;
    }
    let label = story.label(Tlp::Green);
    story.write("JOR", "convoy", label)?;
    story.release("JOR", &["convoy"], &["SYR"], &[], None)?;
    story.carry()?;
    story.release("SYR", &["convoy"], &["IRQ"], &[], None)?;
    story.carry()?;
    assert_eq!(story.sees("SYR", "convoy", "IRQ")?, "withheld release/originator-decides");
    assert_eq!(story.holds("IRQ", "convoy")?, "not held");
    assert_eq!(
        said(Reason::OriginatorDecides.code()),
        "only its originator may pass it on; ask the originator for a grant"
    );
    Ok(())
}

/// What the line of SYR says at JOR once one of the two came back from a backup.
fn incident_after_restoring(code: &str) -> Result<String, String> {
    let mut story = Story::new(2)?;
    story.agree("JOR", "SYR", Tlp::Amber)?;
    story.copy(code)?;
    let label = story.label(Tlp::Green);
    story.write("JOR", "convoy", label)?;
    story.release("JOR", &["convoy"], &["SYR"], &[], None)?;
    story.carry()?;
    story.restore(code)?;
    story.link("JOR", "SYR")?;
    story.carry()?;
    assert_eq!(story.holds("SYR", "convoy")?, "held", "catch-up follows");
    let (jor, syr) = (story.at("JOR")?, story.at("SYR")?);
    let (ledger, syr) = (&story.world.nodes[jor].ledger, &story.world.nodes[syr].id);
    let incident = Incident::find(ledger, syr).expect("in memory").ok_or("nobody is told")?;
    assert!(!incident.stops, "nothing has to be settled before the stream goes on");
    Ok(said(&incident.code))
}

#[test]
fn whoever_came_back_from_a_backup_is_named_on_the_line() -> Told {
    assert_eq!(
        incident_after_restoring("SYR")?,
        "the partner lost entries it had before; its backup was restored; catch-up follows"
    );
    assert_eq!(
        incident_after_restoring("JOR")?,
        "this node lost entries it had sent before; a backup was restored here; the partner gives \
         them back"
    );
    assert_eq!(Reason::StreamRolledBack.code(), "stream/rolled-back");
    assert_eq!(Reason::WeRolledBack.code(), "stream/we-rolled-back");
    Ok(())
}

#[test]
fn another_protocol_version_ends_the_session_and_says_which_side_is_to_act() -> Told {
    let mut story = apart()?;
    story.link("JOR", "SYR")?;
    let mut hung = None;
    for (from, to, bytes) in story.in_flight() {
        let mut frame = Frame::read(&bytes).map_err(|reason| reason.to_string())?;
        if let Frame::Hello { protocol, .. } = &mut frame {
            *protocol += 1;
        }
        if from == "JOR" {
            hung = Some(story.hand(&from, &to, &frame.to_bytes())?);
        }
    }
    assert_eq!(hung, Some(Outcome::Refused(Reason::VersionOther)));
    assert_eq!(
        said(Reason::VersionOther.code()),
        "no protocol version in common; upgrade the older node"
    );
    Ok(())
}

/// What one partner has parked is bounded, and takes no place from the others.
#[test]
fn a_partner_that_parks_too_much_is_refused_and_the_others_are_not() -> Told {
    let mut story = Story::new(3)?;
    for from in ["JOR", "IRQ"] {
        story.agree(from, "SYR", Tlp::Amber)?;
        story.cut(from, "SYR")?;
        story.cheats(from)?;
    }
    let at = story.at("SYR")?;
    for number in 0..limits::PARKED {
        let key = [b"JOR/".as_slice(), &[0; 24], &number.to_be_bytes()].concat();
        let ledger = &mut story.world.nodes[at].ledger;
        ledger.put_doc(Shelf::Parked, &key, &[]).expect("in memory");
    }
    for (from, want) in [
        ("JOR", "not held, receipted, refused stream/parked-full"),
        ("IRQ", "parked record/clock-ahead, receipted, refused record/clock-ahead"),
    ] {
        let ahead = 2 * limits::AHEAD_US;
        let future = story.craft(from, |draft| draft.made = draft.made.plus(ahead))?;
        story.records.insert(from.to_owned(), *future.digest());
        story.forge(from, "SYR", vec![future])?;
        story.link(from, "SYR")?;
        story.carry()?;
        let told = (story.holds("SYR", from)?, story.sees(from, from, "SYR")?);
        assert_eq!(format!("{}, {}", told.0, told.1), want);
    }
    assert_eq!(
        said(Reason::ParkedFull.code()),
        "too many records of this partner wait for something unknown; send what they refer to"
    );
    Ok(())
}
