//! The committed completions in real shells, at a real terminal, with the Tab key.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::committed::{kept, repository};
use crate::harness::Sandbox;
use crate::keyboard::Keyboard;
use crate::missing::{is_missing, missing};

/// A home with a profile whose name is two words, and one whose name is two words to readline; a command whose name
/// is like no other, and a file whose name is like many things.
fn home() -> Sandbox {
    let sandbox = Sandbox::new()
        .config(
            "[default]\nregion = eu-west-1\n[profile 'team one']\nregion = eu-south-2\n[profile acct:admin]\n\
             region = eu-north-1\n[profile a=b]\nregion = ap-east-1\n[sso-session corporate]\nsso_region = \
             sa-east-1\n",
        )
        .file("regional", "a file")
        .file("bin/zz-tool", "#!/bin/sh\necho the tool got \"$1\"\n");
    std::fs::set_permissions(sandbox.path("bin/zz-tool"), std::fs::Permissions::from_mode(0o755))
        .expect("the mode can be set");
    sandbox
}

/// What must work in every shell. No line that is typed contains what it is expected to print.
const LINES: &[(&str, &str)] = &[
    ("xcred list-p\t\n", "team one"),
    ("xcred get region --profile te\t\n", "eu-south-2"),
    ("xcred get region --profile=te\t\n", "eu-south-2"),
    ("xcred -p te\tget region\n", "eu-south-2"),
    ("xcred get region -p 'te\t\n", "eu-south-2"),
    ("xcred get region -p acct:a\t\n", "eu-north-1"),
    ("xcred get region --profile=acct:a\t\n", "eu-north-1"),
    ("xcred get region -p a=\t\n", "ap-east-1"),
    ("xcred resolve te\t--offline\n", "--profile"),
    ("xcred profile copy te\tcopied -n\n", "[profile copied]"),
    // Beside a file of this name.
    ("xcred get regi\t-p default\n", "eu-west-1"),
    ("xcred set region il-c\t-n\n", "+region = il-central-1"),
    ("xcred get region --region me-ce\t\n", "me-central-1"),
    ("xcred set sso_session corp\t-n\n", "+sso_session = corporate"),
    ("xcred get sso_region --sso-session corp\t\n", "sa-east-1"),
    ("xcred config get cache.p\t\n", "false"),
    ("xcred exec te\t-- zz-t\tx\n", "the tool got x"),
    ("xcred exec -p default -- xcred list-p\t\n", "team one"),
    ("xcred exec default -- ls region\t\n", "al\r\n"),
];

#[track_caller]
fn try_the_tab_key(shell: &str, arguments: &str, set_up: &str, lines: &[(&str, &str)]) {
    if is_missing("script") || is_missing(shell) {
        return;
    }
    // The tool is run with credentials.
    let sandbox = home().credentials(
        "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = c4n4ry\n\
         [team one]\naws_access_key_id = AKIATEAM\naws_secret_access_key = c4n4ry\n",
    );
    let mut keyboard = Keyboard::at(&format!("{shell} {arguments}"), &sandbox);
    keyboard.press(&format!("{set_up}\n"));
    keyboard.expect("");
    for (keys, printed) in LINES.iter().chain(lines) {
        keyboard.press(keys);
        keyboard.expect(printed);
    }
}

fn try_bash(set_up: &str, lines: &[(&str, &str)]) {
    let script = repository("completions/xcred.bash");
    let set_up = format!(
        "bind 'set enable-bracketed-paste off'; {set_up} source '{}'; PS1='rea''dy> '",
        script.display()
    );
    try_the_tab_key("bash", "--norc --noprofile -i", &set_up, lines);
}

/// A command's own completion, by a function and by a program.
const OF_BASH: &[(&str, &str)] = &[
    ("_zz() { COMPREPLY=(by-\"${COMP_WORDS[0]}-$COMP_CWORD\"); }; complete -F _zz zz-tool\n", ""),
    ("xcred exec default -- zz-tool \t\n", "the tool got by-zz-tool-1"),
    (
        "printf '#!/bin/sh\\necho \"$COMP_LINE/$COMP_POINT\" | tr \" \" _\\n' > bin/zz-of; chmod +x bin/zz-of\n",
        "",
    ),
    ("complete -C zz-of zz-tool\n", ""),
    ("xcred exec --profile default -- zz-tool a\t\n", "the tool got zz-tool_a/9"),
];

