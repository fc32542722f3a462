//! The false network: one conversation per pair of partners, and all that can befall it.
//!
//! Within one session frames keep their order, as in one TLS connection; they may be doubled, and
//! frames of earlier sessions may be brought up again. Between partners nothing keeps order.

use std::collections::BTreeMap;

use crate::chance::Chance;

/// Frames of a session remembered to be played again.
const REMEMBERED: usize = 6;

/// A frame on its way.
#[derive(Clone, Debug)]
pub(crate) struct Carried {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) session: u64,
    pub(crate) bytes: Vec<u8>,
    /// It was delivered before, in this session or an earlier one.
    pub(crate) copy: bool,
}

/// The line between two partners.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// The session that is up.
    pub(crate) session: Option<u64>,
    /// Nothing gets through until then.
    pub(crate) cut_until: i64,
    /// Frames take seconds instead of milliseconds.
    pub(crate) slow: bool,
    /// When the last frame of each direction arrives: order is kept.
    last: [i64; 2],
    recent: [Vec<Vec<u8>>; 2],
    past: [Vec<Vec<u8>>; 2],
}

/// How often things go wrong, in a hundred frames.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Faults {
    pub(crate) loss: usize,
    pub(crate) doubles: usize,
    pub(crate) replays: usize,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    pub(crate) lines: BTreeMap<(usize, usize), Line>,
    sessions: u64,
}

/// What the network makes of one frame handed to it.
#[derive(Debug)]
pub(crate) enum Passage {
    /// Each arrives at its time.
    Carry(Vec<(i64, Carried)>),
    /// The connection broke under it.
    Broken,
}

impl Network {
    pub(crate) fn line(&mut self, one: usize, other: usize) -> &mut Line {
        self.lines.entry((one.min(other), one.max(other))).or_default()
    }

    pub(crate) fn open(&mut self, one: usize, other: usize) -> u64 {
        self.sessions += 1;
        let session = self.sessions;
        self.line(one, other).session = Some(session);
        session
    }

    /// Ends the session, if one is up; what is in flight is lost.
    pub(crate) fn close(&mut self, one: usize, other: usize) -> bool {
        let line = self.line(one, other);
        for way in 0..2 {
            let ended = std::mem::take(&mut line.recent[way]);
            line.past[way].extend(ended);
            let many = line.past[way].len().saturating_sub(REMEMBERED);
            line.past[way].drain(..many);
        }
        line.session.take().is_some()
    }

    pub(crate) fn pass(
        &mut self,
        now: i64,
        way: (usize, usize),
        bytes: Vec<u8>,
        faults: Faults,
        chance: &mut Chance,
    ) -> Passage {
        let (from, to) = way;
        let line = self.line(from, to);
        let Some(session) = line.session else {
            return Passage::Carry(Vec::new());
        };
        if faults.loss > 0 && chance.percent(faults.loss) {
            return Passage::Broken;
        }
        let mut frames = vec![(bytes.clone(), false)];
        let side = usize::from(from > to);
        if faults.doubles > 0 && chance.percent(faults.doubles) {
            // A copy of this frame or of an earlier one of the session.
            let earlier = line.recent[side].clone();
            let copy = chance.one(&earlier).unwrap_or(&bytes).clone();
            frames.push((copy, true));
        }
        // Only after the session's own first frame: before it the channel itself is being proved.
        if faults.replays > 0 && !line.recent[side].is_empty() && chance.percent(faults.replays) {
            frames.extend(chance.one(&line.past[side]).map(|past| (past.clone(), true)));
        }
        line.recent[side].push(bytes);
        if line.recent[side].len() > REMEMBERED {
            line.recent[side].remove(0);
        }
        let mut carried = Vec::with_capacity(frames.len());
        for (bytes, copy) in frames {
            let delay = if line.slow {
                chance.within(1_000_000, 20_000_000)
            } else {
                chance.within(1_000, 80_000)
            };
            let at = (now + delay).max(line.last[side] + 1);
            line.last[side] = at;
            let frame = Carried { from, to, session, bytes, copy };
            carried.push((at, frame));
        }
        Passage::Carry(carried)
    }
}
