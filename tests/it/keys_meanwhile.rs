//! `xcred keys rotate` while others are at work as well, and when it is too late to go back.

use crate::harness::{self, CANARY};
use crate::keys::{home, section};
use crate::keys_gone::stopped;
use crate::keys_listing::{self, Lie, NEW, OLD};
use crate::line::{Fault, Line};
use crate::peers::Iam;
use crate::rotation::{Case, ROTATE, end};
use crate::terminal::Terminal;

#[test]
fn a_deletion_whose_answer_is_lost_can_only_be_finished() {
    let Some(moto) = Iam::start() else { return };
    let line = Line::to(moto.port);
    for (user, fault) in [("before", Fault::HangBefore), ("after", Fault::HangAfter)] {
        let case = Case::new(&moto, user, &line.url());
        line.fault(7, fault);
        case.killed_when_it_hangs(&line, &["--delete"]);
        assert_eq!(line.asked().pop().as_deref(), Some("DeleteAccessKey"));
        line.restore();
        case.nobody_is_stranded();
        if fault == Fault::HangAfter {
            let stderr = case.sandbox.run(&[&ROTATE[..], &["--undo"]].concat()).failure(253);
            assert!(stderr.contains("is deleted, so the rotation can't be rolled back"), "{stderr}");
        }
        // That it was to be deleted is remembered.
        case.sandbox.run(&[&ROTATE[..], &["--resume"]].concat()).success_with_words();
        assert_eq!(moto.keys(user), [case.configured()]);
        assert!(case.configured().active && case.journal().is_none());
    }
}

#[test]
fn a_key_that_somebody_else_made_meanwhile_is_left_alone() {
    let Some(moto) = Iam::start() else { return };
    let line = Line::to(moto.port);
    for undo in [false, true] {
        let case = Case::new(&moto, &format!("{undo}"), &line.url());
        moto.limit(3);
        line.fault(3, Fault::CutAfter);
        case.interrupted(&line, Fault::CutAfter);
        line.restore();
        // A colleague's, made in the console and used since.
        let other = moto.key(&case.user);
        home(&other, &moto.url()).run(&["whoami", "--profile", "me"]).success();
        assert_eq!(moto.keys(&case.user).len(), 3);
        let way = if undo { "--undo" } else { "--resume" };
        let lost = case.lost().expect("the first one");
        let (_, stderr) =
            case.sandbox.run(&[&ROTATE[..], &[way, "--delete-lost", &lost]].concat()).success_with_words();
        assert!(stderr.contains(&format!("{} was used for sts at ", other.id)), "{stderr}");
        assert!(stderr.contains(&format!("deleted {lost}\n")), "{stderr}");
        assert!(moto.keys(&case.user).contains(&other));
        assert_eq!(moto.keys(&case.user).len(), if undo { 2 } else { 3 });
        assert_eq!(case.configured().id == case.old.id, undo);
    }
}

#[test]
fn two_rotations_at_once_do_not_meet() {
    let Some(moto) = Iam::start() else { return };
    let line = Line::to(moto.port);
    let case = Case::new(&moto, "ann", &line.url());
    line.fault(3, Fault::HangAfter);
    let first = case.hanging(&line, &[]);
    // The first one waits for its key; whoever took it for lost would delete it.
    for way in ["--resume", "--undo"] {
        let stderr = case.sandbox.run(&[&ROTATE[..], &[way]].concat()).failure(255);
        assert!(stderr.contains(" holds `") && stderr.contains("rotations/lock"), "{stderr}");
    }
    assert_eq!(moto.keys("ann").len(), 2);
    end(first);
    line.restore();
    case.recover(true);
}

#[test]
fn somebody_elses_keys_in_the_files_are_left_as_they_are() {
    let Some(moto) = Iam::start() else { return };
    let line = Line::to(moto.port);
    let case = Case::new(&moto, "ann", &line.url());
    line.fault(5, Fault::CutBefore);
    case.interrupted(&line, Fault::CutBefore);
    line.restore();
    let written = "[me]\naws_access_key_id = AKIAELSE\naws_secret_access_key = x\n";
    let sandbox = case
        .sandbox
        .config("[profile me]\nregion = eu-west-1\n")
        .credentials(written)
        .env("AWS_REGION", "eu-west-1");
    for way in ["--resume", "--undo"] {
        let stderr = sandbox.run(&[&ROTATE[..], &[way]].concat()).failure(253);
        assert!(stderr.contains("there is no unfinished rotation for profile `me`"), "{stderr}");
        assert!(stderr.contains("there is one of another profile: "), "{stderr}");
        let stderr = sandbox.run(&["keys", "rotate", "--profile", &case.old.id, way]).failure(253);
        assert!(stderr.contains(&format!("error: neither {} nor ", case.old.id)), "{stderr}");
    }
    assert!(moto.keys("ann").len() == 2 && moto.keys("ann").iter().all(|key| key.active));
    assert_eq!(sandbox.read_credentials(), written);
    // The journal has the only copy of its secret.
    sandbox.run(&["set", "aws_access_key_id", &case.old.id, "--profile", &case.old.id]).success();
    sandbox.run(&["keys", "rotate", "--profile", &case.old.id, "--undo"]).success_with_words();
    assert_eq!(moto.keys("ann"), std::slice::from_ref(&case.old));
    assert_eq!(sandbox.read_credentials(), format!("{written}{}", section(&case.old.id, &case.old)));
}

