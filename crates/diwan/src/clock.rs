//! The one place that asks the system what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use diwan_record::Moment;

/// A system clock further behind what it said before is not trusted (PROTOCOL 10).
const JUMP_US: i64 = 300_000_000;

/// The node's time. It never goes back, so nothing that expired comes to life again.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    latest: Arc<AtomicI64>,
}

impl Clock {
    #[must_use]
    pub fn now(&self) -> Moment {
        let system = system_micros();
        let before = self.latest.fetch_max(system, Ordering::Relaxed);
        Moment::from_micros(before.max(system))
    }

    /// Whether the system clock agrees with what was told before.
    #[must_use]
    pub fn trusted(&self) -> bool {
        self.latest.load(Ordering::Relaxed) - system_micros() < JUMP_US
    }
}

fn system_micros() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_never_goes_back_and_a_jump_is_seen() {
        let clock = Clock::default();
        let first = clock.now();
        assert!(clock.trusted());
        clock.latest.fetch_add(2 * JUMP_US, Ordering::Relaxed);
        assert!(clock.now() > first.plus(JUMP_US));
        assert!(!clock.trusted(), "the system clock is far behind what was told before");
    }
}
