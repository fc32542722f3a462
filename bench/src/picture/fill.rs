//! Nodes with many records, made once and kept for later runs.
//!
//! Of a thousand records eight hundred start an item, a hundred correct one, and a hundred are
//! notes about one. All are really signed; they are written by the store's own writer and brought
//! to the picture by its own projection.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use anyhow::{Context as _, Result, anyhow};
use diwan::config::Config;
use diwan::exercise::{Cast, Login};
use diwan::keys::NodeDir;
use diwan::people::make_credential;
use diwan_record::{
    Draft, Entitlement, Handling, ItemId, Kind, Label, LegalBasis, Moment, PartnerId, Precedence,
    Purpose, Record, Signer, State, Tlp, seal,
};
use diwan_room::{Held, HeldStanding, Ledger as _, Person, Role, Shelf, Source};
use diwan_store::{Store, Writer};
use serde_json::json;

use crate::texts::{self, DAY_US, Dice, MARCH_2025_US};
use crate::{Bench, say};

/// Changes with what is filled in, so that older directories are made anew.
const EDITION: &str = "3";
/// Distinct labels.
const LABELS: usize = 1000;
/// One in so many labels is for the narrow viewer; as many more are above the wide one.
const NARROW: usize = 50;
const CHUNK: usize = 1000;
const COMMIT_CHUNKS: usize = 5;
/// Who sees two labels in a hundred; the exercise's analyst sees 98.
pub(crate) const NARROW_PERSON: &str = "returns";

/// A node's directory with so many records.
#[derive(Debug)]
pub(crate) struct Filled {
    pub(crate) dir: PathBuf,
    pub(crate) cast: Cast,
    pub(crate) records: usize,
}

impl Filled {
    pub(crate) fn node(&self) -> PathBuf {
        self.dir.join("jor")
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.node().join("store")
    }
}

/// What the wide viewer may see: everything but the two labels in a hundred above it.
pub(crate) fn wide() -> Entitlement {
    Entitlement {
        tlp: Tlp::AmberStrict,
        handling: Handling::H2,
        purpose: Purpose::ALL.iter().copied().collect(),
        state: BTreeSet::from([State::Exercise]),
    }
}

/// What the narrow viewer may see: two labels in a hundred.
pub(crate) fn narrow() -> Entitlement {
    Entitlement { purpose: BTreeSet::from([Purpose::RefugeeReturn]), ..wide() }
}

/// The filled directory of an earlier run, or a new one.
pub(crate) fn filled(bench: &Bench, records: usize) -> Result<Filled> {
    let dir = bench.scratch.join(format!("picture-{records}"));
    let (stamp, cast) = (dir.join("stamp"), dir.join("cast.json"));
    let edition = edition();
    if fs::read_to_string(&stamp).is_ok_and(|made| made == edition) {
        let cast = serde_json::from_slice(&fs::read(&cast)?)?;
        return Ok(Filled { dir, cast, records });
    }
    say(&format!("filling a picture with {records} records"));
    let dir = bench.empty(&format!("picture-{records}"))?;
    let mut made = diwan::exercise::nodes::make(&dir, &["JOR"])?;
    fill(&dir.join("jor"), &mut made, records)?;
    fs::write(cast, serde_json::to_vec(&made)?)?;
    fs::write(stamp, edition)?;
    Ok(Filled { dir, cast: made, records })
}

/// What a filled directory depends on.
fn edition() -> String {
    let schema = [
        include_str!("../../../crates/diwan-store/schema/sqlite/0001_ledger.sql"),
        include_str!("../../../crates/diwan-store/schema/sqlite/0001_picture.sql"),
    ];
    format!("{EDITION} {}", diwan_record::Digest::of(schema.concat().as_bytes()))
}

fn fill(node: &Path, cast: &mut Cast, records: usize) -> Result<()> {
    let config = Config::load(node)?;
    let now = Moment::from_micros(i64::try_from(crate::child::now_us())?);
    let own = NodeDir::new(node).open(&config, now)?.own;
    let store = diwan_store::open(&node.join("store"))?;
    let mut writer = store.writer()?;
    add_narrow(cast, &mut writer)?;
    let labels = labels();
    let chunks = records.div_ceil(CHUNK);
    let makers = std::thread::available_parallelism()?.get();
    std::thread::scope(|scope| {
        let mut lanes = Vec::new();
        for maker in 0..makers {
            let (to, lane) = mpsc::sync_channel::<Result<Vec<Held>>>(4);
            let (release, id, labels) = (&own.release, &own.id, &labels);
            scope.spawn(move || {
                for number in (maker..chunks).step_by(makers) {
                    if to.send(chunk(release, id, labels, number, chunks)).is_err() {
                        return;
                    }
                }
            });
            lanes.push(lane);
        }
        for number in 0..chunks {
            let lane = lanes.get(number % makers).context("no lane")?;
            let made = lane.recv().map_err(|_| anyhow!("a thread that signs broke"))??;
            if number % COMMIT_CHUNKS == 0 {
                writer.begin()?;
            }
            for held in made.iter().take(records.saturating_sub(number * CHUNK)) {
                writer.keep(held)?;
            }
            if number % COMMIT_CHUNKS == COMMIT_CHUNKS - 1 || number + 1 == chunks {
                writer.commit()?;
                follow(&store)?;
            }
        }
        Ok(())
    })
}

fn follow(store: &Store) -> Result<()> {
    while !store.project(CHUNK * COMMIT_CHUNKS)?.caught_up {}
    Ok(())
}

