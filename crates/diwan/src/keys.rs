//! The node's directory: its keys, who it is, its ledger.
//!
//! Private keys are PKCS#8 in PEM (RFC 5958), readable by the owner alone. The root key is written
//! beside the node once, when it is made; from then on it belongs on a medium in a safe.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use diwan_record::{
    KeyRole, KeyStatement, Moment, PublicKey, RootSet, SignedStatement, Signer, bytes,
};
use diwan_room::{Own, ROLES};
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use crate::chance;
use crate::config::Config;
use crate::node::OwnCard;

/// How long role keys are certified for: two years, so that renewal is rare and still practised.
const PERIOD_US: i64 = 2 * 366 * 86_400_000_000;
/// Role keys hold from a day before they are made: partners' clocks differ.
const EARLIER_US: i64 = 86_400_000_000;

/// The files of one node.
#[derive(Clone, Debug)]
pub struct NodeDir {
    path: PathBuf,
}

/// What everybody may know of our keys: the root set and its word on every role key.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PublicSide {
    #[n(0)]
    pub root: RootSet,
    /// Per role key, also those that were renewed, the statement as signed by each root key.
    #[n(1)]
    pub statements: Vec<SignedStatement>,
}

/// Everything the running node needs of its directory.
pub struct Secrets {
    pub own: Own,
    /// The same again: whoever reads partners' keys has its own.
    pub own_again: Own,
    pub card: OwnCard,
    pub tls: Tls,
    pub public: PublicSide,
}

/// The key that identifies this node on a link.
pub struct Tls {
    pub pem: Zeroizing<String>,
    pub from: Moment,
    pub until: Moment,
    /// The root's word on it, for partners who know the key before.
    pub statement: SignedStatement,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secrets({})", self.card.id)
    }
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tls({} to {})", self.from, self.until)
    }
}

