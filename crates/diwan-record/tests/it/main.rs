//! The record floor from outside: its byte form, its limits, its signatures and its vectors.

mod cbor;
mod forms;
mod hostile;
mod keys;
mod limits;
mod made;
mod tamper;
mod vectors;

/// The readers of foreign bytes, shared with the fuzz targets.
#[path = "../../../../fuzz/entries.rs"]
mod entries;
