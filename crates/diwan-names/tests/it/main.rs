//! What the crate promises, seen from outside.

mod keys;
mod search;
mod text;
