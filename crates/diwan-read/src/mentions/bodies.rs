//! Bodies by the words they are named with: ministries, councils, forces, parties, companies.

mod beside;

use std::ops::Range;
use std::sync::LazyLock;

use crate::tokens::{Gap, Shape};
use crate::words::{List, Rare, Table, is_one};
use crate::{Language, MentionKind};

use super::latin::is_common;
use super::spots::{Spot, Spots};
pub(super) use beside::{by_apposition, by_first_word, by_word_behind};

/// Last words of the names of bodies, folded.
static HEADS: List = List::new(
    "confederation|academy|initiative|rooms|ministry|council|commission|committee|\
    authority|agency|army|forces|force|police|guard|guards|party|front|movement|\
    union|organization|organisation|association|federation|bank|university|\
    institute|court|parliament|assembly|senate|congress|office|department|\
    directorate|administration|service|services|bureau|brigade|brigades|battalion|\
    group|company|corporation|corp|inc|ltd|holding|holdings|news|tv|television|\
    radio|tribune|herald|observatory|centre|center|foundation|fund|network|\
    coalition|alliance|league|command|syndicate|society|club|board|tribunal|\
    mission|secretariat|embassy|consulate|hospital|airlines|airways|cartel|\
    militia|navy|cabinet|college|school|church|gendarmerie|trust|campaign|\
    programme|treasury|register|exchange|resistance|partners|energy|petroleum|division|\
    regiment|corps|battery|clan|junta|caucus|chamber|inspectorate|ombudsman|taskforce|\
    caliphate|community|archdiocese|diocese|faction|collective|polytechnic|archive|archives|\
    laboratories|refinery|railway|legislature|judiciary|delegation|gang|media|press|post|\
    times|daily|gazette|broadcasting|motors|steel|mining|minerals|telecom|insurance|\
    crescent|cross|limited|plc|llc|bhd|berhad|lottery|government|power|electric|headquarters|railways|grid|\
    securities|ventures|logistics|shipping|pharmaceuticals|industries|systems|technologies",
);
static TURKISH_HEADS: List = List::new(
    "bassavciligi|ortakligi|mudurlugunce|savciliginca|bakanligi|partisi|orgutu|\
    konseyi|meclisi|kuvvetleri|ordusu|ajansi|universitesi|bankasi|birligi|\
    komutanligi|baskanligi|mudurlugu|mahkemesi|kurumu|dernegi|vakfi|komitesi|\
    komisyonu|ekibi|kaymakamligi|valiligi|belediyesi|yonetimi|hukumeti|sirketi|\
    holding|enerji|grubu|gucleri|teskilati|federasyonu|gazetesi|haber|televizyonu|\
    tv|savciligi|buyukelciligi|konsoloslugu|hareketi|cephesi|tugayi|tugaylari|\
    muhafizlari|koalisyonu|ittifaki|merkezi|enstitusu|odasi|sendikasi|\
    konfederasyonu|ofisi|ajans|holdingi|fonu|hastanesi|kulubu|kurulu|kizilhaci|kizilayi|\
    toplulugu|forumu|senatosu|parlamentosu|temsilciligi|sekreterligi|karteli|cetesi|\
    milisleri|kurultayi|tumeni|alayi|taburu|kolordusu|filosu|polisi|donanmasi|kilisesi|\
    patrikhanesi|gozlemevi|girisimi|platformu|komisyonlugu|komiserligi|divani|danistayi|\
    yargitayi|borsasi|limited|rafinerisi|akademisi|lisesi|okulu|muzesi|istihbarati|\
    servisi|dairesi|baskonsoloslugu|misyonu|kanali|radyosu|meclis|hareket|cephe|parti|ordu|\
    konsey|birlik|ittifak|koalisyon|kongre|komite|komisyon|senato|parlamento|divan|\
    federasyon|sendika|komutanlik|tugay|kabinesi|gucu|yollari|havayollari|demiryollari|elciligi",
);

