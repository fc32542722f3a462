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
    مديريه|المديريه|البنك|الاداره|القوه|الكتيبه|خليه|جهاز|نقابه|اداره|القياده|بعثه|مركز|مكتب|المجلس|المرصد|مرصد|\
    الجمعيه|جمعيه|النقابه|الايتلاف|ايتلاف|التحالف|تحالف|الجبهه|الحركه|المنظمه|الوكاله|\
    الشركه|البعثه|الجامعه|خفر|الرابطه|رابطه|غرفه|معهد|المعهد|هييات|\
    شبكه|جيش|كتيبه|كتله|تيار|مجموعه|عصابه|كنيسه|الكنيسه|اكاديميه|المصرف|تجمع|التجمع|\
    الامانه|امانه|الديوان|ديوان|المديريات|سرايا|درع|مليشيا|ميليشيا|مليشيات|ميليشيات",
);
/// Nouns of which each is the next one's: "جهاز دعم الاستقرار", "حركة تحرير أزواد".
static OPEN: List = List::new(
    "لجنه|جهاز|مركز|هييه|مكتب|موسسه|اداره|مديريه|صندوق|برنامج|قوات|حركه|جبهه|بعثه|منظمه|\
    كتيبه|كتايب|حزب|جمعيه|وكاله|هييات|تحالف|ايتلاف|رابطه|محكمه|مجلس|نقابه|شركه|فرقه|لواء|\
    شبكه|جيش|سرايا|تجمع|تيار|كتله|اتحاد|معهد|مجموعه",
);
/// Adjectives that name no body: "the ruling party", "the new council".
static PLAIN: List = List::new(
    "الحاكم|الحاكمه|الجديد|الجديده|السابق|السابقه|المشترك|المشتركه|الاخير|الاخيره|الثاني|\
    الثانيه|الاول|الاولي|الثالث|الثالثه|الكبير|الكبيره|المعارض|المعارضه|المذكور|المذكوره|\
    القادم|القادمه|الحالي|الحاليه|المسلح|المسلحه|الموقت|الموقته|المحلي|المحليه|المختص|\
    المختصه|الخاص|الخاصه|الاسبوع|الشهر|الواحد|الرييسي|الرييسيه|المتمرده|المتمرد|\
    الانقلابيه|الارهابي|الارهابيه|المنتخب|المنتخبه|الصغير|الصغيره|الغربيه",
);
/// Words with the article that belong to what follows a body's name.
static OUTSIDE: List = List::new(
    "التي|الذي|الذين|اللتين|اللذين|اليوم|الان|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|\
    السبت|الماضي|الماضيه|المقبل|المقبله|التابع|التابعه|الخاص|الخاصه|المعني|المعنيه",
);
/// What bodies do something to; no part of their names: "تبنت حركة الشباب الهجوم".
static ACTED_ON: List = List::new(
    "الهجوم|الهجمات|القصف|الاتفاق|الاتفاقيه|القرار|القرارات|الاتهام|الاتهامات|المسووليه|\
    العمليه|الانفجار|التفجير|الضربه|الضربات|الخبر|الدعوه|المبادره|العرض|الشروط|التقرير|\
    البيان|الحادث|المقترح|الخطوه|الهدنه|المفاوضات|المحادثات|الزياره|المساعدات|السلاح|\
    المدينه|القريه|البلده|المعبر|الحدود|المطار|الطريق|السلطات|الحكومه|الجيش|المجتمع|\
    المدنيين|الاسري|الرهاين|المحتجزين|الفصايل|الاطراف|الدول|الانباء|المشروع|القانون",
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
    is_one!(
        word,
        "الجيش|الرياسه|القوات|الشرطه|الحكومه|البرلمان|الخارجيه|الداخليه|الدفاع|الحرس|الدرك|\
        البحريه",
    )
}

