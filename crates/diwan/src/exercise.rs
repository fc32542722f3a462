//! The exercise: five nodes as five processes on this machine, paired, agreed, and a story that
//! arrives while one watches.
//!
//! Everything here goes through the same doors as people and partners: nodes are made as
//! `diwan init` makes them, agreements are signed by two people of each side, records are written
//! and released over the HTTP API by people who signed in. All of it carries the state `exercise`.

pub mod nodes;
mod script;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use tokio::process::{Child, Command};
use tokio::signal::unix::{SignalKind, signal};

/// What `diwan exercise` was asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the five nodes live; made when it is not there.
    pub dir: PathBuf,
    /// Play the whole story at once instead of over two minutes.
    pub fast: bool,
    /// Start the rooms without playing the story.
    pub quiet: bool,
    /// Write addresses and logins to this file as JSON once the rooms are up.
    pub json: Option<PathBuf>,
}

/// The exercise as it was made: kept in its directory so that the next start resumes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cast {
    pub nodes: BTreeMap<String, Seat>,
}

/// One partner in the exercise.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Seat {
    pub url: String,
    /// Logins by role.
    pub people: BTreeMap<String, Login>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Login {
    pub id: String,
    pub name: String,
    pub password: String,
}

/// Makes what is missing, starts the five rooms, plays the story, and runs until it is stopped.
///
/// # Errors
/// Says which room could not be made or started and why.
pub async fn run(options: Options) -> Result<()> {
    let cast = tokio::task::spawn_blocking({
        let dir = options.dir.clone();
        move || open_or_make(&dir)
    })
    .await??;
    let mut rooms = start(&options.dir, &cast)?;
    wait_until_up(&cast, &mut rooms).await?;
    if let Some(file) = &options.json {
        write_whole(file, &serde_json::to_vec_pretty(&cast)?)?;
    }
    say(&welcome(&cast));
    let story = (!options.quiet).then(|| {
        let (dir, cast, fast) = (options.dir.clone(), cast.clone(), options.fast);
        tokio::task::spawn_blocking(move || script::play(&dir, &cast, fast))
    });
    let ended = wait(story, &mut rooms).await;
    stop(rooms).await;
    ended
}

fn open_or_make(dir: &Path) -> Result<Cast> {
    let file = dir.join("exercise.json");
    if file.exists() {
        let text = fs::read(&file)?;
        return serde_json::from_slice(&text)
            .with_context(|| format!("`{}` is damaged: remove the directory", file.display()));
    }
    let taken = fs::read_dir(dir).is_ok_and(|mut files| files.next().is_some());
    if taken {
        // An exercise is invented data: one that was cut off while it was made is made again.
        let ours = dir.join(nodes::MARK).exists();
        if !ours {
            bail!("`{}` holds something else: name another directory", dir.display());
        }
        fs::remove_dir_all(dir)?;
    }
    say("making five rooms: keys, people, pairing, agreements signed by both sides");
    let cast = nodes::make(dir, &nodes::CODES)?;
    write_whole(&file, &serde_json::to_vec_pretty(&cast)?)?;
    Ok(cast)
}

fn start(dir: &Path, cast: &Cast) -> Result<Vec<(String, Child)>> {
    let program = std::env::current_exe()?;
    let start_one = |code: &String| -> Result<(String, Child)> {
        let node = dir.join(code.to_lowercase());
        let log = fs::OpenOptions::new().create(true).append(true).open(node.join("log"))?;
        let child = Command::new(&program)
            .arg("serve")
            .arg("--dir")
            .arg(&node)
            .stdin(std::process::Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            // Ctrl-C reaches the rooms through us, once, so that they stop in order.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("the room of {code} could not be started"))?;
        Ok((code.clone(), child))
    };
    cast.nodes.keys().map(start_one).collect()
}

async fn wait_until_up(cast: &Cast, rooms: &mut [(String, Child)]) -> Result<()> {
    for (code, seat) in &cast.nodes {
        let mut tries = 0;
        while !script::answers(&seat.url).await {
            let room = rooms.iter_mut().find(|(name, _)| name == code);
            if let Some((_, child)) = room
                && let Some(status) = child.try_wait()?
            {
                bail!("the room of {code} ended with {status}; its log says why");
            }
            tries += 1;
            if tries > 300 {
                bail!("the room of {code} does not answer at {} after 30 seconds", seat.url);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    Ok(())
}

/// Runs until somebody stops it or a room dies. The story's end is no end of the exercise.
async fn wait(
    story: Option<tokio::task::JoinHandle<Result<usize>>>,
    rooms: &mut [(String, Child)],
) -> Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut watch = tokio::time::interval(Duration::from_millis(500));
    let mut story = story;
    loop {
        tokio::select! {
            _ = interrupt.recv() => return Ok(()),
            _ = terminate.recv() => return Ok(()),
            _ = watch.tick() => {
                for (code, child) in rooms.iter_mut() {
                    if let Some(status) = child.try_wait()? {
                        bail!("the room of {code} ended with {status}; its log says why");
                    }
                }
                if story.as_ref().is_some_and(tokio::task::JoinHandle::is_finished)
                    && let Some(story) = story.take()
                {
                    match story.await? {
                        Ok(0) => say("the story was played before; the rooms go on where they were"),
                        Ok(count) => say(&format!("the story is told: {count} records; Ctrl-C stops")),
                        Err(fault) => say(&format!("the story stopped: {fault:#}")),
                    }
                }
            }
        }
    }
}

async fn stop(mut rooms: Vec<(String, Child)>) {
    for (_, child) in &rooms {
        if let Some(id) = child.id() {
            // The child is ours and alive; a failure means that it has just ended.
            let _ = std::process::Command::new("kill").arg("-TERM").arg(id.to_string()).status();
        }
    }
    for (code, child) in &mut rooms {
        if tokio::time::timeout(Duration::from_secs(5), child.wait()).await.is_err() {
            say(&format!("the room of {code} did not stop in 5 seconds and was ended"));
            let _ = child.kill().await;
        }
    }
    say("all rooms are closed; the next start goes on from here");
}

fn welcome(cast: &Cast) -> String {
    let mut text = String::from("\nEXERCISE. Five rooms are open:\n\n");
    for (code, seat) in &cast.nodes {
        text.push_str(&format!("  {code}  {}\n", seat.url));
    }
    text.push_str("\nSign in as one of these people; each room has its own:\n\n");
    for (code, seat) in &cast.nodes {
        for (role, login) in &seat.people {
            text.push_str(&format!("  {code}  {role:18} {:16} {}\n", login.id, login.name));
        }
    }
    let password =
        cast.nodes.values().flat_map(|seat| seat.people.values()).map(|one| &one.password).next();
    if let Some(password) = password {
        text.push_str(&format!("\nEverybody's password in this exercise: {password}\n"));
    }
    text
}

/// Written beside and moved into place: a reader sees all of it or none.
fn write_whole(file: &Path, content: &[u8]) -> Result<()> {
    let beside = file.with_extension("part");
    fs::write(&beside, content)?;
    fs::rename(&beside, file)?;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the exercise talks to the person who started it")]
fn say(text: &str) {
    println!("{text}");
}