/// Bodies that every state has: their topic, and the folded words they go by.
const TOPICS: &[(&str, &[&str])] = &[
    (
        "mofa",
        &[
            "foreign ministry",
            "foreign affairs ministry",
            "ministry of foreign affairs",
            "ministry of external affairs",
            "external affairs ministry",
            "ministry of foreign affairs and expatriates",
            "foreign office",
            "disisleri bakanligi",
            "وزاره الخارجيه",
            "وزاره الشوون الخارجيه",
            "وزاره الخارجيه والمغتربين",
        ],
    ),
    (
        "mod",
        &[
            "defense ministry",
            "defence ministry",
            "ministry of defense",
            "ministry of defence",
            "ministry of national defense",
            "ministry of national defence",
            "savunma bakanligi",
            "milli savunma bakanligi",
            "وزاره الدفاع",
        ],
    ),
    (
        "moi",
        &[
            "interior ministry",
            "ministry of interior",
            "ministry of the interior",
            "home ministry",
            "ministry of home affairs",
            "home affairs ministry",
            "internal affairs ministry",
            "ministry of internal affairs",
            "icisleri bakanligi",
            "وزاره الداخليه",
        ],
    ),
    ("moh", &["health ministry", "ministry of health", "saglik bakanligi", "وزاره الصحه"]),
    (
        "mof",
        &[
            "finance ministry",
            "ministry of finance",
            "maliye bakanligi",
            "hazine ve maliye bakanligi",
            "وزاره الماليه",
        ],
    ),
    ("moj", &["justice ministry", "ministry of justice", "adalet bakanligi", "وزاره العدل"]),
    (
        "moe",
        &[
            "energy ministry",
            "ministry of energy",
            "ministry of electricity",
            "electricity ministry",
            "enerji bakanligi",
            "enerji ve tabii kaynaklar bakanligi",
            "وزاره الطاقه",
            "وزاره الكهرباء",
        ],
    ),
    (
        "mooil",
        &[
            "oil ministry",
            "ministry of oil",
            "petroleum ministry",
            "petrol bakanligi",
            "وزاره النفط",
        ],
    ),
    (
        "moedu",
        &[
            "education ministry",
            "ministry of education",
            "milli egitim bakanligi",
            "egitim bakanligi",
            "وزاره التربيه",
            "وزاره التعليم",
        ],
    ),
    (
        "motrade",
        &[
            "trade ministry",
            "commerce ministry",
            "ministry of commerce",
            "ministry of trade",
            "ticaret bakanligi",
            "وزاره التجاره",
            "وزاره الاقتصاد",
            "economy ministry",
            "ministry of economy",
        ],
    ),
    (
        "motransport",
        &[
            "transport ministry",
            "ministry of transport",
            "ulastirma bakanligi",
            "ulastirma ve altyapi bakanligi",
            "وزاره النقل",
        ],
    ),
    ("moinfo", &["information ministry", "ministry of information", "وزاره الاعلام"]),
    (
        "moagri",
        &[
            "agriculture ministry",
            "ministry of agriculture",
            "tarim bakanligi",
            "tarim ve orman bakanligi",
            "وزاره الزراعه",
        ],
    ),
    ("mowater", &["water ministry", "ministry of water", "وزاره المياه", "وزاره الموارد المايه"]),
    ("moaff", &["social affairs ministry", "ministry of social affairs", "وزاره الشوون الاجتماعيه"]),
    (
        "army",
        &[
            "army",
            "armed forces",
            "troops",
            "الجيش",
            "القوات المسلحه",
            "ordusu",
            "silahli kuvvetleri",
        ],
    ),
    ("police", &["police", "الشرطه", "polisi"]),
    ("security", &["security forces", "قوات الامن", "guvenlik gucleri"]),
    ("government", &["government", "الحكومه", "hukumeti"]),
    ("parliament", &["parliament", "مجلس النواب", "البرلمان", "parlamentosu", "meclisi"]),
    (
        "statetv",
        &["state tv", "state television", "state media", "التلفزيون الرسمي", "devlet televizyonu"],
    ),
    (
        "house",
        &[
            "house of representatives",
            "national assembly",
            "chamber of deputies",
            "house of commons",
            "lower house",
        ],
    ),
    ("congress", &["congress"]),
    ("senate", &["senate", "upper house", "house of lords"]),
    (
        "supreme_court",
        &[
            "supreme court",
            "constitutional court",
            "high court",
            "federal court",
            "المحكمه العليا",
            "المحكمه الدستوريه",
        ],
    ),
    ("central_bank", &["central bank", "البنك المركزي", "المصرف المركزي", "merkez bankasi"]),
    ("election", &["electoral commission", "election commission", "national electoral council"]),
    (
        "general_staff",
        &[
            "joint chiefs of staff",
            "general staff",
            "genelkurmay baskanligi",
            "هييه الاركان",
            "رياسه الاركان",
        ],
    ),
    ("navy", &["navy", "البحريه", "deniz kuvvetleri"]),
    ("airforce", &["air force", "سلاح الجو", "hava kuvvetleri"]),
    ("coastguard", &["coast guard", "coastguard", "خفر السواحل", "sahil guvenlik"]),
    ("presidency", &["presidency", "presidential office", "الرياسه", "cumhurbaskanligi"]),
    (
        "intelligence",
        &[
            "intelligence service",
            "general intelligence service",
            "general intelligence directorate",
            "جهاز المخابرات",
            "المخابرات العامه",
            "جهاز الاستخبارات",
            "istihbarat servisi",
        ],
    ),
];

