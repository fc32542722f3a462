//! Which addresses this node fetches from: hosts on its list, and nothing inside any network.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::config::Sources;

/// Longest address taken.
const ADDRESS_BYTES: usize = 2000;

/// Why an address is not fetched, or what it answered: a stable code with words for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    Form,
    NotListed,
    Inside,
    Unreachable,
    Slow,
    TooLarge,
    Status(u16),
    Redirects,
    NotAFeed,
}

impl Why {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Form => "source/address",
            Self::NotListed => "source/not-listed",
            Self::Inside => "source/inside",
            Self::Unreachable => "source/unreachable",
            Self::Slow => "source/slow",
            Self::TooLarge => "source/too-large",
            Self::Status(_) => "source/status",
            Self::Redirects => "source/redirects",
            Self::NotAFeed => "source/not-a-feed",
        }
    }

    /// What to do about it; empty where only time helps.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Form => "write it as https://host/path, without a name or password in it",
            Self::NotListed => "ask whoever runs the node to add the host to `sources.hosts`",
            Self::Inside => "only public addresses are fetched; ask the outlet for another one",
            Self::NotAFeed => "look for the RSS or Atom address on the outlet's page",
            Self::Unreachable | Self::Slow | Self::Status(_) => {
                "it is tried again at the next poll"
            }
            Self::TooLarge | Self::Redirects => "ask the outlet for another address",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "this is not an address that can be fetched",
            Self::NotListed => "the host is not among those this node fetches from",
            Self::Inside => "the host leads into a private network",
            Self::Unreachable => "the host does not answer",
            Self::Slow => "the answer took too long",
            Self::TooLarge => "the answer is larger than the limit",
            Self::Status(status) => return write!(f, "the host answered {status}"),
            Self::Redirects => "the host sends from one address to the next",
            Self::NotAFeed => "what is there is neither RSS nor Atom",
        })
    }
}

/// The rules of this node, as its settings say.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    hosts: Vec<String>,
    loopback: bool,
}

impl Allowed {
    pub(crate) fn new(sources: &Sources) -> Self {
        let plain = |host: &String| host.trim().trim_end_matches('.').to_ascii_lowercase();
        Self { hosts: sources.hosts.iter().map(plain).collect(), loopback: sources.loopback }
    }

    /// Reads an address and compares its host with the list.
    ///
    /// Every way to write a number as a host (octal, decimal, hexadecimal) is read as the number
    /// it means, and a number is no name on the list.
    pub(crate) fn read(&self, address: &str) -> Result<Url, Why> {
        if address.len() > ADDRESS_BYTES {
            return Err(Why::Form);
        }
        let url = Url::parse(address.trim()).map_err(|_| Why::Form)?;
        self.check(&url)?;
        Ok(url)
    }

    pub(crate) fn check(&self, url: &Url) -> Result<(), Why> {
        let plain = url.scheme() == "https" || (self.loopback && url.scheme() == "http");
        if !plain || !url.username().is_empty() || url.password().is_some() {
            return Err(Why::Form);
        }
        let port = self.loopback || url.port_or_known_default() == Some(443);
        let listed = match url.host() {
            Some(Host::Domain(host)) => {
                let host = host.trim_end_matches('.');
                self.hosts.iter().any(|one| one.eq_ignore_ascii_case(host))
            }
            Some(Host::Ipv4(ip)) => self.lists_number(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => self.lists_number(IpAddr::V6(ip)),
            None => false,
        };
        if listed && port { Ok(()) } else { Err(Why::NotListed) }
    }

    fn lists_number(&self, ip: IpAddr) -> bool {
        self.loopback && ip.is_loopback() && self.hosts.contains(&ip.to_string())
    }

    /// Whether all of these lead out into the public network. One that does not spoils the rest:
    /// a name that means both is a trap.
    pub(crate) fn lets_out(&self, ips: &[IpAddr]) -> bool {
        let out = |ip: &IpAddr| is_public(*ip) || (self.loopback && ip.is_loopback());
        !ips.is_empty() && ips.iter().all(out)
    }
}

/// Whether an address is reached over the public network: not of this machine, not of a local or
/// shared network, not reserved, and not one of these wrapped in IPv6.
pub(crate) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// The special-purpose registry of IPv4 (RFC 6890 and later), multicast and what is reserved.
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let inside = match a {
        0 | 10 | 127 => true,
        100 => (64..128).contains(&b),
        169 => b == 254,
        172 => (16..32).contains(&b),
        192 => b == 168 || (b == 0 && (c == 0 || c == 2)) || (b == 88 && c == 99),
        198 => b == 18 || b == 19 || (b == 51 && c == 100),
        203 => b == 0 && c == 113,
        _ => a >= 224,
    };
    !inside
}

