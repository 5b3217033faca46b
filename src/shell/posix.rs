//! POSIX shells.

use std::collections::BTreeSet;
use std::fmt::Write as _;

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
    write: |out, environment| write(out, environment, ""),
};

/// Bash and zsh in the functions that `init` prints, where no function of the user takes the place of a builtin.
/// Other shells don't have the word, nor does an unquoted substitution keep the backslash, which hides an alias.
pub(super) const WITH_BUILTINS: &Shell = &Shell {
    opening: "\\builtin false",
    failure: "\\builtin false;\n",
    write: |out, environment| write(out, environment, "\\builtin "),
    ..*SHELL
};

/// Written before `export` where nothing else is: in bash and zsh a function could take its place, and the variables would not
/// reach programs. Other shells have no such functions, and there it is not a word at all, which hides an alias, too.
const FOR_EXPORT: &str = r#"${BASH_VERSION+"builtin"} ${ZSH_VERSION+"builtin"} "#;

/// Local variables of nested functions hide one another: each `unset` uncovers the next. This many are removed.
const DEPTH: &str = "1 2 3 4 5 6 7 8";

/// Each character of the text once, in order. Sorting the text would double the time of the command's own work.
fn characters(text: &str) -> impl Iterator<Item = char> {
    let (mut bytes, mut others) = ([false; 256], BTreeSet::new());
    for byte in text.as_bytes() {
        bytes[usize::from(*byte)] = true;
    }
    if bytes[128..].contains(&true) {
        others.extend(text.chars().filter(|c| !c.is_ascii()));
    }
    (0..128_u8).filter(move |byte| bytes[usize::from(*byte)]).map(char::from).chain(others)
}

/// Either the shell has the identity at the end, or the status is not 0. Three things can prevent it:
///
/// - `IFS` contains a character of the text, so that an unquoted substitution has turned it into a blank before this
///   is read. Every character that follows is tested first. Nothing is changed.
/// - A variable is read-only, or hides another one that can't be removed, or an alias or a function takes the place of
///   `unset`. A subshell tries it first. Nothing is changed.
/// - Anything else: the shell ends up without an identity.
///
/// Everything that can fail is part of a condition, so that `set -e` doesn't end the shell halfway, and of one
/// compound command, so that the shell runs all of it or, if the text is truncated, nothing. An assignment is apart
/// from its `export`, because with `set -k` the two together would set the variable for `export` alone. No word
/// contains `|`, `(` or `<`: zsh takes them for patterns. The messages have no comma, which may be in `IFS`.
///
/// `builtin` is written before each command.
fn write(out: &mut String, environment: &Environment, builtin: &str) -> Result<(), Error> {
    let start = out.len();
    changes(out, environment, builtin);
    // The messages may lose their colon.
    let colon = environment.values().any(|value| value.contains(':'));
    let mut test = [" && ", builtin, "true;\nfor xcred in '1'; do\nif for xcred in"].concat();
    for c in characters(&out[start..]).filter(|c| !matches!(c, ' ' | '\n' | '\'') && (colon || *c != ':')) {
        test.extend([' ', '\'', c, '\'']);
    }
    test.push_str(&format!(
        " 'all'; do if {builtin}test ' ' != \"$xcred\"; then {builtin}continue; fi; {builtin}break; done;\n"
    ));
    // The letters that `break` needs.
    let letters = ["b", "a", "k"].map(|c| format!(" && {builtin}test ' ' != '{c}'")).concat();
    test.push_str(&format!("{builtin}test \"$xcred\" = 'all'{letters}; then\n"));
    // There is room: nothing is copied to another place.
    out.insert_str(start, &test);
    out.push_str("fi;\n");
    // Without its `&` the redirection would write a file. No `else`: without its letters the status would be 0.
    out.push_str(&format!(
        "if {builtin}test \"$xcred\" != 'said'; then if {builtin}test ' ' != '&'; then {builtin}echo \
         'xcred: IFS splits the values: put the substitution in double quotes' >&2; fi; fi;\n\
         {builtin}unset xcred; {builtin}false; done;\n"
    ));
    Ok(())
}

fn changes(out: &mut String, environment: &Environment, builtin: &str) {
    let mut own = vec!["xcred".to_owned()];
    for c in unquoted::special(environment.values()) {
        let name = unquoted::variable(c);
        // The full stop keeps a line feed from being cut off the end.
        let code = u32::from(c);
        out.push_str(&format!("{name}=\"`{builtin}printf '\\{code:03o}.'`\"; {name}=\"${{{name}%.}}\";\n"));
        own.push(name);
    }
    let held: Vec<_> = environment.set().iter().map(|(name, _)| (*name, format!("xcred_{name}"))).collect();
    for ((_, holder), value) in held.iter().zip(environment.values()) {
        out.extend([holder, "="]);
        unquoted::push(out, value);
        out.push_str(";\n");
    }
    own.extend(held.iter().map(|(_, holder)| holder.clone()));
    let own = own.join(" ");
    let (all, removed) = (&*VARIABLES.join(" "), &*environment.removed_names());
    let left_over = &*left(environment.removed());

    trial(out, [all, removed], left_over, builtin);
    _ = writeln!(out, "if for xcred in {DEPTH}; do {builtin}unset {all}; done;");
    let before = if builtin.is_empty() { FOR_EXPORT } else { builtin };
    for (name, holder) in &held {
        out.push_str(&format!("{name}=\"${holder}\" && {before}export {name} &&\n"));
    }
    for (name, holder) in &held {
        out.push_str(&format!("{builtin}test \"x${name}\" = \"x${holder}\" &&\n"));
    }
    // Where a function takes the place of `break`, `continue` ends the loop, which has one value.
    _ = write!(
        out,
        "{builtin}test -z \"{left_over}\"; then {builtin}unset {own}; {builtin}break; {builtin}continue;\n\
         else {builtin}unset {all}; {builtin}unset {own}; xcred='said'; {builtin}echo \
         'xcred: a variable did not take its value: all AWS credential variables were unset' >&2; fi;\n\
         else {builtin}unset {own}; xcred='said'; {builtin}echo \
         'xcred: a variable is read-only or local to a function or not removed by unset: nothing was changed' >&2; fi;\n"
    );
}

/// Text that is empty if none of these variables is set.
fn left<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut out = String::with_capacity(1024);
    for name in names {
        for part in ["${", name, "+x}"] {
            out.push_str(part);
        }
    }
    out
}

/// Tests in a subshell whether everything can be removed.
///
/// When bash removes a local variable, programs get the global one that it hid, and only a nested function sees
/// that. Other shells never parse that function's definition, whose syntax they may not have.
fn trial(out: &mut String, [all, removed]: [&str; 2], left_over: &str, builtin: &str) {
    let all_left = left(VARIABLES.into_iter());
    _ = write!(
        out,
        "if xcred=`if {builtin}unset {all}; then\n\
         for xcred in {DEPTH}; do {builtin}unset {all}; done;\n\
         if {builtin}test -n \"{all_left}\"; then {builtin}false;\n\
         elif {builtin}test -n \"${{BASH_VERSION-}}\"; then\n\
         {builtin}shopt -u localvar_unset 2>/dev/null;\n\
         {builtin}eval 'function xcred {{ for xcred in {DEPTH}; do {builtin}unset {removed};\n\
         if {builtin}test -n \"{left_over}\"; then {builtin}return 1; fi; done; }}'; xcred; fi;\n\
         else {builtin}false; fi`; then\n"
    );
}
