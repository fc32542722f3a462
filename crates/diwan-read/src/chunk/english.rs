//! English: the verb after its subject, prepositions before names.

use std::sync::LazyLock;

use super::{Line, Opener, Shape, Slot, Tag, Walk, What, table};
use crate::reading::{Mention, MentionKind};
use crate::triggers::Class;
use crate::words::{List, Table, Word, is_one};

static WORDS: LazyLock<Table<&'static str, Tag>> = LazyLock::new(|| {
    table(&[
        (Tag::Prep(Slot::With), "with alongside"),
        (Tag::Prep(Slot::Between), "between among"),
        (Tag::Prep(Slot::By), "by"),
        (Tag::Prep(Slot::Of), "of"),
        (Tag::Prep(Slot::From), "from"),
        (
            Tag::Prep(Slot::In),
            "in at near inside outside across throughout around within along via",
        ),
        (Tag::Prep(Slot::To), "into towards toward onto"),
        (Tag::Prep(Slot::Against), "against"),
        (Tag::Prep(Slot::About), "on upon about over regarding concerning"),
        (Tag::Prep(Slot::For), "for"),
        (
            Tag::Prep(Slot::Beside),
            "during until amid following under through despite including like without beyond \
             per versus except plus behind above below off towards besides",
        ),
        (
            Tag::Joiner,
            "after before since as when while because although though whereas if unless but once",
        ),
        (Tag::And, "and or & plus"),
        (Tag::Relative, "which who whom whose where"),
        (Tag::That, "that"),
        (Tag::To, "to"),
        (Tag::Be, "is are was were be been being am 're"),
        (
            Tag::Modal,
            "will would shall should can could may might must has have had having do does did 'll 'd 've won",
        ),
        (Tag::Not, "not never 't neither nor no"),
        (
            Tag::Determiner,
            "the a an this these those its their his her our my your some any all several many more most each every both another other such last next first second two three four five six seven eight nine ten",
        ),
        (Tag::Pronoun, "he she they it we i you him them us"),
        (
            Tag::Adverb,
            "overnight also then now already later earlier again still just only even late today yesterday \
             tomorrow here there however meanwhile together instead ago soon too very well yet \
             further separately afterwards thereafter jointly",
        ),
        (Tag::Possessive, "'s '"),
        (
            Tag::Speech,
            "said says say told tells added adds reported reports announced stated noted \
             confirmed explained claimed claims warned stressed emphasized emphasised insisted \
             believes believe reiterated revealed indicated declared affirmed wrote tweeted posted \
             acknowledged",
        ),
        (
            Tag::Verb,
            "met meets held holds hold took takes take went goes go came comes come fell falls rose \
             led leads left leaves struck strikes fled flees shot fought sent sends gave gives give \
             made makes make became becomes began begins saw sees put puts got gets found kept \
             brought brings ran runs won lost broke spoke speaks drew drove flew forced grew knew \
             paid rejected set sat shut stood stands swore thought threw withdrew wants want plans \
             agreed agree aims hosts hopes seeks sought faces remains remain includes include shows \
             calls call has launched launches launch signs sign visits arrives backs discuss \
             discusses condemns urges killed kills expects expect welcomes welcome denies vows \
             pledges supports support opposes accuses gathers attend attends blew overthrew \
             retook overran undertook beat bore built bought caught chose dealt fed felt hit hurt \
             lay let meant read rode sang sank sold shook slew spent split spread stole taught tore \
             told understood wore wrote commit commits accept accepts announces observes declares",
        ),
        (
            Tag::Official,
            "ministers officials representatives leaders delegation delegations envoys ambassadors \
             chiefs commanders heads presidents members sides diplomats negotiators counterparts \
             teams delegates troops soldiers forces fighters militants rebels police army military \
             government authorities counterpart officers leaders side lawmakers governments navy \
             warplanes jets artillery aircraft drones airforce airstrikes gunmen insurgents \
             separatists mediators parliamentarians experts businessmen spokesman spokeswoman \
             spokesperson official minister president premier delegate president envoy ambassador \
             commander parties leadership regime junta cabinet presidency parliament intelligence \
             peacekeepers guards warships fleet bombers helicopters missiles rockets snipers commandos \
             paratroopers marines policemen patrols agents investigators prosecutors gunboats drone jet warship helicopter \
             missile soldier plane council commission \
             committee tribunal senate congress assembly \
             brigades battalions units ones regiments operatives jihadists islamists extremists \
             guerrillas rangers volunteers mercenaries planes tanks airmen sailors rulers \
             administration coalition group organization organisation movement militia militias faction militants network gang gangs cartel cartels sect clan nationals militaries armies column columns contingent \
             contingents battalion squad squads dissidents loyalists cadres captors kidnappers partisans coastguard coastguards gunship gunships vessels warplane",
        ),
    ])
});

