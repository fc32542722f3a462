//! Who plays what part in an event: the names around its trigger, by slot, order and language.

use super::around::{Around, around, of_verb};
use super::memory::{Memory, resolve, unique};
use super::seats;
use super::{
    EventKind, Hit, Language, Line, Mention, MentionKind, Part, Participant, Rule, Slot, Tag, What,
};
use crate::chunk::{Opener, Shape};
use crate::triggers::Class;
use crate::words::is_one;

/// Verbs of saying whose object is spoken to or of.
const AIMED_TURKISH: [&str; 7] = ["suçla", "kına", "eleştir", "tehdit", "kutla", "tebrik", "öv"];
const AIMED_ARABIC: [&str; 14] = [
    "اتهم",
    "تتهم",
    "يتهم",
    "شكر",
    "تشكر",
    "يشكر",
    "هنا",
    "انتقد",
    "حمل",
    "ناشد",
    "حث",
    "دان",
    "ادان",
    "هدد",
];

fn begins(form: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| form.starts_with(stem))
}

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

pub(crate) fn participants(scene: &Scene<'_>, hit: &Hit, rule: &Rule) -> Vec<Participant> {
    let around = around(scene, hit, rule);
    let mut cast =
        Cast { scene: *scene, subjects: around.subject.clone(), gathers: true, out: Vec::new() };
    cast.gathers = matches!(
        rule.kind,
        EventKind::Meeting | EventKind::Agreement | EventKind::Statement | EventKind::Truce
    );
    cast.fill(rule, hit, &around);
    if cast.out.is_empty() && rule.class == Class::Noun {
        cast.of_the_sides(rule, hit);
    }
    cast.out
}

/// Who the subject of a verb is; for commitments.
pub(crate) fn subjects(scene: &Scene<'_>, word: usize) -> Vec<String> {
    let around = of_verb(scene, word);
    let mut cast =
        Cast { scene: *scene, subjects: around.subject.clone(), gathers: true, out: Vec::new() };
    cast.one(&around.subject, Part::Party);
    if cast.out.is_empty() {
        cast.implied(&around, Part::Party);
    }
    let placed = scene.line.args.iter().any(|arg| {
        let place =
            matches!(arg.what, What::Mention(m) if scene.mentions[m].kind == MentionKind::Place);
        place && arg.word == word + 1
    });
    if cast.out.is_empty() && scene.language == Language::Arabic && !placed {
        let before = line_subject(scene, word);
        cast.one(&before, Part::Party);
    }
    if cast.out.is_empty() && scene.language == Language::English {
        let impersonal = scene.line.form(word.saturating_sub(2)) == "it" && word > 1;
        if impersonal {
            scene.memory.gathering.iter().for_each(|name| cast.add(name.clone(), Part::Party));
        }
    }
    cast.out.into_iter().map(|one| one.entity).collect()
}

/// The last name without a marker before a word: the subject that a verb has left out.
fn line_subject(scene: &Scene<'_>, word: usize) -> Vec<usize> {
    let args = &scene.line.args;
    args.iter().rposition(|arg| arg.word < word && arg.slot == Slot::Bare).into_iter().collect()
}

/// Collects participants; an entity keeps the first part it was given.
#[derive(Debug)]
struct Cast<'a> {
    scene: Scene<'a>,
    subjects: Vec<usize>,
    /// "The meeting agreed": a gathering can do this.
    gathers: bool,
    out: Vec<Participant>,
}

