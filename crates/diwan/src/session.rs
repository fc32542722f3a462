//! Who is at a screen: a token in a cookie, its digest in the store, and a door that is slow to
//! those who guess.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, header};
use diwan_record::{Digest, Moment, PartnerId};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::chance;

/// How long a session lasts: a watch and its handover.
pub(crate) const SESSION_S: i64 = 14 * 3600;
/// Passwords checked at once: each takes a core for some 30 ms.
const CHECKS_AT_ONCE: usize = 2;
/// Checks that may wait; beyond it the door says to come back.
const CHECKS_WAITING: usize = 64;
/// Failed tries are forgotten after this long without one.
const FORGET_US: i64 = 15 * 60 * 1_000_000;
/// Names and sources remembered at once.
const REMEMBERED: usize = 10_000;

/// 256 random bits that only the person's browser holds.
pub(crate) struct Token(Zeroizing<[u8; 32]>);

impl Token {
    pub(crate) fn draw() -> Self {
        Self(Zeroizing::new(chance::bytes()))
    }

    /// The token in a request's cookie for this node. Several nodes may share one host.
    pub(crate) fn of_request(headers: &HeaderMap, own: &PartnerId) -> Option<Self> {
        let name = cookie_name(own);
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|one| one.to_str().ok());
        let mut pairs = cookies.flat_map(|line| line.split(';'));
        let value = pairs.find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then_some(value)
        })?;
        let digest: Digest = value.parse().ok()?;
        Some(Self(Zeroizing::new(digest.0)))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What the store keeps: enough to recognise the token, not to use it.
    pub(crate) fn digest(&self) -> Digest {
        Digest::of(self.0.as_slice())
    }

    /// The cookie that hands the token to the browser.
    pub(crate) fn cookie(&self, own: &PartnerId, secure: Secure) -> String {
        format!("{}={}; {}; Max-Age={SESSION_S}", cookie_name(own), Digest(*self.0), kept(secure))
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

/// Whether the page was reached by https, so that the cookie must never leave otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secure {
    Https,
    Http,
}

impl Secure {
    /// The browser itself says by which scheme it sees the page.
    pub(crate) fn of_request(headers: &HeaderMap) -> Self {
        let origin = headers.get(header::ORIGIN).map(|origin| origin.as_bytes());
        match origin {
            Some(origin) if origin.starts_with(b"https://") => Self::Https,
            _ => Self::Http,
        }
    }
}

/// The cookie that takes the token away.
pub(crate) fn no_cookie(own: &PartnerId, secure: Secure) -> String {
    format!("{}=; {}; Max-Age=0", cookie_name(own), kept(secure))
}

fn kept(secure: Secure) -> &'static str {
    match secure {
        Secure::Https => "Path=/; HttpOnly; SameSite=Strict; Secure",
        Secure::Http => "Path=/; HttpOnly; SameSite=Strict",
    }
}

fn cookie_name(own: &PartnerId) -> String {
    format!("diwan-{}", own.as_str().to_ascii_lowercase())
}

/// Where people sign in: counts failed tries and lets few passwords be checked at once.
#[derive(Debug)]
pub(crate) struct Door {
    tries: Mutex<BTreeMap<String, Tries>>,
    pub(crate) checks: Arc<Semaphore>,
    pub(crate) waiting: Arc<Semaphore>,
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    failed: u32,
    last: Moment,
}

/// How patient the door is with one way of counting.
struct Patience {
    key: String,
    /// Failures that cost nothing: people mistype.
    free: u32,
    wait_s_max: u64,
}

impl Default for Door {
    fn default() -> Self {
        Self {
            tries: Mutex::default(),
            checks: Arc::new(Semaphore::new(CHECKS_AT_ONCE)),
            waiting: Arc::new(Semaphore::new(CHECKS_WAITING)),
        }
    }
}

impl Door {
    /// Counts a try as failed before it is checked, so that many at once do not slip through.
    ///
    /// # Errors
    /// Seconds to wait before the next one.
    pub(crate) fn knock(&self, person: &str, source: &str, now: Moment) -> Result<(), u64> {
        let ways = ways(person, source);
        let mut tries = self.tries();
        let wait = |way: &Patience| {
            let before = tries.get(&way.key)?;
            let since_us = now.micros() - before.last.micros();
            let wait_us = i64::try_from(wait_s(way, before.failed)).ok()? * 1_000_000;
            (since_us < wait_us).then(|| (wait_us - since_us).div_euclid(1_000_000) + 1)
        };
        if let Some(seconds) = ways.iter().filter_map(wait).max() {
            return Err(u64::try_from(seconds).unwrap_or(1));
        }
        for way in ways {
            let one = tries.entry(way.key).or_insert(Tries { failed: 0, last: now });
            let quiet = now.micros() - one.last.micros() > FORGET_US;
            *one =
                Tries { failed: if quiet { 1 } else { one.failed.saturating_add(1) }, last: now };
        }
        forget(&mut tries, now);
        Ok(())
    }

