//! Fixed codes as the API writes them. The room's own types are never serialised.

use diwan_record as record;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An enumeration of the API that stands for one of the record's, code by code. Codes are taken as
/// tokens, because the description does not see through a literal that a macro has matched.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident for $theirs:path { $($variant:ident = $code:tt),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
        )]
        pub(crate) enum $name { $(#[serde(rename = $code)] $variant),+ }

        impl From<$theirs> for $name {
            fn from(theirs: $theirs) -> Self {
                use $theirs as Theirs;
                match theirs { $(Theirs::$variant => Self::$variant),+ }
            }
        }

        impl From<$name> for $theirs {
            fn from(ours: $name) -> Self {
                match ours { $($name::$variant => Self::$variant),+ }
            }
        }
    };
}

codes!(
    /// Traffic Light Protocol 2.0.
    Tlp for record::Tlp {
        Clear = "CLEAR", Green = "GREEN", Amber = "AMBER", AmberStrict = "AMBER+STRICT",
        Red = "RED", Unknown = "UNKNOWN",
    }
);
codes!(
    /// Who inside a partner may use it.
    Handling for record::Handling { H0 = "H0", H1 = "H1", H2 = "H2", H3 = "H3", Unknown = "UNKNOWN" }
);
codes!(
    /// What it may be used for.
    Purpose for record::Purpose {
        CounterIsis = "counter-isis", CounterSmuggling = "counter-smuggling",
        BorderSecurity = "border-security", Detention = "detention",
        RefugeeReturn = "refugee-return", EnergySupply = "energy-supply",
        Coordination = "coordination", Unknown = "UNKNOWN",
    }
);
codes!(
    /// Why it may be held at all.
    LegalBasis for record::LegalBasis {
        OpenSource = "open-source", Agreement = "agreement", NationalLaw = "national-law",
        PublicTask = "public-task", CourtOrder = "court-order", VitalInterest = "vital-interest",
        Consent = "consent", Unknown = "UNKNOWN",
    }
);
codes!(
    /// Actual, exercise or test: a picture is of exactly one.
    State for record::State {
        Actual = "actual", Exercise = "exercise", Test = "test", Unknown = "UNKNOWN",
    }
);
codes!(
    /// How urgently it is to be carried and looked at.
    Precedence for record::Precedence {
        Routine = "ROUTINE", Priority = "PRIORITY", Immediate = "IMMEDIATE", Flash = "FLASH",
    }
);
codes!(
    /// What a holder did with a record or with its recall.
    Answer for record::kind::Answer {
        Removed = "removed", UsedIn = "used-in", Refused = "refused", Read = "read",
        Actioned = "actioned",
    }
);
codes!(
    /// What a person does in the room.
    Role for diwan_room::Role {
        WatchOfficer = "watch-officer", ReleasingOfficer = "releasing-officer",
        Analyst = "analyst", Liaison = "liaison", SiteDesk = "site-desk",
        Administrator = "administrator", Inspector = "inspector",
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_written_as_the_record_writes_it() {
        let written = |value: serde_json::Value| value.as_str().unwrap().to_owned();
        for tlp in record::Tlp::ALL {
            assert_eq!(written(serde_json::to_value(Tlp::from(*tlp)).unwrap()), tlp.code());
        }
        for code in record::Handling::ALL {
            assert_eq!(written(serde_json::to_value(Handling::from(*code)).unwrap()), code.code());
        }
        for code in record::Purpose::ALL {
            assert_eq!(written(serde_json::to_value(Purpose::from(*code)).unwrap()), code.code());
        }
        for code in record::LegalBasis::ALL {
            let ours = serde_json::to_value(LegalBasis::from(*code)).unwrap();
            assert_eq!(written(ours), code.code());
        }
        for code in record::State::ALL {
            assert_eq!(written(serde_json::to_value(State::from(*code)).unwrap()), code.code());
        }
        for code in record::Precedence::ALL {
            assert_eq!(written(serde_json::to_value(Precedence::from(code)).unwrap()), code.code());
        }
        for code in diwan_room::Role::ALL {
            assert_eq!(written(serde_json::to_value(Role::from(code)).unwrap()), code.code());
        }
    }
}
