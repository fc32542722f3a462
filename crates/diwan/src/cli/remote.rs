//! Commands of people: each is a request to the running node.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::Command;
use super::args::{Agreement, Door, Feed, PrecedenceArg, Recall, Release, Show, ShowRecord, Write};
use super::http::Client;
use super::outcome::{Done, Failure, Said};

pub(super) fn run(command: Command) -> Done {
    match command {
        Command::Agreement(agreement) => of_agreement(agreement),
        Command::Report(write) => report(write),
        Command::Record(write) => {
            let record = read_json(&write.file)?;
            post(&write.door, "/api/records", &record, &["digest", "item"])
        }
        Command::Release(release) => of_release(release),
        Command::Recall(one) => recall(one),
        Command::Feed(feed) => of_feed(feed),
        Command::Show(show) => of_show(show),
        Command::Init(_)
        | Command::Serve(_)
        | Command::Pair(_)
        | Command::Partner(_)
        | Command::Key(_)
        | Command::User(_)
        | Command::Names(_)
        | Command::Verify(_)
        | Command::Rebuild(_)
        | Command::Read { .. }
        | Command::Rehearse { .. }
        | Command::Exercise(_)
        | Command::Openapi
        | Command::Schema { .. } => {
            Err(Failure::Usage("this command works on the node's directory".to_owned()))
        }
    }
}

fn of_agreement(agreement: Agreement) -> Done {
    const FIELDS: &[&str] = &["id", "partner", "state", "from", "until"];
    match agreement {
        Agreement::Propose { door, file } => {
            post(&door, "/api/agreements", &read_json(&file)?, FIELDS)
        }
        Agreement::Approve { door, id } => {
            post(&door, &format!("/api/agreements/{}/sign", segment(&id)?), &json!({}), FIELDS)
        }
        Agreement::End { door, id, reason } => {
            let path = format!("/api/agreements/{}/end", segment(&id)?);
            post(&door, &path, &json!({ "reason": reason }), FIELDS)
        }
        Agreement::List(door) => get(&door, "/api/agreements", FIELDS),
        Agreement::Show { door, id } => {
            let all = fetch(&door, "/api/agreements")?;
            let one = find(&all, "id", &id)?;
            Ok(Said { text: format!("{one:#}"), json: one })
        }
    }
}

fn report(write: Write) -> Done {
    let label = write.label;
    let mut record = json!({
        "kind": "report",
        "label": {
            "tlp": label.tlp, "handling": label.handling, "orcon": label.orcon,
            "purpose": label.purposes, "legal_basis": label.legal_basis,
            "review": label.review, "state": label.state,
        },
        "precedence": code(label.precedence),
        "body": read_json(&write.body)?,
    });
    for (name, value) in [("item", write.item), ("replaces", write.replaces)] {
        if let Some(value) = value {
            record[name] = Value::String(value);
        }
    }
    post(&write.door, "/api/records", &record, &["digest", "item"])
}

fn of_release(release: Release) -> Done {
    const FIELDS: &[&str] = &["id", "state", "to", "precedence"];
    match release {
        Release::Ask { door, to, onward, precedence, remark, digests } => {
            let ask = json!({
                "digests": digests, "to": to, "onward": onward,
                "precedence": code(precedence), "remark": remark,
            });
            post(&door, "/api/releases", &ask, FIELDS)
        }
        Release::Sign { door, id } => sign(&door, &id, FIELDS),
        Release::Return { door, id, reason } => {
            let path = format!("/api/releases/{}/return", segment(&id)?);
            post(&door, &path, &json!({ "reason": reason }), FIELDS)
        }
        Release::List { door, open } => {
            get(&door, if open { "/api/releases?open=true" } else { "/api/releases" }, FIELDS)
        }
    }
}

/// Signs what the node shows now: the digest of the request as it was read.
fn sign(door: &Door, id: &str, fields: &[&str]) -> Done {
    let client = Client::sign_in(door)?;
    let shown = find(&client.get("/api/releases")?, "id", id)?;
    let digest = json!({ "digest_of_request": shown["digest_of_request"] });
    let path = format!("/api/releases/{}/sign", segment(id)?);
    let signed = client.post(&path, &digest);
    client.sign_out()?;
    Ok(lines(signed?, fields))
}

fn recall(recall: Recall) -> Done {
    let mut asked = json!({
        "digest": recall.digest, "reason": recall.reason, "gone_by": recall.gone_by,
    });
    if !recall.only_from.is_empty() {
        asked["only_from"] = json!(recall.only_from);
    }
    post(&recall.door, "/api/recalls", &asked, &["digest"])
}

