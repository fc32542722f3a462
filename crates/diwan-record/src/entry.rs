//! Entries of a stream: what binds a record to one partner, one place in order and one label.
//!
//! A stream runs from one partner to another. Its entries are chained by hash; one signature over
//! the newest head covers a run of them (docs/decisions/0003). The chain hash of entry n is
//! `H("diwan/chain/v1\0" || hash of n-1 || H(entry n))`, so proof for one entry needs the digests
//! of the others, never their content.

use minicbor::{Decode, Encode};

use crate::signed::{KeyRole, PublicKey, Signed, Signer};
use crate::{Digest, Handling, Moment, PartnerId, Reason, Tlp, bytes, limits};

/// Names the stream from one partner to another, by their roots.
pub type StreamId = Digest;

/// How urgently it is to be carried and looked at (ACP 127's four precedences).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Precedence {
    #[default]
    #[n(0)]
    Routine,
    #[n(1)]
    Priority,
    #[n(2)]
    Immediate,
    #[n(3)]
    Flash,
}

impl Precedence {
    pub const ALL: [Self; 4] = [Self::Routine, Self::Priority, Self::Immediate, Self::Flash];

    /// IMMEDIATE and FLASH leap whatever waits or arrives in numbers.
    #[must_use]
    pub fn is_urgent(self) -> bool {
        self >= Self::Immediate
    }

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Routine => "ROUTINE",
            Self::Priority => "PRIORITY",
            Self::Immediate => "IMMEDIATE",
            Self::Flash => "FLASH",
        }
    }

    /// # Errors
    /// [`Reason::Shape`] for anything but the four words.
    pub fn of_code(code: &str) -> Result<Self, Reason> {
        Self::ALL.into_iter().find(|one| one.code() == code).ok_or(Reason::Shape)
    }
}

/// What an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum EntryKind {
    /// Gives a record.
    #[n(0)]
    Release,
    /// Takes a record back: its paper is a withdrawal.
    #[n(1)]
    Recall,
    /// Lets the recipient pass a record it holds on to the partners in `onward`.
    #[n(2)]
    Grant,
    /// Ends such a grant.
    #[n(3)]
    GrantEnd,
    /// A statement about the sender's keys.
    #[n(4)]
    Key,
    /// Says that a record of the other stream was parked or refused, and why.
    #[n(5)]
    ParkAck,
    /// Proposes or countersigns an agreement.
    #[n(6)]
    Agreement,
    /// Answers for a record or a recall: its paper is an acknowledgement.
    #[n(7)]
    Answer,
}

/// Fields in which one recipient holds a record more guarded than its author labelled it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(map)]
pub struct Tighten {
    #[n(0)]
    pub tlp: Option<Tlp>,
    #[n(1)]
    pub handling: Option<Handling>,
}

/// One place in a stream.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Entry {
    #[n(0)]
    pub stream: StreamId,
    #[n(1)]
    pub incarnation: u64,
    /// Counts in this stream only, from 1.
    #[n(2)]
    pub seq: u64,
    #[n(3)]
    pub kind: EntryKind,
    /// The paper it is about: a record, or another signed document.
    #[n(4)]
    pub digest: Digest,
    /// To whom this recipient may pass it on; says nothing of who else holds it.
    #[n(5)]
    pub onward: Vec<PartnerId>,
    #[n(6)]
    pub tighten: Tighten,
    #[n(7)]
    pub precedence: Precedence,
    /// The sender's claimed time.
    #[n(8)]
    pub made: Moment,
    /// A reason code, in a park-ack.
    #[n(9)]
    pub reason: Option<String>,
    /// For a record of a third partner: that partner's proof that it grants this ([`Proof`]).
    #[n(10)]
    pub grant: Option<Proof>,
}

/// Where a stream stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Head {
    #[n(0)]
    pub incarnation: u64,
    #[n(1)]
    pub seq: u64,
    #[n(2)]
    pub hash: Digest,
}

