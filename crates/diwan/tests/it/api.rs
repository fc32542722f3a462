//! The API of the screens against a real node: its desk, its store, its projector.

mod articles;
mod attacks;
mod description;
mod door;
mod exchange;
mod feeds;
mod files;
mod lane;
mod leaks;
mod picture;
mod reasons;
mod writing;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use diwan::exercise::nodes;
use diwan::node::Node;
use diwan::run::{self, Running};
use http_body_util::BodyExt as _;
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::timeout;

/// A running node of Jordan, paired and agreed with others that are not running.
pub(crate) struct Room {
    pub(crate) node: Arc<Node>,
    router: Router,
    password: String,
    running: Running,
    _dir: Option<TempDir>,
}

/// Somebody signed in.
pub(crate) struct Screen<'a> {
    pub(crate) room: &'a Room,
    pub(crate) cookie: String,
}

/// An answer, whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Puts a node that nobody has used yet into a directory and says everybody's password. It is
/// made once and copied: making keys, people and agreements takes seconds.
pub(crate) fn fresh(dir: &Path) -> String {
    static MADE: OnceLock<(TempDir, String)> = OnceLock::new();
    let (made, password) = MADE.get_or_init(|| {
        let made = tempfile::tempdir().unwrap();
        let cast = nodes::make(made.path(), &["JOR", "IRQ", "TUR"]).unwrap();
        let password = cast.nodes["JOR"].people["analyst"].password.clone();
        (made, password)
    });
    copy(&jor(made.path()), &jor(dir));
    // Copies run side by side: each listens wherever it is free.
    let settings = jor(dir).join("config.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let line = |line: &str| match line.split_once("listen = ") {
        Some(_) => "listen = \"127.0.0.1:0\"".to_owned(),
        None => line.to_owned(),
    };
    let text: Vec<String> = text.lines().map(line).collect();
    fs::write(&settings, text.join("\n")).unwrap();
    password.clone()
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &name);
        } else {
            fs::copy(entry.path(), name).unwrap();
        }
    }
}

impl Room {
    pub(crate) async fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let password = fresh(dir.path());
        let mut room = Self::start(&jor(dir.path()), password).await;
        room._dir = Some(dir);
        room
    }

    pub(crate) async fn start(dir: &Path, password: String) -> Self {
        let running = run::start(dir).await.unwrap();
        let node = Arc::clone(&running.node);
        let router = diwan::api::router(Arc::clone(&node));
        Self { node, router, password, running, _dir: None }
    }

    pub(crate) async fn close(self) {
        self.running.stop().await;
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = TowerToHyperService::new(self.router.clone()).call(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn sign_in(&self, person: &str) -> Screen<'_> {
        let answer = self.try_password(person, &self.password.clone()).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
        Screen { room: self, cookie: cookie.split(';').next().unwrap().to_owned() }
    }

    pub(crate) async fn try_password(&self, person: &str, password: &str) -> Answer {
        let body = json!({ "person": person, "password": password });
        self.send(request(Method::POST, "/api/session", "", &body)).await
    }
}

