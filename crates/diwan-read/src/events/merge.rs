//! One event for the several reports of it in an article.

use super::{Class, Draft, Event, EventKind, Modality, Page, Part, Participant};

/// An event being put together.
#[derive(Clone, Debug)]
struct Whole {
    draft: Draft,
    last: usize,
}

pub(super) fn merge(page: &Page, drafts: Vec<Draft>) -> Vec<Event> {
    let mut wholes: Vec<Whole> = Vec::new();
    let mut waiting: Vec<Draft> = Vec::new();
    for draft in settle(drafts) {
        if draft.rule.class == Class::Joining {
            let gathering = |whole: &&mut Whole| {
                let signed = whole.draft.rule.kind == EventKind::Agreement
                    && whole.draft.rule.name.ends_with("signed");
                whole.draft.rule.kind == EventKind::Meeting || signed
            };
            match wholes.iter_mut().rfind(gathering) {
                Some(whole) => whole.join(&draft),
                None => waiting.push(draft),
            }
            continue;
        }
        match wholes.iter_mut().rfind(|whole| whole.takes(&draft)) {
            Some(whole) => whole.absorb(&draft),
            None if draft.rule.class == Class::Echo
                && draft.participants.len() < least(draft.rule.kind) => {}
            None => {
                let mut whole = Whole { last: draft.sentence, draft };
                if whole.draft.rule.kind == EventKind::Meeting {
                    waiting.drain(..).for_each(|joined| whole.join(&joined));
                }
                wholes.push(whole);
            }
        }
    }
    wholes.retain(Whole::tells);
    wholes.into_iter().enumerate().map(|(nth, whole)| whole.event(page, nth)).collect()
}

/// How many must be named for an echo to stand alone.
const fn least(kind: EventKind) -> usize {
    if matches!(kind, EventKind::Meeting) { 2 } else { 1 }
}

/// Reports that are part of another one in the same sentence: the dead of an attack, the bombing
/// that was only plotted, the announcement of an arrest.
fn settle(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut drafts = drafts.into_iter().peekable();
    while let Some(first) = drafts.next() {
        let mut group = vec![first];
        while let Some(draft) = drafts.next_if(|draft| draft.sentence == group[0].sentence) {
            group.push(draft);
        }
        drop_plotted(&mut group);
        fold_killings(&mut group);
        join_calls(&mut group);
        copy_participants(&mut group);
        visitors_meet(&mut group);
        drop_announcements(&mut group);
        // Who joined is told after what they joined.
        group.sort_by_key(|draft| draft.rule.class == Class::Joining);
        out.extend(group);
    }
    out
}

fn drop_plotted(group: &mut Vec<Draft>) {
    let plots: Vec<usize> = group
        .iter()
        .filter(|draft| draft.rule.kind == EventKind::Plot)
        .map(|draft| draft.clause)
        .collect();
    group.retain(|draft| {
        let violent = matches!(
            draft.rule.kind,
            EventKind::Attack | EventKind::Killing | EventKind::LeadershipChange
        );
        !(violent && plots.iter().any(|&clause| clause.abs_diff(draft.clause) <= 1))
    });
}

fn fold_killings(group: &mut Vec<Draft>) {
    let Some(attack) = group.iter().position(|draft| {
        draft.rule.kind == EventKind::Attack && draft.modality == Modality::Actual
    }) else {
        return;
    };
    let Some(killing) = group.iter().position(|draft| draft.rule.kind == EventKind::Killing) else {
        return;
    };
    let named = group[killing]
        .participants
        .iter()
        .any(|one| one.part == Part::Victim && one.entity.starts_with("p:"));
    if group[attack].several {
        group[attack].counted = true;
        return;
    }
    // "X was killed when a patrol was attacked": one of many in the attack.
    let apart = group[killing].clause != group[attack].clause
        && group[killing].rule.class != Class::Noun
        && group[attack].rule.class == Class::Verb;
    if (named && apart) || done_by_others(&group[killing], &group[attack]) {
        return;
    }
    let (keep, fold) = if named { (killing, attack) } else { (attack, killing) };
    let folded = group[fold].clone();
    let kept = &mut group[keep];
    for mut one in folded.participants {
        if kept.rule.kind == EventKind::Attack && one.part == Part::Victim {
            one.part = Part::Target;
        }
        push(&mut kept.participants, one);
    }
    kept.place = kept.place.take().or(folded.place);
    kept.date = kept.date.take().or(folded.date);
    kept.counted = true;
    group.remove(fold);
}

