//! Credentials without a profile, and regions that only an option gave: the helps of unfinished work lead back to the same
//! identity in the same region.

use crate::harness::{CANARY, Outcome, section, unwrapped};
use crate::keys_gone::{JOURNAL, RESUME, UNDO, told, unsaved};
use crate::keys_listing::{Iam, Lie, NEW, OLD, ROTATE};
use crate::strace;

/// Runs it with the key of the user in the environment, and with these variables.
fn with_keys(iam: &Iam, variables: &[(&str, &str)], arguments: &[&str]) -> Outcome {
    let mut command = iam.sandbox.command();
    command.args(arguments).env("AWS_ACCESS_KEY_ID", OLD).env("AWS_SECRET_ACCESS_KEY", CANARY);
    command.envs(variables.iter().copied());
    iam.sandbox.finish(command, "")
}

#[test]
fn a_creation_with_credentials_of_the_environment_is_continued_with_them() {
    const CREATE: [&str; 6] = ["keys", "create", "--user", "fay", "--save-as", "fay"];
    let other = section("default", "AKIAELSE", CANARY);
    let named = section("alice", "AKIAELSE", CANARY);
    for (files, variables, way) in [
        ("", &[][..], "--resume"),
        (&other, &[], "--undo"),
        (&named, &[("AWS_PROFILE", "alice")], "--resume"),
    ] {
        let iam = Iam::start(Lie::Fails("CreateAccessKey"));
        iam.sandbox.put(".aws/credentials", files);
        let stderr = with_keys(&iam, variables, &CREATE).failure(255);
        assert_eq!(told(&stderr, way), ["keys", "create", way, "--user", "fay"], "{stderr}");
        let stderr = with_keys(&iam, variables, &CREATE).failure(253);
        assert!(stderr.contains("is not finished"), "{stderr}");
        let (doctor, ..) = with_keys(&iam, variables, &["doctor"]).code(1);
        assert_eq!(told(&doctor, way), told(&stderr, way), "{doctor}");
        iam.lies(Lie::None);
        with_keys(&iam, variables, &told(&stderr, way)).success_with_words();
        let saved = iam.sandbox.read_credentials();
        assert_eq!(saved.contains(&format!("[fay]\naws_access_key_id = {NEW}\n")), way == "--resume");
    }
    // A profile that was only there isn't needed.
    let iam = Iam::start(Lie::Fails("CreateAccessKey"));
    iam.sandbox.put(".aws/credentials", &named);
    with_keys(&iam, &[("AWS_PROFILE", "alice")], &CREATE).failure(255);
    iam.sandbox.run(&["profile", "remove", "alice", "--yes"]).success_with_words();
}

#[test]
fn a_region_that_an_option_gave_is_given_again() {
    let create = ["keys", "create", "--profile", "me", "--save-as", "new"];
    for arguments in [&create[..], &ROTATE] {
        let iam = Iam::start(Lie::Fails("CreateAccessKey"));
        let run = |arguments: &[&str]| {
            let mut command = iam.sandbox.command();
            command.args(arguments).env_remove("AWS_REGION");
            iam.sandbox.finish(command, "")
        };
        let stderr = run(&[arguments, &["--region", "cn-north-1"]].concat()).failure(255);
        let undo = told(&stderr, "--undo");
        assert!(undo.windows(2).any(|words| words == ["--region", "cn-north-1"]), "{stderr}");
        iam.lies(Lie::None);
        run(&undo).success_with_words();
    }
}

#[test]
fn a_profile_that_has_the_new_key_already_is_not_gone() {
    let iam = unsaved(true, Lie::None);
    iam.sandbox.put(".aws/credentials", section("me", NEW, &format!("{CANARY}new")));
    let stderr = iam.sandbox.run(&UNDO).failure(253);
    assert!(stderr.contains(&format!("{NEW} is already in ~/.aws/credentials:2")), "{stderr}");
    assert_eq!(told(&stderr, "--resume"), [&RESUME[..], &["--user", "me"]].concat(), "{stderr}");
}

#[test]
fn who_may_create_but_not_list_can_roll_back_and_finish() {
    let iam = unsaved(true, Lie::Forbids("ListAccessKeys"));
    iam.sandbox.put(JOURNAL, iam.sandbox.read(JOURNAL).replace("\"new\": {", "\"new\": null, \"x\": {"));
    let stderr = iam.sandbox.run(&UNDO).failure(254);
    assert!(stderr.contains("the key whose response was lost can't be looked for"), "{stderr}");
    let text = unwrapped(&stderr);
    iam.sandbox.run(&told(&text, "--keep ID")).success_with_words();
    assert!(iam.key(NEW) == Some(true) && !iam.sandbox.path(JOURNAL).exists());
    // A roll-back deactivated it.
    let iam = unsaved(false, Lie::Forbids("ListAccessKeys"));
    let (_, words) = iam.sandbox.run(&RESUME).success_with_words();
    assert!(words.contains(&format!("activated {NEW}")) && !words.contains("waiting"), "{words}");
    assert!(iam.sandbox.read_credentials().contains(NEW));
}

#[test]
fn the_key_that_was_replaced_is_named() {
    let iam = Iam::start(Lie::None);
    let create = ["keys", "create", "--profile", "me", "--save-as", "me", "--overwrite"];
    let other = "aws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = s\n";
    std::fs::write(iam.sandbox.path(".aws/config"), format!("[profile me]\n{other}")).unwrap();
    let (_, words) = iam.sandbox.run(&create).success_with_words();
    let stays = "~/.aws/config:2: another access key of this profile: ";
    assert!(words.contains(stays) && words.contains("delete lines 2 and 3\n"), "{words}");
    assert!(words.contains(&format!("{OLD}, which it replaces, still exists")), "{words}");
    iam.sandbox.run(&told(&words, "deactivate")).success_with_words();
    assert_eq!((iam.key(OLD), iam.key(NEW)), (Some(false), Some(true)));
}

#[test]
fn who_interrupts_the_start_learns_of_the_journal() {
    const CREATE: [&str; 6] = ["keys", "create", "--profile", "me", "--save-as", "new"];
    if !strace::is_there() {
        return;
    }
    let mut calls = strace::trace(&Iam::start(Lie::None).sandbox, &CREATE);
    calls.retain(|call| {
        ["fsync", "linkat", "rename"].contains(&call.name.as_str()) && call.text.contains("/rotations")
    });
    assert!(!calls.is_empty());
    for call in calls {
        let iam = Iam::start(Lie::None);
        let (code, _, stderr) = strace::signaled(&iam.sandbox, &call, "INT", &CREATE).ended();
        let is_left = iam.sandbox.path(JOURNAL).exists();
        assert!(code == Some(0) || !is_left || stderr.contains("is not finished"), "{call:?}: {stderr}");
    }
}
