//! The reading as JSON: what the command prints and the screens show.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    Commitment, Event, Format, Groups, Mention, MentionKind, Number, Page, Qualifier, Reading,
    Source, Span,
};

/// Everything read from open sources is of unknown reliability until a person grades it.
const GRADE: &str = "F6";

/// All readings of one run. Offsets are Unicode code points of the raw source.
#[must_use]
pub fn json(sources: &[Source], readings: &[Reading], groups: &Groups) -> Value {
    let raws: BTreeMap<&str, &str> =
        sources.iter().map(|source| (source.id.as_str(), source.raw.as_str())).collect();
    let raw = |id: &str| {
        let entry_of = id.rsplit_once('#').map_or(id, |(feed, _)| feed);
        raws.get(id).or_else(|| raws.get(entry_of)).copied().unwrap_or_default()
    };
    json!({
        "format": "diwan-reading/1",
        "offsets": "unicode code points of the raw source",
        "documents": readings.iter().map(|one| document(raw(&one.page.id), one)).collect::<Vec<_>>(),
        "groups": { "near_duplicates": groups.near_duplicates, "threads": groups.threads },
    })
}

struct Place<'a> {
    raw: &'a str,
    page: &'a Page,
}

impl Place<'_> {
    fn pair(&self, span: Span) -> (usize, usize) {
        let points = self.page.to_raw_points(self.raw, span);
        (points.start, points.end)
    }

    fn span(&self, span: Span) -> Value {
        let (start, end) = self.pair(span);
        json!({ "start": start, "end": end, "text": self.page.at(span) })
    }

    fn sentence(&self, span: Span) -> Value {
        let sentence = self
            .page
            .sentences
            .iter()
            .position(|sentence| sentence.start <= span.start && span.start < sentence.end);
        json!(sentence)
    }
}

fn document(raw: &str, reading: &Reading) -> Value {
    let page = &reading.page;
    let place = Place { raw, page };
    let published = &page.published;
    json!({
        "id": page.id,
        "language": page.language.code(),
        "url": page.url,
        "outlet": page.outlet,
        "grade": GRADE,
        "publication": {
            "date": published.date,
            "lower": published.lower,
            "upper": published.upper,
            "rule": published.rule,
        },
        "headline": page.headline.map(|span| place.span(span)),
        "boilerplate": page.boilerplate.iter().map(|span| place.span(*span)).collect::<Vec<_>>(),
        "sentences": page.sentences.iter().map(|span| place.pair(*span)).collect::<Vec<_>>(),
        "mentions": reading.mentions.iter().map(|one| mention(&place, one)).collect::<Vec<_>>(),
        "events": reading.events.iter().map(|one| event(&place, one)).collect::<Vec<_>>(),
        "commitments":
            reading.commitments.iter().map(|one| commitment(&place, one)).collect::<Vec<_>>(),
        "numbers": reading.numbers.iter().map(|one| number(&place, one)).collect::<Vec<_>>(),
    })
}

fn mention(place: &Place<'_>, mention: &Mention) -> Value {
    let (start, end) = place.pair(mention.span);
    let mut value = json!({
        "start": start,
        "end": end,
        "text": place.page.at(mention.span),
        "type": kind(mention.kind),
        "entity": mention.entity,
        "sentence": place.sentence(mention.span),
        "rule": mention.rule,
    });
    let mut put = |name: &str, part: Value| value[name] = part;
    if let Some(given) = &mention.value {
        put("value", json!(given));
    }
    if let Some(holder) = &mention.holder {
        put("holder", json!(holder));
    }
    if let Some((latitude, longitude)) = mention.position {
        put("position", json!([latitude, longitude]));
    }
    if mention.demonym {
        put("form", json!("demonym"));
    }
    value
}

const fn kind(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Person => "person",
        MentionKind::Organisation => "org",
        MentionKind::Place => "place",
        MentionKind::Country => "country",
        MentionKind::Date => "date",
        MentionKind::Quantity => "quantity",
        MentionKind::Role => "role",
    }
}

fn event(place: &Place<'_>, event: &Event) -> Value {
    let evidence = place.page.sentences.get(event.sentence).map(|span| place.pair(*span));
    let participants = event
        .participants
        .iter()
        .map(|one| json!({ "entity": one.entity, "role": one.part.code() }))
        .collect::<Vec<_>>();
    json!({
        "id": event.id,
        "type": event.kind.code(),
        "trigger": place.span(event.trigger),
        "evidence": evidence,
        "participants": participants,
        "place": event.place,
        "date": event.date,
        "modality": event.modality.code(),
        "rule": event.rule,
    })
}

fn commitment(place: &Place<'_>, commitment: &Commitment) -> Value {
    json!({
        "owners": commitment.owners,
        "what": place.span(commitment.what),
        "trigger": place.span(commitment.trigger),
        "due": commitment.due,
        "strength": commitment.firmness.code(),
        "sentence": place.sentence(commitment.trigger),
        "rule": commitment.rule,
    })
}

fn number(place: &Place<'_>, number: &Number) -> Value {
    let (start, end) = place.pair(number.span);
    let qualifier = number.qualifier.map(|qualifier| match qualifier {
        Qualifier::About => "~",
        Qualifier::MoreThan => ">",
        Qualifier::LessThan => "<",
        Qualifier::AtLeast => ">=",
        Qualifier::AtMost => "<=",
    });
    json!({
        "start": start,
        "end": end,
        "text": place.page.at(number.span),
        "value": number.value,
        "unit": number.unit,
        "qualifier": qualifier,
        "sentence": place.sentence(number.span),
        "rule": number.rule,
    })
}

/// What a publisher's metadata file says of one source.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Meta {
    pub published: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
}

impl Source {
    /// A source from a file's name and bytes. Bytes that are not UTF-8 become U+FFFD; a file of
    /// another encoding is refused when it is opened.
    ///
    /// The id is the base name up to the first `_` or `.`.
    #[must_use]
    pub fn from_file(name: &str, bytes: &[u8], meta: &BTreeMap<String, Meta>) -> Self {
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let id = base.split(['_', '.']).next().unwrap_or(base);
        let meta = meta.get(base).or_else(|| meta.get(id)).cloned().unwrap_or_default();
        let extension = base.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let format = match extension.as_deref() {
            Some("html" | "htm" | "xhtml") => Some(Format::Html),
            Some("rss" | "atom") => Some(Format::Feed),
            Some("txt") => Some(Format::Text),
            _ => None,
        };
        Self {
            id: id.to_owned(),
            raw: String::from_utf8_lossy(bytes).into_owned(),
            format,
            published: meta.published,
            url: meta.url,
            outlet: meta.outlet,
        }
    }
}
