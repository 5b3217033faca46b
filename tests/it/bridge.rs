//! `configure bridge`: the profile that it writes, what follows it, what it refuses, and boto3 behind it.

use std::os::unix::fs::symlink;
use std::process::Command;

use crate::harness::{CANARY, Sandbox, section};
use crate::peers;

const PROGRAM: &str = env!("CARGO_BIN_EXE_xcred");

const CONFIG: &str = "# mine\n[profile dev]\nregion = eu-west-1\noutput = json\n";

fn home(config: &str) -> Sandbox {
    let keys = section("dev", "AKIADEV", CANARY);
    Sandbox::new().config(config).credentials(keys)
}

/// The lines that a bridge to `dev` is.
fn bridge(name: &str, program: &str) -> String {
    format!(
        "[profile {name}]\ncredential_process = {program} credential-process --profile dev\nregion = eu-west-1\n"
    )
}

#[test]
fn what_is_wrong_with_the_other_profile_is_said_of_its_bridge() {
    let config = "[profile half]\nrole_arn = arn:aws:iam::123456789012:role/R\n";
    let arguments = ["configure", "bridge", "new", "-p", "half"];
    let (_, words) = Sandbox::new().config(config).run(&arguments).success_with_words();
    assert!(words.contains("config:2: "), "{words}");
}

#[test]
fn a_bridge_is_a_profile_with_the_region_of_the_other_that_calls_this_program() {
    let sandbox = home(CONFIG);
    let arguments = ["configure", "bridge", "old-tool", "--profile", "dev"];
    let dry = sandbox.run(&[&arguments[..], &["-n"]].concat()).success();
    assert!(
        dry.contains(&format!("+credential_process = {PROGRAM} credential-process --profile dev")),
        "{dry}"
    );
    assert_eq!(sandbox.read_config(), CONFIG);
    let (_, words) = sandbox.run(&arguments).success_with_words();
    assert_eq!(sandbox.read_config(), CONFIG.to_owned() + &bridge("old-tool", PROGRAM));
    assert!(words.contains("next: `xcred whoami --profile old-tool` checks the credentials"), "{words}");
    // The same again changes nothing.
    let _ = sandbox.run(&[&arguments[..], &["--no-input"]].concat()).success_with_words();
    assert_eq!(sandbox.read_config(), CONFIG.to_owned() + &bridge("old-tool", PROGRAM));
    // The profile may be named by a variable; an option names another region.
    let sandbox = home(CONFIG).env("AWS_PROFILE", "dev");
    let _ = sandbox.run(&["configure", "bridge", "b", "--region", "us-east-2"]).success_with_words();
    assert!(sandbox.read_config().ends_with("--profile dev\nregion = us-east-2\n"));
}

#[test]
fn a_link_in_path_is_written_as_it_is_there_and_quoted() {
    let sandbox = home(CONFIG).file("my bin/other", "");
    symlink(PROGRAM, sandbox.path("my bin/xcred")).expect("a link");
    let folder = sandbox.path("my bin").display().to_string();
    let sandbox = sandbox.env("PATH", &format!("{folder}:/usr/bin:/bin"));
    let _ = sandbox.run(&["configure", "bridge", "b", "-p", "dev"]).success_with_words();
    let quoted = format!("'{folder}/xcred'");
    assert_eq!(sandbox.read_config(), CONFIG.to_owned() + &bridge("b", &quoted));
    let found = sandbox.revealing().run(&["credential-process", "-p", "b"]).success();
    assert!(found.contains("AKIADEV"), "{found}");
    // Another program of this name isn't this one.
    let sandbox = home(CONFIG).file("bin/xcred", "#!/bin/sh\n");
    let folder = sandbox.path("bin").display().to_string();
    let sandbox = sandbox.env("PATH", &format!("{folder}:/usr/bin:/bin"));
    let _ = sandbox.run(&["configure", "bridge", "b", "-p", "dev"]).success_with_words();
    assert_eq!(sandbox.read_config(), CONFIG.to_owned() + &bridge("b", PROGRAM));
}

#[test]
fn without_a_name_the_command_with_one_is_suggested() {
    let words = home(CONFIG).run(&["configure", "bridge", "-p", "dev"]).failure(252);
    assert!(words.contains("help: give one: `xcred configure bridge dev-by-xcred --profile dev`"), "{words}");
    // There is nothing to name.
    let words = home(CONFIG).run(&["configure", "bridge"]).failure(253);
    assert!(words.contains("profile `default` not found"), "{words}");
}

