//! Whether an event happened, is planned, was foiled or goes on; or was not told at all.

use super::{EventKind, Hit, Language, Line, Modality, Rule, Tag};
use crate::triggers::Class;

const PLANNING: [&str; 24] = [
    "will",
    "would",
    "'ll",
    "shall",
    "due",
    "set",
    "scheduled",
    "expected",
    "plans",
    "plan",
    "planned",
    "planning",
    "intends",
    "aims",
    "aimed",
    "going",
    "slated",
    "agreed",
    "agree",
    "expects",
    "invited",
    "prepares",
    "preparing",
    "hopes",
];
const DOUBTING: [&str; 16] = [
    "could",
    "may",
    "might",
    "should",
    "if",
    "unless",
    "possible",
    "possibly",
    "alleged",
    "avoid",
    "prevent",
    "preventing",
    "would-be",
    "can",
    "must",
    "risk",
];
const DENYING: [&str; 10] =
    ["not", "'t", "never", "denied", "denies", "without", "no", "refused", "cannot", "neither"];
const REPEATING: [&str; 16] = [
    "ongoing",
    "repeated",
    "repeatedly",
    "sporadic",
    "continued",
    "continuing",
    "continues",
    "regularly",
    "daily",
    "constantly",
    "frequent",
    "frequently",
    "recurring",
    "nightly",
    "intermittent",
    "almost",
];
const COMING: [&str; 7] =
    ["upcoming", "planned", "scheduled", "forthcoming", "future", "next", "expected"];

/// The modality of a trigger; none where it is denied, doubted or only a purpose.
pub(super) fn modality(
    line: &Line,
    hit: &Hit,
    rule: &Rule,
    language: Language,
) -> Option<Modality> {
    if rule.kind == EventKind::Plot {
        return Some(Modality::Thwarted);
    }
    let violent = matches!(rule.kind, EventKind::Attack | EventKind::Killing | EventKind::Arrest);
    if violent && rule.class == Class::Noun && condemned(line, hit) {
        return None;
    }
    match language {
        _ if rule.kind != EventKind::Statement && disowned(line, hit) => None,
        Language::Arabic if rule.kind != EventKind::Statement && spoken_of(line, hit) => None,
        Language::Arabic => arabic(line, hit, rule),
        Language::Turkish => turkish(line, hit, rule),
        _ if rule.class == Class::Noun => english_noun(line, hit, rule),
        _ => english_verb(line, hit, rule),
    }
}

/// "denied that its soldiers had attacked": what the clause before does away with.
fn disowned(line: &Line, hit: &Hit) -> bool {
    let first = line.clauses[line.clause_of(hit.first)].first;
    (first.saturating_sub(4)..first).any(|at| {
        matches!(
            line.form(at),
            "denied" | "denies" | "denying" | "rumours" | "rumors" | "allegations" | "نفي" | "نفت"
        )
    })
}

/// "condemned the attack": what is condemned was told elsewhere, unless it is dated here.
fn condemned(line: &Line, hit: &Hit) -> bool {
    const STEMS: [&str; 10] = [
        "condemn",
        "denounc",
        "deplor",
        "mourn",
        "ادان",
        "وادان",
        "ندد",
        "استنكر",
        "kınadı",
        "kınıyor",
    ];
    let clause = line.clauses[line.clause_of(hit.first)];
    let dated = line.dates.iter().any(|&at| clause.first <= at && at < clause.end);
    !dated
        && (clause.first..clause.end)
            .any(|at| STEMS.iter().any(|stem| line.form(at).starts_with(stem)))
}

