//! The duties of a ledger: the suite that every one must pass.
//!
//! It runs on the ledger in memory and on the one in SQLite, so that both are known to be alike.
//! A duty that is not kept is told as a sentence, with what was expected and what was found.

mod exchange;

use std::fmt::Debug;

use diwan_record::{Digest, EntryKind, ItemId, Label, Moment, PartnerId, Precedence, Record, Tlp};
use diwan_room::{Fault, Held, HeldStanding, Ledger, LogLine, Shelf, Source, Stream};

type Kept = Result<(), String>;

/// Puts an empty ledger through every duty. `records` are six or more different records; the
/// first two are versions 1 and 2 of one item by one originator, and the rest other items.
///
/// # Errors
/// The first duty that was not kept.
pub fn pass_duties(ledger: &mut dyn Ledger, records: &[Record]) -> Kept {
    documents(ledger)?;
    keeping(ledger, records)?;
    standing(ledger, records)?;
    labels(ledger, records)?;
    purging(ledger, records)?;
    exchange::trays(ledger)?;
    exchange::streams(ledger, records)?;
    ledger
        .log(&LogLine {
            at: Moment::from_micros(1),
            who: None,
            what: "duty",
            detail: vec![("one", "1".to_owned())],
        })
        .map_err(told)
}

fn told(fault: Fault) -> String {
    fault.to_string()
}

fn same<T: PartialEq + Debug>(what: &str, found: Result<T, Fault>, expected: T) -> Kept {
    let found = found.map_err(|fault| format!("{what}: {fault}"))?;
    if found == expected {
        Ok(())
    } else {
        Err(format!("{what}: expected {expected:?}, found {found:?}"))
    }
}

fn documents(ledger: &mut dyn Ledger) -> Kept {
    same("no document", ledger.doc(Shelf::Person, b"a"), None)?;
    for (key, value) in [("ab", "1"), ("b", "2"), ("a", "3"), ("ab", "4")] {
        ledger.put_doc(Shelf::Person, key.as_bytes(), value.as_bytes()).map_err(told)?;
    }
    ledger.put_doc(Shelf::Partner, b"a", b"other shelf").map_err(told)?;
    ledger.put_doc(Shelf::Person, &[0xff, 0xff], b"").map_err(told)?;
    same("newest value", ledger.doc(Shelf::Person, b"ab"), Some(b"4".to_vec()))?;
    let pair = |key: &[u8], value: &[u8]| (key.to_vec(), value.to_vec());
    let under_a = vec![pair(b"a", b"3"), pair(b"ab", b"4")];
    same("documents under a prefix, by key", ledger.docs(Shelf::Person, b"a"), under_a)?;
    let all = ledger.docs(Shelf::Person, b"").map(|all| all.len());
    same("documents of a shelf", all, 4)?;
    let last = vec![pair(&[0xff, 0xff], b"")];
    same("documents under the last prefix", ledger.docs(Shelf::Person, &[0xff]), last)?;
    ledger.remove_doc(Shelf::Person, b"a").map_err(told)?;
    ledger.remove_doc(Shelf::Person, b"never there").map_err(told)?;
    same("a removed document", ledger.doc(Shelf::Person, b"a"), None)
}

fn hold(record: &Record, label: Label) -> Held {
    Held {
        position: 0,
        record: record.clone(),
        source: Source::Own,
        label,
        label_no: 0,
        onward: Vec::new(),
        precedence: Precedence::Priority,
        received: Moment::from_micros(5),
        standing: HeldStanding::Kept,
    }
}

fn at(records: &[Record], number: usize) -> Result<&Record, String> {
    records.get(number).ok_or_else(|| "too few records to test with".to_owned())
}

fn keeping(ledger: &mut dyn Ledger, records: &[Record]) -> Kept {
    let (first, second) = (at(records, 0)?, at(records, 1)?);
    same("nothing known", ledger.knows(first.digest()), false)?;
    same("nothing held", ledger.held(first.digest()).map(|held| held.is_none()), true)?;
    let mut foreign = hold(first, first.label().clone());
    foreign.source = Source::Partner(partner("TUR")?);
    foreign.onward = vec![partner("IRQ")?, partner("SYR")?];
    let one = ledger.keep(&foreign).map_err(told)?;
    let two = ledger.keep(&hold(second, second.label().clone())).map_err(told)?;
    if two <= one {
        return Err(format!("positions ascend: {one}, then {two}"));
    }
    let held = ledger.held(first.digest()).map_err(told)?.ok_or("the first record is gone")?;
    let (kept, was) = (
        (held.position, &held.source, &held.label, &held.onward, held.precedence, held.received),
        (
            one,
            &foreign.source,
            &foreign.label,
            &foreign.onward,
            foreign.precedence,
            foreign.received,
        ),
    );
    same("a held record", Ok(kept), was)?;
    same("its standing", Ok(held.standing), HeldStanding::Kept)?;
    same("its exact bytes", Ok(held.record.bytes()), first.bytes())?;
    same("bytes alone", ledger.bytes(first.digest()), Some(first.bytes().to_vec()))?;
    same("known", ledger.knows(second.digest()), true)?;
    if ledger.keep(&foreign).is_ok() {
        return Err("a record was kept twice".to_owned());
    }
    filing(ledger, first, second, &foreign.source)
}

