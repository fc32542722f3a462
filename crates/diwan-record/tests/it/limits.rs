//! Each limit of the record floor: exactly met is taken, one past it is refused.

use diwan_record::{
    Body, Draft, Entry, Kind, PartnerId, PublicKey, Reason, RootSet, Run, Sealed, Signed, bytes,
    json, limits, open, seal,
};

use crate::cbor::{self, Cose};
use crate::made;

/// A draft of a newer kind whose body is a JSON string of `length` bytes in all.
fn long_draft(length: usize) -> Draft {
    Draft {
        kind: Kind::Newer("newer".to_owned()),
        body: format!("\"{}\"", "a".repeat(length - 2)).into_bytes(),
        ..made::draft()
    }
}

#[test]
fn a_record_of_the_largest_size_is_taken_and_one_byte_more_is_not() {
    let signer = made::release(1);
    let around = seal(long_draft(500_000), &signer).unwrap().bytes().len() - 500_000;
    let fits = limits::RECORD_BYTES - around;
    let record = seal(long_draft(fits), &signer).unwrap();
    assert_eq!(record.bytes().len(), limits::RECORD_BYTES);
    assert!(open(record.bytes().to_vec(), signer.public()).is_ok());

    assert_eq!(seal(long_draft(fits + 1), &signer).err(), Some(Reason::TooLarge));
    let cose = Cose::read(record.bytes());
    let (header, _) = cose.record_parts();
    let content = cbor::record_content(&header, &long_draft(fits + 1).body);
    let larger = Signed::seal(&signer, made::RECORD_DOMAIN, &content);
    assert_eq!(larger.len(), limits::RECORD_BYTES + 1);
    assert_eq!(Sealed::read(larger).err(), Some(Reason::TooLarge));
}

#[test]
fn a_header_of_the_largest_size_is_taken_and_one_byte_more_is_not() {
    let signer = made::release(1);
    let record = seal(made::draft(), &signer).unwrap();
    let (header, body) = Cose::read(record.bytes()).record_parts();
    // An optional key of a newer version fills it up.
    let filled = |length: usize| {
        let padding = length - header.len() - 2 - 3;
        let mut filled = header.clone();
        filled[0] += 1;
        filled.extend(cbor::minimal(0, 64));
        filled.extend(cbor::minimal(2, padding as u64));
        filled.extend(vec![0; padding]);
        assert_eq!(filled.len(), length);
        let content = cbor::record_content(&filled, &body);
        Sealed::read(Signed::seal(&signer, made::RECORD_DOMAIN, &content))
    };
    assert!(filled(limits::HEADER_BYTES).is_ok());
    assert_eq!(filled(limits::HEADER_BYTES + 1).err(), Some(Reason::TooLarge));
}

#[test]
fn an_entry_of_the_largest_size_is_taken_and_one_byte_more_is_not() {
    let largest = 2 * limits::ENTRY_BYTES + 32 * limits::RUN_ENTRIES;
    let of_length = |length: usize| {
        let mut entry = made::entry(made::stream(), 1);
        entry.reason = Some("a".repeat(10_000));
        let around = entry.to_bytes().len() - 10_000;
        entry.reason = Some("a".repeat(length - around));
        let bytes = entry.to_bytes();
        assert_eq!(bytes.len(), length);
        Entry::read(&bytes).map(drop)
    };
    assert_eq!(of_length(largest), Ok(()));
    assert_eq!(of_length(largest + 1), Err(Reason::TooLarge));
}

#[test]
fn an_entry_names_at_most_so_many_onward_partners() {
    let naming = |count: usize| {
        let mut entry = made::entry(made::stream(), 1);
        entry.onward = (0..count).map(|n| made::partner(&format!("P{n}"))).collect();
        Entry::read(&entry.to_bytes()).map(drop)
    };
    assert_eq!(naming(limits::ONWARD), Ok(()));
    assert_eq!(naming(limits::ONWARD + 1), Err(Reason::TooLarge));
}

#[test]
fn a_run_has_at_least_one_and_at_most_so_many_entries() {
    let signer = made::release(1);
    let opened = |length: u64| {
        let (run, before, _) = made::run(made::stream(), length, &signer);
        run.open(&made::stream(), &before, signer.public()).map(drop)
    };
    assert_eq!(opened(1), Ok(()));
    assert_eq!(opened(limits::RUN_ENTRIES as u64), Ok(()));
    assert_eq!(opened(limits::RUN_ENTRIES as u64 + 1), Err(Reason::TooLarge));
    assert_eq!(opened(0), Err(Reason::TooLarge));
    let many = Run { entries: vec![Vec::new(); 100_000], head: Vec::new() };
    let start = diwan_record::Head::start(&made::stream(), 1);
    let many = many.open(&made::stream(), &start, signer.public());
    assert_eq!(many.err(), Some(Reason::TooLarge));
}

