//! The names around a trigger, as each language orders them: who does it, to whom, and what is
//! marked otherwise.

use super::cast::Scene;
use super::{EventKind, Hit, Language, Line, MentionKind, Rule, Slot, Tag, What};
use crate::chunk::{Arg, Opener, Shape};
use crate::triggers::Class;
use crate::words::is_one;

/// The names around a trigger; indices into [`Line::args`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Around {
    /// Who does it.
    pub(crate) subject: Vec<usize>,
    /// What it is done to.
    pub(crate) object: Vec<usize>,
    /// Whose it is: "Israeli" of "Israeli raids", "Habib" of "Habib's visit".
    pub(crate) owner: Vec<usize>,
    /// Names with a marker in reach of the trigger.
    pub(crate) marked: Vec<usize>,
    /// "his", "their" before a noun, or a verb whose subject is left out.
    pub(crate) implied: Option<What>,
    /// The word of the trigger.
    pub(crate) at: Option<usize>,
}

/// Verbs under which the subject takes part in the noun: "held talks", "launched an attack".
const SUPPORT: &[&str] = &[
    "begun",
    "entered",
    "restarted",
    "ordered",
    "secured",
    "granted",
    "finished",
    "declared",
    "proclaimed",
    "extended",
    "violated",
    "observed",
    "held",
    "holds",
    "hold",
    "holding",
    "hosted",
    "hosts",
    "host",
    "hosting",
    "attended",
    "chaired",
    "had",
    "began",
    "begin",
    "started",
    "concluded",
    "ended",
    "conducted",
    "opened",
    "joined",
    "convened",
    "launched",
    "launch",
    "carried",
    "staged",
    "mounted",
    "made",
    "paid",
    "completed",
    "resumed",
    "resume",
    "reached",
    "signed",
    "announced",
    "took",
    "wrapped",
    "claimed",
    "having",
    "launching",
    "heading",
    "heads",
    "headed",
    "chairs",
    "chairing",
    "attends",
    "attending",
    "addressed",
    "addressing",
    "continued",
    "continue",
    "continues",
    "suspended",
    "postponed",
    "cancelled",
    "canceled",
    "accepted",
    "accept",
    "broke",
    "breached",
    "respected",
    "honoured",
    "honored",
    "renewed",
    "prolonged",
    "backed",
    "commit",
    "commits",
    "committed",
    "announce",
    "announces",
    "declare",
    "declares",
    "observe",
    "extend",
    "violate",
    "sign",
    "signs",
];

const VIOLENT_SUPPORT: [&str; 11] = [
    "launched",
    "launch",
    "launching",
    "carried",
    "staged",
    "mounted",
    "conducted",
    "claimed",
    "resumed",
    "began",
    "made",
];

/// Participles that say by whom or for whom a thing was.
const BROKERED: [&str; 12] = [
    "negotiated",
    "brokered",
    "mediated",
    "sponsored",
    "agreed",
    "arranged",
    "organised",
    "organized",
    "aimed",
    "claimed",
    "led",
    "staged",
];

/// The names around a trigger, as the language orders them.
pub(super) fn around(scene: &Scene<'_>, hit: &Hit, rule: &Rule) -> Around {
    let class = rule.class;
    let meets = matches!(
        rule.kind,
        EventKind::Meeting | EventKind::Call | EventKind::Truce | EventKind::Agreement
    );
    let noun = class == Class::Noun;
    let found = match scene.language {
        Language::Turkish if class == Class::Joining => turkish_joining(scene, hit),
        Language::Arabic => arabic(scene, hit, noun, meets || ordered(rule.kind)),
        Language::Turkish if counted_subject(scene.line, hit) => {
            Around { subject: Vec::new(), implied: None, ..turkish(scene, hit, noun, meets) }
        }
        Language::Turkish => turkish(scene, hit, noun, meets),
        _ if noun => english_noun(scene, hit, rule),
        _ => english_verb(scene, hit),
    };
    Around { at: Some(hit.first), ..found }
}

/// What is told of by who did it: "أعلنت الشرطة توقيف".
const fn ordered(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Arrest
            | EventKind::Seizure
            | EventKind::Release
            | EventKind::CrossingOpen
            | EventKind::CrossingClose
            | EventKind::Dissolution
            | EventKind::Visit
    )
}

