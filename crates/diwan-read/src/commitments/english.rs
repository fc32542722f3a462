//! English: "agreed to", "will", "is to", "pledged 20 ships", and who is bound by it.

mod reach;

use super::{Promise, Scene};
use crate::chunk::{Line, Opener, Slot, Tag, What};
use crate::events;
use crate::reading::{Firmness, MentionKind};
use crate::words::{List, is_one};
use reach::{acts, end};

/// Words that promise what follows with "to", or in a clause with "that".
static FIRM: List = List::new(
    "agreed agree agrees agreeing consented consents pledged pledges undertaken pledge \
    pledging promised promises promise promising vowed vows vow vowing undertook undertake \
    undertakes undertaking committed commits commit committing commitment decided decides decision \
    resolved guaranteed guarantees swore swears sworn offered offers obliged obligation bound bind \
    binds binding opted opts elected determined resolve chose earmarked accepted accepts assured assures guarantee",
);
static INTENDED: List = List::new(
    "plans plan planned planning intends intend intended intending intention \
    aims aim aimed ready readiness prepared willing willingness preparing prepares proposes \
    threatened threatens threatening gearing",
);
static CONSIDERED: List = List::new("considering considers consider mulling weighing exploring");
/// Nouns that promise what follows with "to" where somebody gives them: "gave a pledge to".
static PLEDGES: List = List::new(
    "pledge pledges promise promises commitment commitments undertaking undertakings assurance \
    assurances guarantee guarantees vow offer",
);
/// What is agreed on as a deed: "agreed on the release of".
static DEEDS: List = List::new(
    "creation establishment formation release opening reopening withdrawal exchange return \
    deployment construction resumption extension launch removal transfer handover delivery \
    repatriation disarmament demarcation appointment dissolution lifting suspension protection",
);
/// Of these, the words that promise a thing and not only a deed: "pledged two ships".
static GIVING: List = List::new(
    "pledged pledges pledge promised promises offered offers committed commits earmarked",
);
/// "offered no comment", "pledged allegiance": nothing is given.
static EMPTY: List = List::new(
    "no comment condolences apology apologies thanks prayers sympathy allegiance \
    congratulations loyalty resignation bribe bribes reward hope advice explanation details \
    evidence insight glimpse change little few",
);
/// "agreed to a truce" promises it, "agreed to the idea" does not.
static ACCEPTED: List = List::new(
    "idea proposal request terms text demand demands wording view position date talks meeting \
    interview",
);

/// Verbs whose "will" tells a course of events and no promise.
static NO_PROMISE: List = List::new(
    "be have need remain yield rely depend face mean become seem see know \
    want require cost last happen affect likely feel lose find include expire suffer die rise fall \
    grow result prove show think believe never determine cause destroy condemn welcome \
    stress express deny say tell play win read appear represent emphasise emphasize reject \
    celebrate mark benefit receive struggle experience understand like vote stand depart get \
    cover increase decrease worsen weaken hurt hit stay survive fail succeed struggle spread \
    continue-to-be matter reach hear learn enjoy love miss love wait occur emerge trigger \
    disappear collapse break sink exceed total amount exist belong sound look",
);
/// In the passive these befall somebody.
static BEFALLS: List = List::new(
    "hit affected needed required remembered seen known felt lost delayed \
    killed hurt missed born hampered damaged struck battered faced dominated overshadowed",
);
/// Denied, these are an opinion and no promise.
static OPINIONS: List = List::new("accept recognise recognize comment change");
/// Verbs of plots, not of promises.
static VIOLENT: List =
    List::new("attack execute bomb kill assassinate target overthrow blow murder");
