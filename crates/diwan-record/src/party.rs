//! Partners, feeds, and the keys that speak for them.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};

use crate::signed::{KeyRole, PublicKey, Signed, Signer};
use crate::{Digest, Moment, Reason, bytes, limits};

macro_rules! short_name {
    ($(#[$doc:meta])* $name:ident, $allowed:expr, $reason:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Reason;
            fn from_str(text: &str) -> Result<Self, Reason> {
                let fits = (2..=16).contains(&text.len())
                    && text.bytes().all($allowed)
                    && !text.starts_with('-')
                    && !text.ends_with('-');
                if fits { Ok(Self(text.to_owned())) } else { Err(Reason::$reason) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.str(&self.0)?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(
                d: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                d.str()?.parse().map_err(|_| minicbor::decode::Error::message("not a short name"))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "minLength": 2, "maxLength": 16 })
            }
        }
    };
}

short_name!(
    /// Another sovereign node, by the code both sides agreed on when pairing, such as `JOR`:
    /// 2 to 16 of A to Z, 0 to 9 and inner hyphens, so that no two look alike.
    PartnerId,
    |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-',
    PartnerForm
);
short_name!(
    /// One configured connection of a gateway.
    FeedId,
    |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-',
    PartnerForm
);

/// Anything outside that can be given records.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    Partner(PartnerId),
    Feed(FeedId),
}

/// The keys a partner keeps offline and how many of them must sign.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RootSet {
    #[n(0)]
    pub keys: Vec<PublicKey>,
    #[n(1)]
    pub threshold: u8,
}

impl RootSet {
    /// Names the partner for good: streams are derived from it.
    #[must_use]
    pub fn id(&self) -> Digest {
        Digest::of_parts(&[b"diwan/root/v1\0", &bytes::write(self)])
    }

    /// # Errors
    /// [`Reason::KeyUnfit`] unless it has 1 to 5 different keys and a reachable threshold.
    pub fn check(&self) -> Result<(), Reason> {
        let mut keys: Vec<_> = self.keys.iter().map(PublicKey::to_bytes).collect();
        keys.sort_unstable();
        keys.dedup();
        let distinct = keys.len() == self.keys.len() && (1..=5).contains(&keys.len());
        let reachable = self.threshold >= 1 && usize::from(self.threshold) <= keys.len();
        if distinct && reachable { Ok(()) } else { Err(Reason::KeyUnfit) }
    }
}

/// The root's word that a key speaks for the partner in one role and for a period.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct KeyStatement {
    #[n(0)]
    pub partner: PartnerId,
    #[n(1)]
    pub role: KeyRole,
    #[n(2)]
    pub key: PublicKey,
    #[n(3)]
    pub from: Moment,
    #[n(4)]
    pub until: Moment,
}

const KEY_DOMAIN: &[u8] = b"diwan/key/v1\0";

impl KeyStatement {
    /// Signs with one root key. Statements of several root keys are kept side by side.
    #[must_use]
    pub fn seal(&self, root: &Signer) -> Vec<u8> {
        Signed::seal(root, KEY_DOMAIN, &bytes::write(self))
    }

    /// Opens a statement that enough different root keys have signed.
    ///
    /// # Errors
    /// [`Reason::SignatureWrong`] if signatures are missing, repeated or over different bytes.
    pub fn open(signed: &[Vec<u8>], root: &RootSet) -> Result<Self, Reason> {
        root.check()?;
        let mut signers = Vec::new();
        let mut content: Option<Vec<u8>> = None;
        for bytes in signed.iter().take(root.keys.len()) {
            let one = Signed::read(bytes, KEY_DOMAIN, limits::HEADER_BYTES)?;
            let key = root.keys.iter().find(|key| key.id() == one.key());
            let key = key.ok_or(Reason::SignatureWrong)?;
            one.verify(key, KeyRole::Root)?;
            if content.as_deref().is_some_and(|content| content != one.content()) {
                return Err(Reason::SignatureWrong);
            }
            content = Some(one.content().to_vec());
            if !signers.contains(&one.key()) {
                signers.push(one.key());
            }
        }
        if signers.len() < usize::from(root.threshold) {
            return Err(Reason::SignatureWrong);
        }
        bytes::read(&content.ok_or(Reason::SignatureWrong)?)
    }
}

/// One statement with the signatures of several root keys side by side: what a Key entry carries.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct SignedStatement(#[n(0)] pub Vec<minicbor::bytes::ByteVec>);

impl SignedStatement {
    /// # Errors
    /// As [`KeyStatement::open`].
    pub fn open(&self, root: &RootSet) -> Result<KeyStatement, Reason> {
        let signed: Vec<Vec<u8>> = self.0.iter().map(|bytes| bytes.to_vec()).collect();
        KeyStatement::open(&signed, root)
    }

    /// The exact bytes that are kept and sent.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes::write(self)
    }

    /// # Errors
    /// A reason for bytes that are not one canonical list of signatures.
    pub fn read(from: &[u8]) -> Result<Self, Reason> {
        if from.len() > limits::STATEMENT_BYTES {
            return Err(Reason::TooLarge);
        }
        bytes::read(from)
    }
}