/// Words in "-ly" that are verbs or nouns.
static LY: List = List::new(
    "supply resupply comply reply apply reapply rely multiply imply ally family rally bully \
    monopoly anomaly butterfly",
);

/// Nouns that are nothing without their members: "the grouping of Iraq, Jordan and Syria".
static GROUPS: List =
    List::new("grouping bloc alliance heads leaders capitals people governments forces armies");

/// Nouns that stand for all those who were named together before.
static SIDES: List = List::new(
    "party side countries states nations sides parties neighbours neighbors governments capitals armies \
    camps militaries rivals foes enemies adversaries delegations teams",
);
static PERSONS: List = List::new(
    "officials participants pair trio attendees delegates \
    participating counterparts",
);
static PEOPLE: List = List::new(
    "ministers leaders presidents guests visitors heads premiers men diplomats \
    envoys negotiators commanders generals officers rivals statesmen",
);
/// Nouns that stand for the body named last, where an article and nothing else stands with them.
static BODIES: List = List::new(
    "bloc group movement organisation organization agency ministry alliance union \
    militia party junta company court council mission front tribunal gang",
);
static GATHERINGS: List =
    List::new("meeting summit conference statement talks communique declaration participants");

pub(super) fn tag(form: &str) -> Tag {
    if let Some(tag) = WORDS.get(form) {
        return *tag;
    }
    if form.len() > 4 && form.ends_with("ed") && !form.ends_with("eed") {
        return Tag::Verb;
    }
    if form.len() > 5 && form.ends_with("ing") {
        return Tag::Participle;
    }
    if form.len() > 4 && form.ends_with("ly") && !LY.has(form) {
        return Tag::Adverb;
    }
    Tag::Noun
}

pub(super) fn fill(line: &mut Line, mentions: &[Mention]) {
    let mut walk = Walk::new();
    walk.open(line, 0, Opener::Start);
    let mut seen_verb = false;
    let mut hidden = false;
    for at in 0..line.words.len() {
        let tag = line.tags[at];
        match tag {
            Tag::Open => hidden = true,
            Tag::Close => hidden = false,
            _ if hidden => {}
            Tag::Stop | Tag::Quote => {
                walk.open(line, at + 1, Opener::Content);
                seen_verb = false;
            }
            Tag::Relative => {
                walk.open(line, at, Opener::Relative);
                seen_verb = false;
            }
            Tag::That => {
                let opener = if contains(line, at) { Opener::Content } else { Opener::Relative };
                walk.open(line, at, opener);
                seen_verb = false;
            }
            Tag::Joiner if verb_follows(line, at + 1) => {
                walk.open(line, at, Opener::Joined);
                seen_verb = false;
            }
            Tag::Joiner => walk.turn(Slot::Beside),
            Tag::Comma | Tag::And => seen_verb = pause(line, &mut walk, at, seen_verb, mentions),
            Tag::Prep(slot) => prepare(line, &mut walk, at, slot, mentions),
            // "two weeks after" is a date and opens a clause.
            Tag::Date if line.form(at).ends_with(" after") && verb_follows(line, at + 1) => {
                walk.open(line, at + 1, Opener::Joined);
                seen_verb = false;
            }
            // "On Monday President X": what follows the date is not in its slot.
            Tag::Date if at > 0 && matches!(line.tags[at - 1], Tag::Prep(_)) => {
                walk.turn(Slot::Bare);
            }
            // "Later in the day President X".
            Tag::Noun if ends_time(line, at) => walk.turn(Slot::Bare),
            Tag::To => walk.turn(Slot::To),
            Tag::Speech => {
                walk.verb(line, at);
                seen_verb = true;
                if says(line, at) {
                    walk.open(line, at + 1, Opener::Content);
                    seen_verb = false;
                }
            }
            Tag::Verb | Tag::Participle | Tag::Modal | Tag::Be => {
                walk.verb(line, at);
                seen_verb = true;
            }
            Tag::Pronoun => pronoun(line, &mut walk, at),
            Tag::Name | Tag::Role => name(line, &mut walk, at, mentions),
            Tag::Noun | Tag::Official => noun(line, &mut walk, at),
            Tag::Determiner => determiner(line, &mut walk, at),
            Tag::Quantity => {
                anaphor(line, &mut walk, at);
            }
            _ => {}
        }
    }
}

