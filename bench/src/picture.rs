//! Questions to the picture at three sizes, for one viewer who sees nearly all labels and one who
//! sees two in a hundred: asked of the store itself, and over HTTP as a screen does.

pub(crate) mod fill;

use std::fmt::Write as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use diwan_record::{Entitlement, Kind, State, limits};
use diwan_room::{Query, Viewer};
use diwan_store::Reader;

use crate::child::Child;
use crate::figures::{Figure, Times};
use crate::http::{Screen, seat};
use crate::texts::{self, Dice};
use crate::{Bench, say};
use fill::{Filled, NARROW_PERSON, narrow, wide};

/// Items on a page of a list, as the screens ask.
const PAGE: usize = 50;
/// A page may take so long.
const TARGET_MS: f64 = 50.0;

/// What a screen asks.
#[derive(Clone, Copy, Debug)]
enum Sort {
    Map,
    List,
    Search,
    Item,
}

impl Sort {
    const ALL: [Self; 4] = [Self::Map, Self::List, Self::Search, Self::Item];

    fn name(self) -> &'static str {
        match self {
            Self::Map => "map window",
            Self::List => "list page",
            Self::Search => "full text",
            Self::Item => "one item",
        }
    }
}

/// One question, ready to be asked either way.
#[derive(Clone, Debug)]
enum Question {
    Map(Query),
    List(Query),
    Item(diwan_record::ItemId),
}

/// Times of one sort of question, by size.
struct Line {
    way: &'static str,
    viewer: &'static str,
    sort: Sort,
    times: Times,
    records: usize,
}

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let sizes =
        if bench.small { vec![1_000, 2_000, 5_000] } else { vec![10_000, 100_000, 1_000_000] };
    let count = bench.size(300, 20);
    let mut lines = Vec::new();
    for records in &sizes {
        let filled = fill::filled(bench, *records)?;
        lines.extend(ask_store(&filled, count)?);
        lines.extend(ask_screens(&filled, count)?);
        say(&format!("picture: {records} records asked"));
    }
    let smallest = sizes.first().copied().unwrap_or_default();
    Ok(lines.iter().flat_map(|line| figures(line, &lines, smallest)).collect())
}

fn figures(line: &Line, lines: &[Line], smallest: usize) -> Vec<Figure> {
    let Line { way, viewer, sort, times, records } = line;
    let name = format!("{} {way}, {viewer}, {records}", sort.name());
    let p50 = Figure::new(format!("{name}, p50"), times.at(0.5), "ms");
    let p95 = Figure::new(format!("{name}, p95"), times.at(0.95), "ms");
    let first = lines.iter().find(|one| {
        one.records == smallest
            && one.way == *way
            && one.viewer == *viewer
            && one.sort.name() == sort.name()
    });
    let p95 = match first.filter(|first| first.records != *records) {
        None => p95.below(TARGET_MS),
        Some(first) => {
            let with = format!("{smallest} records; target: under {TARGET_MS} ms and flat");
            p95.next_to(&with, times.at(0.95) / first.times.at(0.95))
        }
    };
    vec![p50, p95]
}

fn viewers() -> [(&'static str, &'static str, Entitlement); 2] {
    [("sees 98 %", "analyst", wide()), ("sees 2 %", NARROW_PERSON, narrow())]
}

fn ask_store(filled: &Filled, count: usize) -> Result<Vec<Line>> {
    let store = diwan_store::open(&filled.store())?;
    let reader = store.reader()?;
    let mut lines = Vec::new();
    for (name, _, entitlement) in viewers() {
        let viewer = Viewer { entitlement, state: State::Exercise };
        for sort in Sort::ALL {
            let questions = questions(sort, &reader, &viewer, count)?;
            let mut times = Times::default();
            for question in &questions {
                let began = Instant::now();
                match question {
                    Question::Map(query) => drop(reader.map(query, &viewer)?),
                    Question::List(query) => drop(reader.page(query, &viewer)?),
                    Question::Item(item) => drop(reader.item(item, &viewer)?),
                }
                times.add(began.elapsed());
            }
            lines.push(Line {
                way: "in the store",
                viewer: name,
                sort,
                times,
                records: filled.records,
            });
        }
    }
    Ok(lines)
}

