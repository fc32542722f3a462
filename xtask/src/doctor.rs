//! Says what this machine lacks, and installs it when it may.

use std::process::Command;

use crate::shell::{self, Told};

/// What is about to be done; playing needs no browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    Play,
    Test,
}

const RUST: (u32, u32) = (1, 95);
const NODE: (u32, u32) = (20, 19);
const NPM: (u32, u32) = (10, 0);
/// Where Debian and others put the browser.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

pub(crate) fn run(purpose: For) -> Result<(), Told> {
    check_rust()?;
    let lacking = lacking(purpose);
    if lacking.is_empty() {
        return Ok(());
    }
    install(&lacking)?;
    let still: Vec<_> = self::lacking(purpose);
    if still.is_empty() {
        Ok(())
    } else {
        Err(Told::new(format!("still missing or too old after installing: {}", still.join(" "))))
    }
}

/// The browser for the stories, if there is one.
pub(crate) fn browser() -> Option<String> {
    BROWSERS
        .into_iter()
        .find_map(|name| shell::output(Command::new("which").arg(name)).ok())
        .map(|path| path.trim().to_owned())
}

fn check_rust() -> Result<(), Told> {
    match version("rustc") {
        Some(found) if found >= RUST => Ok(()),
        found => Err(Told::new(format!(
            "rustc {}.{} or newer is needed, {}\nhint: run `rustup update stable`",
            RUST.0,
            RUST.1,
            match found {
                Some((major, minor)) => format!("found {major}.{minor}"),
                None => "found none".to_owned(),
            }
        ))),
    }
}

/// Debian packages that would fill the gaps.
fn lacking(purpose: For) -> Vec<&'static str> {
    let mut packages = Vec::new();
    if version("cc").is_none() {
        packages.extend(["build-essential", "pkg-config"]);
    }
    if version("node").is_none_or(|found| found < NODE) {
        packages.push("nodejs");
    }
    if version("npm").is_none_or(|found| found < NPM) {
        packages.push("npm");
    }
    if purpose == For::Test && browser().is_none() {
        packages.push("chromium");
    }
    packages
}

fn install(packages: &[&str]) -> Result<(), Told> {
    let line = format!("apt-get install -y {}", packages.join(" "));
    let root = shell::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let apt = shell::output(Command::new("which").arg("apt-get")).is_ok();
    if !root || !apt {
        return Err(Told::new(format!(
            "this machine lacks: {}\nhint: run `sudo {line}` or install them your own way",
            packages.join(", ")
        )));
    }
    // Another installation may hold the lock: wait for it.
    let wait = ["-o", "DPkg::Lock::Timeout=600"];
    let get = |arguments: &[&str]| {
        let mut command = shell::program("apt-get", &wait);
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        shell::must(&mut command)
    };
    get(&["update"])?;
    get(&[&["install", "-y", "--no-install-recommends"], packages].concat())
}

/// Major and minor version a program says it has.
fn version(name: &str) -> Option<(u32, u32)> {
    let said = shell::output(Command::new(name).arg("--version")).ok()?;
    first_version(&said)
}

fn first_version(said: &str) -> Option<(u32, u32)> {
    said.split(|c: char| c.is_whitespace() || c == 'v').find_map(|word| {
        let mut parts = word.split('.');
        let major = parts.next()?.parse().ok()?;
        let minor = parts.next()?.parse().ok()?;
        Some((major, minor))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_programs_write_them() {
        let said = [
            ("rustc 1.95.0 (59807616e 2026-04-14)", Some((1, 95))),
            ("v20.20.2\n", Some((20, 20))),
            ("10.8.2\n", Some((10, 8))),
            ("cc (Debian 12.2.0-14) 12.2.0\n", Some((12, 2))),
            ("no version here", None),
        ];
        for (text, expected) in said {
            assert_eq!(first_version(text), expected, "{text}");
        }
    }
}