/// Said in a summary, not promised by anybody.
static HEDGES: List = List::new(
    "expected unlikely likely if hopefully whether fears feared predicted forecast could",
);
/// Texts by which parties are bound.
static DEALS: List = List::new(
    "deal agreement accord pact treaty text plan terms protocol roadmap truce \
    ceasefire memorandum declaration resolution framework arrangement document settlement",
);
/// Those who act for the parties named before them.
static ENVOYS: List = List::new(
    "commanders ministers delegations negotiators teams envoys officers leaders \
    presidents armies sides generals officials committee commission countries militaries",
);

pub(super) fn promises(scene: &Scene<'_>) -> Vec<Promise> {
    let line = scene.line;
    let mut out: Vec<Promise> = Vec::new();
    for at in 0..line.words.len() {
        if line.words[at].mention.is_some() {
            continue;
        }
        let form = line.form(at);
        match line.tags[at] {
            Tag::Be => bound(scene, at, &mut out),
            _ if matches!(form, "must" | "has" | "have") => obliged(scene, at, &mut out),
            Tag::Modal if matches!(form, "will" | "would" | "'ll" | "shall") => {
                will(scene, at, &mut out);
            }
            _ if matches!(form, "obliges" | "requires" | "commits" | "binds") => {
                obliges(scene, at, &mut out);
            }
            _ if form == "discussed" => out.extend(discussed(scene, at)),
            _ if form == "see" || form == "sees" => sees(scene, at, &mut out),
            _ if PLEDGES.has(form) => pledge_given(scene, at, &mut out),
            _ => {}
        }
        if let Some(kind) = verb(form) {
            promised(scene, at, kind, &mut out);
        }
    }
    out.sort_by_key(|promise| promise.what.0);
    out
}

fn verb(form: &str) -> Option<(Firmness, &'static str)> {
    if FIRM.has(form) {
        Some((Firmness::Firm, "commitment.en.agreed"))
    } else if INTENDED.has(form) {
        Some((Firmness::Intended, "commitment.en.intends"))
    } else if CONSIDERED.has(form) {
        Some((Firmness::Considered, "commitment.en.considers"))
    } else {
        None
    }
}

