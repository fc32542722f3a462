//! How far a promise reaches, and where the next one of "to open A and supply B" begins.

use crate::chunk::{Line, Tag};
use crate::words::List;

/// Verbs that begin the next promise of an enumeration and are nothing else.
static VERBS: List = List::new(
    "open reopen close send hold sign begin create establish form give take keep \
    make meet allow let withdraw remove free hand deliver provide continue conclude complete \
    finish implement launch build train deploy dispatch restore resume extend expand strengthen \
    reduce abolish lift accept recognise recognize respect protect help invest pay join set ensure \
    guarantee refrain stop cease disarm dismantle dissolve repatriate evacuate host publish submit \
    ratify adopt negotiate carry settle solve resolve tackle combat prevent pursue punish \
    prosecute facilitate grant cancel suspend freeze impose enforce monitor appoint name convene \
    arrange organise organize prepare draw bring move transfer cooperate co-operate coordinate \
    work appear donate supply rebuild repair cut end start",
);
/// Words that may be nouns as well: they begin one only where an object follows.
static EITHER: List = List::new(
    "work help share end start supply cut train pay name form host release \
    return exchange swap support fund finance use plan back limit control transfer report \
    visit launch build set pursue lift aid study design process review supply repair draw offer",
);

/// Whether a word begins another thing that is promised: a bare verb with what it is done to.
pub(super) fn acts(line: &Line, at: usize) -> bool {
    if line.words.get(at).is_none_or(|word| word.mention.is_some()) {
        return false;
    }
    let form = line.form(at);
    let object = matches!(line.tag(at + 1), Tag::Determiner | Tag::Pronoun | Tag::Quantity);
    let wide = object
        || matches!(
            line.tag(at + 1),
            Tag::Name | Tag::Role | Tag::Noun | Tag::Official | Tag::Prep(_) | Tag::To | Tag::Verb
        );
    if EITHER.has(form) { object } else { wide && VERBS.has(form) }
}

/// One past the last word of a promise that starts at a word.
pub(super) fn end(line: &Line, start: usize) -> usize {
    for at in start + 1..line.words.len() {
        let stop = match line.tags[at] {
            Tag::Stop | Tag::Quote => true,
            Tag::Relative => !matches!(line.form(at), "whose") && !restricts(line, at),
            Tag::That => line.tag(at.saturating_sub(1)) != Tag::Noun,
            Tag::Comma => breaks(line, at + 1) || acts(line, at + 1),
            Tag::And => turns(line, at),
            Tag::Joiner => turns_away(line.form(at)),
            _ => false,
        };
        if stop {
            return at;
        }
    }
    line.words.len()
}

/// "and to ...", "and said": what follows is not promised with what went before.
fn turns(line: &Line, at: usize) -> bool {
    let next = line.tag(at + 1);
    let verb = next == Tag::Verb && finite(line.form(at + 1));
    matches!(next, Tag::To | Tag::Speech | Tag::Modal | Tag::Be | Tag::Pronoun)
        || (at + 1..at + 5).any(|word| line.tag(word) == Tag::Modal)
        || verb
        || acts(line, at + 1)
        // "and not to use force", "and also to ..."
        || (matches!(next, Tag::Not | Tag::Adverb) && line.tag(at + 2) == Tag::To)
}

/// "what they have agreed": a clause that says which, without a comma before it.
fn restricts(line: &Line, at: usize) -> bool {
    line.form(at) == "where" && line.tag(at - 1) == Tag::Noun
}

fn turns_away(form: &str) -> bool {
    matches!(form, "while" | "although" | "though" | "because" | "but" | "whereas")
}

fn breaks(line: &Line, at: usize) -> bool {
    match line.tag(at) {
        Tag::Relative | Tag::Joiner | Tag::Speech | Tag::Participle | Tag::Quote | Tag::Pronoun => {
            true
        }
        Tag::And => {
            matches!(line.tag(at + 1), Tag::Speech | Tag::Modal | Tag::Pronoun | Tag::To)
                || (line.tag(at + 1) == Tag::Verb && finite(line.form(at + 1)))
                || acts(line, at + 1)
                || opens_clause(line, at + 1)
        }
        Tag::Name | Tag::Role | Tag::Determiner | Tag::Noun | Tag::Official => {
            line.form(at) == "according" || tells(line, at)
        }
        Tag::Prep(_) => matches!(line.form(at), "according" | "following"),
        _ => false,
    }
}

/// ", and the committee is due to gather": another subject with its own verb.
fn opens_clause(line: &Line, at: usize) -> bool {
    let phrase = |tag| {
        matches!(
            tag,
            Tag::Determiner
                | Tag::Noun
                | Tag::Official
                | Tag::Name
                | Tag::Role
                | Tag::Quantity
                | Tag::Possessive
        )
    };
    let head = (at..line.words.len().min(at + 10)).find(|&at| !phrase(line.tags[at]));
    head.is_some_and(|head| head > at && matches!(line.tags[head], Tag::Be | Tag::Modal))
}

/// "..., the ministry said": who says so comes behind the comma.
fn tells(line: &Line, at: usize) -> bool {
    (at + 1..line.words.len().min(at + 6))
        .any(|next| line.tags[next] == Tag::Speech || line.form(next) == "told")
}

fn finite(form: &str) -> bool {
    form.ends_with("ed")
        || matches!(
            form,
            "said" | "held" | "met" | "took" | "made" | "gave" | "sent" | "led" | "called"
        )
}
