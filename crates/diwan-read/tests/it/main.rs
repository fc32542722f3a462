//! Reading, shown from outside: text in, claims and places out.

mod annotated;
mod names;
mod pages;
mod texts;