/// What stands around any verb, known to the tables or not.
pub(super) fn of_verb(scene: &Scene<'_>, word: usize) -> Around {
    let line = scene.line;
    let hit = Hit { rule: 0, first: word, last: word };
    let found = match scene.language {
        Language::Arabic => arabic(scene, &hit, false, false),
        Language::Turkish => turkish(scene, &hit, false, false),
        _ => {
            let owner = owners(line, &hit);
            let subject =
                if owner.is_empty() { doers(line, line.clause_of(word), word) } else { owner };
            Around { subject, ..Around::default() }
        }
    };
    Around { at: Some(word), ..found }
}

fn english_verb(scene: &Scene<'_>, hit: &Hit) -> Around {
    let line = scene.line;
    let clause = line.clause_of(hit.first);
    let before = doers(line, clause, hit.first);
    let end = reach(line, hit, false);
    let marked = in_reach(line, hit, end);
    // "called on X": the preposition belongs to the verb.
    let own = match line.tags[hit.last] {
        Tag::Prep(slot) => slot,
        _ => Slot::Bare,
    };
    let object: Vec<usize> = marked
        .iter()
        .copied()
        .filter(|&at| line.args[at].slot == own && line.args[at].word > hit.first)
        .collect();
    let by: Vec<usize> =
        marked.iter().copied().filter(|&at| line.args[at].slot == Slot::By).collect();
    if passive(line, hit) {
        return Around { subject: by, object: before, marked, ..Around::default() };
    }
    let said = inverted(line, hit);
    if !said.is_empty() {
        return Around { subject: said, marked, ..Around::default() };
    }
    let object = if object.is_empty() { told_of(line, clause, &before) } else { object };
    Around { subject: before, object, marked, ..Around::default() }
}

/// "The vote was stolen, said Zahra Amin": who says it stands behind the verb.
fn inverted(line: &Line, hit: &Hit) -> Vec<usize> {
    let parted = hit.first > 0 && matches!(line.tags[hit.first - 1], Tag::Comma | Tag::Quote);
    let named = matches!(line.tag(hit.last + 1), Tag::Name | Tag::Role | Tag::Official)
        || line.tag(hit.last + 1) == Tag::Determiner
            && matches!(line.tag(hit.last + 2), Tag::Name | Tag::Role);
    if !parted || !named || line.tags[hit.first] != Tag::Speech {
        return Vec::new();
    }
    let ends = |at: &usize| {
        matches!(
            line.tags[*at],
            Tag::Verb
                | Tag::Speech
                | Tag::Be
                | Tag::Modal
                | Tag::Comma
                | Tag::Relative
                | Tag::Stop
                | Tag::Quote
        )
    };
    let end = (hit.last + 1..line.words.len()).find(ends).unwrap_or(line.words.len());
    // "Petra, the state's agency, said Huneiti and Habib discussed": what follows has its own verb.
    if matches!(line.tag(end), Tag::Verb | Tag::Speech | Tag::Be | Tag::Modal) {
        return Vec::new();
    }
    line.subject_first(hit.last + 1, end)
}

/// "Ma Soe, whom the army detained": what the relative clause tells of is the object of its verb.
fn told_of(line: &Line, clause: usize, subject: &[usize]) -> Vec<usize> {
    let first = line.clauses[clause].first;
    let own = subject.iter().any(|&at| line.args[at].word > first);
    let relative = line.clauses[clause].opener == Opener::Relative
        && matches!(line.form(first), "whom" | "who" | "which" | "that");
    if relative && own { line.antecedent(first) } else { Vec::new() }
}

