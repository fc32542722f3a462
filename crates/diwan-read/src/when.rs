//! When: dates in the text, resolved against an explicit anchor or left open.
//!
//! The anchor is the day of publication: given, or certain from the page's own text. Without one
//! only what the text states in full has a value. A wrong date is worse than none.

mod value;
mod words;

use jiff::civil::{Date, Weekday};

use crate::tokens::{Gap, Shape, Token};
use crate::words::is_one;
use crate::{Language, Page, Published, Span};
use value::{alone, in_year, resolve, weekday_near};
use words::{Unit, Way};

/// A date as the text gives it.
#[derive(Clone, Debug)]
pub(crate) struct When {
    pub(crate) span: Span,
    /// Tokens it covers.
    pub(crate) range: std::ops::Range<usize>,
    /// ISO 8601 at the precision of the text.
    pub(crate) value: Option<String>,
    pub(crate) rule: &'static str,
}

/// What was read, before it is resolved.
#[derive(Clone, Copy, Debug)]
enum Stated {
    Day {
        year: Option<i16>,
        month: i8,
        day: i8,
        about: bool,
    },
    Month {
        year: Option<i16>,
        month: i8,
        way: Way,
    },
    Year(i16),
    Weekday(Weekday, Way),
    /// So many weeks from that of publication: "Tuesday last week".
    InWeek(Weekday, i32),
    /// Days from the day of publication.
    Days(i32),
    /// "last month", "next week", "this year": units from the one of publication.
    Units(Unit, i32),
    /// "three months ago"
    Ago(Unit, i32),
    /// Recognised, not reckoned: another calendar.
    Open,
}

type Found = (std::ops::Range<usize>, Stated);

/// The publication date of a page: the publisher's word, else what its own text makes certain.
pub(crate) fn published(
    page: &Page,
    tokens: &[Token],
    raw: &str,
    given: Option<&str>,
) -> Published {
    let given = given.and_then(iso_day);
    let days = if given.is_some() { Vec::new() } else { stated(page, tokens) };
    let found = [
        (given, "metadata"),
        (page.url.as_deref().and_then(day_in_address), "address"),
        (stamp(page, tokens, &days), "dateline"),
        (linked_day(&days, raw), "dated links and weekday"),
    ];
    if let Some((Some(day), rule)) = found.into_iter().find(|(day, _)| day.is_some()) {
        let day = day.to_string();
        let (lower, upper) = (Some(day.clone()), Some(day.clone()));
        return Published { date: Some(day), lower, upper, rule };
    }
    let lower = days.iter().filter_map(|(_, stated)| is_full(*stated)).max();
    let lower = lower.map(|day| day.to_string());
    Published { date: None, lower, upper: None, rule: "open" }
}

/// Whether a text begins with a day in ISO 8601.
pub(crate) fn is_day(text: &str) -> bool {
    iso_day(text).is_some()
}

fn iso_day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// `/2025/03/09/` or `/2025-03-09/` in an address.
fn day_in_address(address: &str) -> Option<Date> {
    let digits = |part: &str| part.parse::<i16>().ok();
    let parts: Vec<&str> = address.split(['/', '-']).collect();
    parts.windows(3).rev().find_map(|three| {
        let [year, month, day] = three else { return None };
        if year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        let (month, day) = (i8::try_from(digits(month)?).ok()?, i8::try_from(digits(day)?).ok()?);
        Date::new(digits(year).filter(|year| (1990..2100).contains(year))?, month, day).ok()
    })
}

