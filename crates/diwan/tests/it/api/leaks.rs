//! What leaves by ways on which nobody looks: searches, counts, the log, errors, other verbs.

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value, json};

use super::{Answer, Room, Screen, label, report, request};

/// Everything a screen can ask for in one go, told whole.
async fn told(screen: &Screen<'_>, paths: &[String]) -> Vec<String> {
    let mut answers = Vec::new();
    for path in paths {
        answers.push(format!("{path}: {}", screen.get(path).await.whole()));
    }
    answers
}

/// Three reports that the analyst sees; the words of one are those of what will be hidden.
async fn seen(room: &Room) -> String {
    let watch = room.sign_in("watch").await;
    let mut item = String::new();
    for title in ["Convoy at the crossing", "Second convoy", "A quiet night"] {
        (item, _) = watch.write(&report(title, &label("GREEN", "H0"))).await;
    }
    item
}

/// The same and more under a label above the analyst's, beside and upon what the analyst sees.
async fn hide(room: &Room, shared: &str) {
    let watch = room.sign_in("watch").await;
    let red = label("RED", "H3");
    for title in ["Convoy of zeppelins", "Convoy", "convoy convoy convoy"] {
        let (_, digest) = watch.write(&report(title, &red)).await;
        watch.ask_release(&[&digest], &["IRQ"]).await;
    }
    let note = json!({ "kind": "note", "label": red, "precedence": "FLASH",
        "body": { "about": shared, "sort": "dispute", "text": { "en": "a convoy of zeppelins" } } });
    watch.write(&note).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_036_a_hidden_record_changes_no_search() {
    let room = Room::open().await;
    let shared = seen(&room).await;
    let words = ["convoy", "Convoy", "conv", "konvoy", "convoys", "zeppelin", "crossing", "تقرير"];
    let mut paths: Vec<String> = Vec::new();
    for word in words {
        for more in ["", "&limit=1", "&kind=report", "&bbox=30,30,40,40"] {
            paths.push(format!("/api/picture?q={}{more}", escaped(word)));
            paths.push(format!("/api/picture/map?q={}{more}", escaped(word)));
        }
        paths.push(format!("/api/places?q={}", escaped(word)));
    }
    let analyst = room.sign_in("analyst").await;
    let before = told(&analyst, &paths).await;
    hide(&room, &shared).await;
    let after = told(&analyst, &paths).await;
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after);
    }
    // Whoever may see them finds them, so there was something to hide.
    let watch = room.sign_in("watch").await;
    let found = watch.get("/api/picture?q=zeppelins").await.json();
    assert!(!found["items"].as_array().unwrap().is_empty());
    room.close().await;
}

fn escaped(word: &str) -> String {
    word.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_037_a_hidden_record_is_in_no_count() {
    let room = Room::open().await;
    let shared = seen(&room).await;
    let paths: Vec<String> = [
        "/api/picture?limit=2",
        "/api/picture?limit=3",
        "/api/picture?limit=4",
        "/api/picture/map?limit=2",
        "/api/picture/map?limit=3",
        "/api/releases",
        "/api/releases?open=true",
        "/api/recalls",
        "/api/recalls/received",
        "/api/drafts",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain([format!("/api/items/{shared}")])
    .collect();
    let analyst = room.sign_in("analyst").await;
    let before = told(&analyst, &paths).await;
    hide(&room, &shared).await;
    let after = told(&analyst, &paths).await;
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after);
    }
    // What waits for a partner is counted for those who run the exchange and for nobody else.
    let (watch, officer) = (room.sign_in("watch").await, room.sign_in("releasing").await);
    let open = watch.get("/api/releases?open=true").await.json();
    assert_eq!(open.as_array().unwrap().len(), 3);
    let (id, request) = (&open[0]["id"], &open[0]["digest_of_request"]);
    let signed = officer.sign_release(id.as_str().unwrap(), request.as_str().unwrap()).await;
    assert_eq!(signed.status, 200);
    for person in ["analyst", "liaison", "site", "watch", "releasing", "administrator"] {
        let strip = room.sign_in(person).await.get("/api/partners").await.json();
        let counted = ["queued", "sent_unreceipted", "received", "last_receipt"]
            .map(|count| strip[0].get(count).is_some());
        let runs = matches!(person, "watch" | "releasing" | "administrator");
        assert_eq!(counted[..3], [runs; 3], "{person}");
    }
    room.close().await;
}

/// Planted in everything a person writes; it must come out nowhere but where it was written.
const CANARY: &str = "canary-5c1e";

