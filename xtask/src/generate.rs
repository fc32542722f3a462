//! Writes generated files, and compares them with what is committed.

use crate::parts::Count;
use crate::shell::Told;

pub(crate) fn run() -> Result<(), Told> {
    Ok(())
}

pub(crate) fn compare() -> Result<Count, Told> {
    Ok(Count::ONE)
}
