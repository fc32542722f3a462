//! The words of time in English, Arabic and Turkish, in their folded spelling.

use jiff::civil::Weekday;

use crate::Language;
use crate::words::is_one;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// Where from the day of publication a weekday or month is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Last,
    Near,
    Next,
}

pub(super) enum Relative {
    Days(i32),
    Units(Unit, i32),
    Ago(Unit, i32),
}

/// Words before a date that tell of something said or done then.
pub(super) const TOLD: &[&str] = &[
    "said",
    "told",
    "announced",
    "reported",
    "met",
    "held",
    "killed",
    "arrived",
    "late",
    "early",
    "قال",
    "قالت",
    "اعلن",
    "اعلنت",
    "اكد",
    "التقي",
    "عقد",
    "وقع",
    "بحث",
    "ذكرت",
];
pub(super) const PAST: &[&str] = &[
    "was", "were", "had", "said", "took", "began", "met", "came", "signed", "after", "since",
    "followed",
];
pub(super) const AHEAD: &[&str] = &[
    "will",
    "would",
    "shall",
    "to",
    "plans",
    "planned",
    "scheduled",
    "due",
    "expected",
    "next",
    "upcoming",
    "ahead",
    "set",
    "سوف",
    "مقرر",
    "المقرر",
    "المقررة",
    "المزمع",
    "حتي",
    "قبل",
    "بحلول",
    "يتوقع",
    "المتوقع",
    "موعد",
    "يعتزم",
    "تعتزم",
    "ينوي",
    "مطلع",
    "can",
    "may",
    "agreed",
];
/// Those of them that a weekday needs, which is past more often.
pub(super) const SURELY_AHEAD: &[&str] =
    &["will", "shall", "scheduled", "due", "expected", "planned", "plans", "upcoming", "until"];
pub(super) const MONTH_BEFORE: &[&str] = &[
    "in",
    "since",
    "until",
    "by",
    "of",
    "from",
    "last",
    "next",
    "early",
    "late",
    "mid",
    "during",
    "before",
    "after",
    "this",
    "every",
    "till",
    "between",
    "and",
    "on",
    "في",
    "منذ",
    "حتي",
    "خلال",
    "شهر",
    "مطلع",
    "نهايه",
    "اواخر",
    "اوايل",
    "منتصف",
    "بدايه",
    "الي",
    "من",
    "قبل",
    "بعد",
    "بحلول",
    "ومنذ",
    "وفي",
    "لشهر",
    "بين",
    "مع",
    "اخر",
    "خلال",
    "شهري",
];
pub(super) const YEAR_BEFORE: &[&str] = &[
    "in",
    "since",
    "until",
    "by",
    "from",
    "of",
    "during",
    "after",
    "before",
    "early",
    "late",
    "through",
    "till",
    "between",
    "and",
    "mid",
    "to",
    "year",
    "around",
    "circa",
    "في",
    "عام",
    "سنه",
    "منذ",
    "حتي",
    "عامي",
    "العام",
    "وعام",
    "لعام",
    "بعام",
    "عام",
    "سنتي",
    "خلال",
    "بين",
    "السنه",
    "للعام",
    "بحلول",
    "قبل",
    "بعد",
    "نهايه",
    "مطلع",
    "بدايه",
    "اواخر",
    "اوايل",
    "منتصف",
    "و",
    "صيف",
    "ربيع",
    "خريف",
    "شتاء",
    "ومنذ",
    "وفي",
    "summer",
    "spring",
];
pub(super) const TURKISH_YEAR_AFTER: &[&str] = &[
    "yilinda",
    "yili",
    "yilindan",
    "yilina",
    "yilinin",
    "yilindaki",
    "yillari",
    "yillarinda",
    "senesinde",
    "sonunda",
    "basinda",
    "sonuna",
    "itibariyla",
    "itibaren",
];
pub(super) const TURKISH_MONTH_AFTER: &[&str] = &[
    "ayinda",
    "ayi",
    "aylarinda",
    "ayinin",
    "sonunda",
    "sonuna",
    "sonu",
    "basinda",
    "basina",
    "ortasinda",
    "ayindan",
    "itibaren",
    "sonundan",
    "ayindaki",
    "tarihinde",
    "icinde",
    "ayina",
    "ve",
    "basi",
    "ortalarinda",
];

