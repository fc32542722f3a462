//! How spellings of one name are read: articles in brackets may be skipped.

use diwan_names::{Kind, encode};

fn check(kind: Kind, names: &[&str], expected: &[&str]) {
    let read: Vec<String> = names.iter().map(|name| encode(name, kind).spelled()).collect();
    assert_eq!(read, expected);
}

#[test]
fn the_article_agrees_with_its_word_or_is_attached_to_it() {
    check(
        Kind::Person,
        &["al-Shara", "eş-Şara", "الشرع", "ئەلشەرع", "א-שרע", "al-Qadi", "القاضي"],
        &["(a)shara", "(e)şara", "(A-)shr‘", "(e)sher‘", "(A-)Sr‘", "(al)qadi", "(A-l)qAḑY"],
    );
}

#[test]
fn abd_and_what_follows_are_one_part_however_they_are_written() {
    check(
        Kind::Person,
        &["Abd al-Rahman", "Abdulrahman", "Abdurrahman", "عبد الرحمن", "عبدالرحمن", "Abdul Aziz"],
        &[
            "(abda)rahman",
            "(abdul)rahman",
            "(abdu)rahman",
            "(‘bdA-)rḩmn",
            "(‘bdAl)rḩmn",
            "(abdul)aziz",
        ],
    );
    check(
        Kind::Person,
        &["Nasr Allah", "نصر الله", "Salah al-Din"],
        &["nasrala-h", "nş.rA-ll-h", "salahadin"],
    );
}

#[test]
fn presentation_forms_vowel_signs_and_controls_change_nothing() {
    let plain = encode("محمد", Kind::Person).spelled();
    for shown in ["مُحَمَّد", "محـــمد", "\u{202b}محمد\u{202c}", "\u{fee3}\u{fea4}\u{fee4}\u{fea9}"]
    {
        assert_eq!(encode(shown, Kind::Person).spelled(), plain, "{shown:?}");
    }
}

#[test]
fn a_name_made_of_small_words_is_still_a_name() {
    check(Kind::Org, &["Par", "Of The"], &["par", "of the"]);
}
