//! Plays the story: people sign in, write, ask for release and sign, each in their own room.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Cast, Login, Seat, write_whole};
use crate::cli::{Client, Failure};

const STORY: &str = include_str!("../../../../scenarios/amman-2025.json");
/// What the press says about it: our own words about public facts, and invented articles that say
/// so.
const PRESS: &str = include_str!("../../../../scenarios/amman-2025-press.json");

/// One record of the story, as the scenario file has it.
#[derive(Clone, Debug, Deserialize)]
struct Scene {
    by: String,
    at_s: u64,
    key: String,
    release_to: Vec<String>,
    precedence: String,
    label: Map<String, Value>,
    body: Map<String, Value>,
    #[serde(skip)]
    kind: &'static str,
}

/// Scene lists in the order in which one may refer to the other, with kind and who writes it.
const ACTS: [(&str, &str, &str); 6] = [
    ("meetings", "meeting", "liaison"),
    ("sites", "site", "analyst"),
    ("commitments", "commitment", "liaison"),
    ("reports", "report", "analyst"),
    ("site_status", "site-status", "site-desk"),
    ("notes", "note", "analyst"),
];

/// What of a scene was done, so that a second start does nothing twice.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Played {
    item: String,
    digest: String,
    released: bool,
}

type Done = BTreeMap<String, Played>;

/// Whether a room answers.
pub(super) async fn answers(url: &str) -> bool {
    let url = format!("{url}/api/health");
    tokio::task::spawn_blocking(move || match ureq::get(&url).call() {
        Ok(_) | Err(ureq::Error::StatusCode(_)) => true,
        Err(_) => false,
    })
    .await
    .unwrap_or(false)
}

/// Plays what was not played yet; returns how many records that were.
pub(super) fn play(dir: &Path, cast: &Cast, fast: bool) -> Result<usize> {
    let file = dir.join("played.json");
    let mut done: Done = match fs::read(&file) {
        Ok(text) => serde_json::from_slice(&text)?,
        Err(_) => Done::new(),
    };
    let scenes: Vec<Scene> = scenes()?
        .into_iter()
        .filter(|scene| !done.get(&scene.key).is_some_and(|played| played.released))
        .collect();
    let mut desks = Desks::default();
    hand_out_press(&mut desks, cast, &mut done, &file)?;
    let (start, first) = (Instant::now(), scenes.first().map_or(0, |scene| scene.at_s));
    let mut told = 0;
    for scene in &scenes {
        let due = Duration::from_secs(scene.at_s.saturating_sub(first));
        if !fast {
            std::thread::sleep(due.saturating_sub(start.elapsed()));
        }
        // One scene that fails is said and left for the next start; the story goes on.
        match perform(&mut desks, cast, scene, &mut done, &file) {
            Ok(()) => told += 1,
            Err(fault) => super::say(&format!("scene `{}` is left out: {fault:#}", scene.key)),
        }
    }
    Ok(told)
}

/// Every room reads the same newspapers: each analyst pastes them, once.
fn hand_out_press(desks: &mut Desks, cast: &Cast, done: &mut Done, file: &Path) -> Result<()> {
    let press: Vec<Map<String, Value>> = serde_json::from_str(PRESS)?;
    for (code, seat) in &cast.nodes {
        let analyst = login(seat, "analyst")?;
        for article in &press {
            let mut article = article.clone();
            let key = article.remove("key").unwrap_or_default();
            let key = format!("{}@{code}", key.as_str().unwrap_or_default());
            if done.contains_key(&key) {
                continue;
            }
            article.insert("state".to_owned(), json!("exercise"));
            let handed = desks.post(seat, analyst, "/api/articles", &Value::Object(article))?;
            let handed = handed.map_err(|code| anyhow::anyhow!("refused: {code}"))?;
            let item = handed["id"].as_str().unwrap_or_default().to_owned();
            done.insert(key, Played { item, digest: String::new(), released: true });
        }
        write_whole(file, &serde_json::to_vec(done)?)?;
    }
    Ok(())
}

fn perform(
    desks: &mut Desks,
    cast: &Cast,
    scene: &Scene,
    done: &mut Done,
    file: &Path,
) -> Result<()> {
    let seat = cast.nodes.get(&scene.by).context("the story names an unknown partner")?;
    let played = match done.get(&scene.key) {
        Some(played) => played.clone(),
        None => write(desks, seat, scene, done)?,
    };
    done.insert(scene.key.clone(), played.clone());
    write_whole(file, &serde_json::to_vec(done)?)?;
    release(desks, seat, scene, &played.digest)?;
    done.insert(scene.key.clone(), Played { released: true, ..played });
    write_whole(file, &serde_json::to_vec(done)?)
}

