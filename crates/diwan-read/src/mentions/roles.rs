//! Offices and titles, as words; who holds them is settled once the persons are known.

use std::ops::Range;

use crate::tokens::{Gap, Shape};
use crate::words::{List, is_one};
use crate::{Language, MentionKind};

use super::spots::{Spot, Spots};

/// Words that end an office, folded.
static HEADS: List = List::new(
    "minister|president|chief|head|director|commander|spokesman|spokesperson|\
    spokeswoman|envoy|ambassador|secretary|adviser|advisor|governor|mayor|king|\
    queen|emir|sultan|general|gen|lieutenant|lt|colonel|col|major|maj|captain|\
    capt|brigadier|brig|admiral|leader|chairman|chairwoman|chairperson|chair|\
    speaker|lawmaker|senator|sen|rep|congressman|congresswoman|researcher|analyst|\
    judge|prosecutor|coordinator|representative|chancellor|premier|commissioner|\
    deputy|aide|counterpart|negotiator|founder|ceo|manager|justice|marshal|\
    sergeant|inspector|superintendent|expert|professor|vice|undersecretary|prince|\
    principal|rector|dean|magistrate|consul|commodore|archbishop|cardinal|patriarch|sheriff|\
    constable|registrar|ombudsman|rapporteur|treasurer|pm|gov|lawyer|economist|activist|executive",
);
/// Written with a full stop.
const SHORT_RANKS: &[&str] =
    &["gen", "lt", "col", "maj", "capt", "brig", "sen", "rep", "gov", "sgt", "adm", "cmdr"];

/// Words before the last that belong to the office.
static MODIFIERS: List = List::new(
    "aid|rights|spy|nuclear|refugee|climate|law|irrigation|human|deputy|vice|prime|\
    foreign|defense|defence|interior|finance|health|energy|justice|security|\
    national|intelligence|army|police|acting|interim|special|permanent|high|\
    military|transitional|state|economy|trade|transport|education|information|\
    agriculture|oil|water|culture|environment|labour|labor|tourism|home|external|\
    internal|affairs|chief|executive|managing|general|assistant|senior|first|\
    second|secretary|crown|supreme|air|navy|naval|force|staff|opposition|party|\
    rebel|regional|provincial|presidential|parliament|parliamentary|government|\
    humanitarian|political|press|major|lieutenant|lt|brigadier|brig|rear|field|\
    attorney|solicitor|commerce|industry|planning|development|peace|un|country|\
    mission|operations|editor|co|district|city|federal|chargé|technical|\
    investment|electricity|communications|sports|cabinet|treasury|senate|house|\
    works|housing|petroleum|mines|power|science|women|youth|religious|social|\
    public|infrastructure|digital|fisheries|immigration|budget|principal|sub|wing|\
    squadron|corps|brigade|division|campaign|policy|company|bank",
);
/// What may follow with "of" and still be the office.
static PORTFOLIOS: List = List::new(
    "state|staff|foreign|defense|defence|interior|finance|health|energy|justice|\
    intelligence|mission|government|education|transport|information|agriculture|\
    oil|water|culture|trade|industry|economy|electricity|security|police|\
    parliament|communications|internal|external|home|social|planning|petroleum|\
    media|operations|military|delegation|national|peace|political|human|humanitarian|labour|\
    labor|public|rural|climate|women|youth|higher|land|works",
);
const PORTFOLIO_MORE: &[&str] = &[
    "affairs",
    "and",
    "the",
    "expatriates",
    "security",
    "defence",
    "defense",
    "intelligence",
    "operations",
    "planning",
    "cooperation",
    "trade",
    "relations",
    "resources",
    "staff",
    "rights",
    "justice",
    "works",
    "development",
];
const PLURALS: &[&str] = &[
    "ministers",
    "presidents",
    "chiefs",
    "heads",
    "leaders",
    "commanders",
    "envoys",
    "ambassadors",
    "counterparts",
    "spokesmen",
    "generals",
    "secretaries",
    "directors",
    "governors",
];

