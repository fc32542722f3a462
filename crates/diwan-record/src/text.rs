//! User text in one or more languages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Reason;

/// The languages of the screens, by ISO 639 code: Kurmanji is `ku`, Sorani is `ckb`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    En,
    Ar,
    Tr,
    Ku,
    Ckb,
}

/// One text per language. Never empty where a text is required.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<Lang, String>);

impl Text {
    /// A text in one language.
    #[must_use]
    pub fn one(lang: Lang, text: &str) -> Self {
        Self(BTreeMap::from([(lang, text.to_owned())]))
    }

    /// Refuses an empty text and one longer than `chars_max` characters in any language.
    ///
    /// # Errors
    /// [`Reason::TextEmpty`], [`Reason::TextLong`].
    pub fn check(&self, chars_max: usize) -> Result<(), Reason> {
        if self.0.is_empty() || self.0.values().any(|text| text.trim().is_empty()) {
            return Err(Reason::TextEmpty);
        }
        check_length(self.0.values(), chars_max)
    }

    /// All languages' texts one after another, for the full-text index.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

/// Refuses any text of more than `chars_max` characters.
///
/// # Errors
/// [`Reason::TextLong`].
pub(crate) fn check_length<'a>(
    texts: impl IntoIterator<Item = &'a String>,
    chars_max: usize,
) -> Result<(), Reason> {
    // Bytes first: counting characters of an honest short text is then never needed.
    let long = |text: &String| text.len() > chars_max && text.chars().count() > chars_max;
    if texts.into_iter().any(long) { Err(Reason::TextLong) } else { Ok(()) }
}
