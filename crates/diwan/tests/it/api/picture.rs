//! Lists, the map, one item, search.

use axum::http::Method;
use serde_json::{Value, json};

use super::{Room, label, report};

/// Replaces what differs from run to run.
pub(crate) fn settled(value: &Value) -> Value {
    super::attacks::settled(&value.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_shows_everything_about_it() {
    let room = Room::open().await;
    let site_desk = room.sign_in("site").await;
    let site = json!({ "kind": "site", "label": label("GREEN", "H0"), "precedence": "ROUTINE",
        "body": { "name": { "en": "Nassib crossing", "ar": "معبر نصيب" }, "class": "crossing",
            "place": { "name": { "en": "Nassib" }, "lon": 36.212, "lat": 32.535 } } });
    let (item, _) = site_desk.write(&site).await;
    let status = json!({ "kind": "site-status", "label": label("GREEN", "H0"), "body": {
        "site": item, "state": "restricted", "as_of": "2026-03-09T06:00:00Z",
        "stale_after": "2026-03-09T18:00:00Z" } });
    site_desk.write(&status).await;
    let analyst = room.sign_in("analyst").await;
    let note = json!({ "kind": "note", "label": label("AMBER", "H1"), "body": {
        "about": item, "sort": "dispute", "text": { "en": "It is open" } } });
    analyst.write(&note).await;
    let shown = analyst.get(&format!("/api/items/{item}?state=exercise")).await;
    insta::assert_json_snapshot!(settled(&shown.json()));
    // In another picture it does not exist.
    let other = analyst.get(&format!("/api/items/{item}?state=actual")).await;
    assert_eq!(other.refusal(), (404, "item/unknown".to_owned()));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_maps_are_asked_by_words_window_and_kind() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    for title in ["Captagon in a truck", "A drone over the fence", "Tunnel at dawn"] {
        analyst.write(&report(title, &label("GREEN", "H0"))).await;
    }
    let titles = |page: &Value| {
        let items = page["items"].as_array().unwrap().iter();
        let title = |item: &Value| item["title"]["en"].as_str().unwrap().to_owned();
        items.map(title).collect::<Vec<_>>().join(", ")
    };
    let ask = async |path: &str| analyst.get(path).await.json();
    let all = ask("/api/picture?state=exercise&limit=2").await;
    assert_eq!(titles(&all), "Tunnel at dawn, A drone over the fence");
    let next = format!("/api/picture?state=exercise&before={}", all["next"].as_str().unwrap());
    let rest = ask(&next).await;
    assert_eq!((titles(&rest), &rest["next"]), ("Captagon in a truck".to_owned(), &Value::Null));
    assert_eq!(titles(&ask("/api/picture?q=drone").await), "A drone over the fence");
    assert_eq!(titles(&ask("/api/picture?q=no-such-word").await), "");
    assert_eq!(titles(&ask("/api/picture?kind=site,meeting").await), "");
    let map = ask("/api/picture/map?bbox=36,32,37,33&limit=2").await;
    assert_eq!((map["items"].as_array().unwrap().len(), &map["more"]), (2, &json!(true)));
    assert_eq!(titles(&ask("/api/picture/map?bbox=-10,30,10,40").await), "");
    assert_eq!(titles(&ask("/api/picture/map?state=actual").await), "");
    for wrong in ["bbox=1,2,3", "bbox=a,b,c,d", "before=zz", "limit=x", "state=real", "who=x"] {
        let refused = analyst.get(&format!("/api/picture?{wrong}")).await.refusal();
        assert_eq!(refused, (400, "form/query".to_owned()), "{wrong}");
    }
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_and_its_commitments_name_each_other() {
    let room = Room::open().await;
    let liaison = room.sign_in("liaison").await;
    let meeting = json!({ "kind": "meeting", "label": label("CLEAR", "H0"), "body": {
        "name": { "en": "Amman meeting" }, "when": { "start": "2025-03-09T09:00:00Z" },
        "place": { "name": { "en": "Amman" }, "lon": 35.93, "lat": 31.95 },
        "participants": [], "agenda": [], "outcomes": [], "sources": [] } });
    let (meeting, _) = liaison.write(&meeting).await;
    let commitment = json!({ "kind": "commitment", "label": label("CLEAR", "H0"), "body": {
        "text": { "en": "A second round in Türkiye" }, "by": ["TUR"], "to": [],
        "firmness": "planned", "state": "open", "meeting": meeting, "evidence": [],
        "sources": [] } });
    let (commitment, _) = liaison.write(&commitment).await;
    let related = async |item: &str| {
        let item = liaison.get(&format!("/api/items/{item}")).await.json();
        item["related"][0]["item"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(related(&meeting).await, commitment);
    assert_eq!(related(&commitment).await, meeting);
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn places_and_positions_are_found() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let places = analyst.get("/api/places?q=%D8%A8%D8%BA%D8%AF&limit=1").await.json();
    assert_eq!(places[0]["name"]["tr"], "Bağdat");
    assert_eq!(places[0]["matched"], "بغداد");
    let position = analyst.post("/api/position", &json!({ "text": "33.3128, 44.3615" })).await;
    assert_eq!(
        position.json(),
        json!({ "lon": 44.3615, "lat": 33.3128, "mgrs": "38S MB 40564 86146",
            "read_as": "decimal" })
    );
    let mgrs = analyst.get("/api/position/mgrs?lon=44.3615&lat=33.3128").await.json();
    assert_eq!(mgrs, json!({ "mgrs": "38S MB 40564 86146" }));
    let wrong = analyst.send(Method::POST, "/api/position", &json!({ "text": "here" })).await;
    assert_eq!(wrong.refusal(), (422, "place/not-understood".to_owned()));
    room.close().await;
}