/// A full date in a time stamp or in the first words of the text, as agencies date their reports.
fn stamp(page: &Page, tokens: &[Token], days: &[Found]) -> Option<Date> {
    let full = |found: &&Found| is_full(found.1).is_some();
    let mut first_line = None;
    for found in days.iter().filter(full) {
        let span = tokens[found.0.start].span;
        let day = is_full(found.1)?;
        let aside =
            page.boilerplate.iter().find(|part| part.start <= span.start && span.end <= part.end);
        if let Some(aside) = aside {
            let line = page.at(*aside);
            if line.chars().count() < 90 && !line.ends_with([')', ']']) {
                return Some(day);
            }
            continue;
        }
        let body = page.sentences.iter().find(|sentence| !page.is_aside(**sentence))?;
        let before = page.at(Span { start: body.start, end: span.start.max(body.start) });
        let early = span.start >= body.start && before.chars().count() < 40;
        let placed = before.chars().any(char::is_alphabetic)
            && before.trim_end().ends_with([',', '(', '/', '-', '–', '—', '،']);
        let names = before.split_whitespace().filter(|word| word.starts_with(char::is_lowercase));
        if early && placed && names.count() == 0 && first_line.is_none() {
            first_line = Some(day);
        }
    }
    first_line
}

fn is_full(stated: Stated) -> Option<Date> {
    match stated {
        Stated::Day { year: Some(year), month, day, about: false } => {
            Date::new(year, month, day).ok()
        }
        _ => None,
    }
}

/// The latest day in the addresses of links, where the text names the same weekday.
fn linked_day(days: &[Found], raw: &str) -> Option<Date> {
    let links =
        raw.split("href=").skip(1).filter_map(|rest| rest.get(1..)?.split(['"', '\'']).next());
    let latest = links.filter_map(day_in_address).max()?;
    days.iter()
        .any(|(_, stated)| matches!(stated, Stated::Weekday(day, Way::Near) if *day == latest.weekday()))
        .then_some(latest)
}

/// All dates of a page with their values.
pub(crate) fn find(page: &Page, tokens: &[Token]) -> Vec<When> {
    let found = stated(page, tokens);
    let anchor = page.published.date.as_deref().and_then(iso_day);
    let year = anchor.is_none().then(|| year_beside(&found)).flatten();
    let years: Vec<Option<i32>> = (0..found.len()).map(|nth| year_of(&found, nth)).collect();
    let told: Vec<Option<i16>> =
        (0..found.len()).map(|nth| year_told(page, tokens, &found, nth, anchor)).collect();
    let spoken: Vec<Option<Date>> =
        (0..found.len()).map(|nth| day_of_speech(page, tokens, &found, nth, anchor)).collect();
    found
        .into_iter()
        .enumerate()
        .map(|(nth, (range, stated))| {
            let years = years[nth];
            let stated = with_year(stated, told[nth]);
            let anchor = spoken[nth].or(anchor);
            let stated = match (stated, years, anchor) {
                (Stated::Month { year: None, month, way }, Some(years), Some(anchor)) => {
                    let year = i16::try_from(i32::from(anchor.year()) + years).ok();
                    Stated::Month { year, month, way }
                }
                _ => stated,
            };
            let doubtful = matches!(stated, Stated::Weekday(_, Way::Near))
                && page.language == Language::Turkish
                && is_told_ahead(tokens, range.end);
            let ahead = is_ahead(page, tokens, range.start, matches!(stated, Stated::Weekday(..)));
            let (value, rule) = match (anchor, year) {
                (Some(anchor), _) => (resolve(stated, anchor, ahead), "date against publication"),
                (None, Some(year)) => (in_year(stated, year), "date with the year beside it"),
                (None, None) => (alone(stated), "date in full"),
            };
            let value = value.filter(|_| !doubtful);
            let rule = if alone(stated).is_some() { "date in full" } else { rule };
            let span =
                Span { start: tokens[range.start].span.start, end: tokens[range.end - 1].span.end };
            When { span, range, value, rule }
        })
        .collect()
}

/// Years from that of publication, where "next year" stands beside a month.
fn year_of(found: &[Found], nth: usize) -> Option<i32> {
    let years = |found: &Found| match found.1 {
        Stated::Units(Unit::Year, count) => Some(count),
        _ => None,
    };
    let here = &found.get(nth)?.0;
    let before =
        nth.checked_sub(1).and_then(|at| found.get(at)).filter(|found| found.0.end == here.start);
    let after = found.get(nth + 1).filter(|found| found.0.start <= here.end + 1);
    before.and_then(years).or_else(|| after.and_then(years))
}

