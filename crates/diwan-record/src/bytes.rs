//! The one canonical encoding: deterministic CBOR (RFC 8949, section 4.2.1).
//!
//! The decoders of CBOR crates accept several byte forms of one value. Here bytes are decoded,
//! written again in the deterministic form and compared, so that exactly one form passes.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

use crate::{Reason, limits};

/// Writes `value` in the canonical form. Types of this crate use ascending integer keys, so the
/// encoder's output is deterministic; writing to memory cannot fail.
#[must_use]
pub fn write<T: minicbor::Encode<()>>(value: &T) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    // INVARIANT: the error type of a Vec writer is Infallible.
    let _ = minicbor::encode(value, &mut out);
    out
}

/// Reads one value: refuses any form but the canonical one, trailing bytes and foreign shapes.
///
/// # Errors
/// [`Reason::NotCanonical`] for another byte form, [`Reason::Shape`] for another type.
pub fn read<'b, T: minicbor::Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, Reason> {
    check(bytes)?;
    minicbor::decode(bytes).map_err(|_| Reason::Shape)
}

/// Refuses bytes that are not exactly one deterministic CBOR item.
///
/// # Errors
/// [`Reason::NotCanonical`].
pub fn check(bytes: &[u8]) -> Result<(), Reason> {
    let mut from = Decoder::new(bytes);
    let mut again = Encoder::new(Vec::with_capacity(bytes.len()));
    rewrite(&mut from, &mut again, limits::CBOR_DEPTH)?;
    if from.position() == bytes.len() && again.into_writer() == bytes {
        Ok(())
    } else {
        Err(Reason::NotCanonical)
    }
}

type Out = Encoder<Vec<u8>>;

/// Copies one item in the deterministic form. Floats, tags, undefined and indefinite lengths have
/// no place in what is signed here, except the tag-free COSE array.
fn rewrite(from: &mut Decoder<'_>, to: &mut Out, depth: usize) -> Result<(), Reason> {
    let refuse = |_| Reason::NotCanonical;
    let deeper = depth.checked_sub(1).ok_or(Reason::NotCanonical)?;
    match from.datatype().map_err(refuse)? {
        Type::Bool => drop(to.bool(from.bool().map_err(refuse)?)),
        Type::Null => {
            from.null().map_err(refuse)?;
            drop(to.null());
        }
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => {
            drop(to.u64(from.u64().map_err(refuse)?));
        }
        Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Int => {
            drop(to.int(from.int().map_err(refuse)?));
        }
        Type::Bytes => drop(to.bytes(from.bytes().map_err(refuse)?)),
        Type::String => drop(to.str(from.str().map_err(refuse)?)),
        Type::Array => {
            let length = from.array().map_err(refuse)?.ok_or(Reason::NotCanonical)?;
            drop(to.array(length));
            for _ in 0..length {
                rewrite(from, to, deeper)?;
            }
        }
        Type::Map => {
            let length = from.map().map_err(refuse)?.ok_or(Reason::NotCanonical)?;
            drop(to.map(length));
            rewrite_pairs(from, to, length, deeper)?;
        }
        _ => return Err(Reason::NotCanonical),
    }
    Ok(())
}

/// Keys must ascend bytewise, which also refuses duplicates.
fn rewrite_pairs(
    from: &mut Decoder<'_>,
    to: &mut Out,
    length: u64,
    depth: usize,
) -> Result<(), Reason> {
    let mut before: Option<&[u8]> = None;
    for _ in 0..length {
        let start = from.position();
        rewrite(from, to, depth)?;
        let key = from.input().get(start..from.position()).ok_or(Reason::NotCanonical)?;
        if before.is_some_and(|before| before >= key) {
            return Err(Reason::NotCanonical);
        }
        before = Some(key);
        rewrite(from, to, depth)?;
    }
    Ok(())
}
