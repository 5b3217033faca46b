//! xonsh.

use super::{Environment, Error, Shell, push_escape};

pub(super) const SHELL: &Shell = &Shell {
    name: "xonsh",
    aliases: &[],
    about: "xonsh",
    title: "xonsh",
    programs: &["xonsh"],
    usage: Some("execx($(xcred export-env))"),
    opening: "try:\n",
    failure: "try:\n raise RuntimeError('xcred export-env failed')\nfinally:\n pass\n",
    write,
};

fn write(out: &mut String, environment: &Environment) -> Result<(), Error> {
    for name in environment.removed() {
        out.push_str(&format!(" ${{...}}.pop('{name}', None)\n"));
    }
    for (name, value) in environment.set() {
        out.push_str(&format!(" ${name} = "));
        literal(out, value.expose());
        out.push('\n');
    }
    out.push_str("finally:\n pass\n");
    Ok(())
}

/// A string of Python, in ASCII whatever the encoding of its input.
fn literal(out: &mut String, value: &str) {
    out.push('\'');
    for c in value.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            c => push_escape(out, format_args!("\\U{:08x}", u32::from(c))),
        }
    }
    out.push('\'');
}
