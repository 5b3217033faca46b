//! The statements of each shell.

use super::posix::{posix, tcsh};
use super::{Environment, RenderError, Shell, VARIABLES, literal};
use crate::secret::Secret;

/// The text that makes the shell that reads it this environment. It begins with [`Shell::opening`], and holds secrets.
pub fn code(shell: Shell, environment: &Environment) -> Result<Secret, RenderError> {
    // Room for everything from the start: a string that grows leaves copies of what it held.
    let values: usize = environment.set().iter().map(|(_, value)| value.expose().len()).sum();
    let mut out = String::with_capacity(16 * values + 8 * 1024);
    match shell {
        Shell::Posix => posix(&mut out, environment),
        Shell::Fish => fish(&mut out, environment),
        Shell::Powershell => powershell(&mut out, environment)?,
        Shell::Cmd => cmd(&mut out, environment)?,
        Shell::Nushell => nushell(&mut out, environment),
        Shell::Elvish => elvish(&mut out, environment),
        Shell::Tcsh => tcsh(&mut out, environment)?,
        Shell::Xonsh => xonsh(&mut out, environment),
        Shell::Dotenv => dotenv(&mut out, environment)?,
        Shell::Json => json(&mut out, environment),
    }
    Ok(Secret::new(out))
}

pub(super) fn values(environment: &Environment) -> impl Iterator<Item = &str> {
    environment.set().iter().map(|(_, value)| value.expose())
}

fn removed(environment: &Environment) -> String {
    environment.removed().collect::<Vec<_>>().join(" ")
}

/// A universal variable can't be hidden from the programs of one shell alone, and removing it would change every
/// other shell of the user's, at once and for good: then nothing is changed, and it fails with what to do. A local
/// variable of the function or block around would hide a global one, so it is removed.
///
/// `true` ends it because `set` hands on the status of whatever was before it.
fn fish(out: &mut String, environment: &Environment) {
    let (removed, all) = (removed(environment), VARIABLES.join(" "));
    out.push_str(Shell::Fish.opening());
    out.push_str("; or begin; set -l xcred; set -l xcred_name;\n");
    out.push_str(&format!(
        "for xcred_name in {removed}; set -q -U -x $xcred_name; and set xcred $xcred $xcred_name; end;\n"
    ));
    out.push_str("if count $xcred >/dev/null; echo \"xcred: universal variables reach into every shell; first: set -e -U $xcred\" >&2; false; else;\n");
    out.push_str(&format!("for xcred_name in {all}; while set -q -l $xcred_name; set -e -l $xcred_name; or break; end; set -e -g $xcred_name; end;\n"));
    for (name, value) in environment.set() {
        out.push_str(&format!("set -g -x {name} "));
        literal::fish(out, value.expose());
        out.push_str(";\n");
    }
    out.push_str(&format!(
        "for xcred_name in {all}; set -q -l $xcred_name; and set xcred $xcred $xcred_name; end;\n"
    ));
    out.push_str("not count $xcred >/dev/null; end; end;\n");
}

/// One line: a statement for each would be run by `Invoke-Expression` as it comes, where the lines are piped into it.
fn powershell(out: &mut String, environment: &Environment) -> Result<(), RenderError> {
    out.push_str(Shell::Powershell.opening());
    for name in environment.removed() {
        out.push_str(&format!("$env:{name}=$null;"));
    }
    for (variable, value) in environment.set() {
        if value.expose().is_empty() {
            // Setting it to that removes it, in every version before 7.5.
            let what = "an empty value";
            return Err(RenderError::Inexpressible { shell: Shell::Powershell, variable, what });
        }
        out.push_str(&format!("$env:{variable}="));
        literal::powershell(out, value.expose());
        out.push(';');
    }
    out.push_str("}\n");
    Ok(())
}

/// `set NAME` alone fails where there is no such variable, and `set NAME=1` doesn't.
fn cmd(out: &mut String, environment: &Environment) -> Result<(), RenderError> {
    out.push_str(Shell::Cmd.opening());
    out.push_str("=1\r\n");
    for name in environment.removed() {
        out.push_str(&format!("set \"{name}=\"\r\n"));
    }
    for (variable, value) in environment.set() {
        out.push_str(&format!("set \"{variable}="));
        literal::cmd(out, value.expose()).map_err(|what| RenderError::Inexpressible {
            shell: Shell::Cmd,
            variable,
            what,
        })?;
        out.push_str("\"\r\n");
    }
    out.push_str("set \"xcred_failed=\"\r\n");
    Ok(())
}

fn nushell(out: &mut String, environment: &Environment) {
    out.push_str(Shell::Nushell.opening());
    if environment.removed().next().is_some() {
        out.push_str(&format!("hide-env --ignore-errors {};\n", removed(environment)));
    }
    for (name, value) in environment.set() {
        out.push_str(&format!("$env.{name} = "));
        literal::nushell(out, value.expose());
        out.push_str(";\n");
    }
    out.push_str("}\n");
}

/// One line, so that `eval (…)` gets one argument, with or without `slurp`.
fn elvish(out: &mut String, environment: &Environment) {
    out.push_str(Shell::Elvish.opening());
    for name in environment.removed() {
        out.push_str(&format!("unset-env {name}; "));
    }
    for (name, value) in environment.set() {
        out.push_str(&format!("set-env {name} "));
        literal::json(out, value.expose());
        out.push_str("; ");
    }
    out.push_str("}\n");
}

fn xonsh(out: &mut String, environment: &Environment) {
    out.push_str(Shell::Xonsh.opening());
    for name in environment.removed() {
        out.push_str(&format!(" ${{...}}.pop('{name}', None)\n"));
    }
    for (name, value) in environment.set() {
        out.push_str(&format!(" ${name} = "));
        literal::python(out, value.expose());
        out.push('\n');
    }
    out.push_str("finally:\n pass\n");
}

fn dotenv(out: &mut String, environment: &Environment) -> Result<(), RenderError> {
    if environment.set().is_empty() {
        return Err(RenderError::SetsOnly(Shell::Dotenv));
    }
    for (variable, value) in environment.set() {
        out.push_str(&format!("{variable}="));
        literal::dotenv(out, value.expose()).map_err(|what| RenderError::Inexpressible {
            shell: Shell::Dotenv,
            variable,
            what,
        })?;
        out.push('\n');
    }
    Ok(())
}

/// Flat, with null for what has to go, as direnv has it: what `load-env` and their like take.
fn json(out: &mut String, environment: &Environment) {
    let set = environment.set().iter().map(|(name, value)| (*name, Some(value.expose())));
    let mut separator = "{\n";
    for (name, value) in set.chain(environment.removed().map(|name| (name, None))) {
        out.push_str(&format!("{separator}  \"{name}\": "));
        match value {
            Some(value) => literal::json(out, value),
            None => out.push_str("null"),
        }
        separator = ",\n";
    }
    out.push_str("\n}\n");
}
