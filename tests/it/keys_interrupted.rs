//! `xcred keys rotate`, interrupted at every request and every change of a file, then finished or taken back.
//!
//! After each interruption: the files hold a key that works, and every key that IAM has is in the files, in the
//! journal, or the journal says that one may be coming.

use std::process::Stdio;

use crate::harness::Sandbox;
use crate::keys::{home, section};
use crate::line::{Fault, Line};
use crate::peers::{Key, Moto};
use crate::strace;

const ROTATE: [&str; 5] = ["keys", "rotate", "--profile", "me", "--yes"];

/// A user with one key, which stands in both files.
struct Case<'m> {
    moto: &'m Moto,
    user: String,
    old: Key,
    sandbox: Sandbox,
}

impl<'m> Case<'m> {
    fn new(moto: &'m Moto, user: &str, url: &str) -> Case<'m> {
        let old = moto.user(user, &["iam:*"]);
        let sandbox = home(&old, url).env("AWS_MAX_ATTEMPTS", "1");
        let config = sandbox.read_config() + &section("profile too", &old);
        Case { moto, user: user.to_owned(), sandbox: sandbox.config(config), old }
    }

    /// The key that stands in both files, which must be the same.
    fn configured(&self) -> Key {
        let keys = self.moto.keys(&self.user);
        let holds = |key: &&Key| {
            self.sandbox.read_credentials() == section("me", key)
                && self.sandbox.read_config().ends_with(&section("profile too", key))
        };
        let found = keys.iter().find(holds);
        found
            .unwrap_or_else(|| {
                panic!("{}: no key of {keys:?} in {}", self.user, self.sandbox.read_credentials())
            })
            .clone()
    }

    fn journal(&self) -> Option<String> {
        let path = self.sandbox.path(&format!(".local/state/xcred/rotations/{}.json", self.old.id));
        std::fs::read_to_string(path).ok()
    }

    /// What must be so at any moment.
    fn nobody_is_stranded(&self) {
        // The files may be between two renames, which the next run settles; each of them holds a key that works.
        let keys = self.moto.keys(&self.user);
        let texts = [self.sandbox.read_credentials(), self.sandbox.read_config()];
        for text in &texts {
            let works = |key: &&Key| key.active && text.contains(&key.id) && text.contains(&key.secret);
            assert!(keys.iter().any(|key| works(&key)), "{}: nothing works: {text}\n{keys:?}", self.user);
        }
        let journal = self.journal();
        for key in &keys {
            let recorded = *key.id == self.old.id
                || texts.iter().any(|text| text.contains(&key.id))
                || journal
                    .as_ref()
                    .is_some_and(|text| text.contains(&key.secret) || text.contains("\"new\": null"));
            assert!(recorded, "{}: nothing records {}: {journal:?}", self.user, key.id);
        }
    }

    /// Finishes it or takes it back, twice, and looks at what there is then.
    fn mend(&self, undo: bool) {
        self.nobody_is_stranded();
        let was_open = self.journal().is_some();
        let way = if undo { "--undo" } else { "--resume" };
        for _ in 0..2 {
            let (code, _, stderr) = self.sandbox.run(&[&ROTATE[..], &[way]].concat()).ended();
            let expected = if was_open { [Some(0), Some(253)] } else { [Some(253); 2] };
            assert!(expected.contains(&code), "{}: {stderr}", self.user);
            assert!(code == Some(0) || stderr.contains("no unfinished rotation"), "{}: {stderr}", self.user);
        }
        assert_eq!(self.journal(), None, "{}", self.user);
        let (configured, keys) = (self.configured(), self.moto.keys(&self.user));
        assert!(configured.active, "{}: {keys:?}", self.user);
        assert_eq!(keys.iter().filter(|key| key.active).count(), 1, "{}: {keys:?}", self.user);
        if was_open {
            assert_eq!(configured.id == self.old.id, undo, "{}: {keys:?}", self.user);
            assert_eq!(keys.len(), if undo { 1 } else { 2 }, "{}: {keys:?}", self.user);
        }
        self.sandbox.run(&["whoami", "--profile", "me"]).success();
        let left: Vec<_> = [".aws", ".local/state/xcred/rotations"]
            .iter()
            .filter_map(|folder| std::fs::read_dir(self.sandbox.path(folder)).ok())
            .flatten()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !["config", "credentials", "lock"].contains(&name.as_str()))
            .collect();
        assert_eq!(left, [""; 0], "{}", self.user);
    }

