//! The partner strip: for each partner how the link is, how old the picture, what waits.

use axum::Json;
use axum::extract::State;
use diwan_record::{Digest, Moment};
use diwan_room::{
    AgreementState, Fault, Incident, Ledger, Partner as PartnerDoc, ReceiptDoc, Role, Shelf,
    Standing, Stream,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::refusal::{Refusal, Refused, Telling};
use super::shapes::Partner;
use super::sight::Sight;
use super::{Screens, Seat};
use crate::node::LinkLine;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PartnerLine {
    partner: Partner,
    link: LinkState,
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<Moment>,
    /// Why the link is down.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Telling>,
    agreement: AgreementStanding,
    /// How new what we hold from them is.
    #[schema(value_type = Option<String>, format = DateTime)]
    picture_as_of: Option<Moment>,
    lag_s: Option<i64>,
    // What follows counts entries also of hidden records: only for those who run the exchange.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_receipt: Option<ReceiptLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    queued: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_unreceipted: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<u64>,
    /// Something people must look at.
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<Telling>,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum LinkState {
    Up,
    Connecting,
    Down,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum AgreementStanding {
    None,
    Proposed,
    InForce,
    Ended,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
struct ReceiptLine {
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    seq: u64,
}

/// What the ledger knows of one partner.
struct Kept {
    partner: PartnerDoc,
    agreement: AgreementStanding,
    receipt: Option<ReceiptDoc>,
    sent: u64,
    received: u64,
    newest: Option<Moment>,
    queued: u64,
    incident: Option<Incident>,
}

/// Every partner, by code.
#[utoipa::path(
    get, path = "/api/partners", tag = "partners",
    responses((status = 200, body = Vec<PartnerLine>), (status = "4XX", body = Refused))
)]
pub(super) async fn strip(
    State(screens): State<Screens>,
    seat: Seat,
) -> Result<Json<Vec<PartnerLine>>, Refusal> {
    Ok(Json(screens.ask(seat.person, None, lines).await?))
}

pub(crate) fn lines(sight: &Sight<'_>) -> Result<Vec<PartnerLine>, Refusal> {
    let today = sight.now.date();
    let kept = sight.ledger(|ledger| {
        let mut kept = Vec::new();
        for partner in PartnerDoc::all(ledger)? {
            kept.push(of_ledger(ledger, partner, today)?);
        }
        Ok(kept)
    })?;
    let line = |kept: Kept| {
        let link = sight.screens.node.links.state(&kept.partner.id);
        line(kept, link, sight.now, sight.person.may(counts_entries))
    };
    Ok(kept.into_iter().map(line).collect())
}

fn of_ledger(
    ledger: &dyn Ledger,
    partner: PartnerDoc,
    today: diwan_record::Date,
) -> Result<Kept, Fault> {
    let id = &partner.id;
    let sent = ledger.head(id, Stream::Out)?.map_or(0, |head| head.seq);
    let received = ledger.head(id, Stream::In)?.map_or(0, |head| head.seq);
    let newest = ledger.entries(id, Stream::In, received.max(1), 1)?;
    Ok(Kept {
        agreement: standing(ledger, &partner, today)?,
        receipt: ReceiptDoc::find(ledger, id)?,
        sent,
        received,
        newest: newest.first().map(|one| one.entry.made),
        queued: ledger.queued_count(id)?,
        incident: Incident::find(ledger, id)?,
        partner,
    })
}

fn standing(
    ledger: &dyn Ledger,
    partner: &PartnerDoc,
    today: diwan_record::Date,
) -> Result<AgreementStanding, Fault> {
    let in_force = AgreementState::in_force(ledger, &partner.id)?;
    if in_force.is_some_and(|state| state.standing(today) == Standing::InForce) {
        return Ok(AgreementStanding::InForce);
    }
    let mut best = AgreementStanding::None;
    for (key, _) in ledger.docs(Shelf::Agreement, &[])? {
        let Ok(digest) = key.try_into().map(Digest) else {
            continue;
        };
        let Some(state) = AgreementState::find(ledger, &digest)? else {
            continue;
        };
        if state.agreement.gives(&partner.id).is_none() {
            continue;
        }
        match state.standing(today) {
            Standing::Proposed | Standing::Signed => return Ok(AgreementStanding::Proposed),
            Standing::Ended => best = AgreementStanding::Ended,
            Standing::InForce => {}
        }
    }
    Ok(best)
}

/// Who sees how much passes, whatever their entitlement: the desk that watches and releases, and
/// those who run and inspect the node.
fn counts_entries(role: Role) -> bool {
    match role {
        Role::WatchOfficer | Role::ReleasingOfficer | Role::Administrator | Role::Inspector => true,
        Role::Analyst | Role::Liaison | Role::SiteDesk => false,
    }
}

fn line(kept: Kept, link: LinkLine, now: Moment, counts: bool) -> PartnerLine {
    let state = if link.up {
        LinkState::Up
    } else if link.connecting {
        LinkState::Connecting
    } else {
        LinkState::Down
    };
    // While a link is up and nothing waits, hearing from the partner means being up to date.
    let as_of = link.last_heard.into_iter().chain(kept.newest.filter(|_| counts)).max();
    let receipted = kept.receipt.as_ref().map_or(0, |receipt| receipt.seq);
    PartnerLine {
        partner: Partner::new(&kept.partner.id, &kept.partner.names),
        link: state,
        since: link.since,
        reason: link
            .reason
            .filter(|_| !link.up)
            .map(|(code, message)| Telling { message, ..Telling::of_code(&code) }),
        agreement: kept.agreement,
        picture_as_of: as_of,
        lag_s: as_of.map(|at| ((now.micros() - at.micros()) / 1_000_000).max(0)),
        last_receipt: kept
            .receipt
            .filter(|_| counts)
            .map(|receipt| ReceiptLine { at: receipt.at, seq: receipt.seq }),
        queued: counts.then_some(kept.queued),
        sent_unreceipted: counts.then_some(kept.sent.saturating_sub(receipted)),
        received: counts.then_some(kept.received),
        incident: kept.incident.map(|incident| Telling::of_code(&incident.code)),
    }
}
