//! Feeds hostile bytes to the reader named like this file.
#![no_main]

#[path = "../frame.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::frame(bytes));
