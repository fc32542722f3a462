//! Arabic: no capitals; names are known, or follow an office, or begin with a given name.

mod bodies;
mod places;

use std::ops::Range;
use std::rc::Rc;

use smol_str::SmolStr;

use crate::lexicon::{COMMON_ARABIC, FAMILY, Form, GIVEN, Known, NAMES};
use crate::tokens::{Gap, Shape, Token};
use crate::words::{List, is_one};
use crate::{MentionKind, Span};

use super::latin;
use super::spots::{Spot, Spots};

/// Letters glued before a word: "and", "in", "to", "like".
const GLUED: &[&str] = &["", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل"];

/// Offices: first words, and words that may follow.
static OFFICES: List = List::new(
    "وزير|وزيره|رييس|الرييس|الملك|ملك|امير|سلطان|السلطان|قايد|القايد|المبعوث|مبعوث|\
    الموفد|السفير|السفيره|سفير|سفيره|المتحدث|المتحدثه|متحدث|الناطق|ناطق|الامين|\
    مدير|المدير|محافظ|نايب|نايبه|مستشار|مستشاره|الجنرال|العميد|اللواء|الفريق|\
    العقيد|العماد|المشير|المقدم|الرايد|النقيب|زعيم|المرشد|ممثل|ممثله|المندوب|\
    مندوب|المنسق|منسق|المفوض|مفوض|المفوضه|المستشار|الوزير|رييسه|الرييسه|عضو|\
    الباحث|المحلل|النايب|ولي|حاكم|والي|الوالي|منسقه|المنسقه|مديره|المديره|رايد|عميد|عقيد|فريق|\
    المفتي|مفتي|البطريرك|القاضي|القاضيه|الوزيره|عمده|العمده|وكيل|الوكيل|وكيله|النقيب|\
    نقيب|المشرف|القنصل|قنصل|الرقيب|الملازم|الممثل|الممثله|المندوبه|مندوبه|النايبه|\
    المبعوثه|مبعوثه|مفوضه|المقرر|المقرره|مقرر|مقرره|المدعي|المدعيه|رييسا|امين|امينه|\
    الامينه|ناطقه|الناطقه|سلطان|قايده|زعيمه|الزعيم|السكرتير|سكرتير|السلطان|الوسيط|وسيط",
);
static OFFICE_MORE: List = List::new(
    "المجلس|الداخلي|العسكري|الماييه|الخارجيه|الدفاع|الداخليه|الماليه|العدل|الصحه|\
    الطاقه|النفط|الاقتصاد|التجاره|النقل|الاعلام|التربيه|التعليم|الزراعه|الوزراء|\
    مجلس|النواب|الحكومه|الجمهوريه|للجمهوريه|البرلمان|الامن|القومي|الوطني|الاركان|\
    اركان|هييه|الجيش|العام|العامه|الاستخبارات|المخابرات|جهاز|القوات|المسلحه|\
    الشوون|الخاص|الخاصه|رييس|وزير|اول|الاعلي|السياده|القياده|الرياسي|الشرطه|\
    الشيوخ|الشعب|الانتقالي|الحزب|الحركه|المكتب|السياسي|الشوري|العهد|المرشد|الدوله|\
    البلديه|المركزي|البنك|المصرف|الاتحاد|اللجنه|الكهرباء|المياه|الموارد|التنميه|\
    التخطيط|السياحه|الثقافه|الرياضه|العمل|الاوقاف|المغتربين|والمغتربين|الانسانيه|\
    السياسيه|الانتخابات|الوزير|التنفيذي|الاقليمي|الميداني|الجويه|البحريه|البريه|\
    الاقتصاديه|الامنيه|العسكريه|الاعلاميه|الدبلوماسيه|حقوق|الانسان|الاداره|الاقليم|\
    شوون|امن|الحرس|الثوري|الجمهوري|التعاون|والتعاون|الدوليه|الاجتماعيه|الاتصال|العلاقات",
);
/// Adjectives behind an office with its article: "the special envoy", "the second deputy".
static OFFICE_ADJECTIVES: List = List::new(
    "العام|العامه|الخاص|الخاصه|الاعلي|اول|الاول|الاولي|الثاني|الثانيه|السامي|الساميه|\
    التنفيذي|التنفيذيه|الرسمي|الرسميه|المقيم|المقيمه|الدايم|الدايمه|السياسي|العسكري|\
    الاممي|الامميه|القضايي|الاقليمي|المساعد|المساعده|المشترك",
);
/// Words between an office and the name of its holder.
static BEFORE_NAMES: List = List::new(
    "باسم|الحكومه|الجديد|السابق|الانتقالي|الاسبق|الخاص|الحالي|الراحل|المخلوع|المكلف|الموقت|في|\
    لدي|الي|لحقوق|الانسان|الجديده|السابقه|المنتخب|المنتخبه|المستقيل|المقال|الدايم|العام|\
    للشوون|الانسانيه|المعين",
);
/// Bodies that are named by themselves, so that who leads them is "head of", and no more, by office.
static LED: List = List::new(
    "هييه|الهييه|جهاز|بعثه|حزب|الحزب|حركه|منظمه|المنظمه|لجنه|اللجنه|اتحاد|الاتحاد|نقابه|شركه|\
    موسسه|الموسسه|وكاله|جامعه|مركز|برنامج|صندوق|مفوضيه|المفوضيه|ايتلاف|الايتلاف|تحالف|\
    التحالف|جبهه|الجبهه|كتله|بنك|البنك|مصرف|تيار|التيار|قوات|كتيبه|لواء|فرقه|تنظيم|جماعه|\
    جمعيه|رابطه|غرفه|محكمه|المحكمه|سلطه|السلطه|مكتب|قطاع|اكاديميه|معهد|المعهد",
);
static HONORIFICS: List = List::new(
    "المحاميه|الناشطه|الصحفيه|الصحافي|الصحافيه|الكاتب|الاعلامي|القيادي|الضابط|المواطن|الطفل|\
    الطفله|المدعو|الاسير|الشهيد|البطريرك|المطران|البابا|السيد|السيده|الشيخ|الامير|الدكتور|د|\
    المهندس|الاميره|الحاج|سماحه|معالي|سمو|جلاله|الاستاذ|المحامي|الصحفي|الناشط",
);
/// Words before the name of a place.
static PLACES: List = List::new(
    "مدينه|بلده|قريه|محافظه|منطقه|ولايه|معبر|منفذ|مطار|ميناء|مخيم|جسر|حي|سجن|جبل|\
    نهر|سد|قاعده|قضاء|ناحيه|ريف|قصر|مدينتي|بلدتي|قريتي|محافظتي|العاصمه|اقليم|\
    مديريه|ضاحيه|جزيره|وادي|شارع|ساحه|مضيق|خليج|بحر|بحيره|دوار|بوابه",
);
/// A word without what is glued to it.
#[derive(Clone, Debug)]
pub(super) struct Bare {
    /// Bytes of the glued letters.
    cut: usize,
    fold: SmolStr,
}

pub(super) fn find(spots: &mut Spots<'_>) {
    spots.bare = spots.tokens.iter().map(readings_of).collect();
    known(spots);
    offices(spots);
    bodies::named_bodies(spots);
    places::before_persons(spots);
    persons(spots);
    places::directions(spots);
    places::places(spots);
    short(spots);
}

fn readings(spots: &Spots<'_>, at: usize) -> Rc<[Bare]> {
    spots.bare.get(at).cloned().unwrap_or_default()
}

/// The first reading that fits.
fn reading(spots: &Spots<'_>, at: usize, fits: impl Fn(&&Bare) -> bool) -> Option<Bare> {
    readings(spots, at).iter().find(fits).cloned()
}

/// The readings of a word: whole, and with each glued beginning cut off.
fn readings_of(token: &Token) -> Rc<[Bare]> {
    GLUED
        .iter()
        .filter_map(|glued| {
            let rest = token.fold.strip_prefix(glued)?;
            (rest.chars().count() >= 2).then(|| {
                // "للأردن" is "ل" and "الأردن" with one letter for two.
                let article = glued.ends_with('ل') && rest.starts_with('ل');
                let alef = if article { "ا" } else { "" };
                Bare { cut: glued.len(), fold: alef.chars().chain(rest.chars()).collect() }
            })
        })
        .collect()
}

/// The longest known name here, under any reading of the first word.
fn known_at(spots: &Spots<'_>, at: usize) -> Option<(Bare, usize, &'static Form)> {
    let _token = spots.tokens.get(at)?;
    let mut best: Option<(Bare, usize, &'static Form)> = None;
    for bare in readings(spots, at).iter() {
        let longest = NAMES.longest(&bare.fold);
        let mut key = String::new();
        for count in 1..=longest {
            if count > 1 {
                let Some(next) = spots.tokens.get(at + count - 1) else { break };
                if !next.is_joined() {
                    break;
                }
                if count == 2 {
                    key.push_str(&bare.fold);
                }
                key.push(' ');
                key.push_str(&next.fold);
            }
            if let Some(form) = NAMES.get(if count == 1 { &bare.fold } else { &key }) {
                let longer = best.as_ref().is_none_or(|(_, found, _)| count > *found);
                if longer && means(spots, at, count, bare, form) {
                    best = Some((bare.clone(), count, form));
                }
            }
        }
    }
    best
}

/// Whether the known form is meant: short names that are everyday words need a cue.
fn means(spots: &Spots<'_>, at: usize, count: usize, bare: &Bare, form: &Form) -> bool {
    if count > 1 {
        return true;
    }
    let word = bare.fold.as_str();
    let before = spots.before(at);
    let letters = word.chars().count();
    match &form.known {
        Known::Country { demonym, .. } => {
            // "في برازيليا" is the town.
            let town = *demonym && word.ends_with("يا") && is_one!(before, "في|الي|من");
            !town
                && (letters > 3
                    || bare.cut == 0 && !matches!(word, "قمري") && letters == 3
                    || !*demonym && letters == 3)
        }
        Known::Place { .. } => {
            let doubtful = is_one!(
                word,
                "صور|الخليج|الساحل|الباب|البادية|الباديه|الجليل|الخليل|المتوسط|الابيض|الضفه|\
            القطاع|الجزيره|دوما|جبله|مرسين|الحسينيه|الوليد|المصنع|الميادين|القصير|النقب|\
            الضاحيه|القاعده|الرياض|عدن|المزه|جابر",
            );
            let placed = PLACES.has(strip(before)) || matches!(before, "في" | "الي" | "من");
            !doubtful
                || placed && !matches!(word, "القطاع" | "القاعده")
                || matches!(word, "الرياض" | "عدن" | "الخليل" | "الضفه")
        }
        Known::Body { .. } => {
            let doubtful = is_one!(
                word,
                "القاعده|فتح|وفا|واع|الشرق|العربيه|الحدث|المملكه|رويا|النهار|الاخباريه|وام|\
            صباح|البعث|تاس|واس|كونا|قنا|شل|افاد|الجزيره|المنار|الميادين|الاهرام|الاناضول|\
            الشباب|الحكومه|حماس|رووداو|داعش|الفاو|سيلاك|انسا|ايني|تسلا|الانتقالي|الاسد|\
            مجلس",
            );
            let sure = matches!(word, "حماس" | "داعش" | "الاناضول" | "رووداو");
            let cue = is_one!(strip(before), "حركه|تنظيم|قناه|صحيفه|وكاله|جريده|حزب|شبكه");
            !doubtful || sure || cue
        }
        Known::Figure { alone, .. } => {
            // "صدام حفتر": a given name before it makes it another person of the family.
            if *alone && GIVEN.has(before) && !COMMON_ARABIC.has(before) && spots.is_free(at - 1) {
                return false;
            }
            // "الأسد" alone is a person after an office or with a family name's verbs.
            let doubtful = is_one!(word, "سعيد|سلام|دار|الاسد|الشرع|بري");
            !doubtful || matches!(word, "الاسد" | "الشرع") || is_titled(spots, at)
        }
    }
}

fn strip(word: &str) -> &str {
    ["وال", "بال", "لل", "ال", "و", "ب", "ل"]
        .iter()
        .find_map(|glued| {
            word.strip_prefix(glued).filter(|rest| rest.chars().count() > 2 && PLACES.has(rest))
        })
        .unwrap_or(word)
}

fn span(spots: &Spots<'_>, range: &Range<usize>, cut: usize) -> Span {
    let whole = spots.span_of(range);
    // Vowel signs between glued letters are counted with them.
    let text = spots.page.at(whole);
    let mut letters = cut / 2;
    let mut bytes = 0;
    for letter in text.chars() {
        if letters == 0 && !('\u{64b}'..='\u{65f}').contains(&letter) {
            break;
        }
        if !('\u{64b}'..='\u{65f}').contains(&letter) {
            letters -= 1;
        }
        bytes += letter.len_utf8();
    }
    Span { start: whole.start + bytes, end: whole.end }
}

fn known(spots: &mut Spots<'_>) {
    let mut at = 0;
    while at < spots.tokens.len() {
        let found = spots.is_free(at).then(|| known_at(spots, at)).flatten();
        match found {
            Some((bare, count, form)) if spots.are_free(at..at + count) => {
                let mut spot = latin::spot(spots, at..at + count, form);
                spot.span = span(spots, &(at..at + count), bare.cut);
                amman_or_oman(spots, &mut spot);
                seat(spots, &mut spot);
                spots.add(spot);
                at += count;
            }
            _ => at += 1,
        }
    }
}

/// "وصف البيت الأبيض": those who sit there, unless one is in it.
fn seat(spots: &Spots<'_>, spot: &mut Spot) {
    let house = matches!(spot.entity.as_deref(), Some("l:white_house" | "l:elysee"));
    let whole = spot.span.start == spots.tokens[spot.tokens.start].span.start;
    let inside = is_one!(
        spots.before(spot.tokens.start),
        "في|الي|من|داخل|خارج|امام|قرب|غادر|زار|دخل|وصل|علي|عند|مبني|مقر|حديقه"
    );
    if house && whole && !inside {
        spot.kind = MentionKind::Organisation;
        spot.entity = spot.entity.take().map(|id| id.replacen("l:", "o:", 1));
        spot.position = None;
    }
}

/// "عمان" is Amman, but Oman where Oman's sultan, gulf or capital stands in the text.
fn amman_or_oman(spots: &Spots<'_>, spot: &mut Spot) {
    if crate::fold::fold(spots.page.at(spot.span)) != "عمان" {
        return;
    }
    let text = &spots.page.text;
    let oman = ["سلطنة", "مسقط", "العماني", "العُماني"].iter().any(|word| text.contains(word));
    let jordan = ["الأردن", "الاردن", "عمّان"].iter().any(|word| text.contains(word));
    if oman && !jordan {
        spot.kind = MentionKind::Country;
        spot.entity = Some("c:OMN".to_owned());
        spot.position = None;
    }
}

/// Offices, and the names behind them.
fn offices(spots: &mut Spots<'_>) {
    let mut at = 0;
    while at < spots.tokens.len() {
        match office_at(spots, at) {
            Some((range, cut)) => {
                let end = range.end;
                let mut spot = Spot::new(range.clone(), MentionKind::Role, "office");
                spot.span = span(spots, &range, cut);
                spots.add(spot);
                at = end;
            }
            None => at += 1,
        }
    }
}

fn office_at(spots: &Spots<'_>, at: usize) -> Option<(Range<usize>, usize)> {
    if !spots.is_free(at) {
        return None;
    }
    let token = &spots.tokens[at];
    if token.fold == "رييسا" && spots.fold(at + 1) == "للجمهوريه" {
        return Some((at..at + 2, 0));
    }
    let bare = reading(spots, at, |bare| {
        OFFICES.has(bare.fold.as_str())
            || of_the_last(&bare.fold)
            || matches!(bare.fold.as_str(), "نظيره" | "نظيرته")
    })?;
    if of_the_last(&bare.fold) {
        return (spots.gap(at + 1) == Gap::Space).then_some((at..at + 1, bare.cut));
    }
    // "اللواء 444" is a unit and no general.
    let unit = bare.fold == "اللواء"
        && spots.tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Number);
    if bare.fold.starts_with("نظير") || unit {
        return None;
    }
    let definite = bare.fold.starts_with("ال");
    let mut end = at + 1;
    while end < at + 5 && spots.gap(end) == Gap::Space && belongs(spots, at..end, &bare.fold) {
        end += 1;
    }
    let lone = end == at + 1 && !definite;
    let standing = is_one!(
        bare.fold.as_str(),
        "والي|قايد|مبعوث|سفير|مدير|زعيم|رييس|ممثل|محافظ|مندوب|مستشار|منسق|مفوض|متحدث|ناطق|\
            نايب|رييسه|قايده|مديره|ممثله|مندوبه|مبعوثه|مستشاره|سفيره|منسقه|مفوضه|نايبه|\
            وكيل|وكيله|مقرر|مقرره|عمده|امين|امينه|مفتي|نقيب",
    );
    // "أمير قطر", "حاكم إقليم دارفور"
    let over = is_one!(bare.fold.as_str(), "امير|ملك|سلطان|حاكم|عضو|ولي")
        && (spots
            .at(end)
            .is_some_and(|spot| matches!(spot.kind, MentionKind::Country | MentionKind::Place))
            || PLACES.has(spots.fold(end)))
        && spots.gap(end) == Gap::Space;
    (!lone || standing || over).then_some((at..end, bare.cut))
}

/// Whether the word behind an office of these words goes on with it; the state ends it.
fn belongs(spots: &Spots<'_>, office: Range<usize>, first: &str) -> bool {
    let (at, end) = (office.start, office.end);
    let (word, before) = (spots.fold(end), spots.fold(end - 1));
    let definite = first.starts_with("ال");
    let ministry = matches!(first, "وزير" | "وزيره");
    let council =
        first == "رييس" && spots.at(end).is_some_and(|spot| spot.kind == MentionKind::Organisation);
    if council {
        return true;
    }
    if !spots.is_free(end) || !definite && !ministry && leads_a_body(spots, end) {
        return false;
    }
    let article = word.starts_with("ال") && word.chars().count() > 4;
    let affairs = |word: &str| is_one!(word, "للشوون|لشوون|شوون|الشوون");
    let portfolio = ministry
        && (end == at + 1 && article
            || end == at + 2
                && (word.starts_with("وال") || article && word.ends_with("يه") && !is_state(word)));
    let more = if definite {
        OFFICE_ADJECTIVES.has(word)
            || is_one!(before, "الاول|الثاني") && is_of_head(word)
            || is_of_head(before) && is_one!(word, "البرلمان|الوزراء|المجلس")
    } else {
        OFFICE_MORE.has(word)
    };
    let of_affairs =
        affairs(word) && (!definite || end > at + 1) || end > at + 1 && affairs(before) && article;
    portfolio || of_affairs || more
}

/// "رئيس هيئة الأركان" is an office, "رئيس هيئة الانتخابات" the head of a body.
fn leads_a_body(spots: &Spots<'_>, at: usize) -> bool {
    let (word, next) = (spots.fold(at), spots.fold(at + 1));
    let office = is_one!(next, "الاركان|اركان|المخابرات|الاستخبارات|السياده|العام|الرياسي|السياسي");
    !office && (LED.has(word) || word == "مجلس" && !OFFICE_MORE.has(next))
}

fn is_state(word: &str) -> bool {
    NAMES.get(word).is_some_and(|form| matches!(form.known, Known::Country { .. }))
}

/// "قائدها", "مبعوثه": the office under who was named before.
fn of_the_last(word: &str) -> bool {
    let stem = ["ها", "هم", "ه"].iter().find_map(|end| word.strip_suffix(end));
    let held = is_one!(
        stem.unwrap_or_default(),
        "قايد|مبعوث|رييس|زعيم|نايب|مستشار|متحدث|ناطق|وزير|سفير|ممثل|مدير|مندوب"
    );
    held && !OFFICES.has(word)
}

/// "of the president", "of the head of": behind "the first deputy".
fn is_of_head(word: &str) -> bool {
    is_one!(word, "للرييس|لرييس|لرييسه|للوزير|لوزير|للمدير|لقايد|للامين")
}

/// Whether an office, with its state and honorifics, leads up to a word.
fn is_titled(spots: &Spots<'_>, at: usize) -> bool {
    let mut here = at;
    for _ in 0..6 {
        if spots.gap(here) != Gap::Space {
            return false;
        }
        let Some(before) = here.checked_sub(1) else { return false };
        match spots.at(before).map(|spot| spot.kind) {
            Some(MentionKind::Role) => return true,
            Some(MentionKind::Country | MentionKind::Organisation | MentionKind::Place) => {}
            Some(_) => return false,
            None if PLACES.has(spots.fold(before)) || PLACES.has(spots.before(before)) => {}
            None => {
                let word = spots.fold(before);
                let word = word.strip_prefix('و').unwrap_or(word);
                if HONORIFICS.has(word) {
                    return true;
                }
                if !BEFORE_NAMES.has(word) {
                    return false;
                }
            }
        }
        here = before;
    }
    false
}

fn persons(spots: &mut Spots<'_>) {
    let mut at = 0;
    while at < spots.tokens.len() {
        match person_at(spots, at) {
            Some((range, cut)) => {
                let end = range.end;
                let mut spot =
                    Spot::new(range.clone(), MentionKind::Person, "person by name and cue");
                spot.span = span(spots, &range, cut);
                spot.entity = Some(format!("p:{}", name_words(spots, &range, cut).join("_")));
                spots.add(spot);
                at = end;
            }
            None => at += 1,
        }
    }
}

fn name_words<'a>(spots: &Spots<'a>, range: &Range<usize>, cut: usize) -> Vec<&'a str> {
    range
        .clone()
        .map(|at| {
            let word = spots.fold(at);
            if at == range.start { word.get(cut..).unwrap_or(word) } else { word }
        })
        .collect()
}

