//! L: keys that were renewed.

use diwan_record::{HeadStatement, Reason, Tlp};
use diwan_room::{Frame, Ledger, Outcome, Stream};
use diwan_sim::{Story, own};

use super::{Told, gives, id, ledger};

/// Two that agreed; JOR has renewed its keys and SYR knows.
fn renewed() -> Result<Story, String> {
    let mut story = Story::new(2)?;
    story.agree("JOR", "SYR", Tlp::Amber)?;
    let label = story.label(Tlp::Green);
    story.write("JOR", "before", label)?;
    story.release("JOR", &["before"], &["SYR"], &[], None)?;
    story.carry()?;
    story.renew("JOR")?;
    story.link("JOR", "SYR")?;
    story.carry()?;
    Ok(story)
}

#[test]
fn attack_096_after_the_named_place_the_old_key_signs_nothing() -> Told {
    let mut story = renewed()?;
    let label = story.label(Tlp::Green);
    story.write("JOR", "after", label)?;
    story.release("JOR", &["after"], &["SYR"], &[], None)?;
    let give = gives(&story.in_flight(), "JOR", "SYR").pop().ok_or("nothing was given")?;
    let Ok(Frame::Give { session, mut run, papers }) = Frame::read(&give) else {
        return Err("not a frame of entries".to_owned());
    };
    // Whoever stole the old key signs the same head with it.
    let head = ledger(&story, "JOR").head(&id("SYR"), Stream::Out).expect("in memory");
    let stream = diwan_record::stream_id(&own(&id("JOR")).root, &own(&id("SYR")).root);
    let statement = HeadStatement { stream, head: head.ok_or("it has sent")? };
    run.head = statement.seal(&own(&id("JOR")).release);
    story.cheats("JOR")?;
    let forged = Frame::Give { session, run, papers };
    let outcome = story.hand("JOR", "SYR", &forged.to_bytes())?;
    assert_eq!(outcome, Outcome::Refused(Reason::KeyRetired));
    assert_eq!(
        format!("{}; {}", Reason::KeyRetired, Reason::KeyRetired.hint()),
        "it is signed by a key that was renewed before; have its originator sign it again"
    );
    assert_eq!(story.holds("SYR", "after")?, "not held");
    assert_eq!(story.holds("SYR", "before")?, "held", "what it signed in its time stands");
    Ok(())
}

#[test]
fn attack_096_a_record_under_the_old_key_is_as_old_as_the_key() -> Told {
    let mut story = renewed()?;
    let start = story.world.now();
    story.cheats("JOR")?;
    story.cut("JOR", "SYR")?;
    // In the stream, under the new key, but written with the old one.
    let written = |made: i64| {
        story.craft("JOR", |draft| {
            draft.item = diwan_record::ItemId([u8::from(made < 0); 16]);
            draft.made = start.plus(made);
        })
    };
    let (older, later) = (written(-3_600_000_000)?, written(1_000_000)?);
    for (name, record) in [("older", &older), ("later", &later)] {
        story.records.insert(name.to_owned(), *record.digest());
    }
    story.forge("JOR", "SYR", vec![older, later])?;
    story.days(1)?;
    story.link("JOR", "SYR")?;
    story.carry()?;
    assert_eq!(story.holds("SYR", "older")?, "held");
    assert_eq!(story.holds("SYR", "later")?, "not held");
    assert_eq!(story.sees("JOR", "later", "SYR")?, "receipted, refused key/retired");
    Ok(())
}

#[test]
fn attack_096_a_grant_under_the_old_key_must_be_given_again() -> Told {
    let mut story = Story::new(3)?;
    for (one, other) in [("JOR", "SYR"), ("SYR", "IRQ"), ("JOR", "IRQ")] {
        story.agree(one, other, Tlp::Amber)?;
    }
    let label = story.label(Tlp::Green);
    story.write("JOR", "convoy", label)?;
    story.release("JOR", &["convoy"], &["SYR"], &["IRQ"], None)?;
    story.carry()?;
    story.renew("JOR")?;
    for other in ["SYR", "IRQ"] {
        story.link("JOR", other)?;
        story.carry()?;
    }
    story.release("SYR", &["convoy"], &["IRQ"], &[], None)?;
    story.carry()?;
    assert_eq!(story.holds("IRQ", "convoy")?, "not held");
    assert_eq!(story.sees("SYR", "convoy", "IRQ")?, "receipted, refused key/retired");
    Ok(())
}
