//! E: hidden records leave no mark, neither in what is shown nor in what is answered.

use std::collections::BTreeMap;

use diwan_record::kind::Answer;
use diwan_record::{Digest, ItemId, Kind, Label, Moment, Precedence, Reason, State, Tighten, Tlp};
use diwan_room::{
    Ask, Event, Folded, Ledger, MemoryLedger, NewRecord, Outcome, Person, PersonId, Release, Role,
    Room, Viewer, What, approval, fold, row,
};
use diwan_sim::{
    Chance, body, body_about, everything, little, named, own, partner, person_key, plain_label,
    staff,
};

use super::{Told, id};

/// One node by itself.
struct Desk {
    room: Room,
    ledger: MemoryLedger,
    now: Moment,
}

impl Desk {
    fn new() -> Self {
        let mut desk = Self {
            room: Room::new(own(&id("JOR"))),
            ledger: MemoryLedger::default(),
            now: Moment::from_micros(1_741_500_000_000_000),
        };
        let mut people = staff(&id("JOR"));
        // One who may do everything and sees little.
        people.push(Person {
            id: named("low"),
            name: "low".to_owned(),
            roles: Role::ALL.into_iter().collect(),
            entitlement: little(),
            key: person_key(&id("JOR"), "low").public().clone(),
            credential: String::new(),
            disabled: false,
        });
        for person in people {
            desk.take(Event::PutPerson { by: None, person: Box::new(person) });
        }
        let by = [named("liaison"), named("officer")];
        desk.take(Event::Pair { by, partner: Box::new(partner(&id("SYR"))) });
        desk
    }

    fn take(&mut self, event: Event) -> Outcome {
        self.now = self.now.plus(1_000_000);
        let taken = self.room.step(self.now, event, &mut self.ledger);
        taken.expect("a ledger in memory").0
    }

    fn label(&self, tlp: Tlp) -> Label {
        plain_label(tlp, Moment::from_micros(0).date().plus_days(30_000))
    }

    /// What somebody who sees little is shown.
    fn shown(&self) -> BTreeMap<ItemId, Folded> {
        let viewer = Viewer { entitlement: little(), state: State::Actual };
        let mut rows: BTreeMap<ItemId, Vec<_>> = BTreeMap::new();
        let seen = self.ledger.records().filter(|held| viewer.sees(&held.label));
        for mut row in seen.filter_map(row) {
            // The ledger's own numbers never leave it.
            (row.position, row.label_no) = (0, 0);
            rows.entry(row.item).or_default().push(row);
        }
        rows.into_iter().map(|(item, rows)| (item, fold(rows))).collect()
    }
}

fn report(fresh: ItemId, label: Label, words: &str) -> NewRecord {
    NewRecord {
        kind: Kind::Report,
        item: None,
        fresh,
        replaces: None,
        variant: 0,
        label,
        precedence: Precedence::Routine,
        body: body(&Kind::Report, words, Moment::from_micros(0)),
    }
}

fn note(about: ItemId, fresh: ItemId, label: Label) -> NewRecord {
    NewRecord {
        kind: Kind::Note,
        body: body_about(&Kind::Note, about, "doubtful", Moment::from_micros(0)),
        ..report(fresh, label, "")
    }
}

/// Something somebody who sees little does, on a record of theirs or on one drawn by chance.
fn low_event(chance: &mut Chance, desk: &Desk, mine: &[(Digest, ItemId)]) -> Event {
    let by = named("low");
    let stranger = (Digest::of(&chance.bytes()), chance.item());
    let (digest, item) = *chance.one(mine).filter(|_| chance.below(4) > 0).unwrap_or(&stranger);
    let label = desk.label(Tlp::Green);
    let fresh = chance.item();
    match chance.below(8) {
        0 | 1 => Event::Enter { by, new: report(fresh, label, "mine") },
        2 => {
            let mut new = report(fresh, label, "better");
            (new.item, new.replaces) = (Some(item), Some(digest));
            Event::Enter { by, new }
        }
        3 => Event::Enter { by, new: note(item, fresh, label) },
        4 => Event::AskRelease { by, id: fresh, ask: ask(digest) },
        5 => recall(by, digest),
        6 => answer(by, digest),
        _ => Event::Read { by, item },
    }
}

