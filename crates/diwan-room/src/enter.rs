//! What people of this node do about records and accounts.

use diwan_names::confusable;
use diwan_record::kind::Body;
use diwan_record::{
    Digest, Draft, ItemId, Kind, Label, PartnerId, Precedence, Reason, Record, seal,
};

use crate::docs::{docs, put};
use crate::effect::{Notice, Outcome};
use crate::event::{NewRecord, Tending};
use crate::ledger::{Fault, Held, Shelf, Source, Standing};
use crate::partner::Partner;
use crate::person::{Person, PersonId, Role};
use crate::room::{Halt, Step};

impl Step<'_> {
    /// A draft becomes our record: version, signature, and a place in the ledger.
    pub(crate) fn enter(&mut self, by: &PersonId, new: NewRecord) -> Result<Outcome, Halt> {
        let author = self.person(by)?;
        if matches!(new.kind, Kind::Withdrawal | Kind::Acknowledgement) {
            return Err(Reason::KindNotWritable.into());
        }
        let role = author.roles.iter().find(|role| role.writes(&new.kind));
        let role = role.ok_or(Reason::RoleMissing)?.code();
        author.entitlement.covers(&new.label)?;
        let begins = new.item.is_none();
        let item = self.item_of(&author, &new)?;
        let version = self.next_version(&author, item, &new)?;
        let precedence = new.precedence;
        let record = seal(
            Draft {
                originator: self.own.id.clone(),
                item,
                kind: new.kind,
                version,
                variant: new.variant,
                replaces: new.replaces,
                label: new.label,
                body: new.body,
                made: self.now,
                author_role: role.to_owned(),
            },
            &self.own.release,
        )?;
        if let Ok(body) = record.body() {
            for reference in body.references() {
                self.must_see(&author, reference, record.label())?;
            }
        }
        let digest = *record.digest();
        let held = self.keep_own(record, precedence)?;
        self.log(
            Some(by.to_string()),
            "entered",
            vec![("record", digest.to_string()), ("kind", held.record.header().kind.to_string())],
        )?;
        self.release_by_rule(&held, begins)?;
        Ok(Outcome::Record { digest, item })
    }

    /// Keeps a record this node has just signed.
    pub(crate) fn keep_own(
        &mut self,
        record: Record,
        precedence: Precedence,
    ) -> Result<Held, Fault> {
        let mut held = Held {
            position: 0,
            label: record.label().clone(),
            record,
            source: Source::Own,
            label_no: 0,
            onward: Vec::new(),
            precedence,
            received: self.now,
            standing: Standing::Kept,
        };
        held.position = self.ledger.keep(&held)?;
        self.notice_kept(&held, held.position);
        Ok(held)
    }

    /// The picture follows; what nobody may wait for is named.
    pub(crate) fn notice_kept(&mut self, held: &Held, position: u64) {
        self.notice(Notice::Ledger);
        if held.standing == Standing::Kept && held.precedence.is_urgent() {
            let about = held.record.body().ok().and_then(Body::about);
            let item = about.unwrap_or(held.record.header().item);
            self.notice(Notice::Urgent { item, position });
        }
    }

    /// A new item, or an existing one that the author may see. A hidden item answers like one
    /// that does not exist.
    fn item_of(&self, author: &Person, new: &NewRecord) -> Result<ItemId, Halt> {
        match new.item {
            None => Ok(new.fresh),
            Some(item) => {
                self.must_see(author, item, &new.label)?;
                Ok(item)
            }
        }
    }

    /// Refuses an item of which the reader sees no record in the label's state.
    fn must_see(&self, reader: &Person, item: ItemId, label: &Label) -> Result<(), Halt> {
        for filed in self.ledger.of_item(&item)? {
            let held = self.ledger.held(&filed.digest)?;
            let seen = held.is_some_and(|held| {
                held.standing == Standing::Kept
                    && held.label.state == label.state
                    && reader.entitlement.covers(&held.label).is_ok()
            });
            if seen {
                return Ok(());
            }
        }
        Err(Reason::ItemUnknown.into())
    }

    /// Versions count up from what we wrote before and the author sees; a correction must name the
    /// newest of these. Hidden ones leave no mark: the correction stands beside them
    /// (docs/decisions/0016).
    fn next_version(&self, author: &Person, item: ItemId, new: &NewRecord) -> Result<u32, Halt> {
        let (mut newest, mut replaced) = (None, None);
        for (version, digest) in self.ledger.versions(&self.own.id, &item, new.variant)? {
            let held = self.ledger.held(&digest)?;
            let seen = held.filter(|held| author.entitlement.covers(&held.label).is_ok());
            if let Some(held) = seen {
                newest = newest.max(Some(version));
                replaced =
                    Some((version, held)).filter(|_| new.replaces == Some(digest)).or(replaced);
            }
        }
        match (newest, replaced) {
            (None, None) if new.replaces.is_none() => Ok(1),
            (None, _) => Err(Reason::NotOurs.into()),
            (Some(newest), Some((version, before))) if version == newest => {
                if !new.label.at_least_as_strict_as(&retimed(&before.label, &new.label)) {
                    return Err(Reason::LabelLooser.into());
                }
                Ok(version.checked_add(1).ok_or(Reason::VersionStale)?)
            }
            (Some(_), _) => Err(Reason::VersionStale.into()),
        }
    }

    /// Reading is audited: one line, with the item and never its content.
    pub(crate) fn read(&mut self, by: &PersonId, item: ItemId) -> Result<Outcome, Halt> {
        self.log(Some(by.to_string()), "read", vec![("item", item.to_string())])?;
        Ok(Outcome::Done)
    }

    /// What is read from outside, and by which rules, is nobody's private choice: one line each.
    pub(crate) fn tend(
        &mut self,
        by: &PersonId,
        what: Tending,
        about: String,
    ) -> Result<Outcome, Halt> {
        if !self.person(by)?.may(Role::reads_articles) {
            return Err(Reason::RoleMissing.into());
        }
        self.log(Some(by.to_string()), what.code(), vec![("about", about)])?;
        Ok(Outcome::Done)
    }

    pub(crate) fn put_person(
        &mut self,
        by: Option<&PersonId>,
        person: &Person,
    ) -> Result<Outcome, Halt> {
        if let Some(by) = by {
            let admin = self.person(by)?;
            // Nobody changes their own rights, and nobody grants what a second person never saw.
            let own_account = *by == person.id && admin.roles != person.roles;
            if !admin.has(Role::Administrator) || own_account {
                return Err(Reason::RoleMissing.into());
            }
        } else if !self.ledger.docs(Shelf::Person, &[])?.is_empty() {
            let known = Person::find(self.ledger, &person.id)?;
            // The console of a stopped node may add people; the log says so.
            self.log(
                None,
                "person-at-console",
                vec![("person", person.id.to_string()), ("known", known.is_some().to_string())],
            )?;
        }
        self.must_not_pass_for_another(person)?;
        put(self.ledger, Shelf::Person, person.id.as_str().as_bytes(), person)?;
        self.log(
            by.map(ToString::to_string),
            "person",
            vec![("person", person.id.to_string()), ("disabled", person.disabled.to_string())],
        )?;
        self.notice(Notice::People);
        Ok(Outcome::Done)
    }

    /// People share names; an account, or a name in letters that only look the same, would be taken
    /// for somebody else's on every screen.
    fn must_not_pass_for_another(&self, person: &Person) -> Result<(), Halt> {
        let alike = |other: &Person| {
            let account = confusable::look_alike(other.id.as_str(), person.id.as_str());
            other.id != person.id && (account || confusable::is_disguise(&other.name, &person.name))
        };
        let others: Vec<Person> = docs(self.ledger, Shelf::Person, &[])?;
        if others.iter().any(alike) { Err(Reason::LooksAlike.into()) } else { Ok(()) }
    }

    /// Two different people of ours compared the check phrase. Nothing passes yet: there is no
    /// agreement.
    pub(crate) fn pair(&mut self, by: &[PersonId; 2], partner: &Partner) -> Result<Outcome, Halt> {
        let [one, other] = by;
        if one == other {
            return Err(Reason::ReleaseSamePerson.into());
        }
        for person in [one, other] {
            if !self.person(person)?.may(Role::pairs) {
                return Err(Reason::RoleMissing.into());
            }
        }
        partner.root.check()?;
        let root = partner.root.id();
        for known in Partner::all(self.ledger)? {
            let same_code = known.id == partner.id;
            // A code keeps its root for good; new role keys of the same root may come.
            if same_code != (known.root.id() == root) {
                return Err(Reason::KeyUnfit.into());
            }
            if !same_code && looks_like(&known, partner) {
                return Err(Reason::LooksAlike.into());
            }
        }
        if partner.id == self.own.id || root == self.own.root {
            return Err(Reason::PartnerForm.into());
        }
        let partner = match Partner::find(self.ledger, &partner.id)? {
            Some(before) => partner.clone().after(&before)?,
            None => partner.clone(),
        };
        self.put_partner(&partner)?;
        self.log(
            Some(one.to_string()),
            "paired",
            vec![("partner", partner.id.to_string()), ("second", other.to_string())],
        )?;
        self.notice(Notice::Partner(partner.id.clone()));
        Ok(Outcome::Done)
    }

    /// Keeps a partner whose keys are new; those who verify with them are told.
    pub(crate) fn put_partner(&mut self, partner: &Partner) -> Result<(), Fault> {
        put(self.ledger, Shelf::Partner, partner.id.as_str().as_bytes(), partner)?;
        self.notice(Notice::People);
        Ok(())
    }
}

/// Whether a code or a name of one partner could be taken for that of the other.
fn looks_like(known: &Partner, new: &Partner) -> bool {
    let code = |one: &Partner| (String::new(), one.id.to_string());
    let taken = known.names.iter().cloned().chain([code(known)]).map(|(_, name)| name);
    let taken: confusable::Taken = taken.collect();
    new.names.iter().chain([&code(new)]).any(|(_, name)| taken.resembling(name).is_some())
}

/// A review or retention date may be set anew with each version without making it looser.
fn retimed(before: &Label, new: &Label) -> Label {
    Label {
        review: new.review,
        retention: new.retention,
        legal_basis: new.legal_basis,
        ..before.clone()
    }
}

/// An identifier derived from what it is about, for records the node writes by itself: the room
/// draws nothing by chance.
pub(crate) fn derived_item(sort: &[u8], about: &Digest, own: &PartnerId) -> ItemId {
    let digest =
        Digest::of_parts(&[b"diwan/derived/v1\0", sort, &about.0, own.as_str().as_bytes()]);
    let mut item = [0; 16];
    item.iter_mut().zip(digest.0).for_each(|(to, from)| *to = from);
    ItemId(item)
}
