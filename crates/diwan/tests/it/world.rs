//! Nodes of a test: made as `diwan init` makes them, run as `diwan serve` runs them.

use std::collections::BTreeSet;
use std::future::Future;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use diwan::chance;
use diwan::clock::Clock;
use diwan::config::{Config, Link, Log, Screens, Sources};
use diwan::keys::NodeDir;
use diwan::node::Node;
use diwan::pair::Offer;
use diwan::people::{PersonKey, check_password, make_credential};
use diwan::run::{Running, start};
use diwan_record::{
    Digest, Entitlement, Handling, ItemId, KeyRole, Kind, Label, LegalBasis, Moment, PartnerId,
    Precedence, Purpose, State, Tighten, Tlp,
};
use diwan_room::{
    Agreement, AgreementState, Ask, Event, NewRecord, Outcome, Partner, Person, PersonId, Release,
    Role, Standing, Terms, What,
};
use tempfile::TempDir;

/// Far longer than anything takes; only a failing test waits for it.
const PATIENCE: Duration = Duration::from_secs(60);
pub(crate) const PASSWORD: &str = "seven quiet herons";

/// One partner of a test.
pub(crate) struct Side {
    pub(crate) id: PartnerId,
    pub(crate) path: PathBuf,
    pub(crate) running: Option<Running>,
    releasing: PersonKey,
}

/// Nodes in one temporary directory, which goes when the test ends.
pub(crate) struct World {
    pub(crate) dir: TempDir,
}

pub(crate) fn now() -> Moment {
    Clock::default().now()
}

fn person(id: &str) -> PersonId {
    id.parse().unwrap()
}

impl World {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A running node with three people, paired with nobody.
    pub(crate) async fn node(&self, code: &str) -> Side {
        let path = self.dir.path().join(code);
        make_dir(&path, code);
        let mut side = Side {
            id: code.parse().unwrap(),
            releasing: check_password(&make_credential(PASSWORD).unwrap().1, PASSWORD).unwrap(),
            running: None,
            path,
        };
        side.start().await;
        for (id, role) in
            [("ana", Role::Analyst), ("rel", Role::ReleasingOfficer), ("lia", Role::Liaison)]
        {
            side.add(id, role).await;
        }
        side
    }
}

/// Makes a node's directory whose listeners take any free port.
pub(crate) fn make_dir(path: &Path, code: &str) {
    let free = SocketAddr::from(([127, 0, 0, 1], 0));
    let config = Config {
        partner: code.parse().unwrap(),
        names: [("en".to_owned(), format!("Partner {code}"))].into(),
        link: Link { listen: free, addresses: Vec::new() },
        screens: Screens { listen: free, basemap: None },
        sources: Sources::default(),
        log: Log::Plain,
    };
    NodeDir::new(path).make(&config, now()).unwrap();
}

/// What the node in this directory tells those who pair with it.
pub(crate) fn offer_of(path: &Path) -> Vec<u8> {
    let dir = NodeDir::new(path);
    let config = Config::load(path).unwrap();
    let offer = Offer {
        partner: config.partner.clone(),
        names: config.name_pairs(),
        public: dir.public().unwrap(),
        addresses: config.link.addresses,
        made: now(),
    };
    offer.seal(&dir.signer(KeyRole::Release).unwrap())
}

impl Side {
    pub(crate) async fn start(&mut self) {
        let running = start(&self.path).await.unwrap();
        // From now on the ports stay: partners know them.
        let mut config = Config::load(&self.path).unwrap();
        config.link.listen = running.link;
        config.link.addresses = vec![running.link.to_string()];
        config.screens.listen = running.screens;
        std::fs::write(self.path.join("config.toml"), config.to_text()).unwrap();
        self.running = Some(running);
    }

    pub(crate) async fn stop(&mut self) {
        self.running.take().unwrap().stop().await;
    }

    pub(crate) fn node(&self) -> &Arc<Node> {
        &self.running.as_ref().unwrap().node
    }

    async fn add(&mut self, id: &str, role: Role) {
        let (key, credential) = make_credential(PASSWORD).unwrap();
        if role == Role::ReleasingOfficer {
            self.releasing = check_password(&credential, PASSWORD).unwrap();
        }
        let person = Person {
            id: person(id),
            name: id.to_owned(),
            roles: BTreeSet::from([role]),
            entitlement: everything(),
            key,
            credential,
            disabled: false,
        };
        self.done(Event::PutPerson { by: None, person: Box::new(person) }).await;
    }

    pub(crate) async fn hand_in(&self, event: Event) -> Outcome {
        self.node().desk.hand_in(event).await.unwrap()
    }

    pub(crate) async fn done(&self, event: Event) -> Outcome {
        match self.hand_in(event).await {
            Outcome::Refused(reason) => panic!("{} refused: {reason}", self.id),
            done => done,
        }
    }

    pub(crate) fn offer(&self) -> Vec<u8> {
        offer_of(&self.path)
    }

    /// Takes a partner in; `change` may spoil what two people would have confirmed.
    pub(crate) async fn pair(&self, offer: &[u8], change: impl FnOnce(&mut Partner)) {
        let offer = Offer::open(offer, now()).unwrap();
        let mut partner = offer.into_partner(Vec::new(), now()).unwrap();
        change(&mut partner);
        let by = [person("lia"), person("rel")];
        self.done(Event::Pair { by, partner: Box::new(partner) }).await;
    }

