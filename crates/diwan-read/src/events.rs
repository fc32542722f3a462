//! Events: what happened, with whom, where and when.
//!
//! The tables in `triggers/` say which words report an event, [`chunk`](crate::chunk) which names
//! stand around them, [`cast`] what part each of them plays, [`tense`] whether it happened, is
//! planned or was foiled, and [`merge`] which reports of one article are the same event.

mod around;
pub(crate) mod cast;
mod memory;
mod merge;
mod seats;
mod tense;

use crate::chunk::{Line, Slot, Tag, What};
use crate::reading::{
    Event, EventKind, Language, Mention, MentionKind, Modality, Page, Part, Participant, Span,
};
use crate::triggers::{Class, Hit, Rule, triggers};
use crate::words::is_one;
pub(crate) use memory::{Memory, unique};
pub(crate) use merge::{dates_agree, places_agree};

/// A report of an event, before the reports of one article are brought together.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) rule: &'static Rule,
    pub(crate) trigger: Span,
    pub(crate) sentence: usize,
    pub(crate) clause: usize,
    pub(crate) participants: Vec<Participant>,
    pub(crate) place: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) modality: Modality,
    /// Told with "the", "this", "their": known to the reader already.
    pub(crate) definite: bool,
    /// Told with "a", "another", "new": not told before.
    pub(crate) indefinite: bool,
    /// The dead are counted in it.
    pub(crate) counted: bool,
    /// Goes on for a while ("clashes", "shelling"): its dead are told beside it.
    pub(crate) several: bool,
    /// Told as having been before what the article is about: "had met".
    pub(crate) earlier: bool,
}

/// The sentences of a page that claims may be made from, with their grammar.
pub(crate) fn lines(page: &Page, mentions: &[Mention]) -> Vec<Line> {
    let outer = crate::words::outermost(mentions);
    page.sentences
        .iter()
        .enumerate()
        .filter(|(_, span)| span.start < span.end && !page.is_aside(**span))
        .map(|(nth, span)| Line::read(&page.text, (nth, *span), page.language, mentions, &outer))
        .collect()
}

/// The events of a page; `lines` are those of [`lines`]. Each line is shown with what was known
/// before it.
pub(crate) fn find(
    page: &Page,
    mentions: &[Mention],
    lines: &[Line],
    mut show: impl FnMut(&Line, &Memory),
) -> Vec<Event> {
    let Some(table) = triggers(page.language) else { return Vec::new() };
    let mut memory = Memory::default();
    let mut drafts: Vec<Draft> = Vec::new();
    for line in lines {
        let told: Vec<Draft> = line
            .hits
            .iter()
            .filter_map(|hit| draft(page, mentions, line, hit, &table.rules, &memory))
            .collect();
        show(line, &memory);
        memory.learn(line, mentions, &told);
        drafts.extend(told);
    }
    merge::merge(page, drafts)
}

fn draft(
    page: &Page,
    mentions: &[Mention],
    line: &Line,
    hit: &Hit,
    rules: &'static [Rule],
    memory: &Memory,
) -> Option<Draft> {
    let rule = &rules[hit.rule];
    let modality = tense::modality(line, hit, rule, page.language)?;
    let scene = cast::Scene { line, mentions, memory, language: page.language };
    let participants = cast::participants(&scene, hit, rule);
    let vague = rule.class == Class::Echo;
    let mut place = place(line, hit, rule, mentions).filter(|_| !vague);
    let host =
        participants.iter().find(|one| one.part == Part::Host && one.entity.starts_with("c:"));
    if rule.kind == EventKind::Meeting && place.is_none() {
        place = host.map(|one| one.entity.clone());
    }
    // "agreed to open it in May": the day of what was agreed is not the day of the agreement.
    let said = matches!(rule.kind, EventKind::Agreement | EventKind::Statement);
    let end = if said && page.language == Language::English {
        around::reach(line, hit, false)
    } else {
        usize::MAX
    };
    let date = date(line, hit, end, mentions, page.language);
    let span = Span { start: line.words[hit.first].span.start, end: line.words[hit.last].span.end };
    let draft = Draft {
        rule,
        trigger: span,
        sentence: line.sentence,
        clause: line.clause_of(hit.first),
        participants,
        place,
        date,
        modality,
        definite: definite(line, hit, page.language),
        indefinite: indefinite(line, hit),
        counted: counts(line, hit, rule),
        several: several(line, hit, rule, page.language),
        earlier: earlier(line, hit, page.language),
    };
    Some(draft)
}

