//! Normal forms, display and look-alikes hold for any text.

use diwan_names::confusable::{Confusion, compare, look_alike, skeleton};
use diwan_names::display::{
    Case, embedded, has_invisible, is_invisible, readable, shown, stripped, title,
};
use diwan_names::normal::{normal, plain};
use diwan_names::parts::{KunyaUse, Role, kunya, parts};
use diwan_names::skeleton::{READINGS_MAX, readings};
use proptest::prelude::*;

/// Any text, rich in letters and marks that have rules of their own.
fn text() -> impl Strategy<Value = String> {
    let marks = "[ا-يءآأؤإئىةکیەێۆڕڵپچژگءًٌٍَُِّْـ א-ת'׳״ﺁ-ﻼﷲ a-zA-Zçğıİöşüêîûáḩţ‘’\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{300}-\u{330}٠-٩ -]{0,24}";
    prop_oneof![any::<String>(), marks]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn normal_forms_are_settled(text in text()) {
        let once = normal(&text);
        prop_assert_eq!(&normal(&once), &once);
        let bare = plain(&text);
        prop_assert_eq!(&plain(&bare), &bare);
        prop_assert!(!has_invisible(&once));
    }

    #[test]
    fn attack_117_nothing_invisible_is_shown_raw(text in text()) {
        prop_assert!(!has_invisible(&shown(&text)));
        prop_assert!(!has_invisible(&stripped(&text)));
        let inside = embedded(&text);
        let inside = inside.strip_prefix('\u{2068}').and_then(|rest| rest.strip_suffix('\u{2069}')).unwrap();
        let no_joiner = inside.replace('\u{200C}', "");
        prop_assert!(!has_invisible(&no_joiner));
    }

    #[test]
    fn attack_118_what_cannot_be_seen_makes_no_other_identity(text in text(), at in any::<prop::sample::Index>()) {
        let mut with: Vec<char> = text.chars().collect();
        with.insert(at.index(with.len() + 1), '\u{202E}');
        let with: String = with.into_iter().collect();
        prop_assert!(look_alike(&text, &with));
        prop_assert!(look_alike(&text, &text.clone()));
        prop_assert_eq!(compare(&text, &text), Some(Confusion::Same));
        let _ = skeleton(&text);
    }

    #[test]
    fn parts_and_readings_take_anything(text in text()) {
        for part in parts(&text) {
            let readings = readings(&part.text);
            prop_assert!(!part.text.is_empty());
            prop_assert!(!readings.is_empty() && readings.len() <= READINGS_MAX);
        }
        for case in [Case::English, Case::Turkish, Case::Kurmanji] {
            let _ = title(&text, case);
        }
    }
}

/// Word and role, as `word` or `word:role`.
fn spelled(name: &str) -> String {
    let each = parts(name).into_iter().map(|part| match part.role {
        Role::Name => part.text,
        Role::Kunya => format!("{}:kunya", part.text),
        Role::Filiation => format!("{}:of", part.text),
        Role::Initial => format!("{}:initial", part.text),
        Role::Number => format!("{}:number", part.text),
    });
    each.collect::<Vec<_>>().join(" | ")
}

#[test]
fn parts_as_a_reader_sees_them() {
    let all = [
        "Ahmad al-Sharaa",
        "Ahmed eş-Şara",
        "أحمد الشرع",
        "אחמד א-שרע",
        "Deir ez-Zor",
        "Murhaf Abu Qasra",
        "أبو عمر الشيشاني",
        "Umar ibn Abd al-Aziz",
        "عمر بن عبد العزيز",
        "Abdurrahman Nasır",
        "Abdulkadir Hasan",
        "Salah al-Din al-Ayyubi",
        "صلاح الدين الأيوبي",
        "Nasr Allah",
        "نصرالله",
        "Hasan M. Ali",
        "الفرقة ٢٥",
    ];
    let lines: Vec<String> = all.iter().map(|name| format!("{name} = {}", spelled(name))).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_kunya_is_told_from_a_given_name() {
    let used = |name| kunya(name).map(|kunya| kunya.used);
    assert_eq!(used("Abu Omar al-Shishani"), Some(KunyaUse::Calling));
    assert_eq!(used("أم كلثوم"), Some(KunyaUse::Calling));
    assert_eq!(used("Mourhaf Abou Qasra"), Some(KunyaUse::Family));
    assert_eq!(used("مرهف أبو قصرة"), Some(KunyaUse::Family));
    assert_eq!(used("Abu Bakr al-Hasan"), Some(KunyaUse::Given));
    assert_eq!(used("ابو بكر"), Some(KunyaUse::Given));
    assert_eq!(used("Abu"), None);
}

/// Every character of the first plane, which chance would hardly draw.
#[test]
fn normal_forms_of_single_characters_are_settled() {
    for text in ('\0'..='\u{FFFF}').map(String::from) {
        let (once, bare) = (normal(&text), plain(&text));
        assert_eq!(normal(&once), once, "{text:?}");
        assert_eq!(plain(&bare), bare, "{text:?}");
    }
}

/// The web interface is held to the same file.
#[test]
fn attack_117_what_is_made_visible_is_written_down() {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../../../../conformance/names/readable.json")).unwrap();
    let code = |one: &serde_json::Value| u32::from_str_radix(one.as_str().unwrap(), 16).unwrap();
    let runs: Vec<_> = vectors["invisible"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| code(&run[0])..=code(&run[1]))
        .collect();
    for c in '\0'..=char::MAX {
        let listed = runs.iter().any(|run| run.contains(&u32::from(c)));
        assert_eq!(is_invisible(c), listed, "U+{:04X}", u32::from(c));
    }
    for one in vectors["texts"].as_array().unwrap() {
        assert_eq!(readable(one["text"].as_str().unwrap()), one["readable"].as_str().unwrap());
    }
}
