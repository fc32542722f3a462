//! What simulated people write: short bodies of every kind, and labels by chance.

use std::collections::BTreeSet;

use diwan_record::{
    Date, Digest, Handling, ItemId, Kind, Label, LegalBasis, Moment, Purpose, State, Tlp,
};
use serde_json::{Value, json};

use crate::chance::Chance;

const PURPOSES: [Purpose; 3] =
    [Purpose::Coordination, Purpose::CounterIsis, Purpose::CounterSmuggling];

/// A label as people choose it: mostly open, sometimes closed.
pub(crate) fn label(chance: &mut Chance, today: Date) -> Label {
    let tlps = [Tlp::Clear, Tlp::Green, Tlp::Green, Tlp::Amber, Tlp::Amber, Tlp::Red];
    let handlings = [Handling::H0, Handling::H0, Handling::H1, Handling::H2];
    let mut purpose: BTreeSet<Purpose> = chance.some(&PURPOSES, 40).into_iter().collect();
    purpose.insert(*chance.one(&PURPOSES).unwrap_or(&Purpose::Coordination));
    Label {
        tlp: *chance.one(&tlps).unwrap_or(&Tlp::Green),
        handling: *chance.one(&handlings).unwrap_or(&Handling::H0),
        orcon: chance.percent(20),
        purpose,
        legal_basis: LegalBasis::Agreement,
        review: today.plus_days(30),
        state: if chance.percent(10) { State::Exercise } else { State::Actual },
        retention: None,
    }
}

/// A plain label: readable by all of a node's staff and covered by every broad agreement.
#[must_use]
pub fn plain_label(tlp: Tlp, today: Date) -> Label {
    Label {
        tlp,
        handling: Handling::H0,
        orcon: false,
        purpose: BTreeSet::from([Purpose::Coordination]),
        legal_basis: LegalBasis::Agreement,
        review: today.plus_days(30),
        state: State::Actual,
        retention: None,
    }
}

/// A body of a kind that stands for itself.
#[must_use]
pub fn body(kind: &Kind, words: &str, now: Moment) -> Vec<u8> {
    let place = json!({ "name": { "en": "Ramtha" }, "lon": 36.0, "lat": 32.5 });
    let text = json!({ "en": words });
    let body = match kind {
        Kind::Report => json!({
            "title": text, "category": "movement", "when": { "start": now.to_string() },
            "place": place, "grade": { "reliability": "B", "credibility": "2" },
        }),
        Kind::Site => json!({ "name": text, "class": "crossing", "place": place }),
        Kind::Meeting => json!({
            "name": text, "when": { "start": now.to_string() }, "place": place,
        }),
        Kind::Commitment => json!({
            "text": text, "by": ["JOR"], "firmness": "agreed", "state": "open",
        }),
        Kind::Article => json!({ "title": text, "outlet": "The Ramtha Post", "text": words }),
        Kind::SiteStatus
        | Kind::Note
        | Kind::Message
        | Kind::Withdrawal
        | Kind::Acknowledgement
        | Kind::Newer(_) => json!({ "words": words }),
    };
    bytes(&body)
}

/// A body that speaks about an item.
#[must_use]
pub fn body_about(kind: &Kind, item: ItemId, words: &str, now: Moment) -> Vec<u8> {
    let body = match kind {
        Kind::SiteStatus => json!({
            "site": item.to_string(), "state": "closed", "as_of": now.to_string(),
            "stale_after": now.plus(3_600_000_000).to_string(),
        }),
        Kind::Commitment => json!({
            "text": { "en": words }, "by": ["JOR"], "firmness": "planned", "state": "open",
            "meeting": item.to_string(),
        }),
        _ => json!({
            "about": item.to_string(), "sort": "dispute", "text": { "en": words },
        }),
    };
    bytes(&body)
}

/// The body of a withdrawal or an acknowledgement.
pub(crate) fn body_of_digest(kind: &Kind, digest: &Digest, now: Moment) -> Vec<u8> {
    let body = match kind {
        Kind::Withdrawal => json!({
            "digest": digest.to_string(), "reason": "untrue", "gone_by": now.to_string(),
        }),
        _ => json!({ "digest": digest.to_string(), "answer": "actioned" }),
    };
    bytes(&body)
}

fn bytes(body: &Value) -> Vec<u8> {
    body.to_string().into_bytes()
}