    /// The password was right: what was counted for this person is taken back.
    pub(crate) fn welcome(&self, person: &str, source: &str) {
        let mut tries = self.tries();
        let [pair, alone, whole] = ways(person, source);
        tries.remove(&pair.key);
        for way in [alone, whole] {
            if let Some(one) = tries.get_mut(&way.key) {
                one.failed = one.failed.saturating_sub(1);
            }
        }
    }

    fn tries(&self) -> MutexGuard<'_, BTreeMap<String, Tries>> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One person from one source is slowed soon; a whole source later; one person from everywhere
/// only against guessing by many, so that nobody can lock a colleague out.
fn ways(person: &str, source: &str) -> [Patience; 3] {
    let person: String = person.chars().take(64).collect();
    [
        Patience { key: format!("pair {person} {source}"), free: 4, wait_s_max: 300 },
        Patience { key: format!("source {source}"), free: 30, wait_s_max: 60 },
        Patience { key: format!("person {person}"), free: 100, wait_s_max: 10 },
    ]
}

/// 1, 2, 4 ... seconds after the free tries.
fn wait_s(way: &Patience, failed: u32) -> u64 {
    match failed.checked_sub(way.free) {
        None | Some(0) => 0,
        Some(over) => 1u64.checked_shl(over - 1).unwrap_or(u64::MAX).min(way.wait_s_max),
    }
}

fn forget(tries: &mut BTreeMap<String, Tries>, now: Moment) {
    if tries.len() <= REMEMBERED {
        return;
    }
    tries.retain(|_, one| now.micros() - one.last.micros() <= FORGET_US);
    while tries.len() > REMEMBERED {
        let oldest = tries.iter().min_by_key(|(_, one)| one.last).map(|(key, _)| key.clone());
        if oldest.and_then(|key| tries.remove(&key)).is_none() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Moment {
        Moment::from_micros(second * 1_000_000)
    }

    #[test]
    fn guessing_gets_slower_and_a_right_password_ends_it() {
        let door = Door::default();
        for _ in 0..4 {
            assert_eq!(door.knock("huda", "10.0.0.1", at(0)), Ok(()));
        }
        assert_eq!(door.knock("huda", "10.0.0.1", at(0)), Ok(()), "a person may mistype");
        assert_eq!(door.knock("huda", "10.0.0.1", at(0)), Err(2));
        assert_eq!(door.knock("huda", "10.0.0.1", at(1)), Ok(()));
        assert!(door.knock("huda", "10.0.0.1", at(2)).is_err());
        assert_eq!(door.knock("huda", "10.0.0.2", at(2)), Ok(()), "another desk is not locked out");
        assert_eq!(door.knock("sami", "10.0.0.1", at(2)), Ok(()), "nor is another person");
        assert_eq!(door.knock("huda", "10.0.0.1", at(3)), Ok(()));
        door.welcome("huda", "10.0.0.1");
        assert_eq!(door.knock("huda", "10.0.0.1", at(3)), Ok(()));
    }

    #[test]
    fn one_source_that_tries_many_names_is_slowed() {
        let door = Door::default();
        let tried = (0..200).filter(|n| door.knock(&format!("p{n}"), "10.0.0.9", at(0)).is_ok());
        assert_eq!(tried.count(), 31);
        assert_eq!(door.knock("p", "10.0.0.9", at(1000)), Ok(()));
    }

    #[test]
    fn the_cookie_is_found_among_others_and_says_nothing_else() {
        let own: PartnerId = "JOR".parse().unwrap();
        let token = Token::draw();
        let cookie = token.cookie(&own, Secure::Https);
        assert!(cookie.ends_with("HttpOnly; SameSite=Strict; Secure; Max-Age=50400"), "{cookie}");
        let mut headers = HeaderMap::new();
        let sent = format!("diwan-irq=00; {}; x=1", cookie.split(';').next().unwrap());
        headers.insert(header::COOKIE, sent.parse().unwrap());
        assert_eq!(Token::of_request(&headers, &own).unwrap().bytes(), token.bytes());
        assert!(Token::of_request(&headers, &"IRQ".parse().unwrap()).is_none());
    }
}
