//! `xcred keys rotate` while others are at work as well, and when it is too late to go back.

use crate::keys::home;
use crate::line::{Fault, Line};
use crate::peers::Iam;
use crate::rotation::{Case, ROTATE, end};

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
    let sandbox = case.sandbox.config("[profile me]\nregion = eu-west-1\n").credentials(written);
    let stderr = sandbox.run(&[&ROTATE[..], &["--resume"]].concat()).failure(253);
    assert!(stderr.contains("neither key is in the files any more"), "{stderr}");
    assert!(moto.keys("ann").iter().all(|key| key.active));
    sandbox.run(&[&ROTATE[..], &["--undo"]].concat()).success_with_words();
    assert_eq!(moto.keys("ann"), [case.old]);
    assert_eq!(sandbox.read_credentials(), written);
}