fn person_at(spots: &Spots<'_>, at: usize) -> Option<(Range<usize>, usize)> {
    if !spots.is_free(at) {
        return None;
    }
    let titled = is_titled(spots, at);
    let token = &spots.tokens[at];
    let word = token.fold.as_str();
    let spoken = word == "باسم"
        && at > 0
        && spots.at(at - 1).is_some_and(|spot| spot.kind == MentionKind::Role);
    let between = titled && (BEFORE_NAMES.has(word) || PLACES.has(spots.before(at)));
    if word.chars().count() < 2 || HONORIFICS.has(word) || spoken || between {
        return None;
    }
    if let Some(end) = speaker_end(spots, at) {
        return Some((at..end, 0));
    }
    let bare = reading(spots, at, |bare| {
        let word = bare.fold.as_str();
        (bare.cut == 0 || !titled)
            && (GIVEN.has(word) || is_particle(word))
            && (!COMMON_ARABIC.has(word) || titled || is_ali(spots, at, bare))
            && (bare.cut == 0 || matches!(&token.fold[..bare.cut], "و" | "ل" | "ب" | "ف"))
            && !(bare.cut > 0 && GIVEN.has(&token.fold))
    });
    let (cut, given) = match &bare {
        Some(bare) => (bare.cut, true),
        None => (0, false),
    };
    if !given
        && (!titled
            || word.starts_with("ال") && !FAMILY.has(word)
            || word.starts_with("لل")
            || COMMON_ARABIC.has(word)
            || word.starts_with('و') && GIVEN.has(&word[2..])
            || is_glued(word)
            || is_verb_like(word))
    {
        return None;
    }
    let (end, strong) = name_end(spots, at, given, titled);
    let count = end - at;
    let sure = if titled {
        count >= 1 && (count > 1 || given || !spots.fold(at).ends_with('ه'))
    } else {
        count >= 2
            && (strong >= 2
                || given
                    && count == 2
                    && !is_weak(spots.tokens[at].fold.get(cut..).unwrap_or_default()))
    };
    sure.then_some((at..end, cut))
}

