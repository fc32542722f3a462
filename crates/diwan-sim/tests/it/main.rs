//! The rehearsal as a test: many seeds, each with a partner who cheats.

mod attacks;
mod reasons;
mod scenarios;
mod seeds;
