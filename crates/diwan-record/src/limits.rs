//! Every limit in the system, each with its reason.

/// Longest record in bytes: a full-page narrative in five languages is under 100 kB.
pub const RECORD_BYTES: usize = 1 << 20;
/// Longest header in bytes; the largest honest one is under 600.
pub const HEADER_BYTES: usize = 4096;
/// Longest statement about a key in bytes: five roots sign it at most, each in under 300.
pub const STATEMENT_BYTES: usize = 4096;
/// Longest entry in bytes: `onward` may name every partner of a large room.
pub const ENTRY_BYTES: usize = 4096;
/// Deepest nesting of CBOR; ours uses four levels.
pub const CBOR_DEPTH: usize = 16;
/// Deepest nesting of a JSON body; ours use six levels, newer kinds may use more.
pub const JSON_DEPTH: usize = 32;
/// Longest single text in characters.
pub const TEXT_CHARS: usize = 20_000;
/// Longest title or name in characters.
pub const NAME_CHARS: usize = 300;
/// Longest list in a body: participants of a large conference fit.
pub const LIST: usize = 200;
/// Partners one node may be paired with.
pub const PARTNERS: usize = 250;
/// Parties one entry may name in `onward`.
pub const ONWARD: usize = 64;
/// Records one release may carry.
pub const RELEASE_RECORDS: usize = 100;
/// Entries in one signed run that is taken.
pub const RUN_ENTRIES: usize = 128;
/// Entries put into one run that is sent, so that more than one is on its way at a time.
pub const RUN_FILL: usize = 64;
/// Entries sent beyond the last receipt: FLASH waits behind at most this many.
pub const WINDOW_ENTRIES: u64 = 128;
/// Entries of IMMEDIATE and FLASH that are sent beyond a full window.
pub const WINDOW_URGENT: u64 = 32;
/// Bytes sent beyond the last receipt, so that large records do not fill a partner's memory.
pub const WINDOW_BYTES: u64 = 4 << 20;
/// Bytes of papers one run is filled with, unless a single record is larger.
pub const RUN_BYTES: u64 = 512 << 10;
/// Longest frame in bytes: one record of the largest size, or a full run whose every entry carries
/// a grant.
pub const FRAME_BYTES: usize = 2 * RECORD_BYTES;
/// Records one partner may have parked here; beyond it the next is refused with a reason.
pub const PARKED: u64 = 10_000;
/// How far an author's time may lie ahead of arrival, in microseconds (10 minutes).
pub const AHEAD_US: i64 = 600_000_000;
/// Events the desk takes into one commit. Group commit: the disk is the cost, not the step.
pub const BATCH_EVENTS: usize = 512;
/// Longest password in bytes; argon2 would take more, an attacker's megabytes would cost time.
pub const PASSWORD_BYTES: usize = 1024;
/// Largest page of the picture.
pub const PAGE: usize = 200;
/// Most items drawn on one map.
pub const MAP_ITEMS: usize = 1000;
/// Longest search text in characters.
pub const QUERY_CHARS: usize = 200;
/// Drafts one person may keep.
pub const DRAFTS: usize = 200;
/// Longest article in characters: the longest of a newspaper's pages; Arabic takes two bytes a
/// character, so it stays far below a record.
pub const ARTICLE_CHARS: usize = 60_000;
/// Proposals one article may carry: some eighty a page.
pub const PROPOSALS: usize = 2000;
/// Articles on the reading list; beyond it the oldest nobody decided about goes.
pub const ARTICLES: usize = 2000;
/// Feeds one node polls.
pub const FEEDS: usize = 100;
/// Largest answer of a feed or an article in bytes: ten times the largest seen.
pub const FETCH_BYTES: usize = 4 << 20;
/// Longest wait for a whole answer of a feed, in seconds.
pub const FETCH_S: u64 = 20;
/// Redirects followed, each checked like the first address.
pub const REDIRECTS: usize = 3;
/// Entries taken from one answer of a feed: the newest of them come first.
pub const FEED_ENTRIES: usize = 100;
/// Pages behind the entries of a feed that are fetched at one poll, so that a new feed does not
/// burst upon its site.
pub const FEED_PAGES: usize = 20;
