//! Child processes that take orders: one line of JSON each way.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child as Process, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How long a child may take to end by itself.
const END: Duration = Duration::from_secs(20);

/// A process that takes orders: this program once more in another role, or a peer.
#[derive(Debug)]
pub(crate) struct Child {
    process: Process,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Child {
    /// This program once more, in another role.
    pub(crate) fn start(words: &[&str]) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(words);
        Self::spawn(command)
    }

    /// Another program that takes orders.
    pub(crate) fn spawn(mut command: Command) -> Result<Self> {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let to = process.stdin.take();
        let from = process.stdout.take().context("no way back from the child")?;
        Ok(Self { process, to, from: BufReader::new(from) })
    }

    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    pub(crate) fn tell(&mut self, order: &impl Serialize) -> Result<()> {
        let to = self.to.as_mut().context("the child was told to end")?;
        writeln!(to, "{}", serde_json::to_string(order)?)?;
        Ok(to.flush()?)
    }

    /// Waits for the answer to an order.
    pub(crate) fn answer<T: DeserializeOwned>(&mut self) -> Result<T> {
        let mut line = String::new();
        if self.from.read_line(&mut line)? == 0 {
            bail!("a child process ended early; what it said is above");
        }
        serde_json::from_str(&line).with_context(|| format!("a child answered `{}`", line.trim()))
    }

    pub(crate) fn ask<T: DeserializeOwned>(&mut self, order: &impl Serialize) -> Result<T> {
        self.tell(order)?;
        self.answer()
    }

    /// Closes its orders, at which it ends in good order, and waits.
    pub(crate) fn end(mut self) -> Result<()> {
        self.to = None;
        self.wait()
    }

    /// Asks a child that takes no orders to stop, as an operator would.
    pub(crate) fn terminate(mut self) -> Result<()> {
        Command::new("kill").arg("-TERM").arg(self.process.id().to_string()).status()?;
        self.wait()
    }

    fn wait(&mut self) -> Result<()> {
        let began = Instant::now();
        while began.elapsed() < END {
            if self.process.try_wait()?.is_some() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        bail!("a child process did not end");
    }
}

/// A measurement that fails must not leave nodes behind.
impl Drop for Child {
    fn drop(&mut self) {
        if !matches!(self.process.try_wait(), Ok(Some(_))) {
            let _ = self.process.kill();
            let _ = self.process.wait();
        }
    }
}

/// The child's side: the next order, or `None` when there will be no more.
pub(crate) fn next_order<T: DeserializeOwned>() -> Result<Option<T>> {
    let mut line = String::new();
    if std::io::stdin().lock().read_line(&mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(serde_json::from_str(&line)?))
}

#[expect(clippy::print_stdout, reason = "answers go back over the standard output")]
pub(crate) fn reply(answer: &impl Serialize) -> Result<()> {
    println!("{}", serde_json::to_string(answer)?);
    Ok(())
}

/// Microseconds on a clock that all processes of this machine share.
pub(crate) fn now_us() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}