/// Whether a date may begin with a word: nearly no word passes, so nearly no word costs more.
pub(super) fn opens(word: &str, language: Language) -> bool {
    match language {
        Language::English => is_one!(
            word,
            "january|february|march|april|may|june|july|august|september|october|november|december|\
             jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|monday|tuesday|wednesday|thursday|\
             friday|saturday|sunday|today|tonight|yesterday|tomorrow|earlier|later|late|last|past|\
             previous|next|coming|upcoming|this|day|a|an|one|two|three|four|five|six|seven|eight|nine|\
             ten|twenty"
        ),
        Language::Arabic => is_one!(
            word,
            "كانون|تشرين|يناير|جانفي|فبراير|شباط|فيفري|مارس|اذار|ابريل|نيسان|افريل|مايو|ايار|ماي|يونيو|\
             يونيه|حزيران|جوان|يوليو|يوليه|تموز|جويليه|اغسطس|اب|اوت|غشت|سبتمبر|ايلول|شتنبر|اكتوبر|\
             نوفمبر|نونبر|ديسمبر|دجنبر|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت|الاحد|اليوم|امس|\
             البارحه|غدا|الغد|غد|بعد|هذا|هذه|قبل|الاسبوع|الشهر|العام|السنه"
        ),
        // Endings hang on Turkish months.
        Language::Turkish | Language::Other => true,
    }
}

/// The month a word names, and how many words name it.
pub(super) fn month(word: &str, next: &str, language: Language) -> Option<(i8, usize)> {
    let one = |month: i8| Some((month, 1));
    match language {
        Language::English => {
            let month = match word {
                "january" | "jan" => 1,
                "february" | "feb" => 2,
                "march" | "mar" => 3,
                "april" | "apr" => 4,
                "may" => 5,
                "june" | "jun" => 6,
                "july" | "jul" => 7,
                "august" | "aug" => 8,
                "september" | "sept" | "sep" => 9,
                "october" | "oct" => 10,
                "november" | "nov" => 11,
                "december" | "dec" => 12,
                _ => return None,
            };
            one(month)
        }
        Language::Turkish | Language::Other => {
            const MONTHS: &[&str] = &[
                "ocak", "subat", "mart", "nisan", "mayis", "haziran", "temmuz", "agustos", "eylul",
                "ekim", "kasim", "aralik",
            ];
            // "temmuzda": months take their endings without an apostrophe where no day is named.
            const ENDS: [&str; 17] = [
                "", "da", "de", "ta", "te", "dan", "den", "tan", "ten", "daki", "deki", "taki",
                "teki", "in", "un", "a", "e",
            ];
            let month = MONTHS.iter().position(|month| {
                word.strip_prefix(month).is_some_and(|end| ENDS.contains(&end))
            })?;
            i8::try_from(month + 1).ok().map(|month| (month, 1))
        }
        Language::Arabic => match (word, next) {
            ("كانون", "الثاني" | "ثاني") => Some((1, 2)),
            ("كانون", "الاول" | "اول") => Some((12, 2)),
            ("تشرين", "الاول" | "اول") => Some((10, 2)),
            ("تشرين", "الثاني" | "ثاني") => Some((11, 2)),
            ("يناير" | "جانفي", _) => one(1),
            ("فبراير" | "شباط" | "فيفري", _) => one(2),
            ("مارس" | "اذار", _) => one(3),
            ("ابريل" | "نيسان" | "افريل", _) => one(4),
            ("مايو" | "ايار" | "ماي", _) => one(5),
            ("يونيو" | "يونيه" | "حزيران" | "جوان", _) => one(6),
            ("يوليو" | "يوليه" | "تموز" | "جويليه", _) => one(7),
            ("اغسطس" | "اب" | "اوت" | "غشت", _) => one(8),
            ("سبتمبر" | "ايلول" | "شتنبر", _) => one(9),
            ("اكتوبر", _) => one(10),
            ("نوفمبر" | "نونبر", _) => one(11),
            ("ديسمبر" | "دجنبر", _) => one(12),
            _ => None,
        },
    }
}