fn determiner(line: &mut Line, walk: &mut Walk, at: usize) {
    // "Both undertook to", "on Tuesday the two sat down": all who were named together.
    let both = both_alone(line, at).then_some(What::Sides);
    let together = both.or_else(|| two_alone(line, at).then_some(What::People));
    if let Some(what) = together {
        walk.turn(Slot::Bare);
        walk.place(line, at, what, Shape::Whole);
    } else if at > 0 && line.tags[at - 1] == Tag::Noun && walk.slot != Slot::Bare {
        // "In a joint statement the five countries": an article after a noun begins anew.
        walk.turn(Slot::Bare);
    }
}

/// "in the day", "during the week": a time with its preposition, and a name behind it.
fn ends_time(line: &Line, at: usize) -> bool {
    at > 1
        && is_one!(line.form(at), "day|morning|afternoon|evening|night|week|month|year|weekend")
        && line.tags[at - 1] == Tag::Determiner
        && matches!(line.tags[at - 2], Tag::Prep(_))
        && matches!(line.tag(at + 1), Tag::Name | Tag::Role | Tag::Determiner)
}

/// Whether a "that" opens what was said and not a description.
fn contains(line: &Line, that: usize) -> bool {
    let before = that.checked_sub(1).map(|at| line.tags[at]);
    // "wrote on X that the parties had agreed": what was said, and nothing of the name before.
    let told = before == Some(Tag::Name)
        && !matches!(line.tag(that + 1), Tag::Verb | Tag::Be | Tag::Modal | Tag::Speech)
        && (that.saturating_sub(6)..that).any(|at| line.tags[at] == Tag::Speech);
    told || matches!(
        before,
        Some(Tag::Speech | Tag::Verb | Tag::Comma | Tag::And | Tag::Date | Tag::Noun)
    )
}

/// A word behind "to" or a modal is a verb, whatever it looks like; one behind an article is not.
pub(super) fn mark_infinitives(words: &[Word], tags: &mut [Tag]) {
    for at in 1..words.len() {
        let before = tags[at - 1];
        let form = words[at].form.as_str();
        let looks = || form.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        let verb = match before {
            Tag::To => (!form.ends_with('s') || form.ends_with("ss")) && form.len() > 1,
            Tag::Modal => true,
            Tag::Adverb | Tag::Not => at > 1 && tags[at - 2] == Tag::Modal,
            _ => false,
        };
        if verb && matches!(tags[at], Tag::Noun | Tag::Official) && looks() {
            tags[at] = Tag::Verb;
        }
        if tags[at] == Tag::Verb && only_describes(words, tags, at) {
            tags[at] = Tag::Noun;
        }
        if form == "bound"
            && words
                .get(at + 1)
                .is_some_and(|word| word.form.ends_with("self") || word.form.ends_with("selves"))
        {
            tags[at] = Tag::Verb;
        }
        // "at least 17": no place, and nothing that keeps a clause from beginning.
        if matches!(words[at].form.as_str(), "least" | "most") && words[at - 1].form == "at" {
            tags[at - 1] = Tag::Determiner;
        }
        let nominal = matches!(before, Tag::Determiner | Tag::Possessive);
        let after =
            words[at - 1].span.end == words[at].span.start && words[at - 1].form.ends_with('s');
        if form == "'" && after {
            tags[at] = Tag::Possessive;
        }
        let described = matches!(tags.get(at + 1), Some(Tag::Noun | Tag::Official));
        match tags[at] {
            Tag::Participle if nominal => tags[at] = Tag::Noun,
            Tag::Participle if words.get(at + 1).is_some_and(|word| word.form == "of") => {
                tags[at] = Tag::Noun;
            }
            Tag::Verb if nominal && described && before == Tag::Determiner => tags[at] = Tag::Noun,
            _ => {}
        }
    }
}

