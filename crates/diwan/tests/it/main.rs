//! The real program: nodes with real ledgers, talking over real sockets of this machine.

mod api;
mod commands;
mod exchange;
mod keys;
mod peers;
mod puppet;
mod world;
