//! Stories as text: one thing per line, then what must be true.
//!
//! ```text
//! rooms 3
//! agree JOR SYR AMBER
//! JOR writes convoy GREEN
//! JOR releases convoy to SYR
//! carry
//! SYR: convoy is held
//! JOR: convoy at SYR is receipted
//! ```

use diwan_record::Tlp;

use crate::story::Story;
use crate::world::Broken;

/// Plays a story; lines that start with `#` are for readers.
///
/// # Errors
/// The line that is not true, or a promise that was broken at it.
pub fn tell(text: &str) -> Result<(), Broken> {
    let mut story = None;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let told = match (&mut story, words.as_slice()) {
            (_, ["rooms", count]) => {
                let count = count.parse().map_err(|_| "how many rooms?")?;
                story = Some(Story::new(count)?);
                Ok(())
            }
            (Some(story), words) => tell_line(story, words),
            (None, _) => Err("a story starts with its rooms".to_owned()),
        };
        told.map_err(|what| format!("line {}, `{line}`: {what}", number + 1))?;
    }
    Ok(())
}

fn tell_line(story: &mut Story, words: &[&str]) -> Result<(), Broken> {
    match words {
        ["carry"] => story.carry(),
        ["agree", one, other, tlp] => story.agree(one, other, mark(tlp)?),
        ["link", one, other] => story.link(one, other),
        ["cut", one, other] => story.cut(one, other),
        ["days", days] => story.days(days.parse().map_err(|_| "how many days?")?),
        ["copy", code] => story.copy(code),
        ["restore", code] => story.restore(code),
        [code, "renews", "its", "keys"] => story.renew(code),
        [code, "narrows", other, tlp] => story.narrow(code, other, mark(tlp)?),
        [code, "ends", other] => story.end(code, other),
        [code, "writes", name, tlp] => {
            let label = story.label(mark(tlp)?);
            story.write(code, name, label).map(drop)
        }
        [code, "corrects", before, "as", name, tlp] => {
            let label = story.label(mark(tlp)?);
            story.correct(code, before, name, label).map(drop)
        }
        [code, "recalls", name] => story.recall(code, name, &[]),
        [code, "recalls", name, "from", from @ ..] => story.recall(code, name, from),
        [code, "releases", name, "to", rest @ ..] => {
            let (rest, tighten) = split(rest, "tighten");
            let (to, onward) = split(rest, "onward");
            let tighten = tighten.first().map(|tlp| mark(tlp)).transpose()?;
            story.release(code, &[name], to, onward, tighten)
        }
        [code, name, "at", to, "is", want @ ..] => {
            let sender = code.trim_end_matches(':');
            same(&story.sees(sender, name, to)?, want)
        }
        [code, name, "is", want @ ..] => {
            same(&story.holds(code.trim_end_matches(':'), name)?, want)
        }
        _ => Err("nobody understands this line".to_owned()),
    }
}

fn mark(tlp: &str) -> Result<Tlp, Broken> {
    match Tlp::of_code(tlp) {
        Tlp::Unknown => Err(format!("{tlp} is no mark")),
        known => Ok(known),
    }
}

/// What stands before and after a word.
fn split<'a>(words: &'a [&'a str], at: &str) -> (&'a [&'a str], &'a [&'a str]) {
    match words.iter().position(|word| *word == at) {
        Some(place) => (&words[..place], &words[place + 1..]),
        None => (words, &[]),
    }
}

fn same(told: &str, want: &[&str]) -> Result<(), Broken> {
    if told == want.join(" ") { Ok(()) } else { Err(format!("it is {told}")) }
}