fn english_verb(line: &Line, hit: &Hit, rule: &Rule) -> Option<Modality> {
    let before = window(line, hit.first, 3);
    let has = |words: &[&str]| before.iter().any(|form| words.contains(form));
    if has(&DENYING) || has(&DOUBTING) {
        return None;
    }
    let gerund = line.form(hit.first).ends_with("ing")
        && before
            .last()
            .is_some_and(|form| matches!(*form, "by" | "for" | "of" | "on" | "without"));
    let grave = matches!(
        rule.kind,
        EventKind::Attack | EventKind::Killing | EventKind::Arrest | EventKind::Meeting
    );
    if gerund && !grave {
        return None;
    }
    // "has begun to pull its men out" is told as done.
    let under_way = before.iter().any(|form| {
        matches!(*form, "began" | "begun" | "begins" | "started" | "starts" | "managed")
    });
    let infinitive = !under_way && before.iter().rev().take(2).any(|form| *form == "to");
    let statement = rule.kind == EventKind::Statement;
    let wider = window(line, hit.first, if infinitive { 10 } else { 6 });
    let bound = before
        .windows(2)
        .any(|two| matches!(two[0], "is" | "are" | "was" | "were") && two[1] == "to");
    let planning = bound || wider.iter().any(|form| PLANNING.contains(form));
    let modal = before.iter().any(|form| matches!(*form, "will" | "would" | "'ll" | "shall"));
    if infinitive {
        let open = matches!(
            rule.kind,
            EventKind::Meeting
                | EventKind::Visit
                | EventKind::Release
                | EventKind::CrossingOpen
                | EventKind::CrossingClose
                | EventKind::AidSupply
                | EventKind::TroopMovement
                | EventKind::Dissolution
                | EventKind::Truce
                | EventKind::Return
                | EventKind::LeadershipChange
                | EventKind::Call
        ) || rule.name == "en.agreement.signed";
        // "ordered its men to cease fire": what is ordered of one's own is done.
        if rule.kind == EventKind::Truce && wider.contains(&"ordered") {
            return Some(Modality::Actual);
        }
        let forced =
            before.iter().any(|form| form.starts_with("forced")) || line.form(hit.first) == "flee";
        if forced {
            return Some(Modality::Actual);
        }
        return (open && planning).then_some(Modality::Planned);
    }
    if modal || line.form(hit.first + 1) == "due" {
        return (!statement).then_some(Modality::Planned);
    }
    let progressive = line.form(hit.first).ends_with("ing")
        && before.last().is_some_and(|form| matches!(*form, "is" | "are"));
    if progressive && rule.kind == EventKind::Meeting {
        return Some(Modality::Planned);
    }
    let bare = line.form(hit.first);
    let imperative = matches!(bare, "meet" | "visit" | "attend") && before.is_empty();
    if imperative {
        return Some(Modality::Planned);
    }
    let repeating = wider.iter().any(|form| REPEATING.contains(form));
    Some(if repeating { Modality::Recurring } else { Modality::Actual })
}

fn english_noun(line: &Line, hit: &Hit, rule: &Rule) -> Option<Modality> {
    let before = window(line, hit.first, 6);
    let has = |words: &[&str]| before.iter().any(|form| words.contains(form));
    let near = window(line, hit.first, 3);
    if near.iter().any(|form| {
        DENYING.contains(form)
            || matches!(
                *form,
                "prevent"
                    | "avoid"
                    | "possible"
                    | "potential"
                    | "threat"
                    | "threats"
                    | "future"
                    | "further"
                    | "any"
                    | "end"
                    | "ending"
                    | "closer"
                    | "towards"
                    | "stop"
                    | "halt"
                    | "halting"
                    | "combat"
                    | "counter"
            )
    }) {
        return None;
    }
    let violent = matches!(rule.kind, EventKind::Attack | EventKind::Killing | EventKind::Arrest);
    let after: Vec<&str> = (hit.last + 1..line.words.len().min(hit.last + 7))
        .take_while(|&at| !matches!(line.tags[at], Tag::Stop | Tag::Comma | Tag::Relative))
        .map(|at| line.form(at))
        .collect();
    let planned = near.iter().any(|form| COMING.contains(form))
        || has(&["will", "would", "'ll", "scheduled", "aimed", "plans", "planned"])
        || before.windows(2).any(|two| two[1] == "to" && PLANNING.contains(&two[0]))
        || before.windows(2).any(|two| {
            matches!(two[0], "is" | "are") && two[1].ends_with("ing") && two[1].starts_with("ho")
        })
        || after.windows(2).any(|two| matches!(two[0], "will" | "to") && two[1] == "be")
        || after.iter().any(|form| matches!(*form, "scheduled" | "slated" | "due"));
    if planned {
        return (!violent).then_some(Modality::Planned);
    }
    let wish = has(&[
        "could", "may", "might", "should", "if", "called", "calls", "urged", "urge", "demanded",
        "call", "avoid", "must",
    ]);
    if wish
        && !matches!(
            rule.kind,
            EventKind::LeadershipChange | EventKind::Attack | EventKind::Killing
        )
    {
        return None;
    }
    let repeating = near.iter().any(|form| REPEATING.contains(form))
        || after.windows(2).any(|two| two[0] == "recent" && matches!(two[1], "weeks" | "months"));
    Some(if violent && repeating { Modality::Recurring } else { Modality::Actual })
}