#[tokio::test(flavor = "multi_thread")]
async fn attack_046_the_log_has_no_content_and_only_those_read_it_whose_office_it_is() {
    let room = Room::open().await;
    let watch = room.sign_in("watch").await;
    let officer = room.sign_in("releasing").await;
    let mut written = report(CANARY, &label("RED", "H3"));
    written["body"]["actors"] = json!([CANARY]);
    written["body"]["place"]["name"] = json!({ "en": CANARY });
    let (item, digest) = watch.write(&written).await;
    watch.get(&format!("/api/items/{item}")).await;
    let wanted = json!({ "digests": [digest], "to": ["IRQ"], "remark": CANARY });
    let asked = watch.post("/api/releases", &wanted).await.json();
    let back = format!("/api/releases/{}/return", asked["id"].as_str().unwrap());
    assert_eq!(officer.post(&back, &json!({ "reason": CANARY })).await.status, 200);
    let recall = json!({ "digest": digest, "reason": CANARY, "gone_by": "2030-01-01T00:00:00Z" });
    assert_eq!(watch.post("/api/recalls", &recall).await.status, 200);
    let refused = watch.post("/api/records", &json!({ "kind": CANARY })).await;
    assert!(!refused.status.is_success());

    let mut readers = Vec::new();
    for person in ["analyst", "watch", "releasing", "liaison", "site", "administrator", "inspector"]
    {
        let screen = room.sign_in(person).await;
        let page = screen.get("/api/log?limit=500").await;
        if page.status == 200 {
            readers.push(person);
            let lines = String::from_utf8_lossy(&page.body).into_owned();
            assert!(lines.contains(&digest), "the line names the record");
            assert!(!lines.contains(CANARY), "{lines}");
        } else {
            assert_eq!(page.refusal(), (403, "role/missing".to_owned()), "{person}");
        }
    }
    assert_eq!(readers, ["administrator", "inspector"]);
    room.close().await;
}