#[test]
fn a_profile_with_an_odd_name_can_be_bridged() {
    for name in ["-x", "a b", "it's", "$HOME", "R&D", "p$(false)", "#1", "(a)", "-`x`"] {
        let header = format!("[profile \"{name}\"]\n");
        let keys = section(name, "AKIAODD", CANARY);
        let sandbox = Sandbox::new().config(&header).credentials(keys).revealing();
        let _ = sandbox.run(&["configure", "bridge", "b", &format!("--profile={name}")]).success_with_words();
        let found = sandbox.run(&["credential-process", "-p", "b"]).success();
        assert!(found.contains("AKIAODD"), "{name}: {found}");
        // The SDK for Go runs it in a shell.
        let arguments = ["resolve", "b", "--sdk", "go", "--format", "json"];
        let found = sandbox.run(&arguments).success();
        assert!(found.contains("AKIAODD"), "{name}: {found}");
    }
}

#[test]
fn nothing_is_bridged_to_itself_to_an_unknown_profile_or_in_a_loop() {
    let role =
        |source: &str| format!("role_arn = arn:aws:iam::123456789012:role/R\nsource_profile = {source}\n");
    let config = format!("[profile dev]\n{}[profile middle]\n{}", role("middle"), role("b"));
    let sandbox = Sandbox::new().config(&config);
    let words = sandbox.run(&["configure", "bridge", "dev", "-p", "dev"]).failure(252);
    assert!(words.contains("`dev` is both profiles"), "{words}");
    let words = sandbox.run(&["configure", "bridge", "b", "-p", "nope"]).failure(253);
    assert!(words.contains("nope"), "{words}");
    let words = sandbox.run(&["configure", "bridge", "b", "-p", "dev"]).failure(253);
    assert!(
        words.contains("config:3: profile `dev` gets its credentials from `middle` and so from `b`"),
        "{words}"
    );
    let words = sandbox.run(&["configure", "bridge", "middle", "-p", "dev"]).failure(253);
    assert!(words.contains("loop"), "{words}");
    assert_eq!(sandbox.read_config(), config);
    // Two bridges to each other.
    let sandbox = home(CONFIG);
    let _ = sandbox.run(&["configure", "bridge", "b", "-p", "dev"]).success_with_words();
    let words = sandbox.run(&["configure", "bridge", "dev", "-p", "b", "--replace"]).failure(253);
    assert!(words.contains("which would be a loop"), "{words}");
}

#[test]
fn a_bridge_to_a_profile_without_credentials_is_written_with_a_warning() {
    let sandbox = home("[default]\nregion = eu-west-1\n");
    let (_, words) = sandbox.run(&["configure", "bridge", "b", "-p", "default"]).success_with_words();
    assert!(words.contains("warning: profile `default` has no credentials of its own"), "{words}");
    assert!(words.contains("`xcred configure --profile default`"), "{words}");
    let (_, words) = sandbox.run(&["configure", "bridge", "b2", "-p", "dev"]).success_with_words();
    assert!(!words.contains("warning"), "{words}");
}

#[test]
fn a_region_that_no_bridge_can_have_is_named_with_its_place() {
    let config = "[profile dev]\nregion = eu-west-1\n [profile other]\n output = json\n";
    let sandbox = home(config);
    let words = sandbox.run(&["configure", "bridge", "b", "-p", "dev"]).failure(253);
    assert!(words.contains("~/.aws/config:2: the `region` of profile `dev` goes on below"), "{words}");
    assert!(words.contains("help: see `xcred doctor dev`"), "{words}");
    assert_eq!(sandbox.read_config(), config);
}

#[test]
fn other_credentials_are_replaced_only_if_that_is_said() {
    let config = format!(
        "{CONFIG}[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = dev\nregion = us-east-1\noutput = text\n"
    );
    let sandbox = home(&config);
    let words = sandbox.run(&["configure", "bridge", "r", "-p", "dev"]).failure(253);
    assert!(words.contains("config:6: profile `r` already gets its credentials by `role_arn`"), "{words}");
    assert!(words.contains("`xcred configure bridge r --replace --profile dev`"), "{words}");
    assert_eq!(sandbox.read_config(), config);
    let _ = sandbox.run(&["configure", "bridge", "r", "-p", "dev", "--replace"]).success_with_words();
    let line = format!("credential_process = {PROGRAM} credential-process --profile dev");
    let after = sandbox.read_config();
    assert!(
        after.contains(&line) && !after.contains("role_arn") && !after.contains("source_profile"),
        "{after}"
    );
    // Its own region and what else it has stay.
    assert!(after.contains("region = us-east-1\noutput = text\n"), "{after}");
}

