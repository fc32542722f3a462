//! People at their screens, as browsers speak for them.

use std::io::{BufRead as _, BufReader};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use diwan::exercise::{Cast, Login, Seat};
use serde_json::{Value, json};
use ureq::Agent;

/// Longest wait for an answer.
const WAIT: Duration = Duration::from_secs(60);

/// Whoever works at a partner of the exercise in a role.
pub(crate) fn seat<'a>(cast: &'a Cast, partner: &str, role: &str) -> Result<(&'a Seat, &'a Login)> {
    let seat = cast.nodes.get(partner).context("no such partner")?;
    let login = seat.people.get(role).with_context(|| format!("nobody is {role}"))?;
    Ok((seat, login))
}

/// A person with a session.
#[derive(Clone, Debug)]
pub(crate) struct Screen {
    agent: Agent,
    url: String,
    cookie: String,
}

impl Screen {
    pub(crate) fn sign_in(seat: &Seat, login: &Login) -> Result<Self> {
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(WAIT))
            .build()
            .into();
        let answer = agent
            .post(format!("{}/api/session", seat.url))
            .header("origin", &seat.url)
            .send_json(json!({ "person": login.id, "password": login.password }))?;
        ensure!(answer.status().is_success(), "{} could not sign in", login.id);
        let set = answer.headers().get("set-cookie").and_then(|set| set.to_str().ok());
        let cookie = set.and_then(|set| set.split(';').next()).context("no session")?.to_owned();
        Ok(Self { agent, url: seat.url.clone(), cookie })
    }

    pub(crate) fn post(&self, path: &str, content: &Value) -> Result<Value> {
        let mut answer = self
            .agent
            .post(format!("{}{path}", self.url))
            .header("origin", &self.url)
            .header("cookie", &self.cookie)
            .send_json(content)?;
        let good = answer.status().is_success();
        let text = answer.body_mut().read_to_string()?;
        ensure!(good, "{path} was refused: {text}");
        Ok(serde_json::from_str(&text)?)
    }

    /// The answer's exact bytes: what a screen does with them is not measured here.
    pub(crate) fn get(&self, path: &str) -> Result<Vec<u8>> {
        let mut answer =
            self.agent.get(format!("{}{path}", self.url)).header("cookie", &self.cookie).call()?;
        let good = answer.status().is_success();
        let bytes = answer.body_mut().with_config().limit(64 << 20).read_to_vec()?;
        ensure!(good, "{path} was refused: {}", String::from_utf8_lossy(&bytes));
        Ok(bytes)
    }

    /// Opens the live lane. The receiver hears of every event when it has arrived.
    pub(crate) fn live(&self) -> Result<mpsc::Receiver<Told>> {
        let agent: Agent = Agent::config_builder().build().into();
        let answer = agent
            .get(format!("{}/api/live?state=exercise", self.url))
            .header("cookie", &self.cookie)
            .call()?;
        let mut lines = BufReader::new(answer.into_body().into_reader()).lines();
        // The lane is open when it has said something.
        lines.next().context("the live lane did not open")??;
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let mut event = String::new();
            for line in lines.map_while(Result::ok) {
                if let Some(name) = line.strip_prefix("event:") {
                    name.trim().clone_into(&mut event);
                } else if let Some(content) = line.strip_prefix("data:") {
                    let at = Instant::now();
                    let told = Told { event: std::mem::take(&mut event), item: item(content), at };
                    if sender.send(told).is_err() {
                        return;
                    }
                }
            }
        });
        Ok(receiver)
    }
}

/// One event of a live lane.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) event: String,
    pub(crate) item: Option<String>,
    pub(crate) at: Instant,
}

/// The item an event is about, without reading the rest of it.
fn item(content: &str) -> Option<String> {
    let (_, rest) = content.split_once("\"item\":\"")?;
    rest.split_once('"').map(|(item, _)| item.to_owned())
}

/// A text of a JSON answer.
pub(crate) fn text(answer: &Value, key: &str) -> Result<String> {
    let found = answer.get(key).and_then(Value::as_str).map(str::to_owned);
    found.with_context(|| format!("no `{key}` in {answer}"))
}
