//! Signing in, staying in, being put out.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use diwan_record::{Digest, Moment};
use diwan_store::Session;
use serde_json::json;

use super::{Room, request};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_sees_who_they_are_and_signs_out() {
    let room = Room::open().await;
    assert_eq!(room.get("/api/session").await.refusal(), (401, "session/none".to_owned()));
    let screen = room.sign_in("analyst").await;
    assert!(screen.cookie.starts_with("diwan-jor="));
    let mut me = screen.get("/api/session").await.json();
    me["default_label"]["review"] = json!("a year from now");
    insta::assert_json_snapshot!(me);
    let out = screen.send(Method::DELETE, "/api/session", &json!({})).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    let gone = out.headers[header::SET_COOKIE].to_str().unwrap();
    assert_eq!(gone, "diwan-jor=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    assert_eq!(screen.get("/api/session").await.refusal(), (401, "session/none".to_owned()));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_person_and_a_wrong_password_are_answered_alike_and_ever_slower() {
    let room = Room::open().await;
    let wrong = room.try_password("analyst", "not the password").await;
    let unknown = room.try_password("nobody", "not the password").await;
    let no_name = room.try_password("Not A Name", "not the password").await;
    assert_eq!(wrong.refusal(), (401, "session/refused".to_owned()));
    assert_eq!(wrong.whole(), unknown.whole());
    assert_eq!(wrong.whole(), no_name.whole());
    let mut last = wrong;
    for _ in 0..8 {
        last = room.try_password("analyst", "not the password").await;
    }
    assert_eq!(last.refusal(), (429, "session/slow-down".to_owned()));
    assert!(last.headers.contains_key(header::RETRY_AFTER));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_has_ended_is_none() {
    let room = Room::open().await;
    let token = Digest([7; 32]);
    let now = room.node.clock.now();
    let session = |expires: Moment| Session {
        id: Digest::of(&token.0),
        person: "analyst".to_owned(),
        created: now.plus(-2_000_000),
        expires,
        key: Vec::new(),
    };
    let ask = || {
        let cookie = format!("diwan-jor={token}");
        let asked = Request::get("/api/session").header(header::COOKIE, cookie);
        room.send(asked.body(Body::empty()).unwrap())
    };
    room.node.store.local().put_session(&session(now.plus(60_000_000))).unwrap();
    assert_eq!(ask().await.status, StatusCode::OK);
    room.node.store.local().put_session(&session(now.plus(-1_000_000))).unwrap();
    assert_eq!(ask().await.refusal(), (401, "session/none".to_owned()));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_060_a_disabled_person_is_out_at_once() {
    let room = Room::open().await;
    let screen = room.sign_in("analyst").await;
    let mut lane = screen.lane().await;
    let admin = "administrator".parse().unwrap();
    super::change_person(&room, "analyst", Some(&admin), |person| person.disabled = true).await;
    assert_eq!(lane.next().await, None, "the live lane ends");
    assert_eq!(screen.get("/api/session").await.refusal(), (401, "session/none".to_owned()));
    let answer = screen.post("/api/records", &json!({})).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let again = room.try_password("analyst", &room.password.clone()).await;
    assert_eq!(again.refusal(), (401, "session/refused".to_owned()));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_067_a_change_asked_for_by_another_site_is_refused() {
    let room = Room::open().await;
    let screen = room.sign_in("watch").await;
    let body = json!({ "text": "33.3, 44.4" });
    let with = |headers: &[(&str, &str)]| {
        let mut asked = request(Method::POST, "/api/position", &screen.cookie, &body);
        for (name, value) in headers {
            let name = header::HeaderName::from_bytes(name.as_bytes()).unwrap();
            asked.headers_mut().insert(name, value.parse().unwrap());
        }
        room.send(asked)
    };
    let own = [("host", "jor.example"), ("origin", "https://jor.example")];
    assert_eq!(with(&own).await.status, StatusCode::OK);
    for foreign in [
        [("host", "jor.example"), ("origin", "https://evil.example")],
        [("host", "jor.example"), ("origin", "null")],
        [("host", "jor.example:8400"), ("origin", "https://jor.example")],
        [("host", "jor.example"), ("sec-fetch-site", "cross-site")],
        [("host", "jor.example"), ("sec-fetch-site", "same-site")],
    ] {
        assert_eq!(with(&foreign).await.refusal(), (403, "request/origin".to_owned()));
    }
    for media in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
        let refused = with(&[("content-type", media)]).await.refusal();
        assert_eq!(refused, (415, "request/media-type".to_owned()), "{media}");
    }
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_057_no_header_parameter_or_field_says_who_acts() {
    let room = Room::open().await;
    let screen = room.sign_in("site").await;
    let mut asked = request(Method::GET, "/api/session?person=watch", &screen.cookie, &json!({}));
    for name in ["x-user", "x-remote-user", "x-forwarded-user", "remote-user", "x-person", "from"] {
        asked.headers_mut().insert(name, "watch".parse().unwrap());
    }
    asked.headers_mut().insert(header::AUTHORIZATION, "Basic d2F0Y2g6eA==".parse().unwrap());
    asked.headers_mut().append(header::COOKIE, "person=watch; user=watch".parse().unwrap());
    assert_eq!(room.send(asked).await.json()["person"]["id"], "site");
    // A field that names a person is refused, not ignored.
    let mut record = super::report("By whom", &super::label("GREEN", "H0"));
    record["by"] = json!("watch");
    let refused = screen.post("/api/records", &record).await;
    assert_eq!(refused.refusal(), (422, "form/body".to_owned()));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_068_signing_in_never_keeps_the_token_that_was_there() {
    let room = Room::open().await;
    let before = room.sign_in("site").await;
    let body = json!({ "person": "analyst", "password": room.password });
    let answer = room.send(request(Method::POST, "/api/session", &before.cookie, &body)).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(!cookie.starts_with(&before.cookie));
    assert_eq!(before.get("/api/session").await.refusal(), (401, "session/none".to_owned()));
    room.close().await;
}
