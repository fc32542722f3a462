//! Scores pairs on stdin, `left TAB right TAB kind` a line, one score a line; with `--speed`, tells
//! how many pairs a second one core compares, with and without reading the names.
#![expect(clippy::print_stdout, reason = "an example talks on the terminal")]

use std::io::{BufWriter, Read, Write};
use std::time::{Duration, Instant};

use diwan_names::{Kind, encode, score};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let pairs: Vec<(&str, &str, Kind)> = text.lines().filter_map(pair).collect();
    if std::env::args().any(|word| word == "--speed") {
        speed(&pairs);
        return Ok(());
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (left, right, kind) in pairs {
        writeln!(out, "{}", score(&encode(left, kind), &encode(right, kind)))?;
    }
    out.flush()
}

fn pair(line: &str) -> Option<(&str, &str, Kind)> {
    let mut fields = line.split('\t');
    let (left, right) = (fields.next()?, fields.next()?);
    Some((left, right, fields.next().and_then(|kind| kind.parse().ok()).unwrap_or_default()))
}

fn speed(pairs: &[(&str, &str, Kind)]) {
    const ROUNDS: usize = 5;
    let read: Vec<_> = pairs
        .iter()
        .map(|(left, right, kind)| (encode(left, *kind), encode(right, *kind)))
        .collect();
    let reading = best(ROUNDS, || {
        pairs
            .iter()
            .map(|(left, right, kind)| {
                f32::from(encode(left, *kind).is_empty())
                    + f32::from(encode(right, *kind).is_empty())
            })
            .sum()
    });
    let all = best(ROUNDS, || {
        pairs
            .iter()
            .map(|(left, right, kind)| score(&encode(left, *kind), &encode(right, *kind)))
            .sum()
    });
    let alone = best(ROUNDS, || read.iter().map(|(left, right)| score(left, right)).sum());
    let rate = |time: Duration| pairs.len() as f64 / time.as_secs_f64();
    println!("with reading    {:>9.0} pairs/s", rate(all));
    println!("already read    {:>9.0} pairs/s", rate(alone));
    println!("reading alone   {:>9.0} names/s", 2.0 * rate(reading));
}

fn best(rounds: usize, mut work: impl FnMut() -> f32) -> Duration {
    let mut least = Duration::MAX;
    let mut sum = 0.0;
    for _ in 0..rounds {
        let start = Instant::now();
        sum += work();
        least = least.min(start.elapsed());
    }
    assert!(sum.is_finite(), "scores are numbers");
    least
}
