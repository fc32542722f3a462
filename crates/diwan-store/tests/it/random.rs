//! Random worlds: what the picture shows is compared with what it must show.

use std::collections::BTreeMap;

use diwan_record::{Digest, ItemId, Kind, Label, Precedence, Purpose, Tlp};
use diwan_room::{Brief, Held, HeldStanding, Ledger, Query, Row, Viewer, fold, row};
use diwan_store::{Reader, Store, Writer};
use proptest::prelude::*;

use crate::world::{Make, follow, hold, item, key, label, viewer};

const WORDS: [&str; 5] = ["convoy", "bridge", "market", "tunnel", "river"];
const PLACES: [(f64, f64); 4] = [(36.3, 33.5), (36.31, 33.51), (44.4, 33.3), (-179.9, 10.0)];
const AUTHORS: [&str; 2] = ["JOR", "TUR"];

fn labels() -> Vec<Label> {
    let mut all = Vec::new();
    for tlp in [Tlp::Clear, Tlp::Amber, Tlp::Red] {
        for purpose in [Purpose::Coordination, Purpose::CounterIsis] {
            all.push(label(tlp, purpose, 0));
        }
    }
    all
}

/// One record of a world, and what becomes of it.
#[derive(Clone, Debug)]
struct Fact {
    make: Make,
    precedence: Precedence,
    fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Kept,
    Parked,
    /// Parked first, kept later.
    Settled,
    Purged,
    /// Purged, and given once more.
    Again,
}

prop_compose! {
    fn fact()(
        thing in 0u32..6,
        shape in 0u8..8,
        about in 0u32..6,
        version in 1u32..4,
        variant in 0u32..2,
        by in 0usize..2,
        label in 0usize..6,
        place in 0usize..4,
        words in (0usize..5, 0usize..5),
        made in 0i64..1000,
        urgent in 0usize..4,
        fate in prop_oneof![
            6 => Just(Fate::Kept), 1 => Just(Fate::Parked), 1 => Just(Fate::Settled),
            2 => Just(Fate::Purged), 1 => Just(Fate::Again),
        ],
    ) -> Fact {
        let text = format!("{} {}", WORDS[words.0], WORDS[words.1]);
        let label = labels()[label].clone();
        let (lon, lat) = PLACES[place];
        let mut make = match shape {
            0 => Make::note(50 + thing, about, label, &text, "dispute"),
            1 => Make::status(60 + thing, about, label, made),
            2 => Make::commitment(thing, label, &text),
            3 => Make::commitment(10 + thing, label, &text),
            _ => Make::report(thing, label, &text, lon, lat),
        };
        make.by = AUTHORS[by];
        make.version = version;
        make.variant = variant;
        make.made = made;
        Fact { make, precedence: Precedence::ALL[urgent], fate }
    }
}

impl Fact {
    fn held(&self) -> Held {
        let mut held = hold(self.make.seal());
        held.precedence = self.precedence;
        held
    }
}

/// A store in which the facts have happened, in batches of this many.
struct World {
    _dir: tempfile::TempDir,
    store: Store,
}

impl World {
    fn new(facts: &[Fact], batch: usize) -> Self {
        Self::without(facts, batch, &|_| false)
    }

    /// The same batches without some facts, so that the others happen in the same order.
    fn without(facts: &[Fact], batch: usize, left_out: &dyn Fn(&Fact) -> bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = diwan_store::open(dir.path()).unwrap();
        let mut writer = store.writer().unwrap();
        for facts in facts.chunks(batch.max(1)) {
            let facts: Vec<Fact> = facts.iter().filter(|fact| !left_out(fact)).cloned().collect();
            happen(&store, &mut writer, &facts);
        }
        drop(writer);
        follow(&store);
        Self { _dir: dir, store }
    }

    fn reader(&self) -> Reader {
        self.store.reader().unwrap()
    }
}

