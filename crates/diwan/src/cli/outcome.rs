//! How a command ends: what is said, and the exit code.

use std::io::Write as _;
use std::process::ExitCode;

use diwan_names::display::readable;
use diwan_record::Reason;
use serde_json::{Value, json};

/// Refused with a reason.
pub const REFUSED: u8 = 1;
/// Called wrongly.
pub const USAGE: u8 = 2;
/// The world failed.
const FAULT: u8 = 3;

/// What a command says when it is done: for people, and for machines.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) json: Value,
}

/// Why a command is not done.
#[derive(Debug)]
pub(crate) enum Failure {
    Refused { code: String, message: String, hint: String },
    Usage(String),
    Fault(anyhow::Error),
}

pub(super) type Done = Result<Said, Failure>;

impl Failure {
    pub(super) fn refused(message: impl Into<String>, hint: impl Into<String>) -> Self {
        let code = "command/refused".to_owned();
        Self::Refused { code, message: message.into(), hint: hint.into() }
    }
}

impl From<Reason> for Failure {
    fn from(reason: Reason) -> Self {
        Self::Refused {
            code: reason.code().to_owned(),
            message: reason.to_string(),
            hint: reason.hint().to_owned(),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(fault: anyhow::Error) -> Self {
        match fault.downcast::<Reason>() {
            Ok(reason) => reason.into(),
            Err(fault) => Self::Fault(fault),
        }
    }
}

/// Says how it ended and gives the exit code.
pub(super) fn tell(done: Done, json: bool) -> ExitCode {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    // Whoever reads may have gone away; the exit code still tells.
    match done {
        Ok(said) if json => {
            let _ = writeln!(out, "{:#}", said.json);
            ExitCode::SUCCESS
        }
        Ok(said) => {
            let _ = writeln!(out, "{}", readable(said.text.trim_end()));
            ExitCode::SUCCESS
        }
        Err(failure) => {
            let (code, exit, message, hint) = failure.parts();
            if json {
                let error = json!({ "code": code, "message": message, "hint": hint });
                let _ = writeln!(out, "{:#}", json!({ "error": error }));
            } else {
                let _ = writeln!(err, "{}", readable(&message));
                if !hint.is_empty() {
                    let _ = writeln!(err, "hint: {}", readable(&hint));
                }
            }
            ExitCode::from(exit)
        }
    }
}

impl Failure {
    fn parts(self) -> (String, u8, String, String) {
        match self {
            Self::Refused { code, message, hint } => (code, REFUSED, message, hint),
            Self::Usage(message) => {
                let hint = "`--help` explains the command".to_owned();
                ("command/usage".to_owned(), USAGE, message, hint)
            }
            Self::Fault(fault) => {
                ("command/fault".to_owned(), FAULT, format!("{fault:#}"), String::new())
            }
        }
    }
}
