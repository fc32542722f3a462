//! The partner who cheats, in every run: by what it signs into its own streams, and by what it
//! does to frames on their way out.
//!
//! It keeps to the form of a conversation most of the time, because a partner that is hung up on
//! at once tests nothing behind the first check.

use diwan_record::{
    Digest, Draft, Entry, EntryKind, Head, HeadStatement, Kind, Label, PartnerId, Precedence,
    Receipt, Record, Run, Signed, State, Tighten, Tlp, bytes, limits, open, seal, stream_id,
};
use diwan_room::{Frame, Held, HeldStanding, Ledger, Source, Stream, StreamEntry};

use crate::bodies;
use crate::node;
use crate::world::{Broken, Coming, SECOND, World};

/// One entry the cheat wants in its stream.
#[derive(Debug)]
struct Forged {
    kind: EntryKind,
    digest: Digest,
    onward: Vec<PartnerId>,
    reason: Option<String>,
    grant: Option<diwan_record::Proof>,
}

impl Forged {
    fn new(kind: EntryKind, digest: Digest) -> Self {
        Self { kind, digest, onward: Vec::new(), reason: None, grant: None }
    }
}

impl World {
    pub(crate) fn next_mischief(&mut self, at: usize) -> Result<(), Broken> {
        if !self.lively {
            return Ok(());
        }
        let wait = self.chance.within(SECOND, 20 * SECOND);
        self.later(wait, Coming::Cheat(at));
        let victims: Vec<usize> = (0..self.nodes.len()).filter(|place| *place != at).collect();
        let Some(to) = self.chance.one(&victims).copied() else {
            return Ok(());
        };
        let forged = self.forge(at, to);
        self.sign_into_stream(at, to, forged);
        // The next conversation carries it.
        if self.chance.percent(60) {
            self.cut(at, to);
        }
        Ok(())
    }

    /// Signs records into the stream without asking any room.
    pub(crate) fn forge_records(&mut self, at: usize, to: usize, records: Vec<Record>) {
        let forged: Vec<Forged> =
            records.into_iter().filter_map(|record| self.put(at, Some(record))).collect();
        self.sign_into_stream(at, to, forged);
    }

    fn count(&mut self, what: &'static str) {
        *self.tally.mischief.entry(what).or_default() += 1;
        self.say(format!("the cheat: {what}"));
    }

    fn forge(&mut self, at: usize, to: usize) -> Vec<Forged> {
        match self.chance.below(22) {
            0 => self.record_above_ceiling(at),
            1 => self.record_of_unknown_label(at),
            2 => self.record_from_the_future(at),
            3 => self.record_with_broken_body(at),
            4 => self.record_of_newer_kind(at),
            5 => self.record_made_looser(at),
            6 => self.same_version_twice(at),
            7..=8 => self.record_of_others(at, to),
            9..=10 => self.withdrawal_of_others(at, to),
            11 => self.acknowledgement_of_nothing(at),
            12 => self.entries_without_papers(to),
            13 => self.grants_of_others(to),
            14 => self.answers_of_others(to),
            15 => self.old_agreement(at, to),
            16 => self.recalled_again(at),
            17 => self.own_name_for_another(at, to),
            18 => self.large_record(at),
            19 => self.withdrawal_of_what_comes(at),
            20 => self.record_about_others(at, to),
            _ => self.long_tail(at),
        }
    }

    // What is signed into the stream

    fn draft(&mut self, at: usize, kind: Kind, label: Label) -> Draft {
        let now = self.now_at(at);
        let words = format!("lies {}", self.chance.below(1000));
        Draft {
            originator: self.nodes[at].id.clone(),
            item: self.chance.item(),
            body: bodies::body(&kind, &words, now),
            kind,
            version: 1,
            variant: 0,
            replaces: None,
            label,
            made: now,
            author_role: "node".to_owned(),
        }
    }

    fn green(&self, at: usize) -> Label {
        bodies::plain_label(Tlp::Green, self.today(at))
    }

    /// Signs a draft although its label or body may not be written.
    fn forced(&self, at: usize, draft: Draft) -> Option<Record> {
        let key = node::release_key(&self.nodes[at].id);
        open(craft(&draft, &key), key.public()).ok()
    }

