//! What verify finds: any edit of the files, named.

use std::path::Path;

use diwan_record::{
    Digest, Entry, EntryKind, Head, HeadStatement, KeyRole, Moment, Precedence, PublicKey, Purpose,
    Receipt, Signer, Tighten, Tlp, bytes,
};
use diwan_room::{Held, Ledger, ReceiptDoc, Shelf, Source, Stream, StreamEntry};
use diwan_store::{Finding, Store, Whose};

use crate::world::{Make, follow, item, key, label, partner, signer, viewer};

fn receipt_signer() -> Signer {
    Signer::new(KeyRole::Receipt, &[9; 32])
}

fn keys(whose: Whose<'_>) -> Vec<PublicKey> {
    match whose {
        Whose::Originator(by) => vec![key(by)],
        Whose::Stream(of, Stream::In) => vec![key(of)],
        Whose::Stream(_, Stream::Out) => vec![key(&partner("JOR"))],
        Whose::Receipt(_) => vec![receipt_signer().public().clone()],
    }
}

fn findings(store: &Store) -> Vec<Finding> {
    store.verify(&keys).unwrap().findings
}

/// One run of entries about these records, signed by `by`.
fn run(stream: &str, records: &[Held], tighten: Tighten, by: &Signer) -> Vec<StreamEntry> {
    let stream = Digest::of(stream.as_bytes());
    let mut head = Head::start(&stream, 1);
    let mut entries = Vec::new();
    for held in records {
        let entry = Entry {
            stream,
            incarnation: 1,
            seq: head.seq + 1,
            kind: EntryKind::Release,
            digest: *held.record.digest(),
            onward: Vec::new(),
            tighten,
            precedence: Precedence::Routine,
            made: Moment::from_micros(1),
            reason: None,
            grant: None,
        };
        let bytes = entry.to_bytes();
        head = head.after(&bytes);
        entries.push(StreamEntry { head, entry, bytes, signed_head: None });
    }
    entries.last_mut().unwrap().signed_head = Some(HeadStatement { stream, head }.seal(by));
    entries
}

/// Three records of ours, three of TUR under a tightened label, both streams and a receipt.
fn evidence(dir: &Path) -> (Store, Vec<Held>) {
    let store = diwan_store::open(dir).unwrap();
    let mut writer = store.writer().unwrap();
    let open = label(Tlp::Green, Purpose::Coordination, 0);
    let tighten = Tighten { tlp: Some(Tlp::Amber), handling: None };
    let mut records = Vec::new();
    for number in 0..6 {
        let title = format!("Report {number}");
        let mut make = Make::report(number, open.clone(), &title, 36.0, 33.0);
        if number >= 3 {
            make.by = "TUR";
        }
        let mut held = make.held();
        if number >= 3 {
            held.source = Source::Partner(partner("TUR"));
            held.label = held.label.tightened(&tighten);
        }
        records.push(held);
    }
    writer.begin().unwrap();
    for held in &records {
        writer.keep(held).unwrap();
    }
    let tur = partner("TUR");
    let incoming = run("from TUR", &records[3..], tighten, &signer(&tur));
    writer.append(&tur, Stream::In, &incoming).unwrap();
    let outgoing = run("to TUR", &records[..3], Tighten::default(), &signer(&partner("JOR")));
    writer.append(&tur, Stream::Out, &outgoing).unwrap();
    let last = outgoing.last().unwrap();
    let receipt =
        Receipt { stream: last.entry.stream, head: last.head, at: Moment::from_micros(5) };
    let doc = ReceiptDoc { seq: 3, at: receipt.at, signed: receipt.seal(&receipt_signer()) };
    writer.put_doc(Shelf::Receipt, b"TUR", &bytes::write(&doc)).unwrap();
    writer.commit().unwrap();
    follow(&store);
    (store, records)
}