/// A month of the Hijri calendar.
pub(super) fn is_hijri(word: &str, next: &str) -> bool {
    matches!(
        word,
        "محرم"
            | "صفر"
            | "رجب"
            | "شعبان"
            | "رمضان"
            | "شوال"
            | "ramazan"
            | "ramadan"
            | "muharram"
            | "muharrem"
    ) || matches!((word, next), ("ربيع" | "جمادي", "الاول" | "الاولي" | "الاخر" | "الثاني" | "الاخره"))
        || matches!((word, next), ("ذو" | "ذي", "القعده" | "الحجه"))
}

pub(super) fn weekday(word: &str, language: Language) -> Option<Weekday> {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    match language {
        Language::English => Some(match word {
            "monday" => Monday,
            "tuesday" => Tuesday,
            "wednesday" => Wednesday,
            "thursday" => Thursday,
            "friday" => Friday,
            "saturday" => Saturday,
            "sunday" => Sunday,
            _ => return None,
        }),
        Language::Arabic => Some(match word {
            "الاثنين" => Monday,
            "الثلاثاء" => Tuesday,
            "الاربعاء" => Wednesday,
            "الخميس" => Thursday,
            "الجمعه" => Friday,
            "السبت" => Saturday,
            "الاحد" => Sunday,
            _ => return None,
        }),
        Language::Turkish | Language::Other => Some(match word {
            "pazartesi" => Monday,
            "sali" => Tuesday,
            "carsamba" => Wednesday,
            "persembe" => Thursday,
            "cuma" => Friday,
            "cumartesi" => Saturday,
            "pazar" => Sunday,
            _ => return None,
        }),
    }
}

pub(super) fn way_before(word: &str, language: Language) -> Option<Way> {
    match (language, word) {
        (Language::English, "last" | "past" | "previous") => Some(Way::Last),
        (Language::English, "next" | "coming" | "upcoming") => Some(Way::Next),
        (Language::English, "this") => Some(Way::Near),
        (Language::Turkish, "gecen" | "gectigimiz") => Some(Way::Last),
        (Language::Turkish, "gelecek" | "onumuzdeki") => Some(Way::Next),
        (Language::Turkish, "bu") => Some(Way::Near),
        _ => None,
    }
}

/// Arabic says "last" and "next" behind the noun.
pub(super) fn way_after(word: &str, language: Language) -> Option<Way> {
    match (language, word) {
        (Language::Arabic, "الماضي" | "الماضيه" | "الفايت" | "المنصرم" | "المنصرمه" | "السابق") => {
            Some(Way::Last)
        }
        (Language::Arabic, "المقبل" | "المقبله" | "القادم" | "القادمه" | "الاتي") => {
            Some(Way::Next)
        }
        (Language::Arabic, "الجاري" | "الحالي" | "الجاريه") => Some(Way::Near),
        _ => None,
    }
}

/// "last week" beside a weekday, as weeks from that of publication and how many words it takes.
pub(super) fn week_beside<'a>(
    word: impl Fn(usize) -> &'a str,
    language: Language,
) -> Option<(usize, i32)> {
    let step = |word: &str| match word {
        "last" | "gecen" | "gectigimiz" | "الماضي" | "المنصرم" => Some(-1),
        "next" | "gelecek" | "onumuzdeki" | "المقبل" | "القادم" => Some(1),
        "this" | "bu" | "الجاري" | "الحالي" => Some(0),
        _ => None,
    };
    match language {
        Language::English => {
            let of = usize::from(word(0) == "of");
            let step = step(word(of)).filter(|_| word(of + 1) == "week")?;
            Some((of + 2, step))
        }
        Language::Arabic => {
            let found = word(0) == "من" && word(1) == "الاسبوع";
            step(word(2)).filter(|_| found).map(|step| (3, step))
        }
        Language::Turkish => step(word(0)).filter(|_| word(1) == "hafta").map(|step| (2, step)),
        Language::Other => None,
    }
}

