//! Where each piece of the readable text stands in the raw source.

use crate::Span;

/// Long copies are cut here, so that finding a place never counts more than this many bytes.
const PIECE_BYTES_MAX: usize = 512;

/// Text copied or decoded from one place of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    text: usize,
    raw: Span,
    /// Code points of the source before the piece.
    points: usize,
    /// The text is the source, byte for byte; else it stands for the whole raw range.
    verbatim: bool,
}

/// Leads from the readable text back to the source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offsets {
    pieces: Vec<Piece>,
}

impl Offsets {
    fn piece_at(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.text <= at);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// The bytes of the source that gave this range of the text.
    pub(crate) fn raw(&self, span: Span) -> Span {
        let start = self.piece_at(span.start).map_or(0, |piece| match piece.verbatim {
            true => piece.raw.start + (span.start - piece.text),
            false => piece.raw.start,
        });
        let last = span.end.max(span.start + 1) - 1;
        let end = self.piece_at(last).map_or(start, |piece| match piece.verbatim {
            true => piece.raw.start + (span.end - piece.text),
            false => piece.raw.end,
        });
        Span { start, end: end.max(start) }
    }

    /// The same range in Unicode code points of the source.
    pub(crate) fn points(&self, raw: &str, span: Span) -> Span {
        let bytes = self.raw(span);
        // Counted from the piece itself: a feed may tell its title behind its text.
        let (from, points) =
            self.piece_at(span.start).map_or((0, 0), |piece| (piece.raw.start, piece.points));
        let start = points + raw.get(from..bytes.start).map_or(0, |part| part.chars().count());
        let inside = raw.get(bytes.start..bytes.end).map_or(0, |part| part.chars().count());
        Span { start, end: start + inside }
    }
}

/// Builds the readable text of a source from its start to its end.
#[derive(Debug)]
pub(crate) struct Writer<'a> {
    source: &'a str,
    pub(crate) text: String,
    offsets: Offsets,
    seen: usize,
    points: usize,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        Self {
            source,
            text: String::with_capacity(source.len()),
            offsets: Offsets::default(),
            seen: 0,
            points: 0,
        }
    }

    /// Copies a range of the source as it is.
    pub(crate) fn copy(&mut self, raw: Span) {
        let mut start = raw.start;
        while start < raw.end {
            let mut end = raw.end.min(start + PIECE_BYTES_MAX);
            while !self.source.is_char_boundary(end) {
                end -= 1;
            }
            self.piece(Span { start, end }, true);
            self.text.push_str(&self.source[start..end]);
            start = end;
        }
    }

    /// Writes text that a range of the source stands for, such as an entity or a run of blanks.
    pub(crate) fn stand_in(&mut self, raw: Span, text: &str) {
        self.piece(raw, false);
        self.text.push_str(text);
    }

    fn piece(&mut self, raw: Span, verbatim: bool) {
        self.points += self.source.get(self.seen..raw.start).map_or(0, |gap| gap.chars().count());
        self.seen = self.seen.max(raw.start);
        let text = self.text.len();
        self.offsets.pieces.push(Piece { text, raw, points: self.points, verbatim });
    }

    pub(crate) fn finish(self) -> (String, Offsets) {
        (self.text, self.offsets)
    }
}

impl Offsets {
    /// The same text against the outer source, where this one's source was itself written from it.
    pub(crate) fn within(&self, outer: &Self, source: &str, text_len: usize) -> Self {
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for (at, piece) in self.pieces.iter().enumerate() {
            let end = self.pieces.get(at + 1).map_or(text_len, |next| next.text);
            if piece.verbatim {
                outer.cut(piece, end - piece.text, &mut pieces);
            } else {
                pieces.push(Piece { raw: outer.raw(piece.raw), ..*piece });
            }
        }
        let mut seen = 0;
        let mut points = 0;
        for piece in &mut pieces {
            points += source.get(seen..piece.raw.start).map_or(0, |gap| gap.chars().count());
            seen = seen.max(piece.raw.start);
            piece.points = points;
        }
        Self { pieces }
    }

    /// Cuts a copied piece where the outer text changes from copied to decoded.
    fn cut(&self, piece: &Piece, len: usize, into: &mut Vec<Piece>) {
        let mut done = 0;
        while done < len {
            let at = piece.raw.start + done;
            let after = self.pieces.partition_point(|outer| outer.text <= at);
            let next = self.pieces.get(after).map_or(usize::MAX, |outer| outer.text);
            let step = (len - done).min(next - at);
            let raw = self.raw(Span { start: at, end: at + step });
            let verbatim = self.piece_at(at).is_some_and(|outer| outer.verbatim);
            into.push(Piece { text: piece.text + done, raw, points: 0, verbatim });
            done += step;
        }
    }
}

impl Offsets {
    /// Adds the pieces of a text that follows at `shift`.
    pub(crate) fn append(&mut self, next: Self, shift: usize) {
        let moved = |piece: Piece| Piece { text: piece.text + shift, ..piece };
        self.pieces.extend(next.pieces.into_iter().map(moved));
    }
}