#[test]
fn what_is_well_is_found_well() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = evidence(dir.path());
    let verdict = store.verify(&keys).unwrap();
    assert_eq!(verdict.findings, []);
    let counts = (verdict.records, verdict.entries, verdict.receipts, verdict.rows);
    assert_eq!(counts, (6, 6, 1, 6));
    let reading = diwan_store::open_read_only(dir.path()).unwrap();
    assert_eq!(reading.verify(&keys).unwrap(), verdict);
    let unknown = store.verify(&|_| Vec::new()).unwrap();
    assert!(unknown.findings.len() >= 6, "without keys nothing is proved");
}

/// Edits a copy of the files and says what verify finds.
fn after(edit: &dyn Fn(&rusqlite::Connection)) -> (Vec<Finding>, Vec<Held>) {
    edited("ledger.db", edit)
}

fn edited(file: &str, edit: &dyn Fn(&rusqlite::Connection)) -> (Vec<Finding>, Vec<Held>) {
    let dir = tempfile::tempdir().unwrap();
    let (store, records) = evidence(dir.path());
    drop(store);
    let conn = rusqlite::Connection::open(dir.path().join(file)).unwrap();
    edit(&conn);
    drop(conn);
    let store = diwan_store::open(dir.path()).unwrap();
    (findings(&store), records)
}

#[test]
fn attack_019_an_edited_byte_is_named() {
    let length = {
        let dir = tempfile::tempdir().unwrap();
        evidence(dir.path()).1[4].record.bytes().len()
    };
    for offset in [0, 1, length / 4, length / 2, length - 70, length - 1] {
        let (found, records) = after(&|conn| {
            let mut bytes: Vec<u8> = conn
                .query_row("SELECT bytes FROM records WHERE position = 5", [], |row| row.get(0))
                .unwrap();
            bytes[offset] ^= 1;
            conn.execute("UPDATE records SET bytes = ?1 WHERE position = 5", [&bytes]).unwrap();
        });
        let digest = Some(*records[4].record.digest());
        assert!(found.iter().any(|one| one.record == digest), "byte {offset}: {found:?}");
    }
}

#[test]
fn attack_019_a_record_swapped_with_its_digest_is_named() {
    // Whoever edits both still lacks the originator's key.
    let (found, _) = after(&|conn| {
        let mut forged =
            Make::report(4, label(Tlp::Clear, Purpose::Coordination, 0), "Forged", 1.0, 1.0);
        forged.by = "TUR";
        let mut bytes = forged.seal().bytes().to_vec();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        let digest = Digest::of(&bytes);
        conn.execute(
            "UPDATE records SET bytes = ?1, digest = ?2, digest_key = ?3 WHERE position = 5",
            (&bytes, &digest.0, i64::from_be_bytes(*digest.0.first_chunk().unwrap())),
        )
        .unwrap();
    });
    assert!(found.iter().any(|one| one.to_string().contains("signature")), "{found:?}");
}

#[test]
fn attack_019_an_edited_label_is_named() {
    // Number 1 is the signed label, number 2 the tightened one. Loosening and tightening both show.
    for (position, label_no) in [(5u32, 1), (2, 2), (2, 77)] {
        let (found, records) = after(&|conn| {
            let sql = "UPDATE records SET label_no = ?2 WHERE position = ?1";
            conn.execute(sql, (position, label_no)).unwrap();
        });
        let digest = Some(*records[position as usize - 1].record.digest());
        let named =
            found.iter().any(|one| one.record == digest && one.what.contains("another label"));
        assert!(named, "label {label_no} at {position}: {found:?}");
    }
    let (found, records) = after(&|conn| {
        let looser = bytes::write(&label(Tlp::Clear, Purpose::Coordination, 0));
        conn.execute("UPDATE labels SET label = ?1 WHERE label_no = 1", [looser]).unwrap();
    });
    for held in &records[..3] {
        let digest = Some(*held.record.digest());
        assert!(found.iter().any(|one| one.record == digest), "{found:?}");
    }
}

