//! The store as the program uses it: on real files.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod articles;
mod evidence;
mod ledger;
mod local;
mod questions;
mod random;
mod world;
