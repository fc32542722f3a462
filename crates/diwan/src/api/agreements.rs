//! Agreements with partners: what is given and taken, who signed, ending and countersigning.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, State};
use diwan_record::{Date, Digest, Entitlement, Kind, Moment, PartnerId, Reason, limits};
use diwan_room::{
    Agreement as RoomAgreement, AgreementState, Event, Outcome, Shelf, Standing as RoomStanding,
    Terms as RoomTerms,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::Sent;
use super::codes::{Handling, Purpose, State as RecordState, Tlp};
use super::refusal::{Refusal, Refused};
use super::shapes;
use super::sight::Sight;
use super::{Screens, Seat};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Agreement {
    /// The digest of the document both sides sign.
    #[schema(value_type = String)]
    id: Digest,
    #[schema(value_type = String)]
    partner: PartnerId,
    state: Standing,
    gives: Terms,
    takes: Terms,
    #[schema(value_type = String, format = DateTime)]
    from: Moment,
    /// When it no longer holds.
    #[schema(value_type = String, format = DateTime)]
    until: Moment,
    signed: Vec<Signature>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<Ended>,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Standing {
    Proposed,
    InForce,
    Ended,
}

/// What one side gives the other.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Terms {
    tlp: Tlp,
    handling: Handling,
    kinds: BTreeSet<String>,
    purpose: BTreeSet<Purpose>,
    states: BTreeSet<RecordState>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Signature {
    #[schema(value_type = String)]
    partner: PartnerId,
    person_name: String,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
}

#[derive(Debug, Serialize, ToSchema)]
struct Ended {
    by: String,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    reason: String,
}

/// An agreement to be proposed. It takes the place of the one in force, if there is one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proposal {
    #[schema(value_type = String)]
    partner: PartnerId,
    gives: Terms,
    takes: Terms,
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The first day on which it no longer holds.
    #[schema(value_type = String, format = Date)]
    until: Date,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct End {
    reason: String,
}

impl From<&RoomTerms> for Terms {
    fn from(terms: &RoomTerms) -> Self {
        Self {
            tlp: terms.ceiling.tlp.into(),
            handling: terms.ceiling.handling.into(),
            kinds: terms.kinds.iter().map(|kind| kind.code().to_owned()).collect(),
            purpose: terms.ceiling.purpose.iter().map(|one| (*one).into()).collect(),
            states: terms.ceiling.state.iter().map(|one| (*one).into()).collect(),
        }
    }
}

impl From<Terms> for RoomTerms {
    fn from(terms: Terms) -> Self {
        Self {
            ceiling: Entitlement {
                tlp: terms.tlp.into(),
                handling: terms.handling.into(),
                purpose: terms.purpose.into_iter().map(Into::into).collect(),
                state: terms.states.into_iter().map(Into::into).collect(),
            },
            kinds: terms.kinds.iter().map(|code| Kind::of_code(code)).collect(),
        }
    }
}

/// Every agreement, newest first.
#[utoipa::path(
    get, path = "/api/agreements", tag = "agreements",
    responses((status = 200, body = Vec<Agreement>), (status = "4XX", body = Refused))
)]
pub(super) async fn all(
    State(screens): State<Screens>,
    seat: Seat,
) -> Result<Json<Vec<Agreement>>, Refusal> {
    let answer = screens.ask(seat.person, None, |sight| {
        let mut states = sight.ledger(|ledger| {
            let mut states = Vec::new();
            for (key, _) in ledger.docs(Shelf::Agreement, &[])? {
                if let Ok(digest) = key.try_into().map(Digest) {
                    states.extend(AgreementState::find(ledger, &digest)?);
                }
            }
            Ok(states)
        })?;
        states.sort_by_key(|state| std::cmp::Reverse(state.agreement.made));
        states.iter().map(|state| shown(sight, state)).collect()
    });
    Ok(Json(answer.await?))
}

/// Proposes an agreement; a second person of ours approves it before it is sent.
#[utoipa::path(
    post, path = "/api/agreements", tag = "agreements", request_body = Proposal,
    responses((status = 200, body = Agreement), (status = "4XX", body = Refused))
)]
pub(super) async fn propose(
    State(screens): State<Screens>,
    seat: Seat,
    Sent(sent): Sent<Proposal>,
) -> Result<Json<Agreement>, Refusal> {
    let partner = sent.partner.clone();
    let current = screens.ask(seat.person.clone(), None, move |sight| {
        let today = sight.now.date();
        let state = sight.ledger(|ledger| AgreementState::in_force(ledger, &partner))?;
        let holds = state.filter(|state| state.standing(today) != RoomStanding::Ended);
        Ok(holds.map(|state| state.agreement.digest()))
    });
    let agreement = RoomAgreement {
        proposer: screens.node.own.id.clone(),
        other: sent.partner,
        proposer_gives: sent.gives.into(),
        other_gives: sent.takes.into(),
        from: sent.from,
        until: sent.until,
        made: screens.node.clock.now(),
        replaces: current.await?,
    };
    let event = Event::ProposeAgreement { by: seat.id(), agreement: Box::new(agreement) };
    let proposed = screens.hand_in(event).await?;
    answer(&screens, seat, &proposed).await
}

