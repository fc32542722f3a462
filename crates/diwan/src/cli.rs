//! Commands, their help and how they end.
//!
//! Setting up a node works on its directory while it is stopped. Everything people do afterwards
//! goes through the running node's own door, as a person with a password.

mod ask;
mod http;
mod local;
mod outcome;
mod remote;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use diwan_record::PartnerId;

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
        log                plain or json")]
    Serve(Dir),
    /// Come to know another partner's node.
    #[command(subcommand)]
    Pair(Pair),
    /// Partners this node is paired with.
    #[command(subcommand)]
    Partner(PartnerCommand),
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
    /// Show what there is.
    #[command(subcommand)]
    Show(Show),
    /// Check everything that is kept: digests, signatures, chains, receipts, picture.
    #[command(after_help = "Example:\n  diwan verify --dir /srv/jor")]
    Verify(Dir),
    /// Build the picture anew from the ledger.
    #[command(after_help = "Example:\n  diwan rebuild --dir /srv/jor")]
    Rebuild(Dir),
    /// Play the exercise: five rooms on this machine, and a story that arrives.
    #[command(after_help = "Example:\n  diwan exercise --dir state --fast")]
    Exercise(Exercise),
    /// Print the description of the HTTP interface.
    #[command(after_help = "Example:\n  diwan openapi > schemas/openapi.json")]
    Openapi,
    /// Print the JSON Schema of a kind's body.
    #[command(after_help = "Example:\n  diwan schema report")]
    Schema {
        kind: String,
    },
}

#[derive(Debug, Args)]
struct Dir {
    /// The node's directory.
    #[arg(long, env = "DIWAN_DIR", value_name = "DIR")]
    dir: PathBuf,
}

