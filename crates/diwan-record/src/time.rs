//! Moments, dates and spans in UTC. No clock: whoever calls says what time it is.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil;
use jiff::{Timestamp, tz::TimeZone};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Reason;

/// A point in time: microseconds since 1970-01-01T00:00:00Z, years 0 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, minicbor::Encode)]
#[cbor(transparent)]
pub struct Moment(#[n(0)] i64);

/// A day in UTC, counted as a half-open interval from midnight to midnight.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, minicbor::Encode, minicbor::Decode,
)]
#[cbor(transparent)]
pub struct Date(#[n(0)] i32);

const DAY_US: i64 = 86_400_000_000;
/// 0000-01-01T00:00:00Z.
const EARLIEST_US: i64 = -62_167_219_200_000_000;
/// 9999-12-30T22:00:00Z less a microsecond: the last moment that has a date in every zone.
const LATEST_US: i64 = 253_402_207_200_999_999;

impl<'b, C> minicbor::Decode<'b, C> for Moment {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let micros = d.i64()?;
        if (EARLIEST_US..=LATEST_US).contains(&micros) {
            Ok(Self(micros))
        } else {
            Err(minicbor::decode::Error::message("a time beyond the year 9999"))
        }
    }
}

impl Moment {
    /// From microseconds since the epoch, bounded to years 0 to 9999.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        // RFC 3339 writes four digits of year; nothing outside can be shown.
        Self(micros.clamp(EARLIEST_US, LATEST_US))
    }

    /// Microseconds since the epoch.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    /// The moment `micros` later (or earlier), bounded like [`Moment::from_micros`].
    #[must_use]
    pub fn plus(self, micros: i64) -> Self {
        Self::from_micros(self.0.saturating_add(micros))
    }

    /// The UTC day it lies in.
    #[must_use]
    pub fn date(self) -> Date {
        Date(i32::try_from(self.0.div_euclid(DAY_US)).unwrap_or(i32::MAX))
    }
}

impl Date {
    /// Midnight at which the day starts.
    #[must_use]
    pub fn start(self) -> Moment {
        Moment::from_micros(i64::from(self.0).saturating_mul(DAY_US))
    }

    /// The day `days` later.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl fmt::Display for Moment {
    /// RFC 3339 in UTC, with a fraction only where there is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Timestamp::from_microsecond(self.0) {
            Ok(time) => write!(f, "{time}"),
            Err(_) => f.write_str("0000-01-01T00:00:00Z"),
        }
    }
}

impl FromStr for Moment {
    type Err = Reason;
    /// RFC 3339 with any zone; a local time without zone is refused, as it names no moment.
    fn from_str(text: &str) -> Result<Self, Reason> {
        let time: Timestamp = text.parse().map_err(|_| Reason::TimeForm)?;
        Ok(Self::from_micros(time.as_microsecond()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Timestamp::from_microsecond(self.start().0) {
            Ok(time) => write!(f, "{}", time.to_zoned(TimeZone::UTC).date()),
            Err(_) => f.write_str("0000-01-01"),
        }
    }
}

impl FromStr for Date {
    type Err = Reason;
    fn from_str(text: &str) -> Result<Self, Reason> {
        let date: civil::Date = text.parse().map_err(|_| Reason::TimeForm)?;
        let midnight = date.to_zoned(TimeZone::UTC).map_err(|_| Reason::TimeForm)?;
        Ok(Moment::from_micros(midnight.timestamp().as_microsecond()).date())
    }
}

macro_rules! as_text {
    ($name:ident, $format:literal) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                Cow::<str>::deserialize(from)?.parse().map_err(serde::de::Error::custom)
            }
        }
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": $format })
            }
        }
    };
}
as_text!(Moment, "date-time");
as_text!(Date, "date");

/// When something happened: a start, perhaps an end, and how exactly it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    pub start: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Moment>,
    #[serde(default)]
    pub precision: Precision,
}

/// How exactly a time is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    #[default]
    Minute,
    Hour,
    Day,
    Month,
    About,
}

impl Span {
    /// # Errors
    /// [`Reason::SpanBackwards`] if it ends before it starts.
    pub fn check(&self) -> Result<(), Reason> {
        match self.end {
            Some(end) if end < self.start => Err(Reason::SpanBackwards),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_114_zones_and_dst_give_the_same_moment_and_day() {
        // The two 02:30s of an autumn night in Beirut and the missing one in spring are told apart
        // by their offsets; ±14 h zones land on the same moment and UTC day.
        let same = [
            ["2025-03-09T12:00:00+14:00", "2025-03-08T22:00:00Z"],
            ["2025-03-08T08:00:00-14:00", "2025-03-08T22:00:00Z"],
            ["2025-10-25T23:30:00+03:00", "2025-10-25T22:30:00+02:00"],
            ["2025-03-30T00:30:00+02:00", "2025-03-30T01:30:00+03:00"],
        ];
        for [a, b] in same {
            let (a, b): (Moment, Moment) = (a.parse().unwrap(), b.parse().unwrap());
            assert_eq!(a, b);
            assert_eq!(a.date(), b.date());
        }
        let twice: [Moment; 2] =
            ["2025-10-26T02:30:00+03:00", "2025-10-26T02:30:00+02:00"].map(|t| t.parse().unwrap());
        assert_eq!(twice[1].micros() - twice[0].micros(), 3_600_000_000);
        assert!("2025-03-09T12:00:00".parse::<Moment>().is_err(), "no zone names no moment");
        let before_1970: Moment = "1969-12-31T23:59:59.999999Z".parse().unwrap();
        assert_eq!(before_1970.date().to_string(), "1969-12-31");
        assert_eq!(before_1970.date().plus_days(1).start().to_string(), "1970-01-01T00:00:00Z");
    }
}
