//! Messages of a link, and what they become once their signatures were checked.

use std::collections::BTreeMap;

use diwan_record::{
    Checked, Digest, KeyId, KeyRole, PartnerId, PublicKey, Reason, Run, Sealed, SignedStatement,
    bytes, check_batch, limits,
};
use minicbor::{Decode, Encode};

use crate::ledger::{Fault, Ledger};
use crate::partner::{Own, Partner};

/// The protocol versions this node speaks.
pub(super) const PROTOCOL: u32 = 1;

/// One message on a link. `session` joins both sides' nonces: anything else is from another
/// session and ignored.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Frame {
    /// Where both streams stand, as far as the sender knows.
    #[n(0)]
    Hello {
        #[n(0)]
        protocol: u32,
        #[cbor(n(1), with = "minicbor::bytes")]
        nonce: [u8; 16],
        /// The signed head of the sender's own stream.
        #[cbor(n(2), with = "minicbor::bytes")]
        head: Vec<u8>,
        /// The sender's signed receipt for the other stream.
        #[cbor(n(3), with = "minicbor::bytes")]
        receipt: Vec<u8>,
        /// What the sender's root says of keys that were renewed; Key entries say it again.
        #[n(4)]
        keys: Vec<SignedStatement>,
    },
    /// The next entries of the sender's stream with their papers.
    #[n(1)]
    Give {
        #[n(0)]
        session: Digest,
        #[n(1)]
        run: Run,
        #[n(2)]
        papers: Papers,
    },
    #[n(2)]
    Receipt {
        #[n(0)]
        session: Digest,
        #[cbor(n(1), with = "minicbor::bytes")]
        receipt: Vec<u8>,
    },
    /// Asks for entries of the asker's own stream, which it lost.
    #[n(3)]
    Want {
        #[n(0)]
        session: Digest,
        #[n(1)]
        from: u64,
    },
    /// Gives such entries back.
    #[n(4)]
    Back {
        #[n(0)]
        session: Digest,
        #[n(1)]
        run: Run,
        #[n(2)]
        papers: Papers,
    },
}

/// Exact bytes of records and other papers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Papers(pub Vec<Vec<u8>>);

impl<C> Encode<C> for Papers {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.array(self.0.len() as u64)?;
        self.0.iter().try_for_each(|paper| e.bytes(paper).map(drop))
    }
}

impl<'b, C> Decode<'b, C> for Papers {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let length = d.array()?.filter(|length| *length <= limits::RUN_ENTRIES as u64);
        let length = length.ok_or_else(|| minicbor::decode::Error::message("too many papers"))?;
        (0..length).map(|_| d.bytes().map(<[u8]>::to_vec)).collect::<Result<_, _>>().map(Self)
    }
}

impl Frame {
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes::write(self)
    }

    /// # Errors
    /// A reason for bytes that are not one canonical frame of at most [`limits::FRAME_BYTES`].
    pub fn read(from: &[u8]) -> Result<Self, Reason> {
        if from.len() > limits::FRAME_BYTES {
            return Err(Reason::TooLarge);
        }
        bytes::read(from)
    }
}

/// Whose release key verifies which record: our own and every paired partner's, past ones too.
#[derive(Clone, Debug, Default)]
pub struct KeyBook {
    release: BTreeMap<PartnerId, Vec<PublicKey>>,
}

impl KeyBook {
    /// Reads the keys from the ledger; to be read again when partners change.
    ///
    /// # Errors
    /// A fault of the ledger.
    pub fn load(own: &Own, ledger: &dyn Ledger) -> Result<Self, Fault> {
        let mut release = BTreeMap::new();
        for partner in Partner::all(ledger)? {
            let keys = partner.keys(KeyRole::Release).cloned().collect();
            release.insert(partner.id, keys);
        }
        release.insert(own.id.clone(), own.release_keys().cloned().collect());
        Ok(Self { release })
    }

    /// The originator's key, if it is the one that claims to have signed.
    #[must_use]
    pub fn find(&self, originator: &PartnerId, key: KeyId) -> Option<&PublicKey> {
        self.release.get(originator)?.iter().find(|known| known.id() == key)
    }
}

/// A paper that arrived: a record whose signature was checked, or something else.
#[derive(Clone, Debug)]
pub enum Paper {
    Record(Box<Checked>),
    /// A record by a key that was not known beside the desk: it may be new since.
    Unchecked(Box<Sealed>),
    Other(Vec<u8>),
}

/// A frame that arrived, with its records already verified: this part needs no ledger and runs in
/// parallel before the desk.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub frame: Frame,
    /// Papers by the digest of their exact bytes; the frame's own list is empty by now.
    pub papers: BTreeMap<Digest, Paper>,
}

impl Arrival {
    /// Reads a frame and verifies the records in it.
    ///
    /// # Errors
    /// A reason if the bytes are no frame. A bad record does not spoil the frame.
    pub fn read(from: &[u8], keys: &KeyBook) -> Result<Self, Reason> {
        let mut frame = Frame::read(from)?;
        let papers = match &mut frame {
            Frame::Give { papers, .. } | Frame::Back { papers, .. } => {
                std::mem::take(&mut papers.0)
            }
            Frame::Hello { .. } | Frame::Receipt { .. } | Frame::Want { .. } => Vec::new(),
        };
        Ok(Self { frame, papers: check_papers(papers, keys) })
    }
}

fn check_papers(papers: Vec<Vec<u8>>, keys: &KeyBook) -> BTreeMap<Digest, Paper> {
    let mut checked = BTreeMap::new();
    let mut sealed = Vec::with_capacity(papers.len());
    let mut digests = Vec::with_capacity(papers.len());
    for paper in papers {
        match Sealed::read(paper.clone()) {
            Ok(one) => match keys.find(one.originator(), one.key()).cloned() {
                Some(key) => {
                    digests.push(*one.digest());
                    sealed.push((one, Some(key)));
                }
                None => drop(checked.insert(*one.digest(), Paper::Unchecked(Box::new(one)))),
            },
            // Of another sort than a record: the entry says what it should be.
            Err(_) => drop(checked.insert(Digest::of(&paper), Paper::Other(paper))),
        }
    }
    let records = check_batch(sealed).into_iter().map(|one| Paper::Record(Box::new(one)));
    checked.extend(digests.into_iter().zip(records));
    checked
}