#[test]
fn cbor_nests_so_deep_and_no_deeper() {
    let nested = |levels: usize| {
        let mut bytes = vec![0x81; levels - 1];
        bytes.push(0x00);
        bytes::check(&bytes)
    };
    assert_eq!(nested(limits::CBOR_DEPTH), Ok(()));
    assert_eq!(nested(limits::CBOR_DEPTH + 1), Err(Reason::NotCanonical));
    assert_eq!(nested(1_000_000), Err(Reason::NotCanonical));
}

#[test]
fn json_nests_so_deep_and_no_deeper() {
    let nested = |levels: usize| {
        let open = "{\"a\":".repeat(levels);
        json::check(format!("{open}1{}", "}".repeat(levels)).as_bytes()).map(drop)
    };
    assert_eq!(nested(limits::JSON_DEPTH), Ok(()));
    assert!(matches!(nested(limits::JSON_DEPTH + 1), Err(Reason::JsonForm(_))));
}

/// Reads the first good example of `kind` with the value at `pointer` replaced.
fn with(kind: &Kind, pointer: &str, value: serde_json::Value) -> Result<(), Reason> {
    let mut body: serde_json::Value = serde_json::from_slice(&made::good(kind.code())).unwrap();
    let (above, last) = pointer.rsplit_once('/').unwrap();
    let above = body.pointer_mut(above).unwrap().as_object_mut().unwrap();
    above.insert(last.to_owned(), value);
    Body::read(kind, &serde_json::to_vec(&body).unwrap()).map(drop)
}

/// Characters, not bytes, are counted: the letter takes two.
fn letters(count: usize) -> serde_json::Value {
    "م".repeat(count).into()
}

#[test]
fn names_and_texts_are_counted_in_characters() {
    let name = limits::NAME_CHARS;
    let text = limits::TEXT_CHARS;
    let places = [
        (Kind::Report, "/title/ar", name),
        (Kind::Report, "/narrative/ar", text),
        (Kind::Report, "/place/name/ar", name),
        (Kind::Site, "/name/ar", name),
        (Kind::Site, "/operator", name),
        (Kind::SiteStatus, "/remark/ar", text),
        (Kind::Meeting, "/name/ar", name),
        (Kind::Meeting, "/statement/ar", text),
        (Kind::Commitment, "/text/ar", text),
        (Kind::Commitment, "/measure/ar", text),
        (Kind::Note, "/text/ar", text),
        (Kind::Withdrawal, "/reason", name),
        (Kind::Acknowledgement, "/reason", name),
    ];
    for (kind, pointer, most) in places {
        assert_eq!(with(&kind, pointer, letters(most)), Ok(()), "{kind}{pointer}");
        assert_eq!(
            with(&kind, pointer, letters(most + 1)),
            Err(Reason::TextLong),
            "{kind}{pointer}"
        );
    }
}

#[test]
fn lists_end_at_their_limit() {
    let source = serde_json::json!({ "outlet": "outlet", "title": "title" });
    let text = serde_json::json!({ "en": "text" });
    let quantity = serde_json::json!({ "what": "rifles", "amount": 2, "unit": "pieces" });
    let participant = serde_json::json!({ "party": "JOR", "office": "minister" });
    let places = [
        (Kind::Report, "/actors", "someone".into()),
        (Kind::Report, "/quantities", quantity),
        (Kind::Report, "/sources", source.clone()),
        (Kind::Meeting, "/participants", participant),
        (Kind::Meeting, "/agenda", text.clone()),
        (Kind::Meeting, "/outcomes", text),
        (Kind::Meeting, "/sources", source.clone()),
        (Kind::Commitment, "/by", "JOR".into()),
        (Kind::Commitment, "/to", "JOR".into()),
        (Kind::Commitment, "/evidence", "paper".into()),
        (Kind::Commitment, "/sources", source),
    ];
    for (kind, pointer, one) in places {
        let list = |length: usize| vec![one.clone(); length].into();
        assert_eq!(with(&kind, pointer, list(limits::LIST)), Ok(()), "{pointer}");
        assert_eq!(
            with(&kind, pointer, list(limits::LIST + 1)),
            Err(Reason::ListLong),
            "{kind}{pointer}"
        );
    }
}

