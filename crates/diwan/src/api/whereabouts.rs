//! Where a record of ours has been: per release and partner, how far it got and what came back.

use std::collections::BTreeSet;

use diwan_record::{Digest, EntryKind, ItemId, Moment, PartnerId};
use diwan_room::{
    AnswerDoc, Fault, Holding, Ledger, RecallDoc, Release, ReleaseState, Shelf, What, partner_holds,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::codes::Precedence;
use super::refusal::Refusal;
use super::sight::Sight;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Whereabouts {
    releases: Vec<Released>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recall: Option<Recalled>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Released {
    #[schema(value_type = String)]
    id: ItemId,
    requested_by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_by: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    precedence: Precedence,
    #[schema(value_type = Vec<String>)]
    onward: Vec<PartnerId>,
    to: Vec<Passage>,
}

/// How far it got towards one partner.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Passage {
    #[schema(value_type = String)]
    partner: PartnerId,
    state: PassageState,
    /// A reason code.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recall: Option<RecallState>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum PassageState {
    AwaitingSignature,
    Withheld,
    Queued,
    Sent,
    Receipted,
    Parked,
    Refused,
}

#[derive(Debug, Serialize, ToSchema)]
struct Recalled {
    by: String,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    reason: String,
    #[schema(value_type = String, format = DateTime)]
    gone_by: Moment,
}

/// How far a recall got with one partner.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecallState {
    state: RecallStep,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Moment>,
    overdue: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum RecallStep {
    Queued,
    Sent,
    Receipted,
    Removed,
    UsedIn,
    Refused,
}

pub(super) fn whereabouts(sight: &Sight<'_>, digest: &Digest) -> Result<Whereabouts, Refusal> {
    let now = sight.now;
    let (releases, recall) = sight.ledger(|ledger| {
        let recall = RecallDoc::find(ledger, digest)?;
        let mut rows = Vec::new();
        for release in releases_of(ledger, digest)? {
            let to = passages(ledger, digest, &release, recall.as_ref(), now)?;
            if !to.is_empty() {
                rows.push((release, to));
            }
        }
        Ok((rows, recall))
    })?;
    let mut shown = Vec::with_capacity(releases.len());
    for (release, to) in releases {
        let signed_by =
            release.decided_by.as_ref().map(|by| sight.name(by.as_str())).transpose()?;
        shown.push(Released {
            id: release.id,
            requested_by: sight.name(release.requested_by.as_str())?,
            signed_by,
            at: release.decided_at.unwrap_or(release.requested_at),
            precedence: release.precedence.into(),
            onward: release.onward,
            to,
        });
    }
    let recall = recall
        .map(|recall| {
            let by = sight.name(recall.by.as_deref().unwrap_or("agreement"))?;
            let RecallDoc { at, reason, gone_by, .. } = recall;
            Ok::<_, Refusal>(Recalled { by, at, reason, gone_by })
        })
        .transpose()?;
    Ok(Whereabouts { releases: shown, recall })
}

/// Releases that named the record and were not returned, then standing rules.
fn releases_of(ledger: &dyn Ledger, digest: &Digest) -> Result<Vec<Release>, Fault> {
    let mut all = Release::of_record(ledger, digest)?;
    all.retain(|one| one.state != ReleaseState::Returned);
    for (id, _) in ledger.docs(Shelf::StandingRule, &[])? {
        let id = id
            .try_into()
            .map(ItemId)
            .map_err(|_| Fault::Corrupt("a standing rule has no identifier".to_owned()))?;
        all.extend(Release::find(ledger, &id)?);
    }
    Ok(all)
}

fn passages(
    ledger: &dyn Ledger,
    digest: &Digest,
    release: &Release,
    recall: Option<&RecallDoc>,
    now: Moment,
) -> Result<Vec<Passage>, Fault> {
    let standing = matches!(release.what, What::Standing(_));
    let named = if standing { named_elsewhere(ledger, digest)? } else { BTreeSet::new() };
    let mut passages = Vec::with_capacity(release.to.len());
    for partner in release.to.iter().filter(|partner| !named.contains(*partner)) {
        let passage = passage(ledger, digest, release, partner, recall)?;
        // A rule covers what it covers: it says nothing of a record it never touched.
        let Some(mut passage) = passage.filter(|one| !(standing && is_untouched(one))) else {
            continue;
        };
        if let Some(recall) = recall.filter(|recall| recall.from.contains(partner)) {
            passage.recall = Some(recall_state(ledger, recall, partner, now)?);
        }
        passages.push(passage);
    }
    Ok(passages)
}

/// Partners that a release of this very record names: the rule's line would repeat theirs.
fn named_elsewhere(ledger: &dyn Ledger, digest: &Digest) -> Result<BTreeSet<PartnerId>, Fault> {
    let releases = Release::of_record(ledger, digest)?;
    let signed = releases.into_iter().filter(|one| one.state == ReleaseState::Signed);
    Ok(signed.flat_map(|release| release.to).collect())
}

fn is_untouched(passage: &Passage) -> bool {
    passage.state == PassageState::Withheld && passage.reason.is_none()
}

fn passage(
    ledger: &dyn Ledger,
    digest: &Digest,
    release: &Release,
    partner: &PartnerId,
    recall: Option<&RecallDoc>,
) -> Result<Option<Passage>, Fault> {
    let mut passage = Passage {
        partner: partner.clone(),
        state: PassageState::AwaitingSignature,
        reason: None,
        at: None,
        seq: None,
        recall: None,
    };
    if release.state == ReleaseState::Open {
        return Ok(Some(passage));
    }
    match partner_holds(ledger, partner, EntryKind::Release, digest)? {
        Holding::None => {
            passage.state = PassageState::Withheld;
            let never_left = recall.is_some_and(|recall| recall.never_left.contains(partner));
            passage.reason = never_left.then(|| diwan_record::Reason::Withdrawn.code().to_owned());
        }
        Holding::Withheld(code) => {
            passage.state = PassageState::Withheld;
            passage.reason = Some(code);
        }
        Holding::Queued => passage.state = PassageState::Queued,
        Holding::Sent(seq) => (passage.state, passage.seq) = (PassageState::Sent, Some(seq)),
        Holding::Receipted(seq, at) => {
            passage.state = PassageState::Receipted;
            (passage.seq, passage.at) = (Some(seq), Some(at));
        }
    }
    if let Some(answer) = AnswerDoc::find(ledger, digest, partner)? {
        let state = match answer.answer.as_str() {
            "parked" => Some(PassageState::Parked),
            // After a recall `refused` answers the recall, not the record.
            "refused" if recall.is_none() => Some(PassageState::Refused),
            _ => None,
        };
        if let Some(state) = state {
            (passage.state, passage.reason) = (state, answer.reason);
            passage.at = Some(answer.at);
        }
    }
    Ok(Some(passage))
}

/// How far a recall got with a partner that holds the record.
pub(super) fn recall_state(
    ledger: &dyn Ledger,
    recall: &RecallDoc,
    partner: &PartnerId,
    now: Moment,
) -> Result<RecallState, Fault> {
    let answer = AnswerDoc::find(ledger, &recall.digest, partner)?;
    let answered = answer.and_then(|answer| {
        let state = match answer.answer.as_str() {
            "removed" => RecallStep::Removed,
            "used-in" => RecallStep::UsedIn,
            "refused" if answer.at >= recall.at => RecallStep::Refused,
            _ => return None,
        };
        Some((state, answer.reason, Some(answer.at)))
    });
    let (state, reason, at) = match answered {
        Some(answered) => answered,
        None => match partner_holds(ledger, partner, EntryKind::Recall, &recall.withdrawal)? {
            Holding::Receipted(_, at) => (RecallStep::Receipted, None, Some(at)),
            Holding::Sent(_) => (RecallStep::Sent, None, None),
            Holding::Queued | Holding::None | Holding::Withheld(_) => {
                (RecallStep::Queued, None, None)
            }
        },
    };
    let overdue = state != RecallStep::Removed && now > recall.gone_by;
    Ok(RecallState { state, reason, at, overdue })
}