#[test]
fn attack_019_an_edited_column_is_named() {
    for (column, value) in [
        ("item", "zeroblob(16)"),
        ("originator", "'IRQ'"),
        ("version", "7"),
        ("variant", "1"),
        ("digest_key", "5"),
        ("item_key", "NULL"),
    ] {
        let (found, records) = after(&|conn| {
            let sql = format!("UPDATE records SET {column} = {value} WHERE position = 3");
            conn.execute(&sql, []).unwrap();
        });
        let digest = Some(*records[2].record.digest());
        let named = found.iter().any(|one| one.record == digest && one.what.contains(column));
        assert!(named, "{column}: {found:?}");
    }
}

#[test]
fn attack_019_a_loosened_label_is_refused_when_read() {
    let dir = tempfile::tempdir().unwrap();
    let (store, records) = evidence(dir.path());
    let conn = rusqlite::Connection::open(dir.path().join("ledger.db")).unwrap();
    let looser = bytes::write(&label(Tlp::Clear, Purpose::Coordination, 0));
    conn.execute("INSERT INTO labels (label_no, label) VALUES (50, ?1)", [looser]).unwrap();
    conn.execute("UPDATE records SET label_no = 50 WHERE position = 1", []).unwrap();
    let held = store.reader().unwrap().ledger(|ledger| ledger.held(records[0].record.digest()));
    assert!(held.is_err(), "{held:?}");
}

#[test]
fn streams_and_receipts_are_checked() {
    let edits = [
        ("UPDATE entries SET bytes = zeroblob(80) WHERE seq = 2 AND stream_no = 1", "entry 2 from"),
        ("UPDATE entries SET hash = zeroblob(32) WHERE seq = 2 AND stream_no = 1", "chain"),
        ("DELETE FROM entries WHERE seq = 2 AND stream_no = 2", "chain"),
        (
            "DELETE FROM entries WHERE seq = 3 AND stream_no = 2",
            "receipt for entries that are gone",
        ),
        ("DELETE FROM entries WHERE seq = 3 AND stream_no = 1", "newest head is not signed"),
        ("UPDATE entries SET signed_head = zeroblob(90) WHERE seq = 3", "not signed by a key"),
        ("UPDATE entries SET kind = 1 WHERE seq = 1", "columns"),
        ("UPDATE entries SET about = 1 WHERE seq = 2", "columns"),
        ("DELETE FROM docs", ""),
    ];
    for (sql, expected) in edits {
        let (found, _) = after(&|conn| {
            conn.execute(sql, []).unwrap();
        });
        let named = found.iter().any(|one| one.to_string().contains(expected));
        assert!(expected.is_empty() || named, "{sql}: {found:?}");
    }
}

