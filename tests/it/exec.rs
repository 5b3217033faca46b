//! `xcred exec`: the program that it becomes has one identity, and everything else as it was.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};

use crate::harness::{CANARY, Sandbox, assert_no_signal_is_held, json_of, section, with_default_signals};

fn home() -> Sandbox {
    Sandbox::new()
        .config("[default]\nregion = eu-west-1\n[profile empty]\n")
        .credentials(section("default", "AKIA", CANARY))
        .env("AWS_EC2_METADATA_DISABLED", "true")
}

#[test]
fn the_environment_holds_one_identity_and_all_else() {
    let home = home().env("OTHER", "kept\nas it is").env("AWS_BEARER_TOKEN_OF_TOMORROW", "t");
    let home = home.stale().revealing();
    let env = home.run(&["exec", "-q", "-p", "default", "--region", "r", "--", "env", "-0"]).success();
    let mut found: Vec<&str> = env.split_terminator('\0').collect();
    found.sort_unstable();
    let secret = format!("AWS_SECRET_ACCESS_KEY={CANARY}");
    let (at_home, path) = (format!("HOME={}", home.home().display()), "PATH=/usr/local/bin:/usr/bin:/bin");
    let expected = [
        "AWS_ACCESS_KEY_ID=AKIA",
        "AWS_DEFAULT_REGION=r",
        "AWS_EC2_METADATA_DISABLED=true",
        "AWS_REGION=r",
        &secret,
        &at_home,
        "OTHER=kept\nas it is",
        path,
        "XCRED_KEY_ID=AKIA",
        "XCRED_PROFILE=default",
        "XCRED_REGION=r",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_it_shows_is_what_it_gives() {
    let home = home().revealing();
    let resolved = home.run(&["resolve", "--format", "json", "--reveal"]).success();
    let resolved = json_of(&resolved);
    let given = home.run(&[
        "exec",
        "-q",
        "sh",
        "-c",
        "printf '%s %s %s' $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_REGION",
    ]);
    let shown = [
        &resolved["credentials"]["access_key_id"]["value"],
        &resolved["credentials"]["secret_access_key"]["value"],
        &resolved["settings"]["region"]["value"],
    ];
    assert_eq!(given.success(), shown.map(|value| value.as_str().expect("text")).join(" "));
}

#[test]
fn arguments_arrive_as_they_are() {
    let home = home();
    let mut command = home.command();
    let odd = OsStr::from_bytes(b"not \xff UTF-8");
    command.args(["exec", "-q", "--", "printf", "%s|", "-p", "--", "", "$(x)", "a b"]).arg(odd);
    let output = command.output().expect("it starts");
    assert_eq!(output.stdout, b"-p|--||$(x)|a b|not \xff UTF-8|");
    // Without `--` the program's own options begin behind its name.
    assert_eq!(home.run(&["exec", "-q", "echo", "-p", "x", "--region"]).success(), "-p x --region\n");
    // What comes before is xcred's, and a slip there is no program's name.
    let words = home.run(&["exec", "-q", "--no-cahce", "echo"]).failure(252);
    assert!(words.contains("--no-cache"), "{words}");
}

#[test]
fn the_exit_code_and_the_streams_are_the_program_s() {
    for code in [0, 1, 7, 255] {
        let _ = home().run(&["exec", "-q", "sh", "-c", &format!("exit {code}")]).code(code);
    }
    assert_eq!(home().run_with_input(&["exec", "-q", "cat"], "input\n").success(), "input\n");
    let (_, stdout, stderr) = home().run(&["exec", "-q", "sh", "-c", "echo out; echo err >&2"]).ended();
    assert_eq!((stdout.as_str(), stderr.as_str()), ("out\n", "err\n"));
}

#[test]
fn no_process_stays_between() {
    let home = home();
    let mut command = home.command();
    command.args(["exec", "-q", "sh", "-c", "echo $$; exec sleep 600"]).stdout(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    assert_eq!(line.trim(), child.id().to_string());
    // So a signal for xcred is one for the program.
    child.kill().expect("it can be killed");
    assert_eq!(child.wait().expect("it ends").signal(), Some(9));
}

#[test]
fn signals_are_as_the_program_expects_them() {
    let home = home();
    for signal in ["INT", "TERM", "HUP", "PIPE", "QUIT"] {
        let script = format!("kill -{signal} $$; echo survived");
        let mut command = home.command();
        command.args(["exec", "-q", "sh", "-c", &script]);
        let status = with_default_signals(command).stdout(Stdio::null()).status();
        assert!(status.expect("it starts").signal().is_some(), "{signal} is ignored");
    }
    let traps = home.run(&["exec", "-q", "sh", "-c", "trap 'echo trapped; exit 3' TERM; kill -TERM $$"]);
    assert_eq!(traps.code(3).0, "trapped\n");
    let masks = home.run(&["exec", "-q", "grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"]).success();
    assert_no_signal_is_held(&masks);
}

#[test]
fn no_descriptor_is_left_open() {
    let home = home();
    let mut without = Command::new("sh");
    without.args(["-c", "ls /proc/$$/fd"]);
    let open = home.run(&["exec", "-q", "sh", "-c", "ls /proc/$$/fd"]).success();
    assert_eq!(open, home.finish(without, "").success());
}

#[test]
fn a_program_that_can_not_be_run_is_told_as_shells_do() {
    let words = home().run(&["exec", "-q", "--", "no-such-program"]).failure(127);
    assert!(
        words.starts_with("error: `no-such-program` was not found on PATH\nhelp: check the spelling"),
        "{words}"
    );
    let home = home().file("plain", "no program");
    home.run(&["exec", "-q", "./plain"]).failure(126);
    home.run(&["exec", "-q", "/"]).failure(126);
    home.run(&["exec", "-q", ""]).failure(127);
    // A text that may be run is run by `sh`, as everywhere.
    let home = home.file("script", "echo $AWS_ACCESS_KEY_ID\n");
    fs::set_permissions(home.path("script"), fs::Permissions::from_mode(0o700)).expect("the mode can be set");
    assert_eq!(home.run(&["exec", "-q", "./script"]).success(), "AKIA\n");
}

#[test]
fn without_credentials_nothing_is_run() {
    let home = home();
    let words = home.run(&["exec", "-q", "-p", "empty", "--", "touch", "ran"]).failure(253);
    assert!(words.starts_with("error: no credentials found"), "{words}");
    assert!(!home.path("ran").exists());
}

#[test]
fn no_secret_is_among_the_arguments_of_a_process() {
    let shown = home().run(&["exec", "-q", "sh", "-c", "tr '\\0' ' ' < /proc/$$/cmdline"]).success();
    assert!(shown.starts_with("sh -c"), "{shown}");
}

#[test]
fn a_profile_may_be_named_before_the_command() {
    let sandbox = Sandbox::new()
        .config("[default]\nregion = a\n[profile dev]\nregion = b\n")
        .credentials("[default]\naws_access_key_id = A\naws_secret_access_key = s\n[dev]\naws_access_key_id = D\naws_secret_access_key = s\n");
    let id = |arguments: &[&str]| sandbox.run(arguments).success();
    for arguments in [
        &["exec", "-q", "dev", "--", "printenv", "AWS_ACCESS_KEY_ID"][..],
        &["exec", "-q", "-p", "dev", "dev", "--", "printenv", "AWS_ACCESS_KEY_ID"],
        &["exec", "-q", "--profile", "dev", "--", "printenv", "AWS_ACCESS_KEY_ID"],
    ] {
        assert_eq!(id(arguments), "D\n", "{arguments:?}");
    }
    // The first `--` ends the options: what follows is the command's.
    assert_eq!(id(&["exec", "-q", "--", "printf", "%s", "--"]), "--");
    let words = sandbox.run(&["exec", "-q", "-p", "default", "dev", "--", "true"]).failure(252);
    assert!(words.contains("two profiles are named: `dev`, and `default` by --profile"), "{words}");
    let words = sandbox.run(&["exec", "-q", "dev", "./run it"]).failure(252);
    assert_eq!(
        words,
        "error: `dev` is not a command\n\
         help: `dev` is a profile: `xcred exec --quiet --profile dev -- './run it'`\n"
    );
    assert!(
        sandbox.run(&["export-env", "dev", "--format", "posix"]).success().contains("AWS_ACCESS_KEY_ID='D'")
    );
    assert!(sandbox.run(&["resolve", "dev"]).success().contains("dev"));
    sandbox.run(&["resolve", "dev", "-p", "default"]).failure(252);
}

#[test]
fn without_a_command_the_users_shell_is_run() {
    let sandbox = home();
    let shell = "#!/bin/sh\necho \"shell of $XCRED_PROFILE, $# arguments\"\n";
    let sandbox = sandbox.file("shell", shell);
    std::fs::set_permissions(sandbox.path("shell"), std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .expect("it can be made a program");
    let path = sandbox.path("shell").display().to_string();
    let sandbox = sandbox.env("SHELL", &path);
    for arguments in [
        &["exec", "-q"][..],
        &["exec", "-q", "--"],
        &["exec", "-qp", "default"],
        &["exec", "-q", "default", "--"],
    ] {
        assert_eq!(sandbox.run(arguments).success(), "shell of default, 0 arguments\n", "{arguments:?}");
    }
    // Without SHELL it is `sh`, which reads its commands from standard input.
    let printed = home().run_with_input(&["exec", "-q"], "echo \"$0 $XCRED_PROFILE\"\n").success();
    assert_eq!(printed, "/bin/sh default\n");
}

#[test]
fn a_profile_in_the_commands_place_is_pointed_out_even_where_the_default_one_has_nothing() {
    let sandbox = Sandbox::new()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .credentials("[dev]\naws_access_key_id = D\naws_secret_access_key = s\n");
    for (arguments, command) in [
        (&["exec", "-q", "dev"][..], "`xcred exec --quiet --profile dev` starts a shell; "),
        (&["exec", "dev", "env"], "`xcred exec --profile dev -- env`"),
        (&["exec", "dev", "--serve"], "`xcred exec --serve --profile dev` starts a shell; "),
    ] {
        let words = sandbox.run(arguments).failure(252);
        assert!(words.contains(&format!("help: `dev` is a profile: {command}")), "{words}");
    }
    // Nothing is repeated that may be a secret.
    let secret = format!("TOKEN={CANARY}");
    let words = sandbox.run(&["exec", "dev", "env", &secret]).failure(252);
    assert!(words.contains("`xcred exec --profile dev` starts a shell; "), "{words}");
    let words = sandbox.run(&["exec", "-q", "ls"]).failure(253);
    assert!(words.contains("help: set them up: `xcred configure`"), "{words}");
}

#[test]
fn a_misspelled_profile_in_the_commands_place_is_pointed_out() {
    let sandbox = home().config("[profile production]\nregion = eu-west-1\n");
    let words = sandbox.run(&["exec", "-q", "prodcution", "env"]).failure(127);
    let help = "help: did you mean profile `production`? `xcred exec --quiet --profile production -- env`\n";
    assert!(words.ends_with(help), "{words}");
    // The profile is named already.
    let words = sandbox.run(&["exec", "-q", "-p", "default", "prodcution", "env"]).failure(127);
    assert!(!words.contains("did you mean"), "{words}");
}

/// The region that an earlier profile left in the shell is not the one of another profile, which a command gets.
#[test]
fn the_region_that_an_earlier_profile_left_is_replaced() {
    let home = home().config("[profile default]\nregion = eu-west-1\n").env("AWS_REGION", "us-east-1");
    let region = ["exec", "-q", "-p", "default", "--", "printenv", "AWS_REGION"];
    assert_eq!(home.run(&region).success(), "us-east-1\n", "the user's choice");
    let home = home.env("XCRED_PROFILE", "other");
    assert_eq!(home.run(&region).success(), "eu-west-1\n");
}