/// Ends an agreement. One side and one person are enough: it only ever narrows.
#[utoipa::path(
    post, path = "/api/agreements/{id}/end", tag = "agreements",
    params(("id" = String, Path)), request_body = End,
    responses((status = 200, body = Agreement), (status = "4XX", body = Refused))
)]
pub(super) async fn end(
    State(screens): State<Screens>,
    seat: Seat,
    Path(id): Path<String>,
    Sent(sent): Sent<End>,
) -> Result<Json<Agreement>, Refusal> {
    let digest = shapes::digest(&id)?;
    let reason = sent.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Refusal::from(Reason::TextEmpty).field("reason"));
    }
    if reason.chars().count() > limits::NAME_CHARS {
        return Err(Refusal::from(Reason::TextLong).field("reason"));
    }
    let event = Event::EndAgreement { by: seat.id(), digest, reason };
    let ended = screens.hand_in(event).await?;
    answer(&screens, seat, &ended).await
}

/// Approves an agreement; with the second of our people our word is given.
#[utoipa::path(
    post, path = "/api/agreements/{id}/sign", tag = "agreements", params(("id" = String, Path)),
    responses((status = 200, body = Agreement), (status = "4XX", body = Refused))
)]
pub(super) async fn sign(
    State(screens): State<Screens>,
    seat: Seat,
    Path(id): Path<String>,
) -> Result<Json<Agreement>, Refusal> {
    let digest = shapes::digest(&id)?;
    let event = Event::ApproveAgreement { by: seat.id(), digest };
    let approved = screens.hand_in(event).await?;
    answer(&screens, seat, &approved).await
}

async fn answer(
    screens: &Screens,
    seat: Seat,
    outcome: &Outcome,
) -> Result<Json<Agreement>, Refusal> {
    let Outcome::Agreement { digest } = *outcome else {
        return Err(Refusal::fault());
    };
    let answer = screens.ask(seat.person, None, move |sight| {
        let state = sight.ledger(|ledger| AgreementState::find(ledger, &digest))?;
        shown(sight, &state.ok_or_else(Refusal::unknown)?)
    });
    Ok(Json(answer.await?))
}

fn shown(sight: &Sight<'_>, state: &AgreementState) -> Result<Agreement, Refusal> {
    let own = &sight.screens.node.own.id;
    let agreement = &state.agreement;
    let ours = *own == agreement.proposer;
    let (gives, takes) = if ours {
        (&agreement.proposer_gives, &agreement.other_gives)
    } else {
        (&agreement.other_gives, &agreement.proposer_gives)
    };
    let named = |side: &PartnerId, name: &str| {
        // Names of our own accounts are known; a partner tells what it tells.
        if side == own { sight.name(name) } else { Ok(name.to_owned()) }
    };
    let mut signed = Vec::new();
    for word in state.words.iter().filter(|word| !word.ends) {
        for person in &word.people {
            let (partner, person_name) = (word.side.clone(), named(&word.side, person)?);
            signed.push(Signature { partner, person_name, at: word.at });
        }
    }
    if !state.said(own) {
        for (person, at) in &state.approved {
            let person_name = sight.name(person)?;
            signed.push(Signature { partner: own.clone(), person_name, at: *at });
        }
    }
    let ending = state.words.iter().find(|word| word.ends);
    let ended = ending.map(|word| {
        let by = word
            .people
            .first()
            .map_or_else(|| Ok(word.side.to_string()), |person| named(&word.side, person))?;
        Ok::<_, Refusal>(Ended { by, at: word.at, reason: word.reason.clone() })
    });
    Ok(Agreement {
        id: agreement.digest(),
        partner: agreement.across(own).clone(),
        state: match state.standing(sight.now.date()) {
            RoomStanding::Proposed | RoomStanding::Signed => Standing::Proposed,
            RoomStanding::InForce => Standing::InForce,
            RoomStanding::Ended => Standing::Ended,
        },
        gives: Terms::from(gives),
        takes: Terms::from(takes),
        from: agreement.from.start(),
        until: agreement.until.start(),
        signed,
        ended: ended.transpose()?,
    })
}
