//! Places: cities of the table, and names with a word that places are named with.

use std::borrow::Cow;
use std::ops::Range;

use crate::lexicon::{City, FAMILY, GIVEN, cities};
use crate::tokens::{Gap, Shape};
use crate::words::{List, is_one};
use crate::{Language, MentionKind};

use super::latin::is_common;
use super::spots::{Spot, Spots};

/// Words after a name that make the two a place.
static HEADS: List = List::new(
    "crossing|airport|camp|palace|bridge|square|river|lake|island|islands|valley|\
    mountains|desert|peninsula|strait|sea|bay|gulf|prison|dam|base|heights|hills|\
    corridor|street|road|avenue|park|stadium|hotel|mosque|church|cathedral|temple|\
    province|governorate|district|county|gate|forest",
);
/// Those that belong to the name though written small.
const SMALL_HEADS: &[&str] = &["crossing", "airport", "palace", "bridge", "camp", "base"];
pub(super) static TURKISH_HEADS: List = List::new(
    "kapisi|havalimani|adasi|sarayi|koprusu|bogazi|korfezi|nehri|golu|dagi|vadisi|\
    kampi|limani|baraji|meydani|caddesi|cezaevi|camii|hastanesi|ussu|stadyumu|\
    adalari|koridoru|seridi|denizi|yarimadasi|cami|kislasi|gecidi|tuneli|istasyonu|ovasi|\
    yaylasi|platosu|burnu|tepesi|tepeleri|ormani|kalesi|sahili|colu|daglari|magarasi|\
    garnizonu|rafinerisi|santrali|tesisi|madeni|havzasi|kanali|parki|oteli|kulesi|karakolu",
);
static DIRECTIONS: List = List::new(
    "northern|southern|eastern|western|northeastern|northwestern|southeastern|\
    southwestern|north|south|central|northeast|northwest|southeast|southwest|east|\
    west",
);
static IN: List = List::new(
    "in|at|near|to|from|outside|of|toward|towards|around|across|between|via|into|leave|left|\
    reach|reached|visited|throughout|off",
);
/// "the crossings of X and Y".
fn is_kind(word: &str) -> bool {
    let one = match word {
        "cities" => "city",
        "countries" => "country",
        "valleys" => "valley",
        _ => word.strip_suffix('s').unwrap_or(word),
    };
    let behind_only = is_one!(
        one,
        "airport|border|state|department|settlement|canton|cemetery|terminal|refinery|oilfield|mine|reactor|plant"
    );
    KINDS.has(word) || KINDS.has(one) || behind_only
}

/// "the Chong Bok area", "the crossings of Kyzyl-Bel and Kairagach", "the Brnjak and Merdare
/// crossings": the words around say that a name is one of a place.
pub(super) fn is_told(spots: &Spots<'_>, run: &Range<usize>) -> bool {
    let behind = |end: usize| spots.gap(end) == Gap::Space && is_kind(spots.fold(end));
    let of =
        |start: usize| spots.before(start) == "of" && start > 1 && is_many(spots.fold(start - 2));
    let next = run.end + 1;
    let and =
        spots.after(run.end) == "and" && spots.tokens.get(next).is_some_and(|t| t.is_capital());
    let before_and = (spots.before(run.start) == "and")
        .then(|| capitals_before(spots, run.start - 1))
        .filter(|start| *start + 1 < run.start);
    behind(run.end)
        || of(run.start)
        || before_and.is_some_and(of)
        || and && many_behind(spots, capitals_end(spots, next))
}

/// Several of a kind: "crossings", "towns".
fn is_many(word: &str) -> bool {
    word.ends_with('s') && !KINDS.has(word) && is_kind(word)
}

fn many_behind(spots: &Spots<'_>, end: usize) -> bool {
    spots.gap(end) == Gap::Space && is_many(spots.fold(end))
}

fn capitals_end(spots: &Spots<'_>, from: usize) -> usize {
    let joined = |at: &usize| {
        spots.tokens.get(*at).is_some_and(|token| token.is_capital() && token.is_joined())
    };
    (from + 1..from + 4).take_while(joined).last().map_or(from + 1, |last| last + 1)
}

