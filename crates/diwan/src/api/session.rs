//! Signing in and out, and what the person at the screen may do.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use diwan_record::{Kind, LegalBasis, limits};
use diwan_room::{Person as Account, PersonId, Role};
use diwan_store::Session;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::Sent;
use super::codes::{self, Handling, Purpose, Tlp};
use super::refusal::{Refusal, Refused};
use super::shapes::{Label, Partner};
use super::sight::usual_state;
use super::{Screens, Seat};
use crate::people::{self, PersonKey};
use crate::session::{SESSION_S, Secure, Token, no_cookie};

/// Days until a person must look at a record again, where the author says nothing else.
const REVIEW_DAYS: i32 = 365;

/// Who is at the screen and what the screen may offer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    person: MyPerson,
    partner: Partner,
    states: BTreeSet<codes::State>,
    may: May,
    ceiling: Ceiling,
    default_label: Label,
}

#[derive(Debug, Serialize, ToSchema)]
struct MyPerson {
    id: String,
    name: String,
    roles: BTreeSet<codes::Role>,
}

/// What the room would not refuse for the role alone. The screen hides the rest; the room decides.
#[derive(Debug, Serialize, ToSchema)]
struct May {
    write: Vec<String>,
    request_release: bool,
    sign_release: bool,
    recall: bool,
    administer: bool,
    /// Whether the audit log may be read.
    inspect: bool,
    /// Whether there is a seat at the open-source desk.
    read_articles: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct Ceiling {
    tlp: Tlp,
    handling: Handling,
    purpose: BTreeSet<Purpose>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    person: String,
    password: String,
}

/// Signs in. An unknown person and a wrong password are answered alike.
#[utoipa::path(
    post, path = "/api/session", tag = "session", request_body = SignIn,
    responses((status = 200, body = Me), (status = "4XX", body = Refused))
)]
pub(super) async fn sign_in(
    State(screens): State<Screens>,
    from: Option<Extension<SocketAddr>>,
    headers: HeaderMap,
    Sent(asked): Sent<SignIn>,
) -> Result<Response, Refusal> {
    let source = from.map_or_else(|| "here".to_owned(), |Extension(at)| at.ip().to_string());
    let now = screens.node.clock.now();
    screens.door.knock(&asked.person, &source, now).map_err(slow_down)?;
    let (account, key) = check(&screens, &asked).await?;
    screens.door.welcome(&asked.person, &source);
    let token = Token::draw();
    let session = Session {
        id: token.digest(),
        person: account.id.to_string(),
        created: now,
        expires: now.plus(SESSION_S * 1_000_000),
        key: key.to_sealed(token.bytes()),
    };
    let before = Token::of_request(&headers, &screens.node.own.id).map(|token| token.digest());
    screens
        .off_thread(move |screens| {
            let local = screens.node.store.local();
            local.end_old_sessions(now)?;
            // A new sign-in ends what the browser held before.
            if let Some(before) = before {
                local.end_session(&before)?;
            }
            Ok(local.put_session(&session)?)
        })
        .await?;
    let me = Json(of_account(&screens, &account)).into_response();
    Ok(with_cookie(me, &token.cookie(&screens.node.own.id, Secure::of_request(&headers))))
}

/// Who is signed in.
#[utoipa::path(
    get, path = "/api/session", tag = "session",
    responses((status = 200, body = Me), (status = "4XX", body = Refused))
)]
pub(super) async fn me(State(screens): State<Screens>, seat: Seat) -> Json<Me> {
    Json(of_account(&screens, &seat.person))
}

/// Signs out; the session and its key are gone from the node.
#[utoipa::path(
    delete, path = "/api/session", tag = "session",
    responses((status = 204), (status = "4XX", body = Refused))
)]
pub(super) async fn sign_out(
    State(screens): State<Screens>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let own = screens.node.own.id.clone();
    if let Some(token) = Token::of_request(&headers, &own) {
        let session = token.digest();
        screens.seen.forget(&session);
        screens
            .off_thread(move |screens| Ok(screens.node.store.local().end_session(&session)?))
            .await?;
    }
    let gone = no_cookie(&own, Secure::of_request(&headers));
    Ok(with_cookie(StatusCode::NO_CONTENT.into_response(), &gone))
}

