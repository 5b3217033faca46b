//! The command line: a command that is defined alone is parsed as among all commands.

use std::collections::BTreeSet;
use std::ffi::OsString;

use clap::Command;
use xcred::internals::Cli;

use crate::committed::kept;
use crate::harness::Sandbox;
use crate::random::Random;

/// The commands, each of which is parsed alone.
const COMMANDS: &[&str] = &[
    "configure",
    "keys",
    "profile",
    "config",
    "get",
    "set",
    "unset",
    "list-profiles",
    "resolve",
    "status",
    "doctor",
    "whoami",
    "export-env",
    "exec",
    "credential-process",
    "completions",
    "man",
];

/// What else may stand on a line.
const WORDS: &[&str] = &[
    "role",
    "remove",
    "copy",
    "list",
    "rotate",
    "path",
    "--profile",
    "-p",
    "-pdev",
    "--profile=dev",
    "dev",
    "region",
    "--region",
    "eu-west-1",
    "--color",
    "never",
    "--color=always",
    "-v",
    "--verbose",
    "-V",
    "--version",
    "-h",
    "--help",
    "help",
    "--",
    "-",
    "--all",
    "--stored",
    "--show-origin",
    "--default",
    "--reveal",
    "--format",
    "json",
    "--format=text",
    "fish",
    "--output",
    "--sdk",
    "boto3",
    "--sdk=aws-cli",
    "--offline",
    "--no-cache",
    "--long",
    "-l",
    "--access-key-id",
    "AKIA",
    "--secret-fd",
    "3",
    "-n",
    "--dry-run",
    "--replace",
    "--sso-session",
    "--services",
    "x",
    "--nonsense",
    "",
];

#[test]
fn a_command_that_is_parsed_alone_means_what_it_means_among_all() {
    let (mut right, mut wrong) = (0, 0);
    for seed in 0..20_000 {
        let mut random = Random::new(seed);
        let mut arguments = vec![OsString::from("xcred")];
        if random.chance(80) {
            arguments.push(random.pick(COMMANDS).into());
        }
        arguments.extend((0..random.below(6)).map(|_| {
            let words = if random.chance(10) { COMMANDS } else { WORDS };
            OsString::from(random.pick(words))
        }));
        let whole = Cli::of_all_commands(&arguments).and_then(|cli| cli.with_named_profile(&arguments));
        let whole = whole.map_err(|error| (error.kind(), error.to_string()));
        let alone = Cli::of(&arguments).map_err(|error| (error.kind(), error.to_string()));
        assert_eq!(format!("{alone:?}"), format!("{whole:?}"), "seed {seed}: {arguments:?}");
        if whole.is_ok() { right += 1 } else { wrong += 1 }
    }
    assert!(right > 1000 && wrong > 1000, "{right} parsed, {wrong} refused");
}

/// Compares the help of a command and of those below it with what is printed when it is typed.
fn assert_help(command: &Command, path: &[&str]) {
    for option in ["--help", "-h"] {
        let arguments: Vec<OsString> = path.iter().chain([&option]).map(OsString::from).collect();
        let printed = Cli::of(&arguments).expect_err("help").to_string();
        let mut command = command.clone();
        let whole = if option == "-h" { command.render_help() } else { command.render_long_help() };
        assert_eq!(printed, whole.to_string(), "{path:?} {option}");
    }
    for below in command.get_subcommands() {
        assert_help(below, &[path, &[below.get_name()]].concat());
    }
}

#[test]
fn help_and_version_are_those_of_the_whole_command_line() {
    let mut whole = Cli::definition();
    whole.build();
    assert_help(&whole, &["xcred"]);
    for option in ["--version", "-V"] {
        let printed = Cli::of(&["xcred", option].map(OsString::from)).expect_err("a version").to_string();
        assert_eq!(printed, whole.render_version());
    }
}

#[test]
fn help_never_breaks_a_command_that_is_pasted() {
    let program = Cli::definition();
    let mut names: Vec<Vec<&str>> =
        program.get_subcommands().map(|command| vec![command.get_name()]).collect();
    names.push(Vec::new());
    let mut quoted = 0;
    for columns in [30, 40, 60, 80] {
        let sandbox = Sandbox::new().env("COLUMNS", &columns.to_string());
        for name in &names {
            let help = sandbox.run(&[&name[..], &["--help"]].concat()).success();
            for line in help.lines() {
                assert_eq!(line.matches('`').count() % 2, 0, "{name:?} in {columns} columns: {line}");
                assert!(!line.contains('\u{a0}'), "{line}");
                quoted += line.matches('`').count();
            }
        }
    }
    assert!(quoted > 100, "{quoted}");
}

/// The commands with an option, their own or of one of their subcommands.
fn with_option(option: &str) -> BTreeSet<String> {
    fn has(command: &Command, option: &str) -> bool {
        command.get_arguments().any(|argument| argument.get_long() == Some(option))
            || command.get_subcommands().any(|below| has(below, option))
    }
    let all = Cli::definition();
    all.get_subcommands().filter(|one| has(one, option)).map(|one| one.get_name().to_owned()).collect()
}

/// The commands that the README names in the paragraph before `end`.
fn named_before(end: &str) -> BTreeSet<String> {
    let text = kept("README.md");
    let (before, _) = text.split_once(end).expect("the end of a sentence");
    let paragraph = before.rsplit("\n\n").next().unwrap_or_default();
    paragraph.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_readme_names_the_commands_that_narrow_and_those_that_check_an_account() {
    let mut narrowing = with_option("read-only");
    // It only shows what would be narrowed.
    narrowing.remove("resolve");
    assert_eq!(named_before(" can use less than the profile has"), narrowing);
    let checked = named_before(" check it.");
    let checking = with_option("expect-account");
    assert!(checking.len() > 5 && checking.is_subset(&checked), "{checking:?} {checked:?}");
}