#[derive(Debug, Args)]
struct Exercise {
    #[command(flatten)]
    dir: Dir,
    /// Play the whole story at once instead of over two minutes.
    #[arg(long)]
    fast: bool,
    /// Start the rooms without playing the story.
    #[arg(long)]
    quiet: bool,
    /// Write addresses and logins to this file as JSON once the rooms are up.
    #[arg(long, value_name = "FILE")]
    e2e_json: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Init {
    #[command(flatten)]
    dir: Dir,
    /// Our code, such as JOR; never changed again.
    #[arg(long)]
    partner: PartnerId,
    /// Our name in one language, such as en=Jordan; repeat for others.
    #[arg(long = "name", value_name = "LANG=NAME", required = true, value_parser = pair_of)]
    names: Vec<(String, String)>,
    /// host:port as partners reach us; repeat for others, leave out if only we dial.
    #[arg(long = "address", value_name = "HOST:PORT")]
    addresses: Vec<String>,
    /// Where this node takes calls of partners.
    #[arg(long, value_name = "IP:PORT")]
    link: Option<std::net::SocketAddr>,
    /// Where the screens are served.
    #[arg(long, value_name = "IP:PORT")]
    screens: Option<std::net::SocketAddr>,
}

#[derive(Debug, Subcommand)]
enum Pair {
    /// Write what the other side needs to know of us.
    #[command(after_help = "Example:\n  diwan pair offer --dir /srv/jor --out jor.offer")]
    Offer {
        #[command(flatten)]
        dir: Dir,
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Read the other side's offer; two of our people compare the check phrase and confirm.
    #[command(after_help = "Example:\n  diwan pair accept --dir /srv/jor irq.offer \
        --person layla --person omar")]
    Accept {
        #[command(flatten)]
        dir: Dir,
        offer: PathBuf,
        /// Who confirms; exactly two different people.
        #[arg(long = "person", value_name = "PERSON", required = true)]
        people: Vec<String>,
        #[command(flatten)]
        password: Passwords,
    },
}

#[derive(Debug, Args)]
struct Passwords {
    /// Lines of `person=password`, for scripts; otherwise passwords are asked for.
    #[arg(long, env = "DIWAN_PASSWORD_FILE", value_name = "FILE")]
    password_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum PartnerCommand {
    /// Every partner this node is paired with.
    #[command(after_help = "Example:\n  diwan partner list --dir /srv/jor")]
    List(Dir),
}

#[derive(Debug, Subcommand)]
enum User {
    /// Add a person.
    #[command(after_help = "Example:\n  diwan user add --dir /srv/jor --id layla --name 'Layla H.' \
        --role watch-officer --tlp AMBER --handling H1 --purpose counter-smuggling")]
    Add(UserAdd),
    /// Every person of this node.
    #[command(after_help = "Example:\n  diwan user list --dir /srv/jor")]
    List(Dir),
    /// Close a person's account; what the person wrote and signed stays.
    #[command(after_help = "Example:\n  diwan user disable --dir /srv/jor layla")]
    Disable {
        #[command(flatten)]
        dir: Dir,
        person: String,
    },
    /// Give a person a new password and, with it, a new key.
    #[command(after_help = "Example:\n  diwan user passwd --dir /srv/jor layla")]
    Passwd {
        #[command(flatten)]
        dir: Dir,
        person: String,
        #[command(flatten)]
        password: Passwords,
    },
}

#[derive(Debug, Args)]
struct UserAdd {
    #[command(flatten)]
    dir: Dir,
    /// The name at the door: 2 to 40 of a to z, 0 to 9, dot and hyphen.
    #[arg(long)]
    id: String,
    /// The name people know.
    #[arg(long)]
    name: String,
    /// watch-officer, releasing-officer, analyst, liaison, site-desk, administrator or inspector.
    #[arg(long = "role", value_name = "ROLE", required = true)]
    roles: Vec<String>,
    /// The highest TLP the person may read.
    #[arg(long, default_value = "GREEN")]
    tlp: String,
    /// The highest handling code.
    #[arg(long, default_value = "H0")]
    handling: String,
    /// What the person works on; repeat for others.
    #[arg(long = "purpose", value_name = "PURPOSE", default_value = "coordination")]
    purposes: Vec<String>,
    /// actual, exercise or test; repeat for others.
    #[arg(long = "state", value_name = "STATE", default_value = "actual")]
    states: Vec<String>,
    #[command(flatten)]
    password: Passwords,
}

/// Which node is asked, and as whom.
#[derive(Debug, Args)]
struct Door {
    /// Where the running node serves its screens.
    #[arg(long, env = "DIWAN_URL", default_value = "http://127.0.0.1:8400")]
    url: String,
    /// Who you are.
    #[arg(long, env = "DIWAN_PERSON")]
    person: String,
    #[command(flatten)]
    password: Passwords,
}

#[derive(Debug, Subcommand)]
enum Agreement {
    /// Propose one from a JSON file: {partner, gives, takes, from, until, replaces}.
    #[command(after_help = "Example:\n  diwan agreement propose --person layla irq.json")]
    Propose {
        #[command(flatten)]
        door: Door,
        file: PathBuf,
    },
    /// Approve one; at the second person of ours our side has signed.
    #[command(after_help = "Example:\n  diwan agreement approve --person omar ID")]
    Approve {
        #[command(flatten)]
        door: Door,
        id: String,
    },
    /// End one; nothing more passes under it.
    #[command(after_help = "Example:\n  diwan agreement end --person omar --reason 'review' ID")]
    End {
        #[command(flatten)]
        door: Door,
        id: String,
        #[arg(long)]
        reason: String,
    },
    /// Every agreement.
    #[command(after_help = "Example:\n  diwan agreement list --person omar")]
    List(Door),
    /// One agreement with its terms.
    #[command(after_help = "Example:\n  diwan agreement show --person omar ID")]
    Show {
        #[command(flatten)]
        door: Door,
        id: String,
    },
}

#[derive(Debug, Args)]
struct Write {
    #[command(flatten)]
    door: Door,
    #[command(flatten)]
    label: LabelArgs,
    /// The body, JSON of its kind; `-` reads it from standard input.
    body: PathBuf,
    /// The item it belongs to; a new one if left out.
    #[arg(long)]
    item: Option<String>,
    /// A correction names the version it replaces.
    #[arg(long, value_name = "DIGEST")]
    replaces: Option<String>,
}

/// The label of what is written.
#[derive(Debug, Args)]
struct LabelArgs {
    #[arg(long, default_value = "AMBER")]
    tlp: String,
    #[arg(long, default_value = "H0")]
    handling: String,
    /// Only the originator passes it on.
    #[arg(long)]
    orcon: bool,
    #[arg(long = "purpose", value_name = "PURPOSE", default_value = "coordination")]
    purposes: Vec<String>,
    #[arg(long, default_value = "agreement")]
    legal_basis: String,
    /// When the label is looked at again, such as 2027-01-01.
    #[arg(long, default_value = "2027-01-01")]
    review: String,
    #[arg(long, default_value = "actual")]
    state: String,
    #[arg(long, value_enum, default_value_t)]
    precedence: PrecedenceArg,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
#[value(rename_all = "UPPER")]
enum PrecedenceArg {
    #[default]
    Routine,
    Priority,
    Immediate,
    Flash,
}

#[derive(Debug, Args)]
struct WriteAny {
    #[command(flatten)]
    door: Door,
    /// `-` reads it from standard input.
    file: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Release {
    /// Ask for records to be released.
    #[command(after_help = "Example:\n  diwan release ask --person layla --to IRQ DIGEST")]
    Ask {
        #[command(flatten)]
        door: Door,
        /// To whom; repeat for others.
        #[arg(long = "to", value_name = "PARTNER", required = true)]
        to: Vec<String>,
        /// To whom they may pass it on.
        #[arg(long = "onward", value_name = "PARTNER")]
        onward: Vec<String>,
        #[arg(long, value_enum, default_value_t)]
        precedence: PrecedenceArg,
        #[arg(long)]
        remark: Option<String>,
        #[arg(required = true)]
        digests: Vec<String>,
    },
    /// Sign exactly what was asked.
    #[command(after_help = "Example:\n  diwan release sign --person omar ID")]
    Sign {
        #[command(flatten)]
        door: Door,
        id: String,
    },
    /// Give it back unsigned.
    #[command(after_help = "Example:\n  diwan release return --person omar --reason 'too wide' ID")]
    Return {
        #[command(flatten)]
        door: Door,
        id: String,
        #[arg(long)]
        reason: String,
    },
    /// Requests, newest and most urgent first.
    #[command(after_help = "Example:\n  diwan release list --person omar --open")]
    List {
        #[command(flatten)]
        door: Door,
        /// Only those that wait for a signature.
        #[arg(long)]
        open: bool,
    },
}

#[derive(Debug, Args)]
struct Recall {
    #[command(flatten)]
    door: Door,
    digest: String,
    #[arg(long)]
    reason: String,
    /// When it must be gone everywhere.
    #[arg(long, value_name = "TIME")]
    gone_by: String,
    /// Only from these partners; from everyone if left out.
    #[arg(long = "only-from", value_name = "PARTNER")]
    only_from: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum Show {
    /// An item with its records.
    #[command(after_help = "Example:\n  diwan show item --person layla ITEM")]
    Item {
        #[command(flatten)]
        door: Door,
        item: String,
        #[arg(long, default_value = "actual")]
        state: String,
    },
    /// One record of an item.
    #[command(after_help = "Example:\n  diwan show record --person layla --item ITEM DIGEST")]
    Record(ShowRecord),
    /// How each link stands.
    #[command(after_help = "Example:\n  diwan show partners --person layla")]
    Partners(Door),
    /// Who did what, newest first.
    #[command(after_help = "Example:\n  diwan show log --person nour --limit 20")]
    Log {
        #[command(flatten)]
        door: Door,
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Where a record of ours has gone.
    #[command(after_help = "Example:\n  diwan show whereabouts --person omar --item ITEM DIGEST")]
    Whereabouts(ShowRecord),
}

#[derive(Debug, Args)]
struct ShowRecord {
    #[command(flatten)]
    door: Door,
    #[arg(long)]
    item: String,
    digest: String,
    #[arg(long, default_value = "actual")]
    state: String,
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
        Command::User(user) => local::user(user),
        Command::Verify(dir) => local::verify(&dir.dir),
        Command::Rebuild(dir) => local::rebuild(&dir.dir),
        Command::Exercise(exercise) => local::exercise(exercise),
        Command::Openapi => local::openapi(),
        Command::Schema { kind } => local::schema(&kind),
        people => remote::run(people),
    };
    outcome::tell(done, json)
}

fn pair_of(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(key, value)| !key.is_empty() && !value.is_empty());
    let (key, value) = pair.ok_or("write it as LANG=NAME, such as en=Jordan")?;
    Ok((key.to_owned(), value.to_owned()))
}
