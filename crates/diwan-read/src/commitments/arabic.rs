//! Arabic: "اتفق على", "تعهد بـ", "ينص على", and verbs in the future or denied for it.

use std::sync::LazyLock;

use super::{Promise, Scene};
use crate::chunk::{Line, Slot, Tag};
use crate::reading::Firmness;
use crate::words::Openings;

/// Stems that promise, with the preposition that leads to what is promised.
const STEMS: [(&str, &str, Firmness); 45] = [
    ("اتفق", "علي", Firmness::Firm),
    ("الاتفاق", "علي", Firmness::Firm),
    ("توافق", "علي", Firmness::Firm),
    ("اتفاقا", "علي", Firmness::Firm),
    ("ينص", "علي", Firmness::Firm),
    ("تنص", "علي", Firmness::Firm),
    ("نص", "علي", Firmness::Firm),
    ("يقضي", "ب", Firmness::Firm),
    ("تقضي", "ب", Firmness::Firm),
    ("يلزم", "ب", Firmness::Firm),
    ("تعهد", "ب", Firmness::Firm),
    ("يتعهد", "ب", Firmness::Firm),
    ("تتعهد", "ب", Firmness::Firm),
    ("التزم", "ب", Firmness::Firm),
    ("تلتزم", "ب", Firmness::Firm),
    ("يلتزم", "ب", Firmness::Firm),
    ("التزامه", "ب", Firmness::Firm),
    ("وعد", "ب", Firmness::Firm),
    ("وافق", "علي", Firmness::Firm),
    ("عازم", "علي", Firmness::Intended),
    ("قرر", "", Firmness::Firm),
    ("يعتزم", "", Firmness::Intended),
    ("تعتزم", "", Firmness::Intended),
    ("ينوي", "", Firmness::Intended),
    ("تنوي", "", Firmness::Intended),
    ("عزمه", "علي", Firmness::Intended),
    ("استعداد", "ل", Firmness::Intended),
    ("مستعد", "ل", Firmness::Intended),
    ("تخطط", "ل", Firmness::Intended),
    ("يخطط", "ل", Firmness::Intended),
    ("اتفاق", "علي", Firmness::Firm),
    ("اجمع", "علي", Firmness::Firm),
    ("تعاهد", "علي", Firmness::Firm),
    ("مصمم", "علي", Firmness::Intended),
    ("تكفل", "ب", Firmness::Firm),
    ("وعود", "ب", Firmness::Firm),
    ("وعده", "ب", Firmness::Firm),
    ("تعهدات", "ب", Firmness::Firm),
    ("ملزم", "ب", Firmness::Firm),
    ("تلزم", "ب", Firmness::Firm),
    ("هدد", "ب", Firmness::Intended),
    ("جاهزي", "ل", Firmness::Intended),
    ("جاهز", "ل", Firmness::Intended),
    ("نيته", "", Firmness::Intended),
    ("قررا", "", Firmness::Firm),
];
static OPENINGS: LazyLock<Openings> =
    LazyLock::new(|| STEMS.iter().map(|(stem, ..)| *stem).collect());
const REACH: usize = 14;

pub(super) fn promises(scene: &Scene<'_>) -> Vec<Promise> {
    let line = scene.line;
    let mut out = Vec::new();
    for at in 0..line.words.len() {
        if line.words[at].mention.is_some() {
            continue;
        }
        let form = line.form(at);
        let bare = form.strip_prefix('و').unwrap_or(form);
        let denied = at > 0 && matches!(line.form(at - 1), "لم" | "ولم" | "لا" | "عدم");
        if (OPENINGS.may(form) || OPENINGS.may(bare))
            && let Some(&(_, lead, firmness)) =
                STEMS.iter().find(|(stem, ..)| starts(form, stem) || starts(bare, stem))
        {
            if !denied && let Some(first) = led(scene, at, lead, firmness) {
                chain(line, first, lead, &mut out);
            }
        } else if future(bare)
            || (matches!(bare, "لن" | "سوف") && line.form(at + 1).chars().count() > 2)
        {
            out.extend(coming(scene, at));
        } else if matches!(bare, "المقرر" | "المنتظر" | "المرتقب" | "المزمع" | "المفترض")
            && line.form(at + 1) == "ان"
        {
            out.extend(scheduled(scene, at));
        }
    }
    out
}

