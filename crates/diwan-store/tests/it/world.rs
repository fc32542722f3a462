//! Records, labels and viewers for the tests.

use std::collections::BTreeSet;

use diwan_record::{
    Date, Draft, Entitlement, Handling, ItemId, Kind, Label, LegalBasis, Moment, PartnerId,
    Precedence, Purpose, Record, Signer, State, Tlp, seal,
};
use diwan_record::{KeyRole, PublicKey};
use diwan_room::{Held, HeldStanding, Ledger, Source, Viewer};
use diwan_store::{Store, Writer};

pub(crate) fn partner(code: &str) -> PartnerId {
    code.parse().unwrap()
}

pub(crate) fn signer(of: &PartnerId) -> Signer {
    Signer::new(KeyRole::Release, &diwan_record::Digest::of(of.as_str().as_bytes()).0)
}

pub(crate) fn key(of: &PartnerId) -> PublicKey {
    signer(of).public().clone()
}

pub(crate) fn item(number: u32) -> ItemId {
    let digest = diwan_record::Digest::of(&number.to_be_bytes()).0;
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    ItemId(id)
}

pub(crate) fn label(tlp: Tlp, purpose: Purpose, review_day: i32) -> Label {
    Label {
        tlp,
        handling: Handling::H0,
        orcon: false,
        purpose: BTreeSet::from([purpose]),
        legal_basis: LegalBasis::PublicTask,
        review: day(review_day),
        state: State::Exercise,
        retention: None,
    }
}

pub(crate) fn day(number: i32) -> Date {
    Moment::from_micros(1_700_000_000_000_000).date().plus_days(number)
}

pub(crate) fn viewer(tlp: Tlp, purposes: &[Purpose]) -> Viewer {
    Viewer {
        entitlement: Entitlement {
            tlp,
            handling: Handling::H3,
            purpose: purposes.iter().copied().collect(),
            state: BTreeSet::from([State::Exercise]),
        },
        state: State::Exercise,
    }
}

/// A record to be made.
#[derive(Clone, Debug)]
pub(crate) struct Make {
    pub(crate) by: &'static str,
    pub(crate) item: ItemId,
    pub(crate) kind: Kind,
    pub(crate) version: u32,
    pub(crate) variant: u32,
    pub(crate) label: Label,
    pub(crate) body: String,
    pub(crate) made: i64,
}

impl Make {
    pub(crate) fn report(number: u32, label: Label, title: &str, lon: f64, lat: f64) -> Self {
        let body = serde_json::json!({
            "title": {"en": title},
            "category": "attack",
            "when": {"start": "2025-03-09T10:00:00Z"},
            "place": {"name": {"en": format!("Place {number}")}, "lon": lon, "lat": lat},
            "grade": {"reliability": "B", "credibility": "2"},
        });
        Self {
            by: "JOR",
            item: item(number),
            kind: Kind::Report,
            version: 1,
            variant: 0,
            label,
            body: body.to_string(),
            made: i64::from(number),
        }
    }

    pub(crate) fn note(number: u32, about: u32, label: Label, text: &str, sort: &str) -> Self {
        let body = serde_json::json!({"about": item(about), "sort": sort, "text": {"en": text}});
        let kind = Kind::Note;
        Self { kind, body: body.to_string(), ..Self::report(number, label, "", 0.0, 0.0) }
    }

    pub(crate) fn status(number: u32, site: u32, label: Label, minute: i64) -> Self {
        let at = |minute| Moment::from_micros(1_741_514_400_000_000 + minute * 60_000_000);
        let body = serde_json::json!({
            "site": item(site), "state": "open", "as_of": at(minute), "stale_after": at(minute + 9),
        });
        let kind = Kind::SiteStatus;
        Self { kind, body: body.to_string(), ..Self::report(number, label, "", 0.0, 0.0) }
    }

    pub(crate) fn commitment(number: u32, label: Label, text: &str) -> Self {
        let body = serde_json::json!({
            "text": {"en": text}, "by": ["JOR"], "state": "open", "firmness": "agreed",
        });
        let kind = Kind::Commitment;
        Self { kind, body: body.to_string(), ..Self::report(number, label, "", 0.0, 0.0) }
    }

    pub(crate) fn seal(&self) -> Record {
        let by = partner(self.by);
        let draft = Draft {
            originator: by.clone(),
            item: self.item,
            kind: self.kind.clone(),
            version: self.version,
            variant: self.variant,
            replaces: None,
            label: self.label.clone(),
            body: self.body.clone().into_bytes(),
            made: Moment::from_micros(1_741_514_400_000_000 + self.made),
            author_role: "analyst".to_owned(),
        };
        seal(draft, &signer(&by)).unwrap()
    }

    pub(crate) fn held(&self) -> Held {
        hold(self.seal())
    }
}

pub(crate) fn hold(record: Record) -> Held {
    Held {
        position: 0,
        label: record.label().clone(),
        label_no: 0,
        source: Source::Own,
        onward: Vec::new(),
        precedence: Precedence::Routine,
        received: record.header().made,
        standing: HeldStanding::Kept,
        record,
    }
}

/// Keeps records in one batch and brings them to the picture.
pub(crate) fn keep(store: &Store, writer: &mut Writer, records: &[Held]) {
    writer.begin().unwrap();
    for held in records {
        writer.keep(held).unwrap();
    }
    writer.commit().unwrap();
    follow(store);
}

pub(crate) fn follow(store: &Store) {
    while !store.project(100).unwrap().caught_up {}
}
