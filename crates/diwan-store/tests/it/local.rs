//! Sessions and drafts.

use diwan_record::{Digest, Moment, limits};
use diwan_store::{Draft, Session};

#[test]
fn sessions_end() {
    let dir = tempfile::tempdir().unwrap();
    let store = diwan_store::open(dir.path()).unwrap();
    let local = store.local();
    let at = Moment::from_micros;
    let session = |n: u8, person: &str| Session {
        id: Digest([n; 32]),
        person: person.to_owned(),
        created: at(0),
        expires: at(100),
        key: vec![n],
    };
    for (number, person) in [(1, "a"), (2, "a"), (3, "b")] {
        local.put_session(&session(number, person)).unwrap();
    }
    let there = |n: u8, now| local.session(&Digest([n; 32]), at(now)).unwrap().is_some();
    assert_eq!(local.session(&Digest([1; 32]), at(99)).unwrap(), Some(session(1, "a")));
    assert!(!there(1, 100), "it has ended");
    assert!(!there(9, 0), "it never was");
    local.end_session(&Digest([1; 32])).unwrap();
    assert!(!there(1, 0));
    local.end_sessions_of("a").unwrap();
    assert!(!there(2, 0) && there(3, 0));
    assert_eq!(local.end_old_sessions(at(100)).unwrap(), 1);
}

#[test]
fn drafts_are_kept_per_person() {
    let dir = tempfile::tempdir().unwrap();
    let store = diwan_store::open(dir.path()).unwrap();
    let draft = |id: usize, at: i64| Draft {
        id: format!("draft {id}"),
        kind: "report".to_owned(),
        saved_at: Moment::from_micros(at),
        json: "{}".to_owned(),
    };
    let local = store.local();
    for number in 0..limits::DRAFTS {
        assert!(local.put_draft("a", &draft(number, 1)).unwrap());
    }
    assert!(!local.put_draft("a", &draft(limits::DRAFTS, 1)).unwrap(), "one too many");
    assert!(local.put_draft("a", &draft(7, 2)).unwrap(), "an old one may be saved again");
    assert!(local.put_draft("b", &draft(7, 3)).unwrap());
    assert_eq!(local.drafts("b").unwrap(), [draft(7, 3)]);
    assert_eq!(local.drafts("a").unwrap()[0], draft(7, 2));
    assert!(local.remove_draft("a", "draft 7").unwrap());
    assert!(!local.remove_draft("a", "draft 7").unwrap());
    drop(store);
    drop(local);
    let local = diwan_store::open(dir.path()).unwrap().local();
    assert_eq!(local.drafts("a").unwrap().len(), limits::DRAFTS - 1);
}
