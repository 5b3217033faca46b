//! xonsh.

use super::quoted::push_quoted;
use super::{Environment, Error, Shell};

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
        // In ASCII, whatever the encoding of Python's input.
        push_quoted(out, '\'', value.expose(), |c| {
            (!matches!(c, ' '..='~')).then(|| format!("\\U{:08x}", u32::from(c)))
        });
        out.push('\n');
    }
    out.push_str("finally:\n pass\n");
    Ok(())
}
