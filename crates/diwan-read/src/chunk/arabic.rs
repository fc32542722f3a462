//! Arabic: the verb mostly before its subject, some prepositions written on the name, the
//! describing word after its noun, a subject that may be left out.

use std::sync::LazyLock;

use super::{Line, Opener, Shape, Slot, Tag, Walk, What, table};
use crate::reading::{Mention, MentionKind};
use crate::words::{List, Table};

static WORDS: LazyLock<Table<&'static str, Tag>> = LazyLock::new(|| {
    table(&[
        (Tag::Prep(Slot::With), "مع بمشاركه بحضور برفقه ومع بمشاركت"),
        (Tag::Prep(Slot::Between), "بين وبين"),
        (Tag::Prep(Slot::By), "بواسطه بوساطه برعايه لدي"),
        (Tag::Prep(Slot::From), "من ومن منها منهم"),
        (Tag::Prep(Slot::In), "في وفي ب قرب داخل شمال جنوب شرق غرب وسط باتجاه عند خارج بريف"),
        (Tag::Prep(Slot::To), "الي ل لل والي نحو صوب"),
        (Tag::Prep(Slot::Against), "ضد"),
        (Tag::Prep(Slot::About), "علي عن حول بشان ازاء تجاه وعلي بخصوص"),
        (
            Tag::Prep(Slot::Beside),
            "بحسب وفق حسب وفقا بعد ساعات خلال قبل منذ حتي اثناء عقب عبر رغم دون غير سوي مثل ك وبعد وخلال وذلك بسبب ضمن اثر \
             لدعم لتعزيز لبحث لمناقشه",
        ),
        (Tag::And, "و ف او ثم"),
        (Tag::Relative, "الذي التي الذين اللذان اللذين اللتين حيث"),
        (Tag::That, "ان انه انها انهم بان بانه وان بانها انهما"),
        (Tag::Joiner, "بينما فيما عندما بعدما كما لكن اذ حين وفيما وكما فيماي ولكن"),
        (Tag::Not, "لم لن لا ما ليس ليست ولم ولن ولا"),
        (Tag::Modal, "قد سوف وقد لقد يمكن"),
        (
            Tag::Be,
            "كان كانت يكون تكون وكان وكانت كانوا تم يتم سيتم جري جرت تجري وتم وجري سيكون ستكون",
        ),
        (
            Tag::Speech,
            "قال قالت وقال وقالت ذكر ذكرت وذكر وذكرت اضاف اضافت واضاف واضافت افاد افادت وافاد وافادت \
             اعلن اعلنت واعلن واعلنت اكد اكدت واكد واكدت اوضح اوضحت واوضح واوضحت اشار اشارت واشار \
             واشارت نقل نقلت ونقلت صرح قالوا يقول تقول",
        ),
        (
            Tag::Official,
            "وزراء ممثلي ممثلو مسؤولين مسؤولون مسؤولي مسؤولو قوات القوات جيش الجيش حكومه الحكومه \
             وفد الوفد وفدا رئيس قاده زعماء رؤساء جنود شرطه الشرطه طائرات الطائرات مقاتلات السلطات \
             سلطات الجانب الجانبان المقاتلات مسيرات مبعوثي سفراء وفود دبلوماسيين نظيره نظيرته \
             نظرائه نظرائهم نظيرها نظراءهم نظيريه قواته مندوبي مبعوث وزير الرئاسه الخارجيه البحريه",
        ),
    ])
});

/// Whose adjective stands for their state.
static CITIZENS: List =
    List::new("مواطنين مواطنان مواطن مواطنا رعايا سياح سائحين جنديين صيادين بحاره طاقم");
/// Men who act for the body they are of.
static ARMED: List = List::new(
    "مسلحون مسلحين مسلحو مقاتلون مقاتلين مقاتلو عناصر عنصران قياديون جنود مقاتل مسلح افراد اعضاء \
    متمردون متمردين",
);
static SIDES: List =
    List::new("الجانبان الجانبين الطرفان الطرفين البلدان البلدين الدولتان الدولتين الدول الاطراف");
