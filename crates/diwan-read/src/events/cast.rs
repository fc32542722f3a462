//! Who plays what part in an event: the names around its trigger, by slot, order and language.

use super::memory::{Memory, resolve, unique};
use super::{EventKind, Hit, Language, Line, Mention, MentionKind, Part, Participant, Rule, Slot, Tag, What};
use crate::chunk::{Arg, Shape};
use crate::triggers::Class;

/// What is needed to read one trigger.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) line: &'a Line,
    pub(crate) mentions: &'a [Mention],
    pub(crate) memory: &'a Memory,
    pub(crate) language: Language,
}

impl Scene<'_> {
    /// The entities an argument stands for.
    pub(crate) fn names(&self, at: usize) -> Vec<String> {
        resolve(self.line, self.mentions, self.memory, at)
    }
}

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
    at: Option<usize>,
}

/// Verbs under which the subject takes part in the noun: "held talks", "launched an attack".
const SUPPORT: [&str; 38] = [
    "held", "holds", "hold", "holding", "hosted", "hosts", "host", "hosting", "attended", "chaired",
    "had", "began", "begin", "started", "concluded", "ended", "conducted", "opened", "joined",
    "convened", "launched", "launch", "carried", "staged", "mounted", "made", "paid", "completed",
    "resumed", "resume", "reached", "signed", "announced", "took", "wrapped", "claimed", "having",
    "launching",
];

const VIOLENT_SUPPORT: [&str; 11] = [
    "launched", "launch", "launching", "carried", "staged", "mounted", "conducted", "claimed",
    "resumed", "began", "made",
];

/// Participles that say by whom or for whom a thing was.
const BROKERED: [&str; 12] = [
    "negotiated", "brokered", "mediated", "sponsored", "agreed", "arranged", "organised", "organized",
    "aimed", "claimed", "led", "staged",
];

pub(crate) fn participants(scene: &Scene<'_>, hit: &Hit, rule: &Rule) -> Vec<Participant> {
    let around = around(scene, hit, rule);
    let mut cast = Cast { scene: *scene, subjects: around.subject.clone(), out: Vec::new() };
    cast.fill(rule, hit, &around);
    cast.out
}

/// The names around a trigger, as the language orders them.
fn around(scene: &Scene<'_>, hit: &Hit, rule: &Rule) -> Around {
    let class = rule.class;
    let meets = matches!(rule.kind, EventKind::Meeting | EventKind::Call | EventKind::Truce | EventKind::Agreement);
    let noun = class == Class::Noun;
    let found = match scene.language {
        Language::Turkish if class == Class::Joining => turkish_joining(scene, hit),
        Language::Arabic => arabic(scene, hit, noun, meets),
        Language::Turkish => turkish(scene, hit, noun, meets),
        _ if noun => english_noun(scene, hit, rule),
        _ => english_verb(scene, hit),
    };
    Around { at: Some(hit.first), ..found }
}

/// Who the subject of a verb is; for commitments.
pub(crate) fn subjects(scene: &Scene<'_>, word: usize) -> Vec<String> {
    let line = scene.line;
    let hit = Hit { rule: 0, first: word, last: word };
    let around = match scene.language {
        Language::Arabic => arabic(scene, &hit, false, false),
        Language::Turkish => turkish(scene, &hit, false, false),
        _ => {
            let owner = owners(line, &hit);
            let held = if owner.is_empty() { doers(line, line.clause_of(word), word) } else { owner };
            Around { subject: held, ..Around::default() }
        }
    };
    let around = Around { at: Some(word), ..around };
    let mut cast = Cast { scene: *scene, subjects: around.subject.clone(), out: Vec::new() };
    cast.one(&around.subject, Part::Party);
    if cast.out.is_empty() {
        cast.implied(&around, Part::Party);
    }
    if cast.out.is_empty() && scene.language == Language::English {
        let impersonal = scene.line.form(word.saturating_sub(2)) == "it" && word > 1;
        if impersonal {
            scene.memory.gathering.iter().for_each(|name| cast.add(name.clone(), Part::Party));
        }
    }
    cast.out.into_iter().map(|one| one.entity).collect()
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
        .filter(|&at| line.args[at].slot == own && line.args[at].word > hit.last)
        .collect();
    let by: Vec<usize> =
        marked.iter().copied().filter(|&at| line.args[at].slot == Slot::By).collect();
    if passive(line, hit) {
        return Around { subject: by, object: before, marked, ..Around::default() };
    }
    Around { subject: before, object, marked, ..Around::default() }
}

