//! Turkish: the verb last, the slot of a name told by what hangs on it or follows it.

use std::sync::LazyLock;

use super::{Line, Opener, Shape, Slot, Tag, Walk, What, table};
use crate::reading::{Mention, MentionKind};
use crate::words::{Openings, Table};

static WORDS: LazyLock<Table<&'static str, Tag>> = LazyLock::new(|| {
    table(&[
        (Tag::And, "ve veya ya"),
        (Tag::Prep(Slot::With), "ile birlikte beraber"),
        (Tag::Prep(Slot::Between), "arasında arasındaki arasındaki"),
        (Tag::Prep(Slot::By), "tarafından tarafınca"),
        (Tag::Prep(Slot::For), "için adına"),
        (Tag::Prep(Slot::Against), "karşı aleyhine"),
        (Tag::Prep(Slot::About), "hakkında konusunda ilişkin dair yönelik konulu"),
        (
            Tag::Prep(Slot::Beside),
            "sonra önce boyunca göre rağmen itibaren sırasında beri kadar üzere gibi dışında ardından sonrası öncesi",
        ),
        (Tag::Verb, "etti dedi oldu aldı verdi geldi gitti yaptı attı bitti"),
        (Tag::Joiner, "ancak fakat ama"),
        (Tag::Adverb, "ise da de bugün dün iken"),
        (Tag::Not, "değil"),
        (
            Tag::Noun,
            "toplantı parti yedi şimdi kendi bağlantı sıkıntı alıntı anlaşmaya üç dört altı yaklaşık cumhuriyeti hükümeti heyeti devleti parti faaliyeti şiddeti kenti adalet ticareti siyaseti güvenliği ziyareti ardı hattı şartı sınırı saati",
        ),
    ])
});

const OFFICIALS: [&str; 33] = [
    "militan",
    "isyancı",
    "savaşçı",
    "direnişçi",
    "milis",
    "çete",
    "korsan",
    "jandarma",
    "muhafız",
    "gerilla",
    "komando",
    "heyet",
    "ordu",
    "güç",
    "hükümet",
    "yetkili",
    "taraf",
    "birlik",
    "asker",
    "polis",
    "makam",
    "uçak",
    "muhatap",
    "muhatab",
    "mevkidaş",
    "yönetim",
    "bakan",
    "lider",
    "temsilci",
    "kuvvet",
    "donanma",
    "jet",
    "istihbarat",
];

const FINITE: [&str; 17] = [
    "dı", "di", "du", "dü", "tı", "ti", "tu", "tü", "cak", "cek", "yor", "mış", "miş", "muş",
    "müş", "ldığı", "ktir",
];

pub(super) fn tag(form: &str) -> Tag {
    if let Some(tag) = WORDS.get(form) {
        return *tag;
    }
    if form.starts_with('\'') {
        return Tag::Possessive;
    }
    if finite(form) {
        return Tag::Verb;
    }
    static OPENINGS: LazyLock<Openings> = LazyLock::new(|| OFFICIALS.into_iter().collect());
    let official = OPENINGS.may(form) && OFFICIALS.iter().any(|stem| form.starts_with(stem));
    if official { Tag::Official } else { Tag::Noun }
}

/// A word that ends like a verb in the past or future. Plurals of nouns look like plural verbs,
/// so those endings ask for a tense before them.
fn finite(form: &str) -> bool {
    let long = form.chars().count() >= 5;
    let plural = form.strip_suffix("lar").or_else(|| form.strip_suffix("ler"));
    match plural {
        Some(stem) => long && stem.chars().count() >= 5 && finite_stem(stem),
        None => long && finite_stem(form),
    }
}

fn finite_stem(form: &str) -> bool {
    FINITE.iter().any(|end| form.ends_with(end))
}

