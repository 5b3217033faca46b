//! The prompts in the README, in the programs that show them.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use crate::committed::kept;
use crate::exports::find;
use crate::harness::{CANARY, Sandbox};
use crate::keyboard::Keyboard;
use crate::missing::is_missing;
use crate::peers::tool;

/// What the README says to add for a shell.
fn row(shell: &str) -> String {
    let readme = kept("README.md");
    let section = readme.split("\n### Prompts\n").nth(1).expect("a section about prompts");
    let row = section.lines().find_map(|line| line.strip_prefix(&format!("| {shell} | "))).expect("a row");
    row.trim_end_matches(" |").trim_matches('`').replace("\\|", "|")
}

/// The block of the README that begins with a line.
fn block(first: &str) -> String {
    let readme = kept("README.md");
    let at = readme.find(&format!("\n{first}")).expect("a block");
    let text = &readme[at + 1..];
    text[..text.find("```").expect("its end")].to_owned()
}

fn home() -> Sandbox {
    Sandbox::new()
        .config("[profile dev]\nregion = eu-west-1\n[profile 50%n]\nregion = us-east-1\n")
        .credentials(format!(
            "[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = {CANARY}\n[50%n]\naws_access_key_id = \
             AKIAN\naws_secret_access_key = {CANARY}\n"
        ))
}

/// The shell shows who it is as soon as it has switched.
fn shows(start: &str, before: &str, load: &str, prompt: &str, enter: &str) {
    let sandbox = home();
    let mut keyboard = Keyboard::at(&format!("stty rows 40 cols 100; exec {start}"), &sandbox);
    keyboard.see(before);
    keyboard.press(&format!("{load}{enter}"));
    keyboard.press(&format!("{prompt}{enter}"));
    keyboard.press(&format!("xcred use -q dev{enter}"));
    keyboard.see("dev eu-west-1");
    keyboard.press(&format!("xcred use -q '50%n'{enter}"));
    keyboard.see("50%n us-east-1");
}

#[test]
fn the_prompts_of_shells_show_the_profile() {
    for (shell, start, load, enter) in [
        ("bash", "bash --norc --noprofile -i", "eval \"$(xcred init bash)\"", "\n"),
        ("zsh", "zsh -f -i", "eval \"$(xcred init zsh)\"", "\n"),
        ("fish", "fish --no-config -i", "xcred init fish | source", "\n"),
        ("elvish", "elvish -norc", "eval (xcred init elvish | slurp)", "\r"),
    ] {
        if is_missing("script") || is_missing(shell) {
            continue;
        }
        shows(start, "", load, &row(shell), enter);
    }
}

#[test]
fn the_prompt_of_tcsh_shows_the_profile() {
    if is_missing("script") || is_missing("tcsh") {
        return;
    }
    let sandbox = home();
    let mut keyboard = Keyboard::at("tcsh -f", &sandbox);
    keyboard.press(&format!("eval \"`xcred init tcsh`\"\n{}\nxcred use -q dev\n", row("tcsh")));
    keyboard.see("dev eu-west-1 > ");
    keyboard.press("xcred use -q '50%n'\n");
    keyboard.see("50%n us-east-1 > ");
}

#[test]
fn the_prompts_of_xonsh_and_nushell_show_the_profile() {
    if is_missing("script") {
        return;
    }
    if let Some(xonsh) = find("xonsh") {
        let start = format!("{} --no-rc --shell-type readline -D 'PROMPT=ready> ' -i", xonsh.display());
        shows(&start, "ready> ", "execx($(xcred init xonsh))", &row("xonsh"), "\n");
    }
    if let Some(nu) = find("nu") {
        let start = format!("xcred init nushell > xcred.nu; exec {} --no-config-file", nu.display());
        let start = format!("sh -c '{start}'");
        shows(&start, "> ", "source xcred.nu", &row("nushell"), "\r");
    }
}

/// Starship, from the Python package that has its program.
#[test]
fn starship_shows_the_profile() {
    let Some(program) = tool("starship") else { return };
    let sandbox = home().file(".config/starship.toml", block("[custom.xcred]"));
    // The package leaves out that it can be run.
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("the mode can be set");
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder");
    let shown = |profile: Option<&str>| {
        let mut starship = Command::new(&program);
        starship.args(["module", "custom.xcred"]).env_clear().env("HOME", sandbox.home());
        starship.env("PATH", format!("{}:/usr/bin:/bin", folder.display())).current_dir(sandbox.home());
        starship.env("AWS_EC2_METADATA_DISABLED", "true");
        starship.envs(profile.map(|profile| ("AWS_PROFILE", profile)));
        sandbox.finish(starship, "").success()
    };
    assert!(shown(Some("dev")).contains("dev eu-west-1"), "{:?}", shown(Some("dev")));
    assert!(shown(Some("50%n")).contains("50%n us-east-1"), "{:?}", shown(Some("50%n")));
    assert!(!shown(None).contains("eu-west-1"));
}

/// With a stand-in for `p10k segment`, which prints its arguments.
#[test]
fn the_segment_of_powerlevel10k_has_the_profile() {
    if is_missing("zsh") {
        return;
    }
    let sandbox = home();
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder");
    let shown = |profile: Option<&str>| {
        let script = format!(
            "p10k() {{ print -r -- \"$@\"; }}\n{}\nprompt_xcred\ntrue",
            block("function prompt_xcred")
        );
        let mut zsh = Command::new("zsh");
        zsh.args(["-fc", &script]).env_clear().env("HOME", sandbox.home());
        zsh.env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
        zsh.env("AWS_EC2_METADATA_DISABLED", "true").envs(profile.map(|profile| ("AWS_PROFILE", profile)));
        sandbox.finish(zsh, "").success()
    };
    assert_eq!(shown(Some("dev")), "segment -f 208 -t dev eu-west-1\n");
    assert_eq!(shown(Some("50%n")), "segment -f 208 -t 50%%n us-east-1\n");
    assert_eq!(shown(None), "");
}