fn capitals_before(spots: &Spots<'_>, end: usize) -> usize {
    let capital = |at: &usize| spots.tokens[*at].is_capital();
    (end.saturating_sub(3)..end).rev().take_while(capital).last().unwrap_or(end)
}

/// Whether the name before "and" was told as a place by the words beside it.
fn beside_another(spots: &Spots<'_>, at: usize) -> bool {
    spots.at(at).is_some_and(|spot| spot.rule == BESIDE)
}

/// What places have: "residents of Balakot", "the outskirts of".
static OF_PLACES: List = List::new(
    "residents|inhabitants|villagers|outskirts|streets|mayor|siege|battle|fall|suburbs|governor|\
    archbishop|recapture|shelling|bombing|bombardment|evacuation|liberation|vicinity|skies|centre|\
    capture|edge|east|west|north|south|southeast|southwest|northeast|northwest|kilometres|km|miles",
);
static KINDS: List = List::new(
    "city|town|village|area|district|province|port|capital|suburb|neighbourhood|neighborhood|\
    governorate|region|camp|crossing|checkpoint|municipality|commune|parish|county|island|\
    valley|oasis|hamlet|township|locality|oblast|subdistrict|river",
);

pub(super) fn latin(spots: &mut Spots<'_>) {
    let turkish = spots.page.language == Language::Turkish;
    by_head(spots, turkish);
    if !turkish {
        directions(spots);
    }
    table(spots, turkish);
    told_before(spots);
}

/// "Dolmabahce Palace", "Attari crossing", "Akçora Sınır Kapısı".
fn by_head(spots: &mut Spots<'_>, turkish: bool) {
    for at in 1..spots.tokens.len() {
        let token = &spots.tokens[at];
        let word = token.fold.as_str();
        let post = || word == "post" && spots.before(at) == "border";
        let small = || token.shape == Shape::Lower && (SMALL_HEADS.contains(&word) || post());
        let listed = || if turkish { TURKISH_HEADS.has(word) } else { HEADS.has(word) };
        if !spots.is_free(at) || !(token.is_capital() || small()) || !(listed() || post()) {
            continue;
        }
        let mut start = at;
        let inner =
            |word: &str| is_one!(word, "border|international|air|refugee|sinir|uluslararasi");
        while start > 0 && matches!(spots.gap(start), Gap::Space | Gap::Hyphen) {
            let before = &spots.tokens[start - 1];
            let place = spots.at(start - 1).is_some_and(|spot| {
                matches!(spot.kind, MentionKind::Place | MentionKind::Person)
                    && spot.rule != "person by name"
            });
            let opens = before.gap == Gap::Sentence
                && is_common(spots, start - 1)
                && (!turkish || super::bodies::opens_turkish(spots, start - 1));
            let named = before.is_capital()
                && (spots.is_free(start - 1) || place)
                && before.fold != "the"
                && !opens;
            let small = before.shape == Shape::Lower
                && (inner(&before.fold) || matches!(before.fold.as_str(), "al" | "el"));
            if !named && !small {
                break;
            }
            start -= 1;
        }
        while start < at && (spots.tokens[start].shape == Shape::Lower && inner(spots.fold(start)))
        {
            start += 1;
        }
        let bare = (start..at).all(|at| inner(spots.fold(at)));
        if start == at || bare {
            continue;
        }
        let range = start..at + 1;
        for spot in &mut spots.all {
            if range.start <= spot.tokens.start
                && spot.tokens.end <= range.end
                && !spot.tokens.is_empty()
            {
                spot.rule = "";
            }
        }
        let entity = Some(named_id(spots, &range));
        spots
            .add(Spot { entity, ..Spot::new(range, MentionKind::Place, "place by its last word") });
    }
}

fn named_id(spots: &Spots<'_>, range: &Range<usize>) -> String {
    let whole = spots.known(range.start).filter(|(count, _)| range.start + count >= range.end - 1);
    match whole.map(|(_, form)| &form.known) {
        Some(crate::lexicon::Known::Place { id, .. }) => id.clone(),
        _ => spots.own_id('l', range),
    }
}

