//! Which items a session was shown, so that only those who saw an item are told that it is gone.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use diwan_record::{Digest, ItemId};

/// Items remembered per session; the oldest are forgotten, and reading the page shows them gone.
const ITEMS: usize = 4096;
/// Sessions remembered.
const SESSIONS: usize = 1024;

/// Items by session.
#[derive(Debug, Default)]
pub(crate) struct Seen(Mutex<Sessions>);

#[derive(Debug, Default)]
struct Sessions {
    items: BTreeMap<Digest, Items>,
    order: VecDeque<Digest>,
}

#[derive(Debug, Default)]
struct Items {
    known: BTreeSet<ItemId>,
    order: VecDeque<ItemId>,
}

impl Seen {
    pub(crate) fn show(&self, session: Digest, shown: impl IntoIterator<Item = ItemId>) {
        let mut sessions = self.sessions();
        if !sessions.items.contains_key(&session) {
            sessions.order.push_back(session);
            if sessions.order.len() > SESSIONS
                && let Some(oldest) = sessions.order.pop_front()
            {
                sessions.items.remove(&oldest);
            }
        }
        let items = sessions.items.entry(session).or_default();
        for item in shown {
            if items.known.insert(item) {
                items.order.push_back(item);
            }
            if items.order.len() > ITEMS
                && let Some(oldest) = items.order.pop_front()
            {
                items.known.remove(&oldest);
            }
        }
    }

    pub(crate) fn saw(&self, session: &Digest, item: &ItemId) -> bool {
        self.sessions().items.get(session).is_some_and(|items| items.known.contains(item))
    }

    pub(crate) fn forget(&self, session: &Digest) {
        let mut sessions = self.sessions();
        sessions.items.remove(session);
        sessions.order.retain(|one| one != session);
    }

    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_remembers_what_it_was_shown_within_bounds() {
        let seen = Seen::default();
        let item = |n: usize| {
            let mut id = [0; 16];
            id[..8].copy_from_slice(&n.to_be_bytes());
            ItemId(id)
        };
        let (one, other) = (Digest([1; 32]), Digest([2; 32]));
        seen.show(one, (0..=ITEMS).map(item));
        assert!(!seen.saw(&one, &item(0)) && seen.saw(&one, &item(1)));
        assert!(!seen.saw(&other, &item(1)));
        seen.forget(&one);
        assert!(!seen.saw(&one, &item(1)));
    }
}