#[test]
fn a_rename_follows_a_bridge_a_removal_is_refused_and_doctor_finds_a_broken_one() {
    let sandbox = home(CONFIG);
    let _ = sandbox.run(&["configure", "bridge", "b", "-p", "dev"]).success_with_words();
    let words = sandbox.run(&["profile", "remove", "dev"]).failure(253);
    assert!(words.contains("is named in the command line of `b`"), "{words}");
    let _ = sandbox.run(&["profile", "rename", "dev", "my build"]).success_with_words();
    assert!(sandbox.read_config().contains("credential-process --profile 'my build'\n"));
    let found = sandbox.revealing().run(&["credential-process", "-p", "b"]).success();
    assert!(found.contains("AKIADEV"), "{found}");
    for (from, to, expected) in
        [("--profile dev", "--profile gone", "gone"), (PROGRAM, "/nowhere/xcred", "/nowhere/xcred")]
    {
        let sandbox = home(&(CONFIG.to_owned() + &bridge("b", PROGRAM).replace(from, to)));
        let (found, _) = sandbox.run(&["doctor", "b"]).code(1);
        assert!(found.contains(expected) && found.contains("config:6"), "{found}");
        // What doctor advises makes the bridge work again.
        if to == "/nowhere/xcred" {
            assert!(found.contains("`xcred configure bridge b --profile dev`"), "{found}");
            let _ = sandbox.run(&["configure", "bridge", "b", "-p", "dev"]).success_with_words();
            assert_eq!(sandbox.read_config(), CONFIG.to_owned() + &bridge("b", PROGRAM));
        }
    }
}

#[test]
fn boto3_gets_the_credentials_over_a_bridge() {
    let Some(python) = peers::python() else { return };
    let sandbox = home(CONFIG).revealing();
    let _ = sandbox.run(&["configure", "bridge", "old tool", "-p", "dev"]).success_with_words();
    let script = "import boto3
session = boto3.Session(profile_name='old tool')
credentials = session.get_credentials()
print(credentials.method, session.region_name, *credentials.get_frozen_credentials()[:2])";
    let mut command = Command::new(python);
    command.args(["-c", script]).env_clear().env("HOME", sandbox.home()).env("PATH", "/usr/bin:/bin");
    let printed = sandbox.finish(command, "").success();
    assert_eq!(printed, format!("custom-process eu-west-1 AKIADEV {CANARY}\n"));
}

#[test]
fn a_bridge_to_a_half_profile_says_what_the_profile_was_meant_for() {
    let session = "[sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n";
    let sso = "`xcred configure sso --profile p`";
    for (settings, finding, help) in [
        ("sso_session = corp\n", "leads to no credentials", sso),
        ("sso_session = crop\n", "which doesn't exist", "`xcred set sso_session corp --profile p`"),
        ("sso_start_url = https://x.awsapps.com/start\n", "without sso_account_id", sso),
        ("source_profile = x\n", "has no effect without role_arn", "`xcred set role_arn ARN --profile p`"),
        (
            "credential_source = EcsContainer\n",
            "has no effect without role_arn",
            "`xcred set role_arn ARN --profile p`",
        ),
    ] {
        let sandbox = home(&format!("{session}[profile p]\nregion = eu-west-1\n{settings}"));
        let (_, words) = sandbox.run(&["configure", "bridge", "b", "-p", "p"]).success_with_words();
        assert!(words.contains(finding) && words.contains(help), "{words}");
        assert_eq!(words.matches("help: ").count(), 1, "{words}");
    }
}

#[test]
fn of_many_mistakes_of_the_other_profile_a_bridge_names_a_few() {
    let wrong =
        "max_attempts = x\nretry_mode = x\noutput = x\nuse_fips_endpoint = x\ncli_timestamp_format = x\n";
    let sandbox = home(&format!("[profile dev]\nregion = eu-west-1\n{wrong}"));
    let (_, words) = sandbox.run(&["configure", "bridge", "b", "-p", "dev"]).success_with_words();
    assert_eq!(words.matches("warning: ").count(), 3, "{words}");
    assert!(words.contains("help: `xcred doctor dev` shows "), "{words}");
}
