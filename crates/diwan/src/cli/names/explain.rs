//! `diwan names explain`: why two names are as alike as they are.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;
use diwan_names::{Explanation, Kind, LeftOver, explain};
use serde_json::{Map, Value, json};

use crate::cli::outcome::{Said, tell};

/// Which part of one name answers which part of the other, and what speaks against.
#[derive(Debug, Args)]
pub(in crate::cli) struct Explained {
    left: String,
    right: String,
    /// What both name: person, place or org.
    #[arg(long, default_value = "person")]
    kind: Kind,
}

pub(in crate::cli) const EXAMPLE: &str = "Example:\n  diwan names explain 'Murhaf Abu Qasra' 'مرهف أبو قصرة'\n  \
     diwan names explain --kind place Tarabulus Cerablus";

pub(in crate::cli) fn explain_pair(asked: &Explained, json: bool) -> ExitCode {
    let why = explain(&asked.left, &asked.right, asked.kind);
    tell(Ok(Said { text: told(&why), json: machine(&why) }), json)
}

fn told(why: &Explanation) -> String {
    let mut text = format!("{:.3}  how alike, from 0 to 1; never that they are one\n", why.score);
    for answer in &why.answers {
        let _ = write!(text, "  {} = {}: {}", answer.left, answer.right, answer.rule);
        if let Some(meaning) = answer.meaning {
            let _ = write!(text, " ({meaning})");
        }
        let _ = write!(text, ", alike {:.2}, share {:.2}", answer.alike, answer.share);
        if !answer.differing.is_empty() {
            let _ = write!(text, ", differing {}", answer.differing.join(" "));
        }
        text.push('\n');
    }
    for (side, over) in [("first", &why.left_over), ("second", &why.right_over)] {
        for part in over {
            let _ = writeln!(text, "  only in the {side}: {}, share {:.2}", part.text, part.share);
        }
    }
    for against in &why.against {
        let _ = writeln!(text, "  against: {against}");
    }
    text.trim_end().to_owned()
}

fn machine(why: &Explanation) -> Value {
    let over = |parts: &[LeftOver]| -> Value {
        parts.iter().map(|part| json!({"text": part.text, "share": part.share})).collect()
    };
    let answers: Value = why
        .answers
        .iter()
        .map(|answer| {
            json!({
                "left": answer.left,
                "right": answer.right,
                "rule": answer.rule.to_string(),
                "alike": answer.alike,
                "share": answer.share,
                "differing": answer.differing,
                "meaning": answer.meaning,
            })
        })
        .collect();
    json!({
        "score": why.score,
        "answers": answers,
        "only_left": over(&why.left_over),
        "only_right": over(&why.right_over),
        "against": why.against.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "features": why.features.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<Map<_, _>>(),
    })
}
