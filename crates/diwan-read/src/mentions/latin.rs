//! English and Turkish: names begin with capitals.

use crate::lexicon::{Form, Known};
use crate::tokens::{Gap, Shape};
use crate::words::is_one;
use crate::{Language, MentionKind};

use super::spots::{Spot, Spots};
use super::{bodies, persons, places, roles};

pub(super) fn find(spots: &mut Spots<'_>) {
    outlet(spots);
    bodies::ministries(spots);
    known(spots);
    bodies::by_first_word(spots);
    bodies::by_head(spots);
    roles::latin(spots);
    places::by_first_word(spots);
    bodies::by_word_behind(spots);
    bodies::by_apposition(spots);
    persons::latin(spots);
    places::latin(spots);
    bodies::capitals(spots);
    persons::short(spots);
}

/// The outlet's own name, where its text gives it; and the platform X, which only its
/// neighbours tell from a letter.
fn outlet(spots: &mut Spots<'_>) {
    let outlet = spots.page.outlet.as_deref().map(crate::fold::fold).unwrap_or_default();
    let words: Vec<&str> = outlet.split_whitespace().collect();
    for at in 0..spots.tokens.len() {
        let end = at + words.len();
        let own = words.len() > 1
            && end <= spots.tokens.len()
            && (at..end).all(|here| {
                spots.fold(here) == words[here - at] && spots.tokens[here].is_capital()
            });
        let x = spots.fold(at) == "x"
            && spots.tokens[at].is_capital()
            && (matches!(spots.before(at), "on" | "via" | "platform")
                || matches!(
                    spots.after(at + 1),
                    "platform"
                        | "account"
                        | "social"
                        | "hesabindan"
                        | "platformundan"
                        | "hesabinda"
                ))
            && spots.tokens[at].gap == Gap::Space;
        if own {
            let entity = Some(spots.own_id('o', &(at..end)));
            spots.add(Spot {
                entity,
                ..Spot::new(at..end, MentionKind::Organisation, "the outlet itself")
            });
        } else if x {
            let entity = Some("o:x_platform".to_owned());
            spots.add(Spot {
                entity,
                ..Spot::new(
                    at..at + 1,
                    MentionKind::Organisation,
                    "platform by the words beside it",
                )
            });
        }
    }
}

/// States, bodies, places and persons that the lexicon names.
fn known(spots: &mut Spots<'_>) {
    let mut at = 0;
    while at < spots.tokens.len() {
        let count = known_at(spots, at);
        at += count.max(1);
    }
}

fn known_at(spots: &mut Spots<'_>, at: usize) -> usize {
    let token = &spots.tokens[at];
    let named = token.is_capital()
        || is_one!(token.fold.as_str(), "al|el|peshmerga|anti|international|shrine");
    if !named || !spots.is_free(at) || token.shape == Shape::Suffix {
        return 0;
    }
    let Some((count, form)) = spots.known(at) else { return 0 };
    let (count, form) = of_the_nations(spots, at, count).unwrap_or((count, form));
    if !spots.are_free(at..at + count) || !fits(spots, at, count, form) {
        return 0;
    }
    // "Cebu City"
    let city = matches!(form.known, Known::Place { .. })
        && spots.fold(at + count) == "city"
        && spots.gap(at + count) == Gap::Space
        && spots.tokens[at + count].is_capital();
    let count = count + usize::from(city);
    let mut spot = spot(spots, at..at + count, form);
    seat(spots, &mut spot, at + count);
    spots.add(spot);
    count
}

/// "United Nations Office for Project Services": a body that is named after its mother.
fn of_the_nations(spots: &Spots<'_>, at: usize, count: usize) -> Option<(usize, &'static Form)> {
    let mother = matches!(spots.text(&(at..at + count)), "United Nations" | "UN" | "U.N.");
    let next = at + count;
    if !mother || spots.gap(next) != Gap::Space || !spots.tokens[next].is_capital() {
        return None;
    }
    let (more, form) = spots.known(next)?;
    (more > 1 && matches!(form.known, Known::Body { .. })).then_some((count + more, form))
}