    /// Keeps a record at the cheat, so that its room has the paper for the entry.
    fn put(&mut self, at: usize, record: Option<Record>) -> Option<Forged> {
        let record = record?;
        let digest = *record.digest();
        let kind = match record.header().kind {
            Kind::Withdrawal => EntryKind::Recall,
            Kind::Acknowledgement => EntryKind::Answer,
            _ => EntryKind::Release,
        };
        let held = Held {
            position: 0,
            label: record.label().clone(),
            record,
            source: Source::Own,
            label_no: 0,
            onward: Vec::new(),
            precedence: Precedence::Routine,
            received: self.now_at(at),
            standing: HeldStanding::Kept,
        };
        let ledger = &mut self.nodes[at].ledger;
        if !ledger.knows(&digest).ok()? {
            ledger.keep(&held).ok()?;
        }
        Some(Forged::new(kind, digest))
    }

    fn record_above_ceiling(&mut self, at: usize) -> Vec<Forged> {
        self.count("a record above the ceiling");
        let mut label = self.green(at);
        label.tlp = Tlp::Red;
        label.handling = diwan_record::Handling::H3;
        label.state = *self.chance.one(State::ALL).unwrap_or(&State::Test);
        let draft = self.draft(at, Kind::Report, label);
        let record = self.forced(at, draft);
        self.put(at, record).into_iter().collect()
    }

    fn record_of_unknown_label(&mut self, at: usize) -> Vec<Forged> {
        self.count("a record with an unknown label");
        let mut label = self.green(at);
        label.tlp = Tlp::Unknown;
        let draft = self.draft(at, Kind::Report, label);
        let record = self.forced(at, draft);
        self.put(at, record).into_iter().collect()
    }

    fn record_from_the_future(&mut self, at: usize) -> Vec<Forged> {
        self.count("a record from the future");
        let label = self.green(at);
        let mut draft = self.draft(at, Kind::Report, label);
        let ahead = *self.chance.one(&[11 * 60, 3600, 86_400 * 365]).unwrap_or(&3600);
        draft.made = draft.made.plus(ahead * SECOND);
        let record = self.forced(at, draft);
        self.put(at, record).into_iter().collect()
    }

    fn record_with_broken_body(&mut self, at: usize) -> Vec<Forged> {
        self.count("a known kind with a broken body");
        let label = self.green(at);
        let kind = self.chance.one(Kind::ALL).cloned().unwrap_or(Kind::Report);
        let mut draft = self.draft(at, kind, label);
        draft.body = br#"{"title":7}"#.to_vec();
        let record = self.forced(at, draft);
        self.put(at, record).into_iter().collect()
    }

    fn record_of_newer_kind(&mut self, at: usize) -> Vec<Forged> {
        self.count("a record of a newer kind");
        let label = self.green(at);
        let code = *self.chance.one(&["seizure", "drone-track"]).unwrap_or(&"seizure");
        let draft = self.draft(at, Kind::of_code(code), label);
        let record = self.forced(at, draft);
        self.put(at, record).into_iter().collect()
    }

    fn record_made_looser(&mut self, at: usize) -> Vec<Forged> {
        self.count("a new version with a looser label");
        let mut label = self.green(at);
        label.tlp = Tlp::Amber;
        let first = self.draft(at, Kind::Report, label.clone());
        label.tlp = Tlp::Clear;
        let mut second = self.draft(at, Kind::Report, label);
        second.item = first.item;
        second.version = 2;
        let first = self.forced(at, first);
        // A version that names what it replaces, or hides it.
        if self.chance.percent(50) {
            second.replaces = first.as_ref().map(|first| *first.digest());
        }
        let second = self.forced(at, second);
        let mut both: Vec<Forged> =
            [first, second].into_iter().filter_map(|record| self.put(at, record)).collect();
        if self.chance.percent(50) {
            both.reverse();
        }
        both
    }

    fn same_version_twice(&mut self, at: usize) -> Vec<Forged> {
        self.count("two records for one version");
        let label = self.green(at);
        let one = self.draft(at, Kind::Report, label.clone());
        let mut other = self.draft(at, Kind::Report, label);
        other.item = one.item;
        let records = [self.forced(at, one), self.forced(at, other)];
        records.into_iter().filter_map(|record| self.put(at, record)).collect()
    }

