//! The shells whose `eval` takes the text as it is, or nearly: fish, tcsh, Elvish, Nushell, xonsh.

use xcred::internals::shell::Environment;

use super::hostile;
use super::program::find;
use super::stage::{Stage, environments, shell, text};

/// A shell, how it is started, and the ways to read the text in it.
struct Reader {
    shell: &'static str,
    name: &'static str,
    arguments: &'static [&'static str],
    /// Each is followed by the dump.
    ways: &'static [&'static str],
    dump: &'static str,
    /// The same with what shows whether the script went on.
    failing: &'static [&'static str],
    random: usize,
}

const FISH: Reader = Reader {
    shell: "fish",
    name: "fish",
    arguments: &["-N"],
    ways: &[
        "eval (cat code); or exit 1",
        "eval \"$(cat code)\"; or exit 1",
        "cat code | source; or exit 1",
        "false; eval (cat code); or exit 1",
        "function f; eval (cat code); end; f; or exit 1",
    ],
    dump: "printf '\\0'; exec env -0",
    failing: &["eval (cat code); or exit 1; echo survived", "cat code | source; or exit 1; echo survived"],
    random: 160,
};

const TCSH: Reader = Reader {
    shell: "tcsh",
    name: "tcsh",
    arguments: &["-f"],
    ways: &[
        "eval `cat code`",
        "eval \"`cat code`\"",
        "source code",
        "set noglob; eval `cat code`",
        "set nonomatch; eval `cat code`",
        "set nullglob globstar globdot; eval `cat code`",
    ],
    dump: "printf '\\000'; exec env -0",
    failing: &["eval `cat code` || exit 1\necho survived", "eval \"`cat code`\" || exit 1\necho survived"],
    random: 160,
};

const ELVISH: Reader = Reader {
    shell: "elvish",
    name: "elvish",
    arguments: &["-norc"],
    ways: &[
        "eval (cat code)",
        "eval (cat code | slurp)",
        "fn unset-env {|name| }; fn set-env {|name value| }; eval (cat code | slurp)",
    ],
    dump: "e:printf '\\000'; e:env -0",
    failing: &["eval (cat code); echo survived", "eval (cat code | slurp); echo survived"],
    random: 160,
};

const NUSHELL: Reader = Reader {
    shell: "nushell",
    name: "nu",
    arguments: &["-n"],
    ways: &["source code"],
    dump: "^printf '\\000'; ^env -0",
    failing: &["source code; print survived"],
    random: 40,
};

const NUSHELL_WITH_JSON: Reader = Reader {
    shell: "json",
    ways: &["open --raw code | from json | load-env"],
    failing: &["open --raw code | from json | load-env; print survived"],
    ..NUSHELL
};

const XONSH: Reader = Reader {
    shell: "xonsh",
    name: "xonsh",
    arguments: &["--no-rc"],
    ways: &["execx($(cat code))"],
    dump: "$[printf '\\\\000']\n$[env -0]",
    failing: &["execx($(cat code))\necho survived"],
    random: 16,
};

fn holds(reader: &Reader) {
    let Reader { shell: format, name, arguments, ways, dump, failing, random } = reader;
    let Some(program) = find(name) else { return };
    let values = [hostile::fixed(), hostile::random(11, *random)].concat();
    let nobody = std::iter::once(Environment::empty());
    for environment in environments(format, &values).into_iter().chain(nobody) {
        let text = text(format, &environment);
        let stage = Stage::new(&text);
        for way in *ways {
            let ending = stage.play(&program, arguments, "C.UTF-8", &format!("{way}\n{dump}\n"));
            ending.assert_is(&environment, &format!("{name}: {way}: {text}"));
        }
    }
    let mut broken = vec![shell(format).failure.to_owned(), shell(format).opening.to_owned()];
    if *format != "tcsh" {
        let whole = text(format, &environments(format, &hostile::fixed()[..4])[0]);
        broken.extend([whole.len() / 3, whole.len() - 6].map(|cut| whole[..cut].to_owned()));
    }
    for text in broken {
        for way in *failing {
            let ending = Stage::new(&text).play(&program, arguments, "C.UTF-8", way);
            assert!(
                !ending.success && !ending.stdout.contains("survived"),
                "{name}: {way}: {text}: {ending:?}"
            );
        }
    }
}

