//! Frames on a connection: four bytes of length, then the frame. An empty one says "still here",
//! one that is a CBOR text says goodbye with a reason code.

use std::time::Duration;

use diwan_record::{Reason, bytes, limits};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::{Out, Why};

/// Three heartbeats missed.
const SILENCE: Duration = Duration::from_secs(15);
/// Frames joined into one write; records go out in tens.
const JOIN_BYTES: usize = 64 << 10;
const READ_BYTES: usize = 64 << 10;
const LENGTH: usize = 4;
/// Longest goodbye: a reason code.
const BYE_BYTES: usize = 64;

/// How patient the writing side is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// Whoever has nothing to say says at least this often that it is there.
    heartbeat: Duration,
    /// How long a connection may take nothing at all.
    stuck: Duration,
}

/// 64 KiB pass even a poor satellite link within half a minute.
pub(super) const PACE: Pace =
    Pace { heartbeat: Duration::from_secs(5), stuck: Duration::from_secs(30) };

/// Reads frames. Memory grows with what arrived, never with what was announced.
#[derive(Debug)]
pub(super) struct FrameReader<R> {
    from: R,
    buffer: Vec<u8>,
    /// How much of the buffer was handed out already.
    taken: usize,
}

impl<R: AsyncRead + Unpin> FrameReader<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, buffer: Vec::new(), taken: 0 }
    }

    /// The next frame; `heard` is called whenever bytes arrive.
    pub(super) async fn next(&mut self, heard: impl Fn()) -> Result<Vec<u8>, Why> {
        loop {
            if let Some(frame) = self.take()? {
                return Ok(frame);
            }
            self.buffer.drain(..self.taken);
            self.taken = 0;
            self.buffer.reserve(READ_BYTES);
            let read = timeout(SILENCE, self.from.read_buf(&mut self.buffer)).await;
            match read.map_err(|_| Why::Silent)? {
                Ok(0) => return Err(Why::Closed),
                Ok(_) => heard(),
                Err(broken) => return Err(Why::of_io(&broken)),
            }
        }
    }

    fn take(&mut self) -> Result<Option<Vec<u8>>, Why> {
        let rest = self.buffer.get(self.taken..).unwrap_or_default();
        let Some((length, rest)) = rest.split_first_chunk::<LENGTH>() else {
            return Ok(None);
        };
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        if length > limits::FRAME_BYTES {
            return Err(Why::Rules(Reason::TooLarge));
        }
        let Some(frame) = rest.get(..length) else {
            return Ok(None);
        };
        let frame = frame.to_vec();
        self.taken += LENGTH + length;
        if let Some(code) = goodbye(&frame) { Err(Why::Bye(code)) } else { Ok(Some(frame)) }
    }
}

/// A goodbye's code. Frames of the room are CBOR lists, so a text is nothing else. Only known codes
/// are passed on: what a partner makes up must not reach a screen.
fn goodbye(frame: &[u8]) -> Option<&'static str> {
    let is_text = frame.first().is_some_and(|byte| byte >> 5 == 3);
    if !is_text || frame.len() > BYE_BYTES {
        return None;
    }
    let told: String = bytes::read(frame).ok()?;
    let known = Reason::CODES.iter().find(|code| **code == told);
    Some(known.copied().unwrap_or(Reason::SessionOther.code()))
}

/// Writes what leaves until the connection or the conversation ends.
pub(super) async fn write_all(
    mut to: impl AsyncWrite + Unpin,
    mut post: mpsc::Receiver<Out>,
    pace: Pace,
) -> Why {
    let mut joined = Vec::new();
    // The first frame says that this side accepts the connection.
    push(&mut joined, &[]);
    loop {
        if let Err(why) = write(&mut to, &joined, pace.stuck).await {
            return why;
        }
        joined.clear();
        match timeout(pace.heartbeat, post.recv()).await {
            Err(_) => push(&mut joined, &[]),
            Ok(None) => return Why::Slow,
            Ok(Some(first)) => {
                if let Some(reason) = join(&mut joined, first, &mut post) {
                    // The partner may be gone already; it will see the end either way.
                    let _ = write(&mut to, &joined, pace.stuck).await;
                    let _ = timeout(SILENCE, to.shutdown()).await;
                    return Why::Hung(reason);
                }
            }
        }
    }
}

