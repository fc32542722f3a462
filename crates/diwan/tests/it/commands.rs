//! The program as people start it: its commands, its exit codes, and its sudden end.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use diwan_record::Digest;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Planted where it must never reach a log.
const MARKER: &str = "PLANTED-7f3a";
const PASSWORD: &str = "PLANTED-7f3a quiet herons";

struct Nodes {
    dir: TempDir,
}

impl Nodes {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let passwords = ["ana", "rel", "lia"].map(|person| format!("{person}={PASSWORD}\n"));
        std::fs::write(dir.path().join("passwords"), passwords.concat()).unwrap();
        Self { dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_diwan"))
            .args(words)
            .current_dir(self.dir.path())
            .env("DIWAN_PASSWORD_FILE", self.path("passwords"))
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    fn done(&self, words: &[&str]) -> Value {
        let output = self.run(&[words, &["--json"]].concat());
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{words:?}: {said}{error}");
        serde_json::from_str(&said).unwrap()
    }

    /// The code it is refused with; the exit code is 1.
    fn refused(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        let message =
            error.lines().filter(|line| !line.is_empty()).rfind(|line| !line.starts_with("hint: "));
        message.unwrap_or_default().to_owned()
    }

    fn make(&self, code: &str) {
        self.make_at(code, "127.0.0.1:0");
    }

    /// Partners reach it at this address.
    fn make_at(&self, code: &str, link: &str) {
        let free = "127.0.0.1:0";
        self.done(&[
            "init",
            "--dir",
            code,
            "--partner",
            code,
            "--name",
            &format!("en={MARKER}"),
            "--link",
            link,
            "--address",
            link,
            "--screens",
            free,
        ]);
        for (id, role) in [("ana", "analyst"), ("rel", "releasing-officer"), ("lia", "liaison")] {
            self.done(&[
                "user",
                "add",
                "--dir",
                code,
                "--id",
                id,
                "--name",
                MARKER,
                "--role",
                role,
                "--tlp",
                "RED",
                "--handling",
                "H2",
                "--state",
                "test",
                "--purpose",
                "border-security",
            ]);
        }
    }

    fn serve(&self, code: &str) -> Served {
        Served::start(&self.path(code))
    }
}

/// A node in a process of its own.
struct Served {
    child: Child,
    url: String,
    log: Arc<Mutex<String>>,
}

impl Served {
    fn start(dir: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_diwan"))
            .args(["serve", "--dir"])
            .arg(dir)
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let log = Arc::new(Mutex::new(String::new()));
        let mut url = None;
        while url.is_none() {
            let line = lines.next().expect("it says where people reach it").unwrap();
            url = line.split_once("people at ").map(|(_, url)| url.trim().to_owned());
            log.lock().unwrap().push_str(&line);
        }
        let rest = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut log = rest.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        Self { child, url: url.unwrap(), log }
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    fn post(&self, cookie: &str, path: &str, body: &Value) -> Option<(Option<String>, Value)> {
        let sent = ureq::post(format!("{}{path}", self.url))
            .header("content-type", "application/json")
            .header("cookie", cookie)
            .send(body.to_string());
        let mut response = sent.ok()?;
        let cookie = response.headers().get("set-cookie").and_then(|set| set.to_str().ok());
        let cookie = cookie.map(|set| set.split(';').next().unwrap().to_owned());
        let body = response.body_mut().read_to_string().ok()?;
        Some((cookie, serde_json::from_str(&body).ok()?))
    }

    fn sign_in(&self, person: &str) -> String {
        let who = json!({ "person": person, "password": PASSWORD });
        self.post("", "/api/session", &who).expect("the door opens").0.unwrap()
    }

    /// Nobody's words, names or passwords may be in it.
    fn assert_log_is_clean(&self) {
        let log = self.log.lock().unwrap();
        assert!(!log.contains(MARKER), "{log}");
        assert!(!log.contains(" ERROR "), "{log}");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn report(number: usize) -> Value {
    json!({
        "kind": "report",
        "precedence": "ROUTINE",
        "label": {
            "tlp": "AMBER", "handling": "H0", "orcon": false, "purpose": ["border-security"],
            "legal_basis": "agreement", "review": "2099-01-01", "state": "test",
        },
        "body": {
            "title": { "en": format!("{MARKER} {number}") }, "category": "movement",
            "when": { "start": "2026-05-01T10:00:00Z", "precision": "hour" },
            "place": { "name": { "en": "Ramtha" }, "lon": 36.0, "lat": 32.56 },
            "narrative": { "en": MARKER }, "actors": [], "quantities": [],
            "grade": { "reliability": "B", "credibility": "2" }, "sources": [],
        },
    })
}

#[test]
fn two_nodes_are_made_and_paired_from_the_command_line() {
    let nodes = Nodes::new();
    for code in ["JOR", "IRQ"] {
        nodes.make(code);
        let out = format!("{code}.offer");
        nodes.done(&["pair", "offer", "--dir", code, "--out", &out]);
    }
    let accept = |dir, offer, one, other| {
        ["pair", "accept", "--dir", dir, offer, "--person", one, "--person", other]
    };
    assert_eq!(
        nodes.refused(&accept("JOR", "IRQ.offer", "rel", "rel")),
        "the person who asked may not sign"
    );
    // Analysts read and write; who a partner is, others confirm.
    let analyst = accept("JOR", "IRQ.offer", "lia", "ana");
    assert_eq!(nodes.refused(&analyst), "`ana` may not confirm who a partner is");
    let said = nodes.run(&analyst);
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    let hint = "hint: ask a liaison, a releasing officer or an administrator";
    assert!(said.contains(hint), "{said}");
    assert_eq!(
        nodes.refused(&accept("JOR", "JOR.offer", "lia", "rel")),
        "offer refused: it is our own"
    );
    let here = nodes.done(&accept("JOR", "IRQ.offer", "lia", "rel"));
    let there = nodes.done(&accept("IRQ", "JOR.offer", "lia", "rel"));
    assert_eq!(here["phrase"], there["phrase"]);
    let listed = nodes.done(&["partner", "list", "--dir", "JOR"]);
    assert_eq!(listed[0]["id"], "IRQ");
    assert_eq!(listed[0]["confirmed_by"], json!(["lia", "rel"]));

    // Somebody else who calls itself IRQ.
    std::fs::rename(nodes.path("IRQ"), nodes.path("OLD")).unwrap();
    nodes.make("IRQ");
    nodes.done(&["pair", "offer", "--dir", "IRQ", "--out", "false.offer"]);
    assert_eq!(
        nodes.refused(&accept("JOR", "false.offer", "lia", "rel")),
        "offer refused: `IRQ` is known here by another root or name"
    );
    let mut changed = std::fs::read(nodes.path("IRQ.offer")).unwrap();
    *changed.last_mut().unwrap() ^= 1;
    std::fs::write(nodes.path("changed.offer"), changed).unwrap();
    let said = nodes.refused(&accept("JOR", "changed.offer", "lia", "rel"));
    assert!(said.starts_with("offer refused: the offer was changed on its way"), "{said}");
    assert_eq!(nodes.run(&["pair", "accept"]).status.code(), Some(2), "called wrongly");
    assert_eq!(nodes.run(&["serve", "--dir", "nowhere"]).status.code(), Some(3), "the world");
}

#[test]
fn a_key_is_renewed_with_the_root_key_and_what_was_before_still_verifies() {
    let nodes = Nodes::new();
    nodes.make("JOR");
    let served = nodes.serve("JOR");
    let cookie = served.sign_in("ana");
    served.post(&cookie, "/api/records", &report(1)).expect("written under the first key");
    let renew = ["key", "renew", "release", "--dir", "JOR"];
    assert_eq!(nodes.refused(&renew), "the node is running, and only it writes its ledger");
    drop(served);

    std::fs::rename(nodes.path("JOR/root.key"), nodes.path("safe.key")).unwrap();
    let said = nodes.run(&renew);
    assert_eq!(said.status.code(), Some(3), "the root key is in its safe");
    let before = nodes.done(&["key", "list", "--dir", "JOR"]);
    let with_root = [&renew[..], &["--root-key", "safe.key"]].concat();
    let renewed = nodes.done(&with_root);
    let after = nodes.done(&["key", "list", "--dir", "JOR"]);
    assert_ne!(before[0]["key"], after[0]["key"]);
    assert_eq!((&after[0], &after[1]), (&renewed, &before[1]));
    assert_eq!(nodes.run(&["key", "renew", "root", "--dir", "JOR"]).status.code(), Some(2));

    let served = nodes.serve("JOR");
    let cookie = served.sign_in("ana");
    served.post(&cookie, "/api/records", &report(2)).expect("written under the second key");
    drop(served);
    assert_eq!(nodes.done(&["verify", "--dir", "JOR"])["records"], 2);
}

/// From the file on one side to the signature of the fourth person on the other.
#[test]
fn an_agreement_is_proposed_and_signed_from_the_command_line() {
    let nodes = Nodes::new();
    for code in ["JOR", "IRQ"] {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        nodes.make_at(code, &free.to_string());
        nodes.done(&["pair", "offer", "--dir", code, "--out", &format!("{code}.offer")]);
    }
    for (here, there) in [("JOR", "IRQ.offer"), ("IRQ", "JOR.offer")] {
        let by = ["--person", "lia", "--person", "rel"];
        nodes.done(&[&["pair", "accept", "--dir", here, there][..], &by].concat());
    }
    let (jor, irq) = (nodes.serve("JOR"), nodes.serve("IRQ"));
    let as_person = |served: &Served, person: &str, words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let door = ["--url", &served.url, "--person", person].map(str::to_owned);
        [&["agreement".to_owned()][..], &words, &door].concat()
    };
    let done = |served: &Served, person: &str, words: &[&str]| {
        let words = as_person(served, person, words);
        nodes.done(&words.iter().map(String::as_str).collect::<Vec<_>>())
    };

    let terms = json!({ "tlp": "AMBER", "handling": "H1", "kinds": ["report"],
        "purpose": ["border-security"], "states": ["test"] });
    let proposal = json!({ "partner": "IRQ", "gives": terms, "takes": terms,
        "from": "2020-01-01", "until": "2099-01-01" });
    std::fs::write(nodes.path("irq.json"), proposal.to_string()).unwrap();
    let proposed = done(&jor, "lia", &["propose", "irq.json"]);
    assert_eq!((&proposed["state"], &proposed["partner"]), (&json!("proposed"), &json!("IRQ")));
    let id = proposed["id"].as_str().unwrap();
    let refused = |served: &Served, person: &str, words: &[&str]| {
        let words = as_person(served, person, words);
        nodes.refused(&words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let same = refused(&jor, "lia", &["approve", id]);
    assert_eq!(same, "the person who asked may not sign");
    let role = refused(&jor, "ana", &["propose", "irq.json"]);
    assert_eq!(role, "this person's role does not allow it");
    done(&jor, "rel", &["approve", id]);

    let patience = Instant::now() + Duration::from_secs(60);
    let standing = |served: &Served| {
        let all = done(served, "lia", &["list"]);
        let found = all.as_array().unwrap().iter().find(|one| one["id"] == id);
        found.map(|one| one["state"].as_str().unwrap().to_owned())
    };
    while standing(&irq).is_none() {
        assert!(Instant::now() < patience, "the proposal never came");
    }
    assert_eq!(done(&irq, "lia", &["show", id])["takes"]["kinds"], json!(["report"]));
    done(&irq, "lia", &["approve", id]);
    assert_eq!(done(&irq, "rel", &["approve", id])["state"], "in-force");
    while standing(&jor).as_deref() != Some("in-force") {
        assert!(Instant::now() < patience, "the signature never came back");
    }
    let ended = done(&jor, "rel", &["end", id, "--reason", "a wider one follows"]);
    assert_eq!(ended["state"], "ended");
    for served in [jor, irq] {
        served.assert_log_is_clean();
    }
}

#[test]
fn a_running_node_is_the_only_one_that_writes() {
    let nodes = Nodes::new();
    nodes.make("JOR");
    let mut served = nodes.serve("JOR");
    let said = nodes.refused(&["user", "disable", "--dir", "JOR", "ana"]);
    assert_eq!(said, "the node is running, and only it writes its ledger");
    assert_eq!(nodes.done(&["user", "list", "--dir", "JOR"]).as_array().unwrap().len(), 3);

    std::fs::write(nodes.path("body.json"), report(1)["body"].to_string()).unwrap();
    let door = ["--url", &served.url.clone(), "--person", "ana"];
    let label = ["--tlp", "AMBER", "--purpose", "border-security", "--state", "test"];
    let words = [&["report", "body.json"][..], &door, &label].concat();
    let written = nodes.done(&words);
    let item = written["item"].as_str().unwrap();
    let show = ["show", "item", item, "--state", "test"];
    let shown = nodes.done(&[&show[..], &door].concat());
    assert_eq!(shown["item"], item);
    let wide =
        ["report", "body.json", "--tlp", "AMBER", "--purpose", "detention", "--state", "test"];
    assert_eq!(nodes.refused(&[&wide[..], &door].concat()), "`label`: no purpose in common");

    // A node as it is made fetches from nowhere, and says whom to ask.
    let add = ["feed", "add", "https://post.example/rss", "--outlet", "The Ramtha Post"];
    let said = nodes.refused(&[&add[..], &door].concat());
    assert_eq!(said, "`address`: the host is not among those this node fetches from");
    let feeds = nodes.done(&[&["feed", "list"][..], &door].concat());
    assert_eq!(feeds["feeds"], json!([]));
    let none = "0123456789abcdef0123456789abcdef";
    for what in ["remove", "poll"] {
        let said = nodes.refused(&[&["feed", what, none][..], &door].concat());
        assert_eq!(said, "there is no such item", "{what}");
    }

    let began = Instant::now();
    served.signal("-TERM");
    assert!(served.child.wait().unwrap().success());
    assert!(began.elapsed() < Duration::from_secs(2), "it stops in good order and soon");
    served.assert_log_is_clean();
}

#[test]
fn kill_9_in_the_middle_loses_nothing_that_was_acknowledged() {
    let nodes = Nodes::new();
    nodes.make("JOR");
    for round in 0..3 {
        let mut served = nodes.serve("JOR");
        let cookie = served.sign_in("ana");
        let (enough, going) = (30 + round * 7, AtomicBool::new(true));
        let acknowledged = Mutex::new(Vec::new());
        std::thread::scope(|threads| {
            for _ in 0..4 {
                threads.spawn(|| {
                    while going.load(Ordering::Relaxed) {
                        let Some((_, made)) = served.post(&cookie, "/api/records", &report(round))
                        else {
                            return;
                        };
                        acknowledged.lock().unwrap().push(made["digest"].clone());
                    }
                });
            }
            let patience = Instant::now() + Duration::from_secs(30);
            while acknowledged.lock().unwrap().len() < enough && Instant::now() < patience {
                std::thread::yield_now();
            }
            served.signal("-KILL");
            going.store(false, Ordering::Relaxed);
        });
        served.child.wait().unwrap();
        served.assert_log_is_clean();
        let acknowledged = acknowledged.into_inner().unwrap();
        assert!(acknowledged.len() >= enough, "only {} were acknowledged", acknowledged.len());
        let store = diwan_store::open_read_only(&nodes.path("JOR/store")).unwrap();
        let reader = store.reader().unwrap();
        for digest in &acknowledged {
            let digest: Digest = digest.as_str().unwrap().parse().unwrap();
            let held = reader.ledger(|ledger| ledger.held(&digest)).unwrap();
            assert!(held.is_some(), "{digest} was acknowledged and is lost");
        }
    }
    nodes.done(&["verify", "--dir", "JOR"]);
}