fn filing(ledger: &mut dyn Ledger, first: &Record, second: &Record, source: &Source) -> Kept {
    let header = first.header();
    let versions = vec![(1, *first.digest()), (2, *second.digest())];
    let asked = ledger.versions(&header.originator, &header.item, header.variant);
    same("versions of an item", asked, versions)?;
    same("another variant", ledger.versions(&header.originator, &header.item, 9), vec![])?;
    same("another's versions", ledger.versions(&partner("XX")?, &header.item, 0), vec![])?;
    let filed = ledger.of_item(&header.item).map_err(told)?;
    let filed: Vec<_> = filed.iter().map(|one| (one.digest, one.source.clone())).collect();
    let expected = vec![(*first.digest(), source.clone()), (*second.digest(), Source::Own)];
    same("records of an item", Ok(filed), expected)?;
    ledger.set_onward(first.digest(), &[]).map_err(told)?;
    let onward = ledger.held(first.digest()).map(|held| held.map(|held| held.onward));
    same("a changed onward list", onward, Some(vec![]))?;
    same("an item nobody wrote", ledger.of_item(&ItemId([9; 16])), vec![])
}

fn standing(ledger: &mut dyn Ledger, records: &[Record]) -> Kept {
    let third = at(records, 2)?;
    let parked = HeldStanding::Parked("record/unknown".to_owned());
    let mut held = hold(third, third.label().clone());
    held.standing = parked.clone();
    ledger.keep(&held).map_err(told)?;
    let standing = |ledger: &dyn Ledger, record: &Record| {
        ledger.held(record.digest()).map(|held| held.map(|held| held.standing))
    };
    same("parked", standing(ledger, third), Some(parked.clone()))?;
    let of_item = ledger.of_item(&third.header().item).map(|found| found.len());
    same("a parked record is not filed", of_item, 0)?;
    let header = third.header();
    let versions = ledger.versions(&header.originator, &header.item, header.variant);
    same("a parked record is a version", versions.map(|found| found.len()), 1)?;
    ledger.set_standing(third.digest(), &HeldStanding::Kept).map_err(told)?;
    same("no longer parked", standing(ledger, third), Some(HeldStanding::Kept))?;
    let of_item = ledger.of_item(&header.item).map(|found| found.len());
    same("then it is filed", of_item, 1)?;
    let first = at(records, 0)?;
    ledger.set_standing(first.digest(), &parked).map_err(told)?;
    ledger.set_standing(third.digest(), &parked).map_err(told)?;
    same("parked after it was kept", standing(ledger, first), Some(parked.clone()))?;
    same("and another", standing(ledger, third), Some(parked))?;
    ledger.set_standing(first.digest(), &HeldStanding::Kept).map_err(told)?;
    ledger.set_standing(third.digest(), &HeldStanding::Kept).map_err(told)?;
    ledger.set_standing(&Digest::of(b"unknown"), &HeldStanding::Kept).map_err(told)
}

fn labels(ledger: &mut dyn Ledger, records: &[Record]) -> Kept {
    let (fourth, fifth) = (at(records, 3)?, at(records, 4)?);
    let strict = |record: &Record| Label { tlp: Tlp::Red, ..record.label().clone() };
    ledger.keep(&hold(fourth, strict(fourth))).map_err(told)?;
    ledger.keep(&hold(fifth, strict(fifth))).map_err(told)?;
    let number = |ledger: &dyn Ledger, record: &Record| {
        let held = ledger.held(record.digest()).map_err(told)?.ok_or("a record is gone")?;
        same("the label it is held under", Ok(held.label), strict(record))?;
        Ok::<_, String>(held.label_no)
    };
    let (one, other) = (number(ledger, fourth)?, number(ledger, fifth)?);
    if strict(fourth) == strict(fifth) && one != other {
        return Err(format!("one label has two numbers: {one} and {other}"));
    }
    Ok(())
}

fn purging(ledger: &mut dyn Ledger, records: &[Record]) -> Kept {
    let record = at(records, 5)?;
    let (digest, header) = (record.digest(), record.header());
    let before = ledger.keep(&hold(record, record.label().clone())).map_err(told)?;
    let entry = exchange::entry(1, *digest);
    let stream = Stream::In;
    ledger.append(&partner("PURGE")?, stream, &[entry]).map_err(told)?;
    ledger.purge(digest).map_err(told)?;
    ledger.purge(digest).map_err(told)?;
    same("attack_093 purged is gone", ledger.held(digest).map(|held| held.is_none()), true)?;
    same("attack_093 bytes too", ledger.bytes(digest), None)?;
    same("attack_093 unknown again", ledger.knows(digest), false)?;
    same("attack_093 in no item", ledger.of_item(&header.item), vec![])?;
    let versions = ledger.versions(&header.originator, &header.item, header.variant);
    same("attack_093 no version", versions, vec![])?;
    ledger.set_standing(digest, &HeldStanding::Kept).map_err(told)?;
    ledger.set_onward(digest, &[partner("IRQ")?]).map_err(told)?;
    same("attack_093 still gone", ledger.knows(digest), false)?;
    let about = |ledger: &dyn Ledger| {
        ledger.entry_about(&partner("PURGE")?, stream, EntryKind::Release, digest).map_err(told)
    };
    same("the entry is remembered", Ok(about(ledger)?), Some(1))?;
    // Taken back and given again, it is a new arrival.
    let after = ledger.keep(&hold(record, record.label().clone())).map_err(told)?;
    if after <= before {
        return Err(format!("given again, it arrived at {after}, not after {before}"));
    }
    same("held again", ledger.knows(digest), true)?;
    same("the entry is still remembered", Ok(about(ledger)?), Some(1))
}

fn partner(code: &str) -> Result<PartnerId, String> {
    code.parse().map_err(|_| format!("`{code}` is no partner code"))
}
