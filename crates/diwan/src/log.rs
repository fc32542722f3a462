//! Log lines: a sentence for people plus fields for machines, and never what a record says.

use std::io::{self, Write};

use diwan_names::display::readable;
use tracing::error;
use tracing_subscriber::EnvFilter;

use crate::config::Log;

/// Starts the log on standard error. `DIWAN_LOG` narrows or widens it, such as `diwan=debug`.
pub fn start(log: Log) {
    let filter = EnvFilter::try_from_env("DIWAN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(|| Visible(io::stderr()))
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

/// Writes text with nothing in it unseen: what partners and feeds call themselves reaches the log
/// too, and must not turn a line around.
struct Visible<W>(W);

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write_all(readable(&String::from_utf8_lossy(line)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_117_a_name_does_not_turn_a_line_of_the_log() {
        let mut log = Visible(Vec::new());
        writeln!(log, "outlet=\u{202E}abc \u{1b}[2J is silent").unwrap();
        assert_eq!(log.0, "outlet=⟦202E⟧abc ⟦001B⟧[2J is silent\n".as_bytes());
    }
}
