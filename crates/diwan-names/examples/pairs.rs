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
    let read: Vec<_> = pairs
        .iter()
        .map(|(left, right, kind)| (encode(left, *kind), encode(right, *kind)))
        .collect();
    let reading = least(pairs, |(left, right, kind)| {
        f32::from(encode(left, *kind).script() == encode(right, *kind).script())
    });
    let all =
        least(pairs, |(left, right, kind)| score(&encode(left, *kind), &encode(right, *kind)));
    let alone = least(&read, |(left, right)| score(left, right));
    let rate = |time: Duration| pairs.len() as f64 / time.as_secs_f64();
    println!("with reading    {:>9.0} pairs/s", rate(all));
    println!("already read    {:>9.0} pairs/s", rate(alone));
    println!("reading alone   {:>9.0} names/s", 2.0 * rate(reading));
}

/// The time for all, every thousand at its best of several rounds: other work on the machine takes
/// turns with this, and a thousand often fit between.
fn least<T>(all: &[T], mut work: impl FnMut(&T) -> f32) -> Duration {
    const ROUNDS: usize = 7;
    let mut best = vec![Duration::MAX; all.len().div_ceil(1000)];
    for _ in 0..ROUNDS {
        for (some, best) in all.chunks(1000).zip(&mut best) {
            let start = Instant::now();
            let sum: f32 = some.iter().map(&mut work).sum();
            assert!(sum.is_finite(), "scores are numbers");
            *best = start.elapsed().min(*best);
        }
    }
    best.iter().sum()
}
