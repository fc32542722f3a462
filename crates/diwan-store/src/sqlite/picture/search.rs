//! Search by words, newest first.
//!
//! An item is listed at its newest current row that has all the words.

use std::collections::BTreeSet;

use diwan_room::{Fault, Folded};
use rusqlite::params;

use super::ask::{Asker, Found, Wanted};
use super::rows;
use crate::fold_text::label_token;
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
        let narrowed = (labels.len() <= TOKENS).then(|| {
            let tokens: Vec<String> =
                labels.iter().map(|number| quoted(&label_token(*number))).collect();
            format!("({}) AND {plain}", tokens.join(" OR "))
        });
        let mut found = Vec::new();
        if labels.is_empty() {
            return Ok(found);
        }
        let narrow = seen * NARROW < all;
        let mut done = BTreeSet::new();
        let mut on = Some(below);
        if let Some(below) = on.filter(|_| !narrow || narrowed.is_none()) {
            let patience = if narrowed.is_some() { PATIENCE } else { u32::MAX };
            let match_ = Match { expression: &plain, plain: &plain, patience };
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
            let Some(hit) = hits.next().map_err(fault)? else { return Ok(None) };
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
            let Some(item) = rows::item_by_no(self.conn, item_no)? else { continue };
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

/// Every word in any of its forms. Forms are letters and digits only, so quotes are enough.
fn expression(words: &[Vec<String>]) -> String {
    let any = |forms: &Vec<String>| {
        let forms: Vec<String> = forms.iter().map(|form| quoted(form)).collect();
        format!("({})", forms.join(" OR "))
    };
    words.iter().map(any).collect::<Vec<_>>().join(" AND ")
}

fn quoted(token: &str) -> String {
    format!("\"{token}\"")
}
