//! A: forged, replayed, truncated streams; a partner that does not receipt; poison.

use diwan_record::{Kind, Reason, Tlp, limits};
use diwan_room::{
    Arrival, Event, Frame, KeyBook, Ledger, MemoryLedger, Outcome, ReceiptDoc, Room, Stream,
};
use diwan_sim::{Plan, Story, own};

use super::{Told, entries, gives, id, ledger};

/// Two that agreed; a report of JOR waits for SYR and the line is down.
fn waiting() -> Result<Story, String> {
    let mut story = Story::new(2)?;
    story.agree("JOR", "SYR", Tlp::Amber)?;
    story.cut("JOR", "SYR")?;
    let label = story.label(Tlp::Green);
    story.write("JOR", "convoy", label)?;
    story.release("JOR", &["convoy"], &["SYR"], &[], None)?;
    story.cheats("JOR")?;
    Ok(story)
}

/// SYR just after the hellos, as often as it is needed.
struct Probe {
    before: MemoryLedger,
    nonce: [u8; 16],
    hello: Vec<u8>,
    keys: KeyBook,
    now: diwan_record::Moment,
    room: Option<(Room, MemoryLedger)>,
}

impl Probe {
    fn hand(&mut self, bytes: &[u8]) -> Result<Outcome, Reason> {
        let arrival = Box::new(Arrival::read(bytes, &self.keys)?);
        let partner = id("JOR");
        let (mut room, mut ledger) = self.room.take().unwrap_or_else(|| self.greeted());
        let event = Event::Arrived { partner, arrival };
        let taken = room.step(self.now, event, &mut ledger);
        self.room = Some((room, ledger));
        Ok(taken.expect("a ledger in memory").0)
    }

    fn greeted(&self) -> (Room, MemoryLedger) {
        let (mut room, mut ledger) = (Room::new(own(&id("SYR"))), self.before.clone());
        let (partner, nonce) = (id("JOR"), self.nonce);
        let arrival = Arrival::read(&self.hello, &self.keys).expect("a hello");
        let events = [
            Event::LinkUp { partner: partner.clone(), nonce },
            Event::Arrived { partner, arrival: Box::new(arrival) },
        ];
        for event in events {
            let (outcome, _) = room.step(self.now, event, &mut ledger).expect("in memory");
            assert_eq!(outcome, Outcome::Done);
        }
        (room, ledger)
    }
}

/// The probe, and the frame it is going to be given.
fn probe(mut story: Story) -> Result<(Probe, Vec<u8>), String> {
    let before = ledger(&story, "SYR").clone();
    story.link("JOR", "SYR")?;
    let (mut nonce, mut hello) = ([0; 16], Vec::new());
    for (from, to, bytes) in story.in_flight() {
        if let Ok(Frame::Hello { nonce: drawn, .. }) = Frame::read(&bytes) {
            if from == "SYR" {
                nonce = drawn;
            } else {
                hello.clone_from(&bytes);
            }
        }
        story.hand(&from, &to, &bytes)?;
    }
    let give = gives(&story.in_flight(), "JOR", "SYR").pop().ok_or("nothing was given")?;
    let keys = KeyBook::load(&own(&id("SYR")), &before).map_err(|fault| fault.to_string())?;
    let now = story.world.now();
    let room = None;
    Ok((Probe { before, nonce, hello, keys, now, room }, give))
}