/// "every Tuesday" is no day.
pub(super) fn is_every(before: &str, after: &str, language: Language) -> bool {
    match language {
        Language::English => matches!(before, "every" | "each" | "black" | "bloody" | "good"),
        Language::Arabic => matches!(before, "كل") || matches!((before, after), ("صلاه", _)),
        Language::Turkish | Language::Other => matches!(before, "her"),
    }
}

fn unit(word: &str, language: Language) -> Option<Unit> {
    Some(match (language, word) {
        (Language::English, "day" | "days") => Unit::Day,
        (Language::English, "week" | "weeks") => Unit::Week,
        (Language::English, "month" | "months") => Unit::Month,
        (Language::English, "year" | "years") => Unit::Year,
        (Language::Arabic, "ايام" | "يوم" | "يوما" | "يومين") => Unit::Day,
        (Language::Arabic, "الاسبوع" | "اسبوع" | "اسابيع" | "اسبوعين") => {
            Unit::Week
        }
        (Language::Arabic, "الشهر" | "شهر" | "اشهر" | "شهرا" | "شهرين" | "شهور") => {
            Unit::Month
        }
        (
            Language::Arabic,
            "العام" | "السنه" | "عام" | "سنه" | "سنوات" | "اعوام" | "عاما" | "عامين" | "سنتين",
        ) => Unit::Year,
        (Language::Turkish, "gun" | "gunler") => Unit::Day,
        (Language::Turkish, "hafta" | "haftaki" | "haftanin" | "haftadan") => Unit::Week,
        (Language::Turkish, "ay" | "ayki" | "ayin" | "aydan") => Unit::Month,
        (Language::Turkish, "yil" | "yilki" | "yilin" | "sene" | "yildan") => Unit::Year,
        _ => return None,
    })
}

fn count(word: &str) -> Option<i32> {
    if let Ok(number) = word.parse() {
        return (0..2000).contains(&number).then_some(number);
    }
    Some(match word {
        "a" | "an" | "one" | "bir" => 1,
        "two" | "iki" => 2,
        "three" | "uc" | "ثلاثه" | "ثلاث" => 3,
        "four" | "dort" | "اربعه" | "اربع" => 4,
        "five" | "bes" | "خمسه" | "خمس" => 5,
        "six" | "alti" | "سته" | "ست" => 6,
        "seven" | "yedi" | "سبعه" | "سبع" => 7,
        "eight" | "sekiz" | "ثمانيه" | "ثماني" => 8,
        "nine" | "dokuz" | "تسعه" | "تسع" => 9,
        "ten" | "on" | "عشره" | "عشر" => 10,
        "twenty" | "عشرين" => 20,
        _ => return None,
    })
}

/// A date told from the day of publication: how many words, and what they say.
pub(super) fn relative<'a>(
    word: impl Fn(usize) -> &'a str,
    language: Language,
) -> Option<(usize, Relative)> {
    match language {
        Language::English => english(word),
        Language::Arabic => arabic(word),
        Language::Turkish | Language::Other => turkish(word),
    }
}

fn english<'a>(word: impl Fn(usize) -> &'a str) -> Option<(usize, Relative)> {
    let unit_at = |at| unit(word(at), Language::English);
    match word(0) {
        "today" | "tonight" => return Some((1, Relative::Days(0))),
        "yesterday" => return Some((1, Relative::Days(-1))),
        "tomorrow" => return Some((1, Relative::Days(1))),
        "day" if matches!((word(1), word(2)), ("after", "tomorrow")) => {
            return Some((3, Relative::Days(2)));
        }
        "day" if matches!((word(1), word(2)), ("before", "yesterday")) => {
            return Some((3, Relative::Days(-2)));
        }
        "earlier" | "later" | "late" if word(1) == "this" => {
            let unit = unit_at(2).filter(|unit| *unit != Unit::Day)?;
            return Some((3, Relative::Units(unit, 0)));
        }
        "the" if matches!(word(1), "previous" | "following") => return None,
        "last" | "past" if word(1) == "night" => return Some((2, Relative::Days(-1))),
        "last" => {
            let unit = unit_at(1).filter(|_| !word(1).ends_with('s'))?;
            return Some((2, Relative::Units(unit, -1)));
        }
        "next" => {
            let unit = unit_at(1).filter(|_| !word(1).ends_with('s'))?;
            return Some((2, Relative::Units(unit, 1)));
        }
        "this" => {
            let unit = unit_at(1).filter(|unit| *unit != Unit::Day && !word(1).ends_with('s'))?;
            return Some((2, Relative::Units(unit, 0)));
        }
        _ => {}
    }
    let count = count(word(0))?;
    let unit = unit_at(1)?;
    (word(2) == "ago").then_some((3, Relative::Ago(unit, count)))
}

