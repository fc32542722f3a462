//! What must hold of any text that is taken for names, shared by its fuzz target and the smoke test
//! of the crate.

use diwan_names::keys::{NAME_KEYS_MAX, Person, name_keys, person_keys};
use diwan_names::{
    Index, Kind, Search, confusable, display, encode, explain, normal, parts, score,
};

/// Reads each line as a name; compares, explains, keys, shows and searches them.
pub(crate) fn names(from: &[u8]) {
    let text = String::from_utf8_lossy(from);
    let lines: Vec<&str> = text.lines().take(8).collect();
    let (one, other) = (lines.first().copied().unwrap_or(""), lines.last().copied().unwrap_or(""));
    for kind in [Kind::Person, Kind::Place, Kind::Org] {
        let (left, right) = (encode(one, kind), encode(other, kind));
        let alike = score(&left, &right);
        assert!((0.0..=1.0).contains(&alike), "{alike}");
        assert_eq!(alike.to_bits(), score(&right, &left).to_bits(), "the same from both sides");
        assert_eq!(alike.to_bits(), explain(one, other, kind).score.to_bits());
    }
    assert!(name_keys(one).len() <= NAME_KEYS_MAX);
    let _ = person_keys(&Person { names: &lines, place: Some(other), ..Person::default() });
    shown(one);
    let index = Index::new(&lines).expect("eight lines fit");
    let mut search = Search::new(&index);
    let found = search.best(one, Kind::Person, 3);
    assert!(found.iter().all(|found| (found.id as usize) < lines.len()));
    assert_eq!(found, search.best(one, Kind::Person, 3), "the same question, the same answer");
}

/// Forms for reading and for screens.
fn shown(name: &str) {
    let normal = normal::normal(name);
    let _ = (normal::plain(&normal), parts::parts(name), parts::kunya(name));
    let _ = (display::embedded(name), display::title(name, display::Case::of("tr")));
    let _ = (confusable::skeleton(name), display::shown(name));
}
