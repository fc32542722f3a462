//! The live lane: what is pushed to whom.

use serde_json::json;

use super::{Room, label, report};

#[tokio::test(flavor = "multi_thread")]
async fn attack_039_a_lane_tells_what_its_person_may_see_and_nothing_else() {
    let room = Room::open().await;
    let (watch, analyst) = (room.sign_in("watch").await, room.sign_in("analyst").await);
    let mut lane = analyst.lane().await;
    let mut wide = watch.lane().await;
    let (hidden, digest) = watch.write(&report("Hidden", &label("RED", "H3"))).await;
    watch.ask_release(&[&digest], &["IRQ"]).await;
    let (seen, _) = watch.write(&report("Seen", &label("GREEN", "H0"))).await;
    let (name, item) = lane.next().await.unwrap();
    assert_eq!(
        (name.as_str(), &item["item"]),
        ("item", &json!(seen)),
        "the hidden one left no mark"
    );
    // What waited while nobody read comes in no particular order.
    let mut told = Vec::new();
    for _ in 0..3 {
        let (name, content) = wide.next().await.unwrap();
        told.push(content["item"].as_str().map_or(name, str::to_owned));
    }
    told.sort();
    let mut all = vec![hidden, seen, "releases".to_owned()];
    all.sort();
    assert_eq!(told, all);
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lane_opened_later_starts_from_now() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    analyst.write(&report("Before", &label("GREEN", "H0"))).await;
    let mut lane = analyst.lane().await;
    let mut flash = report("After", &label("GREEN", "H0"));
    flash["precedence"] = json!("FLASH");
    analyst.write(&flash).await;
    let (name, item) = lane.next().await.unwrap();
    assert_eq!((name.as_str(), &item["title"]["en"]), ("item", &json!("After")));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_at_once_is_one_word() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let mut lane = analyst.lane().await;
    // The lane is not read while this is written, as by a screen that is busy drawing.
    let many = (0..600).map(|n| {
        let event = diwan_room::Event::Enter {
            by: "analyst".parse().unwrap(),
            new: new_report(&report(&format!("Report {n}"), &label("GREEN", "H0"))),
        };
        room.node.desk.hand_in(event)
    });
    for outcome in futures_util::future::join_all(many).await {
        assert!(matches!(outcome.unwrap(), diwan_room::Outcome::Record { .. }));
    }
    // The picture follows in its own time; the screen looks when all of it is there.
    let mut notices = room.node.notices.subscribe();
    while room.node.store.reader().unwrap().counts().unwrap().behind > 0 {
        let _ = notices.recv().await;
    }
    let mut told = 0;
    while lane.next().await.unwrap().0 != "refresh" {
        told += 1;
        assert!(told < 600, "every item was told one by one");
    }
    room.close().await;
}

fn new_report(record: &serde_json::Value) -> diwan_room::NewRecord {
    use diwan_record::{Handling, Label, LegalBasis, Purpose, State, Tlp};
    diwan_room::NewRecord {
        kind: diwan_record::Kind::Report,
        item: None,
        fresh: diwan_record::ItemId(diwan::chance::bytes()),
        replaces: None,
        variant: 0,
        label: Label {
            tlp: Tlp::Green,
            handling: Handling::H0,
            orcon: false,
            purpose: [Purpose::BorderSecurity].into(),
            legal_basis: LegalBasis::Agreement,
            review: "2030-01-01".parse().unwrap(),
            state: State::Exercise,
            retention: None,
        },
        precedence: diwan_record::Precedence::Routine,
        body: record["body"].to_string().into_bytes(),
    }
}
