//! One GET to an open source: resolved once, connected to exactly what was checked, within limits.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use diwan_record::limits;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::Url;

use super::address::{Allowed, Why};

/// What a host's name means; asked once per request.
pub(crate) type Resolve =
    fn(String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// How a host is asked. It holds nothing between two requests: no cookies, no connections.
#[derive(Debug)]
pub(crate) struct Fetcher {
    allowed: Allowed,
    resolve: Resolve,
    tls: OnceLock<Arc<ClientConfig>>,
}

/// What the last answer said of itself, so that only a change is sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Since {
    pub(crate) etag: Option<String>,
    pub(crate) modified: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub(crate) enum Fetched {
    Unchanged,
    Whole(Document),
}

/// What was at an address.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) bytes: Bytes,
    /// `Content-Type` as sent.
    pub(crate) media: String,
    pub(crate) since: Since,
}

enum Step {
    Done(Fetched),
    Elsewhere(Url),
}

impl Fetcher {
    pub(crate) fn new(allowed: Allowed) -> Self {
        Self { allowed, resolve: of_system, tls: OnceLock::new() }
    }

    pub(crate) fn allowed(&self) -> &Allowed {
        &self.allowed
    }

    /// Fetches an address; a redirect is checked like the address itself.
    pub(crate) async fn get(&self, address: &str, since: &Since) -> Result<Fetched, Why> {
        let patience = Duration::from_secs(limits::FETCH_S);
        timeout(patience, self.follow(address, since)).await.unwrap_or(Err(Why::Slow))
    }

    async fn follow(&self, address: &str, since: &Since) -> Result<Fetched, Why> {
        let mut url = self.allowed.read(address)?;
        for _ in 0..=limits::REDIRECTS {
            match self.once(&url, since).await? {
                Step::Done(fetched) => return Ok(fetched),
                Step::Elsewhere(next) => {
                    self.allowed.check(&next)?;
                    url = next;
                }
            }
        }
        Err(Why::Redirects)
    }

    async fn once(&self, url: &Url, since: &Since) -> Result<Step, Why> {
        let stream = self.connect(url).await?;
        if url.scheme() != "https" {
            return exchange(stream, url, since).await;
        }
        let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_owned();
        let name = ServerName::try_from(host).map_err(|_| Why::Form)?;
        let tls = Arc::clone(self.tls.get_or_init(trusting_the_system));
        let stream = TlsConnector::from(tls).connect(name, stream).await;
        exchange(stream.map_err(|_| Why::Unreachable)?, url, since).await
    }

    /// INVARIANT: connects to an address that was checked in this call; the name is not resolved
    /// a second time, so an answer that changes in between changes nothing.
    async fn connect(&self, url: &Url) -> Result<TcpStream, Why> {
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().unwrap_or(443);
        let number = host.trim_start_matches('[').trim_end_matches(']').parse();
        let ips = match number {
            Ok(ip) => vec![ip],
            Err(_) => (self.resolve)(host.to_owned()).await.map_err(|_| Why::Unreachable)?,
        };
        if ips.is_empty() {
            return Err(Why::Unreachable);
        }
        if !self.allowed.lets_out(&ips) {
            return Err(Why::Inside);
        }
        for ip in ips {
            if let Ok(stream) = TcpStream::connect(SocketAddr::new(ip, port)).await {
                return Ok(stream);
            }
        }
        Err(Why::Unreachable)
    }
}

fn of_system(host: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
    Box::pin(async move {
        let found = tokio::net::lookup_host((host, 0)).await?;
        Ok(found.map(|address| address.ip()).collect())
    })
}

/// The authorities this machine trusts: whoever runs it keeps that list.
fn trusting_the_system() -> Arc<ClientConfig> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    let (added, _) = roots.add_parsable_certificates(found.certs);
    if added == 0 {
        tracing::warn!("this machine trusts no certificate authority: no feed can be fetched");
    }
    let provider = Arc::new(aws_lc_rs::default_provider());
    let versions = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(rustls::DEFAULT_VERSIONS);
    // INVARIANT: the provider has suites for both versions of TLS.
    let config = versions.expect("the provider has suites for TLS 1.2 and 1.3");
    Arc::new(config.with_root_certificates(roots).with_no_client_auth())
}

