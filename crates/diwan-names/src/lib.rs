//! How one name is written many ways: normal forms, keys and an explained score across Arabic,
//! Persian, Kurdish, Turkish, Hebrew and Latin spellings.
//!
//! It says how alike two names are and why; it never says that two names are one person.

pub mod confusable;
pub mod display;
mod align;
mod costs;
mod encode;
mod index;
pub mod keys;
mod letter;
mod lists;
pub mod normal;
mod outline;
pub mod parts;
mod phone;
mod search;
pub mod skeleton;
mod words;

pub use encode::{Encoded, Kind, PARTS_MAX, PHONES_MAX, encode};
pub use index::{Full, Index};
pub use letter::Script;
pub use search::{Found, Search};