static PERSONS: List = List::new(
    "الوزيران الوزيرين الوزراء الرئيسان الرئيسين المجتمعون المجتمعين المشاركون المشاركين القاده الزعيمان المسؤولان",
);
static BODIES: List = List::new(
    "الجماعه الحركه المنظمه التنظيم الوزاره الكتله الهييه الهيئه الميليشيا المليشيا \
    الحزب المحكمه اللجنه الوكاله البعثه الجبهه التحالف الاتحاد",
);
static GATHERINGS: List = List::new("الاجتماع اللقاء البيان المؤتمر القمه المجتمعون");

pub(super) fn tag(form: &str) -> Tag {
    if let Some(tag) = WORDS.get(form) {
        return *tag;
    }
    match form.strip_prefix('و').or_else(|| form.strip_prefix('ف')) {
        Some(rest) => match WORDS.get(rest) {
            Some(Tag::Official | Tag::Speech | Tag::Relative | Tag::That) => WORDS[rest],
            _ => Tag::Noun,
        },
        None => Tag::Noun,
    }
}

pub(super) fn fill(line: &mut Line, mentions: &[Mention]) {
    let mut walk = Walk::new();
    walk.open(line, 0, Opener::Start);
    // The slot and enumeration an office stands in, for the name that follows it.
    let mut office: Option<(usize, Slot, usize)> = None;
    for at in 0..line.words.len() {
        match line.tags[at] {
            Tag::Stop | Tag::Quote => walk.open(line, at + 1, Opener::Content),
            Tag::Relative => walk.open(line, at, Opener::Relative),
            Tag::That => walk.open(line, at, Opener::Content),
            Tag::Joiner => walk.open(line, at, Opener::Joined),
            Tag::Speech | Tag::Be | Tag::Verb | Tag::Modal => walk.verb(line, at),
            // "مسلحون من حركة الشباب": the body stands for its men.
            Tag::Prep(Slot::From) if at > 0 && ARMED.has(line.form(at - 1)) => {}
            Tag::Prep(slot) => walk.turn(slot),
            Tag::Comma | Tag::And => pause(line, &mut walk, at, mentions),
            Tag::Role => {
                let Some(m) = line.words[at].mention else { continue };
                leave_noun(line, &mut walk, at);
                // "شكرت إيما تسوركوف الرئيس ترامب": without "and" another begins.
                walk.list += usize::from(follows_person(line, at, mentions));
                office = Some((at, walk.slot, walk.list));
                if mentions[m].holder.is_some() && !named(line, at, mentions) {
                    walk.place(line, at, What::Mention(m), Shape::Whole);
                }
            }
            Tag::Name => {
                let back = office.filter(|&(from, ..)| at - from <= 6);
                name(line, &mut walk, at, back, mentions);
            }
            Tag::Noun | Tag::Official => noun(line, &mut walk, at),
            _ => {}
        }
    }
}

fn pause(line: &Line, walk: &mut Walk, at: usize, mentions: &[Mention]) {
    let coming = (at + 1..line.words.len().min(at + 5)).find_map(|next| match line.tags[next] {
        Tag::Name | Tag::Role => line.words[next].mention.map(|m| mentions[m].kind),
        _ => None,
    });
    let last = line.args.last().and_then(|arg| match arg.what {
        What::Mention(m) if arg.word + 4 > at => Some(mentions[m].kind),
        _ => None,
    });
    let place = |kind| kind == MentionKind::Place;
    let same = matches!((last, coming), (Some(a), Some(b)) if place(a) == place(b));
    if !same {
        walk.turn(Slot::Bare);
    }
}

/// Whether a person stands right before an office, and nothing that joins the two.
fn follows_person(line: &Line, at: usize, mentions: &[Mention]) -> bool {
    line.args.last().is_some_and(|arg| {
        arg.word + 1 == at
            && matches!(arg.what, What::Mention(m) if mentions[m].kind == MentionKind::Person)
    })
}

