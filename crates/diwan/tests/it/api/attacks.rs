//! What the API withstands.

use std::collections::BTreeMap;

use axum::http::Method;
use diwan_room::Role;
use serde_json::{Value, json};

use super::{Answer, Room, Screen, copy, fresh, label, report};

/// Text with identifiers, times and key names replaced by what stays the same from run to run.
pub(crate) fn settled(text: &str) -> Value {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut out = String::new();
    let mut word = String::new();
    let mut end = |word: &mut String, out: &mut String| {
        let hex = word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if hex && matches!(word.len(), 16 | 32 | 64) {
            let next = known.len() + 1;
            let number = *known.entry(word.clone()).or_insert(next);
            out.push_str(&format!("id {number}"));
        } else if is_time(word) {
            out.push_str("a time");
        } else {
            out.push_str(word);
        }
        word.clear();
    };
    for char in text.chars() {
        if char.is_ascii_alphanumeric() || matches!(char, '-' | ':' | '.') {
            word.push(char);
        } else {
            end(&mut word, &mut out);
            out.push(char);
        }
    }
    end(&mut word, &mut out);
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}"))
}

/// Times of this run; times of the exercise are written out to the second and stay.
fn is_time(word: &str) -> bool {
    let today = !word.starts_with("2025-03") && !word.starts_with("2026-03-09");
    word.len() >= 20 && word.starts_with("20") && word.ends_with('Z') && word.contains('T') && today
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_041_a_hidden_id_is_answered_like_one_that_does_not_exist() {
    let room = Room::open().await;
    let watch = room.sign_in("watch").await;
    let (item, digest) = watch.write(&report("Hidden", &label("RED", "H3"))).await;
    let (release, request) = watch.ask_release(&[&digest], &["IRQ"]).await;
    let no_item = "0123456789abcdef0123456789abcdef".to_owned();
    let no_digest = format!("{no_item}{no_item}");

    for person in ["analyst", "site", "liaison", "inspector", "administrator"] {
        let screen = room.sign_in(person).await;
        let hidden = tries(&screen, &item, &digest, &release, &request).await;
        let none = tries(&screen, &no_item, &no_digest, &no_item, &no_digest).await;
        for ((what, hidden), (_, none)) in hidden.iter().zip(&none) {
            assert!(!hidden.status.is_success(), "{person}: {what}");
            assert_eq!(hidden.whole(), none.whole(), "{person}: {what}");
        }
    }
    // Whoever may see it gets another answer, so the comparison means something.
    assert_eq!(watch.get(&format!("/api/items/{item}")).await.status, 200);
    room.close().await;
}

/// Every call that takes an identifier of a record, an item or a release.
async fn tries(
    screen: &Screen<'_>,
    item: &str,
    digest: &str,
    release: &str,
    request: &str,
) -> Vec<(&'static str, Answer)> {
    let same_id = |change: Value| {
        let mut record = report("Same id", &label("GREEN", "H0"));
        record["item"] = json!(item);
        if !change.is_null() {
            record["replaces"] = change;
        }
        record
    };
    let note = json!({ "kind": "note", "label": label("GREEN", "H0"), "body": { "about": item,
        "sort": "opinion", "text": { "en": "is it there?" } } });
    let status = json!({ "kind": "site-status", "label": label("GREEN", "H0"), "body": {
        "site": item, "state": "open", "as_of": "2026-03-09T06:00:00Z",
        "stale_after": "2026-03-09T18:00:00Z" } });
    let commitment = json!({ "kind": "commitment", "label": label("GREEN", "H0"), "body": {
        "text": { "en": "x" }, "by": ["JOR"], "firmness": "agreed", "state": "open",
        "meeting": item } });
    let wanted = json!({ "digests": [digest], "to": ["IRQ"] });
    let recall = json!({ "digest": digest, "reason": "x", "gone_by": "2030-01-01T00:00:00Z" });
    let reply = json!({ "answer": "used-in" });
    let sign = json!({ "digest_of_request": request });
    let returned = json!({ "reason": "x" });
    let post =
        |path: String, body: Value| async move { screen.send(Method::POST, &path, &body).await };
    vec![
        ("get", screen.get(&format!("/api/items/{item}?state=exercise")).await),
        ("create", post("/api/records".into(), same_id(Value::Null)).await),
        ("correct", post("/api/records".into(), same_id(json!(digest))).await),
        ("note", post("/api/records".into(), note).await),
        ("status", post("/api/records".into(), status).await),
        ("commitment", post("/api/records".into(), commitment).await),
        ("preview", post("/api/releases/preview".into(), wanted.clone()).await),
        ("release", post("/api/releases".into(), wanted).await),
        ("sign", post(format!("/api/releases/{release}/sign"), sign).await),
        ("return", post(format!("/api/releases/{release}/return"), returned).await),
        ("recall", post("/api/recalls".into(), recall).await),
        ("answer", post(format!("/api/recalls/{digest}/answer"), reply).await),
        ("method", screen.send(Method::DELETE, &format!("/api/items/{item}"), &json!({})).await),
    ]
}

/// Two nodes made from one: the second one also holds what the analyst may not see.
#[tokio::test(flavor = "multi_thread")]
async fn attack_035_records_that_are_hidden_change_no_answer() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (dir.path().join("one"), dir.path().join("other"));
    let password = fresh(&one);
    let first = Room::start(&super::jor(&one), password.clone()).await;
    let desk = first.sign_in("analyst").await;
    let (shared, _) = desk.write(&report("Seen by both", &label("GREEN", "H0"))).await;
    first.close().await;
    copy(&one, &other);

    let mut told = Vec::new();
    for (node, hides) in [(&one, false), (&other, true)] {
        let room = Room::start(&super::jor(node), password.clone()).await;
        if hides {
            hide(&room, &shared).await;
        }
        let screen = room.sign_in("analyst").await;
        // Nothing has been written since the copy: these are equal byte by byte.
        let mut answers = Vec::new();
        for path in reads(&shared) {
            answers.push(format!("{path}: {}", screen.get(&path).await.whole()));
        }
        // From here on identifiers and times differ, so they are compared as first, second ...
        answers.push(settled_sequence(&screen, &shared).await);
        told.push(answers);
        room.close().await;
    }
    for (without, with) in told[0].iter().zip(&told[1]) {
        assert_eq!(without, with);
    }
}