/// The subject of an English verb: of the infinitive after "forced X to" it is X, of a gerund after
/// "accused of" whoever stands before it.
fn doers(line: &Line, clause: usize, verb: usize) -> Vec<usize> {
    let infinitive = verb > 0 && line.tags[verb - 1] == Tag::To;
    if infinitive {
        let from = (0..verb - 1)
            .rfind(|&at| matches!(line.tags[at], Tag::Verb | Tag::Speech | Tag::Participle));
        if let Some(from) = from.filter(|&from| verb - from <= 8) {
            let controlled = line.subject_between(from + 1, verb);
            if !controlled.is_empty() {
                return controlled;
            }
        }
    }
    if let Some(accused) = accused_of(line, verb) {
        return accused;
    }
    let mut found: Vec<usize> =
        line.subject(clause).into_iter().filter(|&at| line.args[at].word < verb).collect();
    if found.is_empty() {
        // "The grouping of Iraq, Jordan and Syria will meet": members stand for their group.
        let first = line.clauses[clause].first;
        found = line.all(|arg| {
            first <= arg.word
                && arg.word < verb
                && arg.slot == Slot::Of
                && arg.shape == Shape::Whole
        });
    }
    // "Pakistan said its jets had hit": those who spoke.
    let owned =
        (line.clauses[clause].first..verb).any(|at| is_one!(line.form(at), "its|their|his|her"));
    if found.is_empty() && clause > 0 && owned && line.clauses[clause].opener == Opener::Content {
        found = line.subject(clause - 1);
    }
    found
}

/// "was accused of shelling", "accused Azerbaijan of shelling", "blamed X for killing": who is said to
/// have done it.
fn accused_of(line: &Line, verb: usize) -> Option<Vec<usize>> {
    let linked = verb > 1 && matches!(line.form(verb - 1), "of" | "for");
    if !linked || !line.form(verb).ends_with("ing") {
        return None;
    }
    let accuses = |at: &usize| {
        is_one!(
            line.form(*at),
            "accused|accuses|accusing|suspected|guilty|convicted|blamed|blames|blaming|suspects"
        )
    };
    let from = (verb.saturating_sub(10)..verb - 1).rev().find(accuses)?;
    let named = line.subject_between(from + 1, verb);
    if !named.is_empty() {
        return Some(named);
    }
    let before = line.args.iter().rposition(|arg| arg.word < from && arg.shape == Shape::Whole);
    Some(before.into_iter().collect())
}

fn english_noun(scene: &Scene<'_>, hit: &Hit, rule: &Rule) -> Around {
    let line = scene.line;
    let clause = line.clause_of(hit.first);
    let marked = in_reach(line, hit, reach(line, hit, true));
    let verb = line.clauses[clause].verb.filter(|&verb| verb < hit.first);
    let last = (line.clauses[clause].first..hit.first).rfind(|&at| {
        matches!(line.tags[at], Tag::Verb | Tag::Speech | Tag::Participle | Tag::Noun)
            && line.words[at].mention.is_none()
            && (line.tags[at] != Tag::Noun || SUPPORT.contains(&line.form(at)))
    });
    let violent = matches!(rule.kind, EventKind::Attack | EventKind::Killing | EventKind::Arrest);
    let supported = verb.is_some()
        && last.is_some_and(|at| {
            let form = line.form(at);
            SUPPORT.contains(&form) && (!violent || VIOLENT_SUPPORT.contains(&form))
        });
    // "is on a two-day trip to".
    let under_way = (1..=4)
        .filter_map(|back| hit.first.checked_sub(back))
        .any(|back| line.form(back) == "on" && back > 0 && line.tags[back - 1] == Tag::Be);
    let supported = supported || (under_way && rule.kind == EventKind::Visit);
    let joined = marked.iter().any(|&at| line.args[at].slot == Slot::With);
    let mut around = Around { owner: owners(line, hit), marked, ..Around::default() };
    let possessive = (1..=3).filter_map(|back| hit.first.checked_sub(back)).find_map(|back| {
        match line.form(back) {
            "his" | "her" => Some(What::Person),
            "their" => Some(What::Persons),
            _ => None,
        }
    });
    // "said it was behind the attack"
    let behind = violent
        && (1..=3)
            .filter_map(|back| hit.first.checked_sub(back))
            .any(|back| line.form(back) == "behind" && back > 0 && line.tags[back - 1] == Tag::Be);
    let supported = supported || behind;
    if supported || (joined && around.owner.is_empty() && possessive.is_none()) {
        let holds = |at: &usize| line.args[*at].word < hit.first || !supported;
        around.subject = line.subject(clause).into_iter().filter(holds).collect();
        around.subject.retain(|at| !around.marked.contains(at) || supported);
    }
    let attending = (1..=4).filter_map(|back| hit.first.checked_sub(back)).any(|back| {
        matches!(line.form(back), "at" | "during")
            || (joined && matches!(line.form(back), "in" | "after"))
    });
    let called = rule.kind == EventKind::Call && line.form(hit.first) == "in";
    if called && around.owner.is_empty() {
        // "In a call, A told B that ...": all who are named before the content.
        let end = (hit.last..line.words.len()).find(|&at| line.tags[at] == Tag::That);
        let end = end.unwrap_or(line.words.len());
        around.subject = line.all(|arg| {
            hit.last < arg.word && arg.word < end && matches!(arg.slot, Slot::Bare | Slot::With)
        });
    } else if attending && around.subject.is_empty() && around.owner.is_empty() {
        let mut next = line.subject(clause + 1);
        if next.is_empty() {
            next = line
                .all(|arg| arg.clause == clause && arg.word > hit.last && arg.slot == Slot::Bare);
        }
        let person = |at: &usize| matches!(line.args[*at].what, What::Mention(m) if scene.mentions[m].kind == MentionKind::Person);
        around.subject = next.into_iter().filter(person).collect();
    }
    if around.subject.is_empty() {
        around.implied = possessive;
    }
    around
}

