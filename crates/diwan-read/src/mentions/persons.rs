//! Persons in languages that write names with capitals.

use std::ops::Range;

use crate::lexicon::{FAMILY, GIVEN, Known, cities};
use crate::tokens::{Gap, Shape};
use crate::words::{List, is_one};
use crate::{Language, MentionKind};

use super::latin::is_common;
use super::spots::{Spot, Spots};

/// Small words inside names.
static PARTICLES: List = List::new(
    "al|el|bin|bint|ibn|ben|abu|abou|ebu|umm|von|van|der|den|de|da|dos|das|do|del|\
    della|di|la|le|du|y|e|ould|ag|ul|uz|ur|ud|ed",
);
/// Stand before a person's name and are no office.
static HONORIFICS: List = List::new(
    "mr|mrs|ms|miss|dr|sir|lord|lady|dame|sheikh|shaikh|sheik|imam|prince|princess|\
    prof|professor|he|eng|engineer|hajji|haji|mullah|maulana|rev|reverend|father|\
    sister|hon|honourable|honorable|don|dona|sayin|sayyid|sayed|ayatollah|seyh|\
    chief|alhaji|sn|bay|pope|bishop|rabbi|mufti",
);
/// Words that say or do something, after a person.
static SAID: List = List::new(
    "said|says|told|added|stated|noted|wrote|warned|stressed|emphasized|emphasised|\
    explained|called|announced|confirmed|denied|argued|believes|thanked|urged|\
    described|insisted|claimed|met|visited|arrived|spoke|posted|tweeted|accused|\
    criticised|criticized|welcomed|condemned|vowed|pledged|resigned|replied|\
    acknowledged|who",
);
const PLACE_WORDS: &[&str] = &[
    "in",
    "at",
    "near",
    "to",
    "from",
    "outside",
    "inside",
    "toward",
    "towards",
    "around",
    "across",
    "into",
    "throughout",
    "city",
    "town",
    "village",
    "province",
    "district",
    "state",
    "region",
    "governorate",
    "port",
    "area",
    "island",
    "neighbourhood",
    "neighborhood",
];

pub(super) fn latin(spots: &mut Spots<'_>) {
    let mut at = 0;
    while at < spots.tokens.len() {
        let Some(run) = run_at(spots, at) else {
            at += 1;
            continue;
        };
        at = run.end.max(at + 1);
        let Some(part) = part(spots, run) else { continue };
        if is_led(spots, &part) {
            let entity = Some(spots.own_id('o', &part));
            spots.add(Spot {
                entity,
                ..Spot::new(part, MentionKind::Organisation, "body by who leads it")
            });
        } else if is_person(spots, &part) {
            let entity = Some(spots.own_id('p', &part));
            let span = with_stop(spots, &part);
            spots.add(Spot {
                entity,
                span,
                ..Spot::new(part, MentionKind::Person, "person by name and cue")
            });
        }
    }
}

/// "Marcos Jr." has its full stop.
pub(super) fn with_stop(spots: &Spots<'_>, range: &Range<usize>) -> crate::Span {
    let mut span = spots.span_of(range);
    let short = matches!(spots.fold(range.end - 1), "jr" | "sr");
    let rest = spots.page.text.get(span.end..).unwrap_or_default();
    span.end += usize::from(short && rest.starts_with('.'));
    span
}