/// "The release of 50 captives", "six were hurt in clashes": a noun with so much beside it tells
/// of something even where nobody is named.
fn counts(line: &Line, hit: &Hit, rule: &Rule) -> bool {
    if rule.class != Class::Noun {
        return false;
    }
    let behind = hit.last + 1 + usize::from(line.form(hit.last + 1) == "of");
    let grave = matches!(
        rule.kind,
        EventKind::Killing | EventKind::Release | EventKind::Arrest | EventKind::Attack
    );
    let clause = line.clauses[line.clause_of(hit.first)];
    let hurt = rule.kind == EventKind::Attack
        && !rule.name.ends_with("vague")
        && (clause.first..clause.end).any(|at| {
            ["wounded", "injured", "yaraland", "yaralad", "اصيب", "جرح", "اصابه", "جرحي"]
                .iter()
                .any(|stem| line.form(at).starts_with(stem))
        });
    hurt || (grave && (behind..behind + 3).any(|at| line.tag(at) == Tag::Quantity))
}

fn definite(line: &Line, hit: &Hit, language: Language) -> bool {
    match language {
        Language::Arabic => line.form(hit.first).contains("ال"),
        Language::Turkish => line.form(hit.first.saturating_sub(1)) == "bu",
        _ => (1..=3)
            .filter_map(|back| hit.first.checked_sub(back))
            .any(|back| matches!(line.form(back), "the" | "this" | "that" | "these" | "today")),
    }
}

/// "in the city of Sarmada".
fn within_place(line: &Line, word: usize) -> bool {
    const KINDS: [&str; 14] = [
        "city",
        "town",
        "village",
        "area",
        "district",
        "province",
        "region",
        "outskirts",
        "port",
        "suburb",
        "countryside",
        "neighbourhood",
        "capital",
        "governorate",
    ];
    word > 1 && line.form(word - 1) == "of" && KINDS.contains(&line.form(word - 2))
}

fn indefinite(line: &Line, hit: &Hit) -> bool {
    (0..=3).filter_map(|back| hit.first.checked_sub(back)).any(|back| {
        matches!(
            line.form(back),
            "a" | "an"
                | "another"
                | "new"
                | "second"
                | "third"
                | "first"
                | "next"
                | "yeni"
                | "ikinci"
                | "sonraki"
                | "جديد"
        )
    })
}

fn several(line: &Line, hit: &Hit, rule: &Rule, language: Language) -> bool {
    rule.class == Class::Noun && goes_on(line.form(hit.last), language)
}

/// "clashes", "fighting": what two sides do for a while.
fn goes_on(form: &str, language: Language) -> bool {
    match language {
        Language::Arabic => ["اشتباكات", "معارك", "مواجهات"].iter().any(|word| form.contains(word)),
        Language::Turkish => form.starts_with("çatışmalar"),
        _ => is_one!(form, "shelling|fighting|violence|clashes|battles|hostilities"),
    }
}