/// "southern Syria" is a place, not the state.
fn directions(spots: &mut Spots<'_>) {
    for at in 0..spots.tokens.len() {
        if !DIRECTIONS.has(spots.fold(at)) || !spots.is_free(at) {
            continue;
        }
        let mut next = at + 1;
        if spots.gap(next) == Gap::Hyphen && DIRECTIONS.has(spots.fold(next)) {
            next += 1;
        }
        // "the north of Kosovo"
        let of = is_one!(spots.fold(at), "north|south|east|west")
            && spots.before(at) == "the"
            && spots.fold(next) == "of";
        next += usize::from(of);
        let Some(nth) = spots.index_at(next).filter(|_| spots.gap(next) == Gap::Space) else {
            continue;
        };
        let spot = &spots.all[nth];
        if spot.kind != MentionKind::Country || spot.demonym || spot.tokens.start != next {
            continue;
        }
        let end = spot.tokens.end;
        spots.all[nth].rule = "";
        let range = at..end;
        let entity = Some(spots.own_id('l', &range));
        spots.add(Spot { entity, ..Spot::new(range, MentionKind::Place, "part of a state") });
    }
}

/// "Puerto Cortés", "Wadi Hamid": first words of places, of which English uses none for anything else.
static FIRST_WORDS: List = List::new(
    "puerto|villa|ciudad|porto|playa|isla|cabo|ain|wadi|oued|deir|beit|ras|jebel|jabal|kafr|fort|\
    port|mount|laguna|qasr|umm|kampong|kuala|teatro|plaza|avenida|palacio|catedral|estadio|\
    aeropuerto",
);
/// Those that are names of persons and things as well: one must be there, or go there.
static DOUBTFUL_FIRST: List = List::new(
    "saint|sainte|st|san|santa|santo|sao|costa|rio|monte|tel|tell|dar|khan|bir|ban|koh|bahia|banja|\
    novi|nova|nizhny|veliky|stara|gornja",
);

/// Places that their first word makes known, where no title or given name stands before them.
pub(super) fn by_first_word(spots: &mut Spots<'_>) {
    for at in 0..spots.tokens.len() {
        let token = &spots.tokens[at];
        let follows = spots.tokens.get(at + 1).is_some_and(|next| {
            next.shape == Shape::Title && matches!(next.gap, Gap::Space | Gap::Hyphen)
        });
        if !token.is_capital() || !follows || !spots.is_free(at) {
            continue;
        }
        let doubtful = DOUBTFUL_FIRST.has(&token.fold);
        if !doubtful && !FIRST_WORDS.has(&token.fold) {
            continue;
        }
        let before = at.checked_sub(1).filter(|_| token.gap == Gap::Space);
        let named = before.is_some_and(|before| {
            let opener = spots.gap(before) == Gap::Sentence && is_common(spots, before);
            spots.tokens[before].is_capital() && !opener
                || spots.at(before).is_some_and(|spot| spot.kind == MentionKind::Role)
                || super::persons::is_honorific(spots.fold(before))
        });
        // "Jordán" of "Puerto Jordán" is no state here.
        let state = spots.at(at + 1).is_some_and(|spot| {
            matches!(spot.kind, MentionKind::Country | MentionKind::Place) && spot.tokens.len() == 1
        });
        let end = at + 2;
        let goes_on = spots
            .tokens
            .get(end)
            .is_some_and(|next| next.is_capital() && next.gap == Gap::Space && spots.is_free(end));
        let of = spots.before(at) == "of";
        let placed = !of && IN.has(spots.before(at)) || is_case(spots, end);
        let unknown = !doubtful && !crate::lexicon::FAMILY.has(spots.fold(at + 1)) || placed;
        if named || goes_on || !unknown || !(state || spots.is_free(at + 1)) {
            continue;
        }
        if let Some(nth) = spots.index_at(at + 1) {
            spots.all[nth].rule = "";
        }
        let range = at..end;
        let city = best(spots, &format!("{} {}", spots.fold(at), spots.fold(at + 1)));
        let entity = city.map_or_else(|| spots.own_id('l', &range), |city| city.id());
        let position = city.map(|city| city.position());
        spots.add(Spot {
            entity: Some(entity),
            position,
            ..Spot::new(range, MentionKind::Place, "place by its first word")
        });
    }
}