/// A head with the stream it belongs to: what the sender signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct HeadStatement {
    #[n(0)]
    pub stream: StreamId,
    #[n(1)]
    pub head: Head,
}

/// The recipient's signature that it durably holds a stream up to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Receipt {
    #[n(0)]
    pub stream: StreamId,
    #[n(1)]
    pub head: Head,
    /// When the recipient held it, by its own clock.
    #[n(2)]
    pub at: Moment,
}

/// Consecutive entries under one signature.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Run {
    /// The exact bytes of each entry.
    #[cbor(n(0), with = "crate::entry::byte_list")]
    pub entries: Vec<Vec<u8>>,
    /// The signed [`HeadStatement`] after the last of them.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub head: Vec<u8>,
}

/// Proof for one entry of a run that anybody with the sender's key can check offline.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Proof {
    /// The chain hash before the entry.
    #[n(0)]
    pub before: Digest,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub entry: Vec<u8>,
    /// Digests of the entries of the run that follow it.
    #[n(2)]
    pub after: Vec<Digest>,
    #[cbor(n(3), with = "minicbor::bytes")]
    pub head: Vec<u8>,
}

const HEAD_DOMAIN: &[u8] = b"diwan/head/v1\0";
const RECEIPT_DOMAIN: &[u8] = b"diwan/receipt/v1\0";

impl Entry {
    /// The exact bytes that are chained, stored and sent.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes::write(self)
    }

    /// # Errors
    /// A reason for bytes that are not one canonical entry of at most
    /// [`limits::ENTRY_BYTES`].
    pub fn read(from: &[u8]) -> Result<Self, Reason> {
        // A grant carries another entry and its run's digests inside.
        if from.len() > 2 * limits::ENTRY_BYTES + 32 * limits::RUN_ENTRIES {
            return Err(Reason::TooLarge);
        }
        let entry: Self = bytes::read(from)?;
        if entry.onward.len() > limits::ONWARD {
            return Err(Reason::TooLarge);
        }
        Ok(entry)
    }
}

impl Head {
    /// Where a stream stands before its first entry.
    #[must_use]
    pub fn start(stream: &StreamId, incarnation: u64) -> Self {
        let hash = Digest::of_parts(&[b"diwan/chain/v1\0", &stream.0, &incarnation.to_be_bytes()]);
        Self { incarnation, seq: 0, hash }
    }

    /// The head after an entry with these exact bytes.
    #[must_use]
    pub fn after(&self, entry: &[u8]) -> Self {
        self.after_digest(&Digest::of(entry))
    }

    fn after_digest(&self, entry: &Digest) -> Self {
        let hash = Digest::of_parts(&[b"diwan/chain/v1\0", &self.hash.0, &entry.0]);
        Self { incarnation: self.incarnation, seq: self.seq.saturating_add(1), hash }
    }
}

/// The stream from `from` to `to`, each named by its root.
#[must_use]
pub fn stream_id(from: &Digest, to: &Digest) -> StreamId {
    Digest::of_parts(&[b"diwan/stream/v1\0", &from.0, &to.0])
}

impl HeadStatement {
    #[must_use]
    pub fn seal(&self, release: &Signer) -> Vec<u8> {
        Signed::seal(release, HEAD_DOMAIN, &bytes::write(self))
    }

    /// # Errors
    /// A reason if the bytes are not a head signed by this `release` key.
    pub fn open(from: &[u8], release: &PublicKey) -> Result<Self, Reason> {
        let signed = Signed::read(from, HEAD_DOMAIN, limits::HEADER_BYTES)?;
        signed.verify(release, KeyRole::Release)?;
        bytes::read(signed.content())
    }
}

impl Receipt {
    #[must_use]
    pub fn seal(&self, receipt: &Signer) -> Vec<u8> {
        Signed::seal(receipt, RECEIPT_DOMAIN, &bytes::write(self))
    }

