//! The picture: what is derived from the ledger so that questions are quick.

pub(super) mod ask;
pub(super) mod project;
pub(super) mod rows;
mod search;
pub(super) mod stretch;
mod trail;