/// The ending of a Turkish name that one is in, comes from or goes to.
fn is_case(spots: &Spots<'_>, end: usize) -> bool {
    spots.page.language == Language::Turkish
        && spots.tokens.get(end).is_some_and(|next| {
            next.shape == Shape::Suffix
                && is_one!(
                    next.fold.as_str(),
                    "da|de|ta|te|dan|den|tan|ten|ya|ye|a|e|daki|deki|taki|teki|nda|nde|na|ne",
                )
        })
}

/// Cities, towns and villages by the table.
fn table(spots: &mut Spots<'_>, turkish: bool) {
    let mut at = 0;
    while at < spots.tokens.len() {
        let token = &spots.tokens[at];
        let article = matches!(token.fold.as_str(), "al" | "el" | "as" | "ar")
            && spots.gap(at + 1) == Gap::Hyphen;
        if !(token.is_capital() || article) || !spots.is_free(at) || token.shape == Shape::Suffix {
            at += 1;
            continue;
        }
        let end = run_end(spots, at);
        let found = (1..=(end - at).min(4))
            .rev()
            .find_map(|count| city_at(spots, at..at + count, end, turkish));
        match found {
            Some((count, id, position, rule)) => {
                spots.add(Spot {
                    entity: Some(id),
                    position,
                    ..Spot::new(at..at + count, MentionKind::Place, rule)
                });
                at += count;
            }
            None => at += 1,
        }
    }
}

fn run_end(spots: &Spots<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while let Some(token) = spots.tokens.get(end) {
        let joined = matches!(token.gap, Gap::Space | Gap::Hyphen | Gap::None | Gap::Apostrophe)
            && token.shape != Shape::Suffix;
        let small = is_one!(
            token.fold.as_str(),
            "al|el|de|do|da|la|ez|es|e|a|upon|au|aux|sur|les|en|del|los|las|dos|du|des|am|\
            der|san",
        ) && spots
            .tokens
            .get(end + 1)
            .is_some_and(|next| next.is_capital() && next.is_joined());
        if !joined || !spots.is_free(end) || !(token.is_capital() || small) {
            break;
        }
        end += 1;
    }
    end
}

/// "Yeldere Kaymakamı": what has such an officer is a place.
pub(super) fn governed(spots: &Spots<'_>, end: usize) -> bool {
    const KINDS: [&str; 19] = [
        "kenti",
        "koyu",
        "kasabasi",
        "semti",
        "beldesi",
        "ilcesi",
        "sehri",
        "eyaleti",
        "vilayeti",
        "mahallesi",
        "koprusu",
        "kampi",
        "adasi",
        "bolgesi",
        "limani",
        "aciklarin",
        "yakinlarin",
        "yakinin",
        "kirsalin",
    ];
    let word = spots.fold(end);
    let office = is_one!(word, "valisi|kaymakami|belediye|ili|ilinde|ilinin|iline|ilindeki");
    spots.gap(end) == Gap::Space && (office || KINDS.iter().any(|kind| word.starts_with(kind)))
}

/// "Şırnak'ın Cizre ilçesinde": what a place belongs to is one.
fn owns_place(spots: &Spots<'_>, end: usize) -> bool {
    let genitive = spots.tokens.get(end).is_some_and(|next| {
        next.shape == Shape::Suffix && is_one!(next.fold.as_str(), "in|un|nin|nun") // folded: ın, ün, nın, nün
    });
    genitive
        && spots.tokens.get(end + 1).is_some_and(|next| next.is_capital())
        && (end + 2..end + 5).any(|at| governed(spots, at))
}

/// "Pétion-Ville'e kaçtı": whether the word behind a case is one of going and coming.
pub(super) fn moves(spots: &Spots<'_>, end: usize) -> bool {
    const GOING: [&str; 20] = [
        "kac", "git", "gel", "ulas", "vardi", "dondu", "gonder", "sevk", "indi", "cekil", "tasin",
        "sigin", "yuru", "ilerle", "girdi", "nakled", "getiril", "goturul", "kaldiril", "ayril",
    ];
    is_case(spots, end)
        && (end + 1..end + 3)
            .take_while(|at| spots.gap(*at) == Gap::Space)
            .any(|at| GOING.iter().any(|stem| spots.fold(at).starts_with(stem)))
}