/// "The White House said" and "according to the Kremlin" are those who sit there, "in the Kremlin" is
/// the house.
fn seat(spots: &Spots<'_>, spot: &mut Spot, end: usize) {
    let house = match spot.entity.as_deref() {
        Some("l:white_house" | "l:elysee" | "l:downing_street") => true,
        Some("o:kremlin") => false,
        _ => return,
    };
    let at = spot.tokens.start;
    let before = match spots.before(at) {
        "the" => spots.before(at - 1),
        other => other,
    };
    let told = is_one!(
        spots.after(end),
        "said|says|announced|confirmed|official|officials|spokesman|spokesperson|spokeswoman|\
        press|envoy|statement|declined|denied|has|did|released|told|wants|aide|aides|adviser|\
        hopes|insisted|chief",
    );
    let inside = is_one!(
        before,
        "in|at|outside|inside|near|from|visited|leaving|left|to|reached|entered|around"
    );
    let according = before == "to" && is_one!(spots.before(at - 2), "according");
    let body = match house {
        true => told || according || is_one!(before, "by|with"),
        false => told || !inside || according || before == "to",
    };
    let prefix = if body { "o:" } else { "l:" };
    spot.kind = if body { MentionKind::Organisation } else { MentionKind::Place };
    spot.entity = spot.entity.take().map(|id| format!("{prefix}{}", &id[2..]));
    spot.position = spot.position.filter(|_| !body);
}

/// A spot for a known form.
pub(super) fn spot(spots: &Spots<'_>, range: std::ops::Range<usize>, form: &Form) -> Spot {
    match &form.known {
        Known::Country { code, demonym } => Spot {
            entity: Some(["c:", code].concat()),
            demonym: *demonym,
            ..Spot::new(range, MentionKind::Country, "state by name")
        },
        Known::Body { id } => Spot {
            entity: Some((*id).to_owned()),
            ..Spot::new(
                bodies::with_short_form(spots, range),
                MentionKind::Organisation,
                "body by name",
            )
        },
        Known::Place { id, position, .. } => Spot {
            entity: Some(id.clone()),
            position: *position,
            ..Spot::new(range, MentionKind::Place, "place by name")
        },
        Known::Figure { id, .. } => Spot {
            entity: Some((*id).to_owned()),
            span: persons::with_stop(spots, &range),
            ..Spot::new(range, MentionKind::Person, "person by name")
        },
    }
}

/// Whether a known form means the known thing here.
fn fits(spots: &Spots<'_>, at: usize, count: usize, form: &Form) -> bool {
    let tokens = spots.tokens;
    let next = tokens.get(at + count);
    let next_capital =
        next.is_some_and(|next| next.is_capital() && matches!(next.gap, Gap::Space | Gap::Hyphen));
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let before_capital = before.is_some_and(|before| {
        before.is_capital()
            && matches!(tokens[at].gap, Gap::Space | Gap::Hyphen)
            && spots.is_free(at - 1)
            && (before.gap != Gap::Sentence || !is_common(spots, at - 1))
    });
    match &form.known {
        Known::Figure { alone, .. } => {
            // A given name before it makes it another person of the family.
            let other = before_capital && crate::lexicon::GIVEN.has(&tokens[at - 1].fold);
            !(*alone
                && (other
                    || next_capital && !spots.is_free(at + count)
                    || next.is_some_and(|next| next.is_capital() && next.gap == Gap::Hyphen)
                    || count == 1 && next_capital && !is_common(spots, at + count)
                    || count == 1 && tokens[at].gap == Gap::Sentence && next_capital))
        }
        Known::Country { demonym: false, .. } => {
            // "Jordan Henderson", "Chad Smith"
            let person = count == 1
                && next_capital
                && crate::lexicon::GIVEN.has(&tokens[at].fold)
                && crate::lexicon::FAMILY.has(spots.fold(at + 1))
                && !is_common(spots, at + 1);
            !person
        }
        Known::Country { demonym: true, .. } => {
            // "Volker Türkmen": a given name before it, and nothing that it would describe.
            let borne = count == 1
                && before_capital
                && crate::lexicon::GIVEN.has(&tokens[at - 1].fold)
                && !is_common(spots, at - 1)
                && (next.is_none_or(|next| next.gap != Gap::Space)
                    || spots.after(at + 1) == "said");
            if borne {
                return false;
            }
            // "Başbakanı İrakli Kobahidze": a given name that looks like a demonym.
            let held = next_capital && at > 0 && is_turkish_office(&tokens[at - 1].fold);
            spots.page.language != Language::Turkish || (tokens[at].is_capital() && !held)
        }
        Known::Place { .. } => {
            // "Milan Petrov": a town that is a given name, with a family name behind it.
            let bears = count == 1
                && next_capital
                && crate::lexicon::GIVEN.has(&tokens[at].fold)
                && spots.is_free(at + 1)
                && !is_common(spots, at + 1)
                && tokens[at + 1].gap == Gap::Space
                && !is_one!(spots.before(at), "in|at|near|from|to|of|outside|around|da|de");
            let borne = before_capital
                && crate::lexicon::GIVEN.has(&tokens[at - 1].fold)
                && !is_common(spots, at - 1);
            !(bears || borne)
        }
        Known::Body { .. } => is_body(spots, at, count, (before_capital, next_capital)),
    }
}