/// A run of free capitals with the particles between them.
fn run_at(spots: &Spots<'_>, at: usize) -> Option<Range<usize>> {
    let first = &spots.tokens[at];
    let opens = first.is_capital()
        || (first.shape == Shape::Lower
            && PARTICLES.has(first.fold.as_str())
            && is_one!(first.fold.as_str(), "al|el|abu|von|van|de|bin|ebu")
            && matches!(spots.gap(at + 1), Gap::Hyphen | Gap::Space));
    if !opens || !spots.is_free(at) || first.shape == Shape::Suffix {
        return None;
    }
    let mut end = at + 1;
    let mut next = at + 1;
    while let Some(token) = spots.tokens.get(next) {
        let initial = spots.fold(next - 1).chars().count() == 1
            || matches!(spots.fold(next - 1), "jr" | "sr" | "st" | "md" | "mohd");
        // "Park Jin-ho": the second half of an East Asian given name is written small.
        let half = token.gap == Gap::Hyphen
            && token.shape == Shape::Lower
            && spots.tokens[next - 1].is_capital()
            && token.fold.len() <= 6
            && (!is_common(spots, next) || token.fold.len() <= 3)
            && !is_one!(
                token.fold.as_str(),
                "led|run|era|age|old|set|top|day|way|two|year|au|aux|sur|en|la|le|les|et"
            );
        let joined = matches!(token.gap, Gap::Space | Gap::Hyphen | Gap::None)
            || (token.gap == Gap::Dot && initial)
            || (token.gap == Gap::Apostrophe
                && token.shape != Shape::Suffix
                && spots.page.language != Language::Turkish);
        // A free word in capitals, or the name in a family's "Ali Israel".
        if !joined || !spots.is_free(next) {
            break;
        }
        if token.is_capital() || half {
            next += 1;
            end = next;
        } else if token.shape == Shape::Lower && PARTICLES.has(token.fold.as_str()) {
            next += 1;
        } else {
            break;
        }
    }
    // A particle opens a name only before a capital.
    (end > at + 1 || first.is_capital()).then_some(at..end)
}

/// A run without what opens the sentence and without offices and honorifics inside it.
fn part(spots: &Spots<'_>, run: Range<usize>) -> Option<Range<usize>> {
    let mut start = run.start;
    let opens = spots.tokens[start].gap == Gap::Sentence || spots.tokens[start].gap == Gap::Quote;
    while start < run.end {
        let word = spots.fold(start);
        let honorific = HONORIFICS.has(word);
        let starter = opens
            && start == run.start
            && is_common(spots, start)
            && !(GIVEN.has(word) && run.end > start + 1 && !is_function(word));
        let starter = starter || is_function(word);
        if !(honorific || starter) {
            break;
        }
        start += 1;
    }
    let mut end = run.end;
    while end > start && spots.tokens[end - 1].shape == Shape::Number {
        end -= 1;
    }
    if end > start + 1 && stands_in(spots, start..end) {
        end -= 1;
    }
    (start < end).then_some(start..end)
}

/// "Başbakanı Edi Rama Tiran'da": nothing parts the name of a person from that of the town.
fn stands_in(spots: &Spots<'_>, run: Range<usize>) -> bool {
    let locative = spots.page.language == Language::Turkish
        && spots.tokens.get(run.end).is_some_and(|next| {
            next.shape == Shape::Suffix
                && is_one!(next.fold.as_str(), "da|de|ta|te|daki|deki|taki|teki")
        });
    locative
        && spots.gap(run.end - 1) == Gap::Space
        && follows_title(spots, run.start)
        && (run.len() > 2 || cities(spots.fold(run.end - 1)).next().is_some())
}

/// Words that are no names even with a capital.
fn is_function(word: &str) -> bool {
    is_one!(
        word,
        "the|a|an|in|on|at|by|for|from|with|and|but|or|if|when|while|as|after|before|\
            since|according|speaking|meanwhile|however|although|though|despite|during|\
            under|over|until|he|she|it|they|we|i|you|his|her|its|their|our|this|that|\
            these|those|there|here|what|who|how|why|where|which|both|all|some|many|most|\
            several|few|other|another|no|not|yes|last|earlier|later|also|then|now|former|\
            late|ve|bir|bu|ise|ancak|ayrica|ote|daha|kendi|iki|uc|ilk|son|yeni|one|two|\
            three|four|five|ten|hundreds|thousands|dozens|officials|sources",
    )
}

