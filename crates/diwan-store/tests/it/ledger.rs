//! Duties of a ledger, and what happens to its files.

use std::io::Write;
use std::process::{Command, Stdio};

use diwan_record::{Purpose, Record, Tlp};
use diwan_room::{Fault, HeldStanding, Ledger, MemoryLedger};
use diwan_store::pass_duties;

use crate::world::{Make, keep, label};

fn six_records() -> Vec<Record> {
    let open = label(Tlp::Green, Purpose::Coordination, 0);
    let mut made: Vec<Make> = (0..6)
        .map(|n| Make::report(n.max(1), open.clone(), &format!("Report {n}"), 36.0, 33.0))
        .collect();
    made[1].version = 2;
    for (number, make) in made.iter_mut().enumerate().skip(2) {
        make.item = crate::world::item(u32::try_from(number).unwrap() + 100);
    }
    made.iter().map(Make::seal).collect()
}

#[test]
fn the_ledger_in_memory_keeps_its_duties() {
    let mut ledger = MemoryLedger::default();
    pass_duties(&mut ledger, &six_records()).unwrap();
}

#[test]
fn the_ledger_in_sqlite_keeps_its_duties() {
    let dir = tempfile::tempdir().unwrap();
    let store = diwan_store::open(dir.path()).unwrap();
    let mut writer = store.writer().unwrap();
    writer.begin().unwrap();
    pass_duties(&mut writer, &six_records()).unwrap();
    writer.commit().unwrap();
}

#[test]
fn an_undone_batch_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = diwan_store::open(dir.path()).unwrap();
    let mut writer = store.writer().unwrap();
    writer.begin().unwrap();
    pass_duties(&mut writer, &six_records()).unwrap();
    writer.undo().unwrap();
    writer.begin().unwrap();
    // Everything must be as if never done, down to numbers of labels and positions.
    pass_duties(&mut writer, &six_records()).unwrap();
    writer.commit().unwrap();
}

#[test]
fn a_foreign_file_is_left_alone() {
    for (name, content) in [
        ("ledger.db", b"not a database at all".to_vec()),
        ("picture.db", foreign_database()),
        ("local.db", b"SQLite format 3\0 cut short".to_vec()),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, &content).unwrap();
        let Err(Fault::Corrupt(what)) = diwan_store::open(dir.path()) else {
            panic!("{name} was taken")
        };
        assert!(what.contains(name) && what.contains("move it away"), "{what}");
        assert_eq!(std::fs::read(&path).unwrap(), content);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "no file of ours beside it");
    }
}

fn foreign_database() -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("other.db");
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("CREATE TABLE other (x); PRAGMA user_version = 7").unwrap();
    drop(conn);
    std::fs::read(&path).unwrap()
}

#[test]
fn a_newer_schema_is_refused_with_advice() {
    let dir = tempfile::tempdir().unwrap();
    drop(diwan_store::open(dir.path()).unwrap());
    let conn = rusqlite::Connection::open(dir.path().join("ledger.db")).unwrap();
    conn.pragma_update(None, "user_version", 99).unwrap();
    drop(conn);
    let Err(Fault::Unavailable(what)) = diwan_store::open(dir.path()) else { panic!("opened") };
    assert!(what.contains("schema 99") && what.contains("newer Diwan"), "{what}");
    let Err(Fault::Unavailable(what)) = diwan_store::open_read_only(dir.path()) else {
        panic!("opened")
    };
    assert!(what.contains("schema 99"), "{what}");
}

