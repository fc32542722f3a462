//! Runs programs, finds the repository, compares times of files.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// What went wrong, as a sentence for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Told(String);

impl Told {
    pub(crate) fn new(told: impl Into<String>) -> Self {
        Self(told.into())
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The repository's top folder.
pub(crate) fn root() -> PathBuf {
    // xtask lies directly below it.
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// Our own files below the build folder.
pub(crate) fn scratch() -> Result<PathBuf, Told> {
    let dir = target().join("xtask");
    fs::create_dir_all(&dir).map_err(|error| file_told(&dir, &error))?;
    Ok(dir)
}

pub(crate) fn file_told(path: &Path, error: &std::io::Error) -> Told {
    Told::new(format!("`{}`: {error}", path.display()))
}

pub(crate) fn read(path: &Path) -> Result<String, Told> {
    fs::read_to_string(path).map_err(|error| file_told(path, &error))
}

/// Writes only what differs, so that times of files mean something.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Told> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).map_err(|error| file_told(dir, &error))?;
    }
    fs::write(path, text).map_err(|error| file_told(path, &error))?;
    println!("written: {}", relative(path));
    Ok(())
}

/// The path as a reader of the repository knows it.
pub(crate) fn relative(path: &Path) -> String {
    let root = root();
    let inside = path.strip_prefix(&root).unwrap_or(path);
    inside.display().to_string()
}

/// A program with its arguments, started in the top folder unless told otherwise.
pub(crate) fn program(name: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root());
    command
}

/// The cargo that runs us.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    program(cargo, arguments)
}

pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = program("npm", arguments);
    command.current_dir(root().join("web"));
    command
}

/// The line a person would type.
pub(crate) fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    let arguments: Vec<_> = command.get_args().map(|one| one.to_string_lossy()).collect();
    format!("{name} {}", arguments.join(" "))
}

/// Runs to the end; failure is an error.
pub(crate) fn must(command: &mut Command) -> Result<(), Told> {
    let line = shown(command);
    println!("+ {line}");
    let status =
        command.status().map_err(|error| Told::new(format!("`{line}` does not start: {error}")))?;
    if status.success() { Ok(()) } else { Err(Told::new(format!("`{line}` failed ({status})"))) }
}

/// Runs quietly and returns what it printed; failure is an error with what it said.
pub(crate) fn output(command: &mut Command) -> Result<String, Told> {
    let line = shown(command);
    let out = command
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| Told::new(format!("`{line}` does not start: {error}")))?;
    if out.status.success() {
        Ok(String::from_utf8_lossy(&out.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&out.stderr);
        Err(Told::new(format!("`{line}` failed: {}", said.trim())))
    }
}

/// Runs to the end, shows everything as it comes and returns it as well.
pub(crate) fn watched(command: &mut Command) -> Result<(ExitStatus, String), Told> {
    let line = shown(command);
    println!("+ {line}");
    // Colours would stand between us and the numbers.
    let mut child = command
        .env("CARGO_TERM_COLOR", "never")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Told::new(format!("`{line}` does not start: {error}")))?;
    let said = Arc::new(Mutex::new(String::new()));
    let readers = [
        child.stdout.take().map(|from| copy(from, &said)),
        child.stderr.take().map(|from| copy(from, &said)),
    ];
    let status = child.wait().map_err(|error| Told::new(format!("`{line}`: {error}")))?;
    // A grandchild that outlives the program may hold the pipe open; do not wait for it.
    let patience = Instant::now() + Duration::from_secs(5);
    let done = || readers.iter().flatten().all(thread::JoinHandle::is_finished);
    while !done() && Instant::now() < patience {
        thread::sleep(Duration::from_millis(10));
    }
    let said = said.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok((status, said))
}

fn copy(from: impl Read + Send + 'static, said: &Arc<Mutex<String>>) -> thread::JoinHandle<()> {
    let said = Arc::clone(said);
    thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while from.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line);
            print!("{text}");
            let _ = std::io::stdout().flush();
            said.lock().unwrap_or_else(PoisonError::into_inner).push_str(&text);
            line.clear();
        }
    })
}

/// The newest change among files below `paths`; folders named in `without` are passed over.
pub(crate) fn newest(paths: &[PathBuf], without: &[&str]) -> Option<SystemTime> {
    paths
        .iter()
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            !without.contains(&name.as_ref())
        })
        .filter_map(|path| {
            if path.is_dir() {
                let inside: Vec<_> = fs::read_dir(path).ok()?.flatten().collect();
                let inside: Vec<_> = inside.iter().map(fs::DirEntry::path).collect();
                newest(&inside, without)
            } else {
                changed(path)
            }
        })
        .max()
}

pub(crate) fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}
