//! Who holds an office that the text names.

use crate::tokens::{Gap, Shape};
use crate::words::is_one;
use crate::{Language, MentionKind};

use super::spots::Spots;

/// Gives every office its holder and drops offices that are nobody's.
pub(super) fn settle(spots: &mut Spots<'_>) {
    let roles: Vec<usize> = indices(spots, MentionKind::Role);
    for &role in &roles {
        if spots.all[role].holder.is_none() {
            spots.all[role].holder = beside(spots, role);
        }
    }
    let dropped: Vec<bool> = spots.all.iter().map(|spot| spot.rule.is_empty()).collect();
    let open = roles.iter().filter(|role| spots.all[**role].holder.is_none());
    let found: Vec<(usize, Option<usize>)> =
        open.map(|&role| (role, elsewhere(spots, role))).collect();
    for (role, holder) in found {
        spots.all[role].holder = holder;
        if holder.is_none() && !is_definite(spots, role) {
            spots.all[role].rule = "";
        }
    }
    spots.all.iter_mut().filter(|spot| spot.rule.is_empty()).for_each(|spot| spot.holder = None);
    for spot in &mut spots.all {
        if spot.holder.is_some_and(|holder| dropped[holder]) {
            spot.holder = None;
        }
    }
    let kept: Vec<bool> = spots.all.iter().map(|spot| !spot.rule.is_empty()).collect();
    drop_unkept(spots, &kept);
}

fn drop_unkept(spots: &mut Spots<'_>, kept: &[bool]) {
    let mut moved = Vec::with_capacity(kept.len());
    let mut next = 0;
    for keep in kept {
        moved.push(keep.then_some(next));
        next += usize::from(*keep);
    }
    let mut nth = 0;
    spots.all.retain(|_| {
        nth += 1;
        kept[nth - 1]
    });
    for spot in &mut spots.all {
        spot.holder = spot.holder.and_then(|holder| moved.get(holder).copied().flatten());
    }
}

fn indices(spots: &Spots<'_>, kind: MentionKind) -> Vec<usize> {
    (0..spots.all.len())
        .filter(|nth| spots.all[*nth].kind == kind && !spots.all[*nth].rule.is_empty())
        .collect()
}

fn person_at(spots: &Spots<'_>, at: usize) -> Option<usize> {
    let nth = spots.index_at(at)?;
    (spots.all[nth].kind == MentionKind::Person && spots.all[nth].tokens.start == at).then_some(nth)
}

/// The person the office stands beside: before the name, or behind it and a comma.
fn beside(spots: &Spots<'_>, role: usize) -> Option<usize> {
    let range = spots.all[role].tokens.clone();
    let ahead = forward(spots, range.end);
    // "Vladimir Medinsky, an aide to President Vladimir Putin"
    let crossed = ahead.is_some_and(|person| {
        let start = spots.all[person].tokens.start;
        let office = |at: usize| spots.at(at).is_some_and(|spot| spot.kind == MentionKind::Role);
        (range.end..=start).any(|at| office(at) || spots.gap(at) == Gap::Comma)
    });
    let behind = (ahead.is_none() || crossed).then(|| backward(spots, range.start)).flatten();
    behind.or(ahead).or_else(|| named_so(spots, range.start))
}

/// "Foreign Minister (of Jordan) Ayman Safadi", "leader, Maysar", "his counterpart, Fuad".
fn forward(spots: &Spots<'_>, end: usize) -> Option<usize> {
    let english = spots.page.language == Language::English;
    let mut at = end;
    let mut commas = 0;
    for _ in 0..14 {
        let token = spots.tokens.get(at)?;
        match token.gap {
            Gap::Sentence | Gap::Other | Gap::Close => return None,
            Gap::Comma => commas += 1,
            Gap::Open if at == end => return None,
            _ => {}
        }
        if commas > 1 {
            return None;
        }
        if let Some(person) = person_at(spots, at) {
            // Another office between belongs to the person itself. "The lawyer of Jorge Rueda" is
            // somebody else.
            let other = english && is_one!(spots.before(at), "of|for|to|from|with|by|against|than");
            return (!other).then_some(person);
        }
        let spot = spots.at(at);
        let passed = match spot.map(|spot| spot.kind) {
            Some(
                MentionKind::Country
                | MentionKind::Organisation
                | MentionKind::Place
                | MentionKind::Role,
            ) => true,
            Some(_) => false,
            None => passes(spots, at, at == end),
        };
        if !passed {
            return None;
        }
        at += 1;
        // Between "Başbakan Yardımcısı ve Maliye Bakanı" and the name stands the second office.
        let turkish = spots.page.language == Language::Turkish;
        let office = spot.is_some_and(|spot| spot.kind == MentionKind::Role);
        if turkish && at > end + 1 && !office && spots.fold(end) != "ve" {
            return None;
        }
    }
    None
}

