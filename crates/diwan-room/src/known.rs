//! Small documents as read before. A person, a partner, an agreement decide about thousands of
//! records between two changes, and reading one costs more than deciding by it.

use std::collections::BTreeMap;
use std::sync::Arc;

use diwan_record::{Date, PartnerId, Reason};

use crate::agreement::{Terms, terms_in_force};
use crate::docs::doc;
use crate::ledger::{Fault, Ledger, Shelf};
use crate::partner::Partner;
use crate::person::{Person, PersonId};
use crate::release::Release;

/// What one party may give another, or why nothing.
pub(crate) type InForce = Arc<Result<Terms, Reason>>;

/// Each is forgotten as soon as one of its shelves is written.
#[derive(Debug, Default)]
pub(crate) struct Known {
    people: Since<1, BTreeMap<PersonId, Arc<Person>>>,
    partners: Since<1, BTreeMap<PartnerId, Arc<Partner>>>,
    rules: Since<2, Option<Arc<[Release]>>>,
    /// By the other side and the giver; a day later an agreement may have begun or ended.
    terms: Since<2, BTreeMap<(PartnerId, PartnerId), (Date, InForce)>>,
}

/// What was read while its shelves had been written so often.
#[derive(Debug)]
struct Since<const N: usize, T> {
    writes: [u64; N],
    read: T,
}

impl<const N: usize, T: Default> Default for Since<N, T> {
    fn default() -> Self {
        Self { writes: [0; N], read: T::default() }
    }
}

impl<const N: usize, T: Default> Since<N, T> {
    fn current(&mut self, ledger: &dyn Ledger, shelves: [Shelf; N]) -> &mut T {
        let writes = shelves.map(|shelf| ledger.writes(shelf));
        if self.writes != writes {
            *self = Self { writes, read: T::default() };
        }
        &mut self.read
    }
}

impl Known {
    pub(crate) fn person(
        &mut self,
        ledger: &dyn Ledger,
        id: &PersonId,
    ) -> Result<Option<Arc<Person>>, Fault> {
        let people = self.people.current(ledger, [Shelf::Person]);
        if let Some(person) = people.get(id) {
            return Ok(Some(Arc::clone(person)));
        }
        let found = Person::find(ledger, id)?.map(Arc::new);
        people.extend(found.iter().map(|person| (id.clone(), Arc::clone(person))));
        Ok(found)
    }

    pub(crate) fn partner(
        &mut self,
        ledger: &dyn Ledger,
        id: &PartnerId,
    ) -> Result<Option<Arc<Partner>>, Fault> {
        let partners = self.partners.current(ledger, [Shelf::Partner]);
        if let Some(partner) = partners.get(id) {
            return Ok(Some(Arc::clone(partner)));
        }
        let found = Partner::find(ledger, id)?.map(Arc::new);
        partners.extend(found.iter().map(|partner| (id.clone(), Arc::clone(partner))));
        Ok(found)
    }

    /// Releases whose standing rule two people signed.
    pub(crate) fn rules(&mut self, ledger: &dyn Ledger) -> Result<Arc<[Release]>, Fault> {
        let rules = self.rules.current(ledger, [Shelf::StandingRule, Shelf::Release]);
        if let Some(rules) = rules {
            return Ok(Arc::clone(rules));
        }
        let mut found = Vec::new();
        for (id, _) in ledger.docs(Shelf::StandingRule, &[])? {
            found.extend(doc::<Release>(ledger, Shelf::Release, &id)?);
        }
        Ok(Arc::clone(rules.insert(found.into())))
    }

    /// What `giver` may give on `today`, with the other side `with` being us or them.
    pub(crate) fn terms(
        &mut self,
        ledger: &dyn Ledger,
        with: &PartnerId,
        giver: &PartnerId,
        today: Date,
    ) -> Result<InForce, Fault> {
        let terms = self.terms.current(ledger, [Shelf::InForce, Shelf::Agreement]);
        let key = (with.clone(), giver.clone());
        if let Some((day, terms)) = terms.get(&key)
            && *day == today
        {
            return Ok(Arc::clone(terms));
        }
        let found = Arc::new(terms_in_force(ledger, with, giver, today)?);
        terms.insert(key, (today, Arc::clone(&found)));
        Ok(found)
    }
}
