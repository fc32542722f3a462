//! Keys: alike on both sides, eight for everybody, the same in every release.

use std::path::Path;

use diwan_names::keys::{
    KEYS, KEYS_VERSION, NAME_LENGTH_MAX, NoKey, Person, composites, name_keys, person_keys,
};
use proptest::prelude::*;

/// Every spelling shares a key with the first one.
#[track_caller]
fn check(spellings: &[&str]) {
    let first = name_keys(spellings[0]);
    for spelling in &spellings[1..] {
        let keys = name_keys(spelling);
        assert!(
            keys.iter().any(|key| first.contains(key)),
            "{first:?} of {} and {keys:?} of {spelling}",
            spellings[0]
        );
    }
}

#[test]
fn one_name_in_many_spellings_shares_a_key() {
    check(&[
        "Ahmad al-Sharaa",
        "Ahmed eş-Şara",
        "Ehmed El Şera",
        "أحمد الشرع",
        "احمد الشرع",
        "ئەحمەد شەرع",
        "AL-SHARAA Ahmad",
    ]);
    check(&[
        "Murhaf Abu Qasra",
        "Mourhaf Abou Kasra",
        "Murhaf Ebu Kasra",
        "Murhef Ebû Qesra",
        "مرهف أبو قصرة",
        "مرهف ابو قصره",
    ]);
    check(&[
        "Abd al-Rahman Nasir",
        "Abdurrahman Nasır",
        "Abdul Rahman Nasser",
        "عبد الرحمن ناصر",
        "عبدالرحمن ناصر",
    ]);
    check(&["Salah al-Din Hasan", "Selahattin Hasan", "Salahuddin Hassan", "صلاح الدين حسن"]);
    check(&["Yusuf Ibrahim", "יוסף אברהים", "يوسف إبراهيم", "Youssef Ebrahim"]);
}

#[test]
fn other_names_share_none() {
    for (one, other) in [
        ("Ahmad Hasan", "Ahmad Karim"),
        ("Murhaf Abu Qasra", "Murhaf Abu Talib"),
        ("Omar Said", "Amira Sadr"),
    ] {
        let (keys, others) = (name_keys(one), name_keys(other));
        assert!(
            !keys.iter().any(|key| others.contains(key)),
            "{one}: {keys:?}, {other}: {others:?}"
        );
    }
}

fn person<'a>(names: &'a [&'a str], born: Option<u16>, place: Option<&'a str>) -> Person<'a> {
    Person { names, born, place, father: None }
}

#[test]
fn years_one_apart_meet_and_two_apart_do_not() {
    let of = |year| person_keys(&person(&["Murhaf Abu Qasra"], Some(year), None)).unwrap();
    let meet = |one, other| of(one).iter().any(|key| of(other).contains(key));
    for year in 1900..2030 {
        assert!(meet(year, year) && meet(year, year + 1));
        assert!(!meet(year, year + 2) && !meet(year, year + 3));
    }
}

#[test]
fn who_knows_more_still_meets_who_knows_less() {
    let most = Person {
        names: &["مرهف أبو قصرة"],
        born: Some(1984),
        place: Some("حلفايا"),
        father: Some("Ahmad"),
    };
    let keys = person_keys(&most).unwrap();
    for less in [
        Person { born: Some(1985), ..person(&["Murhaf Abu Qasra"], None, None) },
        person(&["Mourhaf Abou Kasra"], None, Some("Halfaya")),
        Person {
            father: Some("أحمد"),
            ..person(&["Merhef Ebu Kasra", "Murhaf Abu Qasra"], None, None)
        },
    ] {
        let fewer = person_keys(&less).unwrap();
        assert!(keys.iter().any(|key| fewer.contains(key)), "{:?}", composites(&less));
    }
}

