//! What sentences of the world's press name, and who holds the offices in them.

use diwan_read::{Mention, MentionKind, Page, Reading, Source, Span, read};

/// Stands before every sentence, which alone may be too short to tell its language by.
const LEADS: [(&str, &str); 3] = [
    ("== en", "That was what was said of it, and it had been said before."),
    ("== ar", "هذا ما كان قد قيل من قبل."),
    ("== tr", "Bunun için daha önce de böyle bir şey denildi."),
];

/// A bracket of the table: `kind name`, the kind with `>` or `<` where the office has a holder.
struct Wanted<'a> {
    kind: &'a str,
    span: Span,
}

fn marked<'a>(lead: &str, line: &'a str) -> (String, Vec<Wanted<'a>>) {
    let mut text = format!("{lead} ");
    let mut wanted = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inside, after) = after.split_once(']').expect("a closing bracket");
        let (kind, surface) = inside.split_once(' ').expect("a kind and a name");
        let start = text.len();
        text.push_str(surface);
        wanted.push(Wanted { kind, span: Span { start, end: text.len() } });
        rest = after;
    }
    text.push_str(rest);
    (text, wanted)
}

fn kind(mention: &Mention) -> Option<&'static str> {
    Some(match mention.kind {
        MentionKind::Person => "p",
        MentionKind::Organisation => "o",
        MentionKind::Place => "l",
        MentionKind::Country => "c",
        MentionKind::Role => "r",
        _ => return None,
    })
}

/// What is wrong with a line; nothing if every name is found, no other, and every holder is right.
fn wrong(lead: &str, line: &str) -> Option<String> {
    let (text, wanted) = marked(lead, line);
    let source = Source { id: "one".to_owned(), raw: text.clone(), ..Source::default() };
    let (readings, _) = read(&[source]).unwrap();
    let Reading { page, mentions, .. } = &readings[0];
    let found: Vec<&Mention> = mentions
        .iter()
        .filter(|mention| mention.span.start > lead.len() && kind(mention).is_some())
        .collect();
    let at = |one: &Wanted<'_>| {
        let fits =
            |mention: &&&Mention| mention.span == one.span && kind(mention) == Some(&one.kind[..1]);
        found.iter().find(fits).copied()
    };
    let mut wrongs = Vec::new();
    for (nth, one) in wanted.iter().enumerate().filter(|(_, one)| one.kind != "?") {
        let surface = &text[one.span.start..one.span.end];
        let Some(mention) = at(one) else {
            wrongs.push(format!("no {} {surface}", one.kind));
            continue;
        };
        let person = |one: &&Wanted<'_>| one.kind == "p";
        let holder = match &one.kind[1..] {
            ">" => wanted[nth..].iter().find(person),
            "<" => wanted[..nth].iter().rfind(person),
            _ => continue,
        };
        let holder = holder.and_then(at).and_then(|mention| mention.entity.clone());
        if holder.is_none() || mention.holder != holder {
            wrongs.push(format!("{surface} held by {:?}", mention.holder));
        }
    }
    for mention in found {
        let kind = kind(mention).unwrap_or_default();
        let fits = |one: &Wanted<'_>| match one.kind {
            "?" => one.span.start < mention.span.end && mention.span.start < one.span.end,
            // A state's adjective inside the name of a body may stand for itself.
            "o" if kind == "c" => {
                one.span.start <= mention.span.start && mention.span.end <= one.span.end
            }
            wanted => one.span == mention.span && wanted.starts_with(kind),
        };
        if !wanted.iter().any(fits) {
            wrongs.push(format!("{kind} {} ({})", page.at(mention.span), mention.rule));
        }
    }
    language(page, lead).then(|| wrongs.push("another language".to_owned()));
    (!wrongs.is_empty()).then(|| format!("{line}\n    {}", wrongs.join("; ")))
}

fn language(page: &Page, lead: &str) -> bool {
    let code = LEADS.iter().find(|(_, text)| *text == lead).map_or("", |(code, _)| &code[3..]);
    page.language.code() != code
}

#[test]
fn the_worlds_names_are_found() {
    let mut lead = LEADS[0].1;
    let mut failures = Vec::new();
    let mut count = 0;
    for line in include_str!("../claims/names.txt").lines() {
        if let Some((_, text)) = LEADS.iter().find(|(code, _)| *code == line) {
            lead = text;
        } else if !line.starts_with('#') && !line.is_empty() {
            count += 1;
            failures.extend(wrong(lead, line));
        }
    }
    assert!(count > 400, "the table was not read");
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
}