/// The topic of a state's body from its folded words.
pub(super) fn topic(words: &str) -> Option<&'static str> {
    TOPIC_OF.0.get(words).copied()
}

type Topics = (Table<&'static str, &'static str>, Rare<usize>);

/// Topics by their words, and how long those that begin with a word are.
static TOPIC_OF: LazyLock<Topics> = LazyLock::new(|| {
    let mut topics: Table<&str, &str> = Table::default();
    let mut longest: Table<&str, usize> = Table::default();
    for (topic, forms) in TOPICS {
        for form in *forms {
            topics.insert(form, topic);
            let first = form.split(' ').next().unwrap_or_default();
            let longest = longest.entry(first).or_default();
            *longest = form.split(' ').count().max(*longest);
        }
    }
    (topics, longest.into_iter().collect())
});

/// "the Turkish foreign ministry", "Ministry of Defense", "Syrian troops", in any case.
pub(super) fn ministries(spots: &mut Spots<'_>) {
    for at in 0..spots.tokens.len() {
        if !spots.is_free(at) {
            continue;
        }
        let Some(&most) = TOPIC_OF.1.get(spots.fold(at)) else { continue };
        let longest = (1..=most).rev().find_map(|count| {
            let range = at..at + count;
            if range.end > spots.tokens.len() || !spots.are_free(range.clone()) {
                return None;
            }
            let joined = (at + 1..range.end).all(|at| matches!(spots.gap(at), Gap::Space));
            let words: Vec<&str> = range.clone().map(|at| spots.fold(at)).collect();
            joined.then(|| topic(&words.join(" ")).map(|topic| (range, topic))).flatten()
        });
        // "army chief" is an office, "High Court of Justice" and "Labour Congress" another name.
        let other = longest.as_ref().is_some_and(|(range, _)| {
            leads_to_office(spots, range.end) || is_part_of_name(spots, range)
        });
        if let Some((range, topic)) = longest.filter(|_| !other) {
            state_body(spots, range, topic);
        }
    }
}

/// "army chief", "Parliament Speaker"
fn leads_to_office(spots: &Spots<'_>, end: usize) -> bool {
    spots.gap(end) == Gap::Space && super::roles::is_head(spots.fold(end))
}

/// Whether a body that every state has is only a part of another body's own name.
fn is_part_of_name(spots: &Spots<'_>, range: &Range<usize>) -> bool {
    let capital = |at: usize| spots.tokens.get(at).is_some_and(|token| token.is_capital());
    if !capital(range.start) || spots.page.language != Language::English {
        return false;
    }
    let behind = spots.after(range.end) == "of"
        && capital(range.end + 1)
        && !matches!(spots.known(range.end + 1), Some((_, form)) if is_state(form));
    let before = range.len() == 1
        && range.start > 0
        && spots.gap(range.start) == Gap::Space
        && capital(range.start - 1)
        && spots.is_free(range.start - 1)
        && country_at(spots, range.start - 1).is_none()
        && !(spots.gap(range.start - 1) == Gap::Sentence && is_common(spots, range.start - 1));
    behind && is_justice(spots.fold(range.end + 1)) || before
}

