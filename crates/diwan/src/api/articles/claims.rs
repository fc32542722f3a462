//! Claims of one article, and what people decide about them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Path, State};
use diwan_read::{Reading, Span};
use diwan_record::{Kind, Moment};
use diwan_room::{Person as Account, PersonId};
use diwan_store::{Article as Kept, Decision};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::super::asked::Sent;
use super::super::refusal::{Refusal, Refused};
use super::super::session::default_label;
use super::super::shapes::{Label, Person};
use super::super::{Screens, Seat};
use super::{Stretch, find, may_read};
use crate::chance;
use crate::sources::{self, Correction, Wanted};

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Claim {
    id: String,
    sort: &'static str,
    /// Where it is marked.
    #[serde(flatten)]
    at: Stretch,
    /// The sentence it stands in.
    sentence: Stretch,
    /// A code (`attack`, `firm`), a value or a name, by its sort.
    says: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<ClaimedPlace>,
    people: Vec<Takes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modality: Option<&'static str>,
    rule: &'static str,
    /// Its rule is silent.
    muted: bool,
    /// Whether a person is led to it, or only decides when pointing at it.
    leads: bool,
    /// Kinds of record that can be drafted from it.
    becomes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<Judged>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
struct ClaimedPlace {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
}

/// Who takes part, and in which part.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct Takes {
    name: String,
    part: String,
    /// The code of a state.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Judgement {
    Accepted,
    Corrected,
    Rejected,
    /// Takes back what was decided.
    Undone,
}

impl Judgement {
    fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Rejected => "rejected",
            Self::Undone => "undone",
        }
    }
}

/// What was decided, by whom and when.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct Judged {
    verdict: String,
    person: Person,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    correction: Option<Correction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<MadeDraft>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct MadeDraft {
    kind: String,
    id: String,
    /// Whether it is the reader's own: drafts are their author's.
    mine: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Judge {
    verdict: Judgement,
    /// Goes with `corrected`.
    #[serde(default)]
    correction: Option<Correction>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Decided {
    claim: Claim,
    /// The draft made of it, among the drafts of whoever decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<MadeDraft>,
}

/// Accepts, corrects or rejects a claim, or takes that back. What can become a record becomes a
/// draft of whoever decided, if they may write that kind.
#[utoipa::path(
    post, path = "/api/articles/{id}/claims/{claim}", tag = "articles",
    params(("id" = String, Path), ("claim" = String, Path)), request_body = Judge,
    responses((status = 200, body = Decided), (status = "4XX", body = Refused))
)]
pub(crate) async fn decide(
    State(screens): State<Screens>,
    seat: Seat,
    Path((id, claim)): Path<(String, String)>,
    Sent(judge): Sent<Judge>,
) -> Result<Json<Decided>, Refusal> {
    let id = may_read(&seat.person, &id)?;
    let person = seat.person;
    let decided = screens.off_thread(move |screens| {
        let at = At::find(screens, &person, &id, &claim)?;
        let before = at.decision()?;
        let correction = judge.correction.filter(|_| judge.verdict == Judgement::Corrected);
        let made = match judge.verdict {
            Judgement::Accepted | Judgement::Corrected => {
                at.make_draft(before.as_ref(), correction.as_ref())?
            }
            Judgement::Rejected | Judgement::Undone => {
                at.drop_draft(before.as_ref())?;
                None
            }
        };
        at.write(judge.verdict, correction.as_ref(), made)?;
        at.answer()
    });
    Ok(Json(decided.await?))
}

/// Makes a draft from a claim that was accepted, for whoever asks: the liaison writes the promises
/// that an analyst accepted.
#[utoipa::path(
    post, path = "/api/articles/{id}/claims/{claim}/draft", tag = "articles",
    params(("id" = String, Path), ("claim" = String, Path)),
    responses((status = 200, body = Decided), (status = "4XX", body = Refused))
)]
pub(crate) async fn draft(
    State(screens): State<Screens>,
    seat: Seat,
    Path((id, claim)): Path<(String, String)>,
) -> Result<Json<Decided>, Refusal> {
    let id = may_read(&seat.person, &id)?;
    let person = seat.person;
    let decided = screens.off_thread(move |screens| {
        let at = At::find(screens, &person, &id, &claim)?;
        let before = at.decision()?;
        let taken = before.as_ref().is_some_and(|one| one.verdict != "rejected");
        let Some(before) = before.as_ref().filter(|_| taken) else {
            return Err(not_accepted());
        };
        let correction = correction_of(before);
        let made = at.make_draft(Some(before), correction.as_ref())?;
        let mut answer = at.answer()?;
        answer.draft = made.map(|(kind, id)| MadeDraft { kind, id, mine: true });
        Ok(answer)
    });
    Ok(Json(decided.await?))
}

fn not_accepted() -> Refusal {
    Refusal::new(
        axum::http::StatusCode::CONFLICT,
        "claim/not-accepted",
        "nobody has accepted this claim",
        "accept or correct it first",
    )
}

