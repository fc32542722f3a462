//! Accepts what changed on purpose: vectors and pages first, then snapshots that show them.

use crate::shell::{self, Told};
use crate::{generate, tidy};

/// What was accepted is then read in `git diff` and named in the commit.
pub(crate) fn run() -> Result<(), Told> {
    generate::run()?;
    let mut tests = shell::cargo(&["test", "--workspace", "--no-fail-fast"]);
    // Inline snapshots are rewritten by their own tool; here whole files are.
    tests.env("INSTA_UPDATE", "always");
    let tested = shell::must(&mut tests);
    tidy::run()?;
    tested
}
