//! Bodies in Arabic: a first word, its topic and its state.

use crate::MentionKind;
use crate::lexicon::{COMMON_ARABIC, GIVEN};
use crate::tokens::{Gap, Shape};

use crate::words::{List, is_one};

use super::super::bodies::topic;
use super::super::spots::{Spot, Spots};
use super::{Bare, OFFICE_MORE, reading, span};

/// First words of the names of bodies.
static BODIES: List = List::new(
    "وزاره|الوزاره|مجلس|هييه|الهييه|منظمه|لجنه|اللجنه|حزب|حركه|تنظيم|جماعه|جبهه|\
    قوات|كتايب|الويه|لواء|فرقه|وكاله|قناه|صحيفه|جريده|موقع|اذاعه|جامعه|بنك|مصرف|\
    شركه|محكمه|المحكمه|اتحاد|الاتحاد|مفوضيه|المفوضيه|برنامج|صندوق|موسسه|الموسسه|\
    مديريه|المديريه|خليه|جهاز|نقابه|اداره|القياده|بعثه|مركز|مكتب",
);
/// Ministries, councils, forces, parties: a first word and what is joined to it.
pub(super) fn named_bodies(spots: &mut Spots<'_>) {
    for at in 0..spots.tokens.len() {
        if !spots.is_free(at) {
            continue;
        }
        let Some(bare) = reading(spots, at, |bare| {
            BODIES.has(bare.fold.as_str())
                || is_army(&bare.fold)
                || is_unit(&bare.fold) && construct(spots, at, &bare.fold) > 0
        }) else {
            continue;
        };
        let Some(end) = body_end(spots, at, &bare) else { continue };
        let range = at..end;
        let folded: Vec<&str> = std::iter::once(bare.fold.as_str())
            .chain((at + 1..end).map(|at| spots.fold(at)))
            .collect();
        let state = spots
            .at(end - 1)
            .filter(|spot| spot.kind == MentionKind::Country)
            .and_then(|spot| spot.entity.clone());
        let words = if state.is_some() { &folded[..folded.len() - 1] } else { &folded[..] };
        let topic = topic(&words.join(" "));
        let state = state.or_else(|| topic.and_then(|_| nearest_state(spots, at)));
        let entity = match (topic, state) {
            (Some(topic), Some(state)) => {
                format!("o:{}:{topic}", state.trim_start_matches("c:").to_lowercase())
            }
            _ => format!("o:{}", folded.join("_")),
        };
        let nominal = is_army(&bare.fold);
        if !nominal {
            for spot in &mut spots.all {
                if range.start <= spot.tokens.start
                    && spot.tokens.end <= range.end
                    && !spot.tokens.is_empty()
                {
                    spot.rule = "";
                }
            }
        }
        let mut spot =
            Spot::new(range.clone(), MentionKind::Organisation, "body by its first word");
        spot.span = span(spots, &range, bare.cut);
        spot.entity = Some(entity);
        spots.add(spot);
    }
}

fn is_army(word: &str) -> bool {
    is_one!(word, "الجيش|الرياسه|القوات|الشرطه|الحكومه|البرلمان|الخارجيه|الداخليه|الدفاع")
}

fn nearest_state(spots: &Spots<'_>, at: usize) -> Option<String> {
    let country = |at: usize| {
        spots
            .at(at)
            .filter(|spot| spot.kind == MentionKind::Country)
            .and_then(|spot| spot.entity.clone())
    };
    (0..at).rev().find_map(country).or_else(|| (at..spots.tokens.len()).find_map(country))
}

/// Where a body's name ends: its topic and its state.
fn body_end(spots: &Spots<'_>, at: usize, bare: &Bare) -> Option<usize> {
    let country = |at: usize| {
        spots.at(at).is_some_and(|spot| {
            matches!(spot.kind, MentionKind::Country)
                && spot.tokens.start == at
                && spots.gap(at) == Gap::Space
                && spots.span_of(&(at..at + 1)).start == spot.span.start
        })
    };
    if is_army(&bare.fold) {
        let armed = bare.fold == "القوات";
        let mut end = at + 1;
        if armed && matches!(spots.fold(end), "المسلحه" | "الجويه" | "البحريه")
        {
            end += 1;
        }
        // "the Yemeni forces" are nobody's name; "the armed forces" are.
        let named = !armed || end > at + 1;
        return (named && country(end))
            .then_some(end + 1)
            .or((armed && end > at + 1).then_some(end));
    }
    let ministry = matches!(bare.fold.as_str(), "وزاره" | "مجلس" | "هييه" | "جهاز");
    let mut end = at + 1 + construct(spots, at, &bare.fold);
    while end < at + 6 {
        let Some(token) = spots.tokens.get(end) else { break };
        if token.gap != Gap::Space {
            break;
        }
        if country(end) {
            end += 1;
            break;
        }
        let word = token.fold.as_str();
        let joins = word.starts_with("وال")
            && ministry
            && end > at + 1
            && !is_verb(word)
            && (OFFICE_MORE.has(&word[2..]) || OFFICE_MORE.has(word));
        let article = word.starts_with("ال")
            && word.chars().count() > 3
            && !is_one!(
                word,
                "التي|الذي|الذين|اللتين|اللذين|اليوم|الان|الاحد|الاثنين|الثلاثاء|الاربعاء|\
                الخميس|الجمعه|السبت|الماضي|الماضيه|المقبل|المقبله|التابع|التابعه|الخاص|الخاصه|\
                المعني|المعنيه",
            );
        let first = end == at + 1
            && !COMMON_ARABIC.has(word)
            && spots.is_free(end)
            && !is_verb(word)
            && (GIVEN.has(word) || !ministry);
        if !(spots.is_free(end) && (article || joins)
            || first
                && is_one!(
                    bare.fold.as_str(),
                    "حزب|حركه|تنظيم|جماعه|قناه|وكاله|صحيفه|جريده|شركه|كتايب|جامعه",
                ))
        {
            break;
        }
        end += 1;
    }
    (end > at + 1).then_some(end)
}

/// "جهاز دعم الاستقرار", "لجنة شؤون الأسرى": how many words stand between the first one and those
/// that its article closes it with. A unit with a number ("اللواء 444") is closed by that.
fn construct(spots: &Spots<'_>, at: usize, first: &str) -> usize {
    let free = |at: usize| spots.is_free(at) && spots.gap(at) == Gap::Space;
    if is_unit(first) {
        let number = spots.tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Number);
        return usize::from(number && spots.gap(at + 1) == Gap::Space);
    }
    let (middle, last) = (spots.fold(at + 1), spots.fold(at + 2));
    let small = is_one!(middle, "علي|من|عن|الي|مع|بين|بعد|قبل|خلال|ضد|ان|التي|الذي|كل|هذا|هذه|في");
    let opens = is_one!(first, "لجنه|جهاز|مركز|هييه|مكتب|موسسه|اداره|مديريه|صندوق|برنامج");
    let closes = last.starts_with("ال") && last.chars().count() > 4;
    let fits = opens && !small && !middle.starts_with("ال") && middle.chars().count() > 2 && closes;
    usize::from(fits && free(at + 1) && free(at + 2))
}

fn is_unit(word: &str) -> bool {
    is_one!(word, "لواء|اللواء|فرقه|الفرقه|كتيبه|الكتيبه")
}

fn is_verb(word: &str) -> bool {
    COMMON_ARABIC.has(word) && !word.starts_with("ال")
}
