//! The authenticated person behind a request: found by the cookie and by nothing else.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use diwan_record::Digest;
use diwan_room::{Person, PersonId};

use super::Screens;
use super::refusal::Refusal;
use crate::people::PersonKey;
use crate::session::Token;

/// A person at a screen. INVARIANT: made only from a live session of an account that is not
/// disabled; no header, parameter or body names the acting person.
#[derive(Debug)]
pub(crate) struct Seat {
    pub(crate) person: Person,
    token: Token,
    sealed: Vec<u8>,
}

impl Seat {
    pub(crate) fn id(&self) -> PersonId {
        self.person.id.clone()
    }

    /// Names the session; the token itself is not shown around.
    pub(crate) fn session(&self) -> Digest {
        self.token.digest()
    }

    /// The person's own key, usable while the cookie is presented.
    pub(crate) fn key(&self) -> Result<PersonKey, Refusal> {
        PersonKey::from_sealed(&self.sealed, self.token.bytes()).ok_or_else(Refusal::no_session)
    }
}

impl FromRequestParts<Screens> for Seat {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, screens: &Screens) -> Result<Self, Refusal> {
        screens.seat(&parts.headers).await
    }
}

impl Screens {
    /// Whose session the cookie is of.
    pub(crate) async fn seat(&self, headers: &HeaderMap) -> Result<Seat, Refusal> {
        let token =
            Token::of_request(headers, &self.node.own.id).ok_or_else(Refusal::no_session)?;
        let digest = token.digest();
        let (person, sealed) = self.off_thread(move |screens| screens.at_session(&digest)).await?;
        Ok(Seat { person, token, sealed })
    }

    /// The account behind a session and its sealed key, if both are alive now.
    pub(crate) fn at_session(&self, session: &Digest) -> Result<(Person, Vec<u8>), Refusal> {
        let now = self.node.clock.now();
        let kept = self.node.store.local().session(session, now)?;
        let kept = kept.ok_or_else(Refusal::no_session)?;
        let id: PersonId = kept.person.parse().map_err(|_| Refusal::no_session())?;
        let person = self.node.store.reader()?.ledger(|ledger| Person::find(ledger, &id))?;
        let person = person.filter(|person| !person.disabled).ok_or_else(Refusal::no_session)?;
        Ok((person, kept.key))
    }
}