/// A stem with at most three letters of conjugation behind it.
fn starts(form: &str, stem: &str) -> bool {
    form.strip_prefix(stem).is_some_and(|rest| rest.chars().count() <= 3)
}

fn led(scene: &Scene<'_>, at: usize, lead: &str, firmness: Firmness) -> Option<Promise> {
    let line = scene.line;
    let first = match lead {
        "" => beyond_subject(scene, at),
        "علي" => {
            let led =
                (at + 1..line.words.len().min(at + REACH)).find(|&next| line.form(next) == lead);
            match led {
                Some(next) => next + 1,
                // "أعلنت عزمها سحب قواتها": without the preposition.
                None if firmness == Firmness::Intended => at + 1,
                None => return None,
            }
        }
        _ => {
            let led = (at + 1..line.words.len().min(at + 9)).find(|&next| {
                line.words[next].mention.is_none()
                    && line.form(next).starts_with(lead)
                    && line.tags[next] != Tag::Prep(Slot::Between)
                    && line.form(next).chars().count() >= 3
            });
            // "تعهدت البحرين دعم الصندوق بعشرة ملايين": what is promised comes first.
            let direct = beyond_subject(scene, at);
            let plain = |next: usize| {
                let form = line.form(next);
                next > at + 1
                    && line.tag(next) == Tag::Noun
                    && form.chars().count() >= 3
                    && !form.starts_with(lead)
                    && !form.starts_with("ال")
                    && !form.ends_with('ا')
            };
            if lead == "ب" && plain(direct) && led.is_some_and(|next| next > direct) {
                return from(scene, at, direct, false, firmness);
            }
            // "التزمت إسرائيل الانسحاب": without the preposition.
            led.or_else(|| Some(beyond_subject(scene, at)).filter(|&next| next > at + 1))?
        }
    };
    // "ينص على أن تسحب رواندا": the verb behind "that" has a subject of its own.
    let clause = lead == "علي" && line.form(first) == "ان";
    from(scene, at, first + usize::from(clause), clause, firmness)
}

fn from(
    scene: &Scene<'_>,
    at: usize,
    first: usize,
    clause: bool,
    firmness: Firmness,
) -> Option<Promise> {
    let end = end(scene.line, first);
    (end > first + 1).then(|| Promise {
        owners: scene.owners(if clause { first } else { at }),
        what: (first, end),
        trigger: (at, at + 1),
        firmness,
        rule: "commitment.ar.agreed",
    })
}

/// Behind the verb stands who does it: what is promised begins after that.
fn beyond_subject(scene: &Scene<'_>, at: usize) -> usize {
    let line = scene.line;
    let subject =
        line.args.iter().find(|arg| arg.word > at && arg.word <= at + 4 && arg.slot == Slot::Bare);
    // "قرر المجلس تمديد البعثة": a name with another word before it is no part of the subject.
    let mut end = at + 1;
    if let Some(arg) = subject {
        end = arg.word + 1;
        for other in line.args.iter().filter(|other| other.list == arg.list) {
            let joined = matches!(line.tag(end), Tag::And | Tag::Comma | Tag::Role | Tag::Official);
            if other.word >= end && (other.word == end || (joined && other.word <= end + 3)) {
                end = other.word + 1;
            }
        }
    }
    end
}

/// "بسحب جنودها وبفتح الطريق": every part that repeats the preposition is a promise of its own.
fn chain(line: &Line, first: Promise, lead: &str, out: &mut Vec<Promise>) {
    let (start, end) = first.what;
    let again = |at: usize| {
        let form = line.form(at);
        match lead {
            "علي" => form == "وعلي",
            "ب" | "ل" => form
                .strip_prefix('و')
                .and_then(|rest| rest.strip_prefix(lead))
                .is_some_and(|rest| rest.chars().count() >= 3),
            _ => false,
        }
    };
    let mut from = start;
    for at in start + 1..line.words.len() {
        let reached = at < end || (at == end + 1 && line.tag(end) == Tag::Comma);
        if !reached || !again(at) {
            continue;
        }
        out.push(Promise { what: (from, at.min(end)), ..first.clone() });
        from = at + usize::from(lead == "علي");
    }
    let what = (from, if from > end { self::end(line, from) } else { end });
    if what.1 > what.0 + 1 || from == start {
        out.push(Promise { what, ..first });
    }
}

