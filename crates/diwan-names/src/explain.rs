//! Why a score is what it is: the very answers it was made from, in the words of the names.

use std::fmt;

use crate::align::trace;
use crate::compare::{Answer, Comparison, Pair, Rule};
use crate::encode::*;
use crate::features::{FEATURE_NAMES, Features, worth};
use crate::model::Model;
use crate::phone;
use crate::score::{measured, score};
use crate::words::{Role, Words};

/// The score of two names with everything it was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What [`score`](crate::score) says of the same names.
    pub score: f32,
    /// Parts that answer one another, heaviest first.
    pub answers: Vec<Answered>,
    /// Parts of the first name without an answer.
    pub left_over: Vec<LeftOver>,
    /// Parts of the second name without an answer.
    pub right_over: Vec<LeftOver>,
    /// What speaks against.
    pub against: Vec<Against>,
    /// Both are known names of one place or body.
    pub known_as: Option<&'static str>,
    /// The numbers the decision was made from, with their names.
    pub features: Vec<(&'static str, f32)>,
}

/// One part (or two written as one) answering another.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// As written in the first name.
    pub left: String,
    /// As written in the second name.
    pub right: String,
    /// Why it answers.
    pub rule: Rule,
    /// 1 for the same sounds, 0 for none in common.
    pub alike: f32,
    /// Its share in all that the names say, from 0 to 1.
    pub share: f32,
    /// Sounds that differ, each as `one>other`; `-` for no answer.
    pub differing: Vec<String>,
    /// What both words mean, where a table of words says so.
    pub meaning: Option<&'static str>,
}

/// A part without an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOver {
    /// As written.
    pub text: String,
    /// Its share in all that the names say, from 0 to 1.
    pub share: f32,
}

/// What speaks against two names being alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The first names of two persons do not answer one another.
    GivenName,
    /// Different numbers or generations, or one where the other has none.
    Number,
    /// One names a woman, the other a man.
    Sex,
    /// Upper and lower, old and new, or one where the other has none.
    Side,
    /// Parts answer whose first consonants differ.
    FirstConsonant,
    /// One writes a long u or i that the other lacks, in letters that write both.
    LongVowel,
    /// One is called after a child, the other by the same word itself.
    Kunya,
    /// Both have parts the other lacks.
    BothLeftOver,
}

impl fmt::Display for Against {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::GivenName => "different given name",
            Self::Number => "different number or generation",
            Self::Sex => "different sex",
            Self::Side => "different one of a pair (upper and lower, old and new)",
            Self::FirstConsonant => "different first consonant",
            Self::LongVowel => "a long vowel only one of them writes",
            Self::Kunya => "a kunya against a name",
            Self::BothLeftOver => "each has parts that the other lacks",
        })
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Same => "the same sounds",
            Self::Letters => "other letters for like sounds",
            Self::Joined => "two parts written as one",
            Self::Initial => "an initial",
            Self::Number => "the same number",
            Self::Meaning => "the same meaning",
            Self::Known => "known names of one place or body",
        })
    }
}

/// Explains the score of two names.
///
/// ```
/// use diwan_names::{Kind, explain};
///
/// let why = explain("Murhaf Abu Qasra", "مرهف أبو قصرة", Kind::Person);
/// assert_eq!(why.answers[0].left, "Murhaf");
/// assert_eq!(why.answers[0].right, "مرهف");
/// assert!(why.against.is_empty());
/// ```
#[must_use]
pub fn explain(left: &str, right: &str, kind: Kind) -> Explanation {
    let (one, other) = (encode(left, kind), encode(right, kind));
    let model = Model::shipped();
    let score = score(&one, &other);
    let (features, found, turned) = measured(model, &one, &other);
    let (first, second) = if turned { (&other, &one) } else { (&one, &other) };
    let (first_text, second_text) = if turned { (right, left) } else { (left, right) };
    let telling =
        Telling { model, found: &found, first: (first, first_text), second: (second, second_text) };
    let mut answers = telling.answers();
    let (mut left_over, mut right_over) = telling.left_over();
    if turned {
        answers.iter_mut().for_each(Answered::turn);
        std::mem::swap(&mut left_over, &mut right_over);
    }
    let known = if one.known_as != 0 && one.known_as == other.known_as { one.known_as } else { 0 };
    if known != 0 {
        let title = Words::shipped().title(known);
        return Explanation::known(title, score, (left, right), features);
    }
    Explanation {
        score,
        answers,
        left_over,
        right_over,
        against: telling.against(&features),
        known_as: None,
        features: FEATURE_NAMES.into_iter().zip(features).collect(),
    }
}

impl Explanation {
    /// Both names stand in the table of known names: each answers the other as a whole.
    fn known(
        title: &'static str,
        score: f32,
        (left, right): (&str, &str),
        features: Features,
    ) -> Self {
        let answer = Answered {
            left: left.to_owned(),
            right: right.to_owned(),
            rule: Rule::Known,
            alike: 1.0,
            share: 1.0,
            differing: Vec::new(),
            meaning: Some(title),
        };
        Self {
            score,
            answers: vec![answer],
            left_over: Vec::new(),
            right_over: Vec::new(),
            against: Vec::new(),
            known_as: Some(title),
            features: FEATURE_NAMES.into_iter().zip(features).collect(),
        }
    }
}