/// The army that killed is not the group that attacked.
fn done_by_others(killing: &Draft, attack: &Draft) -> bool {
    let actors = |draft: &Draft| -> Vec<String> {
        let acting = draft.participants.iter().filter(|one| one.part == Part::Actor);
        acting.map(|one| one.entity.clone()).collect()
    };
    let (killers, attackers) = (actors(killing), actors(attack));
    let apart = killing.clause != attack.clause && !killers.is_empty() && !attackers.is_empty();
    apart && !killers.iter().any(|one| attackers.contains(one))
}

/// "discussed by telephone": a call, and no meeting beside it.
fn join_calls(group: &mut Vec<Draft>) {
    let Some(call) = group.iter().position(|draft| draft.rule.kind == EventKind::Call) else {
        return;
    };
    let echoes: Vec<Participant> = group
        .iter()
        .filter(|draft| draft.rule.kind == EventKind::Meeting && draft.rule.class == Class::Echo)
        .flat_map(|draft| draft.participants.clone())
        .collect();
    for one in echoes {
        push(&mut group[call].participants, one);
    }
    group.retain(|draft| {
        !(draft.rule.kind == EventKind::Meeting && draft.rule.class == Class::Echo)
    });
}

/// "agreed during a meeting": those who agreed met.
fn copy_participants(group: &mut [Draft]) {
    let agreed = group.iter().find(|draft| {
        matches!(draft.rule.kind, EventKind::Agreement | EventKind::Truce)
            && draft.rule.class != Class::Noun
            && !draft.participants.is_empty()
    });
    let Some(agreed) = agreed.map(|draft| draft.participants.clone()) else { return };
    // "after talks hosted by X": who agreed is not named again.
    let bare = |draft: &&mut Draft| {
        draft.rule.kind == EventKind::Meeting
            && draft.participants.len() <= 2
            && draft.modality == Modality::Actual
            && draft.rule.class == Class::Noun
    };
    for draft in group.iter_mut().filter(bare) {
        agreed.iter().for_each(|one| push(&mut draft.participants, one.clone()));
    }
}

/// "flew to Cairo for talks with X": whoever came is at the talks.
fn visitors_meet(group: &mut [Draft]) {
    let visitors: Vec<(usize, Participant)> = group
        .iter()
        .filter(|draft| draft.rule.kind == EventKind::Visit && draft.rule.class == Class::Verb)
        .flat_map(|draft| draft.participants.iter().map(|one| (draft.clause, one.clone())))
        .filter(|(_, one)| one.part == Part::Participant)
        .collect();
    let talks = |draft: &&mut Draft| {
        draft.rule.kind == EventKind::Meeting && draft.rule.class == Class::Noun
    };
    for draft in group.iter_mut().filter(talks) {
        for (clause, one) in &visitors {
            if *clause == draft.clause {
                push(&mut draft.participants, one.clone());
            }
        }
    }
}

/// "announced", "confirmed" and the like say nothing of their own beside another event.
fn drop_announcements(group: &mut Vec<Draft>) {
    let other = group.iter().any(|draft| {
        !matches!(draft.rule.kind, EventKind::Statement) && draft.rule.class != Class::Joining
    });
    if other {
        let announcers: Vec<Participant> = group
            .iter()
            .filter(|draft| draft.rule.kind == EventKind::Statement)
            .flat_map(|draft| {
                draft.participants.iter().filter(|one| one.part == Part::Speaker).cloned()
            })
            .collect();
        for draft in group.iter_mut().filter(|draft| draft.rule.kind == EventKind::Arrest) {
            for one in announcers.iter().filter(|one| one.entity.starts_with("o:")) {
                let part = Part::Announcer;
                push(&mut draft.participants, Participant { entity: one.entity.clone(), part });
            }
        }
        group.retain(|draft| {
            draft.rule.kind != EventKind::Statement || !draft.rule.name.ends_with("announced")
        });
    }
}

fn push(list: &mut Vec<Participant>, one: Participant) {
    if !list.iter().any(|held| held.entity == one.entity) {
        list.push(one);
    }
}

