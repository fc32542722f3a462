//! What each partner would hold if a release were signed now, ruled by the room's own ruling.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use diwan_record::{self as record, Digest, EntryKind, ItemId, PartnerId, Reason, limits};
use diwan_room::{Grounds, Held, Holding, Ledger, Partner as PartnerDoc, fit, partner_holds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::Sent;
use super::codes::Precedence;
use super::refusal::{Refusal, Refused, Telling};
use super::shapes::{self, ExactJson, Label, Partner, Tighten, body_of};
use super::sight::Sight;
use super::{Screens, Seat};

/// What is asked to be released, to whom, on what terms.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReleaseAsk {
    digests: Vec<String>,
    to: Vec<String>,
    /// To whom the recipients may pass it on.
    #[serde(default)]
    onward: Vec<String>,
    #[serde(default = "routine")]
    precedence: Precedence,
    #[serde(default)]
    tighten: Option<Tighten>,
    #[serde(default)]
    remark: Option<String>,
}

/// The same, with every name read.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) digests: Vec<Digest>,
    pub(super) to: Vec<PartnerId>,
    pub(super) onward: Vec<PartnerId>,
    pub(super) precedence: record::Precedence,
    pub(super) tighten: record::Tighten,
    pub(super) remark: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Preview {
    /// Every partner, also those not named.
    partners: Vec<PreviewLine>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PreviewLine {
    partner: Partner,
    named: bool,
    verdict: Verdict,
    /// Why records are withheld.
    reasons: Vec<Telling>,
    /// Exactly what the partner would hold of what was asked for.
    holds: Option<Holds>,
    held_back: Vec<HeldBack>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    Goes,
    Withheld,
    NotNamed,
    HoldsAlready,
}

#[derive(Debug, Serialize, ToSchema)]
struct Holds {
    /// The most guarded of the records' labels, field by field.
    label: Label,
    records: Vec<Given>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Given {
    #[schema(value_type = String)]
    digest: Digest,
    kind: String,
    variant: u32,
    /// The label under which this record would be held.
    label: Label,
    #[schema(value_type = Object)]
    body: Option<ExactJson>,
}

/// Something about the same items that the partner would not hold.
#[derive(Debug, Serialize, ToSchema)]
struct HeldBack {
    what: String,
    code: String,
    message: String,
}

fn routine() -> Precedence {
    Precedence::Routine
}

impl ReleaseAsk {
    /// # Errors
    /// A digest that cannot be read is unknown; a partner's code that cannot be is no partner.
    pub(super) fn read(self) -> Result<Wanted, Refusal> {
        let digests: Result<Vec<Digest>, _> =
            self.digests.iter().map(|one| shapes::digest(one)).collect();
        let partners = |codes: &[String]| -> Result<Vec<PartnerId>, Refusal> {
            let read: Result<Vec<PartnerId>, _> = codes.iter().map(|code| code.parse()).collect();
            read.map_err(|_| Refusal::from(Reason::PartnerUnknown).field("to"))
        };
        let remark = self.remark.unwrap_or_default();
        if remark.chars().count() > limits::NAME_CHARS {
            return Err(Refusal::from(Reason::TextLong).field("remark"));
        }
        if self.digests.len() > limits::RELEASE_RECORDS || self.to.len() > limits::PARTNERS {
            return Err(Refusal::from(Reason::ListLong).field("digests"));
        }
        Ok(Wanted {
            digests: digests?,
            to: partners(&self.to)?,
            onward: partners(&self.onward)?,
            precedence: self.precedence.into(),
            tighten: self.tighten.unwrap_or_default().into(),
            remark,
        })
    }
}

/// Shows what would go to whom and what would not, and why. Nothing is decided by asking.
#[utoipa::path(
    post, path = "/api/releases/preview", tag = "releases", request_body = ReleaseAsk,
    responses((status = 200, body = Preview), (status = "4XX", body = Refused))
)]
pub(super) async fn preview(
    State(screens): State<Screens>,
    seat: Seat,
    Sent(asked): Sent<ReleaseAsk>,
) -> Result<Json<Preview>, Refusal> {
    if !seat.person.may(diwan_room::Role::asks_release) {
        return Err(Reason::RoleMissing.into());
    }
    let wanted = asked.read()?;
    let answer = screens.ask(seat.person, None, move |sight| {
        let mut records = Vec::with_capacity(wanted.digests.len());
        for digest in &wanted.digests {
            records.push(sight.must_hold(digest)?);
        }
        let beside = beside(sight, &wanted, &records)?;
        let partners = sight.ledger(PartnerDoc::all)?;
        let known = |named: &PartnerId| partners.iter().any(|partner| partner.id == *named);
        if !wanted.to.iter().chain(&wanted.onward).all(known) {
            return Err(Refusal::from(Reason::PartnerUnknown).field("to"));
        }
        let line = |partner: &PartnerDoc| line(sight, &wanted, &records, &beside, partner);
        let partners = partners.iter().map(line).collect::<Result<_, _>>()?;
        Ok(Preview { partners })
    });
    Ok(Json(answer.await?))
}

/// Current records of the same items that were not asked for, as far as the person sees them.
fn beside(sight: &Sight<'_>, wanted: &Wanted, records: &[Held]) -> Result<Vec<Held>, Refusal> {
    let mut items: BTreeSet<(ItemId, record::State)> = BTreeSet::new();
    for held in records {
        items.insert((shown_on(held), held.label.state));
    }
    let mut beside = Vec::new();
    for (item, state) in items {
        let Some((folded, held)) = sight.item_for(&item, &sight.viewer_in(state))? else {
            continue;
        };
        let current =
            |one: &Held| folded.current.iter().any(|row| row.digest == *one.record.digest());
        let asked = |one: &Held| wanted.digests.contains(one.record.digest());
        beside.extend(held.into_iter().filter(|one| current(one) && !asked(one)));
    }
    Ok(beside)
}

