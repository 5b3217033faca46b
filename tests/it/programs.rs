//! Programs in profiles may not run each other without end, take too long or print too much. Also special files in place of
//! token files.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::disk::around;
use crate::harness::{CANARY, Outcome, Sandbox, runs, section, unwrapped, with_default_signals};
use crate::loopback::Loopback;
use crate::terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_xcred");
const OFFLINE: (&str, &str) = ("AWS_EC2_METADATA_DISABLED", "true");

fn home() -> Sandbox {
    Sandbox::new().env(OFFLINE.0, OFFLINE.1)
}

/// The command with a limit.
fn within(command: &Command) -> Command {
    let mut within = around("/usr/bin/timeout", &["-s", "KILL", "40"], command);
    within.arg(command.get_program()).args(command.get_args());
    within
}

/// Runs the program. After a time limit, ends it and all its descendants: `timeout` puts them in a process group.
fn bounded(sandbox: &Sandbox, arguments: &[&str]) -> (Outcome, Duration) {
    let mut command: Command = sandbox.command();
    command.args(arguments);
    let begun = Instant::now();
    (sandbox.finish(within(&command), ""), begun.elapsed())
}

#[test]
fn a_circle_through_any_command_ends() {
    for inner in
        ["export-env --format json", "exec", "whoami", "resolve", "get aws_access_key_id", "keys list"]
    {
        let (inner, behind) = if inner == "exec" { ("exec", " -- true") } else { (inner, "") };
        for line in [
            format!("{PROGRAM} {inner} --profile dev{behind}"),
            format!("sh -c '{PROGRAM} {inner} --profile dev{behind}; exit $?'"),
        ] {
            let sandbox =
                home().config(format!("[profile dev]\nregion = a-b-1\ncredential_process = {line}\n"));
            let (outcome, _) = bounded(&sandbox, &["export-env", "-p", "dev"]);
            let (_, stderr) = outcome.code(255);
            assert!(stderr.contains("circular credential processes: dev -> dev"), "{line}: {stderr}");
        }
    }
}

#[test]
fn a_circle_across_profiles_ends_for_every_command() {
    let sandbox = home().config(format!(
        "[profile a]\ncredential_process = {PROGRAM} export-env --format json -p b\n\
         [profile b]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = c\n\
         [profile c]\ncredential_process = {PROGRAM} exec -p a -- true\n"
    ));
    for arguments in [&["resolve", "-p", "a"][..], &["exec", "-p", "b", "--", "true"], &["whoami", "-p", "c"]]
    {
        let (outcome, _) = bounded(&sandbox, arguments);
        let (_, stderr) = outcome.code(255);
        assert!(stderr.contains("circular "), "{arguments:?}: {stderr}");
    }
}

#[test]
fn a_circle_without_its_variable_ends_too() {
    let sandbox = home();
    let home = sandbox.home().display().to_string();
    let line = format!("env -i {}={} HOME={home} {PROGRAM} credential-process -p dev", OFFLINE.0, OFFLINE.1);
    let sandbox = sandbox.config(format!("[profile dev]\ncredential_process = {line}\n"));
    let (outcome, _) = bounded(&sandbox, &["export-env", "-p", "dev"]);
    let (_, stderr) = outcome.code(255);
    assert!(stderr.contains("more than 8 credential processes run each other: … -> dev"), "{stderr}");
}

#[test]
fn a_program_for_mfa_codes_that_needs_a_code_ends_too() {
    let sandbox = home()
        .env("AWS_REGION", "eu-west-1")
        .config("[profile m]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n")
        .credentials(section("base", "AKIABASE", CANARY))
        .file(".config/xcred/config.toml", format!("mfa.command = '{PROGRAM} export-env -p m'\n"));
    let (outcome, _) = bounded(&sandbox, &["export-env", "-p", "m"]);
    let (_, stderr) = outcome.code(255);
    assert!(stderr.contains("circular MFA commands: m -> m"), "{stderr}");
}

