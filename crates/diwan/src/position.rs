//! Positions as people write them: MGRS, decimal degrees, degrees with minutes and seconds.

use geoconvert::{LatLon, Mgrs};

/// A position that was understood, and as what.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    pub lon: f64,
    pub lat: f64,
    pub mgrs: String,
    pub read_as: ReadAs,
}

/// The form in which a position was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadAs {
    Mgrs,
    Decimal,
    Dms,
}

/// Longest text that is looked at; the longest honest one has about 60 characters.
const TEXT_CHARS: usize = 120;

/// Metres are written with five digits each; more would claim what nobody measured.
const METRE_DIGITS: i32 = 5;

/// Latitude bands of eight degrees from 80° south; the last one has twelve.
const BANDS: &[u8] = b"CDEFGHJKLMNPQRSTUVWX";
/// Columns of 100 km from 100 km on, in sets by zone.
const COLUMNS: [&[u8]; 3] = [b"ABCDEFGH", b"JKLMNPQR", b"STUVWXYZ"];
/// Rows of 100 km, starting five letters later in even zones.
const ROWS: &[u8] = b"ABCDEFGHJKLMNPQRSTUV";

/// Reads a position in any of the three forms, in Latin or Arabic digits. Latitude comes first
/// where no letter says otherwise.
#[must_use]
pub fn read(text: &str) -> Option<Position> {
    if text.chars().count() > TEXT_CHARS {
        return None;
    }
    let plain = plain(text);
    if let Some((lon, lat)) = read_mgrs(&plain) {
        return position(lon, lat, ReadAs::Mgrs);
    }
    let (lon, lat, read_as) = read_degrees(&plain)?;
    position(lon, lat, read_as)
}

/// The MGRS square of one metre around a position, in groups as it is read aloud.
#[must_use]
pub fn mgrs(lon: f64, lat: f64) -> Option<String> {
    if !(lon.is_finite() && lat.is_finite()) {
        return None;
    }
    let place = LatLon::create(lat, lon).ok()?;
    let grid = place.to_utmups();
    if grid.zone() == 0 {
        // Beyond 84° north and 80° south the grid is polar and has no zone.
        let written = place.to_mgrs(METRE_DIGITS).to_string();
        return written.split_at_checked(3).map(|(square, rest)| format!("{square} {rest}"));
    }
    // The letters are set here: the library's own writing panics for some southern positions.
    let (east, north) = (metres(grid.easting())?, metres(grid.northing())?);
    let set = usize::try_from(grid.zone() - 1).ok()?;
    let column = COLUMNS.get(set % 3)?.get((east / 100_000).checked_sub(1)?)?;
    let row = ROWS.get((north / 100_000 + if set % 2 == 1 { 5 } else { 0 }) % ROWS.len())?;
    let band = BANDS.get(metres((lat + 80.0) / 8.0)?.min(BANDS.len() - 1))?;
    let letters: String = [column, row].into_iter().map(|letter| char::from(*letter)).collect();
    let (zone, band) = (grid.zone(), char::from(*band));
    Some(format!("{zone:02}{band} {letters} {:05} {:05}", east % 100_000, north % 100_000))
}

/// Whole metres, cut off and not rounded: MGRS names the square that holds the position.
fn metres(value: f64) -> Option<usize> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded before")]
    (0.0..1e8).contains(&value).then(|| value.floor() as usize)
}

fn position(lon: f64, lat: f64, read_as: ReadAs) -> Option<Position> {
    let within = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
    // Five decimals are a metre, seven a centimetre: more digits come from arithmetic alone.
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    let (lon, lat) = (round(lon), round(lat));
    let mgrs = within.then(|| mgrs(lon, lat))??;
    Some(Position { lon, lat, mgrs, read_as })
}

/// One spelling for what keyboards and documents write in many: digits, marks, directions.
fn plain(text: &str) -> String {
    const WORDS: [(&str, &str); 12] = [
        ("شمالا", "N"),
        ("شمال", "N"),
        ("جنوبا", "S"),
        ("جنوب", "S"),
        ("شرقا", "E"),
        ("شرق", "E"),
        ("غربا", "W"),
        ("غرب", "W"),
        ("باکوور", "N"),
        ("باشوور", "S"),
        ("ڕۆژهەڵات", "E"),
        ("ڕۆژئاوا", "W"),
    ];
    let mut plain: String = text.chars().filter_map(plain_char).collect();
    for (word, letter) in WORDS {
        plain = plain.replace(word, letter);
    }
    plain.trim().to_uppercase()
}