/// A claim that somebody points at.
struct At<'a> {
    screens: &'a Screens,
    person: &'a Account,
    kept: Kept,
    run: std::sync::Arc<sources::Run>,
    claim: sources::Claim,
}

impl<'a> At<'a> {
    fn find(
        screens: &'a Screens,
        person: &'a Account,
        id: &diwan_record::ItemId,
        claim: &str,
    ) -> Result<Self, Refusal> {
        let kept = find(screens, person, id)?;
        let list = screens.node.store.articles().all(kept.state)?;
        let run = screens.node.sources.readings.of(kept.state, &list);
        let reading = run.reading(id).ok_or_else(Refusal::unknown)?;
        let mut claims = sources::claims(&kept.digest, reading).into_iter();
        let claim = claims.find(|one| one.id() == claim).ok_or_else(Refusal::unknown)?;
        Ok(Self { screens, person, kept, run, claim })
    }

    fn reading(&self) -> Result<&Reading, Refusal> {
        self.run.reading(&self.kept.id).ok_or_else(Refusal::unknown)
    }

    fn decision(&self) -> Result<Option<Decision>, Refusal> {
        let all = self.screens.node.store.articles().decisions(&self.kept.digest)?;
        Ok(all.into_iter().find(|one| one.claim == self.claim.key))
    }

    /// A draft of the fittest kind this person may write; none if there is no such kind. One that
    /// the same person has made of the claim before, as it was corrected, is taken again.
    fn make_draft(
        &self,
        before: Option<&Decision>,
        correction: Option<&Correction>,
    ) -> Result<Option<(String, String)>, Refusal> {
        let mine = before.filter(|one| one.person == self.person.id.as_str());
        if let Some(made) = mine.and_then(|one| one.draft.clone())
            && correction.is_none()
        {
            return Ok(Some(made));
        }
        self.drop_draft(before)?;
        let writes = |kind: &&Kind| self.person.may(|role| role.writes(kind));
        let Some(kind) = sources::kinds(&self.claim).iter().find(writes) else {
            return Ok(None);
        };
        let none = Correction::default();
        let reading = self.reading()?;
        let correction = correction.unwrap_or(&none);
        let Some(wanted) = sources::draft(kind, &self.claim, reading, &self.kept, correction)
        else {
            return Ok(None);
        };
        self.keep_draft(&wanted).map(Some)
    }

    fn keep_draft(&self, wanted: &Wanted) -> Result<(String, String), Refusal> {
        let kind = wanted.kind.code().to_owned();
        let id = diwan_record::ItemId(chance::bytes()).to_string();
        let mut label = default_label(self.screens, self.person);
        label.legal_basis = diwan_record::LegalBasis::OpenSource;
        label.state = self.kept.state;
        let saved_at = self.screens.node.clock.now();
        let draft = json!({
            "id": id, "kind": kind, "saved_at": saved_at, "title": wanted.title,
            "content": {
                "label": Label::from(&label), "precedence": "ROUTINE", "body": wanted.body,
            },
        });
        let kept = diwan_store::Draft {
            id: id.clone(),
            kind: kind.clone(),
            saved_at,
            json: draft.to_string(),
        };
        if self.screens.node.store.local().put_draft(self.person.id.as_str(), &kept)? {
            Ok((kind, id))
        } else {
            Err(super::super::drafts::too_many())
        }
    }

    /// Removes the draft that this person's decision made, unless they have worked on it since.
    fn drop_draft(&self, before: Option<&Decision>) -> Result<(), Refusal> {
        let mine = before.filter(|one| one.person == self.person.id.as_str());
        let Some((one, (_, id))) = mine.and_then(|one| Some((one, one.draft.as_ref()?))) else {
            return Ok(());
        };
        let local = self.screens.node.store.local();
        let by = self.person.id.as_str();
        let same = |draft: &diwan_store::Draft| draft.id == *id && draft.saved_at <= one.at;
        if local.drafts(by)?.iter().any(same) {
            local.remove_draft(by, id)?;
        }
        Ok(())
    }

    fn write(
        &self,
        verdict: Judgement,
        correction: Option<&Correction>,
        draft: Option<(String, String)>,
    ) -> Result<(), Refusal> {
        let correction = correction.map(serde_json::to_string).transpose();
        let decision = Decision {
            claim: self.claim.key.clone(),
            verdict: verdict.code().to_owned(),
            correction: correction.map_err(anyhow::Error::from)?,
            person: self.person.id.to_string(),
            at: self.screens.node.clock.now(),
            draft,
        };
        Ok(self.screens.node.store.articles().decide(&decision)?)
    }

    fn answer(&self) -> Result<Decided, Refusal> {
        let articles = self.screens.node.store.articles();
        let decisions = articles.decisions(&self.kept.digest)?;
        let muted = sources::muted(&articles)?;
        let texts = Texts::new(&self.reading()?.page.text);
        let names = Names::new(self.screens)?.of(&self.person.id);
        let claim = shown(&self.claim, &decisions, &muted, &texts, &names)?;
        let draft = claim.decision.as_ref().and_then(|one| one.draft.clone());
        Ok(Decided { claim, draft: draft.filter(|draft| draft.mine) })
    }
}

