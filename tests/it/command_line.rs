//! The command line: what is parsed the short way is parsed as by the whole description.

use std::ffi::OsString;

use clap::Parser as _;
use xcred::internals::Cli;

use crate::random::Random;

/// The commands that are parsed alone.
const COMMANDS: &[&str] = &[
    "get",
    "set",
    "unset",
    "list-profiles",
    "resolve",
    "whoami",
    "export-env",
    "exec",
    "credential-process",
];

/// What else may stand on a line.
const WORDS: &[&str] = &[
    "configure",
    "role",
    "profile",
    "remove",
    "config",
    "list",
    "keys",
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
        let whole = Cli::try_parse_from(&arguments).map_err(|error| (error.kind(), error.to_string()));
        let alone = Cli::of(&arguments).map_err(|error| (error.kind(), error.to_string()));
        assert_eq!(format!("{alone:?}"), format!("{whole:?}"), "seed {seed}: {arguments:?}");
        if whole.is_ok() { right += 1 } else { wrong += 1 }
    }
    assert!(right > 1000 && wrong > 1000, "{right} parsed, {wrong} refused");
}
