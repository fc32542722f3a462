//! Talking to the running node as a person: sign in, ask, sign out.

use std::time::Duration;

use anyhow::Context as _;
use serde_json::{Value, json};
use ureq::http::{Method, Request};
use ureq::{Agent, Body};

use super::args::Door;
use super::ask;
use super::outcome::Failure;

/// Longest wait for an answer; signing in alone may wait a while behind others.
const WAIT: Duration = Duration::from_secs(60);
/// Largest answer taken from a node: a page of items is far smaller.
const ANSWER_BYTES: u64 = 32 << 20;

/// A session with a running node.
#[derive(Debug)]
pub(crate) struct Client {
    agent: Agent,
    url: String,
    cookie: String,
}

/// What a node answered.
struct Answered {
    status: u16,
    cookie: Option<String>,
    body: Value,
}

impl Client {
    /// Signs in at the door.
    pub(super) fn sign_in(door: &Door) -> Result<Self, Failure> {
        if !door.url.starts_with("http://") {
            let form = format!("`{}` is not of the form http://host:port", door.url);
            return Err(Failure::Usage(form));
        }
        let password = ask::password(&door.password, &door.person)?;
        Self::open(&door.url, &door.person, &password)
    }

    /// Signs in as this person.
    pub(crate) fn open(url: &str, person: &str, password: &str) -> Result<Self, Failure> {
        let settings = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(WAIT))
            .build();
        let url = url.trim_end_matches('/').to_owned();
        let mut client = Self { agent: settings.into(), url, cookie: String::new() };
        let who = json!({ "person": person, "password": password });
        let mut answered = client.request(Method::POST, "/api/session", Some(&who))?;
        let cookie = answered.cookie.take();
        answered.checked()?;
        client.cookie = cookie.context("the node gave no session")?;
        Ok(client)
    }

    pub(super) fn sign_out(&self) -> Result<(), Failure> {
        self.request(Method::DELETE, "/api/session", None)?.checked().map(drop)
    }

    pub(super) fn get(&self, path: &str) -> Result<Value, Failure> {
        self.request(Method::GET, path, None)?.checked()
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.request(Method::POST, path, Some(body))?.checked()
    }

    pub(super) fn delete(&self, path: &str) -> Result<Value, Failure> {
        self.request(Method::DELETE, path, None)?.checked()
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Answered, Failure> {
        let sent = self.send(method, path, body);
        Ok(sent.with_context(|| format!("the node at {} did not answer", self.url))?)
    }

    fn send(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<Answered> {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header("origin", &self.url)
            .header("content-type", "application/json")
            .header("cookie", &self.cookie)
            .body(body.map(ToString::to_string).unwrap_or_default())?;
        let mut response = self.agent.run(request)?;
        let cookie = response.headers().get("set-cookie").and_then(|set| set.to_str().ok());
        let cookie = cookie.and_then(|set| set.split(';').next()).map(str::to_owned);
        let status = response.status().as_u16();
        let read = |body: &mut Body| body.with_config().limit(ANSWER_BYTES).read_to_vec();
        let bytes = read(response.body_mut())?;
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes)? };
        Ok(Answered { status, cookie, body })
    }
}

impl Answered {
    fn checked(self) -> Result<Value, Failure> {
        if (200..300).contains(&self.status) {
            return Ok(self.body);
        }
        let text = |name: &str| self.body["error"][name].as_str().unwrap_or_default().to_owned();
        if self.status >= 500 || text("code").is_empty() {
            return Err(
                anyhow::anyhow!("the node answered {}: {}", self.status, text("message")).into()
            );
        }
        let message = match self.body["error"]["field"].as_str() {
            Some(field) => format!("`{field}`: {}", text("message")),
            None => text("message"),
        };
        Err(Failure::Refused { code: text("code"), message, hint: text("hint") })
    }
}
