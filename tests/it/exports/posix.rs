//! POSIX shells: `eval`, quoted and not, under every option that changes how an unquoted substitution is taken apart.

use xcred::internals::Secret;
use xcred::internals::shell::{Environment, VARIABLES};

use super::hostile;
use super::program::find;
use super::stage::{Ending, Stage, environments, shell, text};

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
    for environment in environments("posix", values) {
        let text = text("posix", &environment);
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
        "set -k; eval $(cat code)",
        "set -aku; trap 'echo ERR' ERR; set -E; eval $(cat code)",
        "set -o posix; set -ek; eval \"$(cat code)\"",
        "f() { local -u AWS_ACCESS_KEY_ID; local -i AWS_SECRET_ACCESS_KEY; unset AWS_ACCESS_KEY_ID; }; f; declare -l AWS_SECRET_ACCESS_KEY; declare -i AWS_SESSION_TOKEN; eval $(cat code)",
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
        "setopt rcquotes; eval $(cat code)",
        "setopt rcquotes globsubst; eval \"$(cat code)\"",
        "setopt globsubst magicequalsubst rcquotes rcexpandparam braceccl; eval $(cat code)",
        "setopt errexit errreturn pipefail posixbuiltins globsubst; f() { eval $(cat code) }; f",
        "set -k; eval $(cat code)",
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

/// Ways in which a variable resists, each followed by the evaluation, and what the status has to be.
const RESISTING: [(&str, &str); 8] = [
    ("readonly AWS_SESSION_TOKEN; export AWS_SESSION_TOKEN", "AWS_SESSION_TOKEN"),
    ("readonly AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY_ID"),
    ("readonly AWS_SECRET_ACCESS_KEY=x", "AWS_SECRET_ACCESS_KEY"),
    ("readonly AWS_REGION AWS_PROFILE", "AWS_REGION"),
    // Neither set nor removed by the identity's first lines.
    ("readonly AWS_BEARER_TOKEN_BEDROCK", "AWS_BEARER_TOKEN_BEDROCK"),
    ("unset AMAZON_REGION; readonly AMAZON_REGION", "AMAZON_REGION"),
    ("set -e; readonly AWS_SESSION_TOKEN", "AWS_SESSION_TOKEN"),
    ("set -u; readonly XCRED_PROFILE", "XCRED_PROFILE"),
];

const POSIX_SHELLS: [&str; 7] = ["dash", "bash", "zsh", "ksh", "mksh", "yash", "busybox"];

fn play_posix(name: &str, text: &str, script: &str) -> Option<Ending> {
    let arguments: &[&str] = if name == "busybox" { &["sh"] } else { &[] };
    let stage = Stage::new(text);
    Some(stage.play(&find(name)?, arguments, "C.UTF-8", &format!("{script}; {DUMP}\n")))
}

#[test]
fn a_read_only_variable_fails_the_evaluation_and_nothing_is_changed() {
    for (environment, cases) in [(identity(), RESISTING.len()), (keys_only(), 1), (Environment::empty(), 2)] {
        let text = text("posix", &environment);
        for name in POSIX_SHELLS {
            for (before, resisting) in &RESISTING[..cases] {
                for eval in ["eval $(cat code)", "eval \"$(cat code)\""] {
                    let script = format!("{before}; {eval} || echo failed $?");
                    let Some(ending) = play_posix(name, &text, &script) else { continue };
                    let context = format!("{name}: {script}: {ending:?}");
                    assert_eq!(ending.stdout, "failed 1\n", "{context}");
                    assert!(ending.stderr.contains(*resisting), "{context}");
                    assert!(ending.stderr.ends_with("nothing was changed\n"), "{context}");
                    for kept in ["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN"] {
                        assert_eq!(ending.variable(kept), Some(&b"stale"[..]), "{kept}: {context}");
                    }
                }
                let script = format!("set -e; {before}; eval $(cat code); echo survived");
                let Some(ending) = play_posix(name, &text, &script) else { continue };
                assert!(!ending.success && ending.stdout.is_empty(), "{name}: {script}: {ending:?}");
            }
        }
    }
}

/// Where `unset` does nothing, nothing is changed, and the message is true. Where `break` does nothing, nothing is lost.
#[test]
fn an_alias_or_a_function_in_place_of_a_builtin_leaves_no_mixture() {
    for environment in [identity(), keys_only(), Environment::empty()] {
        let text = text("posix", &environment);
        for (name, before) in [
            ("dash", "alias unset=true"),
            ("ksh", "alias unset=true"),
            ("zsh", "alias unset=true"),
            ("mksh", "alias unset=true"),
            ("bash", "shopt -s expand_aliases; alias unset=true"),
            ("bash", "unset() { :; }"),
            ("zsh", "unset() { :; }"),
        ] {
            let script = format!("{before}\neval \"$(cat code)\" || echo failed $?");
            let Some(ending) = play_posix(name, &text, &script) else { continue };
            let context = format!("{name}: {before}: {ending:?}");
            assert_eq!(ending.stdout, "failed 1\n", "{context}");
            assert!(ending.stderr.ends_with("nothing was changed\n"), "{context}");
            for kept in ["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN"] {
                assert_eq!(ending.variable(kept), Some(&b"stale"[..]), "{kept}: {context}");
            }
        }
        for (name, before) in [
            ("dash", "alias break=true"),
            ("ksh", "alias break=true"),
            ("bash", "break() { :; }"),
            ("zsh", "break() { :; }"),
            ("dash", "alias export=true"),
            ("ksh", "alias export=true"),
            ("mksh", "alias export=true; eval 'export() { :; }'"),
            ("yash", "eval 'export() { :; }'"),
            ("busybox", "alias export=true"),
            ("bash", "export() { :; }"),
            ("bash", "shopt -s expand_aliases; alias export=true"),
            ("bash", "IFS=built; export() { :; }"),
            ("zsh", "export() { :; }"),
            ("zsh", "alias export=true"),
        ] {
            let script = format!("{before}\neval \"$(cat code)\"");
            let Some(ending) = play_posix(name, &text, &script) else { continue };
            ending.assert_is(&environment, &format!("{name}: {before}"));
        }
    }
}

fn keys_only() -> Environment {
    let values =
        [("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "wJalr/K7MDENG+bPx")];
    Environment::new(values.map(|(name, value)| (name, Secret::new(value)))).expect("no NUL")
}

#[test]
fn local_variables_of_functions_hide_no_other_identity() {
    let scripts = [
        ("bash", "f() { local -x AWS_SESSION_TOKEN=l AWS_ACCESS_KEY_ID=l; eval $(cat code) && DUMP; }; f"),
        (
            "bash",
            "g() { local -x AWS_SESSION_TOKEN=l AWS_REGION=l; f; }; f() { eval $(cat code) && DUMP; }; g",
        ),
        (
            "bash",
            "h() { local -x AWS_SESSION_TOKEN=h; g; }; g() { local -x AWS_SESSION_TOKEN=l AWS_ACCESS_KEY_ID; f; }; \
             f() { local AWS_ACCESS_KEY_ID=1; eval \"$(cat code)\" && DUMP; }; h",
        ),
        (
            "bash",
            "shopt -s localvar_unset; g() { local -x AWS_SESSION_TOKEN=l; f; }; f() { eval $(cat code) && DUMP; }; g",
        ),
        ("dash", "f() { local AWS_SESSION_TOKEN=l AWS_ACCESS_KEY_ID=l; eval $(cat code) && DUMP; }; f"),
        ("busybox", "f() { local AWS_SESSION_TOKEN=l AWS_ACCESS_KEY_ID=l; eval $(cat code) && DUMP; }; f"),
        ("zsh", "f() { local -x AWS_SESSION_TOKEN=l AWS_ACCESS_KEY_ID=l; eval $(cat code) && DUMP; }; f"),
        (
            "zsh",
            "g() { local -x AWS_SESSION_TOKEN=l; local -i AWS_REGION; f; }; f() { eval $(cat code) && DUMP; }; g",
        ),
        (
            "ksh",
            "function f { typeset -x AWS_SESSION_TOKEN=l AWS_ACCESS_KEY_ID=l; eval $(cat code) && DUMP; }; f",
        ),
        ("mksh", "f() { typeset -x AWS_SESSION_TOKEN=l AWS_ACCESS_KEY_ID=l; eval $(cat code) && DUMP; }; f"),
        ("yash", "f() { typeset -x AWS_SESSION_TOKEN=l AWS_ACCESS_KEY_ID=l; eval $(cat code) && DUMP; }; f"),
    ];
    for environment in [keys_only(), identity(), Environment::empty()] {
        let text = text("posix", &environment);
        for (name, script) in scripts {
            let script = script.replace("DUMP", &format!("{{ {DUMP}; }}"));
            let Some(ending) = play_posix(name, &text, &script) else { continue };
            // Either it is the identity, or it fails: bash's `unset` gives programs the variable that was hidden.
            if ending.stderr.is_empty() {
                ending.assert_is(&environment, &format!("{name}: {script}"));
            } else {
                assert_eq!(name, "bash", "{script}: {ending:?}");
                assert!(ending.stderr.ends_with("nothing was changed\n"), "{script}: {ending:?}");
                assert_eq!(ending.variable("AWS_ACCESS_KEY_ID"), Some(&b"stale"[..]), "{script}");
            }
        }
    }
}

/// A program that dies leaves the beginning of the text, of any length.
#[test]
fn a_text_that_is_cut_off_anywhere_fails_and_changes_nothing() {
    let whole = text("posix", &identity());
    let opening = shell("posix").opening;
    let cuts = (opening.len()..whole.len() - 4).step_by(211).chain([opening.len() + 1, whole.len() - 6]);
    for cut in cuts {
        for name in ["dash", "bash", "zsh"] {
            for eval in ["eval $(cat code)", "eval \"$(cat code)\""] {
                // dash ends at a syntax error, so a subshell reads it.
                let script = format!("({eval}; test $? != 0 && exit 1; echo survived); printf ended");
                let Some(ending) = play(name, &whole[..cut], &script) else { continue };
                assert_eq!(ending.stdout, "ended", "{name}: {eval}: {cut}: {ending:?}");
            }
        }
    }
}

#[test]
fn whatever_ifs_holds_the_shell_is_the_identity_or_fails_unchanged() {
    let text = text("posix", &identity());
    let characters: Vec<char> = (' '..='~').filter(|c| !matches!(c, '\'' | '\\')).collect();
    for (name, step) in [("dash", 1), ("bash", 3), ("zsh", 4)] {
        for c in characters.iter().step_by(step) {
            let script = format!("IFS='{c}'; eval $(cat code) && {{ {DUMP}; }}; printf failed; {DUMP}");
            let Some(ending) = play(name, &text, &script) else { continue };
            if ending.stdout.is_empty() && ending.success {
                ending.assert_is(&identity(), &format!("{name} {c}"));
            } else {
                let kept = ending.variable("AWS_ACCESS_KEY_ID").unwrap_or(b"stale");
                assert_eq!(kept, b"stale", "{name} {c}: {ending:?}");
            }
        }
    }
}

#[test]
fn where_ifs_takes_the_values_apart_it_fails_and_changes_nothing() {
    let text = text("posix", &identity());
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
            let Some(ending) = play(name, shell("posix").failure, &script) else { continue };
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
        let text = text("posix", &Environment::empty());
        let Some(ending) = play(name, &text, "set -eu; eval $(cat code)") else { continue };
        ending.assert_is(&Environment::empty(), name);
    }
}