#[test]
fn an_edited_picture_is_found_and_rebuilt() {
    for sql in [
        "UPDATE rows SET label_no = 1 WHERE position = 5",
        "UPDATE rows SET title = '{\"en\":\"Forged\"}' WHERE position = 5",
        "DELETE FROM rows WHERE position = 5",
        "DELETE FROM trails WHERE first <= 5",
        "DELETE FROM words WHERE rowid = 5",
        "UPDATE items SET kinds = 2",
        "UPDATE items SET spots = zeroblob(12)",
    ] {
        let (found, records) = edited("picture.db", &|conn| {
            conn.execute(sql, []).unwrap();
        });
        assert!(found.iter().any(|one| one.to_string().contains("picture")), "{sql}: {found:?}");
        if sql.contains(" rows ") {
            assert_eq!(found[0].record, Some(*records[4].record.digest()), "{sql}");
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = evidence(dir.path());
    let conn = rusqlite::Connection::open(dir.path().join("picture.db")).unwrap();
    conn.execute_batch("DELETE FROM rows WHERE position < 4; DELETE FROM trails").unwrap();
    drop(conn);
    assert_ne!(findings(&store), []);
    store.rebuild().unwrap();
    assert_eq!(findings(&store), []);
}

/// A picture as an older program left it, with things in it that are no longer true.
fn older_picture(dir: &Path, steps: &[&str]) {
    let path = dir.join("picture.db");
    std::fs::remove_file(&path).unwrap();
    let conn = rusqlite::Connection::open(&path).unwrap();
    for step in steps {
        conn.execute_batch(step).unwrap();
    }
    conn.pragma_update(None, "application_id", 0x4457_4E50).unwrap();
    conn.pragma_update(None, "user_version", i64::try_from(steps.len()).unwrap()).unwrap();
    conn.execute_batch(
        "INSERT INTO items VALUES (1, x'00112233445566778899aabbccddeeff', 1, x''); \
         INSERT INTO spots VALUES (1, 1, 1); INSERT INTO trail_lengths VALUES (0, 1); \
         INSERT INTO words (rowid, tokens) VALUES (1, 'gone'); UPDATE follower SET position = 6",
    )
    .unwrap();
}

#[test]
fn a_picture_of_an_older_schema_is_built_anew() {
    let steps = [
        include_str!("../../schema/sqlite/0001_picture.sql"),
        include_str!("../../schema/sqlite/0002_picture.sql"),
    ];
    for count in 1..=steps.len() {
        let dir = tempfile::tempdir().unwrap();
        drop(evidence(dir.path()));
        older_picture(dir.path(), &steps[..count]);
        let store = diwan_store::open(dir.path()).unwrap();
        follow(&store);
        let verdict = store.verify(&keys).unwrap();
        assert_eq!((verdict.findings, verdict.rows), (Vec::new(), 6), "schema {count}");
    }
}

#[test]
fn a_withdrawn_record_that_is_still_held_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let (store, records) = evidence(dir.path());
    let digest = *records[4].record.digest();
    let mut writer = store.writer().unwrap();
    writer.begin().unwrap();
    let tombstone = [&digest.0[..], b"TUR"].concat();
    writer.put_doc(Shelf::Tombstone, &tombstone, &[]).unwrap();
    writer.commit().unwrap();
    let found = findings(&store);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].record, Some(digest));
    writer.begin().unwrap();
    writer.purge(&digest).unwrap();
    writer.commit().unwrap();
    assert_eq!(findings(&store), []);
}

#[test]
fn a_damaged_record_never_stops_the_picture() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = evidence(dir.path());
    let conn = rusqlite::Connection::open(dir.path().join("ledger.db")).unwrap();
    conn.execute("UPDATE records SET bytes = zeroblob(9) WHERE position = 2", []).unwrap();
    drop(conn);
    assert_eq!(store.rebuild().unwrap(), 5, "all but the damaged one");
}

#[test]
fn what_is_urgent_is_on_the_picture_before_what_waits_and_only_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = diwan_store::open(dir.path()).unwrap();
    let mut writer = store.writer().unwrap();
    let open = label(Tlp::Green, Purpose::Coordination, 0);
    writer.begin().unwrap();
    let mut last = 0;
    for number in 0..20 {
        let title = format!("Report {number}");
        last = writer.keep(&Make::report(number, open.clone(), &title, 36.0, 33.0).held()).unwrap();
    }
    writer.commit().unwrap();
    let reader = store.reader().unwrap();
    let viewer = viewer(Tlp::Green, &[Purpose::Coordination]);
    let shown = |number| reader.item(&item(number), &viewer).unwrap().is_some();
    store.project_first(&[last]).unwrap();
    assert!(shown(19) && !shown(18));
    // Whoever is in a hurry ends a batch early; the rest comes later.
    assert!(!store.project_until(100, &|| true).unwrap().caught_up);
    assert!(shown(0) && !shown(1));
    follow(&store);
    assert!((0..20).all(shown));
    assert_eq!(findings(&store), []);
}
