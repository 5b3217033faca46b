//! `xcred export-env`, evaluated by the shells that call it. What the text may hold is tested in `exports`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::exports::{find, run_by};
use crate::harness::{CANARY, Sandbox, section};
use crate::terminal::Terminal;

const KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";

/// Two profiles with keys, of which the second has a token and an odd name, and one without.
fn home() -> Sandbox {
    Sandbox::new()
        .config("[default]\nregion = eu-west-1\n[profile \"it's two\"]\nregion = us-east-1\n[profile empty]\n")
        .credentials(format!(
            "[default]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {CANARY}\n\
             [it's two]\naws_access_key_id = ASIATWO\naws_secret_access_key = {CANARY}2\naws_session_token = t=\n"
        ))
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .revealing()
}

fn identity(env: &str) -> BTreeMap<&str, &str> {
    let lines = env.lines().filter_map(|line| line.split_once('='));
    lines.filter(|(name, _)| name.starts_with("AWS_") || name.starts_with("XCRED_")).collect()
}

fn of_default() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        ("AWS_ACCESS_KEY_ID", KEY_ID),
        ("AWS_SECRET_ACCESS_KEY", CANARY),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_DEFAULT_REGION", "eu-west-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("XCRED_PROFILE", "default"),
        ("XCRED_KEY_ID", KEY_ID),
        ("XCRED_REGION", "eu-west-1"),
    ])
}

/// Each shell, and how it evaluates: the text is the calling shell's without being told.
const SHELLS: [(&str, &[&str], &str); 10] = [
    ("dash", &["-c"], "set -e; eval $(xcred export-env); exec env"),
    ("bash", &["-c"], "set -eu; eval \"$(xcred export-env)\"; exec env"),
    ("bash", &["-c"], "source <(xcred export-env); exec env"),
    ("zsh", &["-fc"], "set -e; eval $(xcred export-env); exec env"),
    ("fish", &["-Nc"], "xcred export-env | source; exec env"),
    ("fish", &["-Nc"], "eval (xcred export-env); exec env"),
    ("tcsh", &["-fc"], "eval `xcred export-env`; exec env"),
    ("elvish", &["-norc", "-c"], "eval (xcred export-env | slurp); e:env"),
    ("nu", &["-n", "-c"], "xcred export-env --format json | from json | load-env; ^env"),
    ("xonsh", &["--no-rc", "-c"], "execx($(xcred export-env)); $[env]"),
];

#[test]
fn the_calling_shell_becomes_the_identity_and_nobody_again() {
    for (name, arguments, script) in SHELLS {
        let Some(shell) = find(name) else { continue };
        let stale = home().env("AWS_SECURITY_TOKEN", "stale").env("AWS_ROLE_ARN", "stale");
        let env = run_by(&stale, &shell, arguments, script).success();
        assert_eq!(identity(&env), of_default(), "{name}: {script}");
        let unset = script.replace("export-env", "export-env --unset");
        let full = of_default().into_iter().fold(stale, |home, (name, value)| home.env(name, value));
        let env = run_by(&full, &shell, arguments, &unset).success();
        assert_eq!(
            identity(&env),
            BTreeMap::from([("AWS_EC2_METADATA_DISABLED", "true")]),
            "{name}: {unset}"
        );
    }
}

#[test]
fn nushell_is_recognized() {
    let Some(shell) = find("nu") else { return };
    let text = run_by(&home(), &shell, &["-n", "-c"], "xcred export-env").success();
    assert!(text.starts_with("if true {\nhide-env --ignore-errors AWS_SESSION_TOKEN "), "{text}");
}

#[test]
fn a_script_that_is_run_by_its_name_gets_the_text_of_the_shell_that_runs_it() {
    for (name, line) in [("fish", "eval (xcred export-env)"), ("bash", "eval $(xcred export-env)")] {
        let Some(shell) = find(name) else { continue };
        let script = format!("#!{}\n{line}\nexec env\n", shell.display());
        let home = home().file("script", script);
        let run_it = "chmod +x script; ./script";
        let env = run_by(&home, Path::new("/bin/sh"), &["-c"], run_it).success();
        assert_eq!(identity(&env), of_default(), "{name}");
    }
}

#[test]
fn a_failure_stops_the_script_and_is_told_on_standard_error() {
    let failures = [
        ("--profile nope", 253, "profile `nope` not found"),
        ("--profile empty", 253, "no credentials found"),
        ("--bogus", 252, "unexpected argument"),
        ("--format nonsense", 252, "invalid value"),
    ];
    for (options, code, words) in failures {
        let arguments: Vec<&str> = ["export-env"].into_iter().chain(options.split(' ')).collect();
        let (stdout, stderr) = home().run(&arguments).code(code);
        assert_eq!(stdout, "false;\n", "{options}");
        assert!(stderr.starts_with("error: ") && stderr.contains(words), "{options}: {stderr}");
        for (name, flags, script) in [
            ("dash", &["-c"][..], "set -e; eval $(xcred export-env OPTIONS); echo survived"),
            ("bash", &["-c"], "set -e; eval \"$(xcred export-env OPTIONS)\"; echo survived"),
            ("zsh", &["-fc"], "set -e; eval $(xcred export-env OPTIONS); echo survived"),
            ("fish", &["-Nc"], "xcred export-env OPTIONS | source; and echo survived"),
            ("tcsh", &["-fc"], "eval `xcred export-env OPTIONS` && echo survived"),
            ("elvish", &["-norc", "-c"], "eval (xcred export-env OPTIONS | slurp); echo survived"),
        ] {
            let Some(shell) = find(name) else { continue };
            let (code, stdout, stderr) =
                run_by(&home(), &shell, flags, &script.replace("OPTIONS", options)).ended();
            assert_ne!(code, Some(0), "{name} {options}");
            // Elvish tells its exceptions on standard output where a terminal is missing.
            assert!(!stdout.contains("survived") && stderr.contains(words), "{name}: {stdout}{stderr}");
        }
    }
    for (format, text) in [
        ("fish", "false;\n"),
        ("powershell", "if($true){throw 'xcred export-env failed'};\n"),
        ("cmd", "set xcred_failed\r\ncmd /c exit 1\r\n"),
        ("nu", "if true {\nerror make {msg: \"xcred export-env failed\"} }\n"),
        ("elvish", "{ fail 'xcred export-env failed' };\n"),
        ("csh", "''false;\n"),
        ("xonsh", "try:\n raise RuntimeError('xcred export-env failed')\nfinally:\n pass\n"),
        ("json", ""),
        ("dotenv", ""),
    ] {
        assert_eq!(home().run(&["export-env", "--format", format, "-p", "nope"]).code(253).0, text);
        assert_eq!(home().run(&["export-env", &format!("--shell={format}"), "--bogus"]).code(252).0, text);
    }
    // A mistake elsewhere is nobody's code.
    home().run(&["resolve", "--bogus"]).failure(252);
}

