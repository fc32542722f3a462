//! Asking people at the terminal.

use std::fs;
use std::io::{IsTerminal as _, Write as _, stderr, stdin};

use anyhow::{Context as _, Result};
use zeroize::Zeroizing;

use super::args::Passwords;

/// The person's password: from the file, from `DIWAN_PASSWORD`, or typed without echo.
pub(super) fn password(passwords: &Passwords, person: &str) -> Result<Zeroizing<String>> {
    if let Some(file) = &passwords.password_file {
        let text =
            Zeroizing::new(fs::read_to_string(file).context("the password file is missing")?);
        let found = text.lines().find_map(|line| line.strip_prefix(person)?.strip_prefix('='));
        let found =
            found.with_context(|| format!("the password file has no line `{person}=...`"))?;
        return Ok(Zeroizing::new(found.to_owned()));
    }
    if let Ok(password) = std::env::var("DIWAN_PASSWORD") {
        return Ok(Zeroizing::new(password));
    }
    let typed = rpassword::prompt_password(format!("password of {person}: "));
    Ok(Zeroizing::new(typed.context("no terminal to ask for the password at")?))
}

/// Asks a question that is answered with yes. Without a terminal nobody can answer: the passwords
/// given by file are then the confirmation.
pub(super) fn confirmed(question: &str) -> Result<bool> {
    if !stdin().is_terminal() {
        return Ok(true);
    }
    write!(stderr(), "{question} [yes/no] ")?;
    stderr().flush()?;
    let mut answer = String::new();
    stdin().read_line(&mut answer)?;
    Ok(answer.trim() == "yes")
}
