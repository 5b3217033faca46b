//! Credentials written to a file that others can open: it is said, and the file's mode stays.

use serde_json::{Value, json};

use crate::disk::{is_root, mode, set_mode};
use crate::harness::{CANARY, Sandbox, json_of, section};

const ID: &str = "AKIAIOSFODNN7EXAMPLE";

/// Every way in which a credential is written.
const WAYS: [&[&str]; 4] = [
    &["set", "aws_secret_access_key", "-"],
    &["set", "aws_session_token", "-"],
    &["configure", "--access-key-id", ID, "--secrets-from-stdin"],
    &["configure", "import", "keys.csv"],
];

fn home() -> Sandbox {
    Sandbox::new()
        .file(
            "keys.csv",
            format!("User name,Access key ID,Secret access key\nann,{ID},{CANARY}\nbob,{ID},{CANARY}\n"),
        )
        .credentials("[other]\nx = y\n")
}

#[test]
fn a_credentials_file_that_others_can_open_is_warned_of() {
    for way in WAYS {
        for (found, may) in [
            (0o644, "read"),
            (0o640, "read"),
            (0o666, "read and change"),
            (0o622, "change"),
            (0o610, "run"),
            (0o601, "run"),
        ] {
            let sandbox = home();
            let path = sandbox.path(".aws/credentials");
            set_mode(&path, found);
            let (_, words) = sandbox.run_with_input(way, CANARY).success_with_words();
            let warning = format!(
                "credentials contains credentials, and other users can {may} it (its mode is {found:o})"
            );
            assert_eq!(words.matches(&warning).count(), 1, "{way:?} {found:o}: {words}");
            assert_eq!(mode(&path), found);
            // The command that it names closes the file.
            let help =
                words.split("help: `").nth(1).and_then(|rest| rest.split('`').next()).expect("a command");
            assert!(help.starts_with("chmod 600 "), "{help}");
            let status = std::process::Command::new("sh").args(["-c", help]).status();
            assert!(status.expect("a shell").success());
            assert_eq!(mode(&path), 0o600);
        }
    }
}

#[test]
fn a_profile_that_gets_another_name_is_written_to_the_same_file() {
    for command in [["profile", "copy", "ann", "bob"], ["profile", "rename", "ann", "bob"]] {
        let sandbox = Sandbox::new().credentials(section("ann", ID, CANARY));
        let path = sandbox.path(".aws/credentials");
        set_mode(&path, 0o644);
        let words = sandbox.run(&command).success_with_words().1;
        assert_eq!(words.matches("other users can read it").count(), 1, "{words}");
        set_mode(&path, 0o600);
        let words = sandbox.run(&["profile", "copy", "bob", "eve"]).success_with_words().1;
        assert!(!words.contains("other users"), "{words}");
    }
}

