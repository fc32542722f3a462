//! Bodies that no last word tells: by the first word of their own language, by the small word behind
//! them, by what is said of them.

use crate::tokens::{Gap, Shape};
use crate::words::{List, is_one};
use crate::{Language, MentionKind};

use super::super::latin::is_common;
use super::super::spots::{Spot, Spots};
use super::{HEADS, swallow, with_short_form};

/// "Guardia Nacional", "Conseil Constitutionnel": first words of bodies in Romance languages.
static FIRST_WORDS: List = List::new(
    "guardia|policia|ejercito|fuerza|fuerzas|frente|partido|movimiento|comando|comite|\
    tribunal|fiscalia|comuneros|parti|mouvement|conseil|assemblee|forca|forcas|exercito|\
    movimento|corte|congreso|asamblea|consejo|ministerio|federacion|confederacion|\
    sindicato|alianza|coalicion|universidad|universite|banco|banque|caixa|radio|\
    renamo|frelimo|union|alliance|rassemblement|gendarmerie|garde|armee|forces|camara|\
    grupo|diario|periodico|agencia|companhia|compania|empresa|petroleos|aerolineas|groupe|\
    compagnie|societe|agence|defensoria|procuraduria|contraloria|secretaria|instituto|institut|fundacion|\
    fondation|ligue|liga|ordre|cour|jeunesse|juntos|fuerza|primeiro|clan|los|las",
);

/// Bodies whose own language puts their common word first. English uses some of these words last,
/// so a word that only that language has must follow.
pub(in crate::mentions) fn by_first_word(spots: &mut Spots<'_>) {
    if spots.page.language != Language::English {
        return;
    }
    for at in 0..spots.tokens.len() {
        let token = &spots.tokens[at];
        if !token.is_capital() || !spots.is_free(at) || !FIRST_WORDS.has(&token.fold) {
            continue;
        }
        let end = foreign_end(spots, at + 1);
        let foreign = (at + 1..end).any(|at| !is_common(spots, at) || spots.fold(at) == "del");
        // "Comuneros del Sur": a place behind a small word is part of the name.
        let small = |at: usize| spots.tokens[at].shape == Shape::Lower;
        let body =
            |at: usize| spots.at(at).is_some_and(|spot| spot.kind == MentionKind::Organisation);
        let named = (at + 1..end).all(|at| spots.is_free(at) || small(at - 1) || body(at));
        if end == at + 1 || !foreign || !named || HEADS.has(spots.fold(end - 1)) {
            continue;
        }
        let range = with_short_form(spots, at..end);
        let entity = Some(spots.own_id('o', &(at..end)));
        swallow(spots, &range);
        spots.add(Spot {
            entity,
            ..Spot::new(range, MentionKind::Organisation, "body by its first word")
        });
    }
}

/// "the Komeito party", "the Trinitarios gang": what the small word behind it makes a body.
pub(in crate::mentions) fn by_word_behind(spots: &mut Spots<'_>) {
    if spots.page.language != Language::English {
        return;
    }
    for at in 1..spots.tokens.len() {
        if !spots.tokens[at - 1].is_capital() {
            continue;
        }
        let kind = is_one!(
            spots.fold(at),
            "party|movement|militia|cartel|gang|faction|coalition|brigade|alliance|clan|rebels|\
            newspaper|daily|tribe|sect",
        );
        if !kind || spots.gap(at) != Gap::Space || spots.tokens[at].shape != Shape::Lower {
            continue;
        }
        let named = |at: &usize| {
            let token = &spots.tokens[*at];
            let name = token.shape != Shape::Number && token.is_capital();
            name && spots.is_free(*at) && !is_common(spots, *at) && token.shape != Shape::Suffix
        };
        let start = (at.saturating_sub(3)..at)
            .rev()
            .take_while(named)
            .take_while(|here| *here + 1 == at || spots.tokens[*here + 1].is_joined())
            .last();
        let Some(start) = start.filter(|start| spots.before(*start) == "the") else { continue };
        let entity = Some(spots.own_id('o', &(start..at)));
        let rule = "body by the word behind it";
        spots.add(Spot { entity, ..Spot::new(start..at, MentionKind::Organisation, rule) });
    }
}

/// "Dryad Global, a maritime security firm,": what is said of a name makes it a body.
pub(in crate::mentions) fn by_apposition(spots: &mut Spots<'_>) {
    if spots.page.language != Language::English {
        return;
    }
    for at in 1..spots.tokens.len() {
        let article = spots.gap(at) == Gap::Comma && is_one!(spots.fold(at), "a|an|the");
        if !article || !names_a_firm(spots, at) {
            continue;
        }
        let named = |at: &usize| spots.tokens[*at].shape == Shape::Title && spots.is_free(*at);
        let start = (at.saturating_sub(3)..at)
            .rev()
            .take_while(named)
            .take_while(|here| *here + 1 == at || spots.tokens[*here + 1].is_joined())
            .last();
        let Some(start) = start else { continue };
        let person = crate::lexicon::GIVEN.has(spots.fold(start)) && !is_common(spots, start);
        if person || at == start + 1 && is_common(spots, start) {
            continue;
        }
        let entity = Some(spots.own_id('o', &(start..at)));
        let rule = "body by what is said of it";
        spots.add(Spot { entity, ..Spot::new(start..at, MentionKind::Organisation, rule) });
    }
}

/// "a maritime security firm," and the like, from its article on.
fn names_a_firm(spots: &Spots<'_>, article: usize) -> bool {
    (article + 1..article + 7)
        .take_while(|at| matches!(spots.gap(*at), Gap::Space | Gap::Hyphen))
        .find(|at| {
            is_one!(
                spots.fold(*at),
                "firm|company|charity|ngo|nonprofit|organisation|organization|broadcaster|\
                newspaper|carrier|airline|watchdog|consultancy|regulator|miner|operator|startup|\
                website|outlet|station|cartel|gang|militia|insurer|lender|supplier|manufacturer",
            )
        })
        .is_some_and(|noun| {
            spots.gap(noun + 1) != Gap::Space
                || is_one!(spots.fold(noun + 1), "that|which|based|in|with|of|for|owned|run|linked")
        })
}

/// Where a run of capitals with small Romance words between them ends.
fn foreign_end(spots: &Spots<'_>, from: usize) -> usize {
    let mut end = from;
    let mut at = from;
    while let Some(token) = spots.tokens.get(at) {
        let link = is_one!(
            token.fold.as_str(),
            "de|del|da|do|dos|du|des|la|el|le|les|los|pour|por|para|e|y|et|et"
        );
        if !matches!(token.gap, Gap::Space | Gap::Hyphen) || !(token.is_capital() || link) {
            break;
        }
        at += 1;
        if token.is_capital() {
            end = at;
        }
    }
    end
}