fn earlier(line: &Line, hit: &Hit, language: Language) -> bool {
    let before = |count: usize| {
        (1..=count).filter_map(|back| hit.first.checked_sub(back)).map(|back| line.form(back))
    };
    match language {
        Language::Arabic => {
            before(3).any(|form| form == "قد")
                && before(6).any(|form| matches!(form, "كان" | "كانت" | "وكان" | "وكانت"))
        }
        Language::Turkish => {
            let stem = line.form(hit.last).trim_end_matches("lar").trim_end_matches("ler");
            ["mıştı", "mişti", "muştu", "müştü", "mış", "miş", "muş", "müş"]
                .iter()
                .any(|end| stem.ends_with(end))
        }
        _ => {
            let fronted = line.form(0).starts_with("earlier") || line.form(0) == "previously";
            (before(2).any(|form| form == "had") && !line.dates.is_empty()) || fronted
        }
    }
}

/// The day or month nearest to the trigger in its clause; else the only one of the sentence, if
/// it comes first or the language binds a sentence tighter than English does.
fn date(
    line: &Line,
    hit: &Hit,
    end: usize,
    mentions: &[Mention],
    language: Language,
) -> Option<String> {
    let clause = line.clause_of(hit.first);
    let value = |at: usize| {
        let value = line.words[at].mention.and_then(|m| mentions[m].value.as_deref())?;
        (!value.starts_with('P')).then(|| value.trim_start_matches('~').to_owned())
    };
    let relative =
        |at: usize| line.form(at).split(' ').any(|part| matches!(part, "after" | "before"));
    let since =
        |at: usize| at > 0 && matches!(line.form(at - 1), "since" | "until" | "till" | "منذ");
    let mut dates: Vec<usize> =
        line.dates.iter().copied().filter(|&at| !relative(at) && !since(at) && at < end).collect();
    dates.sort_by_key(|&at| at.abs_diff(hit.first));
    let near = dates.iter().copied().filter(|&at| line.clause_of(at) == clause).find_map(value);
    let english = !matches!(language, Language::Arabic | Language::Turkish);
    let only = match dates.as_slice() {
        [one] if !english || (*one < hit.first && *one < 4) => value(*one),
        _ => None,
    };
    near.or(only)
}

fn place(line: &Line, hit: &Hit, rule: &Rule, mentions: &[Mention]) -> Option<String> {
    let clause = line.clause_of(hit.first);
    let end = match rule.class {
        Class::Noun => line.clauses[clause].end,
        _ => around::reach(line, hit, false),
    };
    let ground = matches!(
        rule.kind,
        EventKind::Visit
            | EventKind::CrossingOpen
            | EventKind::CrossingClose
            | EventKind::TroopMovement
            | EventKind::Attack
            | EventKind::Flight
            | EventKind::Killing
    );
    let mut best: Option<((bool, bool, bool, usize), String)> = None;
    for arg in &line.args {
        let What::Mention(m) = arg.what else { continue };
        let mention = &mentions[m];
        let Some(entity) = &mention.entity else { continue };
        let point = mention.kind == MentionKind::Place;
        let state = mention.kind == MentionKind::Country && !mention.demonym;
        let far =
            rule.kind == EventKind::Visit && rule.class == Class::Noun && arg.word > hit.last + 5;
        let fits = !far
            && match arg.slot {
                Slot::In => (point || state) && (arg.word < end || arg.clause != clause),
                Slot::Of => point && within_place(line, arg.word),
                Slot::To | Slot::About | Slot::Bare | Slot::Object | Slot::From | Slot::With => {
                    let reached = arg.word < end
                        && !(rule.kind == EventKind::Visit && arg.slot == Slot::From);
                    ground
                        && reached
                        && (point || (state && rule.kind == EventKind::Visit))
                        && arg.clause == clause
                }
                _ => false,
            };
        if !fits {
            continue;
        }
        let rank =
            (arg.clause != clause, !point, arg.word < hit.first, arg.word.abs_diff(hit.first));
        if best.as_ref().is_none_or(|(held, _)| rank < *held) {
            best = Some((rank, entity.clone()));
        }
    }
    best.map(|(_, entity)| entity)
}
