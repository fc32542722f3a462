//! The one place that asks the system for random bytes.

/// Random bytes for keys, nonces and identifiers.
///
/// # Panics
/// If the system has none: a node that cannot draw a key must not go on.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("promise of the system: random bytes are there");
    bytes
}