#[test]
fn a_profile_of_the_chain_that_starts_no_program_is_not_a_circle() {
    let sandbox = home().credentials(section("dev", "AKIA", CANARY));
    let mut command = sandbox.command();
    command.args(["get", "aws_access_key_id", "-p", "dev"]).env("_AWS_CLI_PROFILE_CHAIN", "dev");
    assert_eq!(sandbox.finish(command, "").success(), "AKIA\n");
}

#[test]
fn a_program_has_a_time_limit_with_a_setting() {
    let slow = "sh -c \"echo look at your browser >&2; sleep 60; true\"";
    let sandbox = home()
        .config(format!("[profile p]\ncredential_process = {slow}\n[profile m]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\nmfa_serial = me-and-my-device\nregion = eu-west-1\n"))
        .credentials(section("base", "AKIABASE", CANARY));
    assert_eq!(sandbox.run(&["config", "set", "process.timeout", "1"]).success(), "");
    assert_eq!(sandbox.run(&["config", "get", "process.timeout"]).success(), "1\n");
    assert_eq!(sandbox.run(&["config", "set", "mfa.command", "sleep 60"]).success(), "");
    for (profile, told) in [
        (
            "p",
            "config:2: custom-process: `sh` did not finish within 1 s and was stopped: look at your browser\n",
        ),
        ("m", "`sleep` did not finish within 1 s and was stopped\n"),
    ] {
        let (outcome, took) = bounded(&sandbox, &["export-env", "-p", profile]);
        let (_, stderr) = outcome.code(255);
        assert!(stderr.contains(told), "{stderr}");
        assert!(
            stderr.contains("help: if it needs longer: `xcred config set process.timeout SECONDS`"),
            "{stderr}"
        );
        assert!(took < Duration::from_secs(30), "{took:?}");
    }
}

#[test]
fn the_output_of_a_program_is_limited() {
    let sandbox = home().config("[default]\ncredential_process = yes\n[profile e]\ncredential_process = sh -c \"head -c 200000000 /dev/zero | tr '\\\\0' x >&2; echo >&2; echo the reason >&2; exit 4\"\n");
    let (outcome, _) = bounded(&sandbox, &["export-env"]);
    let (_, stderr) = outcome.code(255);
    assert!(
        stderr.contains("config:2: custom-process: `yes` printed more than 1 MiB and was stopped\n"),
        "{stderr}"
    );
    let (outcome, _) = bounded(&sandbox, &["export-env", "-p", "e"]);
    let (_, stderr) = outcome.code(255);
    assert!(
        stderr.len() < 10_000 && stderr.contains("failed with exit status: 4: …\n    the reason\n"),
        "{stderr}"
    );
}

