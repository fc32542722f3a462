//! Rules of reading: how often each was right, and which are silent.

use axum::Json;
use axum::extract::State;
use diwan_record::{Moment, Reason, limits};
use diwan_room::{Event, Tending};
use diwan_store::RuleSwitch;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::articles::at_desk;
use super::asked::Sent;
use super::refusal::{Refusal, Refused};
use super::{Screens, Seat};
use crate::sources::{self, DECISIONS_MIN, PRECISION_MIN};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleList {
    rules: Vec<Rule>,
    /// Decisions before a rule can fall silent by itself.
    decisions_min: u64,
    /// Share taken as proposed below which it does.
    precision_min: f64,
}

/// A rule as people judged it.
#[derive(Debug, Serialize, ToSchema)]
struct Rule {
    rule: String,
    accepted: u64,
    corrected: u64,
    rejected: u64,
    /// Accepted of all that was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<f64>,
    muted: bool,
    /// Who said so, where it is a person's word and not the count.
    #[serde(skip_serializing_if = "Option::is_none")]
    switched: Option<Switched>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Switched {
    person: String,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Switch {
    rule: String,
    /// Absent: its count decides again.
    #[serde(default)]
    muted: Option<bool>,
}

/// Every rule that was decided about.
#[utoipa::path(
    get, path = "/api/rules", tag = "rules",
    responses((status = 200, body = RuleList), (status = "4XX", body = Refused))
)]
pub(super) async fn all(
    State(screens): State<Screens>,
    seat: Seat,
) -> Result<Json<RuleList>, Refusal> {
    at_desk(&seat.person)?;
    Ok(Json(screens.off_thread(list).await?))
}

/// Mutes a rule, lets it speak again, or leaves it to its count.
#[utoipa::path(
    put, path = "/api/rules", tag = "rules", request_body = Switch,
    responses((status = 200, body = RuleList), (status = "4XX", body = Refused))
)]
pub(super) async fn switch(
    State(screens): State<Screens>,
    seat: Seat,
    Sent(asked): Sent<Switch>,
) -> Result<Json<RuleList>, Refusal> {
    at_desk(&seat.person)?;
    let plain = |char: char| char.is_ascii_alphanumeric() || "._-: /+".contains(char);
    let length = asked.rule.len();
    if length == 0 || length > limits::NAME_CHARS || !asked.rule.chars().all(plain) {
        return Err(Refusal::from(Reason::IdForm).field("rule"));
    }
    let what = match asked.muted {
        Some(true) => Tending::RuleMuted,
        Some(false) => Tending::RuleUnmuted,
        None => Tending::RuleByCount,
    };
    let (by, about) = (seat.id(), asked.rule.clone());
    screens.hand_in(Event::Tend { by: by.clone(), what, about }).await?;
    let answer = screens.off_thread(move |screens| {
        let articles = screens.node.store.articles();
        match asked.muted {
            Some(muted) => articles.put_switch(&RuleSwitch {
                rule: asked.rule,
                muted,
                person: by.to_string(),
                at: screens.node.clock.now(),
            })?,
            None => drop(articles.remove_switch(&asked.rule)?),
        }
        list(screens)
    });
    Ok(Json(answer.await?))
}

fn list(screens: &Screens) -> Result<RuleList, Refusal> {
    let rules = sources::rules(&screens.node.store.articles())?;
    let line = |rule: sources::Rule| Rule {
        rule: rule.tally.rule,
        accepted: rule.tally.accepted,
        corrected: rule.tally.corrected,
        rejected: rule.tally.rejected,
        precision: rule.precision,
        muted: rule.muted,
        switched: rule.switch.map(|switch| Switched { person: switch.person, at: switch.at }),
    };
    Ok(RuleList {
        rules: rules.into_iter().map(line).collect(),
        decisions_min: DECISIONS_MIN,
        precision_min: PRECISION_MIN,
    })
}
