//! A node's directory, opened to work on it or to look at it.

use std::path::Path;

use anyhow::Context as _;
use diwan_room::{Event, Fault, Outcome, Partner, Person, PersonId, Role, Room};
use diwan_store::Store;
use serde_json::json;

use super::args::Passwords;
use super::ask;
use super::outcome::{Done, Failure, Said};
use crate::clock::Clock;
use crate::config::Config;
use crate::keys::{NodeDir, Secrets};
use crate::pair::Offer;
use crate::people::check_password;

/// The ledger for looking at, also beside a running node.
pub(super) fn read_only(dir: &Path) -> Result<Store, Failure> {
    Config::load(dir)?;
    let store = diwan_store::open_read_only(&NodeDir::new(dir).store());
    Ok(store.context("the ledger cannot be read")?)
}

/// The ledger of a node that is stopped, and stays so while this is held.
pub(super) fn stopped(dir: &NodeDir) -> Result<Store, Failure> {
    diwan_store::open(&dir.store()).map_err(|fault| match fault {
        Fault::Busy(_) => Failure::refused(
            "the node is running, and only it writes its ledger",
            "stop it first, or use the screens",
        ),
        other => Failure::Fault(other.into()),
    })
}

/// A stopped node, opened to work on it.
pub(super) struct Open {
    pub(super) dir: NodeDir,
    pub(super) config: Config,
    pub(super) secrets: Secrets,
    pub(super) store: Store,
    pub(super) clock: Clock,
}

impl Open {
    pub(super) fn new(dir: &Path) -> Result<Self, Failure> {
        let config = Config::load(dir)?;
        let clock = Clock::default();
        let dir = NodeDir::new(dir);
        let secrets = dir.open(&config, clock.now())?;
        let store = stopped(&dir)?;
        Ok(Self { dir, config, secrets, store, clock })
    }

    pub(super) fn person(&self, id: &PersonId) -> Result<Person, Failure> {
        let found =
            self.store.reader().and_then(|reader| reader.ledger(|ledger| Person::find(ledger, id)));
        let found = found.context("the ledger cannot be read")?;
        found.ok_or_else(|| Failure::refused(format!("there is no person `{id}`"), "see user list"))
    }

    /// A code keeps its root for good, and a root its code: refused before anybody reads a phrase.
    pub(super) fn check_new(&self, offer: &Offer) -> Result<(), Failure> {
        let root = offer.public.root.id();
        let own = &self.secrets.card;
        let known =
            self.store.reader().and_then(|reader| reader.ledger(|ledger| Partner::all(ledger)));
        let known = known.context("the ledger cannot be read")?;
        let mut all: Vec<_> = known.iter().map(|one| (&one.id, one.root.id())).collect();
        all.push((&own.id, own.root));
        for (id, known_root) in all {
            if (*id == offer.partner) != (known_root == root) {
                return Err(Failure::refused(
                    format!("offer refused: `{id}` is known here by another root or name"),
                    "do not pair before both sides have found out why",
                ));
            }
        }
        if offer.partner == own.id {
            return Err(Failure::refused("offer refused: it is our own", "take the other side's"));
        }
        Ok(())
    }

    /// Refused before anybody reads a phrase; the room refuses it as well.
    pub(super) fn check_pairs(&self, id: &PersonId) -> Result<(), Failure> {
        if self.person(id)?.may(Role::pairs) {
            return Ok(());
        }
        Err(Failure::refused(
            format!("`{id}` may not confirm who a partner is"),
            "ask a liaison, a releasing officer or an administrator",
        ))
    }

    /// One wording for an unknown person and a wrong password.
    pub(super) fn check_person(&self, id: &PersonId, passwords: &Passwords) -> Result<(), Failure> {
        let password = ask::password(passwords, id.as_str())?;
        let known = self.person(id).ok().filter(|person| !person.disabled);
        let key = known.and_then(|person| check_password(&person.credential, &password));
        let refused =
            || Failure::refused(format!("`{id}` was not recognised"), "check the password");
        key.map(drop).ok_or_else(refused)
    }

    pub(super) fn put(&self, person: Person, what: &str) -> Done {
        let id = person.id.clone();
        self.step(Event::PutPerson { by: None, person: Box::new(person) })?;
        Ok(Said { text: format!("{id} {what}"), json: json!({ "id": id.as_str() }) })
    }

    /// One event through the same entrance as ever, committed at once.
    pub(super) fn step(&self, event: Event) -> Result<(), Failure> {
        let now = self.clock.now();
        let own = self.dir.open(&self.config, now)?.own;
        let mut writer = self.store.writer().context("the ledger cannot be written")?;
        writer.begin().context("the ledger cannot be written")?;
        let stepped = Room::new(own).step(now, event, &mut writer);
        let (outcome, _) = stepped.context("the ledger cannot be written")?;
        writer.commit().context("the ledger cannot be written")?;
        match outcome {
            Outcome::Refused(reason) => Err(reason.into()),
            Outcome::Done
            | Outcome::Record { .. }
            | Outcome::Release { .. }
            | Outcome::Agreement { .. } => Ok(()),
        }
    }
}