static TURKISH_HEADS: List = List::new(
    "direktoru|musaviri|tugamiral|sekreter|gubernatoru|bakani|baskani|\
    cumhurbaskani|basbakani|basbakan|sozcusu|sekreteri|komutani|muduru|valisi|\
    kaymakami|elcisi|buyukelcisi|temsilcisi|danismani|lideri|yardimcisi|general|\
    orgeneral|korgeneral|tumgeneral|tuggeneral|albay|yarbay|binbasi|amiral|\
    oramiral|koramiral|krali|emiri|sultani|kral|milletvekili|savcisi|bassavcisi|\
    muhatabi|komiseri|genelkurmay|maresal|sansolyesi|vali|kaymakam|buyukelci|komutan|\
    bakan|mudur|direktor|savci|bassavci|temsilci|danisman|sozcu|prensi|yuzbasi|ustegmen|tegmen|cavus|\
    mufettis|raportoru|koordinatoru|yargici|muftusu|patrigi|sefi|genelkurmay|prens|\
    bassavcisi|denetcisi|sekreteri|arabulucusu|muzakerecisi|gorevlisi",
);
static TURKISH_MODIFIERS: List = List::new(
    "disisleri|icisleri|savunma|milli|adalet|maliye|hazine|ve|saglik|enerji|\
    istihbarat|genel|genelkurmay|ozel|temsilci|belediye|parti|buyuksehir|\
    devlet|ticaret|ulastirma|altyapi|egitim|tarim|orman|kultur|turizm|cevre|\
    calisma|aile|sanayi|teknoloji|tabii|kaynaklar|genclik|spor|meclis|meclisi|\
    yardimcisi|baskan|basbakan|cumhurbaskani|bakan|mit|kuvvetleri|kara|deniz|hava|\
    emniyet|il|daimi|ulusal|guvenlik|komisyonu|grup|yuksek|gecici|parlamento|senato|\
    kongre|veliaht|polis|jandarma|donanma|ordu|merkez|hukumet|muhalefet|dis|ic|sosyal|insan|haklari|goc|su|petrol|madencilik|iletisim|savunma|kamu|\
    planlama|kalkinma|yerel|bolge|eyalet|federal|bas|bakan|vekili",
);

pub(super) fn latin(spots: &mut Spots<'_>) {
    let turkish = spots.page.language == Language::Turkish;
    let mut at = 0;
    while at < spots.tokens.len() {
        let found = if turkish { turkish_at(spots, at) } else { english_at(spots, at) };
        match found {
            Some(range) => {
                at = range.end;
                // A body named inside an office is part of it: "MİT Başkanı".
                for spot in spots.all.iter_mut().filter(|spot| !spot.tokens.is_empty()) {
                    if range.start <= spot.tokens.start && spot.tokens.end <= range.end {
                        spot.rule = "";
                    }
                }
                let mut span = spots.span_of(&range);
                let short = SHORT_RANKS.contains(&spots.fold(range.end - 1));
                let dotted =
                    spots.page.text.get(span.end..).is_some_and(|rest| rest.starts_with('.'));
                span.end += usize::from(short && dotted);
                spots.add(Spot { span, ..Spot::new(range, MentionKind::Role, "office") });
            }
            None => at += 1,
        }
    }
}

fn joined(spots: &Spots<'_>, at: usize) -> bool {
    matches!(spots.gap(at), Gap::Space | Gap::Hyphen) && spots.is_free(at)
}

/// "Deputy Prime Minister and Foreign Minister", "Minister of Foreign Affairs", "Gen."
fn english_at(spots: &Spots<'_>, at: usize) -> Option<Range<usize>> {
    let mut end = english_one(spots, at)?;
    while spots.fold(end) == "and"
        && spots.gap(end) == Gap::Space
        && spots.is_free(end)
        && joined(spots, end + 1)
    {
        let Some(next) = english_one(spots, end + 1) else { break };
        if !spots.tokens[end + 1].is_capital() || !spots.tokens[at].is_capital() {
            break;
        }
        end = next;
    }
    Some(at..end)
}

