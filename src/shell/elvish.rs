//! Elvish.

use super::{Environment, Error, Shell, json};

pub(super) const SHELL: &Shell = &Shell {
    name: "elvish",
    aliases: &[],
    about: "Elvish",
    title: "Elvish",
    programs: &["elvish"],
    usage: Some("eval (xcred export-env | slurp)"),
    opening: "{ ",
    failure: "{ fail 'xcred export-env failed' };\n",
    write,
};

/// One line, so that `eval (…)` gets one argument, with or without `slurp`. Strings are quoted as in JSON. No function of the user
/// takes the place of the module's, and the braces keep its name from the shell.
fn write(out: &mut String, environment: &Environment) -> Result<(), Error> {
    out.push_str("use builtin; ");
    for name in environment.removed() {
        out.push_str(&format!("builtin:unset-env {name}; "));
    }
    for (name, value) in environment.set() {
        out.push_str(&format!("builtin:set-env {name} "));
        json::push_string(out, value.expose());
        out.push_str("; ");
    }
    out.push_str("}\n");
    Ok(())
}
