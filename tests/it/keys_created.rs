//! `xcred keys create`, interrupted: no key is lost between IAM's answer and the profile.

use std::process::Stdio;

use crate::harness::{Sandbox, with_default_signals};
use crate::keys::{home, section};
use crate::line::{Fault, Line};
use crate::peers::{Iam, Key};
use crate::rotation::end;
use crate::strace;

const CREATE: [&str; 8] = ["keys", "create", "--profile", "me", "--user", "fay", "--save-as", "fay"];

fn go_on<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["keys", "create", "--profile", "me"], more].concat()
}

/// An administrator's home, and a user without keys.
fn admin(moto: &Iam, url: &str) -> (Key, Sandbox) {
    let admin = moto.user("admin", &["iam:*"]);
    let first = moto.user("fay", &[]);
    moto.delete("fay", &first.id);
    let sandbox = home(&admin, url).env("AWS_MAX_ATTEMPTS", "1");
    (admin, sandbox)
}

fn journal(sandbox: &Sandbox) -> Option<String> {
    std::fs::read_to_string(sandbox.path(".local/state/xcred/rotations/create-123456789012-fay.json")).ok()
}

#[test]
fn a_creation_whose_answer_was_lost_is_told_of_and_finished_or_taken_back() {
    let Some(moto) = Iam::start() else { return };
    let line = Line::to(moto.port);
    let (admin, sandbox) = admin(&moto, &line.url());
    for (fault, way) in [
        (Fault::HangAfter, "--undo"),
        (Fault::CutAfter, "--resume"),
        (Fault::PageAfter(403), "--undo"),
        (Fault::PageBefore(451), "--resume"),
        (Fault::CutBefore, "--undo"),
    ] {
        line.fault(2, fault);
        if fault == Fault::HangAfter {
            let mut command = sandbox.command();
            command.args(CREATE).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let child = command.spawn().unwrap();
            assert!(line.hangs());
            end(child);
        } else {
            let stderr = sandbox.run(&CREATE).failure(255);
            assert!(stderr.contains("there may be a key whose secret is unknown"), "{stderr}");
        }
        assert_eq!(line.asked().pop().as_deref(), Some("CreateAccessKey"));
        line.restore();
        let lost = moto.keys("fay").pop();
        // It is told of until it is over.
        let stderr = sandbox.run(&CREATE).failure(253);
        assert!(stderr.contains("the creation of a key for user `fay` that began at"), "{stderr}");
        assert!(stderr.contains("--resume --user fay` finishes it"), "{stderr}");
        let (_, stderr) = sandbox.run(&["keys", "list", "--profile", "me"]).success_with_words();
        assert!(stderr.contains("warning: the creation of a key for user `fay`"), "{stderr}");
        assert_eq!(moto.keys("fay").len(), usize::from(lost.is_some()));
        let named = match &lost {
            Some(lost) => {
                let stderr = sandbox.run(&go_on(&[way])).failure(253);
                assert!(stderr.contains(&format!("--delete-lost {}", lost.id)), "{stderr}");
                assert_eq!(moto.keys("fay"), std::slice::from_ref(lost));
                vec!["--delete-lost", &lost.id]
            }
            None => Vec::new(),
        };
        sandbox.run(&[go_on(&[way]), named].concat()).success_with_words();
        assert_eq!(journal(&sandbox), None);
        let made = moto.keys("fay");
        if way == "--undo" {
            assert_eq!(made, []);
        } else {
            assert_eq!(sandbox.read_credentials(), section("me", &admin) + &section("fay", &made[0]));
            assert_eq!(made.len(), 1);
            moto.delete("fay", &made[0].id);
            sandbox.put(".aws/credentials", section("me", &admin));
        }
        let stderr = sandbox.run(&go_on(&[way])).failure(253);
        assert!(stderr.contains("no unfinished creation"), "{stderr}");
    }
}