/// Joins what waits into one write; a hang ends it.
fn join(joined: &mut Vec<u8>, first: Out, post: &mut mpsc::Receiver<Out>) -> Option<Reason> {
    let mut next = Some(first);
    while let Some(out) = next {
        match out {
            Out::Frame(frame) => push(joined, &frame),
            Out::Hang(reason) => {
                let told = reason.tell() == diwan_record::Tell::Partner;
                let code = if told { reason.code() } else { Reason::SessionOther.code() };
                push(joined, &bytes::write(&code));
                return Some(reason);
            }
        }
        next = if joined.len() < JOIN_BYTES { post.try_recv().ok() } else { None };
    }
    None
}

fn push(joined: &mut Vec<u8>, frame: &[u8]) {
    // INVARIANT: the room makes no frame longer than its limit, which fits.
    let length = u32::try_from(frame.len()).unwrap_or(u32::MAX);
    joined.extend_from_slice(&length.to_be_bytes());
    joined.extend_from_slice(frame);
}

/// Writes everything as long as there is some progress: a slow partner is waited for, a stuck one
/// is not.
async fn write(
    to: &mut (impl AsyncWrite + Unpin),
    mut rest: &[u8],
    stuck: Duration,
) -> Result<(), Why> {
    while !rest.is_empty() {
        let written = timeout(stuck, to.write(rest)).await.map_err(|_| Why::Slow)?;
        let written = written.map_err(|broken| Why::of_io(&broken))?;
        rest = rest.get(written..).unwrap_or_default();
    }
    let flushed = timeout(stuck, to.flush()).await.map_err(|_| Why::Slow)?;
    flushed.map_err(|broken| Why::of_io(&broken))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8]) -> Result<Vec<u8>, Why> {
        FrameReader::new(bytes).next(|| {}).await
    }

    #[tokio::test]
    async fn a_frame_is_read_whole_and_too_long_a_one_not_at_all() {
        assert_eq!(read(&[0, 0, 0, 2, 7, 8]).await.unwrap(), [7, 8]);
        assert!(read(&[0, 0, 0, 0]).await.unwrap().is_empty());
        assert!(matches!(read(&[0, 0, 0, 2, 7]).await, Err(Why::Closed)));
        assert!(matches!(read(&[255, 0, 0, 0]).await, Err(Why::Rules(Reason::TooLarge))));
    }

    #[tokio::test]
    async fn a_goodbye_tells_its_code_and_inside_reasons_stay_inside() {
        for (reason, told) in [
            (Reason::StreamFork, "stream/fork"),
            (Reason::LabelAboveCeiling, Reason::SessionOther.code()),
        ] {
            let (sender, post) = mpsc::channel(4);
            sender.send(Out::Frame(vec![0x80])).await.unwrap();
            sender.send(Out::Hang(reason)).await.unwrap();
            let (ours, theirs) = tokio::io::duplex(1024);
            assert!(matches!(write_all(ours, post, PACE).await, Why::Hung(_)));
            let mut reader = FrameReader::new(theirs);
            assert!(reader.next(|| {}).await.unwrap().is_empty(), "first it says it is there");
            assert_eq!(reader.next(|| {}).await.unwrap(), [0x80]);
            match reader.next(|| {}).await {
                Err(Why::Bye(code)) => assert_eq!(code, told),
                other => panic!("{other:?}"),
            }
        }
    }

    #[tokio::test]
    async fn attack_012_a_partner_that_takes_nothing_is_hung_up_and_a_slow_one_waited_for() {
        let pace = Pace { stuck: Duration::from_millis(300), ..PACE };
        let (sender, post) = mpsc::channel(4);
        // Room for one byte: whoever writes waits for whoever reads, byte by byte.
        let (ours, mut theirs) = tokio::io::duplex(1);
        let writing = tokio::spawn(write_all(ours, post, pace));
        sender.send(Out::Frame(vec![0x80; 100])).await.unwrap();
        let began = tokio::time::Instant::now();
        for _ in 0..108 {
            theirs.read_u8().await.unwrap();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(began.elapsed() > pace.stuck, "slower than that, and yet there was progress");
        sender.send(Out::Frame(vec![0x80; 100])).await.unwrap();
        assert!(matches!(writing.await.unwrap(), Why::Slow), "nobody reads any more");
    }
}
