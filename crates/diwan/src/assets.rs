//! The screens' files, built into the program: cached by name or tag, the base map in ranges.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri};
use futures_util::stream;
use rust_embed::{EmbeddedFile, RustEmbed};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

/// Debug builds read the folder at run time, so that work on the screens needs no Rust build.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Dist;

/// Where the screens look for the base map.
const BASEMAP: &str = "basemap.pmtiles";
/// In the page shell: replaced in each answer, so that the page may add styles and nobody else.
const NONCE_MARK: &str = "__NONCE__";
const CHUNK: usize = 64 << 10;

/// What part of a file was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    /// First byte and one past the last.
    Range(u64, u64),
    Outside,
}

/// Answers any path that is not of the API: a file, or the page shell, which holds no content.
pub async fn serve(
    basemap: Option<Arc<PathBuf>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        return empty(StatusCode::METHOD_NOT_ALLOWED);
    }
    let path = uri.path().trim_start_matches('/');
    if let (BASEMAP, Some(other)) = (path, &basemap) {
        return outside(other, &headers).await;
    }
    // Names that start with a dot are the build's own.
    let hidden = path.split('/').any(|part| part.starts_with('.'));
    match Dist::get(path).filter(|_| !hidden && path != "index.html") {
        Some(file) => embedded(path, file, &headers),
        None if path.starts_with("assets/") => empty(StatusCode::NOT_FOUND),
        None => shell(),
    }
}

/// What the page may do: run our own scripts, and nothing that came with content.
#[must_use]
pub fn policy(nonce: Option<&str>) -> String {
    let style = nonce.map_or_else(String::new, |nonce| format!(" 'nonce-{nonce}'"));
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'{style}; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'"
    )
}

