//! An article: an open source as it was fetched or pasted, with what was proposed from it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Sketch;
use crate::{Date, Lang, Reason, Text, limits, text};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    pub title: Text,
    pub outlet: String,
    /// Where it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// The language of the text; absent where it is none of those of the screens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Lang>,
    pub text: String,
    #[serde(default)]
    pub proposals: Vec<Proposal>,
}

/// A claim that a rule found in the text, and what a person made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Proposal {
    pub sort: ProposalSort,
    /// Where it stands, in characters (code points) of the text, from the start.
    pub start: u32,
    /// The character after the last.
    pub end: u32,
    /// The rule that found it.
    pub rule: String,
    /// What it says, in a word or a value: `attack`, `2025-03-09`, `p:ahmad-haddad`.
    pub says: String,
    /// Absent while nobody has decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProposalSort {
    Event,
    Commitment,
    /// A person in an office.
    Role,
    Person,
    Organisation,
    Place,
    Country,
    Date,
    Quantity,
}

/// What a person made of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Accepted,
    Corrected,
    Rejected,
}

impl Article {
    pub(super) fn check(&self) -> Result<(), Reason> {
        self.title.check(limits::NAME_CHARS)?;
        text::check_length(self.address.iter().chain([&self.outlet]), 2 * limits::NAME_CHARS)?;
        if self.outlet.trim().is_empty() || self.text.trim().is_empty() {
            return Err(Reason::TextEmpty);
        }
        text::check_length([&self.text], limits::ARTICLE_CHARS)?;
        if self.proposals.len() > limits::PROPOSALS {
            return Err(Reason::ListLong);
        }
        let words = self.proposals.iter().flat_map(|one| [&one.rule, &one.says]);
        text::check_length(words, limits::NAME_CHARS)?;
        let chars = self.text.chars().count();
        let within = |one: &Proposal| {
            one.start < one.end && usize::try_from(one.end).is_ok_and(|end| end <= chars)
        };
        if self.proposals.iter().all(within) {
            Ok(())
        } else {
            Err(Reason::BodyShape("a proposal that stands in the text".to_owned()))
        }
    }

    pub(super) fn sketch(&self) -> Sketch<'_> {
        Sketch {
            title: &self.title,
            place: None,
            at: self.published.map(Date::start),
            category: "article",
        }
    }

    pub(super) fn texts(&self) -> Vec<&str> {
        self.title.all().chain([self.outlet.as_str(), self.text.as_str()]).collect()
    }
}
