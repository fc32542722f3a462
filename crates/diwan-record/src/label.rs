//! Labels, entitlements, and the single comparison of the two.

use std::collections::BTreeSet;
use std::fmt;

use minicbor::{Decode, Encode};

use crate::{Date, Reason};

/// An enumeration with fixed codes, ordered from least to most guarded. On the wire a code is
/// text; a code this node does not know becomes `Unknown`, which guards most: no entitlement
/// covers it.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+
            /// A code of a newer or foreign scheme: more guarded than any known one.
            Unknown,
        }

        impl $name {
            /// Every known value, least guarded first.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code on the wire and on the screen.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ Self::Unknown => "UNKNOWN" }
            }

            /// Exactly the written code, or `Unknown`.
            #[must_use]
            pub fn of_code(code: &str) -> Self {
                match code { $($code => Self::$variant,)+ _ => Self::Unknown }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.str(self.code())?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(
                d: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                d.str().map(Self::of_code)
            }
        }
    };
}

coded!(
    /// Traffic Light Protocol 2.0 (FIRST).
    Tlp {
        Clear = "CLEAR",
        Green = "GREEN",
        Amber = "AMBER",
        AmberStrict = "AMBER+STRICT",
        Red = "RED",
    }
);

coded!(
    /// Handling code: who inside a partner may use it.
    Handling {
        /// No restriction beyond the label.
        H0 = "H0",
        /// Not for use in court without the originator.
        H1 = "H1",
        /// The named desk only.
        H2 = "H2",
        /// The named persons only.
        H3 = "H3",
    }
);

coded!(
    /// What it may be used for. A reader needs one purpose in common with the label.
    Purpose {
        CounterIsis = "counter-isis",
        CounterSmuggling = "counter-smuggling",
        BorderSecurity = "border-security",
        Detention = "detention",
        RefugeeReturn = "refugee-return",
        EnergySupply = "energy-supply",
        Coordination = "coordination",
    }
);

coded!(
    /// Why it may be held at all.
    LegalBasis {
        OpenSource = "open-source",
        Agreement = "agreement",
        NationalLaw = "national-law",
        PublicTask = "public-task",
        CourtOrder = "court-order",
        VitalInterest = "vital-interest",
        Consent = "consent",
    }
);

coded!(
    /// Actual, exercise or test; never mixed on one picture.
    State {
        Actual = "actual",
        Exercise = "exercise",
        Test = "test",
    }
);

impl Tlp {
    /// Reads TLP marks as other tools write them, by this table and nothing else.
    ///
    /// TLP 1.0's WHITE is 2.0's CLEAR; spelling variants of AMBER+STRICT are seen in the field.
    /// Anything not listed is `Unknown`.
    #[must_use]
    pub fn of_foreign(mark: &str) -> Self {
        let upper = mark.trim().to_ascii_uppercase();
        match upper.strip_prefix("TLP:").unwrap_or(&upper).trim() {
            "CLEAR" | "WHITE" => Self::Clear,
            "GREEN" => Self::Green,
            "AMBER" => Self::Amber,
            "AMBER+STRICT" | "AMBER STRICT" | "AMBER-STRICT" => Self::AmberStrict,
            "RED" => Self::Red,
            _ => Self::Unknown,
        }
    }
}

/// How a record is to be guarded and why it may be held.
///
/// It does not say to whom the record is released: releases do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(map)]
pub struct Label {
    #[n(0)]
    pub tlp: Tlp,
    #[n(1)]
    pub handling: Handling,
    /// Originator control: passed on only with the originator's grant.
    #[n(2)]
    pub orcon: bool,
    #[n(3)]
    pub purpose: BTreeSet<Purpose>,
    #[n(4)]
    pub legal_basis: LegalBasis,
    /// The day by which a person must look at it again. Passing it flags, never loosens.
    #[n(5)]
    pub review: Date,
    #[n(6)]
    pub state: State,
    /// The day by which it must be gone, where one is set.
    #[n(7)]
    pub retention: Option<Date>,
}

/// What a reader holds: a partner under an agreement, a feed, or a viewer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(map)]
pub struct Entitlement {
    #[n(0)]
    pub tlp: Tlp,
    #[n(1)]
    pub handling: Handling,
    #[n(2)]
    pub purpose: BTreeSet<Purpose>,
    #[n(3)]
    pub state: BTreeSet<State>,
}

impl Entitlement {
    /// The one comparison of label and entitlement. Partner, feed and viewer all pass here.
    ///
    /// # Errors
    /// The reason the label is not covered; any unknown code on either side covers nothing.
    pub fn covers(&self, label: &Label) -> Result<(), Reason> {
        let unknown = label.tlp == Tlp::Unknown
            || label.handling == Handling::Unknown
            || label.legal_basis == LegalBasis::Unknown
            || label.state == State::Unknown
            || self.tlp == Tlp::Unknown
            || self.handling == Handling::Unknown;
        if unknown {
            return Err(Reason::LabelUnknown);
        }
        if !self.state.contains(&label.state) {
            return Err(Reason::LabelState);
        }
        if label.tlp > self.tlp || label.handling > self.handling {
            return Err(Reason::LabelAboveCeiling);
        }
        let shared = label.purpose.intersection(&self.purpose);
        if !shared.into_iter().any(|purpose| *purpose != Purpose::Unknown) {
            return Err(Reason::LabelPurpose);
        }
        Ok(())
    }
}

