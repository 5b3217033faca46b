//! The completions of the shells whose scripts don't ask xcred: what clap knows.

use clap::Command;
use clap_complete::{Generator, Shell, generate};
use clap_complete_nushell::Nushell;
use xcred::internals::Cli;

use crate::committed::{assert_current, kept};
use crate::harness::Sandbox;

/// The command without the hidden ones below it, which clap would offer.
fn visible(command: &Command) -> Command {
    let below = command.get_subcommands().filter(|below| !below.is_hide_set()).map(visible);
    Command::new(&*command.get_name().to_owned().leak())
        .about(command.get_about().cloned().unwrap_or_default())
        .version(command.get_version().unwrap_or_default().to_owned().leak() as &str)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .args(command.get_arguments().filter(|one| !one.is_hide_set()).map(|one| one.clone().global(false)))
        .subcommands(below)
}

fn generated(generator: impl Generator) -> String {
    let mut script = Vec::new();
    let mut program = Cli::definition();
    program.build();
    generate(generator, &mut visible(&program), "xcred", &mut script);
    String::from_utf8(script).expect("the help texts are UTF-8")
}

#[test]
fn the_generated_completions_are_those_of_the_command_line() {
    assert_current("completions/_xcred.ps1", &generated(Shell::PowerShell));
    assert_current("completions/xcred.nu", &generated(Nushell));
}

#[test]
fn completions_prints_the_script_of_a_shell() {
    for (shell, file) in [
        ("bash", "xcred.bash"),
        ("zsh", "_xcred"),
        ("fish", "xcred.fish"),
        ("powershell", "_xcred.ps1"),
        ("pwsh", "_xcred.ps1"),
        ("elvish", "xcred.elv"),
        ("nushell", "xcred.nu"),
    ] {
        let printed = Sandbox::new().run(&["completions", shell]).success();
        assert!(printed == kept(&format!("completions/{file}")), "{shell}: another script is printed");
    }
}
