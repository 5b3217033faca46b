//! Secrets on standard input and on other descriptors: taken whole or not at all, and never read without end.

use std::process::Command;

use crate::harness::{CANARY, Outcome, Sandbox, secret};
use crate::loopback::Loopback;
use crate::terminal::Terminal;

/// Every command that reads a secret.
const READERS: [&[&str]; 7] = [
    &["set", "aws_secret_access_key", "-"],
    &["configure"],
    &["configure", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", "--secrets-from-stdin"],
    &["resolve", "--access-key-id", "AKIAIOSFODNN7EXAMPLE"],
    &["export-env", "--access-key-id", "AKIAIOSFODNN7EXAMPLE"],
    &["exec", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", "--", "true"],
    &["resolve", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", "--secret-fd", "3"],
];

/// Every way to name a source of a secret that may be a terminal, and whether lines are pasted there or asked for.
const DOORS: [(&str, &[&str], bool); 8] = [
    (r#""$@""#, &["configure", "--access-key-id", ID, "--secrets-from-stdin"], false),
    (r#""$@""#, &["resolve", "--offline", "--access-key-id", ID], false),
    (r#""$@""#, &["resolve", "--offline", "--access-key-id", ID, "--secret-fd", "0"], false),
    (r#""$@" 3< /dev/tty"#, &["exec", "--access-key-id", ID, "--secret-fd", "3", "--", "true"], false),
    (r#""$@" 3< /dev/tty > out"#, &["credential-process", "--access-key-id", ID, "--secret-fd", "3"], false),
    (r#""$@" 2> /dev/null"#, &["configure", "import", "-", "-p", "ci", "--no-input"], true),
    (r#""$@""#, &["configure", "import", "--csv", "/dev/stdin", "-p", "ci", "--no-input"], true),
    (r#""$@" 3< /dev/tty"#, &["configure", "import", "/dev/fd/3", "-p", "ci", "--no-input"], true),
];

const ID: &str = "AKIAIOSFODNN7EXAMPLE";

/// Runs the program by a line of shell in which it is `"$@"`.
pub(crate) fn run_by(sandbox: &Sandbox, line: &str, arguments: &[&str]) -> Outcome {
    let xcred = sandbox.command();
    let mut command = Command::new("sh");
    command.env_clear().envs(xcred.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(sandbox.home()).args(["-c", line, "sh"]).arg(xcred.get_program()).args(arguments);
    sandbox.finish(command, "")
}

#[test]
fn an_input_that_is_too_long_is_refused_and_never_cut() {
    let long = format!("{CANARY}{}", "x".repeat(64 * 1024));
    for reader in READERS {
        let sandbox = Sandbox::new().file("long", &long).env("AWS_EC2_METADATA_DISABLED", "true");
        for source in ["< long", "< /dev/zero", "< lines"] {
            // `yes` as a pipe; what kills it when nobody reads is its own matter.
            let line = match source {
                "< lines" => r#"yes | timeout 60 "$@" 3<&0"#.to_owned(),
                source => format!(r#"timeout 60 "$@" {source} 3<&0"#),
            };
            let (code, stdout, stderr) = run_by(&sandbox, &line, reader).ended();
            if reader == ["configure"] && source == "< lines" {
                // Four lines of it are answers.
                continue;
            }
            assert_eq!(code, Some(252), "{reader:?} {source}: {stdout}{stderr}");
            assert!(stderr.contains("is larger than 64 KiB"), "{reader:?} {source}: {stderr}");
            assert!(!sandbox.path(".aws/credentials").exists(), "{reader:?} {source}");
        }
    }
}

#[test]
fn what_is_not_text_is_refused() {
    let sandbox = Sandbox::new()
        .file("nul", format!("{CANARY}\0{CANARY}\n\n\n\n"))
        .file("utf16", "s\0e\0c\0r\0\n\0")
        .file("latin", b"\xe9\xe9\xe9\xe9\n\n\n\n")
        .env("AWS_EC2_METADATA_DISABLED", "true");
    for reader in READERS {
        for (file, what) in [("nul", "NUL"), ("utf16", "NUL"), ("latin", "not UTF-8")] {
            let line = format!(r#""$@" < {file} 3<&0"#);
            let (code, stdout, stderr) = run_by(&sandbox, &line, reader).ended();
            assert_eq!(code, Some(252), "{reader:?} {file}: {stdout}{stderr}");
            assert!(stderr.contains(what) && stderr.contains("help: "), "{reader:?} {file}: {stderr}");
            assert!(!sandbox.path(".aws").exists(), "{reader:?} {file}");
        }
    }
}

#[test]
fn a_value_of_many_kilobytes_is_taken_whole() {
    let value = "x".repeat(60 * 1024);
    for ending in ["", "\n", "\r\n", "\r"] {
        let sandbox = Sandbox::new();
        let input = format!("{value}{ending}");
        let _ = sandbox.run_with_input(&["set", "aws_session_token", "-"], &input).success();
        assert_eq!(sandbox.read_credentials(), format!("[default]\naws_session_token = {value}\n"));
    }
}

#[test]
fn the_lines_of_windows_are_a_secret_and_a_token() {
    let sandbox = Sandbox::new().revealing();
    for input in ["SECRET\r\nTOKEN\r\n", "\u{feff}SECRET\r\nTOKEN\r", "SECRET\n\nTOKEN \n\n"] {
        let arguments = ["export-env", "--format", "dotenv", "--access-key-id", "AKIAIOSFODNN7EXAMPLE"];
        let text = sandbox.run_with_input(&arguments, input).success();
        let quoted = text.replace(['\'', '"'], "");
        assert!(quoted.contains("AWS_SECRET_ACCESS_KEY=SECRET\n"), "{text:?}");
        assert!(quoted.contains("AWS_SESSION_TOKEN=TOKEN\n"), "{text:?}");
    }
}

#[test]
fn more_than_two_lines_are_not_cut_to_two() {
    for reader in &READERS[2..] {
        for (input, what) in [
            (format!("{CANARY}\n{CANARY}2\n{CANARY}3\n"), "more than two lines"),
            (format!("{CANARY} {CANARY}\n"), "a line that contains whitespace"),
            (format!("\n{CANARY}\n"), "first line is empty"),
        ] {
            let sandbox = Sandbox::new().env("AWS_EC2_METADATA_DISABLED", "true").file("input", input);
            let (code, _, stderr) = run_by(&sandbox, r#""$@" < input 3<&0"#, reader).ended();
            assert_eq!(code, Some(252), "{reader:?}: {stderr}");
            assert!(stderr.contains(what), "{reader:?}: {stderr}");
        }
    }
}

#[test]
fn a_command_with_narrowed_credentials_does_not_get_the_secret_of_the_whole_ones() {
    let sts = Loopback::sts();
    let sandbox = sts.home().file("secret", format!("{CANARY}-whole\n")).file("other", "OTHER");
    // Only what is a file could be read again; a terminal of another test would be waited for.
    let look = "cat <&4; cat /proc/self/fd/4; cat; cat < /dev/stdin; cat /proc/self/fd/0; \
                for number in 3 4 5 6 8 9; do [ ! -f /proc/self/fd/$number ] || cat /proc/self/fd/$number; done; cat <&7; echo looked";
    for serve in [&[][..], &["--serve"]] {
        let options = ["exec", "-q", "--access-key-id", "AKIAOPT", "--read-only"];
        for (descriptor, line) in [
            (&["--secret-fd", "4"][..], r#""$@" 4< secret < /dev/null"#),
            (&[], r#""$@" < secret"#),
            (&["--secret-fd", "0"], r#""$@" < secret"#),
            // Other descriptors of the same file: a duplicate, one that was opened again, and one of another name.
            (&["--secret-fd", "4"], r#""$@" 4< secret 5<&4 6< secret < secret"#),
            (&["--secret-fd", "4"], r#"ln -f secret linked; "$@" 4< secret 9< linked < /dev/null"#),
            (&[], r#""$@" < secret 4<&0 8< secret"#),
        ] {
            // A descriptor of another file is left to the command.
            let line = format!("exec 7< other; {line}");
            let arguments = [&options, serve, descriptor, &["--", "sh", "-c", look]].concat();
            let (code, stdout, stderr) = run_by(&sandbox, &line, &arguments).ended();
            assert_eq!((code, stdout.as_str()), (Some(0), "OTHERlooked\n"), "{line}: {arguments:?} {stderr}");
        }
    }
    let arguments = ["exec", "--access-key-id", "AKIAOPT", "--secret-fd", "2", "--", "true"];
    let (code, _, stderr) = run_by(&sandbox, r#""$@""#, &arguments).ended();
    assert_eq!(code, Some(252));
    assert!(stderr.contains("file descriptor 2 is for output"), "{stderr}");
}

#[test]
fn a_secret_that_is_typed_where_a_pipe_may_be_is_not_shown() {
    let secret = secret();
    for (line, arguments, is_pasted) in DOORS {
        let sandbox = Sandbox::new();
        let mut terminal = Terminal::run_by(&sandbox, line, arguments);
        if is_pasted {
            let lines = format!("aws_access_key_id={ID}\raws_secret_access_key={secret}\r");
            terminal.see("Paste the keys, then press Ctrl-D.").keys(&lines).keys("\u{4}");
        } else {
            terminal.see("AWS Secret Access Key: ").answer(&secret);
            terminal.see("AWS Session Token: ").answer("");
        }
        terminal.end(0);
        if arguments[0] == "configure" {
            assert!(sandbox.read_credentials().contains(&secret), "{arguments:?}");
        }
    }
}

#[test]
fn a_terminal_that_would_show_a_secret_is_refused() {
    let sandbox = Sandbox::new();
    for arguments in [
        &["set", "aws_session_token", "-"][..],
        &["configure", "--access-key-id", ID, "--secrets-from-stdin"],
        &["whoami", "--access-key-id", ID],
        &["configure", "import", "-"],
    ] {
        // A terminal on standard input alone, which isn't that of the session.
        Terminal::run_by(&sandbox, r#"setsid -w "$@" 2> errors"#, arguments).end(253);
        let errors = sandbox.read("errors");
        assert!(errors.contains("standard input is a terminal that would show what is typed"), "{errors}");
        assert!(errors.contains("help: give the text through a pipe or from a file"), "{errors}");
    }
}
