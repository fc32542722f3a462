//! What has been found in a page so far, and which words are spoken for.

use std::ops::Range;
use std::rc::Rc;

use crate::fold::fold;
use crate::lexicon::{Form, Known, NAMES};
use crate::tokens::{Gap, Token};
use crate::{MentionKind, Page, Span};

/// One thing found.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) tokens: Range<usize>,
    pub(super) span: Span,
    pub(super) kind: MentionKind,
    pub(super) entity: Option<String>,
    pub(super) value: Option<String>,
    /// Index of the spot of the person who holds the office.
    pub(super) holder: Option<usize>,
    pub(super) position: Option<(f64, f64)>,
    pub(super) demonym: bool,
    pub(super) rule: &'static str,
}

impl Spot {
    pub(super) fn new(tokens: Range<usize>, kind: MentionKind, rule: &'static str) -> Self {
        Self {
            tokens,
            span: Span { start: 0, end: 0 },
            kind,
            entity: None,
            value: None,
            holder: None,
            position: None,
            demonym: false,
            rule,
        }
    }
}

pub(super) struct Spots<'a> {
    pub(super) page: &'a Page,
    pub(super) tokens: &'a [Token],
    pub(super) all: Vec<Spot>,
    /// For each token, what it says under each reading of glued letters; Arabic alone has them.
    pub(super) bare: Vec<Rc<[super::arabic::Bare]>>,
    /// For each token, the spot that speaks for it.
    taken: Vec<Option<usize>>,
}

impl<'a> Spots<'a> {
    pub(super) fn new(page: &'a Page, tokens: &'a [Token]) -> Self {
        Self { page, tokens, all: Vec::new(), bare: Vec::new(), taken: vec![None; tokens.len()] }
    }

    /// Keeps a spot and speaks for its words; a span of nothing becomes that of its words.
    pub(super) fn add(&mut self, mut spot: Spot) -> usize {
        if spot.span.end == 0 {
            spot.span = self.span_of(&spot.tokens);
        }
        let nth = self.all.len();
        for at in spot.tokens.clone() {
            if let Some(taken) = self.taken.get_mut(at) {
                *taken = Some(nth);
            }
        }
        self.all.push(spot);
        nth
    }

    pub(super) fn span_of(&self, range: &Range<usize>) -> Span {
        let start = self.tokens.get(range.start).map_or(0, |token| token.span.start);
        let end = range.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        let end = end.map_or(start, |token| token.span.end);
        let rest = self.page.text.get(end..).unwrap_or_default();
        let inside = self.page.text.get(start..end).unwrap_or_default();
        // A bracket opened inside the name closes with it.
        let closes = inside.contains('(') && !inside.contains(')') && rest.starts_with(')');
        Span { start, end: end + usize::from(closes) }
    }

    pub(super) fn is_free(&self, at: usize) -> bool {
        self.taken.get(at).is_some_and(Option::is_none)
    }

    pub(super) fn are_free(&self, range: Range<usize>) -> bool {
        range.into_iter().all(|at| self.is_free(at))
    }

    /// The spot that speaks for a word.
    pub(super) fn at(&self, at: usize) -> Option<&Spot> {
        self.taken.get(at).copied().flatten().and_then(|nth| self.all.get(nth))
    }

    pub(super) fn index_at(&self, at: usize) -> Option<usize> {
        self.taken.get(at).copied().flatten()
    }

    pub(super) fn fold(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.fold.as_str())
    }

    /// The word before, in the same sentence.
    pub(super) fn before(&self, at: usize) -> &'a str {
        match self.tokens.get(at) {
            Some(token) if token.gap != Gap::Sentence && at > 0 => self.fold(at - 1),
            _ => "",
        }
    }

    /// The word after, in the same sentence.
    pub(super) fn after(&self, end: usize) -> &'a str {
        match self.tokens.get(end) {
            Some(token) if token.gap != Gap::Sentence => &token.fold,
            _ => "",
        }
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        self.tokens.get(at).map_or(Gap::Sentence, |token| token.gap)
    }

    pub(super) fn text(&self, range: &Range<usize>) -> &'a str {
        self.page.at(self.span_of(range))
    }

    /// The longest known form that begins here. `joins` says which gaps a name may hold.
    pub(super) fn known(&self, at: usize) -> Option<(usize, &'static Form)> {
        let first = self.fold(at);
        let longest = NAMES.longest(first);
        if longest == 0 {
            return None;
        }
        let mut key = String::new();
        let mut found = None;
        for count in 1..=longest {
            let Some(token) = self.tokens.get(at + count - 1) else { break };
            if count > 1 {
                let joined = token.is_joined()
                    || matches!(token.gap, Gap::Dot | Gap::Open | Gap::Comma | Gap::Slash);
                if !joined {
                    break;
                }
                if count == 2 {
                    key.push_str(first);
                }
                key.push(' ');
                key.push_str(&token.fold);
            }
            let Some(form) = NAMES.get(if count == 1 { first } else { &key }) else { continue };
            let surface = self.text(&(at..at + count));
            let upper = surface.chars().all(|letter| !letter.is_lowercase());
            // A comma or bracket inside is right only where the form has it too.
            let plain = surface.chars().all(|letter| !matches!(letter, ',' | '(' | '،'));
            let bracket = surface.contains('(') || surface.contains(',');
            if (!form.capitals || upper)
                && (plain
                    || bracket && matches!(form.known, Known::Body { .. } | Known::Place { .. }))
            {
                found = Some((count, form));
            }
        }
        found
    }

    /// The id of a name that no list knows.
    pub(super) fn own_id(&self, prefix: char, range: &Range<usize>) -> String {
        let folded = fold(self.text(range));
        let mut id = String::with_capacity(folded.len() + 2);
        id.push(prefix);
        id.push(':');
        for (nth, word) in folded.split_whitespace().enumerate() {
            if nth > 0 {
                id.push('_');
            }
            id.push_str(word);
        }
        id
    }
}
