//! How one name is written many ways: normal forms, keys and an explained score across Arabic,
//! Persian, Kurdish, Turkish, Hebrew and Latin spellings.
//!
//! It says how alike two names are and why; it never says that two names are one person.

mod align;
mod compare;
pub mod costs;
mod encode;
mod features;
pub mod forest;
pub mod learn;
mod letter;
mod model;
mod phone;
mod score;
mod words;

pub use compare::Rule;
pub use encode::{Encoded, Kind, PARTS_MAX, PHONES_MAX, UnknownKind, encode};
pub use features::{FEATURE_NAMES, FEATURES, Features, TOWARD};
pub use letter::Script;
pub use model::{Model, RARITIES};
pub use score::{features_with, score, score_with};
