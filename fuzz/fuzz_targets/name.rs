//! Feeds hostile bytes to the readers of names.
#![no_main]

#[path = "../names.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::names(bytes));
