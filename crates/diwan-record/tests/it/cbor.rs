//! Writes one CBOR item in every other form that a lenient reader would take for the same.

/// One item of an encoding: where it lies and what its head says.
#[derive(Clone, Copy, Debug)]
struct Part {
    start: usize,
    /// Where the head ends and the content starts.
    content: usize,
    end: usize,
    major: u8,
    argument: u64,
}

/// Every alternative form of `bytes`, each with what was changed.
pub(crate) fn others(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut parts = Vec::new();
    let end = walk(bytes, 0, &mut parts);
    assert_eq!(end, bytes.len(), "one whole item");
    let mut all = vec![("trailing byte", [bytes, &[0xf6]].concat())];
    for part in &parts {
        let inside = &bytes[part.content..part.end];
        let mut put = |what, middle: Vec<u8>| {
            all.push((what, [&bytes[..part.start], &middle, &bytes[part.end..]].concat()));
        };
        if part.major < 6 {
            for size in [1, 2, 4, 8] {
                let head = wide(part.major, part.argument, size);
                if head.len() > part.content - part.start {
                    put("argument longer than needed", [&head, inside].concat());
                }
            }
        }
        let open = part.major << 5 | 31;
        match part.major {
            // A string in pieces: one piece that is the whole string.
            2 | 3 => {
                put("indefinite string", [&[open], &bytes[part.start..part.end], &[0xff]].concat())
            }
            4 | 5 => put("indefinite list or map", [&[open], inside, &[0xff]].concat()),
            _ => {}
        }
        if part.major == 5 {
            maps(bytes, part, &mut put);
        }
        if part.major < 4 {
            put("tagged", [&[0xc2], &bytes[part.start..part.end]].concat());
        }
    }
    all
}

fn maps(bytes: &[u8], map: &Part, put: &mut impl FnMut(&'static str, Vec<u8>)) {
    let mut pairs = Vec::new();
    let mut at = map.content;
    while at < map.end {
        let value = walk(bytes, at, &mut Vec::new());
        let end = walk(bytes, value, &mut Vec::new());
        pairs.push(&bytes[at..end]);
        at = end;
    }
    let head = &bytes[map.start..map.content];
    for n in 1..pairs.len() {
        let mut swapped = pairs.clone();
        swapped.swap(n - 1, n);
        put("keys out of order", [head, &swapped.concat()].concat());
    }
    for n in 0..pairs.len() {
        let mut doubled = pairs.clone();
        doubled.insert(n, pairs[n]);
        let head = minimal(5, map.argument + 1);
        put("duplicate key", [head, doubled.concat()].concat());
    }
}

/// Notes the item at `at` and all inside it; returns where it ends.
fn walk(bytes: &[u8], at: usize, parts: &mut Vec<Part>) -> usize {
    let major = bytes[at] >> 5;
    let low = bytes[at] & 31;
    let (argument, content) = match low {
        0..=23 => (u64::from(low), at + 1),
        24..=27 => {
            let size = 1 << (low - 24);
            let argument = bytes[at + 1..at + 1 + size]
                .iter()
                .fold(0, |value, byte| value << 8 | u64::from(*byte));
            (argument, at + 1 + size)
        }
        _ => panic!("not canonical to start with"),
    };
    let place = parts.len();
    let part = Part { start: at, content, end: content, major, argument };
    parts.push(part);
    let length = usize::try_from(argument).unwrap_or(usize::MAX);
    let end = match major {
        2 | 3 => content + length,
        4 => (0..length).fold(content, |at, _| walk(bytes, at, parts)),
        5 => (0..2 * length).fold(content, |at, _| walk(bytes, at, parts)),
        _ => content,
    };
    parts[place].end = end;
    end
}

fn wide(major: u8, argument: u64, size: usize) -> Vec<u8> {
    let all = argument.to_be_bytes();
    if all[..8 - size].iter().any(|byte| *byte != 0) {
        return Vec::new();
    }
    let low = match size {
        1 => 24,
        2 => 25,
        4 => 26,
        _ => 27,
    };
    [&[major << 5 | low], &all[8 - size..]].concat()
}

/// The shortest head.
pub(crate) fn minimal(major: u8, argument: u64) -> Vec<u8> {
    match argument {
        0..=23 => vec![major << 5 | u8::try_from(argument).unwrap()],
        _ => [1, 2, 4, 8]
            .into_iter()
            .map(|size| wide(major, argument, size))
            .find(|head| !head.is_empty())
            .unwrap(),
    }
}

/// The four parts of a COSE_Sign1 message: protected, payload, signature; and the one between.
pub(crate) struct Cose {
    pub(crate) protected: Vec<u8>,
    pub(crate) payload: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

impl Cose {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut from = minicbor::Decoder::new(bytes);
        assert_eq!(from.array().unwrap(), Some(4));
        let protected = from.bytes().unwrap().to_vec();
        assert_eq!(from.map().unwrap(), Some(0));
        Self {
            protected,
            payload: from.bytes().unwrap().to_vec(),
            signature: from.bytes().unwrap().to_vec(),
        }
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        let string = |bytes: &[u8]| [minimal(2, bytes.len() as u64), bytes.to_vec()].concat();
        [
            vec![0x84],
            string(&self.protected),
            vec![0xa0],
            string(&self.payload),
            string(&self.signature),
        ]
        .concat()
    }

    /// The header and the body of a record's payload.
    pub(crate) fn record_parts(&self) -> (Vec<u8>, Vec<u8>) {
        let content = &self.payload[crate::made::RECORD_DOMAIN.len()..];
        let (header, rest) = part(content);
        let (body, rest) = part(rest);
        assert!(rest.is_empty());
        (header.to_vec(), body.to_vec())
    }
}

fn part(from: &[u8]) -> (&[u8], &[u8]) {
    let (length, rest) = from.split_first_chunk::<4>().unwrap();
    rest.split_at(usize::try_from(u32::from_be_bytes(*length)).unwrap())
}

/// `len(header) || header || len(body) || body`.
pub(crate) fn record_content(header: &[u8], body: &[u8]) -> Vec<u8> {
    let length = |part: &[u8]| u32::try_from(part.len()).unwrap().to_be_bytes();
    [&length(header), header, &length(body), body].concat()
}