    /// A report of ours, on our picture and nowhere else.
    pub(crate) async fn report(&self, title: &str, precedence: Precedence) -> Digest {
        match self.done(self.new_report(title, precedence)).await {
            Outcome::Record { digest, .. } => digest,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn new_report(&self, title: &str, precedence: Precedence) -> Event {
        let body = format!(
            r#"{{"title":{{"en":"{title}"}},"category":"movement",
            "when":{{"start":"2026-05-01T10:00:00Z","precision":"hour"}},
            "place":{{"name":{{"en":"Ramtha"}},"lon":36.0,"lat":32.56}},
            "narrative":{{"en":"{title}"}},"actors":[],"quantities":[],
            "grade":{{"reliability":"B","credibility":"2"}},"sources":[]}}"#
        );
        let new = NewRecord {
            kind: Kind::Report,
            item: None,
            fresh: ItemId(chance::bytes()),
            replaces: None,
            variant: 0,
            label: label(),
            precedence,
            body: body.into_bytes(),
        };
        Event::Enter { by: person("ana"), new }
    }

    /// Asked for by one, signed by another.
    pub(crate) async fn release(&self, digests: &[Digest], to: &[&Side]) {
        let ask = Ask {
            what: What::Records(digests.to_vec()),
            to: to.iter().map(|side| side.id.clone()).collect(),
            onward: Vec::new(),
            precedence: Precedence::Routine,
            tighten: Tighten::default(),
            remark: String::new(),
        };
        let id = ItemId(chance::bytes());
        self.done(Event::AskRelease { by: person("ana"), id, ask }).await;
        let release = self.read(|ledger| Release::find(ledger, &id)).unwrap();
        let request = release.request_digest();
        let approval = self.releasing.approve(&request);
        self.done(Event::SignRelease { by: person("rel"), id, request, approval }).await;
    }

    pub(crate) async fn recall(&self, digest: Digest) {
        let (reason, gone_by) = ("the place is wrong".to_owned(), now().plus(3_600_000_000));
        let by = person("rel");
        self.done(Event::Recall { by, digest, reason, gone_by, only_from: Vec::new() }).await;
    }

    pub(crate) fn read<T>(
        &self,
        ask: impl FnOnce(&dyn diwan_room::Ledger) -> Result<T, diwan_room::Fault>,
    ) -> T {
        self.node().store.reader().unwrap().ledger(ask).unwrap()
    }

    pub(crate) fn holds(&self, digest: &Digest) -> bool {
        self.read(|ledger| ledger.held(digest)).is_some()
    }

    pub(crate) fn link_is_up(&self, to: &Side) -> bool {
        self.node().links.state(&to.id).up
    }

    pub(crate) fn agreement_with(&self, other: &Side) -> Option<Standing> {
        let state = self.read(|ledger| AgreementState::in_force(ledger, &other.id));
        state.map(|state| state.standing(now().date()))
    }
}

/// Both sides take in the other's offer; nothing passes yet.
pub(crate) async fn pair(one: &Side, other: &Side) {
    one.pair(&other.offer(), |_| ()).await;
    other.pair(&one.offer(), |_| ()).await;
}

/// Two people of each side sign; waits until it is in force on both.
pub(crate) async fn agree(one: &Side, other: &Side) {
    let from = now().date();
    let terms = Terms { ceiling: everything(), kinds: Kind::ALL.iter().cloned().collect() };
    let agreement = Agreement {
        proposer: one.id.clone(),
        other: other.id.clone(),
        proposer_gives: terms.clone(),
        other_gives: terms,
        from,
        until: from.plus_days(30),
        made: now(),
        replaces: None,
    };
    let digest = agreement.digest();
    let agreement = Box::new(agreement);
    one.done(Event::ProposeAgreement { by: person("lia"), agreement }).await;
    one.done(Event::ApproveAgreement { by: person("rel"), digest }).await;
    let arrived = || other.read(|ledger| AgreementState::find(ledger, &digest)).is_some();
    eventually("the proposal is on the other side", || async { arrived() }).await;
    for by in ["lia", "rel"] {
        other.done(Event::ApproveAgreement { by: person(by), digest }).await;
    }
    let in_force = || one.agreement_with(other) == Some(Standing::InForce);
    eventually("the agreement is in force", || async { in_force() }).await;
}

/// Looks again and again until it holds; a test that waits longer than anything takes has failed.
pub(crate) async fn eventually<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let patience = tokio::time::Instant::now() + PATIENCE;
    while !holds().await {
        assert!(tokio::time::Instant::now() < patience, "never came true: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn everything() -> Entitlement {
    Entitlement {
        tlp: Tlp::Red,
        handling: Handling::H3,
        purpose: Purpose::ALL.iter().copied().collect(),
        state: BTreeSet::from([State::Test]),
    }
}

fn label() -> Label {
    Label {
        tlp: Tlp::Amber,
        handling: Handling::H0,
        orcon: false,
        purpose: BTreeSet::from([Purpose::BorderSecurity]),
        legal_basis: LegalBasis::Agreement,
        review: now().date().plus_days(90),
        state: State::Test,
        retention: None,
    }
}
