//! Cities and towns of GeoNames, packed: names to records, searched where they lie.

use std::sync::LazyLock;

use fst::Map;

static NAMES: LazyLock<Option<Map<&'static [u8]>>> =
    LazyLock::new(|| Map::new(include_bytes!("places.fst").as_slice()).ok());
static RECORDS: &[u8] = include_bytes!("places.bin");
static HOMONYMS: &[u8] = include_bytes!("homonyms.bin");
const RECORD_BYTES: usize = 16;

/// One place of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct City(&'static [u8]);

impl City {
    fn word(self, at: usize) -> [u8; 4] {
        self.0.get(at..at + 4).and_then(|four| four.try_into().ok()).unwrap_or_default()
    }

    pub(crate) fn id(self) -> String {
        format!("l:gn{}", u32::from_le_bytes(self.word(0)))
    }

    pub(crate) fn position(self) -> (f64, f64) {
        let degrees = |at| f64::from(i32::from_le_bytes(self.word(at))) / 1e5;
        (degrees(4), degrees(8))
    }

    /// ISO 3166 alpha-2.
    pub(crate) fn country(self) -> &'static str {
        self.0.get(12..14).and_then(|two| std::str::from_utf8(two).ok()).unwrap_or("??")
    }

    /// People, as the power of two below.
    pub(crate) fn size(self) -> u8 {
        self.0.get(14).copied().unwrap_or_default()
    }
}

/// Whether the name of a place begins with these letters.
pub(crate) fn begins_city(name: &str) -> bool {
    let Some(table) = NAMES.as_ref().map(Map::as_fst) else { return false };
    let mut node = table.root();
    name.bytes().all(|byte| {
        let Some(next) = node.find_input(byte) else { return false };
        node = table.node(node.transition_addr(next));
        true
    })
}

/// The places of a folded name, the most populous first.
pub(crate) fn cities(name: &str) -> impl Iterator<Item = City> {
    let value = NAMES.as_ref().and_then(|names| names.get(name)).unwrap_or_default();
    let count = usize::try_from(value & 7).unwrap_or_default();
    let at = usize::try_from(value >> 3).unwrap_or_default();
    (0..count).filter_map(move |nth| {
        let record = if count == 1 {
            at
        } else {
            let four = HOMONYMS.get((at + nth) * 4..(at + nth + 1) * 4)?;
            usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()?
        };
        RECORDS.get(record * RECORD_BYTES..(record + 1) * RECORD_BYTES).map(City)
    })
}