async fn exchange<S>(stream: S, url: &Url, since: &Since) -> Result<Step, Why>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut asking, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|_| Why::Unreachable)?;
    let request = request(url, since)?;
    let mut answer = std::pin::pin!(async move {
        let response = asking.send_request(request).await.map_err(|_| Why::Unreachable)?;
        take(response, url).await
    });
    // The connection is driven here and ends with this function: no task outlives a fetch.
    tokio::select! {
        done = &mut answer => done,
        _ = connection => answer.await,
    }
}

fn request(url: &Url, since: &Since) -> Result<Request<Empty<Bytes>>, Why> {
    let host = match url.port() {
        Some(port) => format!("{}:{port}", url.host_str().unwrap_or_default()),
        None => url.host_str().unwrap_or_default().to_owned(),
    };
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let mut request = Request::get(path)
        .header(header::HOST, host)
        .header(header::USER_AGENT, "feed-reader")
        .header(header::ACCEPT, "application/rss+xml, application/atom+xml, text/html, */*;q=0.5")
        .header(header::ACCEPT_ENCODING, "identity");
    for (name, value) in
        [(header::IF_NONE_MATCH, &since.etag), (header::IF_MODIFIED_SINCE, &since.modified)]
    {
        if let Some(value) = value.as_ref().and_then(|value| HeaderValue::from_str(value).ok()) {
            request = request.header(name, value);
        }
    }
    request.body(Empty::new()).map_err(|_| Why::Form)
}