/// Whether a trigger at a word can be of this class: "Israel strikes" is a verb, "Israeli strikes"
/// a noun, "the killing of" a noun, "killing three" a verb.
pub(super) fn stands(
    words: &[Word],
    tags: &[Tag],
    at: usize,
    class: Class,
    mentions: &[Mention],
) -> bool {
    let before = at.checked_sub(1).map(|back| tags[back]);
    let form = words[at].form.as_str();
    let demonym = at
        .checked_sub(1)
        .and_then(|back| words[back].mention)
        .is_some_and(|m| mentions[m].demonym || mentions[m].kind == MentionKind::Quantity);
    let of = words.get(at + 1).is_some_and(|word| word.form == "of");
    // "the two sat down"
    let whole = at > 0 && matches!(words[at - 1].form.as_str(), "two" | "both" | "all");
    let nominal = demonym || !whole && matches!(before, Some(Tag::Determiner | Tag::Possessive));
    match class {
        Class::Verb if form == "meeting" => {
            matches!(before, Some(Tag::Joiner | Tag::Prep(Slot::Beside)))
        }
        Class::Noun if tags[at] == Tag::Participle && form != "meeting" => {
            let next = tags.get(at + 1);
            !matches!(
                next,
                Some(Tag::Noun | Tag::Name | Tag::Determiner | Tag::Official | Tag::Quantity)
            )
        }
        Class::Echo if is_one!(form, "session|forum|dialogue|assembly|gathering") => {
            !matches!(before, Some(Tag::To | Tag::Modal))
        }
        Class::Noun if form == "meeting" => {
            !matches!(before, Some(Tag::Joiner | Tag::Be | Tag::To))
        }
        Class::Noun => {
            !matches!(before, Some(Tag::To | Tag::Modal))
                || matches!(tags[at], Tag::Noun) && form.len() > 12
        }
        _ if form.ends_with("ed") && describes(words, tags, at) => false,
        _ if form.ends_with("ed") || IRREGULAR.has(form) => {
            !(nominal
                && matches!(tags.get(at + 1), Some(Tag::Noun | Tag::Official))
                && before == Some(Tag::Determiner))
        }
        // "halted after shelling": without an object it is a noun.
        _ if form.ends_with("ing") => {
            let bare = matches!(
                words.get(at + 1).map(|_| tags[at + 1]),
                None | Some(Tag::Stop | Tag::Comma)
            );
            !(nominal || of || bare && matches!(before, Some(Tag::Joiner | Tag::Prep(_))))
        }
        // "The border is open": the table gives more of it than the verb.
        _ if is_one!(form, "is|was|has") => true,
        _ if form.ends_with('s') && !form.ends_with("ss") => {
            !nominal
                && matches!(before, Some(Tag::Name | Tag::Official | Tag::Pronoun | Tag::Relative))
        }
        _ => {
            matches!(before, Some(Tag::To | Tag::Modal | Tag::Pronoun | Tag::Not | Tag::Official))
                || (before == Some(Tag::Adverb) && !nominal)
                || (before == Some(Tag::And) && at > 1 && tags[at - 2] == Tag::Verb)
                || (before == Some(Tag::Name) && !demonym && at > 1 && tags[at - 2] == Tag::And)
        }
    }
}

/// "Heavily armed members", "Armed men" at the head of a phrase: no verb of it.
fn only_describes(words: &[Word], tags: &[Tag], at: usize) -> bool {
    let opens = |tag: Option<Tag>| {
        matches!(
            tag,
            None | Some(Tag::Stop | Tag::Quote | Tag::Determiner | Tag::Prep(_) | Tag::Quantity)
        )
    };
    let before = at.checked_sub(1).map(|back| tags[back]);
    let adverb = before == Some(Tag::Adverb) && words[at - 1].form.ends_with("ly");
    let head = opens(before) || (adverb && opens(at.checked_sub(2).map(|back| tags[back])));
    let plural = words.get(at + 1).is_some_and(|word| {
        word.mention.is_none()
            && (word.form.ends_with('s')
                || matches!(word.form.as_str(), "men" | "police" | "people" | "women"))
    });
    let noun = matches!(tags.get(at + 1), Some(Tag::Noun | Tag::Official));
    head && plural && noun && words[at].form.ends_with("ed")
}

