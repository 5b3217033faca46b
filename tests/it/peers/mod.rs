//! The neighbors: botocore, the AWS CLI and moto, asked instead of imitated.
//!
//! What xcred claims about their behavior is only as good as the last time somebody checked, so the tests check
//! each time. Where the neighbors cannot be had, their tests say so and pass; where `CI` is set that is a failure.

mod botocore;
mod conversation;
mod environment;
mod iam;
mod moto;
mod node;
mod once;
mod rust_sdk;

pub(crate) use botocore::{Botocore, World};
pub(crate) use conversation::Conversation;
pub(crate) use environment::{python, run, target_dir, tool};
pub(crate) use iam::{Iam, Key};
pub(crate) use moto::{Moto, moto};
pub(crate) use node::node;
pub(crate) use once::made_once;
pub(crate) use rust_sdk::rust_sdk;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::Command;

use serde_json::json;

/// Everything that a peer writes to either stream, in a world without configuration.
fn written_by(program: &Path, args: &[&str]) -> String {
    let mut command = Command::new(program);
    let output =
        command.args(args).env_clear().env("HOME", "/nonexistent").output().expect("the peer starts");
    assert!(output.status.success(), "{command:?}: {output:?}");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

#[test]
fn the_peers_are_the_pinned_ones_and_start() {
    let Some(python) = python() else { return };
    let pinned = |name: &str| {
        let versions = include_str!("requirements.txt").lines().filter_map(|line| line.split_once("=="));
        versions.into_iter().find(|(pinned, _)| *pinned == name).expect("a peer is pinned").1
    };

    let versions =
        "import boto3, botocore, moto; print(boto3.__version__, botocore.__version__, moto.__version__)";
    let expected = ["boto3", "botocore", "moto"].map(pinned).join(" ");
    assert_eq!(written_by(python, &["-I", "-c", versions]).trim_end(), expected);

    let aws = tool("aws").expect("python is there, so is the rest");
    let version = written_by(&aws, &["--version"]);
    assert!(version.starts_with(&format!("aws-cli/{} ", pinned("awscli"))), "{version}");

    // moto imports a service when it is first asked for, so a library that is missing would be noticed late.
    let services = "import moto.iam.responses, moto.sts.responses, moto.ssoadmin.responses";
    written_by(python, &["-I", "-c", services]);
    let moto = tool("moto_server").expect("python is there, so is the rest");
    let help = written_by(&moto, &["--help"]);
    assert!(help.contains("--port"), "{help}");
}

#[test]
fn a_profile_whose_name_is_two_words_vanishes_unless_quoted() {
    let Some(mut botocore) = Botocore::start() else {
        return;
    };
    let nothing = json!({"profiles": {}, "sso_sessions": {}, "services": {}, "other": {}});
    assert_eq!(botocore.config(b"[profile a b]\nregion = x\n"), nothing);
    assert_eq!(
        botocore.config(b"[profile 'a b']\nregion = x\n")["profiles"],
        json!({"a b": {"region": "x"}})
    );
}

#[test]
fn the_credentials_file_has_bare_names_and_no_other_kind_of_section() {
    let Some(mut botocore) = Botocore::start() else {
        return;
    };
    assert_eq!(
        botocore.credentials(b"[profile b]\nk = 1\n[a]\nk = 2\n").to_string(),
        r#"{"profiles":{"profile b":{"k":"1"},"a":{"k":"2"}}}"#
    );
}

#[test]
fn an_error_says_its_cause_and_its_line() {
    let Some(mut botocore) = Botocore::start() else {
        return;
    };
    for (file, cause, line) in [
        (&b"region = x\n"[..], "MissingSectionHeaderError", 1),
        (b"[a]\n\nwhat\nwhat\n", "ParsingError", 3),
        (b"[a]\r[b]\r[a]\r", "DuplicateSectionError", 3),
        (b"[a]\r\nk = 1\r\nK = 2\r\n", "DuplicateOptionError", 3),
        (b"[a]\ns3 =\n  k = v\n  what\n  k = v\n", "ValueError", 4),
        (b"[a]\r\n\r\n# \xff\r\n", "UnicodeDecodeError", 3),
    ] {
        for answer in [botocore.config(file), botocore.credentials(file)] {
            assert_eq!(answer["error"], "ConfigParseError", "{answer}");
            assert_eq!((&answer["cause"], &answer["line"]), (&json!(cause), &json!(line)), "{answer}");
        }
    }
}

#[test]
fn the_credentials_file_wins_per_key_and_an_absent_file_is_no_error() {
    let Some(mut botocore) = Botocore::start() else {
        return;
    };
    let (config, credentials) = (&b"[profile a]\nx = 1\ny = 1\n"[..], &b"[a]\ny = 2\n[b]\n"[..]);
    let profiles = |answer: serde_json::Value| answer["profiles"].clone();
    assert_eq!(
        profiles(botocore.merged(Some(config), Some(credentials))),
        json!({"a": {"x": "1", "y": "2"}, "b": {}})
    );
    assert_eq!(profiles(botocore.merged(None, Some(credentials))), json!({"a": {"y": "2"}, "b": {}}));
    assert_eq!(profiles(botocore.merged(Some(config), None)), json!({"a": {"x": "1", "y": "1"}}));
    assert_eq!(profiles(botocore.merged(None, None)), json!({}));
    assert_eq!(botocore.merged(Some(b"what"), None)["error"], "ConfigParseError");
}

#[test]
fn words_are_split_as_a_shell_would() {
    let Some(mut botocore) = Botocore::start() else {
        return;
    };
    assert_eq!(botocore.words(r#"profile "a b"c\ d"#), json!({"words": ["profile", "a bc d"]}));
    assert_eq!(botocore.words("o'brien")["error"], "ValueError");
    assert_eq!(botocore.words("a\nb\u{a0}c\u{1f600}"), json!({"words": ["a", "b\u{a0}c\u{1f600}"]}));
}

#[test]
fn a_variable_comes_from_the_world_of_the_question_alone() {
    let Some(mut botocore) = Botocore::start() else {
        return;
    };
    let here =
        World { config: Some(b"[default]\nregion = x\n[profile p]\nregion = y\n"), ..World::default() };
    assert_eq!(botocore.variable(&here, "region"), json!({"value": "x"}));
    let named = World { profile: Some("p"), ..here };
    assert_eq!(botocore.variable(&named, "region"), json!({"value": "y"}));
    let environment = World { env: &[("AWS_PROFILE", "p"), ("AWS_DEFAULT_REGION", "z")], ..here };
    assert_eq!(botocore.variable(&environment, "region"), json!({"value": "z"}));
    assert_eq!(botocore.variable(&environment, "profile"), json!({"value": "p"}));
    let elsewhere = World { profile: Some("q"), ..here };
    assert_eq!(botocore.variable(&elsewhere, "region")["error"], "ProfileNotFound");
    assert_eq!(botocore.variable(&World::default(), "region"), json!({"value": null}));
}

#[test]
fn a_question_that_the_oracle_does_not_know_is_not_taken_for_an_answer() {
    let Some(mut botocore) = Botocore::start() else {
        return;
    };
    let asked = catch_unwind(AssertUnwindSafe(|| botocore.ask(&json!({"ask": "the time"}))));
    assert!(asked.is_err(), "{asked:?}");
    assert_eq!(botocore.words("still here"), json!({"words": ["still", "here"]}));
}