fn arabic<'a>(word: impl Fn(usize) -> &'a str) -> Option<(usize, Relative)> {
    match word(0) {
        "اليوم"
            if !matches!(word(1), "السابع" | "الاول" | "الثاني" | "الثالث" | "التالي" | "نفسه") =>
        {
            return Some((1, Relative::Days(0)));
        }
        "امس" | "البارحه" => {
            let two_days = word(1) == "الاول";
            return Some(if two_days { (2, Relative::Days(-2)) } else { (1, Relative::Days(-1)) });
        }
        "غدا" | "الغد" | "غد" => return Some((1, Relative::Days(1))),
        "بعد" if matches!(word(1), "غد" | "الغد") => return Some((2, Relative::Days(2))),
        "هذا" | "هذه" => {
            let unit = unit(word(1), Language::Arabic).filter(|_| word(1).starts_with("ال"))?;
            return (unit != Unit::Day).then_some((2, Relative::Units(unit, 0)));
        }
        "قبل" => {
            let dual = matches!(word(1), "يومين" | "اسبوعين" | "شهرين" | "عامين" | "سنتين");
            let single = matches!(word(1), "اسبوع" | "شهر" | "عام" | "سنه");
            if dual || single {
                let unit = unit(word(1), Language::Arabic)?;
                return Some((2, Relative::Ago(unit, if dual { 2 } else { 1 })));
            }
            let count = count(word(1))?;
            return Some((3, Relative::Ago(unit(word(2), Language::Arabic)?, count)));
        }
        _ => {}
    }
    let unit = unit(word(0), Language::Arabic).filter(|_| word(0).starts_with("ال"))?;
    let step = match way_after(word(1), Language::Arabic)? {
        Way::Last => -1,
        Way::Near => 0,
        Way::Next => 1,
    };
    Some((2, Relative::Units(unit, step)))
}

fn turkish<'a>(word: impl Fn(usize) -> &'a str) -> Option<(usize, Relative)> {
    let unit_at = |at| unit(word(at), Language::Turkish);
    match word(0) {
        "bugun" | "bugunku" => return Some((1, Relative::Days(0))),
        "dun" | "dunku" => return Some((1, Relative::Days(-1))),
        "yarin" | "yarinki" => return Some((1, Relative::Days(1))),
        "obur" if matches!(word(1), "gun" | "gunku") => return Some((2, Relative::Days(2))),
        "evvelsi" if matches!(word(1), "gun" | "gunku") => {
            return Some((2, Relative::Days(-2)));
        }
        "gecen" | "gectigimiz" => {
            return Some((2, Relative::Units(unit_at(1).filter(|unit| *unit != Unit::Day)?, -1)));
        }
        "gelecek" | "onumuzdeki" => {
            return Some((2, Relative::Units(unit_at(1).filter(|unit| *unit != Unit::Day)?, 1)));
        }
        "bu" => {
            return Some((2, Relative::Units(unit_at(1).filter(|unit| *unit != Unit::Day)?, 0)));
        }
        _ => {}
    }
    let count = count(word(0))?;
    let unit = unit_at(1)?;
    matches!(word(2), "once" | "evvel").then_some((3, Relative::Ago(unit, count)))
}
