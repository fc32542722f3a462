//! Strict JSON (RFC 8259): what other decoders settle silently is refused here.
//!
//! Duplicate keys, nesting beyond [`limits::JSON_DEPTH`], numbers that do not survive as a 64-bit
//! value, lone surrogates, U+0000, a byte order mark and trailing bytes: two readers could take
//! each of them differently, and a signed record must mean one thing.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

use crate::{Reason, limits};

/// Reads a value after [`check`] has passed.
///
/// # Errors
/// [`Reason::JsonForm`] as in [`check`], [`Reason::BodyShape`] if it is not a `T`.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Reason> {
    let text = check(bytes)?;
    serde_json::from_str(text).map_err(|error| Reason::BodyShape(shape(&error)))
}

/// Refuses bytes that are not one strict JSON value; gives them as text.
///
/// # Errors
/// [`Reason::JsonForm`].
pub fn check(bytes: &[u8]) -> Result<&str, Reason> {
    let text = std::str::from_utf8(bytes).map_err(|_| Reason::JsonForm("no UTF-8".to_owned()))?;
    let mut from = serde_json::Deserializer::from_str(text);
    Strict { depth: limits::JSON_DEPTH }
        .deserialize(&mut from)
        .and_then(|()| from.end())
        .map_err(|error| Reason::JsonForm(shape(&error)))?;
    Ok(text)
}

/// What the parser found and where; it quotes field names of the schema, never values.
fn shape(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // serde names an unexpected value; the value is content and stays out of errors and logs.
    let told = match text.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None if text.starts_with("unknown variant") => "not one of the known codes".to_owned(),
        None => text,
    };
    told.chars().take(200).collect()
}

#[derive(Clone, Copy)]
struct Strict {
    depth: usize,
}

impl Strict {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        let depth = self.depth.checked_sub(1).ok_or_else(|| E::custom("nested too deeply"))?;
        Ok(Self { depth })
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("strict JSON")
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        i64::try_from(value).map(drop).map_err(|_| E::custom("number out of range"))
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        // Integers that do not fit arrive here rounded; beyond 2^53 a reader could differ.
        if value.abs() < 9_007_199_254_740_992.0 {
            Ok(())
        } else {
            Err(E::custom("number out of range"))
        }
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if text.contains('\0') { Err(E::custom("text holds U+0000")) } else { Ok(()) }
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let deeper = self.deeper()?;
        while items.next_element_seed(deeper)?.is_some() {}
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<(), A::Error> {
        let deeper = self.deeper()?;
        let mut seen = BTreeSet::new();
        while let Some(key) = pairs.next_key::<String>()? {
            self.visit_str(&key)?;
            if !seen.insert(key) {
                return Err(A::Error::custom("duplicate key"));
            }
            pairs.next_value_seed(deeper)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_071_json_that_two_readers_could_take_differently_is_refused() {
        let deep = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
        let refused = [
            r#"{"tlp":"red","tlp":"clear"}"#.to_owned(),
            r#"{"a":{"b":1,"b":2}}"#.to_owned(),
            r#"{"tlp":"red","\u0074lp":"clear"}"#.to_owned(),
            deep(limits::JSON_DEPTH + 1),
            deep(100_000),
            "18446744073709551616".to_owned(),
            "9223372036854775808".to_owned(),
            "-9223372036854775809".to_owned(),
            "1e400".to_owned(),
            r#""\ud800""#.to_owned(),
            r#""\u0000""#.to_owned(),
            "{\"a\u{0}\":1}".to_owned(),
            "\u{feff}{}".to_owned(),
            "{} ".to_owned() + "x",
            "{}{}".to_owned(),
            "NaN".to_owned(),
            "[1,]".to_owned(),
            String::new(),
        ];
        for text in refused {
            let told: String = text.chars().take(60).collect();
            assert!(matches!(check(text.as_bytes()), Err(Reason::JsonForm(_))), "{told}");
        }
        assert!(check(b"\"\xff\"").is_err(), "not UTF-8");
        for text in ["{}", r#"{"a":{"a":[1,-2.5,null,true,"\u0645"]}}"#, "9223372036854775807"] {
            assert_eq!(check(text.as_bytes()), Ok(text), "{text}");
        }
        assert!(check(deep(limits::JSON_DEPTH).as_bytes()).is_ok());
    }

    #[test]
    fn errors_never_quote_the_value() {
        #[derive(Debug, serde::Deserialize)]
        struct Form {
            #[expect(dead_code, reason = "only its type matters")]
            number: u8,
        }
        let told = read::<Form>(br#"{"number": "abu secret"}"#).unwrap_err().to_string();
        assert!(!told.contains("secret"), "{told}");
    }
}
