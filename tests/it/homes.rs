//! Unusual home folders: not UTF-8, missing or unknown.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::lchown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};

use crate::disk::{is_root, listing};
use crate::harness::{CANARY, Outcome, Sandbox, json_of};
use crate::loopback::Loopback;

const KEYS: [(&str, &str); 3] = [
    ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
    ("AWS_SECRET_ACCESS_KEY", CANARY),
    ("AWS_REGION", "eu-west-1"),
];

/// Runs the program without `HOME` as a user who is not in the password file.
fn homeless(sandbox: &Sandbox, arguments: &[&str]) -> Option<Outcome> {
    if !is_root() {
        return None; // Only root can become such a user.
    }
    let mut command = sandbox.command();
    for path in listing(sandbox.home()).into_keys() {
        lchown(path, Some(54321), None).expect("root may");
    }
    command.env_remove("HOME").uid(54321).args(arguments);
    Some(sandbox.finish(command, ""))
}

fn paths(sandbox: &Sandbox) -> Vec<PathBuf> {
    listing(sandbox.home()).into_keys().collect()
}

fn latin(bytes: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(bytes))
}

#[test]
fn a_home_folder_need_not_be_utf_8() {
    let sandbox = Sandbox::new();
    let home = sandbox.home().join(latin(b"caf\xe9"));
    fs::create_dir(&home).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = sandbox.command();
        command.env("HOME", &home).args(arguments);
        sandbox.finish(command, "")
    };
    assert_eq!(run(&["set", "output", "json"]).success(), "");
    assert_eq!(fs::read_to_string(home.join(".aws/config")).unwrap(), "[default]\noutput = json\n");
    assert_eq!(run(&["get", "output"]).success(), "json\n");
    assert_eq!(run(&["config", "set", "cache.roles", "false"]).success(), "");
    assert!(home.join(".config/xcred/config.toml").is_file());
    assert_eq!(sandbox.home().read_dir().unwrap().count(), 1, "nothing beside it");

    // The JSON distinguishes it from every other folder.
    let (shown, _) = run(&["get", "output", "--show-origin"]).code(0);
    assert_eq!(shown, "~/.aws/config:2\tjson\n");
    let json = json_of(&run(&["get", "output", "--format", "json"]).success());
    assert!(json.to_string().contains(r"caf\\xe9/.aws/config"), "{json}");
    fs::write(home.join(".aws/config"), "[default\n").unwrap();
    let words = run(&["get", "output"]).failure(253);
    assert!(words.contains("error: ~/.aws/config:1: "), "{words}");
    fs::remove_file(home.join(".aws/config")).unwrap();
    fs::create_dir(home.join(".aws/config")).unwrap();
    let words = run(&["get", "output"]).failure(253);
    assert!(words.contains("`~/.aws/config` is a folder"), "{words}");
}

#[test]
fn variables_name_files_byte_for_byte() {
    let sandbox = Sandbox::new();
    let folder = sandbox.home().join(latin(b"\xff\xfe"));
    fs::create_dir(&folder).unwrap();
    let (config, credentials) = (folder.join(latin(b"c\xe9")), folder.join(latin(b"k\xc3")));
    let run = |arguments: &[&str]| {
        let mut command = sandbox.command();
        command.env("AWS_CONFIG_FILE", &config).env("AWS_SHARED_CREDENTIALS_FILE", &credentials);
        command.env("XDG_CONFIG_HOME", folder.join(latin(b"x\x80"))).args(arguments);
        sandbox.finish(command, CANARY)
    };
    run(&["set", "region", "eu-west-1"]).success();
    run(&["set", "aws_secret_access_key", "-"]).code(0);
    run(&["config", "set", "cache.roles", "false"]).success();
    assert!(config.is_file() && fs::read_to_string(&credentials).unwrap().contains(CANARY));
    assert!(folder.join(latin(b"x\x80/xcred/config.toml")).is_file());
    assert_eq!(run(&["list-profiles"]).success(), "default\n");
    assert_eq!(sandbox.home().read_dir().unwrap().count(), 1, "nothing beside it");
}