#[test]
fn a_path_with_blanks_and_quotes_can_be_pasted() {
    let sandbox = Sandbox::new().file("it's mine $(x)", "[other]\nx = y\n");
    let path = sandbox.path("it's mine $(x)");
    let sandbox = sandbox.env("AWS_SHARED_CREDENTIALS_FILE", &path.display().to_string());
    set_mode(&path, 0o644);
    let (_, words) =
        sandbox.run_with_input(&["set", "aws_secret_access_key", "-"], CANARY).success_with_words();
    let help = words.split("help: `").nth(1).and_then(|rest| rest.split('`').next()).expect("a command");
    assert!(
        std::process::Command::new("sh").args(["-c", help]).status().expect("a shell").success(),
        "{help}"
    );
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn what_nobody_else_can_open_or_is_no_credential_is_not_warned_of() {
    for found in [0o600, 0o400, 0o700] {
        for way in WAYS {
            let sandbox = home();
            set_mode(&sandbox.path(".aws/credentials"), found);
            let (_, stdout, stderr) = sandbox.run_with_input(way, CANARY).ended();
            assert!(!stderr.contains("other users"), "{way:?} {found:o}: {stdout}{stderr}");
        }
    }
    let sandbox = home().config("[default]\n");
    set_mode(&sandbox.path(".aws/config"), 0o644);
    let _ = sandbox.run(&["set", "region", "eu-west-1"]).success();
    // A credential that is kept in the config file is one all the same.
    let sandbox = Sandbox::new().config("[default]\naws_access_key_id = AKIA\n");
    set_mode(&sandbox.path(".aws/config"), 0o644);
    let (_, words) =
        sandbox.run_with_input(&["set", "aws_secret_access_key", "-"], CANARY).success_with_words();
    assert!(words.contains("config contains credentials"), "{words}");
}

#[test]
fn who_does_not_own_the_file_is_not_told_to_change_its_mode() {
    if !is_root() {
        return;
    }
    let keys = format!("[other]\naws_access_key_id = {ID}\naws_secret_access_key = {CANARY}\n");
    let sandbox = Sandbox::new().credentials(keys);
    let mut command = sandbox.unprivileged();
    let path = sandbox.path(".aws/credentials");
    set_mode(&path, 0o644);
    std::os::unix::fs::chown(&path, Some(0), Some(0)).expect("root may");
    let ended = command.arg("doctor").output().expect("it runs");
    let shown = String::from_utf8_lossy(&ended.stdout);
    assert!(shown.contains("its owner has to close it") && !shown.contains("chmod"), "{shown}");
}

#[test]
fn programs_get_the_path_of_the_file() {
    let sandbox = Sandbox::new().credentials(section("ann", ID, CANARY));
    let path = sandbox.path(".aws/credentials");
    set_mode(&path, 0o644);
    let origin = json!({"from": "file", "path": path.display().to_string()});
    let of = |document: &Value, list: &str| {
        let found =
            document[list].as_array().into_iter().flatten().find(|one| one["code"] == "loose-mode").cloned();
        found.unwrap_or_else(|| panic!("{document}"))["origin"].clone()
    };
    assert_eq!(of(&json_of(&sandbox.run(&["doctor", "--format", "json"]).code(1).0), "findings"), origin);
    for sdk in ["aws-cli", "js"] {
        let resolve = ["resolve", "ann", "--offline", "--format", "json", "--sdk", sdk];
        assert_eq!(of(&json_of(&sandbox.run(&resolve).success()), "warnings"), origin);
    }
}

#[test]
fn settings_that_other_users_can_change_are_pointed_out_once() {
    let keys = section("ann", ID, CANARY);
    for (path, found, what) in [
        (
            ".aws/config",
            0o666,
            "can change ~/.aws/config, which may name programs that run as you (its mode is 666)",
        ),
        (
            ".aws",
            0o777,
            "can replace the files in ~/.aws, which may name programs that run as you (its mode is 777)",
        ),
        (
            ".config/xcred/config.toml",
            0o646,
            "can change ~/.config/xcred/config.toml, which may name programs that run as you (its mode is 646)",
        ),
        (
            ".config/xcred",
            0o757,
            "can replace the files in ~/.config/xcred, which may name programs that run as you (its mode is 757)",
        ),
    ] {
        let sandbox =
            Sandbox::new().config("[profile ann]\n").credentials(&keys).file(".config/xcred/config.toml", "");
        for folder in [".aws", ".config/xcred"] {
            set_mode(&sandbox.path(folder), 0o755);
        }
        let others_can = "other users can";
        let warned = |command: &[&str]| sandbox.run(command).ended().2.matches(others_can).count();
        assert_eq!(warned(&["resolve", "ann", "--offline"]), 0, "{path}");
        set_mode(&sandbox.path(path), found);
        let (shown, _) = sandbox.run(&["doctor"]).code(1);
        assert!(shown.contains(what), "{shown}");
        assert_eq!(warned(&["resolve", "ann", "--offline"]), 1, "{path}");
        assert_eq!(warned(&["exec", "ann", "--", "true"]), 1, "{path}");
        // A script that asks for a value has its answer.
        sandbox.run(&["get", "region", "--default", "x"]).success();
        let help = shown.split("help: `").nth(1).and_then(|rest| rest.split('`').next()).expect("a command");
        assert!(std::process::Command::new("sh").args(["-c", help]).status().expect("a shell").success());
        sandbox.run(&["doctor"]).success();
    }
    // In a folder like `/tmp` nobody else replaces a file.
    let sandbox = Sandbox::new().config("[profile ann]\n").credentials(&keys);
    set_mode(&sandbox.path(".aws"), 0o1777);
    sandbox.run(&["doctor"]).success();
}