#[test]
fn positions_end_at_the_edges_of_the_earth() {
    for (pointer, edge) in [("/place/lon", 180.0), ("/place/lat", 90.0)] {
        for sign in [1.0, -1.0] {
            let at = |value: f64| with(&Kind::Report, pointer, (value * sign).into());
            assert_eq!(at(edge), Ok(()));
            assert_eq!(at(edge + 0.000_001), Err(Reason::PlaceOutside));
        }
    }
    let radius = |metres: f64| with(&Kind::Report, "/place/radius_m", metres.into());
    assert_eq!(radius(20_000_000.0), Ok(()));
    assert_eq!(radius(20_000_000.5), Err(Reason::PlaceOutside));
    assert_eq!(radius(-0.5), Err(Reason::PlaceOutside));
}

#[test]
fn partner_codes_have_2_to_16_plain_characters() {
    let code = |text: &str| text.parse::<PartnerId>().map(drop);
    assert_eq!(code("AB"), Ok(()));
    assert_eq!(code("ABCDEFGHIJKLMN16"), Ok(()));
    for wrong in
        ["", "A", "ABCDEFGHIJKLMNO17", "jor", "JÖR", "-JOR", "JOR-", "J R", "ЈОR", "JOR\u{202e}"]
    {
        assert_eq!(code(wrong), Err(Reason::PartnerForm), "{wrong}");
    }
}

#[test]
fn a_root_has_1_to_5_keys_and_a_threshold_it_can_reach() {
    let keys = |count: u8| -> Vec<PublicKey> {
        (0..count).map(|n| made::release(n).public().clone()).collect()
    };
    let check = |keys: Vec<PublicKey>, threshold: u8| RootSet { keys, threshold }.check();
    assert_eq!(check(keys(1), 1), Ok(()));
    assert_eq!(check(keys(5), 5), Ok(()));
    for (keys, threshold) in
        [(keys(0), 0), (keys(6), 1), (keys(5), 6), (keys(3), 0), ([keys(1), keys(1)].concat(), 2)]
    {
        let told = format!("{threshold} of {}", keys.len());
        assert_eq!(check(keys, threshold), Err(Reason::KeyUnfit), "{told}");
    }
}

#[test]
fn the_author_role_and_the_version_have_bounds() {
    let signer = made::release(1);
    let record = seal(made::draft(), &signer).unwrap();
    let (header, body) = Cose::read(record.bytes()).record_parts();
    let header: diwan_record::Header = bytes::read(&header).unwrap();
    let read = |header: &diwan_record::Header| {
        let content = cbor::record_content(&bytes::write(header), &body);
        Sealed::read(Signed::seal(&signer, made::RECORD_DOMAIN, &content)).map(drop)
    };
    let role =
        |length: usize| diwan_record::Header { author_role: "a".repeat(length), ..header.clone() };
    assert_eq!(read(&role(40)), Ok(()));
    assert_eq!(read(&role(41)), Err(Reason::Shape));
    let version = |version: u32| diwan_record::Header { version, ..header.clone() };
    assert_eq!(read(&version(1)), Ok(()));
    assert_eq!(read(&version(0)), Err(Reason::Shape));
    assert_eq!(read(&version(u32::MAX)), Ok(()));
    let kind = |length: usize| diwan_record::Header {
        kind: Kind::Newer("z".repeat(length)),
        ..header.clone()
    };
    assert_eq!(read(&kind(40)), Ok(()));
    assert_eq!(read(&kind(41)), Err(Reason::Shape));
}

#[test]
fn identifiers_and_times_have_one_written_form() {
    for wrong in ["", "0011", "00112233445566778899AABBCCDDEEFF", "not an id"] {
        let read = wrong.parse::<diwan_record::ItemId>();
        assert_eq!(read.err(), Some(Reason::IdForm), "{wrong}");
    }
    for wrong in ["", "2025-03-09", "2025-03-09T10:00:00", "2025-02-30T10:00:00Z", "yesterday"] {
        let read = wrong.parse::<diwan_record::Moment>();
        assert_eq!(read.err(), Some(Reason::TimeForm), "{wrong}");
    }
    let read = "2025-02-30".parse::<diwan_record::Date>();
    assert_eq!(read.err(), Some(Reason::TimeForm));
}