fn happen(store: &Store, writer: &mut Writer, facts: &[Fact]) {
    let mut step = |facts: &[Fact], what: &dyn Fn(&mut Writer, &Held, Fate)| {
        writer.begin().unwrap();
        for fact in facts {
            what(writer, &fact.held(), fact.fate);
        }
        writer.commit().unwrap();
        store.project(3).unwrap();
    };
    step(facts, &|writer, held, fate| {
        let mut held = held.clone();
        if writer.knows(held.record.digest()).unwrap() {
            return;
        }
        if matches!(fate, Fate::Parked | Fate::Settled) {
            held.standing = HeldStanding::Parked("record/unknown".to_owned());
        }
        writer.keep(&held).unwrap();
    });
    step(facts, &|writer, held, fate| match fate {
        Fate::Kept => {}
        Fate::Parked => {
            let parked = HeldStanding::Parked("label/looser".to_owned());
            writer.set_standing(held.record.digest(), &parked).unwrap();
        }
        Fate::Settled => {
            writer.set_standing(held.record.digest(), &HeldStanding::Kept).unwrap();
        }
        Fate::Purged | Fate::Again => writer.purge(held.record.digest()).unwrap(),
    });
    step(facts, &|writer, held, fate| {
        if fate == Fate::Again && !writer.knows(held.record.digest()).unwrap() {
            writer.keep(held).unwrap();
        }
    });
}

fn viewers() -> Vec<Viewer> {
    let all = [Purpose::Coordination, Purpose::CounterIsis];
    vec![viewer(Tlp::Red, &all), viewer(Tlp::Amber, &all[..1]), viewer(Tlp::Clear, &all)]
}

fn questions() -> Vec<Query> {
    let plain = Query { limit: 2, ..Query::default() };
    let window = |sides| Query { window: Some(sides), ..plain.clone() };
    let words = |words: &str| Query { words: Some(words.to_owned()), ..plain.clone() };
    vec![
        plain.clone(),
        Query { kinds: vec![Kind::Commitment], ..plain.clone() },
        Query { kinds: vec![Kind::Report, Kind::Site], ..plain.clone() },
        window([36.0, 33.0, 37.0, 34.0]),
        window([36.305, 33.505, 36.32, 33.52]),
        window([170.0, -20.0, -170.0, 20.0]),
        window([0.0, 0.0, 1.0, 1.0]),
        words("convoy"),
        words("river tunnel"),
        Query { kinds: vec![Kind::Report], ..words("bridge") },
        Query { window: Some([36.0, 33.0, 37.0, 34.0]), ..words("market") },
        words("nowhere"),
    ]
}

/// A brief without the number of its label, which counts labels that others may hide.
fn shown(reader: &Reader, brief: &Brief) -> (Brief, Label) {
    let label = reader.label(brief.label_no).unwrap();
    (Brief { label_no: 0, ..brief.clone() }, label)
}

fn all_pages(reader: &Reader, query: &Query, viewer: &Viewer) -> Vec<(Vec<Brief>, Option<Digest>)> {
    let mut pages = Vec::new();
    let mut after = None;
    loop {
        let page = reader.page(&Query { after, ..query.clone() }, viewer).unwrap();
        assert!(page.items.len() <= query.limit);
        pages.push((page.items, page.next));
        after = page.next;
        if after.is_none() {
            return pages;
        }
    }
}

/// Everything a viewer can ask, as far as the viewer is shown it.
fn everything(reader: &Reader, viewer: &Viewer) -> Vec<String> {
    let mut all = Vec::new();
    for query in questions() {
        for (items, next) in all_pages(reader, &query, viewer) {
            let items: Vec<_> = items.iter().map(|brief| shown(reader, brief)).collect();
            all.push(format!("{items:?} then {next:?}"));
        }
        let (items, more) = reader.map(&query, viewer).unwrap();
        let items: Vec<_> = items.iter().map(|brief| shown(reader, brief)).collect();
        all.push(format!("{items:?} more {more}"));
    }
    for number in 0..20 {
        let found = reader.item(&item(number), viewer).unwrap();
        let bare = |row: &Row| Row { position: 0, label_no: 0, ..row.clone() };
        all.push(match found {
            None => "no such item".to_owned(),
            Some((folded, held)) => {
                let rows: Vec<_> =
                    folded.current.iter().chain(&folded.superseded).map(bare).collect();
                let brief = folded.brief.map(|brief| shown(reader, &brief));
                let held: Vec<_> = held.iter().map(|held| held.record.digest()).collect();
                format!("{brief:?} {rows:?} {held:?}")
            }
        });
    }
    let (_, changed) = reader.changed(0, viewer, 1000).unwrap();
    let mut changed: Vec<_> = changed.iter().map(|brief| shown(reader, brief)).collect();
    changed.sort_by_key(|(brief, _)| brief.item);
    all.push(format!("{changed:?}"));
    all
}

