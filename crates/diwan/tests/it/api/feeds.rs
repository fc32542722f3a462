//! Feeds, against a host that runs in the test.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::Screen;
use super::articles::open_with;
use crate::world::eventually;

const LOCAL: &str = "hosts = [\"127.0.0.1\"]\nloopback = true";

/// A host with some pages, that remembers what it was asked.
#[derive(Clone, Default)]
struct Host {
    pages: Arc<Mutex<BTreeMap<String, String>>>,
    asked: Arc<Mutex<Vec<String>>>,
    address: String,
}

impl Host {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let host = Self { address, ..Self::default() };
        let serving = host.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = vec![0; 8192];
                let length = stream.read(&mut request).await.unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let answer = serving.answer(&request);
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        host
    }

    fn put(&self, path: &str, media: &str, body: &str) {
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nETag: \"{}\"\r\nContent-Length: {}\r\n\r\n\
             {body}",
            body.len(),
            body.len()
        );
        self.pages.lock().unwrap().insert(path.to_owned(), answer);
    }

    fn answer(&self, request: &str) -> String {
        let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
        self.asked.lock().unwrap().push(request.to_owned());
        let page = self.pages.lock().unwrap().get(&path).cloned();
        let Some(page) = page else {
            return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned();
        };
        let header = |text: &str, name: &str| {
            let lines = text.lines().filter_map(|line| line.split_once(": "));
            let mut found = lines.filter(|(one, _)| one.eq_ignore_ascii_case(name));
            found.next().map(|(_, value)| value.to_owned())
        };
        let same = header(request, "if-none-match");
        if same.is_some() && same == header(&page, "etag") {
            return "HTTP/1.1 304 Not Modified\r\n\r\n".to_owned();
        }
        page
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn rss(items: &[(&str, &str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(title, link, text)| {
            format!(
                "<item><title>{title}</title><link>{link}</link><description>{text}</description>\
                 <pubDate>Wed, 12 Mar 2025 08:00:00 GMT</pubDate></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Ramtha Post</title>{items}\
         </channel></rss>"
    )
}

async fn titles(screen: &Screen<'_>) -> Vec<String> {
    let list = screen.get("/api/articles").await.json();
    let threads = list["threads"].as_array().unwrap().iter();
    let stories = threads.flat_map(|thread| thread["stories"].as_array().unwrap());
    let title = |article: &Value| article["title"].as_str().unwrap().to_owned();
    let mut titles: Vec<String> = stories.map(|story| title(&story["article"])).collect();
    titles.sort();
    titles
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_polled_and_brings_each_article_once() {
    let host = Host::open().await;
    let link = |path: &str| format!("{}{path}", host.address);
    let first = ("Pills seized at Nassib", link("/1"), "Guards seized pills at Nassib.");
    let second = ("Crossing closed", link("/2"), "The Nassib crossing was closed.");
    let one = [(first.0, first.1.as_str(), first.2)];
    host.put("/rss", "application/rss+xml", &rss(&one));
    let story = "Guards seized 200,000 pills at the Nassib crossing on Tuesday. ".repeat(8);
    let page = format!("<html><body><h1>Pills seized at Nassib</h1><p>{story}</p></body></html>");
    host.put("/1", "text/html", &page);

    let (room, _dir) = open_with(LOCAL).await;
    let analyst = room.sign_in("analyst").await;
    let feed = json!({ "address": link("/rss"), "outlet": "Ramtha Post" });
    let added = analyst.post("/api/feeds", &feed).await;
    assert_eq!(added.status, StatusCode::OK, "{added:?}");
    let added = added.json();
    // It is polled by itself, soon after it was added.
    eventually("the feed has brought its article", || async {
        titles(&analyst).await == ["Pills seized at Nassib"]
    })
    .await;
    let list = analyst.get("/api/articles").await.json();
    let id = list["threads"][0]["stories"][0]["article"]["id"].as_str().unwrap().to_owned();
    let article = analyst.get(&format!("/api/articles/{id}")).await.json();
    assert_eq!(article["published"], "2025-03-12");
    assert!(article["text"].as_str().unwrap().len() > story.len() / 2, "the page behind the entry");

    let poll = format!("/api/feeds/{}/poll", added["id"].as_str().unwrap());
    host.asked();
    let again = analyst.post(&poll, &json!({})).await;
    assert_eq!(again.json()["brought"], json!(0), "{again:?}");
    assert_eq!(host.asked().len(), 1, "only the feed was asked, and only for a change");
    let both = [one[0], (second.0, second.1.as_str(), second.2)];
    host.put("/rss", "application/rss+xml", &rss(&both));
    let more = analyst.post(&poll, &json!({})).await.json();
    assert_eq!(more["brought"], json!(1));
    assert_eq!(titles(&analyst).await, ["Crossing closed", "Pills seized at Nassib"]);
    let asked = host.asked();
    assert!(asked.iter().all(|one| !one.starts_with("GET /1 ")), "a known page is not asked again");

    let same = analyst.post("/api/feeds", &feed).await;
    assert_eq!(same.refusal(), (409, "feed/known".to_owned()));
    let path = format!("/api/feeds/{}", added["id"].as_str().unwrap());
    let removed = analyst.send(Method::DELETE, &path, &json!({})).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    assert_eq!(analyst.get("/api/feeds").await.json()["feeds"], json!([]));
    assert_eq!(titles(&analyst).await.len(), 2, "what it brought stays");
    let log = room.sign_in("inspector").await.get("/api/log").await.json();
    for what in ["feed-added", "feed-removed"] {
        let line = |one: &Value| one["what"] == what && one["who"] == "analyst";
        assert!(log["entries"].as_array().unwrap().iter().any(line), "{what}");
    }
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_fails_says_why_and_the_others_go_on() {
    let host = Host::open().await;
    host.put("/page", "text/html", "<html><body><p>No feed here.</p></body></html>");
    host.put("/broken", "application/rss+xml", "<rss><channel><item><title>Half an item");
    let (room, _dir) = open_with(LOCAL).await;
    let analyst = room.sign_in("analyst").await;
    let poll = async |path: &str| {
        let feed = json!({ "address": format!("{}{path}", host.address), "outlet": path });
        let added = analyst.post("/api/feeds", &feed).await.json();
        let poll = format!("/api/feeds/{}/poll", added["id"].as_str().unwrap());
        analyst.post(&poll, &json!({})).await
    };
    assert_eq!(poll("/page").await.refusal(), (502, "source/not-a-feed".to_owned()));
    assert_eq!(poll("/none").await.refusal(), (502, "source/status".to_owned()));
    assert_eq!(poll("/broken").await.json()["brought"], json!(0));
    let feeds = analyst.get("/api/feeds").await.json();
    let fault = |outlet: &str| {
        let all = feeds["feeds"].as_array().unwrap().iter();
        let found = all.clone().find(|one| one["outlet"] == outlet).unwrap();
        found["fault"]["code"].as_str().map(str::to_owned)
    };
    assert_eq!(fault("/page").as_deref(), Some("source/not-a-feed"));
    assert_eq!(fault("/none").as_deref(), Some("source/status"));
    assert_eq!(fault("/broken"), None);
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_076_nobody_makes_the_node_fetch_from_inside() {
    // As a node is made: no host is listed, and this machine is not open.
    let (room, _dir) = open_with("hosts = [\"news.example\"]").await;
    let analyst = room.sign_in("analyst").await;
    for (address, code) in [
        ("http://127.0.0.1:8400/api/health", "source/address"),
        ("https://127.0.0.1/", "source/not-listed"),
        ("https://2130706433/", "source/not-listed"),
        ("https://0x7f000001/", "source/not-listed"),
        ("https://0177.0.0.1/", "source/not-listed"),
        ("https://[::1]/", "source/not-listed"),
        ("https://[::ffff:169.254.169.254]/", "source/not-listed"),
        ("https://169.254.169.254/latest/meta-data/", "source/not-listed"),
        ("https://localhost/", "source/not-listed"),
        ("https://other.example/", "source/not-listed"),
        ("https://news.example:22/", "source/not-listed"),
        ("https://news.example@127.0.0.1/", "source/address"),
        ("file:///etc/passwd", "source/address"),
        ("gopher://news.example/", "source/address"),
    ] {
        let feed = json!({ "address": address, "outlet": "Somebody" });
        let answer = analyst.post("/api/feeds", &feed).await;
        assert_eq!(answer.refusal(), (422, code.to_owned()), "{address}");
    }
    assert_eq!(analyst.get("/api/feeds").await.json()["feeds"], json!([]));
    // Pasting an article fetches nothing, whatever its address.
    let host = Host::open().await;
    let paste =
        json!({ "outlet": "Somebody", "text": "Three people met.", "address": host.address });
    assert_eq!(analyst.post("/api/articles", &paste).await.status, StatusCode::OK);
    assert!(host.asked().is_empty());
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_076_an_entry_of_a_feed_leads_nowhere_else() {
    let inside = Host::open().await;
    inside.put("/secret", "text/html", &format!("<p>{}</p>", "secret ".repeat(200)));
    let host = Host::open().await;
    // `localhost` is this machine too, and it is not on the list.
    let elsewhere = inside.address.replace("127.0.0.1", "localhost") + "/secret";
    host.put("/rss", "application/rss+xml", &rss(&[("A lure", &elsewhere, "Read on.")]));
    let (room, _dir) = open_with(LOCAL).await;
    let analyst = room.sign_in("analyst").await;
    let feed = json!({ "address": format!("{}/rss", host.address), "outlet": "Lure" });
    let added = analyst.post("/api/feeds", &feed).await.json();
    let poll = format!("/api/feeds/{}/poll", added["id"].as_str().unwrap());
    analyst.post(&poll, &json!({})).await;
    eventually("the entry is on the list", || async { titles(&analyst).await == ["A lure"] }).await;
    assert!(inside.asked().is_empty(), "nobody asked the host that is not on the list");
    let list = analyst.get("/api/articles").await.json().to_string();
    assert!(!list.contains("secret secret"));
    room.close().await;
}
