//! Settings of a node: one struct, one TOML file, defaults that are right for most.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use diwan_record::PartnerId;
use serde::{Deserialize, Serialize};

/// The settings of one node, in `config.toml` of its directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Our code, such as `JOR`; fixed when the node was made.
    pub partner: PartnerId,
    /// Our name per language code.
    pub names: BTreeMap<String, String>,
    #[serde(default)]
    pub link: Link,
    #[serde(default)]
    pub screens: Screens,
    #[serde(default)]
    pub sources: Sources,
    #[serde(default)]
    pub log: Log,
}

/// How partners reach this node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Link {
    /// Where this node takes calls of partners.
    pub listen: SocketAddr,
    /// `host:port` as partners reach us, offered to them when pairing; empty if only we dial.
    pub addresses: Vec<String>,
}

/// How people reach this node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Screens {
    /// Where the screens are served, as plain HTTP: on this machine, or behind a proxy that
    /// speaks TLS.
    pub listen: SocketAddr,
    /// Another base map, as PMTiles; without it the built-in one is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basemap: Option<PathBuf>,
}

/// Which open sources this node fetches, and how long they stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sources {
    /// Hosts from which feeds and articles may be fetched, each by its full name; empty means
    /// that nothing is fetched.
    pub hosts: Vec<String>,
    /// Minutes between two polls of a feed.
    pub poll_minutes: u32,
    /// Days an article nobody touches stays on the reading list.
    pub keep_days: u32,
    /// For tests: also fetch from this machine itself, and over plain HTTP.
    pub loopback: bool,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Log {
    /// One sentence a line, for people.
    #[default]
    Plain,
    /// One JSON object a line, for machines.
    Json,
}

impl Default for Link {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([0, 0, 0, 0], 7400)), addresses: Vec::new() }
    }
}

impl Default for Screens {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 8400)), basemap: None }
    }
}

impl Default for Sources {
    fn default() -> Self {
        Self { hosts: Vec::new(), poll_minutes: 15, keep_days: 30, loopback: false }
    }
}

impl Config {
    /// # Errors
    /// Says which file and which setting is wrong.
    pub fn load(dir: &Path) -> Result<Self> {
        let path = dir.join("config.toml");
        let text = fs::read_to_string(&path).with_context(|| {
            format!("`{}` is not the directory of a node: no config.toml", dir.display())
        })?;
        toml::from_str(&text).with_context(|| format!("`{}` has a wrong setting", path.display()))
    }

    /// The file as `diwan init` writes it.
    #[must_use]
    pub fn to_text(&self) -> String {
        let settings = toml::to_string_pretty(self).unwrap_or_default();
        format!("# Settings of this node; `diwan help serve` explains them.\n{settings}")
    }

    /// Names as pairs of language code and name.
    #[must_use]
    pub fn name_pairs(&self) -> Vec<(String, String)> {
        self.names.iter().map(|(lang, name)| (lang.clone(), name.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, toml::de::Error> {
        toml::from_str(text)
    }

    #[test]
    fn a_short_file_is_enough_and_a_wrong_word_is_refused() {
        let short = "partner = \"JOR\"\nnames = { en = \"Jordan\" }\n";
        let config = read(short).unwrap();
        assert_eq!((config.link.listen.port(), config.screens.listen.port()), (7400, 8400));
        assert!(config.screens.listen.ip().is_loopback());
        assert!(config.sources.hosts.is_empty() && !config.sources.loopback);
        let again = read(&config.to_text()).unwrap();
        assert_eq!(again, config);
        assert!(read(&format!("{short}logg = \"json\"\n")).is_err());
    }

    #[test]
    fn every_setting_has_another_value() {
        let text = "partner = \"IRQ\"\nlog = \"json\"\n[names]\nen = \"Iraq\"\n[link]\n\
            listen = \"[::]:9000\"\naddresses = [\"link.irq.example:9000\"]\n[screens]\n\
            listen = \"127.0.0.1:9001\"\nbasemap = \"/srv/region.pmtiles\"\n[sources]\n\
            hosts = [\"news.example\"]\npoll_minutes = 5\nkeep_days = 7\nloopback = true\n";
        let config = read(text).unwrap();
        assert_eq!(config.log, Log::Json);
        assert_eq!(config.link.addresses, ["link.irq.example:9000"]);
        assert_eq!(config.screens.basemap.as_deref(), Some(Path::new("/srv/region.pmtiles")));
        let sources = Sources {
            hosts: vec!["news.example".to_owned()],
            poll_minutes: 5,
            keep_days: 7,
            loopback: true,
        };
        assert_eq!(config.sources, sources);
    }
}