#[test]
fn fish() {
    holds(&FISH);
}

#[test]
fn tcsh() {
    holds(&TCSH);
}

#[test]
fn elvish() {
    holds(&ELVISH);
}

#[test]
fn nushell() {
    holds(&NUSHELL);
    holds(&NUSHELL_WITH_JSON);
}

#[test]
fn xonsh() {
    holds(&XONSH);
}

#[test]
fn tcsh_that_ends_at_errors_goes_on_with_the_identity_and_ends_without() {
    let Some(tcsh) = find("tcsh") else { return };
    let environment = environments("tcsh", &hostile::fixed()).remove(0);
    for way in ["eval `cat code`", "eval \"`cat code`\""] {
        let script = format!("{way}\nprintf '\\000'; exec env -0\n");
        let stage = Stage::new(&text("tcsh", &environment));
        stage.play(&tcsh, &["-fe"], "C.UTF-8", &script).assert_is(&environment, way);
        for failing in [shell("tcsh").failure, shell("tcsh").opening] {
            let ending = Stage::new(failing).play(&tcsh, &["-fe"], "C.UTF-8", &script);
            assert!(!ending.success && ending.variable("PATH").is_none(), "{way}: {ending:?}");
        }
    }
}

/// A local variable of fish hides the global one from programs.
#[test]
fn local_variables_of_fish_hide_no_part_of_the_identity() {
    let Some(fish) = find("fish") else { return };
    let environment = environments("fish", &hostile::fixed()[..3]).remove(0);
    let stage = Stage::new(&text("fish", &environment));
    for script in [
        "function f; set -lx AWS_PROFILE old; set -l AWS_ACCESS_KEY_ID old; cat code | source; and DUMP; end; f",
        "function f; begin; set -lx AWS_ROLE_ARN old; cat code | source; and DUMP; end; end; f",
        "function f; set -fx AWS_PROFILE old; for i in 1; set -lx AWS_PROFILE older; eval (cat code); and DUMP; end; end; f",
        "function g; set -lx AWS_SECRET_ACCESS_KEY old; set -lx AWS_PROFILE old; f; end; \
         function f; eval (cat code); and DUMP; end; g",
        "set -lx AWS_SESSION_TOKEN old; source code; and DUMP",
    ] {
        let script = script.replace("DUMP", "printf '\\0' && exec env -0");
        stage.play(&fish, &["-N"], "C.UTF-8", &script).assert_is(&environment, &script);
    }
}

/// `set -U` is for good and for all shells: a single one can't put it aside, and must not remove it.
#[test]
fn a_universal_variable_of_fish_that_is_in_the_way_is_told_and_kept() {
    let Some(fish) = find("fish") else { return };
    let stage = Stage::new(&text("fish", &Environment::empty()));
    let script = "set -e AWS_PROFILE; set -U -x AWS_PROFILE kept; set -U AWS_ROLE_ARN unexported
        eval (cat code); or echo failed
        env | string match -r '^AWS_(?:PROFILE|ROLE_ARN|ACCESS_KEY_ID)=.*'
        set -e -U AWS_PROFILE
        eval (cat code); env | string match 'AWS_*'; echo $AWS_ROLE_ARN
        set -q xcred; or set -q xcred_name; or echo clean";
    // Not with `-N`, with which nothing is universal.
    let ending = stage.play(&fish, &[], "C.UTF-8", script);
    let expected = "failed
AWS_ACCESS_KEY_ID=stale
AWS_PROFILE=kept
AWS_ROLE_ARN=stale
unexported
clean
";
    assert_eq!(sorted(&ending.stdout, 3), expected.trim_end(), "{ending:?}");
    assert!(ending.stderr.ends_with("first: set -e -U AWS_PROFILE\n"), "{ending:?}");
}

/// The lines, `count` of them after the first in the order of their letters: `env` has no order.
fn sorted(text: &str, count: usize) -> String {
    let mut lines: Vec<_> = text.lines().collect();
    if let Some(some) = lines.get_mut(1..=count) {
        some.sort_unstable();
    }
    lines.join("\n")
}