fn owners(line: &Line, hit: &Hit) -> Vec<usize> {
    owners_beside(line, hit, true)
}

/// `adjunct`: whether a name directly before the noun is its owner ("Boko Haram attack").
fn owners_beside(line: &Line, hit: &Hit, adjunct: bool) -> Vec<usize> {
    let adjacent = line.args.iter().filter(|_| adjunct).find(|arg| {
        arg.word + 1 == hit.first && arg.shape == Shape::Whole && arg.slot == Slot::Bare
    });
    line.all(|arg| {
        let describes =
            matches!(arg.shape, Shape::Modifier(at) if hit.first <= at && at <= hit.last);
        let possessor = arg.word + 2 == hit.first && line.tag(arg.word + 1) == Tag::Possessive;
        let listed = adjacent.is_some_and(|next| next.list == arg.list && arg.word <= next.word);
        describes || possessor || listed
    })
}

/// One past the last word the trigger's own names can stand at.
pub(super) fn reach(line: &Line, hit: &Hit, noun: bool) -> usize {
    let end = line.clauses[line.clause_of(hit.first)].end;
    for at in hit.last + 1..end {
        let stop = match line.tags[at] {
            Tag::Modal | Tag::Speech => true,
            Tag::Be => !noun,
            Tag::Verb => {
                !(noun && (SUPPORT.contains(&line.form(at)) || BROKERED.contains(&line.form(at))))
            }
            Tag::Participle => !noun,
            Tag::To => line.tag(at + 1) == Tag::Verb,
            _ => false,
        };
        if stop {
            return at;
        }
    }
    end
}

/// Names with any slot from the trigger on, and those before it since the clause's last verb.
fn in_reach(line: &Line, hit: &Hit, end: usize) -> Vec<usize> {
    let clause = line.clauses[line.clause_of(hit.first)];
    let from = (clause.first..hit.first)
        .rfind(|&at| matches!(line.tags[at], Tag::Verb | Tag::Modal | Tag::Be | Tag::Speech))
        .unwrap_or(clause.first);
    line.all(|arg| {
        let after = hit.first < arg.word && arg.word < end;
        let before =
            from <= arg.word && arg.word < hit.first && matches!(arg.slot, Slot::By | Slot::In);
        (after || before) && !matches!(arg.shape, Shape::Modifier(_))
    })
}

fn passive(line: &Line, hit: &Hit) -> bool {
    let mut back = hit.first;
    while back > 0 && matches!(line.tags[back - 1], Tag::Adverb | Tag::Not) {
        back -= 1;
    }
    let participle = !line.form(hit.first).ends_with("ing");
    let be = back > 0 && line.tags[back - 1] == Tag::Be;
    let by = (1..=2).any(|next| line.form(hit.last + next) == "by");
    participle && (be || by)
}

