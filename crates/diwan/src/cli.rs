//! Commands, their help and how they end.
//!
//! Setting up a node works on its directory while it is stopped. Everything people do afterwards
//! goes through the running node's own door, as a person with a password.

mod accounts;
mod args;
mod ask;
mod http;
mod keys;
mod local;
mod names;
mod open;
mod outcome;
mod read;
mod remote;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use args::{
    Agreement, Dir, Exercise, Feed, Init, KeyCommand, Pair, PartnerCommand, Recall, Release, Show,
    User, Write, WriteAny,
};
pub(crate) use http::Client;
pub(crate) use outcome::Failure;
pub use outcome::{REFUSED, USAGE};

/// A joint operations room shared by sovereign partners.
#[derive(Debug, Parser)]
#[command(name = "diwan", version, propagate_version = true, after_help = EXITS)]
pub struct Cli {
    /// Answer in JSON.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

const EXITS: &str = "Ends with 0 when done, 1 when refused with a reason, 2 when called wrongly, \
                     3 when the world failed (disk, network).";

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a node: its keys, its settings, an empty ledger.
    #[command(after_help = "Example:\n  diwan init --dir /srv/jor --partner JOR --name en=Jordan \
        --name ar=الأردن --address link.jor.example:7400")]
    Init(Init),
    /// Run the node until it is stopped.
    #[command(after_help = "Example:\n  diwan serve --dir /srv/jor\n\nSettings (config.toml):\n  \
        link.listen        where partners reach this node (0.0.0.0:7400)\n  \
        link.addresses     host:port offered to partners when pairing\n  \
        screens.listen     where people reach it, plain HTTP (127.0.0.1:8400)\n  \
        screens.basemap    another base map, as PMTiles\n  \
        sources.hosts      hosts from which feeds and articles may be fetched (none)\n  \
        sources.poll_minutes  minutes between two polls of a feed (15)\n  \
        sources.keep_days  days an article nobody touches stays (30)\n  \
        sources.loopback   for tests: fetch from this machine too, over plain HTTP (false)\n  \
        log                plain or json")]
    Serve(Dir),
    /// Come to know another partner's node.
    #[command(subcommand)]
    Pair(Pair),
    /// Partners this node is paired with.
    #[command(subcommand)]
    Partner(PartnerCommand),
    /// The keys this node speaks with.
    #[command(subcommand)]
    Key(KeyCommand),
    /// People of this node.
    #[command(subcommand)]
    User(User),
    /// What was agreed with each partner.
    #[command(subcommand)]
    Agreement(Agreement),
    /// Write a report from a JSON body.
    #[command(after_help = "Example:\n  diwan report --person layla --tlp AMBER --purpose \
        counter-smuggling body.json")]
    Report(Write),
    /// Write a record of any kind from a JSON file: {kind, label, precedence, body, ...}.
    #[command(after_help = "Example:\n  diwan record --person layla record.json")]
    Record(WriteAny),
    /// Ask for releases, sign them, return them.
    #[command(subcommand)]
    Release(Release),
    /// Take a record back from those who hold it.
    #[command(after_help = "Example:\n  diwan recall --person omar --reason 'wrong place' \
        --gone-by 2026-05-02T00:00:00Z DIGEST")]
    Recall(Recall),
    /// News feeds that the open-source desk reads.
    #[command(subcommand)]
    Feed(Feed),
    /// Show what there is.
    #[command(subcommand)]
    Show(Show),
    /// Compare names across scripts, search names most like others.
    #[command(subcommand)]
    Names(names::Names),
    /// Check everything that is kept: digests, signatures, chains, receipts, picture.
    #[command(after_help = "Example:\n  diwan verify --dir /srv/jor")]
    Verify(Dir),
    /// Build the picture anew from the ledger.
    #[command(after_help = "Example:\n  diwan rebuild --dir /srv/jor")]
    Rebuild(Dir),
    /// Rehearse: several rooms in memory, a hostile network and a partner who cheats, from a seed.
    #[command(after_help = "Example:\n  diwan rehearse --seed 7")]
    Rehearse {
        /// The same seed gives the same run.
        #[arg(long)]
        seed: u64,
    },
    /// Play the exercise: five rooms on this machine, and a story that arrives.
    #[command(after_help = "Example:\n  diwan exercise --dir state --fast")]
    Exercise(Exercise),
    /// Read articles and feeds: who, where, when, what is said to have happened.
    #[command(
        after_help = "Example:\n  diwan read --json --meta meta.json article.html feed.xml\n\n\
        META.json: {\"article.html\": {\"published\": \"2025-03-09\", \"url\": \"...\", \
        \"outlet\": \"...\"}}"
    )]
    Read {
        /// What is known of the files besides their text, by their base names.
        #[arg(long, value_name = "META.json")]
        meta: Option<PathBuf>,
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Print the description of the HTTP interface.
    #[command(after_help = "Example:\n  diwan openapi > schemas/openapi.json")]
    Openapi,
    /// Print the JSON Schema of a kind's body.
    #[command(after_help = "Example:\n  diwan schema report")]
    Schema { kind: String },
}

/// Does what the command line says; returns how the program ends.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    let json = cli.json;
    let done = match cli.command {
        Command::Init(init) => local::init(init),
        Command::Serve(dir) => return local::serve(&dir.dir),
        Command::Pair(Pair::Offer { dir, out }) => local::offer(&dir.dir, &out),
        Command::Pair(Pair::Accept { dir, offer, people, password }) => {
            local::accept(&dir.dir, &offer, &people, &password)
        }
        Command::Partner(PartnerCommand::List(dir)) => local::partners(&dir.dir),
        Command::Key(KeyCommand::List(dir)) => keys::list(&dir.dir),
        Command::Key(KeyCommand::Renew { role, dir, root_key }) => {
            keys::renew(&role, &dir.dir, root_key)
        }
        Command::User(user) => accounts::user(user),
        Command::Names(names) => return names::run(&names, json),
        Command::Verify(dir) => local::verify(&dir.dir),
        Command::Rebuild(dir) => local::rebuild(&dir.dir),
        Command::Rehearse { seed } => local::rehearse(seed),
        Command::Exercise(exercise) => local::exercise(exercise),
        Command::Read { meta, files } => read::read(meta.as_deref(), &files),
        Command::Openapi => local::openapi(),
        Command::Schema { kind } => local::schema(&kind),
        people => remote::run(people),
    };
    outcome::tell(done, json)
}
