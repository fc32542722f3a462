//! Is the program: starts, listens, tells the time, holds the keys, serves the screens.
//!
//! What this floor promises:
//! - Tasks are a closed list; each is watched, and only the desk's end is the program's end.
//! - A caller that is no paired partner is refused before a byte of the exchange is read.
//! - Nothing leaves and nobody is answered before the commit.
//! - Logs hold no record content, no names of persons and no keys.

pub mod api;
pub mod assets;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod config;
pub mod desk;
pub mod exercise;
pub mod health;
pub mod keys;
pub mod link;
mod live;
pub mod log;
pub mod node;
pub mod pair;
pub mod people;
pub mod places;
pub mod position;
mod projector;
pub mod run;
mod screens;
mod session;
pub mod sources;
mod words;