/// "علي" with the dots of a name: the preposition is written without them.
fn is_ali(spots: &Spots<'_>, at: usize, bare: &Bare) -> bool {
    bare.fold == "علي"
        && bare.cut == 0
        && spots.text(&(at..at + 1)).ends_with('ي')
        && spots.gap(at + 1) == Gap::Space
        && (GIVEN.has(spots.fold(at + 1))
            || FAMILY.has(spots.fold(at + 1))
            || spots.fold(at + 1).ends_with('ي'))
        && !COMMON_ARABIC.has(spots.fold(at + 1))
}

/// "وأضاف سامويل أوتونغا أن": two or three words that are no everyday ones between a verb of saying
/// and what was said.
fn speaker_end(spots: &Spots<'_>, at: usize) -> Option<usize> {
    let name = |at: usize| {
        let word = spots.fold(at);
        spots.is_free(at)
            && word.chars().count() > 2
            && !word.starts_with("ال")
            && !COMMON_ARABIC.has(word)
            && !OFFICES.has(word)
            && !HONORIFICS.has(word)
            && !is_prepositional(word)
            && !is_verb_like(word)
            && !["ون", "ين", "ات"].iter().any(|end| word.ends_with(end) && !GIVEN.has(word))
    };
    let said = at > 0 && spots.gap(at) == Gap::Space && says(spots.fold(at - 1));
    if !said || !name(at) {
        return None;
    }
    let end =
        (at + 1..at + 4).take_while(|next| spots.gap(*next) == Gap::Space && name(*next)).last()?
            + 1;
    let of = spots.after(end) == "من"
        && spots.at(end + 1).is_some_and(|spot| spot.kind == MentionKind::Organisation);
    (of || is_one!(spots.after(end), "ان|انه|انها|بان")).then_some(end)
}

