//! fish.

use super::quoted::push_quoted;
use super::{Environment, Error, Shell, VARIABLES};

pub(super) const SHELL: &Shell = &Shell {
    name: "fish",
    aliases: &[],
    about: "fish",
    title: "fish",
    programs: &["fish"],
    usage: Some("xcred export-env | source"),
    opening: "false",
    failure: "false;\n",
    write,
};

/// A universal variable can't be hidden in one shell alone, and erasing it would change all of the user's shells
/// permanently. So nothing is changed, and the text fails with a hint. A local variable of an enclosing function or
/// block would hide a global one, so it is erased.
///
/// `true` ends it because `set` keeps the status of the command before it.
fn write(out: &mut String, environment: &Environment) -> Result<(), Error> {
    let (removed, all) = (environment.removed_names(), VARIABLES.join(" "));
    out.push_str("; or begin; set -l xcred; set -l xcred_name;\n");
    out.push_str(&format!(
        "for xcred_name in {removed}; set -q -U -x $xcred_name; and set xcred $xcred $xcred_name; end;\n"
    ));
    out.push_str("if count $xcred >/dev/null; echo \"xcred: universal variables affect every shell; erase them first: set -e -U $xcred\" >&2; false; else;\n");
    out.push_str(&format!("for xcred_name in {all}; while set -q -l $xcred_name; set -e -l $xcred_name; or break; end; set -e -g $xcred_name; end;\n"));
    for (name, value) in environment.set() {
        out.push_str(&format!("set -g -x {name} "));
        literal(out, value.expose());
        out.push_str(";\n");
    }
    out.push_str(&format!(
        "for xcred_name in {all}; set -q -l $xcred_name; and set xcred $xcred $xcred_name; end;\n"
    ));
    out.push_str("not count $xcred >/dev/null; end; end;\n");
    Ok(())
}

/// Single quotes, in which only `\` and `'` are escaped. Control characters are between the quotes, because a command
/// substitution splits its output into lines.
fn literal(out: &mut String, value: &str) {
    push_quoted(out, '\'', value, |c| match c {
        '\n' => Some("'\\n'".to_owned()),
        // An escape takes at most two digits, so the quote that follows ends it.
        c if c.is_ascii_control() => Some(format!("'\\x{:02x}'", u32::from(c))),
        _ => None,
    });
}