/// What a word that promises promises: deeds, or a thing.
fn promised(
    scene: &Scene<'_>,
    at: usize,
    (firmness, rule): (Firmness, &'static str),
    out: &mut Vec<Promise>,
) {
    let line = scene.line;
    let noun = at > 0 && matches!(line.form(at - 1), "a" | "the" | "an");
    if noun || denied(line, at) {
        return;
    }
    // "announced plans to move": whoever announces them.
    let announced = at > 0
        && is_one!(line.form(at), "plans|plan|intention|readiness|willingness|decision")
        && is_one!(line.form(at - 1), "announced|unveiled|approved|confirmed|outlined|announces");
    let owners = scene.owners(at - usize::from(announced));
    if let Some(start) = content(line, at) {
        let violent = VIOLENT.has(line.form(start));
        if !violent && (firmness == Firmness::Firm || !owners.is_empty()) {
            chain(scene, (at, at + 1), start, &owners, (firmness, rule), out);
        }
    } else if let Some(start) = thing(line, at)
        && !owners.is_empty()
    {
        let what = (start, end(line, start));
        let promise =
            Promise { owners, what, trigger: (at, at + 1), firmness, rule: "commitment.en.gives" };
        out.extend((what.1 > what.0 + 1).then_some(promise));
    }
}

/// "gave an undertaking to withdraw", "renewed its pledge to help": whoever gives it is bound.
fn pledge_given(scene: &Scene<'_>, at: usize, out: &mut Vec<Promise>) {
    let line = scene.line;
    let gives = (at.saturating_sub(3)..at).rfind(|&word| {
        is_one!(
            line.form(word),
            "gave|gives|given|made|makes|issued|renewed|reaffirmed|repeated|reiterated|honour"
        )
    });
    let Some(gives) = gives.filter(|&word| !denied(line, word)) else { return };
    if line.tag(at + 1) != Tag::To || line.tag(at + 2) != Tag::Verb {
        return;
    }
    let owners = scene.owners(gives);
    if !owners.is_empty() {
        let how = (Firmness::Firm, "commitment.en.pledge");
        chain(scene, (at, at + 1), at + 2, &owners, how, out);
    }
}

/// "The agreement will see Kenya deploy 600 officers": whom a text has act stands before the deed.
fn sees(scene: &Scene<'_>, at: usize, out: &mut Vec<Promise>) {
    let line = scene.line;
    let first = line.clauses[line.clause_of(at)].first;
    if !(first..at).any(|word| DEALS.has(line.form(word))) {
        return;
    }
    let Some(deed) = (at + 2..line.words.len().min(at + 9)).find(|&word| acts(line, word)) else {
        return;
    };
    let bound = line.all(|arg| at < arg.word && arg.word < deed);
    let owners = events::unique(
        bound.into_iter().flat_map(|arg| scene.memory.resolve(line.args[arg].what, scene.mentions)),
    );
    if !owners.is_empty() {
        chain(scene, (at, deed), deed, &owners, (Firmness::Firm, "commitment.en.bound"), out);
    }
}

fn denied(line: &Line, at: usize) -> bool {
    (1..=3).filter_map(|back| at.checked_sub(back)).any(|back| {
        matches!(
            line.form(back),
            "not"
                | "'t"
                | "never"
                | "no"
                | "if"
                | "may"
                | "might"
                | "could"
                | "should"
                | "must"
                | "failed"
                | "refused"
                | "asked"
                | "urged"
        )
    })
}

/// The first word of what is promised: after "to", after "on" with a gerund.
fn content(line: &Line, at: usize) -> Option<usize> {
    let mut next = at + 1;
    while matches!(line.tag(next), Tag::Adverb | Tag::Pronoun | Tag::Date)
        || (matches!(line.tag(next), Tag::Prep(_)) && line.tag(next + 1) == Tag::Date)
        || matches!(line.form(next), "itself" | "themselves" | "himself" | "herself")
    {
        next += 1;
    }
    if CONSIDERED.has(line.form(at)) && line.tag(next) == Tag::Participle {
        return Some(next);
    }
    // "promised voters to double pensions": to whom stands in between.
    if line.form(at).starts_with("promis") && line.tag(next) != Tag::To {
        next = behind_phrase(line, at).unwrap_or(next);
    }
    if FIRM.has(line.form(at)) && matches!(line.tag(next), Tag::Prep(_)) {
        next = behind_phrase(line, next).unwrap_or(next);
    }
    let not = usize::from(line.form(next) == "not" && line.form(next + 1) == "to");
    next += not;
    match line.form(next) {
        "to" => {
            let verb = (next + 1..next + 4).find(|&at| line.tag(at) != Tag::Adverb)?;
            let deed = matches!(line.tag(verb), Tag::Verb | Tag::Participle);
            deed.then_some(next + 1 - 2 * not)
        }
        "on" if FIRM.has(line.form(at)) => {
            let article = usize::from(line.tag(next + 1) == Tag::Determiner);
            let deed =
                DEEDS.has(line.form(next + 1 + article)) && line.form(next + 2 + article) == "of";
            // "agreed on a plan to build": an effort is only for something, a plan is of something.
            let plan = next + 1 + article;
            let planned = is_one!(line.form(plan), "plan|plans|roadmap|timetable|schedule|steps")
                && line.tag(plan + 1) == Tag::To
                && line.tag(plan + 2) == Tag::Verb;
            let start = if planned { plan + 2 } else { next + 1 };
            (planned || deed || line.tag(next + 1) == Tag::Participle).then_some(start)
        }
        _ => None,
    }
}

/// "pledged in the accord on Friday to let ships sail": the "to" with its verb behind a phrase in
/// between. What is agreed "in principle" is not promised yet, and "agreed on an effort to combat"
/// says what an effort is for.
fn behind_phrase(line: &Line, at: usize) -> Option<usize> {
    if line.form(at) == "on" || line.form(at + 1) == "principle" {
        return None;
    }
    let between = |at: usize| {
        matches!(
            line.tag(at),
            Tag::Prep(_) | Tag::Determiner | Tag::Noun | Tag::Name | Tag::Date | Tag::Quantity
        )
    };
    let to = (at + 1..at + 9).find(|&at| !between(at))?;
    let not = usize::from(line.tag(to) == Tag::Not);
    let deed = line.tag(to + not) == Tag::To && line.tag(to + not + 1) == Tag::Verb;
    deed.then_some(to)
}

/// The first word of a thing that is given: "two ships" of "promised Ukraine two ships", "a truce"
/// of "commit to a truce".
fn thing(line: &Line, at: usize) -> Option<usize> {
    let form = line.form(at);
    let to = line.tag(at + 1) == Tag::To;
    let bound = ["commit", "agree", "consent"].iter().any(|stem| form.starts_with(stem));
    let mut start = at + 1 + usize::from(to);
    if to && !bound || !to && !GIVING.has(form) && form != "earmarked" {
        return None;
    }
    // To whom.
    if !to && line.tag(start) == Tag::Name && line.tag(start + 1) != Tag::Possessive {
        start += 1;
    }
    // Who agreed to "the transfer" accepted it; who commits to "the truce" is bound by it.
    if to && line.form(start) == "the" && !form.starts_with("commit") {
        return None;
    }
    let opens = matches!(line.tag(start), Tag::Determiner | Tag::Quantity)
        || (matches!(line.tag(start), Tag::Noun | Tag::Official)
            && (to || line.tag(start + 1) == Tag::Noun));
    let idle = (start..start + 4)
        .any(|at| EMPTY.has(line.form(at)) || (to && ACCEPTED.has(line.form(at))));
    (opens && !idle && line.form(start) != "that").then_some(start)
}

/// Every deed of "agreed to A and to B", "will open A, close B and build C".
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
            "condemn" | "discuss" | "express" | "welcome" | "stress" | "disagree" | "be"
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
        let not = usize::from(line.tag(next) == Tag::Not);
        let to = line.tag(next + not) == Tag::To && line.tag(next + not + 1) == Tag::Verb;
        if next == end || !(to || acts(line, next)) {
            return;
        }
        first = if to && not == 0 { next + 1 } else { next };
    }
}