    /// Passes on what it holds of others, without their leave.
    fn record_of_others(&mut self, at: usize, to: usize) -> Vec<Forged> {
        self.count("a record of others, passed on without leave");
        let (own, victim) = (self.nodes[at].id.clone(), self.nodes[to].id.clone());
        let foreign = |held: &Held| {
            let originator = &held.record.header().originator;
            *originator != own && *originator != victim
        };
        let Some(held) = self.any_held(at, foreign) else {
            return Vec::new();
        };
        let mut forged = Forged::new(EntryKind::Release, *held.record.digest());
        forged.onward = self.others(at);
        if self.chance.percent(50) {
            forged.grant = self.any_grant(at);
        }
        vec![forged]
    }

    /// A proof that grants something, though hardly this.
    fn any_grant(&mut self, at: usize) -> Option<diwan_record::Proof> {
        let docs = self.nodes[at].ledger.docs(diwan_room::Shelf::Grant, &[]).ok()?;
        let (_, value) = self.chance.one(&docs)?;
        bytes::read(value).ok()
    }

    /// Takes back what is not its own.
    fn withdrawal_of_others(&mut self, at: usize, to: usize) -> Vec<Forged> {
        self.count("a withdrawal of another's record");
        let own = self.nodes[at].id.clone();
        let foreign = |held: &Held| held.record.header().originator != own;
        let held = self.any_held(at, foreign).or_else(|| self.any_held(to, |_| true));
        let Some(held) = held else {
            return Vec::new();
        };
        let label = self.green(at);
        let mut draft = self.draft(at, Kind::Withdrawal, label);
        let now = self.now_at(at);
        draft.body = bodies::body_of_digest(&Kind::Withdrawal, held.record.digest(), now);
        let record = self.forced(at, draft);
        self.put(at, record).into_iter().collect()
    }

    fn acknowledgement_of_nothing(&mut self, at: usize) -> Vec<Forged> {
        self.count("an acknowledgement of what was never sent");
        let label = self.green(at);
        let mut draft = self.draft(at, Kind::Acknowledgement, label);
        let digest = Digest::of(&self.chance.bytes());
        let now = self.now_at(at);
        draft.body = bodies::body_of_digest(&Kind::Acknowledgement, &digest, now);
        let record = self.forced(at, draft);
        self.put(at, record).into_iter().collect()
    }

    /// Entries that name records of the victim's: a Want must not fetch their papers.
    fn entries_without_papers(&mut self, to: usize) -> Vec<Forged> {
        self.count("entries that name what others hold");
        let Some(held) = self.any_held(to, |_| true) else {
            return Vec::new();
        };
        let kinds = [EntryKind::Release, EntryKind::Recall, EntryKind::Key, EntryKind::Grant];
        let kind = *self.chance.one(&kinds).unwrap_or(&EntryKind::Key);
        vec![Forged::new(kind, *held.record.digest())]
    }

    fn grants_of_others(&mut self, to: usize) -> Vec<Forged> {
        self.count("a grant over another's record");
        let Some(held) = self.any_held(to, |_| true) else {
            return Vec::new();
        };
        let kinds = [EntryKind::Grant, EntryKind::GrantEnd];
        let kind = *self.chance.one(&kinds).unwrap_or(&EntryKind::Grant);
        let mut forged = Forged::new(kind, *held.record.digest());
        forged.onward = self.others(to);
        vec![forged]
    }

    fn answers_of_others(&mut self, to: usize) -> Vec<Forged> {
        self.count("a refusal of what was never sent");
        let Some(held) = self.any_held(to, |_| true) else {
            return Vec::new();
        };
        let mut forged = Forged::new(EntryKind::ParkAck, *held.record.digest());
        forged.reason = Some("policy".repeat(100));
        vec![forged]
    }

    fn old_agreement(&mut self, at: usize, to: usize) -> Vec<Forged> {
        self.count("an old agreement");
        let partner = self.nodes[to].id.clone();
        let ledger = &self.nodes[at].ledger;
        let sent = ledger.entries(&partner, Stream::Out, 1, usize::MAX).unwrap_or_default();
        let old: Vec<Digest> = sent
            .iter()
            .filter(|one| one.entry.kind == EntryKind::Agreement)
            .map(|one| one.entry.digest)
            .collect();
        let picked = self.chance.one(&old).copied();
        picked.map(|digest| Forged::new(EntryKind::Agreement, digest)).into_iter().collect()
    }

