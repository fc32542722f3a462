//! Hidden records leave no mark, and the order of arrival none either.

use std::collections::BTreeMap;

use diwan_record::{ItemId, Label, State};
use diwan_room::{Folded, Held, Ledger, MemoryLedger, Row, Viewer, fold, row};

use super::Checked;
use crate::chance::Chance;
use crate::node;

/// Rows of what a viewer may see, by item.
fn rows(ledger: &MemoryLedger, viewer: &Viewer) -> BTreeMap<ItemId, Vec<Row>> {
    let mut rows: BTreeMap<ItemId, Vec<Row>> = BTreeMap::new();
    for held in ledger.records().filter(|held| viewer.sees(&held.label)) {
        if let Some(row) = row(held) {
            rows.entry(row.item).or_default().push(row);
        }
    }
    rows
}

/// What a viewer is shown: the ledger's own numbers, which never leave it, are taken out.
fn shown(mut folded: Folded, labels: &BTreeMap<u32, Label>) -> (Folded, Vec<Option<Label>>) {
    let mut named = Vec::new();
    let rows = folded.current.iter_mut().chain(&mut folded.superseded);
    for row in rows {
        named.push(labels.get(&row.label_no).cloned());
        (row.label_no, row.position) = (0, 0);
    }
    if let Some(brief) = &mut folded.brief {
        named.push(labels.get(&brief.label_no).cloned());
        brief.label_no = 0;
    }
    (folded, named)
}

/// Builds the same ledger without what the viewer may not see, and compares what is shown; folds
/// shuffled rows, and compares again.
///
/// # Errors
/// Which item differs.
pub fn hidden_leave_no_mark(ledger: &MemoryLedger, chance: &mut Chance) -> Checked {
    let viewers = [node::little(), node::everything()].into_iter().flat_map(|entitlement| {
        [State::Actual, State::Exercise]
            .map(|state| Viewer { entitlement: entitlement.clone(), state })
    });
    for viewer in viewers {
        let visible: Vec<Held> =
            ledger.records().filter(|held| viewer.sees(&held.label)).cloned().collect();
        let mut reduced = MemoryLedger::default();
        for held in &visible {
            reduced.keep(held).map_err(|fault| fault.to_string())?;
        }
        let (full, less) = (rows(ledger, &viewer), rows(&reduced, &viewer));
        if !full.keys().eq(less.keys()) {
            return Err("hidden records change which items there are".to_owned());
        }
        let labels: BTreeMap<u32, Label> = ledger.labels().into_iter().collect();
        let fewer: BTreeMap<u32, Label> = reduced.labels().into_iter().collect();
        for ((item, full), less) in full.into_iter().zip(less.into_values()) {
            let mut other = full.clone();
            chance.shuffle(&mut other);
            let plain = fold(full);
            if fold(other) != plain {
                return Err(format!("item {item} depends on the order of arrival"));
            }
            if shown(plain, &labels) != shown(fold(less), &fewer) {
                return Err(format!("item {item} shows that something is hidden"));
            }
        }
    }
    Ok(())
}
