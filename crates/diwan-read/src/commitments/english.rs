//! English: "agreed to", "will", "ready to", and how far the promise reaches.

use super::{Promise, Scene};
use crate::chunk::{Line, Opener, Slot, Tag, What};
use crate::reading::{Firmness, MentionKind};

/// Verbs that promise what follows with "to".
const FIRM: [&str; 32] = [
    "agreed",
    "agree",
    "agrees",
    "agreeing",
    "pledged",
    "pledges",
    "pledge",
    "pledging",
    "promised",
    "promises",
    "promise",
    "promising",
    "vowed",
    "vows",
    "vow",
    "vowing",
    "undertook",
    "undertake",
    "undertakes",
    "committed",
    "commits",
    "commit",
    "committing",
    "decided",
    "decides",
    "resolved",
    "commitment",
    "guaranteed",
    "swore",
    "offered",
    "obliged",
    "undertaking",
];
const INTENDED: [&str; 21] = [
    "plans",
    "plan",
    "planned",
    "planning",
    "intends",
    "intend",
    "intended",
    "aims",
    "aim",
    "aimed",
    "ready",
    "readiness",
    "prepared",
    "willing",
    "willingness",
    "preparing",
    "intending",
    "intention",
    "undertakes",
    "proposes",
    "pledging",
];
const CONSIDERED: [&str; 6] =
    ["considering", "considers", "consider", "mulling", "weighing", "exploring"];

/// Verbs whose "will" tells a course of events and no promise.
const NO_PROMISE: &str = " be have need remain yield rely view depend face lead mean become seem see know \
    continue-to-be want require cost last happen come affect likely feel lose find meet attend visit \
    arrive travel discuss include take-place take-part expire suffer die rise fall grow result prove \
    show think believe never no also not determine decide cause destroy condemn welcome stress \
    express deny say tell play win speak read appear represent emphasise emphasize reject celebrate \
    mark benefit receive struggle experience understand like vote stand address depart return go get \
    bring ";
/// Verbs of plots, not of promises.
const VIOLENT: [&str; 9] =
    ["attack", "carry", "execute", "bomb", "kill", "assassinate", "target", "overthrow", "blow"];
/// Said in a summary, not promised by anybody.
const HEDGES: [&str; 9] = [
    "expected",
    "unlikely",
    "likely",
    "if",
    "hopefully",
    "whether",
    "fears",
    "feared",
    "predicted",
];

pub(super) fn promises(scene: &Scene<'_>) -> Vec<Promise> {
    let line = scene.line;
    let mut out: Vec<Promise> = Vec::new();
    for at in 0..line.words.len() {
        let form = line.form(at);
        if let Some((firmness, rule)) = verb(form) {
            let Some(start) = content(line, at) else { continue };
            if denied(line, at) {
                continue;
            }
            let owners = scene.owners(at);
            let violent = VIOLENT.contains(&line.form(start));
            let noun = at > 0 && matches!(line.form(at - 1), "a" | "the");
            if noun || violent || (owners.is_empty() && firmness != Firmness::Firm) {
                continue;
            }
            chain(scene, (at, at + 1), start, &owners, (firmness, rule), &mut out);
        } else if matches!(form, "will" | "would" | "'ll" | "shall") {
            out.extend(will(scene, at));
        } else if form == "discussed" {
            out.extend(discussed(scene, at));
        }
    }
    out.sort_by_key(|promise| promise.what.0);
    out
}

fn verb(form: &str) -> Option<(Firmness, &'static str)> {
    if FIRM.contains(&form) {
        Some((Firmness::Firm, "commitment.en.agreed"))
    } else if INTENDED.contains(&form) {
        Some((Firmness::Intended, "commitment.en.intends"))
    } else if CONSIDERED.contains(&form) {
        Some((Firmness::Considered, "commitment.en.considers"))
    } else {
        None
    }
}

fn denied(line: &Line, at: usize) -> bool {
    (1..=3).filter_map(|back| at.checked_sub(back)).any(|back| {
        matches!(
            line.form(back),
            "not" | "'t" | "never" | "no" | "if" | "may" | "might" | "could" | "should" | "must"
        )
    })
}

