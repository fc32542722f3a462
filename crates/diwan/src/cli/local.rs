//! Commands on a node's directory. Those that write need the node to be stopped.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use diwan_record::{KeyRole, Kind, PartnerId, PublicKey};
use diwan_room::{Event, Partner, PersonId, Stream};
use diwan_store::{Verdict, Whose};
use serde_json::json;

use super::args::{Exercise, Init, Passwords};
use super::ask;
use super::open::{Open, read_only};
use super::outcome::{Done, Failure, Said};
use crate::clock::Clock;
use crate::config::{Config, Link, Log, Screens};
use crate::keys::{NodeDir, write_private};
use crate::pair::{CheckPhrase, Offer, check_phrase};
use crate::{api, run};

pub(super) fn init(init: Init) -> Done {
    let link = Link::default();
    let config = Config {
        partner: init.partner,
        names: init.names.into_iter().collect::<BTreeMap<_, _>>(),
        link: Link { listen: init.link.unwrap_or(link.listen), addresses: init.addresses },
        screens: Screens {
            listen: init.screens.unwrap_or(Screens::default().listen),
            ..Screens::default()
        },
        sources: crate::config::Sources::default(),
        log: Log::default(),
    };
    let dir = NodeDir::new(&init.dir.dir);
    let root = dir.make(&config, Clock::default().now())?;
    let (partner, key) = (&config.partner, dir.root_key());
    let text = format!(
        "{partner} is made in {}\nmove {} to a medium in a safe: with it anybody can be {partner}\n\
         next: diwan user add, diwan pair offer, diwan serve",
        init.dir.dir.display(),
        key.display(),
    );
    let json =
        json!({ "partner": partner, "dir": init.dir.dir, "root": root.id(), "root_key": key });
    Ok(Said { text, json })
}

/// Serves until told to stop; says on the log why it ended.
pub(super) fn serve(dir: &Path) -> ExitCode {
    let served = Config::load(dir).and_then(|config| {
        crate::log::start(config.log);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .context("no runtime for the network")?;
        let served = runtime.block_on(serve_until_stopped(dir));
        // Whatever still runs in the background does not keep the program.
        runtime.shutdown_background();
        served
    });
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            tracing::error!("{fault:#}");
            super::outcome::tell(Err(fault.into()), false)
        }
    }
}

async fn serve_until_stopped(dir: &Path) -> anyhow::Result<()> {
    let mut running = run::start(dir).await?;
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        broken = running.until_broken() => broken,
        interrupted = tokio::signal::ctrl_c() => {
            interrupted?;
            running.stop().await;
            Ok(())
        }
        _ = terminate.recv() => {
            running.stop().await;
            Ok(())
        }
    }
}

pub(super) fn offer(dir: &Path, out: &Path) -> Done {
    let config = Config::load(dir)?;
    let dir = NodeDir::new(dir);
    let now = Clock::default().now();
    let public = dir.open(&config, now)?.public;
    let offer = Offer {
        partner: config.partner.clone(),
        names: config.name_pairs(),
        public,
        addresses: config.link.addresses.clone(),
        made: now,
    };
    let _ = fs::remove_file(out);
    write_private(out, &offer.seal(&dir.signer(KeyRole::Release)?))?;
    let (partner, file) = (&config.partner, out.display());
    let text =
        format!("{file} tells who {partner} is; it holds no secret: carry it to the other side");
    Ok(Said { text, json: json!({ "partner": partner, "file": out }) })
}

pub(super) fn accept(dir: &Path, offer: &Path, people: &[String], passwords: &Passwords) -> Done {
    let [one, other] = people else {
        return Err(Failure::Usage("exactly two people confirm: --person a --person b".to_owned()));
    };
    let (one, other): (PersonId, PersonId) = (one.parse()?, other.parse()?);
    let open = Open::new(dir)?;
    let now = open.clock.now();
    let read = fs::read(offer).with_context(|| format!("`{}` cannot be read", offer.display()))?;
    let offer = Offer::open(&read, now).map_err(|fault| {
        Failure::refused(format!("offer refused: {fault:#}"), "ask the other side for a new one")
    })?;
    let theirs = offer.public.root.id();
    open.check_new(&offer)?;
    for person in [&one, &other] {
        open.check_pairs(person)?;
    }
    let phrase = check_phrase(&open.secrets.card.root, &theirs)?;
    show_phrase(&offer, &phrase)?;
    if !ask::confirmed("does the other side read the same phrase to you?")? {
        return Err(Failure::refused(
            "not paired: the phrase was not confirmed",
            "somebody may have swapped the offer on its way",
        ));
    }
    for person in [&one, &other] {
        open.check_person(person, passwords)?;
    }
    let partner = offer.into_partner(vec![one.to_string(), other.to_string()], now)?;
    let (id, json) = (
        partner.id.clone(),
        json!({ "partner": partner.id, "root": theirs,
        "phrase": phrase.words, "digits": phrase.digits }),
    );
    open.step(Event::Pair { by: [one, other], partner: Box::new(partner) })?;
    let text = format!("{id} is paired; nothing passes until an agreement is signed by both");
    Ok(Said { text, json })
}

