//! Questions to the picture, for one viewer.
//!
//! A question walks trails that hold all of its answer and more, newest first, and looks at each
//! item exactly: only rows the viewer may see are read, and the item is folded from them. Which
//! trails are walked changes the time, never the answer.

use std::sync::Arc;

use diwan_record::{Digest, ItemId, State};
use diwan_room::{Brief, Fault, Folded, Query, fold};
use rusqlite::Connection;

use super::rows::{self, Item};
use super::trail::{self, Walk};
use crate::sqlite::file::fault;
use crate::sqlite::labels::Visible;

/// One viewer's eyes on one snapshot of the picture.
pub(in crate::sqlite) struct Asker<'a> {
    pub(in crate::sqlite) conn: &'a Connection,
    pub(in crate::sqlite) visible: Arc<Visible>,
    /// All of it that the viewer sees is in this state.
    pub(in crate::sqlite) state: State,
}

/// An item found, with the position at which it is listed.
#[derive(Debug)]
pub(in crate::sqlite) struct Found {
    pub(in crate::sqlite) position: i64,
    pub(in crate::sqlite) brief: Brief,
}

/// What a question asks, ready to be compared with items.
pub(super) struct Wanted<'a> {
    pub(super) query: &'a Query,
    /// Only items with a place: a map draws nothing else.
    placed: bool,
    pub(super) kinds: i64,
}

impl Wanted<'_> {
    /// Whether any viewer's face of the item may fit; rules most items out without reading rows.
    pub(super) fn may_fit(&self, item: &Item) -> bool {
        let kind = self.kinds == 0 || item.kinds & self.kinds != 0;
        let anywhere = self.query.window.is_none() && !self.placed;
        let inside = |(lon, lat): &(f64, f64)| self.query.contains(*lon, *lat);
        kind && (anywhere || item.places.iter().any(inside))
    }

    /// Whether this viewer's face of it does.
    pub(super) fn fits(&self, brief: &Brief) -> bool {
        let kind = self.query.kinds.is_empty() || self.query.kinds.contains(&brief.kind);
        let place = match &brief.face.place {
            Some(place) => self.query.contains(place.lon, place.lat),
            None => self.query.window.is_none() && !self.placed,
        };
        kind && place
    }
}

/// Trails that together hold every item of the answer.
struct Choice {
    trails: Vec<i64>,
    /// Spots on them.
    spots: f64,
    /// Steps until a page is full, as far as lengths tell.
    steps: f64,
    /// The part of the steps at which the viewer sees the label, so that the item is looked at.
    looks: f64,
}

/// What the start of one more trail costs, in steps.
const START: f64 = 12.0;
/// What a look at an item costs, in steps.
const LOOK: f64 = 12.0;