fn ask(digest: Digest) -> Ask {
    Ask {
        what: What::Records(vec![digest]),
        to: vec![id("SYR")],
        onward: Vec::new(),
        precedence: Precedence::Routine,
        tighten: Tighten::default(),
        remark: String::new(),
    }
}

fn recall(by: PersonId, digest: Digest) -> Event {
    Event::Recall {
        by,
        digest,
        reason: "untrue".to_owned(),
        gone_by: Moment::from_micros(0),
        only_from: Vec::new(),
    }
}

fn answer(by: PersonId, digest: Digest) -> Event {
    Event::Answer { by, digest, answer: Answer::Read, reason: None }
}

#[test]
fn attack_035_hidden_records_change_no_answer_and_no_picture() {
    for seed in 0..30 {
        let mut chance = Chance::new(seed);
        let (mut full, mut less) = (Desk::new(), Desk::new());
        let mut mine: Vec<(Digest, ItemId)> = Vec::new();
        for _ in 0..60 {
            // In one of the two, others work under labels that `low` does not see.
            if chance.percent(40) {
                let (red, fresh) = (full.label(Tlp::Red), chance.item());
                let about = chance.one(&mine).copied();
                let new = match about {
                    Some((_, item)) if chance.percent(40) => note(item, fresh, red),
                    // A newer version that `low` does not see.
                    Some((digest, item)) if chance.percent(60) => {
                        let mut new = report(fresh, red, "closed");
                        (new.item, new.replaces) = (Some(item), Some(digest));
                        new
                    }
                    _ => report(fresh, red, "secret"),
                };
                full.take(Event::Enter { by: named("watch"), new });
                // Time is no secret.
                less.now = full.now;
                continue;
            }
            let event = low_event(&mut chance, &full, &mine);
            let (one, other) = (full.take(event.clone()), less.take(event.clone()));
            assert_eq!(one, other, "seed {seed}: {event:?}");
            if let (Outcome::Record { digest, item }, Event::Enter { .. }) = (&one, &event) {
                mine.push((*digest, *item));
            }
            assert_eq!(full.shown(), less.shown(), "seed {seed}");
        }
        assert!(mine.len() > 3, "seed {seed} tried nothing");
    }
}

/// What was corrected under a label that hides the newer version is corrected beside it.
#[test]
fn attack_041_a_hidden_correction_does_not_answer() -> Told {
    let (mut full, mut less) = (Desk::new(), Desk::new());
    let item = ItemId([2; 16]);
    let open = |desk: &Desk| report(item, desk.label(Tlp::Green), "open");
    let mut corrections = Vec::new();
    for desk in [&mut full, &mut less] {
        let first = Event::Enter { by: named("low"), new: open(desk) };
        let Outcome::Record { digest: first, .. } = desk.take(first) else {
            return Err("anybody may write".to_owned());
        };
        corrections.push(first);
    }
    let first = corrections[0];
    let correct = |label: Label, words: &str, replaces: Digest| {
        let mut new = report(ItemId([4; 16]), label, words);
        (new.item, new.replaces) = (Some(item), Some(replaces));
        new
    };
    let new = correct(full.label(Tlp::Red), "closed", first);
    let Outcome::Record { digest: hidden, .. } =
        full.take(Event::Enter { by: named("watch"), new })
    else {
        return Err("the watch may correct".to_owned());
    };
    less.now = full.now;
    let new = correct(full.label(Tlp::Green), "better", first);
    let second = full.take(Event::Enter { by: named("low"), new: new.clone() });
    assert_eq!(second, less.take(Event::Enter { by: named("low"), new: new.clone() }));
    let Outcome::Record { digest: second, .. } = second else {
        return Err(format!("{second:?}"));
    };
    // Once more over the first: now there is a newer one that its author sees.
    for desk in [&mut full, &mut less] {
        let again = desk.take(Event::Enter { by: named("low"), new: new.clone() });
        assert_eq!(again, Outcome::Refused(Reason::VersionStale));
    }
    // Who sees both sees them side by side, and neither is history.
    let rows = full.ledger.records().filter_map(row).filter(|row| row.item == item);
    let folded = fold(rows.collect());
    let mut current: Vec<_> = folded.current.iter().map(|row| row.digest).collect();
    let mut both = vec![hidden, second];
    current.sort();
    both.sort();
    assert_eq!(current, both);
    assert_eq!(folded.superseded.len(), 1);
    Ok(())
}