impl NodeDir {
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the ledger lies.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.path.join("store")
    }

    /// The root key, if it has not been taken to its safe yet.
    #[must_use]
    pub fn root_key(&self) -> PathBuf {
        self.path.join("root.key")
    }

    /// Makes a node: root key, role keys, settings, an empty ledger.
    ///
    /// # Errors
    /// The directory holds something already, or cannot be written.
    pub fn make(&self, config: &Config, now: Moment) -> Result<RootSet> {
        let taken = fs::read_dir(&self.path).is_ok_and(|mut files| files.next().is_some());
        ensure!(!taken, "`{}` is not empty: a node is made once", self.path.display());
        fs::DirBuilder::new().recursive(true).mode(0o700).create(self.path.join("keys"))?;
        fs::set_permissions(&self.path, fs::Permissions::from_mode(0o700))?;
        let root_seed = Zeroizing::new(chance::bytes());
        let root = Signer::new(KeyRole::Root, &root_seed);
        let set = RootSet { keys: vec![root.public().clone()], threshold: 1 };
        let mut statements = Vec::new();
        for role in ROLES {
            let seed = Zeroizing::new(chance::bytes());
            let key = Signer::new(role, &seed).public().clone();
            let (from, until) = (now.plus(-EARLIER_US), now.plus(PERIOD_US));
            let statement =
                KeyStatement { partner: config.partner.clone(), role, key, from, until };
            statements.push(SignedStatement(vec![statement.seal(&root).into()]));
            write_private(&self.key_file(role), to_pem(&seed)?.as_bytes())?;
        }
        let public = PublicSide { root: set.clone(), statements };
        write_private(&self.path.join("keys/public.cbor"), &bytes::write(&public))?;
        write_private(&self.root_key(), to_pem(&root_seed)?.as_bytes())?;
        write_private(&self.path.join("config.toml"), config.to_text().as_bytes())?;
        fs::DirBuilder::new().mode(0o700).create(self.store())?;
        diwan_store::open(&self.store())?;
        Ok(set)
    }

    /// Opens the keys and checks that the root still vouches for each of them.
    ///
    /// # Errors
    /// Says which file is wrong and how.
    pub fn open(&self, config: &Config, now: Moment) -> Result<Secrets> {
        let public = self.public()?;
        self.finish_renewal(&public)?;
        let signer = |role| -> Result<Signer> {
            let statement = statement_for(&public, role)?;
            ensure!(
                statement.partner == config.partner,
                "the keys are those of `{}`, the settings say `{}`",
                statement.partner,
                config.partner
            );
            ensure!(
                statement.from <= now && now < statement.until,
                "the {} key held until {}: run `diwan key renew {}` with the root key",
                role.code(),
                statement.until,
                role.code()
            );
            let signer = Signer::new(role, &*self.seed(role)?);
            ensure!(
                *signer.public() == statement.key,
                "the {} key is not the certified one",
                role.code()
            );
            Ok(signer)
        };
        signer(KeyRole::Tls)?;
        let tls = statement_for(&public, KeyRole::Tls)?;
        let root = public.root.id();
        let id = config.partner.clone();
        let own = || -> Result<Own> {
            let (release, receipt) = (signer(KeyRole::Release)?, signer(KeyRole::Receipt)?);
            let own = Own::new(id.clone(), root, release, receipt)?;
            Ok(own.with_statements(&public.root, &public.statements)?)
        };
        Ok(Secrets {
            own: own()?,
            own_again: own()?,
            card: OwnCard { id: id.clone(), names: config.name_pairs(), root },
            tls: Tls {
                pem: Zeroizing::new(self.read_key(KeyRole::Tls)?),
                from: tls.from,
                until: tls.until,
                statement: newest(&public, KeyRole::Tls)?.0.clone(),
            },
            public,
        })
    }

    /// Renews the key of a role: a new key, certified by the root key in this file. The private
    /// key before it is gone afterwards; the root's word on it stays.
    ///
    /// # Errors
    /// The file holds no root key of this node, or the directory cannot be written.
    pub fn renew(&self, role: KeyRole, root_key: &Path, now: Moment) -> Result<KeyStatement> {
        let mut public = self.public()?;
        self.finish_renewal(&public)?;
        let root = Signer::new(KeyRole::Root, &*seed_in(root_key)?);
        let is_root = public.root.keys.contains(root.public()) && public.root.threshold == 1;
        ensure!(is_root, "`{}` is not the root key of this node", root_key.display());
        let before = statement_for(&public, role)?;
        ensure!(before.from < now, "the {} key is newer than this clock", role.code());
        let seed = Zeroizing::new(chance::bytes());
        let key = Signer::new(role, &seed).public().clone();
        let partner = before.partner;
        let until = now.plus(PERIOD_US);
        let statement = KeyStatement { partner, role, key, from: now, until };
        public.statements.push(SignedStatement(vec![statement.seal(&root).into()]));
        // The key first: if the power fails in between, the next start finishes or forgets it.
        let _ = fs::remove_file(self.next_file(role));
        write_private(&self.next_file(role), to_pem(&seed)?.as_bytes())?;
        let file = self.path.join("keys/public.cbor");
        let next = self.path.join("keys/public.next");
        let _ = fs::remove_file(&next);
        write_private(&next, &bytes::write(&public))?;
        fs::rename(next, file)?;
        self.finish_renewal(&public)?;
        Ok(statement)
    }

    /// Puts a new key in its place once the root's word on it is written.
    fn finish_renewal(&self, public: &PublicSide) -> Result<()> {
        for role in ROLES {
            let next = self.next_file(role);
            if !next.exists() {
                continue;
            }
            let signer = Signer::new(role, &*seed_in(&next)?);
            if *signer.public() == statement_for(public, role)?.key {
                fs::rename(&next, self.key_file(role))?;
                fs::File::open(self.path.join("keys"))?.sync_all()?;
            }
        }
        Ok(())
    }

    fn next_file(&self, role: KeyRole) -> PathBuf {
        self.path.join("keys").join(format!("{}.next", role.code()))
    }

    /// A signer for one of our roles.
    ///
    /// # Errors
    /// The key cannot be read.
    pub fn signer(&self, role: KeyRole) -> Result<Signer> {
        Ok(Signer::new(role, &*self.seed(role)?))
    }

    /// # Errors
    /// The file is missing or damaged.
    pub fn public(&self) -> Result<PublicSide> {
        let path = self.path.join("keys/public.cbor");
        let read = fs::read(&path).with_context(|| format!("`{}` is missing", path.display()))?;
        bytes::read(&read).ok().with_context(|| format!("`{}` is damaged", path.display()))
    }

    fn key_file(&self, role: KeyRole) -> PathBuf {
        self.path.join("keys").join(format!("{}.pem", role.code()))
    }

    fn read_key(&self, role: KeyRole) -> Result<String> {
        read_private(&self.key_file(role))
    }

    fn seed(&self, role: KeyRole) -> Result<Zeroizing<[u8; 32]>> {
        seed_in(&self.key_file(role))
    }
}

