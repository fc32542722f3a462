//! Claims made from texts whose names are marked by hand, so that a sentence can be read together
//! with what is expected of it.

use std::collections::BTreeSet;

use diwan_read::{
    Event, Language, Matter, Mention, MentionKind, Page, Reading, Span, claims, contradictions,
    group, offices,
};
use proptest::prelude::ProptestConfig;
use proptest::{prop_assert, prop_assert_eq, proptest};

/// Reads a text with its names in brackets: `[c:FRA~ French] [r=p:macron President] ...`. A single sentence is too short to tell its language by.
fn reading_of(id: &str, language: Language, marked: &str) -> Reading {
    let mut text = String::new();
    let mut mentions = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inside, after) = after.split_once(']').expect("a closing bracket");
        let (id, surface) = inside.split_once(' ').expect("an id and a name");
        let start = text.len();
        text.push_str(surface);
        mentions.push(mention(id, Span { start, end: text.len() }));
        rest = after;
    }
    text.push_str(rest);
    let mut page = Page::plain(id, &text);
    page.language = language;
    claims(page, mentions)
}

fn mention(id: &str, span: Span) -> Mention {
    let bare = id.trim_end_matches('~');
    let kind = match &id[..1] {
        "p" => MentionKind::Person,
        "o" => MentionKind::Organisation,
        "l" => MentionKind::Place,
        "c" => MentionKind::Country,
        "d" => MentionKind::Date,
        "q" => MentionKind::Quantity,
        _ => MentionKind::Role,
    };
    let named = matches!(&id[..1], "p" | "o" | "l" | "c");
    Mention {
        span,
        kind,
        entity: named.then(|| bare.to_owned()),
        value: (kind == MentionKind::Date).then(|| bare[2..].to_owned()),
        holder: bare.strip_prefix("r=").map(str::to_owned),
        position: None,
        demonym: id.ends_with('~'),
        rule: "hand",
    }
}

fn who(event: &Event) -> BTreeSet<&str> {
    event.participants.iter().map(|one| one.entity.as_str()).collect()
}

/// What is wrong with a line of `world.txt`; none if every event is found and no other. An event
/// that may be told besides is marked "?".
fn wrong(expected: &str, reading: &Reading) -> Option<String> {
    let mut left: Vec<&Event> = reading.events.iter().collect();
    let told: Vec<String> =
        left.iter().map(|event| format!("{} {:?}", event.kind.code(), who(event))).collect();
    for wanted in expected.split(',').map(str::trim).filter(|wanted| !wanted.is_empty()) {
        if let Some(kind) = wanted.strip_prefix('?') {
            left.retain(|event| event.kind.code() != kind);
            continue;
        }
        let (kind, names) =
            wanted.split_once(':').map_or((wanted, ""), |(kind, names)| (kind, names));
        let names: BTreeSet<&str> = names.split_whitespace().collect();
        let fits = |event: &&Event| event.kind.code() == kind && names.is_subset(&who(event));
        match left.iter().position(fits) {
            Some(at) => left.remove(at),
            None => return Some(format!("no {wanted} in {told:?}")),
        };
    }
    left.retain(|event| event.kind.code() != "statement");
    (!left.is_empty()).then(|| format!("more than expected in {told:?}"))
}

#[test]
fn the_worlds_press_is_understood() {
    all_hold(include_str!("claims/world.txt"), 100, wrong);
}

#[test]
fn all_who_take_part_are_found_and_nobody_else() {
    all_hold(include_str!("claims/participants.txt"), 200, wrong_cast);
}

/// What is wrong with a line of `participants.txt`, where those of an event are all of them; who
/// stands in round brackets may take part or not.
fn wrong_cast(expected: &str, reading: &Reading) -> Option<String> {
    let open = expected.replace(['(', ')'], "");
    // What stands behind a bracket's comma is another event.
    let surely: Vec<&str> = expected
        .split_whitespace()
        .map(
            |word| if word.starts_with('(') { word.trim_start_matches(|c| c != ',') } else { word },
        )
        .collect();
    wrong(&surely.join(" "), reading).or_else(|| {
        let wanted: BTreeSet<&str> = open.split([' ', ',']).collect();
        let of_kind = |event: &&Event| {
            let kind = format!("{}:", event.kind.code());
            expected.split(' ').any(|word| word == kind)
        };
        let found: Vec<BTreeSet<&str>> = reading.events.iter().filter(of_kind).map(who).collect();
        let extra = found.iter().any(|who| !who.is_subset(&wanted));
        extra.then(|| format!("more than {expected} in {found:?}"))
    })
}

#[test]
fn every_family_of_words_is_understood() {
    all_hold(include_str!("claims/families.txt"), 200, wrong);
}

