//! A claim becomes a draft of a record: filled from the article, its source named, not graded.
//!
//! What the article does not say is left open for the person who writes.

use diwan_read::{Language, Reading, Span};
use diwan_record::kind::ProposalSort;
use diwan_record::{Date, Kind, PartnerId, limits};
use diwan_store::Article;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::claims::Claim;

/// What a claim should have said.
#[derive(Clone, Debug, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correction {
    /// Another sort of event, firmness, name or value, in the codes of the claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) says: Option<String>,
    /// Another day, month or year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
}

/// A draft to be.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) body: Value,
}

/// The kinds of record a claim can become, the fittest first; none for what only confirms.
pub(crate) fn kinds(claim: &Claim) -> &'static [Kind] {
    match claim.sort {
        ProposalSort::Event if claim.says == "meeting" => &[Kind::Meeting, Kind::Report],
        ProposalSort::Event => &[Kind::Report],
        ProposalSort::Commitment => &[Kind::Commitment],
        ProposalSort::Role
        | ProposalSort::Person
        | ProposalSort::Organisation
        | ProposalSort::Place
        | ProposalSort::Country
        | ProposalSort::Date
        | ProposalSort::Quantity => &[],
    }
}

/// The draft of one of [`kinds`].
pub(crate) fn draft(
    kind: &Kind,
    claim: &Claim,
    reading: &Reading,
    article: &Article,
    correction: &Correction,
) -> Option<Wanted> {
    let mut claim = claim.clone();
    if let Some(says) = &correction.says {
        claim.says.clone_from(says);
    }
    if let Some(date) = &correction.date {
        claim.date = Some(date.clone());
    }
    let make = Make { claim: &claim, reading, article };
    let body = match kind {
        Kind::Report => make.report(),
        Kind::Meeting => make.meeting(),
        Kind::Commitment => make.commitment(),
        _ => return None,
    };
    Some(Wanted { kind: kind.clone(), title: make.title(), body })
}

struct Make<'a> {
    claim: &'a Claim,
    reading: &'a Reading,
    article: &'a Article,
}

impl Make<'_> {
    fn report(&self) -> Value {
        let mut body = Map::new();
        body.insert("title".to_owned(), self.text(&self.title()));
        if let Some(category) = category(&self.claim.says, self.claim.modality) {
            body.insert("category".to_owned(), json!(category));
        }
        body.insert("when".to_owned(), self.when());
        if let Some(place) = self.place() {
            body.insert("place".to_owned(), place);
        }
        body.insert("narrative".to_owned(), self.text(&self.quote()));
        let names: Vec<&str> = self.claim.people.iter().map(|one| one.name.as_str()).collect();
        body.insert("actors".to_owned(), json!(names));
        body.insert("quantities".to_owned(), self.quantities());
        // F6: neither source nor content was judged by anybody yet.
        body.insert("grade".to_owned(), json!({ "reliability": "F", "credibility": "6" }));
        body.insert("sources".to_owned(), self.sources());
        Value::Object(body)
    }

    fn meeting(&self) -> Value {
        let mut body = Map::new();
        body.insert("name".to_owned(), self.text(&self.title()));
        body.insert("when".to_owned(), self.when());
        if let Some(place) = self.place() {
            body.insert("place".to_owned(), place);
        }
        let participants = self.claim.people.iter().filter_map(|one| {
            let party = partner(&one.entity)?;
            Some(json!({ "party": party, "office": one.name }))
        });
        body.insert("participants".to_owned(), participants.collect());
        body.insert("outcomes".to_owned(), json!([self.text(&self.quote())]));
        body.insert("sources".to_owned(), self.sources());
        Value::Object(body)
    }

    fn commitment(&self) -> Value {
        let mut body = Map::new();
        body.insert("text".to_owned(), self.text(&self.quote()));
        let by: Vec<PartnerId> =
            self.claim.people.iter().filter_map(|one| partner(&one.entity)).collect();
        body.insert("by".to_owned(), json!(by));
        if let Some(due) = self.claim.date.as_ref().and_then(|date| date.parse::<Date>().ok()) {
            body.insert("due".to_owned(), json!(due));
        }
        let firmness = match self.claim.says.as_str() {
            "firm" => "agreed",
            "intended" => "planned",
            _ => "offered",
        };
        body.insert("firmness".to_owned(), json!(firmness));
        body.insert("state".to_owned(), json!("open"));
        body.insert("sources".to_owned(), self.sources());
        Value::Object(body)
    }

    fn title(&self) -> String {
        let page = &self.reading.page;
        let headline = page.headline.map(|span| page.at(span).trim().to_owned());
        // The sentence itself says more than the headline of an article with many events.
        let alone = self.reading.events.len() <= 1;
        let sentence = shortened(&self.quote());
        headline.filter(|text| alone && !text.is_empty()).map_or(sentence, |text| shortened(&text))
    }

    fn quote(&self) -> String {
        let words = self.reading.page.at(self.claim.sentence).split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    }

    /// In the article's language; one that the screens do not have is filed under English.
    fn text(&self, words: &str) -> Value {
        let code = match self.reading.page.language {
            Language::English | Language::Other => "en",
            Language::Arabic => "ar",
            Language::Turkish => "tr",
        };
        json!({ code: words })
    }

    /// As exactly as the article says it; where it says nothing, about when it appeared.
    fn when(&self) -> Value {
        let said = self.claim.date.as_deref().and_then(span);
        let published = &self.reading.page.published;
        let appeared = [&published.date, &published.upper, &published.lower];
        let appeared = || appeared.into_iter().flatten().find_map(|date| span(date));
        let (start, end, precision) = match said {
            Some(said) => said,
            None => {
                let start =
                    appeared().map_or(self.article.came.date().start(), |(start, ..)| start);
                (start, None, "about")
            }
        };
        let mut when = json!({ "start": start, "precision": precision });
        if let Some(end) = end {
            when["end"] = json!(end);
        }
        when
    }

    fn place(&self) -> Option<Value> {
        let place = self.claim.place.as_ref()?;
        let (lat, lon) = place.position?;
        Some(json!({ "name": self.text(&place.name), "lon": lon, "lat": lat }))
    }

    /// Numbers with a unit in the same sentence.
    fn quantities(&self) -> Value {
        let Span { start, end } = self.claim.sentence;
        let inside = |span: &Span| start <= span.start && span.end <= end;
        let numbers = self.reading.numbers.iter().filter(|one| inside(&one.span));
        let quantity = |one: &diwan_read::Number| {
            let unit = one.unit.clone()?;
            let what = self.reading.page.at(one.span);
            Some(json!({ "what": what, "amount": one.value, "unit": unit }))
        };
        numbers.filter_map(quantity).collect()
    }

    fn sources(&self) -> Value {
        let title = match self.article.title.trim() {
            "" => self.article.outlet.clone(),
            title => cut(title, limits::NAME_CHARS),
        };
        let mut source = json!({ "outlet": self.article.outlet, "title": title });
        if let Some(address) = &self.article.address {
            source["url"] = json!(address);
        }
        let published = self.reading.page.published.date.as_ref();
        if let Some(day) = published.and_then(|day| day.parse::<Date>().ok()) {
            source["published"] = json!(day);
        }
        json!([source])
    }
}