impl Answered {
    fn turn(&mut self) {
        std::mem::swap(&mut self.left, &mut self.right);
        for differing in &mut self.differing {
            if let Some((one, other)) = differing.split_once('>') {
                *differing = format!("{other}>{one}");
            }
        }
    }
}

/// A comparison about to be told, with the names as written.
struct Telling<'a> {
    model: &'a Model,
    found: &'a Comparison,
    first: (&'a Encoded, &'a str),
    second: (&'a Encoded, &'a str),
}

impl Telling<'_> {
    fn all(&self) -> f32 {
        let sum =
            |name: &Encoded| name.parts().iter().map(|part| worth(self.model, part)).sum::<f32>();
        (sum(self.first.0) + sum(self.second.0)).max(f32::MIN_POSITIVE)
    }

    fn answers(&self) -> Vec<Answered> {
        let mut told: Vec<Answered> =
            self.found.answers().iter().map(|answer| self.answered(answer)).collect();
        told.sort_by(|a, b| b.share.total_cmp(&a.share));
        told
    }

    fn answered(&self, answer: &Answer) -> Answered {
        let (left, left_parts) = written(self.first, answer.one);
        let (right, right_parts) = written(self.second, answer.other);
        let parts = left_parts.iter().chain(right_parts);
        let share = parts.map(|part| worth(self.model, part)).sum::<f32>() / self.all();
        let class = left_parts.first().map_or(0, |part| part.class);
        let meaning = answer.rule == Rule::Meaning;
        Answered {
            left,
            right,
            rule: answer.rule,
            alike: (1.0 - answer.distance).max(0.0),
            share,
            differing: self.differing(answer),
            meaning: meaning.then(|| Words::shipped().title(class)),
        }
    }

    fn differing(&self, answer: &Answer) -> Vec<String> {
        let pair = Pair::new(&self.model.costs, self.first.0, self.second.0);
        let parts = pair.parts(usize::from(answer.one.0), usize::from(answer.other.0));
        let (Rule::Letters | Rule::Joined, Some((x, y))) = (answer.rule, parts) else {
            return Vec::new();
        };
        let (row, answering) = pair.rows(answer.one, answer.other);
        let mut told = Vec::new();
        trace(self.model.costs.between(x.script, y.script), row, answering, |step| {
            if step.cost >= WORTH_TELLING {
                let said = |one: u8| if one == phone::NONE { "-" } else { phone::text(one) };
                told.push(format!("{}>{}", said(step.one), said(step.other)));
            }
        });
        told.reverse();
        told
    }

    fn left_over(&self) -> (Vec<LeftOver>, Vec<LeftOver>) {
        let over = |name: (&Encoded, &str), used: u16| {
            let free = (0..name.0.many_parts).filter(|at| used & (1 << at) == 0);
            free.map(|at| {
                let (text, parts) = written(name, (at, 1));
                let share =
                    parts.iter().map(|part| worth(self.model, part)).sum::<f32>() / self.all();
                LeftOver { text, share }
            })
            .collect()
        };
        (over(self.first, self.found.used_one), over(self.second, self.found.used_other))
    }

    fn against(&self, features: &Features) -> Vec<Against> {
        let mut against: Vec<Against> =
            crate::score::against(features).map(|(what, _)| what).collect();
        if self.first.0.kind == Kind::Person && self.given_differs() {
            against.insert(0, Against::GivenName);
        }
        if self.names_free(true) && self.names_free(false) {
            against.push(Against::BothLeftOver);
        }
        against
    }

    fn names_free(&self, first: bool) -> bool {
        let (name, used) = if first {
            (self.first.0, self.found.used_one)
        } else {
            (self.second.0, self.found.used_other)
        };
        name.parts().iter().enumerate().any(|(at, part)| {
            used & (1 << at) == 0 && matches!(part.role, Role::Name | Role::Word | Role::Feature)
        })
    }

    fn given_differs(&self) -> bool {
        let given = |name: &Encoded| name.parts().iter().position(|part| part.role == Role::Name);
        let (Some(one), Some(other)) = (given(self.first.0), given(self.second.0)) else {
            return false;
        };
        let holds = |(start, many): (u8, u8), at: usize| {
            (usize::from(start)..usize::from(start) + usize::from(many)).contains(&at)
        };
        let met = |answer: &&Answer| holds(answer.one, one) || holds(answer.other, other);
        let answers = || self.found.answers().iter().filter(met);
        // Word order differs between lists: a given name may answer any part of the other.
        let answered = |answer: &Answer| answer.distance < GIVEN_DIFFERS;
        answers().all(|answer| !answered(answer)) && self.names_free(true) == self.names_free(false)
            || answers().any(|answer| {
                !answered(answer) && holds(answer.one, one) && holds(answer.other, other)
            })
    }
}

/// Steps below this cost are the usual ways to write one sound.
const WORTH_TELLING: u8 = 40;
const GIVEN_DIFFERS: f32 = 0.2;

/// The parts of a run and what of the name they were read from.
fn written<'a>(name: (&'a Encoded, &str), (start, many): (u8, u8)) -> (String, &'a [Part]) {
    let parts = name
        .0
        .parts()
        .get(usize::from(start)..usize::from(start) + usize::from(many))
        .unwrap_or(&[]);
    let from = parts.first().map_or(0, |part| usize::from(part.from));
    let to = parts.last().map_or(0, |part| usize::from(part.to));
    (name.1.get(from..to).unwrap_or("").to_owned(), parts)
}