#[test]
fn attack_001_one_flipped_bit_stores_nothing() -> Told {
    let (mut probe, give) = probe(waiting()?)?;
    let own_lines = |ledger: &MemoryLedger| ledger.lines().len();
    let mut refused = 0;
    for place in 0..give.len() {
        for bit in 0..8 {
            let mut flipped = give.clone();
            flipped[place] ^= 1 << bit;
            let (room, before) = probe.room.take().unwrap_or_else(|| probe.greeted());
            let (records, lines) = (before.records().count(), own_lines(&before));
            let head = before.head(&id("JOR"), Stream::In).expect("in memory");
            probe.room = Some((room, before));
            let outcome = probe.hand(&flipped);
            let after = &probe.room.as_ref().expect("a room").1;
            let told = format!("byte {place}, bit {bit}: {outcome:?}");
            assert_eq!(after.records().count(), records, "{told}");
            assert_eq!(after.head(&id("JOR"), Stream::In).expect("in memory"), head, "{told}");
            match outcome {
                // No frame, or one of another session: it never reached the desk's ledger.
                Err(_) | Ok(Outcome::Refused(Reason::SessionOther)) => {
                    assert_eq!(own_lines(after), lines, "{told}");
                }
                Ok(Outcome::Refused(_)) => {
                    let new = &after.lines()[lines..];
                    assert_eq!(new.len(), 1, "{told}");
                    assert_eq!((new[0].what, new[0].who.as_deref()), ("refused", Some("JOR")));
                    refused += 1;
                    // The session is over: the next flip meets a fresh one.
                    probe.room = None;
                }
                Ok(other) => panic!("{told}: {other:?}"),
            }
        }
    }
    assert!(refused > 1000, "only {refused} flips got as far as the room");
    assert_eq!(probe.hand(&give), Ok(Outcome::Done), "unbent, it is taken");
    Ok(())
}

#[test]
fn attack_002_an_entry_of_another_stream_is_refused() -> Told {
    let mut story = Story::new(3)?;
    for (one, other) in [("JOR", "SYR"), ("JOR", "IRQ"), ("SYR", "IRQ")] {
        story.agree(one, other, Tlp::Amber)?;
    }
    let mut frames = Vec::new();
    for (name, from, to) in [("one", "JOR", "SYR"), ("two", "JOR", "IRQ"), ("three", "IRQ", "SYR")]
    {
        let label = story.label(Tlp::Green);
        story.write(from, name, label)?;
        story.release(from, &[name], &[to], &[], None)?;
        let give = gives(&story.in_flight(), from, to).pop().ok_or("nothing was given")?;
        frames.push(Frame::read(&give).map_err(|reason| reason.to_string())?);
    }
    let [one, two, three] = frames.as_slice() else {
        return Err("three frames".to_owned());
    };
    // The entry of JOR for SYR, in JOR's session with IRQ and in IRQ's session with SYR.
    for (session_of, from, to) in [(two, "JOR", "IRQ"), (three, "IRQ", "SYR")] {
        story.cheats(from)?;
        let before = entries(&story, to, Stream::In, from);
        let moved = in_session_of(one, session_of).ok_or("a frame with a session")?;
        let outcome = story.hand(from, to, &moved.to_bytes())?;
        assert_eq!(outcome, Outcome::Refused(Reason::StreamOther));
        assert_eq!(entries(&story, to, Stream::In, from), before);
        assert_eq!(story.holds(to, "one")?, "not held");
    }
    Ok(())
}

fn in_session_of(frame: &Frame, other: &Frame) -> Option<Frame> {
    match (frame.clone(), other) {
        (Frame::Give { run, papers, .. }, Frame::Give { session, .. }) => {
            Some(Frame::Give { session: *session, run, papers })
        }
        _ => None,
    }
}

/// A day of two partners, every frame delivered so many times and, later, once more.
fn day(copies: usize) -> Result<Story, String> {
    let mut story = Story::new(2)?;
    let mut past: Vec<(String, String, Vec<u8>)> = Vec::new();
    story.agree("JOR", "SYR", Tlp::Amber)?;
    for name in ["one", "two", "three"] {
        let label = story.label(Tlp::Green);
        story.write("JOR", name, label)?;
        story.release("JOR", &[name], &["SYR"], &[], None)?;
        if name == "two" {
            story.recall("JOR", "one", &[])?;
        }
        let mut round = 0;
        loop {
            let frames = story.in_flight();
            // Copies bring receipts, which are copied in turn: a few rounds are enough.
            if frames.is_empty() || round > 6 {
                break;
            }
            round += 1;
            for (from, to, bytes) in frames {
                for _ in 0..copies {
                    story.hand(&from, &to, &bytes)?;
                }
                if copies > 1 {
                    past.push((from, to, bytes));
                }
            }
        }
        // Everything of the past again, hellos and receipts of earlier sessions too.
        past.dedup();
        for (from, to, bytes) in past.clone() {
            story.hand(&from, &to, &bytes)?;
        }
        story.cut("JOR", "SYR")?;
        story.link("JOR", "SYR")?;
    }
    Ok(story)
}