#[test]
fn programs_that_a_program_leaves_running_are_not_waited_for() {
    let script = "(exec sleep 30) & cat out";
    let sandbox = home()
        .config(format!("[default]\ncredential_process = sh -c '{script}'\n"))
        .file("out", format!(r#"{{"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"{CANARY}"}}"#));
    let (outcome, took) = bounded(&sandbox, &["get", "aws_access_key_id"]);
    assert_eq!(outcome.success(), "AKIA\n");
    assert!(took < Duration::from_secs(15), "{took:?}");
}

#[test]
fn invalid_output_of_a_program_is_described() {
    let keys = format!(r#"{{"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"{CANARY}"}}"#);
    for (out, told) in [
        (String::new(), "`sh` printed nothing; it said: session over, run corp-login\n"),
        (" \n".to_owned(), "`sh` printed nothing; it said: "),
        (format!("Welcome!\n{keys}"), "`sh` printed text before the JSON; it said: "),
        (format!("{keys}\nBye {{!}}"), "`sh` printed text after the JSON; it said: "),
        (format!("{keys}{keys}"), "`sh` printed more than one JSON object; it said: "),
        (format!("\u{feff}{keys}"), "`sh` printed a byte order mark before the JSON; it said: "),
        (format!("\u{1b}[32m{keys}"), "`sh` printed escape sequences of a terminal, such as colors, "),
        (
            keys.trim_end_matches('}').to_owned(),
            "`sh` printed JSON that is cut off before its end; it said: ",
        ),
        (
            keys.replace("AccessKeyId", "accessKeyId"),
            "printed `accessKeyId`, which has to be `AccessKeyId`; ",
        ),
        (keys.replace("Version", "version"), "`sh` printed `version`, which has to be `Version`; it said: "),
        (
            format!(r#"{{"Credentials":{keys}}}"#),
            "`sh` printed the credentials inside of `Credentials`; it said: ",
        ),
        (format!("{keys}\nBye!"), "`sh` printed text after the JSON; it said: "),
        ("[1]".to_owned(), "`sh` printed JSON that is not an object; it said: session over"),
        (
            keys.replace('1', "\"1\""),
            "`sh` printed Version as text, not as the number 1; it said: session over",
        ),
        (keys.replace('1', "2"), "`sh` did not print \"Version\": 1; it said: session over"),
        (keys.replace("AccessKeyId", "Id"), "`sh` did not print AccessKeyId; it said: session over"),
        (keys.replace("\"AKIA\"", "false"), "`sh` printed AccessKeyId, but not as text; it said: "),
        (
            keys.replace("\"AKIA\"", "\"A\",\"AccountId\":{\"a\":1}"),
            "`sh` printed AccountId, but not as text; it said: ",
        ),
        (
            keys.replace("\"AKIA\"", "\"A\",\"SessionToken\":\"a\\ud800b\""),
            "`sh` printed SessionToken with a damaged character; it said: ",
        ),
    ] {
        // It repeats what it printed, with the secret.
        let script = "echo session over, run corp-login >&2; cat out; tr , \\\\n < out >&2";
        let sandbox =
            home().config(format!("[default]\ncredential_process = sh -c '{script}'\n")).file("out", out);
        let words = sandbox.run(&["whoami"]).failure(255);
        assert!(words.contains(told), "{told}: {words}");
    }
}

#[test]
fn an_invalid_token_file_is_refused_at_once() {
    let sandbox = home().env("AWS_REGION", "eu-west-1").file("large", "x".repeat((1 << 20) + 1));
    let fifo = sandbox.path("fifo");
    mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe with a name");
    let path = |name: &str| sandbox.path(name).display().to_string();
    for (path, why) in [
        (path("fifo"), "it is not a regular file"),
        ("/dev/zero".to_owned(), "it is not a regular file"),
        (path("large"), "it is larger than 1 MiB"),
        (path("gone"), "No such file"),
    ] {
        for (variable, others) in [
            ("AWS_WEB_IDENTITY_TOKEN_FILE", ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/R")),
            (
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/"),
            ),
            ("AWS_CREDENTIAL_FILE", ("X", "")),
        ] {
            let mut command = sandbox.command();
            command.arg("export-env").env(variable, &path).env(others.0, others.1);
            let (_, stderr) = sandbox.finish(within(&command), "").code(253);
            let path = path.replace(&sandbox.home().display().to_string(), "~");
            let told = format!("`{path}` can't be read\n  caused by: {why}");
            assert!(
                stderr.contains(&told) && stderr.contains(&format!("or name another one in {variable}")),
                "{variable}: {stderr}"
            );
        }
    }
    let mut command = sandbox.command();
    command.arg("export-env").env("BOTO_CONFIG", path("large"));
    let (_, stderr) = sandbox.finish(command, "").code(253);
    assert!(stderr.contains("it is larger than 1 MiB"), "{stderr}");
    // For boto3 a device is not a file, and it finds no credentials.
    let mut command = sandbox.command();
    command.arg("export-env").env("BOTO_CONFIG", "/dev/null");
    let (_, stderr) = sandbox.finish(command, "").code(253);
    assert!(stderr.contains("no credentials found"), "{stderr}");
    fs::remove_file(fifo).expect("it is there");
}

#[test]
fn an_expiration_is_passed_on_unchanged() {
    const LAST: &str = "9999-12-31T23:59:59Z";
    let keys = |expires: &str| {
        format!(
            r#"{{"Version":1,"AccessKeyId":"A","SecretAccessKey":"{CANARY}","Token":"t","Expiration":"{expires}"}}"#
        )
    };
    for (given, passed) in [
        (LAST, LAST),
        ("9999-12-31T23:59:59+00:00", LAST),
        ("9999-12-31T22:59:59-01:00", "9999-12-31T22:59:59-01:00"),
        ("9999-12-31T00:00:00Z", "9999-12-31T00:00:00Z"),
        ("2999-01-02T03:04:05Z", "2999-01-02T03:04:05Z"),
    ] {
        let by_process =
            home().revealing().config("[default]\ncredential_process = cat out\n").file("out", keys(given));
        let by_environment =
            home().revealing().env("AWS_ACCESS_KEY_ID", "A").env("AWS_SECRET_ACCESS_KEY", CANARY);
        let by_environment = by_environment.env("AWS_CREDENTIAL_EXPIRATION", given);
        let body = keys(given);
        let container = Loopback::start(move |_| Some((200, body.clone())));
        let by_container =
            home().revealing().env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &format!("{}/", container.url));
        for sandbox in [by_process, by_environment, by_container] {
            let document = sandbox.run(&["credential-process"]).success();
            assert!(document.contains(&format!("\"Expiration\": \"{passed}\"")), "{document}");
            let statements = sandbox.run(&["export-env"]).success();
            assert!(statements.contains(&format!("AWS_CREDENTIAL_EXPIRATION='{passed}'")), "{statements}");
            let resolved = sandbox.run(&["resolve"]).success();
            assert!(resolved.contains(passed), "{resolved}");
        }
    }
}

/// A profile whose program asks on the terminal, without echo.
fn asking() -> Sandbox {
    let sandbox = home().file(
        "ask",
        "#!/bin/sh\nstty -echo < /dev/tty\nprintf 'PIN: ' > /dev/tty\nread pin < /dev/tty\nstty echo < /dev/tty\n\
         echo '{\"Version\":1,\"AccessKeyId\":\"AKIAASKED\",\"SecretAccessKey\":\"s\"}'\n",
    );
    let program = sandbox.path("ask");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("the mode can be set");
    sandbox.config(format!("[profile a]\ncredential_process = {}\n", program.display()))
}

#[test]
fn the_question_of_a_program_is_not_overwritten() {
    let sandbox = asking();
    let mut terminal = Terminal::run(&sandbox, &["get", "aws_access_key_id", "-p", "a"]);
    terminal.see("PIN: ");
    // Longer than a wait is not told.
    std::thread::sleep(Duration::from_millis(1200));
    let shown = terminal.answer("1234").see("AKIAASKED").shown().to_owned();
    assert!(!shown.contains("waiting"), "{shown:?}");
    terminal.end(0);
}

#[test]
fn after_a_program_that_was_stopped_the_terminal_echoes_again() {
    let sandbox = asking();
    let mut terminal = Terminal::run(&sandbox, &["get", "aws_access_key_id", "-p", "a"]);
    terminal.see("PIN: ").keys("\u{3}");
    terminal.end(130);
    let sandbox = asking().file(".config/xcred/config.toml", "process.timeout = 1\n");
    let terminal = Terminal::run(&sandbox, &["get", "aws_access_key_id", "-p", "a"]);
    assert!(unwrapped(&terminal.end(255)).contains("did not finish within 1 s"));
    let sandbox = asking();
    let codes = format!("mfa.command = \"{}\"\nprocess.timeout = 1\n", sandbox.path("ask").display());
    let role = "[profile r]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = k\n\
                mfa_serial = arn:aws:iam::1:mfa/y\n";
    let sandbox = sandbox
        .config(role)
        .credentials("[k]\naws_access_key_id = AKIA\naws_secret_access_key = s\n")
        .file(".config/xcred/config.toml", codes);
    let terminal = Terminal::run(&sandbox, &["get", "aws_access_key_id", "-p", "r"]);
    assert!(unwrapped(&terminal.end(255)).contains("did not finish within 1 s"));
}

#[test]
fn a_program_ends_with_xcred() {
    let sandbox = home().config("[profile p]\ncredential_process = sh -c 'echo $$ > hung; exec sleep 60'\n");
    let mut command = sandbox.command();
    command.args(["whoami", "-p", "p"]);
    let mut child = with_default_signals(command).spawn().expect("it starts");
    let hung = || fs::read_to_string(sandbox.path("hung")).unwrap_or_default();
    let start = Instant::now();
    while !hung().ends_with('\n') {
        assert!(start.elapsed() < Duration::from_secs(20), "it doesn't run");
        std::thread::sleep(Duration::from_millis(10));
    }
    let process = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(process, rustix::process::Signal::TERM).expect("it runs");
    child.wait().expect("a status");
    while runs(hung().trim()) {
        assert!(start.elapsed() < Duration::from_secs(20), "it still runs");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn why_a_program_can_not_be_started_is_said_truthfully() {
    let sandbox = home().file("empty", "");
    fs::set_permissions(sandbox.path("empty"), fs::Permissions::from_mode(0o700))
        .expect("the mode can be set");
    let loops = sandbox.path("loop");
    std::os::unix::fs::symlink(&loops, &loops).expect("a link");
    for (program, help) in
        [("empty", "a script that begins with a line such as"), ("loop", "correct what its path leads to")]
    {
        let path = sandbox.path(program);
        sandbox.put(".aws/config", format!("[profile p]\ncredential_process = {}\n", path.display()));
        let words = sandbox.run(&["get", "aws_access_key_id", "-p", "p"]).failure(253);
        assert!(words.contains(help), "{words}");
    }
}

#[test]
fn a_program_without_a_key_id_is_named() {
    for printed in ["null", "\"\""] {
        let out = format!("{{\"Version\":1,\"AccessKeyId\":{printed},\"SecretAccessKey\":\"s\"}}");
        let sandbox = home().file("out", out).config("[profile p]\ncredential_process = cat out\n");
        let words = sandbox.run(&["export-env", "-p", "p", "--format", "posix"]).ended().2;
        assert!(words.contains("output of cat: the credentials have no access key ID"), "{words}");
        assert!(words.contains("run the program by hand"), "{words}");
    }
}

/// A folder of PATH that isn't absolute is where the program is started.
#[test]
fn a_program_in_a_relative_folder_of_path_is_run_without_a_word() {
    let keys = r#"{"Version":1,"AccessKeyId":"AKIAIOSFODNN7EXAMPLE","SecretAccessKey":"s"}"#;
    let sandbox = home().file("bin/tool", format!("#!/bin/sh\necho '{keys}'\n"));
    fs::set_permissions(sandbox.path("bin/tool"), fs::Permissions::from_mode(0o700)).expect("a mode");
    let sandbox = sandbox.config("[profile tool]\nregion = us-east-1\ncredential_process = tool\n");
    let sandbox = sandbox.without("PATH").env("PATH", "bin:/usr/bin:/bin");
    let (stdout, stderr) = sandbox.run(&["resolve", "-p", "tool"]).code(0);
    assert!(stdout.contains("custom-process") && stderr.is_empty(), "{stdout}{stderr}");
    let words = sandbox.run(&["doctor"]).ended().1;
    assert!(!words.contains("not found"), "{words}");
    // The command is the program, although a profile has its name.
    let printed = sandbox.run(&["exec", "-q", "-p", "tool", "--", "tool"]).success();
    assert_eq!(printed.trim(), keys);
}
