//! Feeds hostile bytes to the reader named like this file.
#![no_main]

#[expect(dead_code, reason = "one file holds the readers of all targets")]
#[path = "../entries.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::label(bytes));
