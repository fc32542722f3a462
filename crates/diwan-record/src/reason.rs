//! Why something was refused, withheld or changed: a closed list with stable codes.

use std::fmt;

/// Who is at fault, so that screens and logs can say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The person who wrote or asked.
    Author,
    /// The partner broke the rules of the exchange.
    Partner,
    /// The partner differs from us: version, clock, agreement not yet seen.
    Difference,
    /// Our own policy.
    Policy,
    /// Nobody: an ordinary state of affairs.
    Nobody,
}

/// Whether the code may be told to the partner concerned. Text never leaves, only the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    Partner,
    Inside,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $(($inner:ty))? = $code:literal, $fault:ident, $tell:ident,
        $message:literal, $hint:literal;)+) => {
        /// A refusal's reason. Its text has no content of records in it.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Reason { $($(#[$doc])* #[doc = $message] $name $(($inner))?,)+ }

        impl Reason {
            /// Every code, for catalogues and checks.
            pub const CODES: &[&str] = &[$($code),+];

            /// The stable code.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self { $(reasons!(@pattern $name $($inner)?) => $code,)+ }
            }

            #[must_use]
            pub fn fault(&self) -> Fault {
                match self { $(reasons!(@pattern $name $($inner)?) => Fault::$fault,)+ }
            }

            #[must_use]
            pub fn tell(&self) -> Tell {
                match self { $(reasons!(@pattern $name $($inner)?) => Tell::$tell,)+ }
            }

            /// What to do about it; empty where nothing needs doing.
            #[must_use]
            pub fn hint(&self) -> &'static str {
                match self { $(reasons!(@pattern $name $($inner)?) => $hint,)+ }
            }

            fn message(&self) -> &'static str {
                match self { $(reasons!(@pattern $name $($inner)?) => $message,)+ }
            }

            /// Message and hint of a code, for one that a partner told or a ledger kept.
            #[must_use]
            pub fn of_code(code: &str) -> Option<(&'static str, &'static str)> {
                match code { $($code => Some(($message, $hint)),)+ _ => None }
            }
        }
    };
    (@pattern $name:ident) => { Self::$name };
    (@pattern $name:ident $inner:ty) => { Self::$name(_) };
}