/// "3,000 displaced families", "of detained activists": a participle that only describes.
fn describes(words: &[Word], tags: &[Tag], at: usize) -> bool {
    let noun = words.get(at + 1).is_some_and(|word| word.form.ends_with('s'))
        || words.get(at + 1).is_some_and(|word| word.form == "people");
    let head = matches!(tags.get(at + 1), Some(Tag::Noun | Tag::Official));
    // "Displaced people have returned": at the head of a sentence.
    let Some(before) = at.checked_sub(1) else { return noun && head };
    let counted = words[before].form.starts_with(|c: char| c.is_ascii_digit());
    // "has airlifted tents" is a verb.
    let auxiliary = matches!(words[before].form.as_str(), "has" | "have" | "had" | "having");
    let opens =
        counted || !auxiliary && matches!(tags[before], Tag::Quantity | Tag::Prep(_) | Tag::Verb);
    opens && noun && head
}

/// Past forms that do not end in "ed".
static IRREGULAR: List = List::new(
    "said told wrote ran rose rode bought sold froze upheld understood shook flown kept paid put got broken \
    overthrown retaken overrun spoken undertook burst withdrawn is was were are met held took came went fell led left struck fled shot fought sent gave \
    made became began spoke drew drove flew won lost brought broke swore withdrew overthrew retook \
    overran blew swept slain sworn stolen set found hit blown taken shut beaten slew seen given \
    driven pulled saw let underwent inked sat laid captured threw thrown chose chosen quit dug flung \
    cost burnt hung caught torn tore fallen come gone stolen stole hid hidden cut strewn forsook \
    had beat run ran slit lay sought fired bid shaken risen stood sank sunk beset split bound dealt rung rang",
);

/// Whether a clause with its own verb begins here: a noun phrase, then a verb.
fn verb_follows(line: &Line, from: usize) -> bool {
    let mut phrase = false;
    for at in from..line.words.len().min(from + 14) {
        match line.tags[at] {
            // "X, Y and set fire": another verb of the subject before.
            Tag::And if matches!(line.tag(at + 1), Tag::Verb | Tag::Speech) => return false,
            Tag::Verb | Tag::Speech | Tag::Be | Tag::Modal => return phrase,
            Tag::Participle => return true,
            Tag::Name | Tag::Role | Tag::Noun | Tag::Official | Tag::Pronoun | Tag::Quantity => {
                phrase = true
            }
            Tag::Comma
            | Tag::Stop
            | Tag::Quote
            | Tag::Relative
            | Tag::That
            | Tag::Joiner
            | Tag::To => return false,
            _ => {}
        }
    }
    false
}

/// A comma or "and": goes on with the enumeration, joins another verb, or opens a clause.
fn pause(
    line: &mut Line,
    walk: &mut Walk,
    at: usize,
    seen_verb: bool,
    mentions: &[Mention],
) -> bool {
    let mut next = at + 1;
    while matches!(line.tag(next), Tag::And | Tag::Adverb | Tag::Not) {
        next += 1;
    }
    let finite = matches!(line.tag(next), Tag::Verb | Tag::Speech | Tag::Be | Tag::Modal);
    let inside = line.clauses.last().is_some_and(|clause| clause.opener == Opener::Relative);
    if finite && inside && line.tags[at] == Tag::Comma && line.tag(at + 1) != Tag::And {
        walk.open(line, at + 1, Opener::Resumed);
        return false;
    }
    if finite || matches!(line.tag(next), Tag::Participle | Tag::To) {
        if line.tags[at] == Tag::Comma && seen_verb && matches!(line.tag(next), Tag::Participle) {
            walk.open(line, at + 1, Opener::Joined);
            return false;
        }
        walk.list += 1;
        walk.slot = Slot::Bare;
        return seen_verb;
    }
    let names = line.args.last().map(|arg| arg.what);
    let same = match (names, first_name(line, next, mentions)) {
        (Some(What::Mention(last)), Some(coming)) => {
            alike(mentions[last].kind, coming, walk.slot == Slot::In)
        }
        (Some(_), Some(coming)) => coming != MentionKind::Place,
        _ => false,
    };
    let marked = matches!(line.tag(next), Tag::Prep(_));
    if seen_verb && !marked && verb_follows(line, next) && (line.tags[at] == Tag::Comma || !same) {
        walk.open(line, at + 1, Opener::Joined);
        return false;
    }
    let front = !seen_verb && walk.slot != Slot::Bare && line.tags[at] == Tag::Comma;
    let kind = |what: What| match what {
        What::Mention(m) => Some(mentions[m].kind),
        _ => None,
    };
    let akin = names.and_then(kind) == first_name(line, next, mentions);
    let loose = !matches!(walk.slot, Slot::Of | Slot::With | Slot::Between | Slot::By);
    let leaves = front && (walk.slot == Slot::In || !same || (loose && !akin));
    if leaves || (!same && line.tags[at] == Tag::Comma) {
        walk.turn(Slot::Bare);
    }
    seen_verb
}

