//! Nushell.

use super::quoted::push_quoted;
use super::{Environment, Error, Shell};

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
        // Without a `$` before double quotes nothing is interpolated.
        push_quoted(out, '"', value.expose(), |c| {
            c.is_control().then(|| format!("\\u{{{:x}}}", u32::from(c)))
        });
        out.push_str(";\n");
    }
    out.push_str("}\n");
    Ok(())
}
