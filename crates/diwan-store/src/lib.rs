//! Keeps the ledger and proves that it is kept.
//!
//! What this floor promises:
//! - A committed batch survives power loss; an undone one leaves nothing.
//! - What is read is what was written: the digest of a record is compared on every read.
//! - The picture is derived: following the ledger and rebuilding it give the same.
//! - What a viewer gets depends on nothing the viewer may not see: not its order, its length, nor
//!   where a page ends.
//!
//! The ledger is the memory that counts. The picture follows it in a file of its own, so that no
//! receipt waits for an index; it may be deleted at any time.

mod duties;
mod fold_text;
mod sqlite;

pub use duties::pass_duties;
pub use sqlite::{
    Article, Articles, ClaimKey, Counts, Decision, Draft, Feed, FeedFault, Finding, Local,
    LogEntry, Page, Projected, Reader, RuleSwitch, Session, SideFiles, Store, Tally, Verdict,
    Whose, Writer, open, open_read_only,
};