fn english_one(spots: &Spots<'_>, at: usize) -> Option<usize> {
    if !spots.is_free(at) || spots.tokens[at].shape == Shape::Suffix {
        return None;
    }
    let (first, portfolio) = (spots.fold(at), is_portfolio(spots, at));
    if !(portfolio || MODIFIERS.has(first) || HEADS.has(first)) {
        return None;
    }
    let head = head_of(spots, at + usize::from(portfolio));
    if !HEADS.has(spots.fold(head)) || !spots.is_free(head) {
        return None;
    }
    let word = spots.fold(head);
    let rank_like = is_one!(word, "general|major|justice|vice|prince|pm|chair|head|chief|deputy");
    let capital = spots.tokens[head].is_capital();
    let followed = spots.tokens.get(head + 1).is_some_and(|next| {
        next.is_capital() && matches!(next.gap, Gap::Space | Gap::Dot | Gap::None)
    });
    let next = spots.after(head + 1);
    let of = next == "of" || next == "for" && takes_any(word);
    match word {
        "vice" => return None,
        "executive" if head == at || spots.fold(head - 1) != "chief" => return None,
        "prince" if head == at || spots.fold(head - 1) != "crown" => return None,
        "chair" | "head" | "chief" if head == at && !of && !followed => return None,
        "general" | "major" | "justice" | "deputy" | "pm" if !followed && head == at => {
            return None;
        }
        _ => {}
    }
    if rank_like && capital && followed && super::bodies::topic(spots.fold(head + 1)).is_some() {
        return None;
    }
    // "General Assembly", "Chief Justice" and the like are read elsewhere.
    if word == "general"
        && is_one!(
            spots.fold(head + 1),
            "assembly|election|elections|intelligence|staff|secretariat|authority|\
            directorate|public|command|manager|council|union|strike|hospital",
        )
    {
        return None;
    }
    Some(office_end(spots, head, of))
}

/// "Irrigation Minister": any everyday word with a capital is a portfolio.
fn is_portfolio(spots: &Spots<'_>, at: usize) -> bool {
    spots.tokens[at].is_capital()
        && spots.tokens[at].gap != Gap::Sentence
        && joined(spots, at + 1)
        && spots.tokens.get(at + 1).is_some_and(|next| {
            next.is_capital()
                && matches!(next.fold.as_str(), "minister" | "secretary" | "commissioner" | "chief")
        })
        && super::latin::is_common(spots, at)
}

/// The last of the words that name an office and begin here.
fn head_of(spots: &Spots<'_>, at: usize) -> usize {
    let mut head = at;
    // The first word must be an office or qualify one that follows at once.
    while MODIFIERS.has(spots.fold(head))
        && joined(spots, head + 1)
        && (MODIFIERS.has(spots.fold(head + 1)) || HEADS.has(spots.fold(head + 1)))
        && !another_begins(spots, head)
    {
        head += 1;
    }
    while HEADS.has(spots.fold(head))
        && joined(spots, head + 1)
        && HEADS.has(spots.fold(head + 1))
        && !another_begins(spots, head)
    {
        head += 1;
    }
    head
}

/// "army chief General", "army chief Field Marshal": a rank behind an office is one of its own.
fn another_begins(spots: &Spots<'_>, head: usize) -> bool {
    let (word, next) = (spots.fold(head), spots.fold(head + 1));
    let field = is_one!(next, "field|air|rear|vice|brigadier|lieutenant|major")
        && is_rank(spots.fold(head + 2));
    let takes_rank = is_rank(word)
        || is_one!(
            word,
            "secretary|director|attorney|inspector|solicitor|field|air|rear|vice|adjutant|consul|\
            governor|auditor|comptroller|army|navy|surgeon|deputy|assistant|acting|retired",
        );
    HEADS.has(word) && !takes_rank && (is_rank(next) || field)
}

/// Takes in "-general" and the portfolio behind "of".
fn office_end(spots: &Spots<'_>, head: usize, of: bool) -> usize {
    let word = spots.fold(head);
    let mut end = head + 1;
    if spots.fold(end) == "general"
        && matches!(spots.gap(end), Gap::Hyphen | Gap::Space)
        && is_one!(word, "secretary|director|attorney|inspector|consul|lieutenant|major|brigadier")
    {
        end += 1;
    }
    if of && spots.is_free(end) && is_matter(spots, end + 1, word) {
        end += 2;
        while is_matter_more(spots, end, word) {
            end += 1;
        }
        while is_one!(spots.fold(end - 1), "and|the|for|of") {
            end -= 1;
        }
    }
    end
}

/// Offices whose portfolio may be any everyday word with a capital: "Minister of Labour".
fn takes_any(head: &str) -> bool {
    is_one!(head, "minister|secretary|commissioner|undersecretary|ministers")
}

fn is_matter(spots: &Spots<'_>, at: usize, head: &str) -> bool {
    let any = takes_any(head)
        && spots.tokens.get(at).is_some_and(|token| token.is_capital())
        && super::latin::is_common(spots, at);
    spots.is_free(at) && (PORTFOLIOS.has(spots.fold(at)) || any)
}

