//! One simulated partner: its keys, its room, its ledger and its staff.

use std::collections::BTreeSet;

use diwan_record::{
    Digest, Entitlement, Handling, KeyRole, KeyStatement, Moment, PartnerId, Purpose, Reason,
    RootSet, SignedStatement, Signer, State, Tlp,
};
use diwan_room::{KeyBook, MemoryLedger, Own, Partner, Person, PersonId, Role, Room, What};

/// A release that a second person signed, as the person remembers it: nothing but this lets a
/// record leave.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) what: What,
    pub(crate) to: Vec<PartnerId>,
    pub(crate) onward: Vec<PartnerId>,
    pub(crate) at: i64,
    pub(crate) id: diwan_record::ItemId,
}

/// A recall as the person who started it remembers it.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) digest: Digest,
    /// Empty means from everyone.
    pub(crate) only_from: Vec<PartnerId>,
}

impl Taken {
    pub(crate) fn covers(&self, partner: &PartnerId) -> bool {
        self.only_from.is_empty() || self.only_from.contains(partner)
    }
}

/// What people and partners can testify, kept apart from the room that is being judged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    pub(crate) signed: Vec<Signed>,
    pub(crate) recalls: Vec<Taken>,
    /// Releases a person was told are done.
    pub(crate) told: Vec<diwan_record::ItemId>,
    /// Entries seen on the wire, by recipient: what was judged once is not judged by later terms.
    pub(crate) seen: std::collections::BTreeMap<PartnerId, Vec<Vec<u8>>>,
    /// Agreements in force so far, by partner, in order.
    pub(crate) in_force: std::collections::BTreeMap<PartnerId, Vec<Digest>>,
    /// Highest receipt given and got, by partner.
    pub(crate) given: std::collections::BTreeMap<PartnerId, u64>,
    pub(crate) got: std::collections::BTreeMap<PartnerId, u64>,
    /// Records judged at the door, by position.
    pub(crate) judged: u64,
    /// Recalls of others that were taken: digest and originator.
    pub(crate) tombs: BTreeSet<(Digest, PartnerId)>,
}

/// One simulated partner.
#[derive(Debug)]
pub struct Node {
    pub id: PartnerId,
    pub ledger: MemoryLedger,
    pub(crate) room: Room,
    pub(crate) keys: KeyBook,
    /// How far its clock is off, in microseconds.
    pub(crate) skew: i64,
    pub(crate) cheats: bool,
    /// Its ledger was once restored from an older copy.
    pub restored: bool,
    pub(crate) copies: Vec<MemoryLedger>,
    pub(crate) memory: Memory,
    /// When its release and receipt keys were renewed.
    pub(crate) renewed: Vec<Moment>,
}

/// The staff of every node: name, roles, whether they read everything.
const STAFF: &[(&str, &[Role], bool)] = &[
    ("analyst", &[Role::Analyst, Role::SiteDesk], true),
    ("junior", &[Role::Analyst], false),
    ("watch", &[Role::WatchOfficer], true),
    ("liaison", &[Role::Liaison], true),
    ("officer", &[Role::ReleasingOfficer], true),
    ("second", &[Role::ReleasingOfficer], true),
    ("admin", &[Role::Administrator], true),
];

/// Reads everything there is.
#[must_use]
pub fn everything() -> Entitlement {
    Entitlement {
        tlp: Tlp::Red,
        handling: Handling::H3,
        purpose: Purpose::ALL.iter().copied().collect(),
        state: State::ALL.iter().copied().collect(),
    }
}

/// What the junior of each node may read.
#[must_use]
pub fn little() -> Entitlement {
    Entitlement {
        tlp: Tlp::Green,
        handling: Handling::H1,
        purpose: BTreeSet::from([Purpose::Coordination, Purpose::CounterSmuggling]),
        state: BTreeSet::from([State::Actual]),
    }
}

fn signer(role: KeyRole, of: &str, name: &str) -> Signer {
    let seed = Digest::of(format!("rehearsal {} {of} {name}", role.code()).as_bytes());
    Signer::new(role, &seed.0)
}

/// Who a partner is, as its own room sees it.
#[must_use]
pub fn own(id: &PartnerId) -> Own {
    let of = id.as_str();
    Own::new(
        id.clone(),
        root(id).id(),
        signer(KeyRole::Release, of, ""),
        signer(KeyRole::Receipt, of, ""),
    )
    .expect("the keys are made for their roles")
}

