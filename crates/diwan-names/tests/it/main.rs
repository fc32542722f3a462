//! What the crate promises, seen from outside.

mod explained;
mod hostile;
mod keys;
mod scores;
mod search;
mod spelled;
mod text;
