//! The person at the terminal: codes that are typed while standard output is captured, and waits that are told.

use std::process::Stdio;
use std::time::{Duration, Instant};

use jiff::SignedDuration;

use crate::disk::names;
use crate::harness::{CANARY, Sandbox, json_of, section};
use crate::loopback::Loopback;
use crate::terminal::{Terminal, screen};

const DEVICE: &str = "arn:aws:iam::123456789012:mfa/me";

/// A home whose profile `m` is a role that wants a code, and `r` one that wants none.
fn home(sts: &Loopback) -> Sandbox {
    let keys = section("base", "AKIABASE", CANARY);
    let role = "role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n";
    sts.home()
        .credentials(keys)
        .config(format!("[profile r]\n{role}[profile m]\n{role}mfa_serial = {DEVICE}\n"))
}

/// The end of the output, without the code that was typed.
#[track_caller]
fn ends_without(terminal: Terminal, code: i32, typed: &str) -> String {
    let shown = terminal.end(code);
    assert!(!shown.contains(typed), "the code shows: {shown:?}");
    shown
}

#[test]
fn a_code_is_asked_for_on_the_terminal_while_output_is_captured() {
    for line in
        [r#"x=$("$@") && echo "got $x""#, r#"x=$("$@" 2> /dev/null) && echo "got $x""#, r#""$@" | cat"#]
    {
        let sts = Loopback::sts();
        let sandbox = home(&sts);
        let mut terminal = Terminal::run_by(&sandbox, line, &["get", "aws_access_key_id", "-p", "m"]);
        terminal.see(&format!("Enter MFA code for {DEVICE}")).answer("654321");
        terminal.see("ASIAR");
        ends_without(terminal, 0, "654321");
        let form = &sts.received()[0].body;
        assert!(form.contains("TokenCode=654321") && form.contains("SerialNumber=arn%3Aaws"), "{form}");
    }
}

#[test]
fn what_is_no_code_is_asked_for_again_and_never_sent() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    let mut terminal = Terminal::run(&sandbox, &["get", "aws_access_key_id", "-p", "m"]);
    terminal.see("Enter MFA code for ").answer("12345");
    terminal.see("An MFA code has 6 digits.").see("Enter MFA code for ").answer("654 321");
    terminal.see("ASIAR");
    ends_without(terminal, 0, "654321");
    assert!(sts.received()[0].body.contains("TokenCode=654321"));
    let mut terminal = Terminal::run(&sandbox, &["whoami", "-p", "m", "--no-cache"]);
    for answer in ["", "abcdef", "7654321"] {
        terminal.see("Enter MFA code for ").answer(answer);
    }
    terminal.see("no code was typed");
    ends_without(terminal, 255, "7654321");
    assert_eq!(sts.count(), 1);
}

#[test]
fn ctrl_c_at_the_code_stops_at_once_and_leaves_nothing() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    for arguments in [&["get", "aws_access_key_id", "-p", "m"][..], &["whoami", "-p", "m"]] {
        let mut terminal = Terminal::run(&sandbox, arguments);
        terminal.see("Enter MFA code for ").keys("12\u{3}");
        let shown = ends_without(terminal, 130, "12\r");
        assert!(!shown.contains("ASIA"), "{shown}");
        assert_eq!(names(&sandbox.path(".aws/cli/cache")), Vec::<String>::new());
    }
    assert_eq!(sts.count(), 0);
}

#[test]
fn ctrl_c_during_a_request_stops_at_once_and_leaves_nothing() {
    for profile in ["r", "m"] {
        let silent = Loopback::silent();
        let sandbox = home(&silent);
        let mut terminal = Terminal::run(&sandbox, &["whoami", "-p", profile]);
        if profile == "m" {
            terminal.see("Enter MFA code for ").answer("654321");
        }
        terminal.see("waiting for ");
        let start = Instant::now();
        terminal.keys("\u{3}");
        let shown = ends_without(terminal, 130, "654321");
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
        assert!(!screen(&shown, 80).join("\n").contains("waiting"), "{shown:?}");
        assert_eq!(names(&sandbox.path(".aws/cli/cache")), Vec::<String>::new());
    }
}

/// Sees the program wait for the code of `m`, or with that, as for `r`, for the service.
fn see_the_wait(terminal: &mut Terminal, profile: &str, code: Option<&str>) {
    if profile == "m" {
        terminal.see("Enter MFA code for ");
    }
    if let Some(code) = code {
        terminal.answer(code);
    }
    if profile == "r" || code.is_some() {
        terminal.see("waiting for ");
    }
}