/// The subject of an English verb: of the infinitive after "forced X to" it is X, of a gerund after
/// "accused of" whoever stands before it.
fn doers(line: &Line, clause: usize, verb: usize) -> Vec<usize> {
    let infinitive = verb > 0 && line.tags[verb - 1] == Tag::To;
    if infinitive {
        let from = (0..verb - 1).rfind(|&at| matches!(line.tags[at], Tag::Verb | Tag::Speech | Tag::Participle));
        if let Some(from) = from.filter(|&from| verb - from <= 8) {
            let controlled = line.subject_between(from + 1, verb);
            if !controlled.is_empty() {
                return controlled;
            }
        }
    }
    let gerund = line.form(verb).ends_with("ing") && verb > 1 && line.form(verb - 1) == "of";
    if gerund && matches!(line.form(verb - 2), "accused" | "suspected" | "guilty" | "convicted") {
        let before = line.args.iter().rposition(|arg| arg.word < verb - 2 && arg.shape == Shape::Whole);
        return before.into_iter().collect();
    }
    let mut found: Vec<usize> =
        line.subject(clause).into_iter().filter(|&at| line.args[at].word < verb).collect();
    if found.is_empty() {
        // "The grouping of Iraq, Jordan and Syria will meet": members stand for their group.
        let first = line.clauses[clause].first;
        found = line.all(|arg| first <= arg.word && arg.word < verb && arg.slot == Slot::Of && arg.shape == Shape::Whole);
    }
    found
}