/// Whether the words beside a name say of what kind of place it is, or name another before it.
fn is_beside(spots: &Spots<'_>, range: &Range<usize>) -> bool {
    let before = spots.before(range.start);
    let after = spots.after(range.end);
    let of = before == "of" && range.start > 1;
    let comma = range.start > 0 && spots.gap(range.start) == Gap::Comma;
    KINDS.has(before)
        || is_told(spots, range)
        || of && is_kind(spots.fold(range.start - 2))
        || of && OF_PLACES.has(spots.fold(range.start - 2))
        || before == "and" && range.start > 1 && beside_another(spots, range.start - 2)
        || comma
            && beside_another(spots, range.start - 1)
            && (after == "and" || spots.gap(range.end) == Gap::Comma)
}

/// "in Suswa", "retook Birao", "fled to Tibú", "from Sodo to Suswa", "left for Maungdaw".
fn is_entered(spots: &Spots<'_>, start: usize) -> bool {
    let before = spots.before(start);
    let to = before == "to" && start > 1;
    is_one!(
        before,
        "in|near|at|from|outside|into|towards|toward|around|across|via|off|retook|recaptured|\
        overran|besieged|shelled|bombed|entered|reached",
    ) || to && (is_moved(spots, start - 1) || is_place(spots, start - 2))
        || before == "for" && leaves_for(spots, start - 1)
}

/// "Sarpdere'ye", "Yopougon semtinde": what one goes to, unless persons are called so.
fn is_turkish_place(spots: &Spots<'_>, range: &Range<usize>, person: bool) -> bool {
    let opens = spots.gap(range.start) == Gap::Sentence;
    let count = range.len();
    let cased = is_case(spots, range.end)
        && (count == 1 && !person || count < 3 && moves(spots, range.end))
        && matches!(spots.gap(range.start), Gap::Space | Gap::Comma | Gap::Sentence);
    !(opens && is_common(spots, range.start)) && (governed(spots, range.end) || cased)
}

type Named = (usize, String, Option<(f64, f64)>, &'static str);

fn city_at(spots: &Spots<'_>, range: Range<usize>, end: usize, turkish: bool) -> Option<Named> {
    let words: Vec<&str> = range.clone().map(|at| spots.fold(at)).collect();
    let count = range.len();
    let name = match words.as_slice() {
        [word] => Cow::Borrowed(*word),
        words => Cow::Owned(words.join(" ")),
    };
    let before = spots.before(range.start);
    let after = spots.after(range.end);
    let beside = is_beside(spots, &range);
    let placed = IN.has(before)
        || beside
        || is_dateline(spots, &range)
        || is_case(spots, range.end)
        || after.is_empty() && spots.gap(range.start) == Gap::Comma
        || turkish && (governed(spots, range.end) || owns_place(spots, range.end));
    let opens = spots.tokens[range.start].gap == Gap::Sentence;
    let common = words.iter().all(|word| {
        crate::lexicon::COMMON.has(word) || turkish && crate::lexicon::COMMON_TURKISH.has(word)
    });
    let person = count == 1 && (GIVEN.has(words[0]) || FAMILY.has(words[0]));
    let whole = range.end == end && after != "of";
    let capitals =
        spots.tokens[range.start].shape == Shape::Capitals && !is_dateline(spots, &range);
    if let Some(city) = best(spots, &name) {
        let large = city.size() >= 17;
        let sure = if capitals || common {
            // "near Sake"
            placed && (large || before == "near") && !capitals
        } else if person {
            placed && whole || large && city.size() >= 19 && whole
        } else {
            large || placed || city.size() >= 15 && !opens && count == 1
        };
        if sure && (whole || placed && large) && name.chars().count() > 2 {
            return Some((count, city.id(), Some(city.position()), "place of the table"));
        }
    }
    // Unknown, but the words around it say that it is a place.
    let fits = whole && !common && !capitals;
    let unknown = fits
        && match turkish {
            true => is_turkish_place(spots, &range, person),
            false => {
                count <= 3
                    && (beside || !person && is_entered(spots, range.start))
                    && spots.tokens[range.start].shape == Shape::Title
                    && range.clone().all(|at| !is_common(spots, at))
                    && spots.gap(range.end) != Gap::Hyphen
            }
        };
    unknown.then(|| (count, spots.own_id('l', &range), None, BESIDE))
}

/// "fled to", "was flown to", "the road to": where the way goes is a place.
fn is_moved(spots: &Spots<'_>, to: usize) -> bool {
    is_one!(
        spots.before(to),
        "fled|flee|fleeing|flown|flew|moved|returned|travelled|traveled|drove|driven|sent|went|\
        came|taken|evacuated|transferred|deported|retreated|withdrew|road|way|flights|flight|\
        brought|escaped|marched|sailed|walked|rushed|headed|heading|advanced|close|journey|trip|\
        visit|bus|train|route|highway|convoy|expelled|relocated|back|airlifted|extradited",
    )
}

fn is_place(spots: &Spots<'_>, at: usize) -> bool {
    spots.at(at).is_some_and(|spot| spot.kind == MentionKind::Place)
}

/// "left the camp for Maungdaw", "bound for".
fn leaves_for(spots: &Spots<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..at)
        .any(|at| is_one!(spots.fold(at), "left|bound|departed|leaving|sailed|headed|destined"))
}