/// "Türkiye would host a second round": a state, body or person that will do something.
fn will(scene: &Scene<'_>, at: usize, out: &mut Vec<Promise>) {
    let line = scene.line;
    let mut verb = at + 1;
    let mut not = false;
    while matches!(line.tag(verb), Tag::Adverb | Tag::Not) {
        not |= line.tag(verb) == Tag::Not;
        verb += 1;
    }
    let hedged = hedged(line, at);
    let form = line.form(verb);
    let passive = form == "be" && matches!(line.tag(verb + 1), Tag::Verb);
    if !(passive || line.tag(verb) == Tag::Verb) || hedged {
        return;
    }
    let idle = if passive {
        BEFALLS.has(line.form(verb + 1)) || not
    } else {
        NO_PROMISE.has(form)
            || (form == "take" && matches!(line.form(verb + 1), "place" | "part" | "time"))
            || (not && OPINIONS.has(form))
    };
    if idle {
        return;
    }
    let owners = match line.form(at.saturating_sub(1)) {
        "we" | "i" => speaker(scene, at),
        "it" if line.clauses[line.clause_of(at)].opener != Opener::Content => return,
        _ if passive => answering(scene, at),
        _ => acting(scene, at, verb),
    };
    if owners.is_empty() {
        return;
    }
    let rule = if passive { "commitment.en.will_be" } else { "commitment.en.will" };
    let start = if not { at + 1 } else { verb };
    chain_of_will(scene, (at, start), &owners, rule, out);
}