impl Asker<'_> {
    /// The first `limit` items of the answer below a position, newest first.
    pub(in crate::sqlite) fn list(
        &self,
        query: &Query,
        placed: bool,
        below: i64,
        limit: usize,
    ) -> Result<Vec<Found>, Fault> {
        let bits = query.kinds.iter().map(trail::kind_bit).fold(0, |all, bit| all | bit);
        let wanted = Wanted { query, placed, kinds: bits };
        let words = query.words.as_deref().map(crate::fold_text::question).unwrap_or_default();
        if words.is_empty() {
            self.walk(&wanted, below, limit)
        } else {
            self.search(&wanted, &words, below, limit)
        }
    }

    fn walk(&self, wanted: &Wanted<'_>, below: i64, limit: usize) -> Result<Vec<Found>, Fault> {
        let choices = self.choices(wanted, limit)?;
        let by =
            |cost: fn(&Choice) -> f64| choices.iter().min_by(|a, b| cost(a).total_cmp(&cost(b)));
        let (Some(likely), Some(sure)) = (by(Choice::likely), by(Choice::at_most)) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        // What is visible may lie far back, which lengths do not tell: then the shortest trails
        // are walked on from where the likely ones were left.
        let mut walk = Walk::new(self.conn, &likely.trails, below);
        let patience = likely.steps.mul_add(4.0, 2000.0);
        if !self.follow(wanted, &mut walk, patience, limit, &mut found)? {
            let mut walk = Walk::new(self.conn, &sure.trails, walk.below());
            self.follow(wanted, &mut walk, f64::INFINITY, limit, &mut found)?;
        }
        Ok(found)
    }

    /// Walks until enough is found; answers `false` if patience ended before.
    fn follow(
        &self,
        wanted: &Wanted<'_>,
        walk: &mut Walk<'_>,
        patience: f64,
        limit: usize,
        found: &mut Vec<Found>,
    ) -> Result<bool, Fault> {
        let mut steps = 0.0;
        while found.len() < limit {
            if steps > patience {
                return Ok(false);
            }
            let Some(spot) = walk.next()? else { break };
            steps += 1.0;
            if self.visible.sees(spot.label_no)
                && let Some(brief) = self.look(wanted, spot)?
            {
                found.push(Found { position: spot.position, brief });
            }
        }
        Ok(true)
    }

    /// The item at a spot, if this is its newest visible spot and it fits.
    fn look(&self, wanted: &Wanted<'_>, spot: trail::Spot) -> Result<Option<Brief>, Fault> {
        let Some(item) = rows::item_by_no(self.conn, spot.item_no)? else {
            return Ok(None);
        };
        if !wanted.may_fit(&item) || self.newest(&item) != Some(spot.position) {
            return Ok(None);
        }
        let brief = self.fold(&item, false)?.brief;
        Ok(brief.filter(|brief| wanted.fits(brief)))
    }

    /// Where an item is listed for this viewer.
    fn newest(&self, item: &Item) -> Option<i64> {
        let seen = item.spots.iter().filter(|(label_no, _)| self.visible.sees(*label_no));
        seen.map(|(_, position)| *position).max()
    }

    /// The item as this viewer sees it.
    pub(super) fn fold(&self, item: &Item, past: bool) -> Result<Folded, Fault> {
        let sees = |label_no| self.visible.sees(label_no);
        Ok(fold(rows::of_item(self.conn, item, past, self.state, sees)?))
    }

    /// The item with everything that was superseded; `None` if the viewer sees nothing of it.
    pub(in crate::sqlite) fn item(&self, id: &ItemId) -> Result<Option<Folded>, Fault> {
        let Some(item) = rows::item_of(self.conn, id)? else {
            return Ok(None);
        };
        let folded = self.fold(&item, true)?;
        Ok((!folded.current.is_empty()).then_some(folded))
    }

    /// The item that has a row at this position, if the viewer may see that row.
    pub(in crate::sqlite) fn item_at(&self, position: i64) -> Result<Option<i64>, Fault> {
        let found = self.row_at(position)?;
        Ok(found.filter(|(_, label_no)| self.visible.sees(*label_no)).map(|(item_no, _)| item_no))
    }

    pub(in crate::sqlite) fn brief(&self, item_no: i64) -> Result<Option<Brief>, Fault> {
        let Some(item) = rows::item_by_no(self.conn, item_no)? else {
            return Ok(None);
        };
        Ok(self.fold(&item, false)?.brief)
    }

    /// Item and label of a row.
    pub(super) fn row_at(&self, position: i64) -> Result<Option<(i64, u32)>, Fault> {
        use rusqlite::OptionalExtension;
        self.conn
            .prepare_cached("SELECT item_no, label_no FROM rows WHERE position = ?1")
            .and_then(|mut find| {
                find.query_row([position], |row| Ok((row.get(0)?, row.get(1)?))).optional()
            })
            .map_err(fault)
    }

    /// The digest of the row at a position: what a cursor is made of.
    pub(in crate::sqlite) fn digest_at(&self, position: i64) -> Result<Digest, Fault> {
        self.conn
            .prepare_cached("SELECT digest FROM rows WHERE position = ?1")
            .and_then(|mut find| find.query_row([position], |row| row.get(0)))
            .map(Digest)
            .map_err(fault)
    }

    /// Spots of all items; labels in use that this viewer sees, and spots under those.
    pub(super) fn lengths(&self) -> Result<(f64, Vec<u32>, f64), Fault> {
        let all = trail::length(self.conn, &[trail::ALL])?;
        let (mut labels, mut spots) = (Vec::new(), 0.0);
        trail::each_label(self.conn, |label_no, count| {
            if self.visible.sees(label_no) {
                labels.push(label_no);
                spots += count;
            }
        })?;
        Ok((all, labels, spots))
    }

    fn choices(&self, wanted: &Wanted<'_>, limit: usize) -> Result<Vec<Choice>, Fault> {
        let (all, labels, seen) = self.lengths()?;
        let part = seen / all.max(1.0);
        let choice = |trails: Vec<i64>, spots, looks| Choice { trails, spots, steps: 0.0, looks };
        let labels = labels.into_iter().map(trail::of_label).collect();
        let mut choices = vec![choice(vec![trail::ALL], all, part), choice(labels, seen, 1.0)];
        if wanted.kinds != 0 {
            let trails: Vec<i64> = trail::of_kinds(wanted.kinds).collect();
            let spots = trail::length(self.conn, &trails)?;
            choices.push(choice(trails, spots, part));
        }
        if let Some(trails) = wanted.query.window.and_then(trail::of_window) {
            let spots = trail::length(self.conn, &trails)?;
            choices.push(choice(trails, spots, part));
        }
        // As if labels, kinds and places had nothing to do with each other.
        let share = choices.iter().fold(1.0, |share, one| share * one.spots / all.max(1.0));
        for choice in &mut choices {
            let one_in = choice.spots / (all * share).max(1e-9);
            choice.steps = (limit as f64 * one_in).min(choice.spots);
        }
        Ok(choices)
    }
}

impl Choice {
    fn likely(&self) -> f64 {
        self.cost(self.steps)
    }

    fn at_most(&self) -> f64 {
        self.cost(self.spots)
    }

    fn cost(&self, steps: f64) -> f64 {
        self.trails.len() as f64 * START + steps * (1.0 + LOOK * self.looks)
    }
}