#[test]
fn attack_003_copies_and_replays_change_nothing() -> Told {
    let (once, often) = (day(1)?, day(4)?);
    for code in ["JOR", "SYR"] {
        let [once, often] = [&once, &often].map(|story| {
            let ledger = ledger(story, code);
            let records = ledger.records().count();
            let held = ["one", "two", "three"].map(|name| story.holds(code, name));
            let heads = [Stream::In, Stream::Out].map(|stream| {
                let other = if code == "JOR" { "SYR" } else { "JOR" };
                ledger.head(&id(other), stream).expect("in memory").map(|head| head.seq)
            });
            let other = if code == "JOR" { "SYR" } else { "JOR" };
            let receipt = ReceiptDoc::find(ledger, &id(other)).expect("in memory");
            let receipt = receipt.map(|receipt| receipt.seq);
            (records, held, heads, receipt, ledger.lines().len())
        });
        assert_eq!(once, often, "{code}");
    }
    Ok(())
}

#[test]
fn attack_005_a_cut_run_is_refused_and_what_came_is_receipted_alone() -> Told {
    let mut story = waiting()?;
    let label = story.label(Tlp::Green);
    story.write("JOR", "second", label)?;
    story.release("JOR", &["second"], &["SYR"], &[], None)?;
    story.link("JOR", "SYR")?;
    for (from, to, bytes) in story.in_flight() {
        story.hand(&from, &to, &bytes)?;
    }
    let give = gives(&story.in_flight(), "JOR", "SYR").pop().ok_or("nothing was given")?;
    let Ok(Frame::Give { session, run, papers }) = Frame::read(&give) else {
        return Err("not a frame of entries".to_owned());
    };
    assert!(run.entries.len() >= 2, "one run carries both");
    let before = entries(&story, "SYR", Stream::In, "JOR");
    let (mut short, mut kept) = (run.clone(), papers.clone());
    short.entries.pop();
    kept.0.pop();
    let cut = Frame::Give { session, run: short, papers: kept };
    assert_eq!(
        story.hand("JOR", "SYR", &cut.to_bytes())?,
        Outcome::Refused(Reason::StreamGap),
        "m of n entries under the head of n"
    );
    assert_eq!(entries(&story, "SYR", Stream::In, "JOR"), before);
    assert_eq!(story.sees("JOR", "second", "SYR")?, "sent", "and not receipted");
    // The next session goes on exactly where the receipt ends.
    story.cut("JOR", "SYR")?;
    story.link("JOR", "SYR")?;
    story.carry()?;
    assert_eq!(story.holds("SYR", "second")?, "held");
    assert_eq!(story.sees("JOR", "second", "SYR")?, "receipted");
    Ok(())
}