fn slow_down(seconds: u64) -> Refusal {
    Refusal::new(
        StatusCode::TOO_MANY_REQUESTS,
        "session/slow-down",
        "too many failed attempts",
        &format!("wait {seconds} seconds and try again"),
    )
    .retry_after(seconds)
}

fn refused() -> Refusal {
    Refusal::new(
        StatusCode::UNAUTHORIZED,
        "session/refused",
        "name or password is wrong",
        "try again, or ask the administrator",
    )
}

/// Checks name and password. Every way to be refused takes one password's time.
async fn check(screens: &Screens, asked: &SignIn) -> Result<(Account, PersonKey), Refusal> {
    if asked.password.len() > limits::PASSWORD_BYTES {
        return Err(refused());
    }
    let Ok(_waiting) = Arc::clone(&screens.door.waiting).try_acquire_owned() else {
        return Err(slow_down(2));
    };
    let turn = Arc::clone(&screens.door.checks).acquire_owned().await;
    let _turn = turn.map_err(|_| Refusal::fault())?;
    let (person, password) = (asked.person.clone(), asked.password.clone());
    screens
        .off_thread(move |screens| {
            let account = match person.parse::<PersonId>() {
                Ok(id) => {
                    screens.node.store.reader()?.ledger(|ledger| Account::find(ledger, &id))?
                }
                Err(_) => None,
            };
            let Some(account) = account else {
                people::waste_time(&password);
                return Err(refused());
            };
            let key = people::check_password(&account.credential, &password);
            match key {
                Some(key) if !account.disabled => Ok((account, key)),
                _ => Err(refused()),
            }
        })
        .await
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn of_account(screens: &Screens, account: &Account) -> Me {
    let own = &screens.node.own;
    let entitlement = &account.entitlement;
    let write = Kind::ALL.iter().filter(|kind| account.may(|role| role.writes(kind)));
    Me {
        person: MyPerson {
            id: account.id.to_string(),
            name: account.name.clone(),
            roles: account.roles.iter().map(|role| (*role).into()).collect(),
        },
        partner: Partner::new(&own.id, &own.names),
        states: entitlement.state.iter().map(|state| (*state).into()).collect(),
        may: May {
            write: write.map(|kind| kind.code().to_owned()).collect(),
            request_release: account.may(Role::asks_release),
            sign_release: account.has(Role::ReleasingOfficer),
            recall: account.may(Role::recalls),
            administer: account.has(Role::Administrator),
            inspect: may_inspect(account),
            read_articles: account.may(Role::reads_articles),
        },
        ceiling: Ceiling {
            tlp: entitlement.tlp.into(),
            handling: entitlement.handling.into(),
            purpose: entitlement.purpose.iter().map(|one| (*one).into()).collect(),
        },
        default_label: Label::from(&default_label(screens, account)),
    }
}

/// Who may read the audit log and the node's own numbers: they tell of records by identifiers and
/// counts that others must not learn.
pub(super) fn may_inspect(account: &Account) -> bool {
    account.has(Role::Inspector) || account.has(Role::Administrator)
}

/// What a form starts with: guarded, never above what its author may read.
pub(super) fn default_label(screens: &Screens, account: &Account) -> diwan_record::Label {
    let entitlement = &account.entitlement;
    diwan_record::Label {
        tlp: diwan_record::Tlp::Amber.min(entitlement.tlp),
        handling: diwan_record::Handling::H1.min(entitlement.handling),
        orcon: false,
        purpose: entitlement.purpose.clone(),
        legal_basis: LegalBasis::Agreement,
        review: screens.node.clock.now().date().plus_days(REVIEW_DAYS),
        state: usual_state(account),
        retention: None,
    }
}
