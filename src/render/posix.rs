//! The statements of the shells whose `eval` may be given the text in pieces: POSIX shells and tcsh.

use std::collections::BTreeSet;

use zeroize::Zeroizing;

use super::statements::values;
use super::{Environment, RenderError, Shell, VARIABLES, splitproof};

/// How many local variables of the functions around can hide one another: `unset` uncovers the next one.
const DEPTH: &str = "1 2 3 4 5 6 7 8";

/// Each character of the text once, in order. Nearly all are ASCII, and a bit is enough for one of those: to sort the
/// whole text would take as long as all else that is done for it.
fn characters(text: &str) -> impl Iterator<Item = char> {
    let (mut ascii, mut others) = (0_u128, BTreeSet::new());
    for c in text.chars() {
        if c.is_ascii() {
            ascii |= 1 << u32::from(c);
        } else {
            others.insert(c);
        }
    }
    (0..128_u8).filter(move |byte| ascii >> byte & 1 == 1).map(char::from).chain(others)
}

/// Either the shell is the identity at the end, or the status is not 0. Three things can be in the way:
///
/// - `IFS` holds a character of the text, so that an unquoted substitution has turned it into a blank by the time
///   that this is read. Every character that follows is tried first, and nothing is changed.
/// - A variable is read-only, or hides another one that can't be removed. A subshell tries it first, and nothing is
///   changed.
/// - Anything else: then the shell is left without an identity.
///
/// Everything that can fail is part of a condition, so that `set -e` doesn't end the shell in the midst of it, and of
/// one compound command, so that the shell runs all of it or, where the text is cut off, nothing. An assignment is
/// apart from its `export`, because with `set -k` the two together would only set the variable for `export` itself.
/// No word holds `|`, `(` or `<`: those are patterns to zsh.
pub(super) fn posix(out: &mut String, environment: &Environment) {
    let mut body = Zeroizing::new(String::with_capacity(out.capacity()));
    changes(&mut body, environment);
    // The messages may lose their colon.
    let colon = values(environment).any(|value| value.contains(':'));
    out.push_str(Shell::Posix.opening());
    out.push_str(" && true;\nfor xcred in '1'; do\nif for xcred in");
    for c in characters(&body).filter(|c| !matches!(c, ' ' | '\n' | '\'') && (colon || *c != ':')) {
        out.push_str(" '");
        out.push(c);
        out.push('\'');
    }
    out.push_str(" 'all'; do if test ' ' != \"$xcred\"; then continue; fi; break; done;\n");
    // The letters without which `break` is none.
    out.push_str("test \"$xcred\" = 'all' && test ' ' != 'b' && test ' ' != 'a' && test ' ' != 'k'; then\n");
    out.push_str(&body);
    out.push_str("fi;\n");
    // Without its `&` the redirection would write a file. No `else`: without its letters the status would be 0.
    out.push_str("if test \"$xcred\" != 'said'; then if test ' ' != '&'; then ");
    out.push_str(
        "echo 'xcred: IFS splits the values: put double quotes around the substitution' >&2; fi; fi;\n",
    );
    out.push_str("unset xcred; false; done;\n");
}

fn changes(out: &mut String, environment: &Environment) {
    let mut own = vec!["xcred".to_owned()];
    for c in splitproof::special(values(environment)) {
        let name = splitproof::variable(c);
        // The full stop keeps a line feed from being cut off the end.
        out.push_str(&format!("{name}=\"`printf '\\{:03o}.'`\"; {name}=\"${{{name}%.}}\";\n", u32::from(c)));
        own.push(name);
    }
    let held: Vec<_> = environment.set().iter().map(|(name, _)| (*name, format!("xcred_{name}"))).collect();
    for ((_, holder), value) in held.iter().zip(values(environment)) {
        out.push_str(holder);
        out.push('=');
        splitproof::push(out, value);
        out.push_str(";\n");
    }
    own.extend(held.iter().map(|(_, holder)| holder.clone()));
    let (own, all) = (own.join(" "), VARIABLES.join(" "));
    let removed = environment.removed().collect::<Vec<_>>().join(" ");
    let left = environment.removed().map(|name| format!("${{{name}+x}}")).collect::<Vec<_>>().concat();

    trial(out, &all, &removed, &left);
    out.push_str(&format!("if for xcred in {DEPTH}; do unset {all}; done;\n"));
    for (name, holder) in &held {
        out.push_str(&format!("{name}=\"${holder}\" && export {name} &&\n"));
    }
    for (name, holder) in &held {
        out.push_str(&format!("test \"x${name}\" = \"x${holder}\" &&\n"));
    }
    out.push_str(&format!("test -z \"{left}\"; then unset {own}; break;\n"));
    out.push_str(&format!("else unset {all}; unset {own}; xcred='said'; "));
    out.push_str(
        "echo 'xcred: a variable could not be changed: every AWS credential variable was removed' >&2; fi;\n",
    );
    out.push_str(&format!("else unset {own}; xcred='said'; "));
    out.push_str(
        "echo 'xcred: a variable is read-only or local to a function: nothing was changed' >&2; fi;\n",
    );
}

/// In a subshell: whether everything can be removed.
///
/// When bash has removed a local variable, programs get the global one that it hid, and only a function further in
/// sees that. Other shells never read the definition of that function, which is in their grammar or not.
fn trial(out: &mut String, all: &str, removed: &str, left: &str) {
    out.push_str(&format!("if xcred=`if unset {all}; then\n"));
    out.push_str("if test -n \"${BASH_VERSION-}\"; then\n");
    out.push_str(&format!("for xcred in {DEPTH}; do unset {all}; done;\n"));
    out.push_str("shopt -u localvar_unset 2>/dev/null;\n");
    out.push_str(&format!("eval 'function xcred {{ for xcred in {DEPTH}; do unset {removed};\n"));
    out.push_str(&format!("if test -n \"{left}\"; then return 1; fi; done; }}'; xcred; fi;\n"));
    out.push_str("else false; fi`; then\n");
}

/// Every variable of the environment is removed first, so that a text that is cut off leaves a part of one identity
/// and never a mixture of two.
pub(super) fn tcsh(out: &mut String, environment: &Environment) -> Result<(), RenderError> {
    for (variable, value) in environment.set() {
        // It joins the lines of every command substitution.
        if value.expose().contains(['\n', '\r']) {
            let what = "a line break";
            return Err(RenderError::Inexpressible { shell: Shell::Tcsh, variable, what });
        }
    }
    // With the colon it is a label, which does nothing. `false ||` would end a shell that was started with `-e`.
    out.push_str(Shell::Tcsh.opening());
    out.push_str(":;\n");
    let special: Vec<_> = splitproof::special(values(environment)).into_iter().collect();
    let names: Vec<_> = special.iter().map(|c| splitproof::variable(*c)).collect();
    for (name, c) in names.iter().zip(&special) {
        out.push_str(&format!("set {name} = \"`printf '\\{:03o}'`\";\n", u32::from(*c)));
    }
    for name in VARIABLES {
        out.push_str(&format!("unsetenv {name};\n"));
    }
    for (name, value) in environment.set() {
        out.push_str(&format!("setenv {name} "));
        splitproof::push(out, value.expose());
        out.push_str(";\n");
    }
    for name in names {
        out.push_str(&format!("unset {name};\n"));
    }
    Ok(())
}