fn plain_char(char: char) -> Option<char> {
    let digit = |zero: u32| char::from_digit(u32::from(char) - zero, 10);
    match char {
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6f0}'..='\u{6f9}' => digit(0x6f0),
        '٫' => Some('.'),
        '،' | '؛' => Some(','),
        '′' | '’' | '‘' | '´' | '`' => Some('\''),
        '″' | '”' | '“' => Some('"'),
        'º' | '˚' => Some('°'),
        '−' | '–' => Some('-'),
        // Marks of direction and tanween: they come with copied text and mean nothing here.
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{61c}'
        | '\u{feff}'
        | '\u{64b}' => None,
        other if other.is_whitespace() => Some(' '),
        other => Some(other),
    }
}

fn read_mgrs(plain: &str) -> Option<(f64, f64)> {
    let joined: String = plain.chars().filter(|char| *char != ' ').collect();
    let zone = joined.bytes().take_while(u8::is_ascii_digit).count();
    let (_, rest) = joined.split_at_checked(zone)?;
    let letters = rest.bytes().take_while(u8::is_ascii_uppercase).count();
    let (_, digits) = rest.split_at_checked(letters)?;
    let even = digits.len() % 2 == 0 && (2..=10).contains(&digits.len());
    let sound = (1..=2).contains(&zone) && letters == 3 && even;
    if !sound || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let place = Mgrs::parse_str(&joined).ok()?.to_latlon();
    Some((place.longitude(), place.latitude()))
}

/// One coordinate while it is read: up to three numbers and perhaps a direction.
#[derive(Default)]
struct Degrees {
    numbers: Vec<f64>,
    fraction: bool,
    negative: bool,
    direction: Option<char>,
}

impl Degrees {
    fn value(&self) -> Option<f64> {
        let [degrees, rest @ ..] = self.numbers.as_slice() else {
            return None;
        };
        let minutes = rest.first().copied().unwrap_or(0.0);
        let seconds = rest.get(1).copied().unwrap_or(0.0);
        if rest.len() > 2 || minutes >= 60.0 || seconds >= 60.0 {
            return None;
        }
        let value = degrees + minutes / 60.0 + seconds / 3600.0;
        let south_or_west = matches!(self.direction, Some('S' | 'W'));
        if self.negative && self.direction.is_some() {
            return None;
        }
        Some(if self.negative || south_or_west { -value } else { value })
    }
}

fn read_degrees(plain: &str) -> Option<(f64, f64, ReadAs)> {
    let (first, second) = halves(plain)?;
    let (first, second) = (degrees(&first)?, degrees(&second)?);
    if first.numbers.len() != second.numbers.len() {
        return None;
    }
    let (lat, lon) = match (first.direction, second.direction) {
        (None | Some('N' | 'S'), None | Some('E' | 'W')) => (&first, &second),
        (Some('E' | 'W'), None | Some('N' | 'S')) => (&second, &first),
        _ => return None,
    };
    let read_as = if first.numbers.len() == 1 { ReadAs::Decimal } else { ReadAs::Dms };
    Some((lon.value()?, lat.value()?, read_as))
}