/// The kind of the next name, if it comes before the phrase ends.
fn first_name(line: &Line, from: usize, mentions: &[Mention]) -> Option<MentionKind> {
    for at in from..line.words.len().min(from + 7) {
        match line.tags[at] {
            Tag::Name | Tag::Role => return line.words[at].mention.map(|m| mentions[m].kind),
            Tag::Noun | Tag::Official | Tag::Determiner | Tag::Possessive | Tag::Quantity => {}
            _ => return None,
        }
    }
    None
}

fn alike(a: MentionKind, b: MentionKind, place: bool) -> bool {
    let stands = |kind| matches!(kind, MentionKind::Place | MentionKind::Country);
    if place { stands(a) && stands(b) } else { a == b || b != MentionKind::Place }
}

/// "in front of", "on behalf of": what follows takes no part.
const COMPOUNDS: [&str; 9] =
    ["front", "behalf", "instead", "because", "ahead", "spite", "light", "wake", "defiance"];

/// "ministers from Lebanon, Syria": the states stand for the ministers.
fn prepare(line: &Line, walk: &mut Walk, at: usize, slot: Slot, mentions: &[Mention]) {
    if slot == Slot::Of && at > 0 && COMPOUNDS.contains(&line.form(at - 1)) {
        walk.turn(Slot::Beside);
        return;
    }
    let person = slot == Slot::Of
        && line.args.last().is_some_and(|arg| match arg.what {
            What::Mention(m) => arg.word + 1 == at && mentions[m].kind == MentionKind::Person,
            _ => false,
        });
    let grouping = at > 0 && GROUPS.has(line.form(at - 1));
    let official =
        at > 0 && (person || grouping || matches!(line.tags[at - 1], Tag::Official | Tag::Role));
    if official && matches!(slot, Slot::Of | Slot::From) {
        walk.waiting.clear();
        return;
    }
    walk.turn(slot);
}

/// Whether what was said follows without "that".
fn says(line: &Line, at: usize) -> bool {
    // "told state television that": to whom comes first.
    if matches!(line.form(at), "told" | "tells" | "tell") {
        return false;
    }
    match line.tag(at + 1) {
        Tag::That | Tag::Prep(_) | Tag::Stop | Tag::Date => false,
        Tag::Comma => false,
        _ => {
            let end = line.words.len().min(at + 20);
            // "declared an emergency and vowed to": the next verb has no subject of its own.
            (at + 1..end)
                .take_while(|&next| !matches!(line.tags[next], Tag::Stop | Tag::Quote | Tag::To))
                .find(|&next| {
                    matches!(line.tags[next], Tag::Verb | Tag::Be | Tag::Modal | Tag::Speech)
                })
                .is_some_and(|verb| line.tags[verb - 1] != Tag::And)
        }
    }
}

fn pronoun(line: &mut Line, walk: &mut Walk, at: usize) {
    let what = match line.form(at) {
        "he" | "she" | "him" => What::Person,
        "they" => What::Persons,
        "it" => What::Thing,
        _ => return,
    };
    if at == 0 || !matches!(line.tags[at - 1], Tag::Prep(_)) {
        walk.turn(Slot::Bare);
    }
    walk.place(line, at, what, Shape::Whole);
}