impl Whole {
    /// Whether a later report speaks of this event.
    fn takes(&self, other: &Draft) -> bool {
        let mine = &self.draft;
        if mine.rule.kind != other.rule.kind {
            return self.is_seen_as_visit(other);
        }
        let agrees = dates_agree(mine.date.as_deref(), other.date.as_deref())
            && places_agree(mine.place.as_deref(), other.place.as_deref());
        let initiative = |draft: &Draft| draft.rule.name.ends_with("initiative");
        let same_sentence = other.sentence == mine.sentence;
        let together = match mine.rule.kind {
            EventKind::Attack => same_sentence && other.clause == mine.clause,
            EventKind::Plot => same_sentence,
            _ => false,
        };
        agrees
            && (together
                || (!initiative(mine)
                    && !initiative(other)
                    && !self.is_told_apart(other)
                    && self.shares_enough(other)))
    }

    /// Whether the later report says itself that it is of another event.
    fn is_told_apart(&self, other: &Draft) -> bool {
        let mine = &self.draft;
        let (_, smaller) = self.shared(other);
        let same_sentence = other.sentence == mine.sentence;
        let both_dated = mine.date.is_some() && other.date.is_some();
        let placed = mine.place.is_some() && mine.place == other.place;
        let again = other.is_named_again();
        let tense = mine.modality != other.modality && !again;
        let earlier = other.earlier != mine.earlier && !both_dated && !again && !same_sentence;
        let new = other.indefinite && smaller == 0 && !(both_dated || placed);
        let meets = matches!(
            mine.rule.kind,
            EventKind::Meeting | EventKind::Call | EventKind::Visit | EventKind::Agreement
        );
        let dated = other.date.is_some() && mine.date.is_none();
        tense || earlier || new || (!meets && !same_sentence && !other.definite && dated)
    }

    fn shares_enough(&self, other: &Draft) -> bool {
        let mine = &self.draft;
        let (shared, smaller) = self.shared(other);
        let near = other.sentence.saturating_sub(self.last) <= 3;
        let same_sentence = other.sentence == mine.sentence;
        match mine.rule.kind {
            EventKind::Statement => {
                mine.speakers().any(|one| other.speakers().any(|two| one == two))
            }
            EventKind::Meeting | EventKind::Call | EventKind::Visit => {
                let echo = other.rule.class == Class::Echo && shared > 0;
                smaller == 0 || shared * 2 > smaller || echo || (other.is_named_again() && near)
            }
            EventKind::Agreement | EventKind::Truce => {
                (smaller == 0 && near) || (smaller > 0 && shared * 2 >= smaller)
            }
            EventKind::Killing => {
                (smaller == 0 && (near || other.definite))
                    || mine.victims().any(|one| other.victims().any(|two| one == two))
            }
            EventKind::Attack => {
                same_sentence || ((near || other.definite) && (smaller == 0 || shared > 0))
            }
            // "the plane that A sent reached B"
            EventKind::AidSupply if same_sentence => true,
            // "seized a base" and "deployed soldiers" are two, even where nobody is named in one.
            EventKind::TroopMovement
                if smaller == 0
                    && !same_sentence
                    && mine.rule.class == Class::Verb
                    && other.rule.class == Class::Verb
                    && mine.rule.name != other.rule.name =>
            {
                false
            }
            _ => (same_sentence && shared == smaller) || (smaller == 0 && near) || shared > 0,
        }
    }

    /// The visit during which a meeting took place.
    fn is_seen_as_visit(&self, other: &Draft) -> bool {
        let meeting =
            self.draft.rule.kind == EventKind::Meeting && other.rule.kind == EventKind::Visit;
        let (shared, _) = self.shared(other);
        meeting
            && other.rule.class == Class::Noun
            && (shared > 0 || (other.definite && other.participants.is_empty()))
            && self.draft.modality == other.modality
            && dates_agree(self.draft.date.as_deref(), other.date.as_deref())
            && places_agree(self.draft.place.as_deref(), other.place.as_deref())
    }

    fn shared(&self, other: &Draft) -> (usize, usize) {
        let mine = &self.draft.participants;
        let shared = other
            .participants
            .iter()
            .filter(|two| mine.iter().any(|one| one.entity == two.entity))
            .count();
        (shared, mine.len().min(other.participants.len()))
    }

