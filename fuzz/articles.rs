//! What must hold of any bytes that are opened as an article.

use diwan_read::{Format, Source, open, read};

/// Opens and reads them; every sentence leads back to a place in the source.
pub(crate) fn opens(bytes: &[u8], format: Format) {
    let raw = String::from_utf8_lossy(bytes).into_owned();
    let source = Source { id: "one".to_owned(), raw, format: Some(format), ..Source::default() };
    let Ok(pages) = open(&source) else { return };
    for page in pages {
        for sentence in &page.sentences {
            let place = page.to_raw(*sentence);
            assert!(source.raw.get(place.start..place.end).is_some(), "{place:?}");
        }
    }
    let readings = read(std::slice::from_ref(&source)).expect("what opens is read");
    for mention in readings.0.iter().flat_map(|reading| &reading.mentions) {
        assert!(mention.span.start < mention.span.end);
    }
}