/// "في اللقاء وزير الخارجية": what follows a noun with the article is not in the noun's slot.
fn leave_noun(line: &Line, walk: &mut Walk, at: usize) {
    let definite = at > 1
        && line.words[at - 1].mention.is_none()
        && line.form(at - 1).starts_with("ال")
        && matches!(line.tags[at - 2], Tag::Prep(_));
    let place = walk.slot == Slot::In && line.args.last().is_some_and(|arg| arg.word + 1 == at);
    if definite || place {
        walk.turn(Slot::Bare);
    }
}

fn named(line: &Line, at: usize, mentions: &[Mention]) -> bool {
    (at + 1..line.words.len().min(at + 6))
        .filter_map(|next| line.words[next].mention)
        .any(|m| mentions[m].kind == MentionKind::Person)
}

fn name(
    line: &mut Line,
    walk: &mut Walk,
    at: usize,
    office: Option<(usize, Slot, usize)>,
    mentions: &[Mention],
) {
    let Some(m) = line.words[at].mention else { return };
    let before = at.checked_sub(1).map_or(Tag::Stop, |back| line.tags[back]);
    if mentions[m].kind == MentionKind::Person {
        if let Some((from, slot, list)) = office {
            (walk.slot, walk.list) = (slot, list);
            for arg in line.args.iter_mut().filter(|arg| arg.word > from && arg.word < at) {
                arg.shape = Shape::Office;
            }
        }
        walk.place(line, at, What::Mention(m), Shape::Whole);
        return;
    }
    let person_next = line.words.get(at + 1).and_then(|word| word.mention);
    let person_next = person_next.is_some_and(|m| mentions[m].kind == MentionKind::Person);
    let after_office = office.is_some_and(|(from, ..)| at - from <= 2);
    let shape = match before {
        _ if person_next => Shape::Office,
        Tag::Role if named(line, at, mentions) && mentions[m].demonym => Shape::Office,
        // "مواطنين فرنسيين" are their state's.
        Tag::Noun if mentions[m].demonym && CITIZENS.has(line.form(at - 1)) => Shape::Whole,
        Tag::Noun if mentions[m].demonym && !after_office => Shape::Modifier(at - 1),
        // "الباحثة الإسرائيلية الروسية": the second adjective belongs to the noun as well.
        Tag::Name if mentions[m].demonym => match line.args.last() {
            Some(arg) if arg.word + 1 == at && matches!(arg.shape, Shape::Modifier(_)) => arg.shape,
            _ => Shape::Whole,
        },
        _ => Shape::Whole,
    };
    walk.place(line, at, What::Mention(m), shape);
}

fn noun(line: &mut Line, walk: &mut Walk, at: usize) {
    let form = line.form(at).trim_start_matches('و');
    // "في مسقط نظيره": the counterpart is not in the town's slot.
    let town = line.args.last().is_some_and(|arg| arg.word + 1 == at);
    if form.starts_with("نظير") && walk.slot == Slot::In && town {
        walk.turn(Slot::Bare);
    }
    let described = matches!(line.tag(at + 1), Tag::Name | Tag::Role);
    let what = if SIDES.has(form) {
        What::Sides
    } else if PERSONS.has(form) && !described {
        What::Persons
    } else if BODIES.has(form) && !described && follows_nothing(line, at) {
        What::Body
    } else if GATHERINGS.has(form) && !described && walk.slot == Slot::Bare {
        What::Gathering
    } else {
        return;
    };
    walk.place(line, at, what, Shape::Whole);
}

/// "اللجنة الدولية": an adjective with the article behind it makes another name of the noun.
fn follows_nothing(line: &Line, at: usize) -> bool {
    !(line.tag(at + 1) == Tag::Noun && line.form(at + 1).starts_with("ال"))
}
