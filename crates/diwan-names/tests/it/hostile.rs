//! Any text is a name; none of it makes reading, comparing or explaining panic.

use diwan_names::{Kind, PARTS_MAX, encode, explain, score};
use proptest::prelude::*;

use crate::readers;

proptest! {
    #[test]
    fn any_text_is_read_compared_and_explained(one in any::<String>(), other in any::<String>()) {
        for kind in [Kind::Person, Kind::Place, Kind::Org] {
            let why = explain(&one, &other, kind);
            let alike = score(&encode(&one, kind), &encode(&other, kind));
            prop_assert_eq!(why.score.to_bits(), alike.to_bits());
        }
    }

    #[test]
    fn letters_of_the_region_in_any_order(
        one in "[ا-يئەێۆکگپچa-zşçğıîûêא-ת \u{200c}'‘.\\-0-9٠-٩]{0,80}",
        other in "[ا-يئەێۆکگپچa-zşçğıîûêא-ת \u{200c}'‘.\\-0-9٠-٩]{0,80}",
    ) {
        let alike = score(&encode(&one, Kind::Person), &encode(&other, Kind::Person));
        prop_assert!((0.0..=1.0).contains(&alike));
        let _ = explain(&one, &other, Kind::Org);
    }
}

/// What the fuzz target starts from, changed a little: pieces of one beside pieces of another.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    const SEEDS: [&[u8]; 3] = [
        include_bytes!("../../../../fuzz/corpus/name/person"),
        include_bytes!("../../../../fuzz/corpus/name/place"),
        include_bytes!("../../../../fuzz/corpus/name/org"),
    ];
    let piece =
        (0..SEEDS.len(), any::<(u8, u8)>(), any::<u8>()).prop_map(|(at, (from, to), byte)| {
            let seed = SEEDS[at];
            let (from, to) = (usize::from(from) % seed.len(), usize::from(to) % seed.len());
            let mut bytes = seed[from.min(to)..from.max(to)].to_vec();
            bytes.push(byte);
            bytes
        });
    prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn bytes_that_are_nearly_names_never_panic(bytes in pieces()) {
        readers::names(&bytes);
    }
}

#[test]
fn a_name_without_end_is_compared_by_its_beginning() {
    let long = "Abd al-Rahman ".repeat(20_000);
    let read = encode(&long, Kind::Person);
    assert!(read.spelled().split(' ').count() <= PARTS_MAX);
    assert!(score(&read, &encode("عبد الرحمن", Kind::Person)) < 1.0);
    let letters = "ش".repeat(100_000);
    assert!(explain(&letters, &long, Kind::Place).score <= 1.0);
}

#[test]
fn other_scripts_are_told_apart() {
    assert_eq!(score(&encode("北京", Kind::Place), &encode("北京", Kind::Place)), 1.0);
    assert!(score(&encode("北京", Kind::Place), &encode("東京都", Kind::Place)) < 0.9);
    assert!(score(&encode("Дамаск", Kind::Place), &encode("Damask", Kind::Place)) > 0.9);
}
