//! C: downgrade and relabelling.

use diwan_record::{ItemId, Kind, Precedence, Tlp};
use diwan_room::{Event, Ledger, NewRecord, Outcome, fold, row};

use super::{Told, ledger};
use diwan_sim::{Story, body, named};

/// Two corrections of one record by people who do not see the same: a partner that is given both
/// takes both, and a later one answers for the one it replaces.
#[test]
fn attack_020_corrections_under_two_labels_stand_side_by_side_at_a_partner() -> Told {
    let mut story = Story::new(2)?;
    story.agree("JOR", "SYR", Tlp::Red)?;
    let (green, red) = (story.label(Tlp::Green), story.label(Tlp::Red));
    story.write("JOR", "first", green.clone())?;
    story.correct("JOR", "first", "closed", red)?;
    // The junior sees no more than green.
    let item = ledger(&story, "JOR").held(&story.digest("first")?).expect("in memory");
    let item = item.ok_or("it was written")?.record.header().item;
    let mut before = story.digest("first")?;
    for name in ["open", "opener"] {
        let new = NewRecord {
            kind: Kind::Report,
            item: Some(item),
            fresh: item,
            replaces: Some(before),
            variant: 0,
            label: green.clone(),
            precedence: Precedence::Routine,
            body: body(&Kind::Report, name, story.world.now()),
        };
        let outcome = story.step("JOR", Event::Enter { by: named("junior"), new })?;
        let Outcome::Record { digest, .. } = outcome else {
            return Err(format!("{outcome:?}"));
        };
        story.records.insert(name.to_owned(), digest);
        before = digest;
    }
    for name in ["first", "closed", "open", "opener"] {
        story.release("JOR", &[name], &["SYR"], &[], None)?;
        story.carry()?;
        assert_eq!(story.holds("SYR", name)?, "held", "{name}");
    }
    Ok(())
}

#[test]
fn attack_020_one_effective_label() -> Told {
    let mut story = Story::new(2)?;
    story.agree("JOR", "SYR", Tlp::Red)?;
    let (green, red) = (story.label(Tlp::Green), story.label(Tlp::Red));
    story.write("JOR", "convoy", green)?;
    story.release("JOR", &["convoy"], &["SYR"], &[], None)?;
    story.carry()?;
    story.correct("JOR", "convoy", "corrected", red.clone())?;
    story.release("JOR", &["corrected"], &["SYR"], &[], None)?;
    story.carry()?;
    for code in ["JOR", "SYR"] {
        let ledger = ledger(&story, code);
        let item = ledger
            .held(&story.digest("convoy")?)
            .expect("in memory")
            .ok_or("the first version is history")?
            .record
            .header()
            .item;
        let rows = ledger.records().filter_map(row).filter(|row| row.item == item);
        let folded = fold(rows.collect());
        let labels = ledger.labels();
        let named = |number: u32| labels.iter().find(|(known, _)| *known == number);
        assert_eq!(folded.current.len(), 1, "{code}");
        assert_eq!(folded.superseded.len(), 1, "{code}");
        let now = named(folded.current[0].label_no).ok_or("a label")?;
        assert_eq!(now.1, red, "{code}");
    }
    Ok(())
}

#[test]
fn attack_025_no_path_loosens_a_label() -> Told {
    let mut story = Story::new(2)?;
    story.agree("JOR", "SYR", Tlp::Amber)?;
    let (green, amber) = (story.label(Tlp::Green), story.label(Tlp::Amber));
    story.write("JOR", "convoy", amber.clone())?;
    story.release("JOR", &["convoy"], &["SYR"], &[], None)?;
    story.carry()?;
    let alone = story.correct("JOR", "convoy", "looser", green.clone());
    assert_eq!(alone, Err("label/looser".to_owned()), "not even the originator");
    let foreign = story.correct("SYR", "convoy", "looser", green.clone());
    assert_eq!(foreign, Err("record/not-ours".to_owned()));
    // For a wider audience there is a record of its own, signed out by two like any other.
    story.write("JOR", "tear line", green.clone())?;
    story.release("JOR", &["tear line"], &["SYR"], &[], None)?;
    story.carry()?;
    assert_eq!(story.holds("SYR", "tear line")?, "held");

    // A node that signs a looser version all the same: parked, whichever comes first, and
    // whether or not it says what it replaces.
    story.cheats("JOR")?;
    for (item, newer_first, says) in [(1, false, true), (2, false, false), (3, true, false)] {
        let strict = story.craft("JOR", |draft| {
            draft.item = ItemId([item; 16]);
            draft.label = amber.clone();
        })?;
        let loose = story.craft("JOR", |draft| {
            draft.item = ItemId([item; 16]);
            draft.version = 2;
            draft.replaces = says.then_some(*strict.digest());
        })?;
        story.records.insert("strict".to_owned(), *strict.digest());
        story.records.insert("loose".to_owned(), *loose.digest());
        let mut both = vec![strict, loose];
        if newer_first {
            both.reverse();
        }
        story.forge("JOR", "SYR", both)?;
        story.cut("JOR", "SYR")?;
        story.link("JOR", "SYR")?;
        story.carry()?;
        assert_eq!(story.holds("SYR", "strict")?, "held", "{item}");
        assert_eq!(story.holds("SYR", "loose")?, "parked label/looser", "{item}");
    }
    Ok(())
}
