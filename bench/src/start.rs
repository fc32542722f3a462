//! How long the program takes to answer with the largest picture, and how much memory it uses.

use std::time::Duration;

use anyhow::Result;

use crate::figures::{Figure, median};
use crate::http::{Screen, seat};
use crate::machine::memory_mb;
use crate::picture::fill::filled;
use crate::picture::start_program;
use crate::{Bench, say};

/// What a person asks first, and some more of it.
const PATHS: [&str; 4] = [
    "/api/picture/map?state=exercise&bbox=32,29,49,41",
    "/api/picture?state=exercise&limit=50",
    "/api/picture?state=exercise&limit=50&q=border",
    "/api/picture/map?state=exercise&bbox=44,33,45,34",
];

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let records = bench.size(1_000_000, 5_000);
    let filled = filled(bench, records)?;
    let (mut times, mut fresh, mut used) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.size(7, 2) {
        let (program, took) = start_program(&filled)?;
        times.push(took.as_secs_f64() * 1000.0);
        fresh.push(memory_mb(program.id())?);
        let (seat, login) = seat(&filled.cast, "JOR", "analyst")?;
        let screen = Screen::sign_in(seat, login)?;
        for path in PATHS.iter().cycle().take(bench.size(200, 8)) {
            screen.get(path)?;
        }
        std::thread::sleep(Duration::from_millis(100));
        used.push(memory_mb(program.id())?);
        program.terminate()?;
    }
    say(&format!("start: {:.0} ms, {:.0} MB", median(&times), median(&used)));
    let with = format!("with {records} records");
    Ok(vec![
        Figure::new(format!("process start to first answer {with}"), median(&times), "ms")
            .below(1000.0),
        Figure::new(format!("memory after the start {with}"), median(&fresh), "MB").below(200.0),
        Figure::new(format!("memory after 200 pages {with}"), median(&used), "MB").below(200.0),
    ])
}