#[test]
fn one_process_writes_and_others_may_read() {
    let dir = tempfile::tempdir().unwrap();
    let store = diwan_store::open(dir.path()).unwrap();
    // A lock of this process counts like one of another: locks belong to open files.
    let Err(Fault::Busy(what)) = diwan_store::open(dir.path()) else { panic!("opened twice") };
    assert!(what.contains("another process"), "{what}");
    let mut writer = store.writer().unwrap();
    assert!(matches!(store.writer(), Err(Fault::Busy(_))));
    let reading = diwan_store::open_read_only(dir.path()).unwrap();
    let open = label(Tlp::Green, Purpose::Coordination, 0);
    let record = Make::report(1, open, "One", 36.0, 33.0).held();
    keep(&store, &mut writer, std::slice::from_ref(&record));
    let reader = reading.reader().unwrap();
    assert!(reader.ledger(|ledger| ledger.knows(record.record.digest())).unwrap());
    assert!(matches!(reading.writer(), Err(Fault::Unavailable(_))));
    assert!(matches!(reading.project(1), Err(Fault::Unavailable(_))));
    drop(writer);
    drop(store.writer().unwrap());
    drop(store);
    drop(diwan_store::open(dir.path()).unwrap());
}

#[test]
fn a_batch_is_not_seen_before_its_commit() {
    let dir = tempfile::tempdir().unwrap();
    let store = diwan_store::open(dir.path()).unwrap();
    let mut writer = store.writer().unwrap();
    let open = label(Tlp::Green, Purpose::Coordination, 0);
    let held = Make::report(1, open, "One", 36.0, 33.0).held();
    let digest = *held.record.digest();
    let reader = store.reader().unwrap();
    let knows = || reader.ledger(|ledger| ledger.knows(&digest)).unwrap();
    writer.begin().unwrap();
    writer.keep(&held).unwrap();
    assert!(!knows());
    writer.commit().unwrap();
    assert!(knows());
    writer.begin().unwrap();
    writer.set_standing(&digest, &HeldStanding::Parked("a/b".to_owned())).unwrap();
    writer.undo().unwrap();
    let kept = reader.ledger(|ledger| ledger.held(&digest)).unwrap().unwrap();
    assert_eq!(kept.standing, HeldStanding::Kept);
}

/// In the child: writes batches for ever and says after each commit how many there are.
fn write_for_ever(dir: &str) {
    let store = diwan_store::open(dir.as_ref()).unwrap();
    let mut writer = store.writer().unwrap();
    let open = label(Tlp::Green, Purpose::Coordination, 0);
    let mut out = std::io::stdout();
    for batch in 0u32.. {
        writer.begin().unwrap();
        for number in batch * 7..(batch + 1) * 7 {
            let title = format!("Report {number}");
            writer.keep(&Make::report(number, open.clone(), &title, 36.0, 33.0).held()).unwrap();
        }
        writer.commit().unwrap();
        writeln!(out, "committed {}", batch + 1).unwrap();
        store.project(5).unwrap();
    }
}

#[test]
fn a_killed_process_loses_nothing_committed() {
    if let Ok(dir) = std::env::var("DIWAN_WRITE_FOR_EVER") {
        return write_for_ever(&dir);
    }
    let dir = tempfile::tempdir().unwrap();
    for round in [3, 8] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "ledger::a_killed_process_loses_nothing_committed", "--nocapture"])
            .env("DIWAN_WRITE_FOR_EVER", dir.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
        let mut committed = 0u64;
        for line in lines {
            let line = line.unwrap();
            if let Some((_, number)) = line.split_once("committed ") {
                committed = number.parse().unwrap();
                if committed >= round {
                    break;
                }
            }
        }
        // SIGKILL: no chance to tidy up.
        child.kill().unwrap();
        child.wait().unwrap();
        let store = diwan_store::open(dir.path()).unwrap();
        crate::world::follow(&store);
        let counts = store.reader().unwrap().counts().unwrap();
        assert!(counts.records >= committed * 7, "{counts:?} after {committed} batches");
        assert_eq!(counts.records % 7, 0, "whole batches only");
        let by = |_: diwan_store::Whose<'_>| vec![crate::world::key(&crate::world::partner("JOR"))];
        let verdict = store.verify(&by).unwrap();
        assert_eq!(verdict.findings, []);
        assert_eq!(verdict.records, counts.records);
        assert_eq!(verdict.rows, counts.records);
        drop(store);
        // The second round starts in an empty directory again: numbers would repeat.
        for entry in std::fs::read_dir(dir.path()).unwrap() {
            std::fs::remove_file(entry.unwrap().path()).unwrap();
        }
    }
}
