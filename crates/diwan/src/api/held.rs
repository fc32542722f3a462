//! A record as a screen shows it: exactly what was signed, by whom, under what label it is held.

use std::collections::BTreeSet;

use diwan_record::{Body, Digest, ItemId, Moment, PartnerId};
use diwan_room::{Held as HeldRecord, Role};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::refusal::Refusal;
use super::session::may_inspect;
use super::shapes::{ExactJson, Label, body_of};
use super::sight::Sight;
use super::whereabouts::{Whereabouts, whereabouts};

const LANGS: [&str; 5] = ["en", "ar", "tr", "ku", "ckb"];

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Held {
    #[schema(value_type = String)]
    digest: Digest,
    #[schema(value_type = String)]
    item: ItemId,
    kind: String,
    #[schema(value_type = String)]
    originator: PartnerId,
    version: u32,
    /// 0 is the full text; others are tear lines.
    variant: u32,
    superseded: bool,
    ours: bool,
    label: Label,
    #[schema(value_type = String, format = DateTime)]
    pub(super) made_at: Moment,
    #[schema(value_type = String, format = DateTime)]
    received: Moment,
    author_role: String,
    /// The body of its kind, exactly as signed; null for a kind this node does not know.
    #[schema(value_type = Object)]
    body: Option<ExactJson>,
    languages: BTreeSet<&'static str>,
    checked: Checked,
    /// Where our own record went; only for people who may see releases.
    whereabouts: Option<Whereabouts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    held_under: Option<HeldUnder>,
    /// For sorting: a site's status counts from when it was observed.
    #[serde(skip)]
    pub(super) as_of: Option<Moment>,
}

/// What was verified before the record was kept.
#[derive(Debug, Serialize, ToSchema)]
struct Checked {
    signature: &'static str,
    key: String,
}

/// On what terms we hold a partner's record.
#[derive(Debug, Serialize, ToSchema)]
struct HeldUnder {
    /// To whom we may pass it on.
    #[schema(value_type = Vec<String>)]
    onward: Vec<PartnerId>,
    /// The label, where the partner tightened it for us.
    #[serde(skip_serializing_if = "Option::is_none")]
    tightened: Option<Label>,
}

pub(super) fn held(
    sight: &Sight<'_>,
    held: &HeldRecord,
    superseded: bool,
) -> Result<Held, Refusal> {
    let header = held.record.header();
    let ours = header.originator == sight.screens.node.own.id;
    let sees_releases = sight.person.may(Role::asks_release) || may_inspect(&sight.person);
    let whereabouts =
        if ours && sees_releases { Some(whereabouts(sight, held.record.digest())?) } else { None };
    let tightened = (held.label != header.label).then(|| Label::from(&held.label));
    let as_of = match held.record.body() {
        Ok(Body::SiteStatus(status)) => Some(status.as_of),
        _ => None,
    };
    Ok(Held {
        digest: *held.record.digest(),
        item: header.item,
        kind: header.kind.code().to_owned(),
        originator: header.originator.clone(),
        version: header.version,
        variant: header.variant,
        superseded,
        ours,
        label: Label::from(&header.label),
        made_at: header.made,
        received: held.received,
        author_role: header.author_role.clone(),
        body: body_of(held),
        languages: languages(held.record.body_bytes()),
        checked: Checked {
            signature: "good",
            key: format!("{} release {}", header.originator, held.record.key()),
        },
        whereabouts,
        held_under: (!ours).then(|| HeldUnder { onward: held.onward.clone(), tightened }),
        as_of,
    })
}

/// The languages its texts are written in: texts are the objects keyed by language codes alone.
fn languages(body: &[u8]) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    if let Ok(body) = serde_json::from_slice(body) {
        collect(&body, &mut found);
    }
    found
}

fn collect(value: &Value, found: &mut BTreeSet<&'static str>) {
    match value {
        Value::Object(fields) => {
            let known = |key: &String| LANGS.into_iter().find(|lang| lang == key);
            let langs: Option<Vec<_>> = fields.keys().map(known).collect();
            match langs {
                Some(langs) => found.extend(langs),
                None => fields.values().for_each(|value| collect(value, found)),
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_those_of_the_texts() {
        let body = br#"{"title":{"en":"x","ar":"y"},"place":{"name":{"ckb":"z"},"lon":1},
            "actors":["ku"],"agenda":[{"tr":"t"}]}"#;
        assert_eq!(languages(body).into_iter().collect::<Vec<_>>(), ["ar", "ckb", "en", "tr"]);
        assert!(languages(b"null").is_empty());
    }
}