#[test]
fn a_key_or_a_profile_that_is_not_utf_8_is_refused() {
    let sandbox = Sandbox::new().config("[profile a\u{fffd}]\nregion = x\n");
    let run = |variable: &str, arguments: &[&str]| {
        let mut command = sandbox.command();
        command.envs(KEYS).env("AWS_EC2_METADATA_DISABLED", "true");
        command.env(variable, latin(b"a\xe9")).args(arguments);
        sandbox.finish(command, "")
    };
    for variable in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"] {
        let words = run(variable, &["credential-process"]).failure(253);
        let error = words.lines().find(|line| line.starts_with("error: ")).unwrap_or_default();
        assert!(error.ends_with(" is not UTF-8 text") && error.matches(variable).count() == 1, "{words}");
    }
    let words = run("AWS_PROFILE", &["set", "region", "y"]).failure(253);
    assert!(words.contains("AWS_PROFILE is not UTF-8 text"), "{words}");
}

#[test]
fn commands_that_need_no_file_work_without_a_home() {
    let server = Loopback::sts();
    for variable in ["UNUSED", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "BOTO_CONFIG"] {
        let sandbox = Sandbox::new().revealing().env("AWS_EC2_METADATA_DISABLED", "true");
        let sandbox = sandbox.env("AWS_ENDPOINT_URL_STS", &server.url).env(variable, "~/.aws/config");
        let sandbox = KEYS.iter().fold(sandbox, |sandbox, (name, value)| sandbox.env(name, value));
        // A folder of that name is not a home folder.
        let sandbox = sandbox.file("~/.aws/config", "[default]\nregion = of-somebody-else\n[profile x]\n");
        let before = paths(&sandbox);
        let Some(outcome) = homeless(&sandbox, &["credential-process"]) else { return };
        assert!(outcome.success().contains("AKIAIOSFODNN7EXAMPLE"));
        let out = |arguments: &[&str]| homeless(&sandbox, arguments).unwrap().success();
        assert_eq!(out(&["get", "region"]), "eu-west-1\n");
        assert_eq!(out(&["list-profiles"]), "");
        assert_eq!(out(&["list-profiles", "--long"]), "");
        assert!(out(&["export-env"]).contains("AKIAIOSFODNN7EXAMPLE"));
        assert_eq!(out(&["exec", "-q", "--", "printenv", "AWS_ACCESS_KEY_ID"]), "AKIAIOSFODNN7EXAMPLE\n");
        assert!(out(&["whoami"]).contains("123456789012"));
        assert!(out(&["config", "list"]).len() > 10);
        assert!(homeless(&sandbox, &["resolve"]).unwrap().code_is(0));
        assert_eq!(paths(&sandbox), before, "nothing is created");
    }
}

#[test]
fn commands_that_need_one_file_work_without_a_home() {
    let sandbox = Sandbox::new().file("c", "[default]\nregion = a\n").env("AWS_CONFIG_FILE", "c");
    let Some(outcome) = homeless(&sandbox, &["set", "region", "eu-west-2"]) else { return };
    assert_eq!(outcome.success(), "");
    assert_eq!(sandbox.read("c"), "[default]\nregion = eu-west-2\n");
    let told = "error: no home folder: `HOME` is not set, and the password file has no entry for this user\n";
    let before = paths(&sandbox);
    for arguments in [
        &["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE"][..],
        &["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE", "--dry-run"],
        &["config", "set", "cache.roles", "false"],
    ] {
        let words = homeless(&sandbox, arguments).unwrap().failure(253);
        assert!(words.starts_with(told) && words.contains("help: set HOME"), "{arguments:?}: {words}");
    }
    let nothing = Sandbox::new();
    for arguments in [&["set", "region", "eu-west-2"][..], &["set", "region", "eu-west-2", "--dry-run"]] {
        let words = homeless(&nothing, arguments).unwrap().failure(253);
        assert!(words.starts_with(told) && words.contains("AWS_CONFIG_FILE"), "{arguments:?}: {words}");
    }
    assert_eq!(paths(&sandbox), before);
    assert!(nothing.home().read_dir().unwrap().next().is_none());
}

#[test]
fn a_variable_without_a_value_leaves_no_file_to_write_to() {
    let sandbox = Sandbox::new().env("AWS_CONFIG_FILE", "");
    for command in [&["set", "region", "eu-west-2"][..], &["set", "region", "eu-west-2", "--dry-run"]] {
        let words = sandbox.run(command).failure(253);
        assert_eq!(
            words,
            "error: AWS_CONFIG_FILE is set but empty, so there is no file to write to\nhelp: unset AWS_CONFIG_FILE, or give it a value\n"
        );
    }
    // The other file is there.
    sandbox.run(&["set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE"]).success();
    assert!(sandbox.read_credentials().contains("AKIAIOSFODNN7EXAMPLE"));
    let words = Sandbox::new()
        .env("AWS_SHARED_CREDENTIALS_FILE", "")
        .run(&["set", "aws_access_key_id", "A"])
        .failure(253);
    assert!(words.contains("AWS_SHARED_CREDENTIALS_FILE is set but empty"), "{words}");
}