/// Global unicast is 2000::/3; what is carved out of it for tunnels, tests and examples is not.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    let special = a == 0x2002 || a == 0x3fff || (a == 0x2001 && (b < 0x0200 || b == 0x0db8));
    a & 0xe000 == 0x2000 && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(hosts: &[&str], loopback: bool) -> Allowed {
        let hosts = hosts.iter().map(|&host| host.to_owned()).collect();
        Allowed::new(&Sources { hosts, loopback, ..Sources::default() })
    }

    #[test]
    fn attack_076_only_listed_hosts_are_fetched() {
        let allowed = allowed(&["news.example", "127.0.0.1", "localhost"], false);
        let told = |address: &str| allowed.read(address).map(|url| url.to_string());
        for listed in
            ["https://news.example/rss", "https://NEWS.example./rss", "https://news.example:443/"]
        {
            assert!(told(listed).is_ok(), "{listed}");
        }
        let not_listed = [
            "https://other.example/",
            "https://news.example.evil.example/",
            "https://sub.news.example/",
            "https://news.example:8443/",
            // The same machine in nine spellings.
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0177.0.0.1/",
            "https://0x7f.1/",
            "https://127.1/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://169.254.169.254/latest/meta-data/",
            "https://１２７.０.０.１/",
            "https://news.example@other.example/",
        ];
        for address in not_listed {
            assert!(matches!(told(address), Err(Why::NotListed | Why::Form)), "{address}");
        }
        let no_address = [
            "http://news.example/",
            "ftp://news.example/",
            "file:///etc/passwd",
            "gopher://news.example/",
            "https://me:secret@news.example/",
            "https://me@news.example/",
            "//news.example/",
            "news.example",
            "",
        ];
        for address in no_address {
            assert_eq!(told(address), Err(Why::Form), "{address}");
        }
    }

    #[test]
    fn attack_076_nothing_inside_a_network_is_public() {
        let inside = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for ip in inside {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "193.0.0.1", "2a00:1450::1", "2606::1"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn attack_076_one_inner_address_spoils_the_rest() {
        let ips = |all: &[&str]| all.iter().map(|ip| ip.parse().unwrap()).collect::<Vec<IpAddr>>();
        let strict = allowed(&["news.example"], false);
        assert!(strict.lets_out(&ips(&["1.1.1.1", "2606::1"])));
        assert!(!strict.lets_out(&ips(&["1.1.1.1", "10.0.0.1"])));
        assert!(!strict.lets_out(&[]));
        // The setting for tests opens this machine and no network around it.
        let test = allowed(&["localhost", "127.0.0.1"], true);
        assert!(test.lets_out(&ips(&["127.0.0.1", "::1"])));
        assert!(!test.lets_out(&ips(&["192.168.0.1"])));
        assert!(test.read("http://127.0.0.1:8080/rss").is_ok());
        assert_eq!(test.read("http://192.168.0.1/rss"), Err(Why::NotListed));
        assert_eq!(test.read("http://[::ffff:127.0.0.1]/rss"), Err(Why::NotListed));
    }
}