fn name(line: &mut Line, walk: &mut Walk, at: usize, mentions: &[Mention]) {
    let Some(m) = line.words[at].mention else { return };
    let mention = &mentions[m];
    let state = matches!(
        mention.kind,
        MentionKind::Country | MentionKind::Place | MentionKind::Organisation
    );
    match mention.kind {
        MentionKind::Role => {
            leave_place(line, walk, mentions);
            let named = role_is_named(line, at, mentions);
            let shape =
                if named || mention.holder.is_some() { Shape::Office } else { Shape::Whole };
            settle(line, walk, shape);
            if !named && mention.holder.is_some() {
                walk.place(line, at, What::Mention(m), Shape::Whole);
            }
        }
        MentionKind::Person => {
            leave_place(line, walk, mentions);
            settle(line, walk, Shape::Office);
            // "Saakashvili's ally Giga Bokeria": only the second is spoken of.
            let ally = line.tag(at + 1) == Tag::Possessive
                && matches!(line.tag(at + 2), Tag::Noun | Tag::Official | Tag::Role)
                && person_at(line, at + 3, mentions);
            let shape = if ally { Shape::Modifier(at + 2) } else { Shape::Whole };
            walk.place(line, at, What::Mention(m), shape);
        }
        _ if state => {
            // "Under the accord Armenia is to ...": a name behind the noun begins anew.
            let behind =
                at > 1 && line.tags[at - 1] == Tag::Noun && line.tags[at - 2] == Tag::Determiner;
            if walk.slot == Slot::Beside && behind && !mention.demonym {
                walk.turn(Slot::Bare);
            }
            let owner = line.tag(at + 1) == Tag::Possessive;
            let led = led_by_the_last(line, at, mentions);
            let shape = if led { Shape::Office } else { Shape::Whole };
            // "Kosovo's Interior Ministry": the body, and not the state as well.
            if mention.kind == MentionKind::Organisation && !walk.waiting.is_empty() {
                settle(line, walk, Shape::Modifier(at));
            }
            let arg = walk.place(line, at, What::Mention(m), shape);
            if headed(line, at) {
                walk.waiting.push(arg);
            }
            let noun = matches!(line.tag(at + 1), Tag::Noun | Tag::Official | Tag::Role);
            if owner || mention.demonym || (noun && mention.kind != MentionKind::Place) {
                walk.waiting.push(arg);
            }
        }
        _ => {}
    }
}

/// "Chairperson of the African Union Commission": who is named next is its head, and no other.
fn headed(line: &Line, at: usize) -> bool {
    let of = match line.tag(at.saturating_sub(1)) {
        Tag::Determiner => at.saturating_sub(2),
        _ => at.saturating_sub(1),
    };
    of > 0 && line.tags[of] == Tag::Prep(Slot::Of) && line.tags[of - 1] == Tag::Role
}

/// "Jose Macias, leader of Los Choneros": the body is only said to be the person's.
fn led_by_the_last(line: &Line, at: usize, mentions: &[Mention]) -> bool {
    let of = at.checked_sub(1).filter(|&of| line.tags[of] == Tag::Prep(Slot::Of));
    let Some(of) = of else { return false };
    let comma = (of.saturating_sub(4)..of).rfind(|&word| line.tags[word] == Tag::Comma);
    let person =
        comma.and_then(|comma| comma.checked_sub(1)).and_then(|word| line.words[word].mention);
    person.is_some_and(|m| mentions[m].kind == MentionKind::Person)
}

fn person_at(line: &Line, at: usize, mentions: &[Mention]) -> bool {
    let named = line.words.get(at).and_then(|word| word.mention);
    named.is_some_and(|m| mentions[m].kind == MentionKind::Person)
}

/// "In Niamey General Tiani seized power": a person behind a place is not in its slot.
fn leave_place(line: &Line, walk: &mut Walk, mentions: &[Mention]) {
    let place = line.args.last().is_some_and(|arg| match arg.what {
        What::Mention(m) => arg.list == walk.list && mentions[m].kind == MentionKind::Place,
        _ => false,
    });
    if walk.slot == Slot::In && place {
        walk.turn(Slot::Bare);
    }
}

