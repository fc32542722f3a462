//! How one name is written many ways: normal forms, keys and an explained score across Arabic,
//! Persian, Kurdish, Turkish, Hebrew and Latin spellings.
//!
//! It says how alike two names are and why; it never says that two names are one person. That takes
//! a date, a place, a father's name, and a human being who decides.
//!
//! ```
//! use diwan_names::{Kind, encode, explain, score};
//!
//! let asked = encode("Asaad al-Shaibani", Kind::Person);
//! let same = score(&asked, &encode("أسعد الشيباني", Kind::Person));
//! let brother = score(&asked, &encode("Ahmad al-Shaibani", Kind::Person));
//! assert!(same > 0.9 && brother < same);
//!
//! let why = explain("Deir ez-Zor", "Deyrizor", Kind::Place);
//! assert_eq!(why.answers.len(), 1);
//! assert_eq!(why.answers[0].rule, diwan_names::Rule::Joined);
//! ```
//!
//! A name is read once ([`encode`]) and compared often ([`score`]). Reading turns any script into one
//! alphabet of phones and finds the parts: articles, `abd` with what follows, titles, kinds of places
//! and bodies. Comparing pairs the parts by costs of letters that were learned for each pair of
//! scripts, and a small forest turns what was found into one number. [`explain`] tells the same parts
//! in words. Weights ship inside the crate; docs/names.md says what they were made from and how well
//! they do on names they were not made from.
//!
//! Everything here is deterministic, takes any bytes that are text, and looks at no clock, file or
//! network.

pub mod confusable;
pub mod display;
mod index;
pub mod keys;
mod lists;
pub mod normal;
mod outline;
pub mod parts;
mod search;
pub mod skeleton;

pub use index::{Full, Index};
pub use search::{Found, Search};

mod align;
mod compare;
pub mod costs;
mod encode;
mod explain;
mod features;
pub mod forest;
pub mod learn;
mod letter;
mod model;
mod phone;
mod score;
mod sound;
mod words;

pub use compare::Rule;
pub use encode::{Encoded, Kind, PARTS_MAX, PHONES_MAX, UnknownKind, encode};
pub use explain::{Against, Answered, Explanation, LeftOver, explain};
pub use features::{FEATURE_NAMES, FEATURES, Features, TOWARD};
pub use letter::Script;
pub use model::{Model, RARITIES};
pub use score::{features_with, score, score_with};