/// "leader of Srpska Lista": what has leaders, members or a wing and no name of a person.
fn is_led(spots: &Spots<'_>, run: &Range<usize>) -> bool {
    let start = run.start;
    let of = start > 1 && spots.fold(start - 1) == "of" && spots.gap(start) == Gap::Space;
    let last = spots.fold(run.end - 1);
    let named = GIVEN.has(spots.fold(start)) && (FAMILY.has(last) || GIVEN.has(last));
    of && run.len() <= 3
        && !named
        && is_one!(
            spots.fold(start - 2),
            "leader|leaders|member|members|founder|cofounder|wing|branch|supporters|fighters|\
             militants|deputies|lawmakers|candidate|spokesman|spokeswoman|spokesperson|chairman|\
             chairwoman|headquarters|faction|secretary-general",
        )
        && run.clone().all(|at| spots.tokens[at].shape == Shape::Title && !is_common(spots, at))
}

/// What speaks for a run being a person.
fn is_person(spots: &Spots<'_>, run: &Range<usize>) -> bool {
    let words: Vec<&str> = run.clone().map(|at| spots.fold(at)).collect();
    let capitals = run.clone().filter(|at| spots.tokens[*at].is_capital()).count();
    let shouted = run.clone().all(|at| spots.tokens[at].shape == Shape::Capitals);
    if shouted && run.len() == 1 || capitals == 0 {
        return false;
    }
    let titled = follows_title(spots, run.start) || is_apposed(spots, run);
    let small = |at: usize| spots.tokens[at].shape == Shape::Lower;
    let common = run
        .clone()
        .filter(|at| is_common(spots, *at) && !PARTICLES.has(spots.fold(*at)) && !small(*at))
        .count();
    let half = |at: usize| small(at) && spots.gap(at) == Gap::Hyphen;
    if run.clone().skip(1).any(half) {
        return capitals > 1;
    }
    let given = words.first().is_some_and(|word| GIVEN.has(word));
    let family = words.last().is_some_and(|word| FAMILY.has(word) || GIVEN.has(word));
    let said = SAID.has(spots.after(run.end))
        || spots.page.language == Language::English && introduces(spots, run.end);
    let placed = PLACE_WORDS.contains(&spots.before(run.start));
    let city = spots.page.language == Language::English || placed;
    let is_city = city && cities(&words.join(" ")).next().is_some_and(|city| city.size() >= 13);
    if super::places::is_told(spots, run) || !titled && stands_inside(spots, run) {
        return false;
    }
    if !titled && is_turkish_town(spots, run, given) {
        return false;
    }
    if titled {
        return common < words.len() && !(placed && is_city);
    }
    if capitals < 2 {
        // A lone name without a title: only what says something and is no everyday word.
        return said
            && common == 0
            && !is_city
            && (given || family)
            && spots.gap(run.start) != Gap::Hyphen
            && spots.tokens[run.start].shape == Shape::Title
            && words[0].chars().count() > 3
            && !placed
            && run.len() == 1;
    }
    if is_city && !said && (placed || !(given && family)) {
        return false;
    }
    if names_a_thing(spots, run) {
        return false;
    }
    if is_common(spots, run.start) {
        return given && family && common < capitals && !placed;
    }
    if given {
        return common * 2 < capitals || family && common <= 1;
    }
    let unknown = words.iter().filter(|word| !GIVEN.has(word) && !FAMILY.has(word)).count();
    let known = family || unknown < words.len() || capitals == 2 || words.contains(&"al");
    common == 0 && (said || !placed && capitals <= 4 && known)
}

/// "Novi Sad'da", "Yopougon semtinde": what one is in is no person; nor is a town that one goes to.
fn is_turkish_town(spots: &Spots<'_>, run: &Range<usize>, given: bool) -> bool {
    if spots.page.language != Language::Turkish {
        return false;
    }
    let suffix = spots.tokens.get(run.end).filter(|next| next.shape == Shape::Suffix);
    let case = suffix.map_or("", |next| next.fold.as_str());
    let words: Vec<&str> = run.clone().map(|at| spots.fold(at)).collect();
    let town = || cities(&words.join(" ")).next().is_some_and(|city| city.size() >= 13);
    let located = is_one!(case, "da|de|ta|te|daki|deki|taki|teki")
        || is_one!(case, "ya|ye|a|e|dan|den|tan|ten")
            && (super::places::moves(spots, run.end) || town());
    located && !given || super::places::governed(spots, run.end)
}