/// Every way to be refused, with the canary in every field.
async fn refusals(screen: &Screen<'_>) -> Vec<(String, Answer)> {
    let mut answers = Vec::new();
    let spoilt = |change: fn(&mut Value)| {
        let mut record = report(CANARY, &label("GREEN", "H0"));
        record["body"]["actors"] = json!([CANARY]);
        change(&mut record);
        record
    };
    let records = [
        spoilt(|one| one["body"]["category"] = json!(CANARY)),
        spoilt(|one| one["body"][CANARY] = json!(CANARY)),
        spoilt(|one| one["body"]["when"]["start"] = json!(CANARY)),
        spoilt(|one| one["body"]["place"]["lat"] = json!(CANARY)),
        spoilt(|one| one["body"]["grade"]["reliability"] = json!(CANARY)),
        spoilt(|one| one["body"]["title"] = json!({ "en": CANARY.repeat(1000) })),
        spoilt(|one| one["body"]["title"] = json!({ CANARY: CANARY })),
        spoilt(|one| one["label"]["tlp"] = json!(CANARY)),
        spoilt(|one| one["label"]["purpose"] = json!([CANARY])),
        spoilt(|one| one["label"]["review"] = json!(CANARY)),
        spoilt(|one| one["item"] = json!(CANARY)),
        spoilt(|one| one["replaces"] = json!(CANARY)),
        spoilt(|one| one["kind"] = json!(CANARY)),
        spoilt(|one| one["precedence"] = json!(CANARY)),
        spoilt(|one| one[CANARY] = json!(CANARY)),
    ];
    for record in records {
        answers.push((format!("record {record}"), screen.post("/api/records", &record).await));
    }
    for (path, body) in [
        ("/api/releases", json!({ "digests": [CANARY], "to": [CANARY], "remark": CANARY })),
        ("/api/releases/preview", json!({ "digests": [CANARY], "to": [CANARY] })),
        ("/api/recalls", json!({ "digest": CANARY, "reason": CANARY, "gone_by": CANARY })),
        ("/api/agreements", json!({ "partner": CANARY })),
        ("/api/position", json!({ "text": CANARY })),
        ("/api/session", json!({ "person": CANARY, "password": CANARY })),
    ] {
        answers.push((path.to_owned(), screen.post(path, &body).await));
    }
    for path in [
        format!("/api/items/{CANARY}"),
        format!("/api/{CANARY}"),
        format!("/api/picture?bbox={CANARY}"),
        format!("/api/picture?{CANARY}={CANARY}"),
        format!("/api/picture?kind={CANARY}"),
        format!("/api/picture?before={CANARY}"),
        format!("/api/log?before={CANARY}"),
    ] {
        answers.push((path.clone(), screen.get(&path).await));
    }
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_047_no_error_quotes_what_was_sent() {
    let room = Room::open().await;
    for person in ["watch", "liaison", "inspector"] {
        let screen = room.sign_in(person).await;
        let mut refused = 0;
        for (what, answer) in refusals(&screen).await {
            let said = String::from_utf8_lossy(&answer.body).into_owned();
            assert!(!answer.status.is_server_error(), "{what}: {said}");
            if !answer.status.is_success() {
                refused += 1;
                assert!(!said.contains(CANARY), "{what} is answered with {said}");
                let headers = format!("{:?}", answer.headers);
                assert!(!headers.contains(CANARY), "{what}: {headers}");
            }
        }
        assert!(refused > 20, "{person}: only {refused} were refused");
    }
    room.close().await;
}

/// What guards a write guards it whatever verb, form and disguise it comes in.
#[tokio::test(flavor = "multi_thread")]
async fn attack_062_no_other_verb_or_content_type_passes_a_guard() {
    let room = Room::open().await;
    let watch = room.sign_in("watch").await;
    let (item, digest) = watch.write(&report("Stays as it is", &label("GREEN", "H0"))).await;
    let before = watch.get(&format!("/api/items/{item}")).await.whole();
    let described: Value = serde_json::from_str(&diwan::api::openapi()).unwrap();
    let verbs = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE"];
    for (path, operations) in described["paths"].as_object().unwrap() {
        let path = path.replace("{item}", &item).replace("{digest}", &digest);
        let path = path.replace("{id}", &item);
        for verb in verbs {
            let verb = Method::from_bytes(verb.as_bytes()).unwrap();
            let known = operations.get(verb.as_str().to_lowercase()).is_some();
            // Nobody is signed in: no verb opens anything. Signing out is no more than that.
            let answer = room.send(request(verb.clone(), &path, "", &json!({}))).await;
            let out = path == "/api/session" && verb == Method::DELETE;
            let open = answer.status.is_success() && !out;
            assert!(!open, "{verb} {path} without a session: {}", answer.status);
            // A verb that is not described does nothing, also for who is signed in.
            if !known && verb != Method::HEAD {
                let answer = room.send(request(verb.clone(), &path, &watch.cookie, &json!({})));
                let status = answer.await.status;
                assert!(!status.is_success(), "{verb} {path} is not described: {status}");
            }
            if matches!(verb, Method::GET | Method::HEAD) {
                continue;
            }
            for (name, value, wanted) in [
                ("origin", "https://evil.example", 403),
                ("content-type", "text/plain", 415),
                ("content-type", "application/x-www-form-urlencoded", 415),
                ("content-type", "application/json-patch+json", 415),
            ] {
                let mut asked = request(verb.clone(), &path, &watch.cookie, &json!({}));
                let name = header::HeaderName::from_bytes(name.as_bytes()).unwrap();
                asked.headers_mut().insert(name.clone(), value.parse().unwrap());
                let status = room.send(asked).await.status.as_u16();
                assert_eq!(status, wanted, "{verb} {path} with {name}: {value}");
            }
        }
    }
    disguised(&room, &watch).await;
    assert_eq!(watch.get(&format!("/api/items/{item}")).await.whole(), before);
    room.close().await;
}

/// Reading verbs that say they mean another one, and passwords past the brake.
async fn disguised(room: &Room, watch: &Screen<'_>) {
    for name in ["x-http-method-override", "x-method-override", "x-http-method"] {
        let asked = Request::get("/api/session")
            .header(header::COOKIE, &watch.cookie)
            .header(name, "DELETE");
        room.send(asked.body(Body::empty()).unwrap()).await;
        assert_eq!(watch.get("/api/session").await.status, 200, "{name} signed nobody out");
    }
    let wrong = json!({ "person": "site", "password": "not the password" });
    let mut last = None;
    for turn in 0..12 {
        let mut asked = request(Method::POST, "/api/session", "", &wrong);
        let accept = ["text/html", "application/json", "*/*", "image/png"][turn % 4];
        asked.headers_mut().insert(header::ACCEPT, accept.parse().unwrap());
        let json = ["application/json", "application/JSON; charset=utf-8"][turn % 2];
        asked.headers_mut().insert(header::CONTENT_TYPE, json.parse().unwrap());
        last = Some(room.send(asked).await.status.as_u16());
    }
    assert_eq!(last, Some(429), "the brake holds for every form");
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_061_the_first_start_knows_no_password_and_no_key_of_another() {
    let dir = tempfile::tempdir().unwrap();
    let mut keys = Vec::new();
    for code in ["JOR", "IRQ"] {
        let path = dir.path().join(code);
        crate::world::make_dir(&path, code);
        for file in ["root.key", "keys/release.pem", "keys/receipt.pem", "keys/tls.pem"] {
            keys.push(std::fs::read_to_string(path.join(file)).unwrap());
        }
    }
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 8, "every key of every node is its own");

    let room = Room::start(&dir.path().join("JOR"), String::new()).await;
    let reader = room.node.store.reader().unwrap();
    let people = reader.ledger(|ledger| ledger.docs(diwan_room::Shelf::Person, &[])).unwrap();
    assert!(people.is_empty(), "nobody is there before somebody is added");
    for person in ["admin", "administrator", "root", "watch", "diwan", "jor", "test"] {
        for password in ["", "admin", "password", "diwan", "changeme", person] {
            let status = room.try_password(person, password).await.status.as_u16();
            assert!(matches!(status, 401 | 429), "{person}/{password}: {status}");
        }
    }
    room.close().await;
}

/// An account that was closed stays closed over a restart.
#[tokio::test(flavor = "multi_thread")]
async fn attack_061_a_closed_account_does_not_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let password = super::fresh(dir.path());
    let room = Room::start(&super::jor(dir.path()), password.clone()).await;
    super::change_person(&room, "administrator", None, |person| person.disabled = true).await;
    room.close().await;
    let room = Room::start(&super::jor(dir.path()), password.clone()).await;
    let refused = room.try_password("administrator", &password).await.refusal();
    assert_eq!(refused, (401, "session/refused".to_owned()));
    room.close().await;
}