    /// Sends once more what it recalled or sent before.
    fn recalled_again(&mut self, at: usize) -> Vec<Forged> {
        self.count("a record once more, recalled or not");
        let own = self.nodes[at].id.clone();
        let sent = |held: &Held| held.record.header().originator == own;
        let recalled: Vec<Digest> =
            self.nodes[at].memory.recalls.iter().map(|one| one.digest).collect();
        let picked = match self.chance.one(&recalled).copied() {
            Some(digest) => Some(digest),
            None => self.any_held(at, sent).map(|held| *held.record.digest()),
        };
        picked.map(|digest| Forged::new(EntryKind::Release, digest)).into_iter().collect()
    }

    /// Signs with its own key what claims to be another's.
    fn own_name_for_another(&mut self, at: usize, to: usize) -> Vec<Forged> {
        self.count("a record in another's name");
        let label = self.green(at);
        let mut draft = self.draft(at, Kind::Report, label);
        draft.originator = self.nodes[to].id.clone();
        let record = self.forced(at, draft);
        self.put(at, record).into_iter().collect()
    }

    fn large_record(&mut self, at: usize) -> Vec<Forged> {
        self.count("a very large record");
        let label = self.green(at);
        let kind = Kind::of_code("seizure");
        let mut draft = self.draft(at, kind, label);
        draft.body = format!("\"{}\"", "x".repeat(200_000)).into_bytes();
        let key = node::release_key(&self.nodes[at].id);
        let record = seal(draft, &key).ok();
        self.put(at, record).into_iter().collect()
    }

    /// A recall that arrives before what it recalls.
    fn withdrawal_of_what_comes(&mut self, at: usize) -> Vec<Forged> {
        self.count("a withdrawal before its record");
        let label = self.green(at);
        let late = self.draft(at, Kind::Report, label.clone());
        let Some(late) = self.forced(at, late) else {
            return Vec::new();
        };
        let mut draft = self.draft(at, Kind::Withdrawal, label);
        let now = self.now_at(at);
        draft.body = bodies::body_of_digest(&Kind::Withdrawal, late.digest(), now);
        if self.chance.percent(50) {
            draft.made = now.plus(3600 * SECOND);
        }
        let record = self.forced(at, draft);
        let first = self.put(at, record);
        let second = self.put(at, Some(late));
        first.into_iter().chain(second).collect()
    }

    fn record_about_others(&mut self, at: usize, to: usize) -> Vec<Forged> {
        self.count("a record that joins another's item");
        let Some(held) = self.any_held(to, |_| true) else {
            return Vec::new();
        };
        let label = self.green(at);
        let mut draft = self.draft(at, Kind::Report, label);
        draft.item = held.record.header().item;
        let record = self.forced(at, draft);
        self.put(at, record).into_iter().collect()
    }

    /// Many small legal records at once.
    fn long_tail(&mut self, at: usize) -> Vec<Forged> {
        self.count("many small records");
        let mut many = Vec::new();
        for _ in 0..12 {
            let label = self.green(at);
            let draft = self.draft(at, Kind::Report, label);
            let record = self.forced(at, draft);
            many.extend(self.put(at, record));
        }
        many
    }

    /// Numbers, chains and signs the entries at the end of the cheat's stream.
    fn sign_into_stream(&mut self, at: usize, to: usize, forged: Vec<Forged>) {
        let made = self.now_at(at);
        let (own, partner) = (self.nodes[at].id.clone(), self.nodes[to].id.clone());
        let stream = stream_between(&own, &partner);
        let key = node::release_key_now(&self.nodes[at]);
        let ledger = &mut self.nodes[at].ledger;
        let head = ledger.head(&partner, Stream::Out).ok().flatten();
        let mut head = head.unwrap_or_else(|| Head::start(&stream, 1));
        let mut run = Vec::new();
        for one in forged {
            let entry = Entry {
                stream,
                incarnation: head.incarnation,
                seq: head.seq + 1,
                kind: one.kind,
                digest: one.digest,
                onward: one.onward,
                tighten: Tighten::default(),
                precedence: Precedence::Routine,
                made,
                reason: one.reason,
                grant: one.grant,
            };
            let bytes = entry.to_bytes();
            head = head.after(&bytes);
            run.push(StreamEntry { head, entry, bytes, signed_head: None });
        }
        let Some(last) = run.last_mut() else {
            return;
        };
        last.signed_head = Some(HeadStatement { stream, head }.seal(&key));
        ledger.append(&partner, Stream::Out, &run).expect("entries are numbered from the head");
    }

    // What is done to frames

