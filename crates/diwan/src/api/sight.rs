//! What one person may see: every answer about records passes here.
//!
//! The store filters by label in SQL; here each row is compared again. A difference is a bug: it
//! is logged as one, and what should not be seen is not.

use std::cell::RefCell;
use std::collections::BTreeMap;

use diwan_record::{Digest, ItemId, Label, Moment, State};
use diwan_room::{Brief, Fault, Folded, Held, HeldStanding, Ledger, Person, PersonId, Viewer};
use diwan_store::Reader;

use super::Screens;
use super::codes;
use super::refusal::Refusal;
use super::shapes::ItemBrief;

/// One person's view of ledger and picture.
pub(crate) struct Sight<'a> {
    pub(crate) screens: &'a Screens,
    pub(crate) reader: Reader,
    pub(crate) person: Person,
    pub(crate) viewer: Viewer,
    pub(crate) now: Moment,
    /// A page repeats few names.
    names: RefCell<BTreeMap<String, String>>,
}

/// Which picture a person looks at when the request does not say: the real one.
pub(crate) fn usual_state(person: &Person) -> State {
    person.entitlement.state.first().copied().unwrap_or(State::Actual)
}

impl<'a> Sight<'a> {
    pub(crate) fn new(
        screens: &'a Screens,
        person: Person,
        state: Option<codes::State>,
    ) -> Result<Self, Refusal> {
        let state = state.map_or_else(|| usual_state(&person), Into::into);
        let viewer = Viewer { entitlement: person.entitlement.clone(), state };
        let (reader, now) = (screens.node.store.reader()?, screens.node.clock.now());
        Ok(Self { screens, reader, person, viewer, now, names: RefCell::default() })
    }

    /// The same person looking at another state.
    pub(crate) fn viewer_in(&self, state: State) -> Viewer {
        Viewer { entitlement: self.viewer.entitlement.clone(), state }
    }

    pub(crate) fn ledger<T>(
        &self,
        ask: impl FnOnce(&dyn Ledger) -> Result<T, Fault>,
    ) -> Result<T, Refusal> {
        Ok(self.reader.ledger(ask)?)
    }

    /// What lists show of an item.
    pub(crate) fn brief(&self, brief: Brief) -> Result<Option<ItemBrief>, Refusal> {
        let label = self.reader.label(brief.label_no)?;
        let other = (brief.state != self.viewer.state).then(|| self.viewer_in(brief.state));
        let viewer = other.as_ref().unwrap_or(&self.viewer);
        Ok(sees(viewer, &label).then(|| ItemBrief::new(brief, &label, self.now)))
    }

    pub(crate) fn briefs(&self, briefs: Vec<Brief>) -> Result<Vec<ItemBrief>, Refusal> {
        let mut shown = Vec::with_capacity(briefs.len());
        for brief in briefs {
            shown.extend(self.brief(brief)?);
        }
        Ok(shown)
    }

    /// An item with its records, in the state that is looked at.
    pub(crate) fn item(&self, item: &ItemId) -> Result<Option<(Folded, Vec<Held>)>, Refusal> {
        self.item_for(item, &self.viewer)
    }

    pub(crate) fn item_for(
        &self,
        item: &ItemId,
        viewer: &Viewer,
    ) -> Result<Option<(Folded, Vec<Held>)>, Refusal> {
        let Some((mut folded, mut held)) = self.reader.item(item, viewer)? else {
            return Ok(None);
        };
        held.retain(|one| sees(viewer, &one.label));
        let seen = |digest: &Digest| held.iter().any(|one| one.record.digest() == digest);
        folded.current.retain(|row| seen(&row.digest));
        folded.superseded.retain(|row| seen(&row.digest));
        Ok(Some((folded, held)))
    }

    /// The brief of an item in a given state, if the person may see it.
    pub(crate) fn brief_of(
        &self,
        item: &ItemId,
        state: State,
    ) -> Result<Option<ItemBrief>, Refusal> {
        let found = self.item_for(item, &self.viewer_in(state))?;
        match found.and_then(|(folded, _)| folded.brief) {
            Some(brief) => self.brief(brief),
            None => Ok(None),
        }
    }

    /// A kept record the person may see in some state of theirs. Hidden, parked, purged and
    /// unknown ones are alike.
    pub(crate) fn held(&self, digest: &Digest) -> Result<Option<Held>, Refusal> {
        let held = self.ledger(|ledger| ledger.held(digest))?;
        Ok(held.filter(|held| {
            held.standing == HeldStanding::Kept
                && self.viewer_in(held.label.state).sees(&held.label)
        }))
    }

    /// As [`Sight::held`], answered as unknown.
    pub(crate) fn must_hold(&self, digest: &Digest) -> Result<Held, Refusal> {
        self.held(digest)?.ok_or_else(Refusal::unknown)
    }

    /// A person's name, for an account of this node.
    pub(crate) fn name(&self, id: &str) -> Result<String, Refusal> {
        if let Some(name) = self.names.borrow().get(id) {
            return Ok(name.clone());
        }
        let person = match id.parse::<PersonId>() {
            Ok(known) => self.ledger(|ledger| Person::find(ledger, &known))?,
            Err(_) => None,
        };
        let name = person.map_or_else(|| id.to_owned(), |person| person.name);
        self.names.borrow_mut().insert(id.to_owned(), name.clone());
        Ok(name)
    }
}

/// The second comparison. INVARIANT: the store's filter lets nothing through that this refuses.
fn sees(viewer: &Viewer, label: &Label) -> bool {
    let seen = viewer.sees(label);
    if !seen {
        tracing::error!("the label filter of the store let through what a viewer may not see");
    }
    seen
}