#[test]
fn attack_124_degenerate_names_make_no_key() {
    let refused = |person: &Person<'_>| person_keys(person).unwrap_err();
    let long = "ab".repeat(NAME_LENGTH_MAX);
    assert_eq!(refused(&person(&["Murhaf Abu Qasra"], None, None)), NoKey::NameAlone);
    assert_eq!(refused(&person(&["Murhaf Abu Qasra"], None, Some("\u{200B} ٠"))), NoKey::NameAlone);
    assert_eq!(refused(&person(&[], Some(1980), None)), NoKey::NameTooShort);
    assert_eq!(refused(&person(&["", " \u{202E}"], Some(1980), None)), NoKey::NameTooShort);
    assert_eq!(refused(&person(&["Ali"], Some(1980), None)), NoKey::NameTooShort);
    assert_eq!(refused(&person(&["يحيى"], Some(1980), None)), NoKey::NameTooShort);
    assert_eq!(refused(&person(&[&long], Some(1980), None)), NoKey::NameTooLong);
    // The same letters in another normal form are the same name.
    let composed = person_keys(&person(&["Şêx Meqsûd Hisên"], Some(1980), None));
    assert_eq!(
        composed,
        person_keys(&person(&["S\u{327}e\u{302}x Meqsu\u{302}d Hise\u{302}n"], Some(1980), None))
    );
}

/// What the vectors file holds, made again from the code.
fn vectors() -> String {
    let people = [
        person(&["Ahmad al-Sharaa"], Some(1982), None),
        person(&["أحمد الشرع"], Some(1982), None),
        person(&["Murhaf Abu Qasra", "مرهف أبو قصرة"], Some(1984), Some("Halfaya")),
        Person { father: Some("Hasan"), ..person(&["Esad Şeybani"], None, None) },
        Person {
            father: Some("حسن"), ..person(&["أسعد الشيباني"], Some(1987), Some("الحسكة"))
        },
        person(&["ישראל ישראלי"], Some(1970), Some("חיפה")),
        person(&["Gulnaz Karim Ahmad Rashid"], None, Some("Kobanî")),
    ];
    let mut text = format!("{{\n  \"version\": {KEYS_VERSION},\n  \"people\": [\n");
    for (at, person) in people.iter().enumerate() {
        let quoted = |name: &str| format!("\"{name}\"");
        let list = |all: Vec<String>| all.join(", ");
        let maybe = |name: Option<&str>| name.map_or("null".to_owned(), quoted);
        let keys = person_keys(person).unwrap();
        let hex = |key: &diwan_names::keys::Key| {
            key.0.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        };
        let lines: Vec<String> =
            keys.iter().map(|key| format!("        \"{}\"", hex(key))).collect();
        text += &format!(
            "    {{\n      \"names\": [{}],\n      \"born\": {},\n      \"place\": {},\n      \"father\": {},\n      \
             \"composites\": [{}],\n      \"keys\": [\n{}\n      ]\n    }}{}\n",
            list(person.names.iter().map(|name| quoted(name)).collect()),
            person.born.map_or("null".to_owned(), |year| year.to_string()),
            maybe(person.place),
            maybe(person.father),
            list(composites(person).unwrap().iter().map(|text| quoted(text)).collect()),
            lines.join(",\n"),
            if at + 1 < people.len() { "," } else { "" },
        );
    }
    text + "  ]\n}\n"
}

/// Partners compare keys made by different releases: a difference here needs a new `KEYS_VERSION`.
#[test]
fn keys_are_those_of_the_vectors() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/names/keys.json");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(&path, vectors()).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(
        kept == vectors(),
        "keys changed: raise KEYS_VERSION and run this test with UPDATE_VECTORS=1"
    );
}

proptest! {
    #[test]
    fn attack_128_everybody_has_eight_different_keys(
        names in proptest::collection::vec(any::<String>(), 0..4),
        born in proptest::option::of(any::<u16>()),
        place in proptest::option::of("\\PC{0,20}"),
        father in proptest::option::of("[א-ת]{0,6}|[ء-ي]{0,6}"),
    ) {
        let names: Vec<&str> = names.iter().map(String::as_str).chain(["Murhaf Abu Qasra"]).collect();
        let person = Person { names: &names, born, place: place.as_deref(), father: father.as_deref() };
        if let Ok(keys) = person_keys(&person) {
            prop_assert_eq!(keys.len(), KEYS);
            prop_assert!(keys.is_sorted());
            prop_assert!(keys.windows(2).all(|pair| pair[0] != pair[1]));
            prop_assert!(composites(&person).unwrap().len() <= KEYS);
        }
    }

    #[test]
    fn no_text_is_too_strange_for_a_key(name in any::<String>()) {
        prop_assert!(name_keys(&name).len() <= diwan_names::keys::NAME_KEYS_MAX);
    }
}