    /// Frames as the cheat lets them go.
    pub(crate) fn bend(&mut self, at: usize, to: usize, frame: Vec<u8>) -> Vec<Vec<u8>> {
        if !self.chance.percent(10) {
            return vec![frame];
        }
        let Ok(read) = Frame::read(&frame) else {
            return vec![frame];
        };
        match self.chance.below(12) {
            0 => {
                self.count("a gap");
                Vec::new()
            }
            1 => {
                self.count("a copy");
                vec![frame.clone(), frame]
            }
            2 => {
                self.count("a bit flipped");
                vec![self.flip(frame)]
            }
            3 => {
                self.count("an oversized frame");
                let mut large = frame;
                large.resize(limits::FRAME_BYTES + 1, 0);
                vec![large]
            }
            4 => {
                self.count("a frame of no session");
                let session = Digest::of(&self.chance.bytes());
                vec![in_session(read, session).to_bytes(), frame]
            }
            5 => {
                self.count("a question for lost entries");
                let from = self.chance.draw() % 9;
                let want = session_of(&read).map(|session| Frame::Want { session, from });
                let want = want.map(|want| want.to_bytes());
                [frame].into_iter().chain(want).collect()
            }
            6 => {
                self.count("entries of another stream");
                let other = self.run_of_another(at, to);
                let bent = session_of(&read).zip(other).map(|(session, run)| Frame::Give {
                    session,
                    run,
                    papers: Default::default(),
                });
                let bent = bent.map(|bent| bent.to_bytes());
                bent.into_iter().chain([frame]).collect()
            }
            _ => self.bend_content(at, to, read),
        }
    }

    fn flip(&mut self, mut frame: Vec<u8>) -> Vec<u8> {
        let place = self.chance.below(frame.len());
        let bit = 1u8 << self.chance.below(8);
        if let Some(byte) = frame.get_mut(place) {
            *byte ^= bit;
        }
        frame
    }

    /// A run this node sent to, or received from, somebody else.
    fn run_of_another(&mut self, at: usize, to: usize) -> Option<Run> {
        let others: Vec<usize> =
            (0..self.nodes.len()).filter(|place| *place != at && *place != to).collect();
        let other = self.nodes[*self.chance.one(&others)?].id.clone();
        let stream = *self.chance.one(&[Stream::Out, Stream::In])?;
        let ledger = &self.nodes[at].ledger;
        let mut run = ledger.entries(&other, stream, 1, limits::RUN_ENTRIES).ok()?;
        let last = run.iter().rposition(|one| one.signed_head.is_some())?;
        run.truncate(last + 1);
        let head = run.last()?.signed_head.clone()?;
        Some(Run { entries: run.into_iter().map(|one| one.bytes).collect(), head })
    }

    fn bend_content(&mut self, at: usize, to: usize, read: Frame) -> Vec<Vec<u8>> {
        let own = self.nodes[at].id.clone();
        let partner = self.nodes[to].id.clone();
        match read {
            give @ Frame::Give { .. } => {
                let bent = self.bend_give(at, &partner, give);
                bent.iter().map(Frame::to_bytes).collect()
            }
            Frame::Receipt { session, receipt } => {
                let stream = stream_between(&partner, &own);
                let forged = self.bent_receipt(&receipt, stream, &own);
                let receipt = forged.unwrap_or(receipt);
                vec![Frame::Receipt { session, receipt }.to_bytes()]
            }
            Frame::Hello { protocol, nonce, head, receipt, keys } => {
                self.count("a hello of another version");
                let hello = Frame::Hello { protocol: protocol + 1, nonce, head, receipt, keys };
                vec![hello.to_bytes()]
            }
            Frame::Want { session, .. } => {
                self.count("a question for what never was");
                let from = u64::MAX;
                vec![Frame::Want { session, from }.to_bytes()]
            }
            back @ Frame::Back { .. } => vec![back.to_bytes()],
        }
    }

