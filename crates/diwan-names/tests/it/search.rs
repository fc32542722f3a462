//! Searching: every name finds itself, spellings find each other, anything can be asked.

use diwan_names::{Index, Kind, Search, encode, score};
use proptest::prelude::*;

const NAMES: [&str; 16] = [
    "Ahmad al-Sharaa",
    "Ahmad Hasan",
    "Murhaf Abu Qasra",
    "Murhaf Qasim",
    "أسعد الشيباني",
    "دير الزور",
    "Deyrik",
    "Türkiye",
    "Nassib",
    "Abd al-Rahman Nasir",
    "احمدآباد",
    "Jean-Louis Martin",
    "حسن آباد",
    "ג'ון סמית'",
    "Damascus",
    "Qamishli",
];

/// The names found, best first.
fn found(query: &str, kind: Kind) -> Vec<&'static str> {
    let index = Index::new(NAMES).unwrap();
    let found = Search::new(&index).best(query, kind, 3);
    found.iter().map(|found| NAMES[found.id as usize]).collect()
}

#[test]
fn spellings_of_other_languages_find_the_name() {
    for (query, kind, name) in [
        ("Ehmed El Şera", Kind::Person, "Ahmad al-Sharaa"),
        ("أحمد الشرع", Kind::Person, "Ahmad al-Sharaa"),
        ("אחמד א-שרע", Kind::Person, "Ahmad al-Sharaa"),
        ("Mourhaf Abou Kasra", Kind::Person, "Murhaf Abu Qasra"),
        ("Esad Şeybani", Kind::Person, "أسعد الشيباني"),
        ("Deyrizor", Kind::Place, "دير الزور"),
        ("دێرەزۆر", Kind::Place, "دير الزور"),
        ("Turquie", Kind::Place, "Türkiye"),
        ("Naseeb", Kind::Place, "Nassib"),
        ("Abdurrahman Nasır", Kind::Person, "Abd al-Rahman Nasir"),
        ("Aḩmad Ābād", Kind::Place, "احمدآباد"),
        ("Hasanabad", Kind::Place, "حسن آباد"),
        ("John Smith", Kind::Person, "ג'ון סמית'"),
        ("دمشق", Kind::Place, "Damascus"),
    ] {
        assert_eq!(found(query, kind).first(), Some(&name), "{query}: {:?}", found(query, kind));
    }
}

#[test]
fn the_score_is_the_score_of_the_pair() {
    let index = Index::new(NAMES).unwrap();
    for found in Search::new(&index).best("Ahmed eş-Şara", Kind::Person, 10) {
        let of = |name| encode(name, Kind::Person);
        assert_eq!(found.score, score(&of("Ahmed eş-Şara"), &of(index.name(found.id))));
    }
}

#[test]
fn an_empty_index_finds_nothing() {
    let index = Index::new::<&str>([]).unwrap();
    assert!(index.is_empty());
    assert_eq!(Search::new(&index).best("Ahmad", Kind::Person, 10), []);
    assert_eq!(index.name(0), "");
}

#[test]
fn the_same_question_gets_the_same_answer() {
    let index = Index::new(NAMES).unwrap();
    let mut search = Search::new(&index);
    let first = search.best("Ahmad Qasim", Kind::Person, 10);
    search.best("دير الزور", Kind::Place, 10);
    assert_eq!(search.best("Ahmad Qasim", Kind::Person, 10), first);
    assert_eq!(Search::new(&index).best("Ahmad Qasim", Kind::Person, 10), first);
}

proptest! {
    #[test]
    fn every_name_finds_itself(names in proptest::collection::vec("[a-zçşıêîû]{3,9}( [a-zçşıêîû]{3,9}){0,2}|[ا-ي]{3,8}( [ا-ي]{3,8}){0,2}|[א-ת]{3,7}", 1..30)) {
        let index = Index::new(&names).unwrap();
        let mut search = Search::new(&index);
        for name in &names {
            let best = search.best(name, Kind::Place, 10);
            // Words of the tables alone (a lone article, "of") are not compared.
            if !encode(name, Kind::Place).is_empty() {
                prop_assert!(best.iter().any(|found| index.name(found.id) == name), "{name} among {names:?}: {best:?}");
            }
        }
    }

    #[test]
    fn anything_can_be_indexed_and_asked(names in proptest::collection::vec(any::<String>(), 0..8), query in any::<String>()) {
        let index = Index::new(&names).unwrap();
        let mut search = Search::new(&index);
        for kind in [Kind::Person, Kind::Place, Kind::Org] {
            for query in names.iter().chain([&query]) {
                prop_assert!(search.best(query, kind, 10).iter().all(|found| (found.id as usize) < names.len()));
            }
        }
    }
}