impl Label {
    /// Refuses a label our own people may not write: an unknown code, or no purpose.
    ///
    /// # Errors
    /// [`Reason::LabelUnknown`], [`Reason::LabelPurpose`].
    pub fn check(&self) -> Result<(), Reason> {
        let unknown = self.tlp == Tlp::Unknown
            || self.handling == Handling::Unknown
            || self.legal_basis == LegalBasis::Unknown
            || self.state == State::Unknown
            || self.purpose.contains(&Purpose::Unknown);
        if unknown {
            return Err(Reason::LabelUnknown);
        }
        if self.purpose.is_empty() { Err(Reason::LabelPurpose) } else { Ok(()) }
    }

    /// Whether every reader of `self` may also read `other`: `self` is at least as guarded in
    /// every field. Actual, exercise and test do not compare, nor do legal bases.
    #[must_use]
    pub fn at_least_as_strict_as(&self, other: &Self) -> bool {
        let gone_earlier = match (self.retention, other.retention) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(ours), Some(theirs)) => ours <= theirs,
        };
        self.tlp >= other.tlp
            && self.handling >= other.handling
            && self.orcon >= other.orcon
            && self.purpose.is_subset(&other.purpose)
            && self.legal_basis == other.legal_basis
            && self.review <= other.review
            && self.state == other.state
            && gone_earlier
    }

    /// Whether the same readers may read what stands under either label.
    #[must_use]
    pub fn is_read_like(&self, other: &Self) -> bool {
        self.tlp == other.tlp
            && self.handling == other.handling
            && self.purpose == other.purpose
            && self.state == other.state
    }

    /// The label under which a recipient holds it when the entry tightens some fields. An entry
    /// can only tighten: a looser value is ignored.
    #[must_use]
    pub fn tightened(&self, tighten: &crate::Tighten) -> Self {
        let mut label = self.clone();
        label.tlp = tighten.tlp.map_or(label.tlp, |tlp| tlp.max(label.tlp));
        label.handling = tighten.handling.map_or(label.handling, |code| code.max(label.handling));
        label
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;

    /// A small world: every combination of three values per field.
    fn labels() -> Vec<Label> {
        let mut all = Vec::new();
        let day = Moment::from_micros(0).date();
        let purposes = [
            BTreeSet::new(),
            BTreeSet::from([Purpose::Detention]),
            BTreeSet::from([Purpose::Detention, Purpose::CounterIsis]),
            BTreeSet::from([Purpose::Unknown]),
        ];
        for tlp in [Tlp::Clear, Tlp::Amber, Tlp::Red, Tlp::Unknown] {
            for handling in [Handling::H0, Handling::H2, Handling::Unknown] {
                for purpose in &purposes {
                    for state in [State::Actual, State::Exercise, State::Unknown] {
                        for legal_basis in [LegalBasis::Agreement, LegalBasis::Unknown] {
                            all.push(Label {
                                tlp,
                                handling,
                                orcon: false,
                                purpose: purpose.clone(),
                                legal_basis,
                                review: day,
                                state,
                                retention: None,
                            });
                        }
                    }
                }
            }
        }
        all
    }

    fn entitlements() -> Vec<Entitlement> {
        labels()
            .into_iter()
            .map(|label| Entitlement {
                tlp: label.tlp,
                handling: label.handling,
                purpose: label.purpose,
                state: BTreeSet::from([label.state]),
            })
            .collect()
    }

    #[test]
    fn tightening_never_lets_more_readers_in() {
        let (labels, readers) = (labels(), entitlements());
        for looser in &labels {
            for stricter in labels.iter().filter(|label| label.at_least_as_strict_as(looser)) {
                for reader in &readers {
                    let reads_stricter = reader.covers(stricter).is_ok();
                    assert!(!reads_stricter || reader.covers(looser).is_ok());
                }
            }
        }
    }

    #[test]
    fn attack_021_an_unknown_code_is_read_by_nobody() {
        let known = [
            ("TLP:WHITE", Tlp::Clear),
            ("tlp:amber+strict", Tlp::AmberStrict),
            ("AMBER STRICT", Tlp::AmberStrict),
            ("TLP:RED", Tlp::Red),
        ];
        for (mark, tlp) in known {
            assert_eq!(Tlp::of_foreign(mark), tlp, "{mark}");
        }
        for mark in ["TLP:VIOLET", "", "none", "TLP:", "REDD", "AMBER+LOOSE", "ＣＬＥＡＲ"] {
            assert_eq!(Tlp::of_foreign(mark), Tlp::Unknown, "{mark}");
        }
        // On the wire only the exact code counts, and an unknown one is covered by no reader.
        assert_eq!(Tlp::of_code("clear"), Tlp::Unknown);
        assert_eq!(Purpose::of_code("anything"), Purpose::Unknown);
        let everyone = Entitlement {
            tlp: Tlp::Unknown,
            handling: Handling::Unknown,
            purpose: Purpose::ALL.iter().copied().chain([Purpose::Unknown]).collect(),
            state: State::ALL.iter().copied().chain([State::Unknown]).collect(),
        };
        let widest = Entitlement { tlp: Tlp::Red, handling: Handling::H3, ..everyone.clone() };
        for label in labels() {
            let unknown = label.check() == Err(Reason::LabelUnknown);
            if unknown || label.purpose.is_empty() {
                assert!(widest.covers(&label).is_err(), "{label:?}");
            }
            assert!(everyone.covers(&label).is_err());
        }
    }
}