/// Words that may stand between an office and the name.
fn passes(spots: &Spots<'_>, at: usize, _first: bool) -> bool {
    let token = &spots.tokens[at];
    let word = token.fold.as_str();
    if token.shape == Shape::Suffix {
        return true;
    }
    match spots.page.language {
        Language::English => {
            is_one!(
                word,
                "of|for|to|at|in|the|and|on|from|mr|mrs|ms|dr|sheikh|eng|he|her|his|sir|prince|\
            political|affairs|non|state|groups|lady|h|e|s|a|h.e|human|rights|region|\
            special|middle|east|security|province|group|with|then|new|international",
            ) || token.is_capital() && super::persons::is_honorific(word)
        }
        Language::Arabic => is_one!(
            word,
            "الحكومه|السيد|الشيخ|الامير|الدكتور|سماحه|معالي|سمو|المهندس|باسم|في|لدي|الي|للشوون|\
            لشوون|الاسبق|السابق|الجديد|الانتقالي|د|الخاص|المشترك|الموقت|العام|الاعلي|\
            العامه|اقليم|ولايه|مدينه|محافظه|السامي|الساميه|لحقوق|الانسان|الدايم|المقيم|الحالي|الراحل|\
            المكلف|المنتخب|المقال|المستقيل|الرسمي|بالنيابه|بالوكاله",
        ),
        Language::Turkish => {
            is_one!(word, "sayin|dr|prof|seyh|prens|ayetullah|imam|vekili")
                || word == "ve"
                    && spots.at(at + 1).is_some_and(|spot| spot.kind == MentionKind::Role)
        }
        Language::Other => false,
    }
}

/// "Ayman Safadi, Jordan's foreign minister", "Bashar Assad, Syria's leader".
fn backward(spots: &Spots<'_>, start: usize) -> Option<usize> {
    let mut at = start;
    let mut comma = spots.gap(start) == Gap::Comma || spots.gap(start) == Gap::Open;
    for _ in 0..7 {
        if spots.gap(at) == Gap::Sentence {
            return None;
        }
        let before = at.checked_sub(1)?;
        if let Some(nth) =
            spots.index_at(before).filter(|nth| spots.all[*nth].kind == MentionKind::Person)
        {
            let close = comma || spots.tokens[at].shape == Shape::Suffix;
            return (comma && close).then_some(nth);
        }
        let word = spots.fold(before);
        let passed = match spots.at(before).map(|spot| spot.kind) {
            Some(
                MentionKind::Country
                | MentionKind::Organisation
                | MentionKind::Place
                | MentionKind::Role,
            ) => true,
            Some(_) => false,
            None => is_one!(
                word,
                "the|a|an|former|current|then|new|s|senior|who|is|and|his|its|their|acting|\
            late|outgoing|de|facto|newly|appointed|elected|ousted|exiled|top|longtime",
            ),
        };
        if !passed {
            return None;
        }
        comma |= matches!(spots.gap(before), Gap::Comma | Gap::Open);
        at = before;
    }
    None
}

/// "Ahmed al-Sharaa, who led ..., was declared president".
fn named_so(spots: &Spots<'_>, start: usize) -> Option<usize> {
    if spots.page.language == Language::Arabic && spots.fold(start).starts_with("رييسا") {
        // "انتخب جوزيف عون رئيسا"
        let before = spots.index_at(start.checked_sub(1)?)?;
        return (spots.all[before].kind == MentionKind::Person).then_some(before);
    }
    if spots.page.language != Language::English {
        return None;
    }
    let verb = spots.fold(start.checked_sub(1)?);
    let verb = if matches!(verb, "as" | "the" | "interim" | "a" | "new" | "in") {
        spots.fold(start.checked_sub(2)?)
    } else {
        verb
    };
    if !is_one!(
        verb,
        "declared|named|elected|appointed|became|become|reelected|sworn|inaugurated|installed|\
        proclaimed|confirmed|chosen|picked|nominated|designated|reappointed|reinstated|resigned|quit|\
        served|serving|acting|ousted|deposed|replaced|crowned|hired"
    ) {
        return None;
    }
    let sentence = spots.tokens[start].sentence;
    let first = spots.tokens.iter().position(|token| token.sentence == sentence)?;
    (first..start).find_map(|at| person_at(spots, at))
}

