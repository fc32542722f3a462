//! What Diwan withstands, as far as rooms and the exchange hold it: one test per attack, with the
//! number of `docs/attacks.md`.

mod copies;
mod hidden;
mod keys;
mod labels;
mod onward;
mod people;
mod recall;
mod stream;

use diwan_record::PartnerId;
use diwan_room::{Frame, Ledger, MemoryLedger, Stream};
use diwan_sim::Story;

/// Nothing in these stories breaks a promise of the rehearsal on the way.
type Told = Result<(), String>;

fn id(code: &str) -> PartnerId {
    code.parse().expect("a code")
}

fn ledger<'a>(story: &'a Story, code: &str) -> &'a MemoryLedger {
    &story.world.nodes[story.at(code).expect("a partner")].ledger
}

/// How many entries a node has taken from a partner, or sent to it.
fn entries(story: &Story, code: &str, stream: Stream, partner: &str) -> usize {
    let entries = ledger(story, code).entries(&id(partner), stream, 1, usize::MAX);
    entries.expect("a ledger in memory").len()
}

/// The frames from one partner to another that carry entries.
fn gives(frames: &[(String, String, Vec<u8>)], from: &str, to: &str) -> Vec<Vec<u8>> {
    let between = frames.iter().filter(|(one, other, _)| one == from && other == to);
    let bytes = between.map(|(_, _, bytes)| bytes.clone());
    bytes.filter(|bytes| matches!(Frame::read(bytes), Ok(Frame::Give { .. }))).collect()
}