/// On the terminal of those who confirm, before they are asked.
fn show_phrase(offer: &Offer, phrase: &CheckPhrase) -> anyhow::Result<()> {
    use std::io::Write as _;
    let name = offer.names.first().map_or(offer.partner.as_str(), |(_, name)| name);
    writeln!(
        std::io::stderr(),
        "this offer says it is from {} ({name})\nread this to the other side by telephone:\n\n    \
         {}\n    {}\n",
        offer.partner,
        phrase.words,
        phrase.digits
    )?;
    Ok(())
}

pub(super) fn partners(dir: &Path) -> Done {
    let store = read_only(dir)?;
    let partners = store.reader().and_then(|reader| reader.ledger(|ledger| Partner::all(ledger)));
    let partners = partners.context("the ledger cannot be read")?;
    let mut text = String::new();
    for partner in &partners {
        let _ = writeln!(text, "{}  {}", partner.id, partner.name("en"));
    }
    let json = partners.iter().map(|partner| {
        json!({
            "id": partner.id,
            "names": partner.names.iter().cloned().collect::<BTreeMap<_, _>>(),
            "root": partner.root.id(),
            "addresses": partner.addresses,
            "confirmed_by": partner.confirmed_by,
        })
    });
    let json = json.collect();
    Ok(Said { text: if text.is_empty() { "none".to_owned() } else { text }, json })
}

pub(super) fn verify(dir: &Path) -> Done {
    let open = Open::new(dir)?;
    let partners = open.store.reader().and_then(|reader| reader.ledger(|all| Partner::all(all)));
    let partners = partners.context("the ledger cannot be read")?;
    let own = &open.secrets.own;
    let keys = |whose: Whose<'_>| -> Vec<PublicKey> {
        let of = |id: &PartnerId, role| {
            let partner = partners.iter().find(|partner| partner.id == *id);
            partner.map(|one| one.keys(role).cloned().collect()).unwrap_or_default()
        };
        match whose {
            Whose::Stream(_, Stream::Out) => own.release_keys().cloned().collect(),
            Whose::Originator(id) if *id == own.id => own.release_keys().cloned().collect(),
            Whose::Originator(id) | Whose::Stream(id, Stream::In) => of(id, KeyRole::Release),
            Whose::Receipt(id) => of(id, KeyRole::Receipt),
        }
    };
    let verdict = open.store.verify(&keys).context("the ledger cannot be read")?;
    let Verdict { records, purged, entries, receipts, rows, findings } = verdict;
    let found: Vec<_> = findings.iter().map(ToString::to_string).collect();
    if !found.is_empty() {
        return Err(Failure::refused(
            format!("{} things are not as they were written: {}", found.len(), found.join("; ")),
            "keep this machine as it is and call those who run it",
        ));
    }
    let text = format!(
        "all is as it was written: {records} records, {purged} purged, {entries} entries, \
         {receipts} receipts, {rows} rows of the picture"
    );
    let json = json!({ "records": records, "purged": purged, "entries": entries,
        "receipts": receipts, "rows": rows });
    Ok(Said { text, json })
}

pub(super) fn rebuild(dir: &Path) -> Done {
    let open = Open::new(dir)?;
    let rows = open.store.rebuild().context("the picture cannot be built")?;
    Ok(Said { text: format!("the picture has {rows} rows again"), json: json!({ "rows": rows }) })
}

pub(super) fn exercise(exercise: Exercise) -> Done {
    crate::log::start(Log::Plain);
    let options = crate::exercise::Options {
        dir: exercise.dir.dir,
        fast: exercise.fast,
        quiet: exercise.quiet,
        json: exercise.e2e_json,
    };
    let runtime = tokio::runtime::Runtime::new().context("no runtime for the network")?;
    let played = runtime.block_on(crate::exercise::run(options));
    // A story still being told does not keep the program.
    runtime.shutdown_background();
    played?;
    Ok(Said { text: String::new(), json: json!({}) })
}

pub(super) fn openapi() -> Done {
    let text = api::openapi();
    let json = serde_json::from_str(&text).context("the description is not JSON")?;
    Ok(Said { text, json })
}

pub(super) fn rehearse(seed: u64) -> Done {
    match diwan_sim::run(seed) {
        Ok(summary) => Ok(Said {
            text: summary.to_string(),
            json: serde_json::json!({ "seed": seed, "held": true, "trace": summary.trace }),
        }),
        Err(failure) => {
            Err(Failure::refused(failure.to_string(), "keep the seed: it shows the same again"))
        }
    }
}

pub(super) fn schema(kind: &str) -> Done {
    let schema = Kind::of_code(kind).schema();
    let known = Kind::ALL.iter().map(Kind::code).collect::<Vec<_>>().join(", ");
    let schema = schema.ok_or_else(|| Failure::Usage(format!("kinds are {known}")))?;
    let json = serde_json::to_value(schema).context("the schema is not JSON")?;
    Ok(Said { text: format!("{json:#}"), json })
}