#[test]
fn bash_completes_names_and_values() {
    try_bash("", OF_BASH);
}

#[test]
fn bash_with_its_package_of_completions_completes_names_and_values() {
    let package = Path::new("/usr/share/bash-completion/bash_completion");
    if !package.is_file() {
        return missing("the package `bash-completion` is not installed");
    }
    try_bash(&format!("source {};", package.display()), OF_BASH);
}

#[test]
fn zsh_completes_names_and_values() {
    let folder = repository("completions");
    let set_up = format!(
        "unsetopt promptsp; fpath=('{}' $fpath); autoload -U compinit; compinit -u -D; PS1='rea''dy> '",
        folder.display()
    );
    let own = [
        ("_zz() { compadd by-$words[1]-$CURRENT }; compdef _zz zz-tool\n", ""),
        ("xcred exec default -- zz-tool \t\n", "the tool got by-zz-tool-2"),
    ];
    try_the_tab_key("zsh", "-f -i", &set_up, &own);
}

#[test]
fn fish_completes_names_and_values() {
    let script = repository("completions/xcred.fish");
    let set_up = format!("source '{}'; function fish_prompt; echo -n 'rea''dy> '; end", script.display());
    let own = [
        ("complete -c zz-tool -f -a '(string join - by (commandline -opc))'\n", ""),
        ("xcred exec default -- zz-tool b\t\n", "the tool got by-"),
    ];
    try_the_tab_key("fish", "--no-config -i", &set_up, &own);
}

#[test]
fn elvish_completes_names_and_values() {
    if is_missing("script") || is_missing("elvish") {
        return;
    }
    let sandbox = home().credentials("[default]\naws_access_key_id = AKIA\naws_secret_access_key = c4n4ry\n");
    // It draws nothing on a terminal without a size.
    let mut keyboard = Keyboard::at("stty rows 40 cols 100; exec elvish -norc", &sandbox);
    let script = repository("completions/xcred.elv");
    let prompt = "set edit:rprompt = { }; set edit:prompt = { put 'rea'; put 'dy> ' }";
    keyboard.press(&format!("eval (slurp < '{}'); {prompt}\r", script.display()));
    keyboard.expect("");
    for (keys, printed) in [
        ("xcred list-p\t\r", "team one"),
        ("xcred get regi\t-p acct:a\t\r", "eu-north-1"),
        ("xcred set region il-c\t-n\r", "+region = il-central-1"),
        ("xcred get sso_region --sso-session corp\t\r", "sa-east-1"),
        ("xcred exec default -- zz-t\t x\r", "the tool got x"),
        ("xcred exec default -- ls regi\t\r", "regional"),
    ] {
        keyboard.press(keys);
        keyboard.expect(printed);
    }
}