/// The same after its keys were renewed at these times.
fn own_renewed(id: &PartnerId, renewed: &[Moment]) -> Own {
    let of = id.as_str();
    let generation = renewed.len();
    let own = Own::new(
        id.clone(),
        root(id).id(),
        generation_of(KeyRole::Release, id, generation),
        generation_of(KeyRole::Receipt, id, generation),
    );
    let mut from = vec![Moment::from_micros(1)];
    from.extend(renewed);
    let root_key = signer(KeyRole::Root, of, "");
    let mut statements = Vec::new();
    for role in [KeyRole::Release, KeyRole::Receipt] {
        for (generation, from) in from.iter().enumerate() {
            let key = generation_of(role, id, generation).public().clone();
            let until = from.plus(1000 * crate::world::DAY);
            let statement = KeyStatement { partner: id.clone(), role, key, from: *from, until };
            statements.push(SignedStatement(vec![statement.seal(&root_key).into()]));
        }
    }
    let own = own.and_then(|own| own.with_statements(&root(id), &statements));
    own.expect("the root signs its own statements")
}

fn generation_of(role: KeyRole, id: &PartnerId, generation: usize) -> Signer {
    let name = if generation == 0 { String::new() } else { generation.to_string() };
    signer(role, id.as_str(), &name)
}

/// Opens with whichever key of this partner it was signed with: how often a key is renewed in a
/// story is the story's.
pub(crate) fn opened<T>(
    role: KeyRole,
    id: &PartnerId,
    open: impl Fn(&diwan_record::PublicKey) -> Result<T, Reason>,
) -> Result<T, Reason> {
    let mut found = Err(Reason::KeyUnknown);
    for generation in 0..4 {
        found = found.or_else(|_: Reason| open(generation_of(role, id, generation).public()));
    }
    found
}

fn root(id: &PartnerId) -> RootSet {
    RootSet { keys: vec![signer(KeyRole::Root, id.as_str(), "").public().clone()], threshold: 1 }
}

/// The same partner as others see it.
#[must_use]
pub fn partner(id: &PartnerId) -> Partner {
    let of = id.as_str();
    Partner {
        id: id.clone(),
        names: vec![("en".to_owned(), of.to_owned())],
        root: root(id),
        release: signer(KeyRole::Release, of, "").public().clone(),
        receipt: signer(KeyRole::Receipt, of, "").public().clone(),
        tls: signer(KeyRole::Tls, of, "").public().clone(),
        addresses: Vec::new(),
        confirmed_by: Vec::new(),
        past: Vec::new(),
        since: Vec::new(),
    }
}

/// The key with which a person of a node approves.
#[must_use]
pub fn person_key(id: &PartnerId, name: &str) -> Signer {
    signer(KeyRole::Person, id.as_str(), name)
}

/// The release key of a node: only the cheat and the checks use it outside a room.
pub(crate) fn release_key(id: &PartnerId) -> Signer {
    signer(KeyRole::Release, id.as_str(), "")
}

/// The key with which a node signs heads now.
pub(crate) fn release_key_now(node: &Node) -> Signer {
    generation_of(KeyRole::Release, &node.id, node.renewed.len())
}

pub(crate) fn receipt_key(id: &PartnerId) -> Signer {
    signer(KeyRole::Receipt, id.as_str(), "")
}

/// A person of the staff by name.
#[must_use]
pub fn named(name: &str) -> PersonId {
    name.parse().expect("names of the staff are well formed")
}

/// The staff of a node.
#[must_use]
pub fn staff(id: &PartnerId) -> Vec<Person> {
    let person = |(name, roles, all): &(&str, &[Role], bool)| Person {
        id: named(name),
        name: (*name).to_owned(),
        roles: roles.iter().copied().collect(),
        entitlement: if *all { everything() } else { little() },
        key: person_key(id, name).public().clone(),
        credential: String::new(),
        disabled: false,
    };
    STAFF.iter().map(person).collect()
}

impl Node {
    pub(crate) fn new(id: PartnerId) -> Self {
        Self {
            room: Room::new(own(&id)),
            id,
            ledger: MemoryLedger::default(),
            keys: KeyBook::default(),
            skew: 0,
            cheats: false,
            restored: false,
            copies: Vec::new(),
            memory: Memory::default(),
            renewed: Vec::new(),
        }
    }

    /// The program ended: what the room remembered is gone, the ledger stays.
    pub(crate) fn restart(&mut self) {
        let own = own_renewed(&self.id, &self.renewed);
        self.keys = KeyBook::load(&own, &self.ledger).unwrap_or_default();
        self.room = Room::new(own);
    }
}
