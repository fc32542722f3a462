//! Partners this node is paired with, and who we are ourselves.

use diwan_record::{
    Digest, KeyRole, PartnerId, PublicKey, Reason, RootSet, Signer, StreamId, stream_id,
};
use minicbor::{Decode, Encode};

use crate::docs::{doc, docs};
use crate::ledger::{Fault, Ledger, Shelf};

/// A paired partner: its root, the role keys its root certified, and where it listens.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Partner {
    #[n(0)]
    pub id: PartnerId,
    /// Its name per language code.
    #[n(1)]
    pub names: Vec<(String, String)>,
    #[n(2)]
    pub root: RootSet,
    #[cbor(n(3), with = "diwan_record::enrolled")]
    pub release: PublicKey,
    #[cbor(n(4), with = "diwan_record::enrolled")]
    pub receipt: PublicKey,
    #[cbor(n(5), with = "diwan_record::enrolled")]
    pub tls: PublicKey,
    /// `host:port`, tried in order; empty if only the partner dials.
    #[n(6)]
    pub addresses: Vec<String>,
    /// The people on our side who compared the check phrase.
    #[n(7)]
    pub confirmed_by: Vec<String>,
}

/// Who we are: our code, our root and the keys this node speaks with.
#[derive(Debug)]
pub struct Own {
    pub id: PartnerId,
    pub root: Digest,
    pub release: Signer,
    pub receipt: Signer,
}

impl Own {
    /// # Errors
    /// [`Reason::KeyUnfit`] if a key is for another role.
    pub fn new(
        id: PartnerId,
        root: Digest,
        release: Signer,
        receipt: Signer,
    ) -> Result<Self, Reason> {
        let fits = release.role() == KeyRole::Release && receipt.role() == KeyRole::Receipt;
        if fits { Ok(Self { id, root, release, receipt }) } else { Err(Reason::KeyUnfit) }
    }

    /// The stream from us to `partner`.
    #[must_use]
    pub fn stream_to(&self, partner: &Partner) -> StreamId {
        stream_id(&self.root, &partner.root.id())
    }

    /// The stream from `partner` to us.
    #[must_use]
    pub fn stream_from(&self, partner: &Partner) -> StreamId {
        stream_id(&partner.root.id(), &self.root)
    }
}

impl Partner {
    /// # Errors
    /// A fault of the ledger.
    pub fn find(ledger: &dyn Ledger, id: &PartnerId) -> Result<Option<Self>, Fault> {
        doc(ledger, Shelf::Partner, id.as_str().as_bytes())
    }

    /// Every paired partner, by code.
    ///
    /// # Errors
    /// A fault of the ledger.
    pub fn all(ledger: &dyn Ledger) -> Result<Vec<Self>, Fault> {
        docs(ledger, Shelf::Partner, &[])
    }

    /// The partner's name in each language.
    #[must_use]
    pub fn name(&self, lang: &str) -> &str {
        let named = self.names.iter().find(|(code, _)| code == lang);
        named.map_or(self.id.as_str(), |(_, name)| name)
    }
}