/// Whether a known body is meant; `beside` says whether free capitals stand before and behind it.
fn is_body(spots: &Spots<'_>, at: usize, count: usize, beside: (bool, bool)) -> bool {
    let tokens = spots.tokens;
    let (before_capital, next_capital) = beside;
    // Bodies that are everyday words need the article or nothing beside them.
    let word = tokens[at].fold.as_str();
    let everyday = is_one!(
        word,
        "punch|vanguard|sabah|dawn|shell|total|apple|amazon|congress|labour|quad|petra|\
    fars|mehr|asayis|wagner|tata|adani|kalyon|guardian|spiegel|bild|globo|folha|\
    rada|sana|fetih|cumhuriyet|milliyet|body|badr",
    );
    let generic = is_one!(
        spots.text(&(at..at + count)),
        "Democratic Party|Republican Party|Labour Party|Conservative Party|\
    National Liberation Army|Central Command|Communist Party|\
    Social Democratic Party|National Rally|Workers' Party|Islamic Jihad|\
    Autonomous Administration|Democratic Alliance|Human Rights Council|\
    Red Crescent|Red Cross|General Assembly|Security Council|Liberal Democratic Party",
    );
    let state_before = at > 0
        && spots.at(at - 1).is_some_and(|spot| spot.kind == MentionKind::Country)
        && tokens[at].gap == Gap::Space;
    if generic && (before_capital || state_before) {
        return false;
    }
    let alone = count == 1 && everyday;
    // "Ministry of Labour and Social Protection"
    let portfolio = spots.before(at) == "of" && at > 1 && bodies::is_head_word(spots.fold(at - 2));
    if alone && (portfolio || was_family(spots, at)) {
        return false;
    }
    let article = tokens[at].fold == "the";
    if article && (next_capital || count > 1 && !tokens[at + 1].is_capital()) {
        return false;
    }
    !(alone
        && (next_capital
            || before_capital
            || tokens[at].gap == Gap::Sentence
                && !matches!(word, "petra" | "wagner" | "guardian" | "sana")))
}

fn is_turkish_office(word: &str) -> bool {
    is_one!(
        word,
        "baskani|basbakani|cumhurbaskani|bakani|lideri|komutani|sozcusu|yardimcisi|elcisi|emiri|\
         krali|valisi|buyukelcisi|temsilcisi",
    )
}

/// Whether a word was the family name of somebody named in full before.
fn was_family(spots: &Spots<'_>, at: usize) -> bool {
    let word = &spots.tokens[at].fold;
    let person = |at: usize| spots.at(at).is_some_and(|spot| spot.kind == MentionKind::Person);
    (1..at).any(|before| {
        let token = &spots.tokens[before];
        token.fold == *word
            && token.gap == Gap::Space
            && spots.tokens[before - 1].is_capital()
            && (person(before) || spots.is_free(before - 1))
    })
}

/// "Askerler", "Açıklamayı", "Konvoydaki": an ending without an apostrophe makes it no name, or it
/// hangs on an everyday word.
pub(super) fn is_inflected(word: &str) -> bool {
    const SURE: [&str; 14] = [
        "lar", "ler", "lari", "leri", "larin", "lerin", "larda", "lerde", "lara", "lere", "daki",
        "deki", "mayi", "meyi",
    ];
    const ENDS: [&str; 20] = [
        "i", "u", "yi", "yu", "si", "su", "in", "un", "nin", "nun", "da", "de", "ta", "te", "dan",
        "den", "ya", "ye", "a", "e",
    ];
    let known = crate::lexicon::GIVEN.has(word) || crate::lexicon::FAMILY.has(word);
    let sure = !known && word.len() > 5 && SURE.iter().any(|end| word.ends_with(end));
    let hangs = |end: &&str| {
        word.strip_suffix(*end)
            .is_some_and(|stem| stem.len() > 3 && crate::lexicon::COMMON_TURKISH.has(stem))
    };
    sure || !known && ENDS.iter().any(hangs)
}

/// An everyday word in the language of the page.
pub(super) fn is_common(spots: &Spots<'_>, at: usize) -> bool {
    let word = spots.fold(at);
    match spots.page.language {
        Language::Turkish => {
            crate::lexicon::COMMON_TURKISH.has(word)
                || spots.tokens[at].gap == Gap::Sentence && is_inflected(word)
        }
        _ => crate::lexicon::COMMON.has(word),
    }
}