/// A person who sees little, beside those of the exercise.
fn add_narrow(cast: &mut Cast, writer: &mut Writer) -> Result<()> {
    let seat = cast.nodes.get_mut("JOR").context("no such node")?;
    let password = seat.people.values().next().context("nobody there")?.password.clone();
    let (key, credential) = make_credential(&password)?;
    let person = Person {
        id: NARROW_PERSON.parse()?,
        name: NARROW_PERSON.to_owned(),
        roles: BTreeSet::from([Role::Analyst]),
        entitlement: narrow(),
        key,
        credential,
        disabled: false,
    };
    writer.begin()?;
    let shelf = Shelf::Person;
    writer.put_doc(shelf, person.id.as_str().as_bytes(), &diwan_record::bytes::write(&person))?;
    writer.commit()?;
    let login = Login { id: NARROW_PERSON.to_owned(), name: NARROW_PERSON.to_owned(), password };
    seat.people.insert(NARROW_PERSON.to_owned(), login);
    Ok(())
}

fn labels() -> Vec<Label> {
    let mut dice = Dice::new(11);
    (0..LABELS)
        .map(|number| {
            let purpose = if number % NARROW == 0 {
                BTreeSet::from([Purpose::RefugeeReturn])
            } else {
                let others: Vec<_> =
                    Purpose::ALL.iter().filter(|one| **one != Purpose::RefugeeReturn).collect();
                (0..=dice.below(3)).map(|_| **dice.one_of(&others)).collect()
            };
            let above = number % NARROW == 1;
            let tlps = [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict];
            let handlings = [Handling::H0, Handling::H1, Handling::H2];
            Label {
                tlp: if above { Tlp::Red } else { *dice.one_of(&tlps) },
                handling: *dice.one_of(&handlings),
                orcon: dice.below(10) == 0,
                purpose,
                legal_basis: *dice.one_of(LegalBasis::ALL),
                // Makes every label another one.
                review: texts::review(i32::try_from(number).unwrap_or(0)),
                state: State::Exercise,
                retention: None,
            }
        })
        .collect()
}

/// A thousand records, the same for the same number.
fn chunk(
    release: &Signer,
    own: &PartnerId,
    labels: &[Label],
    number: usize,
    chunks: usize,
) -> Result<Vec<Held>> {
    let mut dice = Dice::new(u64::try_from(number)? + 1000);
    // Sixty days, however many records there are.
    let place = |at: usize| {
        let (at, all) = (i64::try_from(number * CHUNK + at)?, i64::try_from(chunks * CHUNK)?);
        anyhow::Ok(Moment::from_micros(MARCH_2025_US + at * 60 * DAY_US / all))
    };
    let mut helds: Vec<Held> = Vec::with_capacity(CHUNK);
    for at in 0..CHUNK {
        let draft = match at * 10 / CHUNK {
            0..8 => first(&mut dice, own, labels),
            8 => correction(&mut dice, own, &helds)?,
            _ => note(&mut dice, own, &helds)?,
        };
        let made = place(at)?;
        let record = seal(Draft { made, ..draft }, release)?;
        helds.push(hold(record, made, &mut dice));
    }
    Ok(helds)
}

fn hold(record: Record, received: Moment, dice: &mut Dice) -> Held {
    let precedence = match dice.below(100) {
        0 => Precedence::Flash,
        1..5 => Precedence::Immediate,
        5..20 => Precedence::Priority,
        _ => Precedence::Routine,
    };
    Held {
        position: 0,
        label: record.label().clone(),
        record,
        source: Source::Own,
        label_no: 0,
        onward: Vec::new(),
        precedence,
        received,
        standing: HeldStanding::Kept,
    }
}

fn first(dice: &mut Dice, own: &PartnerId, labels: &[Label]) -> Draft {
    let size = 600 + dice.below(600);
    Draft {
        originator: own.clone(),
        item: ItemId(dice.bytes()),
        kind: Kind::Report,
        version: 1,
        variant: 0,
        replaces: None,
        label: dice.one_of(labels).clone(),
        body: texts::report(dice, size),
        made: Moment::from_micros(0),
        author_role: "analyst".to_owned(),
    }
}

/// The next version of an item that has one version so far: each is corrected at most once.
fn correction(dice: &mut Dice, own: &PartnerId, helds: &[Held]) -> Result<Draft> {
    let before = helds.get((helds.len() - 8 * CHUNK / 10) * 8).context("nothing to correct")?;
    let header = before.record.header();
    Ok(Draft {
        originator: own.clone(),
        item: header.item,
        kind: Kind::Report,
        version: 2,
        variant: 0,
        replaces: Some(*before.record.digest()),
        label: header.label.clone(),
        body: texts::report(dice, 800),
        made: header.made,
        author_role: header.author_role.clone(),
    })
}

fn note(dice: &mut Dice, own: &PartnerId, helds: &[Held]) -> Result<Draft> {
    let about = helds.get(dice.below(8 * CHUNK / 10)).context("nothing to note on")?;
    let header = about.record.header();
    let text = format!("{} {}", texts::word(dice, 2), texts::rare_name(dice, false));
    let body = json!({ "about": header.item, "sort": "opinion", "text": { "en": text } });
    Ok(Draft {
        originator: own.clone(),
        item: ItemId(dice.bytes()),
        kind: Kind::Note,
        version: 1,
        variant: 0,
        replaces: None,
        label: header.label.clone(),
        body: body.to_string().into_bytes(),
        made: header.made,
        author_role: header.author_role.clone(),
    })
}
