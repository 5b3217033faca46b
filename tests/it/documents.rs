//! Programs that read JSON get one document, also from a command that fails.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::io::ioctl_fionbio;
use serde_json::Value;

use crate::harness::{Sandbox, with_default_signals};

#[test]
fn a_command_that_fails_prints_one_document_with_its_error() {
    let unknown = |command: &[&'static str]| [command, &["--profile", "nope"]].concat();
    let unreadable =
        || Sandbox::new().config("[default\nregion = x\n").env("AWS_EC2_METADATA_DISABLED", "true");
    let healthy =
        || Sandbox::new().config("[default]\nregion = x\n").env("AWS_EC2_METADATA_DISABLED", "true");
    let runs = [
        (healthy(), vec!["doctor", "nope"], "profile-not-found"),
        (healthy(), unknown(&["doctor"]), "profile-not-found"),
        (healthy(), unknown(&["whoami"]), "profile-not-found"),
        (healthy(), unknown(&["resolve"]), "profile-not-found"),
        (healthy(), unknown(&["status"]), "profile-not-found"),
        (healthy(), unknown(&["get", "--all"]), "profile-not-found"),
        (healthy(), unknown(&["get", "region"]), "profile-not-found"),
        (healthy(), unknown(&["keys", "list"]), "profile-not-found"),
        (healthy(), vec!["keys", "list"], "no-credentials"),
        (healthy(), vec!["keys", "last-used", "AKIAIOSFODNN7EXAMPLE"], "no-credentials"),
        (healthy(), vec!["keys", "create", "--show-secret"], "no-credentials"),
        (healthy(), vec!["whoami"], "no-credentials"),
        (unreadable(), vec!["list-profiles"], "config-parse"),
        (unreadable(), vec!["get", "--all"], "config-parse"),
        (unreadable(), vec!["whoami"], "config-parse"),
        (unreadable(), vec!["status"], "config-parse"),
        (unreadable(), vec!["resolve"], "config-parse"),
        (healthy().file(".config/xcred/config.toml", "cache = ["), vec!["config", "list"], "config-parse"),
    ];
    let mut wrong = Vec::new();
    for (sandbox, arguments, code) in runs {
        let (exit, printed, words) = sandbox.run(&[&arguments[..], &["--format", "json"]].concat()).ended();
        match serde_json::from_str::<Value>(&printed) {
            Ok(document)
                if document["schema"] == 1 && document["error"]["code"] == code && exit != Some(0) => {}
            _ => wrong.push(format!("{arguments:?}: {exit:?}\n{printed}{words}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_mistake_on_the_command_line_is_a_document_too() {
    let sandbox = Sandbox::new().config("[profile dev]\nregion = x\n");
    for arguments in [
        &["resolve", "dev", "-p", "x"][..],
        &["resolve", "--nope"],
        &["status", "a", "-p", "b"],
        &["list-profiles", "-p", "x"],
        &["keys", "list", "--nope"],
        &["get", "region", "--regoin", "x"],
    ] {
        let (printed, words) = sandbox.run(&[arguments, &["--format", "json"]].concat()).code(252);
        let document: Value = serde_json::from_str(&printed).expect("a document");
        let message = document["error"]["message"].as_str().unwrap_or_default();
        assert!(document["error"]["code"] == "usage" && !message.is_empty(), "{arguments:?}: {printed}");
        assert!(words.starts_with(&format!("error: {message}")), "{arguments:?}: {words}");
        assert_eq!(document.get("chain").is_some(), arguments[0] == "resolve", "{printed}");
    }
    // An argument that isn't text.
    for command in ["resolve", "whoami", "status"] {
        let mut run = sandbox.command();
        run.arg(command).arg(OsStr::from_bytes(b"\xff")).args(["--format", "json"]);
        let (printed, _) = sandbox.finish(run, "").code(252);
        let document: Value = serde_json::from_str(&printed).expect("a document");
        assert_eq!(document["error"]["code"], "usage", "{printed}");
        assert_eq!(document.get("chain").is_some(), command == "resolve", "{printed}");
    }
    // It is found only when the command has begun.
    let all = ["resolve", "--sdk", "all", "--read-only", "--format", "json"];
    let (printed, _) = sandbox.run(&all).code(252);
    let document: Value = serde_json::from_str(&printed).expect("a document");
    assert!(document["error"]["code"] == "usage" && document.get("chain").is_some(), "{printed}");
    // Its output is evaluated.
    let (printed, _) = sandbox.run(&["export-env", "--nope", "--format", "json"]).code(252);
    assert_eq!(printed, "");
}

#[test]
fn a_command_that_waits_for_a_secret_prints_a_document_when_it_is_interrupted() {
    let (mut reader, writer) = io::pipe().expect("a pipe");
    assert_eq!(interrupted(writer), Some(130));
    let mut printed = String::new();
    reader.read_to_string(&mut printed).expect("text");
    let document: Value = serde_json::from_str(&printed).expect("a document");
    assert_eq!(document["error"]["code"], "interrupted");
}

/// What is in the pipe already is never read.
#[test]
fn a_full_pipe_does_not_hold_up_the_end() {
    let (reader, mut writer) = io::pipe().expect("a pipe");
    ioctl_fionbio(&writer, true).expect("a pipe that doesn't block");
    while writer.write(b" ").is_ok() {}
    ioctl_fionbio(&writer, false).expect("a pipe that blocks");
    assert_eq!(interrupted(writer), Some(130));
    drop(reader);
}

/// The exit code of a command that is interrupted while it waits for a secret.
fn interrupted(output: io::PipeWriter) -> Option<i32> {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command();
    command.args(["resolve", "--access-key-id", "AKIAI44QH8DHBEXAMPLE", "--format", "json"]);
    let mut command = with_default_signals(command);
    let mut running = command.stdin(Stdio::piped()).stdout(output).spawn().expect("the program starts");
    // The descriptor for standard output in it would keep the pipe open.
    drop(command);
    // The thread that handles signals is there once two are.
    let threads = format!("/proc/{}/task", running.id());
    let start = Instant::now();
    let wait = || {
        assert!(start.elapsed() < Duration::from_secs(30), "it doesn't come to an end");
        thread::sleep(Duration::from_millis(5));
    };
    while fs::read_dir(&threads).expect("a process").count() < 2 {
        wait();
    }
    let id = running.id().to_string();
    assert!(Command::new("kill").args(["-s", "INT", &id]).status().expect("kill starts").success());
    // Its input is closed only after the end.
    let input = running.stdin.take();
    let status = loop {
        match running.try_wait().expect("a child") {
            Some(status) => break status,
            None if start.elapsed() > Duration::from_secs(29) => {
                running.kill().expect("it can be killed");
            }
            None => wait(),
        }
    };
    drop(input);
    status.code()
}

/// What could be found out is printed, with the reason why the command fails.
#[test]
fn a_document_with_something_to_show_has_the_error_too() {
    // A file that nobody can read, not even root: nothing is at its first address.
    let sandbox = Sandbox::new().credentials("[dev]\nregion = x\n").env("AWS_CONFIG_FILE", "/proc/self/mem");
    let (printed, _) = sandbox.run(&["list-profiles", "--format", "json"]).code(253);
    let document: Value = serde_json::from_str(&printed).expect("a document");
    assert_eq!((&document["profiles"][0]["name"], &document["error"]["code"]), (&"dev".into(), &"io".into()));
    let session = "[profile dev]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n";
    let sandbox = Sandbox::new().config(session);
    let (printed, _) = sandbox.run(&["login", "--status", "-p", "dev", "--format", "json"]).code(253);
    let document: Value = serde_json::from_str(&printed).expect("a document");
    assert_eq!(document["error"]["code"], "login-required", "{document}");
    assert_eq!(document["sign_ins"][0]["state"], "missing", "{document}");
}

/// Also where no command ends a finding, and what isn't a reading of its line.
#[test]
fn the_document_of_doctor_has_the_help_and_the_facts_of_the_text() {
    let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key =\n";
    let sandbox = Sandbox::new()
        .credentials(keys.replace("aws_access", "[p]\naws_access"))
        .config("[profile q]\nrole_arn = role/x\nsource_profile = nope\nregion = eu-west-1 # Dublin\n");
    let (screen, _) = sandbox.run(&["doctor"]).code(1);
    let (printed, _) = sandbox.run(&["doctor", "--format", "json"]).code(1);
    let document: Value = serde_json::from_str(&printed).expect("a document");
    let findings = document["findings"].as_array().expect("a list");
    let helps: Vec<&str> = findings.iter().filter_map(|finding| finding["help"].as_str()).collect();
    let shown: Vec<&str> =
        screen.lines().filter_map(|line| line.trim_start().strip_prefix("help: ")).collect();
    assert!(!shown.is_empty() && shown == helps, "{screen}{helps:#?}");
    let facts = findings.iter().filter_map(|finding| finding["facts"].as_array()).flatten();
    assert!(facts.filter_map(Value::as_str).all(|fact| screen.contains(fact)), "{screen}{printed}");
}

#[test]
fn the_paths_of_a_document_are_absolute() {
    let sandbox = Sandbox::new().config("[default]\nregion = x\n").env("HOME", ".");
    let folder = sandbox.home().to_str().expect("text").to_owned();
    for arguments in
        [&["doctor"][..], &["get", "region"], &["list-profiles"], &["resolve", "--offline"], &["status"]]
    {
        let (_, printed, _) = sandbox.run(&[arguments, &["--format", "json"]].concat()).ended();
        let document: Value = serde_json::from_str(&printed).expect("a document");
        let mut paths = Vec::new();
        collect(&document, &mut paths);
        assert!(
            !paths.is_empty() && paths.iter().all(|path| path.starts_with(&folder)),
            "{arguments:?}: {paths:?}"
        );
    }
}

/// The paths of a document.
fn collect(value: &Value, paths: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(path) if name == "path" => paths.push(path.clone()),
                    Value::Array(all) if name == "paths" => {
                        paths.extend(all.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    value => collect(value, paths),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, paths)),
        _ => {}
    }
}
