//! K: what was taken back stays taken back.

use diwan_record::{Kind, Tlp};
use diwan_sim::Story;

use super::Told;

#[test]
fn attack_092_a_recall_before_its_record() -> Told {
    // The author's clock may be wrong as well: a recall does not wait for it.
    for ahead in [0, 3_600_000_000] {
        let mut story = Story::new(2)?;
        story.agree("JOR", "SYR", Tlp::Amber)?;
        story.cheats("JOR")?;
        let late = story.craft("JOR", |_| {})?;
        let digest = *late.digest();
        let gone_by = story.world.now();
        let recall = story.craft("JOR", |draft| {
            draft.item = diwan_record::ItemId([8; 16]);
            draft.kind = Kind::Withdrawal;
            draft.made = draft.made.plus(ahead);
            draft.body =
                format!(r#"{{"digest":"{digest}","reason":"untrue","gone_by":"{gone_by}"}}"#)
                    .into_bytes();
        })?;
        story.records.insert("late".to_owned(), digest);
        story.forge("JOR", "SYR", vec![recall, late])?;
        story.cut("JOR", "SYR")?;
        story.link("JOR", "SYR")?;
        story.carry()?;
        assert_eq!(story.holds("SYR", "late")?, "not held", "{ahead}");
        story.days(1)?;
        assert_eq!(story.holds("SYR", "late")?, "not held", "{ahead}, a day later");
    }
    Ok(())
}

#[test]
fn attack_093_nothing_brings_a_recalled_record_back() -> Told {
    let mut story = Story::new(3)?;
    for (one, other) in [("JOR", "SYR"), ("JOR", "IRQ"), ("SYR", "IRQ")] {
        story.agree(one, other, Tlp::Amber)?;
    }
    let label = story.label(Tlp::Green);
    story.write("JOR", "convoy", label)?;
    story.release("JOR", &["convoy"], &["SYR"], &["IRQ"], None)?;
    let old = story.in_flight();
    for (from, to, bytes) in old.clone() {
        story.hand(&from, &to, &bytes)?;
    }
    story.carry()?;
    assert_eq!(story.holds("SYR", "convoy")?, "held");
    story.release("SYR", &["convoy"], &["IRQ"], &[], None)?;
    story.carry()?;
    assert_eq!(story.holds("IRQ", "convoy")?, "held");
    story.copy("JOR")?;
    story.recall("JOR", "convoy", &[])?;
    story.carry()?;
    let gone = |story: &Story, when: &str| -> Told {
        for code in ["SYR", "IRQ"] {
            assert_eq!(story.holds(code, "convoy")?, "not held", "{code} after {when}");
        }
        Ok(())
    };
    gone(&story, "the recall")?;
    for (from, to, bytes) in old.clone() {
        story.hand(&from, &to, &bytes)?;
    }
    gone(&story, "a replay in the session")?;
    story.cut("JOR", "SYR")?;
    story.link("JOR", "SYR")?;
    for (from, to, bytes) in old {
        story.hand(&from, &to, &bytes)?;
    }
    story.carry()?;
    gone(&story, "a new session and a replay")?;
    // The sender comes back from before the recall, and its people release it once more.
    story.restore("JOR")?;
    story.link("JOR", "SYR")?;
    story.carry()?;
    story.release("JOR", &["convoy"], &["SYR", "IRQ"], &[], None)?;
    story.link("JOR", "IRQ")?;
    story.carry()?;
    gone(&story, "a restored sender")?;
    // Its insider signs the record into the stream again.
    story.cheats("JOR")?;
    let at = story.at("JOR")?;
    let digest = story.digest("convoy")?;
    let ledger = &story.world.nodes[at].ledger;
    let record = ledger.records().find(|held| *held.record.digest() == digest);
    let record = record.ok_or("its originator holds it")?.record.clone();
    for to in ["SYR", "IRQ"] {
        story.forge("JOR", to, vec![record.clone()])?;
        story.cut("JOR", to)?;
        story.link("JOR", to)?;
    }
    story.carry()?;
    gone(&story, "an entry signed again")
}
