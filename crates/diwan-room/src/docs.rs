//! Small documents on the ledger's shelves, in the canonical encoding.

use diwan_record::{Digest, PartnerId, bytes};

use crate::ledger::{Fault, Ledger, Shelf};

/// Reads one document.
pub(crate) fn doc<T: for<'b> minicbor::Decode<'b, ()>>(
    ledger: &dyn Ledger,
    shelf: Shelf,
    key: &[u8],
) -> Result<Option<T>, Fault> {
    ledger.doc(shelf, key)?.map(|value| parse(shelf, &value)).transpose()
}

/// Reads all documents under a prefix, by key.
pub(crate) fn docs<T: for<'b> minicbor::Decode<'b, ()>>(
    ledger: &dyn Ledger,
    shelf: Shelf,
    prefix: &[u8],
) -> Result<Vec<T>, Fault> {
    let found = ledger.docs(shelf, prefix)?;
    found.iter().map(|(_, value)| parse(shelf, value)).collect()
}

pub(crate) fn put<T: minicbor::Encode<()>>(
    ledger: &mut dyn Ledger,
    shelf: Shelf,
    key: &[u8],
    value: &T,
) -> Result<(), Fault> {
    ledger.put_doc(shelf, key, &bytes::write(value))
}

/// The key of what concerns one record and one partner.
pub(crate) fn pair_key(digest: &Digest, partner: &PartnerId) -> Vec<u8> {
    [&digest.0, partner.as_str().as_bytes()].concat()
}

/// Our own documents were written by us, so another form means damage.
fn parse<T: for<'b> minicbor::Decode<'b, ()>>(shelf: Shelf, value: &[u8]) -> Result<T, Fault> {
    minicbor::decode(value)
        .map_err(|_| Fault::Corrupt(format!("a document of shelf `{shelf:?}` cannot be read")))
}