/// Where a name that begins here ends, and how many of its words are known as names.
fn name_end(spots: &Spots<'_>, at: usize, given: bool, titled: bool) -> (usize, usize) {
    let mut end = at + 1;
    let mut strong = usize::from(given);
    // "عبد الله" is one name of two words.
    let first = at + 1 + usize::from(spots.fold(at).ends_with("عبد"));
    while end < at + 6 {
        let Some(next) = spots.tokens.get(end) else { break };
        let word = next.fold.as_str();
        if !matches!(next.gap, Gap::Space | Gap::Hyphen) || !spots.is_free(end) {
            break;
        }
        let previous = spots.fold(end - 1);
        let after_particle = is_particle(previous) || previous == "عبد";
        let named = GIVEN.has(word) && !COMMON_ARABIC.has(word)
            || FAMILY.has(word) && !COMMON_ARABIC.has(word)
            || is_particle(word)
            || matches!(word, "الله" | "الدين") && end > at;
        let nisba = word.starts_with("ال")
            && word.chars().count() > 4
            && !COMMON_ARABIC.has(word)
            && (word.ends_with('ي') || strong > 0 && end == at + 1);
        let unknown = (titled || strong > 0 && end == first)
            && !COMMON_ARABIC.has(word)
            && end < first + 2
            && !word.starts_with("ال")
            && !is_verb_like(word)
            && !word.starts_with('و')
            && !is_prepositional(word)
            && word.chars().count() > 2
            // A third unknown word is part of a foreign name only behind a second one.
            && (end <= first || strong < 2 && !word.ends_with(['ا', 'ه']) && !word.ends_with("ات"))
            && !NAMES.get(word).is_some_and(|form| matches!(form.known, Known::Country { .. }));
        // Family names that are everyday words, behind a given name.
        let both = given
            && end == at + 1
            && is_one!(word, "خطاب|سلام|عون|صباح|حرب|بحر|بري|سريع|نجم|ملك|قائد");
        // "علي حسن بدير،": a third name where the phrase ends.
        let last = given
            && end == first + 1
            && strong >= 2
            && !COMMON_ARABIC.has(word)
            && !word.starts_with("ال")
            && !word.starts_with('و')
            && !is_prepositional(word)
            && !is_verb_like(word)
            && !matches!(spots.gap(end + 1), Gap::Space | Gap::Hyphen);
        let named = named || both || last;
        if !(named || nisba || unknown || after_particle) {
            break;
        }
        strong += usize::from(named || nisba);
        end += 1;
    }
    while end > at + 1 && is_particle(spots.fold(end - 1)) {
        end -= 1;
    }
    (end, strong)
}

