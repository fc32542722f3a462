//! Invented reports: places, words in three languages, labels. The same numbers give the same
//! texts in every run.

use std::collections::BTreeSet;

use diwan_record::{Date, Handling, Label, LegalBasis, Moment, Purpose, State, Tlp};
use serde_json::json;

/// 9 March 2025, so that texts do not depend on the day they are made.
pub(crate) const DAY_US: i64 = 86_400_000_000;
pub(crate) const MARCH_2025_US: i64 = 1_741_478_400_000_000;

/// A sequence of numbers that looks like chance and is not (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Not a multiple of the step between rolls, or sequences of neighbouring seeds would be one.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xd134_2543_de82_ef95))
    }

    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.roll() % end).unwrap_or_default()
    }

    /// A fraction from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub(crate) fn share(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let at = self.below(list.len());
        #[expect(clippy::indexing_slicing, reason = "lists here are written below and not empty")]
        &list[at]
    }

    pub(crate) fn bytes(&mut self) -> [u8; 16] {
        let (one, other) = (self.roll().to_be_bytes(), self.roll().to_be_bytes());
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(one.into_iter().chain(other)).for_each(|(to, from)| *to = from);
        bytes
    }
}

/// Cities of the region: Arabic, Turkish, English name, longitude, latitude.
const CITIES: [([&str; 3], f64, f64); 24] = [
    (["بغداد", "Bağdat", "Baghdad"], 44.37, 33.31),
    (["دمشق", "Şam", "Damascus"], 36.29, 33.51),
    (["عمّان", "Amman", "Amman"], 35.93, 31.95),
    (["بيروت", "Beyrut", "Beirut"], 35.50, 33.89),
    (["أنقرة", "Ankara", "Ankara"], 32.85, 39.92),
    (["غازي عنتاب", "Gaziantep", "Gaziantep"], 37.38, 37.07),
    (["حلب", "Halep", "Aleppo"], 37.16, 36.20),
    (["الموصل", "Musul", "Mosul"], 43.13, 36.34),
    (["البصرة", "Basra", "Basra"], 47.78, 30.51),
    (["أربيل", "Erbil", "Erbil"], 44.01, 36.19),
    (["دير الزور", "Deyrizor", "Deir ez-Zor"], 40.14, 35.34),
    (["الرقة", "Rakka", "Raqqa"], 39.01, 35.95),
    (["حمص", "Humus", "Homs"], 36.72, 34.73),
    (["درعا", "Dera", "Daraa"], 36.10, 32.62),
    (["القائم", "Kaim", "Al-Qaim"], 41.09, 34.37),
    (["طرابلس", "Trablus", "Tripoli"], 35.85, 34.44),
    (["مرسين", "Mersin", "Mersin"], 34.64, 36.81),
    (["شانلي أورفا", "Şanlıurfa", "Şanlıurfa"], 38.79, 37.16),
    (["المفرق", "Mafrak", "Mafraq"], 36.21, 32.34),
    (["الرطبة", "Rutba", "Ar-Rutbah"], 40.28, 33.04),
    (["كركوك", "Kerkük", "Kirkuk"], 44.39, 35.47),
    (["إدلب", "İdlib", "Idlib"], 36.63, 35.93),
    (["زاخو", "Zaho", "Zakho"], 42.69, 37.14),
    (["العقبة", "Akabe", "Aqaba"], 35.01, 29.53),
];

/// The same words in Arabic, Turkish and English; earlier ones are used more often.
pub(crate) const WORDS: [[&str; 3]; 40] = [
    ["الحدود", "sınır", "border"],
    ["سيارة", "araç", "vehicle"],
    ["تهريب", "kaçakçılık", "smuggling"],
    ["مجموعة", "grup", "group"],
    ["المدينة", "şehir", "city"],
    ["الطريق", "yol", "road"],
    ["شاحنة", "kamyon", "lorry"],
    ["أسلحة", "silah", "weapons"],
    ["الشرطة", "polis", "police"],
    ["ليلاً", "gece", "night"],
    ["معبر", "geçit", "crossing"],
    ["قرية", "köy", "village"],
    ["مخيم", "kamp", "camp"],
    ["اعتقال", "tutuklama", "arrest"],
    ["انفجار", "patlama", "explosion"],
    ["تحذير", "uyarı", "warning"],
    ["وثائق", "belge", "documents"],
    ["الكهرباء", "elektrik", "power"],
    ["النفط", "petrol", "oil"],
    ["الغاز", "gaz", "gas"],
    ["جسر", "köprü", "bridge"],
    ["النهر", "nehir", "river"],
    ["مستودع", "depo", "warehouse"],
    ["هاتف", "telefon", "phone"],
    ["طائرة مسيّرة", "insansız hava aracı", "drone"],
    ["لاجئين", "mülteci", "refugees"],
    ["عائلات", "aile", "families"],
    ["عودة", "dönüş", "return"],
    ["سجن", "hapishane", "prison"],
    ["نقطة تفتيش", "kontrol noktası", "checkpoint"],
    ["مدرسة", "okul", "school"],
    ["مستشفى", "hastane", "hospital"],
    ["السوق", "pazar", "market"],
    ["اجتماع", "toplantı", "meeting"],
    ["اتفاق", "anlaşma", "agreement"],
    ["تمويل", "finansman", "funding"],
    ["ذهب", "altın", "gold"],
    ["مخدرات", "uyuşturucu", "drugs"],
    ["صهريج", "tanker", "tanker"],
    ["نفق", "tünel", "tunnel"],
];