#[test]
fn coverage_of_every_kind_of_event() {
    all_hold(include_str!("claims/coverage.txt"), 400, wrong);
}

#[test]
fn coverage_of_other_tellings() {
    all_hold(include_str!("claims/coverage2.txt"), 150, wrong);
}

/// Every line of a table of sentences gives the events it must give and no other.
fn all_hold(table: &str, least: usize, wrong: fn(&str, &Reading) -> Option<String>) {
    let mut failures = Vec::new();
    let mut count = 0;
    let mut language = Language::English;
    for line in table.lines() {
        match line {
            "== en" => language = Language::English,
            "== ar" => language = Language::Arabic,
            "== tr" => language = Language::Turkish,
            _ => {}
        }
        let Some((expected, marked)) = line.split_once(" | ").filter(|_| !line.starts_with('#'))
        else {
            continue;
        };
        count += 1;
        if let Some(what) = wrong(expected, &reading_of("t", language, marked)) {
            failures.push(format!("{marked}\n    {what}"));
        }
    }
    assert!(count > least, "the table was not read");
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn promises_are_told_from_forecasts() {
    all_promised(include_str!("claims/promises.txt"), 60);
}

#[test]
fn frames_of_promising_are_understood() {
    all_promised(include_str!("claims/frames.txt"), 100);
}

/// Every line of a table of promises gives the promise it must give, or none.
fn all_promised(table: &str, least: usize) {
    let mut failures = Vec::new();
    let mut count = 0;
    let mut language = Language::English;
    for line in table.lines() {
        match line {
            "== en" => language = Language::English,
            "== ar" => language = Language::Arabic,
            "== tr" => language = Language::Turkish,
            _ => {}
        }
        let mut cells = line.splitn(3, " | ").map(str::trim).filter(|_| !line.starts_with('#'));
        let (Some(owners), Some(what), Some(marked)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        count += 1;
        let reading = reading_of("t", language, marked);
        let owners: BTreeSet<&str> = owners.split_whitespace().collect();
        let fits = reading.commitments.iter().any(|one| {
            let held: BTreeSet<&str> = one.owners.iter().map(String::as_str).collect();
            held == owners && reading.page.at(one.what).starts_with(what)
        });
        let right = if owners.is_empty() { reading.commitments.is_empty() } else { fits };
        if !right {
            failures.push(format!("{marked}\n    {}", told(&reading).replace('\n', "\n    ")));
        }
    }
    assert!(count > least, "the table was not read");
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
}

/// Everything said of a text, one claim a line.
fn told(reading: &Reading) -> String {
    let mut lines = Vec::new();
    for event in &reading.events {
        let cast: Vec<String> =
            event.participants.iter().map(|one| format!("{} {:?}", one.entity, one.part)).collect();
        lines.push(format!(
            "{} \"{}\" [{}] {} {} {:?}",
            event.kind.code(),
            reading.page.at(event.trigger),
            cast.join(", "),
            event.place.as_deref().unwrap_or("-"),
            event.date.as_deref().unwrap_or("-"),
            event.modality,
        ));
    }
    for promise in &reading.commitments {
        lines.push(format!(
            "promise {:?} \"{}\" by {} {:?}",
            promise.owners,
            reading.page.at(promise.what),
            promise.due.as_deref().unwrap_or("-"),
            promise.firmness,
        ));
    }
    for number in &reading.numbers {
        lines.push(format!(
            "number {} {} {:?}",
            number.value,
            number.unit.as_deref().unwrap_or("-"),
            number.qualifier,
        ));
    }
    lines.join("\n")
}

#[test]
fn an_english_report_is_read_whole() {
    let reading = reading_of(
        "en",
        Language::English,
        "[c:KEN Kenya]'s [r=p:mudavadi Foreign Minister] [p:mudavadi Musalia Mudavadi] met his \
         [c:ETH~ Ethiopian] [r=p:timothewos counterpart], [p:timothewos Gedion Timothewos], in \
         [l:nairobi Nairobi] on [d:2025-06-10 Tuesday]. They agreed to open a second border post \
         in [d:2025-09 September] and to share water data. At least 14 people were killed in \
         clashes near the border, police said.",
    );
    assert_eq!(
        told(&reading),
        "\
meeting \"met\" [c:KEN Participant, p:mudavadi Participant, c:ETH Participant, p:timothewos Participant] l:nairobi 2025-06-10 Actual
agreement \"agreed\" [c:KEN Participant, p:mudavadi Participant, c:ETH Participant, p:timothewos Participant] - - Actual
crossing_open \"open\" [c:KEN Actor, p:mudavadi Actor, c:ETH Actor, p:timothewos Actor] - 2025-09 Planned
killing \"killed\" [] - - Actual
attack \"clashes\" [] - - Actual
promise [\"c:KEN\", \"p:mudavadi\", \"c:ETH\", \"p:timothewos\"] \"open a second border post in September\" by 2025-09 Firm
promise [\"c:KEN\", \"p:mudavadi\", \"c:ETH\", \"p:timothewos\"] \"share water data\" by - Firm
number 14 people Some(AtLeast)"
    );
}

#[test]
fn an_arabic_report_is_read_whole() {
    let reading = reading_of(
        "ar",
        Language::Arabic,
        "التقى [r=p:attaf وزير الخارجية] [c:DZA~ الجزائري] [p:attaf أحمد عطاف] نظيره [c:TUN~ التونسي] \
         [p:nafti محمد علي النفطي] في [l:tunis تونس] [d:2025-05-20 الثلاثاء]. واتفق الجانبان على إنشاء \
         لجنة مشتركة للحدود. وقتل نحو 20 شخصاً في هجوم على قرية.",
    );
    assert_eq!(
        told(&reading),
        "\
meeting \"التقى\" [c:DZA Participant, p:attaf Participant, c:TUN Participant, p:nafti Participant] l:tunis 2025-05-20 Actual
agreement \"واتفق\" [c:DZA Participant, c:TUN Participant] - - Actual
attack \"هجوم\" [] - - Actual
promise [\"c:DZA\", \"c:TUN\"] \"إنشاء لجنة مشتركة للحدود\" by - Firm
number 20 شخصاً Some(About)"
    );
}

#[test]
fn a_turkish_report_is_read_whole() {
    let reading = reading_of(
        "tr",
        Language::Turkish,
        "[r=p:fidan Dışişleri Bakanı] [p:fidan Hakan Fidan], [c:EGY~ Mısırlı] mevkidaşı \
         [p:abdelatty Bedir Abdulati] ile [d:2025-02-04 4 Şubat]'ta [l:ankara Ankara]'da görüştü. \
         [c:TUR Türkiye] bölgeye yaklaşık 500 çadır gönderecek.",
    );
    assert_eq!(
        told(&reading),
        "\
meeting \"görüştü\" [p:fidan Participant, c:EGY Participant, p:abdelatty Participant] l:ankara 2025-02-04 Actual
aid_supply \"gönderecek\" [c:TUR Actor] - - Planned
promise [\"c:TUR\"] \"bölgeye yaklaşık 500 çadır gönderecek\" by - Firm
number 500 çadır Some(About)"
    );
}

#[test]
fn a_copy_is_folded_and_an_update_is_linked() {
    let first = "[c:PER~ Peruvian] police seized 400 kilograms of cocaine in a warehouse near \
        [l:callao Callao] on [d:2025-03-04 Tuesday]. The drug was hidden in sacks of coffee bound \
        for [l:rotterdam Rotterdam], the police said in a short note. Two drivers are being asked.";
    let copy = "[c:PER~ Peruvian] police seized 400 kilograms of cocaine in a warehouse near \
        [l:callao Callao] on [d:2025-03-04 Tuesday]. The drug was hidden in sacks of coffee bound \
        for [l:rotterdam Rotterdam].";
    let update = first.replace("400", "650");
    let other = "[p:boric Gabriel Boric] met [p:milei Javier Milei] in [l:santiago Santiago] on \
        [d:2025-03-04 Tuesday].";
    let corrected = first.replace("400", "420");
    let texts = [
        ("a", "2025-03-05", first),
        ("b", "2025-03-05", copy),
        ("c", "2025-03-06", &update),
        ("d", "2025-03-05", other),
        ("e", "2025-03-05", &corrected),
    ];
    let mut readings: Vec<Reading> = texts
        .iter()
        .map(|(id, day, text)| {
            let mut reading = reading_of(id, Language::English, text);
            reading.page.published.date = Some((*day).to_owned());
            reading
        })
        .collect();
    let groups = group(&mut readings);
    let copies = ["a", "b", "e"].map(str::to_owned).to_vec();
    assert!(groups.near_duplicates.contains(&copies), "{:?}", groups.near_duplicates);
    assert_eq!(groups.near_duplicates.iter().filter(|one| one.len() > 1).count(), 1);
    assert!(groups.threads.iter().any(|one| one.len() == 4 && !one.contains(&"d".to_owned())));
}

#[test]
fn two_sources_name_two_holders_of_one_office() {
    let one = reading_of(
        "wire",
        Language::English,
        "[c:SYR Syria]'s [r=p:ali_habib defense minister], Gen. [p:ali_habib Ali Habib], arrived in \
         [l:amman Amman]. The former [r=p:freij defence minister] of [c:SYR Syria], [p:freij Fahd Freij], was not there.",
    );
    let two = reading_of(
        "agency",
        Language::Arabic,
        "وصل [r=p:ali_ayyoub وزير الدفاع] [c:SYR~ السوري] [p:ali_ayyoub علي أيوب] إلى [l:amman عمان].",
    );
    let held = offices(&[one.clone(), two.clone()]);
    assert!(held.iter().any(|tenure| tenure.holder == "p:freij" && tenure.former));
    let found = contradictions(&[one, two]);
    let [only] = found.as_slice() else { panic!("one contradiction, not {found:?}") };
    let of = Some("c:SYR".to_owned());
    assert_eq!(only.matter, Matter::Office { office: "defence minister".to_owned(), of });
    let says: BTreeSet<&str> = only.sides.iter().map(|side| side.says.as_str()).collect();
    assert_eq!(says, BTreeSet::from(["p:ali_habib", "p:ali_ayyoub"]));
}

#[test]
fn sources_that_count_the_dead_differently_are_shown() {
    let text = |count: &str| {
        format!(
            "A bomb killed {count} people at a market in [l:baidoa Baidoa] on [d:2025-04-02 Wednesday]."
        )
    };
    let read = |id: &str, count: &str| reading_of(id, Language::English, &text(count));
    let mut readings = vec![read("a", "12"), read("b", "15"), read("c", "at least 11")];
    let _ = group(&mut readings);
    let found = contradictions(&readings);
    let [only] = found.as_slice() else { panic!("one contradiction, not {found:?}") };
    assert!(matches!(&only.matter, Matter::Figure { unit, .. } if unit == "people"));
    assert_eq!(only.sides.clone().map(|side| side.says), ["12", "15"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_and_every_claim_lies_in_it(
        parts in proptest::collection::vec(0..PIECES.len(), 0..40),
        noise in "\\PC{0,20}",
    ) {
        let mut marked: String = parts.iter().map(|&at| PIECES[at]).collect();
        marked.push_str(&noise.replace(['[', ']'], " "));
        for language in [Language::English, Language::Arabic, Language::Turkish, Language::Other] {
            let reading = reading_of("t", language, &marked);
            let text = &reading.page.text;
            let inside = |span: Span| span.start <= span.end && text.get(span.start..span.end).is_some();
            prop_assert!(reading.events.iter().all(|event| inside(event.trigger)));
            prop_assert!(reading.events.iter().all(|event| event.sentence < reading.page.sentences.len()));
            prop_assert!(reading.commitments.iter().all(|one| inside(one.what) && inside(one.trigger)));
            prop_assert!(reading.numbers.iter().all(|one| inside(one.span)));
            prop_assert_eq!(told(&reading), told(&reading_of("t", language, &marked)));
        }
    }

    #[test]
    fn ids_and_groups_do_not_depend_on_the_order_of_the_articles(seed in 0usize..24) {
        let texts = [
            "[c:CHL Chile] and [c:BOL Bolivia] signed a treaty in [l:arica Arica] on [d:2025-05-06 Tuesday].",
            "The treaty was signed on [d:2025-05-06 Tuesday] by [c:CHL Chile] and [c:BOL Bolivia] in [l:arica Arica].",
            "Police arrested [p:rojas Ana Rojas] in [l:lima Lima] on [d:2025-05-07 Wednesday].",
            "[c:CHL Chile] and [c:BOL Bolivia] signed a treaty in [l:arica Arica] on [d:2025-05-06 Tuesday].",
        ];
        let read = |order: &[usize]| {
            let mut readings: Vec<Reading> = order
                .iter()
                .map(|&at| reading_of(&format!("d{at}"), Language::English, texts[at]))
                .collect();
            let groups = group(&mut readings);
            let mut ids: Vec<String> = readings
                .iter()
                .flat_map(|one| one.events.iter().map(|event| format!("{} {}", one.page.id, event.id)))
                .collect();
            ids.sort();
            (ids, groups)
        };
        let mut order = vec![0, 1, 2, 3];
        order.swap(seed % 4, seed / 4 % 4);
        order.swap(0, seed / 8);
        prop_assert_eq!(read(&order), read(&[0, 1, 2, 3]));
    }
}

/// Pieces that touch every part of the grammar.
const PIECES: [&str; 24] = [
    "[c:FRA France] ",
    "[p:a Ana Rojas] ",
    "[o:un United Nations] ",
    "[l:lima Lima] ",
    "[d:2025-05 May] ",
    "[r=p:a President] ",
    "and ",
    ", ",
    ". ",
    "agreed to ",
    "killed ",
    "met with ",
    "will ",
    "who ",
    "\"",
    "1,200 people ",
    "ve ",
    "'nin ",
    "görüştü ",
    "اتفقت ",
    "على ",
    "و",
    "قتل ",
    "dozens of ",
];