/// A state as the partner it is, if its code has the form of one.
fn partner(entity: &str) -> Option<PartnerId> {
    entity.strip_prefix("c:")?.parse().ok()
}

/// The report's category for a sort of event; left open where none of them is meant.
fn category(event: &str, modality: Option<&str>) -> Option<&'static str> {
    let category = match (event, modality) {
        ("attack" | "killing", Some("thwarted")) | ("plot", _) => "thwarted-plot",
        ("attack" | "killing", Some("planned")) => "threat-warning",
        ("attack" | "killing", _) => "attack",
        ("arrest", _) => "arrest",
        ("seizure", _) => "smuggling-attempt",
        ("crossing-open" | "crossing-close", _) => "border-incident",
        ("troop-movement" | "flight", _) => "movement",
        ("displacement", _) => "displacement",
        ("meeting" | "visit" | "call" | "statement" | "agreement" | "truce", _) => "statement",
        _ => return None,
    };
    Some(category)
}

/// `2025-03-09`, `2025-03`, `2025`, `~2025-03` or `2025-03-09/2025-03-11` as a span.
fn span(date: &str) -> Option<(diwan_record::Moment, Option<diwan_record::Moment>, &'static str)> {
    let about = date.starts_with('~');
    let mut ends = date.trim_start_matches('~').split('/');
    let (start, precision) = day(ends.next()?)?;
    let end = ends.next().and_then(day).map(|(end, _)| end.start());
    Some((start.start(), end, if about { "about" } else { precision }))
}

fn day(date: &str) -> Option<(Date, &'static str)> {
    let (text, precision) = match date.len() {
        4 => (format!("{date}-01-01"), "about"),
        7 => (format!("{date}-01"), "month"),
        _ => (date.get(..10)?.to_owned(), "day"),
    };
    Some((text.parse().ok()?, precision))
}

fn shortened(text: &str) -> String {
    const TITLE_CHARS: usize = 120;
    if text.chars().count() <= TITLE_CHARS {
        return text.to_owned();
    }
    let whole = cut(text, TITLE_CHARS);
    let end = whole.rfind(' ').unwrap_or(whole.len());
    format!("{}…", whole.get(..end).unwrap_or(&whole))
}

fn cut(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_they_are_written() {
        let told = |date: &str| {
            span(date).map(|(start, end, precision)| {
                let end = end.map_or_else(String::new, |end| format!(" to {end}"));
                format!("{start}{end} {precision}")
            })
        };
        assert_eq!(told("2025-03-09").unwrap(), "2025-03-09T00:00:00Z day");
        assert_eq!(told("2025-03").unwrap(), "2025-03-01T00:00:00Z month");
        assert_eq!(told("2025").unwrap(), "2025-01-01T00:00:00Z about");
        assert_eq!(told("~2025-03-09").unwrap(), "2025-03-09T00:00:00Z about");
        assert_eq!(
            told("2025-03-09/2025-03-11").unwrap(),
            "2025-03-09T00:00:00Z to 2025-03-11T00:00:00Z day"
        );
        for none in ["", "yesterday", "2025-02-31", "é-é-é-é", "/", "~"] {
            assert_eq!(told(none), None, "{none}");
        }
    }

    #[test]
    fn a_title_is_cut_between_words() {
        assert_eq!(shortened("Five states met"), "Five states met");
        let long = "word ".repeat(60);
        let title = shortened(&long);
        assert!(title.ends_with("word…") && title.chars().count() <= 121, "{title}");
        assert!(shortened(&"م".repeat(500)).chars().count() <= 121);
    }
}
