//! POSIX shells: `eval`, quoted and not, under every option that changes how an unquoted substitution is taken apart.

use xcred::render::{Environment, Shell, VARIABLES};
use xcred::secret::Secret;

use super::hostile;
use super::program::find;
use super::stage::{Ending, Stage, environments, text};

const DUMP: &str = "printf '\\000'; exec env -0";

/// The ways to read the text that every shell has.
const WAYS: [&str; 8] = [
    "eval $(cat code)",
    "eval `cat code`",
    "eval \"$(cat code)\"",
    ". ./code",
    "set -eu; eval $(cat code)",
    "set -f; eval $(cat code)",
    "IFS='\n\t'; eval $(cat code)",
    "IFS=; eval $(cat code)",
];

fn holds(name: &str, arguments: &[&str], locale: &str, ways: &[&str], values: &[String]) {
    let Some(shell) = find(name) else { return };
    for environment in environments(Shell::Posix, values) {
        let text = text(Shell::Posix, &environment);
        let stage = Stage::new(&text);
        for way in ways {
            let ending = stage.play(&shell, arguments, locale, &format!("{way}; {DUMP}\n"));
            ending.assert_is(&environment, &format!("{name} {arguments:?}: {way}: {text}"));
        }
    }
}

fn hold(name: &str, arguments: &[&str]) {
    holds(name, arguments, "C.UTF-8", &WAYS, &hostile::fixed());
    holds(name, arguments, "C", &WAYS[..1], &hostile::fixed());
    holds(name, arguments, "C.UTF-8", &WAYS[..3], &hostile::random(7, 200));
}

#[test]
fn dash() {
    hold("dash", &[]);
}

#[test]
fn bash() {
    hold("bash", &["--norc"]);
    let ways = [
        "set -o posix; eval $(cat code)",
        "shopt -s nullglob; eval $(cat code)",
        "shopt -s failglob extglob dotglob globstar; eval $(cat code)",
        "set -H; eval $(cat code)",
        "f() { local IFS=' '; eval $(cat code); }; f",
        "source <(cat code)",
    ];
    holds("bash", &["--norc"], "C.UTF-8", &ways, &hostile::fixed());
}

#[test]
fn zsh() {
    hold("zsh", &["-f"]);
    let ways = [
        "emulate sh; eval $(cat code)",
        "emulate ksh; eval $(cat code)",
        "setopt globsubst; eval $(cat code)",
        "setopt globsubst extendedglob nullglob shwordsplit; eval $(cat code)",
        "setopt ksharrays nobareglobqual cshnullglob; eval $(cat code)",
        "source <(cat code)",
    ];
    holds("zsh", &["-f"], "C.UTF-8", &ways, &hostile::fixed());
}

/// Not promised, but they are somebody's `sh`.
#[test]
fn other_posix_shells() {
    for (name, arguments) in [("busybox", &["sh"][..]), ("mksh", &[]), ("ksh", &[]), ("yash", &[])] {
        holds(name, arguments, "C.UTF-8", &WAYS[..5], &hostile::fixed());
    }
}

fn identity() -> Environment {
    let values = [
        "AKIAIOSFODNN7EXAMPLE",
        "wJalr/K7MDENG+bPx",
        "t==",
        "123456789012",
        "2026-11-21T18:00:00Z",
        "eu-west-1",
    ];
    Environment::new(VARIABLES.into_iter().zip(values.map(Secret::new))).expect("no NUL")
}

fn play(name: &str, text: &str, script: &str) -> Option<Ending> {
    Some(Stage::new(text).play(&find(name)?, &[], "C.UTF-8", &format!("{script}; {DUMP}\n")))
}

#[test]
fn where_ifs_takes_the_values_apart_it_fails_and_changes_nothing() {
    let text = text(Shell::Posix, &identity());
    for name in ["dash", "bash", "zsh"] {
        for ifs in ["/", ":", "-", "+", " /", ":,"] {
            let failing = format!("IFS='{ifs}'; eval $(cat code) || echo failed");
            let Some(ending) = play(name, &text, &failing) else { continue };
            assert_eq!(ending.stdout, "failed\n", "{name} {ifs}: {ending:?}");
            assert!(ending.stderr.contains("IFS splits the values"), "{ending:?}");
            assert_eq!(ending.variable("AWS_REGION"), Some(&b"stale"[..]), "{name} {ifs}");
            let quoted =
                play(name, &text, &format!("IFS='{ifs}'; eval \"$(cat code)\"")).expect("it is there");
            quoted.assert_is(&identity(), &format!("{name} {ifs}"));
        }
        for unused in [",", "@ "] {
            let script = format!("IFS='{unused}'; eval $(cat code)");
            let Some(ending) = play(name, &text, &script) else { continue };
            ending.assert_is(&identity(), &format!("{name} {unused}"));
        }
    }
}

#[test]
fn a_failure_stops_the_script() {
    for name in ["dash", "bash", "zsh"] {
        for eval in ["eval $(cat code)", "eval \"$(cat code)\"", "eval `cat code`"] {
            let script = format!("set -e; {eval}; echo survived");
            let Some(ending) = play(name, Shell::Posix.failure(), &script) else { continue };
            assert!(
                !ending.success && ending.stdout.is_empty() && ending.stderr.is_empty(),
                "{name}: {ending:?}"
            );
        }
    }
}

#[test]
fn everything_can_be_removed_again() {
    for name in ["dash", "bash", "zsh"] {
        let text = text(Shell::Posix, &Environment::nobody());
        let Some(ending) = play(name, &text, "set -eu; eval $(cat code)") else { continue };
        ending.assert_is(&Environment::nobody(), name);
    }
}