const CATEGORIES: [&str; 6] =
    ["attack", "arrest", "smuggling-attempt", "movement", "border-incident", "threat-warning"];

/// Syllables of names that occur rarely, in Arabic and Latin letters.
const SYLLABLES: [[&str; 2]; 20] = [
    ["با", "ba"],
    ["دي", "di"],
    ["رم", "rem"],
    ["سو", "su"],
    ["كا", "ka"],
    ["لو", "lu"],
    ["مي", "mi"],
    ["نا", "na"],
    ["هر", "her"],
    ["وي", "vi"],
    ["زا", "za"],
    ["تل", "tel"],
    ["شم", "şem"],
    ["جو", "co"],
    ["فر", "fer"],
    ["غا", "ga"],
    ["قص", "kas"],
    ["خل", "hal"],
    ["عم", "am"],
    ["يس", "yes"],
];

/// A name of three syllables: one of eight thousand.
pub(crate) fn rare_name(dice: &mut Dice, arabic: bool) -> String {
    let script = usize::from(!arabic);
    (0..3).map(|_| dice.one_of(&SYLLABLES).get(script).copied().unwrap_or_default()).collect()
}

/// Earlier words are used far more often than later ones, as in any language.
pub(crate) fn word(dice: &mut Dice, language: usize) -> &'static str {
    let (one, other) = (dice.below(WORDS.len()), dice.below(WORDS.len()));
    WORDS.get(one.min(other)).and_then(|word| word.get(language)).copied().unwrap_or_default()
}

/// A position: mostly in and around a city, sometimes anywhere in the region.
pub(crate) fn position(dice: &mut Dice) -> ([&'static str; 3], f64, f64) {
    let (name, lon, lat) = *dice.one_of(&CITIES);
    if dice.below(5) == 0 {
        return (name, 32.0 + 17.0 * dice.share(), 29.0 + 12.0 * dice.share());
    }
    // The sum of several draws is dense in the middle, as a city is.
    let spread = |dice: &mut Dice| (dice.share() + dice.share() + dice.share() - 1.5) * 0.3;
    (name, lon + spread(dice), lat + spread(dice))
}

/// JSON of a report of about `bytes` bytes.
pub(crate) fn report(dice: &mut Dice, bytes: usize) -> Vec<u8> {
    let language = dice.below(3);
    let code = ["ar", "tr", "en"][language];
    let (name, lon, lat) = position(dice);
    let place = name[language];
    let start = MARCH_2025_US - i64::try_from(dice.below(60)).unwrap_or(0) * DAY_US;
    let title = format!("{} {} {place}", word(dice, language), word(dice, language));
    let body = |narrative: &str, dice: &mut Dice| {
        json!({
            "title": { code: title },
            "category": dice.one_of(&CATEGORIES),
            "when": { "start": Moment::from_micros(start), "precision": "hour" },
            "place": { "name": { code: place }, "lon": lon, "lat": lat },
            "narrative": { code: narrative },
            "actors": [rare_name(dice, language == 0)],
            "grade": { "reliability": "B", "credibility": "2" },
        })
        .to_string()
        .into_bytes()
    };
    let empty = body("-", &mut dice.clone()).len();
    let mut narrative = String::new();
    while narrative.len() + empty < bytes {
        narrative.push_str(word(dice, language));
        narrative.push(' ');
    }
    body(if narrative.is_empty() { "-" } else { &narrative }, dice)
}

/// A label that the people of the exercise may write and read.
pub(crate) fn label(tlp: Tlp) -> Label {
    Label {
        tlp,
        handling: Handling::H0,
        orcon: false,
        purpose: BTreeSet::from([Purpose::CounterSmuggling]),
        legal_basis: LegalBasis::Agreement,
        review: review(0),
        state: State::Exercise,
        retention: None,
    }
}

/// A day on which somebody must look at a record again.
pub(crate) fn review(days: i32) -> Date {
    Moment::from_micros(MARCH_2025_US).date().plus_days(3650 + days)
}

#[cfg(test)]
mod tests {
    use diwan_record::{Body, Kind};

    use super::*;

    #[test]
    fn reports_are_of_their_kind_and_of_the_size_asked_for() {
        let mut dice = Dice::new(7);
        for _ in 0..200 {
            let body = report(&mut dice, 1000);
            assert!((950..1050).contains(&body.len()), "{}", body.len());
            assert!(Body::read(&Kind::Report, &body).is_ok());
        }
        assert!(label(Tlp::Green).check().is_ok());
    }
}
