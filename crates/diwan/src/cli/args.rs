//! The words after a command.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use diwan_record::PartnerId;

#[derive(Debug, Args)]
pub(super) struct Dir {
    /// The node's directory.
    #[arg(long, env = "DIWAN_DIR", value_name = "DIR")]
    pub(super) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Exercise {
    #[command(flatten)]
    pub(super) dir: Dir,
    /// Play the whole story at once instead of over two minutes.
    #[arg(long)]
    pub(super) fast: bool,
    /// Start the rooms without playing the story.
    #[arg(long)]
    pub(super) quiet: bool,
    /// Write addresses and logins to this file as JSON once the rooms are up.
    #[arg(long, value_name = "FILE")]
    pub(super) e2e_json: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    #[command(flatten)]
    pub(super) dir: Dir,
    /// Our code, such as JOR; never changed again.
    #[arg(long)]
    pub(super) partner: PartnerId,
    /// Our name in one language, such as en=Jordan; repeat for others.
    #[arg(long = "name", value_name = "LANG=NAME", required = true, value_parser = pair_of)]
    pub(super) names: Vec<(String, String)>,
    /// host:port as partners reach us; repeat for others, leave out if only we dial.
    #[arg(long = "address", value_name = "HOST:PORT")]
    pub(super) addresses: Vec<String>,
    /// Where this node takes calls of partners.
    #[arg(long, value_name = "IP:PORT")]
    pub(super) link: Option<SocketAddr>,
    /// Where the screens are served.
    #[arg(long, value_name = "IP:PORT")]
    pub(super) screens: Option<SocketAddr>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Pair {
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
        /// Who confirms: exactly two different people, each a liaison, a releasing officer or an
        /// administrator.
        #[arg(long = "person", value_name = "PERSON", required = true)]
        people: Vec<String>,
        #[command(flatten)]
        password: Passwords,
    },
}

#[derive(Debug, Args)]
pub(super) struct Passwords {
    /// Lines of `person=password`, for scripts; otherwise passwords are asked for.
    #[arg(long, env = "DIWAN_PASSWORD_FILE", value_name = "FILE")]
    pub(super) password_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum PartnerCommand {
    /// Every partner this node is paired with.
    #[command(after_help = "Example:\n  diwan partner list --dir /srv/jor")]
    List(Dir),
}

#[derive(Debug, Subcommand)]
pub(super) enum KeyCommand {
    /// The key of each role, and until when the root certified it.
    #[command(after_help = "Example:\n  diwan key list --dir /srv/jor")]
    List(Dir),
    /// Make a new key for a role and certify it with the root key; the node is stopped meanwhile.
    #[command(after_help = "Example:\n  diwan key renew release --dir /srv/jor \
        --root-key /media/safe/root.key\n\nPartners learn of it over the link. What the key \
        before signed stays verifiable; the private key before is gone.")]
    Renew {
        /// release, receipt or tls.
        role: String,
        #[command(flatten)]
        dir: Dir,
        /// The root key on its medium; root.key of the directory if left out.
        #[arg(long, value_name = "FILE")]
        root_key: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Add a person.
    #[command(
        after_help = "Example:\n  diwan user add --dir /srv/jor --id layla --name 'Layla H.' \
        --role watch-officer --tlp AMBER --handling H1 --purpose counter-smuggling"
    )]
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
pub(super) struct UserAdd {
    #[command(flatten)]
    pub(super) dir: Dir,
    /// The name at the door: 2 to 40 of a to z, 0 to 9, dot and hyphen.
    #[arg(long)]
    pub(super) id: String,
    /// The name people know.
    #[arg(long)]
    pub(super) name: String,
    /// watch-officer, releasing-officer, analyst, liaison, site-desk, administrator or inspector.
    #[arg(long = "role", value_name = "ROLE", required = true)]
    pub(super) roles: Vec<String>,
    /// The highest TLP the person may read.
    #[arg(long, default_value = "GREEN")]
    pub(super) tlp: String,
    /// The highest handling code.
    #[arg(long, default_value = "H0")]
    pub(super) handling: String,
    /// What the person works on; repeat for others.
    #[arg(long = "purpose", value_name = "PURPOSE", default_value = "coordination")]
    pub(super) purposes: Vec<String>,
    /// actual, exercise or test; repeat for others.
    #[arg(long = "state", value_name = "STATE", default_value = "actual")]
    pub(super) states: Vec<String>,
    #[command(flatten)]
    pub(super) password: Passwords,
}

/// Which node is asked, and as whom.
#[derive(Debug, Args)]
pub(super) struct Door {
    /// Where the running node serves its screens.
    #[arg(long, env = "DIWAN_URL", default_value = "http://127.0.0.1:8400")]
    pub(super) url: String,
    /// Who you are.
    #[arg(long, env = "DIWAN_PERSON")]
    pub(super) person: String,
    #[command(flatten)]
    pub(super) password: Passwords,
}

#[derive(Debug, Subcommand)]
pub(super) enum Agreement {
    /// Propose one from a JSON file: {partner, gives, takes, from, until}.
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
pub(super) struct Write {
    #[command(flatten)]
    pub(super) door: Door,
    #[command(flatten)]
    pub(super) label: LabelArgs,
    /// The body, JSON of its kind; `-` reads it from standard input.
    pub(super) body: PathBuf,
    /// The item it belongs to; a new one if left out.
    #[arg(long)]
    pub(super) item: Option<String>,
    /// A correction names the version it replaces.
    #[arg(long, value_name = "DIGEST")]
    pub(super) replaces: Option<String>,
}

/// The label of what is written.
#[derive(Debug, Args)]
pub(super) struct LabelArgs {
    #[arg(long, default_value = "AMBER")]
    pub(super) tlp: String,
    #[arg(long, default_value = "H0")]
    pub(super) handling: String,
    /// Only the originator passes it on.
    #[arg(long)]
    pub(super) orcon: bool,
    #[arg(long = "purpose", value_name = "PURPOSE", default_value = "coordination")]
    pub(super) purposes: Vec<String>,
    #[arg(long, default_value = "agreement")]
    pub(super) legal_basis: String,
    /// When the label is looked at again, such as 2027-01-01.
    #[arg(long, default_value = "2027-01-01")]
    pub(super) review: String,
    #[arg(long, default_value = "actual")]
    pub(super) state: String,
    #[arg(long, value_enum, default_value_t)]
    pub(super) precedence: PrecedenceArg,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
#[value(rename_all = "UPPER")]
pub(super) enum PrecedenceArg {
    #[default]
    Routine,
    Priority,
    Immediate,
    Flash,
}

#[derive(Debug, Args)]
pub(super) struct WriteAny {
    #[command(flatten)]
    pub(super) door: Door,
    /// `-` reads it from standard input.
    pub(super) file: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(super) enum Release {
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
pub(super) struct Recall {
    #[command(flatten)]
    pub(super) door: Door,
    pub(super) digest: String,
    #[arg(long)]
    pub(super) reason: String,
    /// When it must be gone everywhere.
    #[arg(long, value_name = "TIME")]
    pub(super) gone_by: String,
    /// Only from these partners; from everyone if left out.
    #[arg(long = "only-from", value_name = "PARTNER")]
    pub(super) only_from: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Show {
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
pub(super) struct ShowRecord {
    #[command(flatten)]
    pub(super) door: Door,
    #[arg(long)]
    pub(super) item: String,
    pub(super) digest: String,
    #[arg(long, default_value = "actual")]
    pub(super) state: String,
}

#[derive(Debug, Subcommand)]
pub(super) enum Feed {
    /// Poll a news feed from now on; its host must be among `sources.hosts` of the node.
    #[command(after_help = "Example:\n  diwan feed add --person layla --outlet 'The Ramtha Post' \
        https://post.example/rss")]
    Add {
        #[command(flatten)]
        door: Door,
        /// The address of its RSS or Atom.
        address: String,
        /// Whose it is, as people know it.
        #[arg(long)]
        outlet: String,
        /// actual, exercise or test; the person's usual one if left out.
        #[arg(long)]
        state: Option<String>,
    },
    /// Every feed and how it is.
    #[command(after_help = "Example:\n  diwan feed list --person layla")]
    List(Door),
    /// Poll a feed no longer; what it brought stays.
    #[command(after_help = "Example:\n  diwan feed remove --person layla ID")]
    Remove {
        #[command(flatten)]
        door: Door,
        id: String,
    },
    /// Poll a feed now and say what it brought.
    #[command(after_help = "Example:\n  diwan feed poll --person layla ID")]
    Poll {
        #[command(flatten)]
        door: Door,
        id: String,
    },
}

fn pair_of(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(key, value)| !key.is_empty() && !value.is_empty());
    let (key, value) = pair.ok_or("write it as LANG=NAME, such as en=Jordan")?;
    Ok((key.to_owned(), value.to_owned()))
}