/// "دعت إلى فتح المعابر", "ناقشا عودة اللاجئين": what is only asked for or talked about.
fn spoken_of(line: &Line, hit: &Hit) -> bool {
    let begins = |form: &&str, stems: &[&str]| {
        let form = form.trim_start_matches(['و', 'ف']);
        stems.iter().any(|stem| form.starts_with(stem))
    };
    let near = window(line, hit.first, 2);
    let asked = near.contains(&"الي")
        && window(line, hit.first, 8)
            .iter()
            .any(|form| begins(form, &["دعا", "دعت", "دعوا", "يدعو", "تدعو", "ناشد", "حث"]));
    asked || near.iter().any(|form| begins(form, &["ناقش", "مناقشه", "ملف", "تناول"]))
}

/// "طالبت المنظمة بالإفراج عن": what is asked for has not happened.
fn asked_for(line: &Line, hit: &Hit, rule: &Rule) -> bool {
    const STEMS: [&str; 13] = [
        "طالب",
        "وطالب",
        "يطالب",
        "تطالب",
        "دعا",
        "دعت",
        "ناشد",
        "حث",
        "دعوه",
        "ينتظر",
        "تنتظر",
        "يامل",
        "تامل",
    ];
    let told = matches!(
        rule.kind,
        EventKind::Statement | EventKind::Meeting | EventKind::Attack | EventKind::Killing
    );
    let noun =
        ["ب", "لا", "ال", "ل", "اعاد"].iter().any(|start| line.form(hit.first).starts_with(start))
            || line.form(hit.first.saturating_sub(1)) == "الي";
    !told
        && noun
        && window(line, hit.first, 6)
            .iter()
            .any(|form| STEMS.iter().any(|stem| form.starts_with(stem)) && *form != "طالبان")
}

fn arabic(line: &Line, hit: &Hit, rule: &Rule) -> Option<Modality> {
    if asked_for(line, hit, rule) {
        return None;
    }
    // "نفى الجيش أن تكون قواته قصفت": denied with "that" in between.
    let wider = window(line, hit.first, 7);
    if wider.iter().any(|form| matches!(*form, "نفي" | "نفت" | "ينفي" | "تنفي"))
        && wider.contains(&"ان")
    {
        return None;
    }
    let before = window(line, hit.first, 3);
    if before
        .iter()
        .any(|form| matches!(*form, "لم" | "لن" | "ولم" | "ولن" | "نفي" | "نفت" | "عدم" | "دون"))
    {
        return None;
    }
    let form = line.form(hit.first);
    let future = !form.contains("سيطر")
        && (form.starts_with("سي")
            || form.starts_with("ست")
            || form.starts_with("وسي")
            || form.starts_with("وست"))
        && form.chars().count() > 4;
    let agreed = before.last().is_some_and(|form| *form == "عقد")
        && before.iter().any(|form| form.ends_with("علي"));
    let cue = agreed
        || window(line, hit.first, 5).iter().any(|form| {
            matches!(
                *form,
                "المقرر"
                    | "سوف"
                    | "يعتزم"
                    | "تعتزم"
                    | "المزمع"
                    | "ستعقد"
                    | "سيعقد"
                    | "المرتقب"
                    | "المقبل"
                    | "ستستضيف"
                    | "سيستضيف"
                    | "المتوقع"
            )
        });
    let after = (hit.last + 1..line.words.len().min(hit.last + 4)).any(|at| {
        matches!(
            line.form(at),
            "المقبل"
                | "المقبله"
                | "المرتقب"
                | "المرتقبه"
                | "المزمع"
                | "القادم"
                | "القادمه"
        )
    });
    let repeating =
        before.iter().any(|form| matches!(*form, "دابت" | "ودابت" | "دابوا" | "يوميا" | "متكرره"));
    if repeating {
        return Some(Modality::Recurring);
    }
    Some(if future || cue || after { Modality::Planned } else { Modality::Actual })
}

