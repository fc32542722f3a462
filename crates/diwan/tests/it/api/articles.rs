//! The open-source desk: articles are handed in, read, decided about, kept and forgotten.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Room, Screen, fresh, jor, label};

const PILLS: &str = "Border guards seize pills near Nassib\n\n\
    RAMTHA, 12 March 2025. Jordanian border guards seized 200,000 captagon pills near the Nassib \
    crossing on Tuesday and arrested three people, the army said.\n\n\
    Syria promised to search every lorry that leaves Nassib by the end of March.";

pub(crate) fn article(outlet: &str, text: &str) -> Value {
    json!({ "outlet": outlet, "text": text, "published": "2025-03-12",
        "address": "https://post.example/pills" })
}

/// Hands an article in and says its identifier.
pub(crate) async fn hand_in(screen: &Screen<'_>, article: &Value) -> String {
    let answer = screen.post("/api/articles", article).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn shown(screen: &Screen<'_>, id: &str) -> Value {
    let answer = screen.get(&format!("/api/articles/{id}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.json()
}

/// What the browser would cut out of the text.
fn cut(text: &str, stretch: &Value) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let at = |name: &str| usize::try_from(stretch[name].as_u64().unwrap()).unwrap();
    String::from_utf16(&units[at("start")..at("end")]).unwrap()
}

fn claim<'a>(article: &'a Value, sort: &str, says: &str) -> &'a Value {
    let claims = article["claims"].as_array().unwrap();
    let found = claims.iter().find(|one| one["sort"] == sort && one["says"] == says);
    found.unwrap_or_else(|| panic!("no {sort} that says {says} in {claims:#?}"))
}