fn is_matter_more(spots: &Spots<'_>, at: usize, head: &str) -> bool {
    let word = spots.fold(at);
    // "Political Affairs", "Labour, Jobs and Social Protection", "State for Trade"
    let linked = is_one!(word, "and|for|of|the") && is_matter(spots, at + 1, head);
    spots.is_free(at)
        && joined(spots, at)
        && (PORTFOLIO_MORE.contains(&word)
            || takes_any(head) && (linked || is_matter(spots, at, head) && !HEADS.has(word)))
}

/// A rank is an office of its own beside another: "military leader General Goita".
fn is_rank(word: &str) -> bool {
    is_one!(
        word,
        "general|gen|colonel|col|major|maj|lieutenant|lt|captain|capt|brigadier|brig|\
            admiral|marshal|sergeant|orgeneral|korgeneral|tumgeneral|tuggeneral|albay|\
            amiral|oramiral|koramiral|tugamiral|maresal",
    )
}

pub(super) fn is_head(word: &str) -> bool {
    HEADS.has(word)
}

/// Offices of several: they have no one holder.
pub(super) fn is_plural(word: &str) -> bool {
    PLURALS.contains(&word)
}

/// "Göç ve İltica Bakanı": every word with a capital before it is a portfolio.
fn turkish_ministry(spots: &Spots<'_>, at: usize) -> Option<usize> {
    let head = (at + 1..at + 5).find(|head| spots.fold(*head) == "bakani")?;
    let portfolio = |at: usize| {
        let capital = spots.tokens[at].is_capital() && !crate::lexicon::GIVEN.has(spots.fold(at));
        joined(spots, at) && (capital || spots.fold(at) == "ve")
    };
    let first = spots.is_free(at)
        && !crate::lexicon::GIVEN.has(spots.fold(at))
        && !is_one!(spots.fold(at), "eski|yeni|sabik|ve");
    let whole = (at + 1..head).all(portfolio) && joined(spots, head);
    let mut end = head + 1;
    while joined(spots, end) && TURKISH_HEADS.has(spots.fold(end)) && !is_rank(spots.fold(end)) {
        end += 1;
    }
    (first && whole && spots.tokens[head].is_capital()).then_some(end)
}

pub(super) fn is_turkish_head(word: &str) -> bool {
    TURKISH_HEADS.has(word)
}

/// "Dışişleri Bakanı", "MİT Başkanı", "Cumhurbaşkanı Yardımcısı"
fn turkish_at(spots: &Spots<'_>, at: usize) -> Option<Range<usize>> {
    let capital = |at: usize| spots.tokens.get(at).is_some_and(|token| token.is_capital());
    let body = |at: usize| {
        spots
            .at(at)
            .is_some_and(|spot| spot.entity.as_deref() == Some("o:mit") && spot.tokens.len() == 1)
    };
    let small = is_one!(
        spots.fold(at),
        "kurucusu|lideri|sozcusu|baskani|komutani|temsilcisi|elcisi|yardimcisi|raportoru|\
        milletvekili|muduru|valisi|danismani|direktoru|koordinatoru|savcisi|sekreteri|\
        buyukelcisi|bakani|basbakani|muzakerecisi|arabulucusu|esbaskani|sefi|senatoru",
    );
    if spots.is_free(at)
        && !capital(at)
        && small
        && capital(at + 1)
        && spots.gap(at + 1) == Gap::Space
    {
        // "özel temsilcisi", "devlet başkanı"
        let wide = is_one!(
            spots.before(at),
            "ozel|genel|devlet|disisleri|icisleri|savunma|maliye|adalet|belediye|hukumet|meclis|senato"
        );
        let start = at - usize::from(wide && spots.is_free(at - 1) && !capital(at - 1));
        return Some(start..at + 1);
    }
    if !(spots.is_free(at) || body(at)) || !capital(at) {
        return None;
    }
    if let Some(end) = turkish_ministry(spots, at) {
        return Some(at..end);
    }
    let is_head = |at: usize| TURKISH_HEADS.has(spots.fold(at));
    let mut head = at;
    while !is_head(head)
        || (joined(spots, head + 1) && is_head(head + 1) && !is_rank(spots.fold(head + 1)))
    {
        let step = (TURKISH_MODIFIERS.has(spots.fold(head)) || is_head(head))
            && joined(spots, head + 1)
            && (capital(head + 1) || spots.fold(head + 1) == "ve");
        if !step {
            return None;
        }
        head += 1;
    }
    (capital(head)).then_some(at..head + 1)
}
