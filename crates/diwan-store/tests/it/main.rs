//! The store as the program uses it: on real files.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod ledger;
mod questions;
mod random;
mod world;