    /// # Errors
    /// A reason if the bytes are not a receipt signed by this `receipt` key.
    pub fn open(from: &[u8], receipt: &PublicKey) -> Result<Self, Reason> {
        let signed = Signed::read(from, RECEIPT_DOMAIN, limits::HEADER_BYTES)?;
        signed.verify(receipt, KeyRole::Receipt)?;
        bytes::read(signed.content())
    }
}

impl Run {
    /// Opens a run that continues `stream` from `before`: every entry in its place, the head
    /// signed. All or nothing. Returns the entries with their exact bytes, and the new head.
    ///
    /// # Errors
    /// [`Reason::StreamOther`] for another stream's entry, [`Reason::StreamGap`] if it does not
    /// continue, [`Reason::SignatureWrong`], [`Reason::TooLarge`] and reasons of [`Entry::read`].
    pub fn open(
        &self,
        stream: &StreamId,
        before: &Head,
        release: &PublicKey,
    ) -> Result<(Vec<Entry>, Head), Reason> {
        if self.entries.is_empty() || self.entries.len() > limits::RUN_ENTRIES {
            return Err(Reason::TooLarge);
        }
        let mut head = *before;
        let mut entries = Vec::with_capacity(self.entries.len());
        for bytes in &self.entries {
            let entry = Entry::read(bytes)?;
            if entry.stream != *stream {
                return Err(Reason::StreamOther);
            }
            head = head.after(bytes);
            if (entry.incarnation, entry.seq) != (head.incarnation, head.seq) {
                return Err(Reason::StreamGap);
            }
            entries.push(entry);
        }
        let signed = HeadStatement::open(&self.head, release)?;
        if signed != (HeadStatement { stream: *stream, head }) {
            return Err(Reason::StreamGap);
        }
        Ok((entries, head))
    }

    /// Proof for the entry at `index` of this run, which started at `before`.
    #[must_use]
    pub fn proof(&self, before: &Head, index: usize) -> Option<Proof> {
        let entry = self.entries.get(index)?.clone();
        let earlier = self.entries.iter().take(index);
        let before = earlier.fold(*before, |head, bytes| head.after(bytes)).hash;
        let after = self.entries.iter().skip(index + 1).map(|bytes| Digest::of(bytes)).collect();
        Some(Proof { before, entry, after, head: self.head.clone() })
    }
}

impl Proof {
    /// Opens the entry it proves.
    ///
    /// # Errors
    /// A reason if the chain does not lead from the entry to the signed head.
    pub fn open(&self, release: &PublicKey) -> Result<Entry, Reason> {
        let entry = Entry::read(&self.entry)?;
        let seq = entry.seq.checked_sub(1).ok_or(Reason::StreamGap)?;
        let before = Head { incarnation: entry.incarnation, seq, hash: self.before };
        let head = before.after(&self.entry);
        let head = self.after.iter().fold(head, |head, entry| head.after_digest(entry));
        let signed = HeadStatement::open(&self.head, release)?;
        if signed == (HeadStatement { stream: entry.stream, head }) {
            Ok(entry)
        } else {
            Err(Reason::StreamGap)
        }
    }
}

/// A list of byte strings, which CBOR writes as bytes and not as lists of numbers.
pub(crate) mod byte_list {
    use minicbor::{Decoder, Encoder};

    pub(crate) fn encode<C, W: minicbor::encode::Write>(
        list: &[Vec<u8>],
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.array(list.len() as u64)?;
        list.iter().try_for_each(|bytes| e.bytes(bytes).map(drop))
    }

    pub(crate) fn decode<C>(
        d: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Vec<Vec<u8>>, minicbor::decode::Error> {
        let length =
            d.array()?.ok_or_else(|| minicbor::decode::Error::message("indefinite list"))?;
        (0..length).map(|_| d.bytes().map(<[u8]>::to_vec)).collect()
    }
}
