//! Reading, shown from outside: text in, claims and places out.

mod pages;
mod texts;