/// What a question must find, worked out from all records without any index.
fn expected(kept: &[Held], query: &Query, placed: bool, viewer: &Viewer) -> Vec<Brief> {
    let mut items: BTreeMap<ItemId, Vec<Row>> = BTreeMap::new();
    for held in kept.iter().filter(|held| viewer.sees(&held.label)) {
        let row = row(held).unwrap();
        items.entry(row.item).or_default().push(row);
    }
    let words: Vec<&str> = query.words.iter().flat_map(|words| words.split(' ')).collect();
    let has = |row: &&Row| words.iter().all(|word| row.text.split(' ').any(|one| one == *word));
    let mut found = Vec::new();
    for rows in items.into_values() {
        let newest = rows.iter().map(|row| row.position).max();
        let folded = fold(rows);
        let hit = folded.current.iter().filter(has).map(|row| row.position).max();
        let at = if words.is_empty() { newest } else { hit };
        let (Some(brief), Some(at)) = (folded.brief, at) else {
            continue;
        };
        let kind = query.kinds.is_empty() || query.kinds.contains(&brief.kind);
        let place = match &brief.face.place {
            Some(place) => query.contains(place.lon, place.lat),
            None => query.window.is_none() && !placed,
        };
        if kind && place {
            found.push((at, brief));
        }
    }
    found.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    found.into_iter().map(|(_, brief)| brief).collect()
}

fn kept_of(world: &World, facts: &[Fact]) -> Vec<Held> {
    let digests: Vec<Digest> = facts.iter().map(|fact| *fact.held().record.digest()).collect();
    let mut kept: Vec<Held> = world
        .reader()
        .ledger(|ledger| {
            digests.iter().map(|digest| ledger.held(digest)).collect::<Result<Vec<_>, _>>()
        })
        .unwrap()
        .into_iter()
        .flatten()
        .filter(|held| held.standing == HeldStanding::Kept)
        .collect();
    kept.sort_by_key(|held| held.position);
    kept.dedup_by_key(|held| held.position);
    kept
}