/// "بالهجوم", "للصحافة": a preposition and the article are glued to it.
fn is_prepositional(word: &str) -> bool {
    ["بال", "لل", "كال", "فال"].iter().any(|glued| word.starts_with(glued)) && !GIVEN.has(word)
}

/// "بخير", "لقاء": a preposition and an everyday word.
fn is_glued(word: &str) -> bool {
    let rest = ["ب", "ل", "ك", "و", "ف"].iter().find_map(|glued| word.strip_prefix(glued));
    rest.is_some_and(|rest| COMMON_ARABIC.has(rest) || rest.chars().count() > 2 && GIVEN.has(rest))
}

fn is_particle(word: &str) -> bool {
    is_one!(word, "بن|ابن|ابو|ابي|عبد|ال|ام|بو|فون|دي|فان|دو|لو|ايت|ولد|بنت|اولد|منت|دا|ديل|دير")
}

/// Given names that are everyday words: they need a known family name.
fn is_weak(word: &str) -> bool {
    const WEAK: &[&str] = &[
        "سعيد", "كريم", "صالح", "عادل", "ناصر", "امين", "شريف", "كامل", "جميل", "حاكم", "نور",
        "امل", "سلام", "سالم", "رشيد", "وحيد", "عزيز", "عظيم", "قادر", "خالد", "ماهر", "فايز",
        "نادر", "طاهر", "صادق", "راشد", "هادي", "عامر", "جديد", "باسم", "بدر", "حرب", "سيف",
        "ثابت", "حسام", "عماد", "جهاد", "كفاح", "نضال", "وسام", "وفاء", "هدي", "مني", "رضا",
    ];
    WEAK.contains(&word)
}