    /// Runs it on a line with a fault; a run that hangs is killed.
    fn interrupted(&self, line: &Line, fault: Fault) {
        let mut command = self.sandbox.command();
        command.args(ROTATE).stdin(Stdio::null());
        if matches!(fault, Fault::HangBefore | Fault::HangAfter) {
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
            assert!(line.hangs(), "{}: it does not hang", self.user);
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
        } else {
            let (code, _, stderr) = self.sandbox.finish(command, "").ended();
            assert!(matches!(code, Some(0 | 254 | 255)), "{}: {stderr}", self.user);
        }
    }
}

/// The operations of an undisturbed rotation.
fn operations(moto: &Moto) -> Vec<String> {
    let line = Line::to(moto.port);
    let case = Case::new(moto, "undisturbed", &line.url());
    case.sandbox.run(&ROTATE).success_with_words();
    line.asked()
}

#[test]
fn whatever_happens_to_a_request_the_rotation_can_be_finished_and_taken_back() {
    let Some(moto) = Moto::start() else { return };
    let operations = operations(&moto);
    assert_eq!(
        operations.join(" "),
        "GetCallerIdentity ListAccessKeys GetAccessKeyLastUsed CreateAccessKey GetCallerIdentity ListAccessKeys UpdateAccessKey"
    );
    let faults = [Fault::Refused, Fault::CutBefore, Fault::CutAfter, Fault::HangBefore, Fault::HangAfter];
    let moto = &moto;
    std::thread::scope(|scope| {
        for fault in faults {
            for undo in [false, true] {
                let operations = &operations;
                scope.spawn(move || {
                    let line = Line::to(moto.port);
                    for (at, operation) in operations.iter().enumerate() {
                        let user = format!("{operation}-{at}-{fault:?}-{undo}");
                        let case = Case::new(moto, &user, &line.url());
                        line.fault(at, fault);
                        case.interrupted(&line, fault);
                        line.mend();
                        case.mend(undo);
                    }
                });
            }
        }
    });
}

#[test]
fn a_deletion_whose_answer_is_lost_can_only_be_finished() {
    let Some(moto) = Moto::start() else { return };
    let line = Line::to(moto.port);
    for (user, fault) in [("before", Fault::HangBefore), ("after", Fault::HangAfter)] {
        let case = Case::new(&moto, user, &line.url());
        line.fault(7, fault);
        let mut child = case.sandbox.command();
        child.args(ROTATE).arg("--delete").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = child.spawn().expect("it starts");
        assert!(line.hangs());
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        assert_eq!(line.asked().pop().as_deref(), Some("DeleteAccessKey"));
        line.mend();
        case.nobody_is_stranded();
        if fault == Fault::HangAfter {
            let stderr = case.sandbox.run(&[&ROTATE[..], &["--undo"]].concat()).failure(253);
            assert!(stderr.contains("is deleted, so the rotation can't be taken back"), "{stderr}");
        }
        // That it was to be deleted is remembered.
        case.sandbox.run(&[&ROTATE[..], &["--resume"]].concat()).success_with_words();
        assert_eq!(moto.keys(user), [case.configured()]);
        assert!(case.configured().active && case.journal().is_none());
    }
}

#[test]
fn a_key_that_somebody_else_made_meanwhile_is_left_alone() {
    let Some(moto) = Moto::start() else { return };
    let line = Line::to(moto.port);
    for undo in [false, true] {
        let case = Case::new(&moto, &format!("{undo}"), &line.url());
        moto.limit(3);
        line.fault(3, Fault::CutAfter);
        case.interrupted(&line, Fault::CutAfter);
        line.mend();
        // A colleague's, made in the console and used since.
        let other = moto.key(&case.user);
        home(&other, &moto.url()).run(&["whoami", "--profile", "me"]).success();
        assert_eq!(moto.keys(&case.user).len(), 3);
        let way = if undo { "--undo" } else { "--resume" };
        let (_, stderr) = case.sandbox.run(&[&ROTATE[..], &[way]].concat()).success_with_words();
        assert!(stderr.contains(&format!("{} appeared meanwhile and may be in use", other.id)), "{stderr}");
        assert!(stderr.contains(", whose secret was lost"), "{stderr}");
        assert!(moto.keys(&case.user).contains(&other));
        assert_eq!(moto.keys(&case.user).len(), if undo { 2 } else { 3 });
        assert_eq!(case.configured().id == case.old.id, undo);
    }
}