const fn with_year(stated: Stated, told: Option<i16>) -> Stated {
    match (stated, told) {
        (Stated::Day { year: None, month, day, about }, Some(year)) => {
            Stated::Day { year: Some(year), month, day, about }
        }
        _ => stated,
    }
}

/// The year of a day that leaves it to the words before: "on 9 June 2023 they agreed to a truce,
/// which began on 3 August"; "on 24 November of that year".
fn year_told(
    page: &Page,
    tokens: &[Token],
    found: &[Found],
    nth: usize,
    anchor: Option<Date>,
) -> Option<i16> {
    let (range, Stated::Day { year: None, month, day, .. }) = found.get(nth)? else { return None };
    let sentence = tokens[range.start].sentence;
    let same = |found: &&Found| tokens[found.0.start].sentence == sentence;
    let full = found[..nth].iter().rev().take_while(same).find_map(|found| is_full(found.1));
    if let Some(full) = full {
        let known = |date: &Date| anchor.map_or(date.year() == full.year(), |day| *date <= day);
        let year = |year: i16| Date::new(year, *month, *day).ok().filter(|date| *date >= full);
        let after = year(full.year()).or_else(|| year(full.year() + 1)).filter(known);
        return after.map(|date| date.year());
    }
    let behind = |offset: usize| tokens.get(range.end + offset).map_or("", |token| &token.fold);
    let before = |back: usize| {
        range.start.checked_sub(back).and_then(|at| tokens.get(at)).map_or("", |token| &token.fold)
    };
    let that_year = match page.language {
        Language::English => {
            let of = usize::from(behind(0) == "of");
            let the_same = usize::from(behind(of) == "the" && behind(of + 1) == "same");
            (behind(of) == "that" || the_same == 1) && behind(of + 1 + the_same) == "year"
        }
        Language::Arabic => {
            behind(0) == "من"
                && matches!(behind(1), "العام" | "السنه")
                && matches!(behind(2), "نفسه" | "نفسها" | "ذاته" | "ذاتها")
        }
        _ => before(1) == "yil" && matches!(before(2), "ayni" | "o"),
    };
    let last = || {
        found[..nth].iter().rev().find_map(|(_, stated)| match *stated {
            Stated::Day { year, .. } | Stated::Month { year, .. } => year,
            Stated::Year(year) => Some(year),
            _ => None,
        })
    };
    that_year.then(last).flatten()
}

/// The day somebody spoke on, where "today" stands in quotation marks and the text names a weekday
/// for what is said: an article may quote days later.
fn day_of_speech(
    page: &Page,
    tokens: &[Token],
    found: &[Found],
    nth: usize,
    anchor: Option<Date>,
) -> Option<Date> {
    let (range, Stated::Days(_)) = found.get(nth)? else { return None };
    if !is_quoted(page, tokens[range.start].span.start) {
        return None;
    }
    let sentence = tokens[range.start].sentence;
    let weekday = |found: &Found| match found.1 {
        Stated::Weekday(day, Way::Near) if !is_quoted(page, tokens[found.0.start].span.start) => {
            weekday_near(anchor?, day, Way::Near, false)
        }
        _ => None,
    };
    let here = |found: &&Found| tokens[found.0.start].sentence == sentence;
    let beside = found[nth..].iter().take_while(here).find_map(weekday);
    beside.or_else(|| found[..nth].iter().filter_map(weekday).max())
}

/// Whether a place is inside quotation marks, counted from the start of its line.
fn is_quoted(page: &Page, at: usize) -> bool {
    let before = page.text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let count = |mark: char| line.matches(mark).count();
    count('"') % 2 == 1 || count('“') > count('”') || count('«') > count('»')
}

