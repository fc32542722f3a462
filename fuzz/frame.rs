//! The reader of frames, shared by its fuzz target and the smoke test of the room.

use diwan_room::{Arrival, Frame, KeyBook};

/// A frame, and the records in it.
pub(crate) fn frame(from: &[u8]) {
    if let Ok(frame) = Frame::read(from) {
        assert_eq!(Frame::read(&frame.to_bytes()).as_ref(), Ok(&frame));
    }
    if let Ok(arrival) = Arrival::read(from, &KeyBook::default()) {
        for paper in arrival.papers.values() {
            if let diwan_room::Paper::Record(checked) = paper {
                assert!(checked.is_err(), "no key is known, so nothing is a record");
            }
        }
    }
}