fn turkish(line: &Line, hit: &Hit, rule: &Rule) -> Option<Modality> {
    let form = line.form(hit.last);
    let denied = ["medi", "madı", "meyecek", "mayacak", "miyor", "mıyor", "memiş", "mamış"];
    if rule.class != Class::Noun && denied.iter().any(|part| form.contains(part)) {
        return None;
    }
    // "müzakereleri gündeme almayacaklarını": what will not be.
    let clause = line.clauses[line.clause_of(hit.first)];
    let refused = (hit.last + 1..clause.end.min(hit.last + 8))
        .any(|at| ["mayaca", "meyece"].iter().any(|part| line.form(at).contains(part)));
    if rule.class == Class::Noun && refused {
        return None;
    }
    if rule.class != Class::Noun && (form.ends_with("mak") || form.ends_with("mek")) {
        return None;
    }
    if rule.kind != EventKind::Statement && disclaimed(line, hit) {
        return None;
    }
    // "takas etme konusunda anlaştı": agreed, not done.
    let agreed = (hit.last + 1..line.words.len().min(hit.last + 8)).any(|at| {
        ["anlaş", "konusunda", "kararlaş", "uzlaş"]
            .iter()
            .any(|stem| line.form(at).starts_with(stem))
    });
    if rule.class != Class::Noun && agreed && (form.ends_with("ma") || form.ends_with("me")) {
        return Some(Modality::Planned);
    }
    let future =
        |form: &str| ["ecek", "acak", "eceğ", "acağ"].iter().any(|part| form.contains(part));
    let told =
        (hit.first..clause.end).any(|at| line.tags[at] == Tag::Verb && future(line.form(at)));
    let every =
        (1..=4).filter_map(|back| hit.first.checked_sub(back)).any(|back| line.form(back) == "her");
    if every && form.contains("yor") {
        return Some(Modality::Recurring);
    }
    let planned = future(form) || (rule.class == Class::Noun && told);
    Some(if planned { Modality::Planned } else { Modality::Actual })
}

/// "saldırı düzenlendiği iddialarını yalanladı", "serbest bırakılmasını istedi": denied, or asked
/// for.
fn disclaimed(line: &Line, hit: &Hit) -> bool {
    let after = |reach: usize| hit.last + 1..line.words.len().min(hit.last + 1 + reach);
    let begins =
        |at: usize, stems: &[&str]| stems.iter().any(|stem| line.form(at).starts_with(stem));
    let denied = after(5).any(|at| begins(at, &["yalanla", "iddialarını", "iddiasını"]));
    let named = ["ması", "mesi", "maları", "meleri"];
    let deed = named.iter().any(|part| line.form(hit.last).contains(part));
    let asked = after(3).any(|at| begins(at, &["istedi", "istiyor", "talep", "çağr", "istemiş"]));
    denied || (deed && asked)
}

/// The words before a place, within its clause and up to `count`.
fn window(line: &Line, at: usize, count: usize) -> Vec<&str> {
    let first = line.clauses[line.clause_of(at)].first.max(at.saturating_sub(count));
    (first..at).map(|word| line.form(word)).collect()
}