pub(super) fn fill(line: &mut Line, mentions: &[Mention]) {
    let mut walk = Walk::new();
    walk.open(line, 0, Opener::Start);
    // Whether the next name goes on with the enumeration of the last one.
    let mut joined = false;
    for at in 0..line.words.len() {
        match line.tags[at] {
            Tag::Stop | Tag::Quote => walk.open(line, at + 1, Opener::Content),
            Tag::Joiner => walk.open(line, at + 1, Opener::Joined),
            Tag::Verb => {
                walk.verb(line, at);
                walk.open(line, at + 1, Opener::Joined);
            }
            Tag::Comma | Tag::And => joined = goes_on(line, at, mentions),
            Tag::Prep(Slot::With) if couples(line, at, mentions) => joined = true,
            Tag::Name | Tag::Role => {
                // "İsrail ordusu": a body right behind its state.
                let body = at > 0
                    && line.tags[at - 1] == Tag::Name
                    && line.words[at]
                        .mention
                        .is_some_and(|m| mentions[m].kind == MentionKind::Organisation);
                if !std::mem::take(&mut joined) && !body {
                    walk.list += 1;
                }
                name(line, &mut walk, at, mentions);
                let office = line
                    .args
                    .last()
                    .is_some_and(|arg| arg.word == at && arg.shape == Shape::Office);
                let described = line.tag(at + 1) == Tag::Official && line.tag(at + 2) == Tag::Name;
                joined = line.tags[at] == Tag::Role || office || described;
            }
            Tag::Noun | Tag::Official => noun(line, &mut walk, at),
            _ => {}
        }
    }
    share_slots(line);
}

/// "Türkiye ile Suriye": the word for "with" between two names couples them.
fn couples(line: &Line, at: usize, mentions: &[Mention]) -> bool {
    let next = line.words.get(at + 1).and_then(|word| word.mention);
    let place = next.is_some_and(|m| mentions[m].kind == MentionKind::Place);
    let named = matches!(line.tag(at + 1), Tag::Name | Tag::Role | Tag::Quantity);
    line.form(at) == "ile" && named && !place
}

/// Whether a noun has the ending that makes a name before it its owner: "ordusu", "sınırındaki".
fn owned(form: &str) -> bool {
    const ENDS: [&str; 32] = [
        "ı", "i", "u", "ü", "ını", "ini", "unu", "ünü", "ında", "inde", "unda", "ünde", "ına",
        "ine", "una", "üne", "ının", "inin", "unun", "ünün", "ıyla", "iyle", "uyla", "üyle",
        "ından", "inden", "undan", "ünden", "ındaki", "indeki", "undaki", "ündeki",
    ];
    const OTHERS: [&str; 16] = [
        "iki",
        "yedi",
        "yeni",
        "eski",
        "kendi",
        "kendini",
        "resmi",
        "askeri",
        "insani",
        "bazı",
        "ayrı",
        "altı",
        "şimdi",
        "çeşitli",
        "ilgili",
        "ciddi",
    ];
    // "karşılıklı", "silahlı": made from a noun, and nobody's.
    let adjective =
        form.chars().count() > 5 && ["lı", "li", "lu", "lü"].iter().any(|end| form.ends_with(end));
    let accusative = ["yı", "yi", "yu", "yü"].iter().any(|end| form.ends_with(end));
    !accusative
        && !adjective
        && !OTHERS.contains(&form)
        && ENDS.iter().any(|end| form.ends_with(end))
}

/// A comma parts the subject from the rest unless the next name goes on with the enumeration.
fn goes_on(line: &Line, at: usize, mentions: &[Mention]) -> bool {
    let kind = |word: usize| line.words[word].mention.map(|m| mentions[m].kind);
    let coming = (at + 1..line.words.len().min(at + 6)).find_map(|next| match line.tags[next] {
        Tag::Name => kind(next),
        _ => None,
    });
    let last = line.args.last().filter(|arg| at - arg.word <= 3).and_then(|arg| kind(arg.word));
    let place = |kind| kind == MentionKind::Place;
    let and = line.tags[at] == Tag::And;
    if !and && !closed(line, at) {
        return false;
    }
    matches!((last, coming), (Some(a), Some(b)) if place(a) == place(b) && (a == b || and))
}