/// Cuts into two coordinates: at a separator, after the first direction, or in the middle.
fn halves(plain: &str) -> Option<(String, String)> {
    let both = |(a, b): (&str, &str)| Some((a.to_owned(), b.to_owned()));
    if let Some(cut) = plain.split_once([';', '/']) {
        return both(cut).map(|(a, b)| (a.replace(',', "."), b.replace(',', ".")));
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    // `33,3128 44,3615`: with one comma inside each word it is the decimal sign.
    if let [first, second] = words.as_slice() {
        let decimal = |word: &str| {
            word.split_once(',').is_some_and(|(_, rest)| !rest.is_empty() && !rest.contains(','))
        };
        if decimal(first) && decimal(second) {
            return Some((first.replace(',', "."), second.replace(',', ".")));
        }
    }
    if let Some(cut) = plain.split_once(',') {
        return both(cut);
    }
    let is_direction = |char: char| matches!(char, 'N' | 'S' | 'E' | 'W');
    let at = plain.find(is_direction)?;
    // A direction before its number belongs to what follows it.
    let cut = if plain.get(..at)?.trim().is_empty() {
        at + 1 + plain.get(at + 1..)?.find(is_direction)?
    } else {
        at + 1
    };
    both(plain.split_at_checked(cut)?)
}

fn degrees(half: &str) -> Option<Degrees> {
    let mut read = Degrees::default();
    let mut rest = half.trim();
    while let Some(char) = rest.chars().next() {
        if char.is_ascii_digit() {
            let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
            let (number, after) = rest.split_at(length.unwrap_or(rest.len()));
            // Only the last number of a coordinate may have a fraction.
            if read.fraction {
                return None;
            }
            read.fraction = number.contains('.');
            read.numbers.push(number.parse().ok()?);
            rest = after;
            continue;
        }
        match char {
            'N' | 'S' | 'E' | 'W' if read.direction.is_none() => read.direction = Some(char),
            '-' if read.numbers.is_empty() && !read.negative => read.negative = true,
            '+' if read.numbers.is_empty() => {}
            '°' | '\'' | '"' if !read.numbers.is_empty() => {}
            ' ' => {}
            _ => return None,
        }
        rest = rest.get(char.len_utf8()..)?;
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        read(text).map_or_else(
            || "not understood".to_owned(),
            |p| format!("{:.4} {:.4} {} {:?}", p.lon, p.lat, p.mgrs, p.read_as),
        )
    }

    #[test]
    fn one_place_in_every_form_is_one_place() {
        let baghdad = [
            "33.3128, 44.3615",
            "33.3128 N 44.3615 E",
            "N33.3128 E44.3615",
            "44.3615E 33.3128N",
            "٣٣٫٣١٢٨، ٤٤٫٣٦١٥",
            "۳۳٫۳۱۲۸ شمالاً ۴۴٫۳۶۱۵ شرقاً",
            "33,3128 44,3615",
            "33,3128; 44,3615",
            "\u{202a}33.3128,44.3615\u{202c}",
        ];
        for text in baghdad {
            assert_eq!(told(text), "44.3615 33.3128 38S MB 40564 86146 Decimal", "{text}");
        }
        for text in [
            "33°18'46.08\"N 44°21'41.4\"E",
            "33 18 46.08 N, 44 21 41.4 E",
            "٣٣°١٨′٤٦٫٠٨″شمال ٤٤°٢١′٤١٫٤″شرق",
        ] {
            assert_eq!(told(text), "44.3615 33.3128 38S MB 40564 86146 Dms", "{text}");
        }
        for text in
            ["38S MB 40564 86146", "38SMB4056486146", "38s mb 40564 86146", "٣٨S MB ٤٠٥٦٤ ٨٦١٤٦"]
        {
            assert_eq!(told(text), "44.3615 33.3128 38S MB 40564 86146 Mgrs", "{text}");
        }
        assert_eq!(told("33°18'N 44°21'E"), "44.3500 33.3000 38S MB 39485 84734 Dms");
        assert_eq!(told("-33.5, -70.25"), "-70.2500 -33.5000 19H CC 83889 92581 Decimal");
        assert_eq!(told("38S MB 405 861"), "44.3613 33.3128 38S MB 40550 86150 Mgrs");
    }

    #[test]
    fn what_is_no_position_is_not_guessed() {
        let wrong = [
            "",
            "Baghdad",
            "33.3128",
            "91, 44",
            "33, 181",
            "33 60 0 N 44 0 0 E",
            "33.5 10 N 44 10 E",
            "38S MB 4056 861",
            "38S MB",
            "99S MB 40564 86146",
            "33 N 44 N",
            "-33 S 44 E",
            "NaN, NaN",
            "1e5, 3",
            "33, 44, 55",
            "33;44;55",
        ];
        for text in wrong {
            assert_eq!(told(text), "not understood", "{text}");
        }
        assert_eq!(told(&"9".repeat(10_000)), "not understood");
        assert_eq!(mgrs(f64::NAN, 0.0), None);
    }

    #[test]
    fn mgrs_written_is_read_back_within_a_metre() {
        for step in 0..2000 {
            let step = f64::from(step);
            let (lon, lat) =
                ((step * 37.7).rem_euclid(360.0) - 180.0, (step * 13.3).rem_euclid(164.0) - 80.0);
            let square = mgrs(lon, lat).unwrap();
            let back = read(&square).unwrap_or_else(|| panic!("{square}"));
            let metres = LatLon::create(lat, lon)
                .unwrap()
                .haversine(&LatLon::create(back.lat, back.lon).unwrap());
            assert!(metres < 1.0, "{lon} {lat} {square} {metres}");
        }
    }
}