reasons! {
    // Form
    TooLarge = "form/too-large", Partner, Partner,
        "larger than the limit", "split it, or leave attachments out";
    NotCanonical = "form/not-canonical", Partner, Partner,
        "not in the one canonical byte form", "send exactly the bytes that were signed";
    Shape = "form/shape", Partner, Partner,
        "not of the expected form", "check that both sides run compatible versions";
    HeaderNewer = "form/newer-header", Difference, Partner,
        "the header has a field this version must understand and does not", "upgrade this node";
    JsonForm(String) = "form/json", Author, Partner,
        "the body is not strict JSON", "remove duplicate keys, deep nesting or broken characters";
    BodyShape(String) = "form/body", Author, Partner,
        "the body does not have the form of its kind", "compare it with the kind's JSON Schema";
    DigestWrong = "form/digest", Partner, Partner,
        "the bytes are not those that were named", "send the record again";
    IdForm = "form/id", Author, Inside,
        "not an identifier", "use the lower-case hexadecimal form";
    LooksAlike = "form/look-alike", Author, Inside,
        "it cannot be told by eye from one that is there already", "choose another name or code";
    PartnerForm = "form/partner", Author, Inside,
        "not a partner code", "use 2 to 16 capitals, digits or hyphens, such as JOR";
    TimeForm = "form/time", Author, Inside,
        "not a date or time with a zone", "write 2025-03-09 or 2025-03-09T10:00:00Z";
    SpanBackwards = "form/span", Author, Inside,
        "it ends before it starts", "swap start and end";
    PlaceOutside = "form/place", Author, Inside,
        "the position is not on the earth", "longitude is -180 to 180, latitude -90 to 90";
    TextEmpty = "form/text-empty", Author, Inside,
        "a required text is empty", "write it in at least one language";
    TextLong = "form/text-long", Author, Inside,
        "a text is longer than the limit", "shorten it";
    ListLong = "form/list-long", Author, Inside,
        "a list is longer than the limit", "split it into two records";
    // Keys and signatures
    KeyUnfit = "key/unfit", Partner, Partner,
        "the key is not a sound Ed25519 key", "make a new key";
    KeyUnknown = "key/unknown", Difference, Inside,
        "no key of that originator is known here", "pair with the originator first";
    SignatureWrong = "key/signature", Partner, Partner,
        "the signature does not verify", "do not trust the sender until this is explained";
    KeyRetired = "key/retired", Partner, Partner,
        "it is signed by a key that was renewed before", "have its originator sign it again";
    // Labels
    LabelUnknown = "label/unknown", Difference, Partner,
        "the label has a code this node does not know", "treat it as not releasable";
    LabelState = "label/state", Policy, Partner,
        "actual, exercise and test do not mix", "switch to the other picture";
    LabelAboveCeiling = "label/above-ceiling", Policy, Inside,
        "the label is above the ceiling", "ask for a wider agreement or release a tear line";
    LabelPurpose = "label/purpose", Policy, Inside,
        "no purpose in common", "name a purpose the reader is entitled to";
    LabelLooser = "label/looser", Author, Partner,
        "a new version may not carry a looser label", "write a tear line for the wider audience";
    // Writing
    RoleMissing = "role/missing", Policy, Inside,
        "this person's role does not allow it", "ask someone whose role does";
    ItemUnknown = "item/unknown", Nobody, Inside,
        "there is no such item", "check the address";
    RecordUnknown = "record/unknown", Nobody, Partner,
        "it refers to something unknown here", "it waits until that arrives";
    NotOurs = "record/not-ours", Author, Inside,
        "only the originator may do that", "attach a note with what you know";
    VersionStale = "record/version-stale", Author, Inside,
        "a newer version exists", "read the newest version and correct that one";
    VersionForked = "record/forked", Partner, Partner,
        "two different records claim the same version", "both are kept as evidence";
    KindNotWritable = "record/kind", Author, Inside,
        "this kind is not written by people", "use the command made for it";
    ClockAhead = "record/clock-ahead", Difference, Partner,
        "the author's time is more than ten minutes ahead", "check the clocks";
    Withdrawn = "record/withdrawn", Nobody, Partner,
        "it was recalled by its originator", "";
    // Exchange
    PartnerUnknown = "partner/unknown", Policy, Inside,
        "no such partner is paired", "pair with it first";
    AgreementNone = "agreement/none", Policy, Partner,
        "no agreement is in force", "propose one; two people on each side sign it";
    AgreementExpired = "agreement/expired", Policy, Partner,
        "the agreement has ended", "propose a new one";
    AgreementKind = "agreement/kind", Policy, Inside,
        "the agreement does not cover this kind", "ask for a wider agreement";
    AgreementConflict = "agreement/conflict", Author, Partner,
        "the agreement replaces another one than that in force", "propose it again";
    ReleaseAwaiting = "release/awaiting", Policy, Inside,
        "nobody has released it to this partner", "ask for release";
    ReleaseSamePerson = "release/same-person", Author, Inside,
        "the person who asked may not sign", "another releasing officer must sign";
    ReleaseChanged = "release/changed", Nobody, Inside,
        "the request is not the one that was shown", "read it again and sign what it says now";
    ReleaseDecided = "release/decided", Nobody, Inside,
        "the request was already decided", "";
    OriginatorDecides = "release/originator-decides", Policy, Partner,
        "only its originator may pass it on", "ask the originator for a grant";
    ReferenceHeld = "release/reference", Policy, Inside,
        "it refers to an item this partner does not hold", "release that item too";
    AlreadyHeld = "release/already-held", Nobody, Inside,
        "the partner holds it already", "";
    StreamOther = "stream/other", Partner, Partner,
        "the entry belongs to another stream", "the sender must sign for this stream";
    StreamGap = "stream/gap", Partner, Partner,
        "the entries do not continue the stream", "send again from the last receipt";
    StreamFork = "stream/fork", Partner, Partner,
        "two histories of one stream exist", "both are kept as evidence; people must talk";
    StreamRolledBack = "stream/rolled-back", Partner, Partner,
        "the partner lost entries it had before", "its backup was restored; catch-up follows";
    WeRolledBack = "stream/we-rolled-back", Policy, Inside,
        "this node lost entries it had sent before",
        "a backup was restored here; the partner gives them back";
    SessionOther = "session/other", Partner, Inside,
        "the message is from another session", "";
    VersionOther = "session/version", Difference, Partner,
        "no protocol version in common", "upgrade the older node";
    ParkedFull = "stream/parked-full", Partner, Partner,
        "too many records of this partner wait for something unknown", "send what they refer to";
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JsonForm(where_) | Self::BodyShape(where_) => {
                write!(f, "{}: {where_}", self.message())
            }
            _ => f.write_str(self.message()),
        }
    }
}

impl std::error::Error for Reason {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_wording_follows_the_house() {
        let mut codes = Reason::CODES.to_vec();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Reason::CODES.len());
        for code in Reason::CODES {
            let (message, hint) = Reason::of_code(code).unwrap();
            for text in [message, hint] {
                assert!(!text.ends_with('.') && !text.contains('\n'), "{code}");
            }
            assert!(message.starts_with(|c: char| c.is_lowercase()), "{code}");
        }
    }
}
