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
use crate::{Language, Mention, MentionKind, Page, when};
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
    let holder = |spot: &Spot| spot.holder.and_then(|holder| spots.all[holder].entity.clone());
    let holders: Vec<Option<String>> = spots.all.iter().map(holder).collect();
    let mut mentions: Vec<Mention> = spots
        .all
        .into_iter()
        .zip(holders)
        .map(|(spot, holder)| mention(spot, holder))
        .filter(|mention| !page.is_aside(mention.span))
        .collect();
    mentions.sort_by_key(|mention| (mention.span.start, mention.span.end, mention.kind));
    mentions.dedup_by_key(|mention| (mention.span, mention.kind));
    mentions
}

fn mention(spot: Spot, holder: Option<String>) -> Mention {
    Mention {
        span: spot.span,
        kind: spot.kind,
        entity: spot.entity,
        value: spot.value,
        holder,
        position: spot.position,
        demonym: spot.demonym,
        rule: spot.rule,
    }
}
