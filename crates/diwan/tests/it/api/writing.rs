//! Records and drafts: what is taken, what is refused and how it is said.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;

use super::{Room, label, report};

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_stands_beside_what_it_replaces() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let (item, first) = analyst.write(&report("Two trucks", &label("GREEN", "H0"))).await;
    let mut correction = report("Three trucks", &label("GREEN", "H0"));
    correction["item"] = json!(item);
    correction["replaces"] = json!(first);
    let (same, second) = analyst.write(&correction).await;
    assert_eq!(same, item);
    let shown = analyst.get(&format!("/api/items/{item}")).await.json();
    assert_eq!(shown["title"]["en"], "Three trucks");
    let records = shown["records"].as_array().unwrap();
    let told: Vec<_> = records.iter().map(|one| (&one["digest"], &one["superseded"])).collect();
    assert_eq!(told, [(&json!(second), &json!(false)), (&json!(first), &json!(true))]);
    let again = analyst.post("/api/records", &correction).await;
    assert_eq!(again.refusal(), (409, "record/version-stale".to_owned()));
    let mut looser = correction.clone();
    looser["replaces"] = json!(second);
    looser["label"] = label("CLEAR", "H0");
    let refused = analyst.post("/api/records", &looser).await;
    assert_eq!(refused.refusal(), (422, "label/looser".to_owned()));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_record_is_refused_with_the_field() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let refused = async |change: fn(&mut serde_json::Value)| {
        let mut record = report("Refused", &label("GREEN", "H0"));
        change(&mut record);
        let answer = analyst.post("/api/records", &record).await;
        let field = answer.json()["error"]["field"].as_str().unwrap_or_default().to_owned();
        let (status, code) = answer.refusal();
        format!("{status} {code} {field}")
    };
    let told = [
        refused(|record| record["body"]["place"]["lat"] = json!(91)).await,
        refused(|record| record["body"]["title"] = json!({})).await,
        refused(|record| record["body"]["category"] = json!("rumour")).await,
        refused(|record| record["body"]["when"]["end"] = json!("2026-03-08T04:00:00Z")).await,
        refused(|record| record["label"]["tlp"] = json!("RED")).await,
        refused(|record| record["label"]["purpose"] = json!([])).await,
        refused(|record| record["label"]["tlp"] = json!("UNKNOWN")).await,
        refused(|record| record["label"]["state"] = json!("actual")).await,
        refused(|record| record["kind"] = json!("withdrawal")).await,
        refused(|record| record["kind"] = json!("meeting")).await,
        refused(|record| record["precedence"] = json!("SOON")).await,
    ];
    insta::assert_snapshot!(told.join("\n"));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_json_and_bodies_that_are_too_large_are_refused() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let send = |body: Body| {
        let asked = Request::post("/api/records")
            .header(header::COOKIE, &analyst.cookie)
            .header(header::CONTENT_TYPE, "application/json");
        room.send(asked.body(body).unwrap())
    };
    for broken in ["", "{", "{\"kind\":\"report\",\"kind\":\"note\"}", "{}x", "\u{feff}{}", "NaN"] {
        assert_eq!(send(Body::from(broken)).await.refusal(), (400, "form/json".to_owned()));
    }
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    assert_eq!(send(Body::from(deep)).await.refusal(), (400, "form/json".to_owned()));
    let large = send(Body::from(" ".repeat(2 << 20))).await;
    assert_eq!(large.refusal(), (413, "form/too-large".to_owned()));
    // Without saying how long it is.
    let flow =
        futures_util::stream::iter((0..40).map(|_| Ok::<_, std::io::Error>(vec![b' '; 65536])));
    let large = send(Body::from_stream(flow)).await;
    assert_eq!(large.refusal(), (413, "form/too-large".to_owned()));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_are_their_authors_and_go_when_written() {
    let room = Room::open().await;
    let (analyst, watch) = (room.sign_in("analyst").await, room.sign_in("watch").await);
    let draft = json!({ "id": "draft-0001", "kind": "report", "saved_at": "2026-03-09T04:00:00Z",
        "content": { "title": { "en": "half a" } }, "title": "half a" });
    let kept = analyst.send(Method::PUT, "/api/drafts/draft-0001", &draft).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT, "{kept:?}");
    let mine = analyst.get("/api/drafts").await.json();
    assert_eq!((&mine[0]["id"], &mine[0]["content"]), (&draft["id"], &draft["content"]));
    assert_eq!(watch.get("/api/drafts").await.json(), json!([]));
    let gone = watch.send(Method::DELETE, "/api/drafts/draft-0001", &json!({})).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(analyst.get("/api/drafts").await.json().as_array().unwrap().len(), 1);
    let other = analyst.send(Method::PUT, "/api/drafts/UPPER-CASE", &draft).await;
    assert_eq!(other.refusal(), (422, "draft/form".to_owned()));
    let mut record = report("Whole", &label("GREEN", "H0"));
    record["draft"] = json!("draft-0001");
    analyst.write(&record).await;
    assert_eq!(analyst.get("/api/drafts").await.json(), json!([]));
    room.close().await;
}
