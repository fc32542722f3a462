//! One name for one office, however it is written.

/// Each office with the folded titles that mean it; a title is matched whole.
const OFFICES: [(&str, &[&str]); 16] = [
    (
        "foreign minister",
        &[
            "foreign minister",
            "minister of foreign affairs",
            "foreign secretary",
            "minister for foreign affairs",
            "secretary of state",
            "وزير الخارجيه",
            "وزيره الخارجيه",
            "dışişleri bakanı",
        ],
    ),
    (
        "defence minister",
        &[
            "defence minister",
            "defense minister",
            "minister of defence",
            "minister of defense",
            "defense secretary",
            "secretary of defense",
            "defence secretary",
            "وزير الدفاع",
            "savunma bakanı",
            "milli savunma bakanı",
        ],
    ),
    (
        "interior minister",
        &[
            "interior minister",
            "minister of interior",
            "minister of the interior",
            "وزير الداخليه",
            "içişleri bakanı",
        ],
    ),
    (
        "president",
        &[
            "president",
            "interim president",
            "transitional president",
            "الرئيس",
            "رئيس الجمهوريه",
            "رئيس",
            "cumhurbaşkanı",
            "devlet başkanı",
        ],
    ),
    (
        "prime minister",
        &[
            "prime minister",
            "premier",
            "interim prime minister",
            "رئيس الوزراء",
            "رئيس الحكومه",
            "başbakan",
            "başbakanı",
        ],
    ),
    (
        "intelligence chief",
        &[
            "intelligence chief",
            "head of intelligence",
            "spy chief",
            "intelligence director",
            "رئيس الاستخبارات",
            "رئيس المخابرات",
            "رئيس جهاز المخابرات",
            "istihbarat başkanı",
            "mit başkanı",
        ],
    ),
    (
        "army chief",
        &[
            "army chief",
            "army commander",
            "chief of staff",
            "chief of general staff",
            "chief of the general staff",
            "رئيس الاركان",
            "رئيس هيئه الاركان",
            "قائد الجيش",
            "genelkurmay başkanı",
        ],
    ),
    (
        "national security adviser",
        &["national security adviser", "national security advisor", "مستشار الامن القومي"],
    ),
    ("king", &["king", "الملك", "ملك", "kral"]),
    ("crown prince", &["crown prince", "ولي العهد", "veliaht prens"]),
    (
        "speaker",
        &["speaker", "parliament speaker", "رئيس مجلس النواب", "رئيس البرلمان", "meclis başkanı"],
    ),
    (
        "finance minister",
        &["finance minister", "minister of finance", "وزير الماليه", "maliye bakanı"],
    ),
    (
        "justice minister",
        &["justice minister", "minister of justice", "وزير العدل", "adalet bakanı"],
    ),
    (
        "central bank governor",
        &["central bank governor", "حاكم المصرف المركزي", "merkez bankası başkanı"],
    ),
    (
        "secretary general",
        &[
            "secretary general",
            "secretary-general",
            "الامين العام",
            "genel sekreter",
            "genel sekreteri",
        ],
    ),
    ("ambassador", &["ambassador", "السفير", "سفير", "büyükelçi", "büyükelçisi"]),
];

/// Titles that are a rank, a form of address or no office.
const RANKS: [&str; 22] = [
    "gen.",
    "general",
    "maj. gen.",
    "major general",
    "brig. gen.",
    "colonel",
    "col.",
    "lt. gen.",
    "sheikh",
    "mr",
    "mr.",
    "dr.",
    "dr",
    "counterpart",
    "leader",
    "representative",
    "spokesman",
    "spokesperson",
    "نظيره",
    "mevkidaşı",
    "اللواء",
    "العميد",
];

/// The office a folded title stands for; none for a rank.
pub(super) fn office(title: &str) -> Option<String> {
    if RANKS.contains(&title) {
        return None;
    }
    let known = OFFICES.iter().find(|(_, titles)| titles.contains(&title));
    Some(known.map_or_else(|| title.to_owned(), |(name, _)| (*name).to_owned()))
}