/// Every scene in order of time; within a second, what is referred to comes first.
fn scenes() -> Result<Vec<Scene>> {
    let mut acts: BTreeMap<String, Vec<Scene>> = serde_json::from_str(STORY)?;
    let mut all = Vec::new();
    for (act, kind, _) in ACTS {
        let scenes = acts.remove(act).unwrap_or_default();
        all.extend(scenes.into_iter().map(|scene| Scene { kind, ..scene }));
    }
    // A promise may be listed before the meeting it was made at; nobody can refer to what is not
    // there yet.
    let meetings: BTreeMap<String, u64> = all
        .iter()
        .filter(|scene| scene.kind == "meeting")
        .map(|scene| (scene.key.clone(), scene.at_s))
        .collect();
    for scene in &mut all {
        let meeting = scene.body.get("meeting").and_then(Value::as_str);
        if let Some(at) = meeting.and_then(|key| meetings.get(key)) {
            scene.at_s = scene.at_s.max(*at);
        }
    }
    all.sort_by_key(|scene| scene.at_s);
    Ok(all)
}

fn write(desks: &mut Desks, seat: &Seat, scene: &Scene, done: &Done) -> Result<Played> {
    let author = ACTS.iter().find(|(_, kind, _)| *kind == scene.kind).map(|(_, _, role)| *role);
    let author = login(seat, author.unwrap_or("analyst"))?;
    let record = json!({
        "kind": scene.kind,
        "label": label(scene),
        "precedence": scene.precedence,
        "body": body(scene, done)?,
    });
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        match desks.post(seat, author, "/api/records", &record)? {
            Ok(answer) => {
                let text = |key: &str| answer.get(key).and_then(Value::as_str).map(str::to_owned);
                let (item, digest) =
                    text("item").zip(text("digest")).context("the room answered nothing")?;
                return Ok(Played { item, digest, released: false });
            }
            // What it refers to was released by another room and is still on its way.
            Err(code) if code == "item/unknown" && Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(100));
            }
            Err(code) => bail!("refused: {code}"),
        }
    }
}

fn release(desks: &mut Desks, seat: &Seat, scene: &Scene, digest: &str) -> Result<()> {
    if scene.release_to.is_empty() {
        return Ok(());
    }
    let request = json!({
        "digests": [digest],
        "to": scene.release_to,
        "onward": [],
        "precedence": scene.precedence,
    });
    let (asks, signs) = (login(seat, "watch-officer")?, login(seat, "releasing-officer")?);
    let asked = desks.post(seat, asks, "/api/releases", &request)?;
    let asked = asked.map_err(|code| anyhow::anyhow!("refused: {code}"))?;
    let text = |key: &str| asked.get(key).and_then(Value::as_str);
    let (id, request) =
        text("id").zip(text("digest_of_request")).context("the room answered nothing")?;
    let path = format!("/api/releases/{id}/sign");
    let signed = desks.post(seat, signs, &path, &json!({ "digest_of_request": request }))?;
    signed.map(drop).map_err(|code| anyhow::anyhow!("refused: {code}"))
}

/// The label of the story with what every record needs besides.
fn label(scene: &Scene) -> Value {
    let mut label = scene.label.clone();
    let sourced = scene.body.get("sources").and_then(Value::as_array);
    let open = sourced.is_some_and(|sources| !sources.is_empty());
    let basis = if open { "open-source" } else { "agreement" };
    let review = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let review = review.saturating_add(jiff::Span::new().days(180));
    label.insert("legal_basis".to_owned(), json!(basis));
    label.insert("review".to_owned(), json!(review.to_string()));
    label.insert("state".to_owned(), json!("exercise"));
    Value::Object(label)
}

/// The body with the story's keys replaced by the identifiers of what was made of them.
fn body(scene: &Scene, done: &Done) -> Result<Value> {
    let mut body = scene.body.clone();
    for field in ["site", "about", "meeting"] {
        let Some(key) = body.get(field).and_then(Value::as_str) else {
            continue;
        };
        let played = done.get(key).with_context(|| format!("`{key}` was not played yet"))?;
        let item = json!(played.item);
        body.insert(field.to_owned(), item);
    }
    // Evidence is for people to read; a key of the story says nothing to them.
    if let Some(evidence) = body.get_mut("evidence").and_then(Value::as_array_mut) {
        evidence.retain(|one| one.as_str().is_some_and(|text| text.contains(' ')));
    }
    Ok(Value::Object(body))
}

fn login<'a>(seat: &'a Seat, role: &str) -> Result<&'a Login> {
    seat.people.get(role).with_context(|| format!("nobody here is {role}"))
}

/// People at their screens: one session per person and room.
#[derive(Debug, Default)]
struct Desks {
    sessions: BTreeMap<(String, String), Client>,
}

impl Desks {
    /// What the room answers, or the code of its refusal.
    fn post(
        &mut self,
        seat: &Seat,
        person: &Login,
        path: &str,
        content: &Value,
    ) -> Result<Result<Value, String>> {
        let answer = self.session(seat, person).and_then(|client| client.post(path, content));
        match answer {
            Ok(answer) => Ok(Ok(answer)),
            Err(Failure::Refused { code, .. }) => Ok(Err(code)),
            Err(Failure::Usage(fault)) => bail!(fault),
            Err(Failure::Fault(fault)) => Err(fault),
        }
    }

    fn session(&mut self, seat: &Seat, person: &Login) -> Result<&Client, Failure> {
        match self.sessions.entry((seat.url.clone(), person.id.clone())) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(free) => {
                Ok(free.insert(Client::open(&seat.url, &person.id, &person.password)?))
            }
        }
    }
}
