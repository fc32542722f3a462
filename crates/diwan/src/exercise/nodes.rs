//! Makes the five nodes of the exercise: keys, people, pairing, agreements signed by both sides.
//!
//! The links of this step are a loop in memory that carries the same frames through the same
//! rooms; from then on the nodes talk over their real links.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use diwan_record::{Entitlement, Handling, Kind, Moment, PartnerId, Purpose, State, Tlp};
use diwan_room::{
    Agreement, Arrival, Effect, Event, KeyBook, Outcome, Own, Person, PersonId, Role, Room, Terms,
    is_exchange,
};
use diwan_store::Writer;

use super::{Cast, Login, Seat};
use crate::chance;
use crate::clock::Clock;
use crate::config::{Config, Link, Log, Screens, Sources};
use crate::keys::NodeDir;
use crate::pair::Offer;
use crate::people::make_credential;
use crate::words::WORDS;

/// Marks a directory as one of ours while it is being made.
pub(super) const MARK: &str = ".exercise";

/// Code, and names in English, Arabic, Turkish, Kurmanji and Sorani.
const PARTNERS: [(&str, [&str; 5]); 5] = [
    ("JOR", ["Jordan", "الأردن", "Ürdün", "Urdun", "ئوردن"]),
    ("SYR", ["Syria", "سوريا", "Suriye", "Sûriye", "سووریا"]),
    ("IRQ", ["Iraq", "العراق", "Irak", "Iraq", "عێراق"]),
    ("TUR", ["Türkiye", "تركيا", "Türkiye", "Tirkiye", "تورکیا"]),
    ("LBN", ["Lebanon", "لبنان", "Lübnan", "Libnan", "لوبنان"]),
];

const LANGUAGES: [&str; 5] = ["en", "ar", "tr", "ku", "ckb"];

/// Everybody who works in a room of the exercise; invented.
const PEOPLE: [(Role, [&str; 5]); 7] = [
    (Role::Analyst, ["Lina Haddad", "Rima Nasser", "Zaynab Jaafar", "Elif Yılmaz", "Maya Saad"]),
    (
        Role::WatchOfficer,
        ["Omar Zoubi", "Bassel Hamwi", "Karim Dulaimi", "Mert Aydın", "Ziad Khoury"],
    ),
    (
        Role::ReleasingOfficer,
        ["Samir Majali", "Hala Atassi", "Noor Jubouri", "Deniz Kaya", "Rana Haddad"],
    ),
    (Role::Liaison, ["Huda Tal", "Yazan Kurdi", "Sara Bayati", "Selin Demir", "Jad Mansour"]),
    (Role::SiteDesk, ["Faris Bani", "Nour Shami", "Haider Basri", "Kerem Arslan", "Tala Fakhoury"]),
    (Role::Administrator, ["Nadia Qasem", "Iyad Masri", "Ali Rawi", "Burak Şahin", "Elie Daher"]),
    (Role::Inspector, ["Rula Fayez", "Mazen Azem", "Dalia Hilli", "Aylin Çelik", "Carla Aoun"]),
];

/// One room while it is being made.
struct Making {
    id: PartnerId,
    dir: NodeDir,
    room: Room,
    own: Own,
    writer: Writer,
    seat: Seat,
}

/// The partners of the exercise, in the order in which their addresses are given.
pub const CODES: [&str; 5] = ["JOR", "SYR", "IRQ", "TUR", "LBN"];

/// Makes a node for each of these codes, paired and agreed with all others.
///
/// # Errors
/// A directory cannot be written, or a room refuses a step.
pub fn make(dir: &Path, codes: &[&str]) -> Result<Cast> {
    fs::create_dir_all(dir)?;
    fs::write(dir.join(MARK), "")?;
    let now = Clock::default().now();
    let password = passphrase();
    let ports = free_ports(2 * codes.len())?;
    let mut rooms = Vec::new();
    let cast = PARTNERS.iter().filter(|(code, _)| codes.contains(code));
    for (index, (code, names)) in cast.enumerate() {
        let (link, screens) = (ports.get(2 * index), ports.get(2 * index + 1));
        let (link, screens) = link.zip(screens).context("too few free ports")?;
        rooms.push(make_node(dir, code, names, (*link, *screens), now)?);
    }
    for (index, room) in rooms.iter_mut().enumerate() {
        add_people(room, index, &password, now)?;
    }
    pair_all(&mut rooms, now)?;
    agree_all(&mut rooms, now)?;
    let seats = rooms.into_iter().map(|room| (room.id.to_string(), room.seat));
    Ok(Cast { nodes: seats.collect() })
}

