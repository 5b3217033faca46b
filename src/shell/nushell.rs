//! Nushell.

use super::{Environment, Error, Shell, push_escape};

pub(super) const SHELL: &Shell = &Shell {
    name: "nushell",
    aliases: &["nu"],
    about: "Nushell",
    title: "Nushell",
    programs: &["nu", "nushell"],
    usage: Some("xcred export-env --format json | from json | load-env"),
    opening: "if true {\n",
    failure: "if true {\nerror make {msg: \"xcred export-env failed\"} }\n",
    write,
};

fn write(out: &mut String, environment: &Environment) -> Result<(), Error> {
    if environment.removed().next().is_some() {
        out.push_str(&format!("hide-env --ignore-errors {};\n", environment.removed_names()));
    }
    for (name, value) in environment.set() {
        out.push_str(&format!("$env.{name} = "));
        literal(out, value.expose());
        out.push_str(";\n");
    }
    out.push_str("}\n");
    Ok(())
}

/// Double quotes: without a `$` before them nothing is interpolated.
fn literal(out: &mut String, value: &str) {
    out.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => push_escape(out, format_args!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}
