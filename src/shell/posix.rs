//! POSIX shells.

use std::collections::BTreeSet;

use zeroize::Zeroizing;

use super::{Environment, Error, Shell, VARIABLES, unquoted};

pub(super) const SHELL: &Shell = &Shell {
    name: "posix",
    aliases: &["sh", "bash", "zsh", "dash", "ksh"],
    about: "sh, bash, zsh, dash, ksh",
    title: "a POSIX shell",
    programs: &[
        "sh", "bash", "rbash", "zsh", "dash", "ash", "busybox", "ksh", "mksh", "pdksh", "oksh", "yash",
    ],
    usage: Some(r#"eval "$(xcred export-env)""#),
    opening: "false",
    failure: "false;\n",
    write,
};

/// Local variables of nested functions hide one another: each `unset` uncovers the next. This many are removed.
const DEPTH: &str = "1 2 3 4 5 6 7 8";

/// Each character of the text once, in order. Sorting the text would double the time of the command's own work.
fn characters(text: &str) -> impl Iterator<Item = char> {
    let (mut ascii, mut others) = ([false; 128], BTreeSet::new());
    for byte in text.bytes().filter(u8::is_ascii) {
        ascii[usize::from(byte)] = true;
    }
    if !text.is_ascii() {
        others.extend(text.chars().filter(|c| !c.is_ascii()));
    }
    (0..128_u8).filter(move |byte| ascii[usize::from(*byte)]).map(char::from).chain(others)
}

/// Either the shell has the identity at the end, or the status is not 0. Three things can prevent it:
///
/// - `IFS` contains a character of the text, so that an unquoted substitution has turned it into a blank before this
///   is read. Every character that follows is tested first. Nothing is changed.
/// - A variable is read-only, or hides another one that can't be removed. A subshell tries it first. Nothing is
///   changed.
/// - Anything else: the shell ends up without an identity.
///
/// Everything that can fail is part of a condition, so that `set -e` doesn't end the shell halfway, and of one
/// compound command, so that the shell runs all of it or, if the text is truncated, nothing. An assignment is apart
/// from its `export`, because with `set -k` the two together would set the variable for `export` alone. No word
/// contains `|`, `(` or `<`: zsh takes them for patterns.
fn write(out: &mut String, environment: &Environment) -> Result<(), Error> {
    let mut body = Zeroizing::new(String::with_capacity(out.capacity()));
    changes(&mut body, environment);
    // The messages may lose their colon.
    let colon = environment.values().any(|value| value.contains(':'));
    out.push_str(" && true;\nfor xcred in '1'; do\nif for xcred in");
    for c in characters(&body).filter(|c| !matches!(c, ' ' | '\n' | '\'') && (colon || *c != ':')) {
        out.extend([' ', '\'', c, '\'']);
    }
    out.push_str(" 'all'; do if test ' ' != \"$xcred\"; then continue; fi; break; done;\n");
    // The letters that `break` needs.
    out.push_str("test \"$xcred\" = 'all' && test ' ' != 'b' && test ' ' != 'a' && test ' ' != 'k'; then\n");
    out.push_str(&body);
    out.push_str("fi;\n");
    // Without its `&` the redirection would write a file. No `else`: without its letters the status would be 0.
    out.push_str("if test \"$xcred\" != 'said'; then if test ' ' != '&'; then ");
    out.push_str("echo 'xcred: IFS splits the values: put the substitution in double quotes' >&2; fi; fi;\n");
    out.push_str("unset xcred; false; done;\n");
    Ok(())
}

fn changes(out: &mut String, environment: &Environment) {
    let mut own = vec!["xcred".to_owned()];
    for c in unquoted::special(environment.values()) {
        let name = unquoted::variable(c);
        // The full stop keeps a line feed from being cut off the end.
        out.push_str(&format!("{name}=\"`printf '\\{:03o}.'`\"; {name}=\"${{{name}%.}}\";\n", u32::from(c)));
        own.push(name);
    }
    let held: Vec<_> = environment.set().iter().map(|(name, _)| (*name, format!("xcred_{name}"))).collect();
    for ((_, holder), value) in held.iter().zip(environment.values()) {
        out.extend([holder, "="]);
        unquoted::push(out, value);
        out.push_str(";\n");
    }
    own.extend(held.iter().map(|(_, holder)| holder.clone()));
    let (own, all) = (own.join(" "), VARIABLES.join(" "));
    let removed = environment.removed_names();
    let left: String = environment.removed().flat_map(|name| ["${", name, "+x}"]).collect();

    trial(out, &all, &removed, &left);
    out.extend(["if for xcred in ", DEPTH, "; do unset ", &all, "; done;\n"]);
    for (name, holder) in &held {
        out.extend([name, "=\"$", holder, "\" && export ", name, " &&\n"]);
    }
    for (name, holder) in &held {
        out.extend(["test \"x$", name, "\" = \"x$", holder, "\" &&\n"]);
    }
    out.extend(["test -z \"", &left, "\"; then unset ", &own, "; break;\n"]);
    out.extend(["else unset ", &all, "; unset ", &own, "; xcred='said'; "]);
    out.push_str(
        "echo 'xcred: a variable did not take its value: all AWS credential variables were unset' >&2; fi;\n",
    );
    out.extend(["else unset ", &own, "; xcred='said'; "]);
    out.push_str(
        "echo 'xcred: a variable is read-only or local to a function: nothing was changed' >&2; fi;\n",
    );
}

/// Tests in a subshell whether everything can be removed.
///
/// When bash removes a local variable, programs get the global one that it hid, and only a nested function sees
/// that. Other shells never parse that function's definition, whose syntax they may not have.
fn trial(out: &mut String, all: &str, removed: &str, left: &str) {
    out.extend(["if xcred=`if unset ", all, "; then\n"]);
    out.push_str("if test -n \"${BASH_VERSION-}\"; then\n");
    out.extend(["for xcred in ", DEPTH, "; do unset ", all, "; done;\n"]);
    out.push_str("shopt -u localvar_unset 2>/dev/null;\n");
    out.extend(["eval 'function xcred { for xcred in ", DEPTH, "; do unset ", removed, ";\n"]);
    out.extend(["if test -n \"", left, "\"; then return 1; fi; done; }'; xcred; fi;\n"]);
    out.push_str("else false; fi`; then\n");
}
