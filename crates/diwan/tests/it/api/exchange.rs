//! Release, recall, partners, agreements, log, health.

use serde_json::{Value, json};

use super::picture::settled;
use super::{Room, label, report};

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_shows_what_each_partner_would_hold() {
    let room = Room::open().await;
    let watch = room.sign_in("watch").await;
    let (item, full) = watch.write(&report("Full text", &label("RED", "H3"))).await;
    let mut tear_line = report("Tear line", &label("GREEN", "H0"));
    tear_line["item"] = json!(item);
    tear_line["variant"] = json!(1);
    let (_, tear) = watch.write(&tear_line).await;
    let ask = |digests: Value| {
        json!({ "digests": digests, "to": ["IRQ"], "onward": [],
        "precedence": "ROUTINE", "tighten": { "tlp": "AMBER" } })
    };
    let preview = watch.post("/api/releases/preview", &ask(json!([full, tear]))).await;
    insta::assert_json_snapshot!(settled(&preview.json()));
    let unknown = json!({ "digests": [full], "to": ["XXX"] });
    let refused = watch.post("/api/releases/preview", &unknown).await;
    assert_eq!(refused.refusal(), (422, "partner/unknown".to_owned()));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_asked_for_signed_queued_and_recalled() {
    let room = Room::open().await;
    let (analyst, officer) = (room.sign_in("analyst").await, room.sign_in("releasing").await);
    let (item, digest) = analyst.write(&report("To be released", &label("GREEN", "H0"))).await;
    let (id, request) = analyst.ask_release(&[&digest], &["IRQ"]).await;
    let queue = officer.get("/api/releases?open=true").await.json();
    insta::assert_json_snapshot!("release_queue", settled(&queue));
    let shown = analyst.get(&format!("/api/items/{item}")).await.json();
    let state = |shown: &Value| shown["records"][0]["whereabouts"]["releases"][0]["to"].clone();
    assert_eq!(state(&shown), json!([{ "partner": "IRQ", "state": "awaiting-signature" }]));

    let signed = officer.sign_release(&id, &request).await.json();
    assert_eq!((&signed["state"], &signed["may_sign"]), (&json!("signed"), &json!(false)));
    assert_eq!(analyst.get("/api/releases?open=true").await.json(), json!([]));
    assert_eq!(analyst.get("/api/releases?open=false").await.json()[0]["id"], json!(id));
    let shown = analyst.get(&format!("/api/items/{item}")).await.json();
    assert_eq!(state(&shown), json!([{ "partner": "IRQ", "state": "queued" }]));
    let strip = officer.get("/api/partners").await.json();
    assert_eq!((&strip[0]["queued"], &strip[0]["agreement"]), (&json!(1), &json!("in-force")));
    let held = json!({ "digests": [digest], "to": ["IRQ"] });
    let again = analyst.post("/api/releases/preview", &held).await.json();
    assert_eq!(again["partners"][0]["verdict"], "holds-already");

    recall_before_it_left(&room, &item, &digest).await;
    room.close().await;
}

/// Nobody has to remove what had not left the tray; it does not go any more.
async fn recall_before_it_left(room: &Room, item: &str, digest: &str) {
    let watch = room.sign_in("watch").await;
    let recall = json!({ "digest": digest, "reason": "wrong place",
        "gone_by": "2030-01-01T00:00:00Z" });
    assert_eq!(watch.post("/api/recalls", &recall).await.json(), json!({ "digest": digest }));
    let grid = watch.get("/api/recalls").await.json();
    assert_eq!((&grid[0]["digest"], &grid[0]["by"]), (&json!(digest), &json!("Omar Zoubi")));
    assert_eq!(grid[0]["partners"], json!([]));
    let shown = watch.get(&format!("/api/items/{item}")).await.json();
    assert_eq!(shown["records"][0]["whereabouts"]["recall"]["reason"], "wrong place");
    let to = json!([{ "partner": "IRQ", "state": "withheld", "reason": "record/withdrawn" }]);
    assert_eq!(shown["records"][0]["whereabouts"]["releases"][0]["to"], to);
    assert_eq!(watch.get("/api/recalls/received").await.json(), json!([]));
    let answer = json!({ "answer": "used-in", "reason": "weekly summary" });
    let none = watch.post(&format!("/api/recalls/{}/answer", "ab".repeat(32)), &answer).await;
    assert_eq!(none.refusal(), (404, "item/unknown".to_owned()));
    let own = watch.post(&format!("/api/recalls/{digest}/answer"), &answer).await;
    assert_eq!(own.refusal(), (403, "record/not-ours".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_returned_with_a_reason() {
    let room = Room::open().await;
    let (analyst, officer) = (room.sign_in("analyst").await, room.sign_in("releasing").await);
    let (_, digest) = analyst.write(&report("Returned", &label("GREEN", "H0"))).await;
    let (id, request) = analyst.ask_release(&[&digest], &["IRQ", "TUR"]).await;
    let path = format!("/api/releases/{id}/return");
    let empty = officer.post(&path, &json!({ "reason": " " })).await;
    assert_eq!(empty.refusal(), (422, "form/text-empty".to_owned()));
    let returned = officer.post(&path, &json!({ "reason": "name the source" })).await.json();
    assert_eq!(returned["state"], "returned");
    assert_eq!(returned["reason"], "name the source");
    assert_eq!(returned["decided_by"]["name"], "Samir Majali");
    let late = officer.sign_release(&id, &request).await;
    assert_eq!(late.refusal(), (409, "release/decided".to_owned()));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn agreements_are_shown_and_ended_by_those_who_may() {
    let room = Room::open().await;
    let liaison = room.sign_in("liaison").await;
    let all = liaison.get("/api/agreements").await.json();
    assert_eq!(all.as_array().unwrap().len(), 2);
    let irq = all.as_array().unwrap().iter().find(|one| one["partner"] == "IRQ").unwrap();
    insta::assert_json_snapshot!("agreement", settled(irq));
    let id = irq["id"].as_str().unwrap();
    let end = json!({ "reason": "a wider one follows" });
    let site = room.sign_in("site").await;
    let refused = site.post(&format!("/api/agreements/{id}/end"), &end).await;
    assert_eq!(refused.refusal(), (403, "role/missing".to_owned()));
    let ended = liaison.post(&format!("/api/agreements/{id}/end"), &end).await.json();
    assert_eq!((&ended["state"], &ended["ended"]["by"]), (&json!("ended"), &json!("Huda Tal")));
    let strip = liaison.get("/api/partners").await.json();
    assert_eq!(strip[0]["agreement"], "ended");
    let sign = liaison.post(&format!("/api/agreements/{id}/sign"), &json!({})).await;
    assert_eq!(sign.status, 409, "{:?}", sign.body);
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn log_and_health_are_for_those_who_inspect_and_administer() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let canary = "canary-in-the-narrative";
    let (item, _) = analyst.write(&report(canary, &label("GREEN", "H0"))).await;
    analyst.get(&format!("/api/items/{item}")).await;
    for path in ["/api/log", "/api/health"] {
        assert_eq!(analyst.get(path).await.refusal(), (403, "role/missing".to_owned()));
    }
    let inspector = room.sign_in("inspector").await;
    let page = inspector.get("/api/log?limit=2").await.json();
    let what = |at: usize| page["entries"][at]["what"].as_str().unwrap().to_owned();
    assert_eq!((what(0), what(1)), ("read".to_owned(), "entered".to_owned()));
    assert_eq!(page["entries"][0]["who"], "analyst");
    assert_eq!(page["entries"][0]["detail"]["item"], json!(item));
    let next = page["next"].as_str().unwrap();
    let before = inspector.get(&format!("/api/log?limit=1&before={next}")).await;
    assert_eq!(before.json()["entries"].as_array().unwrap().len(), 1);
    let whole = inspector.get("/api/log?limit=200").await;
    assert!(!String::from_utf8_lossy(&whole.body).contains(canary));
    let health = room.sign_in("administrator").await.get("/api/health").await.json();
    assert_eq!(health["records"], 1);
    assert_eq!(health["tasks"].as_array().unwrap().len(), 7);
    // What the administrator runs, the administrator does not read.
    let admin = room.sign_in("administrator").await;
    let hidden = admin.get(&format!("/api/items/{item}")).await;
    assert_eq!(hidden.refusal(), (404, "item/unknown".to_owned()));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_is_proposed_by_one_person_and_approved_by_another() {
    let room = Room::open().await;
    let (liaison, officer) = (room.sign_in("liaison").await, room.sign_in("releasing").await);
    let terms = json!({ "tlp": "GREEN", "handling": "H0", "kinds": ["report"],
        "purpose": ["coordination"], "states": ["exercise"] });
    let proposal = json!({ "partner": "IRQ", "gives": terms, "takes": terms,
        "from": "2020-01-01", "until": "2099-01-01" });
    let proposed = liaison.post("/api/agreements", &proposal).await.json();
    assert_eq!(proposed["state"], "proposed");
    let path = format!("/api/agreements/{}/sign", proposed["id"].as_str().unwrap());
    let again = liaison.post(&path, &json!({})).await;
    assert_eq!(again.refusal().1, "release/same-person");
    let approved = officer.post(&path, &json!({})).await.json();
    assert_eq!(approved["signed"].as_array().map(Vec::len), Some(2));
    let mut unknown = proposal.clone();
    unknown["partner"] = json!("XXX");
    let refused = liaison.post("/api/agreements", &unknown).await;
    assert_eq!(refused.refusal().1, "partner/unknown");
    room.close().await;
}
