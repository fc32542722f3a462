//! Why a link is down, in a stable code and in plain words.

use diwan_record::{PartnerId, Reason};

/// Why a conversation did not begin, or ended.
#[derive(Debug)]
pub(crate) enum Why {
    /// No address of it is known: it must call.
    Waiting,
    /// No address answered.
    Unreachable(String),
    /// Its key is not the one that was paired.
    WrongKey,
    /// Its certificate is not valid today.
    Expired,
    /// The other side does not accept our key.
    RefusedUs,
    /// It speaks no version of the exchange that we do, or something else altogether.
    OtherLanguage,
    Silent,
    /// It does not take what it is sent.
    Slow,
    Closed,
    /// The network broke it off.
    Broken(String),
    /// It sent what may not be sent.
    Rules(Reason),
    /// The room ended it.
    Hung(Reason),
    /// The partner ended it and said why, in a code known here.
    Bye(&'static str),
    Stopping,
}

impl Why {
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Waiting => "link/waiting",
            Self::Unreachable(_) => "link/unreachable",
            Self::WrongKey => "link/wrong-key",
            Self::Expired => "link/expired",
            Self::RefusedUs => "link/refused-us",
            Self::OtherLanguage => "link/other-language",
            Self::Silent => "link/silent",
            Self::Slow => "link/slow",
            Self::Closed => "link/closed",
            Self::Broken(_) => "link/broken",
            Self::Rules(reason) | Self::Hung(reason) => reason.code(),
            Self::Bye(code) => code,
            Self::Stopping => "link/stopping",
        }
    }

    pub(crate) fn words(&self, partner: &PartnerId) -> String {
        match self {
            Self::Waiting => format!("no address of {partner} is known here: it must call"),
            Self::Unreachable(what) => format!("{partner} cannot be reached: {what}"),
            Self::WrongKey => {
                format!("{partner} refused: its key is not the one that was paired")
            }
            Self::Expired => format!(
                "{partner} refused: its certificate is not valid today; check both clocks and keys"
            ),
            Self::RefusedUs => format!(
                "{partner} refused this node: the key it knows of us is another, or it has not \
                 paired yet"
            ),
            Self::OtherLanguage => {
                format!("{partner} speaks no version of the exchange known here")
            }
            Self::Silent => format!("{partner} has been silent for 15 seconds"),
            Self::Slow => format!("{partner} takes nothing of what it is sent; the rest waits"),
            Self::Closed => format!("{partner} closed the connection"),
            Self::Broken(what) => format!("the connection with {partner} broke: {what}"),
            Self::Rules(reason) => format!("{partner} broke the rules of the exchange: {reason}"),
            Self::Hung(reason) => format!("the conversation with {partner} was ended: {reason}"),
            Self::Bye(code) => {
                let told = Reason::of_code(code).map_or("no reason known here", |(told, _)| told);
                format!("{partner} ended the conversation: {told}")
            }
            Self::Stopping => "this node is stopping".to_owned(),
        }
    }
}
