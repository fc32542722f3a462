//! Opens hostile bytes as an article: no panic, and every place leads back to the source.
#![no_main]

#[path = "../articles.rs"]
mod articles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| articles::opens(bytes, diwan_read::Format::Text));
