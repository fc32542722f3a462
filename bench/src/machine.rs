//! What the system says of a process and of the machine it runs on.

use std::fs;
use std::time::Instant;

use anyhow::{Context as _, Result};

/// Linux counts processor time in hundredths of a second.
const TICKS: f64 = 100.0;
/// Others may use this share of the processors before a run counts as disturbed.
const QUIET: f64 = 0.1;

/// Processor time of this process so far, in seconds; with that of children that have ended.
pub(crate) fn cpu_s(with_children: bool) -> Result<f64> {
    let text = fs::read_to_string("/proc/self/stat")?;
    // The name in brackets may hold blanks; what follows it does not.
    let (_, rest) = text.rsplit_once(')').context("no process state")?;
    let ticks: Vec<f64> = rest.split_whitespace().map(|one| one.parse().unwrap_or(0.0)).collect();
    let until = if with_children { 15 } else { 13 };
    Ok(ticks.get(11..until).context("no processor times")?.iter().sum::<f64>() / TICKS)
}

/// Memory of a process that is in use, in MB.
pub(crate) fn memory_mb(process: u32) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()).context("no memory state")?;
    Ok(kib.parse::<f64>()? / 1024.0)
}

/// Watches how much of the machine others use while something is measured.
#[derive(Debug)]
pub(crate) struct Watch {
    began: Instant,
    busy_s: f64,
    own_s: f64,
}

impl Watch {
    pub(crate) fn start() -> Result<Self> {
        Ok(Self { began: Instant::now(), busy_s: busy_s()?, own_s: cpu_s(true)? })
    }

    /// Describes the machine and whether it was quiet. Children must have ended.
    pub(crate) fn end(self) -> Result<String> {
        let others = (busy_s()? - self.busy_s) - (cpu_s(true)? - self.own_s);
        let cores = cores();
        let share = (others / (self.began.elapsed().as_secs_f64() * cores)).max(0.0);
        let quiet = if share > QUIET { "BUSY" } else { "quiet" };
        let (model, kernel) = (model()?, kernel()?);
        let percent = share * 100.0;
        Ok(format!("{model}, {cores} cores, Linux {kernel}; {quiet}: others used {percent:.0} %"))
    }
}

/// Processor time that anybody used since the machine was started.
fn busy_s() -> Result<f64> {
    let text = fs::read_to_string("/proc/stat")?;
    let line = text.lines().next().context("no machine state")?;
    let ticks: Vec<f64> =
        line.split_whitespace().skip(1).map(|one| one.parse().unwrap_or(0.0)).collect();
    // user nice system idle iowait irq softirq steal
    let busy = [0, 1, 2, 5, 6, 7].into_iter().filter_map(|at| ticks.get(at)).sum::<f64>();
    Ok(busy / TICKS)
}

fn cores() -> f64 {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    u32::try_from(cores).map_or(1.0, f64::from)
}

fn model() -> Result<String> {
    let text = fs::read_to_string("/proc/cpuinfo")?;
    let line = text.lines().find_map(|line| line.strip_prefix("model name"));
    Ok(line.and_then(|line| line.split_once(": ")).map_or("?", |(_, name)| name).to_owned())
}

fn kernel() -> Result<String> {
    let text = fs::read_to_string("/proc/sys/kernel/osrelease")?;
    Ok(text.trim().split('-').next().unwrap_or_default().to_owned())
}