fn shell() -> Response<Body> {
    let Some(page) = Dist::get("index.html") else {
        return empty(StatusCode::NOT_FOUND);
    };
    let page = String::from_utf8_lossy(&page.data);
    let nonce = page.contains(NONCE_MARK).then(nonce).flatten();
    let page =
        nonce.as_ref().map_or_else(|| page.to_string(), |once| page.replace(NONCE_MARK, once));
    let mut response = Response::new(Body::from(page));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(policy) = HeaderValue::from_str(&policy(nonce.as_deref())) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn nonce() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn embedded(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response<Body> {
    let hash = file.metadata.sha256_hash();
    let tag: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let mut response = if known(headers, &tag) {
        empty(StatusCode::NOT_MODIFIED)
    } else {
        let length = file.data.len() as u64;
        let part = part(headers, &tag, length);
        let bytes = Bytes::from(file.data.into_owned());
        let cut = |from: u64, to: u64| {
            let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX).min(bytes.len());
            bytes.slice(at(from)..at(to))
        };
        match part {
            Part::Whole => Response::new(Body::from(bytes)),
            Part::Range(from, to) => partial(Body::from(cut(from, to)), from, to, length),
            Part::Outside => beyond(length),
        }
    };
    describe(response.headers_mut(), path, &tag);
    response
}

/// A file of the operator's instead of the built-in base map; it may be large, so it is streamed.
async fn outside(path: &Path, headers: &HeaderMap) -> Response<Body> {
    let opened = async {
        let mut file = File::open(path).await?;
        let about = file.metadata().await?;
        let changed = about.modified().ok().and_then(|at| at.elapsed().ok().map(|_| at));
        let tag = format!("\"{:x}-{:x}\"", about.len(), changed.map_or(0, seconds));
        let part = part(headers, &tag, about.len());
        if let Part::Range(from, _) = part {
            file.seek(std::io::SeekFrom::Start(from)).await?;
        }
        Ok::<_, std::io::Error>((file, about.len(), tag, part))
    };
    let (file, length, tag, part) = match opened.await {
        Ok(opened) => opened,
        Err(error) => {
            tracing::warn!(%error, "the base map named in the settings cannot be read");
            return empty(StatusCode::NOT_FOUND);
        }
    };
    let mut response = match part {
        _ if known(headers, &tag) => empty(StatusCode::NOT_MODIFIED),
        Part::Whole => sized(Response::new(flow(file, length)), length),
        Part::Range(from, to) => sized(partial(flow(file, to - from), from, to, length), to - from),
        Part::Outside => beyond(length),
    };
    describe(response.headers_mut(), BASEMAP, &tag);
    response
}

fn seconds(at: std::time::SystemTime) -> u64 {
    at.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn flow(file: File, left: u64) -> Body {
    let next = |(mut file, left): (File, u64)| async move {
        let mut chunk = vec![0; CHUNK.min(usize::try_from(left).unwrap_or(CHUNK))];
        if chunk.is_empty() {
            return None;
        }
        match file.read(&mut chunk).await {
            Ok(0) => None,
            Ok(read) => {
                chunk.truncate(read);
                Some((Ok(Bytes::from(chunk)), (file, left - read as u64)))
            }
            Err(error) => Some((Err(error), (file, 0))),
        }
    };
    Body::from_stream(stream::unfold((file, left), next))
}

fn describe(headers: &mut HeaderMap, path: &str, tag: &str) {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    // The build names files in this folder by their content: what changes gets another name.
    let cache = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(ETAG, tag);
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether the asker holds this very version (RFC 9110, 13.1.2).
fn known(headers: &HeaderMap, tag: &str) -> bool {
    let asked = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or("");
    let same = |one: &str| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag;
    !asked.is_empty() && asked.split(',').map(str::trim).any(same)
}

/// One range (RFC 9110, 14.2); what is not understood, or several, gets the whole file.
fn part(headers: &HeaderMap, tag: &str, length: u64) -> Part {
    if headers.get(IF_RANGE).is_some_and(|asked| asked.as_bytes() != tag.as_bytes()) {
        return Part::Whole;
    }
    let asked = headers.get(RANGE).and_then(|value| value.to_str().ok());
    let Some((from, to)) = asked
        .and_then(|asked| asked.strip_prefix("bytes="))
        .and_then(|asked| asked.trim().split_once('-'))
    else {
        return Part::Whole;
    };
    let range = match (from.parse::<u64>(), to.parse::<u64>()) {
        (Ok(from), Ok(last)) if from <= last => (from, last.saturating_add(1).min(length)),
        (Ok(from), Err(_)) if to.is_empty() => (from, length),
        (Err(_), Ok(last)) if from.is_empty() => (length.saturating_sub(last), length),
        _ => return Part::Whole,
    };
    if range.0 < range.1 { Part::Range(range.0, range.1) } else { Part::Outside }
}

fn partial(body: Body, from: u64, to: u64, length: u64) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    content_range(&mut response, &format!("bytes {from}-{}/{length}", to - 1));
    response
}

fn beyond(length: u64) -> Response<Body> {
    let mut response = empty(StatusCode::RANGE_NOT_SATISFIABLE);
    content_range(&mut response, &format!("bytes */{length}"));
    response
}

fn content_range(response: &mut Response<Body>, range: &str) {
    if let Ok(range) = HeaderValue::from_str(range) {
        response.headers_mut().insert(CONTENT_RANGE, range);
    }
}

fn sized(mut response: Response<Body>, length: u64) -> Response<Body> {
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    response
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_one_range_or_the_whole_file() {
        for (asked, want) in [
            ("bytes=0-9", Part::Range(0, 10)),
            ("bytes=90-", Part::Range(90, 100)),
            ("bytes=-5", Part::Range(95, 100)),
            ("bytes=-500", Part::Range(0, 100)),
            ("bytes=98-1000", Part::Range(98, 100)),
            ("bytes=100-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=9-2", Part::Whole),
            ("bytes=0-1,5-6", Part::Whole),
            ("lines=1-2", Part::Whole),
            ("bytes=18446744073709551615-18446744073709551615", Part::Outside),
            ("bytes=", Part::Whole),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(RANGE, HeaderValue::from_static(asked));
            assert_eq!(part(&headers, "\"a\"", 100), want, "{asked}");
            headers.insert(IF_RANGE, HeaderValue::from_static("\"b\""));
            assert_eq!(part(&headers, "\"a\"", 100), Part::Whole, "an older version was asked for");
        }
    }
}
