//! How one name is written many ways: normal forms, keys and an explained score across Arabic,
//! Persian, Kurdish, Turkish, Hebrew and Latin spellings.
//!
//! It says how alike two names are and why; it never says that two names are one person.

mod encode;
mod letter;
mod phone;
mod words;

pub use encode::{Encoded, Kind, PARTS_MAX, PHONES_MAX, encode};
pub use letter::Script;