#[test]
fn a_key_that_is_needed_again_while_the_user_answers_is_not_deleted() {
    let Some(moto) = Iam::start() else { return };
    let old = moto.user("ann", &["iam:*"]);
    let spare = moto.key("ann");
    moto.deactivate("ann", &spare.id);
    moto.age(&spare.id);
    let sandbox = home(&old, &moto.url());
    let journal = sandbox.path(&format!(".local/state/xcred/rotations/{}.json", old.id));
    let mut terminal = Terminal::run(&sandbox, &ROTATE[..4]);
    terminal.see(&format!("Delete {} for good? [y/N]: ", spare.id));
    moto.activate("ann", &spare.id);
    terminal.answer("y").see("Go ahead? [y/N]: ").answer("y").see(&format!("and {} is", spare.id));
    terminal.end(253);
    assert!(moto.keys("ann").len() == 2 && !journal.exists());

    moto.delete("ann", &spare.id);
    let mut terminal = Terminal::run(&sandbox, &ROTATE[..4]);
    terminal.see("Go ahead? [y/N]: ").answer("y").see("is inactive now. Delete it for good? [y/N]: ");
    moto.activate("ann", &old.id);
    terminal.answer("y").see(&format!("{} is active, says IAM, and is left alone", old.id));
    terminal.end(0);
    assert!(moto.keys("ann").iter().any(|key| key.id == old.id && key.active) && !journal.exists());

    let admin = moto.user("admin", &["iam:*"]);
    let sandbox = home(&admin, &moto.url());
    let mut terminal = Terminal::run(&sandbox, &["keys", "delete", &old.id, "--profile", "me"]);
    terminal.see("[y/N]: ");
    moto.used(&old.id, Some("s3"));
    terminal.answer("y").see(&format!("{} was used meanwhile, so it is not deleted", old.id));
    terminal.end(253);
    assert_eq!(moto.keys("ann").len(), 2);
}

#[test]
fn before_a_key_is_deleted_to_make_room_there_is_a_journal() {
    let Some(moto) = Iam::start() else { return };
    let line = Line::to(moto.port);
    let case = Case::new(&moto, "ann", &line.url());
    let spare = moto.key("ann");
    moto.deactivate("ann", &spare.id);
    moto.age(&spare.id);
    line.fault(6, Fault::HangBefore);
    let child = case.hanging(&line, &["--delete-inactive"]);
    assert_eq!(line.asked().pop().as_deref(), Some("DeleteAccessKey"));
    assert!(case.journal().is_some());
    end(child);
    line.restore();
    // Nothing was lost.
    case.sandbox.run(&[&ROTATE[..], &["--undo"]].concat()).success_with_words();
    assert!(moto.keys("ann").len() == 2 && case.journal().is_none());
}

/// The text of the file with the profile's key.
fn text(id: &str) -> String {
    let secret = if id == NEW { format!("{CANARY}new") } else { CANARY.to_owned() };
    harness::section("me", id, &secret)
}

#[test]
fn a_key_that_another_program_writes_back_meanwhile_is_replaced_again() {
    for operation in ["UpdateAccessKey", "DeleteAccessKey"] {
        let iam = keys_listing::Iam::start(Lie::None);
        iam.writes(operation, &text(OLD));
        iam.sandbox.run(&[&ROTATE[..], &["--delete"]].concat()).success_with_words();
        assert_eq!((iam.key(OLD), iam.key(NEW), iam.is_recorded()), (None, Some(true), false), "{operation}");
        assert_eq!(iam.sandbox.read_credentials(), text(NEW), "{operation}");

        let iam = stopped();
        iam.lies(Lie::None);
        iam.writes(operation, &text(NEW));
        iam.sandbox.run(&[&ROTATE[..], &["--undo"]].concat()).success_with_words();
        assert_eq!((iam.key(OLD), iam.key(NEW), iam.is_recorded()), (Some(true), None, false), "{operation}");
        assert_eq!(iam.sandbox.read_credentials(), text(OLD), "{operation}");
    }
}

#[test]
fn a_key_that_another_program_removes_meanwhile_stays_in_the_journal() {
    let other = harness::section("me", "AKIAELSE", CANARY);
    for (operation, old) in [("UpdateAccessKey", Some(false)), ("DeleteAccessKey", None)] {
        let iam = keys_listing::Iam::start(Lie::None);
        iam.writes(operation, &other);
        let stderr = iam.sandbox.run(&[&ROTATE[..], &["--delete"]].concat()).failure(253);
        assert!(
            stderr.contains(&format!("error: neither {OLD} nor {NEW} is in the files any more")),
            "{stderr}"
        );
        assert_eq!((iam.key(OLD), iam.is_recorded()), (old, true), "{operation}");
        // As the help says.
        iam.sandbox.run(&["set", "aws_access_key_id", NEW, "--profile", NEW]).success();
        iam.sandbox.run(&["keys", "rotate", "--resume", "--profile", NEW]).success_with_words();
        assert_eq!((iam.key(OLD), iam.key(NEW), iam.is_recorded()), (None, Some(true), false), "{operation}");
        let new = harness::section(NEW, NEW, &format!("{CANARY}new"));
        assert_eq!(iam.sandbox.read_credentials(), format!("{other}{new}"));
    }
}