fn correction_of(decision: &Decision) -> Option<Correction> {
    decision.correction.as_ref().and_then(|text| serde_json::from_str(text).ok())
}

/// A claim as the screen shows it.
pub(super) fn shown(
    claim: &sources::Claim,
    decisions: &[Decision],
    muted: &BTreeSet<String>,
    texts: &Texts,
    names: &Names<'_>,
) -> Result<Claim, Refusal> {
    let decision = decisions.iter().find(|one| one.claim == claim.key);
    let judged = |one: &Decision| -> Result<Judged, Refusal> {
        let draft = one.draft.clone().map(|(kind, id)| MadeDraft {
            kind,
            id,
            mine: names.is_reader(&one.person),
        });
        Ok(Judged {
            verdict: one.verdict.clone(),
            person: names.person(&one.person)?,
            at: one.at,
            correction: correction_of(one),
            draft,
        })
    };
    let place = claim.place.as_ref().map(|place| ClaimedPlace {
        name: place.name.clone(),
        lat: place.position.map(|(lat, _)| lat),
        lon: place.position.map(|(_, lon)| lon),
    });
    let people = claim.people.iter().map(|one| Takes {
        name: one.name.clone(),
        part: one.part.clone(),
        state: one.entity.strip_prefix("c:").map(str::to_owned),
    });
    Ok(Claim {
        id: claim.id(),
        sort: sources::sort_code(claim.sort),
        at: texts.stretch(claim.span),
        sentence: texts.stretch(claim.sentence),
        says: claim.says.clone(),
        date: claim.date.clone(),
        place,
        people: people.collect(),
        modality: claim.modality,
        rule: claim.rule,
        muted: muted.contains(claim.rule),
        leads: claim.leads(),
        becomes: sources::kinds(claim).iter().map(|kind| kind.code().to_owned()).collect(),
        decision: decision.map(judged).transpose()?,
    })
}

/// Turns places in bytes of a text into UTF-16 units, as the browser counts.
pub(crate) struct Texts<'a> {
    text: &'a str,
    /// Every so many bytes: the byte and how many units stand before it.
    marks: Vec<(usize, usize)>,
}

impl<'a> Texts<'a> {
    const STEP: usize = 256;

    pub(crate) fn new(text: &'a str) -> Self {
        let mut marks = vec![(0, 0)];
        let mut units = 0;
        for (byte, char) in text.char_indices() {
            if marks.last().is_some_and(|(last, _)| byte >= last + Self::STEP) {
                marks.push((byte, units));
            }
            units += char.len_utf16();
        }
        Self { text, marks }
    }

    pub(crate) fn stretch(&self, span: Span) -> Stretch {
        Stretch { start: self.units(span.start), end: self.units(span.end) }
    }

    fn units(&self, byte: usize) -> usize {
        let after = self.marks.partition_point(|(mark, _)| *mark <= byte);
        let (mark, before) = self.marks.get(after.saturating_sub(1)).copied().unwrap_or((0, 0));
        let between = self.text.get(mark..byte.min(self.text.len())).unwrap_or_default();
        before + between.encode_utf16().count()
    }
}

/// Names of people of this node, each asked for once.
pub(super) struct Names<'a> {
    reader: diwan_store::Reader,
    known: RefCell<BTreeMap<String, String>>,
    of: Option<&'a PersonId>,
}

impl<'a> Names<'a> {
    pub(super) fn new(screens: &Screens) -> Result<Self, Refusal> {
        let reader = screens.node.store.reader()?;
        Ok(Self { reader, known: RefCell::default(), of: None })
    }

    /// Whose drafts are "mine".
    pub(super) fn of(self, reader: &'a PersonId) -> Self {
        Self { of: Some(reader), ..self }
    }

    fn is_reader(&self, person: &str) -> bool {
        self.of.is_some_and(|of| of.as_str() == person)
    }

    pub(super) fn person(&self, id: &str) -> Result<Person, Refusal> {
        let known = self.known.borrow().get(id).cloned();
        let name = match (known, id.parse::<PersonId>()) {
            (Some(name), _) => name,
            (None, Ok(parsed)) => {
                let found = self.reader.ledger(|ledger| Account::find(ledger, &parsed))?;
                found.map_or_else(|| id.to_owned(), |person| person.name)
            }
            (None, Err(_)) => id.to_owned(),
        };
        self.known.borrow_mut().insert(id.to_owned(), name.clone());
        Ok(Person { id: id.to_owned(), name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_the_browser_counts_them() {
        let text = "a😀معبر ".repeat(100);
        let texts = Texts::new(&text);
        for (byte, _) in text.char_indices() {
            let units = text[..byte].encode_utf16().count();
            assert_eq!(texts.units(byte), units);
        }
        let end = text.encode_utf16().count();
        assert_eq!(texts.units(text.len()), end);
        assert_eq!(texts.units(usize::MAX), end, "beyond the end is the end");
    }
}