/// The kind of an army, a police or a guard that is its name.
fn free_kind(spots: &Spots<'_>, at: usize) -> bool {
    spots.is_free(at)
        && spots.gap(at) == Gap::Space
        && is_one!(
            spots.fold(at),
            "القضاييه|العسكريه|الاتحاديه|الوطنيه|الوطني|الملكي|الملكيه|الثوري|الجمهوري|الابيض|\
            الاحمر|الحر|الشعبي|المدني|الجناييه|السياحيه|الفيدراليه|الفدراليه|الرياسي|البلدي",
        )
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

/// A state's name or adjective that nothing is glued to.
fn is_own_state(spots: &Spots<'_>, at: usize) -> bool {
    spots.at(at).is_some_and(|spot| {
        matches!(spot.kind, MentionKind::Country)
            && spot.tokens.start == at
            && spots.gap(at) == Gap::Space
            && spots.span_of(&(at..at + 1)).start == spot.span.start
    })
}

/// Where the name of an army, a police or a government ends.
fn army_end(spots: &Spots<'_>, at: usize, first: &str) -> Option<usize> {
    let armed = first == "القوات";
    let mut end = at + 1;
    end += usize::from(armed && matches!(spots.fold(end), "المسلحه" | "الجويه" | "البحريه"));
    // "الشرطة القضائية", "الحرس الثوري الإيراني"
    let kind = !armed && free_kind(spots, end);
    end += usize::from(kind);
    // "the Yemeni forces" are nobody's name; "the armed forces" are.
    let named = !armed || end > at + 1;
    (named && is_own_state(spots, end))
        .then_some(end + 1)
        .or((kind || armed && end > at + 1).then_some(end))
}

/// Where a body's name ends: its topic and its state.
fn body_end(spots: &Spots<'_>, at: usize, bare: &Bare) -> Option<usize> {
    if is_army(&bare.fold) {
        return army_end(spots, at, &bare.fold);
    }
    let ministry = matches!(bare.fold.as_str(), "وزاره" | "مجلس" | "هييه" | "جهاز");
    let mut end = at + 1 + construct(spots, at, &bare.fold);
    while end < at + 6 {
        let Some(token) = spots.tokens.get(end) else { break };
        if token.gap != Gap::Space {
            break;
        }
        if is_own_state(spots, end) {
            // "الاتحاد العام التونسي للشغل"
            end +=
                1 + usize::from(spots.is_free(end + 1) && is_purpose(spots, end + 1, &bare.fold));
            break;
        }
        let word = token.fold.as_str();
        let joins = word.starts_with("وال")
            && ministry
            && end > at + 1
            && !is_verb(word)
            && (OFFICE_MORE.has(&word[2..]) || OFFICE_MORE.has(word));
        let middles = construct(spots, at, &bare.fold);
        let article = word.starts_with("ال")
            && word.chars().count() > 3
            && !OUTSIDE.has(word)
            && !(end == at + 1 && bare.fold.starts_with("ال") && PLAIN.has(word))
            && !(end > at + 1 + middles && ACTED_ON.has(word));
        let for_what = end > at + 1 && is_purpose(spots, end, &bare.fold);
        let named = end == at + 1 + middles
            && OPEN.has(&bare.fold)
            && spots.at(end).is_some_and(|spot| {
                matches!(spot.kind, MentionKind::Organisation | MentionKind::Place)
                    && spot.tokens.start == end
                    && spots.span_of(&spot.tokens).start == spot.span.start
            });
        if named {
            end = spots.at(end).map_or(end + 1, |spot| spot.tokens.end);
            break;
        }
        let first = end == at + 1
            && !COMMON_ARABIC.has(word)
            && spots.is_free(end)
            && !is_verb(word)
            && (GIVEN.has(word) || !ministry);
        if !(spots.is_free(end) && (article || joins || for_what)
            || first
                && is_one!(
                    bare.fold.as_str(),
                    "حزب|حركه|تنظيم|جماعه|قناه|وكاله|صحيفه|جريده|شركه|كتايب|جامعه|كتيبه|عصابه",
                ))
        {
            break;
        }
        end += 1;
    }
    (end > at + 1).then_some(end)
}

/// "المجلس الأعلى للقضاء", "المرصد السوري لحقوق الإنسان"
fn is_purpose(spots: &Spots<'_>, at: usize, first: &str) -> bool {
    let word = spots.fold(at);
    let glued = word.starts_with("لل") && word.chars().count() > 4;
    // "الإدارة العامة لمكافحة المخدرات", "الشركة القابضة لكهرباء مصر"
    let of = is_one!(
        word,
        "لمكافحه|لرعايه|لاداره|لتنميه|لحمايه|لاعاده|لشوون|لتنظيم|لمحاربه|لحفظ|لكهرباء|لتطوير|لضمان|\
        لمراقبه|لنزع|لادب|لاعمار|لدعم|لانقاذ"
    ) && spots.gap(at + 1) == Gap::Space
        && (spots.fold(at + 1).starts_with("ال") || !spots.is_free(at + 1));
    if of && first.starts_with("ال") && spots.gap(at) == Gap::Space {
        return true;
    }
    let named = first.starts_with("ال")
        || is_one!(first, "شركه|موسسه|جمعيه|مجموعه|مركز|معهد|منظمه|مصرف|بنك");
    named
        && spots.gap(at) == Gap::Space
        && (glued && !is_one!(word, "للمره|للغايه|للحديث|للتفاوض|للقاء") || word == "لحقوق")
}

/// "جهاز دعم الاستقرار", "لجنة شؤون الأسرى": how many words stand between the first one and those
/// that its article closes it with. A unit with a number ("اللواء 444") is closed by that.
fn construct(spots: &Spots<'_>, at: usize, first: &str) -> usize {
    let free = |at: usize| spots.is_free(at) && spots.gap(at) == Gap::Space;
    if is_unit(first) {
        let number = spots.tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Number);
        return usize::from(number && spots.gap(at + 1) == Gap::Space);
    }
    if !OPEN.has(first) {
        return 0;
    }
    // One or two nouns without article, closed by one with it, or by a name.
    let middle = |at: usize| {
        let word = spots.fold(at);
        // "لجنة مشتركة لمتابعة التنفيذ" is nobody's name.
        let describes = word.ends_with("يه")
            || is_one!(word, "مشتركه|خاصه|مستقله|موسعه|مصغره|عليا|كبيره|متخصصه")
            || word.starts_with("ل") && word.ends_with('ه');
        let part = !word.starts_with("ال") && word.chars().count() > 2 && !describes;
        // "قوات وزارة الداخلية" are those of another body.
        free(at) && part && !is_small(word) && !matches!(word, "وزاره" | "مجلس" | "لجنه" | "حركه")
    };
    let closed = |at: usize| {
        let word = spots.fold(at);
        let article = free(at) && word.starts_with("ال") && word.chars().count() > 4;
        let name = spots.at(at).is_some_and(|spot| {
            matches!(spot.kind, MentionKind::Country | MentionKind::Place) && !spot.demonym
        });
        (article || name) && spots.gap(at) == Gap::Space
    };
    let freed = is_one!(spots.fold(at + 1), "تحرير|انقاذ|مقاومه") && middle(at + 2);
    match (middle(at + 1), closed(at + 2), middle(at + 2) && closed(at + 3)) {
        // "حركة تحرير أزواد": what is to be freed is a name, known or not.
        (true, false, false) if freed => 2,
        (true, true, _) => 1,
        (true, false, true) if is_one!(first, "لجنه|هييه|جهاز|منظمه|جمعيه|حركه|مكتب") => {
            2
        }
        _ => 0,
    }
}

fn is_small(word: &str) -> bool {
    is_one!(
        word,
        "علي|من|عن|الي|مع|بين|بعد|قبل|خلال|ضد|ان|التي|الذي|كل|هذا|هذه|في|كانت|كان|تابعه|تابع|\
        محليه|موقته|جديده|جديد|مسلحه|خاصه|تتبع|لم|لا|قد|تقوم|تضم",
    )
}

fn is_unit(word: &str) -> bool {
    is_one!(word, "لواء|اللواء|فرقه|الفرقه|الكتيبه")
}

fn is_verb(word: &str) -> bool {
    COMMON_ARABIC.has(word) && !word.starts_with("ال")
}
