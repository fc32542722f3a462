//! The keys a node speaks with: how old they are, and renewing them with the root key.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use diwan_record::{KeyRole, KeyStatement};
use diwan_room::ROLES;
use serde_json::{Value, json};

use super::open::stopped;
use super::outcome::{Done, Failure, Said};
use crate::clock::Clock;
use crate::keys::{NodeDir, statement_for};

pub(super) fn list(dir: &Path) -> Done {
    let public = NodeDir::new(dir).public()?;
    let mut text = String::new();
    let mut all = Vec::new();
    for role in ROLES {
        let statement = statement_for(&public, role)?;
        let KeyStatement { key, from, until, .. } = &statement;
        let _ = writeln!(text, "{}  {}  {from} to {until}", role.code(), key.id());
        all.push(shown(&statement));
    }
    Ok(Said { text, json: Value::from(all) })
}

pub(super) fn renew(role: &str, dir: &Path, root_key: Option<PathBuf>) -> Done {
    let known: Option<KeyRole> = ROLES.into_iter().find(|one| one.code() == role);
    let codes = ROLES.map(KeyRole::code).join(", ");
    let role = known.ok_or_else(|| Failure::Usage(format!("roles with a key are {codes}")))?;
    let node = NodeDir::new(dir);
    // Nobody signs with the key before while it goes. Keys that have run out are no hindrance.
    let _stopped = stopped(&node)?;
    let root_key = root_key.unwrap_or_else(|| node.root_key());
    let statement = node.renew(role, &root_key, Clock::default().now())?;
    let text = format!(
        "the {} key is {} until {}; partners learn of it when the node is up\n\
         take the root key back to its safe",
        role.code(),
        statement.key.id(),
        statement.until
    );
    Ok(Said { text, json: shown(&statement) })
}

fn shown(statement: &KeyStatement) -> Value {
    let KeyStatement { role, key, from, until, .. } = statement;
    json!({ "role": role.code(), "key": key.id().to_string(), "from": from, "until": until })
}