fn english_noun(scene: &Scene<'_>, hit: &Hit, rule: &Rule) -> Around {
    let line = scene.line;
    let clause = line.clause_of(hit.first);
    let marked = in_reach(line, hit, reach(line, hit, true));
    let verb = line.clauses[clause].verb.filter(|&verb| verb < hit.first);
    let last = (line.clauses[clause].first..hit.first)
        .rfind(|&at| matches!(line.tags[at], Tag::Verb | Tag::Speech | Tag::Participle | Tag::Noun) && line.words[at].mention.is_none() && (line.tags[at] != Tag::Noun || SUPPORT.contains(&line.form(at))));
    let violent = matches!(rule.kind, EventKind::Attack | EventKind::Killing | EventKind::Arrest);
    let supported = verb.is_some() && last.is_some_and(|at| {
        let form = line.form(at);
        SUPPORT.contains(&form) && (!violent || VIOLENT_SUPPORT.contains(&form))
    });
    let joined = marked.iter().any(|&at| line.args[at].slot == Slot::With);
    let mut around = Around { owner: owners(line, hit), marked, ..Around::default() };
    let possessive = (1..=3).filter_map(|back| hit.first.checked_sub(back)).find_map(|back| {
        match line.form(back) {
            "his" | "her" => Some(What::Person),
            "their" => Some(What::Persons),
            _ => None,
        }
    });
    if supported || (joined && around.owner.is_empty() && possessive.is_none()) {
        let holds = |at: &usize| line.args[*at].word < hit.first || !supported;
        around.subject = line.subject(clause).into_iter().filter(holds).collect();
        around.subject.retain(|at| !around.marked.contains(at) || supported);
    }
    let attending = (1..=4).filter_map(|back| hit.first.checked_sub(back)).any(|back| {
        matches!(line.form(back), "at" | "during") || (joined && matches!(line.form(back), "in" | "after"))
    });
    if attending && around.subject.is_empty() && around.owner.is_empty() {
        let mut next = line.subject(clause + 1);
        if next.is_empty() {
            next = line.all(|arg| arg.clause == clause && arg.word > hit.last && arg.slot == Slot::Bare);
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
    let adjacent = line.args.iter().find(|arg| {
        arg.word + 1 == hit.first && arg.shape == Shape::Whole && arg.slot == Slot::Bare
    });
    line.all(|arg| {
        let describes = matches!(arg.shape, Shape::Modifier(at) if hit.first <= at && at <= hit.last);
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
            Tag::Verb => !(noun && (SUPPORT.contains(&line.form(at)) || BROKERED.contains(&line.form(at)))),
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
        let after = hit.last < arg.word && arg.word < end;
        let before = from <= arg.word && arg.word < hit.first && matches!(arg.slot, Slot::By | Slot::In);
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
    let within = |arg: &Arg| hit.last < arg.word && arg.word < end;
    let bare = line.all(|arg| within(arg) && arg.slot == Slot::Bare && !matches!(arg.shape, Shape::Modifier(_)));
    let marked = line.all(|arg| {
        (within(arg) || (clause.first <= arg.word && arg.word < hit.first && arg.slot != Slot::Bare))
            && !matches!(arg.shape, Shape::Modifier(_))
    });
    let first_list = bare.first().map(|&at| line.args[at].list);
    let (front, rest): (Vec<usize>, Vec<usize>) =
        bare.into_iter().partition(|&at| Some(line.args[at].list) == first_list);
    if noun {
        let owner = owners(line, hit);
        let between = marked.iter().any(|&at| line.args[at].slot == Slot::Between);
        // "توصلت الهند وباكستان إلى وقف": the noun is what the subject of its clause came to.
        let said = !owner.is_empty() || !front.is_empty() || between || !meets;
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
    let near = |arg: &Arg| arg.clause == clause && matches!(arg.slot, Slot::Bare | Slot::With | Slot::To);
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
    let owner = owners(line, hit);
    let bare = line.all(|arg| within(arg) && whole(arg) && arg.slot == Slot::Bare);
    let first = bare.first().map(|&at| line.args[at].list);
    let mut subject: Vec<usize> =
        bare.iter().copied().filter(|&at| Some(line.args[at].list) == first).collect();
    if noun {
        // The noun belongs to the subject of its clause unless it says whose it is.
        let said = !owner.is_empty() || marked.iter().any(|&at| matches!(line.args[at].slot, Slot::With | Slot::Between));
        let subject = if said || !meets { Vec::new() } else { subject };
        return Around { subject, owner, marked, ..Around::default() };
    }
    let object: Vec<usize> = line.all(|arg| within(arg) && whole(arg) && arg.slot == Slot::Object);
    if subject.is_empty() && clause.first > 0 {
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

/// "kaçtığı", "imzalaması": verbs whose subject is in the genitive.
fn nominalised(form: &str) -> bool {
    ["dığı", "diği", "duğu", "düğü", "tığı", "tiği", "tuğu", "tüğü", "ması", "mesi", "acağı", "eceği", "dığını", "diğini", "tığını", "tiğini", "masını", "mesini", "duğunu", "düğünü", "masıyla", "mesiyle"]
        .iter()
        .any(|end| form.ends_with(end))
}

fn turkish_passive(form: &str) -> bool {
    let stem = form.trim_end_matches("lar").trim_end_matches("ler");
    ["ıldı", "ildi", "uldu", "üldü", "ındı", "indi", "undu", "ündü", "landı", "lendi", "ıldığı", "ildiği"]
        .iter()
        .any(|end| stem.ends_with(end))
}

/// Collects participants; an entity keeps the first part it was given.
#[derive(Debug)]
struct Cast<'a> {
    scene: Scene<'a>,
    subjects: Vec<usize>,
    out: Vec<Participant>,
}

impl Cast<'_> {
    fn fill(&mut self, rule: &Rule, hit: &Hit, around: &Around) {
        match rule.kind {
            EventKind::Meeting | EventKind::Call | EventKind::Agreement | EventKind::Truce => {
                self.together(rule, around);
            }
            EventKind::Visit => self.visit(around),
            EventKind::Statement => self.statement(hit, around),
            EventKind::Attack => {
                self.act(around, [Part::Actor, Part::Target]);
                self.aimed_at(hit);
                if rule.class == Class::Echo {
                    self.marked(around, &[Slot::In, Slot::To], Part::Target);
                }
            }
            EventKind::Killing => self.killing(rule, around),
            EventKind::Arrest => self.act(around, [Part::Actor, Part::Accused]),
            EventKind::Plot => self.plot(rule, around),
            EventKind::Seizure => self.act(around, [Part::Actor, Part::Target]),
            EventKind::Release | EventKind::AidSupply => {
                self.act(around, [Part::Actor, Part::Participant]);
                self.marked(around, &[Slot::To], Part::Destination);
            }
            EventKind::CrossingOpen | EventKind::CrossingClose => {
                self.act(around, [Part::Actor, Part::Participant]);
                let clause = self.scene.line.clause_of(hit.first);
                let sides = self.scene.line.all(|arg| arg.clause == clause && matches!(arg.slot, Slot::With | Slot::Between));
                self.one(&sides, Part::Participant);
            }
            EventKind::TroopMovement => {
                self.act(around, [Part::Actor, Part::Target]);
                self.marked(around, &[Slot::From], Part::Displaced);
            }
            EventKind::LeadershipChange => self.leadership(rule, around),
            EventKind::Flight => {
                self.one(&around.subject, Part::Actor);
                self.one(&around.owner, Part::Actor);
                self.without_offices(around);
                self.marked(around, &[Slot::To, Slot::In], Part::Destination);
            }
            EventKind::Dissolution => {
                self.act(around, [Part::Actor, Part::Actor]);
            }
            EventKind::Return | EventKind::Displacement => {
                self.act(around, [Part::Displaced, Part::Displaced]);
            }
        }
    }

    fn together(&mut self, rule: &Rule, around: &Around) {
        let host = rule.name.ends_with("hosted");
        let agreed = rule.kind == EventKind::Agreement;
        self.implied(around, Part::Participant);
        self.one(&around.subject, if host { Part::Host } else { Part::Participant });
        self.one(&around.owner, Part::Participant);
        if rule.class == Class::Noun || !agreed || self.scene.language == Language::Turkish {
            self.one(&around.object, Part::Participant);
        }
        self.marked(around, &[Slot::With, Slot::Between], Part::Participant);
        let arabic = self.scene.language == Language::Arabic;
        if agreed && arabic {
            self.marked(around, &[Slot::By], Part::Mediator);
        } else if !agreed && rule.kind != EventKind::Truce {
            self.marked(around, &[Slot::By], Part::Participant);
        }
        if matches!(rule.class, Class::Noun | Class::Joining) {
            self.marked(around, &[Slot::Of, Slot::From], Part::Participant);
        }
        if rule.kind == EventKind::Truce {
            self.marked(around, &[Slot::By], Part::Mediator);
        }
        if rule.kind == EventKind::Call {
            self.without_offices(around);
        }
    }

    fn visit(&mut self, around: &Around) {
        self.implied(around, Part::Participant);
        self.one(&around.subject, Part::Participant);
        self.one(&around.owner, Part::Participant);
        self.marked(around, &[Slot::By, Slot::With], Part::Participant);
        if self.scene.language == Language::Arabic {
            self.one(&around.object, Part::Participant);
        }
        self.without_offices(around);
        let states: Vec<usize> = around
            .object
            .iter()
            .chain(&around.marked)
            .copied()
            .filter(|&at| matches!(self.scene.line.args[at].slot, Slot::Bare | Slot::To | Slot::In))
            .filter(|&at| self.is(at, MentionKind::Country))
            .collect();
        self.one(&states, Part::Host);
    }

    fn statement(&mut self, hit: &Hit, around: &Around) {
        self.implied(around, Part::Speaker);
        self.one(&around.subject, Part::Speaker);
        self.one(&around.owner, Part::Speaker);
        self.without_offices(around);
        if self.out.is_empty() {
            return;
        }
        let line = self.scene.line;
        let near = |at: &usize| line.args[*at].word.abs_diff(hit.last) <= 6;
        let object: Vec<usize> = around.object.iter().copied().filter(near).collect();
        let aimed = line.all(|arg| {
            let after = hit.last < arg.word && arg.word <= hit.last + 3;
            after && matches!(arg.shape, Shape::Modifier(_)) && arg.slot == Slot::Bare
        });
        let addressed = matches!(
            line.form(hit.first),
            "urged" | "called" | "thanked" | "accused" | "condemned" | "warned" | "praised" | "blamed" | "congratulated" | "denounced" | "criticised" | "criticized" | "threatened" | "calls" | "urges"
        );
        if addressed {
            let whole = |at: &usize| line.args[*at].shape == Shape::Whole;
            let object: Vec<usize> = object.into_iter().filter(whole).collect();
            self.one(&object, Part::Target);
            self.one(&aimed, Part::Target);
        }
    }

    fn act(&mut self, around: &Around, parts: [Part; 2]) {
        self.one(&around.subject, parts[0]);
        self.one(&around.owner, parts[0]);
        self.marked(around, &[Slot::By], parts[0]);
        self.one(&around.object, parts[1]);
        self.marked(around, &[Slot::Against, Slot::Object], parts[1]);
        let nouns = around.subject.is_empty();
        if nouns {
            self.marked(around, &[Slot::Of, Slot::About, Slot::Between], parts[1]);
        }
        self.without_offices(around);
    }

    /// "airstrikes targeting figures from X".
    fn aimed_at(&mut self, hit: &Hit) {
        let line = self.scene.line;
        let end = line.words.len().min(hit.last + 5);
        let Some(aim) = (hit.last + 1..end).find(|&at| line.form(at).starts_with("target")) else { return };
        let aimed = line.all(|arg| {
            aim < arg.word && arg.word <= aim + 5 && matches!(arg.slot, Slot::Bare | Slot::From | Slot::Of)
        });
        self.one(&aimed, Part::Target);
    }

    fn killing(&mut self, rule: &Rule, around: &Around) {
        if rule.class == Class::Affected {
            self.one(&around.subject, Part::Victim);
            return;
        }
        let arabic = self.scene.language == Language::Arabic;
        let single = arabic && rule.class == Class::Verb && around.object.is_empty();
        if single {
            let (persons, rest): (Vec<usize>, Vec<usize>) =
                around.subject.iter().partition(|&&at| self.is(at, MentionKind::Person));
            self.one(&persons, Part::Victim);
            self.one(&rest, Part::Actor);
        } else if rule.class == Class::Noun {
            self.one(&around.owner, Part::Victim);
            self.one(&around.object, Part::Victim);
            self.marked(around, &[Slot::Of], Part::Victim);
            self.marked(around, &[Slot::By], Part::Actor);
        } else {
            self.act(around, [Part::Actor, Part::Victim]);
        }
        self.without_offices(around);
    }

    fn plot(&mut self, rule: &Rule, around: &Around) {
        let foiled = rule.name.ends_with("foiled");
        self.one(&around.subject, if foiled { Part::ThwartedBy } else { Part::Accused });
        self.one(&around.owner, Part::Accused);
        self.marked(around, &[Slot::By], Part::Accused);
        self.marked(around, &[Slot::Against], Part::Target);
        self.without_offices(around);
    }

    fn leadership(&mut self, rule: &Rule, around: &Around) {
        match rule.class {
            Class::Noun => {
                let ousted = Part::Ousted;
                self.nested(&around.owner, ousted);
                self.nested(&around.object, ousted);
                let of: Vec<usize> = around.marked.iter().copied().filter(|&at| self.scene.line.args[at].slot == Slot::Of).collect();
                self.nested(&of, ousted);
            }
            _ if rule.name.ends_with("removed") => {
                self.one(&around.subject, Part::Actor);
                self.nested(&around.object, Part::Ousted);
            }
            _ => {
                self.one(&around.subject, Part::Actor);
                self.nested(&around.object, Part::Actor);
                self.marked(around, &[Slot::Object], Part::Ousted);
            }
        }
        self.without_offices(around);
    }

    /// The names, and the names inside them: "Assad" of "the Assad regime".
    fn nested(&mut self, args: &[usize], part: Part) {
        self.one(args, part);
        for &at in args {
            let What::Mention(m) = self.scene.line.args[at].what else { continue };
            let outer = self.scene.mentions[m].span;
            let inner: Vec<String> = self
                .scene
                .mentions
                .iter()
                .filter(|one| one.kind == MentionKind::Person && outer.start <= one.span.start && one.span.end <= outer.end)
                .filter_map(|one| one.entity.clone())
                .collect();
            inner.into_iter().for_each(|name| self.add(name, part));
        }
    }

    fn implied(&mut self, around: &Around, part: Part) {
        if around.implied == Some(What::Person)
            && let Some(name) = self.last_subject(around)
        {
            self.add(name, part);
        } else if let Some(what) = around.implied {
            for name in self.scene.memory.resolve(what, self.scene.mentions) {
                self.add(name, part);
            }
        }
    }

    /// The person who was the subject before, in the same sentence.
    fn last_subject(&self, around: &Around) -> Option<String> {
        let scene = &self.scene;
        scene.line.args.iter().rev().find_map(|arg| {
            let What::Mention(m) = arg.what else { return None };
            let person = scene.mentions[m].kind == MentionKind::Person || scene.mentions[m].holder.is_some();
            let before = around.at.is_none_or(|at| arg.word < at);
            (person && before).then(|| super::memory::entity(&scene.mentions[m])).flatten()
        })
    }

    fn marked(&mut self, around: &Around, slots: &[Slot], part: Part) {
        let wanted: Vec<usize> = around
            .marked
            .iter()
            .copied()
            .filter(|&at| slots.contains(&self.scene.line.args[at].slot))
            .collect();
        self.one(&wanted, part);
    }

    fn one(&mut self, args: &[usize], part: Part) {
        for &at in args {
            let object = part == Part::Participant && self.scene.line.args[at].what == What::Gathering;
            if self.is(at, MentionKind::Place) || (object && !self.subjects.contains(&at)) {
                continue;
            }
            for name in self.scene.names(at) {
                self.add(name, part);
            }
        }
    }

    fn is(&self, at: usize, kind: MentionKind) -> bool {
        matches!(self.scene.line.args[at].what, What::Mention(m) if self.scene.mentions[m].kind == kind)
    }

    fn add(&mut self, entity: String, part: Part) {
        if !self.out.iter().any(|one| one.entity == entity) {
            self.out.push(Participant { entity, part });
        }
    }

    /// Takes out the states of offices whose holders are named.
    fn without_offices(&mut self, around: &Around) {
        let line = self.scene.line;
        if !self.out.iter().any(|one| one.entity.starts_with("p:")) {
            return;
        }
        let lists = [&around.subject, &around.object, &around.owner, &around.marked];
        let args = || lists.iter().flat_map(|list| list.iter().copied());
        let names = |shape: fn(Shape) -> bool| {
            unique(args().filter(|&at| shape(line.args[at].shape)).flat_map(|at| {
                self.scene.names(at)
            }))
        };
        let offices = names(|shape| shape == Shape::Office);
        let wholes = names(|shape| shape != Shape::Office);
        self.out.retain(|one| !offices.contains(&one.entity) || wholes.contains(&one.entity));
    }
}
