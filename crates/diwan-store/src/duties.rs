//! .
#[allow(missing_docs)]
pub fn pass_duties() {}