/// Present forms and the like: no part of a name.
fn is_verb_like(word: &str) -> bool {
    let letters = word.chars().count();
    (letters >= 4 && (word.starts_with("ست") || word.starts_with("سي")))
        && !GIVEN.has(word)
        && !FAMILY.has(word)
        && letters > 4
        || letters >= 4 && word.ends_with("ون") && word.starts_with(['ي', 'ت'])
        || letters >= 5 && (word.ends_with("هما") || word.ends_with("هم") || word.ends_with("تها"))
}

fn says(word: &str) -> bool {
    is_one!(
        word.strip_prefix('و').unwrap_or(word),
        "قال|قالت|اكدت|اضافت|اعلنت|اوضحت|اشارت|ذكرت|صرحت|حذرت|اكد|شدد|اضاف|اعلن|اوضح|اشار|دعا|حذر|التقي|بحث|استقبل|وصل|زار|راي|كشف|اعتبر|طالب|ذكر|\
         تعهد|صرح|لفت|نفي",
    )
}

/// Family names alone, of persons named in full in the page.
fn short(spots: &mut Spots<'_>) {
    let persons: Vec<(Option<String>, Vec<String>)> = spots
        .all
        .iter()
        .filter(|spot| {
            spot.kind == MentionKind::Person && spot.tokens.len() > 1 && !spot.rule.is_empty()
        })
        .map(|spot| {
            (spot.entity.clone(), spot.tokens.clone().map(|at| spots.fold(at).to_owned()).collect())
        })
        .collect();
    // "وشدد السوداني": behind a verb of saying a demonym is the person who bears it as a name.
    let spoken: Vec<(usize, Option<String>)> = (0..spots.all.len())
        .filter_map(|nth| {
            let spot = &spots.all[nth];
            let at = spot.tokens.start;
            let lone = spot.demonym && spot.tokens.len() == 1 && at > 0;
            let word = spots.fold(at);
            let said = lone && says(spots.fold(at - 1));
            let person = persons.iter().find(|one| one.1.last().is_some_and(|last| last == word));
            person.filter(|_| said).map(|one| (nth, one.0.clone()))
        })
        .collect();
    for (nth, entity) in spoken {
        let spot = &mut spots.all[nth];
        (spot.kind, spot.demonym, spot.entity) = (MentionKind::Person, false, entity);
        spot.rule = "family name of a person named before";
    }
    for at in 0..spots.tokens.len() {
        if !spots.is_free(at) {
            continue;
        }
        let found = readings(spots, at).iter().find_map(|bare| {
            let fits = |full: &&(Option<String>, Vec<String>)| {
                full.1.last().is_some_and(|last| bare.fold == *last)
                    && bare.fold.chars().count() > 2
                    && (!COMMON_ARABIC.has(&bare.fold))
            };
            persons.iter().find(fits).map(|person| (bare.cut, person.0.clone()))
        });
        if let Some((cut, entity)) = found {
            let range = at..at + 1;
            let mut spot = Spot::new(
                range.clone(),
                MentionKind::Person,
                "family name of a person named before",
            );
            spot.span = span(spots, &range, cut);
            spot.entity = entity;
            spots.add(spot);
        }
    }
}