/// Few by default, as every case makes files; `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 8 };
    ProptestConfig { cases, failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn answers_are_exact(facts in prop::collection::vec(fact(), 1..40), batch in 1usize..20) {
        let world = World::new(&facts, batch);
        let kept = kept_of(&world, &facts);
        let reader = world.reader();
        for viewer in viewers() {
            for query in questions() {
                let items: Vec<_> = all_pages(&reader, &query, &viewer)
                    .into_iter()
                    .flat_map(|(items, _)| items)
                    .collect();
                prop_assert_eq!(items, expected(&kept, &query, false, &viewer), "{:?}", query);
                let all = Query { limit: 1000, ..query };
                let (items, more) = reader.map(&all, &viewer).unwrap();
                prop_assert_eq!(items, expected(&kept, &all, true, &viewer), "map {:?}", all);
                prop_assert!(!more);
            }
        }
    }

    #[test]
    fn following_and_rebuilding_give_the_same(
        facts in prop::collection::vec(fact(), 1..40),
        batch in 1usize..20,
    ) {
        let world = World::new(&facts, batch);
        let verdict = world.store.verify(&|whose| keys(whose)).unwrap();
        prop_assert_eq!(verdict.findings, vec![]);
        let before: Vec<_> =
            viewers().iter().map(|viewer| everything(&world.reader(), viewer)).collect();
        let rows = world.store.rebuild().unwrap();
        prop_assert_eq!(rows, verdict.rows);
        let after: Vec<_> =
            viewers().iter().map(|viewer| everything(&world.reader(), viewer)).collect();
        prop_assert_eq!(before, after);
        prop_assert_eq!(world.store.verify(&|whose| keys(whose)).unwrap().findings, vec![]);
    }

    #[test]
    fn attack_035_hidden_records_leave_no_mark(
        facts in prop::collection::vec(fact(), 1..40),
        batch in 1usize..20,
    ) {
        let full = World::new(&facts, batch);
        for viewer in viewers() {
            let hidden = |fact: &Fact| !viewer.sees(&fact.make.label);
            let reduced = World::without(&facts, batch, &hidden);
            prop_assert_eq!(
                everything(&full.reader(), &viewer),
                everything(&reduced.reader(), &viewer)
            );
            // A hidden record's name is no cursor, like a name that never was.
            for fact in facts.iter().filter(|fact| !viewer.sees(&fact.make.label)) {
                let after = Some(*fact.held().record.digest());
                let query = Query { after, limit: 5, ..Query::default() };
                let page = full.reader().page(&query, &viewer).unwrap();
                prop_assert_eq!(page, diwan_store::Page::default());
            }
        }
    }

    #[test]
    fn attack_093_what_was_purged_stays_away(
        facts in prop::collection::vec(fact(), 1..30),
        batch in 1usize..20,
    ) {
        let facts: Vec<Fact> = facts
            .into_iter()
            .map(|mut fact| {
                if fact.fate == Fate::Again {
                    fact.fate = Fate::Purged;
                }
                fact
            })
            .collect();
        let world = World::new(&facts, batch);
        let gone: Vec<Digest> = facts
            .iter()
            .map(|fact| *fact.held().record.digest())
            .filter(|digest| !world.reader().ledger(|ledger| ledger.knows(digest)).unwrap())
            .collect();
        for rebuilt in [false, true] {
            if rebuilt {
                world.store.rebuild().unwrap();
            }
            let viewer = &viewers()[0];
            for number in 0..20 {
                let Some((folded, _)) = world.reader().item(&item(number), viewer).unwrap() else {
                    continue;
                };
                for row in folded.current.iter().chain(&folded.superseded) {
                    prop_assert!(!gone.contains(&row.digest));
                }
            }
            for digest in &gone {
                prop_assert!(world.reader().ledger(|ledger| ledger.bytes(digest)).unwrap().is_none());
            }
        }
    }
}

fn keys(whose: diwan_store::Whose<'_>) -> Vec<diwan_record::PublicKey> {
    match whose {
        diwan_store::Whose::Originator(by) => vec![key(by)],
        diwan_store::Whose::Stream(..) | diwan_store::Whose::Receipt(_) => Vec::new(),
    }
}

#[test]
fn attack_020_an_update_leaves_one_label() {
    let dir = tempfile::tempdir().unwrap();
    let store = diwan_store::open(dir.path()).unwrap();
    let mut writer = store.writer().unwrap();
    let (looser, stricter) = (labels()[0].clone(), labels()[2].clone());
    let first = Make::report(1, looser.clone(), "convoy", 36.0, 33.0);
    let second = Make { version: 2, label: stricter.clone(), ..first.clone() };
    crate::world::keep(&store, &mut writer, &[first.held(), second.held()]);
    let reader = store.reader().unwrap();
    let viewer = &viewers()[0];
    let page = reader.page(&Query { limit: 9, ..Query::default() }, viewer).unwrap();
    assert_eq!(page.items.len(), 1);
    assert_eq!(reader.label(page.items[0].label_no).unwrap(), stricter);
    let (folded, held) = reader.item(&item(1), viewer).unwrap().unwrap();
    assert_eq!((folded.current.len(), folded.superseded.len()), (1, 1));
    assert_eq!(held[0].label, stricter, "the one in effect");
    assert_eq!(held[1].label, looser, "history");
    let found = reader
        .page(&Query { words: Some("convoy".to_owned()), limit: 9, ..Query::default() }, viewer);
    assert_eq!(found.unwrap().items.len(), 1);
}