/// Whether the holder's name follows the office, perhaps after another office or a comma.
fn role_is_named(line: &Line, at: usize, mentions: &[Mention]) -> bool {
    let holder = line.words[at].mention.and_then(|m| mentions[m].holder.as_deref());
    for next in at + 1..line.words.len().min(at + 6) {
        match line.tags[next] {
            Tag::Name => {
                let Some(m) = line.words[next].mention else { return false };
                if mentions[m].kind == MentionKind::Person {
                    return holder.is_none() || mentions[m].entity.as_deref() == holder;
                }
            }
            Tag::Role | Tag::Comma | Tag::And | Tag::Noun | Tag::Official | Tag::Prep(_) => {}
            _ => return false,
        }
    }
    false
}

fn settle(line: &mut Line, walk: &mut Walk, shape: Shape) {
    for arg in walk.waiting.drain(..) {
        line.args[arg].shape = shape;
    }
}

fn noun(line: &mut Line, walk: &mut Walk, at: usize) {
    if anaphor(line, walk, at) {
        return;
    }
    let official = line.tags[at] == Tag::Official;
    for &arg in &walk.waiting {
        line.args[arg].shape = if official { Shape::Whole } else { Shape::Modifier(at) };
    }
    let last = !matches!(
        line.tag(at + 1),
        Tag::Noun | Tag::Official | Tag::Role | Tag::Name | Tag::Participle
    );
    let shared = line.tag(at + 1) == Tag::And;
    if last && !shared {
        walk.waiting.clear();
    }
}

fn two_alone(line: &Line, at: usize) -> bool {
    let verb = matches!(line.tag(at + 1), Tag::Verb | Tag::Speech | Tag::Modal | Tag::Be);
    line.form(at) == "two" && at > 0 && line.form(at - 1) == "the" && verb
}

fn both_alone(line: &Line, at: usize) -> bool {
    line.form(at) == "both"
        && matches!(line.tag(at + 1), Tag::Verb | Tag::Speech | Tag::Modal | Tag::Be | Tag::Adverb)
}

/// "the two countries", "both sides", "the ministers", "the meeting".
fn anaphor(line: &mut Line, walk: &mut Walk, at: usize) -> bool {
    let last = line.form(at).rsplit(' ').next().unwrap_or_default();
    let body = line.tags[at] != Tag::Quantity
        && at > 0
        && matches!(line.form(at - 1), "the" | "this")
        && BODIES.has(last);
    if body && !attached(line, at) && walk.waiting.is_empty() {
        walk.place(line, at, What::Body, Shape::Whole);
        return true;
    }
    let single = matches!(
        last,
        "meeting"
            | "summit"
            | "conference"
            | "statement"
            | "communique"
            | "declaration"
            | "pair"
            | "trio"
            | "side"
            | "party"
            | "men"
            | "participating"
    );
    if !single && !last.ends_with('s') {
        return false;
    }
    let what = if SIDES.has(last) {
        What::Sides
    } else if PEOPLE.has(last) {
        What::People
    } else if PERSONS.has(last) {
        What::Persons
    } else if GATHERINGS.has(last) {
        What::Gathering
    } else {
        return false;
    };
    let definite = (1..=3)
        .filter_map(|back| at.checked_sub(back))
        .take_while(|&back| {
            matches!(line.tags[back], Tag::Determiner | Tag::Noun | Tag::Official | Tag::Quantity)
        })
        .any(|back| {
            let single = matches!(line.form(back), "each" | "either" | "neither");
            single
                || (!matches!(line.form(at), "side" | "party")
                    && matches!(line.form(back), "the" | "both" | "these" | "two" | "all"))
        });
    let quantity = line.tags[at] == Tag::Quantity;
    if !(definite || quantity) || attached(line, at) || !walk.waiting.is_empty() {
        return false;
    }
    walk.place(line, at, what, Shape::Whole);
    true
}

/// "the parties of the left", "the court ruling": the noun says itself whose it is, or describes
/// the next.
fn attached(line: &Line, at: usize) -> bool {
    let planning = matches!(
        line.form(at + 1),
        "plan" | "aim" | "agree" | "hope" | "intend" | "want" | "meet" | "hold"
    );
    !planning
        && matches!(
            line.tag(at + 1),
            Tag::Prep(Slot::Of | Slot::From) | Tag::Noun | Tag::Official | Tag::Role | Tag::Name
        )
}