async fn take(response: Response<Incoming>, url: &Url) -> Result<Step, Why> {
    let (parts, body) = response.into_parts();
    let text = |name| text(&parts.headers, name);
    match parts.status {
        StatusCode::OK => {}
        StatusCode::NOT_MODIFIED => return Ok(Step::Done(Fetched::Unchanged)),
        status if status.is_redirection() => {
            let location = text(header::LOCATION).ok_or(Why::Status(status.as_u16()))?;
            return url.join(&location).map(Step::Elsewhere).map_err(|_| Why::Form);
        }
        status => return Err(Why::Status(status.as_u16())),
    }
    let length = text(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > limits::FETCH_BYTES) {
        return Err(Why::TooLarge);
    }
    let whole = Limited::new(body, limits::FETCH_BYTES).collect().await.map_err(|fault| {
        let large = fault.downcast_ref::<http_body_util::LengthLimitError>().is_some();
        if large { Why::TooLarge } else { Why::Unreachable }
    })?;
    let since = Since { etag: text(header::ETAG), modified: text(header::LAST_MODIFIED) };
    let media = text(header::CONTENT_TYPE).unwrap_or_default();
    Ok(Step::Done(Fetched::Whole(Document { bytes: whole.to_bytes(), media, since })))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;
    use crate::config::Sources;

    /// A host that gives every caller the same answer, one after another, and tells what was
    /// asked.
    async fn host(
        answer: String,
        calls: usize,
    ) -> (SocketAddr, tokio::task::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let told = tokio::spawn(async move {
            let mut asked = Vec::new();
            for _ in 0..calls {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = vec![0; 4096];
                let length = stream.read(&mut request).await.unwrap();
                asked.push(String::from_utf8_lossy(&request[..length]).into_owned());
                // The caller may have gone away over what it was told already.
                let _ = stream.write_all(answer.as_bytes()).await;
            }
            asked
        });
        (address, told)
    }

    fn fetcher(hosts: &[&str], loopback: bool) -> Fetcher {
        let hosts = hosts.iter().map(|&host| host.to_owned()).collect();
        Fetcher::new(Allowed::new(&Sources { hosts, loopback, ..Sources::default() }))
    }

    async fn told(fetcher: &Fetcher, address: &str) -> Result<String, Why> {
        match fetcher.get(address, &Since::default()).await? {
            Fetched::Unchanged => Ok("unchanged".to_owned()),
            Fetched::Whole(one) => Ok(String::from_utf8_lossy(&one.bytes).into_owned()),
        }
    }

    #[tokio::test]
    async fn a_change_is_asked_for_and_no_cookie_is_sent() {
        let answer = "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nSet-Cookie: who=you\r\n\
                      Content-Length: 2\r\n\r\nhi";
        let (at, asked) = host(answer.to_owned(), 2).await;
        let fetcher = fetcher(&["127.0.0.1"], true);
        let address = format!("http://{at}/rss?all=1");
        let Fetched::Whole(first) = fetcher.get(&address, &Since::default()).await.unwrap() else {
            panic!("the first answer is whole");
        };
        assert_eq!(&first.bytes[..], b"hi");
        fetcher.get(&address, &first.since).await.unwrap();
        let asked = asked.await.unwrap();
        assert!(asked[0].starts_with("GET /rss?all=1 HTTP/1.1\r\n"), "{}", asked[0]);
        assert!(asked[1].to_lowercase().contains("if-none-match: \"a\""), "{}", asked[1]);
        assert!(asked.iter().all(|one| !one.to_lowercase().contains("cookie")));
    }

    #[tokio::test]
    async fn attack_076_a_redirect_is_checked_like_the_address() {
        let redirect =
            |to: &str| format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
        let fetcher = fetcher(&["127.0.0.1"], true);
        for (to, why) in [
            ("http://169.254.169.254/latest/meta-data/", Why::NotListed),
            ("http://[::ffff:169.254.169.254]/", Why::NotListed),
            ("http://2852039166/", Why::NotListed),
            ("http://10.0.0.1/", Why::NotListed),
            ("//other.example/", Why::NotListed),
            ("file:///etc/passwd", Why::Form),
            ("https://me:secret@127.0.0.1/", Why::Form),
        ] {
            let (at, asked) = host(redirect(to), 1).await;
            assert_eq!(told(&fetcher, &format!("http://{at}/")).await, Err(why), "{to}");
            assert_eq!(asked.await.unwrap().len(), 1);
        }
        // In a circle: at most so many, and then no more.
        let (at, asked) = host(redirect("/again"), limits::REDIRECTS + 1).await;
        assert_eq!(told(&fetcher, &format!("http://{at}/")).await, Err(Why::Redirects));
        assert_eq!(asked.await.unwrap().len(), limits::REDIRECTS + 1);
    }

    #[tokio::test]
    async fn attack_076_a_name_is_resolved_once_and_must_lead_out() {
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        // A name whose second answer is this machine: the trap of rebinding.
        fn rebinding(_: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
            Box::pin(async {
                let first = ASKED.fetch_add(1, Ordering::Relaxed) == 0;
                // 192.0.2.1 stands for a public host here: nothing answers there.
                let ip = if first { "127.0.0.1" } else { "10.0.0.1" };
                Ok(vec![ip.parse().unwrap()])
            })
        }
        let (at, _asked) = host("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi".into(), 1).await;
        let mut open = fetcher(&["news.example"], true);
        open.resolve = rebinding;
        let address = format!("http://news.example:{}/", at.port());
        assert_eq!(told(&open, &address).await.unwrap(), "hi");
        assert_eq!(ASKED.load(Ordering::Relaxed), 1, "resolved exactly once");
        assert_eq!(told(&open, &address).await, Err(Why::Inside));

        fn inside(host: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
            Box::pin(async move {
                let ips: &[&str] = match host.as_str() {
                    "metadata.example" => &["169.254.169.254"],
                    "both.example" => &["93.184.215.14", "127.0.0.1"],
                    "mapped.example" => &["::ffff:10.0.0.1"],
                    "nat.example" => &["64:ff9b::a00:1"],
                    _ => &[],
                };
                Ok(ips.iter().map(|ip| ip.parse().unwrap()).collect())
            })
        }
        let names = ["metadata.example", "both.example", "mapped.example", "nat.example"];
        let mut strict = fetcher(&[&names[..], &["none.example"]].concat(), false);
        strict.resolve = inside;
        for name in names {
            assert_eq!(
                told(&strict, &format!("https://{name}/")).await,
                Err(Why::Inside),
                "{name}"
            );
        }
        assert_eq!(told(&strict, "https://none.example/").await, Err(Why::Unreachable));
    }

    #[tokio::test]
    async fn attack_076_answers_stay_within_limits() {
        let fetcher = fetcher(&["127.0.0.1"], true);
        let large = limits::FETCH_BYTES + 1;
        let (at, _asked) =
            host(format!("HTTP/1.1 200 OK\r\nContent-Length: {large}\r\n\r\n"), 1).await;
        assert_eq!(told(&fetcher, &format!("http://{at}/")).await, Err(Why::TooLarge));
        // Without saying how long it is.
        let flow = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", "x".repeat(large));
        let (at, _asked) = host(flow, 1).await;
        assert_eq!(told(&fetcher, &format!("http://{at}/")).await, Err(Why::TooLarge));
        let (at, _asked) = host("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n".into(), 1).await;
        assert_eq!(told(&fetcher, &format!("http://{at}/")).await, Err(Why::Status(500)));
        let (at, _asked) = host("SSH-2.0-OpenSSH_9\r\n".into(), 1).await;
        assert_eq!(told(&fetcher, &format!("http://{at}/")).await, Err(Why::Unreachable));
    }
}