/// Names that were told to be places once in the page are so again: "Sarpdere'yi ziyaret".
fn told_before(spots: &mut Spots<'_>) {
    let told: Vec<(String, Option<String>)> = spots
        .all
        .iter()
        .filter(|spot| spot.rule == BESIDE && spot.tokens.len() == 1)
        .map(|spot| (spots.fold(spot.tokens.start).to_owned(), spot.entity.clone()))
        .collect();
    if told.is_empty() {
        return;
    }
    for at in 0..spots.tokens.len() {
        let token = &spots.tokens[at];
        let beside = |at: usize| {
            spots.tokens.get(at).is_some_and(|next| {
                next.is_capital() && matches!(next.gap, Gap::Space | Gap::Hyphen)
            })
        };
        let follows = at > 0 && beside(at) && spots.tokens[at - 1].is_capital();
        let whole = !(beside(at + 1) || follows);
        if token.shape != Shape::Title || !spots.is_free(at) || !whole {
            continue;
        }
        let Some((_, entity)) = told.iter().find(|(name, _)| *name == token.fold) else { continue };
        let entity = entity.clone();
        spots.add(Spot { entity, ..Spot::new(at..at + 1, MentionKind::Place, BESIDE) });
    }
}

/// The rule of unknown names that the words around them make places.
const BESIDE: &str = "place by the words beside it";

/// The city a name means: in a state that the page names, else the largest.
pub(super) fn best(spots: &Spots<'_>, name: &str) -> Option<City> {
    let mut first = None;
    for city in cities(name) {
        first.get_or_insert(city);
        let code = city.country();
        let named = spots.all.iter().any(|spot| {
            spot.kind == MentionKind::Country
                && spot
                    .entity
                    .as_deref()
                    .and_then(|id| id.strip_prefix("c:"))
                    .is_some_and(|three| super::places::alpha2(three) == Some(code))
        });
        if named && first.is_some_and(|first| city.size() + 6 >= first.size()) {
            return Some(city);
        }
    }
    first
}

/// The two letters of a state's three.
pub(super) fn alpha2(three: &str) -> Option<&'static str> {
    crate::lexicon::alpha2(three)
}

/// "AMMAN -", "ANKARA / ISTANBUL", "Damascus, 29 May": where a text was filed.
fn is_dateline(spots: &Spots<'_>, range: &Range<usize>) -> bool {
    let sentence = spots.tokens[range.start].sentence;
    let first = spots.tokens[..range.start]
        .iter()
        .rev()
        .take_while(|token| token.sentence == sentence)
        .count();
    if first > 4 {
        return false;
    }
    let end = spots.span_of(range).end;
    let rest = spots.page.text.get(end..).unwrap_or_default().trim_start_matches([' ', ',']);
    let upper = spots.tokens[range.start].shape == Shape::Capitals;
    let dash = rest.starts_with(['-', '–', '—', '/', '(']) || rest.starts_with('\n');
    upper
        && (dash
            || first > 0
            || spots.gap(range.end) == Gap::Sentence
            || rest.starts_with(char::is_uppercase))
        || first == 0 && dash && !rest.starts_with("(")
        || first == 0
            && spots.gap(range.end) == Gap::Comma
            && spots.at(range.end).is_some_and(|spot| spot.kind == MentionKind::Date)
}