fn seed_in(path: &Path) -> Result<Zeroizing<[u8; 32]>> {
    let pem = Zeroizing::new(read_private(path)?);
    let key = SigningKey::from_pkcs8_pem(&pem).ok();
    let key = key.with_context(|| format!("`{}` is no key", path.display()))?;
    Ok(Zeroizing::new(key.to_bytes()))
}

fn read_private(path: &Path) -> Result<String> {
    let open_to_others = fs::metadata(path)
        .with_context(|| format!("`{}` is missing", path.display()))?
        .permissions()
        .mode()
        & 0o077
        != 0;
    if open_to_others {
        bail!("`{0}` can be read by others; run chmod 600 `{0}`", path.display());
    }
    Ok(fs::read_to_string(path)?)
}

/// The root's newest word on the key of a role.
///
/// # Errors
/// There is none, or the root did not sign it.
pub fn statement_for(public: &PublicSide, role: KeyRole) -> Result<KeyStatement> {
    Ok(newest(public, role)?.1)
}

fn newest(public: &PublicSide, role: KeyRole) -> Result<(&SignedStatement, KeyStatement)> {
    let mut found: Option<(&SignedStatement, KeyStatement)> = None;
    for signed in &public.statements {
        let statement = signed.open(&public.root)?;
        let newer = found.as_ref().is_none_or(|(_, before)| before.from < statement.from);
        if statement.role == role && newer {
            found = Some((signed, statement));
        }
    }
    found.with_context(|| format!("the root certified no {} key", role.code()))
}

/// The certified key of a role, if the statement is for this partner and holds now.
///
/// # Errors
/// Says what is wrong with it.
pub fn certified(
    public: &PublicSide,
    partner: &diwan_record::PartnerId,
    role: KeyRole,
    now: Moment,
) -> Result<PublicKey> {
    let statement = statement_for(public, role)?;
    ensure!(statement.partner == *partner, "the {} key is another partner's", role.code());
    let holds = statement.from <= now && now < statement.until;
    ensure!(holds, "the {} key held until {}", role.code(), statement.until);
    Ok(statement.key)
}

fn to_pem(seed: &[u8; 32]) -> Result<Zeroizing<String>> {
    let pem = SigningKey::from_bytes(seed).to_pkcs8_pem(LineEnding::LF);
    pem.ok().context("the key could not be written as PKCS#8")
}

/// Writes a new file that only its owner may read, and does not return before it is on the disk.
///
/// # Errors
/// It exists already or cannot be written.
pub fn write_private(path: &Path, content: &[u8]) -> Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("`{}` could not be made", path.display()))?;
    file.write_all(content)?;
    file.sync_all()?;
    Ok(())
}