/// A Turkish weekday in a sentence that ends in the future may be that of the telling: it stays
/// open unless the words beside it say which.
fn is_told_ahead(tokens: &[Token], end: usize) -> bool {
    let Some(sentence) =
        end.checked_sub(1).and_then(|at| tokens.get(at)).map(|token| token.sentence)
    else {
        return false;
    };
    let rest: Vec<&str> = tokens[end..]
        .iter()
        .take_while(|token| token.sentence == sentence)
        .map(|token| token.fold.as_str())
        .collect();
    let future = |word: &&str| {
        ["ecek", "acak", "ecegi", "acagi", "ecegini", "acagini", "masini", "mesini"]
            .iter()
            .any(|end| word.ends_with(end))
    };
    let past = |word: &&str| {
        ["digi", "tigi", "dugu", "tugu", "diginda", "tiginda"].iter().any(|end| word.ends_with(end))
            || matches!(*word, "gorustu" | "toplandi" | "yapilan" | "duzenlenen")
    };
    let first_future = rest.iter().position(future);
    let first_past = rest.iter().position(past);
    match (first_future, first_past) {
        // Close to the day and alone, the future is the day's own.
        (Some(future), None) => future > 5,
        (Some(future), Some(past)) => past < future,
        (None, _) => false,
    }
}

/// A day without a year that the text also gives in full tells the year of the whole text.
fn year_beside(found: &[Found]) -> Option<Date> {
    let full: Vec<Date> = found.iter().filter_map(|(_, stated)| is_full(*stated)).collect();
    found.iter().find_map(|(_, stated)| match *stated {
        Stated::Day { year: None, month, day, .. } => {
            full.iter().copied().find(|date| (date.month(), date.day()) == (month, day))
        }
        _ => None,
    })
}

const DETERMINERS: &str = "the|a|an|his|her|its|their|this|that";

/// Whether the words before a date, in its sentence, look ahead: "will meet on Monday".
fn is_ahead(page: &Page, tokens: &[Token], at: usize, strictly: bool) -> bool {
    let sentence = tokens[at].sentence;
    let before = tokens[..at].iter().rev().take_while(|token| token.sentence == sentence);
    let tokens_near: Vec<&Token> = before.take(14).collect();
    let near: Vec<&str> = tokens_near.iter().map(|token| token.fold.as_str()).collect();
    if near.iter().take(3).any(|word| words::TOLD.contains(word)) {
        return false;
    }
    if near.first().is_some_and(|word| matches!(*word, "by" | "until" | "before")) {
        return true;
    }
    match page.language {
        Language::English => {
            let past = near.iter().position(|word| words::PAST.contains(word));
            let signs: &[&str] = if strictly { words::SURELY_AHEAD } else { words::AHEAD };
            let reach = if strictly { 12 } else { 14 };
            // "travelled to Caracas" leads to a place and not to what is to come.
            let leads = |at: usize| {
                let next = at.checked_sub(1).and_then(|next| tokens_near.get(next));
                next.is_some_and(|next| next.is_capital() || is_one!(&next.fold, DETERMINERS))
            };
            let sign = near
                .iter()
                .take(reach)
                .enumerate()
                .position(|(at, word)| signs.contains(word) && (*word != "to" || !leads(at)));
            // "is to hold talks on Tuesday"
            let bound = near
                .windows(2)
                .take(reach)
                .position(|two| two[0] == "to" && matches!(two[1], "is" | "are"));
            let ahead = sign.into_iter().chain(bound).min();
            ahead.is_some_and(|ahead| past.is_none_or(|past| ahead < past))
        }
        Language::Arabic => near.iter().any(|word| {
            words::AHEAD.contains(word)
                || (word.starts_with("سي") || word.starts_with("ست")) && word.chars().count() > 4
        }),
        // The Turkish verb comes last.
        Language::Turkish | Language::Other => {
            let rest = || tokens[at..].iter().take_while(|token| token.sentence == sentence);
            // "pazartesi akşamı ... sunacağını söylemişti": said then.
            let past = ["misti", "mustu"];
            let told =
                rest().last().is_some_and(|last| past.iter().any(|end| last.fold.ends_with(end)));
            !told
                && rest().any(|token| {
                    ["ecek", "acak", "ecegi", "acagi", "ecegini", "acagini", "masini", "mesini"]
                        .iter()
                        .any(|end| token.fold.ends_with(end))
                        || ["bekleni", "planlani", "ongorulu"]
                            .iter()
                            .any(|stem| token.fold.starts_with(stem))
                })
        }
    }
}

