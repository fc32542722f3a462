//! How one name is written many ways: normal forms, keys and an explained score across Arabic,
//! Persian, Kurdish, Turkish, Hebrew and Latin spellings.
//!
//! It says how alike two names are and why; it never says that two names are one person.

pub mod confusable;
pub mod display;
pub mod keys;
pub mod normal;
pub mod parts;
pub mod skeleton;
