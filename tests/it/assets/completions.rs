//! The completions of the shells whose scripts don't ask xcred: what clap knows.

use clap::CommandFactory as _;
use clap_complete::{Generator, Shell, generate};
use clap_complete_nushell::Nushell;
use xcred::internals::Cli;

use crate::committed::{assert_current, kept};
use crate::harness::Sandbox;

fn generated(generator: impl Generator) -> String {
    let mut script = Vec::new();
    generate(generator, &mut Cli::command(), "xcred", &mut script);
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