/// The item a record is shown on: its own, or the one it is about.
pub(super) fn shown_on(held: &Held) -> ItemId {
    let about = held.record.body().ok().and_then(record::Body::about);
    about.unwrap_or(held.record.header().item)
}

fn line(
    sight: &Sight<'_>,
    wanted: &Wanted,
    records: &[Held],
    beside: &[Held],
    partner: &PartnerDoc,
) -> Result<PreviewLine, Refusal> {
    let shown = Partner::new(&partner.id, &partner.names);
    if !wanted.to.contains(&partner.id) {
        return Ok(PreviewLine {
            partner: shown,
            named: false,
            verdict: Verdict::NotNamed,
            reasons: Vec::new(),
            holds: None,
            held_back: Vec::new(),
        });
    }
    let own = &sight.screens.node.own.id;
    let (rulings, lacking) = sight.ledger(|ledger| {
        let rulings = rule(ledger, own, sight.now, wanted, records, &partner.id)?;
        let mut lacking = Vec::new();
        for one in beside {
            if !has(ledger, &partner.id, one)? {
                lacking.push(one);
            }
        }
        Ok((rulings, lacking))
    })?;
    let mut line = PreviewLine {
        partner: shown,
        named: true,
        verdict: verdict(&rulings),
        reasons: Vec::new(),
        holds: holds(records, &rulings, &wanted.tighten),
        held_back: Vec::new(),
    };
    for (held, ruling) in records.iter().zip(&rulings) {
        let Err(reason) = ruling else { continue };
        if !line.reasons.iter().any(|told| told.code == reason.code()) {
            line.reasons.push(Telling::of(reason));
        }
        if *reason != Reason::AlreadyHeld {
            line.held_back.push(held_back(held, reason));
        }
    }
    line.held_back.extend(lacking.into_iter().map(|one| held_back(one, &Reason::ReleaseAwaiting)));
    Ok(line)
}

/// Rules the records in the order in which signing would: what is fit lets what refers to it be
/// fit too.
fn rule(
    ledger: &dyn Ledger,
    own: &PartnerId,
    now: record::Moment,
    wanted: &Wanted,
    records: &[Held],
    partner: &PartnerId,
) -> Result<Vec<Result<(), Reason>>, diwan_room::Fault> {
    let mut grounds = Grounds::new(ledger, own, partner, now, wanted.tighten)?;
    let mut rulings = Vec::with_capacity(records.len());
    for held in records {
        let ruling = fit(ledger, own, held, &grounds)?;
        if matches!(ruling, Ok(()) | Err(Reason::AlreadyHeld)) {
            grounds.together.insert(held.record.header().item);
        }
        rulings.push(ruling);
    }
    Ok(rulings)
}

/// Whether a partner holds a record, or wrote it.
fn has(ledger: &dyn Ledger, partner: &PartnerId, held: &Held) -> Result<bool, diwan_room::Fault> {
    if held.record.header().originator == *partner {
        return Ok(true);
    }
    let holding = partner_holds(ledger, partner, EntryKind::Release, held.record.digest())?;
    Ok(!matches!(holding, Holding::None | Holding::Withheld(_)))
}

fn verdict(rulings: &[Result<(), Reason>]) -> Verdict {
    if rulings.iter().any(Result::is_ok) {
        Verdict::Goes
    } else if rulings.iter().all(|ruling| *ruling == Err(Reason::AlreadyHeld)) {
        Verdict::HoldsAlready
    } else {
        Verdict::Withheld
    }
}

fn holds(
    records: &[Held],
    rulings: &[Result<(), Reason>],
    tighten: &record::Tighten,
) -> Option<Holds> {
    let held = records
        .iter()
        .zip(rulings)
        .filter(|(_, ruling)| matches!(ruling, Ok(()) | Err(Reason::AlreadyHeld)));
    let held: Vec<(&Held, record::Label)> = held
        .map(|(held, ruling)| {
            let tightened = held.label.tightened(tighten);
            // What is held already stays as it is held: a release cannot change it.
            (held, if ruling.is_ok() { tightened } else { held.label.clone() })
        })
        .collect();
    let label = held.iter().map(|(_, label)| label.clone()).reduce(most_guarded)?;
    let given = held.iter().map(|(held, label)| Given {
        digest: *held.record.digest(),
        kind: held.record.header().kind.code().to_owned(),
        variant: held.record.header().variant,
        label: Label::from(label),
        body: body_of(held),
    });
    Some(Holds { label: Label::from(&label), records: given.collect() })
}

fn most_guarded(one: record::Label, other: record::Label) -> record::Label {
    record::Label {
        tlp: one.tlp.max(other.tlp),
        handling: one.handling.max(other.handling),
        orcon: one.orcon || other.orcon,
        purpose: one.purpose.intersection(&other.purpose).copied().collect(),
        legal_basis: one.legal_basis,
        review: one.review.min(other.review),
        state: one.state,
        retention: one.retention.into_iter().chain(other.retention).min(),
    }
}

fn held_back(held: &Held, reason: &Reason) -> HeldBack {
    let header = held.record.header();
    let what = match header.kind.code() {
        code @ ("note" | "site-status" | "message") => code.to_owned(),
        _ => format!("variant {}", header.variant),
    };
    let telling = Telling::of(reason);
    HeldBack { what, code: telling.code, message: telling.message }
}