fn is_justice(word: &str) -> bool {
    is_one!(word, "justice|appeal|appeals|cassation|auditors|arbitration|human|first")
}

const fn is_state(form: &crate::lexicon::Form) -> bool {
    matches!(form.known, crate::lexicon::Known::Country { .. })
}

const STATE_BODY: &str = "body of a state";

/// Adds a state's body with the demonym before it. Common ones need that demonym.
fn state_body(spots: &mut Spots<'_>, mut range: Range<usize>, topic: &'static str) {
    let nominal = is_one!(
        topic,
        "army|police|security|government|parliament|statetv|navy|airforce|coastguard|\
            presidency",
    );
    let before = range.start.checked_sub(1).filter(|_| spots.gap(range.start) == Gap::Space);
    let country = before.and_then(|before| country_at(spots, before));
    let capital = spots.tokens[range.start].is_capital();
    // "Central Election Commission": the words before belong to the name.
    if capital && country.is_none() && range.len() > 1 && spots.page.language == Language::English {
        range.start = extend_left(spots, range.start);
    }
    // "Supreme Court of Kenya"
    if country.is_none() && capital && spots.after(range.end) == "of" {
        let known = spots.known(range.end + 1).filter(|(_, form)| is_state(form));
        if let Some((count, form)) = known
            && let crate::lexicon::Known::Country { code, demonym: false } = form.known
        {
            range.end += 1 + count;
            let entity = Some(format!("o:{}:{topic}", code.to_lowercase()));
            let spot = Spot { entity, ..Spot::new(range, MentionKind::Organisation, STATE_BODY) };
            spots.add(spot);
            return;
        }
    }
    if let Some((start, code, demonym)) = country {
        // "Kosovo Police", "Nigeria Labour Party": a state's name inside the body's own.
        if demonym || capital && spots.tokens[range.start - 1].shape != Shape::Suffix {
            if nominal {
                let country = Spot {
                    entity: Some(format!("c:{code}")),
                    demonym,
                    ..Spot::new(start..range.start, MentionKind::Country, "state by name")
                };
                spots.add(country);
            }
            range.start = start;
        }
        if capital {
            range = with_short_form(spots, range);
        }
        let entity = Some(format!("o:{}:{topic}", code.to_lowercase()));
        let spot = Spot { entity, ..Spot::new(range, MentionKind::Organisation, STATE_BODY) };
        spots.add(spot);
        return;
    }
    let turkish = spots.page.language == Language::Turkish;
    let followed =
        spots.tokens.get(range.end).is_some_and(|next| next.is_capital() && next.gap == Gap::Space)
            || matches!(spots.after(range.end), "of");
    if !nominal && capital && (turkish || !followed || spots.after(range.end) == "of") {
        let code = nearest_country(spots, range.start);
        let entity = code.map(|code| format!("o:{}:{topic}", code.to_lowercase()));
        let entity = entity.or_else(|| Some(format!("o:{topic}")));
        let spot = Spot { entity, ..Spot::new(range, MentionKind::Organisation, STATE_BODY) };
        spots.add(spot);
    }
}

/// The state named by the word, not yet spoken for: where its words begin, code, demonym.
fn country_at(spots: &Spots<'_>, at: usize) -> Option<(usize, &'static str, bool)> {
    let suffix = spots.tokens[at].shape == Shape::Suffix;
    let end = if suffix { at } else { at + 1 };
    (1..=3).find_map(|count| {
        let start = end.checked_sub(count)?;
        let (length, form) = spots.known(start)?;
        match form.known {
            crate::lexicon::Known::Country { code, demonym } if length == count => {
                Some((start, code, demonym && !suffix))
            }
            _ => None,
        }
    })
}

