//! What the crate promises, seen from outside.

mod explained;
mod hostile;
mod keys;
#[path = "../../../../fuzz/names.rs"]
mod readers;
mod regional;
mod scores;
mod search;
mod spelled;
mod text;
