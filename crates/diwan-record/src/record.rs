//! Records: drafts are sealed into them, foreign bytes are opened into them, nothing else is.

use minicbor::{Decode, Decoder, Encode};

use crate::kind::{Body, Kind};
use crate::signed::{KeyRole, PublicKey, Signed, Signer, verify_batch};
use crate::{Digest, ItemId, KeyId, Label, Moment, PartnerId, Reason, bytes, limits};

const DOMAIN: &[u8] = b"diwan/record/v1\0";

/// Keys of the header from here on may be ignored by a node that does not know them.
const OPTIONAL_FROM: u64 = 64;
/// The last header key this version knows.
const KNOWN_UP_TO: u64 = 10;

/// What a record says of itself; the body says the rest.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Header {
    #[n(0)]
    pub originator: PartnerId,
    #[n(1)]
    pub item: ItemId,
    #[n(2)]
    pub kind: Kind,
    /// Counts the originator's versions of this item and variant, from 1.
    #[n(3)]
    pub version: u32,
    /// 0 is the full text; others are tear lines, made for wider audiences.
    #[n(4)]
    pub variant: u32,
    /// The version this one replaces; only the originator's own.
    #[n(5)]
    pub replaces: Option<Digest>,
    #[n(6)]
    pub label: Label,
    #[n(7)]
    pub body: Digest,
    /// When the author says it was made.
    #[n(8)]
    pub made: Moment,
    /// The author's role at the desk; never a name.
    #[n(9)]
    pub author_role: String,
    /// Two people of the originator loosened the label on purpose.
    #[n(10)]
    pub downgrade: bool,
}

/// A record before it is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub originator: PartnerId,
    pub item: ItemId,
    pub kind: Kind,
    pub version: u32,
    pub variant: u32,
    pub replaces: Option<Digest>,
    pub label: Label,
    /// JSON of the kind.
    pub body: Vec<u8>,
    pub made: Moment,
    pub author_role: String,
}

/// One signed, labelled statement with its exact bytes; never changed after it is made.
#[derive(Clone, Debug)]
pub struct Record {
    digest: Digest,
    bytes: Vec<u8>,
    header: Header,
    body_bytes: Vec<u8>,
    body: Result<Body, Reason>,
    key: KeyId,
}

/// A record whose form was checked but whose signature was not.
#[derive(Clone, Debug)]
pub struct Sealed {
    signed: Signed,
    record: Record,
}

/// What became of one record of a batch.
pub type Checked = Result<Record, Reason>;

impl Record {
    /// The SHA-256 of the exact bytes: the record's name.
    #[must_use]
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The exact bytes: stored, sent, exported and verified years later as they are.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    #[must_use]
    pub fn label(&self) -> &Label {
        &self.header.label
    }

    /// The body as JSON, exactly as signed.
    #[must_use]
    pub fn body_bytes(&self) -> &[u8] {
        &self.body_bytes
    }

    /// The body as this version understands it; [`Body::Newer`] for kinds it does not know.
    ///
    /// # Errors
    /// The reason a known kind's body does not have that kind's form.
    pub fn body(&self) -> Result<&Body, &Reason> {
        self.body.as_ref()
    }

    /// The key that signed.
    #[must_use]
    pub fn key(&self) -> KeyId {
        self.key
    }

    /// A record that was verified before it was stored under `digest`.
    ///
    /// # Errors
    /// [`Reason::DigestWrong`] if the bytes are not those that were stored.
    pub fn reopen(bytes: Vec<u8>, digest: &Digest) -> Checked {
        if Digest::of(&bytes) != *digest {
            return Err(Reason::DigestWrong);
        }
        Ok(Sealed::read(bytes)?.record)
    }
}

/// Signs a draft.
///
/// # Errors
/// The reason its label or body may not be written, or [`Reason::TooLarge`].
pub fn seal(draft: Draft, release: &Signer) -> Checked {
    draft.label.check()?;
    check_form(draft.version, &draft.author_role, &draft.kind)?;
    let body = Body::read(&draft.kind, &draft.body)?;
    let header = Header {
        originator: draft.originator,
        item: draft.item,
        kind: draft.kind,
        version: draft.version,
        variant: draft.variant,
        replaces: draft.replaces,
        label: draft.label,
        body: Digest::of(&draft.body),
        made: draft.made,
        author_role: draft.author_role,
        downgrade: false,
    };
    let bytes = Signed::seal(release, DOMAIN, &content(&header, &draft.body)?);
    if bytes.len() > limits::RECORD_BYTES {
        return Err(Reason::TooLarge);
    }
    Ok(Record {
        digest: Digest::of(&bytes),
        bytes,
        header,
        body_bytes: draft.body,
        body: Ok(body),
        key: release.public().id(),
    })
}