/// Whether "A, B ve C" is closed by its last member: a comma alone parts the subject from the rest.
fn closed(line: &Line, at: usize) -> bool {
    let end = line.words.len().min(at + 16);
    (at + 1..end).take_while(|&next| !matches!(line.tags[next], Tag::Verb | Tag::Stop)).any(
        |next| {
            let couple = line.tags[next] == Tag::And || line.form(next) == "ile";
            couple && (1..=4).any(|ahead| line.tag(next + ahead) == Tag::Name)
        },
    )
}

fn name(line: &mut Line, walk: &mut Walk, at: usize, mentions: &[Mention]) {
    let Some(m) = line.words[at].mention else { return };
    let mention = &mentions[m];
    let (slot, next) = marked(line, at, mentions);
    if mention.kind == MentionKind::Role {
        if mention.holder.is_some() && !person_near(line, at, mentions) {
            walk.slot = slot;
            walk.place(line, at, What::Mention(m), Shape::Whole);
        }
        return;
    }
    let state = mention.kind != MentionKind::Person;
    let (slot, shape) = match line.tag(next) {
        Tag::Role if state && matches!(slot, Slot::Bare | Slot::Of) => (Slot::Bare, Shape::Office),
        Tag::Official if state && matches!(slot, Slot::Bare | Slot::Of) => {
            (noun_slot(line.form(next)), Shape::Whole)
        }
        Tag::Noun
            if state
                && mention.kind != MentionKind::Place
                && slot == Slot::Bare
                && (mention.demonym || owned(line.form(next))) =>
        {
            (noun_slot(line.form(next)), Shape::Modifier(next))
        }
        Tag::Noun | Tag::Official if slot == Slot::Of => (Slot::Of, Shape::Modifier(next)),
        // "Nijerya'nın Zamfara eyaletinde": where the place lies.
        Tag::Name if slot == Slot::Of && place_at(line, next, mentions) => {
            (Slot::Of, Shape::Modifier(next))
        }
        _ => (slot, Shape::Whole),
    };
    walk.slot = slot;
    walk.place(line, at, What::Mention(m), shape);
    walk.slot = Slot::Bare;
}

fn place_at(line: &Line, at: usize, mentions: &[Mention]) -> bool {
    let named = line.words.get(at).and_then(|word| word.mention);
    named.is_some_and(|m| mentions[m].kind == MentionKind::Place)
}

/// The slot a name's suffix or postposition gives it, and the word after these.
fn marked(line: &Line, at: usize, mentions: &[Mention]) -> (Slot, usize) {
    let mut next = at + 1;
    let mut slot = Slot::Bare;
    if line.tag(next) == Tag::Possessive {
        slot = suffix_slot(line.form(next).trim_start_matches('\''));
        next += 1;
    }
    // "Pakistan'a ait uçaklar": whose they are.
    if slot == Slot::To && line.form(next) == "ait" {
        return (Slot::Bare, next + 1);
    }
    if slot == Slot::Bare && next == at + 1 && shares_with(line, next) {
        return (Slot::With, next);
    }
    if let Tag::Prep(of) = line.tag(next)
        && !couples(line, next, mentions)
    {
        slot = of;
    }
    (slot, next)
}

/// "Joyce Banda ve sendika temsilcileriyle": what marks the last noun of an enumeration marks the name
/// before it.
fn shares_with(line: &Line, and: usize) -> bool {
    line.tag(and) == Tag::And
        && (and + 1..line.words.len().min(and + 5))
            .take_while(|&at| matches!(line.tags[at], Tag::Noun | Tag::Official))
            .any(|at| noun_slot(line.form(at)) == Slot::With)
}