/// Whether what is told is only expected or feared.
fn hedged(line: &Line, at: usize) -> bool {
    line.words[..at].iter().any(|word| HEDGES.has(&word.form))
}

fn chain_of_will(
    scene: &Scene<'_>,
    (at, start): (usize, usize),
    owners: &[String],
    rule: &'static str,
    out: &mut Vec<Promise>,
) {
    if rule.ends_with("_be") {
        let what = (start, end(scene.line, start));
        let (trigger, firmness) = ((at, at + 1), Firmness::Firm);
        let promise = Promise { owners: owners.to_vec(), what, trigger, firmness, rule };
        out.extend((what.1 > start + 1).then_some(promise));
    } else {
        chain(scene, (at, at + 1), start, owners, (Firmness::Firm, rule), out);
    }
}

/// "said that the stations will be finished": whoever says so answers for it.
fn answering(scene: &Scene<'_>, at: usize) -> Vec<String> {
    let line = scene.line;
    let clause = line.clause_of(at);
    if clause == 0 || line.clauses[clause].opener != Opener::Content {
        return Vec::new();
    }
    let first = line.clauses[clause].first;
    let telling = (first.saturating_sub(12)..first).rfind(|&word| {
        let form = line.form(word);
        line.tags[word] == Tag::Speech || FIRM.has(form) || matches!(form, "told" | "tells")
    });
    telling.map_or_else(Vec::new, |word| scene.owners(word))
}

/// The subject of "will", if it can promise anything; else who speaks of those at his command.
fn acting(scene: &Scene<'_>, at: usize, verb: usize) -> Vec<String> {
    let line = scene.line;
    let clause = line.clause_of(at);
    let first = line.clauses[clause].first;
    let subject = line.subject(clause);
    let able = subject.iter().any(|&arg| match line.args[arg].what {
        What::Mention(m) => scene.mentions[m].kind != MentionKind::Place,
        _ => true,
    });
    let close = subject.iter().any(|&arg| at - line.args[arg].word.min(at) <= 14);
    if able && (close || first + 4 >= at) {
        return scene.owners(at);
    }
    let own = (first..at).any(|word| {
        matches!(line.form(word), "its" | "his" | "her" | "their" | "our" | "no")
            || line.tags[word] == Tag::Official
    });
    let promised = (first.saturating_sub(6)..first).any(|word| FIRM.has(line.form(word)));
    let named = if own || promised || lacks_subject(line, first, at) {
        answering(scene, at)
    } else {
        Vec::new()
    };
    if !named.is_empty() {
        return named;
    }
    let gathers = matches!(
        line.form(verb),
        "meet" | "gather" | "hold" | "resume" | "reconvene" | "speak" | "talk"
    );
    if gathers || under_a_deal(line) { for_the_parties(scene, first, at) } else { named }
}

fn lacks_subject(line: &Line, first: usize, at: usize) -> bool {
    !(first..at)
        .any(|word| matches!(line.tags[word], Tag::Noun | Tag::Name | Tag::Quantity | Tag::Pronoun))
}

/// "Local commanders will meet": the sides named before, where nobody else is.
fn for_the_parties(scene: &Scene<'_>, first: usize, at: usize) -> Vec<String> {
    let line = scene.line;
    let envoys = (first..at).any(|word| ENVOYS.has(line.form(word)));
    let named = line.args.iter().any(|arg| {
        let here = first <= arg.word && arg.word < at && arg.slot == Slot::Bare;
        here && matches!(arg.what, What::Mention(_))
    });
    if named || !(envoys || under_a_deal(line)) {
        return Vec::new();
    }
    scene.memory.resolve(What::Sides, scene.mentions)
}