impl Screen<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, &self.cookie);
        self.room.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, body).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.room.send(request(method, path, &self.cookie, body)).await
    }

    /// Writes a record and says its item and digest.
    pub(crate) async fn write(&self, record: &Value) -> (String, String) {
        let answer = self.post("/api/records", record).await;
        assert_eq!(answer.status, StatusCode::OK, "{:?}", answer.body);
        let written = answer.json();
        let text = |name: &str| written[name].as_str().unwrap().to_owned();
        (text("item"), text("digest"))
    }

    /// Asks for a release to these partners and says its id and what is to be signed.
    pub(crate) async fn ask_release(&self, digests: &[&str], to: &[&str]) -> (String, String) {
        let wanted =
            json!({ "digests": digests, "to": to, "onward": [], "precedence": "PRIORITY" });
        let answer = self.post("/api/releases", &wanted).await;
        assert_eq!(answer.status, StatusCode::OK, "{:?}", answer.body);
        let asked = answer.json();
        let text = |name: &str| asked[name].as_str().unwrap().to_owned();
        (text("id"), text("digest_of_request"))
    }

    pub(crate) async fn sign_release(&self, id: &str, request: &str) -> Answer {
        let body = json!({ "digest_of_request": request });
        self.post(&format!("/api/releases/{id}/sign"), &body).await
    }

    /// Opens the live lane.
    pub(crate) async fn lane(&self) -> Lane {
        let request = Request::get("/api/live").header(header::COOKIE, &self.cookie);
        let request = request.body(Body::empty()).unwrap();
        let router = self.room.router.clone();
        let response = TowerToHyperService::new(router).call(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        Lane { body: response.into_body(), text: String::new() }
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{:?}", self.body))
    }

    /// Status and code of a refusal.
    pub(crate) fn refusal(&self) -> (u16, String) {
        let code = self.json()["error"]["code"].as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), code)
    }

    /// Everything that a screen could tell two answers apart by.
    pub(crate) fn whole(&self) -> String {
        let mut headers: Vec<_> = self.headers.iter().map(|one| format!("{one:?}")).collect();
        headers.sort();
        format!("{} {headers:?} {:?}", self.status, self.body)
    }
}

/// An open live lane.
pub(crate) struct Lane {
    body: Body,
    text: String,
}

impl Lane {
    /// The next event that is no heartbeat, as name and content; `None` when the lane ended.
    pub(crate) async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let line = |name: &str| {
                    let found = block.lines().find_map(|line| line.strip_prefix(name));
                    found.map(str::to_owned)
                };
                let event = line("event: ").zip(line("data: "));
                self.text = rest.to_owned();
                match event {
                    Some((name, content)) => {
                        return Some((name, serde_json::from_str(&content).unwrap()));
                    }
                    None => continue,
                }
            }
            let frame = timeout(Duration::from_secs(10), self.body.frame()).await;
            let frame = frame.expect("the lane said nothing for ten seconds")?;
            let bytes = frame.unwrap().into_data().unwrap();
            self.text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }
}

pub(crate) fn request(method: Method, path: &str, cookie: &str, body: &Value) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .unwrap()
}

pub(crate) fn label(tlp: &str, handling: &str) -> Value {
    json!({ "tlp": tlp, "handling": handling, "orcon": false, "purpose": ["border-security"],
        "legal_basis": "agreement", "review": "2030-01-01", "state": "exercise" })
}

/// A report with this title under this label.
pub(crate) fn report(title: &str, label: &Value) -> Value {
    json!({ "kind": "report", "label": label, "precedence": "ROUTINE", "body": {
        "title": { "en": title, "ar": "تقرير" }, "category": "smuggling-attempt",
        "when": { "start": "2026-03-09T04:00:00Z", "precision": "hour" },
        "place": { "name": { "en": "Nassib" }, "lon": 36.212, "lat": 32.535 },
        "narrative": { "en": format!("{title}, seen from the crossing.") }, "actors": [],
        "quantities": [], "grade": { "reliability": "B", "credibility": "2" }, "sources": [] } })
}

pub(crate) fn jor(dir: &Path) -> PathBuf {
    dir.join("jor")
}

/// Changes an account the way an administrator, or the console, does.
pub(crate) async fn change_person(
    room: &Room,
    id: &str,
    by: Option<&diwan_room::PersonId>,
    change: impl FnOnce(&mut diwan_room::Person),
) {
    let id: diwan_room::PersonId = id.parse().unwrap();
    let reader = room.node.store.reader().unwrap();
    let person = reader.ledger(|ledger| diwan_room::Person::find(ledger, &id)).unwrap();
    let mut person = person.unwrap();
    change(&mut person);
    let event = diwan_room::Event::PutPerson { by: by.cloned(), person: Box::new(person) };
    assert_eq!(room.node.desk.hand_in(event).await.unwrap(), diwan_room::Outcome::Done);
}