#[test]
fn attack_012_a_slow_consumer_bounds_only_itself() -> Told {
    let mut story = Story::new(3)?;
    story.agree("JOR", "SYR", Tlp::Amber)?;
    story.agree("JOR", "IRQ", Tlp::Amber)?;
    let many = usize::try_from(limits::WINDOW_ENTRIES).expect("small") + 60;
    let names: Vec<String> = (0..many).map(|number| format!("report-{number}")).collect();
    let mut held_up = Vec::new();
    for batch in names.chunks(limits::RELEASE_RECORDS) {
        for name in batch {
            let label = story.label(Tlp::Green);
            story.write("JOR", name, label)?;
        }
        let batch: Vec<&str> = batch.iter().map(String::as_str).collect();
        story.release("JOR", &batch, &["SYR", "IRQ"], &[], None)?;
        // SYR reads nothing; IRQ reads everything.
        loop {
            let frames = story.in_flight();
            if frames.is_empty() {
                break;
            }
            for (from, to, bytes) in frames {
                if to == "SYR" {
                    held_up.push(bytes);
                } else {
                    story.hand(&from, &to, &bytes)?;
                }
            }
        }
    }
    let sent = entries(&story, "JOR", Stream::Out, "SYR");
    let waits = ledger(&story, "JOR").queued_count(&id("SYR")).expect("in memory");
    let window = usize::try_from(limits::WINDOW_ENTRIES).expect("small");
    assert!(sent <= window + limits::RUN_ENTRIES, "{sent} are on their way");
    assert!(waits > 0, "the rest waits in the tray");
    let last = names.last().ok_or("names")?;
    assert_eq!(story.holds("IRQ", last)?, "held", "others are not slowed");
    assert_eq!(story.sees("JOR", &names[0], "SYR")?, "sent", "and not called receipted");
    // What is urgent leaves all the same: here that a record is taken back.
    story.recall("JOR", &names[0], &["SYR"])?;
    let urgent = story.in_flight().into_iter().filter(|(_, to, _)| to == "SYR");
    held_up.extend(urgent.map(|(_, _, bytes)| bytes));
    assert_eq!(entries(&story, "JOR", Stream::Out, "SYR"), sent + 1, "the recall is on its way");
    // It reads again: nothing was dropped.
    for bytes in held_up {
        story.hand("JOR", "SYR", &bytes)?;
    }
    story.carry()?;
    for name in names.iter().skip(1) {
        assert_eq!(story.holds("SYR", name)?, "held", "{name}");
    }
    assert_eq!(story.holds("SYR", &names[0])?, "not held", "it was taken back");
    assert_eq!(story.sees("JOR", last, "SYR")?, "receipted");
    Ok(())
}

#[test]
fn attack_018_nobody_honest_is_accused() {
    for seed in 0..25 {
        let plan = Plan {
            rooms: 3,
            acts: 80,
            cheat: false,
            trouble: true,
            restores: false,
            leaps: seed % 3 == 0,
        };
        // The run itself fails on any incident or accusation between honest partners.
        match diwan_sim::run_plan(9_000 + seed, plan) {
            Ok(summary) => assert_eq!(summary.tally.hangs, 0, "{summary}"),
            Err(failure) => panic!("{failure}"),
        }
    }
}

#[test]
fn attack_080_a_poison_entry_is_parked_and_the_stream_goes_on() -> Told {
    let mut story = waiting()?;
    let broken = story.craft("JOR", |draft| draft.body = br#"{"title":7}"#.to_vec())?;
    let future = story.craft("JOR", |draft| {
        draft.item = diwan_record::ItemId([8; 16]);
        draft.made = draft.made.plus(2 * limits::AHEAD_US);
    })?;
    let newer = story.craft("JOR", |draft| {
        draft.item = diwan_record::ItemId([9; 16]);
        draft.kind = Kind::of_code("seizure");
        draft.body = br#"{"what":"captagon"}"#.to_vec();
    })?;
    for (name, record) in [("broken", &broken), ("future", &future), ("newer", &newer)] {
        story.records.insert(name.to_owned(), *record.digest());
    }
    story.forge("JOR", "SYR", vec![broken, future, newer])?;
    story.link("JOR", "SYR")?;
    story.carry()?;
    assert_eq!(story.holds("SYR", "broken")?, "parked form/body");
    assert_eq!(story.holds("SYR", "future")?, "parked record/clock-ahead");
    assert_eq!(story.holds("SYR", "newer")?, "held", "a kind of a newer version is no poison");
    assert_eq!(story.holds("SYR", "convoy")?, "held", "what follows arrives");
    assert_eq!(story.sees("JOR", "broken", "SYR")?, "receipted, refused form/body");
    story.days(1)?;
    assert_eq!(story.holds("SYR", "future")?, "held", "its time has come");
    assert_eq!(story.holds("SYR", "broken")?, "parked form/body");
    Ok(())
}
