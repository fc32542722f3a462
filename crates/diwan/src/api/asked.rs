//! Reading what was sent: strict JSON within a limit, and query parameters, refused in one form.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use diwan_record::{Reason, json, limits};
use serde::de::DeserializeOwned;

use super::refusal::Refusal;

/// A record of the largest size with its label and quotes.
pub(crate) const BODY_BYTES: usize = limits::RECORD_BYTES + (16 << 10);

/// A JSON body. Duplicate keys and the like are refused as in records: what was checked and what
/// was kept must be the same.
pub(crate) struct Sent<T>(pub(crate) T);

/// Query parameters.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let said = request.headers().get(header::CONTENT_LENGTH);
        let said = said.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
        if said.is_some_and(|length| length > BODY_BYTES) {
            return Err(Reason::TooLarge.into());
        }
        let bytes = to_bytes(request.into_body(), BODY_BYTES).await;
        let bytes = bytes.map_err(|_| Refusal::from(Reason::TooLarge))?;
        Ok(Self(json::read(&bytes)?))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let read = Query::<T>::try_from_uri(&parts.uri);
        read.map(|Query(asked)| Self(asked)).map_err(|_| {
            Refusal::new(
                StatusCode::BAD_REQUEST,
                "form/query",
                "a parameter of the address is not understood",
                "compare it with the API's description",
            )
        })
    }
}