fn make_node(
    dir: &Path,
    code: &str,
    names: &[&str; 5],
    (link, screens): (u16, u16),
    now: Moment,
) -> Result<Making> {
    let id: PartnerId = code.parse()?;
    let names =
        LANGUAGES.iter().zip(names).map(|(lang, name)| ((*lang).to_owned(), (*name).to_owned()));
    let local = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let config = Config {
        partner: id.clone(),
        names: names.collect(),
        link: Link { listen: local(link), addresses: vec![local(link).to_string()] },
        screens: Screens { listen: local(screens), basemap: None },
        sources: Sources::default(),
        log: Log::default(),
    };
    let dir = NodeDir::new(&dir.join(code.to_lowercase()));
    dir.make(&config, now)?;
    let secrets = dir.open(&config, now)?;
    let writer = diwan_store::open(&dir.store())?.writer()?;
    let seat = Seat { url: format!("http://127.0.0.1:{screens}"), people: BTreeMap::new() };
    Ok(Making { id, dir, room: Room::new(secrets.own), own: secrets.own_again, writer, seat })
}

fn add_people(room: &mut Making, index: usize, password: &str, now: Moment) -> Result<()> {
    for (role, names) in PEOPLE {
        let name = names.get(index).copied().unwrap_or_default();
        let id = role.code().split('-').next().unwrap_or_default();
        let (key, credential) = make_credential(password)?;
        let person = Person {
            id: id.parse()?,
            name: name.to_owned(),
            roles: BTreeSet::from([role]),
            entitlement: entitlement(role),
            key,
            credential,
            disabled: false,
        };
        room.take(now, Event::PutPerson { by: None, person: Box::new(person) })?;
        let login =
            Login { id: id.to_owned(), name: name.to_owned(), password: password.to_owned() };
        room.seat.people.insert(role.code().to_owned(), login);
    }
    Ok(())
}

/// Desks see what desks need; administrators and inspectors run the node without its content.
fn entitlement(role: Role) -> Entitlement {
    let (tlp, handling) = match role {
        Role::WatchOfficer | Role::ReleasingOfficer => (Tlp::Red, Handling::H3),
        Role::Analyst | Role::Liaison => (Tlp::AmberStrict, Handling::H2),
        Role::SiteDesk => (Tlp::Amber, Handling::H1),
        Role::Administrator | Role::Inspector => (Tlp::Clear, Handling::H0),
    };
    Entitlement {
        tlp,
        handling,
        purpose: Purpose::ALL.iter().copied().collect(),
        state: BTreeSet::from([State::Exercise]),
    }
}

/// Every room with every other, both ways, from signed offers as over a table.
fn pair_all(rooms: &mut [Making], now: Moment) -> Result<()> {
    let mut offers = Vec::new();
    for room in rooms.iter() {
        let config = Config::load(room.dir.path())?;
        let offer = Offer {
            partner: room.id.clone(),
            names: config.name_pairs(),
            public: room.dir.public()?,
            addresses: config.link.addresses,
            made: now,
        };
        offers.push(offer.seal(&room.own.release));
    }
    let confirmed: [PersonId; 2] = ["liaison".parse()?, "administrator".parse()?];
    for room in rooms {
        for sealed in &offers {
            let offer = Offer::open(sealed, now)?;
            if offer.partner == room.id {
                continue;
            }
            let names = confirmed.iter().map(ToString::to_string).collect();
            let partner = Box::new(offer.into_partner(names, now)?);
            room.take(now, Event::Pair { by: confirmed.clone(), partner })?;
        }
    }
    Ok(())
}

/// Each pair agrees: two people propose here, two people countersign there.
fn agree_all(rooms: &mut [Making], now: Moment) -> Result<()> {
    let mut wire = connect(rooms, now)?;
    let (first, second): (PersonId, PersonId) = ("liaison".parse()?, "releasing".parse()?);
    for one in 0..rooms.len() {
        for other in one + 1..rooms.len() {
            let agreement = agreement(rooms, one, other, now)?;
            let digest = agreement.digest();
            let propose =
                Event::ProposeAgreement { by: first.clone(), agreement: Box::new(agreement) };
            let approve = |by: &PersonId| Event::ApproveAgreement { by: by.clone(), digest };
            hand_in(rooms, one, propose, now, &mut wire)?;
            hand_in(rooms, one, approve(&second), now, &mut wire)?;
            deliver(rooms, now, &mut wire)?;
            hand_in(rooms, other, approve(&first), now, &mut wire)?;
            hand_in(rooms, other, approve(&second), now, &mut wire)?;
            deliver(rooms, now, &mut wire)?;
        }
    }
    Ok(())
}

