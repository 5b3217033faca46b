//! A dotenv file, as python-dotenv, Node, Compose and Docker read it.

use super::{Environment, Error, Shell};

pub(super) const SHELL: &Shell = &Shell {
    name: "dotenv",
    aliases: &[],
    about: "A file of assignments, as python-dotenv, Node and Compose read it",
    title: "a dotenv file",
    programs: &[],
    usage: None,
    // An empty file: no reader mistakes it for an identity.
    opening: "",
    failure: "",
    write,
};

fn write(out: &mut String, environment: &Environment) -> Result<(), Error> {
    if environment.set().is_empty() {
        return Err(Error::SetsOnly(SHELL.title));
    }
    for (variable, value) in environment.set() {
        out.push_str(&format!("{variable}="));
        literal(out, value.expose()).map_err(|what| Error::Inexpressible {
            shell: SHELL.title,
            variable,
            what,
        })?;
        out.push('\n');
    }
    Ok(())
}

/// Unquoted if every reader agrees on it, including Docker, which doesn't support quotes. Otherwise in single quotes, or
/// in double quotes around a single one. Rejects characters that python-dotenv, Node or Compose would change in them.
fn literal(out: &mut String, value: &str) -> Result<(), &'static str> {
    let bare = |c: char| c.is_ascii_alphanumeric() || "+,-./:@%=_".contains(c);
    if !value.is_empty() && value.chars().all(bare) {
        out.push_str(value);
        return Ok(());
    }
    let single = value.contains('\'');
    for c in value.chars() {
        match c {
            '\\' => return Err("a backslash"),
            '\n' => {}
            c if c.is_control() => return Err("a control character other than a line feed"),
            '"' if single => return Err("both kinds of quotes"),
            '$' | '`' if single => return Err("a single quote beside a dollar sign or a backquote"),
            _ => {}
        }
    }
    // python-dotenv expands it in every kind of quotes.
    if value.contains("${") {
        return Err("`${`");
    }
    let quote = if single { '"' } else { '\'' };
    out.push(quote);
    out.push_str(value);
    out.push(quote);
    Ok(())
}
