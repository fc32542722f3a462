//! Accounts of people, kept in the node's directory.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use diwan_record::{Entitlement, Handling, Purpose, State, Tlp, bytes};
use diwan_room::{Person, PersonId, Role, Shelf};
use serde_json::json;

use super::args::{User, UserAdd};
use super::ask;
use super::open::{Open, read_only};
use super::outcome::{Done, Failure, Said};
use crate::people::make_credential;

pub(super) fn user(user: User) -> Done {
    match user {
        User::Add(add) => user_add(add),
        User::List(dir) => user_list(&dir.dir),
        User::Disable { dir, person } => {
            let open = Open::new(&dir.dir)?;
            let mut person = open.person(&person.parse()?)?;
            person.disabled = true;
            open.put(person, "is disabled")
        }
        User::Passwd { dir, person, password } => {
            let open = Open::new(&dir.dir)?;
            let mut person = open.person(&person.parse()?)?;
            let password = ask::password(&password, person.id.as_str())?;
            (person.key, person.credential) = make_credential(&password)?;
            open.put(person, "has a new password")
        }
    }
}

fn user_add(add: UserAdd) -> Done {
    let open = Open::new(&add.dir.dir)?;
    let id: PersonId = add.id.parse()?;
    if open.person(&id).is_ok() {
        return Err(Failure::refused(format!("`{id}` exists already"), "use another name"));
    }
    let role = |code: &String| {
        Role::of_code(code).ok_or_else(|| Failure::Usage(format!("`{code}` is not a role")))
    };
    let roles = add.roles.iter().map(role).collect::<Result<BTreeSet<_>, _>>()?;
    let known = |known: bool, code: &str| {
        if known { Ok(()) } else { Err(Failure::Usage(format!("`{code}` is not known"))) }
    };
    let (tlp, handling) = (Tlp::of_code(&add.tlp), Handling::of_code(&add.handling));
    known(tlp != Tlp::Unknown, &add.tlp)?;
    known(handling != Handling::Unknown, &add.handling)?;
    let purpose: BTreeSet<_> = add.purposes.iter().map(|code| Purpose::of_code(code)).collect();
    known(!purpose.contains(&Purpose::Unknown), &add.purposes.join(" "))?;
    let state: BTreeSet<_> = add.states.iter().map(|code| State::of_code(code)).collect();
    known(!state.contains(&State::Unknown), &add.states.join(" "))?;
    let password = ask::password(&add.password, id.as_str())?;
    let (key, credential) = make_credential(&password)?;
    let entitlement = Entitlement { tlp, handling, purpose, state };
    let name = add.name;
    let person = Person { id, name, roles, entitlement, key, credential, disabled: false };
    open.put(person, "is added")
}

fn user_list(dir: &Path) -> Done {
    let store = read_only(dir)?;
    let people =
        store.reader().and_then(|reader| reader.ledger(|ledger| ledger.docs(Shelf::Person, &[])));
    let people = people.context("the ledger cannot be read")?;
    let mut text = String::new();
    let mut json = Vec::new();
    for (_, person) in people {
        let person: Person = bytes::read(&person).context("an account cannot be read")?;
        let roles: Vec<_> = person.roles.iter().map(|role| role.code()).collect();
        let gone = if person.disabled { "  disabled" } else { "" };
        let _ = writeln!(text, "{}  {}  {}{gone}", person.id, person.name, roles.join(","));
        json.push(json!({ "id": person.id.as_str(), "name": person.name, "roles": roles,
            "disabled": person.disabled }));
    }
    Ok(Said { text: if text.is_empty() { "none".to_owned() } else { text }, json: json.into() })
}