fn agreement(rooms: &[Making], one: usize, other: usize, now: Moment) -> Result<Agreement> {
    let id = |index: usize| rooms.get(index).map(|room| room.id.clone());
    let (proposer, other) = id(one).zip(id(other)).context("no such room")?;
    let from = now.date();
    Ok(Agreement {
        proposer_gives: terms(&proposer, &other),
        other_gives: terms(&other, &proposer),
        proposer,
        other,
        from,
        until: from.plus_days(365),
        made: now,
        replaces: None,
    })
}

/// Wide enough for the story, and narrower with the one partner that joined last, so that a
/// newcomer sees something held back.
fn terms(giver: &PartnerId, taker: &PartnerId) -> Terms {
    let narrow = giver.as_str() == "LBN" || taker.as_str() == "LBN";
    let (tlp, handling) =
        if narrow { (Tlp::Amber, Handling::H1) } else { (Tlp::AmberStrict, Handling::H2) };
    Terms {
        ceiling: Entitlement {
            tlp,
            handling,
            purpose: Purpose::ALL.iter().copied().collect(),
            state: BTreeSet::from([State::Exercise]),
        },
        kinds: Kind::ALL.iter().filter(|kind| !is_exchange(kind)).cloned().collect(),
    }
}

/// Frames under way: to whom, from whom, bytes.
type Wire = VecDeque<(PartnerId, PartnerId, Vec<u8>)>;

fn connect(rooms: &mut [Making], now: Moment) -> Result<Wire> {
    let ids: Vec<PartnerId> = rooms.iter().map(|room| room.id.clone()).collect();
    let mut wire = Wire::new();
    for index in 0..rooms.len() {
        for partner in ids.iter().filter(|id| ids.get(index) != Some(*id)) {
            let event = Event::LinkUp { partner: partner.clone(), nonce: chance::bytes() };
            hand_in(rooms, index, event, now, &mut wire)?;
        }
    }
    deliver(rooms, now, &mut wire)?;
    Ok(wire)
}

fn deliver(rooms: &mut [Making], now: Moment, wire: &mut Wire) -> Result<()> {
    while let Some((to, from, frame)) = wire.pop_front() {
        let index = rooms.iter().position(|room| room.id == to).context("no such room")?;
        let Some(room) = rooms.get(index) else {
            continue;
        };
        let arrival = Box::new(Arrival::read(&frame, &KeyBook::load(&room.own, &room.writer)?)?);
        hand_in(rooms, index, Event::Arrived { partner: from, arrival }, now, wire)?;
    }
    Ok(())
}

fn hand_in(
    rooms: &mut [Making],
    index: usize,
    event: Event,
    now: Moment,
    wire: &mut Wire,
) -> Result<()> {
    let room = rooms.get_mut(index).context("no such room")?;
    let from = room.id.clone();
    for effect in room.take(now, event)? {
        if let Effect::Send { partner, frame } = effect {
            wire.push_back((partner, from.clone(), frame));
        }
    }
    Ok(())
}

impl Making {
    fn take(&mut self, now: Moment, event: Event) -> Result<Vec<Effect>> {
        self.writer.begin()?;
        let (outcome, effects) = self.room.step(now, event, &mut self.writer)?;
        self.writer.commit()?;
        if let Outcome::Refused(reason) = &outcome {
            ensure!(false, "{} refused: {reason}", self.id);
        }
        Ok(effects)
    }
}

/// Four words anybody can type; drawn anew for every exercise, so there is no default password.
fn passphrase() -> String {
    let drawn: [u8; 4] = chance::bytes();
    let word = |byte: &u8| WORDS.get(usize::from(*byte)).copied().unwrap_or_default();
    drawn.iter().map(word).collect::<Vec<_>>().join("-")
}

/// The usual ports where they are free, others where they are not.
fn free_ports(count: usize) -> Result<Vec<u16>> {
    let usual = (0..count).map(|index| {
        let pair = u16::try_from(index / 2).unwrap_or_default();
        if index % 2 == 0 { 7401 + pair } else { 8401 + pair }
    });
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let taken: Vec<TcpListener> = usual.map_while(|port| bind(port).ok()).collect();
    let taken = if taken.len() == count {
        taken
    } else {
        drop(taken);
        (0..count).map(|_| bind(0)).collect::<Result<_, _>>()?
    };
    taken.iter().map(|listener| Ok(listener.local_addr()?.port())).collect()
}