/// Every date, in order, as stated.
fn stated(page: &Page, tokens: &[Token]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let text = Text { page, tokens, at };
        match text.read() {
            Some((start, end, stated)) if end > at => {
                found.push((start..end, stated));
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// The words from one place on.
struct Text<'a> {
    page: &'a Page,
    tokens: &'a [Token],
    at: usize,
}

type Read = Option<(usize, usize, Stated)>;

impl Text<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        let first = self.tokens.get(self.at)?;
        self.tokens.get(at).filter(|token| token.sentence == first.sentence)
    }

    fn word(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| token.fold.as_str())
    }

    /// A whole number below 10,000 and whether it is written like a year.
    fn number(&self, at: usize) -> Option<i16> {
        let token = self.token(at).filter(|token| token.shape == Shape::Number)?;
        let digits = token.fold.trim_end_matches(char::is_alphabetic);
        if digits.is_ascii() {
            return digits.parse().ok();
        }
        let plain = |digit: char| match digit {
            '٠'..='٩' => char::from_digit(u32::from(digit) - u32::from('٠'), 10),
            other => Some(other),
        };
        digits.chars().map(plain).collect::<Option<String>>()?.parse().ok()
    }

    fn day(&self, at: usize) -> Option<i8> {
        i8::try_from(self.number(at)?).ok().filter(|day| (1..=31).contains(day))
    }

    fn year(&self, at: usize) -> Option<i16> {
        let token = self.token(at)?;
        let plain = token.span.end - token.span.start == token.fold.len()
            || token.fold.chars().count() == 4;
        self.number(at)
            .filter(|year| plain && (1900..2100).contains(year) && token.fold.chars().count() == 4)
    }

    fn month(&self, at: usize) -> Option<(i8, usize)> {
        let token = self.token(at)?;
        let (month, words) = words::month(&token.fold, self.word(at + 1), self.page.language)?;
        let english = self.page.language == Language::English;
        (!english || token.is_capital()).then_some((month, words))
    }

    fn read(&self) -> Read {
        let at = self.at;
        if self.tokens[at].shape == Shape::Number {
            return self
                .iso(at)
                .or_else(|| self.day_first(at))
                .or_else(|| self.relative(at))
                .or_else(|| self.lone_year(at));
        }
        let named = || {
            self.month_first(at)
                .or_else(|| self.relative_or_weekday(at))
                .or_else(|| self.lone_month(at))
        };
        let opens = words::opens(&self.tokens[at].fold, self.page.language);
        debug_assert!(opens || named().is_none(), "{}", self.tokens[at].fold);
        opens.then(named).flatten()
    }

    /// `2025-03-09`, `12.03.2025`
    fn iso(&self, at: usize) -> Read {
        let joined = |at: usize| self.token(at).is_some_and(|token| token.gap == Gap::Hyphen);
        if let (Some(year), Some(month), Some(day)) =
            (self.year(at), self.day(at + 1), self.day(at + 2))
            && joined(at + 1)
            && joined(at + 2)
            && month <= 12
        {
            return Some((at, at + 3, Stated::Day { year: Some(year), month, day, about: false }));
        }
        let token = self.token(at)?;
        let raw = self.page.at(token.span);
        let numbers: Vec<i16> = raw.split('.').filter_map(|part| part.parse().ok()).collect();
        match (raw.split('.').count(), numbers.as_slice()) {
            (3, [day @ 1..=31, month @ 1..=12, year @ 1900..=2099]) => Some((
                at,
                at + 1,
                Stated::Day {
                    year: Some(*year),
                    month: i8::try_from(*month).ok()?,
                    day: i8::try_from(*day).ok()?,
                    about: false,
                },
            )),
            _ => None,
        }
    }

    /// "9 March 2025", "5-7 Mayıs", "٩ كانون الثاني"
    fn day_first(&self, at: usize) -> Read {
        let day = self.day(at)?;
        let mut next = at + 1;
        let mut about = false;
        if self.token(next).is_some_and(|token| token.gap == Gap::Hyphen)
            && self.day(next).is_some()
        {
            next += 1;
            about = true;
        }
        if self.word(next) == "of" {
            next += 1;
        }
        let joined = matches!(self.token(next)?.gap, Gap::Space | Gap::None | Gap::Hyphen);
        if words::is_hijri(self.word(next), self.word(next + 1)) {
            return Some((at, next + 1, Stated::Open));
        }
        let (month, words) = self.month(next).filter(|_| joined)?;
        let end = next + words;
        let (year, end) = self.year_after(end);
        Some((at, end, Stated::Day { year, month, day, about }))
    }

    fn year_after(&self, end: usize) -> (Option<i16>, usize) {
        let near = self.token(end).is_some_and(|token| {
            matches!(token.gap, Gap::Space | Gap::Comma | Gap::Dot | Gap::None)
        });
        match self.year(end).filter(|_| near) {
            Some(year) => (Some(year), end + 1),
            None => (None, end),
        }
    }

    /// "March 9, 2025", "Jan. 29"
    fn month_first(&self, at: usize) -> Read {
        let (month, words) = self.month(at)?;
        let mut end = at + words;
        let near = self.token(end).is_some_and(|token| matches!(token.gap, Gap::Space | Gap::Dot));
        if self.page.language != Language::English {
            return None;
        }
        let day = self.day(end).filter(|_| near && !self.is_clock(end))?;
        end += 1;
        let mut about = false;
        if self.token(end).is_some_and(|token| matches!(token.gap, Gap::Hyphen))
            && self.day(end).is_some()
        {
            end += 1;
            about = true;
        }
        let (year, end) = self.year_after(end);
        Some((at, end, Stated::Day { year, month, day, about }))
    }

    fn is_clock(&self, at: usize) -> bool {
        matches!(self.word(at + 1), "am" | "pm" | "gmt")
    }

    /// "geçen hafta salı" is a weekday, "geçen hafta" alone a week.
    fn relative_or_weekday(&self, at: usize) -> Read {
        let weekday = self.weekday(at);
        match weekday {
            Some((.., Stated::InWeek(..))) => weekday,
            _ => self.relative(at).or(weekday),
        }
    }

    fn relative(&self, at: usize) -> Read {
        let (words, stated) = words::relative(|offset| self.word(at + offset), self.page.language)?;
        let mut end = at + words;
        let mut stated = match stated {
            words::Relative::Days(days) => Stated::Days(days),
            words::Relative::Units(unit, count) => Stated::Units(unit, count),
            words::Relative::Ago(unit, count) => Stated::Ago(unit, count),
        };
        // "اليوم الخميس 9 كانون الثاني 2025", "Monday, 9 March"
        if matches!(stated, Stated::Days(_))
            && self.page.language == Language::Arabic
            && words::weekday(self.word(end), self.page.language).is_some()
        {
            end += 1;
            if let Some((_, stop, full)) = self.day_first(end) {
                stated = full;
                end = stop;
            }
        }
        Some((at, end, stated))
    }

    fn weekday(&self, at: usize) -> Read {
        let language = self.page.language;
        let week = (language == Language::Turkish)
            .then(|| words::week_beside(|offset| self.word(at + offset), language))
            .flatten()
            .filter(|(words, _)| words::weekday(self.word(at + words), language).is_some());
        if let Some((words, weeks)) = week {
            let here = at + words;
            let weekday = words::weekday(self.word(here), language)?;
            let named = matches!(self.word(here + 1), "gunu" | "gunku");
            return Some((at, here + 1 + usize::from(named), Stated::InWeek(weekday, weeks)));
        }
        let before = words::way_before(self.word(at), language);
        let (start, here, way) = match before {
            Some(way) if words::weekday(self.word(at + 1), language).is_some() => (at, at + 1, way),
            _ => (at, at, Way::Near),
        };
        let token = self.token(here)?;
        let weekday = words::weekday(&token.fold, language)?;
        match language {
            Language::English if !token.is_capital() || token.gap == Gap::Open => return None,
            _ => {}
        }
        let after = self.word(here + 1);
        if words::is_every(
            self.at.checked_sub(1).map_or("", |at| self.word_before(at)),
            after,
            language,
        ) {
            return None;
        }
        let (way, mut end) = match words::way_after(after, language) {
            Some(way) => (way, here + 2),
            None => (way, here + 1),
        };
        if language == Language::Turkish {
            let doubtful = matches!(token.fold.as_str(), "pazar" | "sali" | "cuma");
            let named = matches!(after, "gunu" | "gununden" | "gunku" | "gunune");
            let part = matches!(after, "sabahi" | "aksami" | "gecesi");
            if doubtful && !named && !part && way == Way::Near {
                return None;
            }
            if named {
                end = here + 2;
            }
        }
        let week = words::week_beside(|offset| self.word(here + 1 + offset), language);
        if let Some((words, weeks)) = week.filter(|_| language != Language::Turkish) {
            return Some((start, here + 1 + words, Stated::InWeek(weekday, weeks)));
        }
        // A full date may follow: "Sunday, March 9".
        let follows = Text { page: self.page, tokens: self.tokens, at: end };
        let near = self
            .token(end)
            .is_some_and(|token| matches!(token.gap, Gap::Comma | Gap::Space | Gap::Open));
        if near
            && language != Language::Turkish
            && let Some((_, stop, stated)) =
                follows.day_first(end).or_else(|| follows.month_first(end))
        {
            return Some((start, stop, stated));
        }
        Some((start, end, Stated::Weekday(weekday, way)))
    }

    fn word_before(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.fold.as_str())
    }

    fn lone_month(&self, at: usize) -> Read {
        let language = self.page.language;
        let way = words::way_before(self.word(at), language);
        let (start, here) = if way.is_some() { (at, at + 1) } else { (at, at) };
        let (month, words) = self.month(here)?;
        let mut end = here + words;
        let (year, stop) = self.year_after(end);
        let named = |at: usize| {
            self.at > 0 && at == here && words::MONTH_BEFORE.contains(&self.word_before(here - 1))
        };
        let after = self.word(end);
        let sure = match language {
            Language::English => {
                year.is_some()
                    || way.is_some()
                    || !matches!(self.word(here), "may" | "march" | "august")
                    || named(here)
            }
            Language::Arabic => {
                year.is_some() || named(here) || words::way_after(after, language).is_some()
            }
            Language::Turkish | Language::Other => {
                year.is_some()
                    || way.is_some()
                    || words::TURKISH_MONTH_AFTER.contains(&after)
                    || !matches!(self.word(here), "ocak" | "mart" | "aralik" | "ekim" | "kasim")
            }
        };
        let sure = sure && self.token(here)?.gap != Gap::Hyphen;
        if !sure {
            return None;
        }
        let mut way = way.unwrap_or(Way::Near);
        if year.is_some() {
            end = stop;
        } else if let Some(after) = words::way_after(after, language) {
            way = after;
            end += 1;
        } else if language == Language::Turkish
            && matches!(after, "ayinda" | "ayi" | "aylarinda" | "ayinin")
        {
            end += 1;
        }
        Some((start, end, Stated::Month { year, month, way }))
    }

    /// A year after a word that places things in time.
    fn lone_year(&self, at: usize) -> Read {
        let year = self.year(at)?;
        let before = self.at.checked_sub(1).map_or("", |at| self.word_before(at));
        let token = self.token(at)?;
        let after = self.token(at + 1);
        let sure = match self.page.language {
            Language::English => words::YEAR_BEFORE.contains(&before) && token.gap == Gap::Space,
            Language::Arabic => words::YEAR_BEFORE.contains(&before),
            Language::Turkish | Language::Other => after.is_some_and(|after| {
                after.shape == Shape::Suffix
                    || words::TURKISH_YEAR_AFTER.contains(&after.fold.as_str())
            }),
        };
        sure.then_some((at, at + 1, Stated::Year(year)))
    }
}
