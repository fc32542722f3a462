//! Search by words, newest first.
//!
//! An item is listed at its newest current row that has all the words.

use std::collections::BTreeSet;

use diwan_room::{Fault, Folded};
use rusqlite::params;

use super::ask::{Asker, Found, Wanted};
use super::{rows, trail};
use crate::fold_text::{ANYWHERE, label_token, trail_token};
use crate::sqlite::file::{fault, uint};

/// A viewer who sees fewer than one in this many rows is searched for by label tokens at once.
const NARROW: f64 = 20.0;
/// Hits passed over before label tokens are tried.
const PATIENCE: u32 = 5000;
/// More tokens than this cost more than they save.
const TOKENS: usize = 1500;

impl Asker<'_> {
    pub(super) fn search(
        &self,
        wanted: &Wanted<'_>,
        words: &[Vec<String>],
        below: i64,
        limit: usize,
    ) -> Result<Vec<Found>, Fault> {
        let (all, labels, seen) = self.lengths()?;
        let plain = expression(words);
        let wide = format!("{}{plain}", wanted.tokens());
        let narrowed = (labels.len() <= TOKENS)
            .then(|| format!("{} AND {wide}", any(labels.iter().map(|one| label_token(*one)))));
        let mut found = Vec::new();
        if labels.is_empty() {
            return Ok(found);
        }
        let narrow = seen * NARROW < all;
        let mut done = BTreeSet::new();
        let mut on = Some(below);
        if let Some(below) = on.filter(|_| !narrow || narrowed.is_none()) {
            let patience = if narrowed.is_some() { PATIENCE } else { u32::MAX };
            let match_ = Match { expression: &wide, plain: &plain, patience };
            on = self.hits(wanted, &match_, below, limit, (&mut found, &mut done))?;
        }
        if let (Some(below), Some(expression)) = (on, &narrowed) {
            let match_ = Match { expression, plain: &plain, patience: u32::MAX };
            self.hits(wanted, &match_, below, limit, (&mut found, &mut done))?;
        }
        Ok(found)
    }

    /// Goes through hits; answers with where it stopped if patience ended before the page was full.
    fn hits(
        &self,
        wanted: &Wanted<'_>,
        by: &Match<'_>,
        below: i64,
        limit: usize,
        (found, done): (&mut Vec<Found>, &mut BTreeSet<i64>),
    ) -> Result<Option<i64>, Fault> {
        let mut find = self
            .conn
            .prepare_cached(
                "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC",
            )
            .map_err(fault)?;
        let mut hits = find.query(params![by.expression, below]).map_err(fault)?;
        let mut hidden = 0;
        while found.len() < limit {
            let Some(hit) = hits.next().map_err(fault)? else {
                return Ok(None);
            };
            let position: i64 = hit.get(0).map_err(fault)?;
            let Some(item_no) = self.item_at(position)? else {
                hidden += 1;
                if hidden > by.patience {
                    return Ok(Some(position));
                }
                continue;
            };
            if done.contains(&item_no) {
                continue;
            }
            let Some(item) = rows::item_by_no(self.conn, item_no)? else {
                continue;
            };
            if !wanted.may_fit(&item) {
                done.insert(item_no);
                continue;
            }
            let folded = self.fold(&item, false)?;
            if !folded.current.iter().any(|row| row.position == uint(position)) {
                continue;
            }
            done.insert(item_no);
            if !self.newer_hit(&folded, by.plain, position)?
                && let Some(brief) = folded.brief.filter(|brief| wanted.fits(brief))
            {
                found.push(Found { position, brief });
            }
        }
        Ok(None)
    }

    /// Whether a newer current row of the item has the words too: then it is listed there.
    fn newer_hit(&self, folded: &Folded, plain: &str, position: i64) -> Result<bool, Fault> {
        let mut find = self
            .conn
            .prepare_cached("SELECT 1 FROM words WHERE words MATCH ?1 AND rowid = ?2")
            .map_err(fault)?;
        for row in folded.current.iter().filter(|row| row.position > uint(position)) {
            if find.exists(params![plain, crate::sqlite::file::int(row.position)]).map_err(fault)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

struct Match<'a> {
    expression: &'a str,
    plain: &'a str,
    patience: u32,
}

impl Wanted<'_> {
    /// Rows of items that cannot fit are not even hits, where tokens tell.
    fn tokens(&self) -> String {
        let anywhere = || std::iter::once(ANYWHERE.to_string());
        let mut all = String::new();
        if self.kinds != 0 {
            let kinds = trail::of_kinds(self.kinds).map(trail_token);
            all = format!("{} AND ", any(kinds.chain(anywhere())));
        }
        if let Some(cells) = self.query.window.and_then(trail::of_window) {
            let cells = cells.into_iter().map(trail_token);
            all = format!("{all}{} AND ", any(cells.chain(anywhere())));
        }
        all
    }
}

/// Every word in any of its forms.
fn expression(words: &[Vec<String>]) -> String {
    let words = words.iter().map(|forms| any(forms.iter().cloned()));
    words.collect::<Vec<_>>().join(" AND ")
}

/// One of these tokens. They have no quotes in them.
fn any(tokens: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = tokens.map(|token| format!("\"{token}\"")).collect();
    format!("({})", quoted.join(" OR "))
}
