//! .
#[derive(Debug)] pub struct Finding;
#[derive(Debug)] pub struct Verdict;
#[derive(Debug)] pub struct Whose;