/// What bash shows after two Tabs, and what a line can't tell: nothing else is offered.
#[test]
fn bash_offers_these_words_and_no_others() {
    let sandbox = home();
    let folder = Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder");
    let complete = r#"source "$0"; COMP_LINE="$1"; COMP_POINT=${#1}; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        compopt() { printf 'compopt %s\n' "$*"; }
        _xcred; printf '%s\n' "${COMPREPLY[@]}""#;
    for (line, words, offered) in [
        ("xcred list-p", &["xcred", "list-p"][..], "list-profiles\n"),
        ("xcred get -p ", &["xcred", "get", "-p", ""], "default\nteam\\ one\nacct:admin\na=b\n"),
        ("xcred get -p team\\ o", &["xcred", "get", "-p", "team\\ o"], "team\\ one\n"),
        ("xcred get --profile=te", &["xcred", "get", "--profile", "=", "te"], "team\\ one\n"),
        (
            "xcred get --profile=",
            &["xcred", "get", "--profile", "="],
            "default\nteam\\ one\nacct:admin\na=b\n",
        ),
        ("xcred get -p acct:a", &["xcred", "get", "-p", "acct", ":", "a"], "admin\n"),
        ("xcred get -p acct:", &["xcred", "get", "-p", "acct", ":"], "admin\n"),
        ("xcred get --profile \"te", &["xcred", "get", "--profile", "\"te"], "team one\n"),
        ("xcred get --profile x", &["xcred", "get", "--profile", "x"], "\n"),
        ("xcred profile remove d", &["xcred", "profile", "remove", "d"], "default\n"),
        ("xcred profile ", &["xcred", "profile", ""], "remove\nrename\ncopy\n"),
        ("xcred set mfa_serial ", &["xcred", "set", "mfa_serial", ""], "\n"),
        ("xcred set ca_bundle ", &["xcred", "set", "ca_bundle", ""], "compopt -o default\n\n"),
    ] {
        let mut bash = Command::new("bash");
        bash.args(["--norc", "-c", complete]).arg(repository("completions/xcred.bash")).arg(line).args(words);
        bash.env_clear()
            .env("HOME", sandbox.home())
            .env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
        let output = bash.output().expect("bash starts");
        assert_eq!(String::from_utf8_lossy(&output.stdout), offered, "{line}: {output:?}");
    }
}

/// The first command of a row of the README's table of installations.
fn installation(of: &str) -> String {
    let readme = kept("README.md");
    let row = readme.lines().find(|line| line.starts_with(&format!("| {of} | `"))).expect("a row");
    row.split('`').nth(1).expect("a command").to_owned()
}

/// A home in which the README's commands were run, and the shells find what they installed.
fn installed() -> Sandbox {
    let sandbox = home().file(
        ".zshrc",
        "unsetopt promptsp\nfpath=(~/.zfunc $fpath)\nautoload -U compinit\ncompinit -u -D\nPS1='ready> '\n",
    );
    let folder = Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder");
    for of in ["bash", "zsh", "fish", "man"] {
        let mut shell = Command::new("sh");
        shell.args(["-ec", &installation(of)]).env_clear().env("HOME", sandbox.home());
        shell.env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
        assert!(shell.status().expect("the shell starts").success(), "{of}");
    }
    sandbox
}

#[test]
fn what_the_readme_installs_is_found_by_the_shells() {
    let package = "/usr/share/bash-completion/bash_completion";
    for (shell, arguments, set_up) in [
        (
            "bash",
            "--norc -i",
            format!("bind 'set enable-bracketed-paste off'; source {package}; PS1='rea''dy> '"),
        ),
        ("zsh", "-i", String::new()),
        ("fish", "-i", "function fish_prompt; echo -n 'rea''dy> '; end".to_owned()),
    ] {
        if is_missing("script") || is_missing(shell) {
            continue;
        }
        if shell == "bash" && !Path::new(package).is_file() {
            missing("the package `bash-completion` is not installed");
            continue;
        }
        let sandbox = installed();
        let mut keyboard = Keyboard::at(&format!("{shell} {arguments}"), &sandbox);
        keyboard.press(&format!("{set_up}\n"));
        keyboard.expect("");
        keyboard.press("xcred get regi\t-p team\t\n");
        keyboard.expect("eu-south-2");
    }
}

#[test]
fn man_finds_the_pages_that_the_readme_installs() {
    if is_missing("man") {
        return;
    }
    let sandbox = installed();
    std::fs::create_dir_all(sandbox.path(".cargo/bin")).expect("the folder can be made");
    let mut man = Command::new("man");
    man.args(["-w", "xcred-configure-role"]).env_clear().env("HOME", sandbox.home());
    man.env("PATH", format!("{}:/usr/bin:/bin", sandbox.path(".cargo/bin").display()));
    let output = man.output().expect("man starts");
    assert!(String::from_utf8_lossy(&output.stdout).ends_with("/xcred-configure-role.1\n"), "{output:?}");
}