#[test]
fn a_shell_that_evaluates_an_interrupted_export_is_stopped() {
    for (profile, code) in [("r", None), ("m", None), ("m", Some("654321"))] {
        let silent = Loopback::silent();
        let sandbox = home(&silent);
        // The shell outlives the signal, and would go on with whatever it has to evaluate.
        let line = r#""$@" > printed"#;
        let arguments = ["export-env", "--format", "posix", "-p", profile];
        let mut terminal = Terminal::run_by(&sandbox, line, &arguments);
        see_the_wait(&mut terminal, profile, code);
        terminal.keys("\u{3}");
        ends_without(terminal, 130, "654321");
        assert_eq!(sandbox.read("printed"), "false;\n", "{profile} {code:?}");
    }
}

/// Both the thread that handles the signal and the one that asks for the code learn of Ctrl-C; one of them prints.
#[test]
fn a_program_that_reads_json_gets_one_document_from_an_interrupted_command() {
    for (command, profile, code) in [
        (&["resolve"][..], "r", None),
        (&["resolve"], "m", None),
        (&["resolve", "--sdk", "all"], "r", None),
        (&["whoami"], "m", None),
        (&["whoami"], "m", Some("654321")),
        (&["get", "aws_access_key_id"], "m", None),
        (&["keys", "list"], "m", None),
    ] {
        let silent = Loopback::silent();
        let sandbox = home(&silent);
        let arguments = [command, &["-p", profile, "--format", "json"]].concat();
        let mut terminal = Terminal::run_by(&sandbox, r#""$@" > printed"#, &arguments);
        see_the_wait(&mut terminal, profile, code);
        terminal.keys("\u{3}");
        ends_without(terminal, 130, "654321");
        let document = json_of(&sandbox.read("printed"));
        assert_eq!(document["error"]["code"], "interrupted", "{command:?} {profile}: {document}");
        assert_eq!(document["schema"], 1);
        assert_eq!(document.get("chain").is_some(), command[0] == "resolve", "{document}");
        assert_eq!(names(&sandbox.path(".aws/cli/cache")), Vec::<String>::new());
    }
}

#[test]
fn a_program_that_is_started_with_signals_ignored_goes_on_ignoring_them() {
    let sts = Loopback::sts_with(SignedDuration::from_hours(1), Duration::from_secs(2));
    let sandbox = home(&sts);
    let program = sandbox.command();
    let mut shell = crate::disk::around(
        "sh",
        &["-c", r#"trap '' INT HUP; "$@" & sleep 1; kill -INT $!; wait $!"#, "sh"],
        &program,
    );
    shell.arg(program.get_program()).args(["get", "aws_access_key_id", "-p", "r"]);
    assert_eq!(sandbox.finish(shell, "").success(), "ASIAR\n");
}

#[test]
fn a_wait_is_told_and_its_line_goes_when_it_is_over() {
    let sts = Loopback::sts_with(SignedDuration::from_hours(1), Duration::from_millis(1500));
    let sandbox = home(&sts);
    let mut terminal = Terminal::run(&sandbox, &["get", "aws_access_key_id", "-p", "r"]);
    terminal.see("waiting for http://127.0.0.1");
    terminal.see("ASIAR");
    let shown = terminal.end(0);
    let left = screen(&shown, 80).join("\n");
    assert!(left.contains("ASIAR") && !left.contains("waiting"), "{shown:?}\n{left}");
    // Nothing of it where nobody watches.
    assert_eq!(home(&sts).run(&["get", "aws_access_key_id", "-p", "r"]).success(), "ASIAR\n");
}

#[test]
fn a_wait_for_another_process_is_told_too() {
    let sts = Loopback::sts_with(SignedDuration::from_hours(1), Duration::from_secs(3));
    let sandbox = home(&sts);
    let mut command = sandbox.command();
    command.args(["whoami", "-p", "r"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut first = command.spawn().expect("the program starts");
    while sts.count() == 0 {
        std::thread::sleep(Duration::from_millis(10));
    }
    let mut terminal = Terminal::run(&sandbox, &["get", "aws_access_key_id", "-p", "r"]);
    terminal.see("waiting for another process that requests the same credentials").see("ASIAR");
    terminal.end(0);
    assert!(first.wait().expect("it ends").success());
    assert_eq!(sts.received().iter().filter(|request| request.body.contains("AssumeRole")).count(), 1);
}

#[test]
fn a_program_of_the_settings_answers_instead() {
    let sts = Loopback::sts();
    let settings = format!(
        "[mfa]\ncommand = \"echo 111111\"\n[mfa.devices]\n\"{DEVICE}\" = \"sh -c 'echo $XCRED_MFA_SERIAL > serial; echo \\\" 222222 \\\"; echo more'\"\n"
    );
    let sandbox = home(&sts).file(".config/xcred/config.toml", settings);
    assert_eq!(sandbox.run(&["get", "aws_access_key_id", "-p", "m"]).success(), "ASIAR\n");
    assert!(sts.received()[0].body.contains("TokenCode=222222"), "{:?}", sts.received());
    assert_eq!(sandbox.read("serial"), format!("{DEVICE}\n"));
    let sandbox = sandbox.file(".config/xcred/config.toml", "mfa.command = 'false'\n");
    let words = sandbox.run(&["resolve", "--no-cache", "-p", "m"]).code(255).1;
    assert!(words.contains("`false` printed no code (exit status: 1)\nhelp: "), "{words}");
}

#[test]
fn what_a_program_prints_instead_of_a_code_is_neither_sent_nor_shown() {
    let sts = Loopback::sts();
    let run = |printed: &str| {
        let settings = "mfa.command = \"sh ./print\"\n";
        let sandbox = home(&sts)
            .file(".config/xcred/config.toml", settings)
            .file("print", format!("printf '{printed}'"));
        sandbox.run(&["get", "aws_access_key_id", "-p", "m"])
    };
    for printed in [
        "Code: 654321",
        "123+456",
        "12345x",
        "7654321",
        "54321",
        "\u{661}\u{662}\u{663}\u{664}\u{665}\u{666}",
    ] {
        let words = run(printed).failure(255);
        assert!(words.contains("`sh` printed is not a code of 6 digits\nhelp: "), "{printed}: {words}");
        assert!(!words.contains(printed), "{words}");
    }
    assert_eq!(sts.count(), 0);
    run("\\n 222 222\\nmore\\n").success();
    assert!(sts.received()[0].body.contains("TokenCode=222222"), "{:?}", sts.received());
}

#[test]
fn the_end_of_the_input_at_a_terminal_is_no_code() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    let mut terminal = Terminal::run(&sandbox, &["whoami", "-p", "m"]);
    terminal.see("Enter MFA code").keys("\u{4}");
    let shown = terminal.end(255);
    assert!(shown.contains("the input ended before a") && !shown.contains("help:"), "{shown}");
    assert_eq!(sts.count(), 0);
}

#[test]
fn without_a_terminal_nobody_is_asked() {
    let sts = Loopback::sts();
    let words = home(&sts).run(&["whoami", "-p", "m"]).failure(253);
    assert!(words.contains("there is no terminal") && words.contains("mfa.command"), "{words}");
    assert_eq!(sts.count(), 0);
}

#[test]
fn nobody_is_asked_for_a_code_where_there_is_no_region_to_send_it_to() {
    let sts = Loopback::sts();
    let config = home(&sts).read_config();
    let keys = home(&sts).read_credentials();
    let sandbox = Sandbox::new().config(config).credentials(keys).env("NO_COLOR", "1");
    let sandbox = sandbox.env("AWS_ENDPOINT_URL", &sts.url);
    for arguments in
        [&["whoami", "-p", "m"][..], &["export-env", "-p", "m"], &["get", "aws_access_key_id", "-p", "m"]]
    {
        let shown = Terminal::run(&sandbox, arguments).end(253);
        assert!(
            shown.contains("STS needs a region") && !shown.contains("MFA code"),
            "{arguments:?}: {shown}"
        );
    }
    assert!(sts.received().is_empty());
}

#[test]
fn the_question_of_xcred_as_a_credential_process_is_not_overwritten() {
    let sts = Loopback::sts();
    let sandbox = home(&sts);
    let own = env!("CARGO_BIN_EXE_xcred");
    let more = format!("[profile outer]\ncredential_process = {own} credential-process --profile m\n");
    let config = sandbox.read_config() + &more;
    let sandbox = sandbox.config(config);
    for sdk in ["boto3", "go"] {
        let own = ["exec", "-q", "--no-cache", "--sdk", sdk, "-p", "outer"];
        let arguments = [&own[..], &["--", "printenv", "AWS_ACCESS_KEY_ID"]].concat();
        let mut terminal = Terminal::run(&sandbox, &arguments);
        terminal.see("Enter MFA code for ");
        // Longer than a wait is not told.
        std::thread::sleep(Duration::from_millis(1200));
        terminal.answer("654321");
        let shown = terminal.see("ASIA").shown().to_owned();
        assert!(!shown.contains("waiting for the program"), "{shown:?}");
        terminal.end(0);
        std::fs::remove_dir_all(sandbox.path(".aws/cli")).expect("a cache");
    }
}