/// "born in Villa Clara": what one is in is a place, unless something of it follows ("in Ali
/// Hassan's house").
fn stands_inside(spots: &Spots<'_>, run: &Range<usize>) -> bool {
    spots.page.language == Language::English
        && is_one!(spots.before(run.start), "in|near|outside|inside|into|throughout|across|off")
        && !(spots.gap(run.end) == Gap::Apostrophe && spots.fold(run.end) == "s")
}

/// "The governor of Borno state, Babangida Zulu, ordered": a name between commas behind an office.
fn is_apposed(spots: &Spots<'_>, run: &Range<usize>) -> bool {
    let between = spots.page.language == Language::English
        && spots.gap(run.start) == Gap::Comma
        && spots.gap(run.end) == Gap::Comma;
    between
        && (run.start.saturating_sub(8)..run.start)
            .rev()
            .take_while(|at| !matches!(spots.gap(at + 1), Gap::Sentence | Gap::Other | Gap::Quote))
            .enumerate()
            .take_while(|(nth, at)| *nth == 0 || spots.gap(at + 1) != Gap::Comma)
            .any(|(_, at)| spots.at(at).is_some_and(|spot| spot.kind == MentionKind::Role))
}

fn names_a_thing(spots: &Spots<'_>, run: &Range<usize>) -> bool {
    let last = spots.fold(run.end - 1);
    is_thing(last)
        || super::places::TURKISH_HEADS.has(last)
        || ["operasyonu", "harekati", "ligi"].iter().any(|end| last.ends_with(end))
        || is_one!(spots.after(run.end), "gemisi|operasyonu|operation|movement|group|party")
}

/// Last words of things that are named with capitals.
fn is_thing(word: &str) -> bool {
    is_one!(
        word,
        "prize|award|cup|games|war|act|law|agreement|accord|accords|treaty|pact|day|\
            week|summit|conference|forum|operation|plan|declaration|initiative|process|\
            street|road|avenue|square|bridge|airport|palace|hotel|mosque|cathedral|temple|\
            stadium|park|river|lake|sea|ocean|mountain|mountains|island|islands|valley|\
            desert|peninsula|province|governorate|district|region|county|state|city|town|\
            village|camp|prison|port|crossing|border|gate|base|dam|canal|strait|gulf|bay|\
            cape|coast|heights|hills|plateau|basin|corridor|zone|line|minister|president|\
            government|republic|kingdom|emirate|empire|constitution|protocol|sarayi|\
            kapisi|havalimani|koprusu|adasi|caddesi|meydani|ili|ilcesi|koyu|mahallesi|\
            limani|baraji|bogazi|korfezi|nehri|dagi|vadisi|kampi|savasi|anlasmasi|\
            bildirisi|zirvesi|toplantisi|konferansi|plani|sozlesmesi|gunu|bayrami|camii",
    )
}

pub(super) fn is_honorific(word: &str) -> bool {
    HONORIFICS.has(word)
}

/// An office or an honorific directly before the name.
fn follows_title(spots: &Spots<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    if !matches!(spots.gap(start), Gap::Space | Gap::Dot | Gap::None) {
        return false;
    }
    let office = spots.at(before).is_some_and(|spot| spot.kind == MentionKind::Role);
    let word = spots.fold(before);
    office || (HONORIFICS.has(word) && (spots.tokens[before].is_capital()))
}

/// ", the minister of", ", a researcher", ", 42," behind a name.
fn introduces(spots: &Spots<'_>, end: usize) -> bool {
    if spots.gap(end) != Gap::Comma {
        return false;
    }
    let role = (end..end + 6).any(|at| {
        spots.gap(at) != Gap::Sentence
            && spots.at(at).is_some_and(|spot| spot.kind == MentionKind::Role)
    });
    let age = spots
        .tokens
        .get(end)
        .is_some_and(|token| token.shape == Shape::Number && token.fold.len() == 2)
        && spots.gap(end + 1) == Gap::Comma;
    role || age || matches!(spots.fold(end), "who" | "whose")
}

