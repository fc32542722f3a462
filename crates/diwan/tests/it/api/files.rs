//! The page and its files.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

use super::Room;

#[tokio::test(flavor = "multi_thread")]
async fn attack_065_every_answer_says_what_a_browser_may_do_with_it() {
    let room = Room::open().await;
    for path in ["/", "/items/x", "/crest.svg", "/api/session", "/api/none", "/assets/none.js"] {
        let answer = room.get(path).await;
        let text = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
        let policy = text("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(text("x-content-type-options"), "nosniff", "{path}");
    }
    let api = room.get("/api/session").await;
    assert_eq!(api.headers[header::CACHE_CONTROL], "no-store");
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_069_an_unknown_path_gives_the_empty_page_and_an_unknown_api_path_nothing() {
    let room = Room::open().await;
    let shell = room.get("/").await;
    assert_eq!(shell.headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
    assert_eq!(shell.headers[header::CACHE_CONTROL], "no-store");
    let elsewhere = room.get("/items/0123456789abcdef0123456789abcdef").await;
    assert_eq!(elsewhere.body, shell.body);
    for path in ["/api", "/api/", "/api/none", "/api/items", "/api/%2e%2e/session"] {
        assert_eq!(room.get(path).await.refusal(), (404, "path/unknown".to_owned()), "{path}");
    }
    for path in ["/../Cargo.toml", "/.stamp", "/%2e%2e/%2e%2e/Cargo.toml", "/assets/../.stamp"] {
        let answer = room.get(path).await;
        let page = answer.body == shell.body || answer.status == StatusCode::NOT_FOUND;
        assert!(page, "{path}: {:?}", answer.body);
    }
    let wrong = Request::post("/").header(header::CONTENT_TYPE, "application/json");
    let wrong = room.send(wrong.body(Body::empty()).unwrap()).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    room.close().await;
}

/// The built-in map where the screens were built, else one named in the settings.
#[tokio::test(flavor = "multi_thread")]
async fn the_base_map_is_read_in_ranges() {
    let dir = tempfile::tempdir().unwrap();
    let password = super::fresh(dir.path());
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| n.to_be_bytes()[3]).collect();
    let map = dir.path().join("other.pmtiles");
    std::fs::write(&map, &bytes).unwrap();
    let settings = super::jor(dir.path()).join("config.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    let named = format!("[screens]\nbasemap = {:?}", map.to_str().unwrap());
    std::fs::write(&settings, text.replace("[screens]", &named)).unwrap();
    let room = Room::start(&super::jor(dir.path()), password).await;
    let ask = |headers: &[(header::HeaderName, &str)]| {
        let mut asked = Request::builder().method(Method::GET).uri("/basemap.pmtiles");
        for (name, value) in headers {
            asked = asked.header(name, *value);
        }
        room.send(asked.body(Body::empty()).unwrap())
    };
    let whole = ask(&[(header::ACCEPT_ENCODING, "gzip")]).await;
    assert_eq!((whole.status, &whole.body[..]), (StatusCode::OK, &bytes[..]));
    let part = ask(&[(header::RANGE, "bytes=70000-139999")]).await;
    assert_eq!(
        (part.status, &part.body[..]),
        (StatusCode::PARTIAL_CONTENT, &bytes[70_000..140_000])
    );
    assert_eq!(part.headers[header::CONTENT_RANGE], "bytes 70000-139999/200000");
    assert_eq!(part.headers[header::CONTENT_LENGTH], "70000");
    let beyond = ask(&[(header::RANGE, "bytes=200000-")]).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    let tag = part.headers[header::ETAG].to_str().unwrap();
    let known = ask(&[(header::IF_NONE_MATCH, tag)]).await;
    assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0));
    room.close().await;
}