    fn bend_give(&mut self, at: usize, partner: &PartnerId, give: Frame) -> Vec<Frame> {
        let own = self.nodes[at].id.clone();
        let second_history = self.chance.percent(6);
        let mut bent = give.clone();
        let Frame::Give { run, papers, .. } = &mut bent else {
            return vec![give];
        };
        if second_history {
            self.count("a second history");
            if let Some(other) = self.retold(at, partner, run) {
                *run = other;
                papers.0.clear();
            }
            return vec![give, bent];
        }
        match self.chance.below(6) {
            0 => {
                self.count("a run without its first entry");
                run.entries.remove(0);
            }
            1 => {
                self.count("papers left out");
                papers.0.clear();
            }
            2 => {
                self.count("a forged signature");
                run.head.iter_mut().last().into_iter().for_each(|last| *last ^= 1);
            }
            3 => {
                self.count("a paper bent");
                let paper = papers.0.iter_mut().next();
                let last = paper.and_then(|paper| paper.last_mut());
                last.into_iter().for_each(|last| *last ^= 1);
            }
            4 => {
                self.count("an entry with a huge number");
                let stream = stream_between(&own, partner);
                if let Some(other) = renumbered(run, &stream, &own) {
                    *run = other;
                }
            }
            _ => {
                self.count("papers doubled");
                papers.0.extend(papers.0.clone());
            }
        }
        vec![bent]
    }

    /// The same place in the stream with other content, signed as well.
    fn retold(&self, at: usize, partner: &PartnerId, run: &Run) -> Option<Run> {
        let own = &self.nodes[at].id;
        let mut entry = Entry::read(run.entries.first()?).ok()?;
        let before = match entry.seq {
            0 | 1 => Head::start(&entry.stream, entry.incarnation),
            seq => {
                let ledger = &self.nodes[at].ledger;
                ledger.entries(partner, Stream::Out, seq - 1, 1).ok()?.first()?.head
            }
        };
        entry.made = entry.made.plus(1);
        Some(signed_alone(&entry, &before, own))
    }

    fn bent_receipt(&mut self, receipt: &[u8], stream: Digest, own: &PartnerId) -> Option<Vec<u8>> {
        self.count("a receipt for what was never sent");
        let huge = self.chance.percent(50);
        let key = node::receipt_key(own);
        let mut opened = Receipt::open(receipt, key.public()).ok()?;
        opened.stream = stream;
        opened.head.seq = if huge { 1 << 63 } else { opened.head.seq + 1 };
        Some(opened.seal(&key))
    }
}

/// The stream from one node to another.
pub(crate) fn stream_between(from: &PartnerId, to: &PartnerId) -> Digest {
    stream_id(&node::own(from).root, &node::own(to).root)
}

fn session_of(frame: &Frame) -> Option<Digest> {
    match frame {
        Frame::Give { session, .. }
        | Frame::Receipt { session, .. }
        | Frame::Want { session, .. }
        | Frame::Back { session, .. } => Some(*session),
        Frame::Hello { .. } => None,
    }
}

fn in_session(frame: Frame, session: Digest) -> Frame {
    match frame {
        Frame::Give { run, papers, .. } => Frame::Give { session, run, papers },
        Frame::Receipt { receipt, .. } => Frame::Receipt { session, receipt },
        Frame::Want { from, .. } => Frame::Want { session, from },
        Frame::Back { run, papers, .. } => Frame::Back { session, run, papers },
        hello @ Frame::Hello { .. } => hello,
    }
}

/// The last entry of a run under a huge number, signed anew.
fn renumbered(run: &Run, stream: &Digest, own: &PartnerId) -> Option<Run> {
    let mut entry = Entry::read(run.entries.last()?).ok()?;
    entry.seq = u64::MAX;
    let before = Head { seq: entry.seq - 1, ..Head::start(stream, entry.incarnation) };
    Some(signed_alone(&entry, &before, own))
}

fn signed_alone(entry: &Entry, before: &Head, own: &PartnerId) -> Run {
    let bytes = entry.to_bytes();
    let statement = HeadStatement { stream: entry.stream, head: before.after(&bytes) };
    Run { entries: vec![bytes], head: statement.seal(&node::release_key(own)) }
}

/// The exact bytes of a record whose label or body a room would not write.
#[must_use]
pub fn craft(draft: &Draft, key: &diwan_record::Signer) -> Vec<u8> {
    let header = diwan_record::Header {
        originator: draft.originator.clone(),
        item: draft.item,
        kind: draft.kind.clone(),
        version: draft.version,
        variant: draft.variant,
        replaces: draft.replaces,
        label: draft.label.clone(),
        body: Digest::of(&draft.body),
        made: draft.made,
        author_role: draft.author_role.clone(),
        downgrade: false,
    };
    let header = bytes::write(&header);
    let length = |part: &[u8]| u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes();
    let content = [length(&header).as_slice(), &header, &length(&draft.body), &draft.body].concat();
    Signed::seal(key, b"diwan/record/v1\0", &content)
}