#[test]
fn two_rotations_at_once_do_not_meet() {
    let Some(moto) = Moto::start() else { return };
    let line = Line::to(moto.port);
    let case = Case::new(&moto, "ann", &line.url());
    line.fault(3, Fault::HangAfter);
    let mut first = case.sandbox.command();
    first.args(ROTATE).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut first = first.spawn().expect("it starts");
    assert!(line.hangs());
    // The first one waits for its key; whoever took it for lost would delete it.
    for way in ["--resume", "--undo"] {
        let stderr = case.sandbox.run(&[&ROTATE[..], &[way]].concat()).failure(255);
        assert!(stderr.contains("error: another process holds `"), "{stderr}");
    }
    assert_eq!(moto.keys("ann").len(), 2);
    first.kill().expect("it can be killed");
    first.wait().expect("it ends");
    line.mend();
    case.mend(true);
}

#[test]
fn somebody_elses_keys_in_the_files_are_left_as_they_are() {
    let Some(moto) = Moto::start() else { return };
    let line = Line::to(moto.port);
    let case = Case::new(&moto, "ann", &line.url());
    line.fault(5, Fault::CutBefore);
    case.interrupted(&line, Fault::CutBefore);
    line.mend();
    let written = "[me]\naws_access_key_id = AKIAELSE\naws_secret_access_key = x\n";
    let sandbox = case.sandbox.config("[profile me]\nregion = eu-west-1\n").credentials(written);
    let stderr = sandbox.run(&[&ROTATE[..], &["--resume"]].concat()).failure(253);
    assert!(stderr.contains("neither key stands in the files any more"), "{stderr}");
    assert!(moto.keys("ann").iter().all(|key| key.active));
    sandbox.run(&[&ROTATE[..], &["--undo"]].concat()).success_with_words();
    assert_eq!(moto.keys("ann"), [case.old]);
    assert_eq!(sandbox.read_credentials(), written);
}

#[test]
fn mending_can_be_interrupted_as_well() {
    let Some(moto) = Moto::start() else { return };
    let moto = &moto;
    // Behind the answer of each request that changes something.
    std::thread::scope(|scope| {
        for begun in [3, 6] {
            for first in ["--resume", "--undo"] {
                for second in [false, true] {
                    scope.spawn(move || {
                        let line = Line::to(moto.port);
                        for at in 0..8 {
                            let user = format!("{begun}-{first}-{at}-{second}");
                            let case = Case::new(moto, &user, &line.url());
                            line.fault(begun, Fault::CutAfter);
                            case.interrupted(&line, Fault::CutAfter);
                            line.fault(at, Fault::CutAfter);
                            let (code, _, stderr) =
                                case.sandbox.run(&[&ROTATE[..], &[first]].concat()).ended();
                            assert!(matches!(code, Some(0 | 255)), "{user}: {stderr}");
                            line.mend();
                            case.mend(second);
                            if code == Some(0) {
                                break;
                            }
                        }
                    });
                }
            }
        }
    });
}

#[test]
fn killed_at_any_change_of_a_file_or_out_of_room_the_rotation_can_be_finished_and_taken_back() {
    if !strace::is_there() {
        return;
    }
    let Some(moto) = Moto::start() else { return };
    let sample = Case::new(&moto, "sample", &moto.url());
    let mut calls = strace::trace(&sample.sandbox, &ROTATE);
    calls.retain(|call| {
        ["write", "fsync", "linkat", "rename", "mkdir", "unlink", "fchmod"].contains(&call.name.as_str())
    });
    assert!(calls.iter().filter(|call| call.name == "rename").count() >= 4, "{calls:?}");
    let (moto, calls) = (&moto, &calls);
    std::thread::scope(|scope| {
        for undo in [false, true] {
            for kill in [false, true] {
                scope.spawn(move || {
                    for (at, call) in calls.iter().enumerate() {
                        let user = format!("{}-{at}-{kill}-{undo}", call.name);
                        let case = Case::new(moto, &user, &moto.url());
                        // Writes to the network are counted as well, so this one may not come.
                        if kill && call.name != "write" {
                            strace::killed(&case.sandbox, call, &ROTATE);
                        } else {
                            let _ = strace::failing(&case.sandbox, call, "ENOSPC", false, &ROTATE).ended();
                        }
                        case.mend(undo);
                    }
                });
            }
        }
    });
}
