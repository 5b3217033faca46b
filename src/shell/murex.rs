//! Murex.

use super::{Environment, Error, Shell, json};

pub(super) const SHELL: &Shell = &Shell {
    name: "murex",
    aliases: &[],
    about: "Murex",
    title: "Murex",
    programs: &["murex"],
    usage: Some("eval (xcred export-env | slurp)"),
    opening: "{ ",
    failure: "{ fail 'xcred export-env failed' };\n",
    write,
};

/// One line, so that `eval (…)` gets one argument, with or without `slurp`. Strings are quoted as in JSON.
fn write(out: &mut String, environment: &Environment) -> Result<(), Error> {
    for name in environment.removed() {
        out.push_str(&format!("unset-env {name}; "));
    }
    for (name, value) in environment.set() {
        out.push_str(&format!("set-env {name} "));
        json::push_string(out, value.expose());
        out.push_str("; ");
    }
    out.push_str("}\n");
    Ok(())
}