#[test]
fn a_tilde_without_a_home_is_never_a_folder_name() {
    let sandbox = Sandbox::new().env("AWS_CONFIG_FILE", "~nobody-here/c");
    let sandbox = sandbox.file("~nobody-here/c", "[default]\nregion = of-somebody-else\n");
    assert_eq!(sandbox.run(&["get", "region"]).code(1), (String::new(), String::new()));
    let words = sandbox.run(&["set", "region", "x"]).failure(253);
    assert!(words.starts_with("error: no home folder `~nobody-here`: "), "{words}");
    assert_eq!(sandbox.read("~nobody-here/c"), "[default]\nregion = of-somebody-else\n");
}

#[test]
fn a_role_without_a_home_is_not_cached() {
    let server = Loopback::sts();
    let sandbox = Sandbox::new().revealing().env("AWS_CONFIG_FILE", "c").file(
        "c",
        "[default]\nrole_arn = arn:aws:iam::123456789012:role/x\ncredential_source = Environment\nregion = eu-west-1\n",
    );
    let sandbox = sandbox.env("AWS_ENDPOINT_URL_STS", &server.url).env("AWS_EC2_METADATA_DISABLED", "true");
    let sandbox = KEYS.iter().fold(sandbox, |sandbox, (name, value)| sandbox.env(name, value));
    let before = paths(&sandbox);
    let Some(outcome) = homeless(&sandbox, &["credential-process", "--profile", "default"]) else { return };
    assert!(outcome.success().contains("ASIAx"));
    assert_eq!(paths(&sandbox), before);
}

#[test]
fn unusual_homes_are_expanded_as_in_python() {
    let home = |value: &str| {
        Sandbox::new().file("r/.aws/config", "[default]\nregion = eu-west-1\n").env("HOME", value)
    };
    assert_eq!(home("r").run(&["get", "region"]).success(), "eu-west-1\n");
    assert_eq!(home("r///").run(&["get", "region"]).success(), "eu-west-1\n");
    // Below a file nothing can be read or written.
    let file = home("r/.aws/config");
    let (_, words) = file.run(&["get", "region"]).code(1);
    assert!(words.starts_with("warning: `r/.aws/config` is a file, not a folder"), "{words}");
    // This is the home of users that have none.
    assert_eq!(home("/dev/null").run(&["get", "region"]).code(1), (String::new(), String::new()));
    let words = file.run(&["set", "region", "y"]).failure(253);
    assert!(words.contains("`r/.aws/config` is a file, not a folder"), "{words}");
    assert_eq!(file.read("r/.aws/config"), "[default]\nregion = eu-west-1\n");
    // An empty home is the root folder, not the current folder.
    let empty = home("").file(".aws/config", "[default]\nregion = here\n");
    let outcome = empty.run(&["get", "region", "--default", "none"]);
    assert!(!outcome.code(0).0.contains("here"));
}

#[test]
fn a_home_that_is_a_file_has_nothing_in_it_and_stops_nobody_who_needs_nothing_of_it() {
    let sandbox = Sandbox::new().file("file", "");
    let file = sandbox.path("file");
    for home in [file.clone(), file.join("below")] {
        for (arguments, code) in [
            (&["credential-process"][..], 0),
            (&["exec", "--", "true"], 0),
            (&["get", "region"], 0),
            (&["config", "list"], 0),
            (&["set", "region", "eu-west-1"], 253),
            (&["config", "set", "sdk", "boto3"], 253),
        ] {
            let mut command = sandbox.command();
            command.args(arguments).env("HOME", &home).env("AWS_REGION", "eu-west-1");
            command.env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE").env("AWS_SECRET_ACCESS_KEY", "secret");
            let (_, words) = sandbox.finish(command, "").code(code);
            assert!(code == 0 || words.contains("is a file, not a folder"), "{arguments:?}: {words}");
            assert!(
                code == 0 || home != file || words.contains("set HOME to a folder"),
                "{arguments:?}: {words}"
            );
        }
    }
    // What isn't read may have guards.
    let sandbox = Sandbox::new().file(".config", "");
    sandbox.run(&["get", "region"]).failure(253);
}
