//! Places in Arabic: cities of the table, and names behind a word of place.

use crate::MentionKind;
use crate::lexicon::{COMMON_ARABIC, GIVEN, begins_city, cities};
use crate::tokens::Gap;

use crate::words::{List, is_one};

use super::super::places::best;
use super::super::spots::{Spot, Spots};
use super::{Bare, PLACES, name_words, reading, readings, span, strip};

/// Of these the word itself is a part of the name.
static PLACE_NAMED: List =
    List::new("معبر|مطار|ميناء|مخيم|سجن|قصر|سد|جبل|نهر|مضيق|قاعده|جسر|منفذ|بحيره");

/// "جنوب لبنان" is a place, not the state.
pub(super) fn directions(spots: &mut Spots<'_>) {
    for at in 0..spots.tokens.len() {
        if !spots.is_free(at) {
            continue;
        }
        let Some(bare) = reading(spots, at, |bare| {
            matches!(bare.fold.as_str(), "جنوب" | "شمال" | "شرق" | "غرب" | "وسط")
        }) else {
            continue;
        };
        let Some(nth) = spots.index_at(at + 1).filter(|_| spots.gap(at + 1) == Gap::Space) else {
            continue;
        };
        let spot = &spots.all[nth];
        let whole = spot.span.start == spots.tokens[at + 1].span.start;
        if spot.kind != MentionKind::Country
            || spot.demonym
            || spot.tokens.start != at + 1
            || !whole
        {
            continue;
        }
        let range = at..spot.tokens.end;
        spots.all[nth].rule = "";
        let entity = Some(format!("l:{}", name_words(spots, &range, bare.cut).join("_")));
        let mut spot = Spot::new(range.clone(), MentionKind::Place, "part of a state");
        spot.span = span(spots, &range, bare.cut);
        spot.entity = entity;
        spots.add(spot);
    }
}

/// "حي أبو شوك": a word of place makes a place of what would be a person's name.
pub(super) fn before_persons(spots: &mut Spots<'_>) {
    for at in 1..spots.tokens.len() {
        let compound = is_one!(spots.fold(at), "ابو|ابي|ام|عين|دير|تل|بيت|كفر|بني|ولد|سيدي");
        let placed = compound
            && is_one!(
                strip(spots.before(at)),
                "مدينه|بلده|قريه|منطقه|حي|مخيم|معبر|ضاحيه|شارع|جبل|وادي|جزيره|مطار|بوابه|دوار|ساحه",
            );
        let free = spots.are_free(at..at + 2) && spots.gap(at + 1) == Gap::Space;
        if !placed || !free || best(spots, &name_words(spots, &(at..at + 2), 0).join(" ")).is_some()
        {
            continue;
        }
        let entity = Some(spots.own_id('l', &(at..at + 2)));
        let rule = "place by the word before it";
        spots.add(Spot { entity, ..Spot::new(at..at + 2, MentionKind::Place, rule) });
    }
}

/// Cities of the table after a word of place, and large ones anywhere.
pub(super) fn places(spots: &mut Spots<'_>) {
    let mut at = 0;
    while at < spots.tokens.len() {
        match place_at(spots, at) {
            Some((spot, end)) => {
                spots.add(spot);
                at = end;
            }
            None => at += 1,
        }
    }
    named_places(spots);
}

fn place_at(spots: &Spots<'_>, at: usize) -> Option<(Spot, usize)> {
    if !spots.is_free(at) {
        return None;
    }
    let before = spots.before(at);
    let beside = PLACES.has(strip(before));
    let placed = beside
        || is_one!(
            before,
            "في|الي|من|علي|قرب|باتجاه|نحو|جنوب|شمال|شرق|غرب|جنوبي|شمالي|شرقي|غربي|وسط"
        );
    let compound = beside
        && is_one!(spots.fold(at), "دير|كفر|عين|تل|بيت|ابو|ام|خان|راس")
        && spots.gap(at + 1) == Gap::Space;
    let begins = |bare: &&Bare| {
        let whole = spots.fold(at).get(bare.cut..).unwrap_or_default();
        begins_city(&bare.fold) || bare.fold != whole && begins_city(whole)
    };
    for bare in readings(spots, at).iter().filter(begins) {
        for count in (if compound { 2 } else { 1 }..=3).rev() {
            let range = at..at + count;
            let joined = range.end <= spots.tokens.len()
                && range
                    .clone()
                    .skip(1)
                    .all(|at| matches!(spots.gap(at), Gap::Space | Gap::Hyphen))
                && spots.are_free(range.clone());
            if !joined {
                continue;
            }
            let name = match count {
                1 => bare.fold.to_string(),
                _ => name_words(spots, &range, bare.cut).join(" "),
            };
            let Some(city) = best(spots, &name) else { continue };
            let common = count == 1
                && (COMMON_ARABIC.has(&name) || GIVEN.has(&name) || name.chars().count() < 4);
            let size = city.size();
            let sure = if common {
                beside && size >= 13
            } else {
                beside
                    || placed && size >= 14
                    || size >= 18
                    || opens(spots, at, count) && size >= 14
            };
            // A word of place stands before the whole name, and no everyday word hides one.
            let cut = bare.cut == 0
                || !beside
                    && size >= 15
                    && name.chars().count() > 3
                    && !COMMON_ARABIC.has(spots.fold(at))
                    && matches!(&spots.tokens[at].fold[..bare.cut], "و" | "ب" | "ل");
            if sure && cut && !(bare.cut > 0 && cities(spots.fold(at)).next().is_some()) {
                let spot = Spot {
                    span: span(spots, &range, bare.cut),
                    entity: Some(city.id()),
                    position: Some(city.position()),
                    ..Spot::new(range.clone(), MentionKind::Place, "place of the table")
                };
                return Some((spot, range.end));
            }
        }
    }
    behind_its_word(spots, at, before).or_else(|| foreign(spots, at, before))
}