/// "Under the deal", "the accord says".
fn under_a_deal(line: &Line) -> bool {
    (0..line.words.len()).any(|at| {
        DEALS.has(line.form(at))
            && ((at > 1 && matches!(line.form(at - 2), "under" | "per"))
                || (at > 0 && matches!(line.form(at - 1), "under" | "per"))
                || (1..=3).any(|next| {
                    is_one!(
                        line.form(at + next),
                        "says|obliges|requires|stipulates|provides|commits|binds|states|foresees"
                    )
                })
                || (at > 2 && line.form(at - 3) == "terms"))
    })
}

/// "Rwanda is to pull out", "is due to gather", "is set to", "is going to".
fn bound(scene: &Scene<'_>, at: usize, out: &mut Vec<Promise>) {
    let line = scene.line;
    let past = matches!(line.form(at), "was" | "were");
    if !(past || matches!(line.form(at), "is" | "are" | "'re")) {
        return;
    }
    let mut to = at + 1;
    while matches!(line.tag(to), Tag::Adverb) {
        to += 1;
    }
    let set = is_one!(line.form(to), "due|set|scheduled|slated|going|required|poised");
    to += usize::from(set);
    let verb = to + 1;
    if line.tag(to) != Tag::To
        || (past && (set || !under_a_deal(line)))
        || line.tag(verb) != Tag::Verb
        || NO_PROMISE.has(line.form(verb))
        || hedged(line, at)
    {
        return;
    }
    let first = line.clauses[line.clause_of(at)].first;
    let before = (first..at).rev().find(|&word| !matches!(line.tags[word], Tag::Adverb));
    // "The aim is to ...": only somebody who can act is bound.
    let acts = before.is_some_and(|word| {
        matches!(
            line.tags[word],
            Tag::Name | Tag::Role | Tag::Official | Tag::Pronoun | Tag::Quantity
        ) || line.args.iter().any(|arg| arg.word == word)
    });
    if !(acts || set) {
        return;
    }
    let mut owners = scene.owners(at);
    if owners.is_empty() || (set && before.is_some_and(|word| ENVOYS.has(line.form(word)))) {
        let parties = for_the_parties(scene, first, at);
        owners = if parties.is_empty() { owners } else { parties };
    }
    let firmness = if set { Firmness::Intended } else { Firmness::Firm };
    if !owners.is_empty() {
        chain(scene, (at, verb), verb, &owners, (firmness, "commitment.en.is_to"), out);
    }
}

/// "Under the deal Congo must stop helping": only where a text binds the one who acts.
fn obliged(scene: &Scene<'_>, at: usize, out: &mut Vec<Promise>) {
    let line = scene.line;
    let to = usize::from(line.form(at) != "must");
    let verb = at + 1 + to;
    let fits = (to == 0 || line.tag(at + 1) == Tag::To) && line.tag(verb) == Tag::Verb;
    if !fits || line.form(verb) == "be" || !under_a_deal(line) {
        return;
    }
    let first = line.clauses[line.clause_of(at)].first;
    let mut owners = scene.owners(at);
    if owners.is_empty() {
        owners = for_the_parties(scene, first, at);
    }
    if !owners.is_empty() {
        chain(scene, (at, verb), verb, &owners, (Firmness::Firm, "commitment.en.bound"), out);
    }
}

/// "The accord obliges Rwanda to withdraw": whom it binds stands before "to".
fn obliges(scene: &Scene<'_>, at: usize, out: &mut Vec<Promise>) {
    let line = scene.line;
    let Some(to) = (at + 2..line.words.len().min(at + 8)).find(|&word| line.tags[word] == Tag::To)
    else {
        return;
    };
    if !under_a_deal(line) || line.tag(to + 1) != Tag::Verb {
        return;
    }
    let bound = line.subject_between(at + 1, to);
    let owners = events::unique(
        bound.into_iter().flat_map(|arg| scene.memory.resolve(line.args[arg].what, scene.mentions)),
    );
    if !owners.is_empty() {
        chain(scene, (at, to), to + 1, &owners, (Firmness::Firm, "commitment.en.bound"), out);
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
