//! Names, dates, quantities and offices in a page.

mod arabic;
mod bodies;
mod holders;
mod latin;
mod persons;
mod places;
mod quantities;
mod roles;
mod spots;

use crate::tokens::Token;
use crate::{Language, Mention, MentionKind, Page, Span, when};
use spots::{Spot, Spots};

/// Everything named in a page, in order of place; nothing of headlines and boilerplate.
pub(crate) fn find(page: &Page, tokens: &[Token]) -> Vec<Mention> {
    let mut spots = Spots::new(page, tokens);
    for when in when::find(page, tokens) {
        spots.add(Spot {
            span: when.span,
            value: when.value,
            ..Spot::new(when.range, MentionKind::Date, when.rule)
        });
    }
    match page.language {
        Language::Arabic => arabic::find(&mut spots),
        Language::English | Language::Turkish => latin::find(&mut spots),
        Language::Other => {}
    }
    quantities::find(&mut spots);
    holders::settle(&mut spots);
    let mut mentions: Vec<Mention> = spots
        .all
        .iter()
        .map(|spot| spots.mention(spot))
        .filter(|mention| !page.is_aside(mention.span))
        .collect();
    mentions.sort_by_key(|mention| (mention.span.start, mention.span.end, mention.kind));
    mentions.dedup_by_key(|mention| (mention.span, mention.kind));
    mentions
}

impl Spots<'_> {
    fn mention(&self, spot: &Spot) -> Mention {
        Mention {
            span: Span { start: spot.span.start, end: spot.span.end },
            kind: spot.kind,
            entity: spot.entity.clone(),
            value: spot.value.clone(),
            holder: spot.holder.and_then(|holder| self.all[holder].entity.clone()),
            position: spot.position,
            demonym: spot.demonym,
            rule: spot.rule,
        }
    }
}
