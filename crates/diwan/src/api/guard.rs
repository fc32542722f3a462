//! What every request passes and every answer carries: same origin, JSON only, no caching, no
//! foreign content on the page.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::refusal::Refusal;
use crate::assets;

/// Headers of every answer: what a browser may do with it.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), payment=(), usb=()"),
];

/// Stands before everything.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let of_api = is_api(request.uri().path());
    let mut response = match check(request.method(), request.headers()) {
        Err(refusal) if of_api => refusal.into_response(),
        _ => next.run(request).await,
    };
    protect(&mut response, of_api);
    response
}

pub(crate) fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// A change must come from our own page: another origin is refused, and a form cannot send JSON.
fn check(method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    let own_site = site.is_none_or(|site| site == b"same-origin" || site == b"none");
    // A proxy must hand the host on as it was asked for, or every change is refused.
    let own_origin = match (headers.contains_key(header::ORIGIN), text(header::ORIGIN)) {
        (false, _) => true,
        (true, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text(header::HOST)
        }
        (true, None) => false,
    };
    if !(own_site && own_origin) {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "request/origin",
            "the request came from another site",
            "use the node's own page",
        ));
    }
    let media = text(header::CONTENT_TYPE).unwrap_or("").split(';').next().unwrap_or("").trim();
    if !media.eq_ignore_ascii_case("application/json") {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "request/media-type",
            "only `application/json` is understood",
            "send JSON and say so in `Content-Type`",
        ));
    }
    Ok(())
}

fn protect(response: &mut Response<Body>, of_api: bool) {
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if of_api {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let nothing = "default-src 'none'; frame-ancestors 'none'";
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(nothing));
    } else if !headers.contains_key(header::CONTENT_SECURITY_POLICY)
        && let Ok(policy) = HeaderValue::from_str(&assets::policy(None))
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}
