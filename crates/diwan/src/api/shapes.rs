//! Shapes that several answers share.

use std::collections::{BTreeMap, BTreeSet};

use diwan_record as record;
use diwan_record::{Date, Digest, ItemId, Moment, PartnerId};
use diwan_room::{Brief, Held as HeldRecord};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::codes::{Handling, LegalBasis, Precedence, Purpose, State, Tlp};
use super::refusal::Refusal;

/// Text per language code.
pub(crate) type Text = BTreeMap<String, String>;

/// How a record is to be guarded and why it may be held.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Label {
    tlp: Tlp,
    handling: Handling,
    /// Passed on only with the originator's grant.
    orcon: bool,
    purpose: BTreeSet<Purpose>,
    legal_basis: LegalBasis,
    /// The day by which a person must look at it again.
    #[schema(value_type = String, format = Date)]
    review: Date,
    state: State,
    /// The day by which it must be gone, where one is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    retention: Option<Date>,
}

/// Fields in which a recipient holds a record more guarded than its author labelled it.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tighten {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tlp: Option<Tlp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    handling: Option<Handling>,
}

/// A partner, or ourselves, by code and name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Partner {
    #[schema(value_type = String)]
    pub(crate) id: PartnerId,
    #[schema(value_type = BTreeMap<String, String>)]
    pub(crate) names: Text,
}

/// A person of this node, by account and name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// A position with its name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Place {
    #[schema(value_type = BTreeMap<String, String>)]
    name: record::Text,
    lon: f64,
    lat: f64,
}

/// An item as a list, a timeline or a map shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ItemBrief {
    #[schema(value_type = String)]
    pub(crate) item: ItemId,
    state: State,
    kind: String,
    #[schema(value_type = BTreeMap<String, String>)]
    title: record::Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// When it happened, or as of when.
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    #[schema(value_type = String, format = DateTime)]
    received: Moment,
    /// Who started it.
    #[schema(value_type = String)]
    originator: PartnerId,
    tlp: Tlp,
    pub(crate) precedence: Precedence,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// A site's state.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stale: Option<bool>,
    disputed: bool,
}

/// A body exactly as it was signed.
pub(crate) type ExactJson = Box<RawValue>;

impl From<&record::Label> for Label {
    fn from(label: &record::Label) -> Self {
        Self {
            tlp: label.tlp.into(),
            handling: label.handling.into(),
            orcon: label.orcon,
            purpose: label.purpose.iter().map(|one| Purpose::from(*one)).collect(),
            legal_basis: label.legal_basis.into(),
            review: label.review,
            state: label.state.into(),
            retention: label.retention,
        }
    }
}

impl From<Label> for record::Label {
    fn from(label: Label) -> Self {
        Self {
            tlp: label.tlp.into(),
            handling: label.handling.into(),
            orcon: label.orcon,
            purpose: label.purpose.into_iter().map(Into::into).collect(),
            legal_basis: label.legal_basis.into(),
            review: label.review,
            state: label.state.into(),
            retention: label.retention,
        }
    }
}

impl From<Tighten> for record::Tighten {
    fn from(tighten: Tighten) -> Self {
        Self { tlp: tighten.tlp.map(Into::into), handling: tighten.handling.map(Into::into) }
    }
}

impl Tighten {
    /// `None` where nothing is tightened.
    pub(crate) fn of(tighten: record::Tighten) -> Option<Self> {
        let Self { tlp, handling } =
            Self { tlp: tighten.tlp.map(Into::into), handling: tighten.handling.map(Into::into) };
        (tlp.is_some() || handling.is_some()).then_some(Self { tlp, handling })
    }
}

impl Partner {
    pub(crate) fn new(id: &PartnerId, names: &[(String, String)]) -> Self {
        Self { id: id.clone(), names: names.iter().cloned().collect() }
    }
}

impl ItemBrief {
    /// `label` is that under which the item's face is held.
    pub(crate) fn new(brief: Brief, label: &record::Label, now: Moment) -> Self {
        let (status, as_of, stale) = match brief.status {
            Some((code, as_of, stale_after)) => (Some(code), Some(as_of), Some(now > stale_after)),
            None => (None, None, None),
        };
        let place = brief.face.place.map(|place| Place {
            name: place.name,
            lon: place.lon,
            lat: place.lat,
        });
        Self {
            item: brief.item,
            state: brief.state.into(),
            kind: brief.kind.code().to_owned(),
            title: brief.face.title,
            place,
            at: brief.face.at.or(as_of).unwrap_or(brief.received),
            received: brief.received,
            originator: brief.originator,
            tlp: label.tlp.into(),
            precedence: brief.precedence.into(),
            category: Some(brief.face.category).filter(|code| !code.is_empty()),
            status,
            stale,
            disputed: brief.disputed,
        }
    }
}

/// A record's body exactly as signed; `None` for a kind this version does not know.
pub(crate) fn body_of(held: &HeldRecord) -> Option<ExactJson> {
    match held.record.body() {
        Ok(record::Body::Newer) | Err(_) => None,
        Ok(_) => {
            let json = String::from_utf8(held.record.body_bytes().to_vec()).ok()?;
            RawValue::from_string(json).ok()
        }
    }
}

/// An identifier of the address. One that cannot be read is one that does not exist.
pub(crate) fn item_id(text: &str) -> Result<ItemId, Refusal> {
    text.parse().map_err(|_| Refusal::unknown())
}

/// A digest of the address. One that cannot be read is one that does not exist.
pub(crate) fn digest(text: &str) -> Result<Digest, Refusal> {
    text.parse().map_err(|_| Refusal::unknown())
}
