//! What the crate promises, seen from outside.

mod explained;
mod hostile;
mod scores;
mod spelled;