#[test]
fn attack_041_hidden_and_unknown_are_answered_alike() -> Told {
    let mut desk = Desk::new();
    let red = desk.label(Tlp::Red);
    let hidden = ItemId([1; 16]);
    let new = report(hidden, red.clone(), "secret");
    let Outcome::Record { digest, .. } = desk.take(Event::Enter { by: named("watch"), new }) else {
        return Err("the watch may write".to_owned());
    };
    // A visible report that was corrected under a label that hides the newer version.
    let visible = ItemId([2; 16]);
    let new = report(visible, desk.label(Tlp::Green), "open");
    desk.take(Event::Enter { by: named("watch"), new });
    let versions = desk.ledger.versions(&id("JOR"), &visible, 0).expect("in memory");
    let mut second = report(visible, red.clone(), "closed");
    (second.item, second.replaces) = (Some(visible), versions.first().map(|(_, one)| *one));
    let Outcome::Record { digest: newest, .. } =
        desk.take(Event::Enter { by: named("watch"), new: second })
    else {
        return Err("the watch may correct".to_owned());
    };
    // A request over the hidden record.
    let request = ItemId([3; 16]);
    desk.take(Event::AskRelease { by: named("watch"), id: request, ask: ask(digest) });
    let release = Release::find(&desk.ledger, &request).expect("in memory").ok_or("asked")?;

    let (nothing, nowhere) = (Digest::of(b"nothing"), ItemId([9; 16]));
    let low = || named("low");
    let green = desk.label(Tlp::Green);
    let fresh = ItemId([4; 16]);
    let correct = |item: ItemId, replaces: Digest| {
        let mut new = report(fresh, green.clone(), "mine");
        (new.item, new.replaces) = (Some(item), Some(replaces));
        Event::Enter { by: low(), new }
    };
    let join = |item: ItemId| {
        let mut new = report(fresh, green.clone(), "mine");
        new.item = Some(item);
        Event::Enter { by: low(), new }
    };
    let sign = |id: ItemId, request: Digest| Event::SignRelease {
        by: low(),
        id,
        request,
        approval: approval(&person_key(&super::id("JOR"), "low"), &request),
    };
    let back = |id: ItemId| Event::ReturnRelease { by: low(), id, reason: String::new() };
    let pairs = [
        (join(hidden), join(nowhere)),
        (correct(hidden, digest), correct(nowhere, nothing)),
        (correct(visible, newest), correct(visible, nothing)),
        (
            Event::Enter { by: low(), new: note(hidden, fresh, green.clone()) },
            Event::Enter { by: low(), new: note(nowhere, fresh, green.clone()) },
        ),
        (
            Event::AskRelease { by: low(), id: fresh, ask: ask(digest) },
            Event::AskRelease { by: low(), id: fresh, ask: ask(nothing) },
        ),
        (recall(low(), digest), recall(low(), nothing)),
        (answer(low(), digest), answer(low(), nothing)),
        (Event::Read { by: low(), item: hidden }, Event::Read { by: low(), item: nowhere }),
        (sign(request, release.request_digest()), sign(nowhere, nothing)),
        (sign(request, nothing), sign(nowhere, nothing)),
        (back(request), back(nowhere)),
    ];
    assert!(everything().covers(&red).is_ok() && little().covers(&red).is_err());
    for (hidden, unknown) in pairs {
        let told = format!("{hidden:?}");
        assert_eq!(desk.take(hidden), desk.take(unknown), "{told}");
    }
    Ok(())
}
