//! What a shell has after `init` and `use` that it didn't have before: the function, those of the completions, and the
//! variables of an identity.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use xcred::internals::shell::VARIABLES;

use super::{home, path};
use crate::exports::find;

/// The lines that a shell prints for its functions and variables, before and after.
#[track_caller]
fn new_names(shell: PathBuf, arguments: &[&str], script: &str) -> Vec<String> {
    let sandbox = home().revealing();
    sandbox.put("xcred.nu", sandbox.run(&["init", "nushell"]).success());
    let mut command = Command::new(shell);
    command.env_clear().env("HOME", sandbox.home()).env("PATH", path()).env("LC_ALL", "C.UTF-8");
    command.current_dir(sandbox.home()).args(arguments).arg(script);
    let (printed, said) = sandbox.finish(command, "").code(0);
    assert_eq!(said, "");
    let (before, after) = printed.split_once("=====\n").expect("two lists");
    let before: BTreeSet<&str> = before.lines().collect();
    let new = after.lines().filter(|name| !before.contains(name) && !VARIABLES.contains(name));
    let mut new: Vec<String> = new.map(str::to_owned).collect();
    new.sort();
    new.dedup();
    new
}

#[test]
fn bash_has_only_the_function_and_the_completions() {
    let Some(bash) = find("bash") else { return };
    let list = "declare -F | cut -d' ' -f3; compgen -v; compgen -a; true";
    let load = "eval \"$(xcred init bash)\"";
    let both =
        format!("{list}; echo '====='; {load}; xcred use -q dev; xcred use -q -; xcred use -q dev; {list}");
    let new = new_names(bash, &["--norc", "-c"], &both);
    assert_eq!(new, ["_xcred", "_xcred_command", "xcred"]);
}

#[test]
fn zsh_has_only_the_function_and_the_completions() {
    let Some(zsh) = find("zsh") else { return };
    let list = "print -l ${(k)functions} ${(k)parameters} ${(k)aliases}";
    let load = "eval \"$(xcred init zsh)\"";
    let both =
        format!("{list}; echo '====='; {load}; xcred use -q dev; xcred use -q -; xcred use -q dev; {list}");
    assert_eq!(new_names(zsh, &["-f", "-c"], &both), ["_xcred", "xcred"]);
}

#[test]
fn fish_has_only_the_function_and_the_completions() {
    let Some(fish) = find("fish") else { return };
    let list = "functions --all --names; set --names";
    let both = format!(
        "{list}; echo =====; xcred init fish | source; xcred use -q dev; xcred use -q -; xcred use -q dev; {list}"
    );
    assert_eq!(new_names(fish, &["--no-config", "-c"], &both), ["__xcred_complete", "xcred"]);
}

#[test]
fn tcsh_has_only_the_alias() {
    let Some(tcsh) = find("tcsh") else { return };
    let list = "set | cut -f1 | grep -v '^[_0-9]'; alias | cut -f1; env | cut -d= -f1";
    let both =
        format!("{list}; echo =====; eval \"`xcred init tcsh`\"; xcred use -q dev; xcred use -q -; {list}")
            .replace(
                "xcred use -q dev; xcred use -q -;",
                // The alias is known when the next line is read.
                "eval 'xcred use -q dev'; eval 'xcred use -q -'; eval 'xcred use -q dev';",
            );
    assert_eq!(new_names(tcsh, &["-f", "-c"], &both), ["xcred"]);
}

#[test]
fn xonsh_has_only_the_alias() {
    let Some(xonsh) = find("xonsh") else { return };
    let list = "print('\\n'.join([*globals(), *aliases, *__xonsh__.env._d]))";
    let both = format!(
        "x = $(true)\n{list}\nprint('=====')\nexecx($(xcred init xonsh))\nxcred use -q dev\nxcred use -q -\nxcred use -q dev\n{list}"
    );
    assert_eq!(new_names(xonsh, &["--no-rc", "-c"], &both), ["xcred"]);
}

#[test]
fn nushell_has_only_the_command_and_the_completions() {
    let Some(nu) = find("nu") else { return };
    let list = "(scope commands | get name) ++ (scope modules | get name) ++ (scope variables | get name) ++ \
                ($env | columns) | str join (char newline) | print";
    let both = format!(
        "{list}; print '====='; source xcred.nu; xcred use -q dev; xcred use -q -; xcred use -q dev; {list}"
    );
    let new = new_names(nu, &["--no-config-file", "-c"], &both);
    let foreign: Vec<&String> =
        new.iter().filter(|name| !name.contains("xcred") && *name != "completions").collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}