/// Family names alone, of persons named in full in the page.
pub(super) fn short(spots: &mut Spots<'_>) {
    let persons: Vec<(usize, Vec<&str>)> = spots
        .all
        .iter()
        .enumerate()
        .filter(|(_, spot)| spot.kind == MentionKind::Person)
        .map(|(nth, spot)| (nth, spot.tokens.clone().map(|at| spots.fold(at)).collect()))
        .collect();
    for at in 0..spots.tokens.len() {
        let token = &spots.tokens[at];
        if !spots.is_free(at)
            || !(token.is_capital() || PARTICLES.has(token.fold.as_str()))
            || token.shape == Shape::Suffix
        {
            continue;
        }
        if let Some((range, person)) = short_at(spots, at, &persons) {
            let entity = spots.all[person].entity.clone();
            spots.add(Spot {
                entity,
                ..Spot::new(range, MentionKind::Person, "family name of a person named before")
            });
        }
    }
    // Lone names that a title introduced belong to the same person.
    let singles: Vec<usize> = (0..spots.all.len())
        .filter(|nth| {
            spots.all[*nth].kind == MentionKind::Person && spots.all[*nth].tokens.len() <= 2
        })
        .collect();
    for nth in singles {
        let range = spots.all[nth].tokens.clone();
        let words: Vec<&str> = range.clone().map(|at| spots.fold(at)).collect();
        let longer = persons.iter().find(|(other, full)| {
            *other != nth
                && full.len() > words.len()
                && full.ends_with(&words)
                && spots.all[*other].rule != "family name of a person named before"
        });
        if let Some((other, _)) = longer
            && (spots.all[nth].rule != "person by name"
                || spots.all[*other].rule == "person by name")
        {
            spots.all[nth].entity = spots.all[*other].entity.clone();
        }
    }
}

fn short_at(
    spots: &Spots<'_>,
    at: usize,
    persons: &[(usize, Vec<&str>)],
) -> Option<(Range<usize>, usize)> {
    let article = matches!(spots.fold(at), "al" | "el")
        && matches!(spots.gap(at + 1), Gap::Hyphen | Gap::Space);
    let next = |count: usize| {
        spots.tokens.get(at + count).is_some_and(|token| {
            token.is_capital()
                && matches!(token.gap, Gap::Space | Gap::Hyphen)
                && spots.is_free(at + count)
        })
    };
    let free = (at..at + 3).take_while(|at| spots.is_free(*at));
    let words: Vec<&str> = free.map(|at| spots.fold(at)).collect();
    for (nth, full) in persons.iter().filter(|(_, full)| full.len() > 1) {
        for take in (1..=words.len()).rev() {
            let range = at..at + take;
            let tail = full.len() > take && full.ends_with(&words[..take]);
            let bare = article && take == 2 && full.last() == Some(&words[1]);
            let first = take == 1
                && spots.page.language != Language::Other
                && full[0] == words[0]
                && words[0].chars().count() > 3
                && full.len() == 2
                && spots.tokens[at].gap != Gap::Sentence
                && GIVEN.has(words[0])
                && !is_common(spots, at);
            let joined = || {
                range.clone().skip(1).all(|at| matches!(spots.gap(at), Gap::Space | Gap::Hyphen))
            };
            let known = || {
                crate::lexicon::NAMES
                    .get(words[0])
                    .is_some_and(|form| matches!(form.known, Known::Country { .. }))
            };
            if (tail || bare || first)
                && joined()
                && !(take == 1 && known())
                && !(next(take) && take == 1 && !tail)
                && words[0].chars().count() > 1
            {
                return Some((range, *nth));
            }
        }
    }
    None
}
