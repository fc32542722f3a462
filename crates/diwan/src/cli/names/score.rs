//! `diwan names score`: one number a line for the two names of each line on stdin.

use std::io::{self, BufWriter, Read as _, Write as _};
use std::process::ExitCode;
use std::thread;

use diwan_names::{Kind, encode, score};

use crate::cli::outcome::{Failure, tell};

pub(in crate::cli) const EXAMPLE: &str = "Example:\n  printf 'Deir ez-Zor\\tDeyrizor\\tplace\\n' | diwan names score\n\n\
    Prints one line for each line of stdin, so that both can be laid side by side. A line that is not \
    two names scores 0; after the last line it is named and the command ends with 1.";

/// Fewer lines than this are not worth a thread.
const RUN_AT_LEAST: usize = 2_000;

pub(in crate::cli) fn score_lines(json: bool) -> ExitCode {
    match scored() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => tell(Err(failure), json),
    }
}

fn scored() -> Result<(), Failure> {
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).map_err(anyhow::Error::from)?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    let scores = in_parallel(&lines);
    let mut out = BufWriter::new(io::stdout().lock());
    for score in &scores {
        writeln!(out, "{}", score.unwrap_or(0.0)).map_err(anyhow::Error::from)?;
    }
    out.flush().map_err(anyhow::Error::from)?;
    let wrong = || scores.iter().enumerate().filter(|(_, score)| score.is_none());
    let Some((first, _)) = wrong().next() else { return Ok(()) };
    let message = format!(
        "line {} is not two names ({} of {} lines)",
        first + 1,
        wrong().count(),
        lines.len()
    );
    let hint = "a line is `left TAB right` and may end in `TAB kind`: person, place or org";
    Err(Failure::refused(message, hint))
}

/// Lines do not depend on one another: each core takes a run of them.
fn in_parallel(lines: &[&str]) -> Vec<Option<f32>> {
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let run = lines.len().div_ceil(cores).max(RUN_AT_LEAST);
    thread::scope(|scope| {
        let runs: Vec<_> = lines
            .chunks(run)
            .map(|lines| {
                scope.spawn(move || lines.iter().map(|line| line_score(line)).collect::<Vec<_>>())
            })
            .collect();
        runs.into_iter().flat_map(|run| run.join().unwrap_or_default()).collect()
    })
}

fn line_score(line: &str) -> Option<f32> {
    let mut fields = line.split('\t');
    let (left, right) = (fields.next()?, fields.next()?);
    let kind = fields.next().map_or(Ok(Kind::Person), str::parse).ok()?;
    Some(score(&encode(left, kind), &encode(right, kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_two_names_and_perhaps_a_kind() {
        assert_eq!(line_score("Nassib\tNassib\tplace"), Some(1.0));
        assert_eq!(line_score("Nassib\tNassib"), Some(1.0));
        assert_eq!(line_score("Nassib"), None);
        assert_eq!(line_score("Nassib\tNassib\tship"), None);
    }

    #[test]
    fn runs_of_lines_keep_their_order() {
        let lines: Vec<&str> = ["a\ta", "a"].into_iter().cycle().take(3 * RUN_AT_LEAST).collect();
        let scores = in_parallel(&lines);
        assert_eq!(scores.len(), lines.len());
        assert!(scores.chunks(2).all(|pair| pair == [Some(1.0), None]));
    }
}