/// The last state named before a place in the text, else the first one after it.
fn nearest_country(spots: &Spots<'_>, at: usize) -> Option<&'static str> {
    let named = |at: usize| {
        let token = &spots.tokens[at];
        if !token.is_capital() {
            return None;
        }
        match spots.known(at)?.1.known {
            crate::lexicon::Known::Country { code, .. } => Some(code),
            _ => None,
        }
    };
    let sentence = spots.tokens[at].sentence;
    let inside = |found: &usize| spots.tokens[*found].sentence == sentence;
    (0..at)
        .rev()
        .take_while(inside)
        .find_map(named)
        .or_else(|| (0..at).rev().find_map(named))
        .or_else(|| (at..spots.tokens.len()).find_map(named))
}

/// Runs of capitals that end in, or go on from, a word that bodies are named with.
pub(super) fn by_head(spots: &mut Spots<'_>) {
    let turkish = spots.page.language == Language::Turkish;
    let heads = if turkish { &TURKISH_HEADS } else { &HEADS };
    for at in 0..spots.tokens.len() {
        let token = &spots.tokens[at];
        if !token.is_capital() || !spots.is_free(at) || !is_head(heads, &token.fold, turkish) {
            continue;
        }
        // "Trade Union Congress", "Central Bank Board": the last of such words closes the name.
        let goes_on = |at: &usize| {
            let token = spots.tokens.get(*at);
            token.is_some_and(|token| token.gap == Gap::Space && token.is_capital())
                && spots.is_free(*at)
        };
        let closed = !(at + 1..at + 4)
            .take_while(goes_on)
            .any(|next| is_head(heads, spots.fold(next), turkish));
        let start = extend_left(spots, at);
        // "Malaita Provincial Government": others are only called so.
        let governs = token.fold != "government"
            || is_one!(
                spots.before(at),
                "provincial|regional|federal|transitional|interim|national|military|local|county|state|unity"
            );
        // "Mauritanian Red Crescent"
        let cross = is_one!(token.fold.as_str(), "crescent|cross") && spots.before(at) != "red";
        if !closed || !governs || cross || is_of_an_office(spots, start, at) {
            continue;
        }
        let end = if turkish { at + 1 } else { extend_right(spots, at + 1) };
        let lone = start == at && end == at + 1;
        let more = spots.tokens.get(at + 1).is_some_and(|next| {
            next.is_capital()
                && matches!(next.gap, Gap::Space | Gap::Hyphen)
                && spots.is_free(at + 1)
        });
        if lone || (more && start == at && end == at + 1 && !turkish) {
            continue;
        }
        let range = with_short_form(spots, start..end);
        let entity = Some(body_id(spots, &(start..end)));
        let spot =
            Spot { entity, ..Spot::new(range, MentionKind::Organisation, "body by its last word") };
        swallow(spots, &spot.tokens);
        spots.add(spot);
    }
}

/// "Georgian Parliament Speaker", "Kenyan Cabinet Secretary": the body is part of the office.
fn is_of_an_office(spots: &Spots<'_>, start: usize, at: usize) -> bool {
    let bare = start == at || start + 1 == at && country_at(spots, start).is_some();
    let turkish = spots.page.language == Language::Turkish
        && is_one!(spots.fold(at), "parlamento|meclis|senato|kongre|komisyon|konsey|hukumet|parti");
    if turkish && spots.gap(at + 1) == Gap::Space {
        return bare && super::roles::is_turkish_head(spots.fold(at + 1));
    }
    spots.page.language == Language::English
        && bare
        && leads_to_office(spots, at + 1)
        && is_one!(
            spots.fold(at),
            "parliament|cabinet|senate|army|navy|police|house|congress|government|council|assembly",
        )
}

/// Whether bodies are named with this word.
pub(super) fn is_head_word(word: &str) -> bool {
    HEADS.has(word)
}

fn is_head(heads: &List, word: &str, turkish: bool) -> bool {
    let begins = || (7..word.len()).any(|end| word.get(..end).is_some_and(|head| heads.has(head)));
    heads.has(word) || turkish && begins()
}

/// A demonym inside a body's own name is part of the name.
fn swallow(spots: &mut Spots<'_>, range: &Range<usize>) {
    spots.all.retain_mut(|spot| {
        let inside = range.start <= spot.tokens.start && spot.tokens.end <= range.end;
        if inside
            && matches!(
                spot.kind,
                MentionKind::Country | MentionKind::Place | MentionKind::Organisation
            )
            && !spot.tokens.is_empty()
        {
            // Keeps its place, so that indices stay; it speaks for nothing and is dropped later.
            spot.tokens = spot.tokens.start..spot.tokens.start;
            spot.rule = "";
        }
        true
    });
}

fn body_id(spots: &Spots<'_>, range: &Range<usize>) -> String {
    let words: Vec<&str> = range.clone().map(|at| spots.fold(at)).collect();
    match country_at(spots, range.start) {
        Some((_, code, _)) => match topic(&words[1..].join(" ")) {
            Some(topic) => format!("o:{}:{topic}", code.to_lowercase()),
            None => spots.own_id('o', range),
        },
        None => spots.own_id('o', range),
    }
}

fn extend_left(spots: &Spots<'_>, head: usize) -> usize {
    let mut start = head;
    while start > 0 {
        let gap = spots.gap(start);
        let before = &spots.tokens[start - 1];
        // "14th Infantry Division", "33rd Front"
        let ordinal = before.shape == Shape::Number
            && before.fold.ends_with(char::is_alphabetic)
            && spots.is_free(start - 1);
        if ordinal && gap == Gap::Space {
            start -= 1;
            break;
        }
        if !matches!(gap, Gap::Space | Gap::Hyphen | Gap::Apostrophe)
            || before.shape == Shape::Number
        {
            break;
        }
        // "Ombudsman's Office", "People's Defence Forces"
        let owner = before.shape == Shape::Suffix && before.fold == "s" && start > 1;
        if owner
            && spots.tokens[start - 2].is_capital()
            && spots.is_free(start - 2)
            && (is_common(spots, start - 2) || is_one!(spots.fold(start - 2), "ombudsman|people"))
            && country_at(spots, start - 2).is_none()
        {
            start -= 2;
            continue;
        }
        let country = spots.at(start - 1).is_some_and(|spot| {
            spot.kind == MentionKind::Country
                || spot.kind == MentionKind::Place
                || spot.kind == MentionKind::Organisation && spot.tokens.len() <= 2
        });
        let free = spots.is_free(start - 1) || country;
        if before.is_capital() && free {
            let opens = before.gap == Gap::Sentence
                && is_common(spots, start - 1)
                && match spots.page.language {
                    Language::Turkish => opens_turkish(spots, start - 1),
                    _ => is_starter(&before.fold),
                };
            if opens || before.fold == "the" {
                break;
            }
            start = spots.at(start - 1).map_or(start - 1, |spot| spot.tokens.start.min(start - 1));
            continue;
        }
        let links = is_one!(before.fold.as_str(), "and|of|for|ve|on|al|the")
            && before.shape == Shape::Lower;
        let beyond = start.checked_sub(2).map(|at| &spots.tokens[at]);
        let capital_beyond = beyond.is_some_and(|beyond| beyond.is_capital())
            && spots.gap(start - 1) == Gap::Space
            && spots.is_free(start - 2);
        // "Ministry of Justice and Human Rights Council" reads as two; only "and" inside one name.
        if links
            && capital_beyond
            && matches!(before.fold.as_str(), "and" | "ve" | "al")
            && spots.is_free(start - 1)
        {
            start -= 2;
            continue;
        }
        break;
    }
    start
}

/// Whether an everyday Turkish word only opens the sentence: "Grevi Maden İşçileri Sendikası", "Gemi
/// Hudeyde Limanı", but not "Maden İşçileri Sendikası".
pub(super) fn opens_turkish(spots: &Spots<'_>, at: usize) -> bool {
    let word = spots.fold(at);
    let institution = is_one!(
        word,
        "ulusal|milli|merkez|yuksek|genel|sivil|uluslararasi|devlet|ust|anayasa|kamu|halk|yerel|\
        bagimsiz|ozel|dunya|birlesik|demokratik|islam|insan|kis|saglik|guvenlik|ekonomik|disisleri",
    );
    !institution && (super::latin::is_inflected(word) || !is_common(spots, at + 1))
}

/// Words that open sentences and never a name.
fn is_starter(word: &str) -> bool {
    !is_one!(
        word,
        "national|central|supreme|general|human|international|public|federal|royal|\
            free|united|state|special|world|civil|local|joint|high|medical|food|security|\
            border|community|democratic|republican|popular|political|military|police|\
            development|research|energy|islamic|global|regional|first|new|green|red|black|\
            justice",
    )
}

fn extend_right(spots: &Spots<'_>, end: usize) -> usize {
    let mut stop = end;
    let mut at = end;
    let mut linked = false;
    while let Some(token) = spots.tokens.get(at) {
        if !matches!(token.gap, Gap::Space | Gap::Hyphen) {
            break;
        }
        let word = token.fold.as_str();
        // "the National Guard of Kazakhstan in Astana": where it met is no part of its name, the
        // state it works in is.
        let state = spots.at(at + 1).is_some_and(|spot| spot.kind == MentionKind::Country)
            || matches!(spots.fold(at + 1), "europe" | "africa" | "asia");
        if word == "in" && !state || word == "against" && state {
            break;
        }
        // "EU Monitoring Mission in Armenia", "Assistance Mission to Solomon Islands"
        let sent = matches!(word, "in" | "to")
            && state
            && is_one!(spots.fold(end - 1), "mission|force|observatory");
        let lower_link = token.shape == Shape::Lower
            && (matches!(word, "of" | "for" | "on")
                || sent
                || linked && is_one!(word, "and|the|on|in|against"));
        // "Directorate General of Civil Aviation"
        if at == end && token.fold == "general" && token.is_capital() && spots.is_free(at) {
            at += 1;
            stop = at;
            continue;
        }
        if lower_link && spots.is_free(at) {
            linked = true;
            at += 1;
            continue;
        }
        let country = spots
            .at(at)
            .is_some_and(|spot| matches!(spot.kind, MentionKind::Country | MentionKind::Place));
        if linked && token.is_capital() && (spots.is_free(at) || country) {
            at += 1;
            stop = at;
            continue;
        }
        break;
    }
    stop
}

/// Takes in a short form in brackets: "Syrian Democratic Forces (SDF)".
pub(super) fn with_short_form(spots: &Spots<'_>, range: Range<usize>) -> Range<usize> {
    let Some(token) = spots.tokens.get(range.end) else { return range };
    let closed = spots.page.text.get(token.span.end..).is_some_and(|rest| rest.starts_with(')'));
    let fits = token.gap == Gap::Open
        && closed
        && range.len() > 1
        && (token.shape == Shape::Capitals
            || token.span.end - token.span.start < 12 && token.is_capital());
    if fits && spots.is_free(range.end) { range.start..range.end + 1 } else { range }
}

/// Unknown short forms in capitals: "the NCRO said".
pub(super) fn capitals(spots: &mut Spots<'_>) {
    for at in 0..spots.tokens.len() {
        let token = &spots.tokens[at];
        let letters = token.fold.chars().count();
        if token.shape != Shape::Capitals || !spots.is_free(at) || !(2..=7).contains(&letters) {
            continue;
        }
        let beside = |at: usize| {
            spots
                .tokens
                .get(at)
                .is_some_and(|token| token.shape == Shape::Capitals && spots.is_free(at))
        };
        // "PORT-AU-PRINCE" is one word.
        let hyphened = token.gap == Gap::Hyphen
            || spots.tokens.get(at + 1).is_some_and(|next| next.gap == Gap::Hyphen);
        let shouted = hyphened || at > 0 && beside(at - 1) || beside(at + 1);
        let no_body = is_one!(
            token.fold.as_str(),
            "ok|he|hh|hrh|am|pm|gmt|utc|ceo|cfo|mp|mps|gdp|ngo|ngos|hiv|aids|covid|tv|id|\
            phd|dna|suv|ied|lgbt|lgbtq|ai|it|ii|iii|iv|vi|vii|xi|tir|bst|est|edt|ist|wat|\
            eat|cet|uav|sms|usd|eur|faq|end|flash|flas|son|dakika|iha|siha|mou|fm|vip|wmd|\
            oda|gps|url|pdf|rpg|ak|mw|km|kg|new|the|and",
        );
        if shouted
            || no_body
            || token.fold.chars().any(|letter| letter.is_ascii_digit()) && letters > 4
        {
            continue;
        }
        let entity = Some(spots.own_id('o', &(at..at + 1)));
        spots.add(Spot {
            entity,
            ..Spot::new(at..at + 1, MentionKind::Organisation, "short form in capitals")
        });
    }
}