fn reads(item: &str) -> Vec<String> {
    let mut paths = vec![
        format!("/api/items/{item}"),
        format!("/api/items/{item}?state=actual"),
        "/api/agreements".to_owned(),
        "/api/recalls".to_owned(),
        "/api/recalls/received".to_owned(),
        "/api/releases".to_owned(),
        "/api/releases?open=true".to_owned(),
        "/api/drafts".to_owned(),
        "/api/log".to_owned(),
        "/api/health".to_owned(),
        "/api/picture/map?bbox=30,30,40,40".to_owned(),
        "/api/picture/map?limit=1".to_owned(),
    ];
    for query in ["limit=1", "q=hidden", "q=seen", "q=crossing", "kind=report", "kind=site,note"] {
        paths.push(format!("/api/picture?{query}"));
    }
    paths
}

/// Everything of a kind that could leave a mark: newer records, records on the same item, a
/// dispute, an own correction, a release and a recall, all above what the analyst may read.
async fn hide(room: &Room, shared: &str) {
    let watch = room.sign_in("watch").await;
    let (_, digest) = watch.write(&report("Hidden and seen", &label("RED", "H3"))).await;
    let note = json!({ "kind": "note", "label": label("RED", "H3"), "precedence": "FLASH",
        "body": { "about": shared, "sort": "dispute", "text": { "en": "hidden" } } });
    watch.write(&note).await;
    let mut beside = report("Hidden variant", &label("RED", "H3"));
    beside["item"] = json!(shared);
    beside["variant"] = json!(7);
    watch.write(&beside).await;
    watch.ask_release(&[&digest], &["IRQ"]).await;
    let recall = json!({ "digest": digest, "reason": "hidden",
        "gone_by": "2030-01-01T00:00:00Z" });
    assert_eq!(watch.post("/api/recalls", &recall).await.status, 200);
}