#[test]
fn who_interrupts_a_creation_or_a_rotation_learns_how_to_go_on() {
    let Some(moto) = Iam::start() else { return };
    let line = Line::to(moto.port);
    let (_, sandbox) = admin(&moto, &line.url());
    let rotate = ["keys", "rotate", "--profile", "me", "--yes"];
    for (arguments, at, resume) in [
        (&CREATE[..], 2, "`xcred keys create --profile me --resume --user fay` finishes it"),
        (&rotate, 3, "`xcred keys rotate --profile me --resume` finishes it"),
    ] {
        line.fault(at, Fault::HangBefore);
        let mut command = sandbox.command();
        command.args(arguments);
        let child = with_default_signals(command)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        assert!(line.hangs());
        let process = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(process, rustix::process::Signal::INT).unwrap();
        let ended = child.wait_with_output().unwrap();
        let words = String::from_utf8_lossy(&ended.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(ended.status.code(), Some(130), "{words}");
        assert!(words.contains("is not finished") && words.contains(resume), "{words}");
        assert_eq!(words.matches("is not finished").count(), 1, "{words}");
        line.restore();
    }
}

#[test]
fn only_the_key_that_was_to_be_replaced_is_replaced_later() {
    let Some(moto) = Iam::start() else { return };
    let line = Line::to(moto.port);
    let (admin, sandbox) = admin(&moto, &line.url());
    let with = |id: &str| {
        let theirs = format!("[fay]\naws_access_key_id = {id}\naws_secret_access_key = x\n");
        section("me", &admin) + &theirs
    };
    for (now, is_replaced) in [("AKIAELSE", false), ("AKIAOLD", true)] {
        sandbox.put(".aws/credentials", with("AKIAOLD"));
        line.fault(2, Fault::CutBefore);
        sandbox.run(&[&CREATE[..], &["--overwrite"]].concat()).failure(255);
        line.restore();
        sandbox.put(".aws/credentials", with(now));
        if is_replaced {
            sandbox.run(&go_on(&["--resume"])).success_with_words();
            assert_eq!(
                sandbox.read_credentials(),
                section("me", &admin) + &section("fay", &moto.keys("fay")[0])
            );
        } else {
            let stderr = sandbox.run(&go_on(&["--resume"])).failure(253);
            assert!(stderr.contains("a key of profile `fay` already exists"), "{stderr}");
            assert_eq!((moto.keys("fay").len(), sandbox.read_credentials()), (0, with(now)));
            sandbox.run(&go_on(&["--undo"])).success_with_words();
        }
    }
}

#[test]
fn killed_at_any_change_of_a_file_no_created_key_is_lost() {
    if !strace::is_there() {
        return;
    }
    let Some(moto) = Iam::start() else { return };
    let (admin, sandbox) = admin(&moto, &moto.url());
    let mut calls = strace::trace(&sandbox, &CREATE);
    calls.retain(|call| ["fsync", "linkat", "rename", "unlink"].contains(&call.name.as_str()));
    assert!(calls.iter().filter(|call| call.name == "rename").count() >= 3, "{calls:?}");
    let empty = || {
        moto.keys("fay").iter().for_each(|key| moto.delete("fay", &key.id));
        sandbox.put(".aws/credentials", section("me", &admin));
    };
    for (at, call) in calls.iter().enumerate() {
        empty();
        strace::killed(&sandbox, call, &CREATE);
        let made = moto.keys("fay");
        assert!(made.len() <= 1, "{made:?}");
        let journal_text = journal(&sandbox);
        if let Some(made) = made.first() {
            let saved = sandbox.read_credentials().contains(&made.secret);
            let kept = journal_text
                .as_ref()
                .is_some_and(|text| text.contains(&made.secret) || text.contains("\"new\": null"));
            assert!(saved || kept, "{call:?}: {journal_text:?}");
        }
        let lost = made.first().filter(|_| journal_text.is_some_and(|text| text.contains("\"new\": null")));
        let named = lost.iter().flat_map(|key| ["--delete-lost", &key.id]).collect::<Vec<_>>();
        let way = if at % 2 == 0 { "--resume" } else { "--undo" };
        let (code, _, stderr) = sandbox.run(&[&go_on(&[way])[..], &named].concat()).ended();
        if stderr.contains("is already in ") {
            sandbox.run(&go_on(&["--resume"])).success_with_words();
        } else {
            assert!(code == Some(0) || stderr.contains("no unfinished creation"), "{call:?}: {stderr}");
        }
        assert_eq!(journal(&sandbox), None, "{call:?}");
        for key in moto.keys("fay") {
            assert!(sandbox.read_credentials().contains(&section("fay", &key)), "{call:?}: {key:?}");
        }
    }
}

#[test]
fn who_may_create_but_not_list_still_can() {
    let Some(moto) = Iam::start() else { return };
    let key = moto.user("carl", &["iam:CreateAccessKey"]);
    let sandbox = home(&key, &moto.url());
    sandbox.run(&["keys", "create", "--profile", "me", "--save-as", "new"]).success_with_words();
    let made = moto.keys("carl").pop().unwrap();
    assert!(sandbox.read_credentials().ends_with(&section("new", &made)));
}