/// Futures that tell what will be and not what somebody will do.
const COURSES: [&str; 28] = [
    "سيار",
    "ستين",
    "سياس",
    "سيطر",
    "سيدة",
    "سيول",
    "ستار",
    "سيناء",
    "ستوكهولم",
    "سينا",
    "سيده",
    "ستكون",
    "سيكون",
    "سيادي",
    "سيرا",
    "سياد",
    "سيناريو",
    "ستنخفض",
    "سينخفض",
    "سترتفع",
    "سيرتفع",
    "ستودي",
    "سيودي",
    "سيبقي",
    "ستبقي",
    "ستظل",
    "سيظل",
    "ستشهد",
];

/// Futures of four letters; other words of that length that begin so are none.
const SHORT: [&str; 21] = [
    "سيضع", "ستضع", "سنضع", "سيحل", "ستحل", "سنحل", "سيرد", "سترد", "سنرد", "سيمد", "ستمد", "سيعد",
    "ستعد", "سيفي", "ستفي", "سنفي", "سيضم", "ستضم", "سيقف", "ستقف", "سنقف",
];

/// "ستقدم", "سيواصل": the letter for "will" before a verb of the third person or "we".
fn future(form: &str) -> bool {
    let mut letters = form.chars();
    SHORT.contains(&form)
        || letters.next() == Some('س')
            && matches!(letters.next(), Some('ي' | 'ت' | 'ن'))
            && form.chars().count() >= 5
            && !COURSES.iter().any(|word| form.starts_with(word))
}

fn coming(scene: &Scene<'_>, at: usize) -> Option<Promise> {
    let line = scene.line;
    let first = at + usize::from(line.form(at).ends_with("لن"));
    let end = end(line, first);
    let owners = scene.owners(at);
    (end > first + 2 && !owners.is_empty()).then_some(Promise {
        owners,
        what: (first, end),
        trigger: (at, at + 1),
        firmness: Firmness::Firm,
        rule: "commitment.ar.will",
    })
}

/// "من المقرر أن تستضيف الصومال": what is set for somebody to do.
fn scheduled(scene: &Scene<'_>, at: usize) -> Option<Promise> {
    let line = scene.line;
    let first = at + 2;
    let end = end(line, first);
    let owners = scene.owners(first);
    (end > first + 2 && !owners.is_empty()).then_some(Promise {
        owners,
        what: (first, end),
        trigger: (at, at + 1),
        firmness: Firmness::Intended,
        rule: "commitment.ar.set",
    })
}

fn end(line: &Line, start: usize) -> usize {
    for at in start + 1..line.words.len() {
        let form = line.form(at);
        let stop = match line.tags[at] {
            Tag::Stop | Tag::Quote | Tag::Comma | Tag::Speech | Tag::Joiner => true,
            Tag::That => at > start + 1 && line.tag(at - 1) != Tag::Prep(Slot::About),
            Tag::Noun => {
                form.starts_with("لدعم")
                    || matches!(form, "وفق" | "وفقا" | "بحسب" | "حسبما" | "برعايه" | "بوساطه")
            }
            _ => false,
        };
        if stop || during_talks(line, at) {
            return at;
        }
    }
    line.words.len()
}

/// "خلال محادثات": where it was agreed, which is no part of what was.
fn during_talks(line: &Line, at: usize) -> bool {
    line.form(at) == "خلال"
        && ["محادثات", "مباحثات", "اجتماع", "لقاء", "زياره", "قمه", "مؤتمر", "جوله", "جلسه"]
            .iter()
            .any(|stem| line.form(at + 1).starts_with(stem))
}