/// Opens exact bytes signed by `release`.
///
/// # Errors
/// The reason they are not a record of that key.
pub fn open(bytes: Vec<u8>, release: &PublicKey) -> Checked {
    Sealed::read(bytes)?.open(release)
}

/// Opens many at about half the cost. `None` as a key means no key of that originator is known.
#[must_use]
pub fn check_batch(sealed: Vec<(Sealed, Option<PublicKey>)>) -> Vec<Checked> {
    let known: Option<Vec<_>> =
        sealed.iter().map(|(one, key)| key.as_ref().map(|key| (&one.signed, key))).collect();
    let all_good = known
        .is_some_and(|pairs| !pairs.is_empty() && verify_batch(&pairs, KeyRole::Release).is_ok());
    let open = |(one, key): (Sealed, Option<PublicKey>)| match key {
        _ if all_good => Ok(one.record),
        Some(key) => one.open(&key),
        None => Err(Reason::KeyUnknown),
    };
    sealed.into_iter().map(open).collect()
}

impl Sealed {
    /// Reads exact bytes; everything is checked but the signature.
    ///
    /// # Errors
    /// The reason they are not the one byte form of a record.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Reason> {
        let signed = Signed::read(&bytes, DOMAIN, limits::RECORD_BYTES)?;
        let (header_bytes, body_bytes) = parts(signed.content())?;
        check_header_keys(header_bytes)?;
        let header: Header = bytes::read(header_bytes)?;
        check_form(header.version, &header.author_role, &header.kind)?;
        if header.body != Digest::of(body_bytes) {
            return Err(Reason::DigestWrong);
        }
        let body = match Body::read(&header.kind, body_bytes) {
            // Not JSON at all is a broken form; a known kind in another form is parked later.
            Err(reason @ Reason::JsonForm(_)) => return Err(reason),
            body => body,
        };
        let body_bytes = body_bytes.to_vec();
        let digest = Digest::of(&bytes);
        let key = signed.key();
        let record = Record { digest, bytes, header, body_bytes, body, key };
        Ok(Self { signed, record })
    }

    /// # Errors
    /// [`Reason::SignatureWrong`].
    pub fn open(self, release: &PublicKey) -> Checked {
        self.signed.verify(release, KeyRole::Release)?;
        Ok(self.record)
    }

    /// Who claims to have written it: says which key to verify with.
    #[must_use]
    pub fn originator(&self) -> &PartnerId {
        &self.record.header.originator
    }

    /// Which key claims to have signed it.
    #[must_use]
    pub fn key(&self) -> KeyId {
        self.record.key
    }

    /// The digest of the exact bytes.
    #[must_use]
    pub fn digest(&self) -> &Digest {
        &self.record.digest
    }
}

/// What a header may say, whoever writes it.
fn check_form(version: u32, author_role: &str, kind: &Kind) -> Result<(), Reason> {
    let fits = version > 0 && author_role.len() <= 40 && kind.is_well_formed();
    if fits { Ok(()) } else { Err(Reason::Shape) }
}

/// `len(header) || header || len(body) || body`, lengths as 32-bit big-endian.
fn content(header: &Header, body: &[u8]) -> Result<Vec<u8>, Reason> {
    let header = bytes::write(header);
    if header.len() > limits::HEADER_BYTES {
        return Err(Reason::TooLarge);
    }
    let length = |part: &[u8]| u32::try_from(part.len()).map_err(|_| Reason::TooLarge);
    let mut out = Vec::with_capacity(header.len() + body.len() + 8);
    out.extend(length(&header)?.to_be_bytes());
    out.extend(&header);
    out.extend(length(body)?.to_be_bytes());
    out.extend(body);
    Ok(out)
}

fn parts(content: &[u8]) -> Result<(&[u8], &[u8]), Reason> {
    let (header, rest) = part(content)?;
    let (body, rest) = part(rest)?;
    if header.len() > limits::HEADER_BYTES {
        return Err(Reason::TooLarge);
    }
    if rest.is_empty() { Ok((header, body)) } else { Err(Reason::Shape) }
}

fn part(from: &[u8]) -> Result<(&[u8], &[u8]), Reason> {
    let (length, rest) = from.split_first_chunk::<4>().ok_or(Reason::Shape)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Reason::Shape)?;
    rest.split_at_checked(length).ok_or(Reason::Shape)
}

/// An unknown key below [`OPTIONAL_FROM`] may change the meaning, so it is refused.
fn check_header_keys(header: &[u8]) -> Result<(), Reason> {
    let mut from = Decoder::new(header);
    let shape = |_| Reason::Shape;
    let pairs = from.map().map_err(shape)?.ok_or(Reason::NotCanonical)?;
    for _ in 0..pairs {
        let key = from.u64().map_err(shape)?;
        if key > KNOWN_UP_TO && key < OPTIONAL_FROM {
            return Err(Reason::HeaderNewer);
        }
        from.skip().map_err(shape)?;
    }
    Ok(())
}