fn of_feed(feed: Feed) -> Done {
    const FIELDS: &[&str] = &["id", "outlet", "address", "polled", "brought"];
    match feed {
        Feed::Add { door, address, outlet, state } => {
            let mut asked = json!({ "address": address, "outlet": outlet });
            if let Some(state) = state {
                asked["state"] = json!(state);
            }
            post(&door, "/api/feeds", &asked, &["id", "outlet", "address"])
        }
        Feed::List(door) => {
            let all = fetch(&door, "/api/feeds")?;
            let mut text = lines(all["feeds"].clone(), FIELDS).text;
            for feed in all["feeds"].as_array().into_iter().flatten() {
                if let Some(why) = feed["fault"]["message"].as_str() {
                    let _ = writeln!(text, "{}: {why}", feed["outlet"].as_str().unwrap_or("-"));
                }
            }
            Ok(Said { text, json: all })
        }
        Feed::Remove { door, id } => {
            let client = Client::sign_in(&door)?;
            let removed = client.delete(&format!("/api/feeds/{}", segment(&id)?));
            client.sign_out()?;
            Ok(Said { text: "removed".to_owned(), json: removed? })
        }
        Feed::Poll { door, id } => {
            let path = format!("/api/feeds/{}/poll", segment(&id)?);
            post(&door, &path, &json!({}), &["brought"])
        }
    }
}

fn of_show(show: Show) -> Done {
    match show {
        Show::Item { door, item, state } => {
            let item = fetch(&door, &item_path(&item, &state)?)?;
            Ok(Said { text: format!("{item:#}"), json: item })
        }
        Show::Record(ask) => {
            let record = record(&ask)?;
            Ok(Said { text: format!("{record:#}"), json: record })
        }
        Show::Whereabouts(ask) => {
            let gone = record(&ask)?["whereabouts"].take();
            Ok(Said { text: format!("{gone:#}"), json: gone })
        }
        Show::Partners(door) => {
            let all = fetch(&door, "/api/partners")?;
            let mut text = String::new();
            for line in all.as_array().into_iter().flatten() {
                let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
                let (id, link) = (word(&line["partner"]["id"]), word(&line["link"]));
                let agreement = word(&line["agreement"]);
                let why = line["reason"]["message"].as_str().unwrap_or_default();
                let _ = writeln!(text, "{id}  link {link}  agreement {agreement}  {why}");
            }
            Ok(Said { text, json: all })
        }
        Show::Log { door, limit } => {
            let page = fetch(&door, &format!("/api/log?limit={limit}"))?;
            let text = lines(page["entries"].clone(), &["at", "who", "what", "detail"]).text;
            Ok(Said { text, json: page })
        }
    }
}

/// A record with where it lies among those of its item.
fn record(ask: &ShowRecord) -> Result<Value, Failure> {
    let item = fetch(&ask.door, &item_path(&ask.item, &ask.state)?)?;
    let groups = ["records", "notes", "statuses", "messages"].map(|name| item[name].clone());
    let all = groups.into_iter().filter_map(|group| group.as_array().cloned()).flatten().collect();
    find(&Value::Array(all), "digest", &ask.digest)
}

fn item_path(item: &str, state: &str) -> Result<String, Failure> {
    Ok(format!("/api/items/{}?state={}", segment(item)?, segment(state)?))
}

/// An identifier as part of an address: nothing else may slip in.
fn segment(text: &str) -> Result<&str, Failure> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !text.is_empty() && text.bytes().all(plain) {
        Ok(text)
    } else {
        Err(Failure::Usage(format!("`{text}` is not an identifier")))
    }
}

fn find(all: &Value, field: &str, value: &str) -> Result<Value, Failure> {
    let found = all.as_array().into_iter().flatten().find(|one| one[field] == value);
    found.cloned().ok_or_else(|| diwan_record::Reason::ItemUnknown.into())
}

fn fetch(door: &Door, path: &str) -> Result<Value, Failure> {
    let client = Client::sign_in(door)?;
    let got = client.get(path);
    client.sign_out()?;
    got
}

fn get(door: &Door, path: &str, fields: &[&str]) -> Done {
    Ok(lines(fetch(door, path)?, fields))
}

fn post(door: &Door, path: &str, body: &Value, fields: &[&str]) -> Done {
    let client = Client::sign_in(door)?;
    let posted = client.post(path, body);
    client.sign_out()?;
    Ok(lines(posted?, fields))
}

/// One line per object with the fields people look for first; `--json` has all of them.
fn lines(answer: Value, fields: &[&str]) -> Said {
    let objects = match &answer {
        Value::Array(all) => all.clone(),
        one => vec![one.clone()],
    };
    let mut text = String::new();
    for object in &objects {
        let words = fields.iter().map(|field| match &object[*field] {
            Value::String(word) => word.clone(),
            Value::Null => "-".to_owned(),
            other => other.to_string(),
        });
        let _ = writeln!(text, "{}", words.collect::<Vec<_>>().join("  "));
    }
    Said { text: if objects.is_empty() { "none".to_owned() } else { text }, json: answer }
}

fn read_json(path: &Path) -> Result<Value, Failure> {
    let mut text = String::new();
    if path == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).context("standard input cannot be read")?;
    } else {
        text = std::fs::read_to_string(path)
            .with_context(|| format!("`{}` cannot be read", path.display()))?;
    }
    serde_json::from_str(&text)
        .map_err(|fault| Failure::Usage(format!("`{}` is not JSON: {fault}", path.display())))
}

fn code(precedence: PrecedenceArg) -> &'static str {
    match precedence {
        PrecedenceArg::Routine => "ROUTINE",
        PrecedenceArg::Priority => "PRIORITY",
        PrecedenceArg::Immediate => "IMMEDIATE",
        PrecedenceArg::Flash => "FLASH",
    }
}