/// "في كيسومو": no list knows it, but its ending is of no Arabic word.
fn foreign(spots: &Spots<'_>, at: usize, before: &str) -> Option<(Spot, usize)> {
    const ENDS: [&str; 12] =
        ["و", "بورغ", "برغ", "غراد", "ستان", "اباد", "بور", "لاند", "تاون", "فيل", "سك", "رابي"];
    if !is_one!(before, "في|الي|من|قرب|نحو|قباله|سواحل|عبر|باتجاه")
    {
        return None;
    }
    let word = spots.fold(at);
    let common = COMMON_ARABIC.has(word)
        || is_one!(word, "مايو|يونيو|يوليو|فيديو|راديو|ستوديو|سيناريو|استوديو|تشاو|بيدرو");
    let named = GIVEN.has(word) || crate::lexicon::FAMILY.has(word);
    let fits = word.chars().count() > 4
        && !word.starts_with("ال")
        && !common
        && !named
        && ENDS.iter().any(|end| word.ends_with(end))
        && spots.gap(at) == Gap::Space;
    let range = at..at + 1;
    let entity = Some(spots.own_id('l', &range));
    let rule = "place by its ending";
    fits.then(|| (Spot { entity, ..Spot::new(range, MentionKind::Place, rule) }, at + 1))
}

/// "الدوحة، 19 أكتوبر", "جوبا - وضعت": where a text was filed.
fn opens(spots: &Spots<'_>, at: usize, count: usize) -> bool {
    spots.gap(at) == Gap::Sentence && matches!(spots.gap(at + count), Gap::Other | Gap::Comma)
}

/// Unknown, but a word of place stands before it.
fn behind_its_word(spots: &Spots<'_>, at: usize, before: &str) -> Option<(Spot, usize)> {
    let word = spots.fold(at);
    let kind = is_one!(
        before,
        "مدينه|بلده|قريه|بمدينه|ببلده|بقريه|لمدينه|ومدينه|وبلده|محافظه|بمحافظه|ولايه|\
            معبر|مخيم|حي|بحي|وادي|جزيره|اقليم|قضاء|ناحيه|ضاحيه|منطقه|بمنطقه",
    );
    if kind && !COMMON_ARABIC.has(word) && spots.gap(at) == Gap::Space && word.chars().count() > 2 {
        let mut end = at + 1;
        if is_one!(spots.fold(at), "ام|ابو|عين|تل|دير|بيت|كفر|جبل|راس|خان")
            && spots.is_free(end)
            && spots.gap(end) == Gap::Space
        {
            end += 1;
        }
        let range = at..end;
        let entity = Some(spots.own_id('l', &range));
        return Some((
            Spot { entity, ..Spot::new(range, MentionKind::Place, "place by the word before it") },
            end,
        ));
    }
    None
}

/// "مطار معيتيقة": no adjective and no everyday word behind a word that places are named with.
fn is_unknown_name(spots: &Spots<'_>, at: usize, kind: &str) -> bool {
    let word = spots.fold(at);
    is_one!(kind, "معبر|مطار|ميناء|مخيم|سجن|جسر|سد|جبل|نهر")
        && spots.is_free(at)
        && spots.gap(at) == Gap::Space
        && word.chars().count() > 3
        && !word.starts_with("ال")
        && !word.starts_with("لل")
        && !COMMON_ARABIC.has(word)
        && !is_one!(
            word,
            "دولي|عسكري|بري|مدني|جوي|حربي|رييسي|تجاري|حدودي|بحري|صغير|كبير|قديم|جديد|خاص"
        )
}

/// "معبر نصيب", "مطار دمشق": the first word belongs to the name.
fn named_places(spots: &mut Spots<'_>) {
    for at in 0..spots.tokens.len() {
        if !spots.is_free(at) {
            continue;
        }
        let Some(bare) = reading(spots, at, |bare| PLACE_NAMED.has(bare.fold.as_str())) else {
            continue;
        };
        if is_unknown_name(spots, at + 1, &bare.fold) {
            let range = at..at + 2;
            let mut spot = Spot::new(range.clone(), MentionKind::Place, "place by its first word");
            spot.span = span(spots, &range, bare.cut);
            spot.entity = Some(spots.own_id('l', &range));
            spots.add(spot);
            continue;
        }
        let Some(nth) = spots.index_at(at + 1).filter(|_| spots.gap(at + 1) == Gap::Space) else {
            continue;
        };
        // "نهر السنغال" bears the name of a state.
        let named = matches!(spots.all[nth].kind, MentionKind::Place | MentionKind::Country)
            && !spots.all[nth].demonym;
        if !named || spots.all[nth].tokens.start != at + 1 {
            continue;
        }
        let mut end = spots.all[nth].tokens.end;
        while matches!(spots.fold(end), "الدولي" | "الحدودي" | "البري" | "الجوي" | "العسكري")
            && spots.is_free(end)
            && spots.gap(end) == Gap::Space
        {
            end += 1;
        }
        let range = at..end;
        spots.all[nth].rule = "";
        let entity = Some(spots.own_id('l', &range));
        let mut spot = Spot::new(range.clone(), MentionKind::Place, "place by its first word");
        spot.span = span(spots, &range, bare.cut);
        spot.entity = entity;
        spots.add(spot);
    }
}