#[test]
fn a_value_that_the_format_can_not_carry_is_a_failure() {
    let home = Sandbox::new().credentials(section("default", "a%b", CANARY));
    let (stdout, stderr) = home.run(&["export-env", "--format", "cmd"]).code(253);
    assert_eq!(stdout, "set xcred_failed\r\ncmd /c exit 1\r\n");
    assert!(stderr.contains("can't express a percent sign in the value for AWS_ACCESS_KEY_ID"), "{stderr}");
}

#[test]
fn the_next_identity_is_the_next_one_s_whole() {
    let script = "set -e
        eval $(xcred export-env)
        eval $(xcred export-env --profile \"it's two\")
        exec env";
    let env = run_by(&home(), Path::new("/bin/sh"), &["-c"], script).success();
    let two = BTreeMap::from([
        ("AWS_ACCESS_KEY_ID", "ASIATWO"),
        ("AWS_SECRET_ACCESS_KEY", "c4n4ry/DoNotShow+Me2"),
        ("AWS_SESSION_TOKEN", "t="),
        // Not the first one's, which the environment held.
        ("AWS_REGION", "us-east-1"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("XCRED_PROFILE", "it's two"),
        ("XCRED_KEY_ID", "ASIATWO"),
        ("XCRED_REGION", "us-east-1"),
    ]);
    assert_eq!(identity(&env), two);
    // What the environment says counts, as in AWS CLI; the profile's name stays with its keys.
    let again = script.replace("exec env", "eval $(xcred export-env)\nexec env");
    assert_eq!(identity(&run_by(&home(), Path::new("/bin/sh"), &["-c"], &again).success()), two);
    // A region that somebody set by hand, or gives now, is as good as ever.
    let env =
        home().env("AWS_REGION", "eu-south-1").run(&["export-env", "-p", "it's two", "--format", "dotenv"]);
    assert!(env.success().contains("AWS_REGION=eu-south-1\n"));
    let by_option = script.replace("two\"", "two\" --region x");
    let env = run_by(&home(), Path::new("/bin/sh"), &["-c"], &by_option).success();
    assert_eq!(identity(&env)["AWS_REGION"], "x");
}

#[test]
fn the_settings_may_name_the_format() {
    let home = home().file(".config/xcred/config.toml", "[export]\nformat = 'dotenv'\n");
    assert!(home.run(&["export-env"]).success().starts_with("AWS_ACCESS_KEY_ID=AKIA"));
    assert!(home.run(&["export-env", "--format", "sh"]).success().contains("AWS_ACCESS_KEY_ID='AKIA"));
}

#[test]
fn every_format_of_the_settings_is_one() {
    for format in xcred::internals::shell::NAMES {
        let _ = home().run(&["export-env", "--format", format]).success();
    }
}

#[test]
fn on_a_terminal_it_says_how_to_use_it() {
    let home = home().credentials("[default]\naws_access_key_id = A\u{9b}2J\naws_secret_access_key = s\n");
    // The secrets would stay on the screen.
    for (arguments, usage) in [
        (&["export-env"][..], "eval \"$(xcred export-env)\""),
        (&["export-env", "default"], "eval \"$(xcred export-env --profile default)\""),
        (&["export-env", "--unset"], "eval \"$(xcred export-env --unset)\""),
        (&["export-env", "--sdk", "js", "--no-cache"], "eval \"$(xcred export-env --no-cache --sdk js)\""),
    ] {
        let shown = Terminal::run(&home, arguments).end(0);
        assert!(!shown.contains("AWS_ACCESS_KEY_ID") && shown.contains("isn't printed"), "{shown}");
        assert!(shown.contains(&format!("`{usage}`")), "{shown}");
    }
    // No command has the secret, and without these keys it would be another identity.
    let typed = format!("echo {CANARY} | \"$@\"");
    let shown = Terminal::run_by(&home, &typed, &["export-env", "--access-key-id", "AKIAX"]).end(0);
    assert!(shown.contains("isn't printed; evaluate the") && !shown.contains("xcred export-env"), "{shown}");
    // Who names the format has asked for the text.
    let shown = Terminal::run(&home, &["export-env", "--format", "posix"]).end(0);
    assert!(shown.contains("AWS_ACCESS_KEY_ID='A\\u{9b}2J'"), "{shown}");
    let shown = Terminal::run(&home, &["export-env", "--format", "json"]).end(0);
    assert!(shown.contains("AWS_ACCESS_KEY_ID") && !shown.contains("isn't printed"), "{shown}");
}