fn arabic(scene: &Scene<'_>, hit: &Hit, noun: bool, meets: bool) -> Around {
    let line = scene.line;
    let clause = line.clauses[line.clause_of(hit.first)];
    let end = (hit.last + 1..clause.end)
        .find(|&at| matches!(line.tags[at], Tag::Verb | Tag::Speech))
        .unwrap_or(clause.end);
    let within = |arg: &Arg| hit.first < arg.word && arg.word < end;
    let bare = line.all(|arg| {
        within(arg) && arg.slot == Slot::Bare && !matches!(arg.shape, Shape::Modifier(_))
    });
    let marked = line.all(|arg| {
        (within(arg)
            || (clause.first <= arg.word && arg.word < hit.first && arg.slot != Slot::Bare))
            && !matches!(arg.shape, Shape::Modifier(_))
    });
    let first_list = bare.first().map(|&at| line.args[at].list);
    let (front, rest): (Vec<usize>, Vec<usize>) =
        bare.into_iter().partition(|&at| Some(line.args[at].list) == first_list);
    if noun {
        let owner = owners_beside(line, hit, false);
        let between = marked.iter().any(|&at| line.args[at].slot == Slot::Between);
        // "توصلت الهند وباكستان إلى وقف": the noun is what the subject of its clause came to.
        // "تبنت الجماعة الهجوم", "نفذ الجيش غارات": whose attack it was.
        let staged = (clause.first..hit.first).any(|at| {
            let form = line.form(at).trim_start_matches('و');
            ["تبن", "شن", "نفذ"].iter().any(|stem| form.starts_with(stem))
        });
        let said = !staged && (!owner.is_empty() || !front.is_empty() || between || !meets);
        let subject = if said { Vec::new() } else { line.subject_between(clause.first, hit.first) };
        return Around { subject, owner, object: front, marked, ..Around::default() };
    }
    let before = line.subject_between(clause.first, hit.first);
    if !before.is_empty() {
        return Around { subject: before, object: front, marked, ..Around::default() };
    }
    let implied = front.is_empty().then(|| {
        let plural = line.form(hit.first).ends_with('ا');
        if plural { What::Persons } else { What::Person }
    });
    Around { subject: front, object: rest, marked, implied, ..Around::default() }
}

/// "Suriye heyetinde A, B ve C vardı": everybody in the clause.
fn turkish_joining(scene: &Scene<'_>, hit: &Hit) -> Around {
    let line = scene.line;
    let clause = line.clause_of(hit.first);
    let owner = owners(line, hit);
    let near =
        |arg: &Arg| arg.clause == clause && matches!(arg.slot, Slot::Bare | Slot::With | Slot::To);
    let subject = line.all(|arg| near(arg) && !matches!(arg.shape, Shape::Modifier(_)));
    Around { subject, owner, ..Around::default() }
}

fn turkish(scene: &Scene<'_>, hit: &Hit, noun: bool, meets: bool) -> Around {
    let line = scene.line;
    let clause = line.clauses[line.clause_of(hit.first)];
    let from = clause.first;
    let within = |arg: &Arg| from <= arg.word && arg.word < hit.first;
    let whole = |arg: &Arg| !matches!(arg.shape, Shape::Modifier(_));
    let marked = line.all(|arg| within(arg) && whole(arg) && arg.slot != Slot::Bare);
    let mut owner = owners_beside(line, hit, noun);
    if noun && owner.is_empty() {
        owner = turkish_doers(line, from, hit.first);
    }
    let bare = line.all(|arg| within(arg) && whole(arg) && arg.slot == Slot::Bare);
    let first = bare.first().map(|&at| line.args[at].list);
    let mut subject: Vec<usize> =
        bare.iter().copied().filter(|&at| Some(line.args[at].list) == first).collect();
    if noun {
        // The noun belongs to the subject of its clause unless it says whose it is.
        let said = !owner.is_empty()
            || marked.iter().any(|&at| matches!(line.args[at].slot, Slot::With | Slot::Between));
        let subject = if said || !meets { Vec::new() } else { subject };
        return Around { subject, owner, marked, ..Around::default() };
    }
    let object: Vec<usize> = line.all(|arg| within(arg) && whole(arg) && arg.slot == Slot::Object);
    if subject.is_empty() && !turkish_passive(line.form(hit.last)) {
        subject = turkish_first(line, &within);
    }
    // "üç kişi yakalandı": they are the subject; "üç kişiyi yakaladı" leaves it out.
    let counted = (clause.first..hit.first.min(clause.first + 3))
        .any(|at| line.tags[at] == Tag::Quantity && !ends_in_accusative(line.form(at)));
    if subject.is_empty() && clause.first > 0 && !counted {
        subject = line.subject(line.clause_of(hit.first) - 1);
    }
    if turkish_passive(line.form(hit.last)) {
        let by = marked.iter().copied().filter(|&at| line.args[at].slot == Slot::By).collect();
        return Around { subject: by, object: subject, marked, owner, ..Around::default() };
    }
    if subject.is_empty() && nominalised(line.form(hit.last)) {
        subject = line.all(|arg| within(arg) && arg.slot == Slot::Of);
    }
    let implied = subject.is_empty().then(|| {
        let plural = line.form(hit.last).ends_with("lar") || line.form(hit.last).ends_with("ler");
        if plural { What::Persons } else { What::Person }
    });
    Around { subject, object, marked, owner, implied, at: None }
}

