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
        .map(|lane| {
            let seeds = (from..end).filter(move |seed| seed % lanes == lane);
            thread::spawn(move || seeds.filter_map(|seed| diwan_sim::run(seed).err()).next())
        })
        .collect();
    for lane in playing {
        if let Some(failure) = lane.join().expect("a lane ends") {
            panic!("{failure}");
        }
    }
    let last = end - 1;
    let (once, again) = (diwan_sim::run(last), diwan_sim::run(last));
    assert!(
        once.expect("it was played before") == again.expect("it was played before"),
        "seed {last} tells two stories"
    );
}

#[expect(clippy::print_stdout, reason = "whoever names a seed wants to see it")]
fn show(seed: u64) {
    match diwan_sim::run(seed) {
        Ok(summary) => println!("{}\n{summary}", summary.trace.join("\n")),
        Err(failure) => panic!("{failure}"),
    }
}
