//! Log lines: a sentence for people plus fields for machines, and never what a record says.

use tracing::error;
use tracing_subscriber::EnvFilter;

use crate::config::Log;

/// Starts the log on standard error. `DIWAN_LOG` narrows or widens it, such as `diwan=debug`.
pub fn start(log: Log) {
    let filter = EnvFilter::try_from_env("DIWAN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    // A second start in one process keeps the first.
    let _ = match log {
        Log::Plain => lines.with_ansi(false).try_init(),
        Log::Json => lines.json().flatten_event(true).try_init(),
    };
    // A broken promise names the promise and its place, in the same log as everything else.
    std::panic::set_hook(Box::new(|broken| {
        let promise = broken.payload_as_str().unwrap_or("a promise was broken");
        let place = broken.location().map(ToString::to_string).unwrap_or_default();
        error!(place, "{promise}");
    }));
}