/// The same office of the same state elsewhere in the page: "the Jordanian foreign minister said".
fn elsewhere(spots: &Spots<'_>, role: usize) -> Option<usize> {
    let all = &spots.all;
    let this = &all[role];
    let words = key(spots, &this.tokens);
    let state = state(spots, this.tokens.clone());
    if words.last().is_some_and(|last| last == "counterpart" || super::roles::is_plural(last)) {
        return None;
    }
    let fits = |other: &super::spots::Spot| {
        if other.kind != MentionKind::Role || other.holder.is_none() || other.rule.is_empty() {
            return None;
        }
        let theirs = key(spots, &other.tokens);
        let same_state = match (state, self::state(spots, other.tokens.clone())) {
            (Some(ours), Some(theirs)) => ours == theirs,
            (None, None) => words.len() > 1 || theirs.len() == 1 && is_great(&words),
            // The state is said once and understood later.
            (None, Some(_)) => false,
            (Some(ours), None) => sentence_state(spots, other.tokens.start) == Some(ours),
        };
        let same = theirs == words
            || words.len() == 1 && theirs.last() == words.last()
            || is_army(&words) && is_army(&theirs);
        (same && same_state).then_some(other.holder).flatten()
    };
    let mut holders: Vec<usize> = all.iter().filter_map(fits).collect();
    holders.dedup_by_key(|holder| all[*holder].entity.clone());
    let first = holders.first().copied()?;
    let one = holders.iter().all(|holder| all[*holder].entity == all[first].entity);
    one.then_some(first)
}

/// The last state named before an office in its sentence.
fn sentence_state<'a>(spots: &'a Spots<'_>, at: usize) -> Option<&'a str> {
    let sentence = spots.tokens.get(at)?.sentence;
    let before = (0..at).rev().take_while(|at| spots.tokens[*at].sentence == sentence);
    let country = |at: usize| spots.at(at).filter(|spot| spot.kind == MentionKind::Country);
    before.filter_map(country).find_map(|spot| spot.entity.as_deref())
}

/// Offices of which a state has one.
fn is_great(words: &[String]) -> bool {
    const GREAT: &[&str] = &[
        "minister",
        "president",
        "premier",
        "chancellor",
        "king",
        "emir",
        "sultan",
        "leader",
        "الرييس",
        "الملك",
    ];
    words.last().is_some_and(|word| GREAT.contains(&word.as_str()))
}

fn is_army(words: &[String]) -> bool {
    words
        .iter()
        .any(|word| is_one!(word.as_str(), "gen|general|army|commander|defense|defence|chief"))
}

/// The words of an office in one spelling.
fn key(spots: &Spots<'_>, range: &std::ops::Range<usize>) -> Vec<String> {
    range
        .clone()
        .map(|at| match spots.fold(at) {
            "defence" => "defense".to_owned(),
            "advisor" => "adviser".to_owned(),
            "general" => "gen".to_owned(),
            "interim" | "transitional" => String::new(),
            word => word.to_owned(),
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// The state before or behind an office.
fn state<'a>(spots: &'a Spots<'_>, range: std::ops::Range<usize>) -> Option<&'a str> {
    let country = |at: usize| {
        spots
            .at(at)
            .filter(|spot| spot.kind == MentionKind::Country)
            .and_then(|spot| spot.entity.as_deref())
    };
    let before = (1..=3).find_map(|back| {
        let at = range.start.checked_sub(back)?;
        let near =
            (at + 1..=range.start).all(|at| matches!(spots.gap(at), Gap::Space | Gap::Apostrophe));
        let open = (at + 1..range.start).all(|at| {
            spots.tokens[at].shape == Shape::Suffix || matches!(spots.fold(at), "interim" | "new")
        });
        country(at).filter(|_| near && open)
    });
    before.or_else(|| match spots.page.language {
        Language::Arabic => country(range.end).filter(|_| spots.gap(range.end) == Gap::Space),
        _ => country(range.end + 1).filter(|_| matches!(spots.fold(range.end), "of" | "to")),
    })
}

/// Kept without a holder: an office of a state, told of as one person's.
fn is_definite(spots: &Spots<'_>, role: usize) -> bool {
    let range = spots.all[role].tokens.clone();
    let words = key(spots, &range);
    let article = matches!(spots.before(range.start), "a" | "an");
    let nominal = words.last().is_some_and(|word| matches!(word.as_str(), "counterpart"));
    let great = is_great(&words);
    !article && !nominal && (words.len() > 1 || great) && state(spots, range.clone()).is_some()
        || nominal && spots.page.language == Language::English && words.len() == 1
}
