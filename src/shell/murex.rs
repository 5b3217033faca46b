//! murex. A throw-away shell that shows what a shell costs.

use super::{Environment, Error, Shell};

pub(super) const SHELL: &Shell = &Shell {
    name: "murex",
    aliases: &[],
    about: "murex",
    title: "murex",
    programs: &["murex"],
    usage: None,
    opening: "",
    failure: "false\n",
    write,
};

fn write(out: &mut String, environment: &Environment) -> Result<(), Error> {
    for (name, value) in environment.set() {
        out.push_str(&format!("%({}) -> export {name}\n", value.expose()));
    }
    Ok(())
}