/// The first word of what is promised: after "to", after "on" with a gerund, after "that ... will".
fn content(line: &Line, at: usize) -> Option<usize> {
    let mut next = at + 1;
    let considered = CONSIDERED.contains(&line.form(at));
    while matches!(line.tag(next), Tag::Adverb | Tag::Pronoun | Tag::Date)
        || (matches!(line.tag(next), Tag::Prep(_)) && line.tag(next + 1) == Tag::Date)
        || matches!(line.form(next), "itself" | "themselves")
    {
        next += 1;
    }
    if considered && line.tag(next) == Tag::Participle {
        return Some(next);
    }
    match line.form(next) {
        "to" => {
            let verb = (next + 1..next + 4).find(|&at| line.tag(at) != Tag::Adverb)?;
            matches!(line.tag(verb), Tag::Verb | Tag::Participle).then_some(next + 1)
        }
        "a" | "an" if matches!(line.form(at), "offered" | "offers" | "promised" | "pledged") => {
            Some(next)
        }
        "on" if FIRM.contains(&line.form(at)) => {
            let gerund = matches!(line.tag(next + 1), Tag::Participle);
            gerund.then_some(next + 1)
        }
        _ => None,
    }
}

/// Every infinitive of "agreed to A and to B".
fn chain(
    scene: &Scene<'_>,
    trigger: (usize, usize),
    start: usize,
    owners: &[String],
    (firmness, rule): (Firmness, &'static str),
    out: &mut Vec<Promise>,
) {
    let line = scene.line;
    let mut first = start;
    loop {
        let end = end(line, first);
        let discussing = matches!(
            line.form(first),
            "condemn" | "discuss" | "meet" | "express" | "welcome" | "stress" | "disagree" | "be"
        );
        if end > first + 1 && !discussing {
            let promise =
                Promise { owners: owners.to_vec(), what: (first, end), trigger, firmness, rule };
            out.push(promise);
        }
        let mut next = end;
        while matches!(line.tag(next), Tag::Comma | Tag::And | Tag::Adverb) {
            next += 1;
        }
        if next == end || line.tag(next) != Tag::To || line.tag(next + 1) != Tag::Verb {
            return;
        }
        first = next + 1;
    }
}

/// One past the last word of a promise that starts at a word.
fn end(line: &Line, start: usize) -> usize {
    for at in start + 1..line.words.len() {
        let next = line.tag(at + 1);
        let stop = match line.tags[at] {
            Tag::Stop | Tag::Quote => true,
            Tag::Relative => line.form(at) != "whose",
            Tag::That => line.tag(at.saturating_sub(1)) != Tag::Noun,
            Tag::Comma => breaks(line, at + 1),
            Tag::And => {
                next == Tag::To
                    || (at + 1..at + 5).any(|word| line.tag(word) == Tag::Modal)
                    || matches!(next, Tag::Speech | Tag::Modal | Tag::Be)
                    || (next == Tag::Verb && finite(line.form(at + 1)))
                    || (next == Tag::Pronoun)
            }
            Tag::Joiner => matches!(
                line.form(at),
                "while" | "although" | "though" | "because" | "but" | "whereas"
            ),
            _ => false,
        };
        if stop {
            return at;
        }
    }
    line.words.len()
}

fn breaks(line: &Line, at: usize) -> bool {
    match line.tag(at) {
        Tag::Relative | Tag::Joiner | Tag::Speech | Tag::Participle | Tag::Quote | Tag::Pronoun => {
            true
        }
        Tag::And => {
            matches!(line.tag(at + 1), Tag::Speech | Tag::Modal | Tag::Pronoun | Tag::To)
                || (line.tag(at + 1) == Tag::Verb && finite(line.form(at + 1)))
        }
        Tag::Name | Tag::Role | Tag::Determiner => {
            (at + 1..line.words.len().min(at + 6)).any(|next| line.tags[next] == Tag::Speech)
        }
        Tag::Prep(_) => line.form(at) == "according" || line.form(at) == "following",
        Tag::Noun => line.form(at) == "according",
        _ => false,
    }
}

fn finite(form: &str) -> bool {
    form.ends_with("ed")
        || matches!(
            form,
            "said" | "held" | "met" | "took" | "made" | "gave" | "sent" | "led" | "called"
        )
}

/// "Türkiye would host a second round": a state, body or person that will do something.
fn will(scene: &Scene<'_>, at: usize) -> Option<Promise> {
    let line = scene.line;
    let mut verb = at + 1;
    while matches!(line.tag(verb), Tag::Adverb) {
        verb += 1;
    }
    let form = line.form(verb);
    if form == "be" && line.tag(verb + 1) == Tag::Verb {
        return passive(scene, at, verb);
    }
    if line.tag(verb) != Tag::Verb || NO_PROMISE.contains(&format!(" {form} ")) {
        return None;
    }
    if line.words[..at].iter().any(|word| HEDGES.contains(&word.form.as_str())) {
        return None;
    }
    let what = (verb, end(line, verb));
    let owners = match line.form(at.saturating_sub(1)) {
        "we" | "i" => speaker(scene, at),
        "it" if line.clauses[line.clause_of(at)].opener != Opener::Content => return None,
        _ => acting(scene, at),
    };
    if owners.is_empty() || what.1 <= what.0 + 1 {
        return None;
    }
    Some(Promise {
        owners,
        what,
        trigger: (at, at + 1),
        firmness: Firmness::Firm,
        rule: "commitment.en.will",
    })
}

/// "said that the stations will be finished": whoever says so answers for it.
fn passive(scene: &Scene<'_>, at: usize, verb: usize) -> Option<Promise> {
    let line = scene.line;
    let clause = line.clause_of(at);
    let told =
        (clause > 0 && line.clauses[clause].opener == Opener::Content).then(|| clause - 1)?;
    let speech = line.clauses[told].verb.filter(|&verb| line.tags[verb] == Tag::Speech)?;
    let owners = scene.owners(speech);
    let end = end(line, verb);
    (!owners.is_empty() && end > verb + 2).then_some(Promise {
        owners,
        what: (verb, end),
        trigger: (at, at + 1),
        firmness: Firmness::Firm,
        rule: "commitment.en.will_be",
    })
}

/// The subject of "will", if it can promise anything.
fn acting(scene: &Scene<'_>, at: usize) -> Vec<String> {
    let line = scene.line;
    let clause = line.clause_of(at);
    let subject = line.subject(clause);
    let able = subject.iter().any(|&arg| match line.args[arg].what {
        What::Mention(m) => scene.mentions[m].kind != MentionKind::Place,
        _ => true,
    });
    let close = subject.iter().any(|&arg| at - line.args[arg].word.min(at) <= 8);
    if able && (close || line.clauses[clause].first + 4 >= at) {
        scene.owners(at)
    } else {
        Vec::new()
    }
}

/// Whoever the words in quotation marks are from: named after them, or the last one who spoke.
fn speaker(scene: &Scene<'_>, at: usize) -> Vec<String> {
    let line = scene.line;
    let said = (at..line.words.len()).find(|&word| line.tags[word] == Tag::Quote);
    let after = said.and_then(|quote| {
        line.args.iter().find(|arg| {
            arg.word > quote && arg.slot == Slot::Bare && !matches!(arg.what, What::Gathering)
        })
    });
    let before = line.args.iter().rfind(|arg| {
        arg.word < at
            && arg.slot == Slot::Bare
            && line.clauses[arg.clause]
                .verb
                .is_some_and(|verb| matches!(line.tags[verb], Tag::Speech | Tag::Verb))
    });
    let named = match after.or(before) {
        Some(arg) => scene.memory.resolve(arg.what, scene.mentions),
        None => scene.memory.person.iter().cloned().collect(),
    };
    scene.with_states(named)
}

/// "discussed possible joint steps to ...": weak, and only where steps are spoken of.
fn discussed(scene: &Scene<'_>, at: usize) -> Option<Promise> {
    let line = scene.line;
    let steps = (at + 1..line.words.len().min(at + 5)).any(|next| {
        matches!(
            line.form(next),
            "steps" | "plans" | "measures" | "establishing" | "creating" | "launching"
        )
    });
    let what = (at + 1, end(line, at + 1));
    let owners = scene.owners(at);
    (steps && !owners.is_empty() && what.1 > what.0 + 2).then_some(Promise {
        owners,
        what,
        trigger: (at, at + 1),
        firmness: Firmness::Considered,
        rule: "commitment.en.discussed",
    })
}