/// The same questions through the program's own door, by people who signed in.
fn ask_screens(filled: &Filled, count: usize) -> Result<Vec<Line>> {
    let mut asked = Vec::new();
    {
        let store = diwan_store::open(&filled.store())?;
        let reader = store.reader()?;
        for (name, person, entitlement) in viewers() {
            let viewer = Viewer { entitlement, state: State::Exercise };
            for sort in Sort::ALL {
                asked.push((name, person, sort, questions(sort, &reader, &viewer, count)?));
            }
        }
    }
    let (program, _) = start_program(filled)?;
    let mut lines = Vec::new();
    for (name, person, sort, questions) in asked {
        let (seat, login) = seat(&filled.cast, "JOR", person)?;
        let screen = Screen::sign_in(seat, login)?;
        let mut times = Times::default();
        for question in &questions {
            let path = path(question);
            let began = Instant::now();
            screen.get(&path)?;
            times.add(began.elapsed());
        }
        lines.push(Line { way: "over HTTP", viewer: name, sort, times, records: filled.records });
    }
    program.terminate()?;
    Ok(lines)
}

/// Starts the program on a filled directory; answers when it has answered.
pub(crate) fn start_program(filled: &Filled) -> Result<(Child, Duration)> {
    let dir = filled.node();
    let dir = dir.to_str().context("not a plain path")?;
    let (seat, _) = seat(&filled.cast, "JOR", "analyst")?;
    let address = seat.url.trim_start_matches("http://");
    let began = Instant::now();
    let program = Child::start(&["program", "serve", "--dir", dir])?;
    while began.elapsed() < Duration::from_secs(60) {
        // Without a session the answer is a refusal, and an answer.
        if TcpStream::connect(address).is_ok() && answers(&seat.url) {
            return Ok((program, began.elapsed()));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    bail!("the program did not answer within a minute");
}

fn answers(url: &str) -> bool {
    let answer = ureq::get(format!("{url}/api/session")).call();
    matches!(answer, Ok(_) | Err(ureq::Error::StatusCode(_)))
}

fn path(question: &Question) -> String {
    match question {
        Question::Item(item) => format!("/api/items/{item}?state=exercise"),
        Question::Map(query) => format!("/api/picture/map?{}", asked(query)),
        Question::List(query) => format!("/api/picture?{}", asked(query)),
    }
}

fn asked(query: &Query) -> String {
    let mut text = format!("state=exercise&limit={}", query.limit);
    if let Some([west, south, east, north]) = query.window {
        let _ = write!(text, "&bbox={west},{south},{east},{north}");
    }
    if let Some(kind) = query.kinds.first() {
        let _ = write!(text, "&kind={kind}");
    }
    if let Some(after) = query.after {
        let _ = write!(text, "&before={after}");
    }
    if let Some(words) = &query.words {
        text.push_str("&q=");
        for byte in words.bytes() {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// Questions as people ask them, the same in every run. Making them also warms what is asked.
fn questions(sort: Sort, reader: &Reader, viewer: &Viewer, count: usize) -> Result<Vec<Question>> {
    let mut dice = Dice::new(99);
    let list = Query { limit: PAGE, ..Query::default() };
    let mut made = Vec::new();
    match sort {
        Sort::Map => made.extend((0..count).map(|_| Question::Map(window(&mut dice)))),
        Sort::Search => {
            let search = |dice: &mut Dice| Query { words: Some(words(dice)), ..list.clone() };
            made.extend((0..count).map(|_| Question::List(search(&mut dice))));
        }
        // First pages, pages further down, and pages of one kind.
        Sort::List => {
            let mut after = None;
            for number in 0..count {
                let kinds = if number % 3 == 2 { vec![Kind::Report] } else { Vec::new() };
                let query = Query { after, kinds, ..list.clone() };
                after = if number % 10 == 9 { None } else { reader.page(&query, viewer)?.next };
                made.push(Question::List(query));
            }
        }
        Sort::Item => {
            while made.len() < count {
                let query = Query { limit: limits::PAGE, ..window(&mut dice) };
                let (briefs, _) = reader.map(&query, viewer)?;
                made.extend(briefs.iter().take(5).map(|brief| Question::Item(brief.item)));
            }
            made.truncate(count);
        }
    }
    Ok(made)
}

/// From a street to the whole region, mostly around cities.
fn window(dice: &mut Dice) -> Query {
    let (_, lon, lat) = texts::position(dice);
    let side = *dice.one_of(&[0.05, 0.2, 0.5, 1.0, 3.0, 8.0, 20.0]);
    let window = Some([lon - side / 2.0, lat - side / 3.0, lon + side / 2.0, lat + side / 3.0]);
    Query { window, limit: limits::MAP_ITEMS, ..Query::default() }
}

/// A common word, two words, or a name that hardly anybody mentions.
fn words(dice: &mut Dice) -> String {
    let language = dice.below(3);
    match dice.below(4) {
        0 => texts::word(dice, language).to_owned(),
        1 => format!("{} {}", texts::word(dice, language), texts::word(dice, language)),
        2 => texts::rare_name(dice, language == 0),
        _ => format!("{} {}", texts::word(dice, language), texts::rare_name(dice, language == 0)),
    }
}