/// "Rusya'nın kente düzenlediği saldırı": who did it stands in the genitive before the participle.
fn turkish_doers(line: &Line, from: usize, noun: usize) -> Vec<usize> {
    const PARTICIPLES: [&str; 8] = ["dığı", "diği", "duğu", "düğü", "tığı", "tiği", "tuğu", "tüğü"];
    let participle = (noun.saturating_sub(4).max(from)..noun)
        .rfind(|&at| PARTICIPLES.iter().any(|end| line.form(at).ends_with(end)));
    let Some(participle) = participle else { return Vec::new() };
    let before = |arg: &Arg| from <= arg.word && arg.word < participle && arg.slot == Slot::Of;
    let last = line.args.iter().rfind(|arg| before(arg)).map(|arg| arg.list);
    line.all(|arg| before(arg) && Some(arg.list) == last)
}

/// "Azerbaycan askerlerini çekti", "M23 isyancıları kenti aldı": without another subject the name
/// that begins the clause does it, or those who are its own.
fn turkish_first(line: &Line, within: &dyn Fn(&Arg) -> bool) -> Vec<usize> {
    let first = line.args.iter().position(within);
    let fits = |at: &usize| {
        let arg = &line.args[*at];
        let own = arg.slot == Slot::Object && line.tag(arg.word + 1) == Tag::Official;
        let modifies = matches!(arg.shape, Shape::Modifier(_));
        own || (modifies && matches!(arg.slot, Slot::Bare | Slot::Object))
    };
    first.filter(fits).into_iter().collect()
}

fn ends_in_accusative(form: &str) -> bool {
    ["yi", "yı", "yu", "yü", "eri", "arı", "ini", "ını", "unu", "ünü"]
        .iter()
        .any(|end| form.ends_with(end))
}

/// "340 kişinin döneceğini söyledi": they return, and not who said so.
fn counted_subject(line: &Line, hit: &Hit) -> bool {
    let first = line.clauses[line.clause_of(hit.first)].first;
    let form = line.form(hit.last);
    (nominalised(form) || ["acağını", "eceğini"].iter().any(|end| form.ends_with(end)))
        && (first..hit.first).any(|at| {
            line.tags[at] == Tag::Quantity
                && ["nin", "nın", "nun", "nün"].iter().any(|end| line.form(at).ends_with(end))
        })
}

/// "kaçtığı", "imzalaması": verbs whose subject is in the genitive.
fn nominalised(form: &str) -> bool {
    [
        "dığı",
        "diği",
        "duğu",
        "düğü",
        "tığı",
        "tiği",
        "tuğu",
        "tüğü",
        "ması",
        "mesi",
        "acağı",
        "eceği",
        "dığını",
        "diğini",
        "tığını",
        "tiğini",
        "masını",
        "mesini",
        "duğunu",
        "düğünü",
        "masıyla",
        "mesiyle",
    ]
    .iter()
    .any(|end| form.ends_with(end))
}

fn turkish_passive(form: &str) -> bool {
    let stem = form.trim_end_matches("lar").trim_end_matches("ler");
    // "ziyarette bulundu" looks like a passive and is none.
    !stem.starts_with("bulun")
        && [
            "ıldı",
            "ildi",
            "uldu",
            "üldü",
            "ındı",
            "indi",
            "undu",
            "ündü",
            "landı",
            "lendi",
            "ıldığı",
            "ildiği",
        ]
        .iter()
        .any(|end| stem.ends_with(end))
}
