//! Duties about what is exchanged: trays and streams.

use diwan_record::{Digest, Entry, EntryKind, Head, Moment, Precedence, Record, Tighten, Tlp};
use diwan_room::{Ledger, Stream, StreamEntry, TrayLine};

use super::{Kept, at, partner, same, told};

fn line(kind: EntryKind, number: u8, precedence: Precedence, size: u32) -> TrayLine {
    TrayLine {
        kind,
        digest: Digest::of(&[number]),
        onward: Vec::new(),
        tighten: Tighten { tlp: Some(Tlp::Red), handling: None },
        precedence,
        reason: Some(format!("reason/{number}")),
        size,
    }
}

pub(super) fn trays(ledger: &mut dyn Ledger) -> Kept {
    let (to, other) = (partner("TUR")?, partner("IRQ")?);
    let release = EntryKind::Release;
    let lines = [
        line(release, 1, Precedence::Routine, 100),
        line(release, 2, Precedence::Flash, 100),
        line(release, 3, Precedence::Routine, 100),
        line(EntryKind::Recall, 1, Precedence::Immediate, 100),
        line(release, 4, Precedence::Flash, 5000),
    ];
    for line in &lines {
        ledger.queue(&to, line).map_err(told)?;
        ledger.queue(&to, line).map_err(told)?;
    }
    ledger.queue(&other, &line(release, 1, Precedence::Routine, 1)).map_err(told)?;
    same("each waits once", ledger.queued_count(&to), 5)?;
    same("it waits", ledger.is_queued(&to, &Digest::of(&[3])), true)?;
    same("unqueued", ledger.unqueue(&to, &Digest::of(&[3])), true)?;
    same("unqueued twice", ledger.unqueue(&to, &Digest::of(&[3])), false)?;
    same("it waits no more", ledger.is_queued(&to, &Digest::of(&[3])), false)?;
    let [first, second, _, fourth, fifth] = lines;
    let taken = ledger.take_queued(&to, 10, 300);
    same("what fits, most urgent first", taken, vec![second])?;
    let taken = ledger.take_queued(&to, 10, 1);
    same("one always goes", taken, vec![fifth])?;
    same("at most so many", ledger.take_queued(&to, 1, 9999), vec![fourth])?;
    same("what is left", ledger.take_queued(&to, 10, 9999), vec![first])?;
    same("an empty tray", ledger.take_queued(&to, 10, 9999), vec![])?;
    same("another's tray", ledger.queued_count(&other), 1)
}

pub(super) fn entry(seq: u64, digest: Digest) -> StreamEntry {
    let stream = Digest::of(b"stream");
    let entry = Entry {
        stream,
        incarnation: 1,
        seq,
        kind: EntryKind::Release,
        digest,
        onward: Vec::new(),
        tighten: Tighten::default(),
        precedence: Precedence::Routine,
        made: Moment::from_micros(1),
        reason: None,
        grant: None,
    };
    let bytes = entry.to_bytes();
    let mut before = Head::start(&stream, 1);
    before.seq = seq.saturating_sub(1);
    let signed_head = seq.is_multiple_of(2).then(|| vec![1, 2, 3]);
    StreamEntry { head: before.after(&bytes), entry, bytes, signed_head }
}

pub(super) fn streams(ledger: &mut dyn Ledger, records: &[Record]) -> Kept {
    let (of, way) = (partner("TUR")?, Stream::Out);
    let held = *at(records, 0)?.digest();
    let stranger = Digest::of(b"a paper that is no record");
    same("no head yet", ledger.head(&of, way), None)?;
    same("no entries yet", ledger.entries(&of, way, 1, 10), vec![])?;
    let entries =
        [entry(1, held), entry(2, stranger), entry(3, held), entry(4, Digest::of(b"last"))];
    let [one, two, three, four] = entries.clone();
    ledger.append(&of, way, &[one, two]).map_err(told)?;
    ledger.append(&of, way, &[three]).map_err(told)?;
    if ledger.append(&of, way, &[entry(3, stranger)]).is_ok()
        || ledger.append(&of, way, &[entry(5, stranger)]).is_ok()
    {
        return Err("an entry was appended out of its place".to_owned());
    }
    ledger.append(&of, way, &[four]).map_err(told)?;
    same("the head", ledger.head(&of, way), entries.last().map(|last| last.head))?;
    same("all entries", ledger.entries(&of, way, 1, 10), entries.to_vec())?;
    let middle: Vec<_> = entries.iter().skip(1).take(2).cloned().collect();
    same("some entries", ledger.entries(&of, way, 2, 2), middle)?;
    let about = |digest: &Digest, kind| ledger.entry_about(&of, way, kind, digest);
    same("the newest about a record", about(&held, EntryKind::Release), Some(3))?;
    same("about a paper", about(&stranger, EntryKind::Release), Some(2))?;
    same("of another kind", about(&held, EntryKind::Recall), None)?;
    same("the other way", ledger.entries(&of, Stream::In, 1, 10), vec![])?;
    same("the other way's head", ledger.head(&of, Stream::In), None)
}
