//! Explanations are of the very score, in the words of the names.

use std::fmt::Write as _;

use diwan_names::{Kind, LeftOver, encode, explain, score};

fn check(left: &str, right: &str, kind: Kind, expected: &str) {
    let why = explain(left, right, kind);
    assert_eq!(why.score.to_bits(), score(&encode(left, kind), &encode(right, kind)).to_bits());
    let mut told = String::new();
    for answer in &why.answers {
        let _ = writeln!(told, "{} = {}: {}", answer.left, answer.right, answer.rule);
    }
    let over = |parts: &[LeftOver]| {
        parts.iter().map(|part| part.text.clone()).collect::<Vec<_>>().join(", ")
    };
    if !why.left_over.is_empty() {
        let _ = writeln!(told, "only left: {}", over(&why.left_over));
    }
    if !why.right_over.is_empty() {
        let _ = writeln!(told, "only right: {}", over(&why.right_over));
    }
    for against in &why.against {
        let _ = writeln!(told, "against: {against}");
    }
    assert_eq!(told.trim_end(), expected, "{left} | {right}");
}

#[test]
fn across_scripts_every_part_has_its_answer() {
    check(
        "Murhaf Abu Qasra",
        "مرهف أبو قصرة",
        Kind::Person,
        "Murhaf = مرهف: other letters for like sounds\n\
         Qasra = قصرة: other letters for like sounds\n\
         Abu = أبو: the same meaning",
    );
}

#[test]
fn two_parts_written_as_one() {
    check(
        "Deir ez-Zor",
        "Deyrizor",
        Kind::Place,
        "Deir ez-Zor = Deyrizor: two parts written as one",
    );
}

#[test]
fn a_different_given_name_is_told() {
    check(
        "Basel al-Hasan",
        "Rami al-Hasan",
        Kind::Person,
        "al-Hasan = al-Hasan: the same sounds\n\
         only left: Basel\n\
         only right: Rami\n\
         against: different given name\n\
         against: each has parts that the other lacks",
    );
}

#[test]
fn generation_and_sex_are_told() {
    check(
        "Hasan II",
        "Hasan III",
        Kind::Person,
        "Hasan = Hasan: the same sounds\n\
         only left: II\n\
         only right: III\n\
         against: different number or generation",
    );
    let why = explain("Yusuf bin Ali", "Yusuf bint Ali", Kind::Person);
    assert_eq!(why.against.iter().map(ToString::to_string).collect::<Vec<_>>(), ["different sex"]);
}

#[test]
fn what_no_sound_tells_comes_from_a_table() {
    check("Damascus", "Şam", Kind::Place, "Damascus = Şam: known names of one place or body");
    check(
        "Khirbat Ghazala",
        "خربة غزالة",
        Kind::Place,
        "Ghazala = غزالة: other letters for like sounds\nKhirbat = خربة: the same meaning",
    );
}

#[test]
fn sides_may_be_swapped() {
    let (one, other) = ("أسعد الشيباني", "Esad eş-Şeybani");
    let (there, back) = (explain(one, other, Kind::Person), explain(other, one, Kind::Person));
    assert_eq!(there.score.to_bits(), back.score.to_bits());
    let sides = |why: &diwan_names::Explanation, turn: bool| -> Vec<(String, String)> {
        let pair = |answer: &diwan_names::Answered| (answer.left.clone(), answer.right.clone());
        why.answers.iter().map(pair).map(|(a, b)| if turn { (b, a) } else { (a, b) }).collect()
    };
    assert_eq!(sides(&there, false), sides(&back, true));
}
