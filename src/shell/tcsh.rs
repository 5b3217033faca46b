//! tcsh and csh.

use super::{Environment, Error, Shell, VARIABLES, unquoted};

pub(super) const SHELL: &Shell = &Shell {
    name: "tcsh",
    aliases: &["csh"],
    about: "tcsh, csh",
    title: "tcsh",
    programs: &["csh", "tcsh"],
    usage: Some(r#"eval "`xcred export-env`""#),
    opening: "''false",
    failure: "''false;\n",
    write,
};

/// After empty quotes a command is not looked up as an alias, and is still a builtin, which it isn't after a backslash.
/// An alias of `unsetenv` would leave a mixture of two identities, and status 0. Nothing else can: tcsh has no functions,
/// and no environment variable is read-only.
///
/// Every variable is removed first, so that a truncated text leaves a part of one identity, never a mixture of two.
fn write(out: &mut String, environment: &Environment) -> Result<(), Error> {
    for (variable, value) in environment.set() {
        // tcsh joins the lines of every command substitution.
        if value.expose().contains(['\n', '\r']) {
            return Err(Error::Inexpressible { shell: SHELL.title, variable, what: "a line break" });
        }
    }
    // With the colon it is a label, which does nothing. `false ||` would end a shell started with `-e`.
    out.push_str(":;\n");
    let special: Vec<_> = unquoted::special(environment.values()).into_iter().collect();
    let names: Vec<_> = special.iter().map(|c| unquoted::variable(*c)).collect();
    for (name, c) in names.iter().zip(&special) {
        out.push_str(&format!("''set {name} = \"`''printf '\\{:03o}'`\";\n", u32::from(*c)));
    }
    for name in VARIABLES {
        out.push_str(&format!("''unsetenv {name};\n"));
    }
    for (name, value) in environment.set() {
        out.push_str(&format!("''setenv {name} "));
        unquoted::push(out, value.expose());
        out.push_str(";\n");
    }
    for name in names {
        out.push_str(&format!("''unset {name};\n"));
    }
    Ok(())
}