fn suffix_slot(suffix: &str) -> Slot {
    match suffix {
        "da" | "de" | "ta" | "te" | "nda" | "nde" | "daki" | "deki" | "taki" | "teki" => Slot::In,
        "dan" | "den" | "tan" | "ten" | "ndan" | "nden" => Slot::From,
        "a" | "e" | "ya" | "ye" | "na" | "ne" => Slot::To,
        "ı" | "i" | "u" | "ü" | "yı" | "yi" | "yu" | "yü" | "nı" | "ni" | "nu" | "nü" => {
            Slot::Object
        }
        "la" | "le" | "yla" | "yle" => Slot::With,
        "ın" | "in" | "un" | "ün" | "nın" | "nin" | "nun" | "nün" => Slot::Of,
        _ => Slot::Bare,
    }
}

/// The slot of a noun phrase by the ending of its last noun.
fn noun_slot(form: &str) -> Slot {
    let ends = |list: &[&str]| list.iter().any(|end| form.ends_with(end));
    if ends(&["yla", "yle", "ıyla", "iyle"]) {
        Slot::With
    } else if ends(&["nın", "nin", "nun", "nün"]) {
        Slot::Of
    } else if ends(&["ndan", "nden"]) {
        Slot::From
    } else if ends(&["sına", "sine", "larına", "lerine", "ına", "ine"]) {
        Slot::To
    } else if ends(&["nı", "ni", "nu", "nü"]) {
        Slot::Object
    } else {
        Slot::Bare
    }
}

fn person_near(line: &Line, at: usize, mentions: &[Mention]) -> bool {
    line.words
        .get(at + 1)
        .and_then(|word| word.mention)
        .is_some_and(|m| mentions[m].kind == MentionKind::Person)
}

fn noun(line: &mut Line, walk: &mut Walk, at: usize) {
    let before = at.checked_sub(1).map_or("", |back| line.form(back));
    let form = line.form(at);
    let sides = form.starts_with("taraflar")
        || (before == "iki"
            && ["ülke", "taraf", "lider", "bakan", "heyet", "cumhurbaşkan"]
                .iter()
                .any(|stem| form.starts_with(stem)));
    let persons =
        ["bakanlar", "liderler", "katılımcılar", "onlar"].iter().any(|stem| form.starts_with(stem));
    let own = line.args.last().is_none_or(|arg| arg.word + 1 < at || arg.slot != Slot::Of);
    let what = match (sides, persons && own) {
        (true, _) => What::Sides,
        (_, true) => What::Persons,
        _ if own && is_body(line, at) => What::Body,
        _ => return,
    };
    walk.slot = noun_slot(form);
    walk.list += 1;
    walk.place(line, at, what, Shape::Whole);
    walk.slot = Slot::Bare;
}

/// "Fidan, Güler ve Kalın'la": what marks the last name of an enumeration marks all of it.
fn share_slots(line: &mut Line) {
    for at in (1..line.args.len()).rev() {
        let (slot, list) = (line.args[at].slot, line.args[at].list);
        let shared = matches!(
            slot,
            Slot::With | Slot::Between | Slot::Object | Slot::To | Slot::By | Slot::In
        );
        let before = &mut line.args[at - 1];
        if shared
            && before.list == list
            && before.slot == Slot::Bare
            && matches!(before.shape, Shape::Whole | Shape::Office)
        {
            before.slot = slot;
        }
    }
}

/// "Örgüt", "birlik": a body by its common noun alone, at the head of its clause.
fn is_body(line: &Line, at: usize) -> bool {
    const BODIES: [&str; 9] =
        ["örgüt", "birlik", "grup", "parti", "bakanlık", "mahkeme", "hareket", "ekip", "ittifak"];
    let form = line.form(at);
    let bare = BODIES.contains(&form)
        || BODIES.iter().any(|body| {
            form.strip_prefix(body).is_some_and(|rest| matches!(rest, "in" | "ün" | "un" | "nin"))
        });
    let heads = line.clauses.last().is_some_and(|clause| at <= clause.first + 1);
    bare && heads
}