async fn decide(screen: &Screen<'_>, id: &str, claim: &Value, verdict: &str) -> Value {
    let path = format!("/api/articles/{id}/claims/{}", claim["id"].as_str().unwrap());
    let answer = screen.post(&path, &json!({ "verdict": verdict })).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.json()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_read_with_its_claims_in_place() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    // A sign of two UTF-16 units before the claims: places are counted as the browser counts.
    let text = format!("😀 {PILLS}");
    let id = hand_in(&analyst, &article("Ramtha Post", &text)).await;
    let again = analyst.post("/api/articles", &article("Ramtha Post", &text)).await.json();
    assert_eq!((&again["id"], &again["known"]), (&json!(id), &json!(true)));

    let list = analyst.get("/api/articles").await.json();
    let brief = &list["threads"][0]["stories"][0]["article"];
    assert_eq!(brief["id"], json!(id));
    assert_eq!(brief["language"], "en");
    assert_eq!(brief["published"], "2025-03-12");
    assert!(brief["proposals"].as_u64().unwrap() >= 2 && brief["decided"] == 0, "{brief}");

    let shown = shown(&analyst, &id).await;
    let text = shown["text"].as_str().unwrap();
    let arrest = claim(&shown, "event", "arrest");
    assert_eq!(cut(text, arrest), "arrested");
    assert!(cut(text, &arrest["sentence"]).contains("200,000 captagon pills"));
    assert_eq!(arrest["becomes"], json!(["report"]));
    let promise = claim(&shown, "commitment", "firm");
    assert!(cut(text, promise).contains("search every lorry"), "{promise}");
    for claim in shown["claims"].as_array().unwrap() {
        assert!(!cut(text, claim).is_empty(), "{claim}");
    }
    // Opening is audited, by the identifier and without a word of the text.
    let administrator = room.sign_in("administrator").await;
    let log = administrator.get("/api/log").await.json();
    let read = |line: &Value| line["what"] == "read" && line["detail"]["item"] == json!(id);
    assert!(log["entries"].as_array().unwrap().iter().any(read));
    assert!(!log.to_string().contains("captagon"));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_event_becomes_a_draft_with_its_source_and_no_grade() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let id = hand_in(&analyst, &article("Ramtha Post", PILLS)).await;
    let article = shown(&analyst, &id).await;
    let arrest = claim(&article, "event", "arrest");
    let decided = decide(&analyst, &id, arrest, "accepted").await;
    assert_eq!(decided["claim"]["decision"]["verdict"], "accepted");
    assert_eq!(decided["claim"]["decision"]["person"]["id"], "analyst");
    assert_eq!(decided["draft"]["kind"], "report");

    let drafts = analyst.get("/api/drafts").await.json();
    assert_eq!(drafts[0]["id"], decided["draft"]["id"]);
    let content = &drafts[0]["content"];
    assert_eq!(content["label"]["legal_basis"], "open-source");
    assert_eq!(content["label"]["state"], "exercise");
    let body = &content["body"];
    assert_eq!(body["category"], "arrest");
    assert_eq!(body["grade"], json!({ "reliability": "F", "credibility": "6" }));
    let source = json!([{ "outlet": "Ramtha Post", "published": "2025-03-12",
        "title": "Border guards seize pills near Nassib", "url": "https://post.example/pills" }]);
    assert_eq!(body["sources"], source);
    assert!(body["narrative"]["en"].as_str().unwrap().contains("seized 200,000 captagon pills"));
    assert_eq!(body["when"]["start"].as_str().unwrap().get(..8), Some("2025-03-"));

    // Nothing was entered: the picture is as empty as before.
    assert_eq!(analyst.get("/api/picture").await.json()["items"], json!([]));
    // A second yes makes no second draft, and taking it back removes the first.
    let again = decide(&analyst, &id, arrest, "accepted").await;
    assert_eq!(again["draft"]["id"], decided["draft"]["id"]);
    let undone = decide(&analyst, &id, arrest, "undone").await;
    assert_eq!(undone["claim"].get("decision"), None);
    assert_eq!(analyst.get("/api/drafts").await.json(), json!([]));

    let path = format!("/api/articles/{id}/claims/{}", arrest["id"].as_str().unwrap());
    let corrected = json!({ "verdict": "corrected",
        "correction": { "says": "seizure", "date": "2025-03-11" } });
    analyst.post(&path, &corrected).await;
    let drafts = analyst.get("/api/drafts").await.json();
    let body = &drafts[0]["content"]["body"];
    assert_eq!(body["category"], "smuggling-attempt");
    assert_eq!(body["when"], json!({ "start": "2025-03-11T00:00:00Z", "precision": "day" }));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_somebody_worked_on_is_not_taken_away() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let id = hand_in(&analyst, &article("Ramtha Post", PILLS)).await;
    let article = shown(&analyst, &id).await;
    let arrest = claim(&article, "event", "arrest");
    decide(&analyst, &id, arrest, "accepted").await;
    let draft = analyst.get("/api/drafts").await.json()[0].clone();
    let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
    let kept = analyst.send(Method::PUT, &path, &draft).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
    decide(&analyst, &id, arrest, "rejected").await;
    assert_eq!(analyst.get("/api/drafts").await.json()[0]["id"], draft["id"]);
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_liaison_drafts_the_promise_that_an_analyst_accepted() {
    let room = Room::open().await;
    let (analyst, liaison) = (room.sign_in("analyst").await, room.sign_in("liaison").await);
    let id = hand_in(&analyst, &article("Ramtha Post", PILLS)).await;
    let article = shown(&analyst, &id).await;
    let promise = claim(&article, "commitment", "firm");
    let path = format!("/api/articles/{id}/claims/{}/draft", promise["id"].as_str().unwrap());
    let early = liaison.post(&path, &json!({})).await;
    assert_eq!(early.refusal(), (409, "claim/not-accepted".to_owned()));
    let decided = decide(&analyst, &id, promise, "accepted").await;
    assert_eq!(decided.get("draft"), None, "an analyst writes no commitments");
    let made = liaison.post(&path, &json!({})).await.json();
    assert_eq!(made["draft"]["kind"], "commitment");
    let drafts = liaison.get("/api/drafts").await.json();
    let body = &drafts[0]["content"]["body"];
    assert_eq!((&body["firmness"], &body["state"]), (&json!("agreed"), &json!("open")));
    assert!(body["text"]["en"].as_str().unwrap().contains("search every lorry"));
    assert_eq!(body["sources"][0]["outlet"], "Ramtha Post");
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_outlive_the_program_and_name_the_same_claims() {
    let dir = TempDir::new().unwrap();
    let password = fresh(dir.path());
    let room = Room::start(&jor(dir.path()), password.clone()).await;
    let analyst = room.sign_in("analyst").await;
    let id = hand_in(&analyst, &article("Ramtha Post", PILLS)).await;
    let before = shown(&analyst, &id).await;
    decide(&analyst, &id, claim(&before, "event", "arrest"), "rejected").await;
    room.close().await;
    let room = Room::start(&jor(dir.path()), password).await;
    let analyst = room.sign_in("analyst").await;
    let after = shown(&analyst, &id).await;
    let ids = |article: &Value| -> Vec<Value> {
        article["claims"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect()
    };
    assert_eq!(ids(&before), ids(&after));
    assert_eq!(claim(&after, "event", "arrest")["decision"]["verdict"], "rejected");
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_keeps_failing_falls_silent_and_can_be_let_speak() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let mut rule = String::new();
    let mut last = String::new();
    for number in 0..20 {
        let id = hand_in(&analyst, &article(&format!("Outlet {number}"), PILLS)).await;
        let article = shown(&analyst, &id).await;
        let arrest = claim(&article, "event", "arrest");
        assert_eq!(arrest["muted"], json!(false), "after {number} decisions");
        rule = arrest["rule"].as_str().unwrap().to_owned();
        decide(&analyst, &id, arrest, "rejected").await;
        last = id;
    }
    let line = async || {
        let list = analyst.get("/api/rules").await.json();
        let rules = list["rules"].as_array().unwrap();
        rules.iter().find(|one| one["rule"] == json!(rule)).cloned().unwrap()
    };
    let silent = line().await;
    assert_eq!((&silent["rejected"], &silent["precision"]), (&json!(20), &json!(0.0)));
    assert_eq!(silent["muted"], json!(true));
    let fresh = hand_in(&analyst, &article("Outlet 20", PILLS)).await;
    let article = shown(&analyst, &fresh).await;
    assert_eq!(claim(&article, "event", "arrest")["muted"], json!(true));
    let counted = |article: &Value| article["proposals"].as_u64().unwrap();
    let without = counted(&article);
    // A decision about it still stands where it was made.
    assert_eq!(counted(&shown(&analyst, &last).await), without + 1);

    let spoken = json!({ "rule": rule, "muted": false });
    let answer = analyst.send(Method::PUT, "/api/rules", &spoken).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let line = line().await;
    assert_eq!((&line["muted"], &line["switched"]["person"]), (&json!(false), &json!("analyst")));
    assert_eq!(counted(&shown(&analyst, &fresh).await), without + 1);
    let by_count = analyst.send(Method::PUT, "/api/rules", &json!({ "rule": rule })).await.json();
    let muted = |list: &Value| {
        list["rules"].as_array().unwrap().iter().any(|one| one["muted"] == json!(true))
    };
    assert!(muted(&by_count), "its count decides again");
    let odd = json!({ "rule": "<script>", "muted": true });
    let odd = analyst.send(Method::PUT, "/api/rules", &odd).await;
    assert_eq!(odd.refusal(), (422, "form/id".to_owned()));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_article_is_a_record_of_this_node_and_of_no_other() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let id = hand_in(&analyst, &article("Ramtha Post", PILLS)).await;
    let article = shown(&analyst, &id).await;
    decide(&analyst, &id, claim(&article, "event", "arrest"), "accepted").await;
    let mut open = label("CLEAR", "H0");
    open["legal_basis"] = json!("open-source");
    let path = format!("/api/articles/{id}/keep");
    let mut actual = open.clone();
    actual["state"] = json!("actual");
    let mixed = analyst.post(&path, &json!({ "label": actual })).await;
    assert_eq!(mixed.refusal(), (422, "label/state".to_owned()));
    let kept = analyst.post(&path, &json!({ "label": open })).await;
    assert_eq!(kept.status, StatusCode::OK, "{kept:?}");
    assert_eq!(kept.json()["item"], json!(id), "the same identifier before and after");
    let again = analyst.post(&path, &json!({ "label": open })).await;
    assert_eq!(again.refusal(), (409, "article/kept".to_owned()));

    let item = analyst.get(&format!("/api/items/{id}")).await.json();
    let record = &item["records"][0];
    assert_eq!((&item["kind"], &record["label"]["tlp"]), (&json!("article"), &json!("CLEAR")));
    let body = &record["body"];
    assert_eq!((&body["outlet"], &body["language"]), (&json!("Ramtha Post"), &json!("en")));
    let verdicts = body["proposals"].as_array().unwrap().iter();
    assert!(verdicts.clone().any(|one| one["verdict"] == "accepted" && one["says"] == "arrest"));
    let found = analyst.get("/api/picture?q=captagon").await.json();
    assert_eq!(found["items"][0]["item"], json!(id), "it is found by its text");
    // Kept is not released: nothing waits for any partner.
    let watch = room.sign_in("watch").await;
    let partners = watch.get("/api/partners").await.json();
    for line in partners.as_array().unwrap() {
        assert_eq!(line["queued"], json!(0), "{line}");
    }
    assert_eq!(shown(&analyst, &id).await["kept"], json!(true));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_041_an_article_kept_above_somebody_is_not_kept_to_them() {
    let room = Room::open().await;
    let (analyst, watch) = (room.sign_in("analyst").await, room.sign_in("watch").await);
    let id = hand_in(&analyst, &article("Ramtha Post", PILLS)).await;
    let path = format!("/api/articles/{id}/keep");
    let kept = watch.post(&path, &json!({ "label": label("RED", "H3") })).await;
    assert_eq!(kept.status, StatusCode::OK, "{kept:?}");
    assert_eq!(shown(&watch, &id).await["kept"], json!(true));
    assert_eq!(shown(&analyst, &id).await["kept"], json!(false));
    let list = analyst.get("/api/articles").await.json();
    assert_eq!(list["threads"][0]["stories"][0]["article"]["kept"], json!(false));
    let item = analyst.get(&format!("/api/items/{id}")).await;
    assert_eq!(item.refusal(), (404, "item/unknown".to_owned()));
    // Keeping it oneself is answered as if nobody had.
    let own = analyst.post(&path, &json!({ "label": label("CLEAR", "H0") })).await;
    assert_eq!(own.status, StatusCode::OK, "{own:?}");
    assert_eq!(shown(&analyst, &id).await["kept"], json!(true));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_put_aside_and_taken_back() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let id = hand_in(&analyst, &article("Ramtha Post", PILLS)).await;
    let path = format!("/api/articles/{id}/aside");
    let put = async |aside: bool| {
        let answer = analyst.send(Method::PUT, &path, &json!({ "aside": aside })).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
    };
    let threads = async |which: &str| {
        let list = analyst.get(&format!("/api/articles{which}")).await.json();
        (list["threads"].as_array().unwrap().len(), list["aside"].as_u64().unwrap())
    };
    put(true).await;
    assert_eq!((threads("").await, threads("?aside=true").await), ((0, 1), (1, 1)));
    put(false).await;
    assert_eq!((threads("").await, threads("?aside=true").await), ((1, 0), (0, 0)));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_seat_at_the_desk_learns_nothing_of_it() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let id = hand_in(&analyst, &article("Ramtha Post", PILLS)).await;
    let article_of = shown(&analyst, &id).await;
    let claim = claim(&article_of, "event", "arrest")["id"].as_str().unwrap().to_owned();
    let none = "0123456789abcdef0123456789abcdef";
    for person in ["site", "inspector", "administrator", "releasing"] {
        let screen = room.sign_in(person).await;
        for (method, path, body) in [
            (Method::GET, "/api/articles".to_owned(), json!({})),
            (Method::GET, format!("/api/articles/{id}"), json!({})),
            (Method::POST, "/api/articles".to_owned(), article("Post", PILLS)),
            (
                Method::POST,
                format!("/api/articles/{id}/claims/{claim}"),
                json!({ "verdict": "accepted" }),
            ),
            (Method::POST, format!("/api/articles/{id}/claims/{claim}/draft"), json!({})),
            (Method::PUT, format!("/api/articles/{id}/aside"), json!({ "aside": true })),
            (
                Method::POST,
                format!("/api/articles/{id}/keep"),
                json!({ "label": label("CLEAR", "H0") }),
            ),
            (Method::GET, "/api/contradictions".to_owned(), json!({})),
            (Method::GET, "/api/offices".to_owned(), json!({})),
            (Method::GET, "/api/rules".to_owned(), json!({})),
            (Method::PUT, "/api/rules".to_owned(), json!({ "rule": "a" })),
            (Method::GET, "/api/feeds".to_owned(), json!({})),
            (
                Method::POST,
                "/api/feeds".to_owned(),
                json!({ "address": "https://a.example/", "outlet": "A" }),
            ),
            (Method::DELETE, format!("/api/feeds/{none}"), json!({})),
            (Method::POST, format!("/api/feeds/{none}/poll"), json!({})),
        ] {
            let answer = screen.send(method, &path, &body).await;
            assert_eq!(answer.refusal(), (403, "role/missing".to_owned()), "{person}: {path}");
        }
    }
    // Another state is no state of theirs, and an unknown article is like none.
    let other = analyst.get("/api/articles?state=actual").await;
    assert_eq!(other.refusal(), (422, "label/state".to_owned()));
    for path in [format!("/api/articles/{none}"), "/api/articles/not-an-id".to_owned()] {
        assert_eq!(analyst.get(&path).await.refusal(), (404, "item/unknown".to_owned()));
    }
    let path = format!("/api/articles/{id}/claims/{none}");
    let unknown = analyst.post(&path, &json!({ "verdict": "accepted" })).await;
    assert_eq!(unknown.refusal(), (404, "item/unknown".to_owned()));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_an_article_is_refused_with_the_field() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let refused = async |change: fn(&mut Value)| {
        let mut paste = article("Ramtha Post", PILLS);
        change(&mut paste);
        let answer = analyst.post("/api/articles", &paste).await;
        let field = answer.json()["error"]["field"].as_str().unwrap_or_default().to_owned();
        let (status, code) = answer.refusal();
        format!("{status} {code} {field}")
    };
    let told = [
        refused(|paste| paste["outlet"] = json!(" ")).await,
        refused(|paste| paste["text"] = json!("\n \n")).await,
        refused(|paste| paste["text"] = json!("م".repeat(60_001))).await,
        refused(|paste| paste["address"] = json!("a".repeat(601))).await,
        refused(|paste| paste["published"] = json!("yesterday")).await,
        refused(|paste| paste["state"] = json!("actual")).await,
        refused(|paste| {
            paste["html"] = json!(true);
            paste["text"] = json!("<script>alert(1)</script>");
        })
        .await,
    ];
    insta::assert_snapshot!(told.join("\n"));
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_texts_are_shown_whole_and_marked_inside() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let texts = [
        "\u{202e}seized\u{202c} 200 pills in Amman".to_owned(),
        "<img src=x onerror=alert(1)> Three people were arrested in Ramtha.".to_owned(),
        format!("Amman {}", "a".repeat(50_000)),
        "seized arrested ".repeat(2_000),
        "اعتقل اعتقل اعتقل ".repeat(2_000),
        "\u{1f600}\u{0301}\u{200d} seized \u{10ffff}".to_owned(),
        "1,000,000,000,000,000,000,000 pills were seized on 99 March 2025".to_owned(),
        "&lt;b&gt; {{count}} ${x} %s %n were seized in Amman".to_owned(),
    ];
    for (number, text) in texts.iter().enumerate() {
        let id = hand_in(&analyst, &article(&format!("Outlet {number}"), text)).await;
        let article = shown(&analyst, &id).await;
        let whole = article["text"].as_str().unwrap();
        for claim in article["claims"].as_array().unwrap() {
            assert!(!cut(whole, claim).is_empty(), "{number}: {claim}");
            cut(whole, &claim["sentence"]);
        }
    }
    assert_eq!(analyst.get("/api/articles").await.status, StatusCode::OK);
    room.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn different_holders_of_one_office_stand_side_by_side_until_a_person_rejects_one() {
    let room = Room::open().await;
    let analyst = room.sign_in("analyst").await;
    let says = |name: &str| {
        format!(
            "Ministers meet\n\nAMMAN, 12 March 2025. Jordan's Foreign Minister {name} met his \
             Syrian counterpart in Amman on Tuesday."
        )
    };
    hand_in(&analyst, &article("One", &says("Ayman Safadi"))).await;
    let other = hand_in(&analyst, &article("Other", &says("Karim Nasser"))).await;
    let conflicts = analyst.get("/api/contradictions").await.json();
    let conflicts = conflicts.as_array().unwrap();
    let conflict = conflicts.iter().find(|one| one["matter"] == "office");
    let conflict = conflict.unwrap_or_else(|| panic!("{conflicts:#?}"));
    assert_eq!(conflict["office"]["en"], "Foreign Minister");
    assert_eq!(conflict["of"]["state"], "JOR");
    let sides = conflict["sides"].as_array().unwrap();
    let names: Vec<_> = sides.iter().map(|side| side["says"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ayman Safadi", "Karim Nasser"]);
    for side in sides {
        let quote = &side["quotes"][0];
        assert_eq!(cut(quote["text"].as_str().unwrap(), &quote["at"]), "Foreign Minister");
    }

    let holders = async || {
        let offices = analyst.get("/api/offices").await.json();
        let all = offices.as_array().unwrap().iter();
        let mut office = all.filter(|one| one["of"]["state"] == "JOR");
        let office = office.next().unwrap().clone();
        let holders = office["holders"].as_array().unwrap().iter();
        holders
            .map(|one| (one["names"]["en"].as_str().unwrap().to_owned(), one["confirmed"] == true))
            .collect::<Vec<_>>()
    };
    let name = |name: &str, confirmed| (name.to_owned(), confirmed);
    assert_eq!(holders().await, [name("Ayman Safadi", false), name("Karim Nasser", false)]);
    let shown = shown(&analyst, &other).await;
    let role = claim(&shown, "role", "Foreign Minister");
    assert_eq!(role["people"][0]["name"], "Karim Nasser");
    decide(&analyst, &other, role, "accepted").await;
    assert_eq!(holders().await, [name("Ayman Safadi", false), name("Karim Nasser", true)]);
    decide(&analyst, &other, role, "rejected").await;
    assert_eq!(holders().await, [name("Ayman Safadi", false)]);
    let left = analyst.get("/api/contradictions").await.json();
    assert!(!left.as_array().unwrap().iter().any(|one| one["matter"] == "office"), "{left}");
    room.close().await;
}

/// Used by the tests of feeds: a node whose settings let it fetch from this machine.
pub(crate) async fn open_with(settings: &str) -> (Room, TempDir) {
    let dir = TempDir::new().unwrap();
    let password = fresh(dir.path());
    let file = jor(dir.path()).join("config.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    // The nodes of the exercise name no hosts; ours come instead.
    let before = text.split("[sources]").next().unwrap();
    std::fs::write(&file, format!("{before}\n[sources]\n{settings}\n")).unwrap();
    (Room::start(&jor(dir.path()), password).await, dir)
}
