//! What people ask the picture.

use diwan_record::{Kind, Precedence, Purpose, Tlp};
use diwan_room::{Held, Ledger, Query};

use crate::world::{Make, follow, item, keep, label, viewer};

fn query(limit: usize) -> Query {
    Query { limit, ..Query::default() }
}

#[test]
fn a_list_goes_on_where_it_stopped() {
    let dir = tempfile::tempdir().unwrap();
    let store = diwan_store::open(dir.path()).unwrap();
    let mut writer = store.writer().unwrap();
    let open = label(Tlp::Green, Purpose::Coordination, 0);
    let records: Vec<_> = (0..25)
        .map(|n| Make::report(n, open.clone(), &format!("Report {n}"), 36.0, 33.0).held())
        .collect();
    keep(&store, &mut writer, &records);
    let viewer = viewer(Tlp::Green, &[Purpose::Coordination]);
    let reader = store.reader().unwrap();
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = reader.page(&Query { after, ..query(10) }, &viewer).unwrap();
        seen.extend(page.items.iter().map(|brief| brief.item));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let newest_first: Vec<_> = (0..25).rev().map(item).collect();
    assert_eq!(seen, newest_first);
}

#[test]
fn kinds_windows_and_words_narrow_a_list() {
    let dir = tempfile::tempdir().unwrap();
    let store = diwan_store::open(dir.path()).unwrap();
    let mut writer = store.writer().unwrap();
    let open = label(Tlp::Green, Purpose::Coordination, 0);
    let records = [
        Make::report(1, open.clone(), "Convoy near the port", 35.5, 33.9).held(),
        Make::report(2, open.clone(), "قافلة قرب المدرسة", 36.3, 33.5).held(),
        Make::note(3, 1, open.clone(), "limanda bekliyor", "dispute").held(),
    ];
    keep(&store, &mut writer, &records);
    let viewer = viewer(Tlp::Green, &[Purpose::Coordination]);
    let reader = store.reader().unwrap();
    let items = |query: &Query| -> Vec<_> {
        let page = reader.page(query, &viewer).unwrap();
        page.items.iter().map(|brief| brief.item).collect()
    };
    let words = |words: &str| Query { words: Some(words.to_owned()), ..query(10) };
    assert_eq!(items(&query(10)), [item(1), item(2)]);
    assert_eq!(items(&words("convoys port")), [item(1)]);
    assert_eq!(items(&words("liman")), [item(1)]);
    assert_eq!(items(&words("مدرسه")), [item(2)]);
    assert_eq!(items(&words("convoy مدرسه")), []);
    assert_eq!(items(&Query { window: Some([36.0, 33.0, 37.0, 34.0]), ..query(10) }), [item(2)]);
    assert_eq!(items(&Query { kinds: vec![Kind::Meeting], ..query(10) }), []);
    assert_eq!(items(&Query { kinds: vec![Kind::Report], ..query(10) }).len(), 2);
    let page = reader.page(&query(10), &viewer).unwrap();
    assert!(page.items[0].disputed && !page.items[1].disputed);
    follow(&store);
}

#[test]
fn a_record_given_again_shows_what_it_is_now() {
    // Purged and given again between two looks of the picture, with another precedence.
    let dir = tempfile::tempdir().unwrap();
    let store = diwan_store::open(dir.path()).unwrap();
    let mut writer = store.writer().unwrap();
    let open = label(Tlp::Green, Purpose::Coordination, 0);
    let held = Make::report(1, open, "convoy", 36.0, 33.0).held();
    keep(&store, &mut writer, std::slice::from_ref(&held));
    writer.begin().unwrap();
    writer.purge(held.record.digest()).unwrap();
    writer.keep(&Held { precedence: Precedence::Flash, ..held }).unwrap();
    writer.commit().unwrap();
    follow(&store);
    let viewer = viewer(Tlp::Green, &[Purpose::Coordination]);
    let page = store.reader().unwrap().page(&query(5), &viewer).unwrap();
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.items[0].precedence, Precedence::Flash);
}

#[test]
fn live_screens_are_told_what_changed_urgent_first() {
    let dir = tempfile::tempdir().unwrap();
    let store = diwan_store::open(dir.path()).unwrap();
    let mut writer = store.writer().unwrap();
    let open = label(Tlp::Green, Purpose::Coordination, 0);
    let secret = label(Tlp::Red, Purpose::Coordination, 0);
    let mut records: Vec<_> =
        (1..5).map(|n| Make::report(n, open.clone(), "convoy", 36.0, 33.0).held()).collect();
    records[2].precedence = Precedence::Immediate;
    records.push(Make::note(9, 1, secret.clone(), "hidden", "dispute").held());
    records.push(Make::report(8, secret, "hidden", 36.0, 33.0).held());
    keep(&store, &mut writer, &records);
    let viewer = viewer(Tlp::Green, &[Purpose::Coordination]);
    let reader = store.reader().unwrap();
    let (position, briefs) = reader.changed(0, &viewer, 10).unwrap();
    let items: Vec<_> = briefs.iter().map(|brief| brief.item).collect();
    assert_eq!(items, [item(3), item(1), item(2), item(4)]);
    assert!(!briefs[1].disputed, "by a note this viewer may not see");
    assert_eq!(reader.changed(position, &viewer, 10).unwrap(), (position, vec![]));
    let (half, briefs) = reader.changed(0, &viewer, 2).unwrap();
    assert_eq!(briefs.len(), 2);
    let (_, rest) = reader.changed(half, &viewer, 2).unwrap();
    assert_eq!(rest.iter().map(|brief| brief.item).collect::<Vec<_>>(), [item(3), item(4)]);
}
