//! Two hundred seeds always, any number or one by name when asked for.

use std::env;
use std::thread;

fn asked(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

/// `DIWAN_SEED=7` plays one seed and prints it; `DIWAN_SEEDS=20000` plays so many.
#[test]
fn every_promise_holds_on_every_seed() {
    if let Some(seed) = asked("DIWAN_SEED") {
        return show(seed);
    }
    let from = asked("DIWAN_SEED_FROM").unwrap_or(1);
    let end = from + asked("DIWAN_SEEDS").unwrap_or(200);
    let lanes = u64::try_from(thread::available_parallelism().map_or(1, usize::from)).unwrap_or(1);
    let playing: Vec<_> = (0..lanes)
        .map(|lane| thread::spawn(move || play((from..end).filter(|seed| seed % lanes == lane))))
        .collect();
    let mut sum = [0; 6];
    for lane in playing {
        match lane.join().expect("a lane ends") {
            Ok(tally) => sum.iter_mut().zip(tally).for_each(|(sum, one)| *sum += one),
            Err(failure) => panic!("{failure}"),
        }
    }
    // A rehearsal in which nothing happens proves nothing.
    let quiet = sum.iter().any(|times| *times < (end - from) / 20);
    assert!(!quiet, "left, passed on, recalled, faults, crashes, mischief: {sum:?}");
    let last = end - 1;
    let (once, again) = (diwan_sim::run(last), diwan_sim::run(last));
    assert!(
        once.expect("it was played before") == again.expect("it was played before"),
        "seed {last} tells two stories"
    );
}

/// Plays seeds one after another and sums up what happened in them.
fn play(seeds: impl Iterator<Item = u64>) -> Result<[u64; 6], Box<diwan_sim::Failure>> {
    let mut sum = [0; 6];
    for seed in seeds {
        let tally = diwan_sim::run(seed)?.tally;
        let mischief = tally.mischief.values().sum();
        let one =
            [tally.left, tally.passed_on, tally.recalled, tally.faults, tally.crashes, mischief];
        sum.iter_mut().zip(one).for_each(|(sum, one)| *sum += one);
    }
    Ok(sum)
}

#[expect(clippy::print_stdout, reason = "whoever names a seed wants to see it")]
fn show(seed: u64) {
    match diwan_sim::run(seed) {
        Ok(summary) => println!("{}\n{summary}", summary.trace.join("\n")),
        Err(failure) => panic!("{failure}"),
    }
}
