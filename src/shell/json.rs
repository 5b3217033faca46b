//! One JSON object, as `load-env` and the like take it.

use super::quoted::push_quoted;
use super::{Environment, Error, Shell};

pub(super) const SHELL: &Shell = &Shell {
    name: "json",
    aliases: &[],
    about: "One JSON object; null means that the variable is to be removed",
    title: "JSON",
    programs: &[],
    usage: None,
    // No document at all: no reader mistakes it for an identity.
    opening: "",
    failure: "",
    write,
};

/// Flat, with null for a variable to be removed, as in direnv.
fn write(out: &mut String, environment: &Environment) -> Result<(), Error> {
    let set = environment.set().iter().map(|(name, value)| (*name, Some(value.expose())));
    let mut separator = "{\n";
    for (name, value) in set.chain(environment.removed().map(|name| (name, None))) {
        out.push_str(&format!("{separator}  \"{name}\": "));
        match value {
            Some(value) => push_string(out, value),
            None => out.push_str("null"),
        }
        separator = ",\n";
    }
    out.push_str("\n}\n");
    Ok(())
}

/// Writes a JSON string. serde_json would leave a copy of the secret in a buffer.
pub fn push_string(out: &mut String, value: &str) {
    push_quoted(out, '"', value, |c| c.is_control().then(|| format!("\\u{:04x}", u32::from(c))));
}