impl Cast<'_> {
    fn fill(&mut self, rule: &Rule, hit: &Hit, around: &Around) {
        match rule.kind {
            EventKind::Meeting | EventKind::Call | EventKind::Agreement | EventKind::Truce => {
                self.together(rule, hit, around);
            }
            EventKind::Visit => self.visit(around),
            EventKind::Statement => self.statement(rule, hit, around),
            EventKind::Attack => self.attack(rule, hit, around),
            EventKind::Killing => self.killing(rule, around),
            EventKind::Arrest => {
                if rule.class == Class::Noun {
                    // "his arrest", "Milan Dodig's arrest".
                    self.implied(around, Part::Accused);
                    self.one(&around.owner, Part::Accused);
                }
                self.act(around, [Part::Actor, Part::Accused]);
                if self.scene.language == Language::Arabic {
                    // "ألقت الشرطة القبض على"
                    self.marked(around, &[Slot::About], Part::Accused);
                }
            }
            EventKind::Plot => self.plot(rule, around),
            EventKind::Seizure => self.act(around, [Part::Actor, Part::Target]),
            EventKind::Release | EventKind::AidSupply => {
                self.act(around, [Part::Actor, Part::Participant]);
                self.marked(around, &[Slot::To], Part::Destination);
                self.marked(around, &[Slot::With], Part::Participant);
                if self.scene.language == Language::Arabic {
                    // "أفرجت الجماعة عن"
                    self.marked(around, &[Slot::About], Part::Participant);
                }
                if self.out.iter().all(|one| one.part != Part::Actor) {
                    self.marked(around, &[Slot::From], Part::Actor);
                    self.sent_by(hit);
                }
            }
            EventKind::CrossingOpen | EventKind::CrossingClose => self.crossing(hit, around),
            EventKind::TroopMovement => {
                self.act(around, [Part::Actor, Part::Target]);
                if rule.class == Class::Noun || self.scene.line.form(hit.first).starts_with("f") {
                    // "the fall of the town to the rebels", "the town fell to them".
                    self.marked(around, &[Slot::To], Part::Actor);
                }
                self.marked(around, &[Slot::From], Part::Displaced);
            }
            EventKind::LeadershipChange => self.leadership(rule, hit, around),
            EventKind::Flight => {
                self.implied(around, Part::Actor);
                self.one(&around.subject, Part::Actor);
                self.one(&around.owner, Part::Actor);
                self.without_offices(around);
                self.marked(around, &[Slot::To, Slot::In], Part::Destination);
            }
            EventKind::Dissolution => {
                self.act(around, [Part::Actor, Part::Actor]);
                if self.out.is_empty() {
                    // "the authorities in Burkina Faso".
                    self.within_state(hit);
                }
            }
            EventKind::Return | EventKind::Displacement => {
                self.act(around, [Part::Displaced, Part::Displaced]);
                // "The group has driven 50,000 people from their homes": who drives them is named.
                let driven = self.scene.language == Language::English
                    && is_one!(
                        self.scene.line.form(hit.first),
                        "driven|drove|drive|displaced|displace|forced|expelled|uprooted|evicted"
                    );
                for one in &mut self.out {
                    if one.entity.starts_with("o:") && driven {
                        one.part = Part::Actor;
                    }
                }
                self.out.retain(|one| !one.entity.starts_with("o:") || one.part == Part::Actor);
                self.marked(around, &[Slot::To], Part::Destination);
            }
        }
    }

    fn attack(&mut self, rule: &Rule, hit: &Hit, around: &Around) {
        if rule.class == Class::Affected {
            self.one(&around.subject, Part::Target);
            self.marked(around, &[Slot::From, Slot::By], Part::Actor);
            return;
        }
        self.act(around, [Part::Actor, Part::Target]);
        if rule.class == Class::Noun {
            self.marked(around, &[Slot::About], Part::Target);
        }
        self.aimed_at(hit);
        if self.scene.language == Language::Turkish && rule.class == Class::Verb {
            self.marked(around, &[Slot::To], Part::Target);
        }
        if self.out.iter().any(|one| one.part == Part::Target) {
            return;
        }
        let foreign = self.out.iter().any(|one| one.entity.starts_with("c:"));
        // "struck depots of Hezbollah", "bombed PKK caves"
        if rule.class == Class::Verb && self.scene.language == Language::English {
            self.marked(around, &[Slot::Of], Part::Target);
            let line = self.scene.line;
            let whose = line.all(|arg| {
                hit.last < arg.word
                    && arg.word <= hit.last + 2
                    && arg.slot == Slot::Bare
                    && matches!(arg.shape, Shape::Modifier(_))
            });
            self.one(&whose, Part::Target);
        }
        if self.out.iter().any(|one| one.part == Part::Target) {
            return;
        }
        match rule.class {
            // "struck sites in Iran": the state is what was struck.
            Class::Verb => self.marked(around, &[Slot::In], Part::Target),
            Class::Echo => self.marked(around, &[Slot::In, Slot::To], Part::Target),
            // "Israeli strikes in Yemen".
            _ if foreign => self.marked(around, &[Slot::In], Part::Target),
            _ => {}
        }
    }

    fn crossing(&mut self, hit: &Hit, around: &Around) {
        self.act(around, [Part::Actor, Part::Participant]);
        let line = self.scene.line;
        let clause = line.clause_of(hit.first);
        // "closed its airspace to Indian airlines", "its border with Kenya".
        let sides = line.all(|arg| {
            let to = arg.slot == Slot::To && hit.last < arg.word && arg.word <= hit.last + 5;
            to || (arg.clause == clause && matches!(arg.slot, Slot::With | Slot::Between))
        });
        self.one(&sides, Part::Participant);
    }

    fn together(&mut self, rule: &Rule, hit: &Hit, around: &Around) {
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
            if arabic && rule.class == Class::Joining {
                // "ضم الاجتماع ممثلين عن لبنان"
                self.marked(around, &[Slot::About], Part::Participant);
            }
        }
        if rule.kind == EventKind::Truce {
            self.marked(around, &[Slot::By], Part::Mediator);
        }
        if matches!(rule.kind, EventKind::Agreement | EventKind::Truce) {
            self.other_side(around);
            self.traded_with(hit);
            self.standing_by();
        }
        if rule.kind == EventKind::Call {
            self.marked(around, &[Slot::To], Part::Participant);
            self.without_offices(around);
        }
    }

    /// "The ceasefire took effect", "since the clashes": between the two that were named
    /// together again and again.
    fn of_the_sides(&mut self, rule: &Rule, hit: &Hit) {
        let conflict = rule.kind == EventKind::Truce
            || rule.kind == EventKind::Attack
                && !rule.name.ends_with("vague")
                && super::definite(self.scene.line, hit, self.scene.language)
                && super::goes_on(self.scene.line.form(hit.last), self.scene.language);
        if !conflict {
            return;
        }
        for name in self.scene.memory.sides_of_old() {
            self.add(name, Part::Party);
        }
    }

    /// "agreed to buy 200 megawatts from Ethiopia": who sells, or buys.
    fn traded_with(&mut self, hit: &Hit) {
        let line = self.scene.line;
        let trades = line.tag(hit.last + 1) == Tag::To
            && is_one!(
                line.form(hit.last + 2),
                "buy|purchase|import|sell|lease|supply|export|lend|borrow|rent"
            );
        if !trades || self.scene.language != Language::English {
            return;
        }
        let clause = line.clause_of(hit.last);
        let partners = line.all(|arg| {
            arg.clause == clause
                && arg.word > hit.last
                && matches!(arg.slot, Slot::From | Slot::To)
                && !matches!(arg.shape, Shape::Modifier(_))
        });
        self.one(&partners, Part::Participant);
    }

    /// "Under a deal reached with Vietnam, Laos is to build", "Tanzania's minister said a deal with
    /// Mozambique had been signed": one side is named with the deal, the other beside it.
    fn other_side(&mut self, around: &Around) {
        let line = self.scene.line;
        let with = |&at: &usize| line.args[at].slot == Slot::With;
        let alone = self.out.len() == 1 && around.marked.iter().any(with);
        let Some(word) = around.at.filter(|_| alone) else { return };
        if self.scene.language != Language::English {
            return;
        }
        let clause = line.clause_of(word);
        let fronted = matches!(line.tags[line.clauses[clause].first], Tag::Prep(_));
        if fronted {
            let next = line.subject(clause + 1);
            self.one(&next, Part::Participant);
        } else if clause > 0 && line.clauses[clause].opener == Opener::Content {
            let speaker = line
                .all(|arg| arg.clause + 1 == clause && !matches!(arg.shape, Shape::Modifier(_)));
            let states: Vec<usize> =
                speaker.into_iter().filter(|&at| self.is(at, MentionKind::Country)).collect();
            self.one(&states, Part::Participant);
        }
    }

    /// "signed it on Friday, with Marco Rubio standing between them".
    fn standing_by(&mut self) {
        let line = self.scene.line;
        let with = |at: usize| line.form(at) == "with" && at > 0 && line.tags[at - 1] == Tag::Comma;
        let Some(with) = (1..line.words.len()).find(|&at| with(at)) else { return };
        let end = (with..line.words.len())
            .find(|&at| matches!(line.tags[at], Tag::Participle | Tag::Stop | Tag::Verb))
            .unwrap_or(line.words.len());
        let beside = line.all(|arg| {
            with < arg.word && arg.word < end && !matches!(arg.shape, Shape::Modifier(_))
        });
        self.one(&beside, Part::Mediator);
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

    fn statement(&mut self, rule: &Rule, hit: &Hit, around: &Around) {
        self.implied(around, Part::Speaker);
        self.one(&around.subject, Part::Speaker);
        self.one(&around.owner, Part::Speaker);
        self.without_offices(around);
        if self.out.is_empty() {
            return;
        }
        match self.scene.language {
            Language::Turkish if begins(self.scene.line.form(hit.first), &AIMED_TURKISH) => {
                self.marked(around, &[Slot::Object], Part::Target);
            }
            Language::Turkish if begins(self.scene.line.form(hit.first), &["çağrı"]) => {
                self.marked(around, &[Slot::To], Part::Target);
            }
            Language::Arabic => self.addressed_in_arabic(hit, around),
            Language::English => self.addressed(rule, hit, around),
            _ => {}
        }
    }

    /// "accused Azerbaijan", "urged Sharaa to", "condemned Israeli raids", "cut its ties with Ecuador".
    fn addressed(&mut self, rule: &Rule, hit: &Hit, around: &Around) {
        let line = self.scene.line;
        let verb = line.form(hit.first);
        if is_one!(verb, "cut|cuts|broke|severed|severs|suspended") {
            self.marked(around, &[Slot::With], Part::Target);
        }
        let strong = rule.name.ends_with("strong");
        let aims = strong
            && is_one!(
                verb,
                "urged|called|thanked|accused|condemned|warned|praised|blamed|congratulated|\
                denounced|criticised|criticized|threatened|calls|urges|accuses|blames|thanks|\
                condemns|lauded|commended|rebuked|demanded|ordered|welcomed",
            );
        if !aims && verb != "asked" {
            return;
        }
        let near = |at: &usize| {
            let arg = &line.args[*at];
            arg.word.abs_diff(hit.last) <= 6 && arg.shape == Shape::Whole
        };
        let object: Vec<usize> = around.object.iter().copied().filter(near).collect();
        self.one(&object, Part::Target);
        let aimed = line.all(|arg| {
            let after = hit.last < arg.word && arg.word <= hit.last + 3;
            after && matches!(arg.shape, Shape::Modifier(_)) && arg.slot == Slot::Bare
        });
        self.one(&aimed, Part::Target);
    }

    /// "شكرت إيما تسوركوف الرئيس ترامب": whom one thanks, accuses, congratulates.
    fn addressed_in_arabic(&mut self, hit: &Hit, around: &Around) {
        let verb = self.scene.line.form(hit.first).trim_start_matches(['و', 'ف']);
        if begins(verb, &AIMED_ARABIC) {
            self.one(&around.object, Part::Target);
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

    fn within_state(&mut self, hit: &Hit) {
        let line = self.scene.line;
        let clause = line.clause_of(hit.first);
        let near = line.all(|arg| arg.clause == clause && arg.slot == Slot::In);
        let states: Vec<usize> =
            near.into_iter().filter(|&at| self.is(at, MentionKind::Country)).collect();
        self.one(&states, Part::Actor);
    }

    /// "Six planes with tents from Qatar landed": who sent them stands before the verb.
    fn sent_by(&mut self, hit: &Hit) {
        let line = self.scene.line;
        let clause = line.clause_of(hit.first);
        let before = line.all(|arg| {
            arg.clause == clause
                && arg.word < hit.first
                && matches!(arg.slot, Slot::From | Slot::Of)
        });
        self.one(&before, Part::Actor);
    }

    /// "airstrikes targeting figures from X".
    fn aimed_at(&mut self, hit: &Hit) {
        let line = self.scene.line;
        let end = line.words.len().min(hit.last + 5);
        let Some(aim) = (hit.last + 1..end).find(|&at| line.form(at).starts_with("target")) else {
            return;
        };
        let aimed = line.all(|arg| {
            aim < arg.word
                && arg.word <= aim + 5
                && matches!(arg.slot, Slot::Bare | Slot::From | Slot::Of)
        });
        self.one(&aimed, Part::Target);
    }

    fn killing(&mut self, rule: &Rule, around: &Around) {
        if rule.class == Class::Affected {
            self.one(&around.subject, Part::Victim);
            return;
        }
        if rule.name.ends_with("claimed") {
            // "the feud claimed 60 lives": nobody named does it.
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
            self.implied(around, Part::Victim);
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

    fn leadership(&mut self, rule: &Rule, hit: &Hit, around: &Around) {
        match rule.class {
            Class::Noun => {
                let ousted = Part::Ousted;
                self.implied(around, ousted);
                self.nested(&around.owner, ousted);
                self.nested(&around.object, ousted);
                let of: Vec<usize> = around
                    .marked
                    .iter()
                    .copied()
                    .filter(|&at| self.scene.line.args[at].slot == Slot::Of)
                    .collect();
                self.nested(&of, ousted);
            }
            _ if rule.name.ends_with("removed") || rule.name.ends_with("voted") => {
                self.one(&around.subject, Part::Actor);
                self.nested(&around.object, Part::Ousted);
            }
            _ => {
                self.one(&around.subject, Part::Actor);
                self.nested(&around.object, Part::Actor);
                self.marked(around, &[Slot::Object, Slot::About], Part::Ousted);
                if self.scene.line.form(hit.first).starts_with("t") {
                    // "took over from Jean Kabore"
                    self.marked(around, &[Slot::From], Part::Ousted);
                }
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
                .filter(|one| {
                    one.kind == MentionKind::Person
                        && outer.start <= one.span.start
                        && one.span.end <= outer.end
                })
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
        scene
            .line
            .args
            .iter()
            .rev()
            .find_map(|arg| {
                let What::Mention(m) = arg.what else { return None };
                let person = scene.mentions[m].kind == MentionKind::Person
                    || scene.mentions[m].holder.is_some();
                let before = around.at.is_none_or(|at| arg.word < at);
                (person && before).then(|| super::memory::entity(&scene.mentions[m])).flatten()
            })
            .map(str::to_owned)
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
            let object =
                part == Part::Participant && self.scene.line.args[at].what == What::Gathering;
            if self.is(at, MentionKind::Place)
                && let Some(state) = self.seat(at)
            {
                self.add(state.to_owned(), part);
                continue;
            }
            let gathering = self.scene.line.args[at].what == What::Gathering;
            if (gathering && !self.gathers)
                || self.is(at, MentionKind::Place)
                || (object && !self.subjects.contains(&at))
            {
                continue;
            }
            for name in self.scene.names(at) {
                self.add(name, part);
            }
        }
    }

    /// The state that acts through its seat: "Kinshasa and the rebels", "talks with Moscow".
    fn seat(&self, at: usize) -> Option<&'static str> {
        let arg = &self.scene.line.args[at];
        let acts = (arg.slot == Slot::Bare && self.subjects.contains(&at))
            || matches!(arg.slot, Slot::With | Slot::Between);
        seats::state(self.scene.line.form(arg.word)).filter(|_| acts)
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
            unique(
                args().filter(|&at| shape(line.args[at].shape)).flat_map(|at| self.scene.names(at)),
            )
        };
        let offices = names(|shape| shape == Shape::Office);
        let wholes = names(|shape| shape != Shape::Office);
        self.out.retain(|one| !offices.contains(&one.entity) || wholes.contains(&one.entity));
    }
}
