//! Plays the exercise: builds what is missing, then becomes `diwan exercise`.

use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::shell::{self, Told};
use crate::{doctor, parts, web};

/// Sets up what is missing and plays. Ctrl-C reaches the exercise itself, which ends its nodes.
pub(crate) fn run(further: &[&str]) -> Result<(), Told> {
    doctor::run(doctor::For::Play)?;
    web::build()?;
    build()?;
    let mut command = Command::new(binary());
    command.current_dir(shell::root()).args(["exercise", "--dir", "state/exercise"]).args(further);
    // On success this does not come back.
    let error = command.exec();
    Err(Told::new(format!("`{}` does not start: {error}", shell::shown(&command))))
}

/// The program as it is installed: stories and the exercise use this one build.
pub(crate) fn build() -> Result<(), Told> {
    let mut command = shell::cargo(&["build", "--release", "--package", "diwan"]);
    shell::must(command.args(parts::locked()))
}

pub(crate) fn binary() -> PathBuf {
    shell::target().join("release/diwan")
}

/// A running exercise for the stories; ends with it.
#[derive(Debug)]
pub(crate) struct Stage {
    child: Child,
    /// Tells addresses and logins.
    pub(crate) told: PathBuf,
}

impl Stage {
    /// Starts the nodes and waits until they answer.
    pub(crate) fn open() -> Result<Self, Told> {
        let dir = shell::scratch()?.join("stage");
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).map_err(|error| shell::file_told(&dir, &error))?;
        let told = dir.join("e2e.json");
        let log = dir.join("exercise.log");
        let out = std::fs::File::create(&log).map_err(|error| shell::file_told(&log, &error))?;
        let err = out.try_clone().map_err(|error| shell::file_told(&log, &error))?;
        let child = Command::new(binary())
            .current_dir(shell::root())
            .arg("exercise")
            .arg("--dir")
            .arg(dir.join("nodes"))
            .arg("--e2e-json")
            .arg(&told)
            // The whole story at once: the stories then meet full pages and no further arrivals.
            .arg("--fast")
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .spawn()
            .map_err(|error| Told::new(format!("`diwan exercise` does not start: {error}")))?;
        let mut stage = Self { child, told };
        stage.wait(&log)?;
        Ok(stage)
    }

    fn wait(&mut self, log: &std::path::Path) -> Result<(), Told> {
        let patience = Instant::now() + Duration::from_secs(180);
        // The file is there before it is whole; it is whole when it is JSON.
        let whole = |told: &PathBuf| {
            std::fs::read(told)
                .is_ok_and(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).is_ok())
        };
        while !whole(&self.told) {
            let ended = self.child.try_wait().ok().flatten();
            if ended.is_some() || Instant::now() > patience {
                let said = shell::read(log).unwrap_or_default();
                let tail: Vec<_> = said.lines().rev().take(20).collect();
                let tail: Vec<_> = tail.into_iter().rev().collect();
                return Err(Told::new(format!(
                    "`diwan exercise` did not come up\n{}",
                    tail.join("\n")
                )));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Stage {
    /// Asks it to end as Ctrl-C would, and insists after a while.
    fn drop(&mut self) {
        let id = self.child.id().to_string();
        let _ = Command::new("kill").args(["-INT", &id]).status();
        let patience = Instant::now() + Duration::from_secs(20);
        while Instant::now() < patience {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