/// Writing and reading on, with a live lane open.
async fn settled_sequence(screen: &Screen<'_>, shared: &str) -> String {
    let mut lane = screen.lane().await;
    let mut told = Vec::new();
    let mut correction = report("Seen and corrected", &label("GREEN", "H0"));
    let before = screen.get(&format!("/api/items/{shared}")).await.json();
    correction["item"] = json!(shared);
    correction["replaces"] = before["records"][0]["digest"].clone();
    for record in [correction, report("Seen later", &label("AMBER", "H1"))] {
        told.push(screen.post("/api/records", &record).await.json());
        let (name, content) = lane.next().await.unwrap();
        told.push(json!({ name: content }));
    }
    let mut next = "/api/picture?limit=1".to_owned();
    while !next.is_empty() {
        let page = screen.get(&next).await.json();
        let cursor = page["next"].as_str();
        next = cursor.map_or_else(String::new, |at| format!("/api/picture?limit=1&before={at}"));
        told.push(page);
    }
    told.push(screen.get("/api/picture/map").await.json());
    settled(&Value::from(told).to_string()).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_058_four_eyes_are_four_eyes() {
    let room = Room::open().await;
    let (analyst, officer) = (room.sign_in("analyst").await, room.sign_in("releasing").await);
    let (_, digest) = analyst.write(&report("Four eyes", &label("GREEN", "H0"))).await;
    let refused = async |id: &str, request: &str| officer.sign_release(id, request).await.refusal();

    // Who asks may not sign.
    let (id, request) = officer.ask_release(&[&digest], &["IRQ"]).await;
    assert_eq!(refused(&id, &request).await, (403, "release/same-person".to_owned()));
    let line = officer.get("/api/releases?open=true").await.json();
    assert_eq!(line[0]["may_sign"], false);
    assert_eq!(line[0]["why_not"], "release/same-person");

    // The signature is over one exact request: another one, with other partners, is not covered.
    let (id, _) = analyst.ask_release(&[&digest], &["IRQ"]).await;
    let (wider, other) = analyst.ask_release(&[&digest], &["IRQ", "TUR"]).await;
    assert_eq!(refused(&id, &other).await, (409, "release/changed".to_owned()));
    assert_eq!(refused(&id, "no digest").await, (409, "release/changed".to_owned()));
    // Who may not sign cannot, whatever they were shown.
    assert_eq!(analyst.sign_release(&wider, &other).await.refusal().1, "role/missing");

    // Two approvals at once count once.
    let twice = tokio::join!(
        officer.sign_release(&wider, &other),
        officer.sign_release(&wider, &other),
        officer.sign_release(&wider, &other)
    );
    let mut codes = [twice.0.status, twice.1.status, twice.2.status].map(|one| one.as_u16());
    codes.sort_unstable();
    assert_eq!(codes, [200, 409, 409]);
    let strip = officer.get("/api/partners").await.json();
    assert_eq!((&strip[0]["queued"], &strip[1]["queued"]), (&json!(1), &json!(1)));

    // An officer who lost the role before the commit does not count, nor does a requester who did.
    let (id, request) = analyst.ask_release(&[&digest], &["TUR"]).await;
    let admin = "administrator".parse().unwrap();
    let analyst_only = |person: &mut diwan_room::Person| person.roles = [Role::Inspector].into();
    super::change_person(&room, "analyst", Some(&admin), analyst_only).await;
    assert_eq!(refused(&id, &request).await, (403, "role/missing".to_owned()));
    super::change_person(&room, "releasing", Some(&admin), |person| {
        person.roles = [Role::Analyst].into();
    })
    .await;
    assert_eq!(refused(&id, &request).await, (403, "role/missing".to_owned()));
    room.close().await;
}

/// A path that is added to the API has to be looked at here: what it shows and to whom.
#[test]
fn attack_034_every_path_of_the_api_is_in_the_list_of_what_may_leave() {
    // Checked by: `seen` what the person may see (035, 041), `own` the person's own,
    // `inspect` only inspectors and administrators, `node` nothing about records, `desk` only who
    // has a seat at the open-source desk, in a state of theirs.
    let list = "\
        /api/agreements get post node\n/api/agreements/{id}/end post node\n\
        /api/agreements/{id}/sign post node\n/api/articles get post desk\n\
        /api/articles/{id} get desk\n/api/articles/{id}/aside put desk\n\
        /api/articles/{id}/claims/{claim} post desk\n\
        /api/articles/{id}/claims/{claim}/draft post desk\n\
        /api/articles/{id}/keep post desk\n/api/contradictions get desk\n\
        /api/drafts get own\n\
        /api/drafts/{id} delete put own\n/api/feeds get post desk\n\
        /api/feeds/{id} delete desk\n/api/feeds/{id}/poll post desk\n/api/health get inspect\n/api/items/{item} get seen\n\
        /api/live get seen\n/api/log get inspect\n/api/offices get desk\n/api/partners get node\n\
        /api/picture get seen\n/api/picture/map get seen\n/api/places get node\n\
        /api/position post node\n/api/position/mgrs get node\n/api/recalls get post seen\n\
        /api/recalls/received get seen\n/api/recalls/{digest}/answer post seen\n\
        /api/records post seen\n/api/releases get post seen\n\
        /api/releases/preview post seen\n/api/releases/{id}/return post seen\n\
        /api/releases/{id}/sign post seen\n/api/rules get put desk\n/api/session delete get post own";
    let described: Value = serde_json::from_str(&diwan::api::openapi()).unwrap();
    let mut paths = Vec::new();
    for (path, operations) in described["paths"].as_object().unwrap() {
        let methods: Vec<_> = operations.as_object().unwrap().keys().cloned().collect();
        paths.push(format!("{path} {}", methods.join(" ")));
    }
    let checked = list.lines().map(|line| line.rsplit_once(' ').unwrap().0.trim());
    assert_eq!(paths, checked.collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_054_one_hidden_id_among_seen_ones_stops_the_whole() {
    let room = Room::open().await;
    let (watch, analyst) = (room.sign_in("watch").await, room.sign_in("analyst").await);
    let (_, hidden) = watch.write(&report("Hidden", &label("RED", "H3"))).await;
    let (item, seen) = watch.write(&report("Seen", &label("GREEN", "H0"))).await;
    for digests in [[&seen, &hidden], [&hidden, &seen]] {
        let wanted = json!({ "digests": digests, "to": ["IRQ"] });
        for path in ["/api/releases", "/api/releases/preview"] {
            let refused = analyst.post(path, &wanted).await.refusal();
            assert_eq!(refused, (404, "item/unknown".to_owned()), "{path}");
        }
    }
    let mut correction = report("Of another", &label("GREEN", "H0"));
    correction["item"] = json!(item);
    correction["replaces"] = json!(hidden);
    let refused = analyst.post("/api/records", &correction).await;
    assert_eq!(refused.refusal(), (409, "record/version-stale".to_owned()));
    assert_eq!(watch.get("/api/releases").await.json(), json!([]));
    let shown = analyst.get(&format!("/api/items/{item}")).await.json();
    assert_eq!(shown["records"].as_array().unwrap().len(), 1);
    room.close().await;
}
