//! What the API answers instead of doing what was asked: one form for every error.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_record::Reason;
use diwan_room::Fault;
use serde::Serialize;
use utoipa::ToSchema;

/// The body of every answer that is not a success.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Refused {
    pub(crate) error: Telling,
}

/// What happened, by a stable code and in plain words, and what to do about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Telling {
    pub(crate) code: String,
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hint: Option<String>,
    /// The part of what was sent that it is about, such as `body.place`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<String>,
}

/// An answer that is not a success.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    telling: Telling,
    /// Seconds after which asking again makes sense.
    retry_s: Option<u64>,
}

impl Telling {
    pub(crate) fn of(reason: &Reason) -> Self {
        let told = Some(reason.hint()).filter(|hint| !hint.is_empty());
        Self {
            code: reason.code().to_owned(),
            message: reason.to_string(),
            hint: told.map(str::to_owned),
            field: None,
        }
    }

    /// The telling of a code that a ledger kept or a partner told.
    pub(crate) fn of_code(code: &str) -> Self {
        let (message, hint) = Reason::of_code(code).unwrap_or((code, ""));
        Self {
            code: code.to_owned(),
            message: message.to_owned(),
            hint: Some(hint).filter(|hint| !hint.is_empty()).map(str::to_owned),
            field: None,
        }
    }
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &str, message: &str, hint: &str) -> Self {
        let hint = Some(hint).filter(|hint| !hint.is_empty()).map(str::to_owned);
        let (code, message) = (code.to_owned(), message.to_owned());
        Self { status, telling: Telling { code, message, hint, field: None }, retry_s: None }
    }

    /// A hidden thing and one that does not exist are told alike.
    pub(crate) fn unknown() -> Self {
        Self::from(Reason::ItemUnknown)
    }

    pub(crate) fn no_session() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "session/none", "nobody is signed in", "sign in")
    }

    /// The log has what happened; the answer has nothing of it.
    pub(crate) fn fault() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "node/fault",
            "the node could not do this",
            "try again; the node's log says why",
        )
    }

    pub(crate) fn field(mut self, field: &str) -> Self {
        self.telling.field = Some(field.to_owned());
        self
    }

    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_s = Some(seconds);
        self
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(Refused { error: self.telling })).into_response();
        if let Some(seconds) = self.retry_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        // What speaks of a record nobody here knows says no more than that.
        let reason = if reason == Reason::RecordUnknown { Reason::ItemUnknown } else { reason };
        let mut telling = Telling::of(&reason);
        telling.field = field(&reason).map(str::to_owned);
        Self { status: status(&reason), telling, retry_s: None }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        tracing::error!(%fault, "an answer to a screen failed");
        Self::fault()
    }
}

impl From<anyhow::Error> for Refusal {
    fn from(error: anyhow::Error) -> Self {
        tracing::error!(error = format!("{error:#}"), "an answer to a screen failed");
        Self::fault()
    }
}

fn status(reason: &Reason) -> StatusCode {
    match reason {
        Reason::ItemUnknown | Reason::RecordUnknown => StatusCode::NOT_FOUND,
        Reason::RoleMissing | Reason::ReleaseSamePerson | Reason::NotOurs => StatusCode::FORBIDDEN,
        Reason::JsonForm(_) => StatusCode::BAD_REQUEST,
        Reason::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Reason::VersionStale
        | Reason::VersionForked
        | Reason::ReleaseChanged
        | Reason::ReleaseDecided
        | Reason::Withdrawn
        | Reason::AlreadyHeld => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn field(reason: &Reason) -> Option<&'static str> {
    match reason {
        Reason::BodyShape(_) | Reason::TextEmpty | Reason::TextLong | Reason::ListLong => {
            Some("body")
        }
        Reason::PlaceOutside => Some("body.place"),
        Reason::SpanBackwards => Some("body.when"),
        Reason::LabelUnknown
        | Reason::LabelState
        | Reason::LabelAboveCeiling
        | Reason::LabelPurpose
        | Reason::LabelLooser => Some("label"),
        _ => None,
    }
}