    fn absorb(&mut self, other: &Draft) {
        self.last = other.sentence;
        for one in &other.participants {
            push(&mut self.draft.participants, one.clone());
        }
        // "A roadside bomb hit a truck": the verb tells what the noun alone would not.
        self.draft.counted |= other.counted
            || (other.rule.kind == EventKind::Attack && other.rule.class == Class::Verb);
        self.draft.date = finer(self.draft.date.take(), other.date.clone());
        self.settle_place(other);
    }

    fn join(&mut self, other: &Draft) {
        self.last = other.sentence;
        for one in &other.participants {
            push(&mut self.draft.participants, one.clone());
        }
        self.settle_place(other);
    }

    /// A town is more than its country, and any place more than none.
    fn settle_place(&mut self, other: &Draft) {
        let country = self.draft.place.as_deref().is_some_and(|place| place.starts_with("c:"));
        if self.draft.place.is_none() || (country && other.place.is_some()) {
            self.draft.place.clone_from(&other.place);
        }
    }

    /// Whether enough is said to call it an event.
    fn tells(&self) -> bool {
        let draft = &self.draft;
        let bare = draft.participants.is_empty();
        match draft.rule.kind {
            EventKind::Statement if draft.rule.name.ends_with("said") => {
                draft.speakers().any(|one| one.starts_with("p:"))
            }
            EventKind::Statement => draft.speakers().next().is_some(),
            EventKind::Plot
            | EventKind::Truce
            | EventKind::Seizure
            | EventKind::CrossingOpen
            | EventKind::CrossingClose => true,
            _ if draft.counted => true,
            EventKind::Attack if draft.rule.name.ends_with("vague") => {
                !bare || draft.counted || draft.modality == Modality::Recurring
            }
            EventKind::Attack if draft.counted || draft.modality == Modality::Recurring => true,
            EventKind::TroopMovement if draft.rule.class == Class::Verb => {
                // "She left the same evening" moves no troops.
                let person =
                    |one: &Participant| one.part == Part::Actor && one.entity.starts_with("p:");
                bare || !draft.participants.iter().all(person)
            }
            EventKind::Flight => !bare || draft.rule.name.ends_with("prison"),
            EventKind::Visit if draft.rule.name.ends_with("stay") => {
                draft.participants.iter().any(|one| one.entity.starts_with("p:"))
            }
            EventKind::Return if draft.rule.class == Class::Noun => draft.date.is_some(),
            _ if draft.rule.class == Class::Noun => {
                !bare || draft.place.is_some() || draft.date.is_some()
            }
            EventKind::Meeting | EventKind::Visit | EventKind::Agreement | EventKind::Call => {
                !bare || draft.date.is_some() || draft.place.is_some()
            }
            _ => true,
        }
    }

    fn event(self, page: &Page, nth: usize) -> Event {
        let draft = self.draft;
        Event {
            id: format!("{}#{nth}", page.id),
            kind: draft.rule.kind,
            trigger: draft.trigger,
            sentence: draft.sentence,
            participants: draft.participants,
            place: draft.place,
            date: draft.date,
            modality: draft.modality,
            rule: draft.rule.name,
        }
    }
}

impl Draft {
    /// "the meeting": a noun for something told before.
    fn is_named_again(&self) -> bool {
        self.definite && self.rule.class == Class::Noun && self.date.is_none()
    }

    fn speakers(&self) -> impl Iterator<Item = &str> {
        self.with_part(Part::Speaker)
    }

    fn victims(&self) -> impl Iterator<Item = &str> {
        self.with_part(Part::Victim)
    }

    fn with_part(&self, part: Part) -> impl Iterator<Item = &str> {
        self.participants.iter().filter(move |one| one.part == part).map(|one| one.entity.as_str())
    }
}

/// Whether two dates can be of one event: one is unknown, or the coarser holds the finer.
pub(crate) fn dates_agree(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.starts_with(b) || b.starts_with(a),
        _ => true,
    }
}

/// Whether two places can be of one event. That a town lies in a country is not known here, so a
/// country and a town agree.
pub(crate) fn places_agree(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a == b || (a.starts_with("c:") != b.starts_with("c:")),
        _ => true,
    }
}

fn finer(a: Option<String>, b: Option<String>) -> Option<String> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.len() > a.len() { b } else { a }),
        (a, b) => a.or(b),
    }
}
